--- The options: one list that feeds the defaults, the validation and the help.
---
--- Options are read from `vim.g.newsoutline` and from `require('newsoutline').setup(opts)`, which is never needed;
--- setup() wins. A wrong value is named once and its default used.
local message = require('newsoutline.message')

local M = {}

---@class newsoutline.Option
---@field name string path in the table of options, joined by dots
---@field default any
---@field type string|string[] what type() says, 'string[]', 'labels' (as in a project file), or the words allowed
---@field doc string for the help
---@field min? number

---@type newsoutline.Option[]
M.options = {
  {
    name = 'keymaps',
    type = 'boolean',
    default = false,
    doc = 'Set the documented buffer-local maps in buffers whose filetype is in `filetypes`.',
  },
  {
    name = 'filetypes',
    type = 'string[]',
    default = { 'text', 'markdown', 'html', 'xml' },
    doc = 'Filetypes of articles: where `keymaps`, `highlight`, `diagnostics`, `lsp` and `fold.auto` apply.',
  },
  {
    name = 'debounce',
    type = 'number',
    default = 200,
    min = 0,
    doc = 'Milliseconds from the last change to a new analysis.',
  },
  {
    name = 'max_size',
    type = 'number',
    default = 4 * 1024 * 1024,
    min = 0,
    doc = 'Bytes above which a buffer is analysed on demand only (a command, a map), not after each change.',
  },
  {
    name = 'words_per_minute',
    type = 'number',
    default = 230,
    min = 1,
    doc = 'Reading speed behind the reading times.',
  },
  {
    name = 'outline.position',
    type = { 'left', 'right', 'float' },
    default = 'right',
    doc = 'Where the outline opens.',
  },
  {
    name = 'outline.width',
    type = 'number',
    default = 40,
    min = 10,
    doc = 'Columns of the outline.',
  },
  {
    name = 'outline.follow',
    type = 'boolean',
    default = true,
    doc = 'The outline follows the cursor of the article.',
  },
  {
    name = 'outline.preview',
    type = 'boolean',
    default = false,
    doc = 'The article follows the cursor of the outline; `p` toggles it for one window.',
  },
  {
    name = 'outline.focus',
    type = 'boolean',
    default = false,
    doc = 'Opening the outline moves the cursor into it. A float always takes the cursor.',
  },
  {
    name = 'outline.quotes',
    type = 'boolean',
    default = true,
    doc = 'Show each quote below its section.',
  },
  {
    name = 'outline.entities',
    type = 'boolean',
    default = true,
    doc = 'Show the entities below the sections.',
  },
  {
    name = 'quotes.kinds',
    type = 'string[]',
    default = { 'direct', 'mixed', 'indirect', 'term' },
    doc = 'Kinds of quotes that `:NewsQuotes` lists without a filter and that the motions go to.',
  },
  {
    name = 'yank_format',
    type = 'string',
    default = '{quote}, {speaker}, {file}:{line}',
    doc = 'What is yanked of a quote; {cue} stands for its cue.',
  },
  {
    name = 'highlight',
    type = 'boolean',
    default = false,
    doc = 'Colour quotes and entities in articles.',
  },
  {
    name = 'diagnostics',
    type = 'boolean',
    default = false,
    doc = 'Check the quotes of articles and show what is odd as diagnostics.',
  },
  {
    name = 'lsp',
    type = 'boolean',
    default = false,
    doc = 'Connect articles to the language server of the plugin.',
  },
  {
    name = 'annotations.folder',
    type = 'string',
    default = '',
    doc = 'Folder for the annotations of all articles; where empty, they lie beside each article.',
  },
  {
    name = 'annotations.labels',
    type = 'labels',
    default = {},
    doc = 'Labels of annotations, in the form of `labels` in a project file, which wins; where empty, a set that suits '
      .. 'journalists.',
  },
  {
    name = 'annotations.author',
    type = 'string',
    default = '',
    doc = 'Author of new annotations; where empty, the login name; `none` leaves it out.',
  },
  {
    name = 'annotations.highlight',
    type = 'boolean',
    default = true,
    doc = 'Colour the text of annotations.',
  },
  {
    name = 'annotations.signs',
    type = 'boolean',
    default = true,
    doc = 'Show a sign beside lines with annotations.',
  },
  {
    name = 'annotations.text',
    type = { 'end', 'below', 'none' },
    default = 'end',
    doc = 'Where label, status and text of annotations are shown: at the end of the line, below it, or not at all.',
  },
  {
    name = 'fold.auto',
    type = 'boolean',
    default = false,
    doc = 'Fold articles by section as they are opened in a window.',
  },
}

---@type table<string, any>
local from_setup = {}
--- vim.g.newsoutline as it was when `resolved` was made.
---@type any
local seen
---@type newsoutline.Config|nil
local resolved
---@type string[] what is wrong with the options
local problems = {}

---@param option newsoutline.Option
---@param value any
---@return string|nil problem
local function problem_of(option, value)
  local wanted = option.type
  if type(wanted) == 'table' then
    if not vim.tbl_contains(wanted, value) then
      return ('%s must be one of %s'):format(option.name, table.concat(wanted, ', '))
    end
  elseif wanted == 'labels' then
    local _, found = require('newsoutline.project').records('labels', value)
    return found[1] and 'annotations.' .. table.concat(found, '; annotations.')
  elseif wanted == 'string[]' then
    if type(value) ~= 'table' or not vim.islist(value) then
      return option.name .. ' must be a list of strings'
    end
    for _, each in ipairs(value) do
      if type(each) ~= 'string' then
        return option.name .. ' must be a list of strings'
      end
    end
  elseif type(value) ~= wanted then
    return ('%s must be a %s'):format(option.name, wanted)
  elseif option.min and value < option.min then
    return ('%s must be at least %s'):format(option.name, option.min)
  end
end

--- Takes the values of `given` over into `into`, a nested table of defaults.
---@param given table
---@param into table
---@param found string[] what is wrong is added here
local function take(given, into, found)
  local by_name, is_group = {}, {}
  for _, option in ipairs(M.options) do
    by_name[option.name] = option
    local group = option.name:match('^(.*)%.')
    if group then
      is_group[group] = true
    end
  end
  local unknown = {}
  local function walk(values, prefix, target)
    for key, value in pairs(values) do
      local name = prefix .. tostring(key)
      if by_name[name] then
        local problem = problem_of(by_name[name], value)
        if problem then
          found[#found + 1] = problem
        else
          target[key] = value
        end
      elseif is_group[name] then
        if type(value) == 'table' then
          walk(value, name .. '.', target[key])
        else
          found[#found + 1] = name .. ' must be a table'
        end
      else
        unknown[#unknown + 1] = name
      end
    end
  end
  walk(given, '', into)
  if #unknown > 0 then
    table.sort(unknown)
    found[#found + 1] = 'unknown: ' .. table.concat(unknown, ', ')
  end
end

---@return newsoutline.Config
local function defaults()
  local config = {}
  for _, option in ipairs(M.options) do
    local target = config
    for group in option.name:gmatch('([^.]+)%.') do
      target[group] = target[group] or {}
      target = target[group]
    end
    target[option.name:match('[^.]+$')] = vim.deepcopy(option.default)
  end
  return config
end

--- The options as they are now. Do not write to the table.
---@return newsoutline.Config
function M.get()
  local global = vim.g.newsoutline
  if resolved and vim.deep_equal(global, seen) then
    return resolved
  end
  seen = global
  resolved = defaults()
  problems = {}
  for _, given in ipairs({ global or {}, from_setup }) do
    if type(given) == 'table' then
      take(given, resolved, problems)
    else
      problems[#problems + 1] = 'vim.g.newsoutline must be a table'
    end
  end
  if #problems > 0 then
    message.once('options: ' .. table.concat(problems, '; ') .. ' (see :help newsoutline-options)')
  end
  return resolved
end

--- What is wrong with the options as they are now.
---@return string[]
function M.problems()
  M.get()
  return problems
end

--- Sets options; what is not named keeps the value of vim.g.newsoutline, or its default.
---@param opts? table
function M.setup(opts)
  if opts ~= nil and type(opts) ~= 'table' then
    message.error('setup() takes a table of options (see :help newsoutline-options)')
    return
  end
  from_setup = vim.deepcopy(opts or {})
  resolved = nil
  M.get()
end

--- The table of options of the help.
---@return string[] lines
function M.help()
  local lines = {}
  for _, option in ipairs(M.options) do
    local kind = type(option.type) == 'table' and table.concat(option.type --[[@as string[] ]], '|')
      or option.type
    local tag = '*newsoutline-option-' .. option.name .. '*'
    lines[#lines + 1] = (' '):rep(math.max(0, 78 - #tag)) .. tag
    lines[#lines + 1] = ('%s  (%s, default %s)'):format(option.name, kind, vim.inspect(option.default))
    for _, line in ipairs(vim.split(vim.trim(option.doc), '\n')) do
      lines[#lines + 1] = '    ' .. line
    end
    lines[#lines + 1] = ''
  end
  return lines
end

return M
