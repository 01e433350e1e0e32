--- Reads PolNeAR: an article, and the attributions that one of its annotators marked.
---
--- Rules of the reading. Where several people marked one article, the first by file name counts, and nobody else. An
--- attribution is *marked* where a quotation mark of any style stands in its content: “ ” " '' or a single mark that
--- opens at a word and closes behind one. It is *speech* unless every verb of its cue that the project's list knows is
--- there as one of belief alone. PolNeAR's cues hold their auxiliaries, adverbs and colon, ours do not
--- (`widen` adds them, for exact agreement over all attributions only).
local M = {}

--- Byte offsets of code point offsets.
local function code_points(text)
  local starts, n = {}, 0
  for at = 1, #text do
    local byte = text:byte(at)
    if byte < 0x80 or byte >= 0xC0 then
      starts[n] = at - 1
      n = n + 1
    end
  end
  starts[n] = #text
  return starts
end

local function has_marks(words)
  for _, mark in ipairs({ '“', '”', '"', "''" }) do
    if words:find(mark, 1, true) then
      return true
    end
  end
  words = (' ' .. words .. ' '):gsub('[‘’]+', function(bytes)
    return (bytes:gsub('‘', "'"):gsub('’', "'"))
  end)
  return words:find("[%s(]'%w.-%S'[%s%p]") ~= nil
end

--- Verbs that tell of belief, and not of speech, by the project's list.
local function beliefs(path)
  local words = {}
  for line in io.lines(path) do
    local word, flags = line:match('^([^#\t]+)\t(.*)$')
    if word then
      words[word] =
        { think = flags:find('think') ~= nil, say = flags:find('say') ~= nil or flags:find('show') ~= nil }
    end
  end
  return words
end

--- Whether the cue reports speech (or writing, or a finding), not what somebody thinks, wishes or plans.
local function is_speech(cue, list)
  local thinks = false
  for word in cue:lower():gmatch('%a+') do
    for _, form in ipairs({
      word,
      (word:gsub('s$', '')),
      (word:gsub('es$', '')),
      (word:gsub('ies$', 'y')),
      (word:gsub('ied$', 'y')),
      (word:gsub('ed$', '')),
      (word:gsub('d$', '')),
      (word:gsub('ing$', '')),
      (word:gsub('ing$', 'e')),
      (word:gsub('(.)%1ed$', '%1')),
      (word:gsub('(.)%1ing$', '%1')),
    }) do
      local flags = list[form]
      if flags then
        if flags.say then
          return true
        end
        thinks = thinks or flags.think
      end
    end
  end
  return not thinks
end

local hull

---@param path string
---@param text string
---@param list table<string, {think: boolean, say: boolean}>
---@return quality.Record[]
local function read_annotations(path, text, list)
  local starts = code_points(text)
  local parts, records = {}, {}
  for line in io.lines(path) do
    local id, spans = line:match('^(T%d+)\t%a+ ([%d ;]+)\t')
    if id then
      local pieces = {}
      for from, to in spans:gmatch('(%d+) (%d+)') do
        pieces[#pieces + 1] = { starts[tonumber(from)], starts[tonumber(to)] }
      end
      parts[id] = pieces
    end
  end
  for line in io.lines(path) do
    local arguments = line:match('^E%d+\t(.*)$')
    if arguments then
      local record = { pieces = {} }
      for role, id in arguments:gmatch('(%a+)%d*:(T%d+)') do
        if parts[id] and role == 'Content' then
          vim.list_extend(record.pieces, parts[id])
        elseif parts[id] and role == 'Cue' then
          record.cue = hull(parts[id])
        elseif parts[id] and role == 'Source' then
          record.speaker = hull(parts[id])
        end
      end
      if #record.pieces > 0 then
        table.sort(record.pieces, function(a, b)
          return a[1] < b[1]
        end)
        local span = hull(record.pieces)
        record.marked = has_marks(text:sub(span[1] + 1, span[2]))
        record.is_speech = not record.cue or is_speech(text:sub(record.cue[1] + 1, record.cue[2]), list)
        records[#records + 1] = record
      end
    end
  end
  return records
end

local helpers = {}
for word in
  ([[has have had having is are was were be been being am do does did will would can could may might shall should must
  not never also to didn't doesn't don't hasn't haven't isn't wasn't weren't won't wouldn't can't couldn't now then even
  still often just once again
  further later earlier already ever soon first long 's 've 'd 'll ’s ’ve ’d ’ll]]):gmatch('%S+')
do
  helpers[word] = true
end

--- A cue of ours as PolNeAR would mark it: with the auxiliaries and adverbs before it.
---@param text string
---@param cue integer[]
---@return integer[]
function M.widen(text, cue)
  local from = cue[1]
  while true do
    local before = text:sub(math.max(1, from - 24), from)
    local word = before:match('([^%s“”"]+)%s+$')
    local clipped = before:match("(['’]%a+)%s+$") or before:match('(\226\128\153%a+)%s+$')
    if word and (helpers[word:lower()] or word:find('%a%a%aly$')) then
      from = from - #before:match('%S+%s+$')
    elseif clipped and helpers[clipped] then
      from = from - #before:match("(['’]%a+%s+)$")
    else
      return { from, cue[2] }
    end
  end
end

--- Calls `visit` with each article's text and records.
---@param folder string
---@param cues string the project's list of cues
---@param visit fun(name: string, text: string, gold: quality.Record[])
function M.each(folder, cues, visit)
  hull = require('compare').hull
  local list, seen = beliefs(cues), {}
  for _, path in ipairs(vim.fn.sort(vim.fn.glob(folder .. '/attributions/*.ann', true, true))) do
    local name = vim.fs.basename(path):gsub('%.ann$', ''):gsub('_%x%x%x%x$', '')
    local file = not seen[name] and io.open(('%s/text/%s.txt'):format(folder, name), 'rb')
    if file then
      seen[name] = true
      local text = file:read('*a')
      file:close()
      visit(name, text, read_annotations(path, text, list))
    end
  end
end

return M
