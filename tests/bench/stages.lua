--- What each stage of an analysis costs: script/bench stages
---
--- Pages: reading to blocks and metadata beside libxml2's bare SAX parse of the same bytes, in one process, in turns.
--- Text and Markdown of 1 MB, repeated from the seeds: milliseconds of each stage, quotes beside entities, and where
--- valgrind is there the instructions of each stage, which other work on the machine does not change. The last line is
--- name=value pairs.
local root = assert(vim.env.NEWSOUTLINE_ROOT, 'run me by script/bench stages')
local shared = vim.env.NEWSOUTLINE_SHARED .. '/data'
local build = root .. '/build'
local folder = build .. '/bench'
vim.fn.mkdir(folder, 'p')

local function print(line)
  io.stdout:write(line, '\n')
  io.stdout:flush()
end

local function run(command, options)
  local result = vim.system(command, options or {}):wait()
  if result.code ~= 0 then
    io.stderr:write(table.concat(command, ' '), ':\n', result.stderr or '', '\n')
    os.exit(1)
  end
  return result.stdout
end

local function write(name, bytes)
  local path = folder .. '/' .. name
  local file = assert(io.open(path, 'wb'))
  file:write(bytes)
  file:close()
  return path
end

local function read(path)
  local file = assert(io.open(path, 'rb'))
  local bytes = file:read('*a')
  file:close()
  return bytes
end

run({ 'cmake', '--build', build .. '/release', '--target', 'bench' })
local bench = build .. '/release/bench'

local figures = {}
local function keep(prefix, output)
  for name, value in output:gmatch('([%w_]+)=(%S+)') do
    figures[#figures + 1] = prefix .. name .. '=' .. value
    print(('%-28s %s'):format(prefix .. name, value))
  end
end

--- A megabyte of the paragraphs of all seeds of a kind, in turns.
local function megabyte(extension)
  local paragraphs, out, n = {}, {}, 0
  for _, path in ipairs(vim.fn.sort(vim.fn.glob(root .. '/seeds/*.' .. extension, true, true))) do
    vim.list_extend(paragraphs, vim.split(read(path), '\n\n+', { trimempty = true }))
  end
  while n < 1000000 do
    -- A step that shares no factor with most numbers of paragraphs keeps neighbours varied.
    out[#out + 1] = paragraphs[#out * 7 % #paragraphs + 1]
    n = n + #out[#out] + 2
  end
  return table.concat(out, '\n\n') .. '\n'
end

for _, kind in ipairs({ { 'text', 'txt' }, { 'markdown', 'md' } }) do
  local list = write('megabyte.' .. kind[2], megabyte(kind[2])) .. '\n'
  keep(kind[1] .. '_', run({ bench, 'stages', kind[1], '9' }, { stdin = list }))
  if vim.fn.executable('valgrind') == 1 and vim.fn.executable('callgrind_annotate') == 1 then
    local out = folder .. '/callgrind.' .. kind[1]
    run(
      { 'valgrind', '--tool=callgrind', '--callgrind-out-file=' .. out, bench, 'once', kind[1] },
      { stdin = list }
    )
    local table_of = run({ 'callgrind_annotate', '--inclusive=yes', '--threshold=100', out })
    for _, stage in ipairs({
      'news_read_plain',
      'news_read_markdown',
      'news_form_roles',
      'news_form_outline',
      'news_form_tokens',
      'news_find_marks',
      'news_find_entities',
      'news_find_quotes',
      'news_find_dates',
    }) do
      local count = table_of:match('([%d,]+) %([^\n]-:' .. stage .. ' %[')
      if count then
        keep(kind[1] .. '_', ('%s_million=%.1f'):format(stage, tonumber((count:gsub(',', ''))) / 1e6))
      end
    end
  else
    print('valgrind is not there: instructions are not counted')
  end
end

local pages = {}
for _, packed in ipairs(vim.fn.sort(vim.fn.glob(shared .. '/html/wcxb/html/*.html.gz', true, true))) do
  pages[#pages + 1] = write(vim.fs.basename(packed):gsub('%.gz$', ''), run({ 'gzip', '-dc', packed }))
end
vim.list_extend(
  pages,
  vim.fn.sort(vim.fn.glob(shared .. '/html/readability/test-pages/*/source.html', true, true))
)
if #pages > 0 then
  keep('pages_', run({ bench, 'pages', '5' }, { stdin = table.concat(pages, '\n') .. '\n' }))
else
  print('no pages: ' .. shared .. ' is not there')
end
print(table.concat(figures, ' '))
