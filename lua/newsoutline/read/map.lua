--- Which bytes of the source each byte of the reading view stands for, both ways.
---
--- A piece is a stretch of one line of the view. One as long as its source goes with it byte by byte; in any other the
--- whole stands for the whole. Source offsets are bytes of the buffer, its lines joined by one byte each.
local M = {}

---@class newsoutline.ReadMap
---@field row integer[] of each piece, from 0
---@field column integer[]
---@field n integer[] bytes in the view
---@field from integer[] source
---@field to integer[]
---@field first integer[] by row from 1: the first piece at or after its start
---@field order integer[]|nil pieces by source, made on first use
local Map = {}
Map.__index = Map

---@return newsoutline.ReadMap
function M.new()
  return setmetatable({ row = {}, column = {}, n = {}, from = {}, to = {}, first = {} }, Map)
end

--- Appends a piece; pieces come in the order of the view.
---@param row integer
---@param column integer
---@param n integer
---@param from integer
---@param to integer
function Map:add(row, column, n, from, to)
  local i = #self.row + 1
  self.row[i], self.column[i], self.n[i], self.from[i], self.to[i] = row, column, n, from, to
end

--- To be called when all is added.
---@param n_rows integer
function Map:finish(n_rows)
  local i = 1
  for row = 0, n_rows do
    while self.row[i] and self.row[i] < row do
      i = i + 1
    end
    self.first[row + 1] = i
  end
  self.order = {}
  for k = 1, #self.row do
    self.order[k] = k
  end
  table.sort(self.order, function(a, b)
    return self.from[a] < self.from[b] or self.from[a] == self.from[b] and a < b
  end)
end

--- The first piece that ends after a place of the view.
---@param position newsoutline.Position
---@return integer
function Map:at(position)
  local row, column = position[1], position[2]
  local low = self.first[math.min(row + 1, #self.first)] or 1
  local high = self.first[math.min(row + 2, #self.first)] or 1
  while low < high do
    local middle = math.floor((low + high) / 2)
    if self.column[middle] + self.n[middle] <= column then
      low = middle + 1
    else
      high = middle
    end
  end
  return low
end

--- The source of a stretch of the view, from the first piece that it touches to the last; of an empty one, where the
--- piece there starts, or the nearest one on its line. Nil where it touches none.
---@param span newsoutline.Span
---@return integer|nil from
---@return integer|nil to
function Map:to_source(span)
  local i, from, to = self:at(span.from), span.from, span.to
  if from[1] == to[1] and from[2] >= to[2] then
    local row = from[1]
    if self.row[i] ~= row then
      i = self.row[i - 1] == row and i - 1 or i
    end
    if self.row[i] ~= row then
      return nil
    end
    local start = self.from[i]
    if self.n[i] == self.to[i] - self.from[i] then
      start = start + math.max(0, math.min(from[2] - self.column[i], self.n[i]))
    end
    return start, start
  end
  local k = self:at(to)
  if not self.row[k] or self.row[k] > to[1] or self.column[k] >= to[2] then
    k = k - 1
  end
  if not self.row[i] or k < i then
    return nil
  end
  local a, b = self.from[i], self.to[k]
  if self.n[i] == self.to[i] - self.from[i] and self.row[i] == from[1] then
    a = a + math.max(0, from[2] - self.column[i])
  end
  if self.n[k] == self.to[k] - self.from[k] and self.row[k] == to[1] then
    b = self.from[k] + math.min(self.n[k], to[2] - self.column[k])
  end
  if a < b then
    return a, b
  end
end

--- The number of pieces, in order of the source, that start before an offset.
---@param offset integer
---@return integer
function Map:before(offset)
  local low, high = 0, #self.order
  while low < high do
    local middle = math.ceil((low + high) / 2)
    if self.from[self.order[middle]] < offset then
      low = middle
    else
      high = middle - 1
    end
  end
  return low
end

--- Where the view shows a stretch of the source; of an empty one, the piece that holds the offset or the next one.
--- Nil where it shows nothing of it.
---@param from integer
---@param to integer
---@return newsoutline.Span|nil
function Map:to_view(from, to)
  local order = self.order
  local i = self:before(from + 1)
  local piece = order[i]
  if not piece or self.to[piece] <= from then
    i = i + 1
    piece = order[i]
  end
  if from >= to then
    local inside = piece and from >= self.from[piece]
    piece = piece or order[#order]
    if not piece then
      return nil
    end
    local column = self.column[piece]
    if inside and self.n[piece] == self.to[piece] - self.from[piece] then
      column = column + from - self.from[piece]
    end
    local position = { self.row[piece], column }
    return { from = position, to = position }
  end
  local last = order[self:before(to)]
  if not piece or not last or self.from[piece] >= to or self.to[last] <= from then
    return nil
  end
  local a, b = { self.row[piece], self.column[piece] }, { self.row[last], self.column[last] + self.n[last] }
  if self.n[piece] == self.to[piece] - self.from[piece] then
    a[2] = a[2] + math.max(0, from - self.from[piece])
  end
  if self.n[last] == self.to[last] - self.from[last] then
    b[2] = self.column[last] + math.min(self.n[last], to - self.from[last])
  end
  if a[1] < b[1] or a[1] == b[1] and a[2] < b[2] then
    return { from = a, to = b }
  end
end

return M
