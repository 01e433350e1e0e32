--- Annotations in the formats of other programs, and back.
local record = require('newsoutline.annotations.record')
local text = require('newsoutline.annotations.text')

local M = { write = {}, read = {} }

---@return string[]
function M.names()
  local names = vim.tbl_keys(M.write)
  table.sort(names)
  return names
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
  return record.document(lines, source_name(buf))
end

function M.read.w3c(content)
  local list, problem = record.parse(content)
  if list then
    return list
  end
  -- Other programs write a list, a page or a single annotation.
  local ok, data = pcall(vim.json.decode, content, { luanil = { object = true, array = true } })
  if not ok or type(data) ~= 'table' then
    return nil, problem
  end
  local found = {}
  for _, each in ipairs(vim.islist(data) and data or data.items or { data }) do
    local a = record.from_w3c(each)
    if not a then
      return nil, 'holds something that is no Web Annotation'
    end
    found[#found + 1] = a
  end
  return found
end

function M.write.jsonl(buf, list)
  local lines = {}
  for i, each in ipairs(list) do
    lines[i] = record.to_line(each.a, source_name(buf))
  end
  return table.concat(lines, '\n') .. (#lines > 0 and '\n' or '')
end

function M.read.jsonl(content)
  local list, n = {}, 0
  for line in content:gmatch('[^\r\n]+') do
    n = n + 1
    local ok, data = pcall(vim.json.decode, line, { luanil = { object = true, array = true } })
    local a = ok and record.from_w3c(data)
    if not a then
      return nil, ('line %d is no annotation'):format(n)
    end
    list[#list + 1] = a
  end
  return list
end

--- brat's standoff: one `T` line for the passage, notes for what brat has no place for. Its offsets are code points of
--- the article's text; a line break in a passage is a blank.
function M.write.brat(_, list)
  local lines = {}
  for i, each in ipairs(list) do
    local a = each.a
    local p = a.passage
    local label = (a.label or 'annotation'):gsub('%s', '_')
    lines[#lines + 1] = ('T%d\t%s %d %d\t%s'):format(i, label, p.from, p.to, (p.exact:gsub('[\n\t]', ' ')))
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
        id = record.new_id(),
        label = label ~= 'annotation' and label or nil,
        passage = t:passage(t:byte(tonumber(from)), t:byte(tonumber(to))),
        sha = vim.fn.sha256(t.bytes),
      }
      by_name[name], list[#list + 1] = a, a
    elseif about and by_name[about] then
      local ok, data = pcall(vim.json.decode, note, { luanil = { object = true, array = true } })
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
