--- How often quotes, cues and speakers are right: nvim -l tests/quality/quotes.lua [gold|polnear] [--errors]
---
--- `gold` reads the articles of tests/quality/quotes, which are in the tree; `polnear` reads
--- ../shared/data/polnear/dev, which is only ever measured. Without an argument both are. Spans are compared without
--- white space, quotation marks and , . ; : at their ends. The last line is name=value pairs, in percent.
local here = vim.fn.fnamemodify(debug.getinfo(1, 'S').source:sub(2), ':p')
local root = vim.fs.dirname(vim.fs.dirname(vim.fs.dirname(here)))
vim.opt.runtimepath:prepend(root)
if vim.env.NEWSOUTLINE_BUILD then
  vim.opt.runtimepath:prepend(vim.env.NEWSOUTLINE_BUILD)
end
local core = require('newsoutline.core')

local function print(line)
  io.stdout:write(line, '\n')
end

local function read(path)
  local file = assert(io.open(path, 'rb'))
  local bytes = file:read('*a')
  file:close()
  return bytes
end

---@class quality.Record
---@field pieces integer[][] of what is reported: {from, to} in bytes
---@field cue integer[]?
---@field speaker integer[]?
---@field name string? the speaker's full name; nil where the corpus does not tell
---@field marked boolean whether quotation marks stand in it
---@field kind string?

local edge = {
  [','] = true,
  ['.'] = true,
  [';'] = true,
  [':'] = true,
  [' '] = true,
  ['\n'] = true,
  ['"'] = true,
  ["'"] = true,
}
local wide = { ['“'] = true, ['”'] = true, ['‘'] = true, ['’'] = true, ['\194\160'] = true }

--- The span without what the comparison ignores at its ends.
local function trim(text, span)
  local from, to = span[1], span[2]
  while from < to do
    local n = edge[text:sub(from + 1, from + 1)] and 1
      or wide[text:sub(from + 1, from + 3)] and 3
      or wide[text:sub(from + 1, from + 2)] and 2
    if not n then
      break
    end
    from = from + n
  end
  while to > from do
    local n = edge[text:sub(to, to)] and 1
      or wide[text:sub(to - 2, to)] and 3
      or wide[text:sub(to - 1, to)] and 2
    if not n then
      break
    end
    to = to - n
  end
  return { from, to }
end

local function overlap(a, b)
  return a[1] < b[2] and b[1] < a[2]
end

local function pieces_overlap(a, b)
  for _, x in ipairs(a) do
    for _, y in ipairs(b) do
      if overlap(x, y) then
        return true
      end
    end
  end
  return false
end

local function key(text, span)
  local t = trim(text, span)
  return t[1] .. '-' .. t[2]
end

local function hull(pieces)
  return { pieces[1][1], pieces[#pieces][2] }
end

--- Exact where the whole agrees, or each piece with one of the other's.
local function same_pieces(text, a, b)
  if key(text, hull(a)) == key(text, hull(b)) then
    return true
  end
  local seen = {}
  for _, piece in ipairs(b) do
    seen[key(text, piece)] = true
  end
  for _, piece in ipairs(a) do
    if not seen[key(text, piece)] then
      return false
    end
  end
  return true
end

---@return quality.Record[]
local function analyse(text, format)
  local document = assert(core.parse(text, { name = 'article.txt', format = format or 'text', utf8 = true }))
  local records = {}
  for _, quote in ipairs(document:analysis({ positions = 'bytes' }).quotes) do
    if quote.kind ~= 'term' then
      local pieces = {}
      for _, part in ipairs(quote.parts) do
        pieces[#pieces + 1] = { part.from, part.to }
      end
      records[#records + 1] = {
        pieces = quote.kind == 'direct' and pieces or { { quote.content.from, quote.content.to } },
        marked = quote.kind ~= 'indirect',
        kind = quote.kind,
        cue = quote.cue and { quote.cue.from, quote.cue.to },
        speaker = quote.speaker and { quote.speaker.from, quote.speaker.to },
        name = quote.speaker and quote.speaker.name,
      }
    end
  end
  return records
end

--- Counts of one corpus; every field a number.
local function counter()
  return setmetatable({}, {
    __index = function()
      return 0
    end,
  })
end

local function add(counts, name, by)
  counts[name] = counts[name] + (by or 1)
end

local function same_name(a, b)
  local function plain(name)
    local parts = vim.split(name:lower():gsub('^the ', ''), '; ')
    table.sort(parts)
    return table.concat(parts, ';')
  end
  return plain(a) == plain(b)
end

--- Compares what was found in one article with what is there.
---@param found quality.Record[]
---@param gold quality.Record[]
local function compare(text, found, gold, counts, errors)
  local function sets(records, field)
    local set = {}
    for _, record in ipairs(records) do
      if field == 'content' then
        set[key(text, hull(record.pieces))] = true
      elseif record[field] then
        set[key(text, record[field])] = true
      end
    end
    return set
  end
  for _, field in ipairs({ 'speaker', 'cue', 'content' }) do
    local mine, theirs = sets(found, field), sets(gold, field)
    for span in pairs(mine) do
      add(counts, field .. '_mine')
      add(counts, field .. '_right', theirs[span] and 1 or 0)
    end
    for _ in pairs(theirs) do
      add(counts, field .. '_theirs')
    end
  end
  for _, record in ipairs(found) do
    if record.marked then
      local hit = false
      for _, other in ipairs(gold) do
        hit = hit or (other.marked and pieces_overlap(record.pieces, other.pieces))
      end
      add(counts, 'marked_mine')
      add(counts, 'marked_right', hit and 1 or 0)
    end
  end
  for _, record in ipairs(gold) do
    if record.marked then
      add(counts, 'marked_theirs')
      local best
      for _, other in ipairs(found) do
        if other.marked and pieces_overlap(record.pieces, other.pieces) then
          local exact = same_pieces(text, other.pieces, record.pieces)
          best = (exact or not best) and other or best
        end
      end
      if best then
        local exact = same_pieces(text, best.pieces, record.pieces)
        add(counts, 'found')
        add(counts, 'span_exact', exact and 1 or 0)
        if record.cue then
          add(counts, 'with_cue')
          add(counts, 'cue_ok', best.cue and overlap(best.cue, record.cue) and 1 or 0)
        end
        if record.speaker then
          add(counts, 'with_speaker')
          local near = best.speaker and overlap(best.speaker, record.speaker)
          add(counts, 'speaker_near', near and 1 or 0)
          add(
            counts,
            'speaker_exact',
            near and key(text, best.speaker) == key(text, record.speaker) and 1 or 0
          )
          if not near and errors then
            local function words(span)
              return span and text:sub(span[1] + 1, span[2]):gsub('%s+', ' ') or '-'
            end
            print(
              ('  speaker: %s, not %s: %s'):format(
                words(record.speaker),
                words(best.speaker),
                words(hull(record.pieces)):sub(1, 90)
              )
            )
          end
        end
        if record.name then
          add(counts, 'with_name')
          local right = record.name == '?' and not best.name
            or (best.name and same_name(best.name, record.name))
          add(counts, 'name_right', right and 1 or 0)
        end
      elseif errors then
        local span = hull(record.pieces)
        print('  missed: ' .. text:sub(span[1] + 1, span[2]):gsub('%s+', ' '):sub(1, 110))
      end
    end
  end
end

local function percent(a, b)
  return b > 0 and 100 * a / b or 0
end

local function f1(counts, field)
  local p, r =
    percent(counts[field .. '_right'], counts[field .. '_mine']),
    percent(counts[field .. '_right'], counts[field .. '_theirs'])
  return p + r > 0 and 2 * p * r / (p + r) or 0
end

local values = {}
local function report(prefix, title, counts)
  print(title)
  local rows = {
    { 'found_recall', percent(counts.found, counts.marked_theirs), '97' },
    { 'found_precision', percent(counts.marked_right, counts.marked_mine), '97' },
    { 'content_exact', percent(counts.span_exact, counts.found), '80' },
    { 'cue', percent(counts.cue_ok, counts.with_cue), '88' },
    { 'speaker_overlap', percent(counts.speaker_near, counts.with_speaker), '88' },
    { 'speaker_exact', percent(counts.speaker_exact, counts.with_speaker), '72' },
    { 'all_source_f1', f1(counts, 'speaker'), '55; CRF+Cofe 62.1' },
    { 'all_cue_f1', f1(counts, 'cue'), '58; CRF+Cofe 63.3' },
    { 'all_content_f1', f1(counts, 'content'), '42; CRF+Cofe 50.4' },
  }
  if counts.with_name > 0 then
    rows[#rows + 1] = { 'name', percent(counts.name_right, counts.with_name), '' }
  end
  for _, row in ipairs(rows) do
    print(('  %-18s %6.1f   (at least %s)'):format(row[1], row[2], row[3]))
    values[#values + 1] = ('%s_%s=%.1f'):format(prefix, row[1], row[2])
  end
end

-- The project's own articles ------------------------------------------------------------------------------------------

--- Takes the marks out of an article (tests/quality/quotes/README.md says what they mean).
---@return string text
---@return quality.Record[]
local function unmark(source)
  local body, tail = source:match('^.-\n\n(.-)\n%-%-%-\n(.*)$')
  local names = {}
  for number, name in tail:gmatch('(%d+): ([^\n]+)') do
    names[tonumber(number)] = name
  end
  local out, at, open, by = {}, 0, {}, {}
  local i = 1
  while i <= #body do
    local letter, numbers, stop = body:match('^{(%l)([%d,]+) ()', i)
    if letter then
      open[#open + 1] = { letter = letter, numbers = numbers, from = at }
      i = stop
    elseif body:sub(i, i) == '}' then
      local mark = table.remove(open)
      for number in mark.numbers:gmatch('%d+') do
        local record = by[tonumber(number)] or { q = {}, w = {}, t = {}, number = tonumber(number) }
        by[tonumber(number)] = record
        if mark.letter == 's' or mark.letter == 'c' then
          record[mark.letter] = { mark.from, at }
        else
          table.insert(record[mark.letter], { mark.from, at })
        end
      end
      i = i + 1
    else
      out[#out + 1] = body:sub(i, i)
      at = at + 1
      i = i + 1
    end
  end
  local records = {}
  for number, record in pairs(by) do
    if #record.q + #record.w > 0 then
      records[#records + 1] = {
        pieces = #record.w > 0 and record.w or record.q,
        marked = #record.q > 0,
        cue = record.c,
        speaker = record.s,
        name = names[number],
      }
    end
  end
  return table.concat(out), records
end

local function measure_gold(errors)
  local counts = counter()
  for _, path in ipairs(vim.fn.sort(vim.fn.glob(root .. '/tests/quality/quotes/*.txt', true, true))) do
    local text, gold = unmark(read(path))
    if errors then
      print(vim.fs.basename(path))
    end
    compare(text, analyse(text), gold, counts, errors)
  end
  report('gold', 'own articles', counts)
end

-- PolNeAR -------------------------------------------------------------------------------------------------------------

--- Byte offsets of code point offsets.
local function code_points(text)
  local starts, n = {}, 0
  for at = 1, #text do
    local byte = text:byte(at)
    if byte < 0x80 or byte >= 0xC0 then
      starts[n] = at - 1
      n = n + 1
    end
  end
  starts[n] = #text
  return starts
end

local function read_annotations(path, text)
  local starts = code_points(text)
  local parts, records = {}, {}
  for line in io.lines(path) do
    local id, kind, spans = line:match('^(T%d+)\t(%a+) ([%d ;]+)\t')
    if id then
      local pieces = {}
      for from, to in spans:gmatch('(%d+) (%d+)') do
        pieces[#pieces + 1] = { starts[tonumber(from)], starts[tonumber(to)] }
      end
      parts[id] = { kind = kind, pieces = pieces }
    end
  end
  for line in io.lines(path) do
    local arguments = line:match('^E%d+\t(.*)$')
    if arguments then
      local record = {}
      for role, id in arguments:gmatch('(%a+)%d*:(T%d+)') do
        if role == 'Content' and parts[id] then
          record.pieces = parts[id].pieces
        elseif role == 'Cue' and parts[id] then
          record.cue = hull(parts[id].pieces)
        elseif role == 'Source' and parts[id] then
          record.speaker = hull(parts[id].pieces)
        end
      end
      if record.pieces then
        local span = hull(record.pieces)
        local words = text:sub(span[1] + 1, span[2])
        record.marked = words:find('"', 1, true) ~= nil
          or words:find('“', 1, true) ~= nil
          or words:find('”', 1, true) ~= nil
        records[#records + 1] = record
      end
    end
  end
  return records
end

local function measure_polnear(errors)
  local folder = (vim.env.NEWSOUTLINE_SHARED or root .. '/../shared') .. '/data/polnear/dev'
  if not vim.uv.fs_stat(folder) then
    print('skipped: ' .. folder .. ' is not there')
    return
  end
  local counts, seen = counter(), {}
  for _, path in ipairs(vim.fn.sort(vim.fn.glob(folder .. '/attributions/*.ann', true, true))) do
    local name = vim.fs.basename(path):gsub('%.ann$', '')
    local article = name:gsub('_%x%x%x%x$', '')
    local text_path = folder .. '/text/' .. article .. '.txt'
    if not seen[article] and vim.uv.fs_stat(text_path) then -- several annotators: the first
      seen[article] = true
      local text = read(text_path)
      compare(text, analyse(text), read_annotations(path, text), counts, errors)
    end
  end
  report('polnear', 'polnear/dev', counts)
end

local errors = vim.tbl_contains(_G.arg or {}, '--errors')
local only = _G.arg and _G.arg[1]
if only ~= 'polnear' then
  measure_gold(errors)
end
if only ~= 'gold' then
  measure_polnear(errors)
end
print(table.concat(values, ' '))
