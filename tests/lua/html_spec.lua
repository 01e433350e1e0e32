--- Quotes of web pages and feeds in the quickfix list: exactly their characters, across tags and references.
local child = require('child')

local nvim

before_each(function()
  nvim = child.start()
end)
after_each(function()
  nvim:stop()
end)

--- What the entries of the list select, joined over lines.
---@param file string
---@return table<string, boolean>
local function selected(file)
  nvim:cmd('edit ' .. vim.env.NEWSOUTLINE_ROOT .. '/seeds/' .. file)
  nvim:cmd('NewsQuotes')
  local found = {}
  for _, item in ipairs(nvim:fn('getqflist')) do
    local lines = nvim:api(
      'nvim_buf_get_text',
      item.bufnr,
      item.lnum - 1,
      item.col - 1,
      item.end_lnum - 1,
      item.end_col - 1,
      {}
    )
    found[table.concat(lines, '\n')] = true
  end
  return found
end

describe('quotes in markup', function()
  it('cross elements and references of a page', function()
    local found = selected('bridge-repair.html')
    assert.is_true(found['&#8220;a <a href="/letters">slow</a> <b>death</b> for this street&#8221;'])
    assert.is_true(found['&ldquo;safe, signed &amp; in&shy;sured&rdquo;'])
  end)

  it('are exact in NITF and in HTML that a feed holds as text', function()
    assert.is_true(
      selected('orchard-frost.nitf')['&#8220;We lit fires between the rows, and <em>still</em> we lost them,&#8221;']
    )
    local found = selected('evening-news.rss')
    assert.is_true(found['&ldquo;People asked for <em>one</em> thing, and this is it,&rdquo;'])
    assert.is_true(found['&amp;ldquo;The river is &lt;b&gt;too&lt;/b&gt; high,&amp;rdquo;'])
  end)
end)
