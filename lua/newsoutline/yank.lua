--- Yanks a quote with its attribution and its place: "…", Xi Jinping, FILE:LINE.
local config = require('newsoutline.config')
local document = require('newsoutline.document')
local jump = require('newsoutline.jump')
local lookup = require('newsoutline.lookup')
local marks = require('newsoutline.marks')
local markup = require('newsoutline.markup')
local message = require('newsoutline.message')
local origin = require('newsoutline.origin')

local M = {}

--- The words of a quote in one pair of marks; what the article reports without marks gets none.
---@param quote newsoutline.Quote
---@return string
local function words_of(quote)
  if quote.kind == 'indirect' then
    return quote.text
  end
  local text = quote.text
  local opener = text:sub(1, marks.opening(text))
  text = marks.strip(text)
  if #quote.parts > 1 and opener ~= '' then
    -- All pieces open with the same mark; a piece that goes on in the next paragraph has no closing one.
    local pieces = vim.split(text, ' ' .. opener, { plain = true })
    for i = 1, #pieces - 1 do
      pieces[i] = pieces[i]:sub(1, #pieces[i] - marks.closing(pieces[i]))
    end
    text = table.concat(pieces, ' ')
  end
  -- A comma at the end belongs to the sentence around the quote.
  return '“' .. text:gsub(',$', '') .. '”'
end

--- Fills the option `yank_format`.
---@param words string
---@param quote newsoutline.Quote
---@param position newsoutline.Position
---@return string
local function fill(words, quote, position)
  local buf, place = origin.position(vim.api.nvim_get_current_buf(), position)
  local name = vim.api.nvim_buf_get_name(buf)
  local values = {
    quote = words,
    speaker = quote.speaker and quote.speaker.name or 'unknown',
    cue = quote.cue and quote.cue.text or '',
    file = name == '' and '[No Name]' or vim.fn.fnamemodify(name, ':.'),
    line = tostring((place or position)[1] + 1),
  }
  return (config.get().yank_format:gsub('{(%a+)}', values))
end

--- The quotes that a span touches; a part of one piece of a single quote is that excerpt.
---@param analysis newsoutline.Analysis
---@param span newsoutline.Span
---@return string[]
local function yank_span(analysis, span)
  local lines = {}
  local touched ---@type newsoutline.Quote[]
  touched = vim.tbl_filter(function(quote)
    return lookup.compare(quote.from, span.to) < 0 and lookup.compare(quote.to, span.from) > 0
  end, analysis.quotes)
  if #touched == 1 then
    for _, part in ipairs(touched[1].parts) do
      local inside = lookup.compare(part.from, span.from) <= 0 and lookup.compare(span.to, part.to) <= 0
      local whole = lookup.compare(part.from, span.from) == 0 and lookup.compare(span.to, part.to) == 0
      if inside and not whole and touched[1].kind ~= 'indirect' then
        local text = vim.api.nvim_buf_get_text(0, span.from[1], span.from[2], span.to[1], span.to[2], {})
        local words = vim.trim((markup.strip(table.concat(text, ' '), analysis.format):gsub('%s+', ' ')))
        words = words:sub(marks.opening(words) + 1)
        words = words:sub(1, #words - marks.closing(words)):gsub(',$', '')
        return { fill('“' .. words .. '”', touched[1], span.from) }
      end
    end
  end
  for _, quote in ipairs(touched) do
    lines[#lines + 1] = fill(words_of(quote), quote, quote.from)
  end
  return lines
end

--- Yanks the quote under the cursor, or those of the Visual selection, one a line, into a register.
---@param register? string default: the one given before the map
function M.quote(register)
  register = register or vim.v.register
  local analysis, problem = document.get(0)
  if not analysis then
    message.error(problem --[[@as string]])
    return
  end
  local lines
  if vim.api.nvim_get_mode().mode:match('^[vV\22]') then
    lines = yank_span(analysis, jump.selection())
    vim.api.nvim_feedkeys(vim.keycode('<Esc>'), 'nx', false)
  else
    local here = jump.position()
    local quote = lookup.quote_at(analysis, here)
    if not quote then
      local after = analysis.quotes[lookup.first_after(analysis.quotes, here)]
      quote = after and after.from[1] == here[1] and after or nil
    end
    lines = quote and { fill(words_of(quote), quote, quote.from) } or {}
  end
  if #lines == 0 then
    message.warn('no quote here to yank')
    return
  end
  vim.fn.setreg(register, #lines == 1 and lines[1] or lines, #lines == 1 and 'c' or 'l')
  message.info(#lines == 1 and ('yanked %s'):format(lines[1]) or ('yanked %d quotes'):format(#lines))
end

return M
