--- The reading view: the article alone, set for reading, in a buffer whose every place is linked to the source.
---
--- There is one view for each article. It is built from the analysis of the source and renewed with it; cursors follow
--- each other; what is asked or done there goes to the source (newsoutline.origin). It is closed with its source.
local config = require('newsoutline.config')
local derive = require('newsoutline.read.derive')
local document = require('newsoutline.document')
local highlight = require('newsoutline.highlight')
local jump = require('newsoutline.jump')
local message = require('newsoutline.message')
local origin = require('newsoutline.origin')
local page = require('newsoutline.read.page')
local source_of = require('newsoutline.source')
local window = require('newsoutline.read.window')

local M = {}

---@class newsoutline.Reading
---@field source integer buffer
---@field buf integer
---@field is_whole boolean shows all text, not the article alone
---@field is_chosen? boolean the user decided which
---@field follow boolean
---@field page? newsoutline.ReadPage
---@field analysis? newsoutline.Analysis that the page was made from
---@field tick? integer of the source's lines that the page was made from
---@field page_whole? boolean what the page shows

---@type table<integer, newsoutline.Reading> by source
local readings = {}
local namespace = vim.api.nvim_create_namespace('newsoutline.read')

---@param buf integer source or view
---@return newsoutline.Reading|nil
local function find(buf)
  return readings[origin.buffer(buf)]
end

-- Places --------------------------------------------------------------------------------------------------------------

---@param view newsoutline.Reading
---@param span newsoutline.Span of the source
---@return newsoutline.Span|nil
local function to_view(view, span)
  return view.page.map:to_view(
    source_of.offset(view.source, span.from),
    source_of.offset(view.source, span.to)
  )
end

---@param view newsoutline.Reading
---@param span newsoutline.Span of the view
---@return newsoutline.Span|nil
local function to_source(view, span)
  local from, to = view.page.map:to_source(span)
  if from and to then
    return { from = source_of.position(view.source, from), to = source_of.position(view.source, to) }
  end
end

---@param view newsoutline.Reading
---@return boolean
local function is_fresh(view)
  return view.page ~= nil and view.tick == vim.api.nvim_buf_get_changedtick(view.source)
end

-- The page ------------------------------------------------------------------------------------------------------------

---@param view newsoutline.Reading
local function paint(view)
  vim.api.nvim_buf_clear_namespace(view.buf, namespace, 0, -1)
  for _, mark in ipairs(view.page.marks) do
    local line = view.page.lines[mark.row + 1]
    if mark.group then
      vim.api.nvim_buf_set_extmark(view.buf, namespace, mark.row, mark.from or 0, {
        end_col = mark.to or #line,
        hl_group = mark.group,
        priority = 90, -- below the quotes and names
      })
    end
    if mark.prefix then
      vim.api.nvim_buf_set_extmark(view.buf, namespace, mark.row, 0, {
        virt_text = { { mark.prefix, 'NewsOutlineMarker' } },
        virt_text_pos = 'inline',
        right_gravity = false,
      })
    end
  end
end

--- Builds the page anew from the analysis of the source, which is current.
---@param view newsoutline.Reading
---@param analysis newsoutline.Analysis
local function build(view, analysis)
  local handle = document.handle(view.source)
  if not handle then
    return
  end
  if not view.is_chosen then
    view.is_whole = false
  end
  local options = {
    analysis = analysis,
    blocks = handle:reading(),
    offset = function(position)
      return source_of.offset(view.source, position)
    end,
    is_whole = view.is_whole,
  }
  -- Where the same text is set in another way, the cursors stay on their words.
  local places = {}
  if is_fresh(view) then
    for _, win in ipairs(vim.fn.win_findbuf(view.buf)) do
      local at = jump.position(win)
      places[win] = to_source(view, { from = at, to = at })
    end
  end
  local made = page.build(options)
  -- The analysis says so in its note where all text of the page stands in for an article.
  if not made.has_article or vim.startswith(analysis.note or '', 'No article') then
    if not view.is_chosen then
      view.is_whole, options.is_whole = true, true
    end
    options.note = #options.blocks == 0 and 'There is no text here.'
      or view.is_whole and 'There is no article here. This is all the text of the page.'
      or 'There is no article here; a shows all the text.'
    made = page.build(options)
  end
  view.page, view.analysis, view.page_whole = made, analysis, view.is_whole
  view.tick = vim.api.nvim_buf_get_changedtick(view.source)
  window.write(view.buf, made.lines)
  paint(view)
  for win, span in pairs(places) do
    local place = to_view(view, span)
    if place then
      vim.api.nvim_win_set_cursor(win, jump.cursor(view.buf, place.from))
    end
  end
  local function place(span)
    return to_view(view, span)
  end
  document.put(view.buf, derive.analysis(analysis, place), function()
    return derive.spans(document.sentences(view.source), place)
  end)
  if package.loaded['newsoutline.annotations'] then
    require('newsoutline.annotations.display').paint(view.source)
  end
end

--- Says instead of the page why there is none.
---@param view newsoutline.Reading
---@param problem string
local function show_problem(view, problem)
  view.analysis, view.tick = nil, nil
  window.write(view.buf, { problem })
  vim.api.nvim_buf_clear_namespace(view.buf, namespace, 0, -1)
end

--- Brings the page up to date.
---@param view newsoutline.Reading
---@return boolean
---@return string|nil problem
local function update(view)
  local analysis, problem = document.get(view.source)
  if not analysis then
    show_problem(view, problem --[[@as string]])
    return false, problem
  end
  if analysis ~= view.analysis or not is_fresh(view) or view.page_whole ~= view.is_whole then
    build(view, analysis)
  end
  return true
end

-- Following -----------------------------------------------------------------------------------------------------------

--- Moves the cursor of the other window to where this one's stands, unless it stands there already.
---@param view newsoutline.Reading
---@param is_view boolean the cursor that moved is the view's
local function follow(view, is_view)
  if not view.follow or not is_fresh(view) then
    return
  end
  local other = window.of(is_view and view.source or view.buf)
  if not other or other == vim.api.nvim_get_current_win() then
    return
  end
  local here, there = jump.position(), jump.position(other)
  local target
  if is_view then
    local shown = to_view(view, { from = there, to = there })
    if shown and vim.deep_equal(shown.from, here) then
      return
    end
    target = to_source(view, { from = here, to = here })
  else
    local back = to_source(view, { from = there, to = there })
    if back and vim.deep_equal(back.from, here) then
      return
    end
    target = to_view(view, { from = here, to = here })
  end
  if target then
    window.show(other, target.from)
  end
end

-- Keys ----------------------------------------------------------------------------------------------------------------

--- A window that shows the source; one is made beside the view where there is none.
---@param view newsoutline.Reading
---@return integer win
local function source_window(view)
  local win = window.of(view.source)
  if win then
    return win
  end
  return vim.api.nvim_open_win(view.source, false, { split = 'left', win = 0 })
end

--- Goes to the very place in the source; from Visual mode, selects the same there.
---@param view newsoutline.Reading
function M.jump(view)
  if not update(view) then
    return
  end
  local here = jump.position()
  local span = { from = here, to = here }
  local is_visual = vim.api.nvim_get_mode().mode:match('^[vV\22]') ~= nil
  if is_visual then
    span = jump.selection()
    vim.cmd('normal! \27')
  end
  local target = to_source(view, span)
  if not target then
    message.info('this line does not stand in the article')
    return
  end
  local win = source_window(view)
  vim.api.nvim_set_current_win(win)
  jump.to(win, target.from)
  if is_visual then
    jump.select(target)
  end
end

---@param view newsoutline.Reading
function M.toggle_whole(view)
  view.is_whole, view.is_chosen = not view.is_whole, true
  local ok, problem = update(view)
  if not ok then
    message.warn(problem --[[@as string]])
  end
end

---@param view newsoutline.Reading
function M.toggle_follow(view)
  view.follow = not view.follow
  message.info(view.follow and 'view and source follow each other' or 'view and source stay where they are')
end

---@param view newsoutline.Reading
function M.refresh(view)
  document.refresh(view.source)
  update(view)
end

---@param view newsoutline.Reading
function M.quit(view)
  for _, win in ipairs(vim.fn.win_findbuf(view.buf)) do
    if win ~= vim.api.nvim_get_current_win() then
      window.close(win)
    end
  end
  local source = window.of(view.source)
  if #vim.api.nvim_tabpage_list_wins(0) == 1 and #vim.api.nvim_list_tabpages() == 1 then
    -- Alone on the screen: the article takes its place.
    vim.wo.winfixbuf = false
    vim.api.nvim_win_set_buf(0, view.source)
    return
  end
  window.close(vim.api.nvim_get_current_win())
  if source and vim.api.nvim_win_is_valid(source) then
    vim.api.nvim_set_current_win(source)
  end
end

---@class newsoutline.ReadKey
---@field lhs string
---@field modes string[]
---@field action string name of a function of this module
---@field doc string

--- The keys of the view; the help is written from this list.
---@type newsoutline.ReadKey[]
M.keys = {
  { lhs = '<CR>', modes = { 'n', 'x' }, action = 'jump', doc = 'go to the same place in the source' },
  { lhs = 'a', modes = { 'n' }, action = 'toggle_whole', doc = 'show all the text, or the article alone' },
  {
    lhs = 'p',
    modes = { 'n' },
    action = 'toggle_follow',
    doc = 'view and source follow each other, or no more',
  },
  { lhs = 'R', modes = { 'n' }, action = 'refresh', doc = 'analyse again' },
  { lhs = '?', modes = { 'n' }, action = 'help', doc = 'show these keys' },
  { lhs = 'q', modes = { 'n' }, action = 'quit', doc = 'close' },
}

function M.help()
  local lines = {}
  for _, key in ipairs(M.keys) do
    lines[#lines + 1] = (' %-6s %s '):format(key.lhs, key.doc)
  end
  require('newsoutline.keyhelp').open('Keys of the reading view', lines)
end

---@param view newsoutline.Reading
local function set_keys(view)
  for _, key in ipairs(M.keys) do
    vim.keymap.set(key.modes, key.lhs, function()
      M[key.action](view)
    end, { buffer = view.buf, nowait = true, desc = 'Reading view: ' .. key.doc })
  end
  if config.get().keymaps then
    require('newsoutline.attach').keymap(view.buf)
  end
end

-- Opening and closing -------------------------------------------------------------------------------------------------

---@param view newsoutline.Reading
local function forget(view)
  if readings[view.source] == view then
    readings[view.source] = nil
  end
  origin.set(view.buf, nil)
end

---@param view newsoutline.Reading
local function close(view)
  forget(view)
  if vim.api.nvim_buf_is_valid(view.buf) then
    for _, win in ipairs(vim.fn.win_findbuf(view.buf)) do
      window.close(win, view.source)
    end
    pcall(vim.api.nvim_buf_delete, view.buf, { force = true })
  end
end

local is_watching = false

local function watch()
  if is_watching then
    return
  end
  is_watching = true
  require('newsoutline.own').watch()
  local group = vim.api.nvim_create_augroup('newsoutline.read', {})
  local function on(events, callback, pattern)
    vim.api.nvim_create_autocmd(events, { group = group, pattern = pattern, callback = callback })
  end
  on('User', function(args)
    local view = readings[args.data.buf]
    if view and select(2, document.peek(view.source)) then
      update(view)
    end
  end, 'NewsOutlineUpdate')
  on({ 'CursorMoved', 'CursorMovedI' }, function(args)
    local view = find(args.buf)
    if view then
      follow(view, args.buf == view.buf)
    end
  end)
  on({ 'BufUnload', 'BufDelete', 'BufWipeout' }, function(args)
    local view = find(args.buf)
    if view and view.buf == args.buf and args.event == 'BufWipeout' then
      forget(view)
    elseif view and view.buf == args.buf then
      vim.schedule(function()
        if origin.is_view(view.buf) and vim.api.nvim_buf_is_loaded(view.buf) then
          M.fill(view)
        end
      end)
    elseif view and view.source == args.buf then
      -- `:edit` unloads and loads again.
      vim.schedule(function()
        if not vim.api.nvim_buf_is_loaded(view.source) then
          close(view)
        end
      end)
    end
  end)
  on('BufWinEnter', function(args)
    local view = find(args.buf)
    if view and view.buf == args.buf then
      window.set_options(vim.api.nvim_get_current_win(), source_of.title(view.source))
    end
  end)
end

--- Fills the buffer of a view, which is new or was emptied by `:edit`.
---@param view newsoutline.Reading
---@return boolean
---@return string|nil problem
function M.fill(view)
  document.derive(view.buf, function()
    return update(view)
  end)
  view.analysis = nil
  local name = vim.api.nvim_buf_get_name(view.source)
  window.set_buffer_options(view.buf, name ~= '' and name or tostring(view.source))
  return update(view)
end

--- Makes a buffer the view of an article.
---@param source integer
---@param buf integer
---@return newsoutline.Reading|nil
---@return string|nil problem
local function make(source, buf)
  local view = { source = source, buf = buf, is_whole = false, follow = true }
  readings[source] = view
  origin.set(buf, {
    source = source,
    to_source = function(span)
      return update(view) and to_source(view, span) or nil
    end,
    to_view = function(span)
      return is_fresh(view) and to_view(view, span) or nil
    end,
  })
  watch()
  document.attach(source)
  local ok, problem = M.fill(view)
  if not ok then
    forget(view)
    return nil, problem
  end
  set_keys(view)
  return view
end

--- Opens the reading view of an article, or goes to the one that is open.
---@param buf? integer
---@param mods? table modifiers of the command: where to open it
function M.open(buf, mods)
  buf = (buf == nil or buf == 0) and vim.api.nvim_get_current_buf() or buf --[[@as integer]]
  local source = origin.buffer(buf)
  local analysis, problem = document.get(source)
  if not analysis then
    message.warn(problem --[[@as string]])
    return
  end
  highlight.define()
  local view = readings[source]
  if not view then
    local view_buf = vim.api.nvim_create_buf(false, true)
    view, problem = make(source, view_buf)
    if not view then
      pcall(vim.api.nvim_buf_delete, view_buf, { force = true })
      message.warn(problem --[[@as string]])
      return
    end
  end
  local win = window.of(view.buf)
  if win then
    vim.api.nvim_set_current_win(win)
    return
  end
  local cursor = vim.api.nvim_get_current_buf() == source and jump.position()
  win, problem = window.open(view.buf, mods)
  if not win then
    close(view)
    message.error('the reading view cannot open here: ' .. problem)
    return
  end
  vim.bo[view.buf].filetype = 'newsoutline-read'
  window.set_options(win, source_of.title(source))
  highlight.toggle(view.buf, true)
  local place = cursor and cursor[1] > 0 and to_view(view, { from = cursor, to = cursor })
  if place then
    window.show(win, place.from)
  end
end

--- Closes the reading view of an article.
---@param buf? integer
function M.close(buf)
  buf = (buf == nil or buf == 0) and vim.api.nvim_get_current_buf() or buf --[[@as integer]]
  local view = find(buf)
  if view then
    close(view)
  end
end

--- Makes the empty window that a session brought back a reading view again.
---@param win integer
function M.restore(win)
  local buf = vim.api.nvim_win_get_buf(win)
  if origin.is_view(buf) then
    return -- the event comes once for each buffer
  end
  local path = vim.api.nvim_buf_get_name(buf):sub(#window.scheme + 1)
  local source = path:find('%D') and vim.uv.fs_stat(path) and vim.fn.bufadd(path)
  if not source or readings[source] then
    window.close(win)
    return
  end
  vim.fn.bufload(source)
  if make(source, buf) then
    vim.bo[buf].filetype = 'newsoutline-read'
    window.set_options(win, source_of.title(source))
    highlight.toggle(buf, true)
  else
    window.close(win)
  end
end

return M
