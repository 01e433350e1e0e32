--- The annotations of a buffer, as the features ask for them: what there are, and adding, changing, removing, taking
--- over and taking back.
local config = require('newsoutline.config')
local follow = require('newsoutline.annotations.follow')
local id = require('newsoutline.annotations.id')
local place = require('newsoutline.annotations.place')
local saving = require('newsoutline.annotations.saving')
local text = require('newsoutline.annotations.text')

local M = {}

---@class newsoutline.Passage
---@field exact string
---@field prefix string
---@field suffix string
---@field from integer code point of the decoded text
---@field to integer
---@field rival? number score of the best look-alike when it was noted
---@field rival_offset? integer code points from the passage to that look-alike
---@field is_repeated? boolean the words stood elsewhere too
---@field word? integer its first word, counted from 0 in the sketch of the text

---@class newsoutline.Annotation
---@field id string
---@field label? string
---@field text? string
---@field status? 'pending'|'verified'|'false'|'unverifiable'
---@field source? string a link
---@field kind? string what it stands on: selection, quote, entity, sentence, paragraph, section
---@field correction? table of the analysis, as corrections.add takes it
---@field created? string
---@field changed? string
---@field author? string
---@field passage newsoutline.Passage
---@field bytes? integer[] of the source
---@field row? integer where it stood last
---@field sha? string of the text that the passage was noted in
---@field more? { keys?: table, body?: table[], selectors?: table[], target?: table, creator?: table } what another
--- program wrote
---@field mark? integer
---@field line? string its line of the sidecar, once made

---@class newsoutline.AnnotationStep what a change did, to be undone: by id, since another Neovim's may join any time
---@field added? table<string, true>
---@field removed? newsoutline.Annotation
---@field at? integer where it stood in the list: later corrections overrule earlier ones
---@field was? newsoutline.Annotation as it was before

--- Steps that can be undone.
local STEPS = 100

M.statuses = { 'pending', 'verified', 'false', 'unverifiable' }

---@param buf? integer
---@return integer
local function resolve(buf)
  return (buf == nil or buf == 0) and vim.api.nvim_get_current_buf() or buf --[[@as integer]]
end

local function now()
  return os.date('!%Y-%m-%dT%H:%M:%SZ') --[[@as string]]
end

--- Where an annotation stands; nil for an orphan.
M.place = place.of

--- The annotations of a buffer, which are read at the first call.
---@param buf? integer
---@return newsoutline.AnnotationState|nil
---@return string|nil message
function M.attach(buf)
  return follow.attach(resolve(buf))
end

-- Reading -------------------------------------------------------------------------------------------------------------

--- Whether the annotations of a buffer are looked after.
---@param buf integer
---@return boolean
function M.is_attached(buf)
  return follow.of(resolve(buf)) ~= nil
end

---@param buf? integer
---@return newsoutline.Annotation[] the list is shared: do not write to it
function M.list(buf)
  local state = follow.of(resolve(buf))
  return state and state.list or {}
end

--- Sketches of the texts that the passages were noted in, by their SHA-256.
---@param buf integer
---@return table<string, string>
function M.texts(buf)
  local state = follow.of(resolve(buf))
  return state and state.texts or {}
end

--- Those at a place, the shortest first.
---@param buf integer
---@param position newsoutline.Position
---@return newsoutline.Annotation[]
function M.at(buf, position)
  local lookup = require('newsoutline.lookup')
  local found = {}
  for _, a in ipairs(M.list(buf)) do
    local span = place.of(buf, a)
    if span and lookup.holds(span, position) then
      found[#found + 1] = a
    end
  end
  table.sort(found, function(a, b)
    local n, m = a.passage.to - a.passage.from, b.passage.to - b.passage.from
    return n < m or n == m and a.id < b.id
  end)
  return found
end

-- Changing ------------------------------------------------------------------------------------------------------------

---@param state newsoutline.AnnotationState
---@param step newsoutline.AnnotationStep
local function remember(state, step)
  state.undo[#state.undo + 1] = step
  if #state.undo > STEPS then
    table.remove(state.undo, 1)
  end
end

---@param buf integer
---@param state newsoutline.AnnotationState
local function changed(buf, state)
  state.shown = nil
  saving.save_later(state)
  follow.show(buf, state)
end

---@return string|nil
local function author()
  local name = config.get().annotations.author
  if name == 'none' then
    return nil
  end
  return name ~= '' and name or (vim.uv.os_get_passwd() or {}).username
end

--- Saves now and waits for it.
---@param buf? integer
---@return boolean saved
function M.save(buf)
  local state = follow.of(resolve(buf))
  return not state or saving.save(state)
end

--- Adds one.
---@param buf integer
---@param span newsoutline.Span
---@param fields table label, text, status, source, kind, correction
---@return newsoutline.Annotation|nil
---@return string|nil message
function M.add(buf, span, fields)
  buf = resolve(buf)
  local state, problem = M.attach(buf)
  if not state then
    return nil, problem
  end
  local t, reason = text.of(buf)
  if not t then
    return nil, reason
  end
  local from, to = t:from_buffer(span)
  if from and to then
    span = t:to_buffer(from, to)
  end
  t:close()
  if not from then
    return nil, 'there is no text of the article here'
  end
  local time = now()
  local a = vim.tbl_extend('force', fields, {
    id = id.random(),
    created = time,
    changed = time,
    author = author(),
  })
  place.set(buf, a, span)
  place.note(buf, { a }, state.texts)
  state.list[#state.list + 1] = a
  remember(state, { added = { [a.id] = true } })
  changed(buf, state)
  return a
end

--- Changes fields of one; `vim.NIL` clears a field.
---@param buf integer
---@param a newsoutline.Annotation
---@param fields table
function M.change(buf, a, fields)
  buf = resolve(buf)
  local state = assert(follow.of(buf))
  remember(state, { was = vim.deepcopy(a) })
  for key, value in pairs(fields) do
    a[key] = value ~= vim.NIL and value or nil
  end
  a.changed, a.line = now(), nil
  changed(buf, state)
end

---@param buf integer
---@param a newsoutline.Annotation
function M.remove(buf, a)
  buf = resolve(buf)
  local state = assert(follow.of(buf))
  for i, each in ipairs(state.list) do
    if each == a then
      table.remove(state.list, i)
      remember(state, { removed = a, at = i })
      break
    end
  end
  place.clear(buf, a)
  changed(buf, state)
end

--- Puts an orphan, or any other, on a new place.
---@param buf integer
---@param a newsoutline.Annotation
---@param span newsoutline.Span
function M.put(buf, a, span)
  buf = resolve(buf)
  local state = assert(follow.of(buf))
  remember(state, { was = vim.deepcopy(a) })
  place.set(buf, a, span)
  place.note(buf, { a }, state.texts)
  a.changed, a.line = now(), nil
  changed(buf, state)
end

--- Takes the last change of the annotations back.
---@param buf? integer
---@return boolean
function M.undo(buf)
  buf = resolve(buf)
  local state = follow.of(buf)
  local step = state and table.remove(state.undo)
  if not state or not step then
    return false
  end
  local seek = {}
  for i = #state.list, 1, -1 do
    local a = state.list[i]
    if step.added and step.added[a.id] then
      place.clear(buf, a)
      table.remove(state.list, i)
    elseif step.was and step.was.id == a.id then
      local back = step.was
      place.clear(buf, a)
      back.mark, back.changed, back.line = nil, now(), nil
      state.list[i], seek[1] = back, back
    end
  end
  if step.removed then
    -- Later than what another Neovim may know of its removal.
    step.removed.changed, step.removed.line = now(), nil
    table.insert(state.list, math.min(step.at, #state.list + 1), step.removed)
    seek[1] = step.removed
  end
  place.find(buf, seek, state.texts)
  changed(buf, state)
  return true
end

--- Annotations that are noted at once after an import, and at a time after these: looking for the look-alikes of one
--- takes some milliseconds in a long article, and the editor is not to stand still for thousands.
local AT_ONCE, AT_A_TIME = 250, 20

--- Notes what formats do not tell of passages: look-alikes, places in the source.
---@param buf integer
---@param state newsoutline.AnnotationState
---@param list newsoutline.Annotation[]
---@param first integer
---@param n integer
local function note_in_turn(buf, state, list, first, n)
  if first > #list or follow.of(buf) ~= state or not vim.api.nvim_buf_is_loaded(buf) then
    return
  end
  place.note(buf, vim.list_slice(list, first, first + n - 1), state.texts)
  saving.save_later(state)
  vim.defer_fn(function()
    note_in_turn(buf, state, list, first + n, AT_A_TIME)
  end, 10)
end

--- Adds annotations from elsewhere; those known already, by their ids, are left as they are.
---@param buf integer
---@param list newsoutline.Annotation[]
---@param texts? table<string, string> sketches of the texts that they were noted in
---@return integer n
function M.import(buf, list, texts)
  buf = resolve(buf)
  local state = assert(M.attach(buf))
  state.texts = vim.tbl_extend('keep', state.texts, texts or {})
  local known, fresh, ids = {}, {}, {}
  for _, a in ipairs(state.list) do
    known[a.id] = true
  end
  for _, a in ipairs(list) do
    if not known[a.id] then
      known[a.id], ids[a.id] = true, true
      -- A line of another file names another article.
      a.line = nil
      fresh[#fresh + 1] = a
      state.list[#state.list + 1] = a
    end
  end
  remember(state, { added = ids })
  place.find(buf, fresh, state.texts)
  local bare = vim.tbl_filter(function(a)
    return a.bytes == nil
  end, fresh)
  note_in_turn(buf, state, bare, 1, AT_ONCE)
  changed(buf, state)
  return #fresh
end

return M
