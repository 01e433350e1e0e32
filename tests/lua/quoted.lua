--- An article whose quotes are given and not found, so that a test of what is done with quotes stands or falls with
--- that alone. Blocks, sections, sentences and names are the real module's; the names are in the project file.
local M = {}

-- Straight marks, curly marks, a split quote, one that goes on in the next paragraph, letters of several bytes.
M.lines = {
  '# Harbour bridge to close for repairs', -- 1
  '', -- 2
  'May 3, 2024', -- 3
  '', -- 4
  'PORT ELLEN — The old bridge will close on Monday, Mayor Zoë Brännström said on Friday.', -- 5
  '', -- 6
  '“Naïve plans cost more — we cannot wait,” Brännström said. “The piers are tired.”', -- 7
  '', -- 8
  '## Ferries', -- 9
  '', -- 10
  '"Every boat will sail," said Omar Haddad, who runs the ferries. He added: "We hired twelve people."', -- 11
  '', -- 12
  'Brännström praised Haddad. “I rode the ferry as a child,” she said.', -- 13
  '', -- 14
  '## Traffic', -- 15
  '', -- 16
  'Haddad said: “The road is closed to cars.', -- 17
  '', -- 18
  '“It stays open to bicycles.”', -- 19
}

--- Each with its pieces, which are searched one after the other, and its speaker as the article has it.
M.quotes = {
  {
    parts = { '“Naïve plans cost more — we cannot wait,”', '“The piers are tired.”' },
    speaker = 'Zoë Brännström',
    mention = 'Brännström',
    cue = 'said',
  },
  { parts = { '"Every boat will sail,"' }, speaker = 'Omar Haddad', mention = 'Omar Haddad', cue = 'said' },
  { parts = { '"We hired twelve people."' }, speaker = 'Omar Haddad', mention = 'He', cue = 'added' },
  {
    parts = { '“I rode the ferry as a child,”' },
    speaker = 'Zoë Brännström',
    mention = 'she',
    cue = 'said',
  },
  {
    parts = { '“The road is closed to cars.', '“It stays open to bicycles.”' },
    speaker = 'Omar Haddad',
    mention = 'Haddad',
    cue = 'said',
  },
}

M.entities = {
  { name = 'Zoë Brännström', type = 'person', aliases = { 'Brännström' } },
  { name = 'Omar Haddad', type = 'person', aliases = { 'Haddad' } },
  { name = 'Kim Lee', type = 'person' },
  { name = 'Robin Moor', type = 'person' },
}

-- Runs in the child: the real module, but for the quotes.
local stand_in = [[
  local given = ...
  local binding = require('newsoutline.binding')
  local core = assert(binding.core())
  local function quotes_in(lines, entities)
    --- The first place of a text at or after a row and a column.
    local function find(text, row, column)
      for r = row, #lines do
        local from, to = lines[r]:find(text, r == row and column or 1, true)
        if from then
          return { from = { r - 1, from - 1 }, to = { r - 1, to } }
        end
      end
    end
    local found, row, column = {}, 1, 1
    for _, quote in ipairs(given) do
      local parts = {}
      for i, part in ipairs(quote.parts) do
        local last = parts[#parts]
        parts[#parts + 1] = find(part, last and last.to[1] + 1 or 1, last and last.to[2] + 1 or 1)
      end
      if #parts == #quote.parts then
        local from, to = parts[1].from, parts[#parts].to
        local record = {
          kind = quote.kind or 'direct', text = table.concat(quote.parts, ' '), from = from, to = to, parts = parts,
          content = { from = from, to = to }, score = 1,
        }
        local line = lines[from[1] + 1]
        local function beside(text)
          -- Behind the quote, else the last one before it.
          local at = line:find(text, to[1] == from[1] and parts[1].to[2] + 1 or 1, true)
          at = at or line:find(text, 1, true)
          return at and { text = text, from = { from[1], at - 1 }, to = { from[1], at - 1 + #text } }
        end
        record.cue = quote.cue and beside(quote.cue)
        if quote.speaker then
          local place = beside(quote.mention)
          record.speaker = { name = quote.speaker, entities = {}, score = 0.9, from = place.from, to = place.to }
          for i, entity in ipairs(entities) do
            if entity.name == quote.speaker then
              record.speaker.entities = { i - 1 }
            end
          end
        end
        found[#found + 1] = record
      end
    end
    table.sort(found, function(a, b)
      return a.from[1] < b.from[1] or a.from[1] == b.from[1] and a.from[2] < b.from[2]
    end)
    return found
  end
  local stand_in = { abi = core.abi, anchor = core.anchor }
  function stand_in.parse(source, options)
    local document, message, code = core.parse(source, options)
    if not document then
      return nil, message, code
    end
    local handle = {}
    function handle:analysis(o)
      local analysis = document:analysis(o)
      analysis.quotes = quotes_in(vim.split(source, '\n'), analysis.entities)
      return analysis
    end
    function handle:sentences() return document:sentences() end
    function handle:text() return document:text() end
    function handle:text_span(from, to) return document:text_span(from, to) end
    function handle:source_span(from, to) return document:source_span(from, to) end
    function handle:close() document:close() end
    return handle
  end
  binding.core = function() return stand_in end
]]

--- Opens the article in a child.
---@param nvim Child
---@param name? string
---@param lines? string[]
---@param quotes? table[]
function M.open(nvim, name, lines, quotes)
  nvim:write('.newsoutline.json', vim.json.encode({ entities = M.entities }))
  nvim:lua(stand_in, quotes or M.quotes)
  return nvim:edit(name or 'bridge.md', lines or M.lines)
end

return M
