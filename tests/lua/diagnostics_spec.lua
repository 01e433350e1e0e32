--- The checks of quotes: each finds its problem where it is, and nothing in a sound article.
local child = require('child')
local quoted = require('quoted')

describe('the checks of quotes', function()
  local nvim
  before_each(function()
    nvim = child.start()
  end)
  after_each(function()
    nvim:stop()
  end)

  --- Code, place and message of each diagnostic.
  local function found()
    return nvim:lua([[
      return vim.tbl_map(function(d)
        return ('%s %d:%d-%d:%d %s'):format(d.code, d.lnum, d.col, d.end_lnum, d.end_col, d.message)
      end, vim.diagnostic.get(0))
    ]])
  end

  local function check(lines, quotes)
    quoted.open(nvim, 'checked.txt', lines, quotes)
    nvim:cmd('NewsOutline diagnostics')
    local list = found()
    table.sort(list)
    return list
  end

  it('are off by default, and find nothing odd where nothing is', function()
    local lines = { 'Ferry sails', '', '“Every boat will sail,” said Omar Haddad.' }
    local quotes = {
      {
        parts = { '“Every boat will sail,”' },
        speaker = 'Omar Haddad',
        mention = 'Omar Haddad',
        cue = 'said',
      },
    }
    quoted.open(nvim, 'sound.txt', lines, quotes)
    assert.same({}, found())
    assert.same({}, check(lines, quotes))
  end)

  it('find a mark that is never closed, but none in a quote that goes on', function()
    assert.same(
      { 'unclosed-mark 4:23-4:35 this quotation mark is never closed' },
      check({
        'Ferry sails',
        '',
        'Haddad said “All is well here. And:',
        '',
        '“It is.” He added: “Is it so?',
      }, {
        {
          parts = { '“All is well here. And:', '“It is.”' },
          speaker = 'Omar Haddad',
          mention = 'Haddad',
        },
        { parts = { '“Is it so?' }, speaker = 'Omar Haddad', mention = 'He' },
      })
    )
  end)

  it('find marks of another style than most', function()
    assert.same(
      { 'mark-style 2:0-2:5 straight quotation marks, where the article has curly ones' },
      check({ 'Ferry', '', '"Ay," Haddad said. “Be,” Haddad said. “Ce,” Haddad said.' }, {
        { parts = { '"Ay,"' }, speaker = 'Omar Haddad', mention = 'Haddad' },
        { parts = { '“Be,”' }, speaker = 'Omar Haddad', mention = 'Haddad' },
        { parts = { '“Ce,”' }, speaker = 'Omar Haddad', mention = 'Haddad' },
      })
    )
  end)

  it('find a quote without a speaker, but leave terms alone', function()
    assert.same(
      { 'no-speaker 2:0-2:12 the article does not say who says this' },
      check({ 'Ferry', '', '“Ay ay.” The “old boat” is loved.' }, {
        { parts = { '“Ay ay.”' } },
        { parts = { '“old boat”' }, kind = 'term' },
      })
    )
  end)

  it('find a pronoun that may be either of two', function()
    local lines = { 'Ferry', '', 'Kim Lee met Robin Moor. “Ay ay,” she said.' }
    local at = lines[3]:find('she', 1, true) - 1
    assert.same(
      { ('which-speaker 2:%d-2:%d “she” may be Robin Moor or Kim Lee'):format(at, at + 3) },
      check(lines, {
        { parts = { '“Ay ay,”' }, speaker = 'Kim Lee', mention = 'she', cue = 'said' },
      })
    )
  end)

  it('leave a pronoun alone that means who was named last, or who spoke last', function()
    assert.same(
      {},
      check({
        'Ferry',
        '',
        'Kim Lee met Robin Moor. “Ay ay,” she said. “Be be,” she added.',
        '',
        'Robin Moor met Kim Lee. “Ce ce,” Robin Moor said. “De de,” she added.',
      }, {
        { parts = { '“Ay ay,”' }, speaker = 'Robin Moor', mention = 'she', cue = 'said' },
        { parts = { '“Be be,”' }, speaker = 'Robin Moor', mention = 'she', cue = 'added' },
        { parts = { '“Ce ce,”' }, speaker = 'Robin Moor', mention = 'Robin Moor', cue = 'said' },
        { parts = { '“De de,”' }, speaker = 'Robin Moor', mention = 'she', cue = 'added' },
      })
    )
  end)

  it('find the same words of two speakers', function()
    assert.same(
      {
        'mark-style 4:0-4:23 straight quotation marks, where the article has curly ones',
        'two-speakers 4:0-4:23 Omar Haddad says these words in line 3',
      },
      check({
        'Ferry',
        '',
        '“We will sail at dawn,” Haddad said.',
        '',
        '"We will sail at dawn," Brännström said.',
      }, {
        { parts = { '“We will sail at dawn,”' }, speaker = 'Omar Haddad', mention = 'Haddad' },
        { parts = { '"We will sail at dawn,"' }, speaker = 'Zoë Brännström', mention = 'Brännström' },
      })
    )
  end)

  it('find words that only the headline quotes', function()
    local lines = { 'Ferry “sails for ever”', '', 'Omar Haddad said it will “sail for ever”.' }
    local quotes = {
      { parts = { '“sails for ever”' }, kind = 'term' },
      { parts = { '“sail for ever”' }, speaker = 'Omar Haddad', mention = 'Omar Haddad', kind = 'mixed' },
    }
    assert.same(
      { 'headline-quote 0:6-0:26 the headline quotes words that the article does not' },
      check(lines, quotes)
    )
    nvim:api('nvim_buf_set_text', 0, 2, 32, 2, 32, { 's' })
    quotes[2].parts[1] = '“sails for ever”'
    assert.truthy(nvim:wait(function()
      return #found() == 0
    end))
  end)

  it('go with !, and come with the option', function()
    local lines = { 'Ferry', '', '“Ay ay.”' }
    local quotes = { { parts = { '“Ay ay.”' } } }
    check(lines, quotes)
    assert.equal(1, #found())
    nvim:cmd('NewsOutline! diagnostics')
    assert.same({}, found())
    nvim:cmd('bwipeout!')
    nvim:lua('vim.g.newsoutline = { diagnostics = true }')
    nvim:edit('again.txt', lines)
    assert.truthy(nvim:wait(function()
      return #found() == 1
    end))
  end)
end)
