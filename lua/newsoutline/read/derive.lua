--- The analysis of an article with the places of its reading view, so that motions, text objects, colours and the
--- outline work there as they do in the article. What the view does not show is left out.
local M = {}

---@alias newsoutline.Place fun(span: newsoutline.Span): newsoutline.Span|nil

--- A copy of a record with its place in the view.
---@generic T : table
---@param record T
---@param place newsoutline.Place
---@return T
local function placed(record, place)
  local copy = {}
  for key, value in pairs(record) do
    copy[key] = value
  end
  local span = record.from and place(record) or {}
  copy.from, copy.to = span.from, span.to
  return copy
end

--- Those of a list that the view shows.
---@generic T : table
---@param list T[]
---@param place newsoutline.Place
---@return T[]
local function shown(list, place)
  local found = {}
  for _, record in ipairs(list) do
    local copy = placed(record, place)
    if copy.from then
      found[#found + 1] = copy
    end
  end
  return found
end

---@param quote newsoutline.Quote
---@param place newsoutline.Place
---@return newsoutline.Quote|nil
local function quote_of(quote, place)
  local copy = placed(quote, place)
  if not copy.from then
    return nil
  end
  copy.parts = shown(quote.parts, place)
  if #copy.parts == 0 then
    return nil
  end
  copy.content = place(quote.content) or { from = copy.from, to = copy.to }
  if quote.speaker then
    copy.speaker = placed(quote.speaker, place)
  end
  if quote.cue then
    copy.cue = place(quote.cue) and placed(quote.cue, place) or nil
  end
  return copy
end

---@param analysis newsoutline.Analysis
---@param place newsoutline.Place
---@return newsoutline.Analysis
function M.analysis(analysis, place)
  local copy = {}
  for key, value in pairs(analysis) do
    copy[key] = value
  end
  -- What stands in the view is decoded: there is no markup to be taken out of it.
  copy.format = 'text'
  for _, field in ipairs({ 'headline', 'dek', 'date', 'modified' }) do
    copy[field] = analysis[field] and placed(analysis[field], place)
  end
  for _, field in ipairs({ 'bylines', 'items' }) do
    copy[field] = vim.tbl_map(function(record)
      return placed(record, place)
    end, analysis[field])
  end
  for _, field in ipairs({ 'blocks', 'outline', 'dates' }) do
    copy[field] = shown(analysis[field], place)
  end
  copy.entities = vim.tbl_map(function(entity)
    local entry = placed(entity, place)
    entry.mentions = shown(entity.mentions, place)
    return entry
  end, analysis.entities)
  copy.quotes = {}
  for _, quote in ipairs(analysis.quotes) do
    copy.quotes[#copy.quotes + 1] = quote_of(quote, place)
  end
  return copy
end

M.spans = shown

return M
