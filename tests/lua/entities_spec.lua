--- The list of entities: what it shows, where its keys go, and what they correct.
local child = require('child')

local article = {
  'Harbour bridge to close for repairs', -- 1
  '', -- 2
  'May 3, 2024', -- 3
  '', -- 4
  'The old bridge will close on Monday, Mayor Zoë Brännström said in Norway on Friday.', -- 5
  '', -- 6
  'Brännström met Omar Haddad, who runs the ferries. Haddad thanked Brännström.', -- 7
  '', -- 8
  'Norway pays for the bridge. Officials in Norway agreed.', -- 9
}

describe('the list of entities', function()
  local nvim
  before_each(function()
    nvim = child.start()
    -- The names are known for sure: what is tested is what becomes of them.
    nvim:write(
      '.newsoutline.json',
      vim.json.encode({
        entities = {
          { name = 'Zoë Brännström', type = 'person', aliases = { 'Brännström' } },
          { name = 'Omar Haddad', type = 'person', aliases = { 'Haddad' } },
          { name = 'Norway', type = 'place' },
        },
      })
    )
    nvim:edit('bridge.txt', article)
  end)
  after_each(function()
    nvim:stop()
  end)

  --- The line of the list that starts with an entity's name, and its number.
  local function row(name)
    for i, line in ipairs(nvim:lines()) do
      if line:find('▸ ' .. name, 1, true) == 1 or line:find('▾ ' .. name, 1, true) == 1 then
        return line, i
      end
    end
    return nil
  end

  local function on(name)
    local _, line = row(name)
    assert.truthy(line, name .. ' is not listed:\n' .. table.concat(nvim:lines(), '\n'))
    nvim:api('nvim_win_set_cursor', 0, { line, 0 })
  end

  --- Answers vim.ui.select with the choice that shows a text, vim.ui.input with a text.
  local function answer(text)
    nvim:lua(
      [[
      local text = ...
      vim.ui.input = function(_, done) done(text) end
      vim.ui.select = function(items, options, done)
        for _, item in ipairs(items) do
          local shown = options.format_item and options.format_item(item) or item
          if shown:find(text, 1, true) then
            vim.ui.input = function(o, d) d(next_input or o.default) end
            return done(item)
          end
        end
        error('no choice ' .. text)
      end
    ]],
      text
    )
  end

  it('shows names with counts, types and other names', function()
    nvim:cmd('NewsEntities')
    assert.truthy(row('Zoë Brännström'):find('3  person', 1, true))
    assert.truthy(row('Zoë Brännström'):find('also Brännström', 1, true))
    assert.truthy(row('Norway'):find('3  place', 1, true))
    assert.equal(nvim:lua('return #vim.api.nvim_list_wins()'), 2)
  end)

  it('is filtered by type and by name', function()
    nvim:cmd('NewsEntities person')
    assert.truthy(row('Omar Haddad'))
    assert.falsy(row('Norway'))
    nvim:cmd('NewsEntities norw')
    assert.truthy(row('Norway'))
    assert.truthy(nvim:lines()[2]:find('^ +5  .*said in Norway on Friday'))
    assert.equal(4, #nvim:lines())
    nvim:cmd('NewsEntities zeppelin')
    assert.same({ 'nothing is called "zeppelin"' }, nvim:lines())
    assert.equal(2, nvim:lua('return #vim.api.nvim_list_wins()'))
  end)

  it('jumps from mention to mention, round and round', function()
    nvim:cmd('NewsEntities')
    local seen = {}
    for i = 1, 4 do
      on('Norway')
      nvim:feed('<CR>')
      local cursor = nvim:api('nvim_win_get_cursor', 0)
      seen[i] = cursor[1] .. ':' .. cursor[2]
      assert.equal('text', nvim:api('nvim_get_option_value', 'filetype', {}))
      nvim:cmd('wincmd p')
    end
    local first = article[5]:find('Norway') - 1
    assert.same({ '5:' .. first, '9:0', '9:41', '5:' .. first }, seen)
  end)

  it('opens the fold that it jumps into and can be come back from', function()
    nvim:cmd('setlocal foldmethod=manual')
    nvim:cmd('9fold')
    nvim:cmd('NewsEntities Norway')
    nvim:feed('<CR>')
    nvim:cmd('wincmd p')
    nvim:feed('<CR>')
    assert.equal(9, nvim:api('nvim_win_get_cursor', 0)[1])
    assert.equal(-1, nvim:fn('foldclosed', 9))
    nvim:feed('<C-o>')
    assert.equal(5, nvim:api('nvim_win_get_cursor', 0)[1])
  end)

  it('goes to the window of the article that it was called from', function()
    for _, direction in ipairs({ 'j', 'k' }) do
      nvim:cmd('only')
      nvim:cmd('split')
      nvim:cmd('wincmd ' .. direction)
      local win = nvim:api('nvim_get_current_win')
      nvim:cmd('NewsEntities')
      on('Norway')
      nvim:feed('<CR>')
      assert.equal(win, nvim:api('nvim_get_current_win'))
    end
  end)

  it('shows a mention without going there', function()
    nvim:cmd('NewsEntities')
    on('Norway')
    nvim:feed('o')
    assert.equal('newsoutline', nvim:api('nvim_get_option_value', 'filetype', {}))
    assert.equal(5, nvim:lua("return vim.fn.line('.', vim.fn.bufwinid('bridge.txt'))"))
  end)

  it('makes room for more lines, unless the user set its height', function()
    nvim:cmd('NewsEntities person')
    local before = nvim:api('nvim_win_get_height', 0)
    nvim:cmd('NewsEntities')
    on('Norway')
    nvim:feed('<Tab>')
    on('Omar Haddad')
    nvim:feed('<Tab>')
    local after = nvim:api('nvim_win_get_height', 0)
    assert.is_true(after > before)
    assert.is_true(after >= #nvim:lines())
    nvim:cmd('resize 4')
    nvim:feed('<Tab>')
    nvim:feed('<Tab>')
    assert.equal(4, nvim:api('nvim_win_get_height', 0))
  end)

  it('lists the mentions below their entity', function()
    nvim:cmd('NewsEntities')
    on('Norway')
    nvim:feed('<Tab>')
    local _, line = row('Norway')
    assert.truthy(nvim:lines()[line + 1]:find('^ +5  .*said in Norway on Friday'))
    assert.truthy(nvim:lines()[line + 3]:find('^ +9  .*Officials in Norway agreed'))
    nvim:api('nvim_win_set_cursor', 0, { line + 3, 0 })
    nvim:feed('<CR>')
    assert.same({ 9, 41 }, nvim:api('nvim_win_get_cursor', 0))
  end)

  it('fills the location list with exact ranges', function()
    nvim:cmd('NewsEntities! Norway')
    local items = nvim:fn('getloclist', 0)
    assert.equal(3, #items)
    assert.same({ 9, 42, 9, 48 }, { items[3].lnum, items[3].col, items[3].end_lnum, items[3].end_col })
    assert.equal('Mentions of Norway (3)', nvim:fn('getloclist', 0, { title = 0 }).title)
  end)

  it('completes types and names', function()
    assert.same({ 'place' }, nvim:fn('getcompletion', 'NewsEntities pl', 'cmdline'))
    assert.same({ 'Norway' }, nvim:fn('getcompletion', 'NewsEntities No', 'cmdline'))
    assert.same({ 'Haddad' }, nvim:fn('getcompletion', 'NewsEntities Omar H', 'cmdline'))
  end)

  it('merges with one key', function()
    nvim:cmd('NewsEntities')
    on('Omar Haddad')
    answer('Zoë Brännström')
    nvim:feed('m')
    assert.falsy(row('Omar Haddad'))
    assert.truthy(row('Zoë Brännström'):find('✎', 1, true))
    assert.truthy(table.concat(nvim:lines(), '\n'):find('Omar Haddad is Zoë Brännström', 1, true))
    nvim:feed('u')
    assert.truthy(row('Omar Haddad'))
    assert.falsy(row('Zoë Brännström'):find('✎', 1, true))
  end)

  it('merges what is selected', function()
    nvim:cmd('NewsEntities person')
    nvim:feed('ggVGm')
    assert.truthy(nvim:lines()[1]:find('5  person', 1, true))
    assert.falsy(nvim:lines()[2]:find('person', 1, true))
    assert.equal('n', nvim:api('nvim_get_mode').mode)
    assert.truthy(nvim:screen():find('1 correction', 1, true))
  end)

  it('splits a name off with one key', function()
    nvim:cmd('NewsEntities')
    on('Zoë Brännström')
    answer('Brännström (2)')
    nvim:lua("next_input = 'Nils Brännström'")
    nvim:feed('s')
    assert.truthy(row('Nils Brännström'):find('2  person', 1, true))
    assert.truthy(row('Zoë Brännström'):find('1  person', 1, true))
  end)

  it('renames and retypes with one key each', function()
    nvim:cmd('NewsEntities')
    on('Norway')
    answer('Kingdom of Norway')
    nvim:feed('r')
    on('Kingdom of Norway')
    answer('organization')
    nvim:feed('t')
    assert.truthy(row('Kingdom of Norway'):find('organization', 1, true))
    assert.equal(
      'organization',
      nvim:lua([[
      for _, entity in ipairs(require('newsoutline').get(vim.fn.bufnr('bridge.txt')).entities) do
        if entity.name == 'Kingdom of Norway' then
          return entity.type
        end
      end
    ]])
    )
  end)

  it('keeps corrections through edits and follows the article', function()
    nvim:cmd('NewsEntities')
    on('Norway')
    answer('organization')
    nvim:feed('t')
    nvim:lua([[
      local buf = vim.fn.bufnr('bridge.txt')
      vim.api.nvim_buf_set_lines(buf, 8, 8, false, { 'Norway is cold, Omar Haddad said.', '' })
    ]])
    assert.truthy(nvim:wait(function()
      local line = row('Norway')
      return line and line:find('4  organization', 1, true)
    end))
  end)

  it('closes with q, and with the last window of the article', function()
    nvim:cmd('NewsEntities')
    nvim:feed('q')
    assert.equal(1, nvim:lua('return #vim.api.nvim_list_wins()'))
    nvim:cmd('NewsEntities')
    nvim:cmd('wincmd p')
    pcall(nvim.cmd, nvim, 'quit')
    assert.truthy(nvim:wait(function()
      return not nvim:alive()
    end))
  end)

  it('is back where :q was refused for an unwritten change', function()
    nvim:api('nvim_buf_set_lines', 0, -1, -1, false, { 'More.' })
    nvim:cmd('NewsEntities')
    nvim:cmd('wincmd p')
    pcall(nvim.cmd, nvim, 'quit')
    assert.truthy(nvim:wait(function()
      return nvim:lua('return #vim.api.nvim_list_wins()') == 2
    end))
    assert.equal('bridge.txt', vim.fs.basename(nvim:api('nvim_buf_get_name', 0)))
    assert.truthy(nvim:screen():find('▸ Norway', 1, true))
  end)

  it('does not stay alone where the last window is closed', function()
    nvim:cmd('NewsEntities')
    nvim:cmd('wincmd p')
    nvim:cmd('close')
    assert.truthy(nvim:wait(function()
      return vim.fs.basename(nvim:api('nvim_buf_get_name', 0)) == 'bridge.txt'
    end))
    assert.equal('', nvim:api('nvim_get_option_value', 'winbar', {}))
    nvim:edit('other.txt', { 'Rain', '', 'It rained.' })
  end)

  it('shows the article that is edited beside it now, and no program', function()
    nvim:cmd('NewsEntities')
    nvim:cmd('wincmd p')
    nvim:edit('other.txt', { 'Rain in Norway', '', 'It rained on Kim Lee in Norway.' })
    assert.truthy(nvim:wait(function()
      local screen = nvim:screen()
      return screen:find('Entities of other.txt', 1, true) and not screen:find('▸ Omar Haddad', 1, true)
    end))
    nvim:edit('code.lua', { 'return 1' })
    vim.wait(50)
    assert.truthy(nvim:screen():find('Entities of other.txt', 1, true))
  end)

  it('is one for each tab page, and goes with it', function()
    nvim:cmd('NewsEntities')
    nvim:cmd('tab split ' .. nvim.folder .. '/bridge.txt')
    nvim:cmd('NewsEntities')
    assert.equal(2, nvim:lua('return #vim.api.nvim_tabpage_list_wins(0)'))
    nvim:cmd('tabclose')
    assert.equal(2, nvim:lua('return #vim.api.nvim_list_wins()'))
    assert.truthy(nvim:screen():find('▸ Norway', 1, true))
  end)

  it('takes nothing over from the window that it is split from', function()
    nvim:cmd('setlocal number foldmethod=indent spell list signcolumn=yes colorcolumn=80 wrap')
    nvim:cmd('NewsEntities')
    for name, value in pairs({ number = false, foldenable = false, spell = false, list = false, wrap = false }) do
      assert.equal(value, nvim:api('nvim_get_option_value', name, { win = 0 }), name)
    end
    nvim:cmd('wincmd p')
    assert.is_true(nvim:api('nvim_get_option_value', 'number', { win = 0 }))
  end)

  it('cannot be made to show a file', function()
    nvim:cmd('NewsEntities')
    assert.is_false((pcall(nvim.cmd, nvim, 'edit ' .. nvim.folder .. '/bridge.txt')))
    assert.truthy(row('Norway'))
  end)

  it('closes with its article', function()
    nvim:cmd('NewsEntities')
    nvim:cmd('bdelete! bridge.txt')
    assert.truthy(nvim:wait(function()
      return nvim:lua([[
        for _, win in ipairs(vim.api.nvim_list_wins()) do
          if vim.bo[vim.api.nvim_win_get_buf(win)].filetype == 'newsoutline' then
            return false
          end
        end
        return true
      ]])
    end))
  end)

  it('comes back with a session', function()
    nvim:cmd('NewsEntities')
    nvim:cmd('wincmd p')
    nvim:cmd('mksession ' .. nvim.folder .. '/session.vim')
    local again = child.start({ args = { '-S', nvim.folder .. '/session.vim' } })
    assert.truthy(again:wait(function()
      return again:screen():find('▸ Norway', 1, true)
    end))
    assert.equal(2, again:lua('return #vim.api.nvim_list_wins()'))
    assert.equal('bridge.txt', vim.fs.basename(again:api('nvim_buf_get_name', 0)))
    again:stop()
  end)

  it('shows its keys', function()
    nvim:cmd('NewsEntities')
    nvim:feed('?')
    -- In the float that is the current window now.
    assert.truthy(table.concat(nvim:lines(), '\n'):find('merge it into another', 1, true))
    nvim:feed('q')
    assert.truthy(row('Norway'))
  end)

  it('says why a buffer has none', function()
    nvim:cmd('terminal true')
    local _, problem = pcall(nvim.cmd, nvim, 'NewsEntities')
    assert.truthy(tostring(problem):find('a terminal, not an article', 1, true))
  end)
end)
