--- The help covers what there is: every command, map, option and highlight group has a tag, and what it says of them is
--- what the code says.
local child = require('child')

local path = child.root .. '/doc/newsoutline.txt'
local lines = vim.fn.readfile(path)
local help = table.concat(lines, '\n')
--- With every stretch of white space made one blank, as sentences are compared.
local prose = help:gsub('%s+', ' ')

local function has_tag(tag)
  return help:find('*' .. tag .. '*', 1, true) ~= nil
end

describe('the help', function()
  local nvim
  setup(function()
    nvim = child.start()
  end)
  teardown(function()
    nvim:stop()
  end)

  it('has tags that :helptags accepts and that lead to their place', function()
    vim.fn.mkdir(nvim.folder .. '/help/doc', 'p')
    vim.uv.fs_copyfile(path, nvim.folder .. '/help/doc/newsoutline.txt')
    nvim:cmd('helptags ' .. nvim.folder .. '/help/doc')
    nvim:cmd('set runtimepath^=' .. nvim.folder .. '/help')
    nvim:cmd('help newsoutline-schema')
    assert.truthy(nvim:api('nvim_get_current_line'):find('THE ANALYSIS: SCHEMA', 1, true))
    nvim:cmd('help :NewsQuotes')
    assert.truthy(nvim:api('nvim_get_current_line'):find('*:NewsQuotes*', 1, true))
  end)

  it('links to tags that there are', function()
    nvim:cmd('help')
    for link in help:gmatch('|([^|%s]+)|') do
      local found = has_tag(link) or #nvim:fn('getcompletion', link, 'help') > 0
      assert.is_true(found, 'no tag for the link ' .. link)
    end
  end)

  it('keeps to the width of a help window', function()
    for i, line in ipairs(lines) do
      -- The tags of long <Plug> maps may stick out, as in Neovim's own help.
      local width = vim.fn.strdisplaywidth((line:gsub('%*<Plug>.*', '')))
      assert.is_true(width <= 79, ('line %d is %d wide: %s'):format(i, width, line))
    end
  end)

  it('has every command', function()
    for name in pairs(nvim:api('nvim_get_commands', {})) do
      if name:find('^News') then
        assert.is_true(has_tag(':' .. name), name)
      end
    end
  end)

  it('has every subcommand and what it does', function()
    for name, subcommand in pairs(require('newsoutline.command').subcommands) do
      assert.is_true(has_tag(':NewsOutline-' .. name), name)
      assert.truthy(prose:find(subcommand.doc, 1, true), name .. ': ' .. subcommand.doc)
    end
  end)

  it('has every <Plug> map', function()
    local n = 0
    for _, mode in ipairs({ 'n', 'x', 'o' }) do
      for _, map in ipairs(nvim:api('nvim_get_keymap', mode)) do
        if map.lhs:find('<Plug>(newsoutline', 1, true) then
          n = n + 1
          assert.is_true(has_tag(map.lhs), map.lhs)
        end
      end
    end
    assert.is_true(n > 0)
  end)

  it('has every map of the option keymaps', function()
    for _, keymap in ipairs(require('newsoutline.attach').keymaps) do
      local row = ('%-6s %-5s <Plug>(newsoutline-%s)'):format(
        keymap.lhs,
        table.concat(keymap.modes),
        keymap.plug
      )
      assert.truthy(help:find(row, 1, true), row)
    end
  end)

  it('has every option, its default and what it does', function()
    for _, option in ipairs(require('newsoutline.config').options) do
      assert.is_true(has_tag('newsoutline-option-' .. option.name), option.name)
      local default = ', default ' .. vim.inspect(option.default)
      assert.truthy(prose:find(default, 1, true), option.name .. default)
      assert.truthy(prose:find(vim.trim(option.doc):gsub('%s+', ' '), 1, true), option.doc)
    end
  end)

  it('has every highlight group and its link', function()
    for _, group in ipairs(require('newsoutline.highlight').groups) do
      assert.is_true(has_tag('hl-' .. group.name), group.name)
      assert.truthy(prose:find(group.name .. ' -> ' .. group.link, 1, true), group.name)
      assert.truthy(prose:find(group.doc, 1, true), group.doc)
    end
  end)

  it('has every check of the diagnostics', function()
    for _, check in ipairs(require('newsoutline.diagnostics').checks) do
      assert.truthy(prose:find(check.code .. ' ' .. check.doc, 1, true), check.code)
    end
  end)

  it('has every key of the outline and the lists', function()
    for _, key in ipairs(require('newsoutline.outline.action').keys) do
      assert.truthy(prose:find(key.lhs .. ' ' .. key.doc, 1, true), key.lhs .. ' ' .. key.doc)
    end
  end)

  it('has every key of the reading view', function()
    for _, key in ipairs(require('newsoutline.read').keys) do
      assert.truthy(prose:find(key.lhs .. ' ' .. key.doc, 1, true), key.lhs .. ' ' .. key.doc)
    end
  end)

  it('has every key of the annotation window', function()
    for _, key in ipairs(require('newsoutline.annotations.window').keys) do
      local lhs = type(key.lhs) == 'table' and table.concat(key.lhs, ' ') or key.lhs
      assert.truthy(prose:find(lhs .. ' ' .. key.doc, 1, true), lhs .. ' ' .. key.doc)
    end
  end)

  it('has every function of the front door', function()
    for name in pairs(require('newsoutline')) do
      assert.is_true(has_tag('newsoutline.' .. name .. '()'), name)
    end
  end)

  it('has every field that an analysis has', function()
    nvim:edit(
      'a.txt',
      { 'A headline', '', 'May 3, 2024', '', '“Yes,” said Omar Haddad in Oslo on Friday.' }
    )
    local analysis = nvim:lua("return require('newsoutline').get(0)")
    local schema = help:match('%*newsoutline%-schema%*(.-)\n=====')
    local function check(record)
      for key, value in pairs(record) do
        if type(key) == 'string' then
          assert.truthy(schema:find('%f[%w]' .. key .. '%f[%W]'), 'the schema lacks ' .. key)
        end
        if type(value) == 'table' then
          check(value)
        end
      end
    end
    check(analysis)
  end)

  it('has every field of the project file', function()
    local chapter = help:match('%*newsoutline%-project%*(.-)\n=====')
    for _, field in ipairs(require('newsoutline.project').fields) do
      assert.truthy(chapter:find('`' .. field.name .. '`', 1, true), field.name)
      for name in pairs(field.record) do
        assert.truthy(chapter:find('\n +' .. name .. ' '), field.name .. '.' .. name)
      end
    end
  end)
end)
