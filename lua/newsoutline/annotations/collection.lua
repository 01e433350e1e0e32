--- The annotations of an article as one list, which is what a sidecar holds; and two lists as one.
local id = require('newsoutline.annotations.id')
local record = require('newsoutline.annotations.record')
local values = require('newsoutline.annotations.values')

local as, as_count, encode, rest = values.as, values.as_count, values.encode, values.rest

local M = {}

M.schema = 1

--- Sketches that a sidecar holds: more texts than these are noted in only between two writes of the article.
local MOST_TEXTS = 4

--- Of some texts, those that most annotations were noted in.
---@param annotations newsoutline.Annotation[]
---@param texts table<string, string>
---@return table<string, string>
function M.texts_of(annotations, texts)
  local n, names = {}, {}
  for _, a in ipairs(annotations) do
    if a.sha and texts[a.sha] then
      if not n[a.sha] then
        names[#names + 1] = a.sha
      end
      n[a.sha] = (n[a.sha] or 0) + 1
    end
  end
  table.sort(names, function(a, b)
    return n[a] > n[b] or n[a] == n[b] and a < b
  end)
  local kept = {}
  for i = 1, math.min(#names, MOST_TEXTS) do
    kept[names[i]] = texts[names[i]]
  end
  return kept
end

--- Sketches as a member of the sidecar, a line of the file for each line of the text: an edit changes few of them.
---@param texts table<string, string>
---@return string
local function write_texts(texts)
  local names, members = vim.tbl_keys(texts), {}
  table.sort(names)
  for i, name in ipairs(names) do
    local lines = texts[name]:gsub('\n', '",\n"')
    members[i] = encode(name) .. ':[\n"' .. lines .. '"]'
  end
  return #members > 0 and '"texts":{' .. table.concat(members, ',\n') .. '},\n' or ''
end

---@param value any
---@return table<string, string>
local function read_texts(value)
  local texts = {}
  for name, lines in pairs(as(value, 'table') or {}) do
    local ok, whole = pcall(table.concat, as(lines, 'table') or {}, '\n')
    local is_sound = ok and name:find('^%x+$') and not whole:find('[^%w_\n-]')
    texts[name] = is_sound and whole or nil
  end
  return texts
end

--- A sidecar's content.
---@param lines string[]
---@param source string
---@param more table|nil what another program wrote beside the items
---@param texts table<string, string>|nil sketches of the texts that the passages were noted in
---@return string
function M.write(lines, source, more, texts)
  local extra = {}
  local keys = vim.tbl_keys(more or {})
  table.sort(keys)
  for _, key in ipairs(keys) do
    extra[#extra + 1] = encode(key) .. ':' .. encode(more[key]) .. ','
  end
  return table.concat({
    '{"@context":["http://www.w3.org/ns/anno.jsonld"],',
    '"type":"AnnotationCollection","schema":' .. M.schema .. ',"label":' .. encode(source) .. ',',
    write_texts(texts or {}) .. table.concat(extra) .. '"items":[',
    table.concat(lines, ',\n'),
    ']}',
    '',
  }, '\n')
end

--- Keys of a sidecar that are written anew each time.
local own = { ['@context'] = true, type = true, schema = true, label = true, texts = true, items = true }

--- Hands annotations the lines that they were read from, where each stands on one of its own as this module writes
--- them: of thousands, making them anew takes longer than all the rest.
---@param found newsoutline.Annotation[]
---@param content string
local function keep_lines(found, content)
  local n = 0
  for line in content:gmatch('\n({"id":"[^\n]*}),?%f[\n]') do
    n = n + 1
    local a = found[n]
    if a and vim.startswith(line, '{"id":' .. encode(a.id) .. ',') then
      a.line = line
    end
  end
  if n ~= #found then
    for _, a in ipairs(found) do
      a.line = nil
    end
  end
end

---@param content string
---@return newsoutline.Annotation[]|nil
---@return string|nil problem
---@return table|nil more what another program wrote beside the items
---@return table<string, string>|nil texts sketches by the SHA-256 of the texts
function M.read(content)
  local ok, data = pcall(vim.json.decode, content)
  if not ok or type(data) ~= 'table' then
    return nil, 'is no valid JSON'
  elseif type(data.items) ~= 'table' or not vim.islist(data.items) or not as_count(data.schema) then
    return nil, 'is no list of annotations'
  elseif data.schema > M.schema then
    return nil, 'was written by a newer version'
  end
  local found, seen = {}, {}
  for i, each in ipairs(data.items) do
    local a = record.from_w3c(each)
    if not a then
      return nil, ('has no sound annotation at number %d'):format(i)
    end
    -- Copied by hand: both are kept.
    if seen[a.id] then
      a.id = id.random()
    end
    seen[a.id] = true
    found[i] = a
  end
  keep_lines(found, content)
  return found, nil, rest(data, own), read_texts(data.texts)
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

return M
