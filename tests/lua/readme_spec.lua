--- README's tables are those of the plugin: commands, maps and options are compared with the data that makes them.
--- script/test --refresh writes them anew.

local root = require('child').root

local function read(path)
  local file = assert(io.open(path, 'rb'))
  local text = file:read('*a')
  file:close()
  return text
end

--- A cell of a table: a bar would end it.
local function cell(text)
  return (text:gsub('|', '\\|'))
end

local function table_of(head, rows)
  local lines = { '| ' .. table.concat(head, ' | ') .. ' |', '|' .. ('---|'):rep(#head) }
  for _, row in ipairs(rows) do
    table.insert(lines, '| ' .. table.concat(vim.tbl_map(cell, row), ' | ') .. ' |')
  end
  return table.concat(lines, '\n')
end

local tables = {}

function tables.commands()
  local subcommands = require('newsoutline.command').subcommands
  local names = vim.tbl_keys(subcommands)
  table.sort(names)
  local rows = {}
  for _, name in ipairs(names) do
    local subcommand = subcommands[name]
    local usage = subcommand.usage and ' ' .. subcommand.usage or ''
    table.insert(
      rows,
      { ('`:NewsOutline%s %s%s`'):format(subcommand.bang and '[!]' or '', name, usage), subcommand.doc }
    )
  end
  return table_of({ 'Command', 'What it does' }, rows)
end

function tables.maps()
  local rows = {}
  for _, keymap in ipairs(require('newsoutline.attach').keymaps) do
    table.insert(rows, {
      ('`%s`'):format(keymap.lhs),
      ('`<Plug>(newsoutline-%s)`'):format(keymap.plug),
      table.concat(keymap.modes, ' '),
      keymap.doc,
    })
  end
  return table_of({ 'Keys', 'Map', 'Modes', 'What it does' }, rows)
end

function tables.options()
  local rows = {}
  for _, option in ipairs(require('newsoutline.config').options) do
    local default = vim.inspect(option.default, { newline = '', indent = '' })
    table.insert(rows, { ('`%s`'):format(option.name), ('`%s`'):format(default), option.doc })
  end
  return table_of({ 'Option', 'Default', 'What it does' }, rows)
end

describe('README', function()
  local path = root .. '/README.md'
  for name, make in pairs(tables) do
    it('lists the ' .. name, function()
      local text = read(path)
      local open = ('<!-- %s -->\n'):format(name)
      local _, from = text:find(open, 1, true)
      local to = from and text:find('<!-- end -->', from, true)
      assert(to, 'README.md has no place for ' .. name)
      local wanted = make() .. '\n'
      if vim.env.NEWSOUTLINE_REFRESH then
        local file = assert(io.open(path, 'wb'))
        file:write(text:sub(1, from), wanted, text:sub(to))
        file:close()
      else
        assert.equal(wanted, text:sub(from + 1, to - 1))
      end
    end)
  end

  it('names the shorthand commands that the plugin defines', function()
    local child = require('child').start()
    local text = read(path)
    local names = child:fn('getcompletion', 'News', 'command')
    assert.is_true(#names > 1)
    for _, name in ipairs(names) do
      assert.truthy(text:find(':' .. name, 1, true), 'README.md does not name :' .. name)
    end
    child:stop()
  end)
end)
