local article = require('article')
local child = require('child')

describe('folds', function()
  local nvim

  before_each(function()
    nvim = child.start({ config = { debounce = 20 } })
  end)

  after_each(function()
    nvim:stop()
  end)

  local function levels()
    local list = {}
    for lnum = 1, nvim:fn('line', '$') do
      list[lnum] = nvim:fn('foldlevel', lnum)
    end
    return list
  end

  --- The first line of the closed fold that a line lies in, or -1.
  local function closed(lnum)
    return nvim:fn('foldclosed', lnum)
  end

  --- Levels of the article's lines as they ought to be, told from the analysis: how many sections hold the line.
  local function expected()
    return nvim:lua([[
      local list = {}
      for lnum = 1, vim.fn.line('$') do
        list[lnum] = 0
      end
      local outline = require('newsoutline').get().outline
      for i, section in ipairs(outline) do
        local last = section.to[1] + 1
        local following = vim.fn.line('$')
        for k = #outline, i + 1, -1 do
          following = outline[k].from[1] >= last and outline[k].from[1] or following
        end
        while last < following and vim.fn.getline(last + 1) == '' do
          last = last + 1
        end
        for lnum = section.from[1] + 1, last do
          list[lnum] = list[lnum] + 1
        end
      end
      return list
    ]])
  end

  it('are set in nobody’s window until asked for', function()
    nvim:edit('ferry.md', article.lines)
    nvim:cmd('NewsOutline')
    nvim:cmd('NewsQuotes')
    nvim:cmd('cclose')
    assert.are.equal('manual', nvim:api('nvim_get_option_value', 'foldmethod', {}))
  end)

  it('close each section, open the one at the cursor', function()
    nvim:edit('ferry.md', article.lines)
    nvim:feed('19G')
    nvim:cmd('NewsOutline fold')
    assert.are.same(expected(), levels())
    assert.are_not.equal(-1, closed(7))
    assert.are.equal(-1, closed(19))
  end)

  it('say the title, paragraphs, words and time of what is closed', function()
    nvim:edit('ferry.md', article.lines)
    nvim:cmd('NewsOutline fold')
    nvim:cmd('set foldlevel=99')
    nvim:feed('12Gzc')
    assert.are.equal(11, closed(12))
    assert.truthy(nvim:screen():find('▸ Who pays  1 paragraph, 6 words, 0:02 min', 1, true))
  end)

  it('give the window its own options back', function()
    nvim:edit('ferry.md', article.lines)
    nvim:cmd('setlocal foldmethod=indent foldlevel=3')
    nvim:cmd('NewsOutline fold')
    assert.are.equal('expr', nvim:api('nvim_get_option_value', 'foldmethod', {}))
    nvim:cmd('NewsOutline! fold')
    assert.are.equal('indent', nvim:api('nvim_get_option_value', 'foldmethod', {}))
    assert.are.equal(3, nvim:api('nvim_get_option_value', 'foldlevel', {}))
  end)

  it('give a window that was split from it the same back, also where the first one is closed', function()
    nvim:edit('ferry.md', article.lines)
    nvim:cmd('setlocal foldmethod=indent foldlevel=3')
    nvim:cmd('NewsOutline fold')
    local first = nvim:api('nvim_get_current_win')
    nvim:cmd('split')
    nvim:cmd('split')
    nvim:api('nvim_win_close', first, true)
    nvim:cmd('NewsOutline! fold')
    for _, win in ipairs(nvim:api('nvim_list_wins')) do
      assert.are.equal('indent', nvim:api('nvim_get_option_value', 'foldmethod', { win = win }))
      assert.are.equal('0', nvim:api('nvim_get_option_value', 'foldexpr', { win = win }))
    end
  end)

  it('do not leak into the next buffer of the window, and are there again with the article', function()
    nvim:edit('ferry.md', article.lines)
    nvim:cmd('NewsOutline fold')
    nvim:edit('code.lua', { 'return 1' })
    assert.are.equal('manual', nvim:api('nvim_get_option_value', 'foldmethod', {}))
    nvim:cmd('buffer ferry.md')
    assert.are.equal('expr', nvim:api('nvim_get_option_value', 'foldmethod', {}))
    nvim:cmd('split')
    assert.are.equal('expr', nvim:api('nvim_get_option_value', 'foldmethod', {}))
  end)

  it('stay as they are while one types above them, and follow the new analysis', function()
    nvim:edit('ferry.md', article.lines)
    nvim:cmd('NewsOutline fold')
    nvim:cmd('set foldlevel=99')
    nvim:feed('12Gzc')
    nvim:lua("require('newsoutline.config').setup({ debounce = 100000 })")
    nvim:api(
      'nvim_buf_set_lines',
      0,
      3,
      3,
      false,
      { '', 'The harbour master agreed with the council on Monday.', '' }
    )
    local before = levels()
    assert.are.equal(14, closed(15))
    nvim:lua("require('newsoutline').refresh()")
    nvim:lua('vim.wait(30)')
    assert.are.equal(14, closed(15))
    assert.are.same(expected(), levels())
    assert.are.same(before, levels())

    nvim:api('nvim_buf_set_lines', 0, 3, 6, false, {})
    assert.are.equal(11, closed(12))
    nvim:api('nvim_buf_set_lines', 0, -1, -1, false, article.section('At the end'))
    nvim:lua("require('newsoutline').refresh()")
    nvim:lua('vim.wait(30)')
    assert.are.same(expected(), levels())
    assert.are.equal(11, closed(12))
  end)

  it('follow a change by themselves', function()
    nvim:edit('ferry.md', article.lines)
    nvim:cmd('NewsOutline fold')
    nvim:api('nvim_buf_set_lines', 0, -1, -1, false, article.section('At the end'))
    assert.truthy(nvim:wait(function()
      return vim.deep_equal(expected(), levels())
    end))
    assert.is_true(levels()[23] > 0)
  end)

  it('work as foldexpr and foldtext set by hand', function()
    nvim:edit('ferry.md', article.lines)
    nvim:cmd([[setlocal foldexpr=v:lua.require'newsoutline.fold'.expr() foldmethod=expr]])
    assert.are.same(expected(), levels())
  end)

  it('are left alone in diff mode', function()
    nvim:edit('ferry.md', article.lines)
    nvim:cmd('diffthis')
    nvim:cmd('NewsOutline fold')
    assert.truthy(nvim:messages():find('diff mode', 1, true))
    assert.are.equal('diff', nvim:api('nvim_get_option_value', 'foldmethod', {}))
  end)

  it('come by themselves with fold.auto, as far open as foldlevelstart', function()
    nvim:stop()
    nvim = child.start({ config = { fold = { auto = true } } })
    nvim:cmd('set foldlevelstart=1')
    nvim:edit('ferry.md', article.lines)
    assert.truthy(nvim:wait(function()
      return nvim:api('nvim_get_option_value', 'foldmethod', {}) == 'expr'
    end))
    assert.are.equal(1, nvim:api('nvim_get_option_value', 'foldlevel', {}))
    nvim:edit('code.lua', { 'return 1' })
    nvim:lua('vim.wait(50)')
    assert.are.equal('manual', nvim:api('nvim_get_option_value', 'foldmethod', {}))
  end)

  it('take 80,000 lines without a pause', function()
    nvim:edit('long.md', article.long(20000))
    local milliseconds = nvim:lua([[
      local start = vim.uv.hrtime()
      vim.cmd('NewsOutline fold')
      vim.cmd('redraw')
      return (vim.uv.hrtime() - start) / 1e6
    ]])
    -- Some 200 ms here; anything quadratic takes minutes, on a machine under load too.
    assert.is_true(milliseconds < 30000, milliseconds .. ' ms')
    assert.is_true(closed(79000) > 78990)
  end)
end)
