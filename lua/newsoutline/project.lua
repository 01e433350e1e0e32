--- The settings of a project: `.newsoutline.json`, found upward from the article, read as data and never run.
---
--- A broken part costs that part only: each problem is told once, in one message for a file, and the rest is used.
local message = require('newsoutline.message')

local M = {}

M.file = '.newsoutline.json'

---@class newsoutline.Project
---@field path? string the file, where there is one
---@field stamp string changes when the file does
---@field entities newsoutline.KnownEntity[]
---@field labels newsoutline.Label[]

---@class newsoutline.ProjectField
---@field name string
---@field doc string
---@field record table<string, newsoutline.ProjectMember>

---@class newsoutline.ProjectMember
---@field type string what type() says, 'string[]', or absent with `words`
---@field words? string[]
---@field required? boolean
---@field check? fun(value: string): string|nil what is wrong with one of the right type
---@field doc string

--- The schema of the file; the help is written from it.
---@type newsoutline.ProjectField[]
M.fields = {
  {
    name = 'entities',
    doc = 'People, organizations, places that the analysis should know; they win over what it thinks itself.',
    record = {
      name = { type = 'string', required = true, doc = 'The full name.' },
      type = {
        type = 'string',
        words = { 'person', 'organization', 'place', 'event', 'other' },
        doc = 'What it is; `other` where absent.',
      },
      aliases = { type = 'string[]', doc = 'Other names that it goes by.' },
    },
  },
  {
    name = 'labels',
    doc = 'Labels for annotations.',
    record = {
      name = { type = 'string', required = true, doc = 'The name of the label.' },
      color = {
        type = 'string',
        check = function(value)
          local is_colour = value:find('^#%x%x%x%x%x%x$') or value:find('^[%w_.@-]+$')
          return not is_colour and 'must be a highlight group or #rrggbb' or nil
        end,
        doc = 'A highlight group, or a colour as #rrggbb.',
      },
      key = {
        type = 'string',
        check = function(value)
          return vim.fn.strchars(value, true) > 1 and 'must be one key' or nil
        end,
        doc = 'One key that picks the label.',
      },
      doc = { type = 'string', doc = 'When to use it.' },
    },
  },
}

local empty = { stamp = '', entities = {}, labels = {} }

---@type table<string, newsoutline.Project> by path of the file
local files = {}
---@type table<string, { path: string|false, at: number }> by folder
local found = {}

--- How long a folder's answer is kept, in nanoseconds: a look-up walks up to the root and happens at each analysis.
local KEEP = 2e9

---@param folder string
---@return string|nil path
local function find(folder)
  local now = vim.uv.hrtime()
  local known = found[folder]
  if not known or now - known.at > KEEP then
    known =
      { path = vim.fs.find(M.file, { path = folder, upward = true, type = 'file' })[1] or false, at = now }
    found[folder] = known
  end
  return known.path or nil
end

--- The line of a byte of a text, from 1.
---@param text string
---@param offset integer from 1
---@return integer
local function line_of(text, offset)
  local _, breaks = text:sub(1, math.max(0, offset - 1)):gsub('\n', '')
  return breaks + 1
end

---@param text string
---@return boolean ok
---@return any value or what is wrong
local function decode(text)
  return pcall(vim.json.decode, text, { luanil = { object = true, array = true } })
end

--- Says where a text is no valid JSON.
---@param text string the whole file
---@param reason any what vim.json says of the part from `from` on
---@param from integer
---@return string
local function broken(text, reason, from)
  local offset = tonumber(tostring(reason):match('at character (%d+)')) or 1
  local why = tostring(reason):gsub('^.-:%d+: ', ''):gsub(' at character %d+', '')
  return ('line %d is no valid JSON: %s'):format(line_of(text, from + offset - 1), why)
end

---@param value any
---@param member newsoutline.ProjectMember
---@return string|nil problem
local function problem_of(value, member)
  if member.words then
    if not vim.tbl_contains(member.words, value) then
      return 'must be one of ' .. table.concat(member.words, ', ')
    end
  elseif member.type == 'string[]' then
    if type(value) ~= 'table' or not vim.islist(value) then
      return 'must be a list of strings'
    end
    for _, each in ipairs(value) do
      if type(each) ~= 'string' then
        return 'must be a list of strings'
      elseif each:find('%c') then
        return 'has a control character'
      end
    end
  elseif type(value) ~= member.type then
    return 'must be a ' .. member.type
  elseif value:find('%c') then
    return 'has a control character'
  elseif member.required and not value:find('%S') then
    return 'is empty'
  else
    return member.check and member.check(value)
  end
end

--- Where a string of JSON ends: its closing mark, or the end of the line that it was left open in.
---@param text string
---@param from integer of its opening mark
---@return integer
local function string_end(text, from)
  local at = from + 1
  while true do
    local stop = text:find('["\\\n]', at)
    if not stop then
      return #text
    elseif text:byte(stop) ~= 92 then
      return stop
    end
    at = stop + 2
  end
end

--- Where the records of the file's lists stand, told by their brackets alone: so in a file that is no valid JSON, too.
---@param text string
---@return table<string, { from: integer, to: integer }[]> by the list's name
local function find_records(text)
  local lists, key, list, index, depth = {}, '', nil, 1, 0
  local at = 1
  while at <= #text do
    at = text:find('%S', at) or #text + 1
    local char = text:sub(at, at)
    if list and depth == 2 and not char:find('[,%]]') and not list[index] then
      list[index] = { from = at, to = #text }
    end
    if char == '"' then
      local stop = string_end(text, at)
      key = depth == 1 and text:sub(at + 1, stop - 1) or key
      at = stop
    elseif char == '[' or char == '{' then
      depth = depth + 1
      if depth == 2 then
        list, index = char == '[' and {} or nil, 1
        lists[key] = list
      end
    elseif char == ']' or char == '}' then
      depth = depth - 1
      if depth == 1 then
        list = nil
      end
    elseif char == ',' and depth == 2 then
      index = index + 1
    end
    if list and depth == 2 and list[index] then
      list[index].to = at
    end
    at = at + 1
  end
  return lists
end

--- Takes over the records of one list that are sound.
---@param field newsoutline.ProjectField
---@param values any
---@param problems string[]
---@param unknown string[]
---@param line? fun(i: integer): integer|nil of the file, where a record stands
---@return table[]
local function read_records(field, values, problems, unknown, line)
  local records = {}
  if type(values) ~= 'table' or not vim.islist(values) then
    problems[#problems + 1] = field.name .. ' must be a list'
    return records
  end
  for i, value in ipairs(values) do
    local where = ('%s[%d]'):format(field.name, i)
    local number = line and line(i)
    local at = number and ('line %d: '):format(number) or ''
    local is_told = value == vim.NIL -- was broken
    local is_object = type(value) == 'table' and (next(value) == nil or not vim.islist(value))
    if not is_told and not is_object then
      problems[#problems + 1] = at .. where .. ' must be an object'
    elseif not is_told then
      local record, sound = {}, true
      for key in pairs(value) do
        if not field.record[key] then
          unknown[#unknown + 1] = where .. '.' .. tostring(key)
        end
      end
      for key, member in vim.spairs(field.record) do
        local problem
        if value[key] ~= nil then
          problem = problem_of(value[key], member)
        elseif member.required then
          problem = 'is missing'
        end
        if problem then
          problems[#problems + 1] = at .. where .. '.' .. key .. ' ' .. problem
          sound = sound and not member.required
        else
          record[key] = value[key]
        end
      end
      if sound then
        records[#records + 1] = record
      end
    end
  end
  return records
end

--- Takes over what is sound of a list that stands elsewhere (in the options) but has the form of one of this file.
---@param name string of the field
---@param values any
---@return table[]
---@return string[] problems
function M.records(name, values)
  local problems, unknown = {}, {}
  local records = {}
  for _, field in ipairs(M.fields) do
    if field.name == name then
      records = read_records(field, values, problems, unknown)
    end
  end
  if #unknown > 0 then
    table.sort(unknown)
    problems[#problems + 1] = 'unknown: ' .. table.concat(unknown, ', ')
  end
  return records, problems
end

--- What is sound of a file that is no valid JSON: the records that are. A broken one is vim.NIL.
---@param text string
---@param lists table<string, { from: integer, to: integer }[]>
---@return table<string, any[]>|nil data nil where nothing is sound
---@return string[] problems of the others
local function salvage(text, lists)
  local data, problems, is_sound = {}, {}, false
  for _, field in ipairs(M.fields) do
    for i, place in ipairs(lists[field.name] or {}) do
      data[field.name] = data[field.name] or {}
      local ok, value = decode(text:sub(place.from, place.to))
      is_sound = is_sound or ok
      data[field.name][i] = ok and value or vim.NIL
      if not ok then
        problems[#problems + 1] = broken(text, value, place.from)
      end
    end
  end
  return is_sound and data or nil, problems
end

--- Reads a project file. What is wrong in it costs the part that it is in.
---@param path string
---@param stamp string
---@return newsoutline.Project
---@return string[] problems
---@return boolean|nil is_lost nothing of the file can be used
local function read(path, stamp)
  local project = vim.tbl_extend('force', vim.deepcopy(empty), { path = path, stamp = stamp })
  local file, reason = io.open(path, 'rb')
  local text = file and file:read('*a')
  if file then
    file:close()
  end
  if not text then
    return project, { 'cannot be read: ' .. tostring(reason) }, true
  end
  text = text:gsub('^\239\187\191', '')
  local ok, data = decode(text)
  local lists, problems = find_records(text), {}
  if not ok then
    local whole = broken(text, data, 1)
    data, problems = salvage(text, lists)
    if not data then
      return project, { whole }, true
    end
    problems = #problems > 0 and problems or { whole }
  end
  if type(data) ~= 'table' or (vim.islist(data) and next(data) ~= nil) then
    return project, { 'must hold one JSON object' }, true
  end
  local unknown, known = {}, {}
  for _, field in ipairs(M.fields) do
    known[field.name] = true
    if data[field.name] ~= nil then
      project[field.name] = read_records(field, data[field.name], problems, unknown, function(i)
        local place = (lists[field.name] or {})[i]
        return place and line_of(text, place.from)
      end)
    end
  end
  for key in pairs(data) do
    if not known[key] then
      unknown[#unknown + 1] = tostring(key)
    end
  end
  if #unknown > 0 then
    table.sort(unknown)
    problems[#problems + 1] = 'unknown: ' .. table.concat(unknown, ', ')
  end
  return project, problems
end

---@param article string
---@return string|nil path
---@return string|nil stamp
local function locate(article)
  local is_url = article:match('^%a[%w+.-]+://') ~= nil
  local folder = (article == '' or is_url) and vim.uv.cwd() or vim.fs.dirname(article)
  local path = folder and find(folder)
  local stat = path and vim.uv.fs_stat(path)
  if path and stat then
    return path, ('%s\0%d.%d\0%d'):format(path, stat.mtime.sec, stat.mtime.nsec, stat.size)
  end
end

--- The settings that hold for an article.
---@param article string path of the article; '' for an unnamed buffer, which belongs to the current folder
---@return newsoutline.Project
function M.get(article)
  local path, stamp = locate(article)
  if not path or not stamp then
    return empty
  end
  if not files[path] or files[path].stamp ~= stamp then
    local problems, is_lost
    files[path], problems, is_lost = read(path, stamp)
    if #problems > 0 then
      message.once(
        ('%s: %s (%s is used; see :help newsoutline-project)'):format(
          vim.fn.fnamemodify(path, ':~:.'),
          table.concat(problems, '; '),
          is_lost and 'nothing of it' or 'the rest'
        )
      )
    end
  end
  return files[path]
end

--- The same, read anew, with what is wrong in the file.
---@param article string
---@return newsoutline.Project
---@return string[] problems
function M.inspect(article)
  local path, stamp = locate(article)
  if not path or not stamp then
    return empty, {}
  end
  return read(path, stamp)
end

--- Looks for project files anew at the next use.
function M.forget()
  found = {}
end

return M
