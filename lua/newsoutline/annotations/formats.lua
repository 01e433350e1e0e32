--- Annotations in the formats of other programs, and back.
local collection = require('newsoutline.annotations.collection')
local id = require('newsoutline.annotations.id')
local record = require('newsoutline.annotations.record')
local text = require('newsoutline.annotations.text')
local values = require('newsoutline.annotations.values')

local M = { write = {}, read = {} }

---@param of table<string, any>
---@return string[]
local function sorted_keys(of)
  local names = vim.tbl_keys(of)
  table.sort(names)
  return names
end

--- What can be written.
---@return string[]
function M.names()
  return sorted_keys(M.write)
end

--- What can be read.
---@return string[]
function M.readable()
  return sorted_keys(M.read)
end

---@param buf integer
local function source_name(buf)
  return vim.fs.basename(vim.api.nvim_buf_get_name(buf))
end

function M.write.w3c(buf, list)
  local lines = {}
  for i, each in ipairs(list) do
    lines[i] = record.to_line(each.a, source_name(buf))
  end
  local all = vim.tbl_map(function(each)
    return each.a
  end, list)
  local texts = collection.texts_of(all, require('newsoutline.annotations').texts(buf))
  return collection.write(lines, source_name(buf), nil, texts)
end

function M.read.w3c(content)
  local list, problem, _, texts = collection.read(content)
  if list then
    return list, nil, texts
  end
  -- Other programs write a list, a page, a collection with its first page, or a single annotation.
  local ok, data = pcall(vim.json.decode, content)
  if not ok or type(data) ~= 'table' then
    return nil, problem
  end
  local page = type(data.first) == 'table' and data.first or data
  local items = type(page.items) == 'table' and page.items
  local found = {}
  for _, each in ipairs(vim.islist(data) and data or items or { data }) do
    local a = record.from_w3c(each)
    if not a then
      return nil, 'holds something that is no Web Annotation'
    end
    found[#found + 1] = a
  end
  return found
end

--- One line for the article with its text, then one for each annotation.
function M.write.jsonl(buf, list)
  local t = text.of(buf)
  local lines = {}
  if t then
    lines[1] = ('{"type":"Article","source":%s,"textSha256":"%s","text":%s}'):format(
      values.encode(source_name(buf)),
      vim.fn.sha256(t.bytes),
      values.encode(t.bytes)
    )
    t:close()
  end
  for _, each in ipairs(list) do
    lines[#lines + 1] = record.to_line(each.a, source_name(buf))
  end
  return table.concat(lines, '\n') .. (#lines > 0 and '\n' or '')
end

function M.read.jsonl(content)
  local list, n = {}, 0
  for line in content:gmatch('[^\r\n]+') do
    n = n + 1
    local ok, data = pcall(vim.json.decode, line)
    local a = ok and record.from_w3c(data)
    local is_article = ok and type(data) == 'table' and data.type == 'Article'
    if not a and not is_article then
      return nil, ('line %d is no annotation'):format(n)
    end
    list[#list + 1] = a or nil
  end
  return list
end

--- The pieces of a passage between its line breaks, as brat has them: places, and the words with a blank between.
---@param p newsoutline.Passage
---@return string places
---@return string words
local function pieces(p)
  local places, words, from = {}, {}, p.from
  for line in (p.exact .. '\n'):gmatch('(.-)\n') do
    local n = vim.fn.strchars(line)
    if n > 0 then
      places[#places + 1] = ('%d %d'):format(from, from + n)
      words[#words + 1] = line
    end
    from = from + n + 1
  end
  return table.concat(places, ';'), table.concat(words, ' ')
end

--- brat's standoff: one `T` line for the passage, notes for what brat has no place for. Its offsets are code points of
--- the article's text.
function M.write.brat(_, list)
  local lines = {}
  for i, each in ipairs(list) do
    local a = each.a
    local label = (a.label or 'annotation'):gsub('%s', '_')
    local places, words = pieces(a.passage)
    lines[#lines + 1] = ('T%d\t%s %s\t%s'):format(i, label, places, words)
    lines[#lines + 1] = ('#%d\tAnnotatorNotes T%d\t%s'):format(i, i, record.to_line(a, ''))
  end
  return table.concat(lines, '\n') .. (#lines > 0 and '\n' or '')
end

function M.read.brat(content, buf)
  local t, problem = text.of(buf)
  if not t then
    return nil, problem
  end
  local by_name, list = {}, {}
  for line in content:gmatch('[^\r\n]+') do
    local name, label, from, to = line:match('^(T%d+)\t(%S+) (%d+) [%d; ]-(%d+)\t')
    local about, note = line:match('^#%d+\tAnnotatorNotes (T%d+)\t(.*)$')
    if name then
      local a = {
        id = id.random(),
        label = label ~= 'annotation' and label or nil,
        passage = t:passage(t:byte(tonumber(from)), t:byte(tonumber(to))),
        sha = vim.fn.sha256(t.bytes),
      }
      by_name[name], list[#list + 1] = a, a
    elseif about and by_name[about] then
      local ok, data = pcall(vim.json.decode, note)
      local whole = ok and record.from_w3c(data)
      if whole then
        for key, value in pairs(whole) do
          by_name[about][key] = value
        end
      else
        by_name[about].text = note
      end
    end
  end
  t:close()
  return list
end

M.write['refi-qda'] = function(buf, list)
  return require('newsoutline.annotations.refi').project(buf, list)
end

M.read['refi-qda'] = function(content, buf, fetch)
  return require('newsoutline.annotations.refi').read(content, buf, fetch)
end

function M.write.csv(buf, list)
  local function cell(value)
    value = tostring(value or '')
    -- A spreadsheet would run what begins like a formula.
    if value:find('^[=+@\t\r-]') then
      value = "'" .. value
    end
    return '"' .. value:gsub('"', '""') .. '"'
  end
  local lines = { 'file,line,label,status,quote,text,source,author,created,state' }
  for _, each in ipairs(list) do
    local a, row = each.a, each.span and each.span.from[1] or each.a.row or 0
    local cells =
      { source_name(buf), row + 1, a.label, a.status, a.passage.exact, a.text, a.source, a.author, a.created }
    local out = {}
    for i = 1, 9 do
      out[i] = cell(cells[i])
    end
    out[10] = cell(each.span and 'placed' or 'lost')
    lines[#lines + 1] = table.concat(out, ',')
  end
  return table.concat(lines, '\r\n') .. '\r\n'
end

--- A fact-check sheet: by section, each passage with speaker, status, source and note.
function M.write.markdown(buf, list)
  local lookup = require('newsoutline.lookup')
  local analysis = require('newsoutline.document').get(buf)
  local title = analysis and analysis.headline and analysis.headline.text or source_name(buf)
  local lines, section = { '# ' .. title, '' }, nil
  for _, each in ipairs(list) do
    local a, span = each.a, each.span
    local path = analysis and span and lookup.sections_at(analysis, span.from) or {}
    local name = not span and 'Lost passages' or path[#path] and path[#path].title or 'Beginning'
    if name ~= section then
      vim.list_extend(lines, { '## ' .. name, '' })
      section = name
    end
    lines[#lines + 1] = ('- “%s”'):format(
      (a.passage.exact:gsub('%s+', ' '):gsub('^[“"]', ''):gsub('[”"]$', ''))
    )
    local quote = analysis and span and lookup.quote_at(analysis, span.from)
    local function field(key, value)
      if value and value ~= '' then
        lines[#lines + 1] = ('  - %s: %s'):format(key, (value:gsub('\n', '\n    ')))
      end
    end
    field('Speaker', quote and quote.speaker and quote.speaker.name)
    field('Label', a.label)
    field('Status', a.status)
    field('Source', a.source)
    field('Note', a.text)
  end
  return table.concat(lines, '\n') .. '\n'
end

return M
