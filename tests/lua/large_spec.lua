--- Articles that are large or odd: what is shown at once, what a thread does, and that nothing hangs.
local article = require('article')
local child = require('child')

describe('the analysis', function()
  local nvim

  before_each(function()
    nvim = child.start({ config = { debounce = 20 } })
  end)

  after_each(function()
    nvim:stop()
  end)

  --- Runs Lua with `document` at hand.
  local function lua(code, ...)
    return nvim:lua("local document = require('newsoutline.document')\n" .. code, ...)
  end

  describe('of a large article', function()
    --- About 290 KB with an entity of the project's.
    local function edit_large()
      nvim:write(
        '.newsoutline.json',
        '{"entities": [{"name": "Ana Ruiz", "type": "person", "aliases": ["Annie R."]}]}'
      )
      local lines = article.long(3000)
      return nvim:edit('large.md', lines), lines
    end

    it('is there at once with its outline, and with all of it when a thread is done', function()
      edit_large()
      nvim:lua([[
        -- What this thread parses itself, and how much of it.
        _G.parsed = {}
        local core = require('newsoutline.core')
        local parse = core.parse
        core.parse = function(source, options)
          table.insert(_G.parsed, options.read_only and 'outline' or 'all')
          return parse(source, options)
        end
      ]])
      local at_once = lua([[
        local analysis = document.get_outline()
        local outline, is_current = document.peek_outline()
        return { #analysis.outline, #analysis.entities, document.peek() == nil, outline == analysis, is_current }
      ]])
      assert.is_true(at_once[1] > 2900)
      assert.are.same({ 0, true, true, true }, vim.list_slice(at_once, 2))
      assert.truthy(nvim:wait(function()
        return lua('return (document.peek() or { entities = {} }).entities[1] ~= nil')
      end, 20000))
      assert.are.same({ 'outline' }, nvim:lua('return _G.parsed'))
      local whole = lua([[
        local aside = document.peek()
        local function facts(analysis)
          local first = analysis.entities[1].name
          return { #analysis.blocks, #analysis.outline, #analysis.quotes, #analysis.entities, first }
        end
        local made_aside = facts(aside)
        return { made_aside, facts(document.refresh()), document.peek() ~= aside }
      ]])
      assert.are.same(whole[2], whole[1])
      assert.is_true(whole[3])
    end)

    it('shows in the outline at once, then fills in', function()
      edit_large()
      nvim:cmd('NewsOutline')
      local function outline()
        return table.concat(nvim:lines(nvim:api('nvim_win_get_buf', nvim:fn('win_getid', 2))), '\n')
      end
      assert.truthy(outline():find('Section 3', 1, true))
      assert.is_nil(outline():find('Entities', 1, true))
      assert.truthy(nvim:wait(function()
        return outline():find('Entities', 1, true)
      end, 20000))
      assert.are.equal('', nvim:messages():match('E%d+:[^\n]*') or '')
    end)

    it('of 2 MB is a window that says so until the thread is done', function()
      nvim:edit('huge.txt', ('The mayor said “the price was fair” after the vote.\n\n'):rep(40000))
      local milliseconds = nvim:lua([[
        local start = vim.uv.hrtime()
        vim.cmd('NewsOutline')
        vim.cmd('redraw')
        return (vim.uv.hrtime() - start) / 1e6
      ]])
      local function outline()
        return table.concat(nvim:lines(nvim:api('nvim_win_get_buf', nvim:fn('win_getid', 2))), ' ')
      end
      assert.are.equal('huge.txt is being analysed …', outline())
      assert.is_true(milliseconds < 5000, milliseconds .. ' ms')
      assert.truthy(nvim:wait(function()
        return outline():find('words', 1, true)
      end, 60000))
      nvim:cmd('NewsOutline refresh')
      assert.truthy(nvim:messages():find('newsoutline: huge.txt is being analysed …', 1, true))
    end)

    it('goes on typing while the thread works, and ends with the last state', function()
      local buf, lines = edit_large()
      nvim:cmd('NewsOutline')
      for i = 1, 5 do
        nvim:api('nvim_buf_set_lines', buf, -1, -1, false, article.section('Added at the end ' .. i))
      end
      assert.truthy(nvim:wait(function()
        return lua(
          [[
          local analysis, is_current = document.peek(...)
          local last = analysis and analysis.outline[#analysis.outline]
          return is_current and last ~= nil and last.title == 'Added at the end 5'
        ]],
          buf
        )
      end, 60000))
      assert.are.equal(#lines + 5 * #article.section(''), nvim:api('nvim_buf_line_count', buf))
    end)

    it('is made here where the C module was built anew under the editor', function()
      edit_large()
      nvim:lua([[
        -- What the thread loads is another file than what is loaded here.
        local path = vim.api.nvim_get_runtime_file('lua/newsoutline/core.so', false)[1]
        require('newsoutline').get()
        local copy = vim.fn.tempname() .. '/lua/newsoutline'
        vim.fn.mkdir(copy, 'p')
        vim.uv.fs_copyfile(path, copy .. '/core.so')
        vim.opt.runtimepath:prepend(vim.fs.dirname(vim.fs.dirname(copy)))
        _G.parsed = 0
        local core = require('newsoutline.core')
        local parse = core.parse
        core.parse = function(source, options)
          _G.parsed = _G.parsed + (options.read_only and 0 or 1)
          return parse(source, options)
        end
        require('newsoutline.document').invalidate()
        require('newsoutline.document').get_outline()
      ]])
      assert.truthy(nvim:wait(function()
        return nvim:lua('return _G.parsed') == 1
      end, 20000))
      assert.is_true(
        lua('local analysis, is_current = document.peek() return is_current and #analysis.entities > 0')
      )
    end)

    it('may be closed while the thread works', function()
      local buf = edit_large()
      lua('document.get_outline()')
      nvim:cmd('bwipeout')
      nvim:lua('vim.wait(1000)')
      assert.is_true(nvim:alive())
      assert.is_true(lua('return document.peek(...) == nil', buf))
      assert.is_nil(nvim:messages():find('E%d+:'))
    end)
  end)

  it('of odd articles neither fails nor hangs', function()
    local mib = 1024 * 1024
    local cases = {
      empty = '',
      blank = ('\n'):rep(1000),
      ['only marks'] = ('"'):rep(1000),
      ['opening marks'] = ('“'):rep(100000),
      ['no letters'] = ('1234 5678 .,;\n'):rep(1000),
      ['one line of 10 MB'] = ('word '):rep(2 * mib),
      ['200,000 lines'] = ('A line of text.\n'):rep(200000),
      ['right to left'] = 'כותרת ראשית\n\n“שלום,” אמר דוד.\n',
      ['carriage returns'] = 'A headline\r\n\r\nText \r stands here.\r\n',
      ['byte order mark'] = '\239\187\191# A headline\n\nText.\n',
    }
    for name, content in pairs(cases) do
      nvim:edit(name:gsub('%W', '_') .. '.txt', content)
      local tick = nvim:api('nvim_buf_get_changedtick', 0)
      local milliseconds = nvim:lua([[
        local start = vim.uv.hrtime()
        vim.cmd('NewsOutline')
        vim.cmd('redraw')
        vim.cmd('NewsOutline close')
        return (vim.uv.hrtime() - start) / 1e6
      ]])
      assert.is_true(milliseconds < 20000, name .. ': ' .. milliseconds .. ' ms')
      assert.are.equal(tick, nvim:api('nvim_buf_get_changedtick', 0), name)
      assert.is_nil(nvim:messages():find('E%d+:'), name .. ': ' .. nvim:messages())
      nvim:cmd('bwipeout!')
    end
  end)
end)
