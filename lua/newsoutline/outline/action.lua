--- What the keys of the outline do.
local display = require('newsoutline.outline.display')
local message = require('newsoutline.message')
local outlines = require('newsoutline.outline')
local render = require('newsoutline.outline.render')
local tree = require('newsoutline.outline.tree')

local M = {}

local namespace = vim.api.nvim_create_namespace('newsoutline.preview')

---@param outline newsoutline.Outline
---@return newsoutline.Row
local function current(outline)
  return outline.rows[vim.api.nvim_win_get_cursor(outline.win)[1]] or { marks = {} }
end

---@param outline newsoutline.Outline
---@return newsoutline.Position|nil from
---@return newsoutline.Position|nil to
local function place(outline)
  local row = current(outline)
  local at = row.node and row.node.from and row.node or row.at
  if at then
    return at.from, at.to
  end
end

--- Puts a window's cursor on a place; where that lies out of sight, in the middle of the window.
---@param win integer
---@param from newsoutline.Position
local function move(win, from)
  local n = vim.api.nvim_buf_line_count(vim.api.nvim_win_get_buf(win))
  vim.api.nvim_win_call(win, function()
    local lnum = math.min(from[1] + 1, n)
    local is_visible = lnum >= vim.fn.line('w0') and lnum <= vim.fn.line('w$')
    vim.api.nvim_win_set_cursor(win, { lnum, from[2] })
    vim.cmd('normal! zv' .. (is_visible and '' or 'zz'))
  end)
end

--- Goes to the place of the line under the cursor.
---@param outline newsoutline.Outline
function M.jump(outline)
  local from = place(outline)
  if not from then
    return
  end
  M.clear(outline)
  local win = outlines.go_to_article() --[[@as integer]]
  vim.cmd("normal! m'")
  move(win, from)
  if outline.position == 'float' then
    outlines.close()
  end
end

---@param outline newsoutline.Outline
function M.clear(outline)
  if vim.api.nvim_buf_is_valid(outline.article) then
    vim.api.nvim_buf_clear_namespace(outline.article, namespace, 0, -1)
  end
end

--- Shows the place of the line under the cursor in the article's window, and stays here.
---@param outline newsoutline.Outline
function M.preview(outline)
  local from, to = place(outline)
  M.clear(outline)
  if not from or not to then
    return
  end
  local win = outlines.article_window(outline)
  if win == -1 then
    win = outlines.go_to_article() --[[@as integer]]
    vim.api.nvim_set_current_win(outline.win)
  elseif vim.api.nvim_win_get_buf(win) ~= outline.article then
    vim.api.nvim_win_set_buf(win, outline.article)
  end
  move(win, from)
  local row = current(outline)
  local is_section = row.node and row.node.kind == 'section'
  vim.api.nvim_buf_set_extmark(outline.article, namespace, from[1], from[2], {
    end_row = is_section and from[1] + 1 or to[1],
    end_col = is_section and 0 or to[2],
    hl_group = 'NewsOutlinePreview',
    strict = false,
  })
  vim.api.nvim_create_autocmd({ 'WinLeave', 'BufWipeout' }, {
    group = vim.api.nvim_create_augroup('newsoutline.preview', {}),
    buffer = outline.buf,
    once = true,
    callback = function()
      M.clear(outline)
    end,
  })
end

-- Folds ----------------------------------------------------------------------------------------------------------

---@param outline newsoutline.Outline
---@param open boolean|nil nil: the other way round
local function set_open(outline, open)
  local node = current(outline).node
  if not node then
    return
  end
  -- On a line that holds nothing, and to close a closed one, the branch around it is meant.
  if not tree.has_children(node) or open == false and not render.is_open(node, outline.view) then
    node = node.parent
  end
  if not node then
    return
  end
  if open == nil then
    open = not render.is_open(node, outline.view)
  end
  outline.view.open[node.key] = open
  outline.view.is_chosen = true
  display.draw(outline)
  local row = display.row_of(outline, node)
  if row and not open then
    vim.api.nvim_win_set_cursor(outline.win, { row, 0 })
  end
end

---@param outline newsoutline.Outline
function M.toggle(outline)
  set_open(outline, nil)
end

---@param outline newsoutline.Outline
function M.open(outline)
  set_open(outline, true)
end

---@param outline newsoutline.Outline
function M.close(outline)
  set_open(outline, false)
end

---@param outline newsoutline.Outline
function M.open_all(outline)
  outline.view.open, outline.view.is_chosen = {}, true
  outline.view.open_kinds = { section = true, group = true, entity = true }
  display.draw(outline)
end

---@param outline newsoutline.Outline
function M.close_all(outline)
  outline.view.open, outline.view.is_chosen = {}, true
  outline.view.open_kinds = {}
  display.draw(outline)
end

--- Closes everything but the branch that the cursor is in.
---@param outline newsoutline.Outline
function M.only_branch(outline)
  local node = current(outline).node
  outline.view.open, outline.view.is_chosen = {}, true
  outline.view.open_kinds = {}
  while node do
    outline.view.open[node.key] = true
    node = node.parent
  end
  display.draw(outline)
end

-- Moving ---------------------------------------------------------------------------------------------------------

---@param outline newsoutline.Outline
---@param step 1|-1
local function go_to_section(outline, step)
  local left = vim.v.count1
  local row = vim.api.nvim_win_get_cursor(outline.win)[1]
  local found = row
  while left > 0 and outline.rows[row + step] do
    row = row + step
    local node = outline.rows[row].node
    if node and (node.kind == 'section' or node.kind == 'group') then
      found, left = row, left - 1
    end
  end
  vim.api.nvim_win_set_cursor(outline.win, { found, 0 })
end

---@param outline newsoutline.Outline
function M.next_section(outline)
  go_to_section(outline, 1)
end

---@param outline newsoutline.Outline
function M.previous_section(outline)
  go_to_section(outline, -1)
end

-- Filter ---------------------------------------------------------------------------------------------------------

---@param outline newsoutline.Outline
---@param filter string
local function set_filter(outline, filter)
  outline.view.filter = filter
  display.draw(outline)
  for i, row in ipairs(outline.rows) do
    if row.is_match then
      vim.api.nvim_win_set_cursor(outline.win, { i, 0 })
      break
    end
  end
end

--- Narrows the outline to what holds all the words, as they are typed.
---@param outline newsoutline.Outline
function M.filter(outline)
  local before = outline.view.filter
  local group = vim.api.nvim_create_augroup('newsoutline.filter', {})
  vim.api.nvim_create_autocmd('CmdlineChanged', {
    group = group,
    pattern = '@',
    callback = function()
      set_filter(outline, vim.fn.getcmdline())
      vim.cmd.redraw()
    end,
  })
  local ok, answer = pcall(vim.fn.input, { prompt = '/', default = before, cancelreturn = vim.NIL })
  vim.api.nvim_del_augroup_by_id(group)
  set_filter(outline, ok and type(answer) == 'string' and vim.trim(answer) or before)
end

--- Takes the filter away; a float without a filter is closed.
---@param outline newsoutline.Outline
function M.escape(outline)
  if outline.view.filter ~= '' then
    set_filter(outline, '')
  elseif outline.position == 'float' then
    outlines.close()
  end
end

-- Modes ----------------------------------------------------------------------------------------------------------

---@param outline newsoutline.Outline
function M.toggle_preview(outline)
  outline.preview = not outline.preview
  message.info(outline.preview and 'the article follows the outline' or 'the article stays where it is')
  if outline.preview then
    M.preview(outline)
  end
end

---@param outline newsoutline.Outline
function M.toggle_follow(outline)
  outline.follow = not outline.follow
  message.info(outline.follow and 'the outline follows the article' or 'the outline stays where it is')
end

---@param outline newsoutline.Outline
function M.refresh(outline)
  outlines.refresh(outline)
end

function M.quit()
  outlines.close()
end

-- Keys -----------------------------------------------------------------------------------------------------------

---@class newsoutline.OutlineKey
---@field lhs string
---@field action string name of a function of this module
---@field doc string

--- The keys of the outline; the help is written from this list.
---@type newsoutline.OutlineKey[]
M.keys = {
  { lhs = '<CR>', action = 'jump', doc = 'go there' },
  { lhs = '<2-LeftMouse>', action = 'jump', doc = 'go there' },
  { lhs = 'o', action = 'preview', doc = 'show it and stay here' },
  { lhs = 'p', action = 'toggle_preview', doc = 'show each line that the cursor comes to, or no more' },
  { lhs = 'f', action = 'toggle_follow', doc = "follow the article's cursor, or no more" },
  { lhs = 'za', action = 'toggle', doc = 'fold or unfold' },
  { lhs = 'zo', action = 'open', doc = 'unfold' },
  { lhs = 'zc', action = 'close', doc = 'fold' },
  { lhs = 'zR', action = 'open_all', doc = 'unfold all' },
  { lhs = 'zM', action = 'close_all', doc = 'fold all' },
  { lhs = 'zx', action = 'only_branch', doc = 'fold all but this branch' },
  { lhs = ']]', action = 'next_section', doc = 'next section' },
  { lhs = '[[', action = 'previous_section', doc = 'previous section' },
  { lhs = '/', action = 'filter', doc = 'filter as you type' },
  { lhs = '<Esc>', action = 'escape', doc = 'take the filter away; close a float' },
  { lhs = 'R', action = 'refresh', doc = 'analyse again' },
  { lhs = '?', action = 'help', doc = 'show these keys' },
  { lhs = 'q', action = 'quit', doc = 'close' },
}

function M.help()
  local lines = {}
  for _, key in ipairs(M.keys) do
    if key.lhs ~= '<2-LeftMouse>' then
      lines[#lines + 1] = (' %-6s %s '):format(key.lhs, key.doc)
    end
  end
  require('newsoutline.keyhelp').open('Keys of the outline', lines)
end

---@param outline newsoutline.Outline
function M.set_keys(outline)
  for _, key in ipairs(M.keys) do
    vim.keymap.set('n', key.lhs, function()
      M[key.action](outline)
    end, { buffer = outline.buf, nowait = true, desc = 'Outline: ' .. key.doc })
  end
end

return M
