--- Values of JSON: written with the keys of objects in order, and taken, where they are of the kind that is needed, of
--- what other programs wrote.
local M = {}

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

---@param value any
---@param kind string
---@return any value where it is of this type, else nil
function M.as(value, kind)
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
function M.as_count(value)
  return M.as(value, 'number') and value >= 0 and value == math.floor(value) and value or nil
end

--- A value that may stand alone or in a list, as a list.
---@param value any
---@return any[]
function M.each_of(value)
  if value == nil or value == vim.NIL then
    return {}
  end
  return type(value) == 'table' and vim.islist(value) and value or { value }
end

--- What is left of an object besides some keys; nil where that is nothing.
---@param value table
---@param known table<string, any>
---@return table|nil
function M.rest(value, known)
  local left
  for key, each in pairs(value) do
    if known[key] == nil then
      left = left or {}
      left[key] = each
    end
  end
  return left
end

return M
