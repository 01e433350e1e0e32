--- What a copy editor would ask about the quotes of an article, as diagnostics; opt-in.
---
--- Each check is a function from an article to problems, and a code that `vim.diagnostic` and the help know it by.
local document = require('newsoutline.document')
local lookup = require('newsoutline.lookup')
local marks = require('newsoutline.marks')
local markup = require('newsoutline.markup')

local M = {}

---@class newsoutline.Checked an article while it is checked
---@field buf integer
---@field analysis newsoutline.Analysis

---@class newsoutline.Problem
---@field span newsoutline.Span
---@field message string

---@class newsoutline.Check
---@field code string
---@field severity integer
---@field doc string for the help
---@field run fun(article: newsoutline.Checked): newsoutline.Problem[]

---@param buf integer
---@param span newsoutline.Span
---@return string
local function text_of(buf, span)
  local from, to = span.from, span.to
  return table.concat(vim.api.nvim_buf_get_text(buf, from[1], from[2], to[1], to[2], {}), '\n')
end

--- Words to compare: in lower case, marks and signs left out, blanks made one.
---@param text string
---@return string
local function words_of(text)
  for _, mark in ipairs({ '“', '”', '‘', '’', '«', '»', '„', '\194\160' }) do
    text = text:gsub(mark, ' ')
  end
  return vim.trim((vim.fn.tolower(text):gsub('%p+', ' '):gsub('%s+', ' ')))
end

--- Fewer words than these are said by many ("I did").
local TELLING_WORDS = 4

---@param words string
---@return boolean
local function is_telling(words)
  local _, blanks = words:gsub(' ', '')
  return blanks + 1 >= TELLING_WORDS
end

---@param article newsoutline.Checked
---@return newsoutline.Problem[]
local function unclosed(article)
  local problems = {}
  for _, quote in ipairs(article.analysis.quotes) do
    if quote.kind ~= 'indirect' and marks.closing(quote.text) == 0 then
      local last = quote.parts[#quote.parts]
      problems[#problems + 1] = { span = last, message = 'this quotation mark is never closed' }
    end
  end
  return problems
end

local styles =
  { ['"'] = 'straight', ['“'] = 'curly', ['”'] = 'curly', ['«'] = 'pointed', ['»'] = 'pointed' }
styles['„'], styles['``'] = 'low', 'typewriter'

---@param article newsoutline.Checked
---@return newsoutline.Problem[]
local function mixed_styles(article)
  local counts, quotes = {}, {}
  for _, quote in ipairs(article.analysis.quotes) do
    if quote.kind ~= 'indirect' then
      local style = styles[vim.trim(quote.text:sub(1, marks.opening(quote.text)))]
      if style then
        counts[style] = (counts[style] or 0) + 1
        quotes[#quotes + 1] = { quote = quote, style = style }
      end
    end
  end
  local usual, most = nil, 0
  for style, n in vim.spairs(counts) do
    if n > most then
      usual, most = style, n
    end
  end
  local problems = {}
  for _, each in ipairs(quotes) do
    if each.style ~= usual then
      problems[#problems + 1] = {
        span = each.quote.parts[1],
        message = ('%s quotation marks, where the article has %s ones'):format(each.style, usual),
      }
    end
  end
  return problems
end

---@param article newsoutline.Checked
---@return newsoutline.Problem[]
local function no_speaker(article)
  local problems = {}
  for _, quote in ipairs(article.analysis.quotes) do
    if not quote.speaker and (quote.kind == 'direct' or quote.kind == 'mixed') then
      problems[#problems + 1] = { span = quote, message = 'the article does not say who says this' }
    end
  end
  return problems
end

--- The block that holds a position, and its index.
---@param analysis newsoutline.Analysis
---@param position newsoutline.Position
---@return integer|nil
local function block_at(analysis, position)
  local index = lookup.first_after(analysis.blocks, position) - 1
  return index > 0 and lookup.holds(analysis.blocks[index], position) and index or nil
end

--- Whom a pronoun may mean: the people of a fitting gender who are named before it in its paragraph, the nearest first;
--- where nobody is, those of the paragraph before.
---@param analysis newsoutline.Analysis
---@param quote newsoutline.Quote
---@param pronoun newsoutline.Place
---@return newsoutline.Entity[]
local function candidates(analysis, quote, pronoun)
  local places = lookup.mentions(analysis)
  local block = block_at(analysis, pronoun.from)
  local first = block and analysis.blocks[block]
  local found, seen = {}, {}
  for i = lookup.first_after(places, pronoun.from) - 1, 1, -1 do
    local other = places[i]
    local entity = other.entity
    if first and #found == 0 and lookup.compare(other.from, first.from) < 0 then
      first = first == analysis.blocks[block] and analysis.blocks[block - 1] or nil
    end
    if not first or lookup.compare(other.from, first.from) < 0 then
      break
    end
    local fits = other.mention.kind == 'name'
      and entity.type == 'person'
      and not lookup.holds(quote, other.from)
      and not (entity.gender and pronoun.entity.gender and entity.gender ~= pronoun.entity.gender)
    if fits and not seen[entity] then
      seen[entity] = true
      found[#found + 1] = entity
    end
  end
  return found
end

--- A pronoun is clear where it means the person named last, or goes on with who spoke last in the same paragraph.
---@param article newsoutline.Checked
---@return newsoutline.Problem[]
local function two_candidates(article)
  local problems = {}
  local analysis, before = article.analysis, nil
  for _, quote in ipairs(analysis.quotes) do
    local speaker = quote.speaker
    local place = speaker and speaker.from and lookup.mention_at(analysis, speaker.from)
    if place and place.mention.kind == 'pronoun' and #speaker.entities == 1 then
      local people = candidates(analysis, quote, place)
      local goes_on = before
        and lookup.same_speaker(before, quote)
        and block_at(analysis, before.from) == block_at(analysis, quote.from)
      local said_by = analysis.entities[speaker.entities[1] + 1]
      if #people > 1 and people[1] ~= said_by and not goes_on then
        local names = {}
        for i, entity in ipairs(people) do
          names[i] = entity.name
        end
        problems[#problems + 1] = {
          span = speaker,
          message = ('“%s” may be %s'):format(place.mention.text, table.concat(names, ' or ')),
        }
      end
    end
    before = speaker and quote or before
  end
  return problems
end

---@param article newsoutline.Checked
---@return newsoutline.Problem[]
local function two_speakers(article)
  local first, problems = {}, {}
  for _, quote in ipairs(article.analysis.quotes) do
    local words = words_of(quote.text)
    if quote.speaker and is_telling(words) then
      local before = first[words]
      if not before then
        first[words] = quote
      elseif before.speaker.name ~= quote.speaker.name then
        problems[#problems + 1] = {
          span = quote,
          message = ('%s says these words in line %d'):format(before.speaker.name, before.from[1] + 1),
        }
      end
    end
  end
  return problems
end

---@param article newsoutline.Checked
---@return newsoutline.Problem[]
local function not_in_body(article)
  local problems, body = {}, nil
  for _, block in ipairs(article.analysis.blocks) do
    if block.role == 'headline' then
      for _, quote in ipairs(article.analysis.quotes) do
        local inside = lookup.holds(block, quote.from) and lookup.compare(quote.to, block.to) <= 0
        if inside and quote.kind ~= 'indirect' then
          if not body then
            local pieces = {}
            for _, other in ipairs(article.analysis.blocks) do
              if other.role ~= 'headline' and other.role ~= 'boilerplate' then
                pieces[#pieces + 1] = text_of(article.buf, other)
              end
            end
            body = ' ' .. words_of(markup.strip(table.concat(pieces, '\n'), article.analysis.format)) .. ' '
          end
          if not body:find(' ' .. words_of(quote.text) .. ' ', 1, true) then
            problems[#problems + 1] =
              { span = quote, message = 'the headline quotes words that the article does not' }
          end
        end
      end
    end
  end
  return problems
end

local severity = vim.diagnostic.severity

---@type newsoutline.Check[]
M.checks = {
  {
    code = 'unclosed-mark',
    severity = severity.WARN,
    doc = 'A quotation mark that is never closed.',
    run = unclosed,
  },
  {
    code = 'mark-style',
    severity = severity.HINT,
    doc = 'Quotation marks of another style than most of the article.',
    run = mixed_styles,
  },
  {
    code = 'no-speaker',
    severity = severity.INFO,
    doc = 'A direct or mixed quote that nobody is said to have said.',
    run = no_speaker,
  },
  {
    code = 'which-speaker',
    severity = severity.INFO,
    doc = 'A speaker who is only a pronoun, though somebody else whom it may mean was named last.',
    run = two_candidates,
  },
  {
    code = 'two-speakers',
    severity = severity.WARN,
    doc = 'The same words, said by two different speakers.',
    run = two_speakers,
  },
  {
    code = 'headline-quote',
    severity = severity.WARN,
    doc = 'A quote in the headline whose words are not in the article.',
    run = not_in_body,
  },
}

local namespace = vim.api.nvim_create_namespace('newsoutline')

---@param buf integer
local function check(buf)
  local analysis = document.get(buf)
  local found = {}
  for _, each in ipairs(analysis and M.checks or {}) do
    for _, problem in ipairs(each.run({ buf = buf, analysis = analysis })) do
      local from, to = problem.span.from, problem.span.to
      found[#found + 1] = {
        lnum = from[1],
        col = from[2],
        end_lnum = to[1],
        end_col = to[2],
        message = problem.message,
        severity = each.severity,
        code = each.code,
        source = 'newsoutline',
      }
    end
  end
  vim.diagnostic.set(namespace, buf, found)
end

local checked = require('newsoutline.switch').new('diagnostics', check, function(buf)
  vim.diagnostic.reset(namespace, buf)
end)

--- Checks a buffer from now on, or no longer.
---@param buf? integer
---@param on? boolean default: the other way round
---@return boolean|nil on
---@return string|nil message why the buffer cannot be checked
function M.toggle(buf, on)
  return checked:toggle(buf, on)
end

return M
