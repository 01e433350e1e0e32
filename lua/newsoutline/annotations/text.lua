--- The decoded text of a buffer as annotations count in it, and the way between its offsets and places of the buffer.
---
--- Three kinds of offset meet here: rows and byte columns of the buffer, bytes of the decoded text (what the core
--- searches in), and code points of the decoded text (what a sidecar holds).
local document = require('newsoutline.document')
local source = require('newsoutline.source')

local M = {}

---@class newsoutline.AnnotationText
---@field bytes string the decoded text
---@field handle newsoutline.Document
---@field buf integer
---@field marks integer[] code points before each stretch of STRETCH bytes; nil where the text is ASCII
---@field anchor newsoutline.Anchor|nil made on first use
---@field pasts table<string, integer|false> earlier states that it was compared with, by their sketches
local Text = {}
Text.__index = Text

--- Bytes between two counts of code points: few enough that counting the rest costs nothing.
local STRETCH = 512

---@param bytes string
---@return integer
local function count(bytes)
  local _, continued = bytes:gsub('[\128-\191]', '')
  return #bytes - continued
end

---@param bytes string
---@return newsoutline.AnnotationText
function M.of_string(bytes)
  local text = setmetatable({ bytes = bytes, pasts = {} }, Text)
  if bytes:find('[\128-\255]') then
    text.marks = { 0 }
    for at = 1, #bytes, STRETCH do
      text.marks[#text.marks + 1] = text.marks[#text.marks] + count(bytes:sub(at, at + STRETCH - 1))
    end
  end
  return text
end

--- The text of a buffer as it is now; close it after use.
---@param buf integer
---@return newsoutline.AnnotationText|nil
---@return string|nil message
function M.of(buf)
  local handle, problem = document.read(buf)
  if not handle then
    return nil, problem
  end
  local text = M.of_string(handle:text())
  text.handle, text.buf = handle, buf
  return text
end

function Text:close()
  if self.handle then
    self.handle:close()
  end
end

--- Code points before a byte offset (from 0).
---@param byte integer
---@return integer
function Text:points(byte)
  if not self.marks then
    return byte
  end
  local stretch = math.floor(byte / STRETCH)
  return self.marks[stretch + 1] + count(self.bytes:sub(stretch * STRETCH + 1, byte))
end

--- The byte offset of a code point; the end where there are fewer.
---@param point integer
---@return integer
function Text:byte(point)
  if not self.marks then
    return math.min(point, #self.bytes)
  end
  local low, high = 1, #self.marks
  while low < high do
    local middle = math.ceil((low + high) / 2)
    if self.marks[middle] <= point then
      low = middle
    else
      high = middle - 1
    end
  end
  local at, left = (low - 1) * STRETCH, point - self.marks[low]
  while at < #self.bytes do
    local byte = self.bytes:byte(at + 1)
    if byte < 128 or byte > 191 then
      if left == 0 then
        break
      end
      left = left - 1
    end
    at = at + 1
  end
  return at
end

--- The last or first `n` code points of a string.
---@param s string
---@param n integer
---@param from_end boolean
---@return string
local function cut(s, n, from_end)
  if count(s) <= n then
    return s
  end
  local at = vim.str_byteindex(s, from_end and count(s) - n or n)
  return from_end and s:sub(at + 1) or s:sub(1, at)
end

--- Code points of context on each side.
M.CONTEXT = 32

--- What is kept of a passage, to find it again.
---@param from integer byte
---@param to integer byte
---@return newsoutline.Passage
function Text:passage(from, to)
  return {
    exact = self.bytes:sub(from + 1, to),
    prefix = cut(self:whole(math.max(0, from - 4 * M.CONTEXT), from), M.CONTEXT, true),
    suffix = cut(self:whole(to, math.min(#self.bytes, to + 4 * M.CONTEXT)), M.CONTEXT, false),
    from = self:points(from),
    to = self:points(to),
    word = self:searcher():word(from),
  }
end

--- Bytes of the text without a part of a code point at either end.
---@param from integer
---@param to integer
---@return string
function Text:whole(from, to)
  while from < to and (self.bytes:byte(from + 1) or 0) >= 128 and self.bytes:byte(from + 1) <= 191 do
    from = from + 1
  end
  while
    to > from
    and to < #self.bytes
    and self.bytes:byte(to + 1) >= 128
    and self.bytes:byte(to + 1) <= 191
  do
    to = to - 1
  end
  return self.bytes:sub(from + 1, to)
end

--- The words of the text, each as a number, by which a passage can be followed as a part of the whole.
---@return string
function Text:sketch()
  return assert(self:searcher():sketch(), 'out of memory')
end

--- What `find` compares the text with, by the sketch of an earlier state.
---@param sketch string
---@return integer|nil
function Text:past(sketch)
  if self.pasts[sketch] == nil then
    self.pasts[sketch] = self:searcher():compare(sketch) or false
  end
  return self.pasts[sketch] or nil
end

--- Adds what is known of look-alikes, so that none of them is taken for the passage later.
---@param passage newsoutline.Passage
function Text:learn_rival(passage)
  local near = self:byte(passage.from)
  local _, _, score, margin, n_exact, rival = self:searcher():find({
    exact = passage.exact,
    prefix = passage.prefix,
    suffix = passage.suffix,
    near = near,
    thorough = #passage.exact < 4096,
  })
  passage.rival = math.floor(math.max(0, score - margin) * 1000 + 0.5) / 1000
  passage.rival_offset = rival and self:points(rival) - passage.from or nil
  passage.is_repeated = n_exact > 1
end

function Text:searcher()
  self.anchor = self.anchor or assert(require('newsoutline.binding').core()).anchor(self.bytes)
  return assert(self.anchor, 'out of memory')
end

--- Where words stand that stand once.
---@param exact string
---@return integer|nil from
---@return integer|nil to
function Text:only(exact)
  local from, to = self.bytes:find(exact, 1, true)
  if from and exact ~= '' and not self.bytes:find(exact, from + 1, true) then
    return from - 1, to
  end
end

--- Bytes of context that tell nothing yet. Another program may note the words of a passage alone.
local LITTLE = 8

--- Where a passage stands, in bytes; nil where that is not sure. Untouched text is known by its place alone.
---@param passage newsoutline.Passage
---@param is_same boolean the text is the one that the passage was noted in
---@param sketch string|nil of the text that the passage was noted in
---@return integer|nil from
---@return integer|nil to
function Text:find(passage, is_same, sketch)
  local near = self:byte(passage.from)
  if is_same and self.bytes:sub(near + 1, near + #passage.exact) == passage.exact then
    return near, near + #passage.exact
  elseif not passage.word and #passage.prefix + #passage.suffix < LITTLE then
    return self:only(passage.exact)
  end
  local from, to = self:searcher():find({
    exact = passage.exact,
    prefix = passage.prefix,
    suffix = passage.suffix,
    near = near,
    rival = passage.rival,
    rival_offset = passage.rival_offset
      and self:byte(math.max(0, passage.from + passage.rival_offset)) - near,
    is_repeated = passage.is_repeated,
    past = sketch and passage.word and self:past(sketch),
    word = passage.word,
  })
  return from, to
end

--- The bytes of the text that a stretch of the buffer shows, trimmed; nil where it shows none.
---@param span newsoutline.Span
---@return integer|nil from
---@return integer|nil to
function Text:from_buffer(span)
  local from, to = self.handle:text_span(source.offset(self.buf, span.from), source.offset(self.buf, span.to))
  local passage = self.bytes:sub(from + 1, to)
  from = from + #passage:match('^%s*')
  to = to - #passage:match('%s*$')
  if from < to then
    return from, to
  end
end

---@param from integer
---@param to integer
---@return newsoutline.Span
function Text:to_buffer(from, to)
  local a, b = self.handle:source_span(from, to)
  return { from = source.position(self.buf, a), to = source.position(self.buf, b) }, { a, b }
end

return M
