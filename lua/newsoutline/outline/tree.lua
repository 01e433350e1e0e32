--- The tree that the outline shows, made from an analysis: sections with their quotes below them, then the entities.
---
--- A node has a key that stays the same over an edit elsewhere, so that folds and the cursor survive a refresh.
local highlight = require('newsoutline.highlight')
local reading = require('newsoutline.reading')

local M = {}

---@class newsoutline.Node
---@field key string
---@field kind 'section'|'quote'|'group'|'entity'|'mention'
---@field label string what the line says
---@field detail string what stands at the right edge
---@field group string highlight group of the label
---@field speaker? integer the label's first bytes that name a speaker
---@field speaker_group? string
---@field level integer depth in the tree, from 0
---@field parent? newsoutline.Node
---@field from? newsoutline.Position
---@field to? newsoutline.Position end-exclusive
---@field children newsoutline.Node[]
---@field entity? newsoutline.Entity whose mentions are its children, not made yet
---@field needle? string what a filter looks into, in lower case; made on demand

---@class newsoutline.Tree
---@field headline string
---@field meta string
---@field headline_at? { from: newsoutline.Position, to: newsoutline.Position }
---@field nodes newsoutline.Node[] top level
---@field places newsoutline.Node[] sections and quotes in the order of the text, for the cursor
---@field note? string

--- One line, whatever stands in the text.
---@param text string
---@return string
local function line(text)
  return (text:gsub('[%c%s]+', ' '))
end

---@param words integer
---@return string
local function length_of(words)
  return ('%dw %s'):format(words, reading.time(words))
end

local section_groups = {
  lede = 'NewsOutlineLede',
  section = 'NewsOutlineSection',
  item = 'NewsOutlineItem',
  speaker = 'NewsOutlineTurn',
  entry = 'NewsOutlineEntry',
  derived = 'NewsOutlineDerived',
}

--- Hands out keys: the n-th node of the same name below the same parent.
---@return fun(parent: newsoutline.Node|nil, name: string): string
local function key_maker()
  local seen = {}
  return function(parent, name)
    local key = (parent and parent.key .. '/' or '') .. name
    seen[key] = (seen[key] or 0) + 1
    return seen[key] == 1 and key or ('%s#%d'):format(key, seen[key])
  end
end

---@param a newsoutline.Position
---@param b newsoutline.Position
---@return boolean
local function before(a, b)
  return a[1] < b[1] or a[1] == b[1] and a[2] < b[2]
end

---@param analysis newsoutline.Analysis
---@param key_of fun(parent: newsoutline.Node|nil, name: string): string
---@return newsoutline.Node[] top
---@return newsoutline.Node[] all in order of the text
local function sections_of(analysis, key_of)
  local top, all, open = {}, {}, {}
  for _, section in ipairs(analysis.outline) do
    while #open > 0 and open[#open].rank >= section.level do
      open[#open] = nil
    end
    local parent = open[#open] and open[#open].node
    local title = line(section.title)
    local node = {
      key = key_of(parent, 's:' .. title),
      kind = 'section',
      label = (section.kind == 'derived' and '~ ' or '') .. title,
      detail = length_of(section.words),
      group = section_groups[section.kind] or 'NewsOutlineSection',
      level = #open,
      parent = parent,
      from = section.from,
      to = section.to,
      children = {},
    }
    local siblings = parent and parent.children or top
    siblings[#siblings + 1] = node
    all[#all + 1] = node
    open[#open + 1] = { node = node, rank = section.level }
  end
  return top, all
end

---@param quote newsoutline.Quote
---@param parent newsoutline.Node|nil
---@param key_of fun(parent: newsoutline.Node|nil, name: string): string
---@return newsoutline.Node
local function quote_node(quote, parent, key_of)
  local text = line(quote.text)
  local speaker = quote.speaker and line(quote.speaker.name) or '?'
  return {
    key = key_of(parent, 'q:' .. text),
    kind = 'quote',
    label = speaker .. ': ' .. text,
    detail = '',
    group = highlight.quote_group(quote.kind),
    speaker = #speaker + 1,
    speaker_group = quote.speaker and 'NewsOutlineSpeaker' or 'NewsOutlineUnknown',
    level = parent and parent.level + 1 or 0,
    parent = parent,
    from = quote.from,
    to = quote.to,
    children = {},
  }
end

--- Puts each quote below the innermost section that it starts in: before that section's subsections.
---@param analysis newsoutline.Analysis
---@param top newsoutline.Node[]
---@param sections newsoutline.Node[]
---@param key_of fun(parent: newsoutline.Node|nil, name: string): string
---@return newsoutline.Node[] places sections and quotes in order of the text
local function add_quotes(analysis, top, sections, key_of)
  local places, next_section = {}, 1
  local inner ---@type newsoutline.Node|nil the innermost section at hand
  ---@type table<newsoutline.Node, newsoutline.Node[]>
  local quotes_of = {}
  for _, quote in ipairs(analysis.quotes) do
    -- Nobody is reported to have said a term: it is no quote to a reader.
    if quote.kind ~= 'term' then
      while sections[next_section] and not before(quote.from, sections[next_section].from) do
        inner = sections[next_section]
        places[#places + 1] = inner
        next_section = next_section + 1
      end
      while inner and not before(quote.from, inner.to) do
        inner = inner.parent
      end
      local node = quote_node(quote, inner, key_of)
      places[#places + 1] = node
      if inner then
        quotes_of[inner] = quotes_of[inner] or {}
        table.insert(quotes_of[inner], node)
      else
        -- A quote outside of every section (in the dek, say) stands before the section that follows it.
        local at = 1
        while top[at] and not before(node.from, top[at].from) do
          at = at + 1
        end
        table.insert(top, at, node)
      end
    end
  end
  for i = next_section, #sections do
    places[#places + 1] = sections[i]
  end
  for section, quotes in pairs(quotes_of) do
    section.children = vim.list_extend(quotes, section.children)
  end
  return places
end

---@param entity newsoutline.Entity
---@param parent newsoutline.Node
---@param key_of fun(parent: newsoutline.Node|nil, name: string): string
---@return newsoutline.Node
local function entity_node(entity, parent, key_of)
  local name = line(entity.name)
  local first = entity.mentions[1]
  local node = {
    key = key_of(parent, 'e:' .. name),
    kind = 'entity',
    label = name,
    detail = ('%s %d×'):format(entity.type == 'organization' and 'org' or entity.type, #entity.mentions),
    group = highlight.entity_group(entity.type),
    level = parent.level + 1,
    parent = parent,
    from = first and first.from,
    to = first and first.to,
    entity = entity,
    children = {},
  }
  return node
end

--- The nodes below a node. An entity's mentions are made when they are first shown: there may be thousands.
---@param node newsoutline.Node
---@return newsoutline.Node[]
function M.children(node)
  for i, mention in ipairs(node.entity and node.entity.mentions or {}) do
    node.children[i] = {
      key = node.key .. '/' .. i,
      kind = 'mention',
      label = line(mention.text),
      detail = 'line ' .. mention.from[1] + 1,
      group = 'NewsOutlineMention',
      level = node.level + 1,
      parent = node,
      from = mention.from,
      to = mention.to,
      children = {},
    }
  end
  node.entity = nil
  return node.children
end

---@param node newsoutline.Node
---@return boolean
function M.has_children(node)
  return #node.children > 0 or node.entity ~= nil
end

---@param analysis newsoutline.Analysis
---@return string
local function meta_of(analysis)
  local parts = {}
  if analysis.date then
    parts[#parts + 1] = analysis.date.iso:match('^[%d-]+')
  end
  parts[#parts + 1] = ('%d words'):format(analysis.words)
  parts[#parts + 1] = reading.time(analysis.words) .. ' min'
  if analysis.language and analysis.language ~= 'en' then
    parts[#parts + 1] = analysis.language
  end
  return table.concat(parts, ' · ')
end

--- The first of some positions in order that does not stand before another.
---@param places newsoutline.Position[]
---@param position newsoutline.Position
---@return integer
local function first_at(places, position)
  local low, high = 1, #places + 1
  while low < high do
    local middle = math.floor((low + high) / 2)
    if before(places[middle], position) then
      low = middle + 1
    else
      high = middle
    end
  end
  return low
end

--- Puts the number of annotations that begin in each section or quote before what stands at the right edge.
---@param nodes newsoutline.Node[]
---@param notes newsoutline.Position[] where annotations begin, in order
local function add_counts(nodes, notes)
  for _, node in ipairs(nodes) do
    local n = (node.kind == 'section' or node.kind == 'quote')
        and first_at(notes, node.to) - first_at(notes, node.from)
      or 0
    if n > 0 then
      node.detail = vim.trim(('✎%d %s'):format(n, node.detail))
    end
    add_counts(node.children, notes)
  end
end

---@param analysis newsoutline.Analysis
---@param config newsoutline.Config
---@param notes? newsoutline.Position[] where annotations begin, in order
---@return newsoutline.Tree
function M.build(analysis, config, notes)
  local key_of = key_maker()
  local top, sections = sections_of(analysis, key_of)
  local places = sections
  if config.outline.quotes then
    places = add_quotes(analysis, top, sections, key_of)
  end
  if config.outline.entities and #analysis.entities > 0 then
    local group = {
      key = 'entities',
      kind = 'group',
      label = 'Entities',
      detail = tostring(#analysis.entities),
      group = 'NewsOutlineHeading',
      level = 0,
      children = {},
    }
    for i, entity in ipairs(analysis.entities) do
      group.children[i] = entity_node(entity, group, key_of)
    end
    top[#top + 1] = group
  end
  if notes and #notes > 0 then
    add_counts(top, notes)
  end
  local headline = analysis.headline
  return {
    headline = headline and line(headline.text) or '',
    headline_at = headline and headline.from and headline or nil,
    meta = meta_of(analysis),
    nodes = top,
    places = places,
    note = analysis.note,
  }
end

--- The innermost section or quote that holds a position; before the first one, none.
---@param tree newsoutline.Tree
---@param position newsoutline.Position
---@return newsoutline.Node|nil
function M.at(tree, position)
  local low, high = 1, #tree.places + 1
  while low < high do
    local middle = math.floor((low + high) / 2)
    if before(position, tree.places[middle].from) then
      high = middle
    else
      low = middle + 1
    end
  end
  local node = tree.places[low - 1]
  -- A quote that ended before the position gives way to its section, a section only to what encloses it.
  while node and node.kind == 'quote' and not before(position, node.to) do
    node = node.parent
  end
  while node and node.parent and not before(position, node.to) do
    node = node.parent
  end
  return node
end

return M
