--- The marks around a piece of a quote, in every style in which they are typed; and markup taken off.
local marks = require('newsoutline.marks')
local markup = require('newsoutline.markup')

describe('quotation marks', function()
  local pairs_of_marks = {
    { '“', '”' },
    { '‘', '’' },
    { '"', '"' },
    { "'", "'" },
    { '«', '»' },
    { '»', '«' },
    { '„', '“' },
    { '‚', '‘' },
    { '‹', '›' },
    { '``', "''" },
    { ',,', '“' },
    { '「', '」' },
    { '&ldquo;', '&rdquo;' },
    { '&quot;', '&quot;' },
    { '&#8220;', '&#8221;' },
    { '&#x201C;', '&#X201D;' },
    { '&laquo;', '&raquo;' },
    { '« ', ' »' },
    { '«\194\160', '\194\160»' },
    { '«\226\128\175', '\226\128\175»' },
  }
  for _, pair in ipairs(pairs_of_marks) do
    it(('are taken off %s…%s'):format(pair[1], pair[2]), function()
      local text = pair[1] .. 'Naïve — yes,' .. pair[2]
      assert.equal(#pair[1], marks.opening(text))
      assert.equal(#pair[2], marks.closing(text))
      assert.equal('Naïve — yes,', marks.strip(text))
    end)
  end

  it('may be missing at the end, of a quote that goes on', function()
    assert.equal(0, marks.closing('“The road is closed.'))
    assert.equal('The road is closed.', marks.strip('“The road is closed.'))
  end)

  it('leave the marks within alone', function()
    assert.equal('He said “yes” to ‘it’', marks.strip('"He said “yes” to ‘it’"'))
    assert.equal("the boats'", marks.strip("“the boats'”"))
  end)

  it('are not what only looks like one', function()
    assert.equal(0, marks.opening('plain words'))
    assert.equal(0, marks.opening('&amp; so on'))
    assert.equal(0, marks.opening('&#65;men'))
    assert.equal(0, marks.closing('AT&T;'))
    assert.equal('plain words', marks.strip('plain words'))
  end)

  it('that hold nothing are left as they are', function()
    assert.equal('“”', marks.strip('“”'))
    assert.equal('"', marks.strip('"'))
  end)
end)

describe('markup', function()
  it('is taken off a page, also where a line begins or ends within a tag', function()
    assert.equal(
      'He said “it’s 5 > 4”.',
      markup.strip('He <b>said</b> &ldquo;it&#8217;s 5 &gt; 4&#x201d;.', 'html')
    )
    assert.equal('said Ann', markup.strip('href="x">said <i>Ann</i><a class="y"', 'html'))
    assert.equal('AT&T and &unknown;', markup.strip('AT&amp;T and &unknown;', 'rss'))
  end)

  it('is not looked for in text and Markdown', function()
    assert.equal('a <b> &amp; c', markup.strip('a <b> &amp; c', 'text'))
    assert.equal('a <b> &amp; c', markup.strip('a <b> &amp; c', 'markdown'))
  end)
end)
