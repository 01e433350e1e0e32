--- The outline: one window a tab page that shows the sections, quotes and entities of an article, and stays in step.
---
--- An outline is found by where its window is, not by a number kept aside, so that moving, closing or restoring
--- windows by any command leaves nothing behind. Whatever happens to windows ends in `tidy`.
local config = require('newsoutline.config')
local display = require('newsoutline.outline.display')
local document = require('newsoutline.document')
local message = require('newsoutline.message')
local origin = require('newsoutline.origin')
local render = require('newsoutline.outline.render')
local tree = require('newsoutline.outline.tree')
local window = require('newsoutline.outline.window')

local M = {}

---@class newsoutline.Outline
---@field win integer
---@field buf integer
---@field position 'left'|'right'|'float'
---@field article integer buffer
---@field article_win integer the window that jumps go to
---@field analysis? newsoutline.Analysis what the tree was made from
---@field view newsoutline.View
---@field rows newsoutline.Row[]
---@field row_of table<string, integer> by a node's key
---@field follow boolean the outline follows the cursor of the article
---@field preview boolean the article follows the cursor of the outline

---@type newsoutline.Outline[]
local outlines = {}

--- The outline of a tab page.
---@param tab? integer
---@return newsoutline.Outline|nil
function M.find(tab)
  tab = (tab == nil or tab == 0) and vim.api.nvim_get_current_tabpage() or tab
  for _, outline in ipairs(outlines) do
    local win = outline.win
    if
      vim.api.nvim_win_is_valid(win)
      and vim.api.nvim_win_get_tabpage(win) == tab
      and vim.api.nvim_win_get_buf(win) == outline.buf
    then
      return outline
    end
  end
end

--- The article of this tab page's outline.
---@return integer|nil buf
function M.article()
  local outline = M.find()
  return outline and outline.article
end

---@param outline newsoutline.Outline
---@return integer[] wins that files are edited in, in the outline's tab page
local function normal_windows(outline)
  local tab = vim.api.nvim_win_get_tabpage(outline.win)
  return vim.tbl_filter(window.is_normal, vim.api.nvim_tabpage_list_wins(tab))
end

--- The window to show the article in: the last one that did, any that does, any that may; -1 where there is none.
---@param outline newsoutline.Outline
---@return integer win
function M.article_window(outline)
  local wins = normal_windows(outline)
  local function shows(win)
    return vim.api.nvim_win_get_buf(win) == outline.article
  end
  if vim.tbl_contains(wins, outline.article_win) and shows(outline.article_win) then
    return outline.article_win
  end
  for _, win in ipairs(wins) do
    if shows(win) then
      return win
    end
  end
  for _, win in ipairs(wins) do
    if vim.bo[vim.api.nvim_win_get_buf(win)].buftype == '' and not vim.wo[win].winfixbuf then
      return win
    end
  end
  return -1
end

--- Moves into the article's window; makes one where there is none.
---@return integer|nil win
function M.go_to_article()
  local outline = M.find()
  if not outline then
    return nil
  end
  local win = M.article_window(outline)
  if win == -1 then
    local side = outline.position == 'left' and 'right' or 'left'
    win = vim.api.nvim_open_win(outline.article, true, { split = side, win = outline.win })
    vim.api.nvim_win_set_width(outline.win, config.get().outline.width)
  else
    vim.api.nvim_set_current_win(win)
    if vim.api.nvim_win_get_buf(win) ~= outline.article then
      vim.api.nvim_win_set_buf(win, outline.article)
    end
  end
  outline.article_win = win
  return win
end

--- The tree of an outline's article with the counts of its annotations.
---@param outline newsoutline.Outline
---@param analysis newsoutline.Analysis
---@return newsoutline.Tree
local function build(outline, analysis)
  local notes = package.loaded['newsoutline.annotations']
    and require('newsoutline.annotations.listing').places(outline.article)
  return tree.build(analysis, config.get(), notes or nil)
end

--- Shows the latest analysis.
---@param outline newsoutline.Outline
---@param problem? string
local function update(outline, problem)
  local analysis = document.peek_outline(outline.article)
  if analysis and analysis == outline.analysis then
    return
  end
  -- Until the quotes and entities are there too, what to unfold is not decided.
  local before = outline.analysis
  local is_first = not before or #before.quotes + #before.entities == 0 and not outline.view.is_chosen
  outline.analysis = analysis
  outline.view.tree = analysis and build(outline, analysis)
  outline.view.message = problem
  if analysis and is_first then
    display.choose_open_kinds(outline)
  end
  display.draw(outline)
  M.follow(outline)
end

-- Staying in step ------------------------------------------------------------------------------------------------

--- Puts the outline's cursor where the article's is.
---@param outline newsoutline.Outline
function M.follow(outline)
  local win = outline.article_win
  if
    not outline.follow
    or not outline.view.tree
    or vim.api.nvim_get_current_win() == outline.win
    or not vim.api.nvim_win_is_valid(win)
    or vim.api.nvim_win_get_buf(win) ~= outline.article
  then
    return
  end
  local cursor = vim.api.nvim_win_get_cursor(win)
  local row = display.row_of(outline, tree.at(outline.view.tree, { cursor[1] - 1, cursor[2] })) or 1
  if vim.api.nvim_win_get_cursor(outline.win)[1] ~= row then
    vim.api.nvim_win_set_cursor(outline.win, { row, 0 })
  end
end

---@param outline newsoutline.Outline
---@param buf integer
---@param win integer
local function show_article(outline, buf, win)
  local is_other = origin.buffer(buf) ~= origin.buffer(outline.article)
  outline.article, outline.article_win = buf, win
  if is_other then -- between an article and its reading view, all stays as it is
    outline.analysis, outline.view.tree = nil, nil
    outline.view.open, outline.view.filter, outline.view.is_chosen = {}, '', false
  end
  document.attach(buf)
  local problem
  if document.is_automatic(buf) then
    local _, text = document.get_outline(buf)
    problem = text
  else
    problem = 'This article is large: press R to analyse it.'
  end
  update(outline, problem)
end

---@param buf integer
---@return boolean
local function is_article(buf)
  if document.peek(buf) then
    return true
  end
  return vim.tbl_contains(config.get().filetypes, vim.bo[buf].filetype) and vim.bo[buf].buftype == ''
end

--- The current window may show another article now.
local function on_enter()
  local outline = M.find()
  local win = vim.api.nvim_get_current_win()
  if not outline or not window.is_normal(win) then
    return
  end
  local buf = vim.api.nvim_win_get_buf(win)
  if buf == outline.article then
    outline.article_win = win
    M.follow(outline)
  elseif is_article(buf) then
    show_article(outline, buf, win)
  end
end

--- The outline was moved to another tab page, or split and closed: it goes on in the window that there is.
---@param outline newsoutline.Outline
local function adopt(outline)
  if vim.api.nvim_win_is_valid(outline.win) or not vim.api.nvim_buf_is_valid(outline.buf) then
    return
  end
  local win = vim.fn.win_findbuf(outline.buf)[1]
  if win then
    outline.win = win
    if vim.api.nvim_win_get_config(win).relative == '' and outline.position == 'float' then
      outline.position = 'right'
    end
  end
end

--- Puts in order what a command did to windows and buffers.
local function tidy()
  for i = #outlines, 1, -1 do
    local outline = outlines[i]
    adopt(outline)
    if not vim.api.nvim_win_is_valid(outline.win) or not vim.api.nvim_buf_is_valid(outline.buf) then
      render.colour(outline.buf, nil)
      table.remove(outlines, i)
    else
      local wins = normal_windows(outline)
      local is_loaded = vim.api.nvim_buf_is_loaded(outline.article)
      if #wins == 0 and #vim.api.nvim_list_tabpages() > 1 then
        window.close(outline.win)
      elseif #wins == 0 then
        window.give_away(outline.win, is_loaded and outline.article or window.fallback_buffer())
      elseif not is_loaded then
        local win = vim.tbl_contains(wins, vim.api.nvim_get_current_win()) and vim.api.nvim_get_current_win()
          or wins[1]
        local buf = vim.api.nvim_win_get_buf(win)
        if is_article(buf) then
          show_article(outline, buf, win)
        else
          window.close(outline.win)
        end
      end
    end
  end
end

--- `:q` in the last window beside the outline quits the editor, as it would without an outline.
local function on_quit()
  local outline = M.find()
  local win = vim.api.nvim_get_current_win()
  if not outline or outline.win == win or not vim.deep_equal(normal_windows(outline), { win }) then
    return
  end
  window.close(outline.win)
  vim.schedule(function()
    tidy()
    -- Still there: the quit was refused, a change is not written.
    if vim.api.nvim_win_is_valid(win) and vim.api.nvim_get_current_win() == win and not M.find() then
      M.open(outline.article, { position = outline.position, focus = false, restore = outline })
    end
  end)
end

local function watch()
  require('newsoutline.own').watch()
  local group = vim.api.nvim_create_augroup('newsoutline.outline', {})
  local function on(events, pattern, callback)
    vim.api.nvim_create_autocmd(events, { group = group, pattern = pattern, callback = callback })
  end
  on('User', 'NewsOutlineUpdate', function(args)
    for _, outline in ipairs(outlines) do
      if outline.article == args.data.buf and vim.api.nvim_win_is_valid(outline.win) then
        local _, is_current = document.peek(outline.article)
        local problem = is_current and select(2, document.get(outline.article)) or nil
        update(outline, problem)
      end
    end
  end)
  on('User', 'NewsOutlineAnnotations', function(args)
    for _, outline in ipairs(outlines) do
      local is_shown = outline.article == args.data.buf and vim.api.nvim_win_is_valid(outline.win)
      if is_shown and outline.analysis then
        outline.view.tree = build(outline, outline.analysis)
        display.draw(outline)
      end
    end
  end)
  on({ 'CursorMoved', 'CursorMovedI' }, '*', function(args)
    local outline = M.find()
    if outline and args.buf == outline.article then
      local win = vim.api.nvim_get_current_win()
      if window.is_normal(win) then
        outline.article_win = win
        M.follow(outline)
      end
    elseif outline and args.buf == outline.buf and outline.preview then
      require('newsoutline.outline.action').preview(outline)
    end
  end)
  on({ 'WinEnter', 'BufEnter' }, '*', vim.schedule_wrap(on_enter))
  on({ 'WinClosed', 'TabClosed', 'BufUnload' }, '*', vim.schedule_wrap(tidy))
  on('QuitPre', '*', on_quit)
  on({ 'WinResized', 'VimResized' }, '*', function(args)
    for _, outline in ipairs(outlines) do
      if vim.api.nvim_win_is_valid(outline.win) then
        if args.event == 'VimResized' then
          window.resize(outline.win)
        end
        if vim.api.nvim_win_get_width(outline.win) ~= outline.view.width then
          display.draw(outline)
        end
      end
    end
  end)
end

-- Opening and closing --------------------------------------------------------------------------------------------

---@class newsoutline.OpenOptions
---@field position? 'left'|'right'|'float'
---@field focus? boolean
---@field restore? newsoutline.Outline an outline that was closed for a moment

--- Opens the outline of an article in this tab page, or shows the article in the one that is open.
---@param buf? integer
---@param options? newsoutline.OpenOptions
function M.open(buf, options)
  buf = (buf == nil or buf == 0) and vim.api.nvim_get_current_buf() or buf --[[@as integer]]
  options = options or {}
  local settings = config.get().outline
  local position = options.position or settings.position
  if not vim.tbl_contains({ 'left', 'right', 'float' }, position) then
    message.error('the outline opens left, right or float, not ' .. tostring(position))
    return
  end
  local focus = options.focus
  if focus == nil then
    focus = settings.focus
  end
  local outline = M.find()
  if outline and options.position and options.position ~= outline.position then
    M.close()
    outline = nil
  end
  if not outline then
    local analysis, problem, code = document.get_outline(buf)
    if not analysis and code ~= 'busy' then
      message.warn(problem --[[@as string]])
      return
    end
    local article_win = vim.api.nvim_get_current_win()
    local outline_buf = window.make_buffer()
    require('newsoutline.highlight').define()
    local ok, win = pcall(window.open, outline_buf, position, focus)
    if not ok then
      pcall(vim.api.nvim_buf_delete, outline_buf, { force = true })
      message.error('the outline cannot open here: ' .. tostring(win):gsub('^.-(E%d+:)', '%1'))
      return
    end
    local before = options.restore
    outline = {
      win = win,
      buf = outline_buf,
      position = position,
      article = buf,
      article_win = article_win,
      view = before and before.view or { open = {}, open_kinds = {}, filter = '', width = 0 },
      rows = {},
      row_of = {},
      follow = before and before.follow or not before and settings.follow,
      preview = before and before.preview or not before and settings.preview,
    }
    outlines[#outlines + 1] = outline
    watch()
    require('newsoutline.outline.action').set_keys(outline)
    document.attach(buf)
    update(outline, problem)
  elseif outline.article ~= buf then
    show_article(outline, buf, vim.api.nvim_get_current_win())
  end
  if focus then
    vim.api.nvim_set_current_win(outline.win)
  end
end

--- Closes the outline of this tab page.
function M.close()
  local outline = M.find()
  if not outline then
    return
  end
  if vim.api.nvim_get_current_win() == outline.win then
    local win = M.article_window(outline)
    if win ~= -1 then
      vim.api.nvim_set_current_win(win)
    end
  end
  for _, win in ipairs(vim.fn.win_findbuf(outline.buf)) do
    if win ~= outline.win then
      pcall(vim.api.nvim_win_close, win, true)
    end
  end
  window.close(outline.win)
  tidy()
end

---@param buf? integer
---@param options? newsoutline.OpenOptions
function M.toggle(buf, options)
  local outline = M.find()
  if outline and (not options or not options.position or options.position == outline.position) then
    M.close()
  else
    M.open(buf, options)
  end
end

--- Analyses the article again and shows it.
---@param outline newsoutline.Outline
function M.refresh(outline)
  document.invalidate(outline.article)
  local _, problem = document.get_outline(outline.article)
  update(outline, problem)
end

--- After a session was restored: its outlines are empty windows now, and become outlines again.
function M.restore()
  local here = vim.api.nvim_get_current_win()
  for _, tab in ipairs(vim.api.nvim_list_tabpages()) do
    local article_win, leftovers = nil, {}
    for _, win in ipairs(vim.api.nvim_tabpage_list_wins(tab)) do
      local buf = vim.api.nvim_win_get_buf(win)
      if
        vim.startswith(vim.api.nvim_buf_get_name(buf), window.scheme)
        and vim.bo[buf].filetype ~= 'newsoutline'
      then
        leftovers[#leftovers + 1] = win
      elseif is_article(buf) and (not article_win or win == here) then
        article_win = win
      end
    end
    for _, win in ipairs(leftovers) do
      local buf = vim.api.nvim_win_get_buf(win)
      window.close(win)
      pcall(vim.api.nvim_buf_delete, buf, { force = true })
    end
    if #leftovers > 0 and article_win then
      vim.api.nvim_set_current_win(article_win)
      M.open(vim.api.nvim_win_get_buf(article_win), { focus = false })
    end
  end
  if vim.api.nvim_win_is_valid(here) then
    vim.api.nvim_set_current_win(here)
  end
end

return M
