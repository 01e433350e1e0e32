--- The front door. Everything works without calling anything here.
local M = {}

--- Sets options; never needed, `vim.g.newsoutline` does the same.
---@param opts? table
function M.setup(opts)
  require('newsoutline.config').setup(opts)
  require('newsoutline.attach').all()
end

--- The analysis of a buffer as it is now: the fields of the schema, positions as { row, column } from 0. The table is
--- shared, do not write to it.
---@param buf? integer 0 or nil: the current buffer
---@return newsoutline.Analysis|nil
---@return string|nil message why there is none
function M.get(buf)
  local analysis, message = require('newsoutline.document').get(buf)
  return analysis, message
end

--- Analyses a buffer again, whatever its size.
---@param buf? integer
---@return newsoutline.Analysis|nil
---@return string|nil message
function M.refresh(buf)
  return require('newsoutline.document').refresh(buf)
end

--- A few words for a status line.
---@param buf? integer
---@return string
function M.status(buf)
  return require('newsoutline.status').text(buf)
end

--- The sections that a window's cursor is in, outermost first, for a winbar.
---@param win? integer
---@param opts? { separator?: string, width?: integer } between titles, default " › "; cells for each, default 30
---@return string
function M.breadcrumb(win, opts)
  return require('newsoutline.status').breadcrumb(win, opts)
end

--- Opens the reading view of an article, or goes to it.
---@param buf? integer
function M.read(buf)
  require('newsoutline.read').open(buf)
end

---@param buf? integer
---@param opts? { position?: 'left'|'right'|'float', focus?: boolean }
function M.open(buf, opts)
  require('newsoutline.outline').open(buf, opts)
end

function M.close()
  require('newsoutline.outline').close()
end

---@param buf? integer
---@param opts? { position?: 'left'|'right'|'float', focus?: boolean }
function M.toggle(buf, opts)
  require('newsoutline.outline').toggle(buf, opts)
end

return M
