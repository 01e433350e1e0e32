--- Motions from quote to quote, mention to mention, section to section, as keys do them.
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

local function at()
  local cursor = nvim:api('nvim_win_get_cursor', 0)
  return cursor[1] .. ':' .. cursor[2]
end

--- What an operator or the Visual mode takes, read from register z.
local function taken(keys)
  nvim:fn('setreg', 'z', '')
  nvim:feed(keys)
  return nvim:fn('getreg', 'z')
end

describe('a motion', function()
  it('goes to the start of each quote, with counts, and not past the last', function()
    nvim:feed('gg]"')
    assert.equal('7:0', at())
    nvim:feed(']"')
    assert.equal('11:0', at())
    nvim:feed('2]"')
    assert.equal('13:' .. #'Brännström praised Haddad. ', at())
    nvim:feed('99]"')
    assert.equal('17:13', at())
    nvim:feed(']"')
    assert.equal('17:13', at())
    assert.truthy(nvim:messages():find('no quote below', 1, true))
    nvim:feed('99["')
    assert.equal('7:0', at())
  end)

  it('goes back to the start of the quote that it stands in', function()
    nvim:api('nvim_win_set_cursor', 0, { 11, 8 })
    nvim:feed('["')
    assert.equal('11:0', at())
  end)

  it('is remembered in the jumplist', function()
    nvim:feed('gg]"')
    nvim:feed('<C-o>')
    assert.equal('1:0', at())
  end)

  it('is exclusive for an operator and one step for undo', function()
    nvim:api('nvim_win_set_cursor', 0, { 13, 0 })
    nvim:feed('d]"')
    assert.equal('“I rode the ferry as a child,” she said.', nvim:lines()[13])
    nvim:feed('u')
    assert.equal(article[13], nvim:lines()[13])
  end)

  it('extends a Visual selection', function()
    nvim:api('nvim_win_set_cursor', 0, { 13, 0 })
    assert.equal('Brännström praised Haddad. “', taken('v]""zy'))
  end)

  it('to a section takes no part of its heading along', function()
    nvim:api('nvim_win_set_cursor', 0, { 13, 0 })
    assert.equal(article[13] .. '\n\n', taken('"zy]]'))
  end)

  it('that finds nothing leaves an operator without effect', function()
    nvim:feed('G')
    nvim:feed('c]"')
    assert.equal('n', nvim:api('nvim_get_mode').mode)
    assert.same(article, nvim:lines())
  end)

  it('walks the mentions of one entity', function()
    nvim:api('nvim_win_set_cursor', 0, { 11, 29 })
    nvim:feed(']E')
    local cursor = nvim:api('nvim_win_get_cursor', 0)
    local line = nvim:lines()[cursor[1]]
    assert.truthy(line:find('^Haddad', cursor[2] + 1) or line:find('^He', cursor[2] + 1))
    nvim:feed('9]E')
    assert.equal('17:0', at())
  end)

  it('says so where no entity stands under the cursor', function()
    nvim:api('nvim_win_set_cursor', 0, { 2, 0 })
    nvim:feed(']E')
    assert.truthy(nvim:messages():find('no entity is mentioned under the cursor', 1, true))
  end)

  it('goes to sections and opens the fold that it jumps into', function()
    nvim:cmd('setlocal foldmethod=manual')
    nvim:cmd('15,19fold')
    nvim:feed('gg]]')
    nvim:feed('3]]')
    assert.equal('15:0', at())
    assert.equal(-1, nvim:fn('foldclosed', 15))
  end)
end)

describe('without options', function()
  it('no map is set', function()
    local plain = child.start()
    plain:edit('bridge.txt', article)
    for _, mode in ipairs({ 'n', 'x', 'o' }) do
      assert.same({}, plain:api('nvim_buf_get_keymap', 0, mode))
      for _, map in ipairs(plain:api('nvim_get_keymap', mode)) do
        assert.falsy((map.desc or ''):find('newsoutline', 1, true))
        assert.falsy(tostring(map.rhs):find('newsoutline', 1, true))
      end
    end
    plain:stop()
  end)
end)
