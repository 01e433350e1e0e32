--- Corrections over an analysis: what each does, which one wins, and what becomes of them when the text changes.
local child = require('child')

--- Two people who share a last name, three quotes, one of them by "He".
local setup = [[
  buf = vim.api.nvim_get_current_buf()
  vim.api.nvim_buf_set_lines(buf, 0, -1, false, {
    'Jane Smith met Ana Ruiz.',
    '“First words here,” Smith said.',
    '“Second words here,” he said.',
    '“Third words here,” Ruiz said.',
  })
  corrections = require('newsoutline.corrections')
  --- A fresh analysis of the lines as they are.
  function analyse()
    local lines = vim.api.nvim_buf_get_lines(buf, 0, -1, false)
    local function find(text, kind, nth)
      local found = {}
      for row, line in ipairs(lines) do
        local at = 1
        while true do
          local from, to = line:find(text, at, true)
          if not from then break end
          found[#found + 1] = { text = text, kind = kind or 'name', from = { row - 1, from - 1 }, to = { row - 1, to } }
          at = to + 1
        end
      end
      return found
    end
    local jane = { name = 'Jane Smith', type = 'person', aliases = { 'Smith' }, roles = { 'mayor' }, score = 1 }
    local all = vim.list_extend(find('Jane Smith'), find('Smith said'))
    all[#all].text, all[#all].to = 'Smith', { all[#all].to[1], all[#all].to[2] - 5 }
    jane.mentions = vim.list_extend(all, find('he said'))
    jane.mentions[#jane.mentions].kind = 'pronoun'
    local ana = { name = 'Ana Ruiz', type = 'person', aliases = {}, roles = {}, score = 1, mentions = find('Ana Ruiz') }
    local ruiz = { name = 'Ruiz', type = 'place', aliases = {}, roles = { 'driver' }, score = 1 }
    ruiz.mentions = find('Ruiz said')
    ruiz.mentions[1].text, ruiz.mentions[1].to = 'Ruiz', { ruiz.mentions[1].to[1], ruiz.mentions[1].to[2] - 5 }
    local analysis = { entities = { jane, ana, ruiz }, quotes = {} }
    local speakers = {
      { 0, 'Jane Smith', jane.mentions[2] },
      { 0, 'Jane Smith', jane.mentions[3] },
      { 2, 'Ruiz', ruiz.mentions[1] },
    }
    local n = 0
    for row, line in ipairs(lines) do
      local from, to = line:find('“.*”')
      if from then
        n = n + 1
        local span = { from = { row - 1, from - 1 }, to = { row - 1, to } }
        local speaker = speakers[n] or speakers[3]
        analysis.quotes[n] = {
          text = line:sub(from, to), kind = 'direct', from = span.from, to = span.to, content = span, parts = { span },
          speaker = { name = speaker[2], entities = { speaker[1] }, score = 1 },
        }
        analysis.quotes[n].speaker.from, analysis.quotes[n].speaker.to = speaker[3].from, speaker[3].to
      end
    end
    return analysis
  end
  --- What a reader sees of an analysis: entities with their mentions' places, quotes with their speakers.
  function view()
    local analysis = corrections.apply(buf, analyse())
    local entities, quotes = {}, {}
    for i, e in ipairs(analysis.entities) do
      local rows = vim.tbl_map(function(m) return m.from[1] end, e.mentions)
      entities[i] = ('%s/%s/%s/%s'):format(e.name, e.type, table.concat(e.aliases, ','), table.concat(rows, ','))
    end
    for i, q in ipairs(analysis.quotes) do
      local names = {}
      for k, index in ipairs(q.speaker and q.speaker.entities or {}) do
        names[k] = analysis.entities[index + 1].name
      end
      quotes[i] = ('%s %s=%s'):format(q.kind, q.speaker and q.speaker.name or 'unknown', table.concat(names, ','))
    end
    return { entities = entities, quotes = quotes }
  end
  --- Corrects the nth quote.
  function correct(n, values)
    local quote = corrections.apply(buf, analyse()).quotes[n]
    corrections.add(buf, vim.tbl_extend('force', { quote = quote.text, from = quote.from, to = quote.to }, values))
  end
]]

describe('a correction', function()
  local nvim
  before_each(function()
    nvim = child.start()
    nvim:lua(setup)
  end)
  after_each(function()
    nvim:stop()
  end)

  local function view()
    return nvim:lua('return view()')
  end
  local function states()
    return nvim:lua([[
      view()
      return vim.tbl_map(function(c) return c.state end, corrections.list(buf))
    ]])
  end

  it('changes nothing before it is made', function()
    assert.same({
      'Jane Smith/person/Smith/0,1,2',
      'Ana Ruiz/person//0',
      'Ruiz/place//3',
    }, view().entities)
    assert.same(
      { 'direct Jane Smith=Jane Smith', 'direct Jane Smith=Jane Smith', 'direct Ruiz=Ruiz' },
      view().quotes
    )
  end)

  it('merges two entities, their mentions, names, roles and speakers', function()
    nvim:lua("corrections.add(buf, { what = 'merge', entity = 'Ruiz', into = 'Ana Ruiz' })")
    assert.same({ 'Jane Smith/person/Smith/0,1,2', 'Ana Ruiz/person/Ruiz/0,3' }, view().entities)
    assert.equal('direct Ana Ruiz=Ana Ruiz', view().quotes[3])
  end)

  it('gives the merged entry the better of the two places', function()
    nvim:lua("corrections.add(buf, { what = 'merge', entity = 'Jane Smith', into = 'Ruiz' })")
    assert.same({ 'Ruiz/place/Jane Smith,Smith/0,1,2,3', 'Ana Ruiz/person//0' }, view().entities)
    assert.same({ 'direct Ruiz=Ruiz', 'direct Ruiz=Ruiz', 'direct Ruiz=Ruiz' }, view().quotes)
  end)

  it('splits a name off, with the quotes that it stands beside', function()
    nvim:lua(
      "corrections.add(buf, { what = 'split', entity = 'Jane Smith', text = 'Smith', name = 'John Smith' })"
    )
    assert.same({ 'Jane Smith/person//0,2', 'John Smith/person/Smith/1' }, { unpack(view().entities, 1, 2) })
    assert.same(
      { 'direct John Smith=John Smith', 'direct Jane Smith=Jane Smith' },
      { unpack(view().quotes, 1, 2) }
    )
  end)

  it('splits a single mention off, wherever the text moves', function()
    nvim:lua([[
      local mention = analyse().entities[1].mentions[2]
      corrections.add(buf, {
        what = 'split', entity = 'Jane Smith', text = 'Smith', name = 'Ana Ruiz', from = mention.from, to = mention.to,
      })
      vim.api.nvim_buf_set_lines(buf, 0, 0, false, { 'A line above.' })
    ]])
    assert.same({ 'Jane Smith/person//1,3', 'Ana Ruiz/person/Smith/1,2' }, { unpack(view().entities, 1, 2) })
  end)

  it('renames and retypes; the later of two wins and the first one says so', function()
    nvim:lua([[
      corrections.add(buf, { what = 'retype', entity = 'Ruiz', type = 'organization' })
      corrections.add(buf, { what = 'retype', entity = 'Ruiz', type = 'event' })
      corrections.add(buf, { what = 'rename', entity = 'Ruiz', name = 'The Ruiz' })
    ]])
    assert.equal('The Ruiz/event/Ruiz/3', view().entities[3])
    assert.equal('direct The Ruiz=The Ruiz', view().quotes[3])
    assert.same({ 'overruled', 'holds', 'holds' }, states())
    assert.truthy(
      nvim
        :lua('return corrections.describe(corrections.list(buf)[1])')
        :find('overruled by a later one', 1, true)
    )
  end)

  it('names another speaker, none, or no quote at all', function()
    nvim:lua([[
      correct(1, { what = 'speaker', name = 'Ana Ruiz' })
      correct(2, { what = 'speaker' })
      correct(3, { what = 'kind', kind = 'term' })
    ]])
    assert.same({ 'direct Ana Ruiz=Ana Ruiz', 'direct unknown=', 'term unknown=' }, view().quotes)
  end)

  it('takes a speaker whom the article does not name as given', function()
    nvim:lua("correct(1, { what = 'speaker', name = 'a neighbour' })")
    assert.equal('direct a neighbour=', view().quotes[1])
  end)

  it('follows a quote that moves and one that is edited', function()
    nvim:lua([[
      correct(2, { what = 'speaker', name = 'Ana Ruiz' })
      vim.api.nvim_buf_set_lines(buf, 0, 0, false, { '“New words up here,” said nobody.' })
      vim.api.nvim_buf_set_text(buf, 3, 3, 3, 9, { 'The second' })
    ]])
    assert.equal('direct Ana Ruiz=Ana Ruiz', view().quotes[3])
    assert.same({ 'holds' }, states())
  end)

  it('is found by its words where its mark is gone', function()
    nvim:lua([[
      correct(3, { what = 'speaker', name = 'Jane Smith' })
      local lines = vim.api.nvim_buf_get_lines(buf, 0, -1, false)
      table.insert(lines, 1, table.remove(lines))
      vim.api.nvim_buf_set_lines(buf, 0, -1, false, lines)
    ]])
    assert.equal('direct Jane Smith=Jane Smith', view().quotes[1])
  end)

  it('never goes over to another quote', function()
    nvim:lua([[
      correct(2, { what = 'speaker', name = 'Ana Ruiz' })
      vim.api.nvim_buf_set_lines(buf, 2, 3, false, { '“Nothing alike at all!” he said.' })
    ]])
    assert.equal('direct Jane Smith=Jane Smith', view().quotes[2])
    assert.same({ 'lost' }, states())
  end)

  it('says at once which one it overrules', function()
    nvim:lua('corrections.on_change = function() view() end')
    nvim:lua("corrections.add(buf, { what = 'retype', entity = 'Ruiz', type = 'organization' })")
    assert.falsy(nvim:messages():find('overrules', 1, true))
    nvim:lua("corrections.add(buf, { what = 'retype', entity = 'Ruiz', type = 'event' })")
    assert.truthy(nvim:messages():find('this overrules: Ruiz: organization', 1, true))
  end)

  it('can be taken back out of turn', function()
    nvim:lua([[
      corrections.add(buf, { what = 'retype', entity = 'Ruiz', type = 'organization' })
      corrections.add(buf, { what = 'rename', entity = 'Ruiz', name = 'The Ruiz' })
      corrections.remove(buf, corrections.list(buf)[1])
    ]])
    assert.equal('The Ruiz/place/Ruiz/3', view().entities[3])
  end)

  it('is taken back, the last one first', function()
    nvim:lua([[
      corrections.add(buf, { what = 'retype', entity = 'Ruiz', type = 'organization' })
      corrections.add(buf, { what = 'retype', entity = 'Ruiz', type = 'event' })
      corrections.undo(buf)
    ]])
    assert.equal('Ruiz/organization//3', view().entities[3])
    nvim:lua('corrections.undo(buf)')
    assert.equal('Ruiz/place//3', view().entities[3])
    assert.equal(vim.NIL, nvim:lua('return corrections.undo(buf)'))
  end)

  it('goes when the article is closed, and not before', function()
    nvim:lua("corrections.add(buf, { what = 'retype', entity = 'Ruiz', type = 'event' })")
    nvim:cmd('set hidden')
    nvim:cmd('enew')
    assert.equal(1, nvim:lua('return #corrections.list(buf)'))
    nvim:lua('vim.api.nvim_buf_delete(buf, { force = true })')
    assert.equal(0, nvim:lua('return #corrections.list(buf)'))
  end)
end)

describe('the corrections of an article', function()
  local nvim, others, path
  before_each(function()
    nvim, others = child.start(), {}
    nvim:edit('bridge.txt', {
      'Bridge closes for a month',
      '',
      'Omar Haddad runs the ferry to Oslo. “We hired twelve people,” Omar Haddad said on Friday.',
      '',
      'Ana Ruiz met him in Oslo. “It will be a long month,” she said. The “ghost bridge” is shut.',
    })
    path = nvim.folder .. '/bridge.txt'
  end)
  after_each(function()
    for _, each in ipairs(others) do
      each:stop()
    end
    nvim:stop()
  end)

  --- Entities and quotes as a reader sees them.
  local view = [[
    local news = require('newsoutline').refresh(0)
    local entities, quotes = {}, {}
    for _, entity in ipairs(news.entities) do
      entities[entity.name] = entity.type
    end
    for _, quote in ipairs(news.quotes) do
      local speaker = quote.speaker and quote.speaker.name or '-'
      quotes[quote.text:match('“(%w+)') or quote.text] = ('%s %s'):format(quote.kind, speaker)
    end
    return { entities = entities, quotes = quotes }
  ]]
  local function correct(code)
    nvim:lua([[
      local corrections, news = require('newsoutline.corrections'), require('newsoutline').get(0)
      local function quote(words)
        for _, each in ipairs(news.quotes) do
          if each.text:find(words, 1, true) then
            return { quote = each.text, from = each.from, to = each.to }
          end
        end
      end
      local function add(c) corrections.add(vim.api.nvim_get_current_buf(), c) end
      local function about(words, c) add(vim.tbl_extend('force', quote(words), c)) end
    ]] .. code)
  end
  local function all()
    correct([[
      add({ what = 'retype', entity = 'Oslo', type = 'organization' })
      add({ what = 'rename', entity = 'Ana Ruiz', name = 'Ana María Ruiz' })
      about('hired', { what = 'speaker', name = 'Ana María Ruiz' })
      about('long month', { what = 'kind', kind = 'term' })
    ]])
  end
  local function fresh()
    local other = child.start()
    table.insert(others, other)
    other:cmd('edit ' .. path)
    return other
  end
  local function check(seen)
    assert.equal('organization', seen.entities.Oslo)
    assert.is_string(seen.entities['Ana María Ruiz'])
    assert.is_nil(seen.entities['Ana Ruiz'])
    assert.equal('direct Ana María Ruiz', seen.quotes.We)
    assert.equal('term -', seen.quotes.It)
  end

  it('last: over edits, a new analysis, another Neovim, and with the article under another name', function()
    all()
    check(nvim:lua(view))
    nvim:api('nvim_buf_set_lines', 0, 0, 0, false, { 'A kicker', '' })
    check(nvim:lua(view))
    nvim:cmd('write')
    nvim:cmd('edit!')
    check(nvim:lua(view))
    nvim:cmd('saveas ' .. nvim.folder .. '/other.txt')
    vim.wait(600)
    pcall(nvim.cmd, nvim, 'qall!')
    vim.fn.jobwait({ nvim.job }, 2000)
    check(fresh():lua(view))
    path = nvim.folder .. '/other.txt'
    check(fresh():lua(view))
  end)

  it('are listed among the annotations, and undone from either list', function()
    all()
    nvim:cmd('NewsAnnotations')
    local texts = table.concat(
      vim.tbl_map(function(item)
        return item.text
      end, nvim:fn('getqflist')),
      '\n'
    )
    assert.truthy(texts:find('✎ Oslo: organization', 1, true), texts)
    assert.truthy(texts:find('✎ Ana María Ruiz: “We hired', 1, true), texts)
    nvim:cmd('cclose')
    nvim:cmd('NewsAnnotations undo')
    assert.equal('direct Ana María Ruiz', nvim:lua(view).quotes.We)
    assert.truthy(nvim:lua(view).quotes.It:find('direct ', 1, true))
    nvim:cmd('NewsEntities')
    nvim:feed('u')
    nvim:cmd('close')
    assert.are_not.equal('direct Ana María Ruiz', nvim:lua(view).quotes.We)
    assert.equal('organization', nvim:lua(view).entities.Oslo)
    assert.equal(2, #nvim:lua("return require('newsoutline.annotations').list(0)"))
    nvim:cmd('NewsAnnotations undo')
    assert.equal('direct Ana María Ruiz', nvim:lua(view).quotes.We)
  end)

  it('that were made before the article had a name are kept once it has one', function()
    nvim:cmd('enew')
    nvim:api(
      'nvim_buf_set_lines',
      0,
      0,
      -1,
      false,
      { 'Oslo', '', 'Ana Ruiz went to Oslo on Friday, the mayor said.' }
    )
    correct("add({ what = 'retype', entity = 'Oslo', type = 'organization' })")
    assert.equal('organization', nvim:lua(view).entities.Oslo)
    path = nvim.folder .. '/new.txt'
    nvim:cmd('saveas ' .. path)
    assert.equal('organization', nvim:lua(view).entities.Oslo)
    pcall(nvim.cmd, nvim, 'qall!')
    vim.fn.jobwait({ nvim.job }, 2000)
    assert.equal('organization', fresh():lua(view).entities.Oslo)
  end)
end)
