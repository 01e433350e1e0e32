--- The annotations of an article in order, filtered, and as a quickfix or location list.
local annotations = require('newsoutline.annotations')
local cells = require('newsoutline.cells')
local display = require('newsoutline.annotations.display')
local lookup = require('newsoutline.lookup')
local marks = require('newsoutline.marks')
local message = require('newsoutline.message')

local M = {}

--- All of them in order of the text, orphans last.
---@param buf integer
---@return { a: newsoutline.Annotation, span: newsoutline.Span|nil }[]
function M.sorted(buf)
  local list = {}
  for _, a in ipairs(annotations.list(buf)) do
    list[#list + 1] = { a = a, span = annotations.place(buf, a) }
  end
  table.sort(list, function(x, y)
    if x.span and y.span then
      local order = lookup.compare(x.span.from, y.span.from)
      return order < 0 or order == 0 and x.a.id < y.a.id
    end
    return x.span ~= nil or not y.span and x.a.id < y.a.id
  end)
  return list
end

--- Where the notes of an article begin, in order; what is lost and what is corrected left out.
---@param buf integer
---@return newsoutline.Position[]
function M.places(buf)
  local places = {}
  for _, each in ipairs(M.sorted(buf)) do
    if each.span and not each.a.correction then
      places[#places + 1] = each.span.from
    end
  end
  return places
end

--- Whether an annotation holds all the words of a filter: in its label, status, text, source, author or passage.
---@param a newsoutline.Annotation
---@param filter string
---@return boolean
function M.matches(a, filter)
  local parts = { display.words(a), a.source or '', a.author or '', a.passage.exact }
  local all = vim.fn.tolower((table.concat(parts, ' '):gsub('%s+', ' ')))
  for word in vim.fn.tolower(filter):gmatch('%S+') do
    if not all:find(word, 1, true) then
      return false
    end
  end
  return true
end

--- Lists those that pass a filter.
---@param buf integer
---@param filter string
---@param in_loclist boolean
function M.quickfix(buf, filter, in_loclist)
  local items = {}
  for _, each in ipairs(M.sorted(buf)) do
    local a, span = each.a, each.span
    local words = display.words(a)
    local passage = marks.strip((a.passage.exact:gsub('%s+', ' ')))
    local line = ('%s%s “%s”'):format(span and '' or 'LOST ', words, passage)
    if M.matches(a, filter) then
      items[#items + 1] = {
        bufnr = buf,
        lnum = span and span.from[1] + 1 or math.min((a.row or 0) + 1, vim.api.nvim_buf_line_count(buf)),
        col = span and span.from[2] + 1 or 1,
        end_lnum = span and span.to[1] + 1,
        end_col = span and span.to[2] + 1,
        type = span and 'N' or 'W',
        text = cells.plain(line),
      }
    end
  end
  if #items == 0 then
    message.info('no annotations' .. (filter ~= '' and ' with ' .. filter or ''))
    return
  end
  local what = { title = 'Annotations', items = items, context = { newsoutline = { buf = buf } } }
  if in_loclist then
    vim.fn.setloclist(0, {}, ' ', what)
    vim.cmd.lopen()
  else
    vim.fn.setqflist({}, ' ', what)
    vim.cmd.copen()
  end
end

return M
