--- Writes an analysis as JSON with its keys in the order of the schema, on one line or indented for people.

local M = {}

---@class newsoutline.Shape an object's fields in the schema's order
---@field keys string[]
---@field shapes table<string, newsoutline.Shape> of fields that hold objects, or arrays of objects
---@field prefixes table<string, string> '"key":' by key

--- Declares an object: its keys in order, and the shape of those that are no plain value.
---@param keys string
---@param shapes? table<string, newsoutline.Shape>
---@return newsoutline.Shape
local function object(keys, shapes)
  local shape = { keys = vim.split(keys, ' '), shapes = shapes or {}, prefixes = {} }
  for _, key in ipairs(shape.keys) do
    shape.prefixes[key] = ('"%s":'):format(key)
  end
  return shape
end

local place = object('from to')
local value = object('text from to')
local date = object('text iso from to')
local item = object('headline dek date modified bylines from to', {
  headline = value,
  dek = value,
  date = date,
  modified = date,
  bylines = value,
})
local entity =
  object('name type gender aliases roles score item mentions', { mentions = object('text kind from to') })
local quote = object('text kind from to parts content score speaker cue', {
  parts = place,
  content = place,
  speaker = object('name from to entities score'),
  cue = value,
})
local analysis = object(
  'schema file format language headline dek date modified bylines publisher section items blocks outline entities '
    .. 'quotes dates note text',
  {
    headline = value,
    dek = value,
    date = date,
    modified = date,
    bylines = value,
    items = item,
    blocks = object('role from to item'),
    outline = object('title kind level from to'),
    entities = entity,
    quotes = quote,
    dates = date,
  }
)
local unknown = object('')
unknown.keys = {}

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

--- Keys that the schema does not know yet, by name: fields may be added.
---@param data table
---@param shape newsoutline.Shape
---@return string[]
local function other_keys(data, shape)
  local keys = {}
  for key in pairs(data) do
    if not shape.prefixes[key] then
      table.insert(keys, key)
    end
  end
  table.sort(keys)
  return keys
end

---@param data any no table
---@return string
local function encode_plain(data)
  local kind = type(data)
  if kind == 'number' then
    return encode_number(data)
  elseif kind == 'string' then
    return encode_string(data)
  elseif kind == 'boolean' then
    return tostring(data)
  end
  return 'null'
end

--- An empty table is an array, but where the schema has an object.
---@param data table
---@return boolean
local function is_array(data)
  return data[1] ~= nil or next(data) == nil
end

---@class newsoutline.Sink
---@field pieces string[]
---@field n integer
---@field write fun(text: string)

--- Hands on what has gathered: an analysis of a large file is never one string in memory.
---@param sink newsoutline.Sink
local function flush(sink)
  sink.write(table.concat(sink.pieces, '', 1, sink.n))
  sink.n = 0
end

---@param sink newsoutline.Sink
---@param piece string
local function put(sink, piece)
  local n = sink.n + 1
  sink.pieces[n] = piece
  sink.n = n
  if n == 4096 then
    flush(sink)
  end
end

--- Writes a value on one line.
---@param sink newsoutline.Sink
---@param data any
---@param shape newsoutline.Shape
local function write(sink, data, shape)
  if type(data) ~= 'table' then
    put(sink, encode_plain(data))
  elseif is_array(data) then
    put(sink, '[')
    for i = 1, #data do
      if i > 1 then
        put(sink, ',')
      end
      write(sink, data[i], shape)
    end
    put(sink, ']')
  else
    put(sink, '{')
    local separator = ''
    for _, key in ipairs(shape.keys) do
      if data[key] ~= nil then
        put(sink, separator)
        put(sink, shape.prefixes[key])
        write(sink, data[key], shape.shapes[key] or unknown)
        separator = ','
      end
    end
    for _, key in ipairs(other_keys(data, shape)) do
      put(sink, separator)
      put(sink, encode_string(tostring(key)) .. ':')
      write(sink, data[key], unknown)
      separator = ','
    end
    put(sink, '}')
  end
end

--- A value for people: what fits stands on one line, the rest one member a line.
---@param data any
---@param shape newsoutline.Shape
---@param indent string the indentation of the line that this begins on
---@return string
local function pretty(data, shape, indent)
  if type(data) ~= 'table' then
    return encode_plain(data)
  end
  local members = {}
  local array = is_array(data)
  local inner = indent .. '  '
  if array then
    for i = 1, #data do
      members[i] = pretty(data[i], shape, inner)
    end
  else
    for _, key in ipairs(vim.list_extend(vim.list_slice(shape.keys), other_keys(data, shape))) do
      if data[key] ~= nil then
        local text = pretty(data[key], shape.shapes[key] or unknown, inner)
        table.insert(members, ('%s: %s'):format(encode_string(tostring(key)), text))
      end
    end
  end
  local open, close = array and '[' or '{', array and ']' or '}'
  local line = open .. table.concat(members, ', ') .. close
  if #members == 0 or (#line + #indent <= 100 and not line:find('\n', 1, true)) then
    return line
  end
  local between = '\n' .. inner
  return open .. between .. table.concat(members, ',' .. between) .. '\n' .. indent .. close
end

--- Writes an analysis as one line of JSON, without the line's end.
---@param data table the analysis, absent values as vim.NIL
---@param emit fun(text: string) called with one piece after the other
function M.line(data, emit)
  data.file = to_utf8(data.file)
  local sink = { pieces = {}, n = 0, write = emit }
  write(sink, data, analysis)
  flush(sink)
end

--- Writes an analysis as indented JSON, without an end of line at its end.
---@param data table the analysis, absent values as vim.NIL
---@param emit fun(text: string)
function M.pretty(data, emit)
  data.file = to_utf8(data.file)
  emit(pretty(data, analysis, ''))
end

return M
