--- Annotations as they are shown, listed, labelled and worked on: in the article, the window, the outline, the hover.
local child = require('child')

local lines = {
  '# Town council buys the old ferry',
  '',
  'The town council bought the old ferry on Monday, after a long debate about its price.',
  '',
  '## The price',
  '',
  'Mayor Ana Ruiz said “the price was fair” after the vote in the hall.',
  '',
  '## What comes next',
  '',
  'The first trip across the bay is planned for June, the harbour master told reporters.',
}

describe('annotations', function()
  local nvim, path
  local function start(config)
    nvim = child.start({ config = config, columns = 120, lines = 40 })
    nvim:edit('a.md', lines)
    path = nvim.folder .. '/a.md'
  end
  before_each(function()
    start({ keymaps = true })
  end)
  after_each(function()
    nvim:stop()
  end)

  local function annotate(line, column, words)
    nvim:fn('cursor', line, column)
    nvim:cmd('NewsAnnotate ' .. words)
  end
  local function three()
    annotate(7, 30, '@claim is it so?')
    annotate(3, 6, '@check the 1 council')
    annotate(11, 20, '@background harbour plan')
  end
  local function list()
    return nvim:lua([[
      return vim.tbl_map(function(a)
        return ('%s/%s/%s/%s'):format(a.label or '', a.status or '', a.text or '', a.source or '')
      end, require('newsoutline.annotations').list(0))
    ]])
  end
  --- The lines of the window, blanks made one.
  local function shown()
    return vim.tbl_map(function(line)
      return (line:gsub('%s+', ' '))
    end, nvim:lines())
  end
  local function on(text)
    assert.is_true(
      nvim:fn('search', text, 'w') > 0,
      text .. ' is not listed:\n' .. table.concat(nvim:lines(), '\n')
    )
  end

  it('take a label by its key, and the next status by one key', function()
    nvim:fn('cursor', 7, 30)
    nvim:feed('glc')
    assert.same({ 'claim/pending//' }, list())
    nvim:feed('gln')
    assert.same({ 'number/pending//' }, list())
    nvim:feed('gl<Esc>')
    nvim:feed('glz')
    assert.same({ 'number/pending//' }, list())
    for _, status in ipairs({ 'verified', 'false', 'unverifiable', 'pending' }) do
      nvim:feed('gs')
      assert.same({ ('number/%s//'):format(status) }, list())
    end
    nvim:feed('gau')
    assert.same({ 'number/unverifiable//' }, list())
    nvim:feed('gad')
    assert.same({}, list())
  end)

  it('annotate a selection and what a motion goes over', function()
    nvim:fn('cursor', 3, 5)
    nvim:feed('veglb')
    assert.equals('background///', list()[1])
    nvim:lua("vim.ui.input = nil; edit = require('newsoutline.annotations.edit').open")
    nvim:fn('cursor', 3, 18)
    nvim:feed('gao2e')
    nvim:feed('itwo words<Esc>')
    nvim:cmd('write')
    nvim:feed(':<Esc>')
    assert.equals('//two words/', list()[2])
    assert.equals(
      'bought the',
      nvim:lua("return require('newsoutline.annotations').list(0)[2].passage.exact")
    )
  end)

  it('are written in a small window that keeps what is written', function()
    nvim:fn('cursor', 7, 30)
    nvim:feed('gaaifirst line<CR>second<Esc>')
    -- The article changes meanwhile.
    nvim:lua("vim.api.nvim_buf_set_lines(vim.fn.bufnr('a.md'), 0, 0, false, { 'New.', '' })")
    nvim:feed('<C-s>')
    nvim:feed(':<Esc>')
    assert.equals('a.md', nvim:fn('expand', '%:t'))
    assert.same({ '//first line\nsecond/' }, list())
    assert.truthy(nvim:lua([[
      local annotations = require('newsoutline.annotations')
      return annotations.place(0, annotations.list(0)[1]).from[1] == 8
    ]]))
    -- q asks before it drops what was written.
    nvim:lua('answers = { 2, 1 } vim.fn.confirm = function() return table.remove(answers, 1) end')
    nvim:feed('gaeAmore<Esc>q')
    assert.are_not.equal('a.md', nvim:fn('expand', '%:t'))
    nvim:feed('q')
    assert.equals('a.md', nvim:fn('expand', '%:t'))
    assert.same({ '//first line\nsecond/' }, list())
  end)

  it(
    'say before anything is written that a buffer has no file, and give back what has lost its passage',
    function()
      nvim:fn('cursor', 7, 30)
      nvim:feed('gaaikept<Esc>')
      nvim:lua("vim.api.nvim_buf_set_lines(vim.fn.bufnr('a.md'), 0, -1, false, {})")
      nvim:feed('<C-s>')
      assert.truthy(nvim:messages():find('the passage is gone', 1, true))
      assert.equals('kept', nvim:fn('getreg', '"'))
      nvim:feed(':<Esc>')
      nvim:cmd('enew!')
      nvim:fn('setline', 1, 'Nothing was said about the ferry on Monday.')
      nvim:cmd('NewsAnnotate')
      assert.truthy(nvim:messages():find('give the article a name first', 1, true))
      assert.equals(1, #nvim:api('nvim_list_wins'))
    end
  )

  it('open their source, and leave gx to the rest of the text', function()
    annotate(7, 30, '@claim x')
    nvim:cmd('NewsAnnotations source https://example.org/minutes')
    nvim:lua('vim.ui.open = function(link) opened = link end')
    nvim:feed('gx')
    assert.equals('https://example.org/minutes', nvim:lua('return opened'))
    nvim:fn('setline', 3, 'See https://example.org/other for more.')
    nvim:fn('cursor', 3, 10)
    nvim:feed('gx')
    assert.equals('https://example.org/other', nvim:lua('return opened'))
  end)

  it('keep all that was given as a source, and ask before they open what is no page', function()
    annotate(7, 30, '@claim x')
    nvim:cmd('NewsAnnotations source minutes of 3 May.pdf')
    assert.same({ 'claim/pending/x/minutes of 3 May.pdf' }, list())
    nvim:lua([[
      vim.ui.open = function(link) opened = link end
      vim.fn.confirm = function(question) asked = question; return answer end
    ]])
    nvim:feed('gx')
    assert.equals('Open minutes of 3 May.pdf?', nvim:lua('return asked'))
    assert.equals(vim.NIL, nvim:lua('return opened'))
    nvim:lua('answer = 1')
    nvim:feed('gx')
    assert.equals('minutes of 3 May.pdf', nvim:lua('return opened'))
  end)

  it('are not deleted by a filter that begins with the word', function()
    annotate(7, 30, '@claim x')
    for _, command in ipairs({ 'delete this claim', 'undo it', 'edit me', 'status verified by phone' }) do
      assert.is_false(pcall(nvim.cmd, nvim, 'NewsAnnotations ' .. command), command)
      assert.same({ 'claim/pending/x/' }, list(), command)
    end
  end)

  it('show nothing below the last line of their window, and its title from its start', function()
    annotate(7, 30, '@claim x')
    nvim:cmd('NewsAnnotations open')
    nvim:cmd('vsplit | vsplit | vsplit | vsplit')
    local screen = nvim:screen()
    assert.is_truthy(screen:find('Annotations of a.md', 1, true), screen)
    assert.is_nil(screen:match('\n Annotations of.*$'):find('\n~'), screen)
  end)

  it('have the labels of the options, and before these of the project', function()
    nvim:stop()
    start({ annotations = { labels = { { name = 'lie', color = '#aa0000' }, { name = 'luck', key = 'u' } } } })
    assert.same({ 'lie', 'luck' }, nvim:fn('getcompletion', 'NewsLabel ', 'cmdline'))
    local _, said = pcall(nvim.cmd, nvim, 'NewsAnnotate @claim x')
    assert.same({}, list())
    assert.truthy(
      (tostring(said) .. nvim:messages()):find('there is no label claim (there are lie, luck)', 1, true)
    )
    nvim:fn('cursor', 7, 30)
    nvim:cmd('NewsLabel lie')
    assert.same({ 'lie///' }, list())
    assert.equals(
      '#aa0000',
      nvim:lua([[
      for _, mark in ipairs(vim.api.nvim_buf_get_extmarks(0, -1, 0, -1, { details = true })) do
        local group = mark[4].hl_group
        if group and group:find('Label') then
          return ('#%06x'):format(vim.api.nvim_get_hl(0, { name = group }).bg)
        end
      end
    ]])
    )
    nvim:write('.newsoutline.json', '{ "labels": [{ "name": "own", "key": "o", "doc": "x" }, { "key": 3 }] }')
    vim.wait(2100)
    assert.same({ 'own' }, nvim:fn('getcompletion', 'NewsLabel ', 'cmdline'))
    assert.truthy(nvim:messages():find('labels[2].name is missing', 1, true))
    pcall(nvim.lua, nvim, "require('newsoutline').setup({ annotations = { labels = { { name = 5 } } } })")
    assert.truthy(nvim:messages():find('annotations.labels[1].name must be a string', 1, true))
  end)

  it('are shown as colour, sign and text, each of which can be switched off', function()
    local function marks()
      return nvim:lua([[
        local found = { colour = 0, sign = 0, eol = 0, below = 0 }
        local ns = vim.api.nvim_get_namespaces()['newsoutline.annotations.display']
        for _, mark in ipairs(vim.api.nvim_buf_get_extmarks(0, ns, 0, -1, { details = true })) do
          local d = mark[4]
          found.colour = found.colour + (d.hl_group and 1 or 0)
          found.sign = found.sign + (d.sign_text and 1 or 0)
          found.eol = found.eol + (d.virt_text and 1 or 0)
          found.below = found.below + (d.virt_lines and #d.virt_lines or 0)
        end
        return found
      ]])
    end
    -- Two on the same words, one on the sentence around them: all visible.
    annotate(7, 30, '@claim one')
    annotate(7, 31, '@check two')
    nvim:fn('cursor', 7, 1)
    nvim:feed('V')
    nvim:feed(':NewsAnnotate @quote three<CR>')
    assert.same({ colour = 3, sign = 1, eol = 1, below = 0 }, marks())
    local screen = nvim:screen()
    for _, words in ipairs({ '@claim [pending] one', '@check two', '@quote three' }) do
      assert.truthy(screen:find(words, 1, true), words .. ' is not on the screen:\n' .. screen)
    end
  end)

  it('are shown below the line, or not at all, where the options say so', function()
    nvim:stop()
    start({ annotations = { text = 'below', signs = false, highlight = false } })
    annotate(7, 30, '@claim one')
    annotate(7, 31, '@check two')
    local screen = nvim:screen()
    assert.truthy(screen:find('\n  ▏ @claim %[pending%] one\n  ▏ @check two\n'), screen)
    assert.falsy(screen:find('▎', 1, true))
  end)

  it('have a window by section, by label and by status', function()
    three()
    nvim:feed('gaw')
    local by_section = shown()
    assert.equals(6, #by_section)
    assert.truthy(by_section[1]:find('^▾ .*own council.* 1$'))
    assert.truthy(by_section[2]:find('^ 3 check The town council.*… the 1 council$'))
    assert.equals('▾ The price 1', by_section[3])
    assert.equals(' 7 claim pending “the price was fair” is it so?', by_section[4])
    assert.equals('▾ What comes next 1', by_section[5])
    nvim:feed('b')
    local by_label = shown()
    assert.equals('▾ claim 1', by_label[1])
    assert.equals('▾ check 1', by_label[3])
    assert.equals('▾ background 1', by_label[5])
    nvim:feed('b')
    assert.equals('▾ pending 1', shown()[1])
    assert.equals('▾ without one 2', shown()[3])
    nvim:fn('cursor', 1, 1)
    nvim:feed('za')
    assert.equals('▸ pending 1', shown()[1])
    assert.equals(4, #shown())
  end)

  it('are found in the window as one types', function()
    three()
    nvim:cmd('NewsAnnotations open label')
    nvim:feed('/fair so<CR>')
    assert.same({ '▾ claim 1', ' 7 claim pending “the price was fair” is it so?' }, shown())
    nvim:feed('/zzz<CR>')
    assert.same({ 'nothing holds "fair sozzz"' }, shown())
    nvim:feed('<Esc>')
    assert.equals(6, #shown())
  end)

  it('are reached, relabelled, edited, judged, deleted and undone from the window', function()
    three()
    nvim:cmd('NewsAnnotations open')
    on('“the price')
    nvim:feed('o')
    assert.truthy(nvim:lines()[1]:find('▾', 1, true))
    nvim:feed('ln')
    on('number')
    nvim:feed('s')
    on('verified')
    nvim:lua('vim.ui.input = function(_, done) done("https://example.org") end')
    nvim:feed('gx')
    on('https://example.org')
    nvim:feed('e')
    nvim:feed('Anew text<Esc>')
    nvim:cmd('write')
    nvim:feed(':<Esc>')
    on('is it so?new text')
    nvim:feed('K')
    nvim:feed('<CR>')
    assert.equals(7, nvim:fn('line', '.'))
    assert.equals('a.md', nvim:fn('expand', '%:t'))
    assert.same('number/verified/is it so?new text/https://example.org', list()[1])
    nvim:cmd('NewsAnnotations open')
    on('“the price')
    nvim:feed('d')
    assert.falsy(table.concat(nvim:lines(), '\n'):find('“the price', 1, true))
    nvim:feed('u')
    on('“the price')
  end)

  it('that lost their text are attached again with one key', function()
    three()
    nvim:cmd('7delete')
    nvim:shows('lost: “')
    nvim:fn('cursor', 8, 20)
    nvim:cmd('NewsAnnotations open')
    on('lost their text')
    on('“the price')
    nvim:feed('a')
    assert.falsy(table.concat(nvim:lines(), '\n'):find('lost their text', 1, true))
    nvim:cmd('wincmd p')
    local found = nvim:lua([[
      local annotations = require('newsoutline.annotations')
      local span = annotations.place(0, annotations.list(0)[1])
      return span.from[1]
    ]])
    assert.equals(nvim:fn('line', '.') - 1, found)
  end)

  it('are counted in the outline, beside sections and quotes', function()
    nvim:cmd('NewsOutline')
    three()
    annotate(7, 31, '@check again')
    nvim:shows('The price +✎2 ')
    nvim:shows('What comes next +✎1 ')
    nvim:shows('“the price was fair” +✎2')
    nvim:cmd('NewsAnnotations undo')
    nvim:shows('The price +✎1 ')
  end)

  it('are told by the hover', function()
    annotate(7, 30, '@claim ask the mayor')
    nvim:cmd('NewsAnnotations source https://example.org')
    nvim:feed('gK')
    local screen = nvim:screen()
    for _, words in ipairs({
      '@claim [pending]',
      'ask the mayor',
      'source: https://example.org',
      'mixed quote',
    }) do
      assert.truthy(screen:find(words, 1, true), screen)
    end
  end)

  it('name their author: an option, else the login, or nobody', function()
    local login = vim.uv.os_get_passwd().username
    for option, wanted in pairs({ [''] = login, ['Jo Smith'] = 'Jo Smith', none = vim.NIL }) do
      nvim:lua(("require('newsoutline').setup({ annotations = { author = %q } })"):format(option))
      annotate(3, 6, 'x')
      local author = nvim:lua("local l = require('newsoutline.annotations').list(0); return l[#l].author")
      assert.equals(wanted, author)
    end
  end)

  it('fill the quickfix list with label, status and text, filtered by all words', function()
    three()
    nvim:cmd('NewsAnnotations claim fair')
    local items = nvim:fn('getqflist')
    assert.equals(1, #items)
    assert.equals('@claim [pending] is it so? “the price was fair”', items[1].text)
    nvim:cmd('wincmd p')
    nvim:cmd('NewsAnnotations! harbour')
    assert.equals(1, #nvim:fn('getloclist', 0))
  end)

  it('are shown where the window goes in a long article, and where edits put them', function()
    local long = {}
    for i = 1, 900 do
      long[2 * i - 1], long[2 * i] = ('Line %d tells of ship %d in the bay.'):format(i, i), ''
    end
    long[3] = 'Mayor Ruiz opened a hall.'
    nvim:edit('long.md', long)
    annotate(1601, 20, '@claim far down')
    annotate(3, 20, '@check near the top')
    --- Is a note at the end of the row it belongs to, once the window stands at a line?
    local function see(line, row, note)
      nvim:cmd(('normal! %dGzt'):format(line))
      nvim:shows(row .. '[^\n]*' .. note)
    end
    see(1, 'Mayor Ruiz', 'near the top')
    see(1590, 'Line 801 tells', 'far down')
    -- While nobody looks: the rows move, and one note goes.
    nvim:cmd('normal! gg')
    nvim:lua([[
      local above = {}
      for i = 1, 300 do
        above[i] = 'New line ' .. i
      end
      vim.api.nvim_buf_set_lines(0, 0, 0, false, above)
    ]])
    vim.wait(400)
    see(1890, 'Line 801 tells', 'far down')
    see(301, 'Mayor Ruiz', 'near the top')
    nvim:cmd('303delete')
    see(301, '', 'lost: “Mayor Ruiz')
    nvim:cmd('undo')
    see(301, 'Mayor Ruiz', 'near the top')
    -- Put elsewhere long after it was cut.
    nvim:cmd('303delete')
    nvim:shows('lost: “Mayor Ruiz')
    nvim:cmd('1500put')
    see(1495, 'Mayor Ruiz', 'near the top')
    nvim:cmd('split')
    see(1890, 'Line 801 tells', 'far down')
    nvim:shows('near the top')
  end)

  it('have their window restored with a session', function()
    three()
    nvim:cmd('NewsAnnotations open')
    nvim:lua("require('newsoutline.annotations').save(vim.fn.bufnr('a.md'))")
    nvim:cmd('mksession ' .. nvim.folder .. '/s.vim')
    local other = child.start()
    other:cmd('source ' .. nvim.folder .. '/s.vim')
    assert.is_true(
      other:wait(function()
        return other:screen():find('Annotations of a.md by section: 3', 1, true) ~= nil
      end),
      other:screen()
    )
    other:stop()
    assert.is_string(path)
  end)
end)
