--- How often names are right, and how fast they are found: script/quality entities [--errors wwn|conll]
---
--- Exact-span F1 over persons, organisations and places on text rebuilt from the tokens of ../shared/data/ner: modern
--- news (wwn; wwn_unseen is the half that chose no option), Reuters 1996 (conll), and GUM's news, each quarter of it
--- by a model trained without it: with the types of this project's guide (gum_news), and with those of GUM's own guide
--- by a model that has learnt them (gum_news_own_guide). gum_news_b3 is B-cubed of the entries over all of GUM's names
--- headed by a proper noun: a name marked is met by the first name found that overlaps it, one that is not found costs
--- recall, one found where none is marked costs precision (names of other things than persons, organisations and
--- places aside: GUM marks no adjectives of peoples); gum_news_b3_shared is over the names that both sides have. Then
--- the throughput beside that of wink-nlp (npm, installed below build/ where it can be) on the same articles. `speed`
--- asks for that alone.

local root = assert(vim.env.NEWSOUTLINE_ROOT, 'run me by script/quality entities')
local shared = vim.env.NEWSOUTLINE_SHARED .. '/data'
local build = root .. '/build'

local function print(line)
  io.stdout:write(line, '\n')
  io.stdout:flush()
end

if not vim.uv.fs_stat(shared .. '/ner') then
  print('skipped: ' .. shared .. ' is not there')
  os.exit(0)
end

local function run(command, options)
  local result = vim.system(command, vim.tbl_extend('force', { text = true }, options or {})):wait()
  if result.code ~= 0 then
    io.stderr:write(table.concat(command, ' '), ':\n', result.stderr or '', '\n')
    return nil
  end
  return result.stdout
end

if not run({ 'cmake', '--build', build .. '/release', '--target', 'train' }) then
  os.exit(1)
end
local trainer, model = build .. '/release/train', root .. '/csrc/data/entities.model'

local mode, set = unpack(_G.arg or {})
if mode == '--errors' then
  print(run({ trainer, 'errors', shared, model, set or 'wwn' }) or '')
  os.exit(0)
end

vim.fn.mkdir(build .. '/train', 'p')
local clusters = build .. '/train/clusters.tsv'
local packed = vim.fn.glob(shared .. '/ner/glove-clusters/*.tsv.gz', true, true)[1]
assert(os.execute(('gzip -dc %s >%s'):format(vim.fn.shellescape(packed), vim.fn.shellescape(clusters))) == 0)

local figures = {}
local measured = mode == 'speed' and ''
  or run({ trainer, 'measure', shared, root .. '/csrc/data/corpus', clusters, model })
  or os.exit(1)
for line in measured:gmatch('[^\n]+') do
  local name, value = line:match('^(%S+)=(%S+)$')
  figures[#figures + 1] = { name, value }
  print(('%-24s %s'):format(name, value))
end

--- The articles of wwn-sample as text, each in a file of its own.
vim.fn.mkdir(build .. '/train/articles', 'p')
local articles, words = {}, {}
local function finish()
  if #words > 0 then
    local article =
      { text = table.concat(words), path = ('%s/train/articles/%03d.txt'):format(build, #articles + 1) }
    local file = assert(io.open(article.path, 'wb'))
    file:write(article.text)
    file:close()
    articles[#articles + 1] = article
  end
  words = {}
end
for line in io.lines(shared .. '/ner/wwn-sample/sample.txt') do
  local token = line:match('^(%S+) %S+$')
  if line:match('^%-DOCSTART') then
    finish()
  elseif token then
    words[#words + 1] = token:match('^[%.,;:!?)]$') and token or ' ' .. token
  elseif words[#words] ~= '\n\n' then
    words[#words + 1] = '\n\n'
  end
end
finish()

--- One article after the other, several rounds, the best of them: a compiler at work counts for nobody. Times are of
--- the processor, so that other work on the machine matters little. Ours is timed twice: the whole analysis as Lua gets
--- it, and all that it takes until the entities are there, in C.
local core = require('newsoutline.core')
local rounds, bytes, best, paths = 9, 0, math.huge, {}
for _, article in ipairs(articles) do
  bytes = bytes + #article.text
  paths[#paths + 1] = article.path
end
for _ = 1, rounds do
  local start = os.clock()
  for _, article in ipairs(articles) do
    local document = assert(core.parse(article.text, { name = 'sample.txt', format = 'text', utf8 = true }))
    document:analysis()
    document:close()
  end
  best = math.min(best, os.clock() - start)
end
local speeds = { { 'whole', bytes / best / 1e6 } }

if run({ 'cmake', '--build', build .. '/release', '--target', 'bench' }) then
  local stages = run(
    { build .. '/release/bench', 'stages', 'text', tostring(rounds) },
    { stdin = table.concat(paths, '\n') .. '\n' }
  ) or ''
  speeds[2] = { 'to_entities', tonumber(stages:match('to_entities_mbs=(%S+)')) or 0 }
end

local wink = [[
const fs = require('fs');
const model = require('wink-eng-lite-web-model');
const nlp = require('wink-nlp')(model, ['sbd', 'negation', 'ner', 'pos']);
const [rounds, ...paths] = process.argv.slice(2);
const articles = paths.map((path) => fs.readFileSync(path, 'utf8'));
let best = Infinity;
for (let round = 0; round < 3 + Number(rounds); round++) {
  const start = process.cpuUsage();
  for (const article of articles) nlp.readDoc(article).entities().out();
  const used = process.cpuUsage(start);
  best = Math.min(best, (used.user + used.system) / 1e6);
}
console.log(best);
]]
local folder = build .. '/wink'
vim.fn.mkdir(folder, 'p')
vim.fn.writefile(vim.split(wink, '\n'), folder .. '/measure.js')
local there = vim.uv.fs_stat(folder .. '/node_modules/wink-nlp')
  or (
    vim.fn.executable('npm') == 1
    and run({ 'npm', 'install', 'wink-nlp', 'wink-eng-lite-web-model' }, { cwd = folder })
  )
local command = vim.list_extend({ 'node', folder .. '/measure.js', tostring(rounds) }, paths)
local theirs = there and tonumber(run(command, { cwd = folder }) or '')
if theirs then
  figures[#figures + 1] = { 'wink_mbs', ('%.2f'):format(bytes / theirs / 1e6) }
else
  print('wink-nlp cannot be installed here: no comparison')
end
for _, speed in ipairs(speeds) do
  figures[#figures + 1] = { speed[1] .. '_mbs', ('%.1f'):format(speed[2]) }
  if theirs then
    figures[#figures + 1] = { speed[1] .. '_times_wink', ('%.1f'):format(speed[2] * 1e6 / bytes * theirs) }
  end
end

local line = {}
for _, figure in ipairs(figures) do
  line[#line + 1] = figure[1] .. '=' .. figure[2]
end
print(table.concat(line, ' '))
