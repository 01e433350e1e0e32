--- The articles that the functional tests read, in words of their own.
local M = {}

--- Three sections, one of them with a subsection; two quotes. Line 1 is the headline.
M.lines = {
  '# Town council buys the old ferry',
  '',
  'HARBOUR VILLE, May 3 — The town council bought the old ferry on Monday.',
  '',
  '## The price',
  '',
  'Mayor Ana Ruiz said “the price was fair” after the vote.',
  '',
  'It will be paid over ten years.',
  '',
  '### Who pays',
  '',
  'The county pays half.',
  '',
  '## What comes next',
  '',
  '“We will paint it blue,” Tom Okafor said. “And then it sails.”',
  '',
  'The first trip is in June.',
}

--- Another article, with one section.
M.other = {
  '# Harbour market opens after two years of work',
  '',
  'The market hall at the harbour opened on Friday, two years after the roof of the old one fell in.',
  '',
  '## Only this',
  '',
  'Forty traders sell fish, bread and flowers there, the council said in a statement on Friday.',
}

--- A section of Markdown.
---@param title string
---@return string[]
function M.section(title)
  return {
    '',
    '## ' .. title,
    '',
    'The council said on Monday that Ana Ruiz would not sell the ferry this year.',
  }
end

--- Markdown with many sections.
---@param n integer
---@return string[]
function M.long(n)
  local lines = { '# The council sells its ferries one by one' }
  for i = 1, n do
    vim.list_extend(lines, M.section('Section ' .. i))
  end
  return lines
end

return M
