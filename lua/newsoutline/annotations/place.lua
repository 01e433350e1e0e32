--- Where annotations stand in a buffer: an extmark follows each, and where it cannot, the passage is sought again.
local text = require('newsoutline.annotations.text')

local M = {}

M.namespace = vim.api.nvim_create_namespace('newsoutline.annotations')

---@param buf integer
---@param a newsoutline.Annotation
---@param span newsoutline.Span
function M.set(buf, a, span)
  a.mark = vim.api.nvim_buf_set_extmark(buf, M.namespace, span.from[1], span.from[2], {
    id = a.mark,
    end_row = span.to[1],
    end_col = span.to[2],
    end_right_gravity = false,
    invalidate = true,
    strict = false,
  })
end

---@param buf integer
---@param a newsoutline.Annotation
function M.clear(buf, a)
  if a.mark and vim.api.nvim_buf_is_loaded(buf) then
    vim.api.nvim_buf_del_extmark(buf, M.namespace, a.mark)
  end
  a.mark = nil
end

--- Where an annotation stands; nil for an orphan.
---@param buf integer
---@param a newsoutline.Annotation
---@return newsoutline.Span|nil
function M.of(buf, a)
  if not a.mark or not vim.api.nvim_buf_is_loaded(buf) then
    return nil
  end
  local found = vim.api.nvim_buf_get_extmark_by_id(buf, M.namespace, a.mark, { details = true })
  local row, column, details = found[1], found[2], found[3]
  if not row or details.invalid or not details.end_row then
    return nil
  end
  if row == details.end_row and column >= details.end_col then
    return nil
  end
  return { from = { row, column }, to = { details.end_row, details.end_col } }
end

--- Those whose marks touch some rows, in the order of the list: each with its place, nil where the text is gone from
--- under it, and the row that its mark is on.
---@param buf integer
---@param list newsoutline.Annotation[]
---@param first integer
---@param last integer the last row
---@return { a: newsoutline.Annotation, span: newsoutline.Span|nil, row: integer }[]
function M.within(buf, list, first, last)
  local by_mark, found = {}, {}
  for i, a in ipairs(list) do
    if a.mark then
      by_mark[a.mark] = i
    end
  end
  local marks = vim.api.nvim_buf_get_extmarks(
    buf,
    M.namespace,
    { first, 0 },
    last < vim.api.nvim_buf_line_count(buf) - 1 and { last, -1 } or -1,
    { details = true, overlap = true }
  )
  for _, mark in ipairs(marks) do
    local i, row, column, details = by_mark[mark[1]], mark[2], mark[3], mark[4]
    if i then
      local is_empty = details.invalid
        or not details.end_row
        or (row == details.end_row and column >= details.end_col)
      local span = not is_empty and { from = { row, column }, to = { details.end_row, details.end_col } }
        or nil
      found[#found + 1] = { a = list[i], span = span, row = row, i = i }
    end
  end
  table.sort(found, function(a, b)
    return a.i < b.i
  end)
  return found
end

--- Notes the passages of annotations anew from where they stand.
---@param buf integer
---@param list newsoutline.Annotation[]
---@param texts table<string, string> sketches of the texts that passages were noted in, by their SHA-256: added to
function M.note(buf, list, texts)
  local t = #list > 0 and text.of(buf)
  if not t then
    return
  end
  local sha = vim.fn.sha256(t.bytes)
  for _, a in ipairs(list) do
    local span = M.of(buf, a)
    local from, to
    if span then
      from, to = t:from_buffer(span)
    end
    if span and from and to then
      local passage = t:passage(from, to)
      local old = a.passage
      if not old or not a.bytes or a.sha ~= sha or old.from ~= passage.from or old.to ~= passage.to then
        if old and old.rival and old.exact == passage.exact and old.prefix == passage.prefix then
          passage.rival, passage.is_repeated = old.rival, old.is_repeated
          passage.rival_offset = old.rival_offset
        else
          t:learn_rival(passage)
        end
        local _, bytes = t:to_buffer(from, to)
        a.passage, a.bytes, a.sha, a.row, a.line = passage, bytes, sha, span.from[1], nil
        texts[sha] = texts[sha] or t:sketch()
      end
    end
  end
  t:close()
end

--- Puts annotations on their passages in the buffer as it is.
---@param buf integer
---@param list newsoutline.Annotation[]
---@param texts table<string, string> sketches of the texts that passages were noted in, by their SHA-256
---@param keep? boolean those that are not found keep the mark that they have: an undo may bring its text back
function M.find(buf, list, texts, keep)
  local t = #list > 0 and text.of(buf)
  if not t then
    return
  end
  local sha = vim.fn.sha256(t.bytes)
  for _, a in ipairs(list) do
    local from, to = t:find(a.passage, a.sha == sha, texts[a.sha])
    if from and to then
      M.set(buf, a, (t:to_buffer(from, to)))
    elseif not keep then
      M.clear(buf, a)
    end
  end
  t:close()
end

--- Whether the text under a mark may no longer be that of its passage: it is gone, or a part of it is.
---@param buf integer
---@param a newsoutline.Annotation
---@return boolean
function M.is_doubtful(buf, a)
  local span = M.of(buf, a)
  if not span then
    return true
  end
  -- A change across the start of a mark leaves it on the rest: the whole may still be there.
  local words = vim.api.nvim_buf_get_text(buf, span.from[1], span.from[2], span.to[1], span.to[2], {})
  local left, exact = table.concat(words, '\n'), a.passage.exact
  return #left < #exact and (exact:sub(-#left) == left or exact:sub(1, #left) == left)
end

return M
