--- Writes an analysis as JSON with its keys in the order of the schema, on one line or indented for people.

local M = {}

-- The schema's shape. An object is a list of { key, shape } in order; { list = shape } is an array; true is a value.
local place = { { 'from', true }, { 'to', true } }
local value = { { 'text', true }, { 'from', true }, { 'to', true } }
local date = { { 'text', true }, { 'iso', true }, { 'from', true }, { 'to', true } }
local heading = {
  { 'headline', value },
  { 'dek', value },
  { 'date', date },
  { 'modified', date },
  { 'bylines', { list = value } },
}
local item = vim.list_extend(vim.list_extend({}, heading), place)
local block = { { 'role', true }, { 'from', true }, { 'to', true }, { 'item', true } }
local node = { { 'title', true }, { 'kind', true }, { 'level', true }, { 'from', true }, { 'to', true } }
local mention = { { 'text', true }, { 'kind', true }, { 'from', true }, { 'to', true } }
local entity = {
  { 'name', true },
  { 'type', true },
  { 'aliases', { list = true } },
  { 'roles', { list = true } },
  { 'score', true },
  { 'item', true },
  { 'mentions', { list = mention } },
}
local speaker = {
  { 'name', true },
  { 'from', true },
  { 'to', true },
  { 'entities', { list = true } },
  { 'score', true },
}
local quote = {
  { 'text', true },
  { 'kind', true },
  { 'from', true },
  { 'to', true },
  { 'parts', { list = place } },
  { 'content', place },
  { 'score', true },
  { 'speaker', speaker },
  { 'cue', value },
}
local analysis = vim.list_extend(
  vim.list_extend({
    { 'schema', true },
    { 'file', true },
    { 'format', true },
    { 'language', true },
  }, heading),
  {
    { 'publisher', true },
    { 'section', true },
    { 'items', { list = item } },
    { 'blocks', { list = block } },
    { 'outline', { list = node } },
    { 'entities', { list = entity } },
    { 'quotes', { list = quote } },
    { 'dates', { list = date } },
    { 'text', true },
  }
)

local escapes = { ['"'] = '\\"', ['\\'] = '\\\\', ['\n'] = '\\n', ['\r'] = '\\r', ['\t'] = '\\t' }

local function escape(char)
  return escapes[char] or ('\\u%04x'):format(char:byte())
end

-- Bytes of a whole code point by its first byte, with the range of the second that RFC 3629 allows.
local function sequence(first)
  if first < 0x80 then
    return 1
  elseif first >= 0xC2 and first <= 0xDF then
    return 2, 0x80, 0xBF
  elseif first >= 0xE0 and first <= 0xEF then
    return 3, first == 0xE0 and 0xA0 or 0x80, first == 0xED and 0x9F or 0xBF
  elseif first >= 0xF0 and first <= 0xF4 then
    return 4, first == 0xF0 and 0x90 or 0x80, first == 0xF4 and 0x8F or 0xBF
  end
end

--- Replaces what is no UTF-8 by U+FFFD: a file's name may be any bytes, JSON may not.
---@param text string
---@return string
local function to_utf8(text)
  if not text:find('[\128-\255]') then
    return text
  end
  local parts = {}
  local at = 1
  while at <= #text do
    local size, low, high = sequence(text:byte(at))
    local good = size ~= nil and at + size - 1 <= #text
    for k = 1, (good and size or 1) - 1 do
      local byte = text:byte(at + k)
      good = good and byte >= (k == 1 and low or 0x80) and byte <= (k == 1 and high or 0xBF)
    end
    table.insert(parts, good and text:sub(at, at + size - 1) or '\239\191\189')
    at = at + (good and size or 1)
  end
  return table.concat(parts)
end

---@param text string
---@return string
local function encode_string(text)
  return '"' .. text:gsub('[%z\1-\31"\\\127]', escape) .. '"'
end

---@param number number
---@return string
local function encode_number(number)
  if number ~= number or number == math.huge or number == -math.huge then
    return 'null'
  elseif number == math.floor(number) then
    return ('%d'):format(number)
  end
  -- Scores: more digits than these would differ between machines.
  return ('%.4g'):format(number)
end

--- The pairs of an object in order: those of the schema, then any field that it does not know yet, by name.
local function ordered(object, shape)
  local keys = {}
  local known = {}
  for _, field in ipairs(shape) do
    known[field[1]] = true
    if object[field[1]] ~= nil then
      table.insert(keys, { field[1], field[2] })
    end
  end
  local others = {}
  for key in pairs(object) do
    if not known[key] then
      table.insert(others, tostring(key))
    end
  end
  table.sort(others)
  for _, key in ipairs(others) do
    table.insert(keys, { key, true })
  end
  return keys
end

local encode

--- An object or array from its encoded members: on one line where that is asked for or fits, else one a line.
local function enclose(open, close, members, indent)
  if #members == 0 then
    return open .. close
  elseif not indent then
    return open .. table.concat(members, ',') .. close
  end
  local line = open .. table.concat(members, ', ') .. close
  if not line:find('\n', 1, true) and #line + #indent <= 100 then
    return line
  end
  local inner = '\n' .. indent .. '  '
  return open .. inner .. table.concat(members, ',' .. inner) .. '\n' .. indent .. close
end

---@param data any
---@param shape any
---@param indent string? the indentation of the line that this stands on; nil for all on one line
encode = function(data, shape, indent)
  local kind = type(data)
  if data == nil or data == vim.NIL then
    return 'null'
  elseif kind == 'string' then
    return encode_string(data)
  elseif kind == 'number' then
    return encode_number(data)
  elseif kind ~= 'table' then
    return tostring(data)
  end
  local inner = indent and indent .. '  '
  local members = {}
  if type(shape) == 'table' and not shape.list or (next(data) ~= nil and not vim.islist(data)) then
    for _, field in ipairs(ordered(data, type(shape) == 'table' and shape or {})) do
      local colon = indent and '": ' or '":'
      table.insert(members, '"' .. field[1] .. colon .. encode(data[field[1]], field[2], inner))
    end
    return enclose('{', '}', members, indent)
  end
  for i, member in ipairs(data) do
    members[i] = encode(member, type(shape) == 'table' and shape.list or true, inner)
  end
  return enclose('[', ']', members, indent)
end

--- Encodes an analysis, without a line end.
---@param data table the analysis, absent values as vim.NIL
---@param pretty boolean? indented, for people
---@return string
function M.encode(data, pretty)
  data.file = to_utf8(data.file)
  return encode(data, analysis, pretty and '' or nil)
end

return M
