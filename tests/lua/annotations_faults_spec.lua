--- Nothing is lost where the disk, another Neovim or a hand in the file gets in the way; a fresh Neovim tells.
local child = require('child')
local read, write = require('file').read, require('file').write

local lines = {
  '# Town council buys the old ferry',
  '',
  'The town council bought the old ferry on Monday, after a long debate about its price.',
  '',
  'Mayor Ana Ruiz said “the price was fair” after the vote in the hall.',
}

--- Texts of the annotations, in order, "lost" behind those that stand nowhere.
local view = [[
  local annotations = require('newsoutline.annotations')
  local found = {}
  for _, a in ipairs(annotations.list(0)) do
    found[#found + 1] = (a.text or a.label or '') .. (annotations.place(0, a) and '' or ' lost')
  end
  table.sort(found)
  return found
]]

describe('annotations', function()
  local folder, path, sidecar, running
  before_each(function()
    folder, running = vim.fn.tempname(), {}
    vim.fn.mkdir(folder .. '/articles', 'p')
    path = folder .. '/articles/a.md'
    sidecar = path .. '.annotations.json'
    write(path, table.concat(lines, '\n') .. '\n')
  end)
  after_each(function()
    for _, nvim in ipairs(running) do
      nvim:stop()
    end
    vim.uv.fs_chmod(folder .. '/articles', 448)
    vim.fn.delete(folder, 'rf')
  end)

  --- A Neovim with the article; all of a test share what Neovim keeps between runs.
  local function start(options)
    options = options or {}
    options.env = { XDG_STATE_HOME = folder .. '/state' }
    local nvim = child.start(options)
    table.insert(running, nvim)
    nvim:cmd('edit ' .. (options.path or path))
    return nvim
  end
  local function annotate(nvim, line, text)
    nvim:fn('cursor', line, 8)
    nvim:cmd('NewsAnnotate @check ' .. text)
  end
  local function quit(nvim)
    pcall(nvim.cmd, nvim, 'qall!')
    vim.fn.jobwait({ nvim.job }, 3000)
  end
  local function fresh(options)
    return start(options):lua(view)
  end

  it('are kept for an article whose name leaves no room for theirs', function()
    for _, where in ipairs({ '', folder .. '/notes' }) do
      for _, length in ipairs({ 200, 236, 255 }) do
        local deep = folder .. '/articles/' .. ('deep/'):rep(50)
        vim.fn.mkdir(deep, 'p')
        local options = {
          config = { annotations = { folder = where } },
          path = deep .. ('n'):rep(length - 3) .. '.md',
        }
        write(options.path, table.concat(lines, '\n') .. '\n')
        local nvim = start(options)
        annotate(nvim, 3, 'Kept.')
        annotate(nvim, 5, 'Kept too.')
        quit(nvim)
        assert.same({ 'Kept too.', 'Kept.' }, fresh(options), where .. length)
        for name in vim.fs.dir(folder .. '/state/nvim/newsoutline') do
          error(name .. ' had to be put aside')
        end
      end
    end
  end)

  it('show what a hostile file of them holds as signs, and do not break on it', function()
    -- NUL, terminal escapes, what a status line or a command would run, a control character of eight bits.
    local bad = 'x\\u0000\\u001b]0;t\\u0007\\u009b31m\\r\\n%{execute(\\"let g:run=1\\")}%#Error#y'
    local items = {}
    local function item(more)
      local text = (
        '{"id":"N BAD","status":"BAD","kind":"BAD","created":"BAD","creator":{"name":"BAD"},"body":['
        .. '{"type":"TextualBody","purpose":"tagging","value":"BAD"},{"type":"TextualBody","value":"BAD"},'
        .. '{"purpose":"linking","source":"BAD"}],"target":{"selector":[{"type":"TextQuoteSelector","exact":"BAD"},'
        .. '{"type":"TextPositionSelector","start":1e300,"end":1e301}]}'
      ):gsub('N', #items)
      items[#items + 1] = (text .. more .. '}'):gsub('BAD', function()
        return bad
      end)
    end
    item(',"row":1e300,"rival":1e300,"rivalOffset":-1e300,"word":1e300')
    for _, correction in ipairs({
      '{"what":"rename","entity":"Ana Ruiz","name":"BAD"}',
      '{"what":"rename","entity":"Ana Ruiz","name":""}',
      '{"what":"retype","entity":"Ana Ruiz","type":"BAD"}',
      '{"what":"kind","quote":"“the price was fair”","kind":"BAD"}',
      '{"what":"speaker","quote":"“the price was fair”","name":7}',
      '{"what":"speaker","quote":"“the price was fair”","name":"BAD"}',
    }) do
      item(',"correction":' .. correction)
    end
    write(sidecar, '{"schema":1,"items":[' .. table.concat(items, ',') .. ']}')
    local nvim = start({ config = { highlight = true } })
    assert.equal(#items, nvim:lua("return #require('newsoutline.annotations').list(0)"))
    for _, command in ipairs({
      'NewsAnnotations',
      'NewsAnnotations open label',
      'NewsAnnotations open status',
      'NewsOutline',
      'NewsQuotes',
      'NewsEntities',
      'NewsSpeakers',
      'NewsExport w3c',
      'NewsExport brat',
      'NewsExport csv',
      'NewsExport markdown',
      'NewsExport refi-qda',
      'NewsRead',
    }) do
      nvim:cmd('call win_gotoid(bufwinid("a.md")) | ' .. command)
      local screen = nvim:screen()
      assert.is_nil(screen:find('[%z\1-\9\11-\31\127]'), command .. '\n' .. screen)
      assert.is_nil(screen:find('\194[\128-\159]'), command)
    end
    assert.equal('', nvim:messages())
    assert.equal(0, nvim:fn('exists', 'g:run'))
    -- They can be saved, and what was no correction is kept for whoever wrote it.
    nvim:cmd('call win_gotoid(bufwinid("a.md")) | NewsAnnotations save')
    annotate(nvim, 3, 'Mine.')
    quit(nvim)
    assert.equal(#items + 1, #fresh())
    assert.is_truthy(read(sidecar):find('"name":7', 1, true))
  end)
  local function saved(text)
    assert.is_true(
      vim.wait(5000, function()
        return (read(sidecar) or ''):find('"' .. text .. '"', 1, true) ~= nil
      end, 20),
      text .. ' is not saved'
    )
  end
  local function litter()
    local found = {}
    for name in vim.fs.dir(vim.fs.dirname(path)) do
      if not vim.tbl_contains({ 'a.md', 'a.md.annotations.json', 'a.md.annotations.json.bak' }, name) then
        found[#found + 1] = name
      end
    end
    return found
  end

  it('are saved without holding up the editor', function()
    local nvim = start()
    nvim:lua([[
      calls = { aside = 0, blocking = 0 }
      for _, name in ipairs({ 'fs_fsync', 'fs_write', 'fs_rename' }) do
        local call = vim.uv[name]
        vim.uv[name] = function(...)
          local is_aside = type(select(select('#', ...), ...)) == 'function'
          calls[is_aside and 'aside' or 'blocking'] = calls[is_aside and 'aside' or 'blocking'] + 1
          return call(...)
        end
      end
    ]])
    annotate(nvim, 3, 'one')
    saved('one')
    annotate(nvim, 5, 'two')
    saved('two')
    local calls = nvim:lua('return calls')
    assert.equals(0, calls.blocking)
    assert.is_true(calls.aside >= 6)
    quit(nvim)
    assert.same({ 'one', 'two' }, fresh())
    assert.same({}, litter())
  end)

  it('are kept where the disk is full, and saved once there is room', function()
    if vim.fn.executable('prlimit') == 0 then
      pending('needs prlimit, to limit what a Neovim may write')
      return
    end
    -- A limit on the size of files: as on a full disk, a write comes back short and the next one fails.
    local nvim = start({
      wrapper = { 'sh', '-c', [[trap '' XFSZ; ulimit -S -f 4; exec "$0" "$@"]] },
    })
    annotate(nvim, 3, 'one')
    saved('one')
    local before = read(sidecar)
    annotate(nvim, 5, ('long '):rep(1500))
    assert.is_true(nvim:wait(function()
      return nvim:messages():find('are not saved', 1, true) ~= nil
    end))
    annotate(nvim, 1, 'three')
    vim.wait(700)
    local _, n = nvim:messages():gsub('are not saved', '')
    assert.equals(1, n)
    assert.equals(before, read(sidecar))
    assert.same({}, litter())
    assert.equals(3, #nvim:lua(view))
    -- Put aside, as nothing else is left where Neovim ends now. It is too long for that place, too, and says so; so
    -- there is room again.
    vim.system({ 'prlimit', '--pid', tostring(vim.fn.jobpid(nvim.job)), '--fsize=unlimited:' }):wait()
    saved('three')
    quit(nvim)
    assert.equals(3, #fresh())
  end)

  it('are put aside where the folder cannot be written, and found there', function()
    local wrapper
    if vim.uv.getuid() == 0 then
      if vim.fn.executable('setpriv') == 0 then
        pending('the superuser may write everywhere, and there is no setpriv')
        return
      end
      wrapper = { 'setpriv', '--bounding-set=-all', '--inh-caps=-all' }
    end
    vim.uv.fs_chmod(folder .. '/articles', 320)
    local nvim = start({ wrapper = wrapper })
    annotate(nvim, 3, 'one')
    assert.is_true(
      nvim:wait(function()
        return nvim:messages():find('not saved: EACCES', 1, true) ~= nil
      end),
      nvim:messages()
    )
    assert.truthy(nvim:messages():find('annotations.folder', 1, true))
    annotate(nvim, 5, 'two')
    quit(nvim)
    assert.is_nil(vim.uv.fs_stat(sidecar))
    nvim = start({ wrapper = wrapper })
    assert.same({ 'one', 'two' }, nvim:lua(view))
    quit(nvim)
    vim.uv.fs_chmod(folder .. '/articles', 448)
    nvim = start()
    assert.same({ 'one', 'two' }, nvim:lua(view))
    saved('two')
    quit(nvim)
    assert.same({ 'one', 'two' }, fresh())
    assert.equals(0, #vim.fn.glob(folder .. '/state/**/*.annotations.json*', true, true))
  end)

  it('lie in another folder where an option says so', function()
    local config = { annotations = { folder = folder .. '/notes/here' } }
    local nvim = start({ config = config })
    annotate(nvim, 3, 'one')
    quit(nvim)
    assert.is_nil(vim.uv.fs_stat(sidecar))
    local name = folder
      .. '/notes/here/'
      .. path:gsub('[%%/]', { ['/'] = '%2F', ['%'] = '%25' })
      .. '.annotations.json'
    assert.is_table(vim.uv.fs_stat(name))
    assert.same({ 'one' }, fresh({ config = config }))
  end)

  it('of two Neovims that write at the same time are all there', function()
    local one, two = start(), start()
    local many = [[
      local name = ...
      local annotations = require('newsoutline.annotations')
      n = 0
      local function add()
        n = n + 1
        annotations.add(0, { from = { 2, n }, to = { 2, n + 9 } }, { text = name .. n })
        annotations.save()
        if n < 25 then
          vim.defer_fn(add, n % 7)
        end
      end
      vim.schedule(add)
    ]]
    one:lua(many, 'one')
    two:lua(many, 'two')
    assert.is_true(vim.wait(20000, function()
      return one:lua('return n') == 25 and two:lua('return n') == 25
    end, 50))
    quit(one)
    quit(two)
    local all = fresh()
    local wanted = {}
    for n = 1, 25 do
      vim.list_extend(wanted, { 'one' .. n, 'two' .. n })
    end
    table.sort(wanted)
    assert.same(wanted, all)
    assert.same({}, litter())
  end)

  it('of another Neovim stay when a change here is undone', function()
    local one, two = start(), start()
    annotate(one, 3, 'mine')
    saved('mine')
    two:cmd('edit!')
    annotate(two, 5, 'theirs')
    saved('theirs')
    one:cmd('NewsAnnotations undo')
    quit(one)
    quit(two)
    assert.same({ 'theirs' }, fresh())
  end)

  it('leave a sidecar that a hand spoilt alone, until it is repaired', function()
    local nvim = start()
    annotate(nvim, 3, 'one')
    saved('one')
    quit(nvim)
    local good = read(sidecar)
    local store = require('newsoutline.annotations.store')
    for _, spoilt in ipairs({
      good:gsub('"items"', '"item"'),
      good:gsub('"target":{', '"target":5,"x":{'),
      good:gsub('"schema":1', '"schema":"1"'),
      good:gsub('"schema":1', '"schema":-1'),
      '\0\0\0',
      '[]',
      'null',
    }) do
      write(sidecar, spoilt)
      assert.is_nil(store.load(sidecar), spoilt)
    end
    for _, spoilt in ipairs({ good:sub(1, -20), (good:gsub('"schema":1', '"schema":2')), '' }) do
      write(sidecar, spoilt)
      nvim = start()
      annotate(nvim, 5, 'two')
      annotate(nvim, 1, 'three')
      vim.wait(700)
      assert.equals(spoilt, read(sidecar))
      local messages = nvim:messages()
      local _, n = messages:gsub('nothing is saved', '')
      assert.equals(1, n, messages)
      write(sidecar, good)
      nvim:cmd('NewsAnnotations save')
      assert.same({ 'one', 'three', 'two' }, nvim:lua(view), spoilt)
      quit(nvim)
      assert.same({ 'one', 'three', 'two' }, fresh())
      write(sidecar, good)
    end
  end)

  it('keep what another program wrote, and read what it made odd', function()
    local nvim = start()
    annotate(nvim, 3, 'one')
    saved('one')
    quit(nvim)
    local data = vim.json.decode(read(sidecar))
    data.generator = { name = 'other', list = vim.empty_dict() }
    local item = data.items[1]
    item.rights = 'free'
    item.creator.nickname = 'x'
    item.target.scope = 'page 3'
    table.insert(item.target.selector, { type = 'FragmentSelector', value = 'p=1' })
    table.insert(item.body, { type = 'TextualBody', purpose = 'describing', language = 'de', value = 'Text' })
    data.items[2] = vim.deepcopy(item)
    data.items[2].status = { 'odd' }
    data.items[2].created = 5
    data.items[2].correction = { what = 'nothing' }
    write(sidecar, vim.json.encode(data))
    nvim = start()
    annotate(nvim, 5, 'two')
    saved('two')
    quit(nvim)
    local after = vim.json.decode(read(sidecar))
    assert.same({ name = 'other', list = {} }, after.generator)
    assert.equals(3, #after.items)
    for i = 1, 2 do
      local kept = after.items[i]
      assert.equals('free', kept.rights)
      assert.equals('x', kept.creator.nickname)
      assert.equals('page 3', kept.target.scope)
      assert.same({ type = 'FragmentSelector', value = 'p=1' }, kept.target.selector[#kept.target.selector])
      assert.equals('Text', kept.body[#kept.body].value)
    end
    assert.same({ 'odd' }, after.items[2].status)
    assert.equals(5, after.items[2].created)
    assert.same({ what = 'nothing' }, after.items[2].correction)
    assert.are_not.equal(after.items[1].id, after.items[2].id)
    assert.same({ 'one', 'one', 'two' }, fresh())
  end)

  it('follow links, of the article and of the sidecar, and keep its permissions', function()
    local link = folder .. '/link.md'
    vim.uv.fs_symlink(path, link)
    local nvim = start({ path = link })
    annotate(nvim, 3, 'one')
    saved('one')
    quit(nvim)
    local real = folder .. '/real.json'
    vim.uv.fs_rename(sidecar, real)
    vim.uv.fs_symlink(real, sidecar)
    vim.uv.fs_chmod(real, 384)
    nvim = start()
    annotate(nvim, 5, 'two')
    saved('two')
    quit(nvim)
    assert.equals('link', vim.uv.fs_lstat(sidecar).type)
    assert.equals(384, vim.uv.fs_stat(real).mode % 512)
    assert.same({ 'one', 'two' }, fresh({ path = link }))
  end)

  it('of hidden, unloaded and wiped buffers are saved', function()
    local nvim = start()
    nvim:cmd('set hidden')
    local n = 0
    for _, command in ipairs({ 'enew', 'enew | bunload #', 'enew | bdelete #', 'enew | bwipeout! #' }) do
      n = n + 1
      annotate(nvim, 3, 'note' .. n)
      nvim:cmd(command)
      saved('note' .. n)
      nvim:cmd('edit ' .. path)
      assert.equals(n, #nvim:lua(view))
    end
    quit(nvim)
    assert.same({ 'note1', 'note2', 'note3', 'note4' }, fresh())
  end)

  it('are found in text that was recovered from a swap file', function()
    local nvim = start()
    nvim:cmd('set swapfile directory=' .. folder .. ' updatecount=1')
    nvim:cmd('edit!')
    nvim:api('nvim_buf_set_lines', 0, 0, 0, false, { 'New words above.', '', 'The ferry is old.', '' })
    annotate(nvim, 9, 'one')
    annotate(nvim, 3, 'two')
    saved('two')
    nvim:cmd('preserve')
    vim.uv.kill(vim.fn.jobpid(nvim.job), 'sigkill')
    local other = child.start({ env = { XDG_STATE_HOME = folder .. '/state' } })
    table.insert(running, other)
    other:cmd('set directory=' .. folder)
    other:cmd('silent! recover ' .. path)
    assert.equals('New words above.', other:lines()[1])
    assert.is_true(
      other:wait(function()
        return vim.deep_equal({ 'one', 'two' }, other:lua(view))
      end),
      vim.inspect(other:lua(view))
    )
  end)

  it('survive kill -9 at any moment of a save', function()
    -- In memory where there is a place for that: saves come so fast that each kill hits one.
    local shm = vim.uv.fs_access('/dev/shm', 'W') and '/dev/shm/newsoutline.' .. vim.uv.os_getpid() or folder
    -- Saves as fast as it can, and tells of each save that is done.
    local script = folder .. '/writer.lua'
    write(
      script,
      [[
        local annotations = require('newsoutline.annotations')
        vim.cmd('edit ' .. arg[1])
        annotations.attach(0)
        local mine = annotations.list(0)[2]
          or annotations.add(0, { from = { 4, 0 }, to = { 4, 20 } }, { text = '0' })
        local log = io.open(arg[2], 'ab')
        log:setvbuf('no')
        for i = tonumber(mine.text) + 1, 1e9 do
          annotations.change(0, mine, { text = tostring(i), source = ('x'):rep(3000) })
          if i % 2 == 0 then
            annotations.save()
          else
            -- As in an editor: in the background.
            local state = annotations.attach(0)
            require('newsoutline.annotations.saving').save_aside(state)
            vim.wait(2000, function() return not state.dirty end, 1)
            annotations.save()
          end
          log:write(i .. '\n')
        end
      ]]
    )
    local store = require('newsoutline.annotations.store')
    local command = { vim.v.progpath, '-u', 'NONE', '-i', 'NONE', '-n', '--cmd' }
    vim.list_extend(command, { 'set runtimepath^=' .. table.concat(child.runtimepath(), ',') })
    local lanes = {}
    for i = 1, 2 do
      local place = ('%s/%d'):format(shm, i)
      vim.fn.mkdir(place, 'p')
      lanes[i] = { path = place .. '/a.md', log = place .. '/log', last = 0 }
      write(lanes[i].path, table.concat(lines, '\n') .. '\n')
      local nvim = start({ path = lanes[i].path })
      annotate(nvim, 3, 'other')
      quit(nvim)
    end
    local n_saves, n_within = 0, 0
    math.randomseed(7)
    for i = 1, 100 do
      for _, lane in ipairs(lanes) do
        lane.size = #(read(lane.log) or '')
        lane.job = vim.fn.jobstart(
          vim.list_extend(vim.list_slice(command), { '-l', script, lane.path, lane.log }),
          { env = { XDG_STATE_HOME = folder .. '/state' } }
        )
      end
      for _, lane in ipairs(lanes) do
        -- Once it saves, at a moment of no one's choosing.
        vim.wait(5000, function()
          return #(read(lane.log) or '') > lane.size
        end, 1)
        vim.uv.sleep(math.random(0, 5))
        vim.uv.kill(vim.fn.jobpid(lane.job), 'sigkill')
        vim.fn.jobwait({ lane.job })
        local done = tonumber(read(lane.log):match('(%d+)\n$'))
        assert.is_true(done > lane.last, 'nothing was saved before kill ' .. i)
        n_saves, lane.last = n_saves + done - lane.last, done
        local held = lane.path .. '.annotations.json'
        n_within = n_within + (vim.uv.fs_lstat(held .. '.lock') and 1 or 0)
        local list, problem = store.load(held)
        assert(list, ('after kill %d the sidecar %s'):format(i, tostring(problem)))
        assert.equals(2, #list)
        assert.equals('other', list[1].text)
        local there = tonumber(list[2].text)
        assert.is_true(there >= done, ('kill %d: %d is missing, %d is there'):format(i, done, there))
        lane.last = math.max(done, there)
      end
    end
    io.stdout:write(('  200 kills, %d within a save, of %d saves\n'):format(n_within, n_saves))
    assert.is_true(n_within > 20)
    -- What the dead left behind is cleared away by the next save.
    for _, lane in ipairs(lanes) do
      path = lane.path
      local nvim = start()
      annotate(nvim, 1, 'last')
      quit(nvim)
      vim.uv.fs_unlink(lane.log)
      assert.same({}, litter())
      assert.equals(3, #fresh())
    end
    vim.fn.delete(shm, 'rf')
  end)
end)
