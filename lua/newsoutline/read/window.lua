--- The buffer and the windows of a reading view, and which window of a tab page shows what.
local M = {}

--- How the buffers are called, before the path of the article; a session brings them back as empty windows.
M.scheme = 'newsoutline://read/'

--- What a window would take over from the one that it is split from.
local window_options = {
  breakindent = true,
  colorcolumn = '',
  conceallevel = 0,
  cursorbind = false,
  cursorcolumn = false,
  cursorline = false,
  diff = false,
  foldcolumn = '0',
  foldenable = false,
  foldexpr = '0',
  foldmethod = 'manual',
  linebreak = true,
  list = false,
  number = false,
  relativenumber = false,
  scrollbind = false,
  signcolumn = 'auto',
  spell = false,
  statuscolumn = '',
  winbar = '',
  winfixbuf = true,
  wrap = true,
}

---@param win integer
---@param name string of the article
function M.set_options(win, name)
  for option, value in pairs(window_options) do
    vim.api.nvim_set_option_value(option, value, { scope = 'local', win = win })
  end
  local fillchars = require('newsoutline.own').fillchars()
  vim.api.nvim_set_option_value('fillchars', fillchars, { scope = 'local', win = win })
  local shown = require('newsoutline.cells').plain(name):gsub('%%', '%%%%')
  vim.wo[win].statusline = (' Reading %s%%<   ? keys%%= %%l/%%L '):format(shown)
end

---@param buf integer
---@param name string
function M.set_buffer_options(buf, name)
  vim.api.nvim_buf_set_name(buf, M.scheme .. name)
  vim.bo[buf].buftype = 'nofile'
  vim.bo[buf].bufhidden = 'wipe'
  vim.bo[buf].buflisted = false
  vim.bo[buf].swapfile = false
  vim.bo[buf].undolevels = -1
  vim.bo[buf].modifiable = false
end

--- Replaces the lines that changed, so that cursors and what is folded stay where they are.
---@param buf integer
---@param lines string[]
function M.write(buf, lines)
  local old = vim.api.nvim_buf_get_lines(buf, 0, -1, false)
  local n = math.min(#old, #lines)
  local head = 0
  while head < n and old[head + 1] == lines[head + 1] do
    head = head + 1
  end
  local tail = 0
  while tail < n - head and old[#old - tail] == lines[#lines - tail] do
    tail = tail + 1
  end
  if head == #old and head == #lines then
    return
  end
  vim.bo[buf].modifiable = true
  vim.api.nvim_buf_set_lines(buf, head, #old - tail, false, vim.list_slice(lines, head + 1, #lines - tail))
  vim.bo[buf].modifiable = false
  vim.bo[buf].modified = false
end

--- A window of this tab page that shows a buffer: the current one, the last one, any; floats do not count.
---@param buf integer
---@return integer|nil win
function M.of(buf)
  local wins = { vim.api.nvim_get_current_win(), vim.fn.win_getid(vim.fn.winnr('#')) }
  vim.list_extend(wins, vim.api.nvim_tabpage_list_wins(0))
  for _, win in ipairs(wins) do
    if
      win ~= 0
      and vim.api.nvim_win_get_buf(win) == buf
      and vim.api.nvim_win_get_config(win).relative == ''
    then
      return win
    end
  end
end

--- Opens a window for a buffer where the modifiers of the command say, else on the right, and moves into it.
---@param buf integer
---@param mods? table as nvim_create_user_command hands them over
---@return integer|nil win
---@return string|nil problem
function M.open(buf, mods)
  mods = mods or {}
  if mods.tab and mods.tab >= 0 then
    vim.cmd(mods.tab .. 'tab split')
    vim.wo.winfixbuf = false
    vim.api.nvim_win_set_buf(0, buf)
    return vim.api.nvim_get_current_win()
  end
  local is_first = mods.split == 'aboveleft' or mods.split == 'leftabove' or mods.split == 'topleft'
  local is_edge = mods.split == 'topleft' or mods.split == 'botright'
  local side = is_first and 'left' or 'right'
  if mods.horizontal or mods.split and mods.split ~= '' and not mods.vertical then
    side = is_first and 'above' or 'below'
  end
  local ok, win = pcall(vim.api.nvim_open_win, buf, true, { split = side, win = is_edge and -1 or 0 })
  if not ok then
    return nil, (tostring(win):gsub('^.-(E%d+:)', '%1'))
  end
  return win
end

--- Closes a window; the last one of the editor shows another buffer instead.
---@param win integer
---@param gone? integer a buffer that was unloaded and is not to come back
function M.close(win, gone)
  if vim.api.nvim_win_is_valid(win) and not pcall(vim.api.nvim_win_close, win, true) then
    vim.wo[win].winfixbuf = false
    vim.api.nvim_win_set_buf(win, require('newsoutline.outline.window').fallback_buffer(gone))
  end
end

--- Puts a window's cursor on a place; where that lies out of sight, in the middle of the window.
---@param win integer
---@param position newsoutline.Position
function M.show(win, position)
  local lnum = position[1] + 1
  vim.api.nvim_win_call(win, function()
    local is_visible = lnum >= vim.fn.line('w0') and lnum <= vim.fn.line('w$')
    vim.api.nvim_win_set_cursor(win, { lnum, position[2] })
    vim.cmd('normal! zv' .. (is_visible and '' or 'zz'))
  end)
end

return M
