--- A small window to write the text of an annotation in: `:w` or <C-s> keeps it, `q` drops it after asking.
local M = {}

---@param title string
---@param text string
---@param keep fun(text: string)
function M.open(title, text, keep)
  local buf = vim.api.nvim_create_buf(false, true)
  vim.api.nvim_buf_set_lines(buf, 0, -1, false, vim.split(text, '\n'))
  vim.bo[buf].buftype, vim.bo[buf].bufhidden, vim.bo[buf].modified = 'acwrite', 'wipe', false
  vim.api.nvim_buf_set_name(buf, 'newsoutline://annotation/' .. buf)
  local win = vim.api.nvim_open_win(buf, true, {
    relative = 'cursor',
    row = 1,
    col = 0,
    width = math.max(math.min(60, vim.o.columns - 4), 1),
    height = 5,
    border = 'rounded',
    title = ' ' .. require('newsoutline.cells').plain(title) .. ' ',
    footer = ' i write   :w or <C-s> keep   q drop ',
    style = 'minimal',
  })
  vim.wo[win].wrap = true
  local function close()
    if vim.api.nvim_win_is_valid(win) then
      vim.api.nvim_win_close(win, true)
    end
  end
  local function write()
    local lines = vim.api.nvim_buf_get_lines(buf, 0, -1, false)
    vim.bo[buf].modified = false
    vim.cmd.stopinsert()
    vim.schedule(close)
    keep(vim.trim(table.concat(lines, '\n')))
  end
  vim.api.nvim_create_autocmd('BufWriteCmd', { buffer = buf, callback = write })
  vim.keymap.set({ 'n', 'i' }, '<C-s>', write, { buffer = buf })
  vim.keymap.set('n', 'q', function()
    if not vim.bo[buf].modified or vim.fn.confirm('Drop this text?', '&Yes\n&No', 2) == 1 then
      close()
    end
  end, { buffer = buf, nowait = true })
end

return M
