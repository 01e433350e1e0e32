--- The binding by itself: what it refuses, what it hands out, and that both kinds of positions name the same bytes.
--- Runs under the sanitizers too.

local core = require('newsoutline.core')

--- Inputs in which an offset could go wrong: line ends, wide characters, no-break spaces, marks at the ends.
local samples = {
  plain = 'Ministers agree\n\nBy Ruth Vale\n\nOSLO, May 2 (Wire) -- “We have a deal,” said Anna Berg.\n\nShe left.\n',
  crlf = 'Headline here\r\n\r\nHe said “yes” and left.\r\n\r\n“No,” she said.\r\n',
  wide = 'Ærlig talt\n\n“Grüße, 世界 👋🏽,” said Zoë Ñandú.\n\n«Bonjour», dit-elle.\n',
  blanks = '\n\194\160\194\160\nHeadline\194\160\n\194\160\n\194\160 A paragraph. \194\160\n',
  markdown = '---\ntitle: X\n---\n# Head\n\n## Sub *one*\n\n> “Quoted,” he said.\n\n- item\n\n```\ncode\n```\n',
  marks = "“‘\"'«»„“``''\n\n\"\n",
  one_line = ('word '):rep(2000),
  no_end = 'Headline\n\nNo line end',
}

---@param source string
---@param positions 'bytes'|'buffer'
local function analyse(source, positions)
  local document = assert(core.parse(source, { format = 'auto', name = 'a.md', utf8 = true }))
  return document:analysis({ positions = positions, null = vim.NIL, text = true })
end

--- Calls a function with each table that has a from and a to, and its twin at the same place of another tree.
local function each_span(tree, twin, action)
  if tree.from ~= nil then
    action(tree, twin)
  end
  for key, value in pairs(tree) do
    if type(value) == 'table' and key ~= 'from' and key ~= 'to' then
      each_span(value, twin[key], action)
    end
  end
end

describe('core.parse', function()
  it('has the version that the plugin wants', function()
    assert.equal(require('newsoutline.binding').abi, core.abi)
  end)

  it('raises on misuse', function()
    assert.has_error(function()
      core.parse()
    end)
    assert.has_error(function()
      core.parse({})
    end)
    assert.has_error(function()
      core.parse('x', { format = 'pdf' })
    end)
    assert.has_error(function()
      core.parse('x', { entities = { 'no table' } })
    end)
    assert.has_error(function()
      core.parse('x', { entities = { { name = 'Oslo', type = 'city' } } })
    end)
    assert.has_error(function()
      core.parse('x'):analysis({ positions = 'characters' })
    end)
  end)

  it('refuses what is no text with a message and a code, and does not raise', function()
    local document, message, code = core.parse(('\0\1\2\3\255'):rep(1000))
    assert.is_nil(document)
    assert.equal('string', type(message))
    assert.equal('not_text', code)
  end)

  it('takes an article without anything for an article', function()
    for _, source in ipairs({ '', ' ', '\n\n', '\239\187\191', '\194\160' }) do
      local found = assert(core.parse(source)):analysis()
      assert.same({}, found.blocks)
      assert.same({}, found.outline)
      assert.same({}, found.quotes)
      assert.is_nil(found.headline)
    end
  end)

  it('knows the entities that it is told', function()
    local known = { { name = 'Zorblax Union', type = 'organization', aliases = { 'ZU' } } }
    local source = 'Ministers meet in Oslo on Friday\n\nThe Zorblax Union met on Friday and said that it would not '
      .. 'go to the city. The ZU left.\n'
    local document = core.parse(source, { entities = known })
    local found = vim.tbl_filter(function(entity)
      return entity.name == 'Zorblax Union'
    end, document:analysis().entities)
    assert.equal(1, #found)
    assert.equal('organization', found[1].type)
    assert.equal(2, #found[1].mentions)
  end)
end)

describe('document:analysis', function()
  it('has every field of the schema, absent values as the null that was asked for', function()
    local found = assert(core.parse('')):analysis({ null = vim.NIL })
    for _, field in ipairs({ 'headline', 'dek', 'date', 'modified', 'publisher', 'section', 'language' }) do
      assert.equal(vim.NIL, found[field], field)
    end
    for _, field in ipairs({ 'bylines', 'items', 'blocks', 'outline', 'entities', 'quotes', 'dates' }) do
      assert.same({}, found[field], field)
    end
    assert.equal(1, found.schema)
    assert.equal('text', found.format)
    assert.is_nil(found.text)
  end)

  for name, source in pairs(samples) do
    it('names the same bytes by offset and by row and column: ' .. name, function()
      local starts = { [0] = 0 }
      for at in source:gmatch('\n()') do
        table.insert(starts, at - 1)
      end
      local n = 0
      each_span(analyse(source, 'bytes'), analyse(source, 'buffer'), function(bytes, buffer)
        if bytes.from == vim.NIL then
          assert.equal(vim.NIL, buffer.from)
          return
        end
        n = n + 1
        assert.equal(bytes.from, starts[buffer.from[1]] + buffer.from[2])
        assert.equal(bytes.to, starts[buffer.to[1]] + buffer.to[2])
      end)
      assert.is_true(n > 0)
    end)

    it('cuts no character and no blank end: ' .. name, function()
      local found = analyse(source, 'bytes')
      each_span(found, found, function(thing)
        if thing.from == vim.NIL then
          return
        end
        assert.is_true(0 <= thing.from and thing.from < thing.to and thing.to <= #source)
        local text = source:sub(thing.from + 1, thing.to)
        assert.is_nil(text:find('^[\128-\191]'))
        assert.is_nil(source:find('^[\128-\191]', thing.to + 1))
        assert.is_nil(text:find('^%s'))
        assert.is_nil(text:find('%s$'))
        assert.is_nil(text:find('^\194\160'))
        assert.is_nil(text:find('\194\160$'))
      end)
    end)

    it('gives each byte that is no white space to one block: ' .. name, function()
      local last = 0
      local found = analyse(source, 'bytes')
      for _, block in ipairs(found.blocks) do
        assert.is_true(last <= block.from)
        last = block.to
        if found.format == 'text' then
          assert.is_true(block.from < block.to)
        end
      end
    end)
  end

  it('stays right after the document and its source are gone', function()
    local found = analyse(samples.plain, 'bytes')
    collectgarbage()
    collectgarbage()
    assert.equal('Ministers agree', found.headline.text)
    assert.truthy(found.text:find('“We have a deal,”', 1, true))
  end)

  it('does not let documents pile up', function()
    -- Often enough collected that few are alive at once: Lua does not know how much memory a document holds.
    local function parse(n)
      for i = 1, n do
        assert(core.parse(samples.one_line))
        if i % 10 == 0 then
          collectgarbage()
        end
      end
    end
    parse(100)
    local function resident()
      local file = io.open('/proc/self/statm')
      return file and tonumber(file:read('*a'):match('^%d+ (%d+)')) or 0
    end
    local before = resident()
    parse(1000)
    -- In pages; a leak would be a thousand documents of 10 KB of text and their tables.
    assert.is_true(resident() - before < 5000 or vim.env.LD_PRELOAD ~= nil)
  end)
end)

describe('document:reading', function()
  --- Every piece against the source: a copy as long as its source, or one thing for another.
  local function check(name, source, format)
    local document = assert(core.parse(source, { format = format, name = name, utf8 = true }))
    local analysis = document:analysis({ positions = 'bytes' })
    local blocks = document:reading()
    assert.equal(#analysis.blocks, #blocks, name)
    local before = 0
    for i, block in ipairs(blocks) do
      local pieces = block.pieces
      assert.equal(analysis.blocks[i].role, block.role)
      assert.equal(0, pieces[1])
      assert.equal(analysis.blocks[i].from, pieces[2], name)
      assert.equal(analysis.blocks[i].to, pieces[#pieces], name)
      for k = 1, #pieces, 3 do
        local from, to = pieces[k], pieces[k + 3] or #block.text
        local words = block.text:sub(from + 1, to)
        local origin = source:sub(pieces[k + 1] + 1, pieces[k + 2])
        assert.is_true(from < to and pieces[k + 1] >= before, name)
        before = pieces[k + 2]
        if #words == #origin then
          assert.equal((words:gsub('%s', ' ')), (origin:gsub('%s', ' ')), name)
        else
          assert.is_true(
            origin:find('^&.*;$') ~= nil or origin:find('^%s+$') ~= nil,
            ('%s: %q'):format(name, origin)
          )
        end
      end
    end
    return blocks
  end

  it('tells where each byte of each block stands in the source', function()
    for name, source in pairs(samples) do
      check(name, source, 'auto')
    end
    local html =
      '<body><p>A &ldquo;b\n   <em>c</em>&rdquo;&nbsp;d &amp;amp; e, he said.</p><pre>x\n  y</pre></body>'
    local blocks = check('html', html, 'html')
    assert.equal('A “b c”\194\160d &amp; e, he said.', blocks[1].text)
    assert.same({ 0, 9, 11, 2, 11, 18, 5, 18, 19, 6, 19, 23 }, vim.list_slice(blocks[1].pieces, 1, 12))
    assert.equal('x\n  y', blocks[2].text)
  end)
end)
