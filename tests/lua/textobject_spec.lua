--- Text objects: the exact characters that they take.
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

--- What an operator or the Visual mode takes, read from register z.
local function taken(keys)
  nvim:fn('setreg', 'z', '')
  nvim:feed(keys)
  return nvim:fn('getreg', 'z')
end

describe('a text object', function()
  it('takes a quote without and with its marks, to the byte', function()
    nvim:api('nvim_win_set_cursor', 0, { 7, 20 })
    assert.equal('Naïve plans cost more — we cannot wait,', taken('"zyiq'))
    nvim:api('nvim_win_set_cursor', 0, { 7, 20 })
    assert.equal('“Naïve plans cost more — we cannot wait,”', taken('"zyaq'))
    nvim:api('nvim_win_set_cursor', 0, { 11, 3 })
    assert.equal('Every boat will sail,', taken('"zyiq'))
  end)

  it('takes the next quote of the line where the cursor stands in none', function()
    nvim:api('nvim_win_set_cursor', 0, { 13, 0 })
    assert.equal('I rode the ferry as a child,', taken('"zyiq'))
  end)

  it('takes all pieces of a split quote with a count', function()
    nvim:api('nvim_win_set_cursor', 0, { 7, 20 })
    assert.equal(article[7], taken('"zy2aq'))
  end)

  it('takes a quote that goes on in the next paragraph', function()
    nvim:api('nvim_win_set_cursor', 0, { 17, 20 })
    assert.equal('The road is closed to cars.', taken('"zyiq'))
    nvim:api('nvim_win_set_cursor', 0, { 17, 20 })
    assert.equal('The road is closed to cars.\n\n“It stays open to bicycles.', taken('"zy2iq'))
  end)

  it('replaces what Visual mode had, whatever its kind', function()
    nvim:api('nvim_win_set_cursor', 0, { 7, 20 })
    assert.equal('Naïve plans cost more — we cannot wait,', taken('Viq"zy'))
  end)

  it('works with selection=exclusive', function()
    nvim:cmd('set selection=exclusive')
    nvim:api('nvim_win_set_cursor', 0, { 7, 20 })
    assert.equal('“Naïve plans cost more — we cannot wait,”', taken('"zyaq'))
    nvim:api('nvim_win_set_cursor', 0, { 7, 20 })
    assert.equal('Naïve plans cost more — we cannot wait,', taken('viq"zy'))
  end)

  it('can be deleted, changed and repeated', function()
    nvim:api('nvim_win_set_cursor', 0, { 7, 20 })
    nvim:feed('ciqNo<Esc>')
    assert.equal('“No” Brännström said. “The piers are tired.”', nvim:lines()[7])
    nvim:api('nvim_win_set_cursor', 0, { 11, 3 })
    nvim:feed('.')
    assert.equal('"No" said', nvim:lines()[11]:sub(1, 9))
  end)

  it('that finds nothing leaves the operator without effect', function()
    nvim:api('nvim_win_set_cursor', 0, { 2, 0 })
    nvim:feed('ciq')
    assert.equal('n', nvim:api('nvim_get_mode').mode)
    assert.same(article, nvim:lines())
    assert.truthy(nvim:messages():find('no quote under the cursor', 1, true))
  end)

  it('takes the sentence that attributes a quote', function()
    nvim:api('nvim_win_set_cursor', 0, { 13, 40 })
    assert.equal('“I rode the ferry as a child,” she said.', taken('"zyiA'))
  end)

  it('takes a section with and without its title', function()
    nvim:api('nvim_win_set_cursor', 0, { 13, 0 })
    assert.equal(table.concat(article, '\n', 9, 14) .. '\n', taken('"zyaS'))
    nvim:api('nvim_win_set_cursor', 0, { 13, 0 })
    assert.equal(table.concat(article, '\n', 11, 13) .. '\n', taken('"zyiS'))
  end)

  it('knows the marks of a web page, written as references', function()
    nvim:cmd('%bwipeout!')
    quoted.open(nvim, 'ferry.html', {
      '<html><body><article><h1>Ferry sails</h1>',
      '<p>&ldquo;Every <b>boat</b> will sail,&rdquo; said Omar Haddad in the harbour on Friday morning.</p>',
      '</article></body></html>',
    }, {
      {
        parts = { '&ldquo;Every <b>boat</b> will sail,&rdquo;' },
        speaker = 'Omar Haddad',
        mention = 'Omar Haddad',
      },
    })
    nvim:api('nvim_win_set_cursor', 0, { 2, 15 })
    assert.equal('Every <b>boat</b> will sail,', taken('"zyiq'))
    nvim:api('nvim_win_set_cursor', 0, { 2, 15 })
    assert.equal('&ldquo;Every <b>boat</b> will sail,&rdquo;', taken('"zyaq'))
  end)
end)
