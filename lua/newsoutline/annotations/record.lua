--- An annotation as a W3C Web Annotation and back.
---
--- What another program wrote and this one has no use for is carried along wherever it stands: beside the known keys,
--- in the target, in the creator, as a further body or selector.
local id = require('newsoutline.annotations.id')
local values = require('newsoutline.annotations.values')

local as, as_count, each_of = values.as, values.as_count, values.each_of
local encode, rest = values.encode, values.rest

local M = {}

--- Fields of a correction that say how it fares, not what it is.
local passing = { state = true, mark = true, namespace = true, from = true, to = true }

---@param correction newsoutline.Correction
---@return table
local function lasting(correction)
  local kept = {}
  for key, value in pairs(correction) do
    kept[key] = not passing[key] and value or nil
  end
  return kept
end

---@param pairs_of [string, any][] keys and values in order; absent values are left out
---@param more table|nil what another program put beside them
---@return string
local function object(pairs_of, more)
  local parts, written = {}, {}
  for _, pair in ipairs(pairs_of) do
    if pair[2] ~= nil then
      written[pair[1]] = true
      parts[#parts + 1] = encode(pair[1]) .. ':' .. (pair.raw and pair[2] or encode(pair[2]))
    end
  end
  if more then
    local keys = vim.tbl_keys(more)
    table.sort(keys)
    for _, key in ipairs(keys) do
      if not written[key] then
        parts[#parts + 1] = encode(key) .. ':' .. encode(more[key])
      end
    end
  end
  return '{' .. table.concat(parts, ',') .. '}'
end

---@param objects string[]
---@param more table[]|nil
---@return string
local function list(objects, more)
  for _, each in ipairs(more or {}) do
    objects[#objects + 1] = encode(each)
  end
  return '[' .. table.concat(objects, ',') .. ']'
end

--- One annotation as a line of a sidecar.
---@param a newsoutline.Annotation
---@param source string name of the article
---@return string
function M.to_line(a, source)
  local more, p = a.more or {}, a.passage
  local body = {}
  if a.label then
    body[#body + 1] = object({ { 'type', 'TextualBody' }, { 'purpose', 'tagging' }, { 'value', a.label } })
  end
  if a.text and a.text ~= '' then
    body[#body + 1] = object({
      { 'type', 'TextualBody' },
      { 'purpose', 'commenting' },
      { 'format', 'text/plain' },
      { 'value', a.text },
    })
  end
  if a.source then
    body[#body + 1] =
      object({ { 'type', 'SpecificResource' }, { 'purpose', 'linking' }, { 'source', a.source } })
  end
  local selectors = {
    object({
      { 'type', 'TextQuoteSelector' },
      { 'exact', p.exact },
      { 'prefix', p.prefix },
      { 'suffix', p.suffix },
    }),
    object({ { 'type', 'TextPositionSelector' }, { 'start', p.from }, { 'end', p.to } }),
  }
  if a.bytes then
    selectors[3] =
      object({ { 'type', 'DataPositionSelector' }, { 'start', a.bytes[1] }, { 'end', a.bytes[2] } })
  end
  local target = object({
    { 'source', source },
    { 'selector', list(selectors, more.selectors), raw = true },
  }, more.target)
  local creator = a.author and object({ { 'type', 'Person' }, { 'name', a.author } }, more.creator)
  return object({
    { 'id', a.id },
    { 'type', 'Annotation' },
    { 'motivation', a.correction and 'editing' or a.label and 'classifying' or 'commenting' },
    { 'created', a.created },
    { 'modified', a.changed },
    { 'creator', creator, raw = true },
    { 'body', list(body, more.body), raw = true },
    { 'target', target, raw = true },
    { 'status', a.status },
    { 'kind', a.kind },
    { 'correction', a.correction and lasting(a.correction) },
    { 'row', a.row },
    { 'rival', p.rival },
    { 'rivalOffset', p.rival_offset },
    { 'repeated', p.is_repeated or nil },
    { 'word', p.word },
    { 'textSha256', a.sha },
  }, more.keys)
end

--- Fields that a correction needs, by what it does; what it may have besides.
local needs = {
  merge = { 'entity', 'into' },
  split = { 'entity', 'text', 'name' },
  rename = { 'entity', 'name' },
  retype = { 'entity', 'type' },
  speaker = { 'quote' },
  kind = { 'quote', 'kind' },
}

local named = { 'entity', 'into', 'text', 'name', 'type', 'quote', 'kind' }
local types = { person = true, organization = true, place = true, event = true, other = true }
local kinds = { direct = true, mixed = true, indirect = true, term = true }

--- A correction that can be applied; nil where it is none, which is then carried along.
---@param c any
---@return newsoutline.Correction|nil
local function sound_correction(c)
  local fields = type(c) == 'table' and needs[c.what]
  if not fields then
    return nil
  end
  for _, field in ipairs(fields) do
    if c[field] == nil then
      return nil
    end
  end
  local sound = lasting(c)
  for _, field in ipairs(named) do
    if c[field] ~= nil then
      sound[field] = as(c[field], 'string')
      if not sound[field] or not sound[field]:find('%S') then
        return nil
      end
    end
  end
  if c.type and not types[c.type] or c.kind and not kinds[c.kind] then
    return nil
  end
  return sound
end

---@param a newsoutline.Annotation
---@param w table
---@param more table
local function take_body(a, w, more)
  for _, each in ipairs(each_of(w.body or w.bodyValue)) do
    local value = as(each, 'table')
    if type(each) == 'string' and not a.text then
      a.text = as(each, 'string')
    elseif value and value.purpose == 'tagging' and as(value.value, 'string') and not a.label then
      a.label = as(value.value, 'string')
    elseif value and value.purpose == 'linking' and as(value.source, 'string') and not a.source then
      a.source = as(value.source, 'string')
    elseif
      value
      and as(value.value, 'string')
      and (value.purpose == 'commenting' or value.purpose == nil)
      and not a.text
    then
      a.text = as(value.value, 'string')
    else
      more.body = more.body or {}
      table.insert(more.body, each)
    end
  end
end

---@param a newsoutline.Annotation
---@param target table
---@param more table
local function take_target(a, target, more)
  local p, quoted, placed = a.passage, false, false
  for _, each in ipairs(each_of(target.selector)) do
    local kind = type(each) == 'table' and each.type
    if kind == 'TextQuoteSelector' and not quoted then
      quoted = true
      p.exact = as(each.exact, 'string') or ''
      p.prefix, p.suffix = as(each.prefix, 'string') or '', as(each.suffix, 'string') or ''
    elseif kind == 'TextPositionSelector' and not placed then
      placed = true
      p.from, p.to = as_count(each.start) or 0, as_count(each['end']) or 0
    elseif
      kind == 'DataPositionSelector'
      and not a.bytes
      and as_count(each.start)
      and as_count(each['end'])
    then
      a.bytes = { each.start, each['end'] }
    else
      more.selectors = more.selectors or {}
      table.insert(more.selectors, each)
    end
  end
  more.target = rest(target, { source = true, selector = true })
end

--- A Web Annotation as a record.
---@param w any
---@return newsoutline.Annotation|nil
function M.from_w3c(w)
  if type(w) ~= 'table' or w.target == nil then
    return nil
  end
  local target = each_of(w.target)[1]
  target = type(target) == 'string' and { source = target } or target
  if type(target) ~= 'table' then
    return nil
  end
  local more = {}
  local known = {
    id = as(w.id, 'string') or id.random(),
    created = as(w.created, 'string'),
    changed = as(w.modified, 'string'),
    author = type(w.creator) == 'table' and as(w.creator.name, 'string') or as(w.creator, 'string'),
    status = as(w.status, 'string'),
    kind = as(w.kind, 'string'),
    correction = sound_correction(w.correction),
    row = as_count(w.row),
    sha = as(w.textSha256, 'string'),
  }
  local a =
    vim.tbl_extend('error', known, { passage = { exact = '', prefix = '', suffix = '', from = 0, to = 0 } })
  take_body(a, w, more)
  take_target(a, target, more)
  a.passage.rival, a.passage.is_repeated = as(w.rival, 'number'), as(w.repeated, 'boolean')
  a.passage.rival_offset = as(w.rivalOffset, 'number')
  a.passage.word = as_count(w.word)
  if type(w.creator) == 'table' then
    more.creator = rest(w.creator, { type = true, name = known.author })
  end
  more.keys = rest(w, {
    id = true,
    type = true,
    motivation = true,
    body = true,
    bodyValue = true,
    target = true,
    created = known.created,
    modified = known.changed,
    creator = known.author,
    status = known.status,
    kind = known.kind,
    correction = known.correction,
    row = known.row,
    rival = a.passage.rival,
    rivalOffset = a.passage.rival_offset,
    repeated = a.passage.is_repeated,
    word = a.passage.word,
    textSha256 = known.sha,
  })
  a.more = next(more) and more or nil
  return a
end

return M
