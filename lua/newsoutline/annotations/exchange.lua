--- `:NewsExport` and `:NewsImport`: annotations to and from the files of other programs.
local annotations = require('newsoutline.annotations')
local listing = require('newsoutline.annotations.listing')
local message = require('newsoutline.message')

local M = {}

---@param call newsoutline.Call
function M.export(call)
  local format = call.args[1]
  local file = call.args[2]
  local state, problem = annotations.attach(call.buf)
  local formats = require('newsoutline.annotations.formats')
  if not state or not formats.write[format] then
    message.error(problem or ':NewsExport takes ' .. table.concat(formats.names(), '|') .. ' [file]')
    return
  end
  local content = formats.write[format](call.buf, listing.sorted(call.buf))
  if file then
    local path = vim.fn.fnamemodify(file, ':p')
    local reason = require('newsoutline.annotations.store').write(path, content)
    if reason then
      message.error(('%s cannot be written: %s'):format(file, reason))
    end
  else
    vim.cmd.new()
    vim.bo.buftype, vim.bo.bufhidden = 'nofile', 'wipe'
    vim.api.nvim_buf_set_lines(0, 0, -1, false, vim.split(content, '\n'))
    vim.bo.filetype = format == 'markdown' and 'markdown' or format == 'csv' and 'csv' or 'json'
  end
end

---@param call newsoutline.Call
function M.import(call)
  local formats = require('newsoutline.annotations.formats')
  local format, name = call.args[1], call.args[2]
  if not formats.read[format] or not name then
    message.error(':NewsImport takes w3c|brat|jsonl and a file')
    return
  end
  local file, reason = io.open(vim.fn.fnamemodify(name, ':p'), 'rb')
  local content = file and file:read('*a')
  if file then
    file:close()
  end
  local list, problem
  if content then
    list, problem = formats.read[format](content, call.buf)
  end
  if not list then
    message.error(('%s: %s'):format(name, problem or reason or 'cannot be read'))
    return
  end
  message.info(('%d annotations imported'):format(annotations.import(call.buf, list)))
end

return M
