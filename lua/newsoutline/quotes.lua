--- The quotes of an article as a quickfix or location list, speaker first.
---
--- A filter is a row of words: `kind=direct,mixed`, `cue=said`, `speaker=Putin`, `text=border`; values with blanks
--- stand in double quotes. Bare words are a speaker where one has such a name, else they are searched in the quotes.
local cells = require('newsoutline.cells')
local config = require('newsoutline.config')
local document = require('newsoutline.document')
local lookup = require('newsoutline.lookup')
local message = require('newsoutline.message')

local M = {}

--- What stands in the place of a name where the article does not say who speaks.
M.unknown = 'unknown'

---@class newsoutline.QuoteFilter
---@field kind? table<string, true>
---@field cue? string in lower case
---@field speaker? string in lower case
---@field text? string in lower case
---@field words? string bare words, in lower case

M.kinds = { 'direct', 'mixed', 'indirect', 'term' }

--- Reads a filter as it is typed.
---@param args string
---@return newsoutline.QuoteFilter|nil
---@return string|nil problem
function M.parse_filter(args)
  local filter, bare = {}, {}
  local at = 1
  while true do
    at = args:find('%S', at)
    if not at then
      break
    end
    local key, value, stop = args:match('^(%a+)="([^"]*)"()', at)
    if not key then
      key, value, stop = args:match('^(%a+)=(%S*)()', at)
    end
    if key == 'kind' then
      filter.kind = {}
      for kind in value:gmatch('[^,]+') do
        if not vim.tbl_contains(M.kinds, kind) then
          return nil, ('there is no kind of quote "%s": %s'):format(kind, table.concat(M.kinds, ', '))
        end
        filter.kind[kind] = true
      end
    elseif key == 'cue' or key == 'speaker' or key == 'text' then
      filter[key] = vim.fn.tolower(value)
    elseif key then
      return nil, ('quotes cannot be filtered by "%s": kind, cue, speaker or text'):format(key)
    else
      local word
      word, stop = args:match('^"([^"]*)"()', at)
      if not word then
        word, stop = args:match('^(%S+)()', at)
      end
      bare[#bare + 1] = word
    end
    at = stop
  end
  if #bare > 0 then
    filter.words = vim.fn.tolower(table.concat(bare, ' '))
  end
  return filter
end

---@param text string
---@param part string in lower case
---@return boolean
local function has(text, part)
  return vim.fn.tolower(text):find(part, 1, true) ~= nil
end

--- Whether a speaker goes by a name, or a part of one.
---@param analysis newsoutline.Analysis
---@param quote newsoutline.Quote
---@param name string in lower case
---@return boolean
local function is_said_by(analysis, quote, name)
  if not quote.speaker then
    return name == M.unknown and quote.kind ~= 'term'
  end
  if has(quote.speaker.name, name) then
    return true
  end
  for _, index in ipairs(quote.speaker.entities) do
    local entity = analysis.entities[index + 1]
    for _, known in ipairs(entity and lookup.names(entity) or {}) do
      if known:find(name, 1, true) then
        return true
      end
    end
  end
  return false
end

--- The indices of the quotes that pass a filter.
---@param analysis newsoutline.Analysis
---@param filter newsoutline.QuoteFilter
---@return integer[]
function M.select(analysis, filter)
  local words, by_name = filter.words, false
  for _, quote in ipairs(words and analysis.quotes or {}) do
    by_name = by_name or is_said_by(analysis, quote, words --[[@as string]])
  end
  local kinds = filter.kind
  if not kinds then
    kinds = {}
    for _, kind in ipairs(config.get().quotes.kinds) do
      kinds[kind] = true
    end
  end
  local passed = {}
  for i, quote in ipairs(analysis.quotes) do
    if
      kinds[quote.kind]
      and (not filter.cue or quote.cue and has(quote.cue.text, filter.cue))
      and (not filter.speaker or is_said_by(analysis, quote, filter.speaker))
      and (not filter.text or has(quote.text, filter.text))
      and (
        not words
        or by_name and is_said_by(analysis, quote, words)
        or not by_name and has(quote.text, words)
      )
    then
      passed[#passed + 1] = i
    end
  end
  return passed
end

--- The speaker as it is shown.
---@param quote newsoutline.Quote
---@return string
function M.speaker(quote)
  if quote.speaker then
    return quote.speaker.name
  end
  return quote.kind == 'term' and '(term)' or M.unknown
end

--- An entry of a quickfix list, which alone counts from 1.
---@param buf integer
---@param quote newsoutline.Quote
---@param index integer
---@return table
local function entry_of(buf, quote, index)
  return {
    bufnr = buf,
    lnum = quote.from[1] + 1,
    col = quote.from[2] + 1,
    end_lnum = quote.to[1] + 1,
    end_col = quote.to[2] + 1,
    type = quote.kind:sub(1, 1):upper(),
    text = ('%s: %s'):format(M.speaker(quote), quote.text),
    user_data = { quote = index, speaker = M.speaker(quote), text = quote.text, kind = quote.kind },
    valid = 1,
  }
end

--- The greatest width of the column of speakers; a longer name is cut.
local SPEAKER_WIDTH = 28

--- 'quickfixtextfunc': speaker, line, words; the bars let the usual syntax of quickfix windows colour the columns.
---@param info { quickfix: integer, winid: integer, id: integer, start_idx: integer, end_idx: integer }
---@return string[]
function M.textfunc(info)
  local what = { id = info.id, items = true }
  local items = info.quickfix == 1 and vim.fn.getqflist(what).items
    or vim.fn.getloclist(info.winid, what).items
  --- The speaker of an entry; what somebody added to the list has none.
  local function speaker_of(item)
    return type(item.user_data) == 'table' and item.user_data.speaker
  end
  local width, digits = 0, 1
  for _, item in ipairs(items) do
    width = math.max(width, vim.api.nvim_strwidth(speaker_of(item) or '') + 1)
    digits = math.max(digits, #tostring(item.lnum))
  end
  width = math.min(width, SPEAKER_WIDTH)
  local lines = {}
  for i = info.start_idx, info.end_idx do
    local item = items[i]
    local speaker = speaker_of(item)
    local first = speaker and speaker .. ':' or vim.fn.fnamemodify(vim.fn.bufname(item.bufnr), ':t')
    local text = speaker and item.user_data.text or item.text
    lines[#lines + 1] = ('%s |%' .. digits .. 'd| %s'):format(
      cells.fill(first, width),
      item.lnum,
      cells.plain(text)
    )
  end
  return lines
end

---@param buf integer
---@return string
local function name_of(buf)
  local name = vim.api.nvim_buf_get_name(buf)
  return name == '' and '[No Name]' or vim.fn.fnamemodify(name, ':t')
end

--- Where the list that is refreshed stood: the same quote, else the one at its place.
---@param entries table[]
---@param old { items: table[], idx: integer }
---@return integer
local function place_of(entries, old)
  local item = old.items[old.idx]
  local best = 1
  for i, entry in ipairs(entries) do
    if item and entry.lnum <= item.lnum then
      best = i
    end
    local data = item and item.user_data
    if type(data) == 'table' and entry.lnum == item.lnum and entry.user_data.text == data.text then
      return i
    end
  end
  return best
end

--- Lines of the window of the list; Neovim's own default is the most.
local MIN_HEIGHT, MAX_HEIGHT = 3, 10

---@class newsoutline.QuotesOptions
---@field filter? string as typed after :NewsQuotes
---@field loclist? boolean the location list of the window instead of the quickfix list
---@field open? boolean open the window of the list (default), else fill the list only

--- Lists the quotes of the current buffer. A list of the same article that is there already is refreshed and keeps its
--- place.
---@param options? newsoutline.QuotesOptions
---@return integer|nil n how many were listed
function M.list(options)
  options = options or {}
  local buf, win = vim.api.nvim_get_current_buf(), vim.api.nvim_get_current_win()
  local analysis, problem = document.get(buf)
  local filter
  if analysis then
    filter, problem = M.parse_filter(options.filter or '')
  end
  if not analysis or not filter then
    message.error(problem --[[@as string]])
    return nil
  end
  local entries = {}
  for _, index in ipairs(M.select(analysis, filter)) do
    entries[#entries + 1] = entry_of(buf, analysis.quotes[index], index)
  end
  local typed = vim.trim(options.filter or '')
  if #entries == 0 and typed ~= '' then
    message.info(('%s has no quotes that fit "%s"'):format(name_of(buf), typed))
    return 0
  elseif #entries == 0 then
    message.info(('no quotes were found in %s'):format(name_of(buf)))
    return 0
  end
  local function get(what)
    return options.loclist and vim.fn.getloclist(win, what) or vim.fn.getqflist(what)
  end
  local function set(action, what)
    if options.loclist then
      vim.fn.setloclist(win, {}, action, what)
    else
      vim.fn.setqflist({}, action, what)
    end
  end
  local old = get({ context = true, items = true, idx = 0 })
  local ours = type(old.context) == 'table' and old.context.newsoutline
  local same = type(ours) == 'table' and ours.list == 'quotes' and ours.buf == buf and ours.filter == typed
  set(same and 'r' or ' ', {
    title = ('Quotes of %s%s (%d)'):format(name_of(buf), typed ~= '' and ': ' .. typed or '', #entries),
    items = entries,
    idx = same and place_of(entries, old) or 1,
    context = { newsoutline = { list = 'quotes', buf = buf, filter = typed } },
    quickfixtextfunc = "v:lua.require'newsoutline.quotes'.textfunc",
  })
  if options.open ~= false then
    vim.cmd(
      (options.loclist and 'lopen ' or 'botright copen ')
        .. math.max(MIN_HEIGHT, math.min(#entries, MAX_HEIGHT))
    )
  end
  return #entries
end

--- Completes the word under the cursor of `:NewsQuotes …`.
---@param lead string the word so far
---@param before string the words of the filter before it
---@param buf? integer
---@return string[]
function M.complete(lead, before, buf)
  local analysis = document.get(buf)
  if not analysis then
    return {}
  end
  local found, seen = {}, {}
  local function offer(word)
    if not seen[word] and vim.startswith(vim.fn.tolower(word), vim.fn.tolower(lead)) then
      seen[word] = true
      found[#found + 1] = word
    end
  end
  local key = lead:match('^(%a+)=')
  if key == 'kind' then
    for _, kind in ipairs(M.kinds) do
      offer('kind=' .. kind)
    end
    return found
  elseif key == 'cue' then
    for _, quote in ipairs(analysis.quotes) do
      if quote.cue and quote.cue.text:find('^%S*%w%S*$') then
        offer('cue=' .. vim.fn.tolower(quote.cue.text))
      end
    end
    table.sort(found)
    return found
  elseif key == 'speaker' then
    for _, quote in ipairs(analysis.quotes) do
      local name = quote.speaker and quote.speaker.name
      offer(
        name and ('speaker=' .. (name:find('%s') and '"' .. name .. '"' or name)) or 'speaker=' .. M.unknown
      )
    end
    return found
  end
  -- A name of several words is completed word by word, since the command line replaces one word only.
  local start = vim.fn.tolower((before:gsub('%a+=%S*', ''):gsub('^%s+', ''):gsub('%s+', ' ')))
  for _, quote in ipairs(analysis.quotes) do
    for name in (quote.speaker and quote.speaker.name or ''):gmatch('[^;]+') do
      name = vim.trim(name)
      if vim.startswith(vim.fn.tolower(name), start) then
        offer(name:sub(#start + 1))
      end
    end
  end
  table.sort(found)
  for _, word in ipairs({ 'kind=', 'cue=', 'speaker=', 'text=' }) do
    offer(word)
  end
  return found
end

return M
