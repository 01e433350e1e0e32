--- What the commands and maps of annotations do.
local annotations = require('newsoutline.annotations')
local display = require('newsoutline.annotations.display')
local labels = require('newsoutline.annotations.labels')
local lookup = require('newsoutline.lookup')
local message = require('newsoutline.message')
local origin = require('newsoutline.origin')
local target = require('newsoutline.annotations.target')

local M = {}

--- The annotation under the cursor, also of the article that a reading view shows.
---@param buf integer
---@return newsoutline.Annotation|nil
local function find_here(buf)
  local source, position = origin.position(buf, require('newsoutline.jump').position())
  return position and annotations.at(source, position)[1]
end

---@param buf integer
---@return newsoutline.Annotation|nil
local function here(buf)
  local a = find_here(buf)
  if not a then
    message.info('there is no annotation under the cursor')
  end
  return a
end

---@param buf integer
---@param span newsoutline.Target|nil
---@param label string|nil
---@param words string|nil nil opens a window to write them
local function add(buf, span, label, words)
  if span then
    buf, span = origin.span(buf, span)
  end
  if not span then
    message.info('there is nothing of the article under the cursor')
    return
  end
  local function keep(text)
    local fields = {
      kind = span.kind,
      label = label,
      text = text ~= '' and text or nil,
      status = label == 'claim' and 'pending' or nil,
    }
    local _, problem = annotations.add(buf, span, fields)
    if problem then
      message.warn(problem)
    end
  end
  if words then
    keep(words)
  else
    require('newsoutline.annotations.edit').open(label and '@' .. label or 'Annotation', '', keep)
  end
end

--- `:NewsAnnotate`
---@param call newsoutline.Call
function M.annotate(call)
  local label, words = call.text:match('^@(%S+)%s*(.*)$')
  words = label and words or call.text
  local span
  if call.range then
    local a, b = vim.api.nvim_buf_get_mark(call.buf, '<'), vim.api.nvim_buf_get_mark(call.buf, '>')
    if a[1] == call.range[1] and b[1] == call.range[2] then
      span = target.between(call.buf, '<', '>', vim.fn.visualmode() == 'V')
    else
      span = target.lines(call.buf, call.range)
    end
  else
    span = target.under_cursor(call.buf)
  end
  add(call.buf, span, label, (words ~= '' or label) and words or nil)
end

--- The operator's second half: what the motion went over.
---@param kind 'char'|'line'|'block'
function M.operate(kind)
  local buf = vim.api.nvim_get_current_buf()
  add(buf, target.between(buf, '[', ']', kind == 'line'))
end

--- `:NewsLabel`: on the annotation under the cursor, else on the smallest thing there.
---@param call newsoutline.Call
function M.label(call)
  local label = call.args[1]
  if not vim.tbl_contains(labels.names(origin.buffer(call.buf)), label) then
    message.error(
      ('there is no label %s (there are %s)'):format(
        label or '""',
        table.concat(labels.names(origin.buffer(call.buf)), ', ')
      )
    )
    return
  end
  local source = origin.buffer(call.buf)
  annotations.attach(source)
  local a = not call.range and find_here(call.buf)
  if a then
    annotations.change(source, a, { label = label })
  else
    call.text = '@' .. label
    M.annotate(call)
  end
end

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

--- Lists those that hold a word in their label, status, text or passage.
---@param buf integer
---@param filter string
---@param in_loclist boolean
function M.list(buf, filter, in_loclist)
  local items = {}
  for _, each in ipairs(M.sorted(buf)) do
    local a, span = each.a, each.span
    local words = display.words(a)
    local line = ('%s%s “%s”'):format(span and '' or 'LOST ', words, a.passage.exact:gsub('%s+', ' '))
    if vim.fn.tolower(line):find(vim.fn.tolower(filter), 1, true) then
      items[#items + 1] = {
        bufnr = buf,
        lnum = span and span.from[1] + 1 or math.min((a.row or 0) + 1, vim.api.nvim_buf_line_count(buf)),
        col = span and span.from[2] + 1 or 1,
        end_lnum = span and span.to[1] + 1,
        end_col = span and span.to[2] + 1,
        type = span and 'N' or 'W',
        text = line,
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

--- `:NewsAnnotations`: its own words, else a filter.
---@param call newsoutline.Call
function M.annotations(call)
  local buf = origin.buffer(call.buf)
  local state, problem = annotations.attach(buf)
  if not state then
    message.warn(problem or '')
    return
  end
  local word = call.args[1]
  if word == 'undo' then
    if not annotations.undo(buf) then
      message.info('there is no change of an annotation to undo')
    end
  elseif word == 'save' then
    state.dirty, state.told = true, nil
    if annotations.save(buf) then
      message.info('annotations are saved')
    end
  elseif word == 'attach' then
    M.attach_orphan(call.buf)
  elseif word == 'delete' or word == 'edit' or word == 'status' or word == 'source' then
    local a = here(call.buf)
    if a then
      M[word](buf, a, call.args[2])
    end
  else
    M.list(buf, call.text, call.bang)
  end
end

function M.delete(buf, a)
  annotations.remove(buf, a)
end

function M.edit(buf, a)
  require('newsoutline.annotations.edit').open('@' .. (a.label or 'annotation'), a.text or '', function(text)
    annotations.change(buf, a, { text = text })
  end)
end

--- The next check status, or the one named.
function M.status(buf, a, status)
  if status and not vim.tbl_contains(annotations.statuses, status) then
    message.error('a status is one of ' .. table.concat(annotations.statuses, ', '))
    return
  end
  local at = 0
  for i, each in ipairs(annotations.statuses) do
    at = each == a.status and i or at
  end
  annotations.change(buf, a, { status = status or annotations.statuses[at % #annotations.statuses + 1] })
end

--- Sets the source link; without one, opens it.
function M.source(buf, a, link)
  if link then
    annotations.change(buf, a, { source = link })
  elseif a.source then
    vim.ui.open(a.source)
  else
    message.info('this annotation has no source: :NewsAnnotations source {link}')
  end
end

--- One of the maps: on the annotation under the cursor.
---@param name 'delete'|'edit'|'status'|'source'
function M.on_here(name)
  local buf = vim.api.nvim_get_current_buf()
  local a = here(buf)
  if a then
    M[name](origin.buffer(buf), a)
  end
end

--- Puts an orphan on what is under the cursor; the one whose old line is nearest.
---@param buf integer
function M.attach_orphan(buf)
  local source, position = origin.position(buf, require('newsoutline.jump').position())
  local row, nearest = position and position[1] or 0, nil
  for _, a in ipairs(annotations.list(source)) do
    local off = math.abs((a.row or 0) - row)
    if not annotations.place(source, a) and (not nearest or off < nearest.off) then
      nearest = { a = a, off = off }
    end
  end
  local span = target.under_cursor(buf)
  span = span and select(2, origin.span(buf, span))
  if not nearest or not span then
    message.info(nearest and 'there is nothing of the article here' or 'no annotation has lost its text')
    return
  end
  annotations.put(source, nearest.a, span)
end

--- Moves to the next annotation (1) or the one before (-1).
---@param direction 1|-1
function M.go(direction)
  local buf = vim.api.nvim_get_current_buf()
  local jump = require('newsoutline.jump')
  local position, to = jump.position(), nil
  local places = {}
  for _, each in ipairs(M.sorted(origin.buffer(buf))) do
    local span = each.span and origin.place(buf, each.span)
    places[#places + 1] = span and span.from
  end
  for _ = 1, vim.v.count1 do
    local found
    for _, place in ipairs(places) do
      local order = lookup.compare(place, position)
      if direction == 1 and order > 0 then
        found = place
        break
      elseif direction == -1 and order < 0 then
        found = place
      end
    end
    if not found then
      break
    end
    position, to = found, found
  end
  if to then
    jump.to(0, to)
  end
end

---@param call newsoutline.Call
function M.export(call)
  local format = call.args[1]
  local file = call.args[2]
  local state, problem = annotations.attach(call.buf)
  local formats = require('newsoutline.annotations.formats')
  if not state or not formats.write[format] then
    message.error(problem or ':NewsExport takes ' .. table.concat(formats.names(), '|') .. ' [file]')
    return
  end
  local content = formats.write[format](call.buf, M.sorted(call.buf))
  if file then
    local path = vim.fn.fnamemodify(file, ':p')
    local reason = require('newsoutline.annotations.store').write(path, content)
    if reason then
      message.error(('%s cannot be written: %s'):format(file, reason))
    end
  else
    vim.cmd.new()
    vim.bo.buftype, vim.bo.bufhidden = 'nofile', 'wipe'
    vim.api.nvim_buf_set_lines(0, 0, -1, false, vim.split(content, '\n'))
    vim.bo.filetype = format == 'markdown' and 'markdown' or format == 'csv' and 'csv' or 'json'
  end
end

---@param call newsoutline.Call
function M.import(call)
  local formats = require('newsoutline.annotations.formats')
  local format, name = call.args[1], call.args[2]
  if not formats.read[format] or not name then
    message.error(':NewsImport takes w3c|brat|jsonl and a file')
    return
  end
  local file, reason = io.open(vim.fn.fnamemodify(name, ':p'), 'rb')
  local content = file and file:read('*a')
  if file then
    file:close()
  end
  local list, problem
  if content then
    list, problem = formats.read[format](content, call.buf)
  end
  if not list then
    message.error(('%s: %s'):format(name, problem or reason or 'cannot be read'))
    return
  end
  message.info(('%d annotations imported'):format(annotations.import(call.buf, list)))
end

return M
