--- The words of a buffer's text without the markup of its format.
local M = {}

local named = { amp = '&', lt = '<', gt = '>', quot = '"', apos = "'", nbsp = '\194\160' }
for name, character in pairs({
  ldquo = '“',
  rdquo = '”',
  lsquo = '‘',
  rsquo = '’',
  mdash = '—',
  ndash = '–',
}) do
  named[name] = character
end

---@param reference string what stands between & and ;
---@return string|nil
local function decode(reference)
  local hex, decimal = reference:match('^#[xX](%x+)$'), reference:match('^#(%d+)$')
  local code = hex and tonumber(hex, 16) or decimal and tonumber(decimal)
  if code and code > 0 and code <= 0x10FFFF then
    return vim.fn.nr2char(code)
  end
  return named[reference]
end

--- Takes tags out and decodes the common references, for showing and counting; text and Markdown stay as they are.
--- Exact places are the analysis's business.
---@param text string
---@param format string of the analysis
---@return string
function M.strip(text, format)
  if format == 'text' or format == 'markdown' then
    return text
  end
  -- A line may begin or end within a tag.
  text = text:gsub('<[^<>]*>', ''):gsub('^[^<>]*="[^<>]*>', ''):gsub('<[%a/!][^<>]*$', '')
  return (text:gsub('&(#?%w+);', decode))
end

return M
