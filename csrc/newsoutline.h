/* newsoutline: what a news article is made of, to the byte.
 *
 * One document is parsed from one piece of memory, holds everything that was found in it and is
 * freed at once. All spans are half-open ranges of bytes of the document's *decoded text* (always
 * valid UTF-8, no NUL, line ends are '\n'); news_document_source_span() turns one into the bytes of
 * the source it came from. Every array and string that a view hands out belongs to the document and
 * dies with it.
 *
 * Nothing here prints, aborts, reads the locale or the clock, or keeps state between calls:
 * documents may be parsed on several threads at once.
 */
#ifndef NEWSOUTLINE_H
#define NEWSOUTLINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The version of what the Lua module exports; Lua compares it with its own before it uses the
 * module. */
#define NEWS_ABI 4

/* The number of the promised output schema. */
#define NEWS_SCHEMA 1

/* ---- Limits, each with its reason -------------------------------------------------------------
 */

/* Offsets are 32 bits wide, and a decoded byte may cost three (U+FFFD for one that is no text). */
#define NEWS_MAX_SOURCE (UINT32_C(1) << 30)

/* ---- Plain values -----------------------------------------------------------------------------
 */

/* "No index", "no place in the text". */
#define NEWS_NONE UINT32_MAX

/* Half-open range of bytes. */
typedef struct news_span {
    uint32_t from, to;
} news_span;

/* Bytes that need no NUL at their end; UTF-8. `bytes` is NULL where there is no value. */
typedef struct news_string {
    const char *bytes;
    uint32_t n;
} news_string;

typedef enum news_status {
    NEWS_OK,
    NEWS_ERROR_MEMORY,   /* the allocator said no */
    NEWS_ERROR_TOO_BIG,  /* more than NEWS_MAX_SOURCE bytes */
    NEWS_ERROR_NOT_TEXT, /* a binary file by its content */
} news_status;

/* What went wrong: `message` is a constant; `offset` is the source byte it was seen at. */
typedef struct news_error {
    news_status status;
    const char *message;
    size_t offset;
} news_error;

typedef enum news_format {
    NEWS_FORMAT_AUTO, /* by the name's extension, then by the content */
    NEWS_FORMAT_TEXT,
    NEWS_FORMAT_MARKDOWN,
    NEWS_FORMAT_HTML,
    NEWS_FORMAT_XML, /* asked for only; a document tells which of the next four it was */
    NEWS_FORMAT_NITF,
    NEWS_FORMAT_NEWSML,
    NEWS_FORMAT_RSS,
    NEWS_FORMAT_ATOM,
} news_format;

/* ---- Blocks and sections ----------------------------------------------------------------------
 */

typedef enum news_role {
    NEWS_ROLE_HEADLINE,
    NEWS_ROLE_DEK,         /* the summary line below the headline */
    NEWS_ROLE_BYLINE,      /* who wrote it */
    NEWS_ROLE_DATE,        /* when it was published or updated */
    NEWS_ROLE_DATELINE,    /* "BEIJING, Aug. 25 (Xinhua) --" at the start of a paragraph */
    NEWS_ROLE_CAPTION,     /* what a picture shows */
    NEWS_ROLE_CREDIT,      /* whose picture or text it is */
    NEWS_ROLE_SUBHEAD,     /* title of a section */
    NEWS_ROLE_PARAGRAPH,   /* running text */
    NEWS_ROLE_BLOCKQUOTE,  /* a paragraph set off as a quotation */
    NEWS_ROLE_LIST,        /* one item of a list */
    NEWS_ROLE_TABLE,       /* a whole table */
    NEWS_ROLE_CODE,        /* preformatted lines */
    NEWS_ROLE_PULLQUOTE,   /* a sentence of the article repeated as an ornament */
    NEWS_ROLE_EMBED,       /* an embedded post */
    NEWS_ROLE_BOILERPLATE, /* everything that is not the article */
    NEWS_N_ROLES,
} news_role;

/* Blocks are sorted, do not overlap, and together hold every byte of the text that is neither white
 * space nor a marker (a list's bullet, a bar between the parts of a byline). */
typedef struct news_block {
    news_span span; /* without markers, trimmed of white space and no-break spaces */
    news_role role;
    uint8_t level; /* a subhead's level from 1, else 0 */
    uint32_t item; /* index of the item it belongs to, or NEWS_NONE */
} news_block;

typedef enum news_section_kind {
    NEWS_SECTION_LEDE,    /* from the start to the first subhead */
    NEWS_SECTION_SECTION, /* below a subhead */
    NEWS_SECTION_ITEM,    /* an entry of a feed or package */
    NEWS_SECTION_SPEAKER, /* a turn in a transcript or an interview */
    NEWS_SECTION_ENTRY,   /* an entry of a live blog */
    NEWS_SECTION_DERIVED, /* found by topic where the article has no subheads */
    NEWS_N_SECTION_KINDS,
} news_section_kind;

/* Preorder; a section's children are those that follow with a greater level. */
typedef struct news_section {
    news_string title;
    news_section_kind kind;
    uint32_t level;       /* from 1 */
    news_span span;       /* from its subhead to the end of its last block */
    news_span title_span; /* where the title stands, from NEWS_NONE where it does not */
} news_section;

/* ---- Metadata ---------------------------------------------------------------------------------
 */

/* A text and where it stands; span.from is NEWS_NONE where it has no place in the visible text. */
typedef struct news_value {
    news_string text;
    news_span span;
} news_value;

/* A date as written, and in ISO 8601 (YYYY, YYYY-MM, YYYY-MM-DD or with a time), never converted.
 */
typedef struct news_date {
    news_string text, iso;
    news_span span;
} news_date;

/* An entry of a feed or package; a file that holds one article has none. */
typedef struct news_item {
    news_value headline, dek;
    news_date date, modified; /* iso.bytes is NULL where unknown */
    const news_value *bylines;
    uint32_t n_bylines;
    news_span span;
} news_item;

/* ---- Entities ---------------------------------------------------------------------------------
 */

typedef enum news_entity_type {
    NEWS_ENTITY_PERSON,
    NEWS_ENTITY_ORGANIZATION,
    NEWS_ENTITY_PLACE,
    NEWS_ENTITY_EVENT,
    NEWS_ENTITY_OTHER, /* laws, works, nationalities */
    NEWS_N_ENTITY_TYPES,
} news_entity_type;

typedef enum news_mention_kind {
    NEWS_MENTION_NAME,        /* without titles, "the", possessive 's and quotation marks */
    NEWS_MENTION_DESCRIPTION, /* "the Chinese president" */
    NEWS_MENTION_PRONOUN,
    NEWS_N_MENTION_KINDS,
} news_mention_kind;

/* In order of the text; names do not overlap names. A description that stands for several ("both
 * presidents") has one mention for each of them, all with the same span, in the order of their
 * first names in the text; a description may hold a name ("the Chinese president"). */
typedef struct news_mention {
    news_span span;
    news_mention_kind kind;
    uint32_t entity; /* index into entities */
    uint32_t next;   /* the same entity's next mention, or NEWS_NONE */
} news_mention;

/* What the article tells of a person: by a title, a pronoun, or a first name that is clear. */
typedef enum news_gender {
    NEWS_GENDER_UNKNOWN, /* not told; or no person */
    NEWS_GENDER_MALE,
    NEWS_GENDER_FEMALE,
    NEWS_N_GENDERS,
} news_gender;

/* In order of salience. */
typedef struct news_entity {
    news_string name; /* the fullest form */
    news_entity_type type;
    news_gender gender;
    float score;            /* how sure name and type are, 0 to 1 */
    uint32_t item;          /* entities are merged within one item only */
    uint32_t first_mention; /* index into mentions */
    uint32_t n_mentions;
    const news_string *aliases; /* other names it goes by, in order of appearance */
    uint32_t n_aliases;
    const news_string *roles; /* "Russian President", "chief executive of …" */
    uint32_t n_roles;
} news_entity;

/* ---- Quotes -----------------------------------------------------------------------------------
 */

typedef enum news_quote_kind {
    NEWS_QUOTE_DIRECT,   /* all that is reported stands in marks */
    NEWS_QUOTE_MIXED,    /* marked words within a reported clause */
    NEWS_QUOTE_INDIRECT, /* no marks */
    NEWS_QUOTE_TERM,     /* marked words that nobody is reported to have said here */
    NEWS_N_QUOTE_KINDS,
} news_quote_kind;

/* Who is quoted. `name.bytes` is NULL where the text does not say. */
typedef struct news_speaker {
    news_string name;         /* full names joined by "; ", or the mention as written */
    news_span span;           /* the mention nearest the cue, as it stands */
    const uint32_t *entities; /* what it resolves to */
    uint32_t n_entities;
    float score;
} news_speaker;

/* In order of from; two quotes may share one content, none overlap otherwise. */
typedef struct news_quote {
    news_span span; /* the first part's from to the last part's to */
    news_quote_kind kind;
    const news_span *parts; /* the marked pieces, each with its marks */
    uint32_t n_parts;
    news_span content; /* all that is reported */
    news_span cue; /* verb without auxiliaries, or "according to"; from is NEWS_NONE where none */
    news_speaker speaker;
    float score;
} news_quote;

/* ---- The document -----------------------------------------------------------------------------
 */

/* Everything that was found. */
typedef struct news_analysis {
    news_format format;
    news_string language; /* "en", or no bytes where unknown */
    news_value headline, dek;
    news_date date, modified;
    const news_value *bylines;
    uint32_t n_bylines;
    news_string publisher, section;
    const char *
        note; /* a constant sentence for the user (no article found, XML read as HTML …), or NULL */

    const news_item *items;
    uint32_t n_items;
    const news_block *blocks;
    uint32_t n_blocks;
    const news_section *sections;
    uint32_t n_sections;
    const news_entity *entities;
    uint32_t n_entities;
    const news_mention *mentions;
    uint32_t n_mentions;
    const news_quote *quotes;
    uint32_t n_quotes;
    const news_date *dates;
    uint32_t n_dates;
} news_analysis;

/* One entry of a user's own list of entities; it wins over what the model thinks. */
typedef struct news_known_entity {
    news_string name;
    news_entity_type type;
    const news_string *aliases;
    uint32_t n_aliases;
} news_known_entity;

/* How to read the source. All zero is right for a file of unknown kind. */
typedef struct news_options {
    news_format format;
    const char *name; /* file name or path, looked at for its extension only; may be NULL */
    bool is_utf8;     /* the source is UTF-8 whatever it looks like (an editor's buffer) */
    bool read_only;   /* stop after blocks, metadata and outline: no entities, no quotes */
    const news_known_entity *known;
    uint32_t n_known;
} news_options;

typedef struct news_document news_document;

/* Parses `n` bytes. The document keeps no pointer to `source` or to anything in `options`. Returns
 * NULL and fills
 * `*error` on failure; a malformed article is none: it yields a poorer outline. */
news_document *news_document_parse(const char *source, size_t n, const news_options *options,
                                   news_error *error);

/* Frees the document and all that its views point to. NULL is allowed. */
void news_document_free(news_document *document);

/* What was found; lives as long as the document. */
const news_analysis *news_document_analysis(const news_document *document);

/* The decoded text that spans count in. */
news_string news_document_text(const news_document *document);

/* The sentences of all blocks but code, in order of the text; none where the options said
 * `read_only`. A sentence lies in one block. */
uint32_t news_document_n_sentences(const news_document *document);
news_span news_document_sentence(const news_document *document, uint32_t i);

/* The bytes of the source, as it was given, that a span of the text came from; never splits a
 * character or a character reference. */
news_span news_document_source_span(const news_document *document, news_span span);

/* A stretch of the text and where it came from: byte for byte, or the whole stands for the whole (a
 * character for its reference, a blank for a line break and an indent). */
typedef struct news_piece {
    news_span text, source;
    bool is_copy;
} news_piece;

/* The longest piece that holds the byte `at` of the text, which is below the text's length. Pieces
 * follow each other in the text without a gap, and in the source in the same order. */
news_piece news_document_piece(const news_document *document, uint32_t at);

/* A row and a byte column of an editor's buffer, both from 0. */
typedef struct news_position {
    uint32_t row, column;
} news_position;

/* Where a source offset stands, lines being separated by '\n'. */
news_position news_document_position(const news_document *document, uint32_t offset);

/* ---- Finding a passage again ------------------------------------------------------------------
 */

/* A text that is ready to be searched for passages noted in an earlier state of it. */
typedef struct news_anchor news_anchor;

/* What is known of a passage: its words and what stood around them. */
typedef struct news_anchor_query {
    news_string exact, prefix, suffix;
    uint32_t near; /* byte of the text where it is expected, or NEWS_NONE */
    float rival; /* score of the best look-alike elsewhere when it was noted; 0: none, or unknown */
    int32_t rival_offset; /* bytes from the passage to that look-alike; 0: none, or unknown */
    bool is_repeated;     /* the words stood elsewhere too when it was noted */
    uint32_t past; /* what news_anchor_compare returned for the state that it was noted in, or
                      NEWS_NONE */
    uint32_t word; /* its first word there, by news_anchor_word */
    bool thorough; /* weigh look-alikes even where there is no doubt: to learn `rival` */
} news_anchor_query;

typedef struct news_anchor_match {
    news_span
        span;     /* bytes of the text; from is NEWS_NONE where the passage is not found for sure */
    float score;  /* of the best candidate, accepted or not, 0 to 1 */
    float margin; /* by how much it beats every other place */
    uint32_t rival;   /* where the best of the other places begins; NEWS_NONE where there is none */
    uint32_t n_exact; /* places where the very words stand, typography aside */
} news_anchor_match;

/* Copies the text, which is UTF-8. NULL when memory is out or the text is too big. Its time and
 * memory, and those of each search, are linear in the text. */
news_anchor *news_anchor_new(const char *text, size_t n);
news_anchor_match news_anchor_find(const news_anchor *anchor, const news_anchor_query *query);
/* The words of the text as numbers, in a written form to be kept with the passages: with it, each
 * can be followed as a part of the whole. `bytes` is NULL when memory is out; they live as long as
 * the anchor. */
news_string news_anchor_sketch(news_anchor *anchor);
/* The first word of that form that ends after a byte of the text. */
uint32_t news_anchor_word(const news_anchor *anchor, uint32_t byte);
/* Compares an earlier state, by its written form, with the text. Returns its number, or NEWS_NONE
 * where memory is out or the form is none. Linear in both. */
uint32_t news_anchor_compare(news_anchor *anchor, news_string sketch);
/* The stretch that differs from `exact` by the fewest insertions, deletions and replacements,
 * whatever stands around it; from is NEWS_NONE where there are more than `limit`. To compare with,
 * not to trust. */
news_span news_anchor_nearest(const news_anchor *anchor, news_string exact, uint32_t limit);
void news_anchor_free(news_anchor *anchor);

/* Lower-case names as the schema writes them ("headline", "mixed" …). */
const char *news_format_name(news_format format);
const char *news_role_name(news_role role);
const char *news_section_kind_name(news_section_kind kind);
const char *news_entity_type_name(news_entity_type type);
const char *news_gender_name(news_gender gender); /* NULL where unknown */
const char *news_mention_kind_name(news_mention_kind kind);
const char *news_quote_kind_name(news_quote_kind kind);

#endif
