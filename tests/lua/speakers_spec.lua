--- The balance of speakers: what is counted, how it divides, and the view of it.
local child = require('child')

describe('the balance of speakers', function()
  local shares = require('newsoutline.balance')

  --- A quote whose content is a row of its own; the text of that row is given by `text_of`.
  local rows = {}
  local function quote(kind, text, entities, name, content_row)
    rows[#rows + 1] = text
    local row = content_row or #rows
    local span = { from = { row, 0 }, to = { row, #rows[row] } }
    return {
      kind = kind,
      text = text,
      from = { #rows, 0 },
      to = { #rows, #text },
      content = span,
      parts = { span },
      speaker = name and { name = name, entities = entities, score = 1 } or nil,
    }
  end
  local function person(name, gender)
    return { name = name, type = 'person', gender = gender, roles = {}, aliases = {}, mentions = {} }
  end

  local function balance(entities, quotes)
    return shares.of({ entities = entities, quotes = quotes }, function(span)
      return rows[span.from[1]]
    end)
  end

  before_each(function()
    rows = {}
  end)

  it('counts quotes and words, most words first, unknown last', function()
    local b = balance({ person('Ana Ruiz'), person('Tom Okafor') }, {
      quote('direct', '“One two three,”', { 1 }, 'Tom Okafor'),
      quote('direct', '“One two — three four five”', { 0 }, 'Ana Ruiz'),
      quote('direct', '“One two three four five six seven”'),
      quote('term', '“not counted at all”'),
    })
    local seen = vim.tbl_map(function(s)
      return ('%s %d %d'):format(s.name or 'unknown', #s.quotes, s.words)
    end, b.speakers)
    assert.same({ 'Ana Ruiz 1 5', 'Tom Okafor 1 3', 'unknown 1 7' }, seen)
    assert.equal(15, b.words)
    assert.equal(5 / 15, b.speakers[1].share)
  end)

  it('counts the whole clause of a mixed quote, and once for all its pieces', function()
    local first = quote('mixed', 'that the piers were “tired” and “old”', { 0 }, 'Ana Ruiz')
    local second = quote('mixed', '“old”', { 0 }, 'Ana Ruiz', 1)
    local b = balance({ person('Ana Ruiz') }, { first, second })
    assert.equal(7, b.words)
    assert.equal(2, #b.speakers[1].quotes)
  end)

  it('counts a quote of two for each of them', function()
    local b = balance(
      { person('Ana Ruiz'), person('Tom Okafor') },
      { quote('direct', '“Yes, both,”', { 0, 1 }, 'Ana Ruiz; Tom Okafor') }
    )
    assert.equal(2, #b.speakers)
    assert.equal(4, b.words)
    assert.equal(0.5, b.speakers[1].share)
  end)

  it('keeps unnamed sources as they are called, in one line', function()
    local b = balance({}, {
      quote('direct', '“Yes”', {}, 'a senior official'),
      quote('direct', '“No”', {}, 'A senior official'),
    })
    assert.equal(1, #b.speakers)
    assert.same({ speakers = 1, quotes = 2, words = 2 }, b.naming.unnamed)
  end)

  it('divides persons by gender and sources by name', function()
    local paper = { name = 'The Ledger', type = 'organization', roles = {}, aliases = {}, mentions = {} }
    local b = balance(
      { person('Ana Ruiz', 'female'), person('Tom Okafor', 'male'), person('Kim Lee'), paper },
      {
        quote('direct', '“One two”', { 0 }, 'Ana Ruiz'),
        quote('direct', '“One”', { 1 }, 'Tom Okafor'),
        quote('direct', '“One”', { 2 }, 'Kim Lee'),
        quote('direct', '“One”', { 3 }, 'The Ledger'),
        quote('direct', '“One”'),
      }
    )
    assert.same({ speakers = 1, quotes = 1, words = 2 }, b.gender.women)
    assert.same({ speakers = 1, quotes = 1, words = 1 }, b.gender.men)
    assert.same({ speakers = 1, quotes = 1, words = 1 }, b.gender.unknown)
    assert.same({ speakers = 4, quotes = 4, words = 5 }, b.naming.named)
    assert.same({ speakers = 0, quotes = 1, words = 1 }, b.naming.unknown)
  end)

  it('draws bars to an eighth of a cell', function()
    assert.equal('████', shares.bar(1, 4))
    assert.equal('██', shares.bar(0.5, 4))
    assert.equal('▍', shares.bar(3 / 32, 4))
    assert.equal('▏', shares.bar(0.0001, 4))
    assert.equal('', shares.bar(0, 4))
  end)

  it('is empty where nobody is quoted, and says so in its view', function()
    assert.same({}, balance({}, {}).speakers)
    local nvim = child.start()
    nvim:edit('quiet.txt', { 'Rain', '', 'It rained in Oslo.' })
    nvim:cmd('NewsSpeakers')
    assert.same({ 'nobody is quoted here' }, nvim:lines())
    nvim:stop()
  end)
end)

describe('the view of the balance', function()
  local quoted = require('quoted')
  local nvim
  before_each(function()
    nvim = child.start({ config = { keymaps = true } })
    quoted.open(nvim)
  end)
  after_each(function()
    nvim:stop()
  end)

  local function row(name)
    for i, line in ipairs(nvim:lines()) do
      if line:find('▸ ' .. name, 1, true) == 1 or line:find('▾ ' .. name, 1, true) == 1 then
        return line, i
      end
    end
    return nil
  end
  local function on(name)
    local _, line = row(name)
    assert.truthy(line, name .. ' is not listed:\n' .. table.concat(nvim:lines(), '\n'))
    nvim:api('nvim_win_set_cursor', 0, { line, 0 })
    return line
  end
  local function answer(text)
    nvim:lua(
      [[
      local text = ...
      vim.ui.select = function(items, options, done)
        for _, item in ipairs(items) do
          if options.format_item(item):find(text, 1, true) then
            vim.ui.input = function(_, d) d('a passer-by') end
            return done(item)
          end
        end
        error('no choice ' .. text)
      end
    ]],
      text
    )
  end

  it('shows who is quoted how much and where', function()
    nvim:cmd('NewsSpeakers')
    -- 12 and 7 words; 4, 4, 6 and 5 words.
    assert.truthy(row('Omar Haddad'):find('3 +19 +%d+ %%  .*  11–17$'))
    assert.truthy(row('Zoë Brännström'):find('2 +%d+ +%d+ %%  .*  7–13$'))
    assert.truthy(row('Omar Haddad'):find('█', 1, true))
    assert.truthy(table.concat(nvim:lines(), '\n'):find('named 2 speakers, 5 quotes, 100 %', 1, true))
  end)

  it('jumps from quote to quote of a speaker', function()
    nvim:cmd('NewsSpeakers')
    local seen = {}
    for i = 1, 4 do
      on('Omar Haddad')
      nvim:feed('<CR>')
      seen[i] = table.concat(nvim:api('nvim_win_get_cursor', 0), ':')
      nvim:cmd('wincmd p')
    end
    assert.same({ '11:0', '11:74', '17:13', '11:0' }, seen)
  end)

  it('lists the quotes of a speaker, and corrects one with one key', function()
    nvim:cmd('NewsSpeakers')
    local line = on('Omar Haddad')
    nvim:feed('<Tab>')
    assert.truthy(nvim:lines()[line + 2]:find('11  "We hired twelve people."', 1, true))
    nvim:api('nvim_win_set_cursor', 0, { line + 2, 0 })
    answer('Zoë Brännström')
    nvim:feed('c')
    assert.truthy(row('Zoë Brännström'):find(' 3 +%d+ '))
    assert.truthy(row('Omar Haddad'):find(' 2 +%d+ '))
    nvim:feed('u')
    assert.truthy(row('Omar Haddad'):find(' 3 +%d+ '))
  end)

  it('takes an unnamed speaker, none, and no quote at all', function()
    local function correct(text)
      nvim:api('nvim_win_set_cursor', 0, { 11, 76 })
      answer(text)
      nvim:feed('gC')
      return nvim:lua([[
        local quote = require('newsoutline').get(0).quotes[3]
        return quote.kind .. ' ' .. (quote.speaker and quote.speaker.name or 'unknown')
      ]])
    end
    assert.equal('direct a passer-by', correct('somebody else'))
    assert.equal('direct unknown', correct('unknown: '))
    assert.equal('term unknown', correct('nobody: '))
    nvim:cmd('NewsEntities')
    local text = table.concat(nvim:lines(), '\n')
    assert.truthy(text:find('a passer-by: "We hired twelve people." (overruled by a later one)', 1, true))
  end)

  it('keeps a correction while the text is edited', function()
    nvim:api('nvim_win_set_cursor', 0, { 11, 76 })
    answer('Zoë Brännström')
    nvim:feed('gC')
    nvim:api('nvim_buf_set_lines', 0, 0, 0, false, { 'A kicker', '' })
    assert.equal('Zoë Brännström', nvim:lua("return require('newsoutline').get(0).quotes[3].speaker.name"))
  end)

  it('fills the quickfix list with the quotes of a speaker', function()
    nvim:cmd('NewsSpeakers')
    on('Zoë Brännström')
    nvim:feed('Q')
    local list = nvim:fn('getqflist', { items = 0, title = 0 })
    assert.equal(2, #list.items)
    assert.truthy(list.title:find('Zoë Brännström', 1, true))
  end)
end)
