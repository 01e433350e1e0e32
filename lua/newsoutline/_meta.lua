---@meta
--- Types of the C module, of every record of the schema, of the options and of the project file. Never loaded.
-- luacheck: ignore
error('this file holds types only')

--- The C module, newsoutline.core.
---@class newsoutline.Core
---@field abi integer compared with `binding.abi`
local core = {}

---@class newsoutline.ParseOptions
---@field format? 'auto'|'text'|'markdown'|'html'|'xml' `auto` (default): by the name's extension, then by the content
---@field name? string a file name, looked at for its extension only
---@field utf8? boolean the source is UTF-8 whatever it looks like (an editor's buffer)
---@field read_only? boolean stop after blocks, metadata and outline: no entities, no quotes
---@field entities? newsoutline.KnownEntity[]

--- Parses an article. A malformed one is no failure: it yields a poorer outline.
---@param source string
---@param options? newsoutline.ParseOptions
---@return newsoutline.Document|nil
---@return string|nil message
---@return 'memory'|'too_big'|'not_text'|nil code
function core.parse(source, options) end

--- Gives a document away to the Lua of another thread. The document is closed here.
---@param document newsoutline.Document
---@return integer|nil number nil where too many are on their way
function core.hand_over(document) end

--- Takes what was handed over.
---@param number integer
---@return newsoutline.Document|nil
function core.take(number) end

--- A parsed article; freed with the last reference to it, or by `close`.
---@class newsoutline.Document
local document = {}

---@class newsoutline.AnalysisOptions
---@field positions? 'buffer'|'bytes' rows and columns (default), or offsets in the source
---@field null? any stands for what is absent; nil where absent itself
---@field text? boolean with the readable text as `text`
---@field words? boolean with the number of words, as `words` of the analysis and of each section

---@param options? newsoutline.AnalysisOptions
---@return newsoutline.Analysis
function document:analysis(options) end

--- The decoded text.
---@return string
function document:text() end

--- Where the sentences of the article stand.
---@return newsoutline.Span[]
function document:sentences() end

--- The text of one block as a reader would see it, and where it stands in the source.
---@class newsoutline.BlockText
---@field role newsoutline.Role
---@field level integer of a subhead, from 1; else 0
---@field item? integer index from 0
---@field text string white space collapsed, except in code and tables
---@field pieces integer[] three numbers for each piece of the text: the byte (from 0) that it starts at, and the bytes of
---the source, from and to, that it came from. A piece as long as its source goes with it byte by byte; in any other the
---whole stands for the whole.

--- The blocks with their text.
---@return newsoutline.BlockText[]
function document:reading() end

--- Bytes of the decoded text of a stretch of the source, and the other way round.
---@param from integer
---@param to integer
---@return integer from
---@return integer to
function document:text_span(from, to) end
function document:source_span(from, to) end

--- A text to look for passages in.
---@class newsoutline.Anchor
local anchor = {}

--- Where a passage stands for sure, in bytes; nil where that is not sure.
---@param passage { exact: string, prefix?: string, suffix?: string, near?: integer, rival?: number, rival_offset?: integer, is_repeated?: boolean, past?: integer, word?: integer, thorough?: boolean }
---@return integer|nil from
---@return integer|nil to
---@return number score of the best place, 0 to 1
---@return number margin to the next best
---@return integer n_exact
---@return integer|nil rival where the next best place begins
function anchor:find(passage) end

--- The words of the text as numbers, written down: a line for each line of the text that has words.
---@return string|nil sketch
function anchor:sketch() end

--- The first word of the sketch that ends after a byte.
---@param byte integer
---@return integer
function anchor:word(byte) end

--- Compares an earlier state of the text with it; the number is for `past` of `find`, nil where the sketch is none.
---@param sketch string
---@return integer|nil
function anchor:compare(sketch) end

--- The stretch with the fewest errors, at most `limit`, whatever stands around it.
---@param exact string
---@param limit integer
---@return integer|nil from
---@return integer|nil to
function anchor:nearest(exact, limit) end

---@param text string
---@return newsoutline.Anchor|nil
---@return string|nil message
function core.anchor(text) end

--- Frees the document now. It cannot be used any more.
function document:close() end

-- The schema ---------------------------------------------------------------------------------------------------------

--- A row and a byte column of a buffer, both from 0.
---@class newsoutline.Position
---@field [1] integer row
---@field [2] integer column

--- A stretch of the article, its end not included. Without a place in the visible article both are nil.
---@class newsoutline.Span
---@field from newsoutline.Position
---@field to newsoutline.Position

---@class newsoutline.Value
---@field text string
---@field from? newsoutline.Position
---@field to? newsoutline.Position

---@class newsoutline.Date: newsoutline.Value
---@field iso string YYYY, YYYY-MM, YYYY-MM-DD, or with a time and a zone; in the text YYYY-Www, YYYY-Www-WE, YYYY-Qn

---@class newsoutline.Analysis
---@field schema integer
---@field format 'text'|'markdown'|'html'|'nitf'|'newsml'|'rss'|'atom'
---@field language? 'en'|string
---@field headline? newsoutline.Value
---@field dek? newsoutline.Value
---@field date? newsoutline.Date publication
---@field modified? newsoutline.Date
---@field bylines newsoutline.Value[]
---@field publisher? string
---@field section? string
---@field items newsoutline.Item[] entries of a feed or package
---@field blocks newsoutline.Block[]
---@field outline newsoutline.Section[]
---@field entities newsoutline.Entity[] by salience
---@field quotes newsoutline.Quote[] in the order of the text
---@field dates newsoutline.Date[]
---@field note? string a sentence for the user
---@field words integer words of the readable text

---@class newsoutline.Item
---@field headline? newsoutline.Value
---@field dek? newsoutline.Value
---@field date? newsoutline.Date
---@field modified? newsoutline.Date
---@field bylines newsoutline.Value[]
---@field from newsoutline.Position
---@field to newsoutline.Position

---@alias newsoutline.Role
---| 'headline' | 'dek' | 'byline' | 'date' | 'dateline' | 'caption' | 'credit' | 'subhead' | 'paragraph'
---| 'blockquote' | 'list' | 'table' | 'code' | 'pullquote' | 'embed' | 'boilerplate'

---@class newsoutline.Block
---@field role newsoutline.Role
---@field from newsoutline.Position
---@field to newsoutline.Position
---@field item? integer index from 0

---@class newsoutline.Section
---@field title string
---@field kind 'lede'|'section'|'item'|'speaker'|'entry'|'derived'
---@field level integer from 1
---@field from newsoutline.Position
---@field to newsoutline.Position
---@field words integer subsections counted in

---@class newsoutline.Mention
---@field text string
---@field kind 'name'|'description'|'pronoun'
---@field from newsoutline.Position
---@field to newsoutline.Position

---@class newsoutline.Entity
---@field name string
---@field type 'person'|'organization'|'place'|'event'|'other'
---@field gender? 'female'|'male' of a person, as titles, pronouns and first names tell
---@field aliases string[]
---@field roles string[]
---@field score number from 0 to 1
---@field item? integer index from 0
---@field mentions newsoutline.Mention[]
---@field corrected? boolean by the reader

---@class newsoutline.Speaker
---@field name string
---@field from? newsoutline.Position absent where the reader named the speaker
---@field to? newsoutline.Position
---@field entities integer[] indices from 0
---@field score number from 0 to 1

---@class newsoutline.Quote
---@field text string
---@field kind 'direct'|'mixed'|'indirect'|'term'
---@field from newsoutline.Position
---@field to newsoutline.Position
---@field parts newsoutline.Span[]
---@field content newsoutline.Span
---@field speaker? newsoutline.Speaker
---@field cue? newsoutline.Value
---@field score number from 0 to 1
---@field corrected? boolean by the reader

-- Options and project file -------------------------------------------------------------------------------------------

---@class newsoutline.KnownEntity
---@field name string
---@field type? 'person'|'organization'|'place'|'event'|'other'
---@field aliases? string[]

---@class newsoutline.Label
---@field name string
---@field color? string
---@field key? string
---@field doc? string

--- The options as `config.get()` returns them; `config.options` documents each.
---@class newsoutline.Config
---@field keymaps boolean
---@field filetypes string[]
---@field debounce number
---@field max_size number
---@field words_per_minute number
---@field outline newsoutline.OutlineConfig
---@field quotes { kinds: string[] }
---@field yank_format string
---@field highlight boolean
---@field diagnostics boolean
---@field lsp boolean
---@field fold { auto: boolean }
---@field annotations { folder: string, labels: newsoutline.Label[], author: string, highlight: boolean, signs: boolean, text: 'end'|'below'|'none' }

---@class newsoutline.OutlineConfig
---@field position 'left'|'right'|'float'
---@field width number
---@field follow boolean
---@field preview boolean
---@field focus boolean
---@field quotes boolean
---@field entities boolean
