--- Motions from quote to quote, mention to mention, section to section; with counts, in Normal, Visual and
--- Operator-pending mode.
---
--- A motion goes to the start of what it is named after, never past the last one, and is exclusive, so that
--- `d]"` deletes up to the next quote.
local config = require('newsoutline.config')
local document = require('newsoutline.document')
local jump = require('newsoutline.jump')
local lookup = require('newsoutline.lookup')
local message = require('newsoutline.message')

local M = {}

---@class newsoutline.Motion
---@field what string in messages: "no <what> below"
---@field spans fun(analysis: newsoutline.Analysis, position: newsoutline.Position): newsoutline.Span[]|nil, string|nil

---@type table<string, newsoutline.Motion>
M.motions = {
  quote = {
    what = 'quote',
    spans = function(analysis)
      local kinds = config.get().quotes.kinds
      return vim.tbl_filter(function(quote)
        return vim.tbl_contains(kinds, quote.kind)
      end, analysis.quotes)
    end,
  },
  mention = {
    what = 'mention',
    spans = function(analysis)
      return lookup.mentions(analysis)
    end,
  },
  ['same-mention'] = {
    what = 'mention of the same entity',
    spans = function(analysis, position)
      local place = lookup.mention_at(analysis, position)
      if not place then
        return nil, 'no entity is mentioned under the cursor'
      end
      return place.entity.mentions
    end,
  },
  section = {
    what = 'section',
    spans = function(analysis)
      -- To the start of the line where only a marker stands before the title, so that `d]]` leaves the marker alone.
      return vim.tbl_map(function(section)
        local row, column = section.from[1], section.from[2]
        local line = vim.api.nvim_buf_get_lines(0, row, row + 1, false)[1] or ''
        return line:sub(1, column):find('[%w\128-\255]') and section or { from = { row, 0 }, to = section.to }
      end, analysis.outline)
    end,
  },
}

--- Leaves Operator-pending mode, so that `c` with a motion that found nothing does not start to insert.
local function cancel()
  if vim.api.nvim_get_mode().mode:sub(1, 2) == 'no' then
    vim.api.nvim_feedkeys(vim.keycode('<Esc>'), 'nt', false)
  end
end

--- Moves the cursor of the current window.
---@param name string a key of M.motions
---@param direction 1|-1
---@param count? integer
function M.go(name, direction, count)
  count = count or vim.v.count1
  local motion = M.motions[name]
  local analysis, problem = document.get(0)
  local spans
  local here = jump.position()
  if analysis then
    spans, problem = motion.spans(analysis, here)
  end
  if not spans then
    message.warn(problem --[[@as string]])
    return cancel()
  end
  local after = lookup.first_after(spans, here)
  local target
  if direction > 0 then
    target = math.min(after + count - 1, #spans)
    if target < after then
      target = nil
    end
  else
    local before = after - 1
    while before >= 1 and lookup.compare(spans[before].from, here) == 0 do
      before = before - 1
    end
    target = before >= 1 and math.max(1, before - count + 1) or nil
  end
  if not target then
    message.info(('no %s %s'):format(motion.what, direction > 0 and 'below' or 'above'))
    return cancel()
  end
  local mode = vim.api.nvim_get_mode().mode
  if mode == 'n' then
    jump.to(0, spans[target].from)
  else
    vim.api.nvim_win_set_cursor(0, jump.cursor(0, spans[target].from))
  end
end

return M
