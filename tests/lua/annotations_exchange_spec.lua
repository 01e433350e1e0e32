--- What is exported comes back the same, of a thousand annotations; and what other programs wrote is read.
local child = require('child')
local read = require('file').read

local lines = {
  '# Überfähre: die Stadt kauft ein <Schiff> & zahlt “bar”',
  '',
  'The town council bought the old ferry 😀 on Monday, after a long debate about its price.',
  '',
  '## The price',
  '',
  'Mayor Ana Ruiz said “the price was fair” e\204\129 after the vote in the hall.',
}

describe('annotations', function()
  local nvim, n
  setup(function()
    nvim = child.start()
    local article = vim.list_slice(lines)
    for i = 1, 60 do
      vim.list_extend(
        article,
        { '', ('Zeile %d: “Größe №%d” — ein Schiff, 😀 %d Leute & <mehr>.'):format(i, i, i * 31) }
      )
    end
    nvim:edit('a.md', article)
    -- A thousand, many of them over others, over lines, on one character.
    n = nvim:lua([[
      local annotations = require('newsoutline.annotations')
      local rows = vim.api.nvim_buf_line_count(0)
      local state = annotations.attach(0)
      local labels = { 'claim', 'check', 'quote', 'two words', nil }
      local statuses = { 'pending', 'verified', 'false', 'unverifiable', nil }
      local place = require('newsoutline.annotations.place')
      local id = require('newsoutline.annotations.id')
      for i = 1, 1000 do
        local row = (i * 7) % rows
        local line = vim.api.nvim_buf_get_lines(0, row, row + 1, false)[1]
        if line == '' then
          row = row - 1
          line = vim.api.nvim_buf_get_lines(0, row, row + 1, false)[1]
        end
        local from = vim.str_byteindex(line, (i * 3) % math.max(vim.fn.strchars(line) - 1, 1))
        local length = i % 5 == 0 and 1 or i % 11 + 1
        local last = math.min(vim.fn.strchars(line), vim.str_utfindex(line, from) + length)
        local to = { row, vim.str_byteindex(line, last) }
        if i % 13 == 0 and row + 2 < rows then
          local next_line = vim.api.nvim_buf_get_lines(0, row + 2, row + 3, false)[1]
          to = { row + 2, vim.str_byteindex(next_line, math.min(4, vim.fn.strchars(next_line))) }
        end
        local a = {
          id = id.random(),
          label = labels[i % 6],
          status = statuses[i % 5 + 1],
          text = i % 3 == 0 and ('note %d: “ä” <b> & "q"\n\n  =SUM(1)\tend'):format(i) or nil,
          source = i % 7 == 0 and 'https://example.org/?a=1&b=' .. i or nil,
          author = i % 4 == 0 and 'Ann & Co' or 'root',
          created = '2024-05-03T10:00:00Z',
          changed = '2024-05-03T11:00:00Z',
          kind = i % 2 == 0 and 'selection' or nil,
        }
        place.set(0, a, { from = { row, from }, to = to })
        state.list[#state.list + 1] = a
      end
      place.note(0, state.list, state.texts)
      for i = #state.list, 1, -1 do
        -- What stands on blanks alone is no annotation.
        if not state.list[i].passage then
          table.remove(state.list, i)
        end
      end
      require('newsoutline.annotations.saving').save_later(state)
      annotations.save(0)
      return #state.list
    ]])
    assert.is_true(n > 900)
  end)
  teardown(function()
    nvim:stop()
  end)

  local function items()
    nvim:cmd('NewsAnnotations save')
    local found = vim.split(read(nvim.folder .. '/a.md.annotations.json'):match('\n({"id".-)\n%]'), ',\n')
    table.sort(found)
    return found
  end
  local function clear()
    nvim:lua([[
      local annotations = require('newsoutline.annotations')
      local list = vim.list_slice(annotations.list(0))
      local state = annotations.attach(0)
      vim.api.nvim_buf_clear_namespace(0, require('newsoutline.annotations.place').namespace, 0, -1)
      state.list = {}
      require('newsoutline.annotations.saving').save_later(state)
      annotations.save(0)
    ]])
    assert.falsy(read(nvim.folder .. '/a.md.annotations.json'):find('"id"'))
  end
  local function round_trip(format, file)
    local before = items()
    nvim:cmd(('NewsExport %s %s/%s'):format(format, nvim.folder, file))
    clear()
    nvim:cmd(('NewsImport %s %s/%s'):format(format, nvim.folder, file))
    assert.is_true(nvim:wait(function()
      return nvim:lua([[
        for _, a in ipairs(require('newsoutline.annotations').list(0)) do
          if not a.bytes then
            return false
          end
        end
        return true
      ]])
    end, 60000))
    local after = items()
    assert.equals(#before, #after)
    for i = 1, #before do
      assert.equals(before[i], after[i])
    end
  end

  for format, file in pairs({
    w3c = 'out.json',
    jsonl = 'out.jsonl',
    brat = 'out.ann',
    ['refi-qda'] = 'out.qde',
  }) do
    it('come back the same from ' .. format, function()
      round_trip(format, file)
    end)
  end

  it('come back the same from a packed project', function()
    if vim.fn.executable('zip') == 0 or vim.fn.executable('unzip') == 0 then
      pending('needs zip and unzip')
      return
    end
    round_trip('refi-qda', 'out.qdpx')
    local listed = vim.fn.system({ 'unzip', '-l', nvim.folder .. '/out.qdpx' })
    assert.truthy(listed:find('project.qde', 1, true))
    assert.truthy(listed:find('Sources/%x+%-%x+%-%x+%-%x+%-%x+%.txt'))
  end)

  it('make a project and a codebook that keep to the standard', function()
    if vim.fn.executable('xmllint') == 0 then
      pending('needs xmllint (script/bootstrap --test installs it)')
      return
    end
    for file, schema in pairs({ ['out.qde'] = 'refi_project', ['out.qdc'] = 'refi_codebook' }) do
      nvim:cmd(('NewsExport refi-qda %s/%s'):format(nvim.folder, file))
      local told = vim.fn.system({
        'xmllint',
        '--noout',
        '--huge',
        '--relaxng',
        ('%s/tests/schema/%s.rng'):format(child.root, schema),
        nvim.folder .. '/' .. file,
      })
      assert.equals(0, vim.v.shell_error, told:sub(1, 400))
    end
    -- Each selection says where its words stand in the text of the project, in characters.
    local project = read(nvim.folder .. '/out.qde')
    local text = project:match('<PlainTextContent>(.-)</PlainTextContent>')
    text = text:gsub('&lt;', '<'):gsub('&gt;', '>'):gsub('&quot;', '"'):gsub('&amp;', '&')
    local checked = 0
    local selection =
      '<PlainTextSelection guid="[^"]+" name="([^"]*)" startPosition="(%d+)" endPosition="(%d+)"'
    for name, from, to in project:gmatch(selection) do
      local words = vim.fn.strcharpart(text, tonumber(from), tonumber(to) - tonumber(from)):gsub('%s+', ' ')
      name = name:gsub('&lt;', '<'):gsub('&gt;', '>'):gsub('&quot;', '"'):gsub('&amp;', '&')
      assert.equals(name, vim.fn.strcharpart(words, 0, 60))
      checked = checked + 1
    end
    assert.equals(n, checked)
  end)

  it('stand in brat files whose places are those of the text beside them', function()
    nvim:cmd(('NewsExport brat %s/out.ann'):format(nvim.folder))
    local text = read(nvim.folder .. '/out.txt')
    local checked = 0
    for places, words in read(nvim.folder .. '/out.ann'):gmatch('T%d+\t%S+ ([%d ;]+)\t([^\n]*)') do
      local parts = {}
      for from, to in places:gmatch('(%d+) (%d+)') do
        parts[#parts + 1] = vim.fn.strcharpart(text, tonumber(from), tonumber(to) - tonumber(from))
      end
      assert.equals(words, table.concat(parts, ' '))
      checked = checked + 1
    end
    assert.equals(n, checked)
    vim.fn.writefile({ 'other' }, nvim.folder .. '/own.txt')
    nvim:cmd(('NewsExport brat %s/own.ann'):format(nvim.folder))
    assert.equals('other\n', read(nvim.folder .. '/own.txt'))
  end)

  it('make a table that a spreadsheet reads and does not run', function()
    nvim:cmd(('NewsExport csv %s/out.csv'):format(nvim.folder))
    local content, at, rows, row = read(nvim.folder .. '/out.csv'), 1, {}, {}
    while at <= #content do
      local cell, stop
      if content:sub(at, at) == '"' then
        local close = at + 1
        while true do
          close = content:find('"', close, true)
          if content:sub(close + 1, close + 1) ~= '"' then
            break
          end
          close = close + 2
        end
        cell, stop = content:sub(at + 1, close - 1):gsub('""', '"'), close + 1
      else
        stop = content:find('[,\r]', at)
        cell = content:sub(at, stop - 1)
      end
      assert.falsy(cell:find('^[=+@-]'), cell)
      row[#row + 1] = cell
      if content:sub(stop, stop) == ',' then
        at = stop + 1
      else
        assert.equals('\r\n', content:sub(stop, stop + 1))
        rows[#rows + 1], row = row, {}
        at = stop + 2
      end
    end
    assert.equals(n + 1, #rows)
    for _, each in ipairs(rows) do
      assert.equals(#rows[1], #each)
    end
  end)

  it('make a sheet for checking facts, by section', function()
    nvim:cmd(('NewsExport markdown %s/out.md'):format(nvim.folder))
    local sheet = read(nvim.folder .. '/out.md')
    local _, passages = sheet:gsub('\n%- “', '')
    assert.equals(n, passages)
    assert.truthy(sheet:find('^# Überfähre'))
    assert.truthy(sheet:find('\n## The price\n', 1, true))
    assert.truthy(sheet:find('\n  - Status: verified\n', 1, true))
    assert.truthy(sheet:find('\n  - Speaker: Ana Ruiz\n', 1, true))
    assert.truthy(sheet:find('\n  - Source: https://example.org/', 1, true))
  end)

  it('go to a file whose name holds blanks, and never over the article', function()
    nvim:cmd('NewsExport markdown fact check.md')
    assert.truthy(read(nvim.folder .. '/fact check.md'):find('^# Überfähre'))
    assert.truthy(nvim:messages():find(n .. ' annotations written to fact check.md', 1, true))
    assert.same({ 'check.md' }, nvim:fn('getcompletion', 'NewsExport markdown fact che', 'cmdline'))
    local before = read(nvim.folder .. '/a.md')
    for _, name in ipairs({ 'a.md', './a.md', 'a.md.annotations.json' }) do
      assert.is_false(pcall(nvim.cmd, nvim, 'NewsExport jsonl ' .. name), name)
    end
    assert.equals(before, read(nvim.folder .. '/a.md'))
  end)

  it('say in one message what is wrong with a file, and take nothing of it', function()
    for name, bad in pairs({
      ['a.qde'] = { 'refi-qda', '<Project><Users></Project>', 'closes nothing in line 1' },
      ['b.qde'] = { 'refi-qda', '<!DOCTYPE x [<!ENTITY a "b">]>\n<Project/>', 'a document type is not taken' },
      ['c.qde'] = { 'refi-qda', '<Project><Sources><TextSource>', 'is never closed' },
      ['d.qde'] = { 'refi-qda', '<CodeBook/>', 'is no REFI-QDA project' },
      ['e.qde'] = { 'refi-qda', '<Project/>', 'holds no text' },
      ['f.jsonl'] = { 'jsonl', '{}\n', 'line 1 is no annotation' },
      ['g.json'] = { 'w3c', '[5]', 'no Web Annotation' },
      ['h.qdpx'] = { 'refi-qda', 'PK', 'unzip' },
    }) do
      nvim:write(name, bad[2])
      local _, said = pcall(nvim.cmd, nvim, ('NewsImport %s %s/%s'):format(bad[1], nvim.folder, name))
      said = tostring(said) .. nvim:messages()
      assert.truthy(said:find(bad[3], 1, true), name .. ': ' .. said)
      assert.equals(n, nvim:lua("return #require('newsoutline.annotations').list(0)"))
    end
  end)

  it('are read as other programs write them, with the words of a passage alone', function()
    clear()
    local target = '{"target":{"selector":{"type":"TextQuoteSelector","exact":"%s"}},"body":"%s"}'
    local once, twice = target:format('long debate', 'once'), target:format('ein', 'twice')
    for name, content in pairs({
      list = '[' .. once .. ',' .. twice .. ']',
      page = '{"type":"AnnotationPage","items":[' .. once .. ',' .. twice .. ']}',
      collection = '{"type":"AnnotationCollection","total":2,"first":{"items":['
        .. once
        .. ','
        .. twice
        .. ']}}',
    }) do
      clear()
      nvim:write('other.json', content)
      nvim:cmd('NewsImport w3c other.json')
      local list = nvim:lua([[
        local annotations = require('newsoutline.annotations')
        return vim.tbl_map(function(a)
          local span = annotations.place(0, a)
          return a.text .. (span and (' %d,%d-%d'):format(span.from[1], span.from[2], span.to[2]) or ' lost')
        end, annotations.list(0))
      ]])
      assert.same({ 'once 2,62-73', 'twice lost' }, list, name)
    end
  end)

  it('are read from a project of another program', function()
    clear()
    nvim:write('b.txt', 'One ferry. “Größe” 😀 two.\n')
    nvim:cmd('edit b.txt')
    nvim:write('other.qde', '\239\187\191' .. [==[<?xml version='1.0' encoding='UTF-8'?>
<!-- of another program -->
<q:Project xmlns:q="urn:QDA-XML:project:1.0" name='x > y'>
 <q:Users><q:User guid="{11111111-1111-1111-1111-111111111111}" name="Jo &amp; Co"/></q:Users>
 <q:CodeBook><q:Codes>
  <q:Code guid="22222222-2222-2222-2222-222222222222" name="Size" isCodable="true"><q:Code
    guid="33333333-3333-3333-3333-333333333333" name="Big" isCodable="true"/></q:Code>
 </q:Codes></q:CodeBook>
 <q:Sources>
  <q:TextSource guid="44444444-4444-4444-4444-444444444444" name="b.txt">
   <q:PlainTextContent><![CDATA[One ferry. “Größe” 😀 two.
]]></q:PlainTextContent>
   <q:PlainTextSelection guid="55555555-5555-5555-5555-555555555555" startPosition="11" endPosition="18"
     creatingUser="11111111-1111-1111-1111-111111111111" creationDateTime="2024-05-03T10:00:00Z">
    <q:Coding guid="66666666-6666-6666-6666-666666666666"><q:CodeRef
      targetGUID="22222222-2222-2222-2222-222222222222"/></q:Coding>
    <q:Coding guid="77777777-7777-7777-7777-777777777777"><q:CodeRef
      targetGUID="33333333-3333-3333-3333-333333333333"/></q:Coding>
    <q:NoteRef targetGUID="88888888-8888-8888-8888-888888888888"/>
   </q:PlainTextSelection>
  </q:TextSource>
 </q:Sources>
 <q:Notes><q:Note guid="88888888-8888-8888-8888-888888888888">
  <q:PlainTextContent>a &#x201C;memo&#8221;</q:PlainTextContent></q:Note></q:Notes>
</q:Project>]==])
    nvim:cmd('NewsImport refi-qda other.qde')
    local list = nvim:lua([[
      local annotations = require('newsoutline.annotations')
      return vim.tbl_map(function(a)
        local span = annotations.place(0, a)
        local words = span and vim.api.nvim_buf_get_text(0, span.from[1], span.from[2], span.to[1], span.to[2], {})[1]
        return ('%s|%s|%s|%s'):format(words, a.label, a.text, a.author)
      end, annotations.list(0))
    ]])
    assert.same({ '“Größe”|Size|a “memo”|Jo & Co', '“Größe”|Big|a “memo”|Jo & Co' }, list)
  end)
end)
