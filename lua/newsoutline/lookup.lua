--- What stands at a place of the article: answers about an analysis, by position.
---
--- A position is a 0-based row and byte column, a span ends before its `to`. Nothing here parses or changes an
--- analysis.
local M = {}

---@class newsoutline.Place a mention together with its entity
---@field mention newsoutline.Mention
---@field entity newsoutline.Entity
---@field from newsoutline.Position
---@field to newsoutline.Position

--- Less than 0 where `a` stands before `b`, 0 where they are one place, else more.
---@param a newsoutline.Position
---@param b newsoutline.Position
---@return integer
function M.compare(a, b)
  return a[1] == b[1] and a[2] - b[2] or a[1] - b[1]
end

local compare = M.compare

---@param span newsoutline.Span
---@param position newsoutline.Position
---@return boolean
function M.holds(span, position)
  return compare(span.from, position) <= 0 and compare(position, span.to) < 0
end

local holds = M.holds

--- The first index of a list sorted by `from` whose span starts after a position; #list + 1 where none does.
---@param list newsoutline.Span[]
---@param position newsoutline.Position
---@return integer
function M.first_after(list, position)
  local low, high = 1, #list + 1
  while low < high do
    local middle = math.floor((low + high) / 2)
    if compare(list[middle].from, position) > 0 then
      high = middle
    else
      low = middle + 1
    end
  end
  return low
end

--- The quote at a position: one with a marked piece there, else one whose reported words or whose words in between
--- ("she said") stand there.
---@param analysis newsoutline.Analysis
---@param position newsoutline.Position
---@return newsoutline.Quote|nil
---@return integer|nil part the index of the piece that holds the position
function M.quote_at(analysis, position)
  local around ---@type newsoutline.Quote|nil
  for _, quote in ipairs(analysis.quotes) do
    local content = quote.content
    if holds(quote, position) then
      for i, part in ipairs(quote.parts) do
        if holds(part, position) then
          return quote, i
        end
      end
      around = quote
    elseif not around and holds(content, position) then
      around = quote
    elseif compare(quote.from, position) > 0 and compare(content.from, position) > 0 then
      break
    end
  end
  return around
end

---@type table<newsoutline.Analysis, newsoutline.Place[]>
local places_of = setmetatable({}, { __mode = 'k' })

--- All mentions of all entities in order of the text.
---@param analysis newsoutline.Analysis
---@return newsoutline.Place[]
function M.mentions(analysis)
  local places = places_of[analysis]
  if not places then
    places = {}
    for _, entity in ipairs(analysis.entities) do
      for _, mention in ipairs(entity.mentions) do
        places[#places + 1] = { mention = mention, entity = entity, from = mention.from, to = mention.to }
      end
    end
    table.sort(places, function(a, b)
      local order = compare(a.from, b.from)
      -- The longer of two that start together comes first, so that walking the list goes from outside in.
      return order < 0 or order == 0 and compare(a.to, b.to) > 0
    end)
    places_of[analysis] = places
  end
  return places
end

--- How many mentions before a position are looked at for one that reaches it: descriptions may hold names, but not
--- this many.
local NESTED = 16

--- The innermost mention at a position.
---@param analysis newsoutline.Analysis
---@param position newsoutline.Position
---@return newsoutline.Place|nil
function M.mention_at(analysis, position)
  local places = M.mentions(analysis)
  local last = M.first_after(places, position) - 1
  for i = last, math.max(1, last - NESTED), -1 do
    if holds(places[i], position) then
      return places[i]
    end
  end
end

--- The sections that hold a position, from the outermost to the innermost.
---@param analysis newsoutline.Analysis
---@param position newsoutline.Position
---@return newsoutline.Section[]
function M.sections_at(analysis, position)
  local path = {}
  for _, section in ipairs(analysis.outline) do
    if compare(section.from, position) > 0 then
      break
    end
    if holds(section, position) then
      path[#path + 1] = section
    end
  end
  return path
end

--- Whether somebody says both of two quotes.
---@param a newsoutline.Quote
---@param b newsoutline.Quote
---@return boolean
function M.same_speaker(a, b)
  if not a.speaker or not b.speaker then
    return false
  end
  for _, entity in ipairs(a.speaker.entities) do
    if vim.tbl_contains(b.speaker.entities, entity) then
      return true
    end
  end
  return a.speaker.name == b.speaker.name
end

--- What an entity is called, all of it in lower case: its name and its aliases.
---@param entity newsoutline.Entity
---@return string[]
function M.names(entity)
  local names = { vim.fn.tolower(entity.name) }
  for _, alias in ipairs(entity.aliases) do
    names[#names + 1] = vim.fn.tolower(alias)
  end
  return names
end

return M
