--- The annotations of a buffer: kept on their text while it is edited, saved a moment after each change.
---
--- An extmark follows each annotation. Where its text is deleted, or the buffer was read anew, the passage is sought
--- again; what is not found for sure is an orphan: kept, listed, and shown on the line where it was. What is saved of a
--- passage is how it stood when the annotation was made or the article written, which is what lies on the disk.
local config = require('newsoutline.config')
local message = require('newsoutline.message')
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
---@field more? table what another program wrote
---@field mark? integer
---@field line? string its line of the sidecar, once made

---@class newsoutline.AnnotationState
---@field path string of the article
---@field sidecar string
---@field list newsoutline.Annotation[]
---@field base table<string, string> lines by id, as last seen on disk
---@field stamp string
---@field dirty boolean
---@field timer? uv.uv_timer_t
---@field undo table[]
---@field checking? boolean a look at the marks is due
---@field told? string what was said to be in the way

---@type table<integer, newsoutline.AnnotationState>
local states = {}
M.namespace = vim.api.nvim_create_namespace('newsoutline.annotations')

--- Milliseconds from a change to its being saved, and from an edit to a look at the marks.
local SAVE_AFTER, CHECK_AFTER = 300, 250

M.statuses = { 'pending', 'verified', 'false', 'unverifiable' }

---@param buf? integer
---@return integer
local function resolve(buf)
  return (buf == nil or buf == 0) and vim.api.nvim_get_current_buf() or buf --[[@as integer]]
end

local function now()
  return os.date('!%Y-%m-%dT%H:%M:%SZ') --[[@as string]]
end

---@param state newsoutline.AnnotationState
---@param a newsoutline.Annotation
local function line_of(state, a)
  a.line = a.line or store.to_line(a, vim.fs.basename(state.path))
  return a.line
end

---@param buf integer
---@param a newsoutline.Annotation
---@param span newsoutline.Span
local function set_mark(buf, a, span)
  a.mark = vim.api.nvim_buf_set_extmark(buf, M.namespace, span.from[1], span.from[2], {
    id = a.mark,
    end_row = span.to[1],
    end_col = span.to[2],
    end_right_gravity = false,
    invalidate = true,
    strict = false,
  })
end

--- Where an annotation stands; nil for an orphan.
---@param buf integer
---@param a newsoutline.Annotation
---@return newsoutline.Span|nil
function M.place(buf, a)
  if not a.mark then
    return nil
  end
  local found = vim.api.nvim_buf_get_extmark_by_id(buf, M.namespace, a.mark, { details = true })
  local row, column, details = found[1], found[2], found[3]
  if not row or details.invalid or not details.end_row then
    return nil
  end
  if row == details.end_row and column >= details.end_col then
    return nil
  end
  return { from = { row, column }, to = { details.end_row, details.end_col } }
end

--- Notes the passages of annotations anew from where they stand.
---@param buf integer
---@param list newsoutline.Annotation[]
local function note(buf, list)
  local t = text.of(buf)
  if not t then
    return
  end
  local sha = vim.fn.sha256(t.bytes)
  for _, a in ipairs(list) do
    local span = M.place(buf, a)
    local from, to
    if span then
      from, to = t:from_buffer(span)
    end
    if span and from and to then
      local passage = t:passage(from, to)
      if not a.passage or a.sha ~= sha or not vim.deep_equal(a.passage.from, passage.from) then
        if a.passage and a.passage.exact == passage.exact and a.passage.prefix == passage.prefix then
          passage.rival, passage.is_repeated = a.passage.rival, a.passage.is_repeated
          passage.rival_offset = a.passage.rival_offset
        else
          t:learn_rival(passage)
        end
        local _, bytes = t:to_buffer(from, to)
        a.passage, a.bytes, a.sha, a.row, a.line = passage, bytes, sha, span.from[1], nil
      end
    end
  end
  t:close()
end

--- Puts annotations on their passages in the buffer as it is.
---@param buf integer
---@param list newsoutline.Annotation[]
---@param keep? boolean those that are not found keep the mark that they have: an undo may bring its text back
local function place_all(buf, list, keep)
  local t = text.of(buf)
  if not t then
    return
  end
  local sha = vim.fn.sha256(t.bytes)
  for _, a in ipairs(list) do
    local from, to = t:find(a.passage, a.sha == sha)
    if from and to then
      set_mark(buf, a, (t:to_buffer(from, to)))
    elseif a.mark and not keep then
      vim.api.nvim_buf_del_extmark(buf, M.namespace, a.mark)
      a.mark = nil
    end
  end
  t:close()
end

---@param buf integer
local function show(buf)
  require('newsoutline.annotations.display').paint(buf)
  vim.api.nvim_exec_autocmds('User', {
    pattern = 'NewsOutlineAnnotations',
    data = { buf = buf },
    modeline = false,
  })
end

--- Looks for those whose text is gone from under them.
---@param buf integer
local function check(buf)
  local state = states[buf]
  if not state or not vim.api.nvim_buf_is_loaded(buf) then
    return
  end
  local lost = vim.tbl_filter(function(a)
    local span = M.place(buf, a)
    if not span then
      return true
    end
    -- A change across the start of a mark leaves it on the rest: the whole may still be there.
    local words = vim.api.nvim_buf_get_text(buf, span.from[1], span.from[2], span.to[1], span.to[2], {})
    local rest, exact = table.concat(words, '\n'), a.passage.exact
    return #rest < #exact and (exact:sub(-#rest) == rest or exact:sub(1, #rest) == rest)
  end, state.list)
  if #lost > 0 then
    place_all(buf, lost, true)
  end
  show(buf)
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

--- Corrections of the analysis that are kept here are handed to it.
---@param buf integer
---@param state newsoutline.AnnotationState
local function hand_corrections(buf, state)
  local corrections = require('newsoutline.corrections')
  for _, a in ipairs(state.list) do
    if a.correction and not a.given then
      local c = vim.deepcopy(a.correction)
      local span = M.place(buf, a)
      if c.quote or c.is_here then
        c.from, c.to = span and span.from, span and span.to
      end
      c.is_here = nil
      if not (a.correction.is_here and not span) then
        a.given = c
        corrections.add(buf, c)
      end
    end
  end
end

--- Saves now. Says once what is in the way; nothing is lost meanwhile.
---@param buf? integer
---@return boolean saved
function M.save(buf)
  buf = resolve(buf)
  local state = states[buf]
  if not state or not state.dirty then
    return true
  end
  local problem = store.alone(state.sidecar, function()
    local name = vim.fs.basename(state.path)
    local list = state.list
    if store.stamp(state.sidecar) ~= state.stamp then
      local theirs, reason = store.load(state.sidecar)
      if not theirs then
        return vim.fs.basename(state.sidecar) .. ' ' .. reason
      end
      list = store.merge(state.list, theirs, state.base, function(a)
        return line_of(state, a)
      end)
    end
    if #list == 0 and next(state.base) == nil then
      return nil
    end
    local lines, base = {}, {}
    for i, a in ipairs(list) do
      lines[i] = line_of(state, a)
      base[a.id] = lines[i]
    end
    local reason = store.write(state.sidecar, store.document(lines, name))
    if reason then
      return reason
    end
    state.base, state.stamp, state.dirty = base, store.stamp(state.sidecar), false
    if list ~= state.list then
      local kept = {}
      for _, a in ipairs(list) do
        kept[a] = true
      end
      for _, a in ipairs(state.list) do
        if not kept[a] and a.mark and vim.api.nvim_buf_is_loaded(buf) then
          vim.api.nvim_buf_del_extmark(buf, M.namespace, a.mark)
        end
      end
      state.list = list
      if vim.api.nvim_buf_is_loaded(buf) then
        check_later(buf, 0)
      end
    end
  end)
  if problem and state.told ~= problem then
    state.told = problem
    message.error(
      ('annotations are not saved: %s (%s). They are kept while Neovim runs; :NewsAnnotations save tries again'):format(
        problem,
        vim.fn.fnamemodify(state.sidecar, ':~:.')
      )
    )
  elseif not problem then
    state.told = nil
  end
  return problem == nil
end

---@param buf integer
---@param state newsoutline.AnnotationState
local function save_later(buf, state)
  state.dirty = true
  state.timer = state.timer or assert(vim.uv.new_timer())
  state.timer:start(
    SAVE_AFTER,
    0,
    vim.schedule_wrap(function()
      if states[buf] == state then
        M.save(buf)
      end
    end)
  )
end

---@param buf integer
---@param state newsoutline.AnnotationState
local function read(buf, state)
  local list, problem = store.load(state.sidecar)
  state.stamp = store.stamp(state.sidecar)
  if not list then
    -- No file has this stamp, so that each save looks first whether it was repaired.
    state.list, state.stamp = {}, 'unread'
    -- Not from within an autocommand, where an error would stop what opens the article.
    vim.schedule(function()
      message.error(
        ('%s %s: it is left as it is, and nothing is saved until it is repaired or moved away'):format(
          vim.fn.fnamemodify(state.sidecar, ':~:.'),
          problem
        )
      )
    end)
    return
  end
  state.list, state.base = list, {}
  if state.stamp ~= '' then
    for _, a in ipairs(list) do
      state.base[a.id] = line_of(state, a)
    end
  elseif #list > 0 then
    message.warn(vim.fn.fnamemodify(state.sidecar, ':t') .. ' is missing: its backup is used')
    save_later(buf, state)
  end
  place_all(buf, list)
  hand_corrections(buf, state)
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
    place_all(buf, state.list)
    show(buf)
  end)
  on('BufWritePost', function(buf, state)
    if vim.fn.fnamemodify(vim.api.nvim_buf_get_name(buf), ':p') == state.path then
      check(buf)
      note(buf, state.list)
      for _, a in ipairs(state.list) do
        if not a.line then
          save_later(buf, state)
          break
        end
      end
    end
  end)
  -- Another name: the annotations go along, the old sidecar stays with the old file.
  on('BufFilePost', function(buf, state)
    M.save(buf)
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
      save_later(buf, state)
    end
  end)
  on({ 'BufUnload', 'BufDelete' }, function(buf)
    M.save(buf)
  end)
  on('BufWipeout', function(buf, state)
    M.save(buf)
    if state.timer then
      state.timer:stop()
      state.timer:close()
    end
    states[buf] = nil
  end)
  vim.api.nvim_create_autocmd('VimLeavePre', {
    group = group,
    callback = function()
      for buf in pairs(states) do
        M.save(buf)
      end
    end,
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
  local state = {
    path = path,
    sidecar = store.path(path, config.get().annotations.folder),
    list = {},
    base = {},
    stamp = '',
    dirty = false,
    undo = {},
  }
  states[buf] = state
  read(buf, state)
  local function attach_lines()
    vim.api.nvim_buf_attach(buf, false, {
      on_lines = function()
        if states[buf] ~= state then
          return true
        end
        check_later(buf, CHECK_AFTER)
      end,
      on_reload = function()
        vim.schedule(function()
          if states[buf] == state and vim.api.nvim_buf_is_loaded(buf) then
            place_all(buf, state.list)
            show(buf)
          end
        end)
      end,
      on_detach = function()
        vim.schedule(function()
          if states[buf] == state and vim.api.nvim_buf_is_loaded(buf) then
            attach_lines()
            place_all(buf, state.list)
            show(buf)
          end
        end)
      end,
    })
  end
  attach_lines()
  show(buf)
  return state
end

---@param buf? integer
---@return newsoutline.Annotation[] the list is shared: do not write to it
function M.list(buf)
  local state = states[resolve(buf)]
  return state and state.list or {}
end

--- Those at a place, the shortest first.
---@param buf integer
---@param position newsoutline.Position
---@return newsoutline.Annotation[]
function M.at(buf, position)
  local lookup = require('newsoutline.lookup')
  local found = {}
  for _, a in ipairs(M.list(buf)) do
    local span = M.place(buf, a)
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

--- Keeps what the list is, and the one that is about to change, so that `undo` can bring both back.
---@param state newsoutline.AnnotationState
---@param a? newsoutline.Annotation
local function remember(state, a)
  state.undo[#state.undo + 1] = { list = vim.list_slice(state.list), a = a, was = a and vim.deepcopy(a) }
  if #state.undo > 50 then
    table.remove(state.undo, 1)
  end
end

---@param buf integer
---@param state newsoutline.AnnotationState
local function changed(buf, state)
  save_later(buf, state)
  show(buf)
end

---@return string|nil
local function author()
  local name = config.get().annotations.author
  if name == 'none' then
    return nil
  end
  return name ~= '' and name or (vim.uv.os_get_passwd() or {}).username
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
  remember(state)
  local time = now()
  local a = vim.tbl_extend('force', fields, {
    id = store.new_id(),
    created = time,
    changed = time,
    author = author(),
  })
  set_mark(buf, a, span)
  note(buf, { a })
  state.list[#state.list + 1] = a
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
  remember(state, a)
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
  remember(state, a)
  for i, each in ipairs(state.list) do
    if each == a then
      table.remove(state.list, i)
    end
  end
  if a.mark then
    vim.api.nvim_buf_del_extmark(buf, M.namespace, a.mark)
    a.mark = nil
  end
  changed(buf, state)
end

--- Puts an orphan, or any other, on a new place.
---@param buf integer
---@param a newsoutline.Annotation
---@param span newsoutline.Span
function M.put(buf, a, span)
  buf = resolve(buf)
  local state = assert(states[buf])
  remember(state, a)
  set_mark(buf, a, span)
  note(buf, { a })
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
  if step.a then
    local a, mark = step.a, step.a.mark
    for key in pairs(a) do
      a[key] = nil
    end
    for key, value in pairs(step.was) do
      a[key] = value
    end
    a.mark, a.changed, a.line = mark, now(), nil
  end
  local missing, kept = {}, {}
  for _, a in ipairs(step.list) do
    kept[a] = true
    if not a.mark or a == step.a then
      missing[#missing + 1] = a
    end
  end
  for _, a in ipairs(state.list) do
    if not kept[a] and a.mark then
      vim.api.nvim_buf_del_extmark(buf, M.namespace, a.mark)
      a.mark = nil
    end
  end
  state.list = step.list
  place_all(buf, missing)
  changed(buf, state)
  return true
end

--- Adds annotations from elsewhere; those known already, by their ids, are left as they are.
---@param buf integer
---@param list newsoutline.Annotation[]
---@return integer n
function M.import(buf, list)
  buf = resolve(buf)
  local state = assert(M.attach(buf))
  remember(state)
  local known, fresh = {}, {}
  for _, a in ipairs(state.list) do
    known[a.id] = true
  end
  for _, a in ipairs(list) do
    if not known[a.id] then
      known[a.id] = true
      fresh[#fresh + 1] = a
      state.list[#state.list + 1] = a
    end
  end
  place_all(buf, fresh)
  changed(buf, state)
  return #fresh
end

return M
