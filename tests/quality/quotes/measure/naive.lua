--- The simplest rules that find quotes: what stands between marks is one, the nearest "said" is its cue, and the name
--- beside that its speaker. A measure that gives these about what issue 5 says they get is the measure it means.
local M = {}

local verbs = {}
for word in
  ([[said says say told tells added adds wrote writes asked asks tweeted noted notes explained argued claimed called
  calls warned announced insisted according saying adding]]):gmatch('%a+')
do
  verbs[word] = true
end

--- The cue nearest to a span, within a sentence of it.
local function cue_near(text, span)
  local best, distance
  local from, to = math.max(0, span[1] - 120), math.min(#text, span[2] + 80)
  for at, word, stop in text:sub(from + 1, to):gmatch('()(%a+)()') do
    local a, b = from + at - 1, from + stop - 1
    if verbs[word] and (b <= span[1] or a >= span[2]) then
      local gap = a >= span[2] and a - span[2] or span[1] - b
      local between = a >= span[2] and text:sub(span[2] + 1, a) or text:sub(b + 1, span[1])
      if (not distance or gap < distance) and not between:find('[.!?]%s') then
        best, distance = { a, b }, gap
      end
    end
  end
  return best
end

local function speaker_near(text, cue)
  local before, after = text:sub(math.max(1, cue[1] - 60), cue[1]), text:sub(cue[2] + 1, cue[2] + 60)
  local at = before:match('()%f[%w][Hh]e%s+$')
    or before:match('()%f[%w][Ss]he%s+$')
    or before:match('()%f[%w][Tt]hey%s+$')
  at = at or before:match('()%u[%w.’-]+%s+%u[%w.’-]+%s+$') or before:match('()%f[%w]%u[%w.’-]+%s+$')
  if at then
    local from = math.max(1, cue[1] - 60) - 1 + at - 1
    return { from, cue[1] - 1 }
  end
  local start, stop = after:match('^%s+()%u[%w.’-]+%s+%u[%w.’-]+()')
  if not start then
    start, stop = after:match('^%s+()%u?[%w.’-]+()')
  end
  return start and { cue[2] + start - 1, cue[2] + stop - 1 }
end

---@param text string
---@return quality.Record[]
function M.analyse(text)
  local records = {}
  -- Marks of three bytes as three signs of one, so that a set of bytes can exclude them.
  local plain = text:gsub('“', '\1\1\1'):gsub('”', '\2\2\2')
  for _, pattern in ipairs({ '()\1\1\1[^\1\2]*\2\2\2()', '()"[^"\n]*"()', "()''[^\n]-''()" }) do
    for from, to in plain:gmatch(pattern) do
      local span = { from - 1, to - 1 }
      local cue = cue_near(text, span)
      records[#records + 1] =
        { pieces = { span }, marked = true, cue = cue, speaker = cue and speaker_near(text, cue) }
    end
  end
  return records
end

return M
