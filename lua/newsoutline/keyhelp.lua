--- A float in the middle of the screen that lists the keys of a window of ours; any of q, ?, <Esc> and <CR> closes it,
--- and so does leaving it.
local M = {}

---@param title string
---@param lines string[]
function M.open(title, lines)
  local caller = vim.api.nvim_get_current_win()
  local width = 0
  for _, line in ipairs(lines) do
    width = math.max(width, vim.api.nvim_strwidth(line))
  end
  local buf = vim.api.nvim_create_buf(false, true)
  vim.api.nvim_buf_set_lines(buf, 0, -1, false, lines)
  vim.bo[buf].modifiable = false
  vim.bo[buf].bufhidden = 'wipe'
  local height = math.min(#lines, math.max(vim.o.lines - 4, 1))
  local win = vim.api.nvim_open_win(buf, true, {
    relative = 'editor',
    width = math.min(width, math.max(vim.o.columns - 4, 1)),
    height = height,
    row = math.max(math.floor((vim.o.lines - height) / 2) - 1, 0),
    col = math.max(math.floor((vim.o.columns - width) / 2), 0),
    style = 'minimal',
    border = 'rounded',
    title = ' ' .. title .. ' ',
    title_pos = 'center',
    zindex = 60,
  })
  local function close()
    if vim.api.nvim_win_is_valid(win) then
      vim.api.nvim_win_close(win, true)
    end
  end
  for _, lhs in ipairs({ 'q', '?', '<Esc>', '<CR>' }) do
    vim.keymap.set('n', lhs, function()
      close()
      if vim.api.nvim_win_is_valid(caller) then
        vim.api.nvim_set_current_win(caller)
      end
    end, { buffer = buf, nowait = true })
  end
  vim.api.nvim_create_autocmd('WinLeave', { buffer = buf, once = true, callback = vim.schedule_wrap(close) })
end

return M
