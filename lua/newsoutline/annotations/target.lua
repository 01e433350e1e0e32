--- What is annotated: a selection, or the smallest thing of the article under the cursor, or the next larger one.
local document = require('newsoutline.document')
local lookup = require('newsoutline.lookup')

local M = {}

---@class newsoutline.Target: newsoutline.Span
---@field kind string

local last ---@type { buf: integer, tick: integer, position: newsoutline.Position, n: integer }|nil

--- The things at a position, the smallest first.
---@param buf integer
---@param position newsoutline.Position
---@return newsoutline.Target[]
function M.at(buf, position)
  local analysis = document.get(buf)
  local found = {}
  if not analysis then
    return found
  end
  local function add(kind, span)
    if span and span.from and lookup.holds(span, position) then
      found[#found + 1] = { kind = kind, from = span.from, to = span.to }
    end
  end
  add('entity', lookup.mention_at(analysis, position))
  add('quote', lookup.quote_at(analysis, position))
  for _, sentence in ipairs(document.sentences(buf)) do
    add('sentence', sentence)
  end
  for _, block in ipairs(analysis.blocks) do
    add('paragraph', block)
  end
  local sections = lookup.sections_at(analysis, position)
  for i = #sections, 1, -1 do
    add('section', sections[i])
  end
  local function holds(a, b)
    return lookup.compare(a.from, b.from) <= 0 and lookup.compare(b.to, a.to) <= 0
  end
  local nested = {}
  for _, each in ipairs(found) do
    local before = nested[#nested]
    if not before then
      nested[1] = each
    elseif holds(each, before) and not holds(before, each) then
      nested[#nested + 1] = each
    end
  end
  return nested
end

--- The target under the cursor; asked again at the same place, the next larger one.
---@param buf integer
---@return newsoutline.Target|nil
function M.under_cursor(buf)
  local position = require('newsoutline.jump').position()
  local list = M.at(buf, position)
  local tick = vim.api.nvim_buf_get_changedtick(buf)
  local again = last and last.buf == buf and last.tick == tick and vim.deep_equal(last.position, position)
  last = { buf = buf, tick = tick, position = position, n = again and math.min(last.n + 1, #list) or 1 }
  return list[last.n]
end

--- The text between two marks of the buffer ('< and '>, or '[ and ']), whole lines where these were selected.
---@param buf integer
---@param first string
---@param second string
---@param by_lines boolean
---@return newsoutline.Target
function M.between(buf, first, second, by_lines)
  local a, b = vim.api.nvim_buf_get_mark(buf, first), vim.api.nvim_buf_get_mark(buf, second)
  local line = vim.api.nvim_buf_get_lines(buf, b[1] - 1, b[1], false)[1] or ''
  local to = #line
  if not by_lines and b[2] < #line then
    -- To the end of the character that the mark is on.
    to = b[2] + vim.str_utf_end(line, b[2] + 1) + 1
  end
  return { kind = 'selection', from = { a[1] - 1, by_lines and 0 or a[2] }, to = { b[1] - 1, to } }
end

---@param range { [1]: integer, [2]: integer }
---@param buf integer
---@return newsoutline.Target
function M.lines(buf, range)
  local line = vim.api.nvim_buf_get_lines(buf, range[2] - 1, range[2], false)[1] or ''
  return { kind = 'selection', from = { range[1] - 1, 0 }, to = { range[2] - 1, #line } }
end

return M
