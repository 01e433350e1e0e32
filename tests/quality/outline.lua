--- How often the outline of bare lines is right: nvim -l tests/quality/outline.lua [--errors] [--fit]
---
--- Pages of ../shared/data that the weights were not fitted on (csrc/tools/outline_corpus.lua halves them by a hash of
--- their names). Of l3s-gn1: the words of headline, body and supplement against all others, and whether the headline is
--- a gold headline line. Of wcxb's articles without their marks: which lines are subheads. Then the same articles
--- without their subheads: Pk of the derived sections beside that of as many evenly spaced cuts.
---
--- The rule: whatever is chosen (features, settings of the trainers, constants of the rules) is chosen on the half that
--- is fitted on: by `train_outline CORPUS --folds` and `train_sections CORPUS --folds`, whose weights have not seen the
--- articles that they judge, or by --fit here, which measures that half by the weights that ship. The other half is for
--- reporting; no option is kept or dropped for what it does there.

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
local choosing = vim.tbl_contains(_G.arg or {}, '--fit')

local function measured(name)
  return corpus.is_fit(name) == choosing
end

if not vim.uv.fs_stat(corpus.shared()) then
  print('skipped: ' .. corpus.shared() .. ' is not there')
  os.exit(0)
end

--- Parses lines as one text; returns the analysis and, for each line, the roles of the blocks that touch it.
local function analyse(lines, joint)
  local text = table.concat(lines, joint)
  local document =
    assert(core.parse(text, { name = 'page.txt', format = 'text', utf8 = true, read_only = true }))
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
    if measured(page.name) then
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
          local what = is and 'EXTRA' or 'LOST'
          print(
            ('%s\t%s\t%s\t%s'):format(what, line.role, table.concat(roles[i], '+'), line.text:sub(1, 120))
          )
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
    if measured(page.name) then
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

--- Pk: how often two lines k apart are wrongly told to be in one section or in two. `starts` are sets of lines.
local function pk(n, gold, cuts, k)
  local gold_id, cut_id, g, c = {}, {}, 0, 0
  for i = 1, n do
    g = g + (gold[i] and 1 or 0)
    c = c + (cuts[i] and 1 or 0)
    gold_id[i], cut_id[i] = g, c
  end
  local wrong, all = 0, 0
  for i = 1, n - k do
    all = all + 1
    if (gold_id[i] == gold_id[i + k]) ~= (cut_id[i] == cut_id[i + k]) then
      wrong = wrong + 1
    end
  end
  return all > 0 and wrong / all or 0
end

local function evenly(n, sections)
  local cuts = {}
  for i = 1, sections - 1 do
    cuts[math.floor(i * n / sections + 0.5) + 1] = true
  end
  return cuts
end

local function measure_sections()
  local ours, even, even_ours, n = 0, 0, 0, 0
  for _, lines in ipairs(corpus.sections()) do
    local gold, n_gold = lines.begins, lines.n_sections
    if measured(lines.name) then
      local analysis, _, _, starts = analyse(lines, '\n\n')
      local cuts, n_cuts, line = {}, 1, 1
      for i, section in ipairs(analysis.outline) do
        while line < #lines and starts[line + 1] <= section.from do
          line = line + 1
        end
        if i > 1 and not cuts[line] and line > 1 then
          cuts[line] = true
          n_cuts = n_cuts + 1
        end
      end
      local k = math.max(1, math.floor(#lines / n_gold / 2 + 0.5))
      ours = ours + pk(#lines, gold, cuts, k)
      even = even + pk(#lines, gold, evenly(#lines, n_gold), k)
      even_ours = even_ours + pk(#lines, gold, evenly(#lines, n_cuts), k)
      n = n + 1
      if show_errors then
        print(
          ('SECTIONS\t%s\tgold %d ours %d of %d lines\t%s'):format(
            lines.name,
            n_gold,
            n_cuts,
            #lines,
            analysis.outline[2] and analysis.outline[2].kind or '-'
          )
        )
      end
    end
  end
  return ours / n, even / n, even_ours / n
end

local words, headline, precision, recall = measure_pages()
local close_all, close = measure_subheads('\n')
local apart_all, apart = measure_subheads('\n\n')
local pk_ours, pk_even, pk_even_ours = measure_sections()
local all_some = '%.4f of all articles, %.4f of those that have some'
print(('words: precision %.4f recall %.4f'):format(precision, recall))
print(('subheads, lines apart by a blank one: ' .. all_some):format(apart_all, apart))
print(('subheads, lines close: ' .. all_some):format(close_all, close))
local even = 'sections: Pk %.4f; evenly spaced, as many as there are %.4f, as many as we find %.4f'
print(even:format(pk_ours, pk_even, pk_even_ours))
local results = 'words_f1=%.4f headline=%.4f subheads_f1=%.4f pk_ratio=%.4f'
print(
  results:format(words, headline, math.min(close_all, apart_all), pk_ours / math.min(pk_even, pk_even_ours))
)
