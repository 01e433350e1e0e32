--- Turns a tree into the lines of the outline's buffer, and colours the lines that are on the screen.
local cells = require('newsoutline.cells')
local tree = require('newsoutline.outline.tree')

local M = {}

---@class newsoutline.Row one line of the outline
---@field node? newsoutline.Node
---@field at? { from: newsoutline.Position, to: newsoutline.Position } where `<CR>` goes; a node's own place otherwise
---@field is_match? boolean the filter was looking for this one
---@field marks { [1]: integer, [2]: integer, [3]: string }[] byte columns and highlight group

---@class newsoutline.View
---@field tree? newsoutline.Tree
---@field message? string shown where there is no tree
---@field open table<string, boolean> by key: what the user opened (true) or closed (false)
---@field open_kinds table<string, boolean> by kind: whether it is open where the user did neither
---@field is_chosen? boolean the user decided what is open and what is not
---@field filter string
---@field width integer

---@param filter string
---@return string[] words in lower case
local function words_of(filter)
  return vim.split(vim.fn.tolower(filter), '%s+', { trimempty = true })
end

---@param node newsoutline.Node
---@param words string[]
---@return boolean
local function matches(node, words)
  -- Mentions repeat their entity's name.
  if node.kind == 'mention' or node.kind == 'group' then
    return false
  end
  node.needle = node.needle or vim.fn.tolower(node.label)
  for _, word in ipairs(words) do
    if not node.needle:find(word, 1, true) then
      return false
    end
  end
  return true
end

--- The nodes that a filter leaves: those that match, and what they lie in.
---@param nodes newsoutline.Node[]
---@param words string[]
---@return table<newsoutline.Node, true>
---@return integer n that match
local function select(nodes, words)
  local kept, n = {}, 0
  local function visit(node)
    local keep = matches(node, words)
    n = n + (keep and 1 or 0)
    for _, child in ipairs(node.children) do
      keep = visit(child) or keep
    end
    kept[node] = keep or nil
    return keep
  end
  for _, node in ipairs(nodes) do
    visit(node)
  end
  return kept, n
end

--- Whether a node's children are shown; under a filter all that lead to a match are.
---@param node newsoutline.Node
---@param view newsoutline.View
---@return boolean
function M.is_open(node, view)
  if view.filter ~= '' and node.kind ~= 'entity' then
    return true
  end
  local open = view.open[node.key]
  if open == nil then
    open = view.open_kinds[node.kind] or false
  end
  return open
end

---@param text string
---@param words string[]
---@param offset integer
---@param marks table[]
local function mark_matches(text, words, offset, marks)
  local lower = vim.fn.tolower(text)
  if #lower ~= #text then
    return -- lower case has other lengths: no honest columns to show
  end
  for _, word in ipairs(words) do
    local from, to = lower:find(word, 1, true)
    if from then
      marks[#marks + 1] = { offset + from - 1, offset + to, 'NewsOutlineMatch' }
    end
  end
end

---@param node newsoutline.Node
---@param view newsoutline.View
---@param words string[] of the filter
---@return string line
---@return newsoutline.Row
local function draw(node, view, words)
  local marker = not tree.has_children(node) and '  ' or M.is_open(node, view) and '▾ ' or '▸ '
  local indent = (' '):rep(2 * node.level) .. marker
  local left = 2 * node.level + 2
  -- A narrow window gives up the details first.
  local detail, n_detail = node.detail, vim.api.nvim_strwidth(node.detail)
  if view.width - left - n_detail - 1 < 12 then
    detail, n_detail = '', 0
  end
  local room = math.max(view.width - left - (n_detail > 0 and n_detail + 1 or 0), 4)
  local label, n_label = cells.cut(node.label, room)
  local marks = {
    { 0, #indent, 'NewsOutlineMarker' },
    { #indent, #indent + #label, node.group },
  }
  if node.speaker then
    marks[#marks + 1] = { #indent, #indent + math.min(node.speaker, #label), node.speaker_group }
  end
  local text = indent .. label
  if n_detail > 0 then
    text = text .. (' '):rep(view.width - left - n_label - n_detail)
    marks[#marks + 1] = { #text, #text + #detail, 'NewsOutlineDetail' }
    text = text .. detail
  end
  if #words > 0 then
    mark_matches(label, words, #indent, marks)
  end
  return text, { node = node, marks = marks, is_match = #words > 0 and matches(node, words) }
end

--- Breaks a message into lines of the window's width.
---@param text string
---@param width integer
---@return string[]
local function wrap(text, width)
  local lines, line = {}, ''
  for word in text:gmatch('%S+') do
    if line ~= '' and vim.api.nvim_strwidth(line .. ' ' .. word) > width then
      lines[#lines + 1] = line
      line = word
    else
      line = line == '' and word or line .. ' ' .. word
    end
  end
  lines[#lines + 1] = line
  return lines
end

--- The lines of the outline, and what each is.
---@param view newsoutline.View
---@return string[] lines
---@return newsoutline.Row[] rows
function M.lines(view)
  local lines, rows = {}, {}
  local function add(text, group, at)
    lines[#lines + 1] = text
    rows[#rows + 1] = { at = at, marks = { { 0, #text, group } } }
  end
  local shown_tree = view.tree
  if not shown_tree then
    for _, text in ipairs(wrap(view.message or 'nothing here yet', view.width)) do
      add(text, 'NewsOutlineMessage')
    end
    return lines, rows
  end
  if shown_tree.headline ~= '' then
    add(cells.cut(shown_tree.headline, view.width), 'NewsOutlineHeadline', shown_tree.headline_at)
  end
  add(cells.cut(shown_tree.meta, view.width), 'NewsOutlineMeta')
  for _, text in ipairs(shown_tree.note and wrap(shown_tree.note, view.width) or {}) do
    add(text, 'NewsOutlineMessage')
  end
  local words = words_of(view.filter)
  local kept, n
  if #words > 0 then
    kept, n = select(shown_tree.nodes, words)
    add(cells.cut(('/%s  %d found'):format(view.filter, n), view.width), 'NewsOutlineFilter')
  end
  add('', 'NewsOutlineMeta')
  if #shown_tree.nodes == 0 then
    add('nothing found', 'NewsOutlineMessage')
  end
  local function visit(node)
    if kept and not kept[node] and node.kind ~= 'mention' then
      return
    end
    lines[#lines + 1], rows[#rows + 1] = draw(node, view, words)
    if M.is_open(node, view) then
      for _, child in ipairs(tree.children(node)) do
        visit(child)
      end
    end
  end
  for _, node in ipairs(shown_tree.nodes) do
    visit(node)
  end
  return lines, rows
end

local namespace ---@type integer|nil
---@type table<integer, newsoutline.Row[]> by buffer
local shown = {}

--- Colours a buffer's lines as they are drawn on the screen, so that 10,000 lines cost no more than fifty.
---@param buf integer
---@param rows newsoutline.Row[]|nil nil: the buffer is gone
function M.colour(buf, rows)
  shown[buf] = rows
  if namespace then
    return
  end
  namespace = vim.api.nvim_create_namespace('newsoutline.outline')
  vim.api.nvim_set_decoration_provider(namespace, {
    on_win = function(_, _, drawn)
      return shown[drawn] ~= nil
    end,
    on_line = function(_, _, drawn, row)
      local at = shown[drawn] and shown[drawn][row + 1]
      for i, mark in ipairs(at and at.marks or {}) do
        vim.api.nvim_buf_set_extmark(drawn, namespace, row, mark[1], {
          end_col = mark[2],
          hl_group = mark[3],
          ephemeral = true,
          priority = 100 + i,
          strict = false,
        })
      end
    end,
  })
end

return M
