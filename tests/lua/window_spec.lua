local article = require('article')
local child = require('child')

describe('the window of the outline', function()
  local nvim

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

  local function filetype(win)
    return nvim:api('nvim_get_option_value', 'filetype', { buf = nvim:api('nvim_win_get_buf', win) })
  end

  local function outline_win(tab)
    for _, win in ipairs(nvim:api('nvim_tabpage_list_wins', tab or 0)) do
      if filetype(win) == 'newsoutline' then
        return win
      end
    end
  end

  local function outline_text()
    return table.concat(nvim:lines(nvim:api('nvim_win_get_buf', outline_win())), '\n')
  end

  local function n_windows()
    return #nvim:api('nvim_list_wins')
  end

  local function option(name, win)
    return nvim:api('nvim_get_option_value', name, { win = win })
  end

  --- Runs a command that may end the child.
  local function run_and_quit(command)
    pcall(nvim.cmd, nvim, command)
    return nvim:wait(function()
      return not nvim:alive()
    end, 2000)
  end

  --- Lets what the plugin scheduled happen.
  local function settle()
    nvim:lua('vim.wait(50)')
  end

  it('does not keep the editor open: :q in the last window quits', function()
    open()
    assert.is_true(run_and_quit('quit'))
  end)

  it('does not keep the editor open: :wq, :x and ZZ', function()
    for _, command in ipairs({ 'wq', 'x', 'normal ZZ' }) do
      open()
      nvim:api('nvim_buf_set_lines', 0, -1, -1, false, { 'one more line' })
      assert.is_true(run_and_quit(command), command)
      nvim:stop()
      nvim = nil
    end
  end)

  it('comes back where :q was refused for an unwritten change', function()
    local buf = open()
    nvim:api('nvim_buf_set_lines', buf, -1, -1, false, { 'one more line' })
    assert.is_false((pcall(nvim.cmd, nvim, 'quit')))
    settle()
    assert.is_true(nvim:alive())
    assert.truthy(outline_win())
    assert.are.equal(buf, nvim:api('nvim_get_current_buf'))
    assert.truthy(outline_text():find('The price', 1, true))
  end)

  it('leaves other windows alone when the article is closed with :q', function()
    open()
    nvim:cmd('split')
    nvim:cmd('quit')
    settle()
    assert.truthy(outline_win())
    assert.are.equal(2, n_windows())
  end)

  it('is itself closed by :q, and by :bdelete', function()
    for _, command in ipairs({ 'quit', 'bdelete', 'bwipeout', 'close' }) do
      local buf = open()
      nvim:api('nvim_set_current_win', outline_win())
      nvim:cmd(command)
      settle()
      assert.are.equal(1, n_windows(), command)
      assert.are.equal(buf, nvim:api('nvim_get_current_buf'), command)
      nvim:cmd('NewsOutline')
      assert.truthy(outline_win(), command)
      nvim:stop()
      nvim = nil
    end
  end)

  it('gives way to another buffer where the article is deleted', function()
    nvim = child.start()
    local other = nvim:edit('other.lua', { 'return 1' })
    nvim:edit('ferry.md', article.lines)
    nvim:cmd('NewsOutline')
    nvim:cmd('bdelete')
    settle()
    assert.is_nil(outline_win())
    assert.are.equal(1, n_windows())
    assert.are.equal(other, nvim:api('nvim_get_current_buf'))
    assert.is_false(option('winfixbuf', 0))
    assert.is_false(option('winfixwidth', 0))
  end)

  it('gives way where the article is the only buffer and is deleted', function()
    open()
    nvim:cmd('bwipeout')
    settle()
    assert.are.equal(1, n_windows())
    assert.are.equal('', filetype(0))
    nvim:cmd('edit ferry.md')
    assert.are.same(article.lines, nvim:lines())
  end)

  it('does not stay alone where the last window is closed', function()
    local buf = open()
    nvim:feed('<C-w>c')
    settle()
    assert.are.equal(1, n_windows())
    assert.are.equal(buf, nvim:api('nvim_get_current_buf'))
  end)

  it('goes with its tab page, and with the last window of one', function()
    open()
    nvim:cmd('tabedit ' .. nvim:write('second.md', article.lines))
    nvim:cmd('NewsOutline')
    local tab = nvim:api('nvim_get_current_tabpage')
    assert.truthy(outline_win(tab))
    nvim:cmd('tabclose')
    settle()
    assert.truthy(outline_win(), 'the other tab page keeps its own')
    nvim:cmd('tabedit ' .. nvim.folder .. '/second.md')
    nvim:cmd('NewsOutline')
    nvim:feed('<C-w>c')
    settle()
    assert.are.equal(1, #nvim:api('nvim_list_tabpages'))
    assert.are.equal('', nvim:messages())
  end)

  it('is one for each tab page', function()
    open()
    nvim:cmd('NewsOutline open')
    nvim:cmd('wincmd p')
    nvim:cmd('NewsOutline open')
    assert.are.equal(2, n_windows())
    nvim:cmd('tabnew ' .. nvim:write('second.md', article.long(3)))
    nvim:cmd('NewsOutline')
    assert.truthy(outline_text():find('Section 3', 1, true))
    nvim:cmd('tabprevious')
    assert.truthy(outline_text():find('The price', 1, true))
  end)

  it('shows the article that its neighbour edits now, and no program', function()
    open()
    nvim:edit('second.md', article.long(3))
    settle()
    assert.truthy(outline_text():find('Section 3', 1, true))
    nvim:edit('code.lua', { 'return 1' })
    settle()
    assert.truthy(outline_text():find('Section 3', 1, true))
    nvim:cmd('buffer ferry.md')
    settle()
    assert.truthy(outline_text():find('The price', 1, true))
  end)

  it('is restored with a session', function()
    open()
    local session = nvim.folder .. '/session.vim'
    nvim:cmd('mksession ' .. session)
    local path = nvim:fn('expand', '%:p')
    local before = nvim
    nvim = child.start({ args = { '-S', session } })
    assert.truthy(nvim:wait(function()
      return outline_win()
    end))
    settle()
    assert.are.equal(2, n_windows())
    assert.are.equal(path, nvim:fn('expand', '%:p'))
    assert.truthy(outline_text():find('The price', 1, true))
    assert.is_nil(nvim:messages():find('E%d+:'))
    for _, buf in ipairs(nvim:api('nvim_list_bufs')) do
      local name = nvim:api('nvim_buf_get_name', buf)
      if name:find('newsoutline://', 1, true) then
        assert.are.equal('newsoutline', nvim:api('nvim_get_option_value', 'filetype', { buf = buf }))
      end
    end
    before:stop()
  end)

  it('keeps line breaks and NUL bytes of a name on one line', function()
    nvim = child.start()
    nvim:edit(
      'nul.md',
      '# A\n\nHe said “one\ntwo” and left, Ana Ruiz said.\n\n## Sub\0head with a NUL\n\nText stands here.\n'
    )
    nvim:cmd('NewsOutline')
    assert.truthy(outline_text():find('head with a NUL', 1, true))
    assert.is_nil(nvim:messages():find('E%d+:'))
  end)

  it('takes nothing over from the window or the options of the user', function()
    nvim = child.start()
    nvim:cmd(
      'set foldmethod=indent foldcolumn=4 number relativenumber list spell signcolumn=yes cursorbind wrap'
    )
    nvim:cmd('set scrollbind')
    nvim:cmd('autocmd FileType * setlocal foldmethod=syntax foldenable')
    nvim:edit('ferry.md', article.lines)
    nvim:cmd('NewsOutline')
    local win = outline_win()
    assert.are.equal('manual', option('foldmethod', win))
    assert.are.equal('0', option('foldcolumn', win))
    for _, name in ipairs({
      'foldenable',
      'number',
      'relativenumber',
      'list',
      'spell',
      'wrap',
      'cursorbind',
      'scrollbind',
      'diff',
    }) do
      assert.is_false(option(name, win), name)
    end
    nvim:cmd('NewsOutline')
    assert.are.equal('syntax', option('foldmethod', 0))
    assert.is_true(option('number', 0))
    assert.are.equal('indent', nvim:api('nvim_get_option_value', 'foldmethod', { scope = 'global' }))
  end)

  it('lets a user change its looks by FileType', function()
    nvim = child.start()
    nvim:cmd('autocmd FileType newsoutline setlocal number')
    nvim:edit('ferry.md', article.lines)
    nvim:cmd('NewsOutline')
    assert.is_true(option('number', outline_win()))
  end)

  it('cannot be made to show a file', function()
    open()
    nvim:api('nvim_set_current_win', outline_win())
    assert.is_false((pcall(nvim.cmd, nvim, 'edit ' .. nvim.folder .. '/other.txt')))
    assert.truthy(outline_text():find('The price', 1, true))
  end)

  it('jumps from beside a window with winfixbuf', function()
    local buf = open()
    nvim:cmd('setlocal winfixbuf')
    nvim:api('nvim_set_current_win', outline_win())
    nvim:feed('G')
    nvim:cmd('NewsOutline close')
    nvim:cmd('NewsOutline open')
    nvim:feed(']]<CR>')
    assert.are.equal(buf, nvim:api('nvim_get_current_buf'))

    -- The article is shown nowhere, the only other window is fixed to its buffer: a new one is made.
    nvim:cmd('setlocal nowinfixbuf hidden')
    nvim:edit('code.lua', { 'return 1' })
    nvim:cmd('setlocal winfixbuf')
    settle()
    nvim:api('nvim_set_current_win', outline_win())
    nvim:feed('<CR>')
    assert.are.equal(buf, nvim:api('nvim_get_current_buf'))
    assert.are.equal(3, n_windows())
  end)

  it('follows the window of the article that was last used', function()
    open()
    local first = nvim:api('nvim_get_current_win')
    nvim:cmd('split')
    local second = nvim:api('nvim_get_current_win')
    nvim:feed('15G')
    nvim:api('nvim_set_current_win', first)
    nvim:feed('5G')
    nvim:api('nvim_set_current_win', outline_win())
    for i, line in ipairs(vim.split(outline_text(), '\n')) do
      if line:find('Who pays', 1, true) then
        nvim:api('nvim_win_set_cursor', 0, { i, 0 })
      end
    end
    nvim:feed('<CR>')
    assert.are.equal(first, nvim:api('nvim_get_current_win'))
    assert.are.equal(11, nvim:api('nvim_win_get_cursor', first)[1])
    assert.are.equal(15, nvim:api('nvim_win_get_cursor', second)[1])
  end)

  it('stays out of a diff', function()
    nvim = child.start({ columns = 150 })
    nvim:edit('old.md', article.lines)
    nvim:edit('ferry.md', vim.list_extend({ '# New' }, article.lines))
    nvim:cmd('diffsplit ' .. nvim.folder .. '/old.md')
    nvim:cmd('NewsOutline')
    assert.is_false(option('diff', outline_win()))
    assert.is_false(option('scrollbind', outline_win()))
    assert.is_true(option('diff', 0))
    assert.are.equal(3, n_windows())
  end)

  it('stays out of a diff of all windows', function()
    open()
    nvim:cmd('NewsEntities')
    nvim:cmd('vsplit ' .. nvim:write('new.md', vim.list_extend({ '# New' }, article.lines)))
    nvim:cmd('windo diffthis')
    settle()
    local n = 0
    for _, win in ipairs(nvim:api('nvim_tabpage_list_wins', 0)) do
      assert.are.equal(filetype(win) ~= 'newsoutline', option('diff', win))
      n = n + (option('diff', win) and 1 or 0)
    end
    assert.are.equal(2, n)
    assert.is_false(option('scrollbind', outline_win()))
  end)

  it('goes on where its window is split, moved or taken to another tab page', function()
    open()
    nvim:cmd('NewsOutline open')
    nvim:cmd('split')
    nvim:cmd('NewsOutline')
    settle()
    assert.is_nil(outline_win())
    nvim:cmd('NewsOutline open')
    nvim:cmd('split')
    local first = outline_win()
    nvim:api('nvim_win_close', first, true)
    settle()
    nvim:cmd('NewsOutline open')
    nvim:cmd('call search("What comes next")')
    nvim:feed('<CR>')
    assert.are.equal('## What comes next', nvim:api('nvim_get_current_line'))
    nvim:cmd('NewsOutline open')
    nvim:feed('<C-w>T')
    settle()
    assert.are.equal(1, #nvim:api('nvim_list_tabpages'))
    assert.are.equal('', nvim:messages())
  end)

  it('is no hindrance to a session that is loaded from within it', function()
    for _, command in ipairs({ 'NewsOutline open', 'NewsEntities', 'NewsRead' }) do
      open()
      nvim:cmd('mksession! ' .. nvim.folder .. '/s.vim')
      nvim:cmd(command)
      nvim:cmd('source ' .. nvim.folder .. '/s.vim')
      settle()
      assert.is_nil(nvim:messages():find('E%d+:'), command)
      assert.truthy(outline_win(), command)
      assert.are.equal(2, n_windows(), command)
      nvim:stop()
    end
    nvim = nil
  end)

  it('shows buffers without a name, without a file, and read-only ones', function()
    nvim = child.start()
    nvim:api('nvim_buf_set_lines', 0, 0, -1, false, article.lines)
    nvim:cmd('setlocal filetype=markdown')
    nvim:cmd('NewsOutline')
    assert.truthy(outline_text():find('The price', 1, true))
    nvim:cmd('NewsOutline close')
    nvim:cmd('setlocal buftype=nofile readonly nomodifiable')
    nvim:cmd('NewsOutline')
    assert.truthy(outline_text():find('The price', 1, true))
    assert.are.equal('', nvim:messages())
  end)

  it('says why a terminal or a quickfix list has none', function()
    nvim = child.start()
    nvim:cmd('copen')
    nvim:cmd('NewsOutline')
    assert.truthy(
      nvim:messages():find('newsoutline: this buffer is a quickfix list, not an article', 1, true)
    )
    assert.is_nil(outline_win())
    nvim:cmd('terminal true')
    nvim:cmd('NewsOutline')
    assert.truthy(nvim:messages():find('newsoutline: this buffer is a terminal, not an article', 1, true))
    assert.is_nil(outline_win())
  end)

  it('shows an empty buffer as one with nothing in it', function()
    nvim = child.start()
    nvim:cmd('NewsOutline')
    assert.truthy(outline_text():find('nothing found', 1, true))
  end)

  it('fits its lines to the width that it is given', function()
    open()
    nvim:cmd('call win_execute(' .. outline_win() .. ', "vertical resize 24")')
    nvim:cmd('redraw')
    assert.truthy(nvim:wait(function()
      for _, line in ipairs(vim.split(outline_text(), '\n')) do
        if vim.api.nvim_strwidth(line) > 24 then
          return false
        end
      end
      return true
    end))
  end)

  it('opens on 10,000 sections in a blink, stays in step and unfolds', function()
    open(nil, 'long.md', article.long(10000))
    nvim:cmd('NewsOutline close')
    local milliseconds = nvim:lua([[
      local start = vim.uv.hrtime()
      vim.cmd('NewsOutline')
      vim.cmd('redraw')
      return (vim.uv.hrtime() - start) / 1e6
    ]])
    -- Some 100 ms here; a machine under load and a sanitized build get their share.
    assert.is_true(milliseconds < 10000, milliseconds .. ' ms')
    nvim:cmd('normal! G')
    nvim:cmd('doautocmd <nomodeline> CursorMoved')
    local win = outline_win()
    local row = nvim:api('nvim_win_get_cursor', win)[1]
    local line = nvim:api('nvim_buf_get_lines', nvim:api('nvim_win_get_buf', win), row - 1, row, false)[1]
    assert.truthy(line:find('Section 10000', 1, true), line)
  end)

  it('never changes the article', function()
    local buf = open()
    local tick = nvim:api('nvim_buf_get_changedtick', buf)
    nvim:api('nvim_set_current_win', outline_win())
    nvim:feed('opGo<CR>')
    nvim:cmd('NewsOutline refresh')
    assert.are.equal(tick, nvim:api('nvim_buf_get_changedtick', buf))
    assert.is_false(nvim:api('nvim_get_option_value', 'modified', { buf = buf }))
    assert.are.same(article.lines, nvim:lines(buf))
  end)
end)
