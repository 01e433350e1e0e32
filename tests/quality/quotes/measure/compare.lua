--- Compares quotes that were found with quotes that are there: found or not, content, cue and speaker, each alone.
local M = {}

---@class quality.Record
---@field pieces integer[][] of what is reported: {from, to} in bytes
---@field cue integer[]?
---@field speaker integer[]?
---@field name string? the speaker's full name; '?' where the text does not say, nil where the corpus does not tell
---@field marked boolean whether quotation marks stand in it
---@field is_speech boolean? false: a belief, a wish or a plan

local edge = {}
for c in (',.;: \n"\''):gmatch('.') do
  edge[c] = true
end
local wide = { ['“'] = true, ['”'] = true, ['‘'] = true, ['’'] = true, ['\194\160'] = true }

--- The span without what the comparison ignores at its ends.
local function trim(text, span)
  local from, to = span[1], span[2]
  while from < to do
    local n = edge[text:sub(from + 1, from + 1)] and 1
      or wide[text:sub(from + 1, from + 3)] and 3
      or wide[text:sub(from + 1, from + 2)] and 2
    if not n then
      break
    end
    from = from + n
  end
  while to > from do
    local n = edge[text:sub(to, to)] and 1
      or wide[text:sub(to - 2, to)] and 3
      or wide[text:sub(to - 1, to)] and 2
    if not n then
      break
    end
    to = to - n
  end
  return { from, to }
end

local function shared(a, b)
  return math.max(0, math.min(a[2], b[2]) - math.max(a[1], b[1]))
end

local function overlap(a, b)
  return shared(a, b) > 0
end

--- How many bytes two contents have in common.
local function common(a, b)
  local n = 0
  for _, x in ipairs(a) do
    for _, y in ipairs(b) do
      n = n + shared(x, y)
    end
  end
  return n
end

local function key(text, span)
  local t = trim(text, span)
  return t[1] .. '-' .. t[2]
end

local function hull(pieces)
  return { pieces[1][1], pieces[#pieces][2] }
end
M.hull = hull

--- Exact where the whole agrees, or each piece of one side with a piece of the other: a split quote may come in
--- pieces.
local function same_pieces(text, a, b)
  if key(text, hull(a)) == key(text, hull(b)) then
    return true
  end
  local function within(some, all)
    local seen = {}
    for _, piece in ipairs(all) do
      seen[key(text, piece)] = true
    end
    for _, piece in ipairs(some) do
      if not seen[key(text, piece)] then
        return false
      end
    end
    return true
  end
  return within(a, b) or within(b, a)
end

--- Counts of one corpus; every field a number.
---@return table<string, number>
function M.counter()
  return setmetatable({}, {
    __index = function()
      return 0
    end,
  })
end

local function add(counts, name, by)
  counts[name] = counts[name] + (by or 1)
end

local function same_name(a, b)
  local function plain(name)
    local parts = vim.split(name:lower():gsub('^the ', ''), '; ')
    table.sort(parts)
    return table.concat(parts, ';')
  end
  return plain(a) == plain(b)
end

local function words(text, span)
  return span and (text:sub(span[1] + 1, span[2]):gsub('%s+', ' ')) or '-'
end

--- Exact spans of one part over all records, whatever they belong to.
local function count_spans(text, found, gold, counts)
  local function set(records, field)
    local spans = {}
    for _, record in ipairs(records) do
      local span = field == 'content' and hull(record.pieces) or record[field]
      if span then
        spans[key(text, span)] = true
      end
    end
    return spans
  end
  for _, field in ipairs({ 'speaker', 'cue', 'content' }) do
    local mine, theirs = set(found, field), set(gold, field)
    for span in pairs(mine) do
      add(counts, field .. '_mine')
      add(counts, field .. '_right', theirs[span] and 1 or 0)
    end
    for _ in pairs(theirs) do
      add(counts, field .. '_theirs')
    end
  end
end

--- The marked record that shares most with `wanted`; an exact one first.
local function nearest(text, wanted, found)
  local best, most = nil, 0
  for _, other in ipairs(found) do
    if other.marked then
      local n = common(wanted.pieces, other.pieces)
      n = n > 0 and same_pieces(text, other.pieces, wanted.pieces) and math.huge or n
      if n > most then
        best, most = other, n
      end
    end
  end
  return best, most == math.huge
end

--- Compares what was found in one article with what is there.
---@param text string
---@param found quality.Record[]
---@param gold quality.Record[]
---@param counts table<string, number>
---@param show fun(kind: string, wanted: string, got: string, content: string)?
function M.compare(text, found, gold, counts, show)
  show = show or function() end
  count_spans(text, found, gold, counts)
  for _, record in ipairs(found) do
    if record.marked then
      local hit = false
      for _, other in ipairs(gold) do
        hit = hit or common(record.pieces, other.pieces) > 0
      end
      add(counts, 'marked_mine')
      add(counts, 'marked_right', hit and 1 or 0)
      if not hit then
        show('invented', '-', words(text, record.cue), words(text, hull(record.pieces)))
      end
    end
  end
  for _, record in ipairs(gold) do
    local content = words(text, hull(record.pieces))
    local best, exact = nil, false
    if record.marked then
      add(counts, 'marked_theirs')
      best, exact = nearest(text, record, found)
      if not best then
        show('missed', words(text, record.cue), '-', content)
      end
    end
    if best then
      add(counts, 'found')
      add(counts, 'span_exact', exact and 1 or 0)
      if not exact then
        show('content', content, words(text, hull(best.pieces)), '')
      end
      if record.cue then
        local right = best.cue and overlap(best.cue, record.cue)
        add(counts, 'with_cue')
        add(counts, 'cue_ok', right and 1 or 0)
        if not right then
          show('cue', words(text, record.cue), words(text, best.cue), content)
        end
      end
      if record.speaker then
        local near = best.speaker and overlap(best.speaker, record.speaker)
        local same = near and key(text, best.speaker) == key(text, record.speaker)
        add(counts, 'with_speaker')
        add(counts, 'speaker_near', near and 1 or 0)
        add(counts, 'speaker_exact', same and 1 or 0)
        if not same then
          show(
            near and 'extent' or 'speaker',
            words(text, record.speaker),
            words(text, best.speaker),
            content
          )
        end
      end
      if record.name then
        local right = record.name == '?' and not best.name
          or (best.name and same_name(best.name, record.name))
        add(counts, 'with_name')
        add(counts, 'name_right', right and 1 or 0)
        if not right then
          show('name', record.name, best.name or '-', content)
        end
      end
    end
  end
end

local function percent(a, b)
  return b > 0 and 100 * a / b or 0
end

--- The figures of a corpus, in percent, in the order in which they are told.
---@param counts table<string, number>
---@return {[1]: string, [2]: number}[]
function M.figures(counts)
  local function f1(field)
    local p = percent(counts[field .. '_right'], counts[field .. '_mine'])
    local r = percent(counts[field .. '_right'], counts[field .. '_theirs'])
    return p + r > 0 and 2 * p * r / (p + r) or 0
  end
  local rows = {
    { 'found_recall', percent(counts.found, counts.marked_theirs) },
    { 'found_precision', percent(counts.marked_right, counts.marked_mine) },
    { 'content_exact', percent(counts.span_exact, counts.found) },
    { 'cue', percent(counts.cue_ok, counts.with_cue) },
    { 'speaker_overlap', percent(counts.speaker_near, counts.with_speaker) },
    { 'speaker_exact', percent(counts.speaker_exact, counts.with_speaker) },
    { 'all_source_f1', f1('speaker') },
    { 'all_cue_f1', f1('cue') },
    { 'all_content_f1', f1('content') },
  }
  if counts.with_name > 0 then
    rows[#rows + 1] = { 'name', percent(counts.name_right, counts.with_name) }
  end
  return rows
end

return M
