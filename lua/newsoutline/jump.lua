--- Goes to a place of an article: remembered in the jumplist, folds open.
local M = {}

--- A position of an older analysis may lie behind the end of a buffer that was shortened since.
---@param buf integer
---@param position newsoutline.Position
---@return integer[] cursor (1, 0)-based
function M.cursor(buf, position)
  local row = math.min(position[1], vim.api.nvim_buf_line_count(buf) - 1)
  local line = vim.api.nvim_buf_get_lines(buf, row, row + 1, false)[1] or ''
  return { row + 1, math.min(position[2], #line) }
end

---@param win integer
---@param position newsoutline.Position
function M.to(win, position)
  vim.api.nvim_win_call(win, function()
    vim.cmd("normal! m'")
    vim.api.nvim_win_set_cursor(win, M.cursor(vim.api.nvim_win_get_buf(win), position))
    vim.cmd('normal! zv')
  end)
end

--- The position of the cursor.
---@param win? integer
---@return newsoutline.Position
function M.position(win)
  local cursor = vim.api.nvim_win_get_cursor(win or 0)
  return { cursor[1] - 1, cursor[2] }
end

return M
