--- Identifiers of annotations: UUIDs, at random or the same for the same name.
local M = {}

---@param hex string 32 digits or more
---@param version integer
---@return string
local function uuid(hex, version)
  return ('%s-%s-%d%s-a%s-%s'):format(
    hex:sub(1, 8),
    hex:sub(9, 12),
    version,
    hex:sub(14, 16),
    hex:sub(18, 20),
    hex:sub(21, 32)
  )
end

--- One that no other annotation has.
---@return string urn
function M.random()
  local hex = vim.uv.random(16):gsub('.', function(char)
    return ('%02x'):format(char:byte())
  end)
  return 'urn:uuid:' .. uuid(hex, 4)
end

--- One that is the same for the same name.
---@param ... string
---@return string guid
function M.named(...)
  return uuid(vim.fn.sha256(table.concat({ ... }, '\n')), 5)
end

return M
