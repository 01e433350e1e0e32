--- Yanking a quote with its attribution, and the float about what is under the cursor.
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

describe('yanking a quote', function()
  it('adds the speaker and the place', function()
    nvim:api('nvim_win_set_cursor', 0, { 11, 3 })
    nvim:feed('"zgy')
    assert.equal('“Every boat will sail”, Omar Haddad, bridge.md:11', nvim:fn('getreg', 'z'))
    assert.equal('v', nvim:fn('getregtype', 'z'))
  end)

  it('puts the pieces of a split quote into one pair of marks', function()
    nvim:api('nvim_win_set_cursor', 0, { 7, 20 })
    nvim:feed('gy')
    assert.equal(
      '“Naïve plans cost more — we cannot wait, The piers are tired.”, Zoë Brännström, bridge.md:7',
      nvim:fn('getreg', '"')
    )
  end)

  it('takes every quote that a selection touches, one a line', function()
    nvim:feed('11GV13G"zgy')
    local lines = nvim:fn('getreg', 'z', 1, true)
    assert.equal('n', nvim:api('nvim_get_mode').mode)
    assert.equal('“Every boat will sail”, Omar Haddad, bridge.md:11', lines[1])
    assert.equal('V', nvim:fn('getregtype', 'z'))
    assert.truthy(lines[#lines]:find('^“I rode the ferry as a child”, .*, bridge%.md:13$'))
  end)

  it('takes an excerpt where the selection is a part of one quote', function()
    nvim:api('nvim_win_set_cursor', 0, { 11, 1 })
    nvim:feed('vee"zgy')
    assert.equal('“Every boat”, Omar Haddad, bridge.md:11', nvim:fn('getreg', 'z'))
  end)

  it('takes the words of a web page without their markup', function()
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
    nvim:api('nvim_win_set_cursor', 0, { 2, 10 })
    nvim:feed('vtw"zgy')
    assert.equal('“Every boat”, Omar Haddad, ferry.html:2', nvim:fn('getreg', 'z'))
  end)

  it('names an unnamed buffer as Vim does', function()
    nvim:cmd('enew')
    nvim:api('nvim_buf_set_lines', 0, 0, -1, false, article)
    nvim:api('nvim_win_set_cursor', 0, { 11, 3 })
    nvim:cmd('NewsOutline yank z')
    assert.equal('“Every boat will sail”, Omar Haddad, [No Name]:11', nvim:fn('getreg', 'z'))
  end)
end)

describe('hover', function()
  local function float()
    return nvim:lua([[
      for _, win in ipairs(vim.api.nvim_list_wins()) do
        if vim.api.nvim_win_get_config(win).relative ~= '' then
          local lines = vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(win), 0, -1, false)
          return table.concat(lines, '\n')
        end
      end
      return ''
    ]])
  end

  it('tells who said it, how, and what else they said', function()
    nvim:api('nvim_win_set_cursor', 0, { 11, 3 })
    nvim:feed('gK')
    local text = float()
    assert.truthy(text:find('Omar Haddad', 1, true))
    assert.truthy(text:find('direct quote · cue “said”', 1, true))
    assert.truthy(text:find('more:', 1, true))
    assert.truthy(text:find('The road is closed to cars.', 1, true))
  end)

  it('tells what an entity is', function()
    nvim:api('nvim_win_set_cursor', 0, { 13, 22 })
    nvim:feed('gK')
    local text = float()
    assert.truthy(text:find('Omar Haddad', 1, true))
    assert.truthy(text:find('person', 1, true))
  end)

  it('says so where there is nothing', function()
    nvim:api('nvim_win_set_cursor', 0, { 2, 0 })
    nvim:feed('gK')
    assert.equal('', float())
    assert.truthy(nvim:messages():find('no quote, entity or annotation under the cursor', 1, true))
  end)
end)
