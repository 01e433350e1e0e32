--- The reading view: what it shows, that every place of it is linked to the exact bytes of the source both ways, and
--- that what is done there is done to the source.
local child = require('child')

--- A page as sites make them: furniture, entities, inline elements, line breaks within paragraphs.
local page = {
  '<!DOCTYPE html>',
  '<html lang="en"><head><meta charset="utf-8">',
  '<title>Harbour wall to be raised by a metre</title>',
  '<meta property="og:site_name" content="Tidewater News">',
  '</head><body>',
  '<nav><a href="/">Home</a> <a href="/sport">Sport</a></nav>',
  '<article>',
  '<h1>Harbour wall to be raised by a&nbsp;metre</h1>',
  '<p class="byline">By <a rel="author" href="/mo">Mo Lindqvist</a></p>',
  '<p>The council of Saltmarsh voted on Tuesday to raise the harbour wall by one metre, at a cost of',
  '   &pound;4m, after the flood of last winter.</p>',
  '<p>&ldquo;We were <em>very</em> lucky &amp; we&nbsp;know',
  'it,&rdquo; said <b>Carla Mendes</b>, the harbour master. &#8220;Next time we will not be.&#8221;</p>',
  '<h2>What it costs</h2>',
  '<ul><li>The wall itself takes three quarters of the money.</li>',
  '<li>New gates take the rest of it, she said.</li></ul>',
  '<p>The work is to start in May and takes a year, Mendes told the council in a statement on Tuesday.</p>',
  '</article>',
  '<footer><p>&copy; 2024 Tidewater News. All rights reserved.</p></footer>',
  '</body></html>',
}

local nvim, source, source_win, view, view_win

local function start(options)
  nvim = child.start(vim.tbl_extend('force', { columns = 160 }, options or {}))
end

local function open(name, lines)
  source = nvim:edit(name or 'wall.html', lines or page)
  source_win = nvim:api('nvim_get_current_win')
  nvim:cmd('NewsRead')
  view, view_win = nvim:api('nvim_get_current_buf'), nvim:api('nvim_get_current_win')
end

after_each(function()
  if nvim then
    nvim:stop()
    nvim = nil
  end
end)

local function text(buf, span)
  return table.concat(
    nvim:api('nvim_buf_get_text', buf, span.from[1], span.from[2], span.to[1], span.to[2], {}),
    '\n'
  )
end

local function analysis(buf)
  return nvim:lua("return require('newsoutline').get(...)", buf)
end

--- Puts the cursor on the first place of a pattern in a window.
local function put(win, pattern)
  nvim:api('nvim_set_current_win', win)
  nvim:cmd('normal! gg0')
  assert.is_true(nvim:fn('search', '\\V' .. pattern, 'cW') > 0, pattern)
  nvim:cmd('doautocmd CursorMoved')
end

--- What stands from the cursor of a window on.
local function at(win, n)
  local cursor = nvim:api('nvim_win_get_cursor', win)
  local line =
    nvim:api('nvim_buf_get_lines', nvim:api('nvim_win_get_buf', win), cursor[1] - 1, cursor[1], true)[1]
  return line:sub(cursor[2] + 1, cursor[2] + n)
end

local function settle()
  nvim:lua('vim.wait(50)')
end

describe('the reading view', function()
  it('shows the article alone, decoded and set for reading', function()
    start()
    open()
    assert.same({
      'Harbour wall to be raised by a\194\160metre',
      'Mo Lindqvist · Tidewater News · 86 words, 0:22 min',
      '',
      'The council of Saltmarsh voted on Tuesday to raise the harbour wall by one metre, at a cost of £4m, after the '
        .. 'flood of last winter.',
      '',
      '“We were very lucky & we\194\160know it,” said Carla Mendes, the harbour master. “Next time we will not be.”',
      '',
      'What it costs',
      '',
      'The wall itself takes three quarters of the money.',
      'New gates take the rest of it, she said.',
      '',
      'The work is to start in May and takes a year, Mendes told the council in a statement on Tuesday.',
    }, nvim:lines())
    local screen = nvim:screen()
    assert.truthy(screen:find('• New gates', 1, true))
    assert.equal('newsoutline-read', nvim:api('nvim_get_option_value', 'filetype', { buf = view }))
    assert.equal('nofile', nvim:api('nvim_get_option_value', 'buftype', { buf = view }))
    assert.is_false(nvim:api('nvim_get_option_value', 'modifiable', { buf = view }))
    assert.is_true(nvim:api('nvim_get_option_value', 'wrap', { win = view_win }))
    assert.is_false((pcall(nvim.api, nvim, 'nvim_buf_set_lines', view, 0, 1, false, { 'x' })))
  end)

  it('says author and date once, on top, however often and in how many pieces the page has them', function()
    start()
    local lines = nvim:lua([[
      return require('newsoutline.read.page').build({
        analysis = {
          bylines = { { text = 'Mo Lindqvist' } },
          date = { text = '6 February 2024 | 5:05 PM', iso = '2024-02-06T17:05', from = { 0, 0 }, to = { 0, 25 } },
          items = {},
          words = 0,
        },
        blocks = {
          { role = 'date', level = 0, text = '6 February 2024 |', pieces = { 0, 0, 17 } },
          { role = 'paragraph', level = 0, text = '5:05 PM', pieces = { 0, 18, 25 } },
          { role = 'byline', level = 0, text = 'By Mo Lindqvist', pieces = { 0, 30, 45 } },
          { role = 'paragraph', level = 0, text = 'The wall was raised.', pieces = { 0, 50, 70 } },
        },
        offset = function(position)
          return position[2]
        end,
        is_whole = false,
      }).lines
    ]])
    assert.same({ 'Mo Lindqvist · 6 February 2024 | 5:05 PM', '', 'The wall was raised.' }, lines)
  end)

  it(
    'has every quote and mention at its exact place, and each leads to the exact bytes of the source',
    function()
      for _, file in ipairs({
        'bridge-repair.html',
        'evening-news.rss',
        'orchard-frost.nitf',
        'dam-inquiry.md',
      }) do
        start()
        nvim:cmd('edit ' .. child.root .. '/seeds/' .. file)
        source = nvim:api('nvim_get_current_buf')
        nvim:cmd('NewsRead')
        view = nvim:api('nvim_get_current_buf')
        local there, here = analysis(source), analysis(view)
        assert.equal(#there.quotes, #here.quotes)
        assert.is_true(#there.quotes > 0)
        local function linked(original, shown, words)
          if words then
            assert.equal(words, (text(view, shown):gsub('%s+', ' ')), file)
          end
          local back = nvim:lua(
            "return select(2, require('newsoutline.origin').span(...))",
            view,
            { from = shown.from, to = shown.to }
          )
          assert.same({ original.from, original.to }, { back.from, back.to }, file)
        end
        for i, quote in ipairs(there.quotes) do
          linked(quote, here.quotes[i], #quote.parts == 1 and quote.text or nil)
          for k, part in ipairs(quote.parts) do
            linked(part, here.quotes[i].parts[k])
          end
          if quote.speaker then
            linked(quote.speaker, here.quotes[i].speaker)
          end
        end
        for i, entity in ipairs(there.entities) do
          for k, mention in ipairs(entity.mentions) do
            linked(mention, here.entities[i].mentions[k], mention.text)
          end
        end
        nvim:stop()
        nvim = nil
      end
    end
  )

  it('leads every character to its source and back', function()
    start()
    open()
    local wrong = nvim:lua(
      [[
      local origin, view, source = require('newsoutline.origin'), ...
      local wrong, n = {}, 0
      for row, line in ipairs(vim.api.nvim_buf_get_lines(view, 0, -1, false)) do
        for _, at in ipairs(vim.str_utf_pos(line)) do
          local stop = at + vim.str_utf_end(line, at)
          local span = { from = { row - 1, at - 1 }, to = { row - 1, stop } }
          local _, there = origin.span(view, span)
          if there then
            n = n + 1
            local back = origin.place(view, there)
            local words = table.concat(vim.api.nvim_buf_get_text(
              source, there.from[1], there.from[2], there.to[1], there.to[2], {}), '\n')
            local same = words == line:sub(at, stop) or words:find('^&#?%w+;$') or words:find('^%s+$')
            if not same or not vim.deep_equal(back, span) then
              wrong[#wrong + 1] = { line:sub(at, stop), words, back }
            end
          end
        end
      end
      return { wrong, n }
    ]],
      view,
      source
    )
    assert.same({}, wrong[1])
    assert.is_true(wrong[2] > 450, 'few characters are linked: ' .. wrong[2])
  end)

  it('colours quotes and names as the article does', function()
    start()
    open()
    local groups = nvim:lua(
      [[
      local found = {}
      local id = vim.api.nvim_get_namespaces()['newsoutline.highlight']
      for _, mark in ipairs(vim.api.nvim_buf_get_extmarks(..., id, 0, -1, { details = true })) do
        local d = mark[4]
        local words = vim.api.nvim_buf_get_text(0, mark[2], mark[3], d.end_row, d.end_col, {})
        found[d.hl_group .. ' ' .. table.concat(words)] = true
      end
      return found
    ]],
      view
    )
    assert.is_true(groups['NewsOutlineQuoteDirect “Next time we will not be.”'])
    assert.is_true(groups['NewsOutlinePerson Carla Mendes'])
  end)

  it('moves the cursor of the source, and follows it', function()
    start()
    open()
    put(view_win, 'lucky')
    assert.equal('lucky', at(source_win, 5))
    put(view_win, '& we')
    assert.equal('&amp; we', at(source_win, 8))
    put(source_win, 'gates')
    assert.equal('gates', at(view_win, 5))
    put(source_win, '&#8220;Next')
    assert.equal('“Next', at(view_win, 7))
    -- A tag belongs to the text behind it.
    put(source_win, '<b>Carla')
    assert.equal('Carla', at(view_win, 5))
    -- And going back to the source does not move it away from where it was.
    nvim:api('nvim_set_current_win', view_win)
    nvim:cmd('doautocmd CursorMoved')
    assert.equal('<b>Carla', at(source_win, 8))
    nvim:feed('p')
    put(view_win, 'May')
    assert.equal('<b>Carla', at(source_win, 8))
  end)

  it('goes to the exact byte with <CR>, and selects there what was selected', function()
    start()
    open()
    put(view_win, 'we\194\160know')
    nvim:feed('<CR>')
    assert.equal(source_win, nvim:api('nvim_get_current_win'))
    assert.equal('we&nbsp;know', at(source_win, 12))
    put(view_win, '“We were')
    nvim:feed('vf”<CR>"zy')
    assert.equal('&ldquo;We were <em>very</em> lucky &amp; we&nbsp;know\nit,&rdquo;', nvim:fn('getreg', 'z'))
    -- The meta line leads to the byline; what stands nowhere says so.
    put(view_win, 'Lindqvist')
    nvim:feed('<CR>')
    assert.equal('Lindqvist</a>', at(source_win, 13))
    nvim:api('nvim_set_current_win', view_win)
    nvim:api('nvim_win_set_cursor', view_win, { 3, 0 })
    nvim:feed('<CR>')
    assert.truthy(nvim:messages():find('does not stand in the article', 1, true))
  end)

  it('opens the source again where its window is gone', function()
    start()
    open()
    nvim:cmd('only')
    put(view_win, 'gates')
    nvim:feed('<CR>')
    assert.equal(source, nvim:api('nvim_get_current_buf'))
    assert.equal('gates', at(0, 5))
    assert.equal(2, #nvim:api('nvim_list_wins'))
  end)

  it('has motions, text objects, hover and yank', function()
    start({ config = { keymaps = true } })
    open()
    nvim:feed('gg]"')
    assert.equal('“We were', at(view_win, 10))
    nvim:feed('f“"zyiq')
    assert.equal('Next time we will not be.', nvim:fn('getreg', 'z'))
    nvim:feed('"zyiA')
    assert.truthy(nvim:fn('getreg', 'z'):find('^“We were.*not be.”$'))
    nvim:feed('gg]]]]')
    assert.equal('What it costs', nvim:api('nvim_get_current_line'))
    put(view_win, 'lucky')
    nvim:feed('gy')
    assert.equal(
      '“We were very lucky & we\194\160know it, Next time we will not be.”, Carla Mendes, wall.html:12',
      nvim:fn('getreg', '"'),
      'the place is that of the source'
    )
    nvim:feed('gK')
    assert.truthy(nvim:screen():find('direct quote', 1, true))
  end)

  it('lists quotes and mentions with their places in the source', function()
    start()
    open()
    nvim:cmd('NewsQuotes')
    local items = nvim:fn('getqflist')
    assert.equal(source, items[1].bufnr)
    assert.equal(12, items[1].lnum)
    nvim:cmd('cfirst')
    assert.equal('&ldquo;We', at(source_win, 9))
    assert.equal('“We', at(view_win, 5))
  end)

  it('is what the outline is about while the cursor is in it', function()
    start()
    open()
    nvim:cmd('NewsOutline open')
    assert.is_true(nvim:fn('search', 'What it costs') > 0)
    nvim:feed('<CR>')
    settle()
    assert.equal(view_win, nvim:api('nvim_get_current_win'))
    assert.equal('What it costs', nvim:api('nvim_get_current_line'))
    assert.equal('What it costs', at(source_win, 13))
  end)

  it('corrects a speaker of the source', function()
    start()
    open()
    put(view_win, 'Next time')
    nvim:lua([[
      vim.ui.select = function(choices, _, on_choice)
        on_choice(choices[#choices])
      end
    ]])
    nvim:cmd('NewsOutline correct')
    local kinds = {}
    for _, buf in ipairs({ source, view }) do
      for _, quote in ipairs(analysis(buf).quotes) do
        kinds[#kinds + 1] = quote.kind
      end
    end
    assert.is_true(vim.tbl_contains(kinds, 'term'))
    local n = #kinds / 2
    assert.same(vim.list_slice(kinds, 1, n), vim.list_slice(kinds, n + 1))
  end)
end)

describe('a note made in the reading view', function()
  local function sidecar()
    return nvim:wait(function()
      local file = io.open(nvim.folder .. '/wall.html.annotations.json', 'rb')
      local content = file and file:read('*a')
      if file then
        file:close()
      end
      return content and content:find('Really%?') and content
    end)
  end

  local function places(buf)
    return nvim:lua(
      [[
      local found = {}
      local id = vim.api.nvim_get_namespaces()['newsoutline.annotations.display']
      for _, mark in ipairs(vim.api.nvim_buf_get_extmarks(..., id, 0, -1, { details = true })) do
        local d = mark[4]
        if d.end_row then
          found[#found + 1] = table.concat(
            vim.api.nvim_buf_get_text(..., mark[2], mark[3], d.end_row, d.end_col, {}), '\n')
        end
      end
      return found
    ]],
      buf
    )
  end

  local html = 'lucky &amp; we&nbsp;know\nit,&rdquo;'
  local words = 'lucky & we\194\160know it,”'

  it('lands on the exact bytes of the source, is shown in both, and comes back', function()
    start()
    open()
    put(view_win, 'lucky')
    nvim:feed('vf”:NewsAnnotate @claim Really?<CR>')
    assert.same({ html }, places(source))
    assert.same({ words }, places(view))
    assert.truthy(sidecar())
    local folder = nvim.folder
    local path = folder .. '/wall.html'
    local other = child.start({ columns = 160 })
    other:cmd('edit ' .. path)
    local first = nvim
    nvim = other
    source = nvim:api('nvim_get_current_buf')
    assert.same({ html }, places(source))
    nvim:cmd('NewsRead')
    assert.same({ words }, places(nvim:api('nvim_get_current_buf')))
    first:stop()
  end)

  it('is found, changed and deleted there', function()
    start()
    open()
    put(view_win, 'lucky')
    nvim:feed('vf”:NewsAnnotate @claim Really?<CR>')
    put(view_win, 'we\194\160know')
    nvim:cmd('NewsAnnotations status verified')
    assert.truthy(nvim:screen():find('[verified] Really?', 1, true))
    nvim:cmd('normal! gg')
    nvim:lua("require('newsoutline.annotations.action').go(1)")
    assert.equal('lucky', at(view_win, 5))
    nvim:cmd('NewsLabel check')
    assert.equal('check', nvim:lua("return require('newsoutline.annotations').list(...)[1].label", source))
    nvim:cmd('NewsAnnotations delete')
    assert.same({}, places(source))
    assert.same({}, places(view))
  end)

  it('takes what a motion goes over, or the thing under the cursor', function()
    start()
    open()
    put(view_win, 'Carla')
    nvim:cmd('NewsAnnotate Really?')
    assert.same({ 'Carla Mendes' }, places(source))
    put(view_win, 'gates')
    nvim:cmd('nmap ga <Plug>(newsoutline-annotate)')
    nvim:feed('gae')
    nvim:feed('iWhich gates?<C-s>')
    settle()
    assert.same({ 'Carla Mendes', 'gates' }, places(source))
    assert.same({ 'Carla Mendes', 'gates' }, places(view))
  end)
end)

describe('staying in step', function()
  it('shows what was changed in the source, and stays where it was', function()
    start({ config = { debounce = 10 } })
    open()
    put(view_win, 'gates')
    nvim:api(
      'nvim_buf_set_lines',
      source,
      9,
      9,
      false,
      { '<p>A first paragraph that is &lsquo;new&rsquo; here.</p>' }
    )
    assert.is_true(nvim:wait(function()
      return nvim:lines(view)[4] == 'A first paragraph that is ‘new’ here.'
    end))
    assert.equal('gates', at(view_win, 5))
    put(view_win, 'gates')
    nvim:feed('<CR>')
    assert.equal('gates', at(source_win, 5))
    nvim:cmd('undo')
    assert.is_true(nvim:wait(function()
      return vim.startswith(nvim:lines(view)[4], 'The council')
    end))
  end)

  it('goes to the right byte even before the next analysis', function()
    start({ config = { debounce = 10000 } })
    open()
    nvim:api('nvim_buf_set_lines', source, 5, 6, false, {})
    nvim:api('nvim_buf_set_lines', source, 0, 1, false, {})
    put(view_win, 'gates')
    nvim:feed('<CR>')
    assert.equal('gates', at(source_win, 5))
  end)

  it('survives :edit! and a change from outside', function()
    start({ config = { debounce = 10 } })
    open()
    local changed = vim.deepcopy(page)
    changed[14] = '<h2>What it will cost</h2>'
    nvim:write('wall.html', changed)
    nvim:api('nvim_set_current_win', source_win)
    nvim:cmd('edit!')
    assert.is_true(nvim:wait(function()
      return nvim:api('nvim_buf_is_valid', view) and vim.tbl_contains(nvim:lines(view), 'What it will cost')
    end))
    put(view_win, 'gates')
    assert.equal('gates', at(source_win, 5))
  end)
end)

describe('a view whose text is gone', function()
  it('is there again after :edit in it', function()
    start()
    open()
    local before = nvim:lines()
    for _, command in ipairs({ 'edit', 'edit!' }) do
      nvim:cmd(command)
      settle()
      assert.same(before, nvim:lines())
      assert.is_false(nvim:api('nvim_get_option_value', 'modifiable', { buf = view }))
      nvim:cmd('normal! gg')
      nvim:lua("require('newsoutline.motion').go('quote', 1)")
      assert.equal('“We were', at(view_win, 10))
    end
  end)

  it('says why, and comes back with it', function()
    start({ config = { debounce = 10 } })
    open()
    nvim:api('nvim_buf_set_lines', source, 0, -1, false, { ('\1\2\3'):rep(3000) })
    assert.is_true(nvim:wait(function()
      return vim.deep_equal({ 'wall.html: not text but a binary file' }, nvim:lines(view))
    end))
    nvim:feed('<CR>')
    assert.equal(view_win, nvim:api('nvim_get_current_win'))
    nvim:api('nvim_buf_set_lines', source, 0, -1, false, {})
    assert.is_true(nvim:wait(function()
      return nvim:lines(view)[1] == 'There is no text here.'
    end))
    nvim:api('nvim_buf_set_lines', source, 0, -1, false, page)
    assert.is_true(nvim:wait(function()
      return vim.tbl_contains(nvim:lines(view), 'What it costs')
    end))
    assert.is_false(vim.tbl_contains(nvim:lines(view), 'Home Sport'))
    put(view_win, 'gates')
    assert.equal('gates', at(source_win, 5))
  end)
end)

describe('a page without an article', function()
  local login = {
    '<html><head><title>Sign in</title></head><body>',
    '<nav><a href="/">Home</a> <a href="/sport">Sport</a> <a href="/jobs">Jobs</a></nav>',
    '<div class="login"><form><label>E-mail</label> <button>Sign in</button></form></div>',
    '<footer><a href="/privacy">Privacy</a> <a href="/terms">Terms</a></footer>',
    '</body></html>',
  }

  it('says so and shows all its text', function()
    start()
    open('login.html', login)
    assert.equal('There is no article here. This is all the text of the page.', nvim:lines()[1])
    assert.truthy(table.concat(nvim:lines(), '\n'):find('Sign in', 1, true))
    put(view_win, 'Jobs')
    assert.equal('Jobs', at(source_win, 4))
    nvim:feed('a')
    assert.truthy(nvim:lines()[1]:find('a shows all the text', 1, true))
    assert.is_nil(table.concat(nvim:lines(), '\n'):find('Jobs', 1, true))
  end)

  it('and any page shows all its text at a key, the cursor on its word', function()
    start()
    open()
    put(view_win, 'gates')
    nvim:feed('a')
    local all = table.concat(nvim:lines(), '\n')
    assert.truthy(all:find('Home', 1, true))
    assert.truthy(all:find('All rights reserved', 1, true))
    assert.truthy(all:find('By Mo Lindqvist', 1, true))
    assert.equal('gates', at(view_win, 5))
    assert.equal('gates', at(source_win, 5))
    nvim:feed('a')
    assert.is_nil(table.concat(nvim:lines(), '\n'):find('Home', 1, true))
    assert.equal('gates', at(view_win, 5))
  end)
end)

describe('the window of the reading view', function()
  it('is one for each article', function()
    start()
    open()
    nvim:api('nvim_set_current_win', source_win)
    nvim:cmd('NewsRead')
    assert.equal(view_win, nvim:api('nvim_get_current_win'))
    assert.equal(2, #nvim:api('nvim_list_wins'))
    nvim:cmd('NewsRead')
    assert.equal(2, #nvim:api('nvim_list_wins'))
    nvim:cmd('tabedit ' .. nvim:write('other.html', page))
    nvim:cmd('NewsRead')
    assert.are_not.equal(view, nvim:api('nvim_get_current_buf'))
  end)

  it('opens where the modifiers say', function()
    start()
    source = nvim:edit('wall.html', page)
    nvim:cmd('tab NewsRead')
    assert.equal(2, #nvim:api('nvim_list_tabpages'))
    assert.equal('newsoutline-read', nvim:api('nvim_get_option_value', 'filetype', { buf = 0 }))
    nvim:feed('q')
    assert.equal(1, #nvim:api('nvim_list_tabpages'))
    nvim:cmd('aboveleft NewsRead')
    assert.equal('col', nvim:fn('winlayout')[1])
    nvim:cmd('NewsRead!')
    assert.equal(1, #nvim:api('nvim_list_wins'))
    nvim:cmd('leftabove vertical NewsRead')
    assert.equal('row', nvim:fn('winlayout')[1])
    assert.equal(nvim:api('nvim_get_current_win'), nvim:fn('winlayout')[2][1][2])
  end)

  it('closes with its source, whatever closes that', function()
    for _, command in ipairs({ 'bdelete', 'bwipeout', 'bunload' }) do
      start()
      local other = nvim:edit('other.lua', { 'return 1' })
      open()
      nvim:api('nvim_set_current_win', source_win)
      nvim:cmd(command)
      settle()
      assert.is_false(nvim:api('nvim_buf_is_valid', view), command)
      assert.equal(1, #nvim:api('nvim_list_wins'), command)
      assert.equal(other, nvim:api('nvim_get_current_buf'), command)
      assert.equal('', nvim:messages())
      nvim:stop()
      nvim = nil
    end
  end)

  it('gives its window away where it is alone and its source is wiped', function()
    start()
    local other = nvim:edit('other.lua', { 'return 1' })
    open()
    nvim:cmd('only')
    nvim:cmd('bwipeout ' .. source)
    settle()
    assert.equal(other, nvim:api('nvim_get_current_buf'))
    assert.is_false(nvim:api('nvim_get_option_value', 'winfixbuf', { win = 0 }))
    assert.is_true(nvim:api('nvim_get_option_value', 'foldenable', { win = 0 }))
    assert.is_false(nvim:api('nvim_get_option_value', 'linebreak', { win = 0 }))
  end)

  it('leaves the article in its place with q where it is alone', function()
    start()
    open()
    nvim:cmd('only')
    nvim:feed('q')
    assert.equal(source, nvim:api('nvim_get_current_buf'))
    assert.equal(1, #nvim:api('nvim_list_wins'))
    assert.is_false(nvim:api('nvim_get_option_value', 'winfixbuf', { win = 0 }))
    assert.is_false(nvim:api('nvim_buf_is_valid', view))
  end)

  it('quits with :q, the last window too', function()
    start()
    open()
    nvim:cmd('quit')
    assert.equal(source_win, nvim:api('nvim_get_current_win'))
    nvim:cmd('NewsRead')
    nvim:cmd('only')
    pcall(nvim.cmd, nvim, 'quit')
    assert.is_true(nvim:wait(function()
      return not nvim:alive()
    end, 2000))
  end)

  it('keeps its own options, whatever the user set', function()
    start({ args = { '--cmd', 'set nowrap list number foldmethod=indent scrollbind' } })
    open()
    for name, value in pairs({
      wrap = true,
      list = false,
      number = false,
      foldmethod = 'manual',
      scrollbind = false,
    }) do
      assert.equal(value, nvim:api('nvim_get_option_value', name, { win = view_win }), name)
    end
    assert.is_false(nvim:api('nvim_get_option_value', 'wrap', { win = source_win }))
  end)

  it('comes back with a session', function()
    start()
    open()
    put(view_win, 'gates')
    nvim:cmd('mksession! ' .. nvim.folder .. '/s.vim')
    local first = nvim
    nvim = child.start({ columns = 160, args = { '-S', first.folder .. '/s.vim' } })
    settle()
    local found
    for _, win in ipairs(nvim:api('nvim_list_wins')) do
      local buf = nvim:api('nvim_win_get_buf', win)
      if nvim:api('nvim_get_option_value', 'filetype', { buf = buf }) == 'newsoutline-read' then
        found = win
        assert.truthy(vim.tbl_contains(nvim:lines(buf), 'What it costs'))
      end
    end
    assert.truthy(found)
    assert.equal(2, #nvim:api('nvim_list_wins'))
    assert.is_nil(nvim:messages():find('E%d+:'))
    view_win = found
    for _, win in ipairs(nvim:api('nvim_list_wins')) do
      source_win = win ~= found and win or source_win
    end
    put(view_win, 'lucky')
    assert.equal('lucky', at(source_win, 5))
    first:stop()
  end)

  it('reads text and Markdown, a buffer without a name, and says what it cannot read', function()
    start()
    open('ferry.md', require('article').lines)
    assert.equal('Town council buys the old ferry', nvim:lines()[1])
    nvim:cmd('NewsRead!')
    nvim:cmd('enew')
    nvim:api('nvim_buf_set_lines', 0, 0, -1, false, require('article').lines)
    nvim:cmd('NewsRead')
    assert.truthy(table.concat(nvim:lines(), '\n'):find('The county pays half.', 1, true))
    nvim:cmd('NewsRead!')
    nvim:cmd('help')
    nvim:cmd('copen')
    nvim:cmd('NewsRead')
    assert.truthy(nvim:messages():find('a quickfix list, not an article', 1, true))
  end)
end)
