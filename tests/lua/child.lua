--- A child Neovim with the plugin on its runtimepath, driven over RPC and thrown away at the end of a test.
---
---   local child = require('child')
---   local nvim = child.start()
---   nvim:edit('news.txt', { 'A headline', '', 'A paragraph.' })
---   nvim:cmd('NewsOutline')
---   nvim:feed('<C-w>p')
---   assert.is_true(nvim:wait(function() return nvim:screen():find('A headline', 1, true) end))
---   nvim:stop()

local M = {}

---@class Child
---@field job integer
---@field folder string its own temporary folder: configuration, data and the files of the test
local Child = {}
Child.__index = Child

local here = vim.fn.fnamemodify(debug.getinfo(1, 'S').source:sub(2), ':p')
local root = vim.fs.dirname(vim.fs.dirname(vim.fs.dirname(here)))

--- The folder of the repository.
M.root = root

--- Where ../shared lies, or nil: tests that need it call `pending` with a word of why.
---@return string?
function M.shared()
  local folder = vim.env.NEWSOUTLINE_SHARED or (vim.fs.dirname(root) .. '/shared')
  return vim.uv.fs_stat(folder) and folder or nil
end

--- The build under test stands before the tree, so that its core is the one that `require` finds.
---@return string[]
function M.runtimepath()
  local paths = { root }
  if vim.env.NEWSOUTLINE_BUILD then
    table.insert(paths, 1, vim.env.NEWSOUTLINE_BUILD)
  end
  return paths
end

---@class ChildOptions
---@field config? table the value of vim.g.newsoutline, set before the plugin loads
---@field columns? integer
---@field lines? integer
---@field args? string[] further arguments of the command line
---@field env? table<string, string>
---@field wrapper? string[] a command that runs the child, its own arguments first

--- Starts a child as a user with no configuration would, with the plugin installed.
---@param options? ChildOptions
---@return Child
function M.start(options)
  options = options or {}
  local folder = vim.fn.tempname()
  vim.fn.mkdir(folder, 'p')
  local env = { NVIM_LOG_FILE = folder .. '/log' }
  for _, name in ipairs({ 'CONFIG', 'DATA', 'STATE', 'CACHE' }) do
    env[('XDG_%s_HOME'):format(name)] = folder .. '/' .. name:lower()
  end
  env = vim.tbl_extend('force', env, options.env or {})

  local command = vim.list_extend({}, options.wrapper or {})
  vim.list_extend(command, { vim.v.progpath, '--embed', '--headless', '-u', 'NORC', '-i', 'NONE', '-n' })
  local paths = vim.tbl_map(function(path)
    return vim.fn.escape(path, ' ,\\')
  end, M.runtimepath())
  local before = { 'set runtimepath^=' .. table.concat(paths, ',') }
  table.insert(before, ('set columns=%d lines=%d'):format(options.columns or 100, options.lines or 30))
  if options.config then
    table.insert(
      before,
      ('lua vim.g.newsoutline = vim.json.decode(%q)'):format(vim.json.encode(options.config))
    )
  end
  for _, line in ipairs(before) do
    vim.list_extend(command, { '--cmd', line })
  end
  vim.list_extend(command, options.args or {})

  local job = vim.fn.jobstart(command, { rpc = true, env = env, cwd = folder })
  assert(job > 0, 'cannot start ' .. vim.v.progpath)
  return setmetatable({ job = job, folder = folder }, Child)
end

--- Calls an API function: child:api('nvim_buf_line_count', 0).
function Child:api(name, ...)
  return vim.rpcrequest(self.job, name, ...)
end

--- Runs Lua in the child and returns what the chunk returns; its arguments are in `...`.
---@param code string
function Child:lua(code, ...)
  return vim.rpcrequest(self.job, 'nvim_exec_lua', code, { ... })
end

--- Calls a Vim function: child:fn('getqflist').
function Child:fn(name, ...)
  return vim.rpcrequest(self.job, 'nvim_call_function', name, { ... })
end

--- Runs an Ex command; an error raises.
---@param command string
function Child:cmd(command)
  vim.rpcrequest(self.job, 'nvim_command', command)
end

--- Runs Ex commands and returns what they print.
---@param command string
---@return string
function Child:output(command)
  return vim.rpcrequest(self.job, 'nvim_exec2', command, { output = true }).output
end

--- Types keys, in the notation of maps, and returns when they have been worked off.
---@param keys string
function Child:feed(keys)
  local codes = vim.rpcrequest(self.job, 'nvim_replace_termcodes', keys, true, true, true)
  vim.rpcrequest(self.job, 'nvim_feedkeys', codes, 'mtx', false)
end

--- Queues keys as a terminal would and does not wait: for prompts, and for Insert mode that goes on.
---@param keys string
function Child:type(keys)
  vim.rpcrequest(self.job, 'nvim_input', keys)
end

--- Opens a new file with these lines (or bytes, as they are) and returns its buffer.
---@param name string
---@param content? string[]|string
---@return integer buffer
function Child:edit(name, content)
  local path = self.folder .. '/' .. name
  if content then
    self:write(name, content)
  end
  self:cmd('edit ' .. vim.fn.fnameescape(path))
  return self:api('nvim_get_current_buf')
end

--- Writes a file into the child's folder and returns its path.
---@param name string
---@param content string[]|string
---@return string path
function Child:write(name, content)
  local path = self.folder .. '/' .. name
  local file = assert(io.open(path, 'wb'))
  file:write(type(content) == 'table' and table.concat(content, '\n') .. '\n' or content)
  file:close()
  return path
end

--- The lines of a buffer (default: the current one).
---@param buffer? integer
---@return string[]
function Child:lines(buffer)
  return self:api('nvim_buf_get_lines', buffer or 0, 0, -1, false)
end

--- What is on the screen, one line a row, trailing blanks left out.
---@return string
function Child:screen()
  return self:lua([[
    vim.cmd('redraw!')
    local rows = {}
    for row = 1, vim.o.lines do
      local cells = {}
      for column = 1, vim.o.columns do
        cells[column] = vim.fn.screenstring(row, column)
      end
      rows[row] = table.concat(cells):gsub('%s+$', '')
    end
    return table.concat(rows, '\n')
  ]])
end

--- Every message so far.
---@return string
function Child:messages()
  return self:output('messages')
end

--- Waits until a function returns something true; returns that, or nil after the time is up.
---@generic T
---@param condition fun(): T
---@param milliseconds? integer
---@return T?
function Child.wait(_, condition, milliseconds)
  local result
  vim.wait(milliseconds or 5000, function()
    result = condition()
    return result
  end, 20)
  return result or nil
end

--- Waits until the screen shows a pattern, and fails with the screen where it does not.
---@param pattern string
function Child:shows(pattern)
  local screen
  if not self:wait(function()
    screen = self:screen()
    return screen:find(pattern) ~= nil
  end) then
    error(('“%s” is not on the screen:\n%s'):format(pattern, screen), 2)
  end
end

--- Is the child still there?
---@return boolean
function Child:alive()
  return vim.fn.jobwait({ self.job }, 0)[1] == -1
end

--- Ends the child and removes its folder.
function Child:stop()
  pcall(vim.rpcnotify, self.job, 'nvim_command', 'qall!')
  if vim.fn.jobwait({ self.job }, 1000)[1] == -1 then
    vim.fn.jobstop(self.job)
  end
  vim.fn.delete(self.folder, 'rf')
end

return M
