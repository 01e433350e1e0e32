--- The balance view: a list of the speakers with what they say, from which their quotes are reached and corrected.
local balance = require('newsoutline.balance')
local cells = require('newsoutline.cells')
local corrections = require('newsoutline.corrections')
local document = require('newsoutline.document')
local highlight = require('newsoutline.highlight')
local jump = require('newsoutline.jump')
local lookup = require('newsoutline.lookup')
local markup = require('newsoutline.markup')
local message = require('newsoutline.message')
local origin = require('newsoutline.origin')
local panel = require('newsoutline.panel')

local M = {}

--- Reads a span of a buffer as `balance` wants it.
---@param buf integer
---@param format string
---@return fun(span: newsoutline.Span): string
local function reader(buf, format)
  return function(span)
    local from, to = span.from, span.to
    local text = table.concat(vim.api.nvim_buf_get_text(buf, from[1], from[2], to[1], to[2], {}), '\n')
    return markup.strip(text, format)
  end
end

-- Rows --------------------------------------------------------------------------------------------------------------

local NAME_WIDTH, BAR_WIDTH = 30, 24

---@param share newsoutline.SpeakerShare
---@return string
local function id_of(share)
  return share.name or '\0unknown'
end

---@param row newsoutline.PanelRow
---@param group table<string, newsoutline.Tally>
---@param keys string[]
---@param total integer
local function add_tallies(row, group, keys, total)
  local sep = ''
  for _, key in ipairs(keys) do
    local t = group[key]
    if t then
      row:add(sep .. key .. ' ')
      if t.speakers > 0 then
        row
          :add(tostring(t.speakers), 'NewsOutlineCount')
          :add(t.speakers == 1 and ' speaker, ' or ' speakers, ')
      end
      row:add(tostring(t.quotes), 'NewsOutlineCount'):add(t.quotes == 1 and ' quote, ' or ' quotes, ')
      row:add(('%.0f %%'):format(total > 0 and t.words / total * 100 or 0), 'NewsOutlineCount')
      sep = ' · '
    end
  end
end

---@param self newsoutline.Panel
---@param analysis newsoutline.Analysis
---@return newsoutline.PanelRow[]
local function rows(self, analysis)
  local shares = balance.of(analysis, reader(self.article, analysis.format))
  self.state.shares = shares
  local list, width = {}, 8
  for _, share in ipairs(shares.speakers) do
    width = math.max(width, vim.api.nvim_strwidth(share.name or 'unknown'))
  end
  width = math.min(width, NAME_WIDTH)
  list[1] = panel.row('heading')
  list[1]:column('  Speaker', width + 2, 'NewsOutlineHeading'):column('quotes', 8, 'NewsOutlineHeading', true)
  list[1]:column('words', 7, 'NewsOutlineHeading', true):column('share', 7, 'NewsOutlineHeading', true)
  list[1]:add('  '):column('', BAR_WIDTH):add('  lines', 'NewsOutlineHeading')
  for _, share in ipairs(shares.speakers) do
    local id = id_of(share)
    local open = self.state.open[id]
    local row = panel.row(id, { share = share }):add(open and '▾ ' or '▸ ', 'NewsOutlineNote')
    local group = share.entity and 'NewsOutlineSpeaker'
      or share.name and 'NewsOutlineNote'
      or 'NewsOutlineUnknown'
    row:column(share.name or 'unknown', width, group)
    row:column(tostring(#share.quotes), 8, 'NewsOutlineCount', true)
    row:column(tostring(share.words), 7, 'NewsOutlineCount', true)
    row:column(('%.0f %%'):format(share.share * 100), 7, 'NewsOutlineCount', true)
    row:add('  '):column(balance.bar(share.share, BAR_WIDTH), BAR_WIDTH, 'NewsOutlineBar'):add('  ')
    local first, last = share.quotes[1], share.quotes[#share.quotes]
    local place = tostring(first.from[1] + 1)
    if last.from[1] ~= first.from[1] then
      place = ('%s–%d'):format(place, last.from[1] + 1)
    end
    row:add(place, 'NewsOutlineCount')
    if share.entity and share.entity.roles[1] then
      row:add('  ' .. share.entity.roles[1], 'NewsOutlineNote')
    end
    list[#list + 1] = row
    for i, quote in ipairs(open and share.quotes or {}) do
      local sub = panel.row(('%s\0%d'):format(id, i), { share = share, quote = quote, index = i })
      sub:add('    '):column(tostring(quote.from[1] + 1), 5, 'NewsOutlineCount', true):add('  ')
      if quote.corrected then
        sub:add('✎ ', 'NewsOutlineCorrected')
      end
      list[#list + 1] = sub:add(quote.text, highlight.quote_group(quote.kind))
    end
  end
  if #shares.speakers == 0 then
    list[1] = panel.row('none'):add('nobody is quoted here', 'NewsOutlineNote')
    return list
  end
  list[#list + 1] = panel.row('totals')
  local persons = 0
  for _, t in pairs(shares.gender) do
    persons = persons + t.words
  end
  if next(shares.gender) then
    list[#list + 1] = panel.row('gender'):add('  Persons   ', 'NewsOutlineHeading')
    add_tallies(list[#list], shares.gender, { 'women', 'men', 'unknown' }, persons)
  end
  list[#list + 1] = panel.row('naming'):add('  Sources   ', 'NewsOutlineHeading')
  add_tallies(list[#list], shares.naming, { 'named', 'unnamed', 'unknown' }, shares.words)
  return list
end

---@param self newsoutline.Panel
---@return string
local function title(self)
  local name = vim.api.nvim_buf_get_name(self.article)
  local shares = self.state.shares
  return ('Speakers of %s: %d words quoted'):format(
    name == '' and '[No Name]' or vim.fn.fnamemodify(name, ':t'),
    shares and shares.words or 0
  )
end

-- Keys --------------------------------------------------------------------------------------------------------------

---@param self newsoutline.Panel
---@param row newsoutline.PanelRow
---@param focus boolean
local function go(self, row, focus)
  local share = row.data.share
  if not share then
    return
  end
  local index = row.data.index
  if not index then
    local last = self.state.at
    index = last and last.id == id_of(share) and last.index % #share.quotes + 1 or 1
  end
  self.state.at = { id = id_of(share), index = index }
  self:show(share.quotes[index].from, focus)
  message.info(('%s: %d of %d'):format(share.name or 'unknown', index, #share.quotes))
end

--- Who may be the speaker of a quote: those who speak elsewhere, then the other persons and organizations.
---@param analysis newsoutline.Analysis
---@param quote newsoutline.Quote
---@return string[]
local function candidates(analysis, quote)
  local names, seen = {}, {}
  local function offer(name)
    if not seen[name] and not (quote.speaker and quote.speaker.name == name) then
      seen[name] = true
      names[#names + 1] = name
    end
  end
  for _, other in ipairs(analysis.quotes) do
    for _, index in ipairs(other.speaker and other.speaker.entities or {}) do
      offer(analysis.entities[index + 1].name)
    end
  end
  for _, type in ipairs({ 'person', 'organization' }) do
    for _, entity in ipairs(analysis.entities) do
      if entity.type == type then
        offer(entity.name)
      end
    end
  end
  return names
end

--- Asks who says a quote or of what kind it is, and corrects it.
---@param buf integer
---@param quote newsoutline.Quote
local function correct(buf, quote)
  local analysis = document.get(buf)
  if not analysis then
    return
  end
  local source, place = origin.span(buf, { from = quote.from, to = quote.to })
  if not place then
    return
  end
  local base = { quote = quote.text, from = place.from, to = place.to }
  local function put(values)
    corrections.add(source, vim.tbl_extend('force', base, values))
  end
  local choices = {}
  for _, name in ipairs(candidates(analysis, quote)) do
    choices[#choices + 1] = { label = name, name = name }
  end
  choices[#choices + 1] = { label = 'somebody else …', ask = true }
  choices[#choices + 1] = { label = 'unknown: the article does not say' }
  for _, kind in ipairs({ 'direct', 'mixed', 'indirect' }) do
    if kind ~= quote.kind then
      choices[#choices + 1] = { label = ('the speaker is right, the quote is %s'):format(kind), kind = kind }
    end
  end
  choices[#choices + 1] = { label = 'nobody: the words are no quote', kind = 'term' }
  local words = cells.cut(quote.text, 50)
  vim.ui.select(choices, {
    prompt = 'Who says ' .. words,
    format_item = function(choice)
      return choice.label
    end,
  }, function(choice)
    if not choice then
      return
    elseif choice.ask then
      vim.ui.input({ prompt = 'Speaker: ' }, function(name)
        name = name and vim.trim(name)
        if name and name ~= '' then
          put({ what = 'speaker', name = name })
        end
      end)
    elseif choice.kind then
      put({ what = 'kind', kind = choice.kind })
    else
      put({ what = 'speaker', name = choice.name })
    end
  end)
end

--- Corrects the speaker of the quote under the cursor.
function M.correct()
  local analysis, problem = document.get(0)
  if not analysis then
    message.error(problem --[[@as string]])
    return
  end
  local quote = lookup.quote_at(analysis, jump.position())
  if not quote then
    message.warn('no quote under the cursor')
    return
  end
  correct(vim.api.nvim_get_current_buf(), quote)
end

---@type newsoutline.PanelOwner
local owner = {
  kind = 'speakers',
  title = title,
  rows = rows,
  state = function()
    return { open = {} }
  end,
  keys = {
    {
      lhs = '<CR>',
      doc = 'go to the quote; again: to the next one',
      action = function(self, row)
        go(self, row, true)
      end,
    },
    {
      lhs = 'o',
      doc = 'show the quote and stay here; again: the next one',
      action = function(self, row)
        go(self, row, false)
      end,
    },
    {
      lhs = { '<Tab>', 'za' },
      doc = 'list the quotes of the speaker, or no longer',
      action = function(self, row)
        if row.data.share then
          local id = id_of(row.data.share)
          self.state.open[id] = not self.state.open[id]
          self:draw(id)
        end
      end,
    },
    {
      lhs = 'c',
      doc = 'correct the speaker of this quote',
      action = function(self, row)
        local quote = row.data.quote
        if not quote and row.data.share and #row.data.share.quotes == 1 then
          quote = row.data.share.quotes[1]
        end
        if quote then
          correct(self.article, quote)
        else
          message.info('open the speaker with <Tab> and choose a quote')
        end
      end,
    },
    {
      lhs = 'Q',
      doc = 'the quotes of the speaker as quickfix list',
      action = function(self, row)
        local share = row.data.share
        if share then
          vim.api.nvim_set_current_win(self:window())
          vim.cmd.NewsQuotes({ args = { ('speaker="%s"'):format(share.name or 'unknown') } })
        end
      end,
    },
    {
      lhs = 'u',
      doc = 'take the last correction back',
      action = function(self)
        local undone = corrections.undo(self.article)
        message.info(undone and 'taken back: ' .. corrections.describe(undone) or 'nothing was corrected')
      end,
    },
  },
}

--- Opens the balance view of the current buffer.
function M.list()
  panel.open(owner, vim.api.nvim_get_current_buf(), owner.state())
end

return M
