--- Follows a buffer that has annotations: reads them, keeps them on their text while it is edited, shows them, and has
--- them saved as the buffer is written, renamed or left.
---
--- Where the text of one is deleted, or the buffer was read anew, its passage is sought again; what is not found for
--- sure is an orphan: kept, listed, and shown on the line where it was. What is saved of a passage is how it stood when
--- the annotation was made or the article written, which is what lies on the disk.
local config = require('newsoutline.config')
local place = require('newsoutline.annotations.place')
local saving = require('newsoutline.annotations.saving')
local store = require('newsoutline.annotations.store')

local M = {}

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

---@type table<integer, newsoutline.AnnotationState>
local states = {}

--- Milliseconds from an edit to a look at the marks.
local CHECK_AFTER = 250

--- Those of a buffer that is followed.
---@param buf integer
---@return newsoutline.AnnotationState|nil
function M.of(buf)
  return states[buf]
end

-- Showing -------------------------------------------------------------------------------------------------------------

--- Shows them as they are now.
---@param buf integer
---@param state newsoutline.AnnotationState
function M.show(buf, state)
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
    M.show(buf, state)
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
    M.show(buf, state)
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

--- The annotations of a buffer, which are read and followed from the first call on.
---@param buf integer
---@return newsoutline.AnnotationState|nil
---@return string|nil message
function M.attach(buf)
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
      M.show(buf, state)
    end,
  }
  states[buf] = state
  saving.read(state)
  place.find(buf, state.list, state.texts)
  follow(buf, state)
  M.show(buf, state)
  return state
end

return M
