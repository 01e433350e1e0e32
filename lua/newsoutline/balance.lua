--- Who is quoted how much, and how that divides between women and men, named and unnamed.
---
--- Counted are direct, mixed and indirect quotes: the words of a direct one between its marks, those of the whole
--- reported clause of a mixed or indirect one; a clause with several marked pieces counts once. A quote of several
--- speakers counts for each of them.
local M = {}

---@class newsoutline.SpeakerShare
---@field name string|nil nil: the article does not say who speaks
---@field entity newsoutline.Entity|nil nil: unnamed ("a senior official") or unknown
---@field quotes newsoutline.Quote[]
---@field words integer
---@field share number of all words of quotes, 0 to 1

---@class newsoutline.Tally
---@field speakers integer
---@field quotes integer
---@field words integer

---@class newsoutline.Balance
---@field speakers newsoutline.SpeakerShare[] most words first, unknown last
---@field words integer
---@field gender table<'women'|'men'|'unknown', newsoutline.Tally> of the persons
---@field naming table<'named'|'unnamed'|'unknown', newsoutline.Tally>

--- The words of a text: stretches between blanks that hold a letter or a digit.
---@param text string
---@return integer
local function count_words(text)
  local n = 0
  -- What is left of a stretch without dashes and quotation marks (U+2000 to U+203F) and without signs is letters.
  for word in text:gsub('\194\160', ' '):gsub('\226\128[\128-\191]', '.'):gmatch('%S+') do
    if word:find('[%w\195-\244]') then
      n = n + 1
    end
  end
  return n
end

---@param span newsoutline.Span
---@return string
local function key_of(span)
  return ('%d:%d-%d:%d'):format(span.from[1], span.from[2], span.to[1], span.to[2])
end

--- Who says how much.
---@param analysis newsoutline.Analysis
---@param text_of fun(span: newsoutline.Span): string the article's text without markup
---@return newsoutline.Balance
function M.of(analysis, text_of)
  local speakers, by_key = {}, {}
  local unknown = { quotes = {}, words = 0 }
  local balance = {
    speakers = speakers,
    words = 0,
    gender = {},
    naming = {},
  }
  local counted = {}
  for _, quote in ipairs(analysis.quotes) do
    if quote.kind ~= 'term' then
      local words = 0
      if quote.kind == 'direct' then
        words = count_words(quote.text)
      elseif not counted[key_of(quote.content)] then
        counted[key_of(quote.content)] = true
        words = count_words(text_of(quote.content))
      end
      local said_by = {}
      for _, index in ipairs(quote.speaker and quote.speaker.entities or {}) do
        local entity = analysis.entities[index + 1]
        local share = by_key[entity] or { name = entity.name, entity = entity, quotes = {}, words = 0 }
        said_by[#said_by + 1] = share
      end
      if quote.speaker and #said_by == 0 then
        local name = quote.speaker.name
        said_by[1] = by_key[vim.fn.tolower(name)] or { name = name, quotes = {}, words = 0 }
      elseif not quote.speaker then
        said_by[1] = unknown
      end
      for _, share in ipairs(said_by) do
        local key = share.entity or share.name and vim.fn.tolower(share.name)
        if key and not by_key[key] then
          by_key[key] = share
          speakers[#speakers + 1] = share
        end
        share.quotes[#share.quotes + 1] = quote
        share.words = share.words + words
        balance.words = balance.words + words
      end
    end
  end
  local order = {}
  for i, share in ipairs(speakers) do
    order[share] = i
  end
  table.sort(speakers, function(a, b)
    if a.words ~= b.words then
      return a.words > b.words
    end
    return order[a] < order[b]
  end)
  if #unknown.quotes > 0 then
    speakers[#speakers + 1] = unknown
  end
  local function tally(group, key, share)
    local t = group[key] or { speakers = 0, quotes = 0, words = 0 }
    group[key] = t
    t.speakers = t.speakers + (share == unknown and 0 or 1)
    t.quotes = t.quotes + #share.quotes
    t.words = t.words + share.words
  end
  for _, share in ipairs(speakers) do
    share.share = balance.words > 0 and share.words / balance.words or 0
    tally(balance.naming, share == unknown and 'unknown' or share.entity and 'named' or 'unnamed', share)
    if share.entity and share.entity.type == 'person' then
      local gender = share.entity.gender
      tally(balance.gender, gender == 'female' and 'women' or gender == 'male' and 'men' or 'unknown', share)
    end
  end
  return balance
end

local eighths = { '▏', '▎', '▍', '▌', '▋', '▊', '▉' }

--- A bar of text, exact to an eighth of a cell.
---@param share number 0 to 1
---@param width integer cells of the whole
---@return string
function M.bar(share, width)
  local n = math.floor(share * width * 8 + 0.5)
  if n == 0 and share > 0 then
    n = 1
  end
  return ('█'):rep(math.floor(n / 8)) .. (eighths[n % 8] or '')
end

return M
