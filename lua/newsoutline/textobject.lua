--- Text objects: a quote, the sentence that attributes it, a section.
---
---   inner quote         the words between the marks; of a split or continued quote, the piece under the cursor
---   around quote        the same with its marks
---   2 inner, 2 around   from the first piece to the last, with what stands between them
---   inner attribution   every sentence that the quote, its cue and its speaker stand in
---   around attribution  the same with the blanks after it
---   inner section       a section without its title
---   around section      a section with its title and the blank lines after it; a count takes the outer ones
local document = require('newsoutline.document')
local jump = require('newsoutline.jump')
local lookup = require('newsoutline.lookup')
local marks = require('newsoutline.marks')
local message = require('newsoutline.message')

local M = {}

local compare = lookup.compare

---@param span newsoutline.Span
---@return string
local function text_of(span)
  local lines = vim.api.nvim_buf_get_text(0, span.from[1], span.from[2], span.to[1], span.to[2], {})
  return table.concat(lines, '\n')
end

--- A position some bytes of the buffer further on, or back.
---@param position newsoutline.Position
---@param bytes integer
---@return newsoutline.Position
local function move(position, bytes)
  local row, column = position[1], position[2] + bytes
  while column < 0 do
    row = row - 1
    column = column + #vim.api.nvim_buf_get_lines(0, row, row + 1, true)[1] + 1
  end
  local line = vim.api.nvim_buf_get_lines(0, row, row + 1, true)[1]
  while column > #line do
    column = column - #line - 1
    row = row + 1
    line = vim.api.nvim_buf_get_lines(0, row, row + 1, true)[1]
  end
  return { row, column }
end

--- The quote under the cursor, or the next one that starts on its line, as Vim's own i" does.
---@param analysis newsoutline.Analysis
---@param here newsoutline.Position
---@return newsoutline.Quote|nil
---@return integer|nil part
local function quote_near(analysis, here)
  local quote, part = lookup.quote_at(analysis, here)
  if quote then
    return quote, part
  end
  local next_quote = analysis.quotes[lookup.first_after(analysis.quotes, here)]
  if next_quote and next_quote.from[1] == here[1] then
    return next_quote, 1
  end
end

--- The piece that a text object means where the cursor stands in none: the nearest one behind it, else the last.
---@param quote newsoutline.Quote
---@param here newsoutline.Position
---@return integer
local function nearest_part(quote, here)
  for i, part in ipairs(quote.parts) do
    if compare(part.to, here) > 0 then
      return i
    end
  end
  return #quote.parts
end

---@param span newsoutline.Span
---@return newsoutline.Span
local function without_marks(span)
  local text = text_of(span)
  local opening, closing = marks.opening(text), marks.closing(text)
  if opening == 0 or opening + closing >= #text then
    return span
  end
  return { from = move(span.from, opening), to = move(span.to, -closing) }
end

---@param analysis newsoutline.Analysis
---@param here newsoutline.Position
---@param count integer
---@param inner boolean
---@return newsoutline.Span|nil
---@return string|nil problem
local function quote_object(analysis, here, count, inner)
  local quote, part = quote_near(analysis, here)
  if not quote then
    return nil, 'no quote under the cursor'
  end
  local span = count > 1 and { from = quote.from, to = quote.to }
    or quote.parts[part or nearest_part(quote, here)]
  return inner and without_marks(span) or span
end

---@param analysis newsoutline.Analysis
---@param here newsoutline.Position
---@param _ integer
---@param inner boolean
---@return newsoutline.Span|nil
---@return string|nil problem
local function attribution_object(analysis, here, _, inner)
  local quote = quote_near(analysis, here)
  if not quote then
    return nil, 'no quote under the cursor'
  end
  local from, to = quote.from, quote.to
  for _, span in ipairs({ quote.content, quote.cue or quote, quote.speaker or quote }) do
    if span.from then
      from = compare(span.from, from) < 0 and span.from or from
      to = compare(span.to, to) > 0 and span.to or to
    end
  end
  for _, sentence in ipairs(document.sentences(0)) do
    if compare(sentence.to, from) > 0 and compare(sentence.from, from) <= 0 then
      from = sentence.from
    end
    if compare(sentence.from, to) < 0 and compare(sentence.to, to) >= 0 then
      to = sentence.to
    end
  end
  if not inner then
    local line = vim.api.nvim_buf_get_lines(0, to[1], to[1] + 1, true)[1]
    local _, blank = line:find('^%s+', to[2] + 1)
    to = { to[1], blank or to[2] }
  end
  return { from = from, to = to }
end

--- Whether lines can be taken whole: nothing of another section stands on the first or the last one.
---@param analysis newsoutline.Analysis
---@param span newsoutline.Span
---@return boolean
local function has_own_lines(analysis, span)
  for _, block in ipairs(analysis.blocks) do
    local before = compare(block.to, span.from) <= 0 and block.to[1] == span.from[1]
    local after = compare(block.from, span.to) >= 0 and block.from[1] == span.to[1]
    if before or after then
      return false
    end
  end
  return true
end

---@param analysis newsoutline.Analysis
---@param here newsoutline.Position
---@param count integer
---@param inner boolean
---@return newsoutline.Span|nil
---@return string|nil problem
---@return boolean|nil linewise
local function section_object(analysis, here, count, inner)
  local path = lookup.sections_at(analysis, here)
  local section = path[math.max(1, #path - count + 1)]
  if not section then
    return nil, 'no section under the cursor'
  end
  local from, to = section.from, section.to
  if inner then
    for _, block in ipairs(analysis.blocks) do
      local is_title = block.role == 'subhead' or block.role == 'headline'
      if lookup.holds(section, block.from) and not (is_title and compare(block.from, section.from) == 0) then
        from = block.from
        break
      end
    end
  end
  local linewise = has_own_lines(analysis, { from = from, to = to })
  if linewise then
    local last = to[1]
    if not inner then
      local count_of_lines = vim.api.nvim_buf_line_count(0)
      local function is_blank(row)
        return row < count_of_lines
          and not vim.api.nvim_buf_get_lines(0, row, row + 1, true)[1]:gsub('\194\160', ''):find('%S')
      end
      while is_blank(last + 1) do
        last = last + 1
      end
    end
    from, to = { from[1], 0 }, { last, #vim.api.nvim_buf_get_lines(0, last, last + 1, true)[1] }
  end
  return { from = from, to = to }, nil, linewise
end

--- Each returns a span, or nil and why there is none; and whether it is lines.
M.objects = {
  quote = quote_object,
  attribution = attribution_object,
  section = section_object,
}

--- Selects a text object around the cursor of the current window.
---@param name string a key of M.objects
---@param inner boolean
---@param count? integer
function M.select(name, inner, count)
  local analysis, problem = document.get(0)
  local span, linewise
  if analysis then
    span, problem, linewise = M.objects[name](analysis, jump.position(), count or vim.v.count1, inner)
  end
  if span then
    jump.select(span, linewise)
    return
  end
  message.warn(problem --[[@as string]])
  if vim.api.nvim_get_mode().mode:sub(1, 2) == 'no' then
    vim.api.nvim_feedkeys(vim.keycode('<Esc>'), 'nt', false)
  end
end

return M
