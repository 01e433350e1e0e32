--- REFI-QDA: annotations as a project (or a codebook) for programs of qualitative analysis, and back.
---
--- Labels and check statuses are codes, each annotation is a selection of the article's text, counted in code points,
--- its end left out. What the standard has no place for stands in a note to the selection. Identifiers are made from
--- names, so that writing twice gives the same file.
local annotations = require('newsoutline.annotations')
local id = require('newsoutline.annotations.id')
local labels = require('newsoutline.annotations.labels')
local record = require('newsoutline.annotations.record')
local text = require('newsoutline.annotations.text')
local values = require('newsoutline.annotations.values')
local xml = require('newsoutline.annotations.xml')

local M = {}

local PROJECT, CODEBOOK = 'urn:QDA-XML:project:1.0', 'urn:QDA-XML:codebook:1.0'
local ORIGIN = 'newsoutline'

--- How the line of a note begins that holds what the standard has no place for.
local REST = 'newsoutline: '

-- Writing -------------------------------------------------------------------------------------------------------------

--- An element with attributes in order and with children.
---@param name string
---@param attributes [string, string|integer|nil][]
---@param children? string[]
---@return string
local function element(name, attributes, children)
  local parts = { '<' .. name }
  for _, pair in ipairs(attributes) do
    if pair[2] ~= nil then
      parts[#parts + 1] = (' %s="%s"'):format(
        pair[1],
        xml.escape(tostring(pair[2])):gsub('\n', '&#10;'):gsub('\t', '&#9;')
      )
    end
  end
  if not children or #children == 0 then
    return table.concat(parts) .. '/>'
  end
  return table.concat(parts) .. '>' .. table.concat(children) .. '</' .. name .. '>'
end

---@param name string
---@param content string|nil
---@return string|nil
local function text_element(name, content)
  return content and content ~= '' and ('<%s>%s</%s>'):format(name, xml.escape(content), name) or nil
end

---@param color string|nil a highlight group or #rrggbb
---@return string|nil
local function rgb(color)
  if not color or color:match('^#%x%x%x%x%x%x$') then
    return color
  end
  local group = vim.api.nvim_get_hl(0, { name = color, link = false })
  local value = group.bg or group.fg
  return value and ('#%06x'):format(value) or nil
end

---@param name string
---@param label newsoutline.Label
---@return string
local function code(name, label)
  return element('Code', {
    { 'guid', id.named('label', name) },
    { 'name', name },
    { 'isCodable', 'true' },
    { 'color', rgb(label.color) },
  }, { text_element('Description', label.doc) })
end

---@param buf integer
---@param list { a: newsoutline.Annotation }[]
---@param with_status boolean
---@return string
local function codebook(buf, list, with_status)
  local codes, known = {}, {}
  for _, label in ipairs(labels.of(buf)) do
    known[label.name] = true
    codes[#codes + 1] = code(label.name, label)
  end
  for _, each in ipairs(list) do
    local name = each.a.label
    if name and not known[name] then
      known[name] = true
      codes[#codes + 1] = code(name, {})
    end
  end
  if with_status then
    local statuses = {}
    for i, status in ipairs(annotations.statuses) do
      statuses[i] = element('Code', {
        { 'guid', id.named('status', status) },
        { 'name', status },
        { 'isCodable', 'true' },
      })
    end
    codes[#codes + 1] = element(
      'Code',
      { { 'guid', id.named('status') }, { 'name', 'check status' }, { 'isCodable', 'false' } },
      statuses
    )
  end
  return element('Codes', {}, codes)
end

---@param a newsoutline.Annotation
---@return string guid
local function guid_of(a)
  return a.id:match('^urn:uuid:(%x+%-%x+%-%x+%-%x+%-%x+)$') or id.named('annotation', a.id)
end

--- What the standard has no place for, as the text of a note; nil where there is nothing.
---@param a newsoutline.Annotation
---@return string|nil
local function note_of(a)
  local rest = { kind = a.kind, more = a.more, no_creation = not a.created or nil }
  if a.correction then
    rest.correction = vim.json.decode(record.to_line(a, '')).correction
  end
  if a.id ~= 'urn:uuid:' .. guid_of(a) then
    rest.id = a.id
  end
  local lines = {}
  if a.source then
    lines[1] = 'source: ' .. a.source
  end
  if next(rest) then
    lines[#lines + 1] = REST .. values.encode(rest)
  end
  return lines[1] and table.concat(lines, '\n')
end

---@param name string
---@param a newsoutline.Annotation
---@param kind string
---@param value string
---@return string
local function coding(name, a, kind, value)
  return element('Coding', {
    { 'guid', id.named('coding', a.id, kind) },
    { 'creatingUser', name },
    { 'creationDateTime', a.created },
  }, { element('CodeRef', { { 'targetGUID', id.named(kind, value) } }) })
end

--- The file of a packed project that holds the article's text, named by the identifier of its source as the standard
--- has it.
---@param buf integer
---@return string
function M.source_file(buf)
  return id.named('source', vim.fs.basename(vim.api.nvim_buf_get_name(buf))) .. '.txt'
end

--- A project as XML.
---@param buf integer
---@param list { a: newsoutline.Annotation }[]
---@param path? string name of the file that holds the text beside the project; else it stands in the project
---@return string|nil content
---@return string problem_or_text the article's text
function M.project(buf, list, path)
  local t, problem = text.of(buf)
  if not t then
    return nil, problem --[[@as string]]
  end
  local bytes = t.bytes
  t:close()
  local name = vim.fs.basename(vim.api.nvim_buf_get_name(buf))
  local users, known, selections, notes = {}, {}, {}, {}
  for _, each in ipairs(list) do
    local a = each.a
    local user = a.author and id.named('user', a.author)
    if user and not known[user] then
      known[user] = true
      users[#users + 1] = element('User', { { 'guid', user }, { 'name', a.author } })
    end
    local children = { text_element('Description', a.text) }
    if a.label then
      children[#children + 1] = coding(user, a, 'label', a.label)
    end
    if a.status and vim.tbl_contains(annotations.statuses, a.status) then
      children[#children + 1] = coding(user, a, 'status', a.status)
    end
    local note = note_of(a)
    if note then
      local note_id = id.named('note', a.id)
      children[#children + 1] = element('NoteRef', { { 'targetGUID', note_id } })
      notes[#notes + 1] = element('Note', {
        { 'guid', note_id },
        { 'name', 'about ' .. guid_of(a) },
        { 'creatingUser', user },
        { 'creationDateTime', a.created },
      }, { text_element('PlainTextContent', note) })
    end
    selections[#selections + 1] = element('PlainTextSelection', {
      { 'guid', guid_of(a) },
      { 'name', vim.fn.strcharpart(a.passage.exact:gsub('%s+', ' '), 0, 60) },
      { 'startPosition', a.passage.from },
      { 'endPosition', a.passage.to },
      { 'creatingUser', user },
      { 'creationDateTime', a.created },
      { 'modifyingUser', a.changed and user },
      { 'modifiedDateTime', a.changed },
    }, children)
  end
  local source = { not path and text_element('PlainTextContent', bytes) or nil }
  vim.list_extend(source, selections)
  local body = {
    element('CodeBook', {}, { codebook(buf, list, true) }),
    element('Sources', {}, {
      element('TextSource', {
        { 'guid', id.named('source', name) },
        { 'name', name },
        { 'plainTextPath', path and 'internal://' .. path or nil },
      }, source),
    }),
  }
  if #users > 0 then
    table.insert(body, 1, element('Users', {}, users))
  end
  if #notes > 0 then
    body[#body + 1] = element('Notes', {}, notes)
  end
  local content = element('Project', { { 'xmlns', PROJECT }, { 'name', name }, { 'origin', ORIGIN } }, body)
  return '<?xml version="1.0" encoding="utf-8"?>\n' .. content:gsub('(</?%u%w+[^>]*>)(<%u)', '%1\n%2') .. '\n',
    bytes
end

--- The labels alone as a codebook.
---@param buf integer
---@param list { a: newsoutline.Annotation }[]
---@return string
function M.codebook(buf, list)
  local content = element(
    'CodeBook',
    { { 'xmlns', CODEBOOK }, { 'origin', ORIGIN } },
    { codebook(buf, list, false) }
  )
  return '<?xml version="1.0" encoding="utf-8"?>\n' .. content .. '\n'
end

-- Reading -------------------------------------------------------------------------------------------------------------

---@param value string|nil
---@return string|nil
local function bare(value)
  return value and value:match('%x+%-%x+%-%x+%-%x+%-%x+')
end

---@param project newsoutline.XmlNode
---@return table<string, { name: string, is_status: boolean }> by identifier
local function codes_of(project)
  local found = {}
  local function visit(node, is_status)
    for _, each in ipairs(xml.all(node, 'Code')) do
      local guid = bare(each.attributes.guid)
      if guid then
        found[guid] = { name = each.attributes.name or '', is_status = is_status }
      end
      visit(each, guid == id.named('status'))
    end
  end
  visit(xml.first(xml.first(project, 'CodeBook'), 'Codes'), false)
  return found
end

--- The text of a project that is this article: the same text, else the same name, else the only one.
---@param project newsoutline.XmlNode
---@param name string
---@param bytes string
---@param fetch fun(path: string): string|nil what a file of the project holds
---@return newsoutline.XmlNode|nil
---@return string|nil content
local function source_of(project, name, bytes, fetch)
  local sources, by_name = xml.all(xml.first(project, 'Sources'), 'TextSource'), nil
  local contents = {}
  for i, each in ipairs(sources) do
    local inline = xml.first(each, 'PlainTextContent')
    local path = (each.attributes.plainTextPath or ''):match('^internal://([%w%-_.]+)$')
    contents[i] = inline and inline.text or path and fetch(path)
    if contents[i] == bytes then
      return each, bytes
    elseif each.attributes.name == name then
      by_name = by_name or i
    end
  end
  local i = by_name or #sources == 1 and 1
  if i then
    return sources[i], contents[i] or bytes
  end
end

--- What a note of ours says, put into an annotation; what another program noted is added to its text.
---@param a newsoutline.Annotation
---@param note string
local function take_note(a, note)
  local left = {}
  for line in (note .. '\n'):gmatch('(.-)\n') do
    local link = line:match('^source: (%S+)$')
    local rest = vim.startswith(line, REST) and line:sub(#REST + 1)
    local ok, data = pcall(vim.json.decode, rest or 'null')
    if link then
      a.source = link
    elseif rest and ok and type(data) == 'table' then
      -- Through the record, which takes only what is sound.
      local known = record.from_w3c({
        id = data.id,
        kind = data.kind,
        correction = data.correction,
        target = { source = '' },
      }) or {}
      a.id = type(data.id) == 'string' and data.id or a.id
      a.kind, a.correction = known.kind, known.correction
      a.more = type(data.more) == 'table' and data.more or nil
      a.created = not data.no_creation and a.created or nil
    elseif line ~= '' then
      left[#left + 1] = line
    end
  end
  if #left > 0 then
    a.text = (a.text and a.text .. '\n' or '') .. table.concat(left, '\n')
  end
end

---@param node newsoutline.XmlNode
---@return string|nil
local function content_of(node)
  local found = xml.first(node, 'PlainTextContent') or xml.first(node, 'Description')
  return found and found.text
end

---@param content string
---@param buf integer
---@param fetch? fun(path: string): string|nil what another file of the project holds
---@return newsoutline.Annotation[]|nil
---@return string|nil problem
function M.read(content, buf, fetch)
  local project, problem = xml.parse(content)
  if not project then
    return nil, problem
  elseif project.name ~= 'Project' then
    return nil, 'is no REFI-QDA project'
  end
  local article, reason = text.of(buf)
  if not article then
    return nil, reason
  end
  local bytes = article.bytes
  article:close()
  local name = vim.fs.basename(vim.api.nvim_buf_get_name(buf))
  local source, source_text = source_of(project, name, bytes, fetch or function() end)
  if not source or not source_text then
    return nil, 'holds no text that is or is called ' .. name
  end
  local t, sha = text.of_string(source_text), vim.fn.sha256(source_text)
  local codes, users, notes = codes_of(project), {}, {}
  for _, each in ipairs(xml.all(xml.first(project, 'Users'), 'User')) do
    users[bare(each.attributes.guid) or ''] = each.attributes.name
  end
  for _, each in ipairs(xml.all(xml.first(project, 'Notes'), 'Note')) do
    notes[bare(each.attributes.guid) or ''] = content_of(each)
  end
  local list = {}
  for i, each in ipairs(xml.all(source, 'PlainTextSelection')) do
    local at = each.attributes
    local from, to = tonumber(at.startPosition), tonumber(at.endPosition)
    if not from or not to or from < 0 or to < from then
      return nil, ('has no sound place at selection %d'):format(i)
    end
    local a = {
      id = bare(at.guid) and 'urn:uuid:' .. bare(at.guid) or id.random(),
      text = (xml.first(each, 'Description') or {}).text,
      author = users[bare(at.creatingUser) or ''],
      created = at.creationDateTime,
      changed = at.modifiedDateTime,
      passage = t:passage(t:byte(from), t:byte(to)),
      sha = sha,
    }
    local names = {}
    for _, coded in ipairs(xml.all(each, 'Coding')) do
      local target = xml.first(coded, 'CodeRef')
      local found = codes[target and bare(target.attributes.targetGUID) or '']
      if found and found.is_status then
        a.status = found.name
      elseif found then
        names[#names + 1] = found.name
      end
    end
    a.label = names[1]
    for _, ref in ipairs(xml.all(each, 'NoteRef')) do
      take_note(a, notes[bare(ref.attributes.targetGUID) or ''] or '')
    end
    list[#list + 1] = a
    -- Coded several times: an annotation has one label.
    for k = 2, #names do
      list[#list + 1] = vim.tbl_extend('force', vim.deepcopy(a), { id = id.random(), label = names[k] })
    end
  end
  return list
end

return M
