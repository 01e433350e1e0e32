--- Loads the C module, or says in one message what is wrong with it and the command that mends it.
local M = {}

--- The version of the C module that this Lua code is written for (NEWS_ABI in csrc/newsoutline.h).
M.abi = 4

---@type newsoutline.Core|nil
local core
---@type string|nil
local problem

--- The plugin's own folder.
---@return string
function M.root()
  local source = debug.getinfo(1, 'S').source:gsub('^@', '')
  return vim.fs.dirname(vim.fs.dirname(vim.fs.dirname(vim.fn.fnamemodify(source, ':p'))))
end

--- The command that builds the C module.
---@return string
function M.build_command()
  return vim.fn.shellescape(M.root() .. '/script/build')
end

--- Where the C module should be.
---@return string
function M.path()
  local name = vim.fn.has('win32') == 1 and 'core.dll' or 'core.so'
  return M.root() .. '/lua/newsoutline/' .. name
end

---@return string|nil problem
local function load()
  local ok, module = pcall(require, 'newsoutline.core')
  if not ok then
    if not vim.uv.fs_stat(M.path()) then
      return 'the C module is not built yet. Run ' .. M.build_command() .. ' and restart Neovim'
    end
    -- Lua's own message lists every path that it tried; the first line that names our file is the reason.
    local reason = tostring(module):match('core%.[^\n]-:%s*([^\n]+)') or tostring(module):match('^[^\n]*')
    return ('the C module does not load (%s). Run %s and restart Neovim'):format(
      vim.trim(reason),
      M.build_command()
    )
  end
  if type(module) ~= 'table' or type(module.parse) ~= 'function' or module.abi ~= M.abi then
    local abi = type(module) == 'table' and module.abi or nil
    return ('the C module is of another version of the plugin (%s, wanted %d). Run %s and restart Neovim'):format(
      tostring(abi),
      M.abi,
      M.build_command()
    )
  end
  core = module
end

--- The C module; a failure is remembered, since nothing but a restart mends it.
---@return newsoutline.Core|nil
---@return string|nil message
function M.core()
  if not core and not problem then
    problem = load()
  end
  return core, problem
end

return M
