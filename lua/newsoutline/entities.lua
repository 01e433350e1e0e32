--- Who and what an article names: a list with counts, types, roles and other names, from which one jumps from mention
--- to mention and corrects what the analysis got wrong.
local cells = require('newsoutline.cells')
local corrections = require('newsoutline.corrections')
local document = require('newsoutline.document')
local highlight = require('newsoutline.highlight')
local lookup = require('newsoutline.lookup')
local markup = require('newsoutline.markup')
local message = require('newsoutline.message')
local panel = require('newsoutline.panel')

local M = {}

M.types = { 'person', 'organization', 'place', 'event', 'other' }

---@param entity newsoutline.Entity
---@return string
local function id_of(entity)
  return ('%s\0%s'):format(entity.name, entity.item or '')
end

--- Whether an entity passes a filter: the words of a type, or a part of one of its names.
---@param entity newsoutline.Entity
---@param filter string in lower case
---@return boolean
local function passes(entity, filter)
  if filter == '' or vim.tbl_contains(M.types, filter) then
    return filter == '' or entity.type == filter
  end
  for _, name in ipairs(lookup.names(entity)) do
    if name:find(filter, 1, true) then
      return true
    end
  end
  return false
end

---@param analysis newsoutline.Analysis
---@param filter string
---@return newsoutline.Entity[]
function M.select(analysis, filter)
  filter = vim.fn.tolower(vim.trim(filter))
  -- A whole name means that one and not all that hold it ("Iran" is not "Iranian Supreme Court").
  local exact = vim.tbl_filter(function(entity)
    return vim.tbl_contains(lookup.names(entity), filter)
  end, analysis.entities)
  if #exact > 0 then
    return exact
  end
  return vim.tbl_filter(function(entity)
    return passes(entity, filter)
  end, analysis.entities)
end

-- Rows --------------------------------------------------------------------------------------------------------------

--- The widest column of names.
local NAME_WIDTH = 32

--- The line of a mention, its white space made one, the mention marked.
---@param article integer
---@param format string
---@param mention newsoutline.Mention
---@param row newsoutline.PanelRow
---@param group string
local function add_context(article, format, mention, row, group)
  local from, to = mention.from, mention.to
  local line = vim.api.nvim_buf_get_lines(article, from[1], from[1] + 1, false)[1] or ''
  local stop = to[1] == from[1] and to[2] or #line
  local before = cells.plain(markup.strip(line:sub(1, from[2]), format)):gsub('%s+', ' '):gsub('^ ', '')
  local after = cells.plain(markup.strip(line:sub(stop + 1), format)):gsub('%s+', ' ')
  local n = vim.fn.strchars(before)
  -- Enough before the mention to know the sentence by.
  if n > 40 then
    before = '…' .. vim.fn.strcharpart(before, n - 40)
  end
  row:add(before, 'NewsOutlineNote'):add(mention.text, group)
  row:add(vim.fn.strcharpart(after, 0, 160), 'NewsOutlineNote')
end

---@param self newsoutline.Panel
---@param analysis newsoutline.Analysis
---@return newsoutline.PanelRow[]
local function rows(self, analysis)
  local shown = M.select(analysis, self.state.filter)
  local list, width, digits = {}, 0, 1
  for _, entity in ipairs(shown) do
    width = math.max(width, vim.api.nvim_strwidth(entity.name))
    digits = math.max(digits, #tostring(#entity.mentions))
  end
  width = math.min(width, NAME_WIDTH)
  for _, entity in ipairs(shown) do
    local id = id_of(entity)
    local open = self.state.open[id]
    local row = panel.row(id, { entity = entity }):add(open and '▾ ' or '▸ ', 'NewsOutlineNote')
    row:column(entity.name, width, highlight.entity_group(entity.type)):add('  ')
    row:column(tostring(#entity.mentions), digits, 'NewsOutlineCount', true):add('  ')
    row:column(entity.type, 12):add('  ')
    local notes = {}
    if #entity.roles > 0 then
      notes[#notes + 1] = table.concat(entity.roles, '; ')
    end
    if #entity.aliases > 0 then
      notes[#notes + 1] = 'also ' .. table.concat(entity.aliases, ', ')
    end
    if entity.corrected then
      row:add('✎ ', 'NewsOutlineCorrected')
    end
    list[#list + 1] = row:add(table.concat(notes, ' · '), 'NewsOutlineNote')
    for i, mention in ipairs(open and entity.mentions or {}) do
      local sub = panel.row(('%s\0%d'):format(id, i), { entity = entity, mention = mention, index = i })
      sub:add('    '):column(tostring(mention.from[1] + 1), 5, 'NewsOutlineCount', true):add('  ')
      add_context(self.article, analysis.format, mention, sub, highlight.entity_group(entity.type))
      list[#list + 1] = sub
    end
  end
  if #shown == 0 then
    list[1] = panel.row('none'):add(
      self.state.filter == '' and 'nothing is named here'
        or ('nothing is called "%s"'):format(self.state.filter),
      'NewsOutlineNote'
    )
  end
  local made = corrections.list(self.article)
  if #made > 0 then
    list[#list + 1] = panel.row('corrections')
    list[#list + 1] = panel.row('corrections heading'):add('Corrections', 'NewsOutlineHeading'):add(
      '  kept with the annotations; the last one wins; u takes it back',
      'NewsOutlineNote'
    )
    for i, correction in ipairs(made) do
      list[#list + 1] = panel.row('correction ' .. i):add(
        '  ' .. corrections.describe(correction),
        correction.state == 'holds' and 'NewsOutlineCorrected' or nil
      )
    end
  end
  return list
end

---@param self newsoutline.Panel
---@param analysis newsoutline.Analysis
---@return string
local function title(self, analysis)
  local name = vim.api.nvim_buf_get_name(self.article)
  local filter = self.state.filter
  local made = #corrections.list(self.article)
  return ('Entities of %s: %d%s%s'):format(
    name == '' and '[No Name]' or vim.fn.fnamemodify(name, ':t'),
    #M.select(analysis, filter),
    filter == '' and '' or (' of %d · %s'):format(#analysis.entities, filter),
    made == 0 and '' or made == 1 and ' · 1 correction' or (' · %d corrections'):format(made)
  )
end

-- Keys --------------------------------------------------------------------------------------------------------------

--- Goes to the mention of a row, or from one mention of its entity to the next.
---@param self newsoutline.Panel
---@param row newsoutline.PanelRow
---@param focus boolean
local function go(self, row, focus)
  local entity = row.data.entity
  if not entity or #entity.mentions == 0 then
    return
  end
  local index = row.data.index
  if not index then
    local last = self.state.at
    index = last and last.id == id_of(entity) and last.index % #entity.mentions + 1 or 1
  end
  self.state.at = { id = id_of(entity), index = index }
  self:show(entity.mentions[index].from, focus)
  message.info(('%s: %d of %d'):format(entity.name, index, #entity.mentions))
end

--- Runs an action with the entity of a row.
---@param action fun(self: newsoutline.Panel, entity: newsoutline.Entity, row: newsoutline.PanelRow)
---@return fun(self: newsoutline.Panel, row: newsoutline.PanelRow)
local function with_entity(action)
  return function(self, row)
    if row.data.entity then
      action(self, row.data.entity, row)
    else
      message.info('no entity on this line')
    end
  end
end

--- Adds a correction and puts the cursor on an entity.
---@param self newsoutline.Panel
---@param correction newsoutline.Correction
---@param name string
---@param item integer|nil
local function correct(self, correction, name, item)
  corrections.add(self.article, correction)
  self:draw(id_of({ name = name, item = item }))
end

---@param self newsoutline.Panel
---@param entity newsoutline.Entity
local function merge(self, entity)
  local selected, seen = {}, {}
  for _, row in ipairs(self:rows_selected()) do
    local each = row.data.entity
    if each and not seen[each] then
      seen[each] = true
      selected[#selected + 1] = each
    end
  end
  if #selected > 1 then
    vim.api.nvim_feedkeys(vim.keycode('<Esc>'), 'nx', false)
    for i = 2, #selected do
      corrections.add(self.article, { what = 'merge', entity = selected[i].name, into = selected[1].name })
    end
    self:draw(id_of(selected[1]))
    return
  end
  local analysis = document.get(self.article)
  local others = vim.tbl_filter(function(other)
    return other.name ~= entity.name and other.item == entity.item
  end, analysis and analysis.entities or {})
  -- Those of the same type first: they are likelier to be the same thing.
  local choices = {}
  for _, same_type in ipairs({ true, false }) do
    for _, other in ipairs(others) do
      if (other.type == entity.type) == same_type then
        choices[#choices + 1] = other
      end
    end
  end
  vim.ui.select(choices, {
    prompt = ('%s is the same as:'):format(entity.name),
    format_item = function(other)
      return ('%s (%s)'):format(other.name, other.type)
    end,
  }, function(into)
    if into then
      correct(self, { what = 'merge', entity = entity.name, into = into.name }, into.name, entity.item)
    end
  end)
end

---@param self newsoutline.Panel
---@param entity newsoutline.Entity
---@param row newsoutline.PanelRow
local function split(self, entity, row)
  local function ask(form, mention)
    vim.ui.input({
      prompt = ('%s“%s” is: '):format(mention and 'This ' or '', form),
      default = form,
    }, function(name)
      name = name and vim.trim(name)
      if name and name ~= '' then
        local correction = { what = 'split', entity = entity.name, text = form, name = name }
        if mention then
          correction.from, correction.to = mention.from, mention.to
        end
        correct(self, correction, name, entity.item)
      end
    end)
  end
  if row.data.mention then
    ask(row.data.mention.text, row.data.mention)
    return
  end
  local forms, count = {}, {}
  for _, mention in ipairs(entity.mentions) do
    if not count[mention.text] then
      forms[#forms + 1] = mention.text
    end
    count[mention.text] = (count[mention.text] or 0) + 1
  end
  if #forms < 2 then
    message.info(
      ('%s is always called that; open it with <Tab> to split off single mentions'):format(entity.name)
    )
    return
  end
  vim.ui.select(forms, {
    prompt = ('Not %s:'):format(entity.name),
    format_item = function(form)
      return ('%s (%d)'):format(form, count[form])
    end,
  }, function(form)
    if form then
      ask(form)
    end
  end)
end

---@param self newsoutline.Panel
---@param entity newsoutline.Entity
local function rename(self, entity)
  vim.ui.input({ prompt = 'Name: ', default = entity.name }, function(name)
    name = name and vim.trim(name)
    if name and name ~= '' and name ~= entity.name then
      correct(self, { what = 'rename', entity = entity.name, name = name }, name, entity.item)
    end
  end)
end

---@param self newsoutline.Panel
---@param entity newsoutline.Entity
local function retype(self, entity)
  local types = vim.tbl_filter(function(type)
    return type ~= entity.type
  end, M.types)
  vim.ui.select(types, { prompt = ('%s is no %s but:'):format(entity.name, entity.type) }, function(type)
    if type then
      correct(self, { what = 'retype', entity = entity.name, type = type }, entity.name, entity.item)
    end
  end)
end

--- The mentions of some entities as the location list of an article's window.
---@param win integer
---@param buf integer
---@param entities newsoutline.Entity[]
---@param what string for the title
local function list_mentions(win, buf, entities, what)
  local format = (document.get(buf) or { format = 'text' }).format
  local items = {}
  for _, entity in ipairs(entities) do
    for _, mention in ipairs(entity.mentions) do
      local line = vim.api.nvim_buf_get_lines(buf, mention.from[1], mention.from[1] + 1, false)[1] or ''
      items[#items + 1] = {
        bufnr = buf,
        lnum = mention.from[1] + 1,
        col = mention.from[2] + 1,
        end_lnum = mention.to[1] + 1,
        end_col = mention.to[2] + 1,
        type = entity.type:sub(1, 1):upper(),
        text = cells.plain(('%s: %s'):format(entity.name, vim.trim(markup.strip(line, format)))),
        user_data = { entity = entity.name, kind = mention.kind },
      }
    end
  end
  table.sort(items, function(a, b)
    return a.lnum < b.lnum or a.lnum == b.lnum and a.col < b.col
  end)
  vim.fn.setloclist(win, {}, ' ', {
    title = ('Mentions of %s (%d)'):format(what, #items),
    items = items,
    context = { newsoutline = { list = 'mentions', buf = buf } },
  })
end

---@type newsoutline.PanelOwner
local owner = {
  kind = 'entities',
  title = title,
  rows = rows,
  state = function()
    return { filter = '', open = {} }
  end,
  keys = {
    {
      lhs = '<CR>',
      doc = 'go to the mention; again: to the next one',
      action = function(self, row)
        go(self, row, true)
      end,
    },
    {
      lhs = 'o',
      doc = 'show the mention and stay here; again: the next one',
      action = function(self, row)
        go(self, row, false)
      end,
    },
    {
      lhs = { '<Tab>', 'za' },
      doc = 'list its mentions, or no longer',
      action = with_entity(function(self, entity)
        local id = id_of(entity)
        self.state.open[id] = not self.state.open[id]
        self:draw(id)
      end),
    },
    {
      lhs = 'l',
      doc = 'its mentions as location list',
      action = with_entity(function(self, entity)
        local win = self:window()
        list_mentions(win, self.article, { entity }, entity.name)
        vim.api.nvim_set_current_win(win)
        vim.cmd('lopen')
      end),
    },
    {
      lhs = 'f',
      doc = 'one type only; again: the next type, then all',
      action = function(self)
        local at = 0
        for i, type in ipairs(M.types) do
          at = self.state.filter == type and i or at
        end
        self.state.filter = M.types[at + 1] or ''
        self:draw()
      end,
    },
    {
      lhs = 'm',
      doc = 'merge it into another; in Visual mode: the selected ones',
      action = with_entity(merge),
      visual = true,
    },
    { lhs = 's', doc = 'split off one of its names, or this mention', action = with_entity(split) },
    { lhs = 'r', doc = 'rename it', action = with_entity(rename) },
    { lhs = 't', doc = 'change its type', action = with_entity(retype) },
    {
      lhs = 'u',
      doc = 'take the last correction back',
      action = function(self)
        local undone = corrections.undo(self.article)
        message.info(undone and 'taken back: ' .. corrections.describe(undone) or 'nothing was corrected')
        self:draw()
      end,
    },
  },
}

---@class newsoutline.EntitiesOptions
---@field filter? string a type, or a part of a name
---@field loclist? boolean all mentions of what passes the filter in the window's location list

--- Lists the entities of the current buffer.
---@param options? newsoutline.EntitiesOptions
function M.list(options)
  options = options or {}
  local buf, win = vim.api.nvim_get_current_buf(), vim.api.nvim_get_current_win()
  local filter = vim.trim(options.filter or ''):gsub('\\ ', ' ')
  local analysis, problem = document.get(buf)
  if not analysis then
    message.error(problem --[[@as string]])
    return
  end
  local entities = M.select(analysis, filter)
  if not options.loclist then
    -- Who asks for one wants its mentions.
    local open = filter ~= '' and #entities == 1 and { [id_of(entities[1])] = true } or {}
    panel.open(owner, buf, { filter = filter, open = open })
    return
  end
  if #entities == 0 then
    message.info(filter == '' and 'nothing is named here' or ('nothing is called "%s"'):format(filter))
    return
  end
  list_mentions(win, buf, entities, #entities == 1 and entities[1].name or filter == '' and 'all' or filter)
  vim.cmd('lopen')
end

--- Completes the word under the cursor of `:NewsEntities …`.
---@param lead string
---@param before string
---@param buf? integer
---@return string[]
function M.complete(lead, before, buf)
  local analysis = document.get(buf)
  local found, seen = {}, {}
  local start = vim.fn.tolower((before:gsub('^%s+', ''):gsub('%s+', ' ')))
  local function offer(name)
    if vim.startswith(vim.fn.tolower(name), start) then
      local rest = name:sub(#start + 1)
      if rest ~= '' and not seen[rest] and vim.startswith(vim.fn.tolower(rest), vim.fn.tolower(lead)) then
        seen[rest] = true
        found[#found + 1] = rest
      end
    end
  end
  if start == '' then
    vim.iter(M.types):each(offer)
  end
  for _, entity in ipairs(analysis and analysis.entities or {}) do
    offer(entity.name)
    vim.iter(entity.aliases):each(offer)
  end
  return found
end

return M
