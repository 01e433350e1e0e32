--- How often names are right, and how fast they are found: script/quality entities [--errors wwn|conll]
---
--- Exact-span F1 over persons, organisations and places on text rebuilt from the tokens of ../shared/data/ner: modern
--- news (wwn; wwn_unseen is the half that chose no option), Reuters 1996 (conll), and GUM's news, each quarter of it
--- by a model trained without it; B-cubed of GUM's named entities, over the names that both sides have. Then the
--- throughput of the whole analysis beside that of wink-nlp (npm, installed below build/ where it can be) on the same
--- text.

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
for line in
  (run({ trainer, 'measure', shared, root .. '/csrc/data/corpus', clusters, model }) or os.exit(1)):gmatch(
    '[^\n]+'
  )
do
  local name, value = line:match('^(%S+)=(%S+)$')
  figures[#figures + 1] = { name, value }
  print(('%-24s %s'):format(name, value))
end

--- Some megabytes of news to time, the tokens of wwn-sample as text, several times over.
local words = {}
for line in io.lines(shared .. '/ner/wwn-sample/sample.txt') do
  local token = line:match('^(%S+) %S+$')
  if line:match('^%-DOCSTART') then
    words[#words + 1] = '\n\n'
  elseif token then
    words[#words + 1] = token:match('^[%.,;:!?)]$') and token or ' ' .. token
  elseif words[#words] ~= '\n\n' then
    words[#words + 1] = '\n\n'
  end
end
local text = table.concat(words):rep(6)
local sample = build .. '/train/sample.txt'
local file = assert(io.open(sample, 'wb'))
file:write(text)
file:close()

local core = require('newsoutline.core')
local best = math.huge
for _ = 1, 3 do
  local start = vim.uv.hrtime()
  core.parse(text, { name = 'sample.txt', format = 'text', utf8 = true })
  best = math.min(best, (vim.uv.hrtime() - start) / 1e9)
end
local speed = #text / best / 1e6
figures[#figures + 1] = { 'megabytes_per_second', ('%.1f'):format(speed) }

local wink = [[
const fs = require('fs');
const model = require('wink-eng-lite-web-model');
const nlp = require('wink-nlp')(model, ['sbd', 'negation', 'ner', 'pos']);
const text = fs.readFileSync(process.argv[2], 'utf8');
const part = text.slice(0, text.length / 6);
nlp.readDoc(part.slice(0, 20000)).entities().out();
const start = process.hrtime.bigint();
nlp.readDoc(part).entities().out();
console.log(Buffer.byteLength(part) / (Number(process.hrtime.bigint() - start) / 1e9) / 1e6);
]]
local folder = build .. '/wink'
vim.fn.mkdir(folder, 'p')
vim.fn.writefile(vim.split(wink, '\n'), folder .. '/measure.js')
local there = vim.uv.fs_stat(folder .. '/node_modules/wink-nlp')
  or (
    vim.fn.executable('npm') == 1
    and run({ 'npm', 'install', 'wink-nlp', 'wink-eng-lite-web-model' }, { cwd = folder })
  )
local theirs = there and tonumber(run({ 'node', folder .. '/measure.js', sample }, { cwd = folder }) or '')
if theirs then
  figures[#figures + 1] = { 'wink_megabytes_per_second', ('%.2f'):format(theirs) }
  figures[#figures + 1] = { 'times_wink', ('%.1f'):format(speed / theirs) }
else
  print('wink-nlp cannot be installed here: no comparison')
end

local line = {}
for _, figure in ipairs(figures) do
  line[#line + 1] = figure[1] .. '=' .. figure[2]
end
print(table.concat(line, ' '))
