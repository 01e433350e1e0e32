--- The labels that annotations may have: those of the project file, else of the options, else a set for journalists.
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
  if #own == 0 then
    own = require('newsoutline.config').get().annotations.labels
  end
  return #own > 0 and own or M.default
end

--- The key of each label: its own, else the first letter of its name that is free.
---@param buf integer
---@return { key: string, label: newsoutline.Label }[]
function M.keys(buf)
  local keys, taken = {}, {}
  for _, label in ipairs(M.of(buf)) do
    if label.key and label.key ~= '' then
      taken[label.key] = true
    end
  end
  for i, label in ipairs(M.of(buf)) do
    local key = label.key ~= '' and label.key or nil
    for letter in (key and '' or vim.fn.tolower(label.name) .. '123456789'):gmatch('%w') do
      if not taken[letter] then
        key, taken[letter] = letter, true
        break
      end
    end
    keys[i] = { key = key or '', label = label }
  end
  return keys
end

--- Asks for a label by one key.
---@param buf integer
---@return string|nil name nil where another key was pressed
function M.ask(buf)
  local keys, chunks = M.keys(buf), {}
  for _, each in ipairs(keys) do
    vim.list_extend(chunks, { { each.key, 'Title' }, { ' ' .. each.label.name .. '   ' } })
  end
  vim.api.nvim_echo(chunks, false, {})
  local ok, key = pcall(vim.fn.getcharstr)
  vim.api.nvim_echo({ { '' } }, false, {})
  for _, each in ipairs(ok and keys or {}) do
    if each.key == key then
      return each.label.name
    end
  end
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
