--- Entry of script/newsoutline: hands the command line to the plugin's own module, in this Neovim without a window.

local root = vim.fs.dirname(vim.fs.dirname(vim.fn.fnamemodify(debug.getinfo(1, 'S').source:sub(2), ':p')))
vim.opt.runtimepath:prepend(vim.fn.escape(root, ','))
os.exit(require('newsoutline.cli').main(arg))
