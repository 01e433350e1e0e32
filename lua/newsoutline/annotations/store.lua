--- Files of annotations on disk: read whole, replaced by rename, so that nothing is ever lost.
---
--- The last good one is kept as `.bak`. Writers take turns by a lock. The same code runs at once (on leaving) or in the
--- background (`M.background`), where each step of it lets the editor go on.
local collection = require('newsoutline.annotations.collection')

local M = {}

local BACKUP, LOCK = '.bak', '.lock'

--- A lock whose owner cannot be seen (another machine) counts as left behind after these seconds: a save takes less.
local STALE = 5

--- Milliseconds that a writer waits for its turn, and between two looks.
local PATIENCE, LOOK = 2000, 10

-- Steps ---------------------------------------------------------------------------------------------------------------

---@type table<thread, true> coroutines that wait for the disk
local waiting = setmetatable({}, { __mode = 'k' })

---@param thread thread
---@param ... any
local function resume(thread, ...)
  local ok, problem = coroutine.resume(thread, ...)
  if not ok then
    require('newsoutline.message').error('annotations: ' .. tostring(problem))
  end
end

--- Runs a function without holding up the editor: each step on the disk returns to it when it is done.
---@param action fun()
function M.background(action)
  local thread = coroutine.create(action)
  waiting[thread] = true
  resume(thread)
end

---@return thread|nil
local function in_background()
  local thread = coroutine.running()
  return thread and waiting[thread] and thread or nil
end

--- One step on the disk.
---@param name string of the libuv function, without fs_
---@param ... any
---@return any result nil where it failed
---@return string|nil problem
---@return string|nil code
local function fs(name, ...)
  local thread = in_background()
  if not thread then
    return vim.uv['fs_' .. name](...)
  end
  local n, args = select('#', ...), { ... }
  args[n + 1] = function(problem, result)
    vim.schedule(function()
      resume(thread, result, problem, problem and problem:match('^(%u+)'))
    end)
  end
  vim.uv['fs_' .. name](unpack(args, 1, n + 1))
  return coroutine.yield()
end

---@param milliseconds integer
local function pause(milliseconds)
  local thread = in_background()
  if not thread then
    vim.uv.sleep(milliseconds)
    return
  end
  vim.defer_fn(function()
    resume(thread)
  end, milliseconds)
  coroutine.yield()
end

-- Names ---------------------------------------------------------------------------------------------------------------

--- Bytes of a file's name that file systems take; those that are added to one for a backup, a lock, a file being
--- written.
local MOST_NAME, ADDED = 255, 24

--- A name that is short enough: of one that is not, its end, after a number that only it has.
---@param name string
---@param room integer bytes to be added to it
---@return string
local function shortened(name, room)
  if #name + room <= MOST_NAME then
    return name
  end
  local kept = name:sub(room + 17 - MOST_NAME):gsub('^[\128-\191]+', '')
  return vim.fn.sha256(name):sub(1, 16) .. '-' .. kept
end

---@param path string
---@return string
local function encoded(path)
  local name = path:gsub('[%%/\\:]', function(char)
    return ('%%%02X'):format(char:byte())
  end)
  local suffix = '.annotations.json'
  return shortened(name, #suffix + ADDED) .. suffix
end

--- A file that stands beside another one.
---@param path string
---@param suffix string
---@param added? integer bytes to be added to its name in turn
---@return string
local function beside(path, suffix, added)
  local name = path:match('[^/]*$')
  return path:sub(1, #path - #name) .. shortened(name, #suffix + (added or 0)) .. suffix
end

--- Where the annotations of an article lie. Under another name of the same file (a link) they are those of the file,
--- unless there are some beside that name.
---@param path string of the article
---@param folder string|nil
---@return string
function M.path(path, folder)
  local real = vim.uv.fs_realpath(path) or path
  if folder and folder ~= '' then
    return vim.fs.normalize(folder) .. '/' .. encoded(real)
  end
  local sidecar = beside(path, '.annotations.json', #BACKUP)
  if real ~= path and not vim.uv.fs_stat(sidecar) then
    sidecar = beside(real, '.annotations.json', #BACKUP)
  end
  return sidecar
end

--- Where what could not be saved waits for its article to be opened again.
---@param sidecar string
---@return string
function M.rescue_path(sidecar)
  return vim.fn.stdpath('state') .. '/newsoutline/' .. encoded(sidecar)
end

-- Reading -------------------------------------------------------------------------------------------------------------

--- Changes when the file does.
---@param path string
---@return string
function M.stamp(path)
  local stat = fs('stat', path)
  return stat and ('%d.%d %d %d'):format(stat.mtime.sec, stat.mtime.nsec, stat.size, stat.ino) or ''
end

---@param path string
---@return string|nil content
---@return string|nil problem
local function read_file(path)
  local fd, problem = fs('open', path, 'r', 0)
  if not fd then
    return nil, problem
  end
  local pieces = {}
  local content
  while true do
    content, problem = fs('read', fd, 1048576, -1)
    if not content or content == '' then
      break
    end
    pieces[#pieces + 1] = content
  end
  fs('close', fd)
  return content and table.concat(pieces), problem
end

--- What a sidecar holds; an empty list where there is none. Where only the backup is left, that.
---@param path string
---@return newsoutline.Annotation[]|nil
---@return string|nil problem
---@return table|nil more
---@return table<string, string>|nil texts
function M.load(path)
  local from = path
  if not fs('stat', path) then
    from = path .. BACKUP
    if not fs('stat', from) then
      return {}
    end
  end
  local content, problem = read_file(from)
  if not content then
    return nil, 'cannot be read (' .. tostring(problem) .. ')'
  end
  return collection.read(content)
end

-- Writing -------------------------------------------------------------------------------------------------------------

---@param path string
---@param content string
---@param mode integer
---@return string|nil problem
local function write_whole(path, content, mode)
  local fd, problem = fs('open', path, 'w', mode)
  if not fd then
    return problem
  end
  local done = 0
  while done < #content do
    local n, reason = fs('write', fd, done == 0 and content or content:sub(done + 1), done)
    if not n or n == 0 then
      problem = reason or 'nothing could be written'
      break
    end
    done = done + n
  end
  if not problem then
    local ok, reason = fs('fsync', fd)
    problem = not ok and reason or nil
  end
  local ok, reason = fs('close', fd)
  return problem or not ok and reason or nil
end

--- Keeps a file as its backup: a second name for it, put in the place of the last backup at one stroke; a copy where
--- links are unknown.
---@param path string
---@param through string a name to work under
---@return string|nil problem
local function back_up(path, through)
  fs('unlink', through)
  local ok, reason = fs('link', path, through)
  if not ok then
    ok, reason = fs('copyfile', path, through)
  end
  if ok then
    ok, reason = fs('rename', through, path .. BACKUP)
  end
  -- Renaming one of two names of the same file to the other leaves both.
  fs('unlink', through)
  return not ok and reason or nil
end

---@param path string
---@param pid integer
---@return string
local function temporary_of(path, pid)
  return beside(path, ('.%d.tmp'):format(pid))
end

--- Replaces a file; the old one stays as its backup. A link is followed: what it points to is replaced.
---@param path string
---@param content string
---@return string|nil problem
function M.write(path, content)
  path = fs('realpath', path) or path
  local temporary = temporary_of(path, vim.uv.os_getpid())
  local before = fs('stat', path)
  -- Only the permissions of the old one: notes that were private stay so.
  local problem = write_whole(temporary, content, before and before.mode % 512 or 420)
  if not problem and before then
    fs('chmod', temporary, before.mode % 512)
    problem = back_up(path, temporary .. BACKUP)
  end
  if not problem then
    local ok, reason = fs('rename', temporary, path)
    problem = not ok and reason or nil
  end
  if problem then
    fs('unlink', temporary)
    return problem
  end
  -- The new name itself is on the disk once its folder is; not every system knows how to ask for that.
  local folder = fs('open', vim.fs.dirname(path), 'r', 0)
  if folder then
    fs('fsync', folder)
    fs('close', folder)
  end
end

--- Removes a file and its backup.
---@param path string
function M.remove(path)
  fs('unlink', path)
  fs('unlink', path .. BACKUP)
end

--- Makes the folder of a file.
---@param path string
---@return string|nil problem
function M.make_folder(path)
  local folder = vim.fs.dirname(path)
  if not fs('stat', folder) then
    local ok, reason = pcall(vim.fn.mkdir, folder, 'p')
    return not ok and tostring(reason):gsub('^.-(E%d+:)', '%1') or nil
  end
end

-- Turns ---------------------------------------------------------------------------------------------------------------

--- Who holds a lock: "pid@host"; '' where that is not known, nil where nobody does.
---@param lock string
---@return string|nil
local function owner_of(lock)
  local owner = fs('readlink', lock)
  if owner then
    return owner
  end
  return fs('lstat', lock) and (read_file(lock) or '') or nil
end

--- Takes a lock, in which stands who took it: a link to no file, which is made at one stroke.
---@param lock string
---@return boolean|nil taken
---@return string|nil problem
---@return string|nil code
local function take(lock)
  local me = ('%d@%s'):format(vim.uv.os_getpid(), vim.uv.os_gethostname())
  local ok, problem, code = fs('symlink', me, lock)
  if ok or code == 'EEXIST' then
    return ok, problem, code
  end
  local fd
  fd, problem, code = fs('open', lock, 'wx', 420)
  if fd then
    fs('write', fd, me, 0)
    fs('close', fd)
  end
  return fd ~= nil, problem, code
end

---@type table<string, true> locks of this Neovim
local held = {}

--- Breaks a lock whose owner died.
---@param lock string
---@param path string
local function break_stale(lock, path)
  local owner = owner_of(lock)
  if not owner then
    return
  end
  local pid, host = owner:match('^(%d+)@(.*)$')
  pid = tonumber(pid)
  if pid and host == vim.uv.os_gethostname() then
    local _, _, code = vim.uv.kill(pid, 0)
    if pid == vim.uv.os_getpid() and held[lock] or pid ~= vim.uv.os_getpid() and code ~= 'ESRCH' then
      return
    end
  else
    local stat = fs('lstat', lock)
    if not stat or os.time() - stat.mtime.sec <= STALE then
      return
    end
  end
  -- Moved away first: of several that find it, one moves it. What was taken meanwhile is put back.
  local aside = ('%s.%d'):format(lock, vim.uv.os_getpid())
  if fs('rename', lock, aside) then
    local moved = owner_of(aside)
    fs('unlink', aside)
    if moved and moved ~= owner then
      fs('symlink', moved, lock)
    elseif pid then
      fs('unlink', temporary_of(path, pid))
      fs('unlink', temporary_of(path, pid) .. BACKUP)
    end
  end
end

M.BUSY = 'another Neovim is writing it'

--- Runs a function while no other Neovim writes this file.
---@param path string
---@param action fun(): string|nil
---@return string|nil problem
function M.alone(path, action)
  path = fs('realpath', path) or path
  local lock = beside(path, LOCK)
  local waited = 0
  while true do
    local taken, problem, code = take(lock)
    if taken then
      break
    elseif code ~= 'EEXIST' then
      return problem
    elseif waited >= PATIENCE then
      return M.BUSY
    end
    break_stale(lock, path)
    pause(LOOK)
    waited = waited + LOOK
  end
  held[lock] = true
  local ok, result = pcall(action)
  held[lock] = nil
  fs('unlink', lock)
  return not ok and tostring(result) or ok and result or nil
end

return M
