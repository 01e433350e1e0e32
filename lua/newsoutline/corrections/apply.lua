--- Applies corrections to an analysis: finds what each is about, changes it, and notes which one holds.
local lookup = require('newsoutline.lookup')

local M = {}

--- What an application keeps while it runs. Speakers point at entities themselves, since indices move.
---@class newsoutline.CorrectionRun
---@field place_of fun(correction: newsoutline.Correction): newsoutline.Span|nil
---@field analysis newsoutline.Analysis
---@field speakers table<newsoutline.Quote, newsoutline.Entity[]>
---@field decided table<table, table<string, newsoutline.Correction>> what holds for a record, by field

-- Finding what a correction is about --------------------------------------------------------------------------------

--- The entities that go by a name, one for each item at most: those of that name before those of that alias.
---@param analysis newsoutline.Analysis
---@param name string
---@return newsoutline.Entity[]
local function entities_named(analysis, name)
  local found, by_item = {}, {}
  for _, exact in ipairs({ true, false }) do
    for _, entity in ipairs(analysis.entities) do
      local item = entity.item or -1
      local fits = exact and entity.name == name or not exact and vim.tbl_contains(entity.aliases, name)
      if fits and not by_item[item] then
        by_item[item] = true
        found[#found + 1] = entity
      end
    end
  end
  return found
end

---@param analysis newsoutline.Analysis
---@param name string
---@param item integer|nil
---@return newsoutline.Entity|nil
local function entity_named(analysis, name, item)
  for _, entity in ipairs(entities_named(analysis, name)) do
    if entity.item == item then
      return entity
    end
  end
end

--- How much of two texts is the same from their start and their end, of the longer one.
---@param a string
---@param b string
---@return number
local function likeness(a, b)
  local n = math.min(#a, #b)
  local start, stop = 0, 0
  while start < n and a:byte(start + 1) == b:byte(start + 1) do
    start = start + 1
  end
  while stop < n - start and a:byte(#a - stop) == b:byte(#b - stop) do
    stop = stop + 1
  end
  return (start + stop) / math.max(#a, #b, 1)
end

--- Below this likeness the quote under a mark is taken for another one: a reload may leave marks on foreign text.
local ALIKE = 0.5

--- The quote that a correction is about: the one with its words at its mark, else the only other one with its words,
--- else the one at its mark whose words were edited.
---@param run newsoutline.CorrectionRun
---@param correction newsoutline.Correction
---@return newsoutline.Quote|nil
local function quote_of(run, correction)
  local place = run.place_of(correction)
  local same, n_same, edited = nil, 0, nil
  for _, quote in ipairs(run.analysis.quotes) do
    local here = place
      and lookup.compare(quote.from, place.to) < 0
      and lookup.compare(quote.to, place.from) > 0
    if quote.text == correction.quote then
      if here then
        return quote
      end
      same, n_same = quote, n_same + 1
    elseif here and not edited and likeness(quote.text, correction.quote) >= ALIKE then
      edited = quote
    end
  end
  if n_same == 1 then
    return same
  end
  if edited then
    correction.quote = edited.text
  end
  return edited
end

-- Applying ----------------------------------------------------------------------------------------------------------

--- Notes that a correction decides a field of a record; the one that did before is overruled.
---@param run newsoutline.CorrectionRun
---@param record table
---@param field string
---@param correction newsoutline.Correction
local function decide(run, record, field, correction)
  local fields = run.decided[record] or {}
  run.decided[record] = fields
  if fields[field] then
    fields[field].state = 'overruled'
  end
  fields[field] = correction
  correction.state = 'holds'
  record.corrected = true
end

---@param list string[]
---@param value string
---@param except string
local function add_name(list, value, except)
  if value ~= except and not vim.tbl_contains(list, value) then
    list[#list + 1] = value
  end
end

---@param entity newsoutline.Entity
local function sort_mentions(entity)
  table.sort(entity.mentions, function(a, b)
    return lookup.compare(a.from, b.from) < 0
  end)
end

--- Lets every speaker that was `old` be `new`; with a test, only where it says so.
---@param run newsoutline.CorrectionRun
---@param old newsoutline.Entity
---@param new newsoutline.Entity
---@param test? fun(quote: newsoutline.Quote): boolean
local function replace_speaker(run, old, new, test)
  for quote, entities in pairs(run.speakers) do
    for i, entity in ipairs(entities) do
      if entity == old and (not test or test(quote)) then
        entities[i] = new
      end
    end
  end
end

---@param run newsoutline.CorrectionRun
---@param old newsoutline.Entity
---@param into newsoutline.Entity
local function merge(run, old, into)
  vim.list_extend(into.mentions, old.mentions)
  sort_mentions(into)
  for _, alias in ipairs(vim.list_extend({ old.name }, old.aliases)) do
    add_name(into.aliases, alias, into.name)
  end
  for _, role in ipairs(old.roles) do
    add_name(into.roles, role, '')
  end
  replace_speaker(run, old, into)
  local entities = run.analysis.entities
  local at, before
  for i, entity in ipairs(entities) do
    at = entity == into and i or at
    before = entity == old and i or before
  end
  -- The entry takes the better of the two places in the order of salience.
  entities[math.min(at, before)] = into
  table.remove(entities, math.max(at, before))
end

---@param run newsoutline.CorrectionRun
---@param entity newsoutline.Entity
---@param correction newsoutline.Correction
---@return newsoutline.Entity|nil new
local function split(run, entity, correction)
  local place = correction.is_here and run.place_of(correction)
  local kept, moved = {}, {}
  for _, mention in ipairs(entity.mentions) do
    local fits = mention.text == correction.text
    if correction.is_here then
      fits = fits and place and lookup.compare(mention.from, place.from) == 0
    end
    table.insert(fits and moved or kept, mention)
  end
  if #moved == 0 then
    return nil
  end
  local new = entity_named(run.analysis, correction.name, entity.item)
  if new == entity then
    new = nil
  end
  if not new then
    new = {
      name = correction.name,
      type = entity.type,
      aliases = {},
      roles = {},
      score = 1,
      item = entity.item,
      mentions = {},
    }
    for i, other in ipairs(run.analysis.entities) do
      if other == entity then
        table.insert(run.analysis.entities, i + 1, new)
        break
      end
    end
  end
  add_name(new.aliases, correction.text, new.name)
  vim.list_extend(new.mentions, moved)
  sort_mentions(new)
  entity.mentions = kept
  -- Names that nothing mentions any more go; the first that is left names what is left.
  local still = {}
  for _, mention in ipairs(kept) do
    still[mention.text] = true
  end
  if not still[correction.text] then
    entity.aliases = vim.tbl_filter(function(alias)
      return alias ~= correction.text
    end, entity.aliases)
    if entity.name == correction.text and entity.aliases[1] then
      entity.name = table.remove(entity.aliases, 1)
    end
  end
  replace_speaker(run, entity, new, function(quote)
    for _, mention in ipairs(moved) do
      if
        quote.speaker.from
        and lookup.compare(quote.speaker.from, mention.from) <= 0
        and lookup.compare(mention.to, quote.speaker.to) <= 0
      then
        return true
      end
    end
    return false
  end)
  if #kept == 0 then
    merge(run, entity, new)
  end
  return new
end

---@type table<string, fun(run: newsoutline.CorrectionRun, correction: newsoutline.Correction)>
local apply = {}

function apply.merge(run, correction)
  for _, old in ipairs(entities_named(run.analysis, correction.entity)) do
    local into = entity_named(run.analysis, correction.into, old.item)
    if into and into ~= old then
      decide(run, into, 'merge ' .. correction.entity, correction)
      merge(run, old, into)
    end
  end
end

function apply.split(run, correction)
  for _, entity in ipairs(entities_named(run.analysis, correction.entity)) do
    local new = split(run, entity, correction)
    if new then
      local before = run.decided[entity] and run.decided[entity]['merge ' .. correction.text]
      if before then
        before.state = 'overruled'
      end
      decide(run, new, 'split', correction)
    end
  end
end

function apply.rename(run, correction)
  for _, entity in ipairs(entities_named(run.analysis, correction.entity)) do
    local old = entity.name
    entity.name = correction.name
    entity.aliases = vim.tbl_filter(function(alias)
      return alias ~= correction.name
    end, entity.aliases)
    for _, mention in ipairs(entity.mentions) do
      if mention.text == old then
        add_name(entity.aliases, old, entity.name)
        break
      end
    end
    decide(run, entity, 'name', correction)
  end
end

function apply.retype(run, correction)
  for _, entity in ipairs(entities_named(run.analysis, correction.entity)) do
    entity.type = correction.type
    decide(run, entity, 'type', correction)
  end
end

function apply.speaker(run, correction)
  local quote = quote_of(run, correction)
  if not quote then
    return
  end
  decide(run, quote, 'speaker', correction)
  if quote.kind == 'term' and correction.name then
    quote.kind = 'direct'
  end
  if not correction.name then
    quote.speaker = nil
    run.speakers[quote] = nil
    return
  end
  local entity
  for _, named in ipairs(entities_named(run.analysis, correction.name)) do
    entity = entity or named
    for _, mention in ipairs(named.mentions) do
      if lookup.holds(quote.content, mention.from) then
        entity = named
      end
    end
  end
  local old = quote.speaker
  local same = old and entity and vim.tbl_contains(run.speakers[quote] or {}, entity)
  quote.speaker = { name = correction.name, entities = {}, score = 1 }
  if same then
    quote.speaker.from, quote.speaker.to = old.from, old.to
  end
  run.speakers[quote] = { entity }
end

function apply.kind(run, correction)
  local quote = quote_of(run, correction)
  if not quote then
    return
  end
  decide(run, quote, 'kind', correction)
  quote.kind = correction.kind
  if quote.kind == 'term' then
    quote.speaker, quote.cue, run.speakers[quote] = nil, nil, nil
  end
end

--- Writes the speakers' entities back as indices, and their names anew where an entity's changed.
---@param run newsoutline.CorrectionRun
local function write_speakers(run)
  local index_of = {}
  for i, entity in ipairs(run.analysis.entities) do
    index_of[entity] = i - 1
  end
  for quote, entities in pairs(run.speakers) do
    local indices, corrected, unique, seen = {}, false, {}, {}
    for _, entity in ipairs(entities) do
      if not seen[entity] then
        seen[entity] = true
        unique[#unique + 1] = entity
        indices[#indices + 1] = index_of[entity]
        corrected = corrected or entity.corrected
      end
    end
    quote.speaker.entities = indices
    if corrected or quote.corrected and #indices > 0 then
      table.sort(unique, function(a, b)
        return lookup.compare(a.mentions[1].from, b.mentions[1].from) < 0
      end)
      quote.speaker.name = table.concat(
        vim.tbl_map(function(entity)
          return entity.name
        end, unique),
        '; '
      )
    end
  end
end

--- Corrects a fresh analysis in place.
---@param analysis newsoutline.Analysis
---@param list newsoutline.Correction[] oldest first
---@param place_of fun(correction: newsoutline.Correction): newsoutline.Span|nil where its mark stands now
---@return newsoutline.Analysis
function M.apply(analysis, list, place_of)
  local run = { place_of = place_of, analysis = analysis, speakers = {}, decided = {} }
  for _, quote in ipairs(analysis.quotes) do
    if quote.speaker then
      local entities = {}
      for i, index in ipairs(quote.speaker.entities) do
        entities[i] = analysis.entities[index + 1]
      end
      run.speakers[quote] = entities
    end
  end
  for _, correction in ipairs(list) do
    correction.state = 'lost'
    apply[correction.what](run, correction)
  end
  write_speakers(run)
  return analysis
end

return M
