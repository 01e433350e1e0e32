--- The development pages of ../shared/data/html/wcxb, unpacked, with the text of their articles, in two parts by site.
---
--- A site is the host without "www."; it belongs to the part that is judged where the FNV-1a hash of its name leaves 3
--- or 4 when divided by five, else to the part that is fitted. Run as a script it writes the pairs of files that
--- csrc/tools/train_content.c reads: nvim -l csrc/tools/html_pages.lua FOLDER > PAIRS
local M = {}

local here = vim.fn.fnamemodify(debug.getinfo(1, 'S').source:sub(2), ':p')
local root = vim.fs.dirname(vim.fs.dirname(vim.fs.dirname(here)))

function M.folder()
  return (vim.env.NEWSOUTLINE_SHARED or root .. '/../shared') .. '/data/html/wcxb'
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

---@class html.Page
---@field id string
---@field site string
---@field judged boolean
---@field gold table title, author, publish_date, main_content, main_content_markdown

---@return html.Page[] in order of their numbers
function M.pages()
  local pages = {}
  for _, path in ipairs(vim.fn.sort(vim.fn.glob(M.folder() .. '/ground-truth/*.json', true, true))) do
    local record = vim.json.decode(read(path), { luanil = { object = true, array = true } })
    local site = record.url:match('^%a+://([^/]+)'):gsub('^www%.', '')
    pages[#pages + 1] = {
      id = record.file_id,
      site = site,
      judged = hash(site) % 5 >= 3,
      gold = record.ground_truth,
    }
  end
  return pages
end

--- The bytes of a page as it was saved.
function M.html(page)
  local result = vim.system({ 'gzip', '-dc', M.folder() .. '/html/' .. page.id .. '.html.gz' }):wait()
  assert(result.code == 0, result.stderr)
  return result.stdout
end

if _G.arg and (_G.arg[0] or ''):find('html_pages%.lua$') then
  local folder = _G.arg[1]
  vim.fn.mkdir(folder, 'p')
  for _, page in ipairs(M.pages()) do
    if not page.judged then
      local stem = folder .. '/' .. page.id
      for name, bytes in pairs({ [stem .. '.html'] = M.html(page), [stem .. '.txt'] = page.gold.main_content }) do
        local file = assert(io.open(name, 'wb'))
        file:write(bytes)
        file:close()
      end
      io.stdout:write(stem, '.html\t', stem, '.txt\t', page.site, '\n')
    end
  end
end

return M
