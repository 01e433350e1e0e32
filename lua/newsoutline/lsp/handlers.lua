--- What the server answers, by method. Positions are those of the analysis: the server speaks UTF-8.
local document = require('newsoutline.document')
local lookup = require('newsoutline.lookup')

local M = {}

--- Symbol kinds. Outline plugins show these few without being told; what a symbol really is stands in `detail`.
local CLASS, MODULE, FUNCTION = 5, 2, 12

---@param params { textDocument: { uri: string } }
---@return integer|nil buf
local function buffer(params)
  local uri = params.textDocument.uri
  for _, buf in ipairs(vim.api.nvim_list_bufs()) do
    if vim.api.nvim_buf_is_loaded(buf) and vim.uri_from_bufnr(buf) == uri then
      return buf
    end
  end
end

---@param params table
---@return newsoutline.Analysis|nil
---@return integer|nil buf
local function analysis_of(params)
  local buf = buffer(params)
  local analysis = buf and document.get(buf)
  return analysis, buf
end

---@param span newsoutline.Span
---@return table
local function range(span)
  return {
    start = { line = span.from[1], character = span.from[2] },
    ['end'] = { line = span.to[1], character = span.to[2] },
  }
end

---@param params { position: { line: integer, character: integer } }
---@return newsoutline.Position
local function position(params)
  return { params.position.line, params.position.character }
end

--- One line that is never empty.
---@param text string
---@return string
local function line(text)
  text = vim.trim((text:gsub('[%c%s]+', ' ')))
  return text == '' and '?' or text
end

M['initialize'] = function()
  return {
    capabilities = {
      positionEncoding = 'utf-8',
      -- Neovim hands over the buffer itself: changes need not be sent.
      textDocumentSync = { openClose = true, change = 0 },
      documentSymbolProvider = true,
      foldingRangeProvider = true,
      hoverProvider = true,
      definitionProvider = true,
      referencesProvider = true,
      documentHighlightProvider = true,
    },
    serverInfo = { name = 'newsoutline' },
  }
end

M['shutdown'] = function() end

---@param section newsoutline.Section
---@param buf integer
---@return table
local function section_symbol(section, buf)
  local first = vim.api.nvim_buf_get_lines(buf, section.from[1], section.from[1] + 1, false)[1] or ''
  local to = section.to
  if to[1] > section.from[1] then
    to = { section.from[1], math.max(#first, section.from[2]) }
  end
  return {
    name = line(section.title),
    detail = ('%s, %d words'):format(section.kind, section.words),
    kind = section.kind == 'speaker' and CLASS or MODULE,
    range = range(section),
    selectionRange = range({ from = section.from, to = to }),
    children = {},
  }
end

---@param quote newsoutline.Quote
---@return table
local function quote_symbol(quote)
  return {
    name = line(quote.text),
    detail = (quote.speaker and line(quote.speaker.name) or 'unknown speaker') .. ', ' .. quote.kind,
    kind = FUNCTION,
    range = range(quote),
    selectionRange = range(quote),
  }
end

--- Sections as they nest; in each its quotes, in the order of the text.
M['textDocument/documentSymbol'] = function(params)
  local buf = buffer(params)
  local analysis = buf and document.get_outline(buf)
  if not buf or not analysis then
    return {}
  end
  local top, open, at = {}, {}, 1
  --- Puts the quotes that start before a position where they belong.
  local function place_quotes(before)
    while analysis.quotes[at] and (not before or lookup.compare(analysis.quotes[at].from, before) < 0) do
      local quote = analysis.quotes[at]
      if quote.kind ~= 'term' then
        local siblings = top
        for _, each in ipairs(open) do
          siblings = lookup.holds(each.section, quote.from) and each.symbol.children or siblings
        end
        siblings[#siblings + 1] = quote_symbol(quote)
      end
      at = at + 1
    end
  end
  for _, section in ipairs(analysis.outline) do
    place_quotes(section.from)
    while #open > 0 and open[#open].section.level >= section.level do
      open[#open] = nil
    end
    local symbol = section_symbol(section, buf)
    local siblings = open[#open] and open[#open].symbol.children or top
    siblings[#siblings + 1] = symbol
    open[#open + 1] = { section = section, symbol = symbol }
  end
  place_quotes(nil)
  return top
end

M['textDocument/foldingRange'] = function(params)
  local buf = buffer(params)
  local analysis = buf and document.get_outline(buf)
  local ranges = {}
  for _, section in ipairs(analysis and analysis.outline or {}) do
    local last = section.to[2] == 0 and section.to[1] - 1 or section.to[1]
    if last > section.from[1] then
      ranges[#ranges + 1] = { startLine = section.from[1], endLine = last, kind = 'region' }
    end
  end
  return ranges
end

M['textDocument/hover'] = function(params)
  local analysis = analysis_of(params)
  local hover = require('newsoutline.hover')
  local lines = analysis and hover.lines(analysis, position(params)) or {}
  vim.list_extend(lines, hover.notes(vim.uri_to_bufnr(params.textDocument.uri), position(params)))
  if #lines == 0 then
    return nil
  end
  local texts = vim.tbl_map(function(each)
    return each.text
  end, lines)
  return { contents = { kind = 'plaintext', value = table.concat(texts, '\n') } }
end

--- From a mention to where the entity is named first; from a quote to who said it.
M['textDocument/definition'] = function(params)
  local analysis = analysis_of(params)
  if not analysis then
    return {}
  end
  local here = position(params)
  local place, quote = lookup.mention_at(analysis, here), lookup.quote_at(analysis, here)
  if place then
    for _, mention in ipairs(place.entity.mentions) do
      if mention.kind == 'name' then
        return { uri = params.textDocument.uri, range = range(mention) }
      end
    end
  elseif quote and quote.speaker and quote.speaker.from then
    return { uri = params.textDocument.uri, range = range(quote.speaker) }
  end
  return {}
end

--- The spans that belong together with what stands at a position: all mentions of the entity, or all that was said by
--- the speaker of the quote.
---@param analysis newsoutline.Analysis
---@param here newsoutline.Position
---@return newsoutline.Span[]
local function relatives(analysis, here)
  local place, quote = lookup.mention_at(analysis, here), lookup.quote_at(analysis, here)
  if place then
    return place.entity.mentions
  elseif not quote then
    return {}
  end
  return vim.tbl_filter(function(other)
    return other == quote or lookup.same_speaker(other, quote)
  end, analysis.quotes)
end

M['textDocument/references'] = function(params)
  local analysis = analysis_of(params)
  local locations = {}
  for _, span in ipairs(analysis and relatives(analysis, position(params)) or {}) do
    locations[#locations + 1] = { uri = params.textDocument.uri, range = range(span) }
  end
  return locations
end

M['textDocument/documentHighlight'] = function(params)
  local analysis = analysis_of(params)
  local highlights = {}
  for _, span in ipairs(analysis and relatives(analysis, position(params)) or {}) do
    highlights[#highlights + 1] = { range = range(span) }
  end
  return highlights
end

return M
