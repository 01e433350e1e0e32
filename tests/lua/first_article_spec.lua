--- The list of quotes of the first real article, which is not part of the project: skipped without ../shared.
local child = require('child')

describe('the quotes of the first real article', function()
  local shared = child.shared()
  local folder = shared and shared .. '/seeds/'
  if not folder or not vim.uv.fs_stat(folder .. 'putin-xi-call.gold.tsv') then
    pending('needs ../shared/seeds')
    return
  end

  it('are listed with exact ranges, speaker first', function()
    local file = assert(io.open(folder .. 'putin-xi-call.txt', 'rb'))
    local bytes = file:read('*a')
    file:close()
    local function place(offset)
      local before = bytes:sub(1, offset)
      local _, breaks = before:gsub('\n', '')
      return breaks + 1, #before:match('[^\n]*$') + 1
    end
    local nvim = child.start()
    nvim:cmd('edit ' .. folder .. 'putin-xi-call.txt')
    nvim:cmd('NewsQuotes kind=direct,mixed,term')
    local items = nvim:fn('getqflist')
    local expected = {}
    for line in io.lines(folder .. 'putin-xi-call.gold.tsv') do
      local from, to = line:match('^(%d+)\t(%d+)\t')
      if from then
        local row, column = place(tonumber(from))
        local end_row, end_column = place(tonumber(to))
        table.insert(expected, { row, column, end_row, end_column })
      end
    end
    assert.equal(22, #expected)
    assert.same(
      expected,
      vim.tbl_map(function(item)
        return { item.lnum, item.col, item.end_lnum, item.end_col }
      end, items)
    )
    for _, item in ipairs(items) do
      assert.equal(item.user_data.speaker .. ': ' .. item.user_data.text, item.text)
    end
    nvim:stop()
  end)

  it('names each person, organisation and place once', function()
    local file = assert(io.open(folder .. 'putin-xi-call.txt', 'rb'))
    local bytes = file:read('*a')
    file:close()
    local core = require('newsoutline.core')
    local entities = {}
    for _, entity in ipairs(core.parse(bytes, { name = 'putin-xi-call.txt' }):analysis().entities) do
      assert.is_nil(entities[entity.name])
      entities[entity.name] = entity
    end
    local expected = {
      ['Vladimir Putin'] = { 'person', { 'Putin' } },
      ['Xi Jinping'] = { 'person', { 'Xi' } },
      ['United States'] = { 'place', { 'US' } },
      ['China'] = { 'place', {} },
      ['Russia'] = { 'place', {} },
      ['Afghanistan'] = { 'place', {} },
      ['Taliban'] = { 'organization', {} },
      ['Shanghai Cooperation Organisation'] = { 'organization', { 'SCO' } },
      ['Taiwan'] = { 'place', {} },
      ['Xinjiang'] = { 'place', {} },
      ['Hong Kong'] = { 'place', {} },
      ['South China Sea'] = { 'place', { 'SCS' } },
    }
    for name, want in pairs(expected) do
      assert.is_truthy(entities[name], name)
      assert.equal(want[1], entities[name].type, name)
      assert.same(want[2], entities[name].aliases, name)
    end
    for name, entity in pairs(entities) do
      assert.is_truthy(expected[name] or entity.type == 'other', name)
    end
  end)
end)
