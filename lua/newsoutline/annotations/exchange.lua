--- `:NewsExport` and `:NewsImport`: annotations to and from the files of other programs.
local annotations = require('newsoutline.annotations')
local formats = require('newsoutline.annotations.formats')
local listing = require('newsoutline.annotations.listing')
local message = require('newsoutline.message')
local store = require('newsoutline.annotations.store')

local M = {}

---@param path string
---@return string|nil content
---@return string|nil problem
local function read(path)
  local file, reason = io.open(path, 'rb')
  local content = file and file:read('*a')
  if file then
    file:close()
  end
  return content, not content and (reason or 'cannot be read') or nil
end

--- Runs a program that must be there.
---@param command string[]
---@param cwd? string
---@return string|nil output
---@return string|nil problem
local function run(command, cwd)
  if vim.fn.executable(command[1]) == 0 then
    return nil, ('needs the program %s; a .qde file does not'):format(command[1])
  end
  local done = vim.system(command, { cwd = cwd }):wait()
  if done.code ~= 0 then
    return nil, ('%s failed: %s'):format(command[1], vim.trim(done.stderr or ''))
  end
  return done.stdout
end

-- Projects ------------------------------------------------------------------------------------------------------------

--- A packed project: the project and its text, put together by `zip`.
---@param buf integer
---@param path string
---@return string|nil problem
local function write_qdpx(buf, path)
  local folder = vim.fn.tempname()
  vim.fn.mkdir(folder .. '/Sources', 'p')
  local refi = require('newsoutline.annotations.refi')
  local name = refi.source_file(buf)
  local content, text = refi.project(buf, listing.sorted(buf), name)
  if not content then
    return text
  end
  local problem = store.write(folder .. '/project.qde', content)
    or store.write(folder .. '/Sources/' .. name, text)
  if not problem then
    -- Put in its place whole, or not at all.
    local _, reason = run({ 'zip', '-q', '-X', '-r', 'all.zip', 'project.qde', 'Sources' }, folder)
    local packed
    packed, problem = read(folder .. '/all.zip')
    problem = reason or problem or store.write(path, packed)
  end
  vim.fn.delete(folder, 'rf')
  return problem
end

---@param path string
---@return string|nil content
---@return string|nil problem
---@return (fun(name: string): string|nil)|nil fetch another file of the project
local function read_project(path)
  if not path:find('%.qdpx$') then
    local content, problem = read(path)
    return content, problem
  end
  local content, problem = run({ 'unzip', '-p', path, 'project.qde' })
  return content,
    problem,
    function(name)
      -- Programs differ in the case of the folder.
      return run({ 'unzip', '-p', path, 'Sources/' .. name })
        or run({ 'unzip', '-p', path, 'sources/' .. name })
    end
end

--- brat keeps the text beside the annotations; one that is there is left as it is.
---@param buf integer
---@param path string
local function write_brat_text(buf, path)
  local t = require('newsoutline.annotations.text').of(buf)
  local beside = path:gsub('%.ann$', '.txt')
  if not t or beside == path then
    return
  end
  local before = read(beside)
  local problem = not before and store.write(beside, t.bytes)
  if before and before ~= t.bytes then
    problem = 'is there and holds another text'
  end
  t:close()
  if problem then
    message.warn(('%s: %s'):format(vim.fn.fnamemodify(beside, ':~:.'), problem))
  end
end

-- Commands ------------------------------------------------------------------------------------------------------------

---@param buf integer
---@param format string
---@param path string
---@return string|nil problem
local function export_to(buf, format, path)
  if format == 'refi-qda' and path:find('%.qdpx$') then
    return write_qdpx(buf, path)
  elseif format == 'refi-qda' and path:find('%.qdc$') then
    return store.write(path, require('newsoutline.annotations.refi').codebook(buf, listing.sorted(buf)))
  end
  local content, problem = formats.write[format](buf, listing.sorted(buf))
  if content then
    problem = store.write(path, content)
  end
  if format == 'brat' and not problem then
    write_brat_text(buf, path)
  end
  return problem
end

--- The file that a call names: all that follows the format, blanks included, as for `:write`.
---@param call newsoutline.Call
---@return string|nil
local function file_name(call)
  local name = vim.trim(call.text:match('^%S+%s+(.*)$') or ''):gsub('\\ ', ' ')
  return name ~= '' and name or nil
end

---@param call newsoutline.Call
function M.export(call)
  local format, file = call.args[1], file_name(call)
  local state, problem = annotations.attach(call.buf)
  if not state or not formats.write[format] then
    message.error(problem or ':NewsExport takes ' .. table.concat(formats.names(), '|') .. ' [file]')
    return
  end
  if file then
    local path = vim.fn.fnamemodify(file, ':p')
    local real = vim.uv.fs_realpath(path) or path
    for _, own in ipairs({ state.path, state.sidecar, state.sidecar .. '.bak' }) do
      if real == (vim.uv.fs_realpath(own) or own) then
        problem = 'it is the article or its annotations'
      end
    end
    problem = problem or export_to(call.buf, format, path)
    if problem then
      message.error(('%s cannot be written: %s'):format(file, problem))
    else
      message.info(('%d annotations written to %s'):format(#annotations.list(call.buf), file))
    end
    return
  end
  local content
  content, problem = formats.write[format](call.buf, listing.sorted(call.buf))
  if not content then
    message.error(problem --[[@as string]])
    return
  end
  vim.cmd.new()
  vim.bo.buftype, vim.bo.bufhidden = 'nofile', 'wipe'
  vim.bo.fileformat = content:find('\r\n', 1, true) and 'dos' or 'unix'
  vim.api.nvim_buf_set_lines(0, 0, -1, false, vim.split(content, '\r?\n'))
  vim.bo.filetype = ({ markdown = 'markdown', csv = 'csv', ['refi-qda'] = 'xml', brat = 'text' })[format]
    or 'json'
end

---@param call newsoutline.Call
function M.import(call)
  local format, name = call.args[1], file_name(call)
  if not formats.read[format] or not name then
    message.error(':NewsImport takes ' .. table.concat(formats.readable(), '|') .. ' and a file')
    return
  end
  local path = vim.fn.fnamemodify(name, ':p')
  local content, problem, fetch = (format == 'refi-qda' and read_project or read)(path)
  local list, texts
  if content then
    list, problem, texts = formats.read[format](content, call.buf, fetch)
  end
  local _, reason = annotations.attach(call.buf)
  if not list or reason then
    message.error(('%s: %s'):format(name, problem or reason or 'cannot be read'))
    return
  end
  message.info(('%d annotations imported'):format(annotations.import(call.buf, list, texts)))
end

return M
