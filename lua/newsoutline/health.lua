--- `:checkhealth newsoutline`: the C module, the options, the project file, and what is known of the current article.
local binding = require('newsoutline.binding')
local config = require('newsoutline.config')
local project = require('newsoutline.project')

local M = {}

local function check_editor()
  vim.health.start('Neovim')
  if vim.fn.has('nvim-0.10') == 1 then
    vim.health.ok('Neovim ' .. tostring(vim.version()))
  else
    vim.health.error(
      'Neovim 0.10 or newer is needed',
      { 'script/try brings one without touching the system' }
    )
  end
  if jit then
    vim.health.ok(jit.version)
  else
    vim.health.error('this Neovim is built without LuaJIT, which the C module is built for')
  end
end

local function check_binding()
  vim.health.start('C module')
  local core, problem = binding.core()
  if core then
    vim.health.ok(('%s, version %d'):format(binding.path(), core.abi))
  else
    vim.health.error(problem --[[@as string]], { binding.build_command() })
  end
  local places = vim.api.nvim_get_runtime_file('lua/newsoutline/core.*', true)
  if #places > 1 then
    vim.health.warn('there is more than one; the first is used: ' .. table.concat(places, ', '))
  end
end

local function check_options()
  vim.health.start('Options')
  local problems = config.problems()
  for _, problem in ipairs(problems) do
    vim.health.warn(problem, { ':help newsoutline-options' })
  end
  if #problems == 0 then
    vim.health.ok('all known and of the right type')
  end
end

local function check_project()
  vim.health.start('Project file')
  local settings, problems = project.inspect(vim.api.nvim_buf_get_name(0))
  if not settings.path then
    vim.health.ok('no ' .. project.file .. ' above the current file; none is needed')
    return
  end
  for _, problem in ipairs(problems) do
    vim.health.warn(problem, { ':help newsoutline-project' })
  end
  vim.health.ok(('%s: %d entities, %d labels'):format(settings.path, #settings.entities, #settings.labels))
end

function M.check()
  check_editor()
  check_binding()
  check_options()
  check_project()
end

return M
