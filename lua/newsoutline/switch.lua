--- A feature that is switched on for a buffer, and is brought up to date whenever the buffer was analysed.
local document = require('newsoutline.document')

local M = {}

---@class newsoutline.Switch
---@field private name string
---@field private apply fun(buf: integer)
---@field private clear fun(buf: integer)
---@field private enabled table<integer, true>
---@field private is_watching boolean
local Switch = {}
Switch.__index = Switch

---@param name string of its autocommands: newsoutline.NAME
---@param apply fun(buf: integer) shows what the latest analysis says
---@param clear fun(buf: integer) takes away what was shown
---@return newsoutline.Switch
function M.new(name, apply, clear)
  return setmetatable(
    { name = name, apply = apply, clear = clear, enabled = {}, is_watching = false },
    Switch
  )
end

---@private
function Switch:watch()
  if self.is_watching then
    return
  end
  self.is_watching = true
  local group = vim.api.nvim_create_augroup('newsoutline.' .. self.name, {})
  vim.api.nvim_create_autocmd('User', {
    group = group,
    pattern = 'NewsOutlineUpdate',
    callback = function(args)
      local buf = args.data.buf
      -- An analysis that is late already is followed by another one.
      if self.enabled[buf] and select(2, document.peek(buf)) then
        self.apply(buf)
      end
    end,
  })
  vim.api.nvim_create_autocmd('BufWipeout', {
    group = group,
    callback = function(args)
      self.enabled[args.buf] = nil
    end,
  })
end

---@param buf integer|nil 0 or nil: the current one
---@return integer
local function resolve(buf)
  return (buf == nil or buf == 0) and vim.api.nvim_get_current_buf() or buf --[[@as integer]]
end

---@param buf? integer
---@return boolean
function Switch:is_enabled(buf)
  return self.enabled[resolve(buf)] == true
end

--- Switches the feature on in a buffer, or off.
---@param buf? integer
---@param on? boolean default: the other way round
---@return boolean|nil on
---@return string|nil message why it cannot be switched on
function Switch:toggle(buf, on)
  buf = resolve(buf)
  if on == nil then
    on = not self.enabled[buf]
  end
  if not on then
    self.enabled[buf] = nil
    self.clear(buf)
    return false
  end
  local analysis, problem = document.get(buf)
  if not analysis then
    return nil, problem
  end
  self:watch()
  document.attach(buf)
  self.enabled[buf] = true
  self.apply(buf)
  return true
end

return M
