--- The server's side of the wire, which is no wire: functions that Neovim's client calls.
---
--- Every reply goes through vim.schedule, since Neovim 0.10 does not survive one that comes before `request` returns;
--- and the client is told that its request is done, since it keeps a list of those that are not.
local M = {}

--- JSON-RPC's "method not found".
local METHOD_NOT_FOUND = -32601
--- JSON-RPC's "internal error".
local INTERNAL_ERROR = -32603

---@param dispatchers vim.lsp.rpc.Dispatchers
---@return vim.lsp.rpc.PublicClient
function M.connect(dispatchers)
  local handlers = require('newsoutline.lsp.handlers')
  local is_closing, n_requests = false, 0
  local server = {}

  ---@param method string
  ---@param params table
  ---@param callback fun(error: table|nil, result: any)
  ---@param done? fun(id: integer)
  ---@return boolean
  ---@return integer
  function server.request(method, params, callback, done)
    n_requests = n_requests + 1
    local id = n_requests
    vim.schedule(function()
      local handler = handlers[method]
      local problem, result
      if handler then
        local ok, answer = pcall(handler, params)
        if ok then
          result = answer
        else
          problem = { code = INTERNAL_ERROR, message = tostring(answer) }
        end
      else
        problem = { code = METHOD_NOT_FOUND, message = 'no ' .. method .. ' here' }
      end
      callback(problem, result)
      if done then
        done(id)
      end
    end)
    return true, id
  end

  ---@param method string
  ---@return boolean
  function server.notify(method)
    if method == 'exit' then
      server.terminate()
    end
    return true
  end

  ---@return boolean
  function server.is_closing()
    return is_closing
  end

  function server.terminate()
    if not is_closing then
      is_closing = true
      vim.schedule(function()
        dispatchers.on_exit(0, 0)
      end)
    end
  end

  return server
end

return M
