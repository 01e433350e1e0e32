--- The annotations of a buffer: kept on their text while it is edited, saved a moment after each change.
---
--- Where the text of one is deleted, or the buffer was read anew, its passage is sought again; what is not found for
--- sure is an orphan: kept, listed, and shown on the line where it was. What is saved of a passage is how it stood when
--- the annotation was made or the article written, which is what lies on the disk.
local config = require('newsoutline.config')
local place = require('newsoutline.annotations.place')
local record = require('newsoutline.annotations.record')
local saving = require('newsoutline.annotations.saving')
local store = require('newsoutline.annotations.store')
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

---@class newsoutline.AnnotationState
---@field path string of the article
---@field sidecar string
---@field list newsoutline.Annotation[]
---@field texts table<string, string> sketches of the texts that passages were noted in, by their SHA-256
---@field base table<string, string> lines by id, as last seen on disk
---@field more? table what another program wrote in the sidecar beside the annotations
---@field stamp string of the sidecar that `base` is of
---@field dirty boolean
---@field timer? uv.uv_timer_t
---@field undo newsoutline.AnnotationStep[]
---@field checking? boolean a look at the marks is due
---@field lost table<newsoutline.Annotation, true> whose text is gone from under them
---@field edited? [integer, integer] rows that were edited since the last look at the marks
---@field shown? string how the annotations stood when they were shown last
---@field told? string what was said to be in the way
---@field is_rescued? boolean holds what an earlier Neovim could not save
---@field is_closed? boolean the buffer is gone
---@field on_joined fun(before: newsoutline.Annotation[])

---@class newsoutline.AnnotationStep what a change did, to be undone: by id, since another Neovim's may join any time
---@field added? table<string, true>
---@field removed? newsoutline.Annotation
---@field at? integer where it stood in the list: later corrections overrule earlier ones
---@field was? newsoutline.Annotation as it was before

---@type table<integer, newsoutline.AnnotationState>
local states = {}

--- Milliseconds from an edit to a look at the marks; steps that can be undone.
local CHECK_AFTER, STEPS = 250, 100

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

-- Showing -------------------------------------------------------------------------------------------------------------

---@param buf integer
---@param state newsoutline.AnnotationState
local function show(buf, state)
  if not vim.api.nvim_buf_is_loaded(buf) then
    return
  end
  local corrected = {}
  for _, a in ipairs(state.list) do
    if a.correction then
      a.correction.mark, a.correction.namespace = a.mark, place.namespace
      corrected[#corrected + 1] = a.correction
    end
  end
  if #corrected > 0 or package.loaded['newsoutline.corrections'] then
    require('newsoutline.corrections').replace(buf, corrected)
  end
  require('newsoutline.annotations.display').paint(buf)
  vim.api.nvim_exec_autocmds('User', {
    pattern = 'NewsOutlineAnnotations',
    data = { buf = buf },
    modeline = false,
  })
end

--- How annotations stand, as a string to compare: most edits change no more than the columns. Rows count from where
--- the text was edited last.
---@param found { a: newsoutline.Annotation, span: newsoutline.Span|nil, row: integer }[]
---@return string
local function standing(found)
  local rows = {}
  for i, each in ipairs(found) do
    rows[i] = each.a.id .. (each.span and each.span.from[1] - found[1].row or '-')
  end
  return table.concat(rows, ' ')
end

--- Looks for those whose text is gone from under them, among those that were edited.
---@param buf integer
local function check(buf)
  local state = states[buf]
  local edited = state and state.edited
  if not state or not edited or not vim.api.nvim_buf_is_loaded(buf) then
    return
  end
  state.edited = nil
  local last = math.min(edited[2], vim.api.nvim_buf_line_count(buf) - 1)
  local found = place.within(buf, state.list, math.min(edited[1], last), last)
  local doubtful, lost = {}, state.lost
  for _, each in ipairs(found) do
    if place.is_doubtful(buf, each.a) then
      lost[each.a] = true
    end
  end
  -- What was lost before may be back: put elsewhere, or undone.
  for _, a in ipairs(state.list) do
    if lost[a] or not a.mark then
      doubtful[#doubtful + 1] = a
    end
  end
  place.find(buf, doubtful, state.texts, true)
  state.lost = {}
  local still = {}
  for _, a in ipairs(doubtful) do
    if place.is_doubtful(buf, a) then
      state.lost[a], still[#still + 1] = true, a.id
    end
  end
  local rows = standing(place.within(buf, state.list, math.min(edited[1], last), last))
    .. ' lost '
    .. table.concat(still, ' ')
  if rows ~= state.shown then
    state.shown = rows
    show(buf, state)
  end
end

--- Remembers what rows an edit left changed.
---@param state newsoutline.AnnotationState
---@param first integer
---@param last integer end of the rows before, excluded
---@param new_last integer and after
local function note_edit(state, first, last, new_last)
  local before = state.edited or { first, first }
  -- What was edited farther down moved by as many rows as there are more now.
  local moved = before[2] >= last and before[2] + new_last - last or before[2]
  state.edited = { math.min(before[1], first), math.max(moved, new_last) }
end

--- Looks soon.
---@param buf integer
---@param delay integer
local function check_later(buf, delay)
  local state = states[buf]
  if not state or state.checking then
    return
  end
  state.checking = true
  vim.defer_fn(function()
    if states[buf] == state then
      state.checking = false
      check(buf)
    end
  end, delay)
end

--- Finds all anew and shows them.
---@param buf integer
---@param state newsoutline.AnnotationState
local function find_all(buf, state)
  if states[buf] == state and vim.api.nvim_buf_is_loaded(buf) then
    place.find(buf, state.list, state.texts)
    show(buf, state)
  end
end

-- Events --------------------------------------------------------------------------------------------------------------

--- Takes over what another Neovim wrote meanwhile.
---@param state newsoutline.AnnotationState
local function look_at_disk(state)
  if state.stamp ~= 'unread' then
    saving.join(state)
  end
end

local group ---@type integer|nil

local function watch()
  if group then
    return
  end
  group = vim.api.nvim_create_augroup('newsoutline.annotations', {})
  local function on(events, action)
    vim.api.nvim_create_autocmd(events, {
      group = group,
      callback = function(args)
        if states[args.buf] then
          action(args.buf, states[args.buf])
        end
      end,
    })
  end
  -- Read anew, from whatever hand: marks may point at other words, so each passage is looked for.
  on({ 'BufReadPost', 'FileChangedShellPost' }, function(buf, state)
    look_at_disk(state)
    find_all(buf, state)
  end)
  on('BufWritePost', function(buf, state)
    if vim.fn.fnamemodify(vim.api.nvim_buf_get_name(buf), ':p') == state.path then
      check(buf)
      place.note(buf, state.list, state.texts)
      for _, a in ipairs(state.list) do
        if not a.line then
          saving.save_later(state)
          break
        end
      end
    end
  end)
  -- Another name: the annotations go along, the old sidecar stays with the old file.
  on('BufFilePost', function(buf, state)
    saving.save(state)
    local path = vim.api.nvim_buf_get_name(buf)
    local sidecar = store.path(path, config.get().annotations.folder)
    if path == '' or sidecar == state.sidecar then
      return
    end
    state.path, state.sidecar = path, sidecar
    state.stamp, state.base = '', {}
    for _, a in ipairs(state.list) do
      a.line = nil
    end
    if #state.list > 0 then
      saving.save_later(state)
    end
  end)
  on({ 'BufUnload', 'BufDelete' }, function(_, state)
    saving.save_aside(state)
  end)
  on('BufWinEnter', function(buf)
    require('newsoutline.annotations.display').scrolled(buf)
  end)
  vim.api.nvim_create_autocmd({ 'WinScrolled', 'WinResized' }, {
    group = group,
    callback = function()
      for _, window in ipairs(vim.api.nvim_tabpage_list_wins(0)) do
        local buf = vim.api.nvim_win_get_buf(window)
        if states[buf] then
          require('newsoutline.annotations.display').scrolled(buf)
        end
      end
    end,
  })
  on('BufWipeout', function(buf, state)
    states[buf] = nil
    require('newsoutline.annotations.display').forget(buf)
    saving.leave(state, false)
  end)
  vim.api.nvim_create_autocmd('FocusGained', {
    group = group,
    callback = function()
      for _, state in pairs(states) do
        look_at_disk(state)
      end
    end,
  })
  vim.api.nvim_create_autocmd('VimLeavePre', {
    group = group,
    callback = function()
      for _, state in pairs(states) do
        saving.leave(state, true)
      end
      saving.finish_all()
    end,
  })
end

--- Follows the edits of a buffer.
---@param buf integer
---@param state newsoutline.AnnotationState
local function follow(buf, state)
  vim.api.nvim_buf_attach(buf, false, {
    on_lines = function(_, _, _, first, last, new_last)
      if states[buf] ~= state then
        return true
      end
      note_edit(state, first, last, new_last)
      check_later(buf, CHECK_AFTER)
    end,
    on_reload = vim.schedule_wrap(function()
      find_all(buf, state)
    end),
    on_detach = vim.schedule_wrap(function()
      if states[buf] == state and vim.api.nvim_buf_is_loaded(buf) then
        follow(buf, state)
        find_all(buf, state)
      end
    end),
  })
end

--- The annotations of a buffer, which are read at the first call.
---@param buf? integer
---@return newsoutline.AnnotationState|nil
---@return string|nil message
function M.attach(buf)
  buf = resolve(buf)
  if states[buf] then
    return states[buf]
  end
  if vim.bo[buf].buftype ~= '' then
    return nil, 'only an article in a file can be annotated'
  end
  local path = vim.api.nvim_buf_get_name(buf)
  if path == '' then
    return nil, 'give the article a name first (:write), so that its annotations have a place'
  end
  watch()
  local state ---@type newsoutline.AnnotationState
  state = {
    path = path,
    sidecar = store.path(path, config.get().annotations.folder),
    list = {},
    texts = {},
    lost = {},
    base = {},
    stamp = '',
    dirty = false,
    undo = {},
    on_joined = function(before)
      if states[buf] ~= state or not vim.api.nvim_buf_is_loaded(buf) then
        return
      end
      local kept = {}
      for _, a in ipairs(state.list) do
        kept[a] = true
      end
      for _, a in ipairs(before) do
        if not kept[a] then
          place.clear(buf, a)
        end
      end
      place.find(
        buf,
        vim.tbl_filter(function(a)
          return not a.mark
        end, state.list),
        state.texts
      )
      show(buf, state)
    end,
  }
  states[buf] = state
  saving.read(state)
  place.find(buf, state.list, state.texts)
  follow(buf, state)
  show(buf, state)
  return state
end

-- Reading -------------------------------------------------------------------------------------------------------------

--- Whether the annotations of a buffer are looked after.
---@param buf integer
---@return boolean
function M.is_attached(buf)
  return states[resolve(buf)] ~= nil
end

---@param buf? integer
---@return newsoutline.Annotation[] the list is shared: do not write to it
function M.list(buf)
  local state = states[resolve(buf)]
  return state and state.list or {}
end

--- Sketches of the texts that the passages were noted in, by their SHA-256.
---@param buf integer
---@return table<string, string>
function M.texts(buf)
  local state = states[resolve(buf)]
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
  show(buf, state)
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
  local state = states[resolve(buf)]
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
    id = record.new_id(),
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
  local state = assert(states[buf])
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
  local state = assert(states[buf])
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
  local state = assert(states[buf])
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
  local state = states[buf]
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
  if first > #list or states[buf] ~= state or not vim.api.nvim_buf_is_loaded(buf) then
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
