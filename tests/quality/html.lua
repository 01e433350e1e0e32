--- How much of a web page's article is found, and whether each run of text has its exact place:
--- nvim -l tests/quality/html.lua [--errors]
---
--- Pages of ../shared/data/html that the weights were not fitted to (csrc/tools/html_pages.lua parts them by
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
local sets = {}
for _, name in ipairs({ 'wcxb', 'readability' }) do
  sets[name] = { n = 0, words = 0, shingles = setmetatable({}, { __index = Shingles }) }
end
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

-- Characters that are written as references on the pages, and how; numbers are counted out.
local named = {
  amp = '&',
  lt = '<',
  gt = '>',
  quot = '"',
  apos = "'",
}
for name, code in
  ([[nbsp 160 cent 162 pound 163 yen 165 sect 167 copy 169 laquo 171 shy 173 reg 174 deg 176 plusmn 177 acute 180
  micro 181 para 182 middot 183 frac14 188 frac12 189 frac34 190 raquo 187 iexcl 161 iquest 191 ordm 186 ordf 170
  sup2 178 sup3 179 Agrave 192 Aacute 193 Acirc 194 Atilde 195 Auml 196 Aring 197 AElig 198 Ccedil 199 Egrave 200
  Eacute 201 Ecirc 202 Euml 203 Igrave 204 Iacute 205 Icirc 206 Iuml 207 Ntilde 209 Ograve 210 Oacute 211 Ocirc
  212 Otilde 213 Ouml 214 times 215 Oslash 216 Ugrave 217 Uacute 218 Ucirc 219 Uuml 220 szlig 223 agrave 224
  aacute 225 acirc 226 atilde 227 auml 228 aring 229 aelig 230 ccedil 231 egrave 232 eacute 233 ecirc 234 euml 235
  igrave 236 iacute 237 icirc 238 iuml 239 ntilde 241 ograve 242 oacute 243 ocirc 244 otilde 245 ouml 246 divide
  247 oslash 248 ugrave 249 uacute 250 ucirc 251 uuml 252 yuml 255 OElig 338 oelig 339 Scaron 352 scaron 353 ensp
  8194 emsp 8195 thinsp 8201 zwnj 8204 zwj 8205 ndash 8211 mdash 8212 lsquo 8216 rsquo 8217 sbquo 8218 ldquo 8220
  rdquo 8221 bdquo 8222 dagger 8224 bull 8226 hellip 8230 prime 8242 lsaquo 8249 rsaquo 8250 euro 8364 trade 8482
  larr 8592 uarr 8593 rarr 8594 darr 8595 minus 8722 le 8804 ge 8805 ne 8800 alpha 945 beta 946 gamma 947
  pi 960]]):gmatch('(%w+)%s+(%d+)')
do
  named[name] = vim.fn.nr2char(tonumber(code), true)
end

-- What a browser shows of these bytes of the page, white space aside.
local function shown(bytes)
  return (
    bytes
      :gsub('<!%-%-.-%-%->', '')
      :gsub('<q[^%a>]*>', '“')
      :gsub('</q>', '”')
      :gsub('</?[%a!?][^>]*>', '')
      :gsub('&#([xX]?)(%x+);?', function(hex, digits)
        local code = tonumber(digits, hex ~= '' and 16 or 10)
        local windows = code >= 128 and code < 160 and vim.iconv(string.char(code), 'windows-1252', 'utf-8')
        return windows or vim.fn.nr2char(code, true)
      end)
      :gsub('&(%w+);?', named)
      :gsub('\194\173', '')
      :gsub('\226\128\139', '')
      :gsub('\226\129\160', '')
      :gsub('\239\187\191', '')
      :gsub('%s+', '')
  )
end

local exact, runs = 0, 0

-- Each run of the decoded text, that is what stands between white space, against the bytes of the file that it is said
-- to come from, read anew.
local function check_runs(page, html, document)
  local charset = html:sub(1, 4096):lower():match('charset=["\']?([%w-]+)')
  local text = document:text()
  for from, run, to in text:gmatch('()(%S+)()') do
    local first, last = document:source_span(from - 1, to - 1)
    local bytes = html:sub(first + 1, last)
    runs = runs + 1
    if
      bytes == run
      or shown(bytes) == run
      or shown(vim.iconv(bytes, charset or 'windows-1252', 'utf-8') or '') == run
    then
      exact = exact + 1
    elseif show_errors then
      print(('  %s at %d: %q, not %q'):format(page.id, first, bytes:sub(1, 80), run:sub(1, 80)))
    end
  end
end

for _, page in ipairs(corpus.pages()) do
  local html = corpus.html(page)
  local document = assert(core.parse(html, { name = page.id .. '.html', format = 'html', read_only = true }))
  check_runs(page, html, document)
  if page.judged then
    local analysis = document:analysis({ positions = 'bytes', text = true })
    local gold = corpus.text(page)
    local set = sets[page.set]
    local score = word_f1(words(vim.fn.tolower(analysis.text)), words(vim.fn.tolower(gold)))
    set.n = set.n + 1
    set.words = set.words + score
    set.shingles:add(shingles(words(analysis.text)), shingles(words(gold)))
    if show_errors and score < 0.8 then
      print(('  %s words %.2f'):format(page.id, score))
    end
    if page.set == 'wcxb' then
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
  document:close()
end

local function percent(field)
  return all[field] > 0 and 100 * right[field] / all[field] or 0
end
for _, name in ipairs({ 'wcxb', 'readability' }) do
  local set = sets[name]
  local precision, recall, shingle_f1 = set.shingles:means()
  set.shingle_f1, set.word_f1 = shingle_f1, set.words / math.max(1, set.n)
  print(('%s: %d judged pages'):format(name, set.n))
  print(('  shingle F1  %.3f   precision %.3f, recall %.3f'):format(shingle_f1, precision, recall))
  if name == 'wcxb' then
    print(
      '    at least .960; elsewhere, on other pages: rs-trafilatura .970, trafilatura .958, Readability.js .947'
    )
    print(('  word F1     %.3f   (at least .94; elsewhere: defuddle .930)'):format(set.word_f1))
    print(('  title       %.1f   (at least 85; defuddle 74)'):format(percent('title')))
    print(('  author      %.1f   (at least 78; defuddle 70)'):format(percent('author')))
    print(('  date        %.1f   (at least 80; defuddle 70)'):format(percent('date')))
  else
    print(
      ('  word F1     %.3f   (what is found is compared with what Readability.js finds)'):format(set.word_f1)
    )
  end
end
print(('exact runs    %.4f of %d, all development pages (100 asked)'):format(100 * exact / runs, runs))
print(
  ('shingle_f1=%.4f word_f1=%.4f title=%.1f author=%.1f date=%.1f pages=%d readability=%.4f exact_runs=%.4f'):format(
    sets.wcxb.shingle_f1,
    sets.wcxb.word_f1,
    percent('title'),
    percent('author'),
    percent('date'),
    sets.wcxb.n,
    sets.readability.shingle_f1,
    100 * exact / runs
  )
)
