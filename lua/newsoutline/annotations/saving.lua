--- Saves the annotations of articles a moment after each change, in the background, and joins what others wrote.
---
--- What cannot be saved stays in memory, is tried again, and is put aside when Neovim leaves: nothing is lost.
local message = require('newsoutline.message')
local collection = require('newsoutline.annotations.collection')
local record = require('newsoutline.annotations.record')
local store = require('newsoutline.annotations.store')

local M = {}

--- Milliseconds from a change to its being saved, and from a failure to the next try.
local SAVE_AFTER, TRY_AFTER = 300, 3000

--- The longest that leaving, or opening an article again, waits for a save under way, in milliseconds.
local LAST_WAIT = 5000

---@type table<newsoutline.AnnotationState, true> those that are being saved
local busy = {}

--- The line that an annotation is saved as.
---@param state newsoutline.AnnotationState
---@param a newsoutline.Annotation
---@return string
function M.line_of(state, a)
  a.line = a.line or record.to_line(a, vim.fs.basename(state.path))
  return a.line
end

---@param state newsoutline.AnnotationState
---@param list newsoutline.Annotation[]
---@return table<string, string>
local function lines_by_id(state, list)
  local lines = {}
  for _, a in ipairs(list) do
    lines[a.id] = M.line_of(state, a)
  end
  return lines
end

--- Joins what is on the disk now to what is here.
---@param state newsoutline.AnnotationState
---@return string|nil problem
function M.join(state)
  local stamp = store.stamp(state.sidecar)
  if stamp == state.stamp then
    return nil
  end
  local theirs, reason, more, texts = store.load(state.sidecar)
  if not theirs then
    return vim.fs.basename(state.sidecar) .. ' ' .. reason
  end
  local list = collection.merge(state.list, theirs, state.base, function(a)
    return M.line_of(state, a)
  end)
  local before = state.list
  state.texts = vim.tbl_extend('keep', state.texts, texts or {})
  state.list, state.base, state.stamp, state.more = list, lines_by_id(state, theirs), stamp, more
  vim.schedule(function()
    state.on_joined(before)
  end)
end

--- Writes the list, while nobody else does.
---@param state newsoutline.AnnotationState
---@return string|nil problem
local function write(state)
  local problem = M.join(state)
  if problem then
    return problem
  end
  state.dirty = false
  if #state.list == 0 and next(state.base) == nil then
    return nil
  end
  local lines, base = {}, {}
  for i, a in ipairs(state.list) do
    lines[i] = M.line_of(state, a)
    base[a.id] = lines[i]
  end
  -- A sketch is added whenever the article is written: those that nothing stands on any more go.
  local texts = collection.texts_of(state.list, state.texts)
  state.texts = texts
  problem =
    store.write(state.sidecar, collection.write(lines, vim.fs.basename(state.path), state.more, texts))
  if problem then
    state.dirty = true
    return problem
  end
  state.base, state.stamp = base, store.stamp(state.sidecar)
  if state.is_rescued then
    store.remove(store.rescue_path(state.sidecar))
    state.is_rescued = false
  end
end

---@param state newsoutline.AnnotationState
---@return string|nil problem
local function write_in_turn(state)
  return store.make_folder(state.sidecar)
    or store.alone(state.sidecar, function()
      return write(state)
    end)
end

---@param state newsoutline.AnnotationState
---@param problem string|nil
local function tell(state, problem)
  if not problem then
    state.told = nil
    return
  end
  state.dirty = true
  if state.told == problem or problem == store.BUSY then
    return
  end
  state.told = problem
  local is_refused = vim.tbl_contains({ 'EACCES', 'EROFS', 'EPERM', 'ENAMETOOLONG' }, problem:match('^%u+'))
  local hint = is_refused and '; the option annotations.folder names another place' or ''
  message.error(
    ('annotations are not saved: %s (%s). They are kept and tried again; :NewsAnnotations save tries now%s'):format(
      problem:gsub(':? [^%s]+%.tmp$', ''),
      vim.fn.fnamemodify(state.sidecar, ':~:.'),
      hint
    )
  )
end

---@param state newsoutline.AnnotationState
---@param milliseconds integer
local function start_timer(state, milliseconds)
  state.timer = state.timer or assert(vim.uv.new_timer())
  state.timer:start(
    milliseconds,
    0,
    vim.schedule_wrap(function()
      M.save_aside(state)
    end)
  )
end

--- Puts what could not be saved where the next look at the article finds it.
---@param state newsoutline.AnnotationState
local function rescue(state)
  local lines, unsaved = {}, {}
  for _, a in ipairs(state.list) do
    if state.base[a.id] ~= M.line_of(state, a) then
      lines[#lines + 1], unsaved[#unsaved + 1] = M.line_of(state, a), a
    end
  end
  local path = store.rescue_path(state.sidecar)
  if #lines == 0 then
    return
  end
  local problem = store.make_folder(path)
    or store.write(
      path,
      collection.write(lines, vim.fs.basename(state.path), nil, collection.texts_of(unsaved, state.texts))
    )
  if problem then
    message.error(('annotations are lost: %s (%s)'):format(problem, path))
  else
    message.warn(
      ('annotations are kept in %s until they can be saved'):format(vim.fn.fnamemodify(path, ':~'))
    )
  end
end

--- Saves in the background; what changes meanwhile is saved after it.
---@param state newsoutline.AnnotationState
function M.save_aside(state)
  if busy[state] or not state.dirty then
    return
  end
  busy[state] = true
  store.background(function()
    local ok, result = pcall(write_in_turn, state)
    busy[state] = nil
    local problem = not ok and tostring(result) or result
    tell(state, problem)
    if not state.dirty then
      return
    elseif not state.is_closed then
      start_timer(state, problem and TRY_AFTER or SAVE_AFTER)
    elseif problem then
      rescue(state)
    else
      M.save_aside(state)
    end
  end)
end

---@param state newsoutline.AnnotationState
local function finish(state)
  vim.wait(LAST_WAIT, function()
    return not busy[state]
  end, 5)
end

--- Saves now and waits for it.
---@param state newsoutline.AnnotationState
---@return boolean saved
function M.save(state)
  finish(state)
  if not state.dirty then
    return true
  end
  local problem = write_in_turn(state)
  tell(state, problem)
  return problem == nil
end

--- Saves soon.
---@param state newsoutline.AnnotationState
function M.save_later(state)
  state.dirty = true
  start_timer(state, SAVE_AFTER)
end

--- The last save of an article that is left; where Neovim goes on, in the background.
---@param state newsoutline.AnnotationState
---@param is_last boolean Neovim ends
function M.leave(state, is_last)
  if is_last then
    if not M.save(state) then
      rescue(state)
    end
    return
  end
  state.is_closed = true
  if state.timer then
    state.timer:stop()
    state.timer:close()
    state.timer = nil
  end
  M.save_aside(state)
end

--- Waits for all saves under way: Neovim ends.
function M.finish_all()
  for state in pairs(busy) do
    finish(state)
  end
end

--- Reads the annotations of an article. What another try could not save is taken up again.
---@param state newsoutline.AnnotationState
function M.read(state)
  for other in pairs(busy) do
    if other.sidecar == state.sidecar then
      finish(other)
    end
  end
  state.stamp = store.stamp(state.sidecar)
  local list, problem, more, texts = store.load(state.sidecar)
  if list then
    state.list, state.more, state.texts, state.base = list, more, texts or {}, {}
    if state.stamp ~= '' then
      state.base = lines_by_id(state, list)
    elseif #list > 0 then
      message.warn(vim.fn.fnamemodify(state.sidecar, ':t') .. ' is missing: its backup is used')
      M.save_later(state)
    end
  else
    -- No file has this stamp, so that each save looks first whether it was repaired.
    state.list, state.base, state.stamp = {}, {}, 'unread'
    -- Not from within an autocommand, where an error would stop what opens the article.
    vim.schedule(function()
      message.error(
        ('%s %s: it is left as it is, and nothing is saved until it is repaired or moved away'):format(
          vim.fn.fnamemodify(state.sidecar, ':~:.'),
          problem
        )
      )
    end)
  end
  local aside = store.rescue_path(state.sidecar)
  if store.stamp(aside) == '' then
    return
  end
  local rescued, _, _, unsaved = store.load(aside)
  if rescued then
    state.texts = vim.tbl_extend('keep', state.texts, unsaved or {})
    state.list = collection.merge(rescued, state.list, {}, function(a)
      return M.line_of(state, a)
    end)
    state.is_rescued = true
    M.save_later(state)
  end
end

return M
