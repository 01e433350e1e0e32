--- The analysis of a buffer: made on first use, kept by changedtick, renewed after changes.
---
--- Every feature asks here and computes nothing itself. `get` parses when it has to; `peek` never does and may be
--- stale, which is what a redraw wants (folds, status line, winbar). After every new analysis the autocommand
--- `User NewsOutlineUpdate` runs with `data = { buf = … }`.
local binding = require('newsoutline.binding')
local config = require('newsoutline.config')
local corrections = require('newsoutline.corrections')
local message = require('newsoutline.message')
local project = require('newsoutline.project')
local source = require('newsoutline.source')

local M = {}

---@class newsoutline.Entry what is known of one buffer
---@field key? string what the analysis was made from, besides the lines
---@field tick? integer changedtick of the lines that it was made from
---@field handle? newsoutline.Document
---@field analysis? newsoutline.Analysis
---@field sentences? newsoutline.Span[]
---@field message? string why there is none
---@field code? string
---@field cost number milliseconds that the last analysis took
---@field timer? uv.uv_timer_t
---@field attached? boolean
---@field quick? newsoutline.Analysis outline and blocks only, of a large buffer that is being analysed
---@field quick_tick? integer changedtick of its lines
---@field is_busy? boolean a thread analyses it
---@field again? boolean it was changed meanwhile
---@field told? boolean the user knows that this buffer is too large for automatic analysis
---@field update? fun(): boolean, string|nil of a view of an article: brings the analysis that was put here up to date
---@field make_sentences? fun(): newsoutline.Span[] of a view

---@type table<integer, newsoutline.Entry>
local entries = {}

--- Bytes from which an analysis takes longer than a keystroke may: a thread makes it.
local LARGE = 256 * 1024

--- Bytes from which even the outline alone takes longer than one waits for a window to open.
local HUGE = 2 * 1024 * 1024

---@param buf? integer
---@return integer
local function resolve(buf)
  return (buf == nil or buf == 0) and vim.api.nvim_get_current_buf() or buf --[[@as integer]]
end

---@param buf integer
local function forget(buf)
  local entry = entries[buf]
  if not entry then
    return
  end
  entries[buf] = nil
  if entry.timer then
    entry.timer:stop()
    entry.timer:close()
  end
  if entry.handle then
    entry.handle:close()
  end
end

local group ---@type integer|nil

--- Runs once, at the first use, so that starting Neovim costs nothing.
local function watch()
  if group then
    return
  end
  group = vim.api.nvim_create_augroup('newsoutline.document', {})
  vim.api.nvim_create_autocmd({ 'BufUnload', 'BufWipeout' }, {
    group = group,
    callback = function(args)
      forget(args.buf)
    end,
  })
  -- A new name or filetype can mean another format, another project file.
  vim.api.nvim_create_autocmd({ 'BufFilePost', 'FileType' }, {
    group = group,
    callback = function(args)
      if entries[args.buf] then
        M.touch(args.buf)
      end
    end,
  })
end

---@param buf integer
---@return newsoutline.Entry
local function entry_of(buf)
  watch()
  local entry = entries[buf]
  if not entry then
    entry = { cost = 0 }
    entries[buf] = entry
  end
  return entry
end

---@param buf integer
local function announce(buf)
  vim.schedule(function()
    if vim.api.nvim_buf_is_valid(buf) then
      vim.api.nvim_exec_autocmds(
        'User',
        { pattern = 'NewsOutlineUpdate', data = { buf = buf }, modeline = false }
      )
    end
  end)
end

--- Keeps what a parse gave, in place of what was there.
---@param buf integer
---@param entry newsoutline.Entry
---@param tick integer of the lines that were parsed
---@param key string
---@param handle newsoutline.Document|nil
---@param reason string|nil
---@param code string|nil
local function keep(buf, entry, tick, key, handle, reason, code)
  if entry.handle then
    entry.handle:close()
  end
  entry.tick, entry.key, entry.sentences = tick, key, nil
  entry.handle, entry.analysis, entry.message, entry.code = handle, nil, reason, code
  if handle then
    entry.analysis = corrections.apply(buf, handle:analysis({ positions = 'buffer', words = true }))
  elseif code ~= 'binding' then
    entry.message = source.title(buf) .. ': ' .. reason
  end
  announce(buf)
end

---@param buf integer
---@param entry newsoutline.Entry
---@param settings newsoutline.Project
local function analyse(buf, entry, settings)
  local tick, key = vim.api.nvim_buf_get_changedtick(buf), source.key(buf, settings)
  local core, problem = binding.core()
  if not core then
    keep(buf, entry, tick, key, nil, problem, 'binding')
    return
  end
  local start = vim.uv.hrtime()
  keep(buf, entry, tick, key, core.parse(source.bytes(buf), source.options(buf, settings)))
  entry.cost = (vim.uv.hrtime() - start) / 1e6
end

--- Analyses in a thread. What is changed meanwhile is analysed after it.
---@param buf integer
---@param entry newsoutline.Entry
---@param settings newsoutline.Project
local function analyse_aside(buf, entry, settings)
  if entry.is_busy then
    entry.again = true
    return
  end
  local tick, key = vim.api.nvim_buf_get_changedtick(buf), source.key(buf, settings)
  entry.again = false
  entry.is_busy = require('newsoutline.worker').parse(
    source.bytes(buf),
    source.options(buf, settings),
    function(handle, reason, code)
      entry.is_busy = false
      if entries[buf] ~= entry or not vim.api.nvim_buf_is_loaded(buf) or (entry.tick or -1) > tick then
        -- Unloaded meanwhile, or analysed on demand in a later state.
        if handle then
          handle:close()
        end
      elseif code == 'thread' or code == 'busy' then
        analyse(buf, entry, settings)
      else
        keep(buf, entry, tick, key, handle, reason, code)
      end
      if entry.again and entries[buf] == entry then
        M.touch(buf)
      end
    end
  )
  if not entry.is_busy then
    analyse(buf, entry, settings)
  end
end

---@param entry newsoutline.Entry
---@param buf integer
---@param settings newsoutline.Project
---@return boolean
local function is_current(entry, buf, settings)
  return entry.tick == vim.api.nvim_buf_get_changedtick(buf) and entry.key == source.key(buf, settings)
end

-- Views of articles ---------------------------------------------------------------------------------------------------

--- Makes a buffer one that shows an article in another form: its analysis is put here and never parsed.
---@param buf integer
---@param update fun(): boolean, string|nil puts the analysis where it is late; false and why, where there is none
function M.derive(buf, update)
  entry_of(buf).update = update
end

---@param buf integer
---@param analysis newsoutline.Analysis with the places of this buffer
---@param sentences fun(): newsoutline.Span[]
function M.put(buf, analysis, sentences)
  local entry = entry_of(buf)
  entry.analysis, entry.sentences, entry.make_sentences = analysis, nil, sentences
  entry.tick = vim.api.nvim_buf_get_changedtick(buf)
  announce(buf)
end

--- Whether a buffer's analysis is put by another module; then it is up to date now, or the rest says why not.
---@param buf integer
---@return boolean
---@return newsoutline.Analysis|nil
---@return string|nil message
---@return string|nil code
local function derived(buf)
  local entry = entries[buf]
  if not entry or not entry.update then
    return false
  end
  local ok, problem = entry.update()
  if not ok then
    return true, nil, problem, 'no_article'
  end
  return true, entry.analysis
end

-- Asking --------------------------------------------------------------------------------------------------------------

--- The analysis of a buffer as it is now. The table is shared: do not write to it.
---@param buf? integer 0 or nil: the current buffer
---@return newsoutline.Analysis|nil
---@return string|nil message why there is none
---@return string|nil code
function M.get(buf)
  buf = resolve(buf)
  local is_view, analysis, problem, code = derived(buf)
  if is_view then
    return analysis, problem, code
  end
  local refused = source.refuse(buf)
  if refused then
    return nil, refused, 'no_article'
  end
  local settings = project.get(source.name(buf))
  local entry = entry_of(buf)
  if not is_current(entry, buf, settings) then
    analyse(buf, entry, settings)
  end
  return entry.analysis, entry.message, entry.code
end

--- What is needed to show an article, at once: as `get`, but of a large buffer the outline and the blocks only.
--- Its quotes and entities come from a thread, and `NewsOutlineUpdate` tells when. Of a huge one all of it does: then
--- there is nothing yet, and the code is 'busy'.
---@param buf? integer
---@return newsoutline.Analysis|nil
---@return string|nil message
---@return string|nil code
function M.get_outline(buf)
  buf = resolve(buf)
  local core = binding.core()
  if source.refuse(buf) or not core or source.size(buf) < LARGE or (entries[buf] or {}).update then
    return M.get(buf)
  end
  local settings = project.get(source.name(buf))
  local entry = entry_of(buf)
  local tick = vim.api.nvim_buf_get_changedtick(buf)
  if is_current(entry, buf, settings) then
    return entry.analysis, entry.message, entry.code
  elseif source.size(buf) >= HUGE then
    analyse_aside(buf, entry, settings)
    return nil, source.title(buf) .. ' is being analysed …', 'busy'
  elseif entry.quick_tick ~= tick then
    local options = source.options(buf, settings)
    options.read_only = true
    local handle, reason, code = core.parse(source.bytes(buf), options)
    if not handle then
      keep(buf, entry, tick, source.key(buf, settings), nil, reason, code)
      return nil, entry.message, code
    end
    entry.quick, entry.quick_tick = handle:analysis({ positions = 'buffer', words = true }), tick
    handle:close()
  end
  analyse_aside(buf, entry, settings)
  return entry.quick
end

--- The last analysis of a buffer or, where it is later, the outline of one, without parsing.
---@param buf? integer
---@return newsoutline.Analysis|nil
---@return boolean is_current
function M.peek_outline(buf)
  buf = resolve(buf)
  local entry = entries[buf]
  if entry and entry.quick and entry.quick_tick > (entry.tick or -1) then
    return entry.quick, entry.quick_tick == vim.api.nvim_buf_get_changedtick(buf)
  end
  return M.peek(buf)
end

--- The last analysis of a buffer, without parsing.
---@param buf? integer
---@return newsoutline.Analysis|nil
---@return boolean is_current false where the buffer was changed since
function M.peek(buf)
  local entry = entries[resolve(buf)]
  if not entry then
    return nil, false
  end
  return entry.analysis, entry.tick == vim.api.nvim_buf_get_changedtick(resolve(buf))
end

--- The parsed document behind the analysis of `get`, for what the analysis does not hold (its decoded text). It is
--- closed when the buffer changes and is analysed again, so do not keep it.
---@param buf? integer
---@return newsoutline.Document|nil
---@return string|nil message
function M.handle(buf)
  buf = resolve(buf)
  local analysis, problem = M.get(buf)
  if not analysis then
    return nil, problem
  end
  return entries[buf].handle
end

--- The text of a buffer alone, for features that count in it: a document without entities and quotes, to be closed by
--- the caller.
---@param buf integer
---@return newsoutline.Document|nil
---@return string|nil message
function M.read(buf)
  local core, problem = binding.core()
  local refused = source.refuse(buf) or not core and problem
  if refused or not core then
    return nil, refused or nil
  end
  local options = source.options(buf, project.get(source.name(buf)))
  options.read_only = true
  local handle, reason = core.parse(source.bytes(buf), options)
  return handle, reason
end

--- The sentences of a buffer, in order.
---@param buf? integer
---@return newsoutline.Span[]
function M.sentences(buf)
  buf = resolve(buf)
  local handle = M.handle(buf)
  local entry = entries[buf]
  if entry and entry.make_sentences and not entry.sentences then
    entry.sentences = entry.make_sentences()
  elseif handle and not entry.sentences then
    entry.sentences = handle:sentences()
  end
  return entry and entry.sentences or {}
end

--- The reader corrected the analysis: it is handed out anew, without parsing where the text is the same.
function corrections.on_change(buf)
  local entry = entries[buf]
  if not entry or not entry.handle or entry.tick ~= vim.api.nvim_buf_get_changedtick(buf) then
    M.get(buf)
    return
  end
  entry.analysis = corrections.apply(buf, entry.handle:analysis({ positions = 'buffer', words = true }))
  announce(buf)
end

--- Has the next `get` or `get_outline` analyse again, changed or not.
---@param buf? integer
function M.invalidate(buf)
  local entry = entries[resolve(buf)]
  if entry and not entry.update then
    entry.tick, entry.quick, entry.quick_tick = nil, nil, nil
  end
  project.forget()
end

--- Analyses again, changed or not, and waits for it.
---@param buf? integer
---@return newsoutline.Analysis|nil
---@return string|nil message
function M.refresh(buf)
  M.invalidate(buf)
  return M.get(buf)
end

--- Whether the buffer is small enough to be analysed without being asked; says so once where it is not.
---@param buf? integer
---@return boolean
function M.is_automatic(buf)
  buf = resolve(buf)
  local size, limit = source.size(buf), config.get().max_size
  if size <= limit then
    return true
  end
  local entry = entry_of(buf)
  if not entry.told then
    entry.told = true
    message.warn(
      ('%s has %.1f MB, more than max_size: it is analysed on demand only (:NewsOutline refresh)'):format(
        source.title(buf),
        size / 1024 / 1024
      )
    )
  end
  return false
end

--- The buffer changed: analyse it again once it has been quiet for a while.
---@param buf? integer
function M.touch(buf)
  buf = resolve(buf)
  local entry = entry_of(buf)
  if not entry.attached then
    return
  end
  entry.timer = entry.timer or assert(vim.uv.new_timer())
  -- An analysis that is slow in itself waits longer, so that typing in a large article stays smooth.
  local delay = math.max(config.get().debounce, math.ceil(entry.cost * 4))
  entry.timer:start(
    delay,
    0,
    vim.schedule_wrap(function()
      if entries[buf] ~= entry or not vim.api.nvim_buf_is_loaded(buf) or not M.is_automatic(buf) then
        return
      end
      local settings = project.get(source.name(buf))
      if is_current(entry, buf, settings) then
        return
      elseif source.size(buf) < LARGE then
        analyse(buf, entry, settings)
      else
        analyse_aside(buf, entry, settings)
      end
    end)
  )
end

--- Keeps the analysis of a buffer fresh from now on.
---@param buf? integer
---@return boolean attached
function M.attach(buf)
  buf = resolve(buf)
  if source.refuse(buf) then
    return false
  end
  local entry = entry_of(buf)
  if entry.attached or entry.update then
    return true
  end
  entry.attached = vim.api.nvim_buf_attach(buf, false, {
    on_lines = function()
      if entries[buf] ~= entry then
        return true -- the buffer was unloaded meanwhile: detach
      end
      M.touch(buf)
    end,
    on_reload = function()
      if entries[buf] == entry then
        M.touch(buf)
      end
    end,
    on_detach = function()
      entry.attached = false
      -- `:edit` unloads and loads again: what was attached stays so. A buffer that is gone was forgotten already.
      vim.schedule(function()
        if vim.api.nvim_buf_is_loaded(buf) and M.attach(buf) then
          M.touch(buf)
        end
      end)
    end,
  })
  return entry.attached
end

return M
