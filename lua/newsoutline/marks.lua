--- The quotation marks around a piece of a quote, as they stand in the buffer: typed, doubled or as HTML references.
local M = {}

-- Longest first: `` and '' are one mark each.
local openers = {
  '``',
  "''",
  ',,',
  '“',
  '”',
  '‘',
  '’',
  '„',
  '‚',
  '«',
  '»',
  '‹',
  '›',
  '「',
  '『',
  '"',
  "'",
  '`',
}
local closers = { '``', "''", '”', '“', '’', '‘', '»', '«', '›', '‹', '」', '』', '"', "'" }

--- References that stand for a mark in HTML and XML.
local references = {
  quot = true,
  apos = true,
  ldquo = true,
  rdquo = true,
  lsquo = true,
  rsquo = true,
  bdquo = true,
  sbquo = true,
  laquo = true,
  raquo = true,
  lsaquo = true,
  rsaquo = true,
}
local code_points = { [0x22] = true, [0x27] = true, [0xAB] = true, [0xBB] = true }
for code = 0x2018, 0x201E do
  code_points[code] = true
end
code_points[0x2039], code_points[0x203A] = true, true

---@param reference string what stands between & and ;
---@return boolean
local function is_mark(reference)
  if references[reference] then
    return true
  end
  local hex, decimal = reference:match('^#[xX](%x+)$'), reference:match('^#(%d+)$')
  local code = hex and tonumber(hex, 16) or decimal and tonumber(decimal)
  return code ~= nil and code_points[code] == true
end

--- The white space at the start of a text, no-break spaces included, in bytes.
---@param text string
---@return integer
local function blanks_before(text)
  local at = 1
  while true do
    local _, to = text:find('^%s+', at)
    if not to then
      _, to = text:find('^\194\160', at)
    end
    if not to then
      _, to = text:find('^\226\128[\175\137]', at) -- narrow no-break space, thin space
    end
    if not to then
      return at - 1
    end
    at = to + 1
  end
end

---@param text string
---@return integer
local function blanks_after(text)
  local n = #text
  while n > 0 do
    local rest = text:sub(1, n)
    local from = rest:find('%s+$') or rest:find('\194\160$') or rest:find('\226\128[\175\137]$')
    if not from then
      break
    end
    n = from - 1
  end
  return #text - n
end

--- The bytes of the opening mark of a piece, with the blanks that stand inside it (« so »); 0 where it has none.
---@param text string
---@return integer
function M.opening(text)
  local n = 0
  local reference = text:match('^&(#?%w+);')
  if reference and is_mark(reference) then
    n = #reference + 2
  else
    for _, mark in ipairs(openers) do
      if text:sub(1, #mark) == mark then
        n = #mark
        break
      end
    end
  end
  return n == 0 and 0 or n + blanks_before(text:sub(n + 1))
end

--- The bytes of the closing mark of a piece, with the blanks that stand inside it; 0 where it has none.
---@param text string
---@return integer
function M.closing(text)
  local n = 0
  local reference = text:match('&(#?%w+);$')
  if reference and is_mark(reference) then
    n = #reference + 2
  else
    for _, mark in ipairs(closers) do
      if text:sub(-#mark) == mark then
        n = #mark
        break
      end
    end
  end
  return n == 0 and 0 or n + blanks_after(text:sub(1, -n - 1))
end

--- A piece of a quote without its marks. A piece that is nothing but marks is left as it is.
---@param text string
---@return string
function M.strip(text)
  local opening, closing = M.opening(text), M.closing(text)
  if opening == 0 or opening + closing >= #text then
    return text
  end
  return text:sub(opening + 1, #text - closing)
end

return M
