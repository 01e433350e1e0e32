--- Shows annotations in the article: colour, a sign, and what they say, each of which can be switched off.
local cells = require('newsoutline.cells')
local config = require('newsoutline.config')

local M = {}

local namespace = vim.api.nvim_create_namespace('newsoutline.annotations.display')

--- Cells of a note at the end of a line.
local WIDTH = 60

--- What an annotation says, in one line.
---@param a newsoutline.Annotation
---@return string
function M.words(a)
  local parts = {}
  if a.correction then
    parts[#parts + 1] = '✎ ' .. require('newsoutline.corrections').describe(a.correction)
  end
  if a.label then
    parts[#parts + 1] = '@' .. a.label
  end
  if a.status then
    parts[#parts + 1] = '[' .. a.status .. ']'
  end
  if a.text and a.text ~= '' then
    parts[#parts + 1] = (a.text:gsub('%s+', ' '))
  end
  return cells.plain(table.concat(parts, ' '))
end

--- All of an annotation, for a float: what it says, its source, and who made it when.
---@param a newsoutline.Annotation
---@return string[]
function M.lines(a)
  local head = M.words({ label = a.label, status = a.status, correction = a.correction })
  local lines = { head ~= '' and head or '@' }
  if a.text and a.text ~= '' then
    vim.list_extend(lines, vim.split(a.text, '\n'))
  end
  if a.source then
    lines[#lines + 1] = 'source: ' .. a.source
  end
  local when = (a.changed or a.created or ''):match('^[%d-]+')
  if a.author or when then
    lines[#lines + 1] = table.concat({ a.author or '', when or '' }, a.author and when and ', ' or '')
  end
  return vim.tbl_map(cells.plain, lines)
end

--- Paints annotations in a buffer that shows the article.
---@param source integer the article's own buffer
---@param buf integer
---@param list { a: newsoutline.Annotation, span: newsoutline.Span|nil, row: integer|nil }[] with places in the article
---@param place fun(span: newsoutline.Span): newsoutline.Span|nil where the buffer shows a stretch of the article
local function paint(source, buf, list, place)
  local options = config.get().annotations
  vim.api.nvim_buf_clear_namespace(buf, namespace, 0, -1)
  local rows, last = {}, vim.api.nvim_buf_line_count(buf) - 1
  local groups = {} -- by label: looked up once, there may be thousands of annotations
  local function group_of(label)
    groups[label or ''] = groups[label or '']
      or require('newsoutline.annotations.labels').group(source, label)
    return groups[label or '']
  end
  for _, each in ipairs(list) do
    local a, at = each.a, each.span
    local span = at and place(at)
    local row = span and span.from[1]
    if not at then
      local position = { each.row or a.row or 0, 0 }
      local found = place({ from = position, to = position })
      row = found and found.from[1]
    end
    row = row and math.max(0, math.min(row, last))
    -- What is corrected of an entity holds wherever it is named.
    local is_everywhere = a.correction and a.correction.entity and not a.correction.is_here
    if span and options.highlight and not a.correction then
      vim.api.nvim_buf_set_extmark(buf, namespace, span.from[1], span.from[2], {
        end_row = span.to[1],
        end_col = span.to[2],
        hl_group = group_of(a.label),
        hl_mode = 'combine',
        priority = 120,
        strict = false,
      })
    end
    if row and (at or not is_everywhere) then
      rows[row] = rows[row] or {}
      table.insert(rows[row], { a = a, orphan = not at })
    end
  end
  for row, here in pairs(rows) do
    local chunks, lines, orphan = {}, {}, false
    for _, each in ipairs(here) do
      local group = each.orphan and 'NewsOutlineOrphan' or 'NewsOutlineAnnotationNote'
      local words = each.orphan
          and ('lost: “%s” %s'):format(cells.cut(each.a.passage.exact, WIDTH), M.words(each.a))
        or M.words(each.a)
      orphan = orphan or each.orphan
      chunks[#chunks + 1] = { '  ' .. cells.cut(words, WIDTH), group }
      lines[#lines + 1] = { { '  ▏ ' .. words, group } }
    end
    vim.api.nvim_buf_set_extmark(buf, namespace, row, 0, {
      sign_text = options.signs and (orphan and '?' or #here > 1 and tostring(math.min(#here, 99)) or '▎')
        or nil,
      sign_hl_group = orphan and 'NewsOutlineOrphan' or 'NewsOutlineAnnotationNote',
      virt_text = options.text == 'end' and chunks or nil,
      virt_lines = options.text == 'below' and lines or nil,
      strict = false,
    })
  end
end

-- What is shown -------------------------------------------------------------------------------------------------------

--- Rows above and below those in a window that are painted with them: scrolling by less needs no new paint.
local AROUND = 60

local painted_namespace = vim.api.nvim_create_namespace('newsoutline.annotations.painted')

---@type table<integer, integer[]> marks over the rows that were painted, which edits take along
local painted = {}

--- The rows of a buffer that windows show.
---@param buf integer
---@return [integer, integer][]
local function visible(buf)
  local ranges = {}
  for _, window in ipairs(vim.fn.win_findbuf(buf)) do
    local info = vim.fn.getwininfo(window)[1]
    -- Before its first redraw a window does not know its last line.
    local last = math.max(info.botline, info.topline + info.height)
    ranges[#ranges + 1] = { info.topline - 1, math.min(last, vim.api.nvim_buf_line_count(buf)) - 1 }
  end
  return ranges
end

--- Paints the rows of the article that windows show: of thousands of annotations these are few, and typing is not to
--- wait for the others.
---@param buf integer
local function paint_visible(buf)
  local annotations = require('newsoutline.annotations')
  local place = require('newsoutline.annotations.place')
  local all, list, seen, n = annotations.list(buf), {}, {}, vim.api.nvim_buf_line_count(buf)
  vim.api.nvim_buf_clear_namespace(buf, painted_namespace, 0, -1)
  painted[buf] = {}
  for _, range in ipairs(visible(buf)) do
    local first, last = math.max(0, range[1] - AROUND), math.min(n - 1, range[2] + AROUND)
    for _, each in ipairs(place.within(buf, all, first, last)) do
      if not seen[each.a] then
        seen[each.a], list[#list + 1] = true, each
      end
    end
    table.insert(
      painted[buf],
      vim.api.nvim_buf_set_extmark(buf, painted_namespace, first, 0, {
        end_row = last,
        end_right_gravity = true,
        right_gravity = false,
        strict = false,
      })
    )
  end
  for _, a in ipairs(all) do
    if not a.mark then
      list[#list + 1] = { a = a }
    end
  end
  paint(buf, buf, list, function(span)
    return span
  end)
end

--- Paints what came into view.
---@param buf integer
function M.scrolled(buf)
  for _, range in ipairs(visible(buf)) do
    local is_painted = false
    for _, mark in ipairs(painted[buf] or {}) do
      local at = vim.api.nvim_buf_get_extmark_by_id(buf, painted_namespace, mark, { details = true })
      is_painted = is_painted or (at[1] and at[1] <= range[1] and at[3].end_row >= range[2]) or false
    end
    if not is_painted then
      paint_visible(buf)
      return
    end
  end
end

--- Forgets a buffer that is gone.
---@param buf integer
function M.forget(buf)
  painted[buf] = nil
end

--- Paints the article and what else shows it.
---@param buf integer
function M.paint(buf)
  require('newsoutline.highlight').define()
  local annotations, all = require('newsoutline.annotations'), nil
  for _, shown in ipairs(require('newsoutline.origin').shown(buf)) do
    if shown.buf == buf then
      paint_visible(buf)
    else
      all = all
        or vim.tbl_map(function(a)
          return { a = a, span = annotations.place(buf, a) }
        end, annotations.list(buf))
      paint(buf, shown.buf, all, shown.place)
    end
  end
end

return M
