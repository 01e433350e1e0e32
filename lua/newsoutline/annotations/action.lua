--- What the commands and maps of annotations do.
local annotations = require('newsoutline.annotations')
local labels = require('newsoutline.annotations.labels')
local listing = require('newsoutline.annotations.listing')
local lookup = require('newsoutline.lookup')
local message = require('newsoutline.message')
local origin = require('newsoutline.origin')
local target = require('newsoutline.annotations.target')

local M = {}

--- Follows the passages of notes that are being written.
local writing = vim.api.nvim_create_namespace('newsoutline.annotations.writing')

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
    local _, problem = require('newsoutline.document').get(buf)
    message.info(problem or 'there is nothing of the article under the cursor')
    return
  end
  -- What cannot be annotated says so before anything is written.
  local state, problem = annotations.attach(buf)
  if not state then
    message.warn(problem --[[@as string]])
    return
  end
  local function keep(text, place)
    local fields = {
      kind = span.kind,
      label = label,
      text = text ~= '' and text or nil,
      status = label == 'claim' and 'pending' or nil,
    }
    local _, reason = annotations.add(buf, place, fields)
    if reason then
      vim.fn.setreg('"', text)
      message.warn(reason .. ' (what you wrote is in the register "")')
    end
  end
  if words then
    keep(words, span)
    return
  end
  -- The article may be changed while the note is written.
  local pending = vim.api.nvim_buf_set_extmark(buf, writing, span.from[1], span.from[2], {
    end_row = span.to[1],
    end_col = span.to[2],
    end_right_gravity = false,
    invalidate = true,
  })
  require('newsoutline.annotations.edit').open(label and '@' .. label or 'Annotation', '', function(text)
    local at = vim.api.nvim_buf_is_loaded(buf)
        and vim.api.nvim_buf_get_extmark_by_id(buf, writing, pending, { details = true })
      or {}
    local is_there = at[1] and not at[3].invalid and at[3].end_row
    if is_there then
      vim.api.nvim_buf_del_extmark(buf, writing, pending)
      keep(text, { from = { at[1], at[2] }, to = { at[3].end_row, at[3].end_col } })
    else
      vim.fn.setreg('"', text)
      message.warn('the passage is gone (what you wrote is in the register "")')
    end
  end)
end

---@param buf integer
---@param label string|nil
---@return boolean
local function is_label(buf, label)
  local names = labels.names(origin.buffer(buf))
  if vim.tbl_contains(names, label) then
    return true
  end
  message.error(('there is no label %s (there are %s)'):format(label or '""', table.concat(names, ', ')))
  return false
end

--- The label and the words that follow `:NewsAnnotate`. A label of a project may have blanks.
---@param call newsoutline.Call
---@return string|nil label
---@return string words
local function split_label(call)
  local label, words = call.text:match('^@(%S+)%s*(.*)$')
  for _, name in ipairs(label and labels.names(origin.buffer(call.buf)) or {}) do
    local is_longer = #name > #label and vim.startswith(call.text .. ' ', '@' .. name .. ' ')
    if is_longer then
      label, words = name, vim.trim(call.text:sub(#name + 2))
    end
  end
  return label, words or call.text
end

--- `:NewsAnnotate`
---@param call newsoutline.Call
function M.annotate(call)
  local label, words = split_label(call)
  if label and not is_label(call.buf, label) then
    return
  end
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

--- `:NewsLabel`: on the annotation under the cursor, else on the smallest thing there. Without a label, one key tells.
---@param call newsoutline.Call
function M.label(call)
  local source = origin.buffer(call.buf)
  local label = call.text ~= '' and call.text or labels.ask(source)
  if not label or not is_label(call.buf, label) then
    return
  end
  annotations.attach(source)
  local a = not call.range and find_here(call.buf)
  if a and not a.correction then
    M.relabel(source, a, label)
  else
    call.text = '@' .. label
    M.annotate(call)
  end
end

---@param buf integer
---@param a newsoutline.Annotation
---@param label string
function M.relabel(buf, a, label)
  annotations.change(
    buf,
    a,
    { label = label, status = not a.status and label == 'claim' and 'pending' or nil }
  )
end

--- The words that `:NewsAnnotations` has for something to do, with how many more may follow.
local own_words = { undo = 0, save = 0, attach = 0, delete = 0, edit = 0, open = 1, status = 1, source = 1 }

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
  local rest = vim.trim(call.text:match('^%S+%s+(.*)$') or '')
  if own_words[word] and word ~= 'source' and #call.args - 1 > own_words[word] then
    -- Nothing is deleted by a filter that begins with "delete".
    message.error(
      ('%s takes no "%s"; a filter that begins with it takes other words first'):format(word, rest)
    )
    return
  end
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
  elseif word == 'open' then
    local by = call.args[2]
    if by and not vim.tbl_contains(require('newsoutline.annotations.window').orders, by) then
      message.error('the annotations are shown by section, label or status, not by ' .. by)
    else
      require('newsoutline.annotations.window').open(buf, by)
    end
  elseif word == 'delete' or word == 'edit' or word == 'status' or word == 'source' then
    local a = here(call.buf)
    if a then
      M[word](buf, a, rest ~= '' and rest or nil)
    end
  else
    listing.quickfix(buf, call.text, call.bang)
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

--- Opens a link. What a file of annotations names besides web pages may be a program: the reader is asked first.
---@param link string
local function open_link(link)
  local is_page = link:lower():find('^https?://') or link:lower():find('^mailto:')
  local shown = require('newsoutline.cells').plain(link)
  if vim.startswith(link, '-') then
    message.error('this is no link: ' .. shown)
  elseif is_page or vim.fn.confirm('Open ' .. shown .. '?', '&Yes\n&No', 2) == 1 then
    local _, problem = vim.ui.open(link)
    if problem then
      message.error(problem)
    end
  end
end

--- Sets the source link; without one, opens it.
function M.source(buf, a, link)
  if link then
    annotations.change(buf, a, { source = link })
  elseif a.source then
    open_link(a.source)
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

--- Opens the source of the annotation under the cursor; where there is none, what `gx` opens else.
function M.open_source()
  local buf = vim.api.nvim_get_current_buf()
  local a = find_here(buf)
  if a and a.source then
    M.source(origin.buffer(buf), a)
    return
  end
  for _, map in ipairs(vim.api.nvim_get_keymap('n')) do
    if map.lhs == 'gx' and map.callback then
      map.callback()
      return
    end
  end
  vim.ui.open(vim.fn.expand('<cfile>'))
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
  for _, each in ipairs(listing.sorted(origin.buffer(buf))) do
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

return M
