--- The lines of the reading view: a head with title, dek and meta line, then the blocks of the article, or all blocks.
---
--- Every line is text of the article and nothing else, so that what is searched, selected and yanked is what was
--- written; bullets and bars are virtual text.
local map = require('newsoutline.read.map')
local reading_time = require('newsoutline.reading')

local M = {}

---@class newsoutline.ReadPage
---@field lines string[]
---@field map newsoutline.ReadMap
---@field marks { row: integer, group?: string, from?: integer, to?: integer, prefix?: string }[]
---@field has_article boolean whether any block is of the article

local Page = {}
Page.__index = Page

--- How the lines of a role look; those that are not here are plain.
local looks = {
  headline = { group = 'NewsOutlineHeadline' },
  dek = { group = 'NewsOutlineDek' },
  byline = { group = 'NewsOutlineMeta' },
  date = { group = 'NewsOutlineMeta' },
  caption = { group = 'NewsOutlineCaption' },
  credit = { group = 'NewsOutlineCaption' },
  subhead = { group = 'NewsOutlineHeading' },
  blockquote = { prefix = '│ ' },
  pullquote = { group = 'NewsOutlineCaption', prefix = '│ ' },
  embed = { group = 'NewsOutlineCaption', prefix = '│ ' },
  list = { prefix = '• ' },
  code = { prefix = '    ' },
  table = { prefix = '    ' },
  boilerplate = { group = 'NewsOutlineBoilerplate' },
}

--- Roles whose blocks stand on neighbouring lines, by the role before.
local joined = {
  list = { list = true },
  caption = { credit = true },
  credit = { credit = true },
  byline = { byline = true, date = true },
  date = { byline = true, date = true },
  boilerplate = { boilerplate = true },
}

--- Roles without which there is no article.
local text_roles =
  { paragraph = true, blockquote = true, list = true, table = true, code = true, dateline = true }

-- Lines ---------------------------------------------------------------------------------------------------------------

--- Appends text to the last line.
---@param text string
---@param group? string
function Page:add(text, group)
  local row = #self.lines
  local column = #self.lines[row]
  self.lines[row] = self.lines[row] .. text
  if group and text ~= '' then
    self.marks[#self.marks + 1] = { row = row - 1, from = column, to = column + #text, group = group }
  end
end

function Page:line()
  self.lines[#self.lines + 1] = ''
end

--- An empty line, but not at the top.
function Page:gap()
  if #self.lines > 0 then
    self:line()
  end
end

--- Appends a piece of text that stands for a stretch of the source as a whole.
---@param text string
---@param from integer
---@param to integer
---@param group? string
function Page:whole(text, from, to, group)
  self.map:add(#self.lines - 1, #self.lines[#self.lines], #text, from, to)
  self:add(text, group)
end

--- The index of the piece of a block that holds a byte of its text.
---@param pieces integer[]
---@param at integer
---@return integer
local function piece_at(pieces, at)
  local low, high = 1, #pieces / 3
  while low < high do
    local middle = math.ceil((low + high) / 2)
    if pieces[3 * middle - 2] <= at then
      low = middle
    else
      high = middle - 1
    end
  end
  return 3 * low - 2
end

--- Appends a stretch of a block's text, without line breaks, to the last line.
---@param block newsoutline.BlockText
---@param from integer
---@param to integer
function Page:slice(block, from, to)
  local row, column = #self.lines - 1, #self.lines[#self.lines]
  local pieces = block.pieces
  local i = from < to and piece_at(pieces, from) or #pieces + 1
  while pieces[i] and pieces[i] < to do
    local a, b = math.max(pieces[i], from), math.min(pieces[i + 3] or #block.text, to)
    local source_from, source_to = pieces[i + 1], pieces[i + 2]
    if source_to - source_from == (pieces[i + 3] or #block.text) - pieces[i] then
      source_from, source_to = source_from + (a - pieces[i]), source_from + (b - pieces[i])
    end
    self.map:add(row, column + (a - from), b - a, source_from, source_to)
    i = i + 3
  end
  self:add(block.text:sub(from + 1, to))
end

---@param look { group?: string, prefix?: string }
function Page:look(look)
  self.marks[#self.marks + 1] = { row = #self.lines - 1, group = look.group, prefix = look.prefix }
end

--- Appends the lines of a block.
---@param block newsoutline.BlockText
function Page:block(block)
  local look = looks[block.role]
  local at = 0
  while true do
    local stop = block.text:find('\n', at + 1, true)
    self:slice(block, at, stop and stop - 1 or #block.text)
    if look then
      self:look(look)
    end
    if not stop then
      break
    end
    at = stop
    self:line()
  end
end

-- Head ----------------------------------------------------------------------------------------------------------------

--- The block that a stretch of the source lies in, and where in its text; by halving: blocks ascend.
---@param blocks newsoutline.BlockText[]
---@param from integer
---@param to integer
---@return newsoutline.BlockText|nil
---@return integer from
---@return integer to
---@return integer|nil index of the block
local function locate(blocks, from, to)
  local low, high = 1, #blocks
  while low < high do
    local middle = math.ceil((low + high) / 2)
    if blocks[middle].pieces[2] <= from then
      low = middle
    else
      high = middle - 1
    end
  end
  local block = blocks[low]
  if not block then
    return nil, 0, 0
  end
  local pieces, a, b = block.pieces, nil, nil
  for i = 1, #pieces, 3 do
    local text_from, text_to = pieces[i], pieces[i + 3] or #block.text
    local is_copy = text_to - text_from == pieces[i + 2] - pieces[i + 1]
    if not a and pieces[i + 2] > from then
      a = text_from + (is_copy and math.max(0, from - pieces[i + 1]) or 0)
    end
    if pieces[i + 1] < to then
      b = is_copy and math.min(text_to, text_from + (to - pieces[i + 1])) or text_to
    end
  end
  if not a or not b or a >= b then
    return nil, 0, 0
  end
  return block, a, b, low
end

--- What two ways of naming an author have in common.
---@param text string
---@return string
local function plain(text)
  return (vim.fn.tolower(text):gsub('^by%s+', ''))
end

--- Appends what the analysis says of the article, from its place in the text where it has one.
---@param value newsoutline.Value
---@param offset fun(position: newsoutline.Position): integer
---@param blocks newsoutline.BlockText[]
function Page:value(value, offset, blocks)
  self.said[plain(value.text)] = true
  if not value.from then
    self:add(value.text)
    return
  end
  local from, to = offset(value.from), offset(value.to)
  local block, a, b, index = locate(blocks, from, to)
  if not block then
    self:add(value.text)
    return
  end
  -- A date may be set in several blocks: day and hour.
  while index and blocks[index] and blocks[index].pieces[2] < to do
    self.used[blocks[index]] = true
    index = index + 1
  end
  if block.text:sub(a + 1, b) == value.text then
    self:slice(block, a, b)
  else
    self:whole(value.text, from, to)
  end
end

--- A date as it is written, or as a reader writes it where it stands in the metadata alone.
---@param date newsoutline.Date
---@return newsoutline.Value
local function date_value(date)
  if date.from then
    return date
  end
  return { text = (date.iso:gsub('^([%d-]+)T(%d+:%d+).*$', '%1 %2')) }
end

--- Title, dek and meta line of the article or of one item.
---@param about newsoutline.Analysis|newsoutline.Item
---@param options newsoutline.ReadOptions
---@param facts string[] further parts of the meta line
function Page:head(about, options, facts)
  local function value(v)
    self:value(v, options.offset, options.blocks)
  end
  if about.headline then
    self:gap()
    self:line()
    value(about.headline)
    self:look(looks.headline)
  end
  if about.dek then
    self:line()
    value(about.dek)
    self:look(looks.dek)
  end
  local is_first = true
  local function part(before)
    if is_first then
      self:line()
    end
    self:add(is_first and before or ' · ' .. before)
    is_first = false
  end
  for i, byline in ipairs(about.bylines) do
    if i == 1 then
      part('')
    else
      self:add(', ')
    end
    value(byline)
  end
  if about.date then
    part('')
    value(date_value(about.date))
  end
  if about.modified then
    part('updated ')
    value(date_value(about.modified))
  end
  for _, fact in ipairs(facts) do
    part(fact)
  end
  if not is_first then
    self:look(looks.byline)
  end
end

-- The whole -----------------------------------------------------------------------------------------------------------

---@param analysis newsoutline.Analysis
---@return string[]
local function facts_of(analysis)
  local facts = {}
  if analysis.publisher then
    facts[#facts + 1] = analysis.publisher
  end
  if analysis.section then
    facts[#facts + 1] = analysis.section
  end
  if analysis.words > 0 then
    facts[#facts + 1] = ('%d words, %s min'):format(analysis.words, reading_time.time(analysis.words))
  end
  return facts
end

---@class newsoutline.ReadOptions
---@field analysis newsoutline.Analysis
---@field blocks newsoutline.BlockText[]
---@field offset fun(position: newsoutline.Position): integer of the source
---@field is_whole boolean all blocks, in the order of the page
---@field note? string a line on top

---@param options newsoutline.ReadOptions
---@return newsoutline.ReadPage
function M.build(options)
  local page =
    setmetatable({ lines = {}, marks = {}, map = map.new(), used = {}, said = {}, has_article = false }, Page)
  for _, block in ipairs(options.blocks) do
    page.has_article = page.has_article or text_roles[block.role] == true
  end
  if options.note then
    page:line()
    page:add(options.note)
    page:look({ group = 'NewsOutlineMessage' })
  end
  if not options.is_whole then
    page:head(options.analysis, options, facts_of(options.analysis))
  end
  local before, item ---@type string|nil, integer|nil
  for _, block in ipairs(options.blocks) do
    local role = block.role
    if not options.is_whole and block.item and block.item ~= item then
      item = block.item
      local about = options.analysis.items[item + 1]
      if about then
        page:head(about, options, {})
        before = nil
      end
    end
    local is_repeated = (role == 'byline' or role == 'date') and page.said[plain(block.text)]
    local is_left_out = page.used[block]
      or not options.is_whole and (role == 'boilerplate' or role == 'pullquote' or is_repeated)
    if not is_left_out then
      if before == 'dateline' then
        page:add(' ')
      else
        if #page.lines > 0 and not (before and joined[before] and joined[before][role]) then
          page:gap()
        end
        page:line()
      end
      page:block(block)
      before = role
    end
  end
  if #page.lines == 0 then
    page:line()
  end
  page.map:finish(#page.lines)
  return page
end

return M
