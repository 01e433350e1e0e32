--- The labels that annotations may have: those of the project file, else a set that suits journalists.
local M = {}

---@type newsoutline.Label[]
M.default = {
  { name = 'claim', key = 'c', color = 'DiffChange', doc = 'A statement to be checked.' },
  { name = 'check', key = 'k', color = 'DiffDelete', doc = 'Something that looks wrong.' },
  { name = 'quote', key = 'q', color = 'DiffAdd', doc = 'Words to compare with the recording.' },
  { name = 'background', key = 'b', color = 'Folded', doc = 'Context to read up on.' },
  { name = 'number', key = 'n', color = 'DiffText', doc = 'A figure, a date, a sum.' },
  { name = 'follow-up', key = 'f', color = 'Visual', doc = 'An idea for the next story.' },
}

---@param buf integer
---@return newsoutline.Label[]
function M.of(buf)
  local own = require('newsoutline.project').get(vim.api.nvim_buf_get_name(buf)).labels
  return #own > 0 and own or M.default
end

---@param buf integer
---@return string[]
function M.names(buf)
  return vim.tbl_map(function(label)
    return label.name
  end, M.of(buf))
end

--- The highlight group of a label.
---@param buf integer
---@param name string|nil
---@return string
function M.group(buf, name)
  for _, label in ipairs(M.of(buf)) do
    if label.name == name and label.color then
      if label.color:match('^#%x%x%x%x%x%x$') then
        local group = 'NewsOutlineLabel_' .. label.color:sub(2)
        vim.api.nvim_set_hl(0, group, { bg = label.color, default = true })
        return group
      end
      return label.color
    end
  end
  return 'NewsOutlineAnnotation'
end

return M
