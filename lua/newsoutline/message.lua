--- Says things to the user, all in one form: one sentence with what, where and what to do.
local M = {}

---@type table<string, true> what was said by M.once
local said = {}

---@param text string
---@param level integer
local function say(text, level)
  -- A message may name what stands in a file.
  text = 'newsoutline: ' .. require('newsoutline.cells').plain(text)
  if vim.in_fast_event() then
    vim.schedule(function()
      vim.notify(text, level)
    end)
  else
    vim.notify(text, level)
  end
end

---@param text string
function M.info(text)
  say(text, vim.log.levels.INFO)
end

---@param text string
function M.warn(text)
  say(text, vim.log.levels.WARN)
end

---@param text string
function M.error(text)
  say(text, vim.log.levels.ERROR)
end

--- Warns once in the life of this Neovim: for what would be repeated at every keystroke.
---@param text string
function M.once(text)
  if not said[text] then
    said[text] = true
    M.warn(text)
  end
end

return M
