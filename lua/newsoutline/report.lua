--- Writes an analysis as text for people: heading, outline, entities and quotes, with line and column.

local M = {}

--- Returns a function from a byte offset to its line and column (both from 1, columns in bytes).
---@param bytes string
---@return fun(offset: integer): integer, integer
function M.places(bytes)
  local starts = { 0 }
  for at in bytes:gmatch('\n()') do
    table.insert(starts, at - 1)
  end
  return function(offset)
    local low, high = 1, #starts
    while low < high do
      local middle = math.floor((low + high + 1) / 2)
      if starts[middle] <= offset then
        low = middle
      else
        high = middle - 1
      end
    end
    return low, offset - starts[low] + 1
  end
end

local function present(value)
  return value ~= nil and value ~= vim.NIL
end

local function heading(analysis, add)
  add(
    ('%s: %s, %s'):format(
      analysis.file,
      analysis.format,
      present(analysis.language) and analysis.language or '?'
    )
  )
  for _, field in ipairs({ 'headline', 'dek', 'date', 'modified' }) do
    local value = analysis[field]
    if present(value) then
      add(('  %-10s %s'):format(field, present(value.iso) and value.iso or value.text))
    end
  end
  local names = {}
  for _, byline in ipairs(analysis.bylines) do
    table.insert(names, byline.text)
  end
  if #names > 0 then
    add(('  %-10s %s'):format('byline', table.concat(names, '; ')))
  end
end

local function outline(analysis, place, add)
  add('Outline')
  for _, node in ipairs(analysis.outline) do
    local line = place(node.from)
    local mark = (node.kind == 'section' or node.kind == 'lede') and '' or (' (%s)'):format(node.kind)
    add(('%6d  %s%s%s'):format(line, ('  '):rep(node.level - 1), node.title, mark))
  end
end

local function entities(analysis, place, add)
  add('Entities')
  for _, entity in ipairs(analysis.entities) do
    local lines = {}
    for _, mention in ipairs(entity.mentions) do
      local line = place(mention.from)
      if lines[#lines] ~= line then
        table.insert(lines, line)
      end
    end
    local roles = #entity.roles > 0 and ', ' .. table.concat(entity.roles, ', ') or ''
    add(('  %-13s %s%s  (line %s)'):format(entity.type, entity.name, roles, table.concat(lines, ', ')))
  end
end

local function quotes(analysis, place, add)
  add('Quotes')
  for _, quote in ipairs(analysis.quotes) do
    local line, column = place(quote.from)
    local speaker = present(quote.speaker) and quote.speaker.name
      or (quote.kind == 'term' and 'term' or 'unknown')
    local kind = (quote.kind == 'direct' or quote.kind == 'term') and '' or (' (%s)'):format(quote.kind)
    add(('  %-8s %s%s: %s'):format(('%d:%d'):format(line, column), speaker, kind, quote.text))
  end
end

--- The analysis as text, without a line end at its end.
---@param analysis table with positions in bytes
---@param bytes string the file as it was read
---@return string
function M.render(analysis, bytes)
  local place = M.places(bytes)
  local lines = {}
  local function add(line)
    table.insert(lines, line)
  end
  heading(analysis, add)
  for _, part in ipairs({ outline, entities, quotes }) do
    add('')
    part(analysis, place, add)
  end
  return table.concat(lines, '\n')
end

return M
