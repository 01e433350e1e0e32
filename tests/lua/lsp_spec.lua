local article = require('article')
local child = require('child')

describe('the language server', function()
  local nvim

  before_each(function()
    nvim = child.start()
    nvim:edit('ferry.md', article.lines)
    -- Which quotes are found and who said them is tested elsewhere: here are two that stay as they are.
    nvim:lua([[
      local analysis = require('newsoutline').get()
      for k in pairs(analysis.quotes) do
        analysis.quotes[k] = nil
      end
      local function quote(row, from, to, text, speaker, kind)
        local span = { from = { row, from }, to = { row, to } }
        table.insert(analysis.quotes, {
          text = text,
          kind = kind,
          from = span.from,
          to = span.to,
          parts = { span },
          content = span,
          speaker = speaker,
          score = 1,
        })
      end
      local function speaker(from, to)
        return { name = 'Ana Ruiz', from = { 6, from }, to = { 6, to }, entities = {}, score = 1 }
      end
      quote(6, 20, 44, '“the price was fair”', speaker(6, 14), 'mixed')
      quote(12, 4, 10, '“county”', nil, 'term')
      quote(16, 0, 28, '“We will paint it blue,”', speaker(6, 14), 'direct')
    ]])
  end)

  after_each(function()
    nvim:stop()
  end)

  --- Asks what the server answers at a place.
  local function ask(method, row, column)
    return nvim:lua(
      [[
        local method, row, column = ...
        local params = { textDocument = { uri = vim.uri_from_bufnr(0) }, position = { line = row, character = column } }
        params.context = { includeDeclaration = true }
        local answers = vim.lsp.buf_request_sync(0, method, params, 5000) or {}
        local _, answer = next(answers)
        return answer
      ]],
      method,
      row or 0,
      column or 0
    )
  end

  local function start()
    nvim:cmd('NewsOutline lsp')
    assert.truthy(nvim:wait(function()
      return nvim:lua([[
        local client = vim.lsp.get_clients({ bufnr = 0, name = 'newsoutline' })[1]
        return client ~= nil and client.initialized == true
      ]])
    end))
  end

  it('is not there until asked for, and goes', function()
    assert.are.equal(0, nvim:lua('return #vim.lsp.get_clients()'))
    start()
    assert.are.equal('utf-8', nvim:lua('return vim.lsp.get_clients()[1].offset_encoding'))
    nvim:cmd('NewsOutline! lsp')
    assert.are.equal(0, nvim:lua('return #vim.lsp.get_clients({ bufnr = 0 })'))
    assert.are.same(article.lines, nvim:lines())
  end)

  it('gives sections and quotes as symbols, as they nest', function()
    start()
    local shown = {}
    local function visit(symbols, depth)
      for _, symbol in ipairs(symbols) do
        shown[#shown + 1] = ('%s%d %s | %s'):format(
          ('  '):rep(depth),
          symbol.kind,
          symbol.name,
          symbol.detail
        )
        local range, selection = symbol.range, symbol.selectionRange
        assert.is_true(
          range.start.line <= selection.start.line and selection['end'].line <= range['end'].line
        )
        visit(symbol.children or {}, depth + 1)
      end
    end
    visit(ask('textDocument/documentSymbol').result, 0)
    assert.are.same({
      '2 The price | section, 26 words',
      '  12 “the price was fair” | Ana Ruiz, mixed',
      '  2 Who pays | section, 6 words',
      '2 What comes next | section, 21 words',
      '  12 “We will paint it blue,” | Ana Ruiz, direct',
    }, vim.list_slice(shown, 2))
    assert.truthy(shown[1]:find('^2 The town council bought the .* | lede, 13 words$'))
  end)

  it('gives sections as folding ranges', function()
    start()
    local ranges = {}
    for _, range in ipairs(ask('textDocument/foldingRange').result) do
      ranges[#ranges + 1] = { range.startLine, range.endLine }
    end
    assert.are.same({ { 4, 12 }, { 10, 12 }, { 14, 18 } }, ranges)
  end)

  it('tells what hover tells, and nothing where nothing stands', function()
    start()
    assert.truthy(
      ask('textDocument/hover', 16, 5).result.contents.value:find('Ana Ruiz\ndirect quote', 1, true)
    )
    local nothing = ask('textDocument/hover', 18, 0)
    assert.is_true(nothing == vim.NIL or nothing.error == nil and nothing.result == nil)
  end)

  it('serves what Neovim itself does with it, without an error', function()
    start()
    local win = nvim:api('nvim_get_current_win')
    nvim:api('nvim_win_set_cursor', win, { 19, 0 })
    for _, action in ipairs({ 'hover', 'definition', 'references', 'document_highlight', 'document_symbol' }) do
      nvim:lua('vim.lsp.buf[...]() vim.wait(100)', action)
    end
    -- The list of symbols took the cursor.
    nvim:api('nvim_set_current_win', win)
    nvim:api('nvim_win_set_cursor', win, { 17, 5 })
    for _, action in ipairs({ 'hover', 'document_highlight', 'definition' }) do
      nvim:lua('vim.lsp.buf[...]() vim.wait(100)', action)
    end
    assert.is_nil(nvim:messages():find('callback', 1, true), nvim:messages())
    assert.is_nil(nvim:messages():find('attempt to', 1, true), nvim:messages())
    assert.are.same({ 7, 6 }, nvim:api('nvim_win_get_cursor', 0))
  end)

  it('leads from a quote to its speaker, and to all that they said', function()
    start()
    local place = ask('textDocument/definition', 16, 5).result.range.start
    assert.are.same({ line = 6, character = 6 }, place)
    local lines = {}
    for _, location in ipairs(ask('textDocument/references', 16, 5).result) do
      lines[#lines + 1] = location.range.start.line
    end
    assert.are.same({ 6, 16 }, lines)
    assert.are.equal(2, #ask('textDocument/documentHighlight', 16, 5).result)
  end)

  it('knows where an entity is mentioned', function()
    start()
    local mentions = ask('textDocument/references', 6, 8).result
    assert.are.same({ line = 6, character = 6 }, mentions[1].range.start)
    assert.are.same({ line = 6, character = 14 }, mentions[1].range['end'])
  end)

  it('says that it does not know a method, and keeps no list of requests', function()
    start()
    local answer = nvim:lua([[
      local client = vim.lsp.get_clients({ bufnr = 0 })[1]
      local answer
      client.rpc.request('textDocument/nonsense', {}, function(problem)
        answer = problem
      end)
      vim.wait(1000, function()
        return answer
      end)
      return answer
    ]])
    assert.are.equal(-32601, answer.code)
    ask('textDocument/documentSymbol')
    ask('textDocument/hover', 1, 0)
    assert.are.equal(0, nvim:lua('return vim.tbl_count(vim.lsp.get_clients({ bufnr = 0 })[1].requests)'))
  end)

  it('is one for all articles, and comes by itself with the option', function()
    start()
    nvim:lua("require('newsoutline').setup({ lsp = true })")
    nvim:edit('second.md', article.long(3))
    assert.truthy(nvim:wait(function()
      return nvim:lua("return #vim.lsp.get_clients({ bufnr = 0, name = 'newsoutline' })") == 1
    end))
    assert.are.equal(1, nvim:lua('return #vim.lsp.get_clients()'))
    nvim:edit('code.lua', { 'return 1' })
    nvim:lua('vim.wait(50)')
    assert.are.equal(0, nvim:lua('return #vim.lsp.get_clients({ bufnr = 0 })'))
  end)

  it('lets the editor quit', function()
    start()
    pcall(nvim.cmd, nvim, 'qall!')
    assert.truthy(nvim:wait(function()
      return not nvim:alive()
    end))
  end)
end)
