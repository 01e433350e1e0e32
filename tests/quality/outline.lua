--- How often the outline of bare lines is right: nvim -l tests/quality/outline.lua [--errors]
---
--- Pages of ../shared/data that the weights were not fitted on (csrc/tools/outline_corpus.lua halves them by a hash of
--- their names). Of l3s-gn1: the words of headline, body and supplement against all others, and whether the headline is
--- a gold headline line. Of wcxb's articles without their marks: which lines are subheads. Then the same articles
--- without their subheads: Pk of the derived sections beside that of as many evenly spaced cuts.

--- Tabs and all: print() would show them as ^I.
local function print(line)
  io.stdout:write(line, '\n')
end

local here = vim.fn.fnamemodify(debug.getinfo(1, 'S').source:sub(2), ':p')
local root = vim.fs.dirname(vim.fs.dirname(vim.fs.dirname(here)))
vim.opt.runtimepath:prepend(root)
if vim.env.NEWSOUTLINE_BUILD then
  vim.opt.runtimepath:prepend(vim.env.NEWSOUTLINE_BUILD)
end

local corpus = dofile(root .. '/csrc/tools/outline_corpus.lua')
local core = require('newsoutline.core')
local show_errors = vim.tbl_contains(_G.arg or {}, '--errors')

if not vim.uv.fs_stat(corpus.shared()) then
  print('skipped: ' .. corpus.shared() .. ' is not there')
  os.exit(0)
end

--- Parses lines as one text; returns the analysis and, for each line, the roles of the blocks that touch it.
local function analyse(lines, joint)
  local text = table.concat(lines, joint)
  local document = assert(core.parse(text, { name = 'page.txt', format = 'text', utf8 = true, read_only = true }))
  local analysis = document:analysis({ positions = 'bytes' })
  local starts, at = {}, 0
  for i, line in ipairs(lines) do
    starts[i] = at
    at = at + #line + #joint
  end
  local roles, k = {}, 1
  for i = 1, #lines do
    local from, to = starts[i], starts[i] + #lines[i]
    roles[i] = {}
    while k <= #analysis.blocks and analysis.blocks[k].to <= from do
      k = k + 1
    end
    local b = k
    while analysis.blocks[b] and analysis.blocks[b].from < to do
      table.insert(roles[i], analysis.blocks[b].role)
      b = b + 1
    end
  end
  return analysis, roles, text, starts
end

local function count_words(text)
  return select(2, text:gsub('%S+', ''))
end

local function f1(tp, fp, fn)
  if tp == 0 then
    return fp + fn == 0 and 1 or 0
  end
  return 2 * tp / (2 * tp + fp + fn)
end

local positive = { headline = true, body = true, supplement = true }

local function measure_pages()
  local tp, fp, fn, found, with = 0, 0, 0, 0, 0
  for _, page in ipairs(corpus.l3s()) do
    if not corpus.is_fit(page.name) then
      local lines = vim.tbl_map(function(line)
        return line.text
      end, page)
      local analysis, roles = analyse(lines, '\n')
      local gold, page_fp, page_fn = {}, 0, 0
      for i, line in ipairs(page) do
        local is = false
        for _, role in ipairs(roles[i]) do
          is = is or role ~= 'boilerplate'
        end
        local words = count_words(line.text)
        if line.role == 'headline' then
          gold[vim.trim(line.text)] = true
        end
        if positive[line.role] then
          tp = tp + (is and words or 0)
          page_fn = page_fn + (is and 0 or words)
        elseif is then
          page_fp = page_fp + words
        end
        if show_errors and is ~= (positive[line.role] or false) and words > 0 then
          print(('%s\t%s\t%s\t%s'):format(is and 'EXTRA' or 'LOST', line.role, table.concat(roles[i], '+'), line.text:sub(1, 120)))
        end
      end
      fp, fn = fp + page_fp, fn + page_fn
      if show_errors then
        print(('PAGE\t%s\textra %d lost %d'):format(page.name, page_fp, page_fn))
      end
      if next(gold) then
        with = with + 1
        local hit = analysis.headline and gold[vim.trim(analysis.headline.text)]
        found = found + (hit and 1 or 0)
        if show_errors and not hit then
          print(('HEADLINE\t%s\t%s'):format(analysis.headline and analysis.headline.text or '-', next(gold)))
        end
      end
    end
  end
  return f1(tp, fp, fn), found / with, tp / (tp + fp), tp / (tp + fn)
end

local function measure_subheads(joint)
  local sum, n, gold_sum, gold_n = 0, 0, 0, 0
  for _, page in ipairs(corpus.wcxb()) do
    if not corpus.is_fit(page.name) then
      local lines = vim.tbl_map(function(line)
        return line.text
      end, page)
      local _, roles = analyse(lines, joint)
      local tp, fp, fn = 0, 0, 0
      for i, line in ipairs(page) do
        local is, gold = roles[i][1] == 'subhead', line.level > 0
        tp = tp + (is and gold and 1 or 0)
        fp = fp + (is and not gold and 1 or 0)
        fn = fn + (gold and not is and 1 or 0)
        if show_errors and is ~= gold then
          print(('%s\t%s\t%s'):format(is and 'NOHEAD' or 'HEAD', page.name, line.text:sub(1, 100)))
        end
      end
      local score = f1(tp, fp, fn)
      sum, n = sum + score, n + 1
      if tp + fn > 0 then
        gold_sum, gold_n = gold_sum + score, gold_n + 1
      end
      if show_errors then
        print(('ARTICLE\t%s\tF1 %.2f'):format(page.name, score))
      end
    end
  end
  return sum / n, gold_sum / gold_n
end

local words, headline, precision, recall = measure_pages()
local close_all, close = measure_subheads('\n')
local apart_all, apart = measure_subheads('\n\n')
print(('words: precision %.4f recall %.4f'):format(precision, recall))
print(('subheads, lines apart by a blank one: %.4f of all articles, %.4f of those that have some'):format(apart_all, apart))
print(('subheads, lines close: %.4f of all articles, %.4f of those that have some'):format(close_all, close))
print(('words_f1=%.4f headline=%.4f subheads_f1=%.4f'):format(words, headline, math.min(close_all, apart_all)))
