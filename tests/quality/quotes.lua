--- How often quotes, cues and speakers are right:
--- nvim -l tests/quality/quotes.lua [gold|polnear|open|closed|naive] [--errors]
---
--- `gold` reads the articles of tests/quality/quotes, which are in the tree; `polnear` reads
--- ../shared/data/polnear/dev, which is only ever measured; `open` reads each second article of polnear/train, whose
--- errors may be looked at for rules, and `closed` the others, whose errors may not, so that their figures tell what
--- the rules do elsewhere; `naive` measures the simplest rules on dev, to compare. Without an argument the first two
--- are. What is *found* are direct and mixed quotes that share a byte with an
--- attribution; each attribution is compared with the one that shares most with it. Spans are compared without white
--- space, quotation marks and , . ; : at their ends. `all` counts exact spans of every attribution, `speech` leaves
--- out beliefs, wishes and plans. `--errors` lists what is wrong, a line each: kind, wanted, got, content. The last
--- line is name=value pairs, in percent.
local here = vim.fn.fnamemodify(debug.getinfo(1, 'S').source:sub(2), ':p')
local root = vim.fs.dirname(vim.fs.dirname(vim.fs.dirname(here)))
vim.opt.runtimepath:prepend(root)
if vim.env.NEWSOUTLINE_BUILD then
  vim.opt.runtimepath:prepend(vim.env.NEWSOUTLINE_BUILD)
end
package.path = root .. '/tests/quality/quotes/measure/?.lua;' .. package.path
local core = require('newsoutline.core')
local measure = require('compare')

local arguments = _G.arg or {}
local only = arguments[1]
local errors = vim.tbl_contains(arguments, '--errors')

local function print(line)
  io.stdout:write(line, '\n')
end

local function show(kind, wanted, got, content)
  print(('  %s: %s | %s | %s'):format(kind, wanted:sub(1, 160), got:sub(1, 160), content:sub(1, 120)))
end

---@param text string
---@return quality.Record[]
local function analyse(text)
  local document = assert(core.parse(text, { name = 'article.txt', format = 'text', utf8 = true }))
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
        cue = quote.cue and { quote.cue.from, quote.cue.to },
        speaker = quote.speaker and { quote.speaker.from, quote.speaker.to },
        name = quote.speaker and quote.speaker.name,
      }
    end
  end
  return records
end

local asked = {
  found_recall = '97',
  found_precision = '97',
  content_exact = '80',
  cue = '88',
  speaker_overlap = '88',
  speaker_exact = '72',
  all_source_f1 = '55; CRF+Cofe 62.1',
  all_cue_f1 = '58; CRF+Cofe 63.3',
  all_content_f1 = '42; CRF+Cofe 50.4',
}

local values = {}

--- Tells the figures; `wanted` of them, where given, under names of their own.
local function report(prefix, title, counts, rename)
  print(title)
  for _, row in ipairs(measure.figures(counts)) do
    local name = rename and row[1]:gsub('^all_', rename .. '_') or row[1]
    if not rename or name ~= row[1] then
      local floor = asked[row[1]]
      print(('  %-18s %6.1f%s'):format(name, row[2], floor and ('   (at least %s)'):format(floor) or ''))
      values[#values + 1] = ('%s_%s=%.1f'):format(prefix, name, row[2])
    end
  end
end

local function measure_gold()
  local counts = measure.counter()
  for _, path in ipairs(vim.fn.sort(vim.fn.glob(root .. '/tests/quality/quotes/*.txt', true, true))) do
    local file = assert(io.open(path, 'rb'))
    local text, gold = require('gold').unmark(file:read('*a'))
    file:close()
    if errors then
      print(vim.fs.basename(path))
    end
    measure.compare(text, analyse(text), gold, counts, errors and show or nil)
  end
  report('gold', 'own articles', counts)
end

---@param prefix string
---@param read fun(text: string): quality.Record[]
---@param part string a folder of PolNeAR
---@param half integer? 0 or 1: of its articles, in order of their names, only the even or the odd ones
local function measure_polnear(prefix, read, part, half)
  local folder = (vim.env.NEWSOUTLINE_SHARED or root .. '/../shared') .. '/data/polnear/' .. part
  if not vim.uv.fs_stat(folder) then
    print('skipped: ' .. folder .. ' is not there')
    return
  end
  local polnear = require('polnear')
  local counts, all, speech = measure.counter(), measure.counter(), measure.counter()
  local n = 0
  polnear.each(folder, root .. '/csrc/data/cues.txt', function(name, text, gold)
    n = n + 1
    if half and n % 2 ~= half then
      return
    end
    if errors then
      print(name)
    end
    local found = read(text)
    measure.compare(text, found, gold, counts, errors and show or nil)
    for _, record in ipairs(found) do
      record.cue = record.cue and polnear.widen(text, record.cue)
    end
    measure.compare(text, found, gold, all)
    local spoken = vim.tbl_filter(function(record)
      return record.is_speech
    end, gold)
    measure.compare(text, found, spoken, speech)
  end)
  report(
    prefix,
    'polnear/' .. part .. (half and (half == 1 and ', open half' or ', closed half') or ''),
    counts
  )
  report(prefix, 'the same, cues widened by auxiliaries and adverbs as PolNeAR has them', all, 'wide')
  report(prefix, 'the same, speech only', speech, 'speech')
end

if not only or only == 'gold' then
  measure_gold()
end
if only == 'naive' then
  measure_polnear('naive', require('naive').analyse, 'dev')
elseif only == 'open' then
  measure_polnear('open', analyse, 'train', 1)
elseif only == 'closed' then
  assert(not errors, 'quotes: the errors of the closed half stay unread')
  measure_polnear('closed', analyse, 'train', 0)
elseif only ~= 'gold' then
  measure_polnear('polnear', analyse, 'dev')
end
print(table.concat(values, ' '))
