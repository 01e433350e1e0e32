--- Folds an article by its sections: the levels of all lines are computed once for an analysis and served line by line.
---
--- Opt-in for a buffer (`:NewsOutline fold`, the option `fold.auto`, or these functions set as 'foldexpr' and
--- 'foldtext' by hand); the options of other windows are never touched. Between a change and the next analysis the
--- levels move along with their lines, so that a fold does not jump while one types above it.
local document = require('newsoutline.document')
local message = require('newsoutline.message')
local reading = require('newsoutline.reading')

local M = {}

---@class newsoutline.Folds
---@field analysis? newsoutline.Analysis what the levels were made from
---@field levels string[] by line from 1: '0', '2', '>2'
---@field texts table<integer, string> by the line of a fold's start, from 1
---@field attached boolean

---@type table<integer, newsoutline.Folds> by buffer
local folds = {}
---@type table<integer, true> buffers that are folded in every window that shows them
local enabled = {}
--- What the options were before, by window and buffer.
---@type table<integer, table<integer, table<string, any>>>
local saved = {}
--- The same by buffer, of the first window that was folded: what a window that was split from it gets.
---@type table<integer, table<string, any>>
local first_saved = {}

local expr = "v:lua.require'newsoutline.fold'.expr()"
local text = "v:lua.require'newsoutline.fold'.text()"

---@param section newsoutline.Section
---@return integer first, integer last lines from 1
local function lines_of(section)
  local last = section.to[2] == 0 and section.to[1] - 1 or section.to[1]
  return section.from[1] + 1, math.max(last, section.from[1]) + 1
end

---@param section newsoutline.Section
---@param analysis newsoutline.Analysis
---@param first integer
---@param last integer
---@return string
local function fold_text(section, analysis, first, last)
  local n = 0
  -- Blocks are sorted: find the section's first one, then count.
  local low, high = 1, #analysis.blocks + 1
  while low < high do
    local middle = math.floor((low + high) / 2)
    if analysis.blocks[middle].from[1] + 1 < first then
      low = middle + 1
    else
      high = middle
    end
  end
  while analysis.blocks[low] and analysis.blocks[low].from[1] + 1 <= last do
    local role = analysis.blocks[low].role
    n = n + ((role == 'paragraph' or role == 'blockquote' or role == 'list') and 1 or 0)
    low = low + 1
  end
  local title = section.title:gsub('[%c%s]+', ' ')
  return ('%s  %d paragraph%s, %d words, %s min'):format(
    title,
    n,
    n == 1 and '' or 's',
    section.words,
    reading.time(section.words)
  )
end

---@param buf integer
---@param analysis newsoutline.Analysis
---@return string[] levels
---@return table<integer, string> texts
local function compute(buf, analysis)
  local levels, texts = {}, {}
  local n = vim.api.nvim_buf_line_count(buf)
  local outline = analysis.outline
  for lnum = 1, n do
    levels[lnum] = '0'
  end
  local at = 1
  ---@type { rank: integer, last: integer }[]
  local open = {}
  --- Gives the lines before `to` to the sections that are open.
  local function fill(to)
    while at < to do
      while #open > 0 and open[#open].last < at do
        open[#open] = nil
      end
      local last = #open > 0 and math.min(open[#open].last, to - 1) or to - 1
      local level = tostring(#open)
      for lnum = at, last do
        if levels[lnum] == '0' then
          levels[lnum] = level
        end
      end
      at = last + 1
    end
  end
  for i, section in ipairs(outline) do
    local first, last = lines_of(section)
    if first > n then
      break
    end
    -- The blank lines between a section and the next belong to it, so that a closed fold is one line on the screen.
    local following = outline[i + 1]
    local next_first = following and lines_of(following) or n + 1
    local between = next_first > last + 1 and vim.api.nvim_buf_get_lines(buf, last, next_first - 1, false)
      or {}
    for _, line in ipairs(between) do
      if line:find('%S') then
        break
      end
      last = last + 1
    end
    fill(math.max(first, at))
    while #open > 0 and open[#open].rank >= section.level do
      open[#open] = nil
    end
    open[#open + 1] = { rank = section.level, last = math.min(last, n) }
    levels[first] = '>' .. #open
    texts[first] = fold_text(section, analysis, lines_of(section))
  end
  fill(n + 1)
  return levels, texts
end

--- Lets the levels move with their lines; new lines take the level of the line above them.
---@param state newsoutline.Folds
---@param first integer from 0
---@param last integer
---@param new_last integer
local function shift(state, first, last, new_last)
  local levels, n = state.levels, #state.levels
  local by = new_last - last
  if by == 0 then
    return
  end
  local texts = {}
  for lnum, each in pairs(state.texts) do
    if lnum <= first then
      texts[lnum] = each
    elseif lnum > last then
      texts[lnum + by] = each
    end
  end
  state.texts = texts
  if by < 0 then
    for lnum = new_last + 1, n + by do
      levels[lnum] = levels[lnum - by]
    end
    for lnum = n + by + 1, n do
      levels[lnum] = nil
    end
    return
  end
  for lnum = n, last + 1, -1 do
    levels[lnum + by] = levels[lnum]
  end
  local level = (levels[last] or levels[first] or '0'):gsub('>', '')
  for lnum = last + 1, new_last do
    levels[lnum] = level
  end
end

---@param buf integer
---@return newsoutline.Folds
local function state_of(buf)
  local state = folds[buf]
  if not state then
    state = { levels = {}, texts = {}, attached = false }
    folds[buf] = state
  end
  if not state.attached then
    -- on_bytes comes before Neovim evaluates the folds of the changed lines, on_lines after it: too late.
    state.attached = vim.api.nvim_buf_attach(buf, false, {
      on_bytes = function(_, _, _, row, column, _, old_rows, old_column, _, new_rows, new_column)
        if folds[buf] ~= state then
          return true
        end
        -- Whole lines, or lines within and after the one that the change starts in.
        local first = (column == 0 and old_column == 0 and new_column == 0) and row or row + 1
        shift(state, first, first + old_rows, first + new_rows)
      end,
      on_detach = function()
        state.attached = false
        state.analysis = nil
      end,
    })
  end
  return state
end

---@param buf integer
---@return boolean changed
local function update(buf)
  local state = state_of(buf)
  local analysis, is_current = document.peek_outline(buf)
  if not analysis or not is_current or state.analysis == analysis then
    return false
  end
  local before = state.levels
  state.analysis = analysis
  state.levels, state.texts = compute(buf, analysis)
  return not vim.deep_equal(before, state.levels)
end

--- Has Neovim ask for the levels of a window again; what is open and closed stays so.
---@param win integer
local function reevaluate(win)
  if vim.wo[win].foldmethod == 'expr' and vim.wo[win].foldexpr == expr then
    vim.api.nvim_set_option_value('foldmethod', 'expr', { scope = 'local', win = win })
  end
end

local group ---@type integer|nil

local function watch()
  if group then
    return
  end
  group = vim.api.nvim_create_augroup('newsoutline.fold', {})
  vim.api.nvim_create_autocmd('User', {
    group = group,
    pattern = 'NewsOutlineUpdate',
    callback = function(args)
      local buf = args.data.buf
      if folds[buf] and update(buf) then
        for _, win in ipairs(vim.fn.win_findbuf(buf)) do
          reevaluate(win)
        end
      end
    end,
  })
  vim.api.nvim_create_autocmd('BufWinEnter', {
    group = group,
    callback = function(args)
      if enabled[args.buf] then
        M.apply(vim.api.nvim_get_current_win(), args.buf)
      end
    end,
  })
  vim.api.nvim_create_autocmd('BufWipeout', {
    group = group,
    callback = function(args)
      folds[args.buf], enabled[args.buf], first_saved[args.buf] = nil, nil, nil
    end,
  })
  vim.api.nvim_create_autocmd('WinClosed', {
    group = group,
    callback = function(args)
      saved[tonumber(args.match)] = nil
    end,
  })
end

--- 'foldexpr' of the line v:lnum.
---@return string
function M.expr()
  local buf = vim.api.nvim_get_current_buf()
  local state = folds[buf]
  if not state then
    -- Set by hand and asked for the first time.
    watch()
    if document.is_automatic(buf) then
      local _, problem, code = document.get_outline(buf)
      if code == 'binding' then
        message.once(problem --[[@as string]])
      end
    end
    document.attach(buf)
    update(buf)
    state = folds[buf]
  end
  return state.levels[vim.v.lnum] or (state.analysis and '=' or '0')
end

--- 'foldtext' of the fold that starts at v:foldstart.
---@return string
function M.text()
  local state = folds[vim.api.nvim_get_current_buf()]
  local line = state and state.texts[vim.v.foldstart]
  if not line then
    return vim.fn.foldtext()
  end
  local level = #vim.v.folddashes
  return ('  '):rep(level - 1) .. '▸ ' .. line .. ' '
end

--- Sets a window's options, for as long as it shows the buffer.
---@param win integer
---@param buf integer
---@param level? integer
function M.apply(win, buf, level)
  if vim.wo[win].diff or vim.api.nvim_win_get_buf(win) ~= buf then
    return
  end
  saved[win] = saved[win] or {}
  if not saved[win][buf] then
    local before = {}
    for _, name in ipairs({ 'foldmethod', 'foldexpr', 'foldtext', 'foldlevel', 'foldenable' }) do
      before[name] = vim.api.nvim_get_option_value(name, { win = win })
    end
    if before.foldexpr == expr then
      return
    end
    saved[win][buf] = before
    first_saved[buf] = first_saved[buf] or before
  end
  local function set(name, value)
    vim.api.nvim_set_option_value(name, value, { scope = 'local', win = win })
  end
  set('foldexpr', expr)
  set('foldtext', text)
  set('foldmethod', 'expr')
  set('foldenable', true)
  set('foldlevel', level or (vim.o.foldlevelstart >= 0 and vim.o.foldlevelstart or 0))
end

--- Folds a buffer in all windows that show it, now and later.
---@param buf? integer
---@param level? integer 'foldlevel' to start from
---@return boolean
function M.enable(buf, level)
  buf = (buf == nil or buf == 0) and vim.api.nvim_get_current_buf() or buf --[[@as integer]]
  local analysis, problem, code = document.get_outline(buf)
  if not analysis and code ~= 'busy' then
    message.warn(problem --[[@as string]])
    return false
  end
  if vim.wo.diff and vim.api.nvim_get_current_buf() == buf then
    message.warn('a window in diff mode folds by difference, not by section')
    return false
  end
  watch()
  document.attach(buf)
  update(buf)
  enabled[buf] = true
  for _, win in ipairs(vim.fn.win_findbuf(buf)) do
    M.apply(win, buf, level or 0)
    vim.api.nvim_win_call(win, function()
      vim.cmd('normal! zv')
    end)
  end
  return true
end

--- Folds a buffer as the option `fold.auto` asks: silently, as far open as 'foldlevelstart' says.
---@param buf integer
function M.follow_start_level(buf)
  if not enabled[buf] and document.get_outline(buf) then
    M.enable(buf, vim.o.foldlevelstart >= 0 and vim.o.foldlevelstart or 0)
  end
end

--- Gives every window of the buffer the options back that it had.
---@param buf? integer
function M.disable(buf)
  buf = (buf == nil or buf == 0) and vim.api.nvim_get_current_buf() or buf --[[@as integer]]
  enabled[buf] = nil
  for _, win in ipairs(vim.fn.win_findbuf(buf)) do
    local before = saved[win] and saved[win][buf]
    if before then
      saved[win][buf] = nil
    elseif vim.wo[win].foldexpr == expr then
      before = first_saved[buf]
    end
    for name, value in pairs(before or {}) do
      vim.api.nvim_set_option_value(name, value, { scope = 'local', win = win })
    end
  end
  first_saved[buf] = nil
end

---@param buf? integer
---@return boolean
function M.is_enabled(buf)
  return enabled[(buf == nil or buf == 0) and vim.api.nvim_get_current_buf() or buf] == true
end

return M
