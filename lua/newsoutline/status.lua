--- Short texts for a status line or a winbar: counts of the article, and where in it the cursor stands.
---
--- Both read the last analysis and never parse, since they run at every redraw; before the first analysis they are
--- empty.
local document = require('newsoutline.document')
local lookup = require('newsoutline.lookup')

local M = {}

---@param n integer
---@param word string
---@return string
local function count(n, word)
  return ('%d %s%s'):format(n, word, n == 1 and '' or 's')
end

---@type table<newsoutline.Analysis, string>
local texts = setmetatable({}, { __mode = 'k' })

--- "22 quotes · 2 speakers · 14 entities"; says so where the article is not in English, and where it changed since.
---@param buf? integer
---@return string
function M.text(buf)
  local analysis, is_current = document.peek(buf)
  if not analysis then
    return ''
  end
  local text = texts[analysis]
  if not text then
    local speakers, n_speakers, n_quotes = {}, 0, 0
    for _, quote in ipairs(analysis.quotes) do
      n_quotes = n_quotes + (quote.kind ~= 'term' and 1 or 0)
      local name = quote.speaker and quote.speaker.name
      if name and not speakers[name] then
        speakers[name] = true
        n_speakers = n_speakers + 1
      end
    end
    local parts = { count(n_quotes, 'quote'), count(n_speakers, 'speaker') }
    parts[#parts + 1] = #analysis.entities == 1 and '1 entity' or ('%d entities'):format(#analysis.entities)
    if analysis.language and analysis.language ~= 'en' then
      parts[#parts + 1] = analysis.language .. ': names and speakers only where certain'
    end
    text = table.concat(parts, ' · ')
    texts[analysis] = text
  end
  return is_current and text or text .. ' …'
end

--- The sections around the cursor, and the speaker of the quote under it: "Business › Earnings › “Ana Ruiz”".
---@param win? integer
---@param options? { separator?: string, width?: integer } width: cells for each title, default 30
---@return string
function M.breadcrumb(win, options)
  options = options or {}
  win = (win == nil or win == 0) and vim.api.nvim_get_current_win() or win --[[@as integer]]
  local analysis = document.peek(vim.api.nvim_win_get_buf(win))
  if not analysis then
    return ''
  end
  local cursor = vim.api.nvim_win_get_cursor(win)
  local here = { cursor[1] - 1, cursor[2] }
  local width = options.width or 30
  local parts = {}
  local function add(text)
    parts[#parts + 1] = require('newsoutline.cells').cut(text, width)
  end
  for _, section in ipairs(lookup.sections_at(analysis, here)) do
    add(section.title)
  end
  local quote = lookup.quote_at(analysis, here)
  if quote and quote.speaker then
    add('“' .. quote.speaker.name .. '”')
  end
  return table.concat(parts, options.separator or ' › ')
end

return M
