--- The development pages of ../shared/data/html, with the text of their articles, in two parts by site.
---
--- A site is the host without "www." (of the readability set, which names no hosts: the first word of the page's
--- name); it belongs to the part that is judged where the FNV-1a hash of its name leaves 3 or 4 when divided by five,
--- else to the part that is fitted. Run as a script it writes the list that csrc/tools/train_content.c reads:
--- nvim -l csrc/tools/html_pages.lua FOLDER > PAGES
local M = {}

local here = vim.fn.fnamemodify(debug.getinfo(1, 'S').source:sub(2), ':p')
local root = vim.fs.dirname(vim.fs.dirname(vim.fs.dirname(here)))

function M.folder()
  return (vim.env.NEWSOUTLINE_SHARED or root .. '/../shared') .. '/data/html'
end

local function read(path)
  local file = assert(io.open(path, 'rb'))
  local bytes = file:read('*a')
  file:close()
  return bytes
end

local function hash(bytes)
  local h = 2166136261
  for i = 1, #bytes do
    h = bit.bxor(h, bytes:byte(i))
    -- h * 16777619 in 32 bits, by its two parts, since numbers are exact to 53 bits only
    h = (h % 4294967296 * 403 + bit.lshift(h, 24) % 4294967296) % 4294967296
  end
  return h
end

local function is_judged(site)
  return hash(site) % 5 >= 3
end

---@class html.Page
---@field set 'wcxb'|'readability'
---@field id string
---@field site string
---@field judged boolean
---@field gold table title, author, publish_date; main_content: of wcxb only, see M.text

local function wcxb(pages)
  for _, path in ipairs(vim.fn.sort(vim.fn.glob(M.folder() .. '/wcxb/ground-truth/*.json', true, true))) do
    local record = vim.json.decode(read(path), { luanil = { object = true, array = true } })
    local site = record.url:match('^%a+://([^/]+)'):gsub('^www%.', '')
    pages[#pages + 1] =
      { set = 'wcxb', id = record.file_id, site = site, judged = is_judged(site), gold = record.ground_truth }
  end
end

-- Pages made to test one thing, in dummy text, are no articles to learn from or to be judged by.
local function is_dummy(text)
  return text:find('[Ll]orem ipsum') ~= nil or text:find('Vestibulum', 1, true) ~= nil
end

local function readability(pages)
  for _, path in ipairs(vim.fn.sort(vim.fn.glob(M.folder() .. '/readability/test-pages/*', true, true))) do
    local id = vim.fs.basename(path)
    local site = id:match('^[^-]+')
    local page = { set = 'readability', id = id, site = site, judged = is_judged(site), gold = {} }
    if not is_dummy(M.text(page)) then
      pages[#pages + 1] = page
    end
  end
end

---@return html.Page[] set by set, in order of their names
function M.pages()
  local pages = {}
  wcxb(pages)
  readability(pages)
  return pages
end

--- The bytes of a page as it was saved.
function M.html(page)
  if page.set == 'readability' then
    return read(M.folder() .. '/readability/test-pages/' .. page.id .. '/source.html')
  end
  local result = vim.system({ 'gzip', '-dc', M.folder() .. '/wcxb/html/' .. page.id .. '.html.gz' }):wait()
  assert(result.code == 0, result.stderr)
  return result.stdout
end

local named = { amp = '&', lt = '<', gt = '>', quot = '"', apos = "'", nbsp = ' ' }
local inline = {}
for name in
  ('a abbr b bdi cite code del em font i ins kbd mark q s small span strong sub sup time tt u wbr'):gmatch(
    '%a+'
  )
do
  inline[name] = true
end

local function of_code_point(number)
  return vim.fn.nr2char(tonumber(number) or 0xFFFD, true)
end

--- The text of the article as it should be found, a line for each block.
function M.text(page)
  if page.set == 'wcxb' then
    return page.gold.main_content
  end
  local html = read(M.folder() .. '/readability/test-pages/' .. page.id .. '/expected.html')
  local text = html:gsub('<!%-%-.-%-%->', ''):gsub('%s+', ' '):gsub('</?(%w+)[^>]*>', function(name)
    return inline[name:lower()] and '' or '\n'
  end)
  return (
    text
      :gsub('&#x(%x+);', function(digits)
        return of_code_point('0x' .. digits)
      end)
      :gsub('&#(%d+);', of_code_point)
      :gsub('&(%a+);', named)
      :gsub(' *\n[\n ]*', '\n')
  )
end

if _G.arg and (_G.arg[0] or ''):find('html_pages%.lua$') then
  local folder = _G.arg[1]
  vim.fn.mkdir(folder, 'p')
  for _, page in ipairs(M.pages()) do
    if not page.judged then
      local stem = folder .. '/' .. page.id
      for name, bytes in pairs({ [stem .. '.html'] = M.html(page), [stem .. '.txt'] = M.text(page) }) do
        local file = assert(io.open(name, 'wb'))
        file:write(bytes)
        file:close()
      end
      io.stdout:write(table.concat({ stem .. '.html', stem .. '.txt', page.site, page.set }, '\t'), '\n')
    end
  end
end

return M
