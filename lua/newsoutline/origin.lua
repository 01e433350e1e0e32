--- Buffers that show an article in another form, and where in the article's own buffer their places stand.
---
--- What is done to the article from such a buffer (a note, a correction, a place that is quoted) goes through here; of
--- an ordinary buffer everything is its own origin.
local M = {}

---@class newsoutline.View
---@field source integer the article's buffer
---@field to_source fun(span: newsoutline.Span): newsoutline.Span|nil nil where nothing of the article is shown there
---@field to_view fun(span: newsoutline.Span): newsoutline.Span|nil nil where the view leaves it out

---@type table<integer, newsoutline.View> by the view's buffer
local views = {}

---@param buf integer
---@param view newsoutline.View|nil nil: it is none any more
function M.set(buf, view)
  views[buf] = view
end

--- The buffer that holds the article shown in a buffer.
---@param buf integer
---@return integer
function M.buffer(buf)
  return views[buf] and views[buf].source or buf
end

---@param buf integer
---@return boolean
function M.is_view(buf)
  return views[buf] ~= nil
end

--- Where a stretch of a buffer stands in the article's own.
---@generic T : newsoutline.Span
---@param buf integer
---@param span T
---@return integer source
---@return T|nil span with the other fields of the one given
function M.span(buf, span)
  local view = views[buf]
  if not view then
    return buf, span
  end
  local found = view.to_source(span)
  return view.source, found and vim.tbl_extend('force', span, found)
end

---@param buf integer
---@param position newsoutline.Position
---@return integer source
---@return newsoutline.Position|nil
function M.position(buf, position)
  local source, span = M.span(buf, { from = position, to = position })
  return source, span and span.from
end

--- Where a buffer shows a stretch of the article: the other way round.
---@param buf integer
---@param span newsoutline.Span
---@return newsoutline.Span|nil
function M.place(buf, span)
  local view = views[buf]
  if not view then
    return span
  end
  return view.to_view(span)
end

--- The buffers that show an article, its own first, each with where it shows a stretch of the article.
---@param source integer
---@return { buf: integer, place: fun(span: newsoutline.Span): newsoutline.Span|nil }[]
function M.shown(source)
  local list = { {
    buf = source,
    place = function(span)
      return span
    end,
  } }
  for buf, view in pairs(views) do
    if view.source == source and vim.api.nvim_buf_is_loaded(buf) then
      list[#list + 1] = { buf = buf, place = view.to_view }
    end
  end
  return list
end

return M
