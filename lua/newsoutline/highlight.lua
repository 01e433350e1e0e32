--- The highlight groups, and the colouring of quotes and entities in an article.
---
--- Colouring is opt-in (option `highlight`, `:NewsOutline highlight`). The marks of an article are set again at each
--- new analysis; between two of them they move with the text.
local document = require('newsoutline.document')

local M = {}

---@class newsoutline.Group
---@field name string
---@field link string
---@field doc string for the help

--- Linked with `default = true`: a colour scheme or the user wins.
---@type newsoutline.Group[]
M.groups = {
  { name = 'NewsOutlineQuoteDirect', link = 'String', doc = 'A direct quote.' },
  { name = 'NewsOutlineQuoteMixed', link = 'String', doc = 'The marked words of a mixed quote.' },
  { name = 'NewsOutlineQuoteIndirect', link = 'Comment', doc = 'Reported words without marks.' },
  { name = 'NewsOutlineQuoteTerm', link = 'Special', doc = 'Marked words that nobody said.' },
  {
    name = 'NewsOutlineSpeaker',
    link = 'Title',
    doc = 'The speaker of a quote, where the article names them.',
  },
  { name = 'NewsOutlineCue', link = 'Statement', doc = 'The cue of a quote ("said").' },
  { name = 'NewsOutlineUnknown', link = 'WarningMsg', doc = 'A speaker whom the article does not name.' },
  { name = 'NewsOutlinePerson', link = 'Identifier', doc = 'A person.' },
  { name = 'NewsOutlineOrganization', link = 'Type', doc = 'An organization.' },
  { name = 'NewsOutlinePlace', link = 'Constant', doc = 'A place.' },
  { name = 'NewsOutlineEvent', link = 'PreProc', doc = 'An event.' },
  { name = 'NewsOutlineOther', link = 'Special', doc = 'A law, a work, a nationality.' },
  { name = 'NewsOutlineCount', link = 'Number', doc = 'Counts, shares and line numbers in lists.' },
  { name = 'NewsOutlineBar', link = 'Function', doc = 'The bars of the balance view.' },
  { name = 'NewsOutlineNote', link = 'Comment', doc = 'Roles, aliases and remarks in lists.' },
  {
    name = 'NewsOutlineHeading',
    link = 'Title',
    doc = 'Headings in lists, and subheads in the reading view.',
  },
  {
    name = 'NewsOutlineHeadline',
    link = 'Title',
    doc = 'The headline on top of the outline and of the reading view.',
  },
  {
    name = 'NewsOutlineMeta',
    link = 'Comment',
    doc = 'Authors, date, words and reading time below the headline.',
  },
  {
    name = 'NewsOutlineMessage',
    link = 'WarningMsg',
    doc = 'What the outline or the reading view has to say where it shows nothing.',
  },
  { name = 'NewsOutlineFilter', link = 'Search', doc = 'The filter of the outline.' },
  { name = 'NewsOutlineMatch', link = 'Search', doc = 'What a line of the outline has of the filter.' },
  {
    name = 'NewsOutlineMarker',
    link = 'NonText',
    doc = 'The marks of open and closed branches; bullets and bars in the reading view.',
  },
  {
    name = 'NewsOutlineDetail',
    link = 'Comment',
    doc = 'Words, reading times and counts at the right edge.',
  },
  { name = 'NewsOutlineLede', link = 'Function', doc = 'The lede section.' },
  { name = 'NewsOutlineSection', link = 'Function', doc = 'A section below a subhead.' },
  { name = 'NewsOutlineItem', link = 'Function', doc = 'An item of a feed.' },
  { name = 'NewsOutlineTurn', link = 'Function', doc = "A speaker's turn in a transcript." },
  { name = 'NewsOutlineEntry', link = 'Function', doc = 'An entry of a live blog.' },
  {
    name = 'NewsOutlineDerived',
    link = 'Comment',
    doc = 'A section found where the article has no subheads.',
  },
  { name = 'NewsOutlineMention', link = 'Normal', doc = 'A mention of an entity.' },
  { name = 'NewsOutlinePreview', link = 'Visual', doc = 'The place that the outline shows in the article.' },
  { name = 'NewsOutlineDek', link = 'Comment', doc = 'The dek in the reading view.' },
  {
    name = 'NewsOutlineCaption',
    link = 'Comment',
    doc = 'Captions, credits and embedded posts in the reading view.',
  },
  {
    name = 'NewsOutlineBoilerplate',
    link = 'NonText',
    doc = 'What is on the page and not of the article, in the reading view.',
  },
  { name = 'NewsOutlineAnnotation', link = 'DiffText', doc = 'The text of an annotation.' },
  { name = 'NewsOutlineAnnotationNote', link = 'Comment', doc = 'What an annotation says.' },
  { name = 'NewsOutlineOrphan', link = 'WarningMsg', doc = 'An annotation whose text is gone.' },
  { name = 'NewsOutlineCorrected', link = 'DiagnosticOk', doc = 'What was corrected by hand.' },
}

local defined = false

--- Makes the groups known; the first call also keeps them through `:colorscheme`.
function M.define()
  for _, group in ipairs(M.groups) do
    vim.api.nvim_set_hl(0, group.name, { link = group.link, default = true })
  end
  if not defined then
    defined = true
    vim.api.nvim_create_autocmd('ColorScheme', {
      group = vim.api.nvim_create_augroup('newsoutline.highlight.groups', {}),
      callback = M.define,
    })
  end
end

---@param kind string of a quote
---@return string
function M.quote_group(kind)
  return 'NewsOutlineQuote' .. kind:sub(1, 1):upper() .. kind:sub(2)
end

---@param type string of an entity
---@return string
function M.entity_group(type)
  return 'NewsOutline' .. type:sub(1, 1):upper() .. type:sub(2)
end

local namespace = vim.api.nvim_create_namespace('newsoutline.highlight')

--- Above tree-sitter (100), so that a Markdown article shows its quotes; names stand out within them.
local QUOTE_PRIORITY, NAME_PRIORITY = 110, 111

---@param buf integer
---@param span { from?: newsoutline.Position, to?: newsoutline.Position }
---@param group string
---@param priority integer
local function mark(buf, span, group, priority)
  if span.from then
    vim.api.nvim_buf_set_extmark(buf, namespace, span.from[1], span.from[2], {
      end_row = span.to[1],
      end_col = span.to[2],
      hl_group = group,
      priority = priority,
      invalidate = true, -- what is deleted takes its colour along
      strict = false,
    })
  end
end

--- Colours a buffer by its analysis.
---@param buf integer
local function paint(buf)
  if not defined then
    M.define()
  end
  local analysis = document.get(buf)
  vim.api.nvim_buf_clear_namespace(buf, namespace, 0, -1)
  for _, quote in ipairs(analysis and analysis.quotes or {}) do
    for _, part in ipairs(quote.parts) do
      mark(buf, part, M.quote_group(quote.kind), QUOTE_PRIORITY)
    end
    if quote.cue then
      mark(buf, quote.cue, 'NewsOutlineCue', QUOTE_PRIORITY)
    end
    if quote.speaker then
      mark(buf, quote.speaker, 'NewsOutlineSpeaker', QUOTE_PRIORITY)
    end
  end
  for _, entity in ipairs(analysis and analysis.entities or {}) do
    for _, mention in ipairs(entity.mentions) do
      if mention.kind == 'name' then
        mark(buf, mention, M.entity_group(entity.type), NAME_PRIORITY)
      end
    end
  end
end

local coloured = require('newsoutline.switch').new('highlight', paint, function(buf)
  vim.api.nvim_buf_clear_namespace(buf, namespace, 0, -1)
end)

---@param buf? integer
---@return boolean
function M.is_enabled(buf)
  return coloured:is_enabled(buf)
end

--- Colours a buffer from now on, or no longer.
---@param buf? integer
---@param on? boolean default: the other way round
---@return boolean|nil on
---@return string|nil message why the buffer cannot be coloured
function M.toggle(buf, on)
  return coloured:toggle(buf, on)
end

return M
