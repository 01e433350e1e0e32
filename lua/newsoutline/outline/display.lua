--- Puts the outline's tree into its window: what is unfolded at first, the lines, and where the cursor stays.
local render = require('newsoutline.outline.render')
local window = require('newsoutline.outline.window')

local M = {}

--- The entities come last, so that they may run out of the window; more than these are no overview.
local MAX_OPEN_ENTITIES = 60

--- Unfolds the sections with their quotes where they fit the window, and then the entities.
---@param outline newsoutline.Outline
function M.choose_open_kinds(outline)
  local height = vim.api.nvim_win_get_height(outline.win) - 4
  local n, n_entities = 0, 0
  local function count(nodes)
    for _, node in ipairs(nodes) do
      if node.kind == 'group' then
        n_entities = #node.children
      end
      n = n + 1
      count(node.kind == 'section' and node.children or {})
    end
  end
  count(outline.view.tree.nodes)
  outline.view.open_kinds = { section = n <= height, group = n <= height and n_entities <= MAX_OPEN_ENTITIES }
end

--- The row of a node, or of the closed one that hides it.
---@param outline newsoutline.Outline
---@param node newsoutline.Node|nil
---@return integer|nil
function M.row_of(outline, node)
  while node do
    if outline.row_of[node.key] then
      return outline.row_of[node.key]
    end
    node = node.parent
  end
end

--- Draws the outline; the cursor stays on the node that it was on.
---@param outline newsoutline.Outline
function M.draw(outline)
  local win = outline.win
  local saved = vim.api.nvim_win_call(win, vim.fn.winsaveview)
  local row = outline.rows[saved.lnum]
  outline.view.width = vim.api.nvim_win_get_width(win)
  local lines
  lines, outline.rows = render.lines(outline.view)
  outline.row_of = {}
  for i, each in ipairs(outline.rows) do
    if each.node then
      outline.row_of[each.node.key] = i
    end
  end
  render.colour(outline.buf, outline.rows)
  if not vim.deep_equal(lines, vim.api.nvim_buf_get_lines(outline.buf, 0, -1, false)) then
    window.write(outline.buf, lines)
  end
  local lnum = math.min(row and M.row_of(outline, row.node) or saved.lnum, #lines)
  if lnum ~= vim.api.nvim_win_get_cursor(win)[1] or #lines > 0 and saved.topline > 1 then
    local shift = lnum - saved.lnum
    saved.lnum, saved.topline = lnum, math.max(saved.topline + shift, 1)
    vim.api.nvim_win_call(win, function()
      vim.fn.winrestview(saved)
    end)
  end
end

return M
