--- What the reader knows better than the analysis: a layer of corrections over it, for as long as the article is open.
---
--- Corrections are applied to each fresh analysis in the order in which they were made, so the last one wins; one that
--- was overruled by a later one, or whose place is gone, is kept and says so. An entity is known by its name, in every
--- item of the article; a quote and a single mention by an extmark, and by their words where the mark is lost.
---
---   { what = 'merge', entity = 'Mr Xi', into = 'Xi Jinping' }
---   { what = 'split', entity = 'Jane Smith', text = 'Smith', name = 'John Smith' }      every mention "Smith"
---   { what = 'split', entity = 'Jane Smith', text = 'Smith', name = 'John Smith', from = …, to = … }      this one
---   { what = 'rename', entity = 'Xi', name = 'Xi Jinping' }
---   { what = 'retype', entity = 'Paris', type = 'person' }
---   { what = 'speaker', quote = '“words”', from = …, to = …, name = 'Xi Jinping' }      no name: unknown
---   { what = 'kind', quote = '“words”', from = …, to = …, kind = 'term' }
local message = require('newsoutline.message')

local M = {}

---@class newsoutline.Correction
---@field what 'merge'|'split'|'rename'|'retype'|'speaker'|'kind'
---@field entity? string the name that it went by when it was corrected
---@field into? string
---@field text? string
---@field name? string
---@field type? string
---@field kind? string
---@field quote? string the words of the quote, kept up to date through edits
---@field from? newsoutline.Position where it stood when it was corrected
---@field to? newsoutline.Position
---@field mark? integer the extmark that follows it
---@field state? 'holds'|'overruled'|'lost' set by each application

---@type table<integer, newsoutline.Correction[]>
local lists = {}

local namespace = vim.api.nvim_create_namespace('newsoutline.corrections')

--- Called with the buffer whose corrections changed; document.lua renews the analysis.
---@type fun(buf: integer)
function M.on_change(_) end

---@param buf integer
---@return newsoutline.Correction[]
local function list_of(buf)
  if not lists[buf] then
    lists[buf] = {}
    vim.api.nvim_create_autocmd({ 'BufDelete', 'BufWipeout' }, {
      group = vim.api.nvim_create_augroup('newsoutline.corrections.' .. buf, {}),
      buffer = buf,
      callback = function()
        lists[buf] = nil
      end,
    })
  end
  return lists[buf]
end

--- The corrections of a buffer, oldest first. Do not write to the list.
---@param buf integer
---@return newsoutline.Correction[]
function M.list(buf)
  return lists[buf] or {}
end

--- What a correction says.
---@param c newsoutline.Correction
---@return string
local function words_of(c)
  local text
  if c.what == 'merge' then
    text = ('%s is %s'):format(c.entity, c.into)
  elseif c.what == 'split' then
    text = ('%s“%s” is %s, not %s'):format(c.from and 'this ' or '', c.text, c.name, c.entity)
  elseif c.what == 'rename' then
    text = ('%s is called %s'):format(c.entity, c.name)
  elseif c.what == 'retype' then
    text = ('%s: %s'):format(c.entity, c.type)
  elseif c.what == 'speaker' then
    text = ('%s: %s'):format(c.name or 'unknown speaker', c.quote)
  else
    text = ('%s: %s'):format(c.kind, c.quote)
  end
  return text
end

--- Adds a correction; the analysis is renewed at once. Says so where it overrules earlier ones.
---@param buf integer
---@param correction newsoutline.Correction
function M.add(buf, correction)
  local held = vim.tbl_filter(function(earlier)
    return earlier.state == 'holds'
  end, M.list(buf))
  if correction.from then
    correction.mark = vim.api.nvim_buf_set_extmark(buf, namespace, correction.from[1], correction.from[2], {
      end_row = correction.to[1],
      end_col = correction.to[2],
      end_right_gravity = false,
      invalidate = true,
    })
  end
  table.insert(list_of(buf), correction)
  M.on_change(buf)
  for _, earlier in ipairs(held) do
    if earlier.state == 'overruled' then
      message.info('this overrules: ' .. words_of(earlier))
    end
  end
end

--- Takes a correction back.
---@param buf integer
---@param correction newsoutline.Correction one of M.list(buf)
function M.remove(buf, correction)
  local list = lists[buf] or {}
  for i, each in ipairs(list) do
    if each == correction then
      table.remove(list, i)
      if correction.mark then
        vim.api.nvim_buf_del_extmark(buf, namespace, correction.mark)
      end
      M.on_change(buf)
      return
    end
  end
end

--- Takes the last correction back.
---@param buf integer
---@return newsoutline.Correction|nil
function M.undo(buf)
  local list = M.list(buf)
  local correction = list[#list]
  if correction then
    M.remove(buf, correction)
  end
  return correction
end

--- A correction in words, with what became of it.
---@param correction newsoutline.Correction
---@return string
function M.describe(correction)
  local text = words_of(correction)
  if correction.state == 'overruled' then
    return text .. ' (overruled by a later one)'
  elseif correction.state == 'lost' then
    return text .. ' (its place is gone)'
  end
  return text
end

--- Where the mark of a correction stands now; nil where its text was deleted.
---@param buf integer
---@param correction newsoutline.Correction
---@return newsoutline.Span|nil
local function place_of(buf, correction)
  local row, column, details
  if correction.mark then
    local found = vim.api.nvim_buf_get_extmark_by_id(buf, namespace, correction.mark, { details = true })
    row, column, details = found[1], found[2], found[3]
  end
  if row and not details.invalid then
    return { from = { row, column }, to = { details.end_row, details.end_col } }
  end
end

--- Corrects a fresh analysis in place.
---@param buf integer
---@param analysis newsoutline.Analysis
---@return newsoutline.Analysis
function M.apply(buf, analysis)
  local list = M.list(buf)
  if #list > 0 then
    require('newsoutline.corrections.apply').apply(analysis, list, function(correction)
      return place_of(buf, correction)
    end)
  end
  return analysis
end

return M
