--- What windows of ours have in common: they stay out of what a command does to all windows, a diff of all that is on
--- the screen and a session that is loaded over it.
local M = {}

--- Outline and panels; a reading view is text, which one may want to compare.
---@param win integer
---@return boolean
local function is_list(win)
  return vim.api.nvim_win_is_valid(win) and vim.bo[vim.api.nvim_win_get_buf(win)].filetype == 'newsoutline'
end

--- `:windo diffthis` means the texts.
local function leave_diff()
  local win = vim.api.nvim_get_current_win()
  if not vim.wo[win].diff or not is_list(win) then
    return
  end
  vim.schedule(function()
    if is_list(win) then
      vim.api.nvim_win_call(win, vim.cmd.diffoff)
    end
  end)
end

--- A session keeps the window that it is loaded from and edits its own files there, which 'winfixbuf' would forbid.
local function give_way()
  if vim.g.SessionLoad ~= 1 then
    return
  end
  for _, win in ipairs(vim.api.nvim_list_wins()) do
    if vim.startswith(vim.api.nvim_buf_get_name(vim.api.nvim_win_get_buf(win)), 'newsoutline://') then
      vim.wo[win].winfixbuf = false
    end
  end
end

--- 'fillchars' of a window of ours: what is below the last line is nothing, and `~` marks a derived section.
---@return string
function M.fillchars()
  local chars = vim.go.fillchars
  if chars:find('eob:', 1, true) then
    return chars
  end
  return (chars == '' and '' or chars .. ',') .. 'eob: '
end

local is_watching = false

--- Called by whatever opens a window of ours.
function M.watch()
  if is_watching then
    return
  end
  is_watching = true
  local group = vim.api.nvim_create_augroup('newsoutline.own', {})
  vim.api.nvim_create_autocmd('OptionSet', { group = group, pattern = 'diff', callback = leave_diff })
  -- The first things that a session does: it closes the other windows, and goes to its folder.
  vim.api.nvim_create_autocmd({ 'WinClosed', 'DirChangedPre' }, { group = group, callback = give_way })
end

return M
