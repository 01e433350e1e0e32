--- The annotation window: the annotations of an article as a tree by section, by label or by status, to read, find and
--- change them.
local annotations = require('newsoutline.annotations')
local action = require('newsoutline.annotations.action')
local cells = require('newsoutline.cells')
local display = require('newsoutline.annotations.display')
local labels = require('newsoutline.annotations.labels')
local listing = require('newsoutline.annotations.listing')
local lookup = require('newsoutline.lookup')
local message = require('newsoutline.message')
local origin = require('newsoutline.origin')
local panel = require('newsoutline.panel')

local M = {}

M.orders = { 'section', 'label', 'status' }

--- Cells of a passage in a row.
local PASSAGE_WIDTH = 60

local LOST, PLAIN = 'lost their text', 'without one'

-- Rows ----------------------------------------------------------------------------------------------------------------

---@class newsoutline.AnnotationGroup
---@field name string
---@field list { a: newsoutline.Annotation, span: newsoutline.Span|nil }[]

--- What an annotation is filed under.
---@type table<string, fun(each: table, analysis: newsoutline.Analysis): string>
local key_of = {
  section = function(each, analysis)
    local path = lookup.sections_at(analysis, each.span.from)
    return path[#path] and path[#path].title or 'Beginning'
  end,
  label = function(each)
    return each.a.correction and 'corrections' or each.a.label or PLAIN
  end,
  status = function(each)
    return each.a.status or PLAIN
  end,
}

--- The order of the groups that have one of their own; sections come as they stand in the text.
---@param buf integer
---@param by string
---@return string[]
local function fixed_order(buf, by)
  if by == 'label' then
    return labels.names(buf)
  end
  return by == 'status' and annotations.statuses or {}
end

---@param self newsoutline.Panel
---@param analysis newsoutline.Analysis
---@return newsoutline.AnnotationGroup[]
---@return integer n annotations in them
local function groups(self, analysis)
  local list, by_name, n = {}, {}, 0
  local function group(name)
    if not by_name[name] then
      by_name[name] = { name = name, list = {} }
      list[#list + 1] = by_name[name]
    end
    return by_name[name]
  end
  for _, name in ipairs(fixed_order(self.article, self.state.by)) do
    group(name)
  end
  for _, each in ipairs(listing.sorted(self.article)) do
    if listing.matches(each.a, self.state.filter) then
      n = n + 1
      local name = not each.span and LOST or key_of[self.state.by](each, analysis)
      table.insert(group(name).list, each)
    end
  end
  -- What has no key comes after what has one, what has no place last.
  local rank = { [PLAIN] = 1, corrections = 2, [LOST] = 3 }
  local sorted = {}
  for wanted = 0, 3 do
    for _, each in ipairs(list) do
      if #each.list > 0 and (rank[each.name] or 0) == wanted then
        sorted[#sorted + 1] = each
      end
    end
  end
  return sorted, n
end

---@param self newsoutline.Panel
---@param each { a: newsoutline.Annotation, span: newsoutline.Span|nil }
---@return newsoutline.PanelRow
local function annotation_row(self, each)
  local a, span = each.a, each.span
  local row = panel.row(a.id, { a = a, span = span }):add('  ')
  row:column(tostring((span and span.from[1] or a.row or 0) + 1), 5, 'NewsOutlineCount', true):add('  ')
  if a.correction then
    row:add('✎ ' .. require('newsoutline.corrections').describe(a.correction), 'NewsOutlineCorrected')
    return row
  end
  local width = 0
  for _, name in ipairs(labels.names(self.article)) do
    width = math.max(width, vim.api.nvim_strwidth(name))
  end
  row:column(a.label or '', width + 1, 'NewsOutlineSpeaker'):column(a.status or '', 13)
  row:add(
    (cells.cut(a.passage.exact, PASSAGE_WIDTH)),
    span and 'NewsOutlineQuoteDirect' or 'NewsOutlineOrphan'
  )
  if a.text and a.text ~= '' then
    row:add('  ' .. a.text, 'NewsOutlineNote')
  end
  if a.source then
    row:add('  ' .. a.source, 'Underlined')
  end
  return row
end

---@param self newsoutline.Panel
---@param analysis newsoutline.Analysis
---@return newsoutline.PanelRow[]
local function rows(self, analysis)
  local list = {}
  local shown, n = groups(self, analysis)
  self.state.n = n
  for _, group in ipairs(shown) do
    local id = 'group ' .. self.state.by .. ' ' .. group.name
    local is_open = not self.state.closed[id] or self.state.filter ~= ''
    local row = panel.row(id, { group = id }):add(is_open and '▾ ' or '▸ ', 'NewsOutlineMarker')
    row:add(group.name, group.name == LOST and 'NewsOutlineOrphan' or 'NewsOutlineHeading')
    list[#list + 1] = row:add(('  %d'):format(#group.list), 'NewsOutlineCount')
    for _, each in ipairs(is_open and group.list or {}) do
      list[#list + 1] = annotation_row(self, each)
    end
  end
  if #list == 0 then
    local filter = self.state.filter
    list[1] = panel.row('none'):add(
      filter == '' and 'nothing is annotated here (:NewsAnnotate)' or ('nothing holds "%s"'):format(filter),
      'NewsOutlineNote'
    )
  end
  return list
end

---@param self newsoutline.Panel
---@return string
local function title(self)
  local name = vim.fn.fnamemodify(vim.api.nvim_buf_get_name(self.article), ':t')
  local filter = self.state.filter
  return ('Annotations of %s by %s: %d%s'):format(
    name,
    self.state.by,
    self.state.n or 0,
    filter == '' and '' or (' of %d · /%s'):format(#annotations.list(self.article), filter)
  )
end

-- Keys ----------------------------------------------------------------------------------------------------------------

--- Runs an action with the annotation of a row.
---@param run fun(self: newsoutline.Panel, a: newsoutline.Annotation, row: newsoutline.PanelRow)
---@return fun(self: newsoutline.Panel, row: newsoutline.PanelRow)
local function with_annotation(run)
  return function(self, row)
    if row.data.a then
      run(self, row.data.a, row)
    else
      message.info('no annotation on this line')
    end
  end
end

---@param self newsoutline.Panel
---@param row newsoutline.PanelRow
---@param focus boolean
local function go(self, row, focus)
  local a, span = row.data.a, row.data.span
  if a then
    self:show(span and span.from or { a.row or 0, 0 }, focus)
  elseif row.data.group then
    self.state.closed[row.data.group] = not self.state.closed[row.data.group]
    self:draw(row.id)
  end
end

--- Narrows the window to what holds all the words, as they are typed.
---@param self newsoutline.Panel
local function filter(self)
  local before = self.state.filter
  local function set(words)
    self.state.filter = words
    self:draw()
  end
  local group = vim.api.nvim_create_augroup('newsoutline.annotations.filter', {})
  vim.api.nvim_create_autocmd('CmdlineChanged', {
    group = group,
    pattern = '@',
    callback = function()
      set(vim.fn.getcmdline())
      vim.cmd.redraw()
    end,
  })
  local ok, answer = pcall(vim.fn.input, { prompt = '/', default = before, cancelreturn = vim.NIL })
  vim.api.nvim_del_augroup_by_id(group)
  set(ok and type(answer) == 'string' and vim.trim(answer) or before)
end

--- Puts an annotation on what the article's cursor is on.
---@param self newsoutline.Panel
---@param a newsoutline.Annotation
local function attach(self, a)
  local target = require('newsoutline.annotations.target')
  local win = self:window()
  local buf = vim.api.nvim_win_get_buf(win)
  local span = vim.api.nvim_win_call(win, function()
    return target.under_cursor(buf)
  end)
  span = span and select(2, origin.span(buf, span))
  if span then
    annotations.put(self.article, a, span)
  else
    message.info('there is nothing of the article under its cursor')
  end
end

---@type newsoutline.PanelOwner
local owner = {
  kind = 'annotations',
  title = title,
  rows = rows,
  state = function()
    return { by = 'section', filter = '', closed = {} }
  end,
  keys = {
    {
      lhs = '<CR>',
      doc = 'go to the passage; fold or unfold a group',
      action = function(self, row)
        go(self, row, true)
      end,
    },
    {
      lhs = 'o',
      doc = 'show the passage and stay here',
      action = function(self, row)
        go(self, row, false)
      end,
    },
    {
      lhs = { '<Tab>', 'za' },
      doc = 'fold or unfold a group',
      action = function(self, row)
        if row.data.group then
          go(self, row, false)
        end
      end,
    },
    {
      lhs = 'b',
      doc = 'by section, by label or by status, in turn',
      action = function(self)
        for i, order in ipairs(M.orders) do
          if order == self.state.by then
            self.state.by = M.orders[i % #M.orders + 1]
            break
          end
        end
        self:draw()
      end,
    },
    { lhs = '/', doc = 'filter as you type', action = filter },
    {
      lhs = '<Esc>',
      doc = 'take the filter away',
      action = function(self)
        self.state.filter = ''
        self:draw()
      end,
    },
    {
      lhs = 'e',
      doc = 'edit the text',
      action = with_annotation(function(self, a)
        action.edit(self.article, a)
      end),
    },
    {
      lhs = 'l',
      doc = 'another label, by its key',
      action = with_annotation(function(self, a)
        local label = labels.ask(self.article)
        if label then
          action.relabel(self.article, a, label)
        end
      end),
    },
    {
      lhs = 's',
      doc = 'the next check status',
      action = with_annotation(function(self, a)
        action.status(self.article, a)
      end),
    },
    {
      lhs = 'gx',
      doc = 'open the source; without one, ask for it',
      action = with_annotation(function(self, a)
        if a.source then
          action.source(self.article, a)
          return
        end
        vim.ui.input({ prompt = 'Source: ' }, function(link)
          if link and vim.trim(link) ~= '' then
            action.source(self.article, a, vim.trim(link))
          end
        end)
      end),
    },
    {
      lhs = 'd',
      doc = 'delete it',
      action = with_annotation(function(self, a)
        annotations.remove(self.article, a)
      end),
    },
    { lhs = 'a', doc = "put it on what the article's cursor is on", action = with_annotation(attach) },
    {
      lhs = 'K',
      doc = 'read all of it',
      action = with_annotation(function(_, a)
        vim.lsp.util.open_floating_preview(
          display.lines(a),
          '',
          { wrap = true, max_width = 80, border = 'rounded' }
        )
      end),
    },
    {
      lhs = 'u',
      doc = 'take the last change back',
      action = function(self)
        if not annotations.undo(self.article) then
          message.info('there is no change of an annotation to undo')
        end
      end,
    },
  },
}

M.keys = owner.keys

--- Opens the window for an article.
---@param buf integer
---@param by? 'section'|'label'|'status'
function M.open(buf, by)
  local state, problem = annotations.attach(buf)
  if not state then
    message.warn(problem --[[@as string]])
    return
  end
  local fresh = owner.state()
  fresh.by = by or fresh.by
  panel.open(owner, buf, fresh)
end

--- Opens the window for the current buffer: what a session restores.
function M.list()
  M.open(origin.buffer(vim.api.nvim_get_current_buf()))
end

return M
