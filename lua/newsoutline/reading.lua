--- How long it takes to read.
local config = require('newsoutline.config')

local M = {}

--- Minutes and seconds at the reading speed of the options: "2:05".
---@param words integer
---@return string
function M.time(words)
  local seconds = math.floor(words / config.get().words_per_minute * 60 + 0.5)
  return ('%d:%02d'):format(math.floor(seconds / 60), seconds % 60)
end

return M
