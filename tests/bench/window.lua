--- How long it takes from :NewsOutline on an article of 1 MB to its outline on the screen: script/bench window
---
--- In a Neovim of its own, from a start without the module loaded to the end of the first redraw, the least of five;
--- text and Markdown repeated from the seeds (script/bench stages writes them). The last line is name=value pairs.
local root = assert(vim.env.NEWSOUTLINE_ROOT, 'run me by script/bench window')
local figures = {}
for _, extension in ipairs({ 'txt', 'md' }) do
  local article = root .. '/build/bench/megabyte.' .. extension
  if not vim.uv.fs_stat(article) then
    io.stderr:write('run script/bench stages first, which writes ' .. article .. '\n')
    os.exit(1)
  end
  local wall, processor = math.huge, math.huge
  for _ = 1, 5 do
    local script = ([[
      vim.cmd.edit(%q)
      local start, clock = vim.uv.hrtime(), os.clock()
      vim.cmd('NewsOutline')
      local spent = os.clock() - clock
      vim.cmd.redraw()
      io.stdout:write((vim.uv.hrtime() - start) / 1e6, ' ', spent * 1e3, '\n')
      vim.cmd('qa!')
    ]]):format(article)
    local command = { vim.v.progpath, '--headless', '-u', 'NONE', '-i', 'NONE', '-n' }
    vim.list_extend(command, { '--cmd', 'set runtimepath^=' .. root, '-c', 'runtime plugin/newsoutline.lua' })
    vim.list_extend(command, { '-c', 'lua ' .. script:gsub('%s*\n%s*', ' ') })
    local result = vim.system(command):wait(60000)
    local a, b = result.stdout:match('([%d.]+) ([%d.]+)')
    wall, processor = math.min(wall, tonumber(a)), math.min(processor, tonumber(b))
  end
  figures[#figures + 1] = ('%s_window_ms=%.0f %s_processor_ms=%.0f'):format(
    extension,
    wall,
    extension,
    processor
  )
end
io.stdout:write(table.concat(figures, ' '), '\n')
