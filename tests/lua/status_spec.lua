--- Texts for the status line and the winbar, and the colours in an article.
local child = require('child')

local article = {
  '# Harbour bridge to close',
  '',
  '## Ferries',
  '',
  'The boats of Omar Haddad will sail four times a day until the bridge in Norway is repaired.',
  '',
  '## 100% paid',
  '',
  'The bridge was paid for by Norway, and nobody expects that the repairs will be paid for by anybody else.',
}

--- Opens the article, its names being known for sure.
local function open(nvim)
  nvim:write(
    '.newsoutline.json',
    [[{ "entities": [
    { "name": "Omar Haddad", "type": "person" }, { "name": "Norway", "type": "place" }
  ] }]]
  )
  nvim:edit('bridge.md', article)
end

describe('the status texts', function()
  local nvim
  before_each(function()
    nvim = child.start()
    open(nvim)
  end)
  after_each(function()
    nvim:stop()
  end)

  it('are empty before the first analysis and make none', function()
    assert.equal('', nvim:lua("return require('newsoutline').status()"))
    assert.equal('', nvim:lua("return require('newsoutline').breadcrumb()"))
    assert.equal(vim.NIL, nvim:lua("return (require('newsoutline.document').peek(0))"))
  end)

  it('count what there is, and tell when the text was changed since', function()
    nvim:lua("require('newsoutline').get(0)")
    assert.equal('0 quotes · 0 speakers · 2 entities', nvim:lua("return require('newsoutline').status()"))
    nvim:api('nvim_buf_set_lines', 0, -1, -1, false, { 'More words were added to the article.' })
    assert.equal(
      '0 quotes · 0 speakers · 2 entities …',
      nvim:lua("return require('newsoutline').status()")
    )
  end)

  it('tell the sections of the cursor, also in a status line', function()
    nvim:lua("require('newsoutline').get(0)")
    nvim:api('nvim_win_set_cursor', 0, { 9, 0 })
    assert.equal('100% paid', nvim:lua("return require('newsoutline').breadcrumb()"))
    nvim:cmd([[set winbar=%{v:lua.require'newsoutline'.breadcrumb()}]])
    assert.equal('100% paid', nvim:screen():match('^[^\n]*'))
    nvim:api('nvim_win_set_cursor', 0, { 5, 0 })
    assert.equal('Ferries', nvim:lua("return require('newsoutline').breadcrumb()"))
  end)

  it('cut long titles', function()
    nvim:lua("require('newsoutline').get(0)")
    nvim:api('nvim_win_set_cursor', 0, { 9, 0 })
    assert.equal('100%…', nvim:lua("return require('newsoutline').breadcrumb(0, { width = 5 })"))
  end)
end)

describe('colours', function()
  --- Group and text of each mark in the article.
  local function colours(nvim)
    return nvim:lua([[
      local ns = vim.api.nvim_get_namespaces()['newsoutline.highlight']
      local found = {}
      for _, mark in ipairs(ns and vim.api.nvim_buf_get_extmarks(0, ns, 0, -1, { details = true }) or {}) do
        local d = mark[4]
        if not d.invalid then
          local text = vim.api.nvim_buf_get_text(0, mark[2], mark[3], d.end_row, d.end_col, {})
          found[#found + 1] = d.hl_group .. ' ' .. table.concat(text, '\n')
        end
      end
      return found
    ]])
  end
  local expected = { 'NewsOutlinePerson Omar Haddad', 'NewsOutlinePlace Norway', 'NewsOutlinePlace Norway' }

  it('come with the command, follow changes, and go with !', function()
    local nvim = child.start()
    open(nvim)
    assert.same({}, colours(nvim))
    nvim:cmd('NewsOutline highlight')
    assert.same(expected, colours(nvim))
    nvim:api(
      'nvim_buf_set_lines',
      0,
      4,
      5,
      false,
      { 'The boats will sail four times a day until the bridge in Norway is repaired.' }
    )
    assert.truthy(nvim:wait(function()
      return vim.deep_equal({ expected[2], expected[3] }, colours(nvim))
    end))
    nvim:cmd('NewsOutline! highlight')
    assert.same({}, colours(nvim))
    nvim:stop()
  end)

  it('come with the option, in articles only', function()
    local nvim = child.start({ config = { highlight = true } })
    open(nvim)
    assert.truthy(nvim:wait(function()
      return vim.deep_equal(expected, colours(nvim))
    end))
    nvim:edit('code.lua', { '-- Omar Haddad of Norway' })
    vim.wait(100)
    assert.same({}, colours(nvim))
    nvim:stop()
  end)

  it('give way to a colour scheme and the user', function()
    local nvim = child.start()
    nvim:cmd('highlight NewsOutlinePerson guifg=#112233')
    open(nvim)
    nvim:cmd('NewsOutline highlight')
    assert.equal(0x112233, nvim:api('nvim_get_hl', 0, { name = 'NewsOutlinePerson' }).fg)
    assert.equal('Constant', nvim:api('nvim_get_hl', 0, { name = 'NewsOutlinePlace' }).link)
    nvim:stop()
  end)

  it('are known after another colour scheme was set', function()
    local nvim = child.start()
    open(nvim)
    nvim:cmd('NewsOutline highlight')
    nvim:cmd('colorscheme blue')
    assert.equal('Constant', nvim:api('nvim_get_hl', 0, { name = 'NewsOutlinePlace' }).link)
    nvim:stop()
  end)
end)
