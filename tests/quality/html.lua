--- How much of a web page's article is found: nvim -l tests/quality/html.lua [--errors]
---
--- Pages of ../shared/data/html/wcxb that the weights were not fitted to (csrc/tools/html_pages.lua parts them by
--- site). Both measures of the text are the published ones, to the letter: see Shingles and word_f1. Titles and authors
--- are compared without case and punctuation, dates by day. The last line is name=value pairs.
local here = vim.fn.fnamemodify(debug.getinfo(1, 'S').source:sub(2), ':p')
local root = vim.fs.dirname(vim.fs.dirname(vim.fs.dirname(here)))
vim.opt.runtimepath:prepend(root)
if vim.env.NEWSOUTLINE_BUILD then
  vim.opt.runtimepath:prepend(vim.env.NEWSOUTLINE_BUILD)
end
local core = require('newsoutline.core')
local corpus = dofile(root .. '/csrc/tools/html_pages.lua')

local function print(line)
  io.stdout:write(line, '\n')
end

if not vim.uv.fs_stat(corpus.folder()) then
  print('skipped: ' .. corpus.folder() .. ' is not there')
  os.exit(0)
end

-- Letters, digits and the underscore, of any script: what \w matches in the published evaluators.
local is_word = setmetatable({}, {
  __index = function(known, char)
    local class = vim.fn.charclass(char)
    known[char] = char:find('^[%w_]') ~= nil or (#char > 1 and class >= 2 and class ~= 3)
    return known[char]
  end,
})

local function words(text)
  local list, from = {}, nil
  for at, char in text:gmatch('()([%z\1-\127\194-\244][\128-\191]*)') do
    if is_word[char] then
      from = from or at
    elseif from then
      list[#list + 1] = text:sub(from, at - 1)
      from = nil
    end
  end
  list[#list + 1] = from and text:sub(from)
  return list
end

local function shingles(list)
  local out = {}
  for i = 1, #list > 0 and math.max(1, #list - 3) or 0 do
    out[i] = table.concat(list, ' ', i, math.min(i + 3, #list))
  end
  return out
end

local function shared(found, gold)
  local count, common = {}, 0
  for _, item in ipairs(gold) do
    count[item] = (count[item] or 0) + 1
  end
  for _, item in ipairs(found) do
    if (count[item] or 0) > 0 then
      count[item] = count[item] - 1
      common = common + 1
    end
  end
  return common
end

-- Zyte's article-extraction metric: precision and recall of bags of four words in a row, case kept, each averaged over
-- the pages where it is defined, and the F1 of these two means.
local Shingles = { precision = 0, recall = 0, n_precision = 0, n_recall = 0 }

function Shingles:add(found, gold)
  local common = shared(found, gold)
  if #found > 0 then
    self.precision = self.precision + common / #found
    self.n_precision = self.n_precision + 1
  end
  if #gold > 0 then
    self.recall = self.recall + common / #gold
    self.n_recall = self.n_recall + 1
  end
end

function Shingles:means()
  local precision = self.precision / math.max(1, self.n_precision)
  local recall = self.recall / math.max(1, self.n_recall)
  return precision, recall, precision + recall > 0 and 2 * precision * recall / (precision + recall) or 0
end

-- WCXB's: F1 of bags of words without case.
local function word_f1(found, gold)
  return #found + #gold > 0 and 2 * shared(found, gold) / (#found + #gold) or 1
end

local function plain(text)
  return table.concat(words(vim.fn.tolower(text or '')), ' ')
end

local show_errors = vim.tbl_contains(_G.arg or {}, '--errors')
local n, word_sum = 0, 0
local right, all = { title = 0, author = 0, date = 0 }, { title = 0, author = 0, date = 0 }

local function check(page, field, found, gold)
  if not gold or gold == '' then
    return
  end
  all[field] = all[field] + 1
  if found == gold then
    right[field] = right[field] + 1
  elseif show_errors then
    print(('  %s %s: %s, not %s'):format(page.id, field, gold, found))
  end
end

for _, page in ipairs(corpus.pages()) do
  if page.judged then
    local document =
      assert(core.parse(corpus.html(page), { name = page.id .. '.html', format = 'html', read_only = true }))
    local analysis = document:analysis({ positions = 'bytes', text = true })
    local found, gold = words(vim.fn.tolower(analysis.text)), words(vim.fn.tolower(page.gold.main_content))
    local score = word_f1(found, gold)
    n = n + 1
    word_sum = word_sum + score
    Shingles:add(shingles(words(analysis.text)), shingles(words(page.gold.main_content)))
    if show_errors and score < 0.8 then
      print(('  %s words %.2f: %d found, %d there'):format(page.id, score, #found, #gold))
    end
    local authors = {}
    for _, byline in ipairs(analysis.bylines) do
      authors[#authors + 1] = byline.text
    end
    check(page, 'title', plain(analysis.headline and analysis.headline.text), plain(page.gold.title))
    check(page, 'author', plain(table.concat(authors, ' ')), plain(page.gold.author))
    check(
      page,
      'date',
      analysis.date and analysis.date.iso and analysis.date.iso:sub(1, 10) or '',
      (page.gold.publish_date or ''):sub(1, 10)
    )
  end
end

local function percent(field)
  return all[field] > 0 and 100 * right[field] / all[field] or 0
end
print(('%d judged pages'):format(n))
local precision, recall, shingle_f1 = Shingles:means()
print(
  ('  shingle F1  %.3f   (at least .960; elsewhere, on other pages: rs-trafilatura .970, trafilatura .958, '):format(
    shingle_f1
  ) .. 'Readability.js .947)'
)
print(('    precision %.3f, recall %.3f'):format(precision, recall))
print(('  word F1     %.3f   (at least .94; elsewhere: defuddle .930)'):format(word_sum / n))
print(('  title       %.1f   (at least 85; defuddle 74)'):format(percent('title')))
print(('  author      %.1f   (at least 78; defuddle 70)'):format(percent('author')))
print(('  date        %.1f   (at least 80; defuddle 70)'):format(percent('date')))
print(
  ('shingle_f1=%.4f word_f1=%.4f title=%.1f author=%.1f date=%.1f pages=%d'):format(
    shingle_f1,
    word_sum / n,
    percent('title'),
    percent('author'),
    percent('date'),
    n
  )
)
