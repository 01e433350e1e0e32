--- A float that tells about the quote, the entity and the annotations under the cursor.
local cells = require('newsoutline.cells')
local document = require('newsoutline.document')
local highlight = require('newsoutline.highlight')
local jump = require('newsoutline.jump')
local lookup = require('newsoutline.lookup')
local markup = require('newsoutline.markup')
local message = require('newsoutline.message')

local M = {}

--- How many other quotes of the speaker are listed.
local REST = 8
--- The widest float.
local WIDTH = 76

---@class newsoutline.HoverLine
---@field text string
---@field group? string of the whole line

---@param lines newsoutline.HoverLine[]
---@param text string
---@param group? string
local function add(lines, text, group)
  lines[#lines + 1] = { text = cells.plain(text), group = group }
end

---@param n integer
---@param one string
---@param many? string
---@return string
local function count(n, one, many)
  return ('%d %s'):format(n, n == 1 and one or many or one .. 's')
end

---@param entity newsoutline.Entity
---@param lines newsoutline.HoverLine[]
local function describe_entity(entity, lines)
  add(lines, entity.name, highlight.entity_group(entity.type))
  local kinds = { name = 0, description = 0, pronoun = 0 }
  for _, mention in ipairs(entity.mentions) do
    kinds[mention.kind] = kinds[mention.kind] + 1
  end
  local counts = count(#entity.mentions, 'mention')
  local others = {}
  if kinds.description > 0 then
    others[#others + 1] = count(kinds.description, 'description')
  end
  if kinds.pronoun > 0 then
    others[#others + 1] = count(kinds.pronoun, 'pronoun')
  end
  if #others > 0 then
    counts = ('%s, of them %s'):format(counts, table.concat(others, ' and '))
  end
  add(lines, ('%s · %s'):format(entity.type, counts))
  if #entity.roles > 0 then
    add(lines, (cells.cut('role: ' .. table.concat(entity.roles, '; '), WIDTH)))
  end
  if #entity.aliases > 0 then
    add(lines, (cells.cut('also: ' .. table.concat(entity.aliases, '; '), WIDTH)))
  end
  if entity.corrected then
    add(lines, 'corrected by hand', 'NewsOutlineCorrected')
  end
end

--- The words of the article that name a speaker: "He", "both presidents".
---@param speaker newsoutline.Speaker
---@param format string
---@return string
local function mention_of(speaker, format)
  if not speaker.from then
    return speaker.name
  end
  local from, to = speaker.from, speaker.to
  local lines = vim.api.nvim_buf_get_text(0, from[1], from[2], to[1], to[2], {})
  return (markup.strip(table.concat(lines, ' '), format):gsub('%s+', ' '))
end

---@param analysis newsoutline.Analysis
---@param quote newsoutline.Quote
---@param lines newsoutline.HoverLine[]
local function describe_quote(analysis, quote, lines)
  if quote.kind == 'term' then
    add(lines, 'term', 'NewsOutlineQuoteTerm')
    add(lines, 'words in marks that nobody is reported to have said here')
    return
  end
  local speaker = quote.speaker
  add(
    lines,
    speaker and speaker.name or 'unknown speaker',
    speaker and 'NewsOutlineSpeaker' or 'NewsOutlineUnknown'
  )
  local facts = { quote.kind .. ' quote' }
  if quote.cue and quote.cue.text:find('%w') then -- a colon or a dash tells nothing
    facts[#facts + 1] = 'cue “' .. quote.cue.text .. '”'
  end
  if speaker and mention_of(speaker, analysis.format) ~= speaker.name then
    facts[#facts + 1] = 'as “' .. mention_of(speaker, analysis.format) .. '”'
  end
  if quote.corrected then
    facts[#facts + 1] = 'corrected by hand'
  elseif speaker then
    facts[#facts + 1] = ('%d %% sure'):format(math.floor(speaker.score * 100 + 0.5))
  end
  add(lines, table.concat(facts, ' · '))
  for _, index in ipairs(speaker and speaker.entities or {}) do
    local entity = analysis.entities[index + 1]
    if entity and #entity.roles > 0 then
      add(lines, (cells.cut(('%s: %s'):format(entity.name, table.concat(entity.roles, '; ')), WIDTH)))
    end
  end
  local rest = vim.tbl_filter(function(other)
    return other ~= quote and lookup.same_speaker(other, quote)
  end, analysis.quotes)
  if #rest > 0 then
    add(lines, '')
    add(lines, ('%s more:'):format(count(#rest, 'quote')))
    for i = 1, math.min(#rest, REST) do
      add(
        lines,
        cells.cut(('%4d  %s'):format(rest[i].from[1] + 1, rest[i].text), WIDTH),
        highlight.quote_group(rest[i].kind)
      )
    end
    if #rest > REST then
      add(lines, ('      and %d more (:NewsQuotes %s)'):format(#rest - REST, quote.speaker.name))
    end
  end
end

--- What the float says about a position of the current buffer; empty where nothing stands there.
---@param analysis newsoutline.Analysis
---@param position newsoutline.Position
---@return newsoutline.HoverLine[]
function M.lines(analysis, position)
  local lines = {}
  local place = lookup.mention_at(analysis, position)
  local quote = lookup.quote_at(analysis, position)
  if quote then
    describe_quote(analysis, quote, lines)
  end
  if place then
    if quote then
      add(lines, '')
    end
    describe_entity(place.entity, lines)
  end
  return lines
end

--- What is noted at a position of a buffer.
---@param buf integer
---@param position newsoutline.Position
---@return newsoutline.HoverLine[]
function M.notes(buf, position)
  local lines = {}
  local source, at = require('newsoutline.origin').position(buf, position)
  if not at or not package.loaded['newsoutline.annotations'] then
    return lines
  end
  for _, a in ipairs(require('newsoutline.annotations').at(source, at)) do
    for i, text in ipairs(require('newsoutline.annotations.display').lines(a)) do
      add(lines, text, i == 1 and 'NewsOutlineAnnotationNote' or nil)
    end
  end
  return lines
end

local namespace = vim.api.nvim_create_namespace('newsoutline.hover')

--- Opens the float; called again, it moves the cursor into it.
function M.open()
  local analysis, problem = document.get(0)
  if not analysis then
    message.error(problem --[[@as string]])
    return
  end
  local lines = M.lines(analysis, jump.position())
  local notes = M.notes(vim.api.nvim_get_current_buf(), jump.position())
  if #lines > 0 and #notes > 0 then
    add(lines, '')
  end
  vim.list_extend(lines, notes)
  if #lines == 0 then
    message.info('no quote, entity or annotation under the cursor')
    return
  end
  highlight.define()
  local texts = vim.tbl_map(function(line)
    return line.text
  end, lines)
  local buf = vim.lsp.util.open_floating_preview(texts, '', {
    focus_id = 'newsoutline',
    wrap = true,
    max_width = WIDTH + 4,
    border = vim.fn.exists('+winborder') == 1 and vim.o.winborder ~= '' and vim.o.winborder or 'rounded',
  })
  if buf and vim.api.nvim_buf_is_valid(buf) and vim.bo[buf].buftype == 'nofile' then
    vim.api.nvim_buf_clear_namespace(buf, namespace, 0, -1)
    local shown = vim.api.nvim_buf_line_count(buf)
    for i, line in ipairs(lines) do
      if line.group and i <= shown then
        vim.api.nvim_buf_set_extmark(
          buf,
          namespace,
          i - 1,
          0,
          { end_row = i, hl_group = line.group, strict = false }
        )
      end
    end
  end
end

return M
