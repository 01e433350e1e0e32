--- Where the cursor stands and what is selected in an article, and ways to go there: in the jumplist, folds open.
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

--- The Visual selection, end-exclusive.
---@return newsoutline.Span
function M.selection()
  local a, b = vim.fn.getpos('v'), vim.fn.getpos('.')
  local from, to = { a[2] - 1, a[3] - 1 }, { b[2] - 1, b[3] - 1 }
  if from[1] > to[1] or from[1] == to[1] and from[2] > to[2] then
    from, to = to, from
  end
  local last = vim.api.nvim_buf_get_lines(0, to[1], to[1] + 1, true)[1]
  if vim.api.nvim_get_mode().mode == 'V' then
    return { from = { from[1], 0 }, to = { to[1], #last } }
  end
  if vim.o.selection ~= 'exclusive' and to[2] < #last then
    to = { to[1], to[2] + vim.str_utf_end(last, to[2] + 1) + 1 }
  end
  return { from = from, to = { to[1], math.min(to[2], #last) } }
end

--- Makes a span the Visual selection; in Operator-pending mode the operator then takes it.
---@param span newsoutline.Span
---@param linewise? boolean
function M.select(span, linewise)
  if vim.api.nvim_get_mode().mode:match('^[vV\22]') then
    vim.cmd('normal! \27')
  end
  local to = span.to
  if vim.o.selection ~= 'exclusive' and not linewise then
    -- The selection includes the character that it ends on.
    if to[2] == 0 then
      local row = to[1] - 1
      to = { row, #vim.api.nvim_buf_get_lines(0, row, row + 1, true)[1] }
    else
      local line = vim.api.nvim_buf_get_lines(0, to[1], to[1] + 1, true)[1]
      to = { to[1], to[2] - 1 + vim.str_utf_start(line, to[2]) }
    end
  end
  vim.api.nvim_win_set_cursor(0, M.cursor(0, span.from))
  vim.cmd('normal! ' .. (linewise and 'V' or 'v'))
  vim.api.nvim_win_set_cursor(0, M.cursor(0, to))
end

return M
