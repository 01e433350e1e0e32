--- The configuration that script/try starts Neovim with: the plugin, its maps, outline and list of quotes open;
--- of a page or a feed the reading view too.

local root = vim.fs.dirname(vim.fs.dirname(vim.fn.fnamemodify(debug.getinfo(1, 'S').source:sub(2), ':p')))
vim.opt.runtimepath:prepend(root)
vim.g.newsoutline = { keymaps = true }

vim.o.termguicolors = vim.env.COLORTERM == 'truecolor' or vim.o.termguicolors
vim.o.number = true
vim.o.linebreak = true
vim.o.breakindent = true
vim.o.mouse = 'a'

vim.api.nvim_create_autocmd('VimEnter', {
  callback = function()
    vim.cmd('NewsQuotes')
    vim.cmd('wincmd p')
    vim.cmd('NewsOutline open')
    vim.cmd('wincmd p')
    -- Nobody reads a page in its markup.
    local analysis = require('newsoutline').get(0)
    if analysis and analysis.format ~= 'text' and analysis.format ~= 'markdown' then
      vim.cmd('NewsRead')
      vim.cmd('vertical resize ' .. math.floor(vim.o.columns * 0.45))
    end
  end,
})
