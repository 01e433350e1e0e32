--- An in-process language server: whatever shows symbols, folds, hovers or references shows those of an article.
---
--- Opt-in for a buffer (`:NewsOutline lsp`, the option `lsp`). Nothing is computed here: the handlers ask the analysis.
local document = require('newsoutline.document')

local M = {}

local NAME = 'newsoutline'

--- Connects a buffer to the server; all articles share one.
---@param buf? integer
---@return integer|nil client
---@return string|nil message
function M.start(buf)
  buf = (buf == nil or buf == 0) and vim.api.nvim_get_current_buf() or buf --[[@as integer]]
  local _, problem, code = document.get_outline(buf)
  if problem and code ~= 'busy' then
    return nil, problem
  end
  document.attach(buf)
  local client = vim.lsp.start({
    name = NAME,
    cmd = require('newsoutline.lsp.server').connect,
    root_dir = nil,
  }, {
    bufnr = buf,
    reuse_client = function(client)
      return client.name == NAME
    end,
  })
  if not client then
    return nil, 'Neovim does not connect this buffer to a language server'
  end
  return client
end

--- Disconnects a buffer.
---@param buf? integer
function M.stop(buf)
  buf = (buf == nil or buf == 0) and vim.api.nvim_get_current_buf() or buf --[[@as integer]]
  for _, client in ipairs(vim.lsp.get_clients({ bufnr = buf, name = NAME })) do
    vim.lsp.buf_detach_client(buf, client.id)
  end
end

return M
