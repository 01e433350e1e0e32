--- Reads a small XML document of another program into a tree. Entities of its own are refused: nothing is fetched and
--- nothing grows.
local M = {}

---@class newsoutline.XmlNode
---@field name string without a prefix
---@field attributes table<string, string>
---@field children newsoutline.XmlNode[]
---@field text string all that stands directly in it

local named = { lt = '<', gt = '>', amp = '&', quot = '"', apos = "'" }

---@param code integer
---@return string|nil
local function character(code)
  if code < 0x80 then
    return string.char(code)
  elseif code < 0x800 then
    return string.char(0xC0 + math.floor(code / 64), 0x80 + code % 64)
  elseif code < 0x10000 then
    return string.char(0xE0 + math.floor(code / 4096), 0x80 + math.floor(code / 64) % 64, 0x80 + code % 64)
  elseif code < 0x110000 then
    return string.char(
      0xF0 + math.floor(code / 262144),
      0x80 + math.floor(code / 4096) % 64,
      0x80 + math.floor(code / 64) % 64,
      0x80 + code % 64
    )
  end
end

---@param text string
---@return string
local function decode(text)
  if not text:find('&', 1, true) then
    return text
  end
  return (
    text:gsub('&(#?)(x?)(%w+);', function(number, hex, name)
      if number == '' then
        return named[hex .. name]
      end
      local code = tonumber(name, hex == 'x' and 16 or 10)
      return code and character(code)
    end)
  )
end

---@param tag string what stands between the name and the end of a tag
---@return table<string, string>
local function attributes_of(tag)
  local found = {}
  for name, _, value in tag:gmatch('([%w:_.-]+)%s*=%s*(["\'])(.-)%2') do
    found[name] = decode(value)
  end
  return found
end

--- The end of a tag: the first > that stands in no value.
---@param content string
---@param at integer
---@return integer|nil
local function tag_end(content, at)
  while true do
    local found = content:find('[>"\']', at)
    if not found then
      return nil
    end
    local char = content:sub(found, found)
    if char == '>' then
      return found
    end
    local close = content:find(char, found + 1, true)
    if not close then
      return nil
    end
    at = close + 1
  end
end

---@param content string
---@return newsoutline.XmlNode|nil root
---@return string|nil problem
function M.parse(content)
  content = content:gsub('^\239\187\191', ''):gsub('\r\n?', '\n')
  if content:match('^<%?xml[^>]-encoding%s*=%s*["\']([^"\']*)') then
    local encoding = content:match('^<%?xml[^>]-encoding%s*=%s*["\']([^"\']*)'):lower()
    if encoding ~= 'utf-8' and encoding ~= 'us-ascii' then
      return nil, 'is not in UTF-8 but in ' .. encoding
    end
  end
  local document = { name = '', attributes = {}, children = {}, pieces = {} }
  local open, at = { document }, 1
  local function problem(what, place)
    local _, breaks = content:sub(1, place):gsub('\n', '')
    return ('is no sound XML: %s in line %d'):format(what, breaks + 1)
  end
  local function after(ending, from)
    return (select(2, content:find(ending, from, true)))
  end
  while true do
    local from = content:find('<', at, true)
    local top = open[#open]
    top.pieces[#top.pieces + 1] = decode(content:sub(at, (from or #content + 1) - 1))
    if not from then
      break
    end
    local to
    if content:sub(from, from + 3) == '<!--' then
      to = after('-->', from + 4)
    elseif content:sub(from, from + 8) == '<![CDATA[' then
      to = after(']]>', from + 9)
      if to then
        top.pieces[#top.pieces + 1] = content:sub(from + 9, to - 3)
      end
    elseif content:sub(from, from + 1) == '<?' then
      to = after('?>', from + 2)
    elseif content:sub(from, from + 1) == '<!' then
      return nil, problem('a document type is not taken', from)
    else
      to = tag_end(content, from + 1)
      local slash, name, rest = content:sub(from, to or from):match('^<(/?)([%w:_.-]+)(.-)>$')
      if not to or not name then
        return nil, problem('a broken tag', from)
      end
      name = name:gsub('^.-:', '')
      if slash == '/' then
        if #open == 1 or top.name ~= name then
          return nil, problem(('</%s> closes nothing'):format(name), from)
        end
        top.text, top.pieces = table.concat(top.pieces), nil
        open[#open] = nil
      else
        local node = { name = name, attributes = attributes_of(rest), children = {}, pieces = {} }
        table.insert(top.children, node)
        if rest:sub(-1) == '/' then
          node.text, node.pieces = '', nil
        else
          open[#open + 1] = node
        end
      end
    end
    if not to then
      return nil, problem('something that never ends', from)
    end
    at = to + 1
  end
  if #open > 1 then
    return nil, problem(('<%s> is never closed'):format(open[#open].name), #content)
  end
  local root = document.children[1]
  if not root then
    return nil, 'holds no XML'
  end
  return root
end

--- The children of a node that have a name.
---@param node newsoutline.XmlNode|nil
---@param name string
---@return newsoutline.XmlNode[]
function M.all(node, name)
  return vim.tbl_filter(function(child)
    return child.name == name
  end, node and node.children or {})
end

---@param node newsoutline.XmlNode|nil
---@param name string
---@return newsoutline.XmlNode|nil
function M.first(node, name)
  return M.all(node, name)[1]
end

--- A text as it stands in XML; what XML cannot hold becomes U+FFFD, so that characters still count the same.
---@param text string
---@return string
function M.escape(text)
  text = text:gsub('[%z\1-\8\11\12\14-\31]', '\239\191\189'):gsub('\239\191[\190\191]', '\239\191\189')
  return (
    text:gsub(
      '[&<>"\r]',
      { ['&'] = '&amp;', ['<'] = '&lt;', ['>'] = '&gt;', ['"'] = '&quot;', ['\r'] = '&#13;' }
    )
  )
end

return M
