--- A window of ours below the article that lists one thing a line: entities, speakers, annotations are shown in it.
---
--- A panel belongs to a tab page and shows one article. It is drawn anew after each analysis and keeps its cursor on
--- the same row; rows are known by an id. What rows say and what keys do is its owner's.
local cells = require('newsoutline.cells')
local config = require('newsoutline.config')
local document = require('newsoutline.document')
local highlight = require('newsoutline.highlight')
local jump = require('newsoutline.jump')
local message = require('newsoutline.message')

local M = {}

---@class newsoutline.PanelRow
---@field id string
---@field text string
---@field marks { from: integer, to: integer, group: string }[] in bytes
---@field data table what the row is about
local Row = {}
Row.__index = Row

--- An empty row.
---@param id string
---@param data? table
---@return newsoutline.PanelRow
function M.row(id, data)
  return setmetatable({ id = id, text = '', marks = {}, data = data or {} }, Row)
end

--- Appends to a row.
---@param text string
---@param group? string
---@return newsoutline.PanelRow
function Row:add(text, group)
  text = cells.plain(text)
  if group and text ~= '' then
    self.marks[#self.marks + 1] = { from = #self.text, to = #self.text + #text, group = group }
  end
  self.text = self.text .. text
  return self
end

--- Appends a text in a column: cut or filled to a number of cells.
---@param text string
---@param width integer
---@param group? string
---@param right? boolean
---@return newsoutline.PanelRow
function Row:column(text, width, group, right)
  local cells_taken
  text, cells_taken = cells.cut(text, width)
  local fill = (' '):rep(width - cells_taken)
  if right then
    self:add(fill)
  end
  self:add(text, group)
  return right and self or self:add(fill)
end

---@class newsoutline.PanelKey
---@field lhs string|string[]
---@field doc string
---@field action fun(panel: newsoutline.Panel, row: newsoutline.PanelRow)
---@field visual? boolean it works on the selected rows too (Panel:rows_selected)

---@class newsoutline.PanelOwner
---@field kind string 'entities', 'speakers', 'annotations'
---@field title fun(panel: newsoutline.Panel, analysis: newsoutline.Analysis): string
---@field rows fun(panel: newsoutline.Panel, analysis: newsoutline.Analysis): newsoutline.PanelRow[]
---@field state fun(): table what it keeps for an article that it turns to
---@field keys newsoutline.PanelKey[]

---@class newsoutline.Panel
---@field owner newsoutline.PanelOwner
---@field article integer
---@field buf integer
---@field win integer
---@field rows newsoutline.PanelRow[]
---@field state table the owner's
---@field height? integer that it was given; another one is the user's
local Panel = {}
Panel.__index = Panel

local namespace = vim.api.nvim_create_namespace('newsoutline.panel')
local MIN_HEIGHT, MAX_HEIGHT = 5, 15

---@type table<integer, newsoutline.Panel> by buffer
local panels = {}

--- The panel of a kind in the current tab page.
---@param kind string
---@return newsoutline.Panel|nil
local function in_this_tab(kind)
  for _, panel in pairs(panels) do
    if
      panel.owner.kind == kind
      and vim.api.nvim_win_is_valid(panel.win)
      and vim.api.nvim_win_get_tabpage(panel.win) == vim.api.nvim_get_current_tabpage()
    then
      return panel
    end
  end
end

--- Options that a window would take over from the one it is split from.
local window_options = {
  breakindent = false,
  colorcolumn = '',
  conceallevel = 0,
  cursorbind = false,
  cursorcolumn = false,
  cursorline = true,
  diff = false,
  foldcolumn = '0',
  foldenable = false,
  foldexpr = '0',
  foldmethod = 'manual',
  list = false,
  number = false,
  relativenumber = false,
  scrollbind = false,
  signcolumn = 'no',
  spell = false,
  statuscolumn = '',
  winfixbuf = true,
  winfixheight = true,
  wrap = false,
}

--- Whether a window shows something of the user's, and not one of our lists.
---@param win integer
---@return boolean
local function is_users(win)
  return vim.api.nvim_win_get_config(win).relative == ''
    and vim.bo[vim.api.nvim_win_get_buf(win)].filetype ~= 'newsoutline'
end

--- A window of the tab page that shows the article, the one that was left last before others; one is made where there
--- is none.
---@return integer win
function Panel:window()
  local other
  local last = vim.fn.win_getid(vim.fn.winnr('#'))
  if last ~= 0 and vim.api.nvim_win_get_buf(last) == self.article and is_users(last) then
    return last
  end
  for _, win in ipairs(vim.api.nvim_tabpage_list_wins(vim.api.nvim_win_get_tabpage(self.win))) do
    if vim.api.nvim_win_get_buf(win) == self.article and is_users(win) then
      return win
    end
    if
      is_users(win)
      and vim.bo[vim.api.nvim_win_get_buf(win)].buftype == ''
      and not vim.wo[win].winfixbuf
    then
      other = other or win
    end
  end
  if other then
    vim.api.nvim_win_call(other, function()
      vim.cmd.buffer(self.article)
    end)
    return other
  end
  return vim.api.nvim_open_win(self.article, false, { split = 'above', win = self.win })
end

--- Shows a place of the article.
---@param position newsoutline.Position
---@param focus boolean go there, or stay in the panel
function Panel:show(position, focus)
  local win = self:window()
  jump.to(win, position)
  if focus then
    vim.api.nvim_set_current_win(win)
  end
end

--- The rows of the Visual selection, else the row of the cursor.
---@return newsoutline.PanelRow[]
function Panel:rows_selected()
  local a, b = vim.fn.line('v'), vim.fn.line('.')
  if not vim.api.nvim_get_mode().mode:match('^[vV\22]') then
    a = b
  end
  return vim.list_slice(self.rows, math.min(a, b), math.max(a, b))
end

--- Makes room for more rows, unless the user set the height.
function Panel:grow()
  local wanted = math.max(MIN_HEIGHT, math.min(#self.rows + 1, MAX_HEIGHT, math.floor(vim.o.lines / 2)))
  local height = vim.api.nvim_win_get_height(self.win)
  if height == self.height and height < wanted then
    vim.api.nvim_win_set_height(self.win, wanted)
    self.height = vim.api.nvim_win_get_height(self.win)
  end
end

--- Draws the rows; the cursor stays on its row, or moves to a row asked for.
---@param id? string
function Panel:draw(id)
  if not vim.api.nvim_buf_is_valid(self.buf) then
    return
  end
  local has_window = vim.api.nvim_win_is_valid(self.win)
  local line = has_window and vim.api.nvim_win_get_cursor(self.win)[1] or 1
  id = id or self.rows[line] and self.rows[line].id
  local analysis, problem = document.get(self.article)
  self.rows = analysis and self.owner.rows(self, analysis)
    or { M.row('problem'):add(problem or '', 'ErrorMsg') }
  local lines = {}
  for i, row in ipairs(self.rows) do
    lines[i] = row.text:gsub('%s+$', '')
  end
  vim.bo[self.buf].modifiable = true
  vim.api.nvim_buf_set_lines(self.buf, 0, -1, false, lines)
  vim.bo[self.buf].modifiable = false
  vim.api.nvim_buf_clear_namespace(self.buf, namespace, 0, -1)
  for i, row in ipairs(self.rows) do
    for _, mark in ipairs(row.marks) do
      -- The blanks at the end of a row are not in the buffer.
      local to = math.min(mark.to, #lines[i])
      if mark.from < to then
        vim.api.nvim_buf_set_extmark(
          self.buf,
          namespace,
          i - 1,
          mark.from,
          { end_col = to, hl_group = mark.group }
        )
      end
    end
    line = row.id == id and i or line
  end
  if has_window then
    local title = analysis and self.owner.title(self, analysis) or self.owner.kind
    vim.wo[self.win].statusline = ' ' .. self.owner.kind:gsub('^%l', string.upper) .. '%=%l/%L '
    vim.wo[self.win].winbar = (' %s%%<   ? keys'):format((cells.plain(title):gsub('%%', '%%%%')))
    vim.api.nvim_win_set_cursor(self.win, { math.max(1, math.min(line, #lines)), 0 })
    self:grow()
  end
end

--- Shows another article.
---@param article integer
---@param state table
function Panel:turn_to(article, state)
  self.article, self.state = article, state
  vim.b[self.buf].newsoutline_article = article
  document.attach(article)
  self:draw()
end

function Panel:close()
  if vim.api.nvim_win_is_valid(self.win) then
    -- The last window of the editor cannot be closed: it gets the article back.
    if not pcall(vim.api.nvim_win_close, self.win, true) then
      vim.wo[self.win].winfixbuf = false
      vim.wo[self.win].winfixheight = false
      vim.wo[self.win].winbar = ''
      vim.wo[self.win].statusline = ''
      if vim.api.nvim_buf_is_loaded(self.article) then
        vim.api.nvim_win_set_buf(self.win, self.article)
      else
        vim.api.nvim_win_call(self.win, vim.cmd.enew)
      end
    end
  end
end

--- The keys, in a float.
function Panel:help()
  local lines = {}
  for _, key in ipairs(self.owner.keys) do
    local lhs = type(key.lhs) == 'table' and table.concat(key.lhs --[[@as string[] ]], ' ') or key.lhs
    lines[#lines + 1] = (' %-10s %s '):format(lhs, key.doc)
  end
  require('newsoutline.keyhelp').open('Keys', lines)
end

--- Keys that every panel has.
---@type newsoutline.PanelKey[]
local common = {
  {
    lhs = 'R',
    doc = 'analyse the article again',
    action = function(panel)
      document.refresh(panel.article)
    end,
  },
  {
    lhs = 'q',
    doc = 'close',
    action = function(panel)
      panel:close()
    end,
  },
  {
    lhs = { '?', 'g?' },
    doc = 'these keys',
    action = function(panel)
      panel:help()
    end,
  },
}

---@param panel newsoutline.Panel
local function set_keys(panel)
  for _, key in ipairs(panel.owner.keys) do
    for _, lhs in ipairs(type(key.lhs) == 'table' and key.lhs or { key.lhs }) do
      vim.keymap.set(key.visual and { 'n', 'x' } or 'n', lhs, function()
        local row = panel.rows[vim.fn.line('.')]
        if row then
          key.action(panel, row)
        end
      end, { buffer = panel.buf, nowait = true, desc = 'newsoutline: ' .. key.doc })
    end
  end
end

---@param tab integer
---@return integer[] wins of the user's in a tab page
local function users_windows(tab)
  return vim.tbl_filter(is_users, vim.api.nvim_tabpage_list_wins(tab))
end

--- The panels of a tab page.
---@param tab integer
---@return newsoutline.Panel[]
local function panels_of(tab)
  local found = {}
  for _, panel in pairs(panels) do
    if vim.api.nvim_win_is_valid(panel.win) and vim.api.nvim_win_get_tabpage(panel.win) == tab then
      found[#found + 1] = panel
    end
  end
  return found
end

--- A panel follows the article that is edited beside it.
local function on_enter()
  local win = vim.api.nvim_get_current_win()
  local buf = vim.api.nvim_win_get_buf(win)
  if not is_users(win) or vim.bo[buf].buftype ~= '' then
    return
  end
  for _, panel in ipairs(panels_of(vim.api.nvim_get_current_tabpage())) do
    local is_article = document.peek(buf) ~= nil
      or vim.tbl_contains(config.get().filetypes, vim.bo[buf].filetype) and document.is_automatic(buf)
    if panel.article ~= buf and is_article and document.get(buf) then
      panel:turn_to(buf, panel.owner.state())
    end
  end
end

--- Puts in order what a command did to windows and buffers.
local function tidy()
  for _, panel in pairs(panels) do
    if vim.api.nvim_win_is_valid(panel.win) then
      if
        not vim.api.nvim_buf_is_loaded(panel.article)
        or #users_windows(vim.api.nvim_win_get_tabpage(panel.win)) == 0
      then
        panel:close()
      end
    end
  end
end

--- `:q` in the last window of the user's quits, as if there were no panel.
local function on_quit()
  local win, tab = vim.api.nvim_get_current_win(), vim.api.nvim_get_current_tabpage()
  if not vim.deep_equal(users_windows(tab), { win }) then
    return
  end
  local closed = panels_of(tab)
  for _, panel in ipairs(closed) do
    vim.api.nvim_win_close(panel.win, true)
  end
  vim.schedule(function()
    -- Still there: the quit was refused, a change is not written.
    if vim.api.nvim_win_is_valid(win) and vim.api.nvim_get_current_win() == win then
      for _, panel in ipairs(closed) do
        M.open(panel.owner, panel.article, panel.state)
        vim.api.nvim_set_current_win(win)
      end
    end
  end)
end

local is_watching = false

local function watch()
  if is_watching then
    return
  end
  is_watching = true
  require('newsoutline.own').watch()
  local group = vim.api.nvim_create_augroup('newsoutline.panel', {})
  local function on(events, callback, pattern)
    vim.api.nvim_create_autocmd(events, { group = group, pattern = pattern, callback = callback })
  end
  on('User', function(args)
    -- An analysis that is late already is followed by another one.
    local _, is_current = document.peek(args.data.buf)
    for _, panel in pairs(panels) do
      if panel.article == args.data.buf and is_current then
        panel:draw()
      end
    end
  end, 'NewsOutlineUpdate')
  on('User', function(args)
    for _, panel in pairs(panels) do
      if panel.article == args.data.buf and panel.owner.kind == 'annotations' then
        panel:draw()
      end
    end
  end, 'NewsOutlineAnnotations')
  on('BufWipeout', function(args)
    panels[args.buf] = nil
  end)
  on({ 'WinEnter', 'BufEnter' }, vim.schedule_wrap(on_enter))
  on({ 'WinClosed', 'BufDelete', 'BufUnload' }, vim.schedule_wrap(tidy))
  on('QuitPre', on_quit)
end

--- Moves from a panel to the window of its article.
function M.go_to_article()
  local panel = panels[vim.api.nvim_get_current_buf()]
  if panel then
    vim.api.nvim_set_current_win(panel:window())
  end
end

--- Puts a panel in the place of the empty window that a session brought back.
---@param win integer
---@param kind string
function M.restore(win, kind)
  local buf = vim.api.nvim_win_get_buf(win)
  local current = vim.api.nvim_get_current_win()
  local article
  for _, other in ipairs(vim.api.nvim_tabpage_list_wins(vim.api.nvim_win_get_tabpage(win))) do
    local shown = vim.api.nvim_win_get_buf(other)
    local is_ours = vim.api.nvim_buf_get_name(shown):find('^newsoutline://') ~= nil
    if other ~= win and is_users(other) and not is_ours and vim.bo[shown].buftype == '' then
      article = article or other
    end
  end
  if article then
    vim.api.nvim_win_close(win, true)
    vim.api.nvim_win_call(article, function()
      require('newsoutline.' .. (kind == 'annotations' and 'annotations.window' or kind)).list()
    end)
  end
  if vim.api.nvim_win_is_valid(current) then
    vim.api.nvim_set_current_win(current)
  end
  pcall(vim.api.nvim_buf_delete, buf, { force = true })
end

--- Opens the panel of a kind for an article, or turns the one that is open in this tab page to it.
---@param owner newsoutline.PanelOwner
---@param article integer
---@param state table
---@return newsoutline.Panel|nil
function M.open(owner, article, state)
  local analysis, problem = document.get(article)
  if not analysis then
    message.error(problem --[[@as string]])
    return nil
  end
  highlight.define()
  document.attach(article)
  watch()
  local panel = in_this_tab(owner.kind)
  if panel then
    panel:turn_to(article, state)
    vim.api.nvim_set_current_win(panel.win)
  else
    local buf = vim.api.nvim_create_buf(false, true)
    vim.api.nvim_buf_set_name(buf, ('newsoutline://%s/%d'):format(owner.kind, buf))
    vim.bo[buf].buftype = 'nofile'
    vim.bo[buf].bufhidden = 'wipe'
    vim.bo[buf].swapfile = false
    vim.bo[buf].undolevels = -1
    panel =
      setmetatable({ owner = owner, article = article, buf = buf, win = -1, rows = {}, state = state }, Panel)
    panels[buf] = panel
    if not owner.complete then
      vim.list_extend(owner.keys, common)
      owner.complete = true
    end
    panel.win = vim.api.nvim_open_win(buf, true, { split = 'below', win = -1, height = MIN_HEIGHT })
    panel.height = vim.api.nvim_win_get_height(panel.win)
    vim.bo[buf].filetype = 'newsoutline'
    local fillchars = require('newsoutline.own').fillchars()
    vim.api.nvim_set_option_value('fillchars', fillchars, { scope = 'local', win = panel.win })
    for name, value in pairs(window_options) do
      vim.api.nvim_set_option_value(name, value, { scope = 'local', win = panel.win })
    end
    set_keys(panel)
    panel:draw()
  end
  vim.b[panel.buf].newsoutline_article = article
  return panel
end

return M
