--- Text as it is laid out on the screen: cut and filled by cells, and without what must not be shown as it is.
local M = {}

--- Signs for control characters: of an article or a file of annotations nothing is to reach a terminal, and NUL is what
--- Vim's functions refuse.
---@param char string
---@return string
local function sign(char)
  local byte = char:byte()
  if byte >= 9 and byte <= 13 then
    return ' '
  end
  return vim.fn.nr2char(byte == 127 and 0x2421 or 0x2400 + byte)
end

--- A text as one line without control characters.
---@param text string
---@return string
function M.plain(text)
  if text:find('%c') then
    text = text:gsub('%c', sign)
  end
  -- U+0080 to U+009F, which some terminals take for control characters, too.
  return text:find('\194[\128-\159]') and (text:gsub('\194[\128-\159]', '�')) or text
end

--- A text as one line that takes no more than so many cells.
---@param text string
---@param cells integer
---@return string text
---@return integer width
function M.cut(text, cells)
  -- A character takes four bytes at most: what lies further right cannot be seen, however long the text.
  local is_long = #text > cells * 4 + 4
  text = M.plain(is_long and text:sub(1, cells * 4 + 4) or text)
  local width = vim.api.nvim_strwidth(text)
  if is_long or width > cells then
    local mark = '…' -- two cells where 'ambiwidth' says so
    text = vim.fn.printf('%.*S', math.max(cells - vim.api.nvim_strwidth(mark), 0), text) .. mark
    width = vim.api.nvim_strwidth(text)
  end
  return text, width
end

--- The same, filled with blanks to the full width; on the left where `right` is set.
---@param text string
---@param cells integer
---@param right? boolean
---@return string
function M.fill(text, cells, right)
  local shown, width = M.cut(text, cells)
  local blanks = (' '):rep(cells - width)
  return right and blanks .. shown or shown .. blanks
end

return M
