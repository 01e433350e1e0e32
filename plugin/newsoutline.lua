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
  NewsSpeakers = 'speakers',
  NewsRead = 'read',
  NewsAnnotate = 'annotate',
  NewsLabel = 'label',
  NewsAnnotations = 'annotations',
  NewsExport = 'export',
  NewsImport = 'import',
}

for command, subcommand in pairs(shorthands) do
  vim.api.nvim_create_user_command(command, function(options)
    require('newsoutline.command').run_shorthand(subcommand, options)
  end, {
    nargs = '*',
    bang = true,
    range = true,
    -- Only where nobody writes text behind it, which may have a bar or a double quote.
    bar = vim.tbl_contains({ 'entities', 'speakers', 'read' }, subcommand),
    desc = ':NewsOutline ' .. subcommand,
    complete = function(lead, line, position)
      return require('newsoutline.command').complete_shorthand(subcommand, lead, line:sub(1, position))
    end,
  })
end

---@param modes string[]
---@param name string
---@param action fun()
---@param desc string
local function plug(modes, name, action, desc)
  vim.keymap.set(modes, '<Plug>(newsoutline-' .. name .. ')', action, { desc = desc })
end

for name, what in pairs({
  quote = 'quote',
  mention = 'mention of an entity',
  ['same-mention'] = 'mention of the entity under the cursor',
  section = 'section',
}) do
  for direction, word in pairs({ [1] = 'next', [-1] = 'previous' }) do
    plug({ 'n', 'x', 'o' }, word .. '-' .. name, function()
      require('newsoutline.motion').go(name, direction)
    end, ('To the %s %s'):format(word, what))
  end
end

for _, name in ipairs({ 'quote', 'attribution', 'section' }) do
  for _, side in ipairs({ 'inner', 'around' }) do
    plug({ 'x', 'o' }, side .. '-' .. name, function()
      require('newsoutline.textobject').select(name, side == 'inner')
    end, ('%s %s'):format(side, name))
  end
end

plug({ 'n' }, 'hover', function()
  require('newsoutline.hover').open()
end, 'About the quote and the entity under the cursor')
plug({ 'n' }, 'correct-speaker', function()
  require('newsoutline.speakers').correct()
end, 'Correct the speaker of the quote under the cursor')
plug({ 'n', 'x' }, 'yank-quote', function()
  require('newsoutline.yank').quote()
end, 'Yank a quote with its speaker and place')

for direction, word in pairs({ [1] = 'next', [-1] = 'previous' }) do
  plug({ 'n', 'x', 'o' }, word .. '-annotation', function()
    require('newsoutline.annotations.action').go(direction)
  end, ('To the %s annotation'):format(word))
end
plug({ 'n' }, 'source-annotation', function()
  require('newsoutline.annotations.action').open_source()
end, 'Open the source of the annotation under the cursor')
plug({ 'n' }, 'annotations', function()
  vim.cmd.NewsAnnotations('open')
end, 'Open the annotation window')
plug({ 'n' }, 'undo-annotation', function()
  vim.cmd.NewsAnnotations('undo')
end, 'Take the last change of the annotations back')
plug({ 'n' }, 'annotate-here', function()
  vim.cmd.NewsAnnotate()
end, 'Annotate what is under the cursor')
plug({ 'n' }, 'label', function()
  vim.cmd.NewsLabel()
end, 'Label what is under the cursor, or its annotation, by one key')
vim.keymap.set(
  'x',
  '<Plug>(newsoutline-label)',
  ':NewsLabel<CR>',
  { silent = true, desc = 'Label the selection' }
)
for name, what in pairs({
  status = 'Next check status of',
  edit = 'Edit',
  delete = 'Delete',
}) do
  plug({ 'n' }, name .. '-annotation', function()
    require('newsoutline.annotations.action').on_here(name)
  end, what .. ' the annotation under the cursor')
end
vim.keymap.set('n', '<Plug>(newsoutline-annotate)', function()
  vim.o.operatorfunc = "v:lua.require'newsoutline.annotations.action'.operate"
  return 'g@'
end, { expr = true, desc = 'Annotate what a motion goes over' })
vim.keymap.set(
  'x',
  '<Plug>(newsoutline-annotate)',
  ':NewsAnnotate<CR>',
  { silent = true, desc = 'Annotate the selection' }
)

-- Where annotations lie beside an article that is opened, they are shown: one look at the disk, nothing is loaded
-- before. With options there may be a folder for them, which the plugin knows, as it does the place for a long name.
vim.api.nvim_create_autocmd('BufReadPost', {
  group = vim.api.nvim_create_augroup('newsoutline.annotated', {}),
  callback = function(args)
    local path = vim.api.nvim_buf_get_name(args.buf)
    if path == '' or vim.bo[args.buf].buftype ~= '' then
      return
    end
    local sidecar = path .. '.annotations.json'
    local is_plain = vim.uv.fs_realpath(path) == path and #path:match('[^/]*$') < 230
    if vim.g.newsoutline or package.loaded['newsoutline.config'] or not is_plain then
      sidecar = require('newsoutline.annotations.store').path(
        path,
        require('newsoutline.config').get().annotations.folder
      )
    end
    local found = vim.uv.fs_stat(sidecar) or vim.uv.fs_stat(sidecar .. '.bak')
    if not found and vim.uv.fs_stat(vim.fn.stdpath('state') .. '/newsoutline') then
      -- What an earlier Neovim could not save beside the article.
      found = vim.uv.fs_stat(require('newsoutline.annotations.store').rescue_path(sidecar))
    end
    if found then
      require('newsoutline.annotations').attach(args.buf)
    end
  end,
})

-- What the options switch on in articles as they are opened; without any option nothing is loaded.
vim.api.nvim_create_autocmd('FileType', {
  group = vim.api.nvim_create_augroup('newsoutline', {}),
  callback = function(args)
    if vim.g.newsoutline or package.loaded['newsoutline.config'] then
      require('newsoutline.attach').buffer(args.buf)
    end
  end,
})

-- An outline or a panel that a session saved comes back as an empty window with its name.
vim.api.nvim_create_autocmd('SessionLoadPost', {
  group = 'newsoutline',
  callback = function()
    for _, win in ipairs(vim.api.nvim_list_wins()) do
      if vim.api.nvim_buf_get_name(vim.api.nvim_win_get_buf(win)):find('^newsoutline://outline/') then
        require('newsoutline.outline').restore()
        break
      end
    end
    for _, win in ipairs(vim.api.nvim_list_wins()) do
      local name = vim.api.nvim_buf_get_name(vim.api.nvim_win_get_buf(win))
      local kind = name:match('^newsoutline://(%l+)/')
      kind = vim.tbl_contains({ 'entities', 'speakers', 'annotations' }, kind) and kind
      if name:find('^newsoutline://read/') then
        require('newsoutline.read').restore(win)
      elseif kind then
        require('newsoutline.panel').restore(win, kind)
      end
    end
  end,
})
