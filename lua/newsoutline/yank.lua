--- Yanks a quote with its attribution and its place: "…", Xi Jinping, FILE:LINE.
local config = require('newsoutline.config')
local document = require('newsoutline.document')
local jump = require('newsoutline.jump')
local lookup = require('newsoutline.lookup')
local marks = require('newsoutline.marks')
local markup = require('newsoutline.markup')
local message = require('newsoutline.message')

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
---@param row integer 0-based
---@return string
local function fill(words, quote, row)
  local name = vim.api.nvim_buf_get_name(0)
  local values = {
    quote = words,
    speaker = quote.speaker and quote.speaker.name or 'unknown',
    cue = quote.cue and quote.cue.text or '',
    file = name == '' and '[No Name]' or vim.fn.fnamemodify(name, ':.'),
    line = tostring(row + 1),
  }
  return (config.get().yank_format:gsub('{(%a+)}', values))
end

--- The Visual selection, end-exclusive.
---@return newsoutline.Span
local function selection()
  local a, b = vim.fn.getpos('v'), vim.fn.getpos('.')
  local from, to = { a[2] - 1, a[3] - 1 }, { b[2] - 1, b[3] - 1 }
  if lookup.compare(from, to) > 0 then
    from, to = to, from
  end
  local last = vim.api.nvim_buf_get_lines(0, to[1], to[1] + 1, true)[1]
  if vim.api.nvim_get_mode().mode == 'V' then
    return { from = { from[1], 0 }, to = { to[1], #last } }
  end
  if vim.o.selection ~= 'exclusive' and to[2] < #last then
    to = { to[1], to[2] + vim.str_utf_end(last, to[2] + 1) + 1 }
  end
  return { from = from, to = { to[1], math.min(to[2], #last) } }
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
        return { fill('“' .. words .. '”', touched[1], span.from[1]) }
      end
    end
  end
  for _, quote in ipairs(touched) do
    lines[#lines + 1] = fill(words_of(quote), quote, quote.from[1])
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
    lines = yank_span(analysis, selection())
    vim.api.nvim_feedkeys(vim.keycode('<Esc>'), 'nx', false)
  else
    local here = jump.position()
    local quote = lookup.quote_at(analysis, here)
    if not quote then
      local after = analysis.quotes[lookup.first_after(analysis.quotes, here)]
      quote = after and after.from[1] == here[1] and after or nil
    end
    lines = quote and { fill(words_of(quote), quote, quote.from[1]) } or {}
  end
  if #lines == 0 then
    message.warn('no quote here to yank')
    return
  end
  vim.fn.setreg(register, #lines == 1 and lines[1] or lines, #lines == 1 and 'c' or 'l')
  message.info(#lines == 1 and ('yanked %s'):format(lines[1]) or ('yanked %d quotes'):format(#lines))
end

return M
