--- An annotation as a W3C Web Annotation and back, and the lists of them that sidecars hold.
---
--- What another program wrote and this one has no use for is carried along wherever it stands: beside the known keys,
--- in the target, in the creator, as a further body or selector.
local M = {}

M.schema = 1

--- Offsets and counts beyond this are none: Lua counts no further without gaps.
local MOST = 2 ^ 53

--- JSON with the keys of objects in order.
---@param value any
---@return string
local function encode(value)
  -- Most of what a sidecar holds, and by far the fastest.
  if type(value) == 'string' and not value:find('[%c"\\\127]') then
    return '"' .. value .. '"'
  elseif type(value) == 'table' then
    local parts = {}
    if vim.islist(value) and (next(value) ~= nil or getmetatable(value) == nil) then
      for i, each in ipairs(value) do
        parts[i] = encode(each)
      end
      return '[' .. table.concat(parts, ',') .. ']'
    end
    local keys = vim.tbl_keys(value)
    table.sort(keys)
    for i, key in ipairs(keys) do
      parts[i] = encode(key) .. ':' .. encode(value[key])
    end
    return '{' .. table.concat(parts, ',') .. '}'
  end
  if type(value) == 'number' and value == math.floor(value) and math.abs(value) < 1e14 then
    return ('%d'):format(value)
  end
  if type(value) == 'number' and (value ~= value or math.abs(value) == math.huge) then
    return 'null' -- JSON has no other word for what is no number
  end
  return (vim.json.encode(value):gsub('\\/', '/'))
end
M.encode = encode

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

---@param value any
---@param kind string
---@return any value where it is of this type
local function as(value, kind)
  if type(value) ~= kind then
    return nil
  elseif kind == 'string' and value:find('%z') then
    -- No article has it, since the analysis reads it so, and Vim's functions refuse it.
    return (value:gsub('%z', '�'))
  elseif kind == 'number' and math.abs(value) > MOST or value ~= value then
    return nil
  end
  return value
end

---@param value any
---@return integer|nil
local function as_count(value)
  return as(value, 'number') and value >= 0 and value == math.floor(value) and value or nil
end

--- A value that may stand alone or in a list, as a list.
---@param value any
---@return any[]
local function each_of(value)
  if value == nil or value == vim.NIL then
    return {}
  end
  return type(value) == 'table' and vim.islist(value) and value or { value }
end

--- What is left of an object besides some keys; nil where that is nothing.
---@param value table
---@param known table<string, any>
---@return table|nil
local function rest(value, known)
  local left
  for key, each in pairs(value) do
    if known[key] == nil then
      left = left or {}
      left[key] = each
    end
  end
  return left
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
    id = as(w.id, 'string') or M.new_id(),
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

--- Sketches that a sidecar holds: more texts than these are noted in only between two writes of the article.
local MOST_TEXTS = 4

--- Of some texts, those that most annotations were noted in.
---@param annotations newsoutline.Annotation[]
---@param texts table<string, string>
---@return table<string, string>
function M.texts_of(annotations, texts)
  local n, names = {}, {}
  for _, a in ipairs(annotations) do
    if a.sha and texts[a.sha] then
      if not n[a.sha] then
        names[#names + 1] = a.sha
      end
      n[a.sha] = (n[a.sha] or 0) + 1
    end
  end
  table.sort(names, function(a, b)
    return n[a] > n[b] or n[a] == n[b] and a < b
  end)
  local kept = {}
  for i = 1, math.min(#names, MOST_TEXTS) do
    kept[names[i]] = texts[names[i]]
  end
  return kept
end

--- Sketches as a member of the sidecar, a line of the file for each line of the text: an edit changes few of them.
---@param texts table<string, string>
---@return string
local function write_texts(texts)
  local names, members = vim.tbl_keys(texts), {}
  table.sort(names)
  for i, name in ipairs(names) do
    local lines = texts[name]:gsub('\n', '",\n"')
    members[i] = encode(name) .. ':[\n"' .. lines .. '"]'
  end
  return #members > 0 and '"texts":{' .. table.concat(members, ',\n') .. '},\n' or ''
end

---@param value any
---@return table<string, string>
local function read_texts(value)
  local texts = {}
  for name, lines in pairs(as(value, 'table') or {}) do
    local ok, whole = pcall(table.concat, as(lines, 'table') or {}, '\n')
    local is_sound = ok and name:find('^%x+$') and not whole:find('[^%w_\n-]')
    texts[name] = is_sound and whole or nil
  end
  return texts
end

--- A sidecar's content.
---@param lines string[]
---@param source string
---@param more table|nil what another program wrote beside the items
---@param texts table<string, string>|nil sketches of the texts that the passages were noted in
---@return string
function M.document(lines, source, more, texts)
  local extra = {}
  local keys = vim.tbl_keys(more or {})
  table.sort(keys)
  for _, key in ipairs(keys) do
    extra[#extra + 1] = encode(key) .. ':' .. encode(more[key]) .. ','
  end
  return table.concat({
    '{"@context":["http://www.w3.org/ns/anno.jsonld"],',
    '"type":"AnnotationCollection","schema":' .. M.schema .. ',"label":' .. encode(source) .. ',',
    write_texts(texts or {}) .. table.concat(extra) .. '"items":[',
    table.concat(lines, ',\n'),
    ']}',
    '',
  }, '\n')
end

--- Keys of a sidecar that are written anew each time.
local own = { ['@context'] = true, type = true, schema = true, label = true, texts = true, items = true }

--- Hands annotations the lines that they were read from, where each stands on one of its own as this module writes
--- them: of thousands, making them anew takes longer than all the rest.
---@param found newsoutline.Annotation[]
---@param content string
local function keep_lines(found, content)
  local n = 0
  for line in content:gmatch('\n({"id":"[^\n]*}),?%f[\n]') do
    n = n + 1
    local a = found[n]
    if a and vim.startswith(line, '{"id":' .. encode(a.id) .. ',') then
      a.line = line
    end
  end
  if n ~= #found then
    for _, a in ipairs(found) do
      a.line = nil
    end
  end
end

---@param content string
---@return newsoutline.Annotation[]|nil
---@return string|nil problem
---@return table|nil more what another program wrote beside the items
---@return table<string, string>|nil texts sketches by the SHA-256 of the texts
function M.parse(content)
  local ok, data = pcall(vim.json.decode, content)
  if not ok or type(data) ~= 'table' then
    return nil, 'is no valid JSON'
  elseif type(data.items) ~= 'table' or not vim.islist(data.items) or not as_count(data.schema) then
    return nil, 'is no list of annotations'
  elseif data.schema > M.schema then
    return nil, 'was written by a newer version'
  end
  local found, seen = {}, {}
  for i, each in ipairs(data.items) do
    local a = M.from_w3c(each)
    if not a then
      return nil, ('has no sound annotation at number %d'):format(i)
    end
    -- Copied by hand: both are kept.
    if seen[a.id] then
      a.id = M.new_id()
    end
    seen[a.id] = true
    found[i] = a
  end
  keep_lines(found, content)
  return found, nil, rest(data, own), read_texts(data.texts)
end

--- Both sides' annotations: what one side changed since `base` (lines by id) holds; what both did, the later of them.
---@param ours newsoutline.Annotation[]
---@param theirs newsoutline.Annotation[]
---@param base table<string, string>
---@param line_of fun(a: newsoutline.Annotation): string
---@return newsoutline.Annotation[]
function M.merge(ours, theirs, base, line_of)
  local by_id, merged, seen = {}, {}, {}
  for _, a in ipairs(theirs) do
    by_id[a.id] = a
  end
  for _, a in ipairs(ours) do
    local other, before = by_id[a.id], base[a.id]
    local mine = line_of(a)
    seen[a.id] = true
    if other then
      local is_theirs = line_of(other) ~= before
        and (mine == before or (other.changed or '') > (a.changed or ''))
      merged[#merged + 1] = is_theirs and other or a
    elseif not before or mine ~= before then
      merged[#merged + 1] = a -- new here, or changed here and deleted there: kept
    end
  end
  for _, a in ipairs(theirs) do
    if not seen[a.id] and (not base[a.id] or line_of(a) ~= base[a.id]) then
      merged[#merged + 1] = a -- new there, or deleted here and changed there: kept
    end
  end
  return merged
end

function M.new_id()
  local random = vim.uv.random(16)
  local hex = random:gsub('.', function(char)
    return ('%02x'):format(char:byte())
  end)
  return ('urn:uuid:%s-%s-4%s-a%s-%s'):format(
    hex:sub(1, 8),
    hex:sub(9, 12),
    hex:sub(14, 16),
    hex:sub(18, 20),
    hex:sub(21, 32)
  )
end

return M
