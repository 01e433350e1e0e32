--- The command line: reads articles, prints what the analysis says of each, in the order given.

local M = {}

local usage = [[
usage: newsoutline [OPTION…] FILE…

Prints what it finds in news articles: outline, blocks, entities, quotes, dates. FILE may be - for standard input.

  --format=FORMAT  auto (by extension, then content), text, markdown, html or xml
  --text           with the decoded text of the article
  --jsonl          one JSON object a line for each file (the default)
  --pretty         the same object, indented for people
  --readable       outline, entities and quotes as text
  --help           this text
  --               what follows is a file, whatever it begins with

Exit code: 0 where every file was analysed, 1 where one was not (its name is on standard error), 2 for wrong usage.
]]

local formats = { auto = true, text = true, markdown = true, html = true, xml = true }

-- The C side of a document is invisible to LuaJIT's collector, which would let many pile up: after so many bytes of
-- input they are collected by hand. Small enough to stay under 100 MB, large enough that small files are not slowed.
local collect_after = 4 * 1024 * 1024

local function complain(message)
  io.stderr:write('newsoutline: ', message, '\n')
end

---@class newsoutline.CliOptions
---@field format string
---@field text boolean
---@field output 'jsonl'|'pretty'|'readable'
---@field help boolean
---@field files string[]

--- Reads the arguments, or says what is wrong with them.
---@param argv string[]
---@return newsoutline.CliOptions?
---@return string? message
local function read_arguments(argv)
  local options = { format = 'auto', text = false, output = 'jsonl', help = false, files = {} }
  local only_files = false
  for _, argument in ipairs(argv) do
    local format = argument:match('^%-%-format=(.*)$')
    if only_files or argument == '-' or argument:sub(1, 1) ~= '-' then
      table.insert(options.files, argument)
    elseif argument == '--' then
      only_files = true
    elseif format then
      if not formats[format] then
        return nil, ("unknown format '%s'; use auto, text, markdown, html or xml"):format(format)
      end
      options.format = format
    elseif argument == '--text' then
      options.text = true
    elseif argument == '--jsonl' or argument == '--pretty' or argument == '--readable' then
      options.output = argument:sub(3)
    elseif argument == '--help' or argument == '-h' then
      options.help = true
    else
      return nil, ("unknown option '%s'"):format(argument)
    end
  end
  if #options.files == 0 and not options.help then
    return nil, 'no file named'
  end
  return options
end

---@param path string
---@return string? bytes
---@return string? message
local function read_file(path)
  if path == '-' then
    return io.stdin:read('*a') or ''
  end
  local file, message = io.open(path, 'rb')
  if not file then
    -- The message of io.open begins with the path, which the caller names already.
    return nil, (message:gsub('^' .. vim.pesc(path) .. ': ', ''))
  end
  local bytes
  bytes, message = file:read('*a')
  file:close()
  return bytes, message
end

--- Raised where standard output takes no more; `message` is nil where its reader, such as `head`, simply has enough.
---@class newsoutline.OutputEnd
---@field message string?
local OutputEnd = {}

local broken_pipe = 32 -- EPIPE, the same on every system

--- Ends the run where a write did not succeed.
local function must_succeed(done, message, code)
  if not done then
    error(setmetatable({ message = code ~= broken_pipe and message or nil }, OutputEnd), 0)
  end
end

---@param text string
local function emit(text)
  must_succeed(io.stdout:write(text))
end

local writers = {
  jsonl = function(analysis)
    require('newsoutline.json').line(analysis, emit)
  end,
  pretty = function(analysis)
    require('newsoutline.json').pretty(analysis, emit)
  end,
  readable = function(analysis, bytes)
    emit(require('newsoutline.report').render(analysis, bytes))
  end,
}

--- Analyses one file and writes what was found.
---@param core table the C module
---@param path string
---@param options newsoutline.CliOptions
---@return integer? size the file's bytes
---@return string? message what went wrong
local function run(core, path, options)
  local bytes, problem = read_file(path)
  if not bytes then
    return nil, problem or 'cannot be read'
  end
  local document, message = core.parse(bytes, { format = options.format, name = path ~= '-' and path or nil })
  if not document then
    return nil, message
  end
  local analysis = document:analysis({ positions = 'bytes', text = options.text, null = vim.NIL })
  analysis.file = path
  writers[options.output](analysis, bytes)
  emit('\n')
  return #bytes
end

--- Runs over all files and returns the exit code.
---@param core table
---@param options newsoutline.CliOptions
---@return integer
local function run_all(core, options)
  local code = 0
  local n_bytes = 0
  for i, path in ipairs(options.files) do
    if options.output == 'readable' and i > 1 then
      emit('\n')
    end
    local size, problem = run(core, path, options)
    if not size then
      complain(('%s: %s'):format(path, problem))
      code = 1
    end
    n_bytes = n_bytes + (size or 0)
    if n_bytes > collect_after then
      collectgarbage()
      n_bytes = 0
    end
  end
  must_succeed(io.stdout:flush())
  return code
end

--- Runs the command line and returns its exit code.
---@param argv string[]
---@return integer
function M.main(argv)
  local options, wrong = read_arguments(argv)
  if not options then
    complain(wrong)
    io.stderr:write('\n', usage)
    return 2
  end
  if options.help then
    io.stdout:write(usage)
    return 0
  end
  local core, problem = require('newsoutline.binding').core()
  if not core then
    complain(problem)
    return 1
  end
  local finished, result = pcall(run_all, core, options)
  if finished then
    return result
  elseif getmetatable(result) == OutputEnd then
    if result.message then
      complain('standard output: ' .. result.message)
    end
    return result.message and 1 or 0
  end
  error(result, 0)
end

return M
