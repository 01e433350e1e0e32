--- What the reader knows better than the analysis: a layer of corrections over it.
---
--- In an article that has a file each correction is an annotation and is kept with these; in a buffer without a name
--- they last as long as it does, or until it gets one.
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
---@field is_here? boolean a split of one mention, not of all that are called the same
---@field mark? integer the extmark that follows it
---@field namespace? integer of the mark, where an annotation keeps the correction
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
    local group = vim.api.nvim_create_augroup('newsoutline.corrections.' .. buf, {})
    vim.api.nvim_create_autocmd({ 'BufDelete', 'BufWipeout' }, {
      group = group,
      buffer = buf,
      callback = function()
        lists[buf] = nil
      end,
    })
    vim.api.nvim_create_autocmd('BufFilePost', {
      group = group,
      buffer = buf,
      callback = function()
        M.keep(buf)
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
    text = ('%s“%s” is %s, not %s'):format(c.is_here and 'this ' or '', c.text, c.name, c.entity)
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

--- Where a correction is noted: at its quote or mention, else where its entity is named first.
---@param buf integer
---@param correction newsoutline.Correction
---@return newsoutline.Span|nil
local function span_of(buf, correction)
  if correction.from then
    return { from = correction.from, to = correction.to }
  end
  local analysis = require('newsoutline.document').get(buf)
  for _, entity in ipairs(analysis and analysis.entities or {}) do
    if entity.name == correction.entity or vim.tbl_contains(entity.aliases, correction.entity) then
      return entity.mentions[1]
    end
  end
end

--- Makes a correction an annotation of the article.
---@param buf integer
---@param correction newsoutline.Correction
---@return boolean kept false where the buffer has no file
local function annotate(buf, correction)
  if vim.bo[buf].buftype ~= '' or vim.api.nvim_buf_get_name(buf) == '' then
    return false
  end
  local span = span_of(buf, correction)
  if not span then
    return false
  end
  local a =
    require('newsoutline.annotations').add(buf, span, { kind = 'correction', correction = correction })
  return a ~= nil
end

--- Adds a correction; the analysis is renewed at once. Says so where it overrules earlier ones.
---@param buf integer
---@param correction newsoutline.Correction
function M.add(buf, correction)
  local held = vim.tbl_filter(function(earlier)
    return earlier.state == 'holds'
  end, M.list(buf))
  correction.is_here = correction.what == 'split' and correction.from ~= nil or nil
  if not annotate(buf, correction) then
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
  end
  for _, earlier in ipairs(held) do
    if earlier.state == 'overruled' then
      message.info('this overrules: ' .. words_of(earlier))
    end
  end
end

--- Takes over the corrections that the annotations of a buffer hold now.
---@param buf integer
---@param kept newsoutline.Correction[] oldest first
function M.replace(buf, kept)
  local list, same = {}, true
  for _, correction in ipairs(M.list(buf)) do
    if not correction.namespace then
      list[#list + 1] = correction
    end
  end
  vim.list_extend(list, kept)
  local before = M.list(buf)
  for i = 1, math.max(#list, #before) do
    same = same and list[i] == before[i]
  end
  if same then
    return
  end
  list_of(buf)
  lists[buf] = list
  -- Without an analysis there is nothing to correct yet.
  if require('newsoutline.document').peek(buf) then
    M.on_change(buf)
  end
end

--- Keeps with the article what was corrected before it had a name.
---@param buf integer
function M.keep(buf)
  for _, correction in ipairs(vim.list_slice(M.list(buf))) do
    if not correction.namespace then
      local place = correction.mark and M.place_of(buf, correction)
      correction.from, correction.to = place and place.from or nil, place and place.to or nil
      if (place or correction.entity) and annotate(buf, correction) then
        lists[buf] = vim.tbl_filter(function(each)
          return each ~= correction or each.namespace
        end, lists[buf])
      end
    end
  end
end

--- Takes a correction back.
---@param buf integer
---@param correction newsoutline.Correction one of M.list(buf)
function M.remove(buf, correction)
  if correction.namespace then
    local annotations = require('newsoutline.annotations')
    for _, a in ipairs(annotations.list(buf)) do
      if a.correction == correction then
        annotations.remove(buf, a)
        return
      end
    end
  end
  for i, each in ipairs(M.list(buf)) do
    if each == correction then
      table.remove(lists[buf], i)
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
function M.place_of(buf, correction)
  local row, column, details
  if correction.mark then
    local found = vim.api.nvim_buf_get_extmark_by_id(
      buf,
      correction.namespace or namespace,
      correction.mark,
      { details = true }
    )
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
      return M.place_of(buf, correction)
    end)
  end
  return analysis
end

return M
