local article = require('article')
local child = require('child')

describe('options', function()
  local nvim

  local function start(options)
    nvim = child.start(options)
    return nvim
  end

  after_each(function()
    nvim:stop()
  end)

  --- An option as the plugin sees it.
  local function get(name)
    return nvim:lua(
      [[
        local value = require('newsoutline.config').get()
        for part in (...):gmatch('[^.]+') do
          value = value[part]
        end
        return value
      ]],
      name
    )
  end

  it('have their defaults where nobody sets one', function()
    start()
    for _, option in ipairs(require('newsoutline.config').options) do
      assert.are.same(option.default, get(option.name), option.name)
    end
  end)

  it('come from vim.g.newsoutline and from setup(), which wins', function()
    start({ config = { debounce = 50, outline = { width = 33, position = 'left' } } })
    assert.are.equal(50, get('debounce'))
    assert.are.equal(33, get('outline.width'))
    nvim:lua("require('newsoutline').setup({ outline = { width = 44 } })")
    assert.are.equal(44, get('outline.width'))
    assert.are.equal('left', get('outline.position'))
    nvim:lua('vim.g.newsoutline = { debounce = 60 }')
    assert.are.equal(60, get('debounce'))
    assert.are.equal(44, get('outline.width'))
    assert.are.equal('', nvim:messages())
  end)

  it('are named in one message where they are wrong, and the others count', function()
    start({
      config = {
        debounce = 'soon',
        outline = { width = 33, colour = 'red', position = 'top' },
        keymap = true,
      },
    })
    assert.are.equal(200, get('debounce'))
    assert.are.equal(33, get('outline.width'))
    assert.are.equal('right', get('outline.position'))
    local messages = nvim:messages()
    local _, n = messages:gsub('newsoutline:', '')
    assert.are.equal(1, n)
    assert.truthy(messages:find('debounce must be a number', 1, true))
    assert.truthy(messages:find('outline.position must be one of left, right, float', 1, true))
    assert.truthy(messages:find('unknown: keymap, outline.colour', 1, true))
  end)

  it('that are no table at all are named too', function()
    start()
    nvim:lua('vim.g.newsoutline = 7')
    assert.are.equal(200, get('debounce'))
    assert.truthy(nvim:messages():find('vim.g.newsoutline must be a table', 1, true))
  end)

  it('take effect in articles that are open already', function()
    start()
    nvim:edit('ferry.md', article.lines)
    assert.are.equal('', nvim:fn('maparg', ']"', 'n'))
    nvim:lua("require('newsoutline').setup({ keymaps = true })")
    assert.are_not.equal('', nvim:fn('maparg', ']"', 'n'))
  end)

  it('do nothing at start: no module of the plugin is loaded', function()
    start()
    nvim:edit('ferry.md', article.lines)
    assert.are.same(
      {},
      nvim:lua([[
        return vim.tbl_filter(function(name)
          return vim.startswith(name, 'newsoutline')
        end, vim.tbl_keys(package.loaded))
      ]])
    )
  end)
end)

describe('the project file', function()
  local nvim

  before_each(function()
    nvim = child.start()
  end)

  after_each(function()
    nvim:stop()
  end)

  --- The types of the entities that the current article gets from its project file, by name.
  local function entities()
    return nvim:lua([[
      require('newsoutline').get()
      local types = vim.empty_dict()
      for _, entity in ipairs(require('newsoutline.project').get(vim.api.nvim_buf_get_name(0)).entities) do
        types[entity.name] = entity.type
      end
      return types
    ]])
  end

  --- The messages of the plugin.
  local function said()
    local list = {}
    for line in nvim:messages():gmatch('newsoutline: [^\n]*') do
      list[#list + 1] = line
    end
    return list
  end

  it('is found upward from the article and gives it its entities', function()
    nvim:write('.newsoutline.json', '{"entities": [{"name": "Blue Ferry Line", "type": "organization"}]}')
    nvim:fn('mkdir', nvim.folder .. '/a/b', 'p')
    nvim:edit('a/b/ferry.txt', { 'The ferry', '', 'The Blue Ferry Line sails on Monday, a sailor said.' })
    assert.are.equal('organization', entities()['Blue Ferry Line'])
    assert.are.same({}, said())
  end)

  it('tells the analysis what a name is', function()
    nvim:write('.newsoutline.json', '{"entities": [{"name": "Blue Ferry Line", "type": "event"}]}')
    nvim:edit('ferry.txt', {
      'The ferry sails again after two years',
      '',
      'The Blue Ferry Line sails on Monday, a sailor told reporters in the harbour.',
    })
    local found = nvim:lua([[
      for _, entity in ipairs(require('newsoutline').get().entities) do
        if entity.name == 'Blue Ferry Line' then
          return entity.type
        end
      end
    ]])
    assert.are.equal('event', found)
  end)

  it('is read again when it changes', function()
    nvim:write('.newsoutline.json', '{}')
    nvim:edit('ferry.txt', { 'The ferry', '', 'The Blue Ferry Line sails on Monday, a sailor said.' })
    entities()
    nvim:write('.newsoutline.json', '{"entities": [{"name": "Blue Ferry Line", "type": "event"}]}')
    assert.are.equal('event', entities()['Blue Ferry Line'])
  end)

  it('names its unknown keys and wrong values in one message, once, and the rest is used', function()
    nvim:write(
      '.newsoutline.json',
      vim.json.encode({
        colour = 1,
        labels = 'red',
        entities = {
          { name = 'Blue Ferry Line', type = 'ship', nickname = 'x' },
          { type = 'person' },
          { name = 'Ana Ruiz', type = 'person', aliases = { 'Annie' } },
        },
      })
    )
    nvim:edit('ferry.txt', article.lines)
    entities()
    nvim:lua("require('newsoutline').refresh()")
    assert.are.equal(1, #said())
    local message = said()[1]
    assert.truthy(
      message:find('.newsoutline.json: labels must be a list', 1, true)
        or message:find('labels must be a list', 1, true)
    )
    assert.truthy(message:find('entities[1].type must be one of person, organization', 1, true))
    assert.truthy(message:find('entities[2].name is missing', 1, true))
    assert.truthy(message:find('unknown: colour, entities[1].nickname', 1, true))
    local known = nvim:lua("return require('newsoutline.project').get(vim.api.nvim_buf_get_name(0)).entities")
    assert.are.same(
      { { name = 'Blue Ferry Line' }, { name = 'Ana Ruiz', type = 'person', aliases = { 'Annie' } } },
      known
    )
  end)

  it(
    'names the line of an entry that is wrong, also where it is no JSON; the other entries are used',
    function()
      nvim:write(
        '.newsoutline.json',
        table.concat({
          '{',
          '  "entities": [',
          '    { "name": "Blue [Ferry} Line", "type": "organization" },',
          '    { "name": "Ana Ruiz", "type": "person", },',
          '    { "name": "Port Alder",',
          '      "type": "harbour" },',
          '    "Tom Osei",',
          '    { "name": "Tom \\"T\\" Osei", "type": "person" }',
          '  ]',
          '}',
        }, '\n')
      )
      nvim:edit('ferry.txt', article.lines)
      assert.are.same({ ['Blue [Ferry} Line'] = 'organization', ['Tom "T" Osei'] = 'person' }, entities())
      assert.are.equal(1, #said())
      local message = said()[1]
      assert.truthy(message:find('.newsoutline.json: ', 1, true), message)
      assert.truthy(message:find('line 4 is no valid JSON', 1, true), message)
      assert.truthy(message:find('line 5: entities[3].type must be one of', 1, true), message)
      assert.truthy(message:find('line 7: entities[4] must be an object', 1, true), message)
      assert.truthy(message:find('(the rest is used', 1, true), message)
    end
  )

  it('that is no JSON is named with its line', function()
    nvim:write('.newsoutline.json', '{\n  "entities": [\n    {"name": "Ana Ruiz",}\n  ]\n}\n')
    nvim:edit('ferry.txt', article.lines)
    entities()
    assert.are.equal(1, #said())
    assert.truthy(said()[1]:find('.newsoutline.json: line 3 is no valid JSON', 1, true), said()[1])
    assert.truthy(said()[1]:find('(nothing of it is used', 1, true), said()[1])
  end)

  it('that is hostile costs its own labels and names only', function()
    nvim:write(
      '.newsoutline.json',
      [==[{"entities": [{"name": "Ana Ruiz\u0000\u001b[31m"}, {"name": "  "}],
      "labels": [{"name": "claim", "color": "A b\u001b"}, {"name": "two words", "color": "no such", "key": "ab"}]}]==]
    )
    nvim:edit('ferry.txt', article.lines)
    nvim:cmd('NewsAnnotate @claim And this?')
    nvim:cmd('NewsLabel two words')
    nvim:cmd('NewsAnnotate @two words Is it so?')
    nvim:cmd('NewsEntities')
    local list = nvim:lua([[
      return vim.tbl_map(function(a)
        return a.label .. ': ' .. a.text
      end, require('newsoutline.annotations').list(vim.fn.bufnr('ferry.txt')))
    ]])
    table.sort(list)
    assert.are.same({ 'two words: And this?', 'two words: Is it so?' }, list)
    assert.are.equal(1, #said())
    for _, problem in ipairs({
      'entities[1].name has a control character',
      'entities[2].name is empty',
      'labels[1].color has a control character',
      'labels[2].color must be a highlight group or #rrggbb',
      'labels[2].key must be one key',
    }) do
      assert.truthy(said()[1]:find(problem, 1, true), said()[1])
    end
  end)

  it('is data: nothing in it runs', function()
    nvim:write('.newsoutline.json', 'vim.g.owned = 1 return {}')
    nvim:edit('ferry.txt', article.lines)
    entities()
    assert.are.equal(vim.NIL, nvim:lua('return vim.g.owned'))
  end)
end)

describe('commands', function()
  local nvim

  before_each(function()
    nvim = child.start()
    nvim:edit('ferry.md', article.lines)
  end)

  after_each(function()
    nvim:stop()
  end)

  local function complete(line)
    return nvim:fn('getcompletion', line, 'cmdline')
  end

  it('complete subcommands and what follows them', function()
    local all = complete('NewsOutline ')
    for name in pairs(require('newsoutline.command').subcommands) do
      assert.is_true(vim.tbl_contains(all, name), name)
    end
    assert.are.same({ 'toggle' }, complete('NewsOutline to'))
    assert.are.same({ 'left', 'right', 'float' }, complete('NewsOutline open '))
    assert.are.same({ 'float' }, complete('vertical NewsOutline toggle f'))
    assert.are.same({}, complete('NewsOutline close '))
    assert.are.same({ 'float' }, complete('NewsOutline fl'))
    assert.are.same({ 'Tom Okafor' }, complete('silent NewsOut quotes To'))
    assert.are.same({ 'kind=direct' }, complete('NewsQ kind=d'))
  end)

  it('say what is wrong with them', function()
    for command, message in pairs({
      ['NewsOutline nonsense'] = 'there is no :NewsOutline nonsense (there are ',
      ['NewsOutline close!'] = ':NewsOutline close takes no !',
      ['NewsOutline! close'] = ':NewsOutline close takes no !',
      ['NewsOutline close now'] = ':NewsOutline close takes no arguments',
      ['1,2NewsOutline open'] = ':NewsOutline open takes no range',
      ['NewsOutline open left right'] = ':NewsOutline open takes [left|right|float]',
      ['NewsOutline open top'] = 'the outline opens left, right or float, not top',
    }) do
      nvim:cmd('messages clear')
      -- An error message of a command that came over RPC is an error of the call.
      local _, raised = pcall(nvim.cmd, nvim, command)
      local said = tostring(raised) .. nvim:messages()
      assert.truthy(said:find('newsoutline: ' .. message, 1, true), command .. ': ' .. said)
    end
  end)

  it('act on the article when given in the outline', function()
    nvim:cmd('NewsOutline open')
    nvim:cmd('NewsOutline fold')
    assert.are.equal('expr', nvim:api('nvim_get_option_value', 'foldmethod', {}))
    assert.are.same(article.lines, nvim:lines())
  end)

  it('have a shorthand that is a subcommand', function()
    for name, command in pairs(nvim:api('nvim_get_commands', {})) do
      local subcommand = command.definition:match('^:NewsOutline (%w+)$')
      if name:find('^News') and name ~= 'NewsOutline' then
        assert.truthy(require('newsoutline.command').subcommands[subcommand or ''], name)
      end
    end
  end)
end)

describe(':checkhealth newsoutline', function()
  it('reports the module, wrong options and a broken project file', function()
    local nvim = child.start({ config = { debounce = 'soon' } })
    nvim:write('.newsoutline.json', '{"entities": 1}')
    nvim:edit('ferry.md', article.lines)
    nvim:cmd('checkhealth newsoutline')
    local report = table.concat(nvim:lines(), '\n')
    assert.truthy(report:find('OK[^\n]*core%.so, version %d'))
    assert.truthy(report:find('WARNING[^\n]*debounce must be a number'))
    assert.truthy(report:find('WARNING[^\n]*entities must be a list'))
    assert.is_nil(report:find('ERROR', 1, true))
    nvim:stop()
  end)
end)

describe('the types', function()
  it('name every field that an analysis has', function()
    local types = {}
    local class
    for line in io.lines(child.root .. '/lua/newsoutline/_meta.lua') do
      class = line:match('^%-%-%-@class newsoutline%.(%w+)') or class
      types[class or ''] = types[class or ''] or {}
      local field = line:match('^%-%-%-@field ([%w_]+)')
      if field then
        types[class][field] = true
      end
    end
    local nvim = child.start()
    nvim:edit('ferry.md', article.lines)
    local analysis = nvim:lua("return require('newsoutline').get()")
    local function check(record, name)
      assert.truthy(record, 'the article has no ' .. name)
      for field in pairs(record) do
        assert.is_true(types[name][field], ('%s of newsoutline.%s has no type'):format(field, name))
      end
    end
    check(analysis, 'Analysis')
    check(analysis.blocks[1], 'Block')
    check(analysis.outline[1], 'Section')
    check(analysis.entities[1], 'Entity')
    check(analysis.entities[1].mentions[1], 'Mention')
    check(analysis.quotes[1], 'Quote')
    nvim:stop()
  end)
end)
