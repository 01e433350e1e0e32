--- Compares the analysis of one article with its golden file: nvim -l tests/golden/run.lua ARTICLE
---
--- A golden file is made to be read: one line for each thing found, beginning with where it stands, as
--- LINE:COLUMN-LINE:COLUMN (from 1, columns in bytes, the second just past the end). With NEWSOUTLINE_REFRESH set it is
--- written anew instead (script/test --refresh), and git shows what changed.

local here = vim.fn.fnamemodify(debug.getinfo(1, 'S').source:sub(2), ':p')
local root = vim.fs.dirname(vim.fs.dirname(vim.fs.dirname(here)))
vim.opt.runtimepath:prepend(root)
if vim.env.NEWSOUTLINE_BUILD then
  vim.opt.runtimepath:prepend(vim.env.NEWSOUTLINE_BUILD)
end

local core = require('newsoutline.core')
local report = require('newsoutline.report')

---@param path string
---@return string
local function read(path)
  local file = assert(io.open(path, 'rb'))
  local bytes = file:read('*a')
  file:close()
  return bytes
end

--- Text on one line, and not longer than this many characters: both of its ends stay in view.
local function short(text, limit)
  text = vim.trim((text:gsub('%s+', ' ')))
  if vim.fn.strcharlen(text) <= limit then
    return text
  end
  local head = math.floor(limit * 2 / 3)
  return vim.fn.strcharpart(text, 0, head)
    .. ' … '
    .. vim.fn.strcharpart(text, vim.fn.strcharlen(text) - limit + head)
end

local function present(value)
  return value ~= nil and value ~= vim.NIL
end

--- One analysis as a list of lines.
local function describe(analysis, bytes)
  local place = report.places(bytes)
  local lines = {}
  local function add(format, ...)
    table.insert(lines, (format:format(...):gsub('%s+$', '')))
  end
  local function range(thing)
    if not present(thing.from) then
      return '-'
    end
    local line, column = place(thing.from)
    local to_line, to_column = place(thing.to)
    return ('%d:%d-%d:%d'):format(line, column, to_line, to_column)
  end
  local function source(thing, limit)
    return short(bytes:sub(thing.from + 1, thing.to), limit)
  end
  local function heading(thing, indent)
    for _, field in ipairs({ 'headline', 'dek', 'date', 'modified' }) do
      local value = thing[field]
      if present(value) then
        local iso = value.iso and (present(value.iso) and value.iso .. ' ' or 'undated ') or ''
        add('%s%-16s %-10s %s%s', indent, range(value), field, iso, short(value.text, 90))
      end
    end
    for _, byline in ipairs(thing.bylines or {}) do
      add('%s%-16s %-10s %s', indent, range(byline), 'byline', byline.text)
    end
  end

  add(
    'Article: %s, %s',
    analysis.format,
    present(analysis.language) and analysis.language or 'language unknown'
  )
  if present(analysis.note) then
    add('  %s', analysis.note)
  end
  heading(analysis, '  ')
  for _, field in ipairs({ 'publisher', 'section' }) do
    if present(analysis[field]) then
      add('  %-16s %-10s %s', '-', field, analysis[field])
    end
  end
  for i, item in ipairs(analysis.items) do
    add('  %-16s item %d', range(item), i)
    heading(item, '    ')
  end

  add('')
  add('Outline')
  for _, node in ipairs(analysis.outline) do
    add('  %-16s %-10s %s%s', range(node), node.kind, ('  '):rep(node.level - 1), node.title)
  end

  add('')
  add('Blocks')
  for _, block in ipairs(analysis.blocks) do
    add('  %-16s %-11s %s', range(block), block.role, source(block, 70))
  end

  add('')
  add('Entities')
  for _, entity in ipairs(analysis.entities) do
    local extra = {}
    if #entity.aliases > 0 then
      table.insert(extra, 'also ' .. table.concat(entity.aliases, ', '))
    end
    if #entity.roles > 0 then
      table.insert(extra, 'role ' .. table.concat(entity.roles, ', '))
    end
    add('  %s %s%s', entity.type, entity.name, #extra > 0 and '; ' .. table.concat(extra, '; ') or '')
    for _, mention in ipairs(entity.mentions) do
      add('    %-16s %-11s %s', range(mention), mention.kind, short(mention.text, 70))
    end
  end

  add('')
  add('Quotes')
  for _, quote in ipairs(analysis.quotes) do
    add('  %-16s %-8s %s', range(quote), quote.kind, short(quote.text, 80))
    if #quote.parts > 1 then
      for _, part in ipairs(quote.parts) do
        add('    %-16s part    %s', range(part), source(part, 70))
      end
    end
    if quote.content.from ~= quote.from or quote.content.to ~= quote.to then
      add('    %-16s content %s', range(quote.content), source(quote.content, 70))
    end
    if present(quote.speaker) then
      local written = present(quote.speaker.from) and source(quote.speaker, 50) or quote.speaker.name
      local name = written ~= quote.speaker.name and ' = ' .. quote.speaker.name or ''
      add('    %-16s speaker %s%s', range(quote.speaker), written, name)
    end
    if present(quote.cue) then
      add('    %-16s cue     %s', range(quote.cue), quote.cue.text)
    end
  end

  add('')
  add('Dates')
  for _, date in ipairs(analysis.dates) do
    add('  %-16s %-20s %s', range(date), present(date.iso) and date.iso or 'undated', date.text)
  end
  return table.concat(lines, '\n') .. '\n'
end

local article = arg[1]
local folder = vim.fs.basename(vim.fs.dirname(article))
local expected = ('%s/tests/golden/expected/%s/%s.golden'):format(root, folder, vim.fs.basename(article))

local bytes = read(article)
local document, message = core.parse(bytes, { format = 'auto', name = vim.fs.basename(article) })
local found
if document then
  found = describe(document:analysis({ positions = 'bytes', null = vim.NIL }), bytes)
else
  -- An input that is refused is worth a golden file too: its message is what a person reads.
  found = 'Refused: ' .. message .. '\n'
end

if vim.env.NEWSOUTLINE_REFRESH then
  vim.fn.mkdir(vim.fs.dirname(expected), 'p')
  local file = assert(io.open(expected, 'wb'))
  file:write(found)
  file:close()
  os.exit(0)
end
if not vim.uv.fs_stat(expected) then
  print(('%s has no golden file; write it with script/test --refresh and read it'):format(article))
  os.exit(1)
end
local wanted = read(expected)
if found ~= wanted then
  print(('%s: what is found (+) differs from the golden file (-)'):format(article))
  print(vim.diff(wanted, found, { ctxlen = 1 }))
  os.exit(1)
end
