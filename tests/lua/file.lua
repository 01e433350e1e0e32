--- Files as tests read and write them: whole, their bytes as they are.
local M = {}

---@param path string
---@return string|nil content nil where there is no such file
function M.read(path)
  local file = io.open(path, 'rb')
  local content = file and file:read('*a')
  if file then
    file:close()
  end
  return content
end

---@param path string
---@param content string
function M.write(path, content)
  local file = assert(io.open(path, 'wb'))
  file:write(content)
  file:close()
end

return M
