--- What the options switch on in each article as it is opened: the buffer-local maps, the folds, the colours.
local config = require('newsoutline.config')
local message = require('newsoutline.message')

local M = {}

---@class newsoutline.Keymap
---@field modes string[]
---@field lhs string
---@field plug string name of the <Plug> map: <Plug>(newsoutline-…)
---@field doc string

--- The maps of the option `keymaps`; the help lists them from here.
---@type newsoutline.Keymap[]
M.keymaps = {
  { modes = { 'n', 'x', 'o' }, lhs = ']"', plug = 'next-quote', doc = 'next quote' },
  { modes = { 'n', 'x', 'o' }, lhs = '["', plug = 'previous-quote', doc = 'previous quote' },
  { modes = { 'n', 'x', 'o' }, lhs = ']e', plug = 'next-mention', doc = 'next mention of any entity' },
  {
    modes = { 'n', 'x', 'o' },
    lhs = '[e',
    plug = 'previous-mention',
    doc = 'previous mention of any entity',
  },
  {
    modes = { 'n', 'x', 'o' },
    lhs = ']E',
    plug = 'next-same-mention',
    doc = 'next mention of the same entity',
  },
  {
    modes = { 'n', 'x', 'o' },
    lhs = '[E',
    plug = 'previous-same-mention',
    doc = 'previous one of the same entity',
  },
  { modes = { 'n', 'x', 'o' }, lhs = ']]', plug = 'next-section', doc = 'next section' },
  { modes = { 'n', 'x', 'o' }, lhs = '[[', plug = 'previous-section', doc = 'previous section' },
  { modes = { 'x', 'o' }, lhs = 'iq', plug = 'inner-quote', doc = 'quote without its marks' },
  { modes = { 'x', 'o' }, lhs = 'aq', plug = 'around-quote', doc = 'quote with its marks' },
  { modes = { 'x', 'o' }, lhs = 'iA', plug = 'inner-attribution', doc = 'sentence that attributes a quote' },
  {
    modes = { 'x', 'o' },
    lhs = 'aA',
    plug = 'around-attribution',
    doc = 'the same with the blanks after it',
  },
  { modes = { 'x', 'o' }, lhs = 'iS', plug = 'inner-section', doc = 'section without its title' },
  { modes = { 'x', 'o' }, lhs = 'aS', plug = 'around-section', doc = 'section with its title' },
  { modes = { 'n' }, lhs = 'gK', plug = 'hover', doc = 'about the quote or entity here' },
  { modes = { 'n' }, lhs = 'gC', plug = 'correct-speaker', doc = 'correct the speaker of the quote here' },
  {
    modes = { 'n', 'x' },
    lhs = 'gy',
    plug = 'yank-quote',
    doc = 'yank the quote with its speaker and place',
  },
  { modes = { 'n', 'x', 'o' }, lhs = ']a', plug = 'next-annotation', doc = 'next annotation' },
  { modes = { 'n', 'x', 'o' }, lhs = '[a', plug = 'previous-annotation', doc = 'previous annotation' },
  {
    modes = { 'n' },
    lhs = 'gaa',
    plug = 'annotate-here',
    doc = 'annotate what is here; again: the next larger',
  },
  { modes = { 'n' }, lhs = 'gao', plug = 'annotate', doc = 'annotate what a motion goes over' },
  { modes = { 'x' }, lhs = 'ga', plug = 'annotate', doc = 'annotate the selection' },
  { modes = { 'n', 'x' }, lhs = 'gl', plug = 'label', doc = "label what is here, by the label's key" },
  {
    modes = { 'n' },
    lhs = 'gs',
    plug = 'status-annotation',
    doc = 'next check status of the annotation here',
  },
  { modes = { 'n' }, lhs = 'gx', plug = 'source-annotation', doc = 'open the source of the annotation here' },
  { modes = { 'n' }, lhs = 'gae', plug = 'edit-annotation', doc = 'edit the text of the annotation here' },
  { modes = { 'n' }, lhs = 'gad', plug = 'delete-annotation', doc = 'delete the annotation here' },
  {
    modes = { 'n' },
    lhs = 'gau',
    plug = 'undo-annotation',
    doc = 'take the last change of annotations back',
  },
  { modes = { 'n' }, lhs = 'gaw', plug = 'annotations', doc = 'open the annotation window' },
}

---@param buf integer
---@param keymaps newsoutline.Keymap[]
local function map(buf, keymaps)
  for _, keymap in ipairs(keymaps) do
    vim.keymap.set(keymap.modes, keymap.lhs, '<Plug>(newsoutline-' .. keymap.plug .. ')', {
      buffer = buf,
      remap = true,
      desc = 'newsoutline: ' .. keymap.doc,
    })
  end
end

--- Sets the maps of the option `keymaps` in a buffer.
---@param buf? integer
function M.keymap(buf)
  map(buf or 0, M.keymaps)
end

--- Called for each buffer that gets a filetype.
---@param buf integer
function M.buffer(buf)
  local options = config.get()
  if vim.bo[buf].buftype ~= '' or not vim.tbl_contains(options.filetypes, vim.bo[buf].filetype) then
    return
  end
  if options.keymaps then
    M.keymap(buf)
  end
  if not (options.fold.auto or options.highlight or options.diagnostics or options.lsp) then
    return
  end
  -- Once the file is read: the filetype comes before the lines are shown.
  vim.schedule(function()
    if not vim.api.nvim_buf_is_loaded(buf) or not require('newsoutline.document').is_automatic(buf) then
      return
    end
    local core, problem = require('newsoutline.binding').core()
    if not core then
      message.once(problem --[[@as string]])
      return
    end
    if options.fold.auto then
      require('newsoutline.fold').follow_start_level(buf)
    end
    if options.lsp then
      require('newsoutline.lsp').start(buf)
    end
    if options.highlight then
      require('newsoutline.highlight').toggle(buf, true)
    end
    if options.diagnostics then
      require('newsoutline.diagnostics').toggle(buf, true)
    end
  end)
end

--- Called where options change: applies them to the articles that are open.
function M.all()
  for _, buf in ipairs(vim.api.nvim_list_bufs()) do
    if vim.api.nvim_buf_is_loaded(buf) then
      M.buffer(buf)
    end
  end
end

return M
