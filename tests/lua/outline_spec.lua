local article = require('article')
local child = require('child')

describe('the outline', function()
  local nvim

  --- Opens the article and its outline; the article's window stays current.
  local function open(options, name, lines)
    nvim = child.start(options)
    local buf = nvim:edit(name or 'ferry.md', lines or article.lines)
    nvim:cmd('NewsOutline')
    return buf
  end

  after_each(function()
    if nvim then
      nvim:stop()
      nvim = nil
    end
  end)

  --- The outline's window in the current tab page, or nil.
  local function outline_win()
    for _, win in ipairs(nvim:api('nvim_tabpage_list_wins', 0)) do
      if
        nvim:api('nvim_get_option_value', 'filetype', { buf = nvim:api('nvim_win_get_buf', win) })
        == 'newsoutline'
      then
        return win
      end
    end
  end

  local function outline_lines()
    return nvim:lines(nvim:api('nvim_win_get_buf', outline_win()))
  end

  local function outline_text()
    return table.concat(outline_lines(), '\n')
  end

  --- The outline's line that its cursor is on.
  local function outline_cursor()
    local win = outline_win()
    return outline_lines()[nvim:api('nvim_win_get_cursor', win)[1]]
  end

  local function focus()
    nvim:api('nvim_set_current_win', outline_win())
  end

  --- Puts the cursor of the outline, which is current, on the line that holds a text.
  local function go_to(text)
    for i, line in ipairs(outline_lines()) do
      if line:find(text, 1, true) then
        nvim:api('nvim_win_set_cursor', outline_win(), { i, 0 })
        nvim:cmd('doautocmd <nomodeline> CursorMoved')
        return
      end
    end
    error(text .. ' is not in the outline:\n' .. outline_text())
  end

  it('shows headline, sections, quotes and entities beside the article', function()
    open()
    local text = outline_text()
    assert.truthy(text:find('Town council buys the old ferry', 1, true))
    assert.truthy(text:find('The price', 1, true))
    assert.truthy(text:find('Who pays', 1, true))
    assert.truthy(text:find('What comes next', 1, true))
    assert.truthy(text:find('Entities', 1, true))
    assert.truthy(nvim:screen():find('What comes next', 1, true))
    assert.are.equal(2, #nvim:api('nvim_list_wins'))
  end)

  it('gives words and reading time of each section, its subsections counted in', function()
    open()
    local price, pays
    for _, line in ipairs(outline_lines()) do
      price = price or line:match('The price%s+(%d+w %d+:%d%d)$')
      pays = pays or line:match('Who pays%s+(%d+w %d+:%d%d)$')
    end
    -- "The price" 2, Ruiz 11, ten years 7, "Who pays" 2, county 4; at 230 words a minute.
    assert.are.equal('26w 0:07', price)
    assert.are.equal('6w 0:02', pays)
  end)

  it('leaves the cursor in the article, opens with focus on demand, and toggles', function()
    local buf = open()
    assert.are.equal(buf, nvim:api('nvim_get_current_buf'))
    nvim:cmd('NewsOutline')
    assert.is_nil(outline_win())
    nvim:cmd('NewsOutline open')
    assert.are.equal(outline_win(), nvim:api('nvim_get_current_win'))
    nvim:cmd('NewsOutline close')
    assert.is_nil(outline_win())
    assert.are.equal(buf, nvim:api('nvim_get_current_buf'))
  end)

  it('opens left, right and as a float', function()
    open(nil)
    local function column()
      return nvim:api('nvim_win_get_position', outline_win())[2]
    end
    assert.is_true(column() > 0)
    nvim:cmd('NewsOutline open left')
    assert.are.equal(0, column())
    nvim:cmd('NewsOutline right')
    assert.is_true(column() > 0)
    nvim:cmd('NewsOutline open float')
    assert.are.equal('editor', nvim:api('nvim_win_get_config', outline_win()).relative)
    assert.are.equal(2, #nvim:api('nvim_list_wins'))
    nvim:feed('q')
    assert.is_nil(outline_win())
  end)

  it('jumps with <CR>, and back with <C-o>', function()
    local buf = open()
    focus()
    go_to('What comes next')
    nvim:feed('<CR>')
    assert.are.equal(buf, nvim:api('nvim_get_current_buf'))
    assert.are.same({ 15, 3 }, nvim:api('nvim_win_get_cursor', 0))
    nvim:feed('<C-o>')
    assert.are.equal(1, nvim:api('nvim_win_get_cursor', 0)[1])
  end)

  it('jumps from a float and closes it', function()
    local buf = open()
    nvim:cmd('NewsOutline open float')
    go_to('Who pays')
    nvim:feed('<CR>')
    assert.is_nil(outline_win())
    assert.are.equal(buf, nvim:api('nvim_get_current_buf'))
    assert.are.equal(11, nvim:api('nvim_win_get_cursor', 0)[1])
  end)

  it('previews with o and stays', function()
    open()
    local win = nvim:api('nvim_get_current_win')
    focus()
    go_to('Who pays')
    nvim:feed('o')
    assert.are.equal(outline_win(), nvim:api('nvim_get_current_win'))
    assert.are.same({ 11, 4 }, nvim:api('nvim_win_get_cursor', win))
  end)

  it('lets the article follow after p, until p again', function()
    open()
    local win = nvim:api('nvim_get_current_win')
    focus()
    go_to('Who pays')
    assert.are.equal(1, nvim:api('nvim_win_get_cursor', win)[1])
    nvim:feed('p')
    assert.are.equal(11, nvim:api('nvim_win_get_cursor', win)[1])
    go_to('What comes next')
    assert.are.equal(15, nvim:api('nvim_win_get_cursor', win)[1])
    nvim:feed('p')
    go_to('The price')
    assert.are.equal(15, nvim:api('nvim_win_get_cursor', win)[1])
  end)

  it("follows the article's cursor, and no more after f", function()
    open()
    nvim:feed('12G')
    assert.truthy(outline_cursor():find('Who pays', 1, true))
    nvim:feed('8G')
    assert.truthy(outline_cursor():find('The price', 1, true))
    nvim:feed('19G')
    assert.truthy(outline_cursor():find('What comes next', 1, true))
    focus()
    nvim:feed('f')
    nvim:cmd('wincmd p')
    nvim:feed('12G')
    assert.truthy(outline_cursor():find('What comes next', 1, true))
  end)

  it('folds and unfolds branches', function()
    open()
    focus()
    go_to('The price')
    nvim:feed('za')
    assert.is_nil(outline_text():find('Who pays', 1, true))
    nvim:feed('za')
    assert.truthy(outline_text():find('Who pays', 1, true))
    go_to('Who pays')
    nvim:feed('zc')
    assert.is_nil(outline_text():find('Who pays', 1, true))
    assert.truthy(outline_cursor():find('The price', 1, true))
    nvim:feed('zM')
    assert.is_nil(outline_text():find('Tom Okafor', 1, true))
    nvim:feed('zR')
    assert.truthy(outline_text():find('Tom Okafor', 1, true))
    assert.truthy(outline_text():find('line 17', 1, true), 'mentions are unfolded too')
    go_to('Who pays')
    nvim:feed('zx')
    assert.truthy(outline_text():find('Who pays', 1, true))
    assert.is_nil(outline_text():find('Tom Okafor', 1, true))
  end)

  it('filters as one types, keeps with <CR>, gives up with <Esc>', function()
    open()
    focus()
    nvim:type('/')
    nvim:type('PAYS')
    assert.truthy(nvim:wait(function()
      return not outline_text():find('What comes next', 1, true)
    end))
    assert.truthy(outline_text():find('Who pays', 1, true))
    assert.truthy(outline_text():find('The price', 1, true), 'what encloses a match stays')
    nvim:type('<CR>')
    assert.truthy(nvim:wait(function()
      return nvim:api('nvim_get_mode').mode == 'n'
    end))
    assert.truthy(outline_cursor():find('Who pays', 1, true))
    assert.is_nil(outline_text():find('What comes next', 1, true))
    nvim:feed('<Esc>')
    assert.truthy(outline_text():find('What comes next', 1, true))
    nvim:type('/nosuchword<Esc>')
    assert.truthy(nvim:wait(function()
      return nvim:api('nvim_get_mode').mode == 'n' and outline_text():find('Who pays', 1, true)
    end))
  end)

  it('shows who says what below the section that it is in', function()
    nvim = child.start()
    nvim:edit('ferry.md', article.lines)
    -- The rules that find speakers are not what is tested here.
    nvim:lua([[
      local document = require('newsoutline.document')
      local analysis = document.get()
      for k in pairs(analysis.quotes) do
        analysis.quotes[k] = nil
      end
      local function quote(row, from, to, text, speaker, kind)
        table.insert(analysis.quotes, {
          text = text,
          kind = kind or 'direct',
          from = { row, from },
          to = { row, to },
          parts = { { from = { row, from }, to = { row, to } } },
          content = { from = { row, from }, to = { row, to } },
          speaker = speaker and { name = speaker, from = { row, 0 }, to = { row, 4 }, entities = {}, score = 1 },
          score = 1,
        })
      end
      quote(6, 20, 42, '“the price\nwas fair”', 'Ana Ruiz')
      quote(12, 4, 10, '“county”', nil, 'term')
      quote(16, 0, 28, '“We will paint it blue,”', nil)
    ]])
    nvim:cmd('NewsOutline')
    local text = outline_text()
    assert.truthy(text:find('▾ The price[^\n]*\n    Ana Ruiz: “the price was fair”\n    Who pays'))
    assert.truthy(text:find('▾ What comes next[^\n]*\n    %?: “We will paint it blue,”'))
    assert.is_nil(text:find('county”', 1, true), 'a term is said by nobody')
    nvim:feed('17G')
    assert.truthy(outline_cursor():find('We will paint it blue', 1, true))
    nvim:feed('19G')
    assert.truthy(outline_cursor():find('What comes next', 1, true))
  end)

  it('shows its keys with ?', function()
    open()
    focus()
    nvim:feed('?')
    local keys = table.concat(nvim:lines(), '\n')
    assert.truthy(keys:find('/ +filter as you type'))
    assert.truthy(keys:find('zx +fold all but this branch'))
    nvim:feed('q')
    assert.are.equal(2, #nvim:api('nvim_list_wins'))
    assert.are.equal(outline_win(), nvim:api('nvim_get_current_win'))
  end)

  it('is refreshed after a change and keeps folds and cursor', function()
    open({ config = { debounce = 20 } })
    focus()
    go_to('The price')
    nvim:feed('zc')
    go_to('What comes next')
    nvim:cmd('wincmd p')
    nvim:api('nvim_win_set_cursor', 0, { 15, 0 })
    nvim:api('nvim_buf_set_lines', 0, 3, 3, false, {
      '',
      '## A new part',
      '',
      'The council will vote again on Tuesday, the mayor told reporters after the meeting.',
      '',
    })
    assert.truthy(nvim:wait(function()
      return outline_text():find('A new part', 1, true)
    end))
    assert.is_nil(outline_text():find('Who pays', 1, true))
    focus()
    go_to('What comes next')
    nvim:feed('<CR>')
    assert.are.equal(20, nvim:api('nvim_win_get_cursor', 0)[1])
  end)

  it('shows no stale sections after :edit!', function()
    open({ config = { debounce = 20 } })
    nvim:write('ferry.md', article.other)
    nvim:cmd('edit!')
    assert.truthy(nvim:wait(function()
      return outline_text():find('Only this', 1, true)
    end))
    assert.is_nil(outline_text():find('What comes next', 1, true))
    nvim:api('nvim_buf_set_lines', 0, 4, 5, false, { '## Changed after it' })
    assert.truthy(
      nvim:wait(function()
        return outline_text():find('Changed after it', 1, true)
      end),
      'the buffer is watched again after :edit!'
    )
  end)

  it('shows no stale sections after a change on disk (checktime)', function()
    open({ config = { debounce = 20 } })
    nvim:cmd('set autoread')
    local path = nvim:write('ferry.md', article.other)
    vim.uv.fs_utime(path, os.time() + 10, os.time() + 10)
    nvim:cmd('checktime')
    assert.truthy(nvim:wait(function()
      return outline_text():find('Only this', 1, true)
    end))
  end)
end)
