--- Reads the public corpora of pages as lines with their roles, and cuts them into a half to fit on and a half to
--- report. Used by script/train and by tests/quality/outline.lua; alone it writes the trainers' corpora:
---   nvim -l csrc/tools/outline_corpus.lua OUT [SECTIONS]
local M = {}

--- Which half a page belongs to: bit 24 of its name's FNV-1a hash, set to fit on.
---@param name string
---@return boolean fit
function M.is_fit(name)
  local h = 2166136261
  for i = 1, #name do
    h = bit.bxor(h, name:byte(i))
    -- times 16777619 modulo 2^32, in two halves because numbers hold 53 bits
    h = (bit.band(h, 0xffff) * 16777619 + bit.band(bit.rshift(h, 16) * 16777619, 0xffff) * 65536) % 4294967296
  end
  return math.floor(h / 2 ^ 24) % 2 == 1
end

---@return string folder of the shared data
function M.shared()
  return (vim.env.NEWSOUTLINE_SHARED or '../shared') .. '/data'
end

local function read(path)
  local file = assert(io.open(path, 'rb'))
  local bytes = file:read('*a')
  file:close()
  return bytes
end

--- The pages of l3s-gn1: lists of { role, tag, text }.
function M.l3s()
  local pages, page = {}, nil
  for line in io.lines(M.shared() .. '/outline/l3s-gn1/lines.tsv') do
    local name = line:match('^#doc (.*)$')
    if name then
      page = { name = name }
      table.insert(pages, page)
    else
      local role, tag, text = line:match('^([^\t]*)\t([^\t]*)\t(.*)$')
      table.insert(page, { role = role, tag = tag, text = text })
    end
  end
  return pages
end

--- A line of Markdown without its marks, and its heading level.
local function unmark(line)
  local marks = line:match('^(#+) ')
  local text = line:gsub('^#+ +', ''):gsub('^%s*[-*+] +', ''):gsub('^%s*>%s?', '')
  text = text:gsub('!?%[([^%]]*)%]%([^)]*%)', '%1'):gsub('%*%*', ''):gsub('__', ''):gsub('`', '')
  text = text:gsub('%*([^%s*][^*]*)%*', '%1'):gsub('\\([%p])', '%1')
  return vim.trim(text), marks and #marks or 0
end

--- The articles of wcxb as lines without marks: lists of { level, text }.
function M.wcxb()
  local pages = {}
  for _, path in ipairs(vim.fn.sort(vim.fn.glob(M.shared() .. '/html/wcxb/ground-truth/*.json', true, true))) do
    local gold = vim.json.decode(read(path)).ground_truth
    local page = { name = vim.fs.basename(path), title = gold.title }
    for line in ((gold.main_content_markdown or '') .. '\n'):gmatch('(.-)\r?\n') do
      local text, level = unmark(line)
      if text:match('%S') then
        table.insert(page, { level = level, text = text })
      end
    end
    if #page > 0 then
      table.insert(pages, page)
    end
  end
  return pages
end

--- Those of wcxb's articles that have sections, without their subheads: lists of texts, with `begins`, the set of lines
--- that a section begins with, and `n_sections`.
function M.sections()
  local articles = {}
  for _, page in ipairs(M.wcxb()) do
    local article = { name = page.name, begins = {}, n_sections = 1 }
    for _, line in ipairs(page) do
      if line.level == 0 then
        table.insert(article, line.text)
      elseif #article > 0 and not article.begins[#article + 1] then
        article.begins[#article + 1] = true
        article.n_sections = article.n_sections + 1
      end
    end
    if article.begins[#article + 1] then -- a heading with nothing below it
      article.begins[#article + 1] = nil
      article.n_sections = article.n_sections - 1
    end
    if article.n_sections > 1 and #article >= 8 then
      table.insert(articles, article)
    end
  end
  return articles
end

--- GUM's news and interviews: lists of { role, text }, with head, p, caption, date, byline lines.
function M.gum()
  local pages = {}
  for _, path in ipairs(vim.fn.sort(vim.fn.glob(M.shared() .. '/ner/gum/**/*.xml', true, true))) do
    local name = vim.fs.basename(path)
    if name:match('_news_') or name:match('_interview_') then
      local page, role, words = { name = name }, nil, {}
      local function finish()
        if #words > 0 then
          local text = table.concat(words, ' '):gsub(' ([.,:;!?%%)])', '%1'):gsub('%( ', '(')
          text = text:gsub(" ('s)", '%1'):gsub(" (n't)", '%1')
          table.insert(page, { role = role or 'p', text = text })
          words = {}
        end
      end
      for line in io.lines(path) do
        local open = line:match('^<(%a+)')
        if open == 'p' or open == 'head' or open == 'caption' or open == 'item' or open == 'sp' then
          finish()
          role = open
        elseif
          line:match('^</p>')
          or line:match('^</head>')
          or line:match('^</caption>')
          or line:match('^</item>')
        then
          finish()
          role = nil
        elseif not line:match('^<') then
          table.insert(words, (line:match('^[^\t]+')))
        end
      end
      finish()
      table.insert(pages, page)
    end
  end
  return pages
end

local function ends_sentence(text)
  return text:match('[.!?:]["\')%]]*$') or text:match('[.!?]\226\128[\157\153]$')
end

--- The labels that the trainer may give: j(unk), h(eadline), s(upplement), s(u)bhead, b(ody).
local function l3s_rows(page)
  local headline
  for i, line in ipairs(page) do
    if line.role == 'headline' and (not headline or (line.tag == 'h1' and page[headline].tag ~= 'h1')) then
      headline = i
    end
  end
  local rows = {}
  for i, line in ipairs(page) do
    local label = 'j'
    local words = select(2, line.text:gsub('%S+', ''))
    if line.role == 'headline' then
      label = i == headline and 'h' or line.text == page[headline].text and 'j' or 's'
    elseif line.role == 'supplement' then
      label = 's'
    elseif line.role == 'body' then
      label = 'b'
      if words <= 12 and not ends_sentence(line.text) then
        label = line.tag:match('^h%d') and 'u' or 'ub'
      end
    end
    table.insert(rows, label .. '\t' .. line.text)
  end
  return rows
end

local function write_corpus(path)
  local out = assert(io.open(path, 'wb'))
  local function doc(name, rows)
    if #rows > 0 then
      out:write('#doc ', name, '\n', table.concat(rows, '\n'), '\n')
    end
  end
  -- Few pages to fit on have comments: those that others have are lent to pages without.
  local comments, borrowers = {}, 0
  for _, page in ipairs(M.l3s()) do
    if M.is_fit(page.name) then
      local rows, lent = l3s_rows(page), {}
      for i, line in ipairs(page) do
        if line.role == 'comment' then
          table.insert(lent, rows[i])
        end
      end
      doc(page.name, rows)
      if #lent >= 4 then
        table.insert(comments, lent)
      elseif #lent == 0 and #comments > 0 then
        borrowers = borrowers + 1
        if borrowers % 2 == 0 then
          local last = #page
          while last > 0 and rows[last]:sub(1, 1) == 'j' do
            last = last - 1
          end
          local mixed = {}
          for i = 1, math.min(#rows, last + borrowers % 7) do
            table.insert(mixed, rows[i])
          end
          for k = 0, borrowers % 5 do
            for _, row in ipairs(comments[(borrowers + k) % #comments + 1]) do
              table.insert(mixed, row)
            end
          end
          for i = last + borrowers % 7 + 1, #rows do
            table.insert(mixed, rows[i])
          end
          doc(page.name, mixed)
        end
      end
    end
  end
  for _, page in ipairs(M.wcxb()) do
    if M.is_fit(page.name) then
      local rows = {}
      for i, line in ipairs(page) do
        local title = i == 1 and line.text == page.title
        table.insert(rows, (line.level == 0 and 'b' or title and 'h' or 'u') .. '\t' .. line.text)
      end
      doc(page.name, rows)
      -- and again below its title, as a file that somebody saved has it
      if page.title and rows[1]:sub(1, 1) ~= 'h' and page[1].text ~= page.title then
        table.insert(rows, 1, 'h\t' .. page.title:gsub('%s+', ' '))
        doc(page.name, rows)
      end
    end
  end
  for _, page in ipairs(M.gum()) do
    if M.is_fit(page.name) then
      local rows = {}
      for i, line in ipairs(page) do
        local label = line.role == 'head' and (i <= 2 and (rows[1] or ''):sub(1, 1) ~= 'h' and 'h' or 'u')
          or line.role == 'caption' and 's'
          or i <= 3 and 'sb'
          or 'b'
        table.insert(rows, label .. '\t' .. line.text)
      end
      doc(page.name, rows)
    end
  end
  out:close()
end

local function write_sections(path)
  local out = assert(io.open(path, 'wb'))
  for _, article in ipairs(M.sections()) do
    if M.is_fit(article.name) then
      out:write('#doc ', article.name, '\n')
      for i, text in ipairs(article) do
        out:write(article.begins[i] and '1' or '0', '\t', text, '\n')
      end
    end
  end
  out:close()
end

if arg and arg[0] and arg[0]:match('outline_corpus%.lua$') then
  write_corpus(arg[1])
  if arg[2] then
    write_sections(arg[2])
  end
end

return M
