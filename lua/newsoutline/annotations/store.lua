--- Sidecars: annotations on disk as W3C Web Annotations, one a line, written so that nothing is ever lost.
---
--- A sidecar is replaced by rename, after the old one was kept as `.bak`; one that cannot be read, or that a newer
--- version wrote, is never replaced. Writers take turns by a lock file and merge by id against what they last saw.
local M = {}

M.schema = 1

local BACKUP, LOCK = '.bak', '.lock'

--- A lock older than this is left from a process that died, in seconds: a save takes far less.
local STALE = 5

---@param path string of the article
---@param folder string|nil
---@return string
function M.path(path, folder)
  if folder and folder ~= '' then
    local name = path:gsub('[%%/\\:]', function(char)
      return ('%%%02X'):format(char:byte())
    end)
    return vim.fs.normalize(folder) .. '/' .. name .. '.annotations.json'
  end
  return path .. '.annotations.json'
end

--- JSON with the keys of objects in order.
---@param value any
---@return string
local function encode(value)
  if type(value) == 'table' then
    local parts = {}
    if vim.islist(value) and next(value) ~= nil then
      for i, each in ipairs(value) do
        parts[i] = encode(each)
      end
      return '[' .. table.concat(parts, ',') .. ']'
    end
    local keys = vim.tbl_keys(value)
    table.sort(keys)
    for i, key in ipairs(keys) do
      parts[i] = encode(key) .. ':' .. encode(value[key])
    end
    return '{' .. table.concat(parts, ',') .. '}'
  end
  return (vim.json.encode(value):gsub('\\/', '/'))
end
M.encode = encode

--- One annotation as a line of a sidecar.
---@param a newsoutline.Annotation
---@param source string name of the article
---@return string
function M.to_line(a, source)
  local parts = {}
  local function put(key, value)
    if value ~= nil then
      parts[#parts + 1] = encode(key) .. ':' .. value
    end
  end
  local function object(...)
    local list = {}
    for _, pair in ipairs({ ... }) do
      if pair[2] ~= nil then
        list[#list + 1] = encode(pair[1]) .. ':' .. (pair.raw and pair[2] or encode(pair[2]))
      end
    end
    return '{' .. table.concat(list, ',') .. '}'
  end
  put('id', encode(a.id))
  put('type', '"Annotation"')
  put('motivation', encode(a.correction and 'editing' or a.label and 'classifying' or 'commenting'))
  put('created', encode(a.created))
  put('modified', encode(a.changed))
  put('creator', a.author and object({ 'type', 'Person' }, { 'name', a.author }))
  local body = {}
  if a.label then
    body[#body + 1] = object({ 'type', 'TextualBody' }, { 'purpose', 'tagging' }, { 'value', a.label })
  end
  if a.text and a.text ~= '' then
    body[#body + 1] = object(
      { 'type', 'TextualBody' },
      { 'purpose', 'commenting' },
      { 'format', 'text/plain' },
      { 'value', a.text }
    )
  end
  if a.source then
    body[#body + 1] = object({ 'type', 'SpecificResource' }, { 'purpose', 'linking' }, { 'source', a.source })
  end
  put('body', '[' .. table.concat(body, ',') .. ']')
  local p = a.passage
  local selectors = {
    object(
      { 'type', 'TextQuoteSelector' },
      { 'exact', p.exact },
      { 'prefix', p.prefix },
      { 'suffix', p.suffix }
    ),
    object({ 'type', 'TextPositionSelector' }, { 'start', p.from }, { 'end', p.to }),
  }
  if a.bytes then
    selectors[3] = object({ 'type', 'DataPositionSelector' }, { 'start', a.bytes[1] }, { 'end', a.bytes[2] })
  end
  put(
    'target',
    object({ 'source', source }, { 'selector', '[' .. table.concat(selectors, ',') .. ']', raw = true })
  )
  put('status', a.status and encode(a.status))
  put('kind', a.kind and encode(a.kind))
  put('correction', a.correction and encode(a.correction))
  put('row', a.row and encode(a.row))
  put('rival', p.rival and encode(p.rival))
  put('rivalOffset', p.rival_offset and encode(p.rival_offset))
  put('repeated', p.is_repeated and 'true' or nil)
  put('textSha256', a.sha and encode(a.sha))
  local more = vim.tbl_keys(a.more or {})
  table.sort(more)
  for _, key in ipairs(more) do
    put(key, encode(a.more[key]))
  end
  return '{' .. table.concat(parts, ',') .. '}'
end

local known = {}
for key in
  (
    'id type motivation created modified creator body target status kind correction '
    .. 'row rival rivalOffset repeated textSha256'
  ):gmatch('%S+')
do
  known[key] = true
end

--- A Web Annotation as a record; what this version does not know is carried along.
---@param w table
---@return newsoutline.Annotation|nil
function M.from_w3c(w)
  if type(w) ~= 'table' or type(w.target) ~= 'table' then
    return nil
  end
  local a = {
    id = type(w.id) == 'string' and w.id or M.new_id(),
    created = w.created,
    changed = w.modified,
    author = type(w.creator) == 'table' and w.creator.name
      or type(w.creator) == 'string' and w.creator
      or nil,
    status = w.status,
    kind = w.kind,
    correction = w.correction,
    row = w.row,
    sha = w.textSha256,
    passage = { exact = '', prefix = '', suffix = '', from = 0, to = 0 },
  }
  local body = w.body or {}
  for _, each in ipairs(vim.islist(body) and body or { body }) do
    if type(each) == 'string' then
      a.text = each
    elseif each.purpose == 'tagging' then
      a.label = each.value
    elseif each.purpose == 'linking' then
      a.source = each.source
    else
      a.text = each.value
    end
  end
  local selectors = w.target.selector or {}
  local p = a.passage
  for _, selector in ipairs(vim.islist(selectors) and selectors or { selectors }) do
    if selector.type == 'TextQuoteSelector' then
      p.exact, p.prefix, p.suffix = selector.exact or '', selector.prefix or '', selector.suffix or ''
    elseif selector.type == 'TextPositionSelector' then
      p.from, p.to = selector.start or 0, selector['end'] or 0
    elseif selector.type == 'DataPositionSelector' then
      a.bytes = { selector.start, selector['end'] }
    end
  end
  p.rival, p.rival_offset, p.is_repeated = w.rival, w.rivalOffset, w.repeated
  for key, value in pairs(w) do
    if not known[key] then
      a.more = a.more or {}
      a.more[key] = value
    end
  end
  return a
end

--- A sidecar's content.
---@param lines string[]
---@param source string
---@return string
function M.document(lines, source)
  return table.concat({
    '{"@context":["http://www.w3.org/ns/anno.jsonld"],',
    '"type":"AnnotationCollection","schema":' .. M.schema .. ',"label":' .. encode(source) .. ',',
    '"items":[',
    table.concat(lines, ',\n'),
    ']}',
    '',
  }, '\n')
end

---@param content string
---@return newsoutline.Annotation[]|nil
---@return string|nil problem
function M.parse(content)
  local ok, data = pcall(vim.json.decode, content, { luanil = { object = true, array = true } })
  if not ok or type(data) ~= 'table' then
    return nil, 'is no valid JSON'
  elseif type(data.items) ~= 'table' or type(data.schema) ~= 'number' then
    return nil, 'is no list of annotations'
  elseif data.schema > M.schema then
    return nil, 'was written by a newer version'
  end
  local list = {}
  for i, each in ipairs(data.items) do
    local a = M.from_w3c(each)
    if not a then
      return nil, ('has no sound annotation at number %d'):format(i)
    end
    list[i] = a
  end
  return list
end

---@param path string
---@return string|nil content
---@return string|nil problem
local function read_file(path)
  local file, reason = io.open(path, 'rb')
  if not file then
    return nil, reason
  end
  local content = file:read('*a')
  file:close()
  return content, content and nil or 'cannot be read'
end

--- Changes when the file does.
---@param path string
---@return string
function M.stamp(path)
  local stat = vim.uv.fs_stat(path)
  return stat and ('%d.%d %d %d'):format(stat.mtime.sec, stat.mtime.nsec, stat.size, stat.ino) or ''
end

--- What a sidecar holds; an empty list where there is none. Where only the backup is left, that.
---@param path string
---@return newsoutline.Annotation[]|nil
---@return string|nil problem
function M.load(path)
  local from = path
  if not vim.uv.fs_stat(path) then
    from = path .. BACKUP
    if not vim.uv.fs_stat(from) then
      return {}
    end
  end
  local content, problem = read_file(from)
  if not content then
    return nil, problem
  end
  return M.parse(content)
end

---@param path string
---@param content string
---@return string|nil problem
local function write_whole(path, content)
  local fd, problem = vim.uv.fs_open(path, 'w', 420)
  if not fd then
    return problem
  end
  local done = 0
  while done < #content do
    local n, reason = vim.uv.fs_write(fd, done == 0 and content or content:sub(done + 1), done)
    if not n or n == 0 then
      problem = reason or 'nothing could be written'
      break
    end
    done = done + n
  end
  if not problem then
    local ok, reason = vim.uv.fs_fsync(fd)
    problem = not ok and reason or nil
  end
  vim.uv.fs_close(fd)
  return problem
end

--- Replaces a sidecar; the old one stays as its backup.
---@param path string
---@param content string
---@return string|nil problem
function M.write(path, content)
  local temporary = ('%s.%d.tmp'):format(path, vim.uv.os_getpid())
  local problem = write_whole(temporary, content)
  if not problem and vim.uv.fs_stat(path) then
    -- A second name for the old file, put in the place of the last backup at one stroke; a copy where links are
    -- unknown.
    local backup = temporary .. BACKUP
    vim.uv.fs_unlink(backup)
    local ok, reason = vim.uv.fs_link(path, backup)
    if not ok then
      ok, reason = vim.uv.fs_copyfile(path, backup)
    end
    if ok then
      ok, reason = vim.uv.fs_rename(backup, path .. BACKUP)
    end
    -- Renaming one of two names of the same file to the other leaves both.
    vim.uv.fs_unlink(backup)
    problem = not ok and reason or nil
  end
  if not problem then
    local ok, reason = vim.uv.fs_rename(temporary, path)
    problem = not ok and reason or nil
  end
  if problem then
    vim.uv.fs_unlink(temporary)
  end
  return problem
end

--- Runs a function while no other Neovim writes this sidecar.
---@param path string
---@param action fun(): string|nil
---@return string|nil problem
function M.alone(path, action)
  local lock = path .. LOCK
  local fd, problem, code
  vim.wait(1000, function()
    fd, problem, code = vim.uv.fs_open(lock, 'wx', 420)
    if not fd and code == 'EEXIST' then
      local stat = vim.uv.fs_stat(lock)
      if stat and os.time() - stat.mtime.sec > STALE then
        vim.uv.fs_unlink(lock)
      end
      return false
    end
    return true
  end, 10)
  if not fd then
    return code == 'EEXIST' and 'another Neovim is writing it' or problem
  end
  vim.uv.fs_close(fd)
  local ok, result = pcall(action)
  vim.uv.fs_unlink(lock)
  return not ok and tostring(result) or ok and result or nil
end

--- Both sides' annotations: what one side changed since `base` (lines by id) holds; what both did, the later of them.
---@param ours newsoutline.Annotation[]
---@param theirs newsoutline.Annotation[]
---@param base table<string, string>
---@param line_of fun(a: newsoutline.Annotation): string
---@return newsoutline.Annotation[]
function M.merge(ours, theirs, base, line_of)
  local by_id, merged, seen = {}, {}, {}
  for _, a in ipairs(theirs) do
    by_id[a.id] = a
  end
  for _, a in ipairs(ours) do
    local other, before = by_id[a.id], base[a.id]
    local mine = line_of(a)
    seen[a.id] = true
    if other then
      local is_theirs = line_of(other) ~= before
        and (mine == before or (other.changed or '') > (a.changed or ''))
      merged[#merged + 1] = is_theirs and other or a
    elseif not before or mine ~= before then
      merged[#merged + 1] = a -- new here, or changed here and deleted there: kept
    end
  end
  for _, a in ipairs(theirs) do
    if not seen[a.id] and (not base[a.id] or line_of(a) ~= base[a.id]) then
      merged[#merged + 1] = a -- new there, or deleted here and changed there: kept
    end
  end
  return merged
end

function M.new_id()
  local random = vim.uv.random(16)
  local hex = random:gsub('.', function(char)
    return ('%02x'):format(char:byte())
  end)
  return ('urn:uuid:%s-%s-4%s-a%s-%s'):format(
    hex:sub(1, 8),
    hex:sub(9, 12),
    hex:sub(14, 16),
    hex:sub(18, 20),
    hex:sub(21, 32)
  )
end

return M
