--- Runs busted on the spec files named, inside this Neovim: nvim -u NONE -l tests/lua/run.lua FILE…

local root = vim.fs.dirname(vim.fs.dirname(vim.fs.dirname(vim.fn.fnamemodify(arg[0], ':p'))))

-- Debian keeps busted and its modules where its own Lua 5.1 looks, which is not where LuaJIT in Neovim does.
for _, folder in ipairs({ '/usr/share/lua/5.1', '/usr/local/share/lua/5.1' }) do
  package.path = ('%s;%s/?.lua;%s/?/init.lua'):format(package.path, folder, folder)
end
for _, folder in ipairs(vim.fn.glob('/usr/lib/*/lua/5.1', false, true)) do
  package.cpath = ('%s;%s/?.so'):format(package.cpath, folder)
end
package.path = ('%s/tests/lua/?.lua;%s'):format(root, package.path)

local child = require('child')
vim.opt.runtimepath:prepend(child.runtimepath())

if not pcall(require, 'busted') then
  io.stdout:write('skipped: busted is not installed (script/bootstrap --test installs it)\n')
  os.exit(77)
end

-- busted reads the global arg as its own command line.
local files = { unpack(arg) }
_G.arg = vim.list_extend({ [0] = 'busted', '--ignore-lua', '--output=plainTerminal', '--verbose' }, files)

-- It ends a failed run by an error without a message, once it has told what failed.
local passed, message = pcall(require('busted.runner'), { standalone = false })
if message then
  io.stderr:write(tostring(message), '\n')
end
os.exit(passed and 0 or 1)
