local article = require('article')
local child = require('child')

describe('the analysis of a buffer', function()
  local nvim

  before_each(function()
    nvim = child.start({ config = { debounce = 20 } })
  end)

  after_each(function()
    nvim:stop()
  end)

  --- Runs Lua with `document` at hand.
  local function lua(code, ...)
    return nvim:lua("local document = require('newsoutline.document')\n" .. code, ...)
  end

  it('has the fields of the schema, positions of the buffer', function()
    nvim:edit('ferry.md', article.lines)
    local analysis = nvim:lua("return require('newsoutline').get()")
    assert.are.equal(1, analysis.schema)
    assert.are.equal('markdown', analysis.format)
    for _, field in ipairs({ 'items', 'blocks', 'outline', 'entities', 'quotes', 'dates', 'bylines' }) do
      assert.are.equal('table', type(analysis[field]), field)
    end
    assert.are.equal('Town council buys the old ferry', analysis.headline.text)
    assert.are.same({ 0, 2 }, analysis.headline.from)
    assert.are.same({ 0, 33 }, analysis.headline.to)
  end)

  it('is made once for a state of the buffer', function()
    nvim:edit('ferry.md', article.lines)
    assert.is_true(lua('return document.get() == document.get(0)'))
    assert.is_false(lua([[
      local before = document.get()
      vim.api.nvim_buf_set_lines(0, -1, -1, false, { '', '## More', '', 'Text.' })
      return before == document.get()
    ]]))
  end)

  it('can be looked at without parsing, and says whether it is current', function()
    nvim:edit('ferry.md', article.lines)
    assert.are.same(
      { true, false },
      lua([[
      local analysis, is_current = document.peek()
      return { analysis == nil, is_current }
    ]])
    )
    assert.are.same(
      { true, true, true, false },
      lua([[
      local made = document.get()
      local analysis, is_current = document.peek()
      vim.api.nvim_buf_set_lines(0, 0, 1, false, { '# Another town has bought a ferry' })
      local later, later_current = document.peek()
      return { made == analysis, is_current, later == made, later_current }
    ]])
    )
  end)

  it('is made anew after changes, once they stop, and announced', function()
    nvim:edit('ferry.md', article.lines)
    lua([[
      _G.updates = {}
      vim.api.nvim_create_autocmd('User', {
        pattern = 'NewsOutlineUpdate',
        callback = function(args)
          table.insert(_G.updates, { args.data.buf, document.get(args.data.buf).headline.text })
        end,
      })
      document.get()
      document.attach()
      vim.wait(30)
      _G.updates = {}
    ]])
    local buf = nvim:api('nvim_get_current_buf')
    nvim:lua([[
      for i = 1, 5 do
        vim.api.nvim_buf_set_lines(0, 0, 1, false, { '# The council sells the ferry again ' .. i })
      end
      vim.wait(5000, function()
        return #_G.updates > 0
      end)
      vim.wait(200)
    ]])
    assert.are.same({ { buf, 'The council sells the ferry again 5' } }, nvim:lua('return _G.updates'))
  end)

  it('finds quotes in windows-1252 that the editor took for latin1, to the byte', function()
    -- What the editor holds then: C1 controls in place of the marks.
    nvim:edit('ferry.txt', {
      'Town council buys back its old ferry',
      '',
      '\194\147The boat is sound,\194\148 Mayor Ada Quint said on Monday in Port Ellis.',
    })
    local quote = nvim:lua("return require('newsoutline').get().quotes")[1]
    assert.equal('“The boat is sound,”', quote.text)
    assert.equal('Ada Quint', quote.speaker.name)
    assert.same({ from = { 2, 0 }, to = { 2, 22 } }, quote.parts[1])
  end)

  it('follows a change of the format', function()
    nvim:edit('ferry.txt', article.lines)
    assert.are.equal('text', nvim:lua("return require('newsoutline').get().format"))
    nvim:cmd('setfiletype markdown')
    nvim:cmd('set filetype=markdown')
    assert.are.equal('markdown', nvim:lua("return require('newsoutline').get().format"))
    nvim:cmd('set filetype=')
    nvim:cmd('file ferry.md')
    assert.are.equal('markdown', nvim:lua("return require('newsoutline').get().format"))
    nvim:cmd('file ferry.txt')
    assert.are.equal('text', nvim:lua("return require('newsoutline').get().format"))
  end)

  it('is forgotten with its buffer', function()
    local buf = nvim:edit('ferry.md', article.lines)
    lua('document.get()')
    nvim:cmd('bwipeout')
    assert.is_true(lua('return document.peek(...) == nil', buf))
    assert.truthy(lua('return select(2, document.get(...))', buf):find('there is no buffer', 1, true))
  end)

  it('counts columns in bytes, and survives NUL bytes and invalid UTF-8', function()
    local buf = nvim:edit('ferry.md', article.lines)
    nvim:lua([[
      vim.api.nvim_buf_set_lines(0, 14, 15, false, { '## Ünder dem Deck' })
      local line = 'The first trip is in \226\130 June, the N\0UL said, and \255 then.'
      vim.api.nvim_buf_set_lines(0, 18, 19, false, { line })
    ]])
    local last = nvim:lua([[
      local outline = require('newsoutline').get().outline
      return outline[#outline]
    ]])
    assert.are.equal('Ünder dem Deck', last.title)
    assert.are.same({ 14, 3 }, last.from)
    assert.are.same({ 18, #nvim:lines(buf)[19] }, last.to)
  end)

  it('is one clear message for a binary file', function()
    nvim:edit('picture.md', ('\0\1\2\3\127\0PNG'):rep(200))
    nvim:cmd('NewsOutline')
    assert.truthy(nvim:messages():find('newsoutline: picture.md: not text but a binary file', 1, true))
    assert.are.equal(1, #nvim:api('nvim_list_wins'))
  end)

  it('waits for a command where the buffer is larger than max_size', function()
    nvim:lua("require('newsoutline').setup({ debounce = 20, max_size = 100 })")
    nvim:edit('ferry.md', article.lines)
    nvim:cmd('NewsOutline')
    local before = lua('return document.peek().headline.text')
    nvim:api('nvim_buf_set_lines', 0, 0, 1, false, { '# Another town has bought a ferry' })
    nvim:lua('vim.wait(200)')
    assert.are.equal(before, lua('return document.peek().headline.text'))
    local _, n = nvim:messages():gsub('more than max_size', '')
    assert.are.equal(1, n)
    nvim:cmd('NewsOutline refresh')
    assert.are.equal('Another town has bought a ferry', lua('return document.peek().headline.text'))
  end)
end)

describe('the C module', function()
  it('hands a document over once, and closes it where it came from', function()
    local core = require('newsoutline.core')
    local document = assert(core.parse('A headline\n\nSome text.\n', { utf8 = true }))
    local text = document:text()
    local number = core.hand_over(document)
    assert.has_error(function()
      document:text()
    end, "calling 'text' on bad self (the document is closed)")
    assert.are.equal(text, core.take(number):text())
    assert.is_nil(core.take(number))
    assert.has_error(function()
      core.take(0)
    end)
    -- Handed over while a first one waits, documents do not mix.
    local numbers = {}
    for i = 1, 64 do
      numbers[i] = core.hand_over(assert(core.parse('Text ' .. i, { utf8 = true })))
    end
    assert.is_nil(core.hand_over(assert(core.parse('one too many', { utf8 = true }))))
    for i = 1, 64 do
      assert.are.equal('Text ' .. i, core.take(numbers[i]):text())
    end
  end)

  --- Starts a child whose plugin is a copy with another core.
  local function start_with(core, config)
    local nvim = child.start({ config = config })
    nvim:lua(
      [[
        local root, core, used = ...
        local copy = vim.fn.tempname() .. '/copy'
        vim.fn.mkdir(copy .. '/lua', 'p')
        vim.fn.system({ 'cp', '-r', root .. '/lua/newsoutline', copy .. '/lua/newsoutline' })
        vim.fn.delete(copy .. '/lua/newsoutline/core.so')
        if core ~= '' then
          vim.fn.writefile({ core }, copy .. '/lua/newsoutline/core' .. (core:find('return') and '.lua' or '.so'))
        end
        for _, path in ipairs(used) do
          vim.opt.runtimepath:remove(path)
        end
        vim.opt.runtimepath:prepend(copy)
        _G.copy = copy
      ]],
      child.root,
      core,
      child.runtimepath()
    )
    nvim:edit('ferry.md', article.lines)
    if not config then
      nvim:cmd('NewsOutline')
    end
    nvim:lua('vim.wait(50)')
    return nvim, nvim:messages():match('newsoutline: [^\n]*') or ''
  end

  it('is said to be missing, with the command that builds it', function()
    local nvim, message = start_with('')
    assert.truthy(message:find('the C module is not built yet', 1, true), message)
    assert.truthy(message:find(nvim:lua('return _G.copy') .. '/script/build', 1, true), message)
    nvim:stop()
  end)

  it('is said to be missing once, by options that need it too', function()
    local nvim, message = start_with('', { highlight = true, fold = { auto = true }, lsp = true })
    assert.truthy(message:find('the C module is not built yet', 1, true), message)
    nvim:edit('other.md', article.other)
    nvim:cmd("setlocal foldmethod=expr foldexpr=v:lua.require'newsoutline.fold'.expr()")
    nvim:screen()
    local _, n = nvim:messages():gsub('the C module', '')
    assert.equal(1, n)
    nvim:cmd('NewsAnnotate really?')
    _, n = nvim:messages():gsub('the C module', '')
    assert.equal(2, n)
    nvim:stop()
  end)

  it('is said to be broken where it does not load', function()
    local nvim, message = start_with('this is no library')
    assert.truthy(message:find('the C module does not load', 1, true), message)
    assert.truthy(message:find('script/build', 1, true), message)
    nvim:stop()
  end)

  it('is said to be of another version where its number differs', function()
    local nvim, message = start_with('return { abi = 999, parse = function() end }')
    assert.truthy(message:find('another version of the plugin %(999, wanted %d+%)'), message)
    assert.truthy(message:find('script/build', 1, true), message)
    nvim:stop()
  end)
end)
