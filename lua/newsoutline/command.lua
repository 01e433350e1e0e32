--- The command `:NewsOutline {subcommand}`: a table of what each does and how it completes. A command of its own
--- (`:NewsQuotes`) is the shorthand of a subcommand (`:NewsOutline quotes`); plugin/newsoutline.lua lists them.
local message = require('newsoutline.message')
local origin = require('newsoutline.origin')

local M = {}

---@class newsoutline.Call how a subcommand was called
---@field args string[] the words after the subcommand
---@field text string the same as one string, as typed
---@field bang boolean
---@field range? { [1]: integer, [2]: integer } first and last line from 1, where a range was given
---@field buf integer the article: the current buffer, or that of the outline which is the current window
---@field mods table of nvim_create_user_command, for commands that open a window

---@class newsoutline.Subcommand
---@field impl fun(call: newsoutline.Call)
---@field complete? fun(lead: string, before: string, buf: integer): string[] candidates for the word so far, after the
--- words before it, for an article; those that do not start with it are dropped
---@field stays? boolean called in the outline, it runs there; else in the article's window
---@field in_view? boolean called in a reading view, it is about the view's own places
---@field doc string for the help
---@field usage? string what may follow, for the help and for messages
---@field bang? boolean whether `!` means something
---@field range? boolean whether a range means something
---@field nargs? integer how many words may follow; any number where absent

local positions = { 'left', 'right', 'float' }

--- Completes the name of a file behind the name of a format; it may hold blanks.
---@param lead string
---@param before string
---@return string[]
local function files(lead, before)
  local typed = (before:match('^%S+%s+(.*)$') or '') .. lead
  return vim.tbl_map(function(name)
    return name:sub(#typed - #lead + 1)
  end, vim.fn.getcompletion(typed, 'file'))
end

---@type table<string, newsoutline.Subcommand>
M.subcommands = {
  toggle = {
    stays = true,
    in_view = true,
    doc = 'Open the outline of this article, or close it. The default; a position alone will do.',
    nargs = 1,
    usage = '[left|right|float]',
    impl = function(call)
      require('newsoutline.outline').toggle(call.buf, { position = call.args[1] })
    end,
    complete = function()
      return positions
    end,
  },
  open = {
    stays = true,
    in_view = true,
    doc = 'Open the outline and move into it.',
    nargs = 1,
    usage = '[left|right|float]',
    impl = function(call)
      require('newsoutline.outline').open(call.buf, { position = call.args[1], focus = true })
    end,
    complete = function()
      return positions
    end,
  },
  close = {
    stays = true,
    doc = 'Close the outline of this tab page.',
    nargs = 0,
    impl = function()
      require('newsoutline.outline').close()
    end,
  },
  refresh = {
    stays = true,
    doc = 'Analyse the article again, whatever its size.',
    nargs = 0,
    impl = function(call)
      local document = require('newsoutline.document')
      document.invalidate(call.buf)
      local _, problem, code = document.get_outline(call.buf)
      if problem and code == 'busy' then
        message.info(problem)
      elseif problem then
        message.warn(problem)
      end
    end,
  },
  read = {
    stays = true,
    doc = 'Open the reading view of the article, or go to it; with ! close it. :vertical, :tab … say where.',
    nargs = 0,
    bang = true,
    impl = function(call)
      local read = require('newsoutline.read')
      if call.bang then
        read.close(call.buf)
      else
        read.open(call.buf, call.mods)
      end
    end,
  },
  fold = {
    in_view = true,
    doc = 'Fold the article by section in this window; with ! as it was before.',
    nargs = 0,
    bang = true,
    impl = function(call)
      require('newsoutline.fold')[call.bang and 'disable' or 'enable'](call.buf)
    end,
  },
  quotes = {
    doc = 'List the quotes in the quickfix list, with ! in the location list; a filter keeps those of a speaker.',
    usage = '[speaker] [kind=…] [cue=…] [text=…]',
    bang = true,
    impl = function(call)
      require('newsoutline.quotes').list({ filter = call.text, loclist = call.bang })
    end,
    complete = function(lead, before, buf)
      return require('newsoutline.quotes').complete(lead, before, buf)
    end,
  },
  speakers = {
    doc = 'Show who is quoted how much, and how that divides: the balance view.',
    nargs = 0,
    impl = function()
      require('newsoutline.speakers').list()
    end,
  },
  correct = {
    in_view = true,
    doc = 'Correct the speaker of the quote under the cursor.',
    nargs = 0,
    impl = function()
      require('newsoutline.speakers').correct()
    end,
  },
  hover = {
    in_view = true,
    doc = 'Tell about the quote and the entity under the cursor, in a float.',
    nargs = 0,
    impl = function()
      require('newsoutline.hover').open()
    end,
  },
  yank = {
    in_view = true,
    doc = 'Yank the quote under the cursor with its speaker and its place.',
    nargs = 1,
    usage = '[register]',
    impl = function(call)
      local register = call.args[1] or '"'
      if not register:find('^[%w"%-*+_/]$') then
        message.error(('there is no register %s to yank into'):format(register))
        return
      end
      require('newsoutline.yank').quote(register)
    end,
  },
  highlight = {
    in_view = true,
    doc = 'Colour the quotes and entities of this article; with ! no longer.',
    nargs = 0,
    bang = true,
    impl = function(call)
      local _, problem = require('newsoutline.highlight').toggle(call.buf, not call.bang)
      if problem then
        message.warn(problem)
      end
    end,
  },
  lsp = {
    doc = 'Connect this article to the language server of the plugin; with ! no longer.',
    nargs = 0,
    bang = true,
    impl = function(call)
      local _, problem = require('newsoutline.lsp')[call.bang and 'stop' or 'start'](call.buf)
      if problem then
        message.warn(problem)
      end
    end,
  },
  diagnostics = {
    doc = 'Check the quotes of this article and show what is odd as diagnostics; with ! no longer.',
    nargs = 0,
    bang = true,
    impl = function(call)
      local _, problem = require('newsoutline.diagnostics').toggle(call.buf, not call.bang)
      if problem then
        message.warn(problem)
      end
    end,
  },
  annotate = {
    in_view = true,
    doc = 'Annotate the selection, or what stands under the cursor (an entity, a quote …); again: the next larger.',
    usage = '[@label] [text]',
    range = true,
    impl = function(call)
      require('newsoutline.annotations.action').annotate(call)
    end,
    complete = function(_, _, buf)
      return vim.tbl_map(function(name)
        return '@' .. name
      end, require('newsoutline.annotations.labels').names(buf))
    end,
  },
  label = {
    in_view = true,
    doc = 'Label the annotation under the cursor, or annotate what stands there; without a label, one key picks it.',
    usage = '[label]',
    range = true,
    impl = function(call)
      require('newsoutline.annotations.action').label(call)
    end,
    complete = function(_, _, buf)
      return require('newsoutline.annotations.labels').names(buf)
    end,
  },
  annotations = {
    in_view = true,
    doc = 'List the annotations in the quickfix list, with ! in the location list; a filter keeps those that hold it.',
    usage = '[open [order]|undo|save|attach|edit|delete|status [status]|source [link]|filter]',
    bang = true,
    impl = function(call)
      require('newsoutline.annotations.action').annotations(call)
    end,
    complete = function(_, before)
      if before:find('^status%s') then
        return { 'pending', 'verified', 'false', 'unverifiable' }
      end
      if before:find('^open%s') then
        return { 'section', 'label', 'status' }
      end
      if before:find('%S') then
        return {}
      end
      return { 'open', 'undo', 'save', 'attach', 'edit', 'delete', 'status', 'source' }
    end,
  },
  export = {
    stays = true,
    doc = 'Write the annotations to a file, or show them in a window.',
    usage = '{w3c|brat|jsonl|csv|markdown|refi-qda} [file]',
    impl = function(call)
      require('newsoutline.annotations.exchange').export(call)
    end,
    complete = function(lead, before)
      return before:find('%S') and files(lead, before) or require('newsoutline.annotations.formats').names()
    end,
  },
  import = {
    stays = true,
    doc = 'Add the annotations of a file.',
    usage = '{w3c|brat|jsonl|refi-qda} {file}',
    impl = function(call)
      require('newsoutline.annotations.exchange').import(call)
    end,
    complete = function(lead, before)
      return before:find('%S') and files(lead, before)
        or require('newsoutline.annotations.formats').readable()
    end,
  },
  entities = {
    doc = 'List who and what is named; with ! every mention in the location list. A type or a name filters.',
    usage = '[type|name]',
    bang = true,
    impl = function(call)
      require('newsoutline.entities').list({ filter = call.text, loclist = call.bang })
    end,
    complete = function(lead, before, buf)
      return require('newsoutline.entities').complete(lead, before, buf)
    end,
  },
}

--- The article that a command given in the current window is about: of a panel, a list of ours, the outline, a view.
---@return integer buf
local function article()
  local buf = vim.api.nvim_get_current_buf()
  if vim.b[buf].newsoutline_article then
    return vim.b[buf].newsoutline_article
  elseif origin.is_view(buf) then
    return origin.buffer(buf)
  elseif vim.bo[buf].filetype == 'newsoutline' then
    return require('newsoutline.outline').article() or buf
  elseif vim.bo[buf].buftype == 'quickfix' then
    local is_loclist = vim.fn.getwininfo(vim.api.nvim_get_current_win())[1].loclist == 1
    local list = is_loclist and vim.fn.getloclist(0, { context = true })
      or vim.fn.getqflist({ context = true })
    local ours = type(list.context) == 'table' and list.context.newsoutline
    return ours and vim.api.nvim_buf_is_loaded(ours.buf) and ours.buf or buf
  end
  return buf
end

--- Moves to a window of the tab page that shows an article, where there is one.
---@param buf integer
local function go_to(buf)
  local win = vim.fn.bufwinid(buf)
  if win ~= -1 then
    vim.api.nvim_set_current_win(win)
  elseif vim.b.newsoutline_article then
    require('newsoutline.panel').go_to_article()
  elseif vim.bo.filetype == 'newsoutline' then
    require('newsoutline.outline').go_to_article()
  else
    vim.cmd.sbuffer(buf)
  end
end

---@return string[]
local function names()
  local list = vim.tbl_keys(M.subcommands)
  table.sort(list)
  return list
end

---@param name string
---@param options table what nvim_create_user_command hands over
---@param args string[]
---@param text string
local function call(name, options, args, text)
  local subcommand = M.subcommands[name]
  local refused
  if options.bang and not subcommand.bang then
    refused = 'takes no !'
  elseif options.range > 0 and not subcommand.range then
    refused = 'takes no range'
  elseif subcommand.nargs and #args > subcommand.nargs then
    refused = subcommand.nargs == 0 and 'takes no arguments' or 'takes ' .. subcommand.usage
  end
  if refused then
    message.error((':NewsOutline %s %s'):format(name, refused))
    return
  end
  local buf = article()
  if subcommand.in_view and origin.is_view(vim.api.nvim_get_current_buf()) then
    buf = vim.api.nvim_get_current_buf()
  elseif not subcommand.stays and buf ~= vim.api.nvim_get_current_buf() then
    go_to(buf)
  end
  subcommand.impl({
    args = args,
    text = text,
    bang = options.bang,
    range = options.range > 0 and { options.line1, options.line2 } or nil,
    buf = buf,
    mods = options.smods,
  })
end

--- Runs `:NewsOutline …`.
---@param options table what nvim_create_user_command hands over
function M.run(options)
  local args = vim.list_slice(options.fargs, 2)
  local name = options.fargs[1] or 'toggle'
  -- `:NewsOutline read!` as well as `:NewsOutline! read`.
  local plain = name:match('^(.+)!$')
  if plain and M.subcommands[plain] then
    name, options.bang = plain, true
  end
  if vim.tbl_contains(positions, name) then
    -- `:NewsOutline float` is what one types first.
    args, name = options.fargs, 'toggle'
  end
  if not M.subcommands[name] then
    message.error(('there is no :NewsOutline %s (there are %s)'):format(name, table.concat(names(), ', ')))
    return
  end
  call(name, options, args, (vim.trim(options.args):gsub('^%S+%s*', '')))
end

--- Runs the shorthand of a subcommand.
---@param name string
---@param options table what nvim_create_user_command hands over
function M.run_shorthand(name, options)
  call(name, options, options.fargs, vim.trim(options.args))
end

---@param candidates string[]
---@param lead string
---@return string[]
local function matching(candidates, lead)
  return vim.tbl_filter(function(candidate)
    return vim.startswith(vim.fn.tolower(candidate), vim.fn.tolower(lead))
  end, candidates)
end

--- Completes the words after a subcommand.
---@param name string
---@param lead string
---@param before string the words before it
---@return string[]
local function complete(name, lead, before)
  local subcommand = M.subcommands[name]
  if not subcommand or not subcommand.complete then
    return {}
  end
  return matching(subcommand.complete(lead, before, article()), lead)
end

--- What is typed after the command, which may be abbreviated and have modifiers and a range before it.
---@param line string
---@return string
local function after_command(line)
  return line:match('%f[%a]News%a*!?%s+(.*)$') or ''
end

--- Completes `:NewsOutline …`.
---@param lead string
---@param line string the command line up to the cursor
---@return string[]
function M.complete(lead, line)
  local words = after_command(line)
  local name, rest = words:match('^(%S+)%s+(.*)$')
  if name then
    return complete(name, lead, rest:sub(1, #rest - #lead))
  end
  return matching(vim.list_extend(names(), positions), lead)
end

--- Completes a shorthand.
---@param name string of the subcommand
---@param lead string
---@param line string the command line up to the cursor
---@return string[]
function M.complete_shorthand(name, lead, line)
  local rest = after_command(line)
  return complete(name, lead, rest:sub(1, #rest - #lead))
end

return M
