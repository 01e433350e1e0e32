--- How often an annotation is found again after an edit from outside: script/quality annotations [--fit] [--show]
---
--- Passages of articles (words, quotes, sentences, paragraphs) are noted, the article is edited in each of the ways
--- below, and the passage is looked for. right: what is found overlaps what became of it; orphan: given up; wrong: it
--- was put on other words, or on any where the passage was deleted. Beside it the strategy that Hypothesis publishes:
--- exact, the nearest one, else the best approximate match with at most min(256, length / 2) errors.

local root = assert(vim.env.NEWSOUTLINE_ROOT, 'run me by script/quality annotations')
local text_of = require('newsoutline.annotations.text').of_string

local function print(...)
  io.stdout:write(string.format(...), '\n')
  io.stdout:flush()
end

-- Numbers that are the same on every machine; NEWSOUTLINE_SEED gives others.
local seed = tonumber(vim.env.NEWSOUTLINE_SEED) or 20240503
local function random(n)
  seed = (seed * 16807) % 2147483647
  return seed % n + 1
end

local function read(path)
  local file = assert(io.open(path, 'rb'))
  local content = file:read('*a')
  file:close()
  return (
    assert(require('newsoutline.binding').core().parse(content:gsub('\r\n', '\n'), { name = path })):text()
  )
end

--- Half of the articles, by their names, are for choosing what anchor.c goes by; the figures are of the other half.
local is_fit = vim.tbl_contains(_G.arg or {}, '--fit')
local articles = {}
local function take(path)
  local is_mine = tonumber(vim.fn.sha256(vim.fs.basename(path)):sub(1, 1), 16) % 2 == (is_fit and 0 or 1)
  local content = is_mine and read(path)
  if content and #content > 1000 and #content < 30000 and content:find('%. ') then
    articles[#articles + 1] = content
  end
end
vim.tbl_map(take, vim.fn.glob(root .. '/seeds/*.{txt,md}', false, true))
-- Other people's articles, where they are there: measured on, never copied.
local shared = vim.fn.glob((vim.env.NEWSOUTLINE_SHARED or '') .. '/**/*.txt', false, true)
for i = 1, #shared, math.max(1, math.floor(#shared / 400)) do
  take(shared[i])
end

local other =
  { 'however', 'officials', 'later', 'the', 'week', 'against', 'seven', 'river', 'plans', 'under', 'quiet' }
local function word()
  return other[random(#other)]
end

--- Changes about a share of the words of a text.
local function rewrite(s, share)
  return (
    s:gsub('%w+', function(w)
      if random(1000) <= share * 1000 then
        local how = random(3)
        return how == 1 and word() or how == 2 and w:sub(1, -2) or w .. 's'
      end
    end)
  )
end

--- A few letters changed, at most a share of them.
local function misspell(s, share)
  local n = math.floor(#s * share)
  for _ = 1, n do
    local at = random(#s)
    if s:sub(at, at):find('%a') then
      s = s:sub(1, at - 1) .. string.char(96 + random(26)) .. s:sub(at + 1)
    end
  end
  return s
end

--- As `misspell`, but never the same words: a copy to the letter, where the original is gone, is the passage moved.
local function look_alike(s)
  local changed = misspell(s, 0.06)
  if changed:lower() == s:lower() then
    changed = s:sub(1, -3) .. (s:sub(-2, -2):lower() == 'x' and 'q' or 'x') .. s:sub(-1)
  end
  return changed
end

local function paragraphs(s)
  return vim.split(s, '\n\n')
end

--- Each: text, from, to (bytes, end excluded) → new text, new from, new to; without the latter it was deleted.
local kinds = {}
local function around(change_before, change_in, change_after)
  return function(t, from, to)
    local a, b, c = change_before(t:sub(1, from)), change_in(t:sub(from + 1, to)), change_after(t:sub(to + 1))
    return a .. b .. c, #a, #a + #b
  end
end
local function same(s)
  return s
end
local function filler()
  local list = {}
  for i = 1, 20 + random(60) do
    list[i] = word()
  end
  return table.concat(list, ' ') .. '.'
end
kinds['no change'] = around(same, same, same)
kinds['text added above and below'] = around(
  function(s)
    return filler() .. '\n\n' .. s
  end,
  same,
  function(s)
    return s .. '\n\n' .. filler()
  end
)
kinds['marks straightened'] = function(t, from, to)
  local function plain(s)
    return (s:gsub('“', '"'):gsub('”', '"'):gsub('’', "'"):gsub('‘', "'"):gsub('—', '-'))
  end
  return around(plain, plain, plain)(t, from, to)
end
kinds['hard-wrapped'] = function(t, from, to)
  local out, column = {}, 0
  for at = 1, #t do
    local char = t:sub(at, at)
    column = char == '\n' and 0 or column + 1
    if char == ' ' and column > 60 then
      char, column = '\n', 0
    end
    out[at] = char
  end
  return table.concat(out), from, to
end
local function move(t, from, to)
  local list, at, mine = paragraphs(t), 0, nil
  for i, p in ipairs(list) do
    if from >= at and to <= at + #p then
      mine = i
      break
    end
    at = at + #p + 2
  end
  if not mine or #list < 3 then
    return nil
  end
  local p, inner = table.remove(list, mine), from - at
  local new = random(#list + 1)
  table.insert(list, new, p)
  local before = 0
  for i = 1, new - 1 do
    before = before + #list[i] + 2
  end
  return table.concat(list, '\n\n'), before + inner, before + inner + (to - from)
end
kinds['paragraph moved'] = move
kinds['sections swapped'] = function(t, from, to)
  local cut = t:find('\n\n', random(#t), true)
  if not cut or (from < cut and to > cut) then
    return nil
  end
  local a, b = t:sub(1, cut - 1), t:sub(cut + 2)
  local new = b .. '\n\n' .. a
  if from < cut then
    return new, #b + 2 + from, #b + 2 + to
  end
  return new, from - cut - 1, to - cut - 1
end
kinds['passage deleted'] = around(same, function()
  return ''
end, same)
kinds['passage misspelt'] = around(same, function(s)
  return misspell(s, 0.1)
end, same)
kinds['quarter of its letters changed'] = around(same, function(s)
  return misspell(s, 0.24)
end, same)
kinds['sentence before rewritten'] = around(function(s)
  return s:sub(1, -81) .. rewrite(s:sub(-80), 0.9)
end, same, same)
kinds['surroundings rewritten'] = around(
  function(s)
    return rewrite(s, 0.5)
  end,
  same,
  function(s)
    return rewrite(s, 0.5)
  end
)
kinds['half of everything rewritten'] = around(function(s)
  return rewrite(s, 0.5)
end, function(s)
  return rewrite(s, 0.5)
end, function(s)
  return rewrite(s, 0.5)
end)
kinds['look-alike added above'] = function(t, from, to)
  local decoy = filler() .. ' ' .. look_alike(t:sub(from + 1, to)) .. ' ' .. filler() .. '\n\n'
  return decoy .. t, from + #decoy, to + #decoy
end
kinds['look-alike added, passage deleted'] = function(t, from, to)
  local decoy = filler() .. ' ' .. look_alike(t:sub(from + 1, to)) .. ' ' .. filler()
  return decoy .. '\n\n' .. t:sub(1, from) .. t:sub(to + 1)
end
kinds['look-alike added, passage misspelt'] = function(t, from, to)
  local decoy = filler() .. ' ' .. t:sub(from + 1, to) .. ' ' .. filler() .. '\n\n'
  local s = misspell(t:sub(from + 1, to), 0.1)
  return decoy .. t:sub(1, from) .. s .. t:sub(to + 1), #decoy + from, #decoy + from + #s
end
kinds['paragraph deleted'] = function(t, from, to)
  local at = 0
  for _, p in ipairs(paragraphs(t)) do
    if from >= at and to <= at + #p then
      return t:sub(1, at) .. t:sub(at + #p + 3)
    end
    at = at + #p + 2
  end
end
--- A sentence with the passage in it, or a part of it, is taken out.
kinds['sentence deleted'] = function(t, from, to)
  local start, stop = from, to
  while start > 0 and not t:sub(start, start):find('[.!?\n]') do
    start = start - 1
  end
  while stop < #t and not t:sub(stop, stop):find('[.!?\n]') do
    stop = stop + 1
  end
  return t:sub(1, start) .. t:sub(stop + 1)
end
kinds['passage and words around it deleted'] = function(t, from, to)
  local start = math.max(0, from - random(40))
  local stop = math.min(#t, to + random(40))
  return t:sub(1, start) .. t:sub(stop + 1)
end
kinds['passage and words after it deleted'] = function(t, from, to)
  return t:sub(1, from) .. t:sub(math.min(#t, to + random(40)) + 1)
end
kinds['words of the context changed'] = around(
  function(s)
    return s:sub(1, -33) .. rewrite(s:sub(-32), 0.4)
  end,
  same,
  function(s)
    return rewrite(s:sub(1, 32), 0.4) .. s:sub(33)
  end
)

--- Places that are quotes, sentences, paragraphs, words and numbers, in lists of their own.
local function passages(t)
  local lists = {}
  for _, pattern in ipairs({ '“[^“”]+”', '"[^"\n]+"', '%u[^.\n]+%.', '[^\n]+', '%a%a+', '%d[%d,.]*' }) do
    local list, at = {}, 1
    while true do
      local from, to = t:find(pattern, at)
      if not from then
        break
      end
      -- Blanks at the ends are no part of a passage, and blanks alone are none.
      local ink = t:sub(from, to):match('^%s*()')
      local rest = #t:sub(from, to):match('%s*$')
      if t:sub(from, to):find('[%w]') and from + ink - 1 <= to - rest and to - from < 2000 then
        list[#list + 1] = { from + ink - 2, to - rest }
      end
      at = to + 1
    end
    if #list > 0 then
      lists[#lists + 1] = list
    end
  end
  return lists
end

--- The published strategy on the same core: the nearest exact occurrence, else the fewest errors.
local function hypothesis(t, passage)
  local exact, best = passage.exact, nil
  local at = 1
  while true do
    local from, to = t:find(exact, at, true)
    if not from then
      break
    end
    if not best or math.abs(from - 1 - passage.from) < math.abs(best[1] - passage.from) then
      best = { from - 1, to }
    end
    at = from + 1
  end
  if best then
    return best[1], best[2]
  end
  local limit = math.min(256, math.floor(#exact / 2))
  return require('newsoutline.binding').core().anchor(t):nearest(exact, limit)
end

local names = vim.tbl_keys(kinds)
table.sort(names)
local show = vim.tbl_contains(_G.arg or {}, '--show') -- each wrong one
local show_missed = vim.tbl_contains(_G.arg or {}, '--missed') -- each orphan that was to be found
local counts, rivals = {}, {}
local total, theirs = { right = 0, orphan = 0, wrong = 0 }, { right = 0, orphan = 0, wrong = 0 }
local asked = { kept = { 0, 0 }, changed = { 0, 0 } }
for _, name in ipairs(names) do
  counts[name] = { right = 0, orphan = 0, wrong = 0 }
  rivals[name] = { right = 0, orphan = 0, wrong = 0 }
end

local function judge(from, to, true_from, true_to)
  if not from then
    return 'orphan'
  elseif true_from and from < true_to and true_from < to then
    return 'right'
  end
  return 'wrong'
end

local function similarity_of(name)
  return name == 'quarter of its letters changed' or name == 'passage misspelt'
end

local trials, LIMIT = 0, tonumber(vim.env.NEWSOUTLINE_TRIALS) or 24000
while trials < LIMIT do
  for _, article in ipairs(articles) do
    local text = text_of(article)
    local sketch = text:sketch()
    local lists = passages(article)
    for _ = 1, 8 do
      local list = lists[random(#lists)]
      local place = list[random(#list)]
      local passage = text:passage(place[1], place[2])
      text:learn_rival(passage)
      for _, name in ipairs(names) do
        local new, true_from, true_to = kinds[name](article, place[1], place[2])
        if new then
          trials = trials + 1
          local from, to = text_of(new):find(passage, new == article, sketch)
          local result = judge(from, to, true_from, true_to)
          counts[name][result] = counts[name][result] + 1
          total[result] = total[result] + 1
          if true_from then
            local exact, prefix, suffix = passage.exact, passage.prefix, passage.suffix
            local is_same = new:sub(true_from + 1, true_to) == exact
            local before = new:sub(true_from - #prefix + 1, true_from) == prefix
            local after = new:sub(true_to + 1, true_to + #suffix) == suffix
            local group
            if is_same and (before or after or not passage.is_repeated) then
              group = asked.kept
            elseif similarity_of(name) and before and after then
              group = asked.changed
            end
            if group and show_missed and result == 'orphan' then
              print('%s: %q in %q', name, passage.exact:sub(1, 80), passage.prefix .. '|' .. passage.suffix)
            end
            if group then
              group[1] = group[1] + (result == 'right' and 1 or 0)
              group[2] = group[2] + 1
            end
          end
          if show and result == 'wrong' then
            print(
              '%s: %q in %q, found %q rival %s',
              name,
              passage.exact:sub(1, 80),
              passage.prefix .. '|' .. passage.suffix,
              new:sub(from - 32, to + 32),
              passage.rival
            )
          end
          local a, b = hypothesis(new, passage)
          local rival = judge(a, b, true_from, true_to)
          rivals[name][rival] = rivals[name][rival] + 1
          theirs[rival] = theirs[rival] + 1
        end
      end
    end
  end
end

print('%-38s %6s %6s %6s   %s', '', 'right', 'orphan', 'wrong', 'exact, then at most half errors')
for _, name in ipairs(names) do
  local a, b = counts[name], rivals[name]
  print('%-38s %6d %6d %6d   %6d %6d %6d', name, a.right, a.orphan, a.wrong, b.right, b.orphan, b.wrong)
end
print('the other strategy: right=%d orphan=%d wrong=%d', theirs.right, theirs.orphan, theirs.wrong)
local function percent(pair)
  return 100 * pair[1] / math.max(1, pair[2])
end
print('words and one side kept, or words unique: right %.2f %% of %d', percent(asked.kept), asked.kept[2])
print('up to a quarter changed, context kept: right %.2f %% of %d', percent(asked.changed), asked.changed[2])
print('right=%d orphan=%d wrong=%d trials=%d', total.right, total.orphan, total.wrong, trials)
