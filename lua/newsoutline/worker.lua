--- Parses large articles in a thread, so that the editor goes on.
---
--- A thread has a Lua of its own, and only strings, numbers and booleans come and go: the parsed document stays in C
--- and is handed over by a number.
local binding = require('newsoutline.binding')

local M = {}

--- Runs in the thread: no upvalues, no `vim`. An error in it would only be printed, so everything is caught.
---@param path string of the C module
---@param source string
---@param name string
---@param format string
---@param known string the entities, see `pack`
---@return integer|false number
---@return string? message
---@return string? code
local function run(path, source, name, format, known)
  local ok, number, message, code = pcall(function()
    local core = assert(package.loadlib(path, 'luaopen_newsoutline_core'))()
    local entities = {}
    for record in known:gmatch('([^\30]*)\30') do
      local entity = { aliases = {} }
      local i = 0
      for field in record:gmatch('([^\31]*)\31') do
        i = i + 1
        if i == 1 then
          entity.name = field
        elseif i == 2 then
          entity.type = field
        else
          entity.aliases[i - 2] = field
        end
      end
      entities[#entities + 1] = entity
    end
    local document, reason, word =
      core.parse(source, { name = name, utf8 = true, format = format, entities = entities })
    if not document then
      return false, reason, word
    end
    local handed_over = core.hand_over(document)
    if not handed_over then
      return false, 'too many articles are analysed at a time', 'busy'
    end
    return handed_over
  end)
  if not ok then
    return false, tostring(number), 'thread'
  end
  return number, message, code
end

--- The entities as one string: fields end with \31, records with \30, which no name holds.
---@param entities newsoutline.KnownEntity[]
---@return string
local function pack(entities)
  local parts = {}
  for _, entity in ipairs(entities) do
    local fields = { entity.name, entity.type or 'other' }
    vim.list_extend(fields, entity.aliases or {})
    for _, field in ipairs(fields) do
      parts[#parts + 1] = field:gsub('[\30\31]', ' ') .. '\31'
    end
    parts[#parts + 1] = '\30'
  end
  return table.concat(parts)
end

--- Parses and calls back in the main loop, where everything may be called.
---@param source string
---@param options newsoutline.ParseOptions
---@param callback fun(document: newsoutline.Document|nil, message: string|nil, code: string|nil)
---@return boolean started false where there is no C module
function M.parse(source, options, callback)
  local core = binding.core()
  local name = vim.fn.has('win32') == 1 and 'core.dll' or 'core.so'
  local path = vim.api.nvim_get_runtime_file('lua/newsoutline/' .. name, false)[1]
  if not core or not path then
    return false
  end
  local work = vim.uv.new_work(
    run,
    vim.schedule_wrap(function(number, message, code)
      local document = number and core.take(number) or nil
      if number and not document then
        -- The plugin was built anew under this editor: the thread loaded another module than the one that is here.
        message, code = 'the C module was replaced', 'thread'
      end
      callback(document, message, code)
    end)
  )
  return work:queue(path, source, options.name, options.format, pack(options.entities or {})) == true
end

return M
