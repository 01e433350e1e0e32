--- What the core is given of a buffer: its bytes, its name, how to read it; or why there is nothing to read.
local M = {}

--- What the core is asked to read a filetype as; everything else goes by name and content.
local formats = {
  markdown = 'markdown',
  html = 'html',
  xhtml = 'html',
  xml = 'xml',
}

--- Buffers that hold no article, and what they are called.
local no_article = {
  terminal = 'a terminal',
  quickfix = 'a quickfix list',
  prompt = 'a prompt',
}

---@param buf integer
---@return string
function M.name(buf)
  return vim.api.nvim_buf_get_name(buf)
end

--- A name to show.
---@param buf integer
---@return string
function M.title(buf)
  local name = M.name(buf)
  return name == '' and '[No Name]' or vim.fn.fnamemodify(name, ':t')
end

---@param buf integer
---@return integer bytes
function M.size(buf)
  return math.max(0, vim.api.nvim_buf_get_offset(buf, vim.api.nvim_buf_line_count(buf)))
end

--- The buffer's bytes as the core reads them. A line break within a line is how Neovim shows a NUL byte.
---@param buf integer
---@return string
function M.bytes(buf)
  local lines = vim.api.nvim_buf_get_lines(buf, 0, -1, false)
  for i, line in ipairs(lines) do
    if line:find('\n', 1, true) then
      lines[i] = line:gsub('\n', '\0')
    end
  end
  return table.concat(lines, '\n')
end

---@type { buf: integer, tick: integer, starts: integer[] }|nil
local last_starts

--- The offset that each line of a buffer starts at, by row from 1, and that of its end. Neovim's own answer for one
--- line takes as long as a walk over hundreds, so all are noted, for the buffer that was asked about last.
---@param buf integer
---@return integer[]
local function line_starts(buf)
  local tick = vim.api.nvim_buf_get_changedtick(buf)
  if not last_starts or last_starts.buf ~= buf or last_starts.tick ~= tick then
    local starts, at = {}, 0
    for i, line in ipairs(vim.api.nvim_buf_get_lines(buf, 0, -1, false)) do
      starts[i] = at
      at = at + #line + 1
    end
    starts[#starts + 1] = at
    last_starts = { buf = buf, tick = tick, starts = starts }
  end
  return last_starts.starts
end

--- Bytes before a place, as the core counts them.
---@param buf integer
---@param position newsoutline.Position
---@return integer
function M.offset(buf, position)
  local starts = line_starts(buf)
  return starts[math.min(position[1] + 1, #starts - 1)] + position[2]
end

--- The place of an offset, by halving.
---@param buf integer
---@param offset integer
---@return newsoutline.Position
function M.position(buf, offset)
  local starts = line_starts(buf)
  local low, high = 1, #starts - 1
  while low < high do
    local middle = math.ceil((low + high) / 2)
    if starts[middle] <= offset then
      low = middle
    else
      high = middle - 1
    end
  end
  return { low - 1, offset - starts[low] }
end

--- What the core is told of a buffer.
---@param buf integer
---@param settings newsoutline.Project
---@return newsoutline.ParseOptions
function M.options(buf, settings)
  return {
    name = M.name(buf),
    utf8 = true,
    format = formats[vim.bo[buf].filetype] or 'auto',
    entities = settings.entities,
  }
end

--- What an analysis depends on besides the lines.
---@param buf integer
---@param settings newsoutline.Project
---@return string
function M.key(buf, settings)
  return table.concat({ M.name(buf), vim.bo[buf].filetype, settings.stamp }, '\0')
end

--- Why a buffer cannot hold an article.
---@param buf integer
---@return string|nil message
function M.refuse(buf)
  if not vim.api.nvim_buf_is_valid(buf) then
    return ('there is no buffer %d'):format(buf)
  end
  if not vim.api.nvim_buf_is_loaded(buf) then
    return M.title(buf) .. ' is not loaded'
  end
  local kind = no_article[vim.bo[buf].buftype]
  if kind then
    return 'this buffer is ' .. kind .. ', not an article'
  end
  if vim.bo[buf].filetype == 'newsoutline' then
    return 'this is the outline itself, not an article'
  end
end

return M
