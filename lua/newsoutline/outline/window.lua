--- The outline's window and buffer: made so that no option, command or session of the user's gets in their way.
local config = require('newsoutline.config')

local M = {}

--- How the buffers are called; after a session is restored, empty windows of this name are what is left of outlines.
M.scheme = 'newsoutline://outline/'

--- Everything that a window takes over from the one it was split from, or from the user's own defaults.
local window_options = {
  breakindent = false,
  colorcolumn = '',
  conceallevel = 0,
  cursorbind = false,
  cursorcolumn = false,
  cursorline = true,
  diff = false,
  foldcolumn = '0',
  foldenable = false,
  foldexpr = '0',
  foldmethod = 'manual',
  linebreak = false,
  list = false,
  number = false,
  relativenumber = false,
  scrollbind = false,
  scrolloff = 2,
  sidescrolloff = 0,
  signcolumn = 'no',
  spell = false,
  statuscolumn = '',
  winbar = '',
  wrap = false,
}

---@return integer buf
function M.make_buffer()
  local buf = vim.api.nvim_create_buf(false, true)
  vim.api.nvim_buf_set_name(buf, M.scheme .. buf)
  vim.bo[buf].buftype = 'nofile'
  vim.bo[buf].bufhidden = 'wipe'
  vim.bo[buf].swapfile = false
  vim.bo[buf].undolevels = -1
  vim.bo[buf].modifiable = false
  return buf
end

---@return table
local function float_config()
  local width = math.min(math.max(config.get().outline.width, 60), vim.o.columns - 4)
  local height = math.max(math.min(math.floor(vim.o.lines * 0.8), vim.o.lines - 4), 1)
  return {
    relative = 'editor',
    width = math.max(width, 1),
    height = height,
    row = math.max(math.floor((vim.o.lines - height) / 2) - 1, 0),
    col = math.max(math.floor((vim.o.columns - width) / 2), 0),
    border = 'rounded',
    title = ' Outline ',
    title_pos = 'center',
  }
end

---@param win integer
---@param options table<string, any>
local function set_options(win, options)
  for name, value in pairs(options) do
    vim.api.nvim_set_option_value(name, value, { scope = 'local', win = win })
  end
end

--- Opens the window.
---@param buf integer
---@param position 'left'|'right'|'float'
---@param focus boolean
---@return integer win
function M.open(buf, position, focus)
  local win
  if position == 'float' then
    win = vim.api.nvim_open_win(buf, true, float_config())
  else
    local width = math.max(math.min(config.get().outline.width, math.floor(vim.o.columns / 2)), 1)
    win = vim.api.nvim_open_win(buf, focus, { split = position, win = -1, width = width })
  end
  set_options(win, window_options)
  set_options(win, { winfixbuf = true, fillchars = require('newsoutline.own').fillchars() })
  if position ~= 'float' then
    set_options(win, { winfixwidth = true, statusline = ' Outline   ? keys%= %l/%L ' })
  end
  -- A user's FileType autocommand sees the window as it is and may change it, only its folds are none of theirs.
  vim.bo[buf].filetype = 'newsoutline'
  set_options(win, { foldenable = false, foldmethod = 'manual', foldcolumn = '0' })
  return win
end

--- Fits a float to a screen of another size.
---@param win integer
function M.resize(win)
  if vim.api.nvim_win_get_config(win).relative ~= '' then
    vim.api.nvim_win_set_config(win, float_config())
  end
end

---@param buf integer
---@param lines string[]
function M.write(buf, lines)
  vim.bo[buf].modifiable = true
  vim.api.nvim_buf_set_lines(buf, 0, -1, false, lines)
  vim.bo[buf].modifiable = false
  vim.bo[buf].modified = false
end

--- Closes a window; the last one of the editor cannot be closed and gets another buffer instead.
---@param win integer
function M.close(win)
  if not vim.api.nvim_win_is_valid(win) then
    return
  end
  local ok = pcall(vim.api.nvim_win_close, win, true)
  if not ok and vim.api.nvim_win_is_valid(win) then
    M.give_away(win, M.fallback_buffer())
  end
end

--- Turns the outline's window into one of the user's.
---@param win integer
---@param buf integer
function M.give_away(win, buf)
  set_options(win, { winfixbuf = false, winfixwidth = false })
  vim.api.nvim_win_set_buf(win, buf)
end

--- A listed buffer to show where an article is gone: the alternate one, the last used, or an empty one.
---@param gone? integer a buffer that was unloaded and is not to come back
---@return integer buf
function M.fallback_buffer(gone)
  local alternate = vim.fn.bufnr('#')
  if alternate > 0 and alternate ~= gone and vim.bo[alternate].buflisted then
    return alternate
  end
  local best, last = nil, -1
  for _, info in ipairs(vim.fn.getbufinfo({ buflisted = 1 })) do
    if info.lastused > last and info.bufnr ~= gone then
      best, last = info.bufnr, info.lastused
    end
  end
  return best or vim.api.nvim_create_buf(true, false)
end

--- Whether a window is one that files are edited in.
---@param win integer
---@return boolean
function M.is_normal(win)
  return vim.api.nvim_win_is_valid(win)
    and vim.api.nvim_win_get_config(win).relative == ''
    and vim.bo[vim.api.nvim_win_get_buf(win)].filetype ~= 'newsoutline'
end

return M
