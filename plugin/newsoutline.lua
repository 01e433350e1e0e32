-- Commands and <Plug> maps; nothing is loaded before one is used.
if vim.g.loaded_newsoutline then
  return
end
vim.g.loaded_newsoutline = true

if vim.fn.has('nvim-0.10') == 0 then
  vim.api.nvim_create_user_command('NewsOutline', function()
    vim.notify('newsoutline: needs Neovim 0.10 or newer (script/try brings one)', vim.log.levels.ERROR)
  end, { nargs = '*', bang = true, range = true })
  return
end

vim.api.nvim_create_user_command('NewsOutline', function(options)
  require('newsoutline.command').run(options)
end, {
  nargs = '*',
  bang = true,
  range = true,
  desc = 'Outline, quotes and entities of a news article',
  complete = function(lead, line, position)
    return require('newsoutline.command').complete(lead, line:sub(1, position))
  end,
})

-- Each :NewsX is the shorthand of the subcommand beside it.
local shorthands = {
  NewsQuotes = 'quotes',
  NewsEntities = 'entities',
}

for command, subcommand in pairs(shorthands) do
  vim.api.nvim_create_user_command(command, function(options)
    require('newsoutline.command').run_shorthand(subcommand, options)
  end, {
    nargs = '*',
    bang = true,
    range = true,
    desc = ':NewsOutline ' .. subcommand,
    complete = function(lead, line, position)
      return require('newsoutline.command').complete_shorthand(subcommand, lead, line:sub(1, position))
    end,
  })
end
