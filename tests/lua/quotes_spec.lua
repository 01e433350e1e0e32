--- The list of quotes: its ranges, its filters, its place.
local child = require('child')
local quoted = require('quoted')

local article = quoted.lines
local nvim

before_each(function()
  nvim = child.start({ config = { keymaps = true } })
  quoted.open(nvim)
end)
after_each(function()
  nvim:stop()
end)

describe('the list of quotes', function()
  local function list()
    return nvim:fn('getqflist', { items = 0, title = 0, context = 0, idx = 0 })
  end

  it('holds exact ranges, speaker first', function()
    nvim:cmd('NewsQuotes')
    local item
    for _, each in ipairs(list().items) do
      item = each.lnum == 11 and each.col == 1 and each or item
    end
    assert.equal('Omar Haddad: "Every boat will sail,"', item.text)
    assert.same({ 11, 1, 11, 24 }, { item.lnum, item.col, item.end_lnum, item.end_col })
    assert.equal('D', item.type)
    assert.equal('quickfix', nvim:api('nvim_get_option_value', 'buftype', {}))
  end)

  it('counts columns in bytes', function()
    nvim:cmd('NewsQuotes text=ferry')
    local item = list().items[1]
    local from, to = article[13]:find('“.*”')
    assert.same({ 13, from, 13, to + 1 }, { item.lnum, item.col, item.end_lnum, item.end_col })
  end)

  it('shows the speaker first', function()
    nvim:cmd('NewsQuotes text="every boat"')
    assert.same({ 'Omar Haddad: |11| "Every boat will sail,"' }, nvim:lines())
  end)

  it('shows what others add to it', function()
    nvim:cmd('NewsQuotes text="every boat"')
    nvim:cmd([[call setqflist([{'filename': 'notes.txt', 'lnum': 3, 'text': 'a note of mine'}], 'a')]])
    assert.same(
      { 'Omar Haddad: |11| "Every boat will sail,"', 'notes.txt    | 3| a note of mine' },
      nvim:lines()
    )
  end)

  it('is filtered by speaker, kind, cue and words', function()
    nvim:cmd('NewsQuotes haddad')
    local items = list().items
    assert.is_true(#items >= 3)
    for _, item in ipairs(items) do
      assert.equal('Omar Haddad', item.user_data.speaker)
    end
    assert.truthy(list().title:find('bridge.md: haddad', 1, true))
    nvim:cmd('wincmd p')
    nvim:cmd('NewsQuotes kind=direct cue=said boat')
    assert.equal(1, #list().items)
    nvim:cmd('wincmd p')
    nvim:cmd('NewsQuotes bicycles')
    assert.equal(1, #list().items)
  end)

  it('takes upper and lower case for the same, in all letters', function()
    nvim:cmd('NewsQuotes ZOË BRÄNN')
    assert.equal(2, #list().items)
    nvim:cmd('NewsQuotes text=NAÏVE')
    assert.equal(1, #list().items)
    assert.same({ 'Zoë Brännström' }, nvim:fn('getcompletion', 'NewsQuotes ZOË', 'cmdline'))
  end)

  it('says what it cannot do and leaves the list alone', function()
    nvim:cmd('NewsQuotes haddad')
    local n = #list().items
    nvim:cmd('wincmd p')
    local _, problem = pcall(nvim.cmd, nvim, 'NewsQuotes kind=loud')
    assert.truthy(tostring(problem):find('there is no kind of quote "loud"', 1, true))
    _, problem = pcall(nvim.cmd, nvim, 'NewsQuotes colour=red')
    assert.truthy(tostring(problem):find('quotes cannot be filtered by "colour"', 1, true))
    nvim:cmd('NewsQuotes zeppelin')
    assert.truthy(nvim:messages():find('bridge.md has no quotes that fit "zeppelin"', 1, true))
    assert.equal(n, #list().items)
  end)

  it('keeps its place when it is refreshed', function()
    nvim:cmd('NewsQuotes')
    nvim:cmd('cc 3')
    local before = list()
    local text = before.items[before.idx].text
    nvim:api('nvim_buf_set_lines', 0, 3, 3, false, { '', '“New,” Haddad said.', '' })
    nvim:cmd('NewsQuotes')
    local after = list()
    assert.equal(text, after.items[after.idx].text)
    assert.equal(1, nvim:fn('getqflist', { nr = '$' }).nr)
  end)

  it('goes to the location list of its window with !', function()
    nvim:cmd('NewsQuotes! haddad')
    assert.equal(0, #list().items)
    assert.is_true(#nvim:fn('getloclist', 0) >= 3)
  end)

  it('completes speakers word by word, kinds and cues', function()
    assert.same({ 'Omar Haddad' }, nvim:fn('getcompletion', 'NewsQuotes Om', 'cmdline'))
    assert.same({ 'Haddad' }, nvim:fn('getcompletion', 'NewsQuotes Omar Ha', 'cmdline'))
    assert.same({ 'kind=direct' }, nvim:fn('getcompletion', 'NewsQuotes kind=d', 'cmdline'))
    assert.same({ 'cue=said' }, nvim:fn('getcompletion', 'NewsQuotes cue=sa', 'cmdline'))
  end)

  it('is refreshed, filtered and completed from its own window and from a panel', function()
    nvim:cmd('NewsQuotes')
    assert.same({ 'Omar Haddad' }, nvim:fn('getcompletion', 'NewsQuotes Om', 'cmdline'))
    nvim:cmd('NewsQuotes haddad')
    assert.equal(3, #list().items)
    nvim:cmd('cclose')
    nvim:cmd('NewsEntities')
    assert.same({ 'Omar Haddad' }, nvim:fn('getcompletion', 'NewsEntities Om', 'cmdline'))
    nvim:cmd('NewsQuotes speaker=Zoë')
    assert.equal(2, #list().items)
    assert.equal('quickfix', nvim:api('nvim_get_option_value', 'buftype', {}))
  end)

  it('lists an article that is shown twice from either window, read-only or not', function()
    nvim:cmd('setlocal readonly nomodifiable')
    nvim:cmd('split')
    nvim:cmd('NewsQuotes haddad')
    nvim:feed('<CR>')
    assert.equal(11, nvim:api('nvim_win_get_cursor', 0)[1])
    assert.same(article, nvim:lines())
  end)
end)
