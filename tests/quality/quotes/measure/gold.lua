--- Reads an article of our own and the quotes that are marked in it.
local M = {}

--- Takes the marks out of an article (tests/quality/quotes/README.md says what they mean).
---@return string text
---@return quality.Record[]
function M.unmark(source)
  local body, tail = source:match('^.-\n\n(.-)\n%-%-%-\n(.*)$')
  local names = {}
  for number, name in tail:gmatch('(%d+): ([^\n]+)') do
    names[tonumber(number)] = name
  end
  local out, at, open, by = {}, 0, {}, {}
  local i = 1
  while i <= #body do
    local letter, numbers, stop = body:match('^{(%l)([%d,]+) ()', i)
    if letter then
      open[#open + 1] = { letter = letter, numbers = numbers, from = at }
      i = stop
    elseif body:sub(i, i) == '}' then
      local mark = table.remove(open)
      for number in mark.numbers:gmatch('%d+') do
        local record = by[tonumber(number)] or { q = {}, w = {}, t = {}, number = tonumber(number) }
        by[tonumber(number)] = record
        if mark.letter == 's' or mark.letter == 'c' then
          record[mark.letter] = { mark.from, at }
        else
          table.insert(record[mark.letter], { mark.from, at })
        end
      end
      i = i + 1
    else
      out[#out + 1] = body:sub(i, i)
      at = at + 1
      i = i + 1
    end
  end
  local records = {}
  for number, record in pairs(by) do
    if #record.q + #record.w > 0 then
      records[#records + 1] = {
        pieces = #record.w > 0 and record.w or record.q,
        marked = #record.q > 0,
        cue = record.c,
        speaker = record.s,
        name = names[number],
      }
    end
  end
  return table.concat(out), records
end

return M
