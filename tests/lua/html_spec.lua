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
---@param file? string of the seeds, else what is open
---@return table<string, boolean>
local function selected(file)
  if file then
    nvim:cmd('edit ' .. vim.env.NEWSOUTLINE_ROOT .. '/seeds/' .. file)
  end
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

  it('are exact whatever stands before and within them', function()
    local quotes = {
      '“We don&#8217;t <em>sell</em> it,”',
      '&ldquo;Bread &amp; <b><i>roses</i>, </b>so to <span class="x">speak</span>&rdquo;',
      '"A long<br>\nand in&shy;sur\194\173ed <a href="/q?a=&quot;1&quot;&amp;b">wait</a> it is,"',
      '&#x201C;Zürich’s çafé — <em>naïve <strong>yet</strong> sound</em>&#x201D;',
    }
    local page = table.concat({
      '<!DOCTYPE html><html><head><title>Zürich – Brücke &amp; Fähre</title></head><body><article>',
      '<h1>Brücke bleibt – 橋は残る</h1>',
      '<p>Ärger im Rat: naïve 😀 plans failed. '
        .. quotes[1]
        .. ' said the mayor, Ada Quint, on Monday morning.</p>',
      '<p>She told the council of the bay: '
        .. quotes[2]
        .. ', and nobody there said another word for a while.</p>',
      '<p><!-- “no quote” -->'
        .. quotes[3]
        .. ' Quint said to the people who stood at the gate of the old town.</p>',
      '<p>The plan was '
        .. quotes[4]
        .. ', according to Tom Hall, who wrote it for the council of the bay.</p>',
      '</article></body></html>',
    }, '\n') .. '\n'
    for name, bytes in pairs({ ['unix.html'] = page, ['dos.html'] = page:gsub('\n', '\r\n') }) do
      nvim:edit(name, bytes)
      local found = selected()
      for _, quote in ipairs(quotes) do
        assert.is_true(found[quote], name .. ': ' .. quote .. '\n' .. vim.inspect(found))
      end
    end
  end)

  it('are exact in NITF and in HTML that a feed holds as text', function()
    assert.is_true(
      selected('orchard-frost.nitf')['&#8220;We lit fires between the rows, and <em>still</em> we lost them,&#8221;']
    )
    local found = selected('evening-news.rss')
    assert.is_true(found['&ldquo;People asked for <em>one</em> thing, and this is it,&rdquo;'])
    assert.is_true(found['&amp;ldquo;The river is &lt;b&gt;too&lt;/b&gt; high,&amp;rdquo;'])
  end)

  --- Asks for each of the quotes in a file of each kind, with line ends of both kinds.
  ---@param files table<string, { bytes: string, format: string, quotes: string[] }>
  local function are_selected(files)
    for name, file in pairs(files) do
      for ends, bytes in pairs({ unix = file.bytes, dos = file.bytes:gsub('\n', '\r\n') }) do
        nvim:edit(ends .. '-' .. name, bytes)
        assert.equal(file.format, nvim:lua("return require('newsoutline').get(0).format"), name)
        local found = selected()
        for _, quote in ipairs(file.quotes) do
          assert.is_true(found[quote], ends .. '-' .. name .. ': ' .. quote .. '\n' .. vim.inspect(found))
        end
      end
    end
  end

  it('are exact in NewsML-G2, whether it holds NITF or XHTML', function()
    local quotes = {
      '&#8220;We dig <em class="x">where</em> the&#160;clay is,&#x201D;',
      '“Ten metres <em>a <strong>day</strong></em> &amp; no\nmore than&#xA0;that — naïve, yes,”',
      '&quot;Bread &lt;and&gt; <a href="/q?a=1&amp;b=“2”">roses</a>&quot;',
    }
    local function news(kind, namespace, open, close)
      return table.concat({
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" standard="NewsML-G2" standardversion="2.29">',
        '<itemMeta><provider literal="Hill"/></itemMeta>',
        '<contentMeta><headline>Züge unter dem Hügel – 橋 “Tunnel” &amp; more</headline></contentMeta>',
        ('<contentSet><inlineXML contenttype="%s">'):format(kind),
        namespace .. open,
        '<p>Ärger im Tal: the tunnel is late 😀, the company said. '
          .. quotes[1]
          .. ' said Ada Quint, its engineer, on Monday.</p>',
        '<p><!-- “no quote” -->'
          .. quotes[2]
          .. ' Quint told the people who stood at the gate of the old town.</p>',
        '<p>The plan was '
          .. quotes[3]
          .. ', according to Tom Hall, who wrote it for the council of the bay.</p>',
        close .. '</inlineXML></contentSet></newsItem>',
      }, '\n') .. '\n'
    end
    are_selected({
      ['nitf.newsml'] = {
        bytes = news(
          'application/nitf+xml',
          '<nitf>',
          '<body><body.content>',
          '</body.content></body></nitf>'
        ),
        format = 'newsml',
        quotes = quotes,
      },
      ['xhtml.newsml'] = {
        bytes = news(
          'application/xhtml+xml',
          '<html xmlns="http://www.w3.org/1999/xhtml">',
          '<head><title>T</title></head><body>',
          '</body></html>'
        ),
        format = 'newsml',
        quotes = quotes,
      },
    })
    assert.is_true(selected('quarry-strike.newsml')['&#8220;We have what we came for,&#8221;'])
  end)

  it('are exact in Atom, whether it holds XHTML, escaped HTML or a CDATA section', function()
    local xhtml =
      '&#8220;It had <em>a <strong>green</strong></em> tail &amp;&#160;a\nred one — naïve,&#8221;'
    local escaped =
      '&amp;ldquo;We &lt;i class=&quot;&quot;&gt;did&lt;/i&gt; not &amp;amp; could&amp;nbsp;n’t, &#233;,&amp;rdquo;'
    local cdata = '&ldquo;No <b>bee <i>counts</i></b> past\n“four” &amp; lives&rdquo;'
    are_selected({
      ['desk.atom'] = {
        bytes = table.concat({
          '<?xml version="1.0" encoding="utf-8"?>',
          '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Wissenschaft – 橋 😀</title>',
          '<entry><title>Comet seen over the coast</title>',
          '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">',
          '<p>A comet could be seen over the coast on Monday night, the observatory at Port Elan said.</p>',
          '<p>' .. xhtml .. ' said Paul Imbert, an astronomer there.</p></div></content></entry>',
          '<entry><title type="html">Bees &lt;i&gt;do&lt;/i&gt; count</title><content type="html">',
          '&lt;p&gt;Bees can tell four dots from five, a study says.&lt;/p&gt;',
          '&lt;p&gt;' .. escaped .. ' said Mira Kant, who led it.&lt;/p&gt;</content></entry>',
          '<entry><title>Hives</title><content type="html"><![CDATA[<p>Bees are at home in the hives of the town.</p>',
          '<p>' .. cdata .. ', said Olga Wren, who keeps them.</p>]]></content></entry></feed>',
        }, '\n') .. '\n',
        format = 'atom',
        quotes = { xhtml, escaped, cdata },
      },
    })
    local found = selected('science-desk.atom')
    assert.is_true(found['&#8220;It had a <strong>green</strong> tail,&#8221;'])
    assert.is_true(found['&amp;ldquo;We did not expect it,&amp;rdquo;'])
  end)
end)

--- A saved page: scripts and styles, a minified head, a quote over three lines, inline elements within names and marks.
local saved = {
  '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Mill to reopen - Vale Post</title>'
    .. '<script>var s = "<p>“No quote,” said Nobody Atall.</p>";</script><style>p{margin:0}</style></head>',
  '<body><header><nav><ul><li><a href="/">Home</a></li><li><a href="/s">Sport</a></li></ul></nav></header>',
  '<main><article><h1>Mill to reopen after nine years</h1>',
  '<p>The old mill at Brackwater will reopen in June, its new owner said on Friday, nine years after the last loom',
  'was sold and the gates were locked for good.</p>',
  '<p>&#8220;It is <em>our</em> mill,',
  '<strong>yours</strong> and mine,',
  'and it will run&#8221; said <b>Hanna</b>&nbsp;<b>Oduya</b>, who bought it with 400 neighbours.</p>',
  '<h2 id="jobs">Thirty jobs</h2>',
  '<p>Oduya said that thirty people would work there by the autumn, most of them from the town itself.</p>',
  '<h2>A long wait &amp; a short one</h2>',
  '<p>The council called it &ldquo;good&nbsp;news&rdquo; and promised a bus stop at its gate in June.</p>',
  '</article></main><footer>&copy; Vale Post</footer></body></html>',
}

describe('a saved page', function()
  local buf

  local function text(span)
    return table.concat(
      nvim:api('nvim_buf_get_text', buf, span.from[1], span.from[2], span.to[1], span.to[2], {}),
      '\n'
    )
  end

  --- What stands from the cursor on.
  local function here(n)
    local cursor = nvim:api('nvim_win_get_cursor', 0)
    return nvim:api('nvim_get_current_line'):sub(cursor[2] + 1, cursor[2] + n)
  end

  local quote = '&#8220;It is <em>our</em> mill,\n<strong>yours</strong> and mine,\nand it will run&#8221;'

  it('has its quotes and names at their exact bytes, whatever the file is called', function()
    local content = table.concat(saved, '\n') .. '\n'
    local forms = {
      ['mill.html'] = content,
      ['mill.htm'] = content,
      ['mill.xhtml'] = content,
      ['mill'] = content,
      ['bom.html'] = '\239\187\191' .. content,
      ['crlf.html'] = content:gsub('\n', '\r\n'),
      ['latin.html'] = content:gsub('utf%-8', 'iso-8859-1'):gsub('“', '\147'):gsub('”', '\148'),
    }
    for name, bytes in pairs(forms) do
      buf = nvim:edit(name, bytes)
      local analysis = nvim:lua("return require('newsoutline').get(0)")
      assert.equal('html', analysis.format, name)
      local found = {}
      for _, each in ipairs(analysis.quotes) do
        found[text(each)] = each.speaker and each.speaker.name or ''
      end
      assert.equal('Hanna Oduya', found[quote], name)
      assert.truthy(found['&ldquo;good&nbsp;news&rdquo;'], name)
      assert.is_nil(vim.inspect(analysis.quotes):find('No quote', 1, true), name)
      local mentions = {}
      for _, entity in ipairs(analysis.entities) do
        for _, mention in ipairs(entity.mentions) do
          mentions[text(mention)] = true
        end
      end
      assert.is_true(mentions['Hanna</b>&nbsp;<b>Oduya'], name)
    end
  end)

  it('is read as a page without a name too', function()
    nvim:cmd('enew')
    nvim:api('nvim_buf_set_lines', 0, 0, -1, false, saved)
    buf = nvim:api('nvim_get_current_buf')
    nvim:cmd('NewsQuotes kind=direct')
    local first = nvim:fn('getqflist')[1]
    assert.equal(6, first.lnum)
    assert.equal(4, first.col)
  end)

  it('has an outline whose lines lead to the subheads, and folds', function()
    buf = nvim:edit('mill.html', saved)
    local win = nvim:api('nvim_get_current_win')
    nvim:cmd('NewsOutline open')
    local screen = nvim:screen()
    assert.truthy(screen:find('Mill to reopen after nine years', 1, true))
    assert.truthy(screen:find('A long wait & a short one', 1, true))
    assert.is_true(nvim:fn('search', 'A long wait') > 0)
    nvim:feed('<CR>')
    assert.equal(win, nvim:api('nvim_get_current_win'))
    assert.equal('A long wait &amp; a', here(19))
    nvim:cmd('NewsOutline fold')
    nvim:cmd('normal! zM')
    assert.equal(9, nvim:fn('foldclosed', 10))
    assert.equal(10, nvim:fn('foldclosedend', 9))
    assert.truthy(nvim:fn('foldtextresult', 9):find('Thirty jobs  1 paragraph', 1, true))
    assert.equal(-1, nvim:fn('foldclosed', 1))
  end)

  it('has motions, text objects and yanks that know references and elements', function()
    nvim:lua('vim.g.newsoutline = { keymaps = true }')
    buf = nvim:edit('mill.html', saved)
    nvim:feed('gg2]"')
    assert.equal('&#8220;It', here(9))
    nvim:feed('"ayiq')
    assert.equal(
      'It is <em>our</em> mill,\n<strong>yours</strong> and mine,\nand it will run',
      nvim:fn('getreg', 'a')
    )
    nvim:feed('gg2]""ayaq')
    assert.equal(quote, nvim:fn('getreg', 'a'))
    nvim:feed('gg2]"gy')
    assert.equal(
      '“It is our mill, yours and mine, and it will run”, Hanna Oduya, mill.html:6',
      nvim:fn('getreg', '"')
    )
    nvim:feed('gg]]]]')
    assert.equal('Thirty jobs', here(11))
    nvim:feed('gg2]"d]"')
    assert.equal('<p>', nvim:lines()[6]:sub(1, 3))
  end)

  it('is coloured on the exact bytes', function()
    buf = nvim:edit('mill.html', saved)
    nvim:cmd('NewsOutline highlight')
    local groups = nvim:lua([[
      local found = {}
      local id = vim.api.nvim_get_namespaces()['newsoutline.highlight']
      for _, mark in ipairs(vim.api.nvim_buf_get_extmarks(0, id, 0, -1, { details = true })) do
        local d = mark[4]
        local words = vim.api.nvim_buf_get_text(0, mark[2], mark[3], d.end_row, d.end_col, {})
        found[table.concat(words, '\n')] = d.hl_group
      end
      return found
    ]])
    assert.equal('NewsOutlineQuoteDirect', groups[quote])
    assert.truthy(groups['Hanna</b>&nbsp;<b>Oduya'])
  end)
end)

describe('a page whose date stands in a list', function()
  it('has a lede that starts with the text, not with the date', function()
    nvim:edit('list.html', {
      '<!DOCTYPE html><html lang="en"><head><title>Mill to reopen</title></head><body><article>',
      '<h1>Mill to reopen after nine years</h1>',
      '<ul class="meta"><li><a href="/share">Share</a></li><li>March 4, 2024</li></ul>',
      '<p>The old mill at Brackwater will reopen in June, its new owner said on Friday, nine years after the last',
      'loom was sold and the gates were locked for good.</p>',
      '<p>Hanna Oduya, who bought it with 400 neighbours, said that thirty people would work there by the autumn,',
      'most of them from the town itself, and that the first cloth would be sold in September.</p>',
      '</article></body></html>',
    })
    local analysis = nvim:lua("return require('newsoutline').get(0)")
    assert.equal('The old mill', analysis.outline[1].title:sub(1, 12))
    assert.equal('2024-03-04', analysis.date.iso)
  end)
end)

describe('a feed', function()
  it('has one section for each item, in the outline, the folds and the motions', function()
    nvim:cmd('edit ' .. vim.env.NEWSOUTLINE_ROOT .. '/seeds/evening-news.rss')
    local analysis = nvim:lua("return require('newsoutline').get(0)")
    local titles = {}
    for _, section in ipairs(analysis.outline) do
      titles[#titles + 1] = section.kind == 'item' and section.title or nil
    end
    assert.same({ 'Library opens on Sundays & holidays', 'Rain delays the regatta' }, titles)
    nvim:cmd('NewsOutline fold')
    nvim:cmd('normal! zM')
    local line = nvim:fn('search', 'Rain delays', 'w')
    assert.equal(line, nvim:fn('foldclosed', line))
    assert.truthy(nvim:fn('foldtextresult', line):find('Rain delays the regatta  2 paragraphs', 1, true))
    nvim:cmd('NewsOutline')
    assert.truthy(nvim:screen():find('Library opens on Sundays', 1, true))
    nvim:cmd('NewsRead')
    local lines = nvim:lines()
    assert.equal('The Weir Courier · 66 words, 0:17 min', lines[1])
    assert.truthy(vim.tbl_contains(lines, 'Library opens on Sundays & holidays'))
    assert.truthy(vim.tbl_contains(lines, 'Mon, 03 Jun 2024 18:40:00 GMT'))
    assert.truthy(vim.tbl_contains(lines, '“The river is too high,” said its chairman, Peter Lowe.'))
  end)
end)
