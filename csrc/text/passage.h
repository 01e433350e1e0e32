/* What a reader tells of the text: its passages, before anybody has judged what they are. */
#ifndef NEWS_PASSAGE_H
#define NEWS_PASSAGE_H

#include "text.h"

/* What the format itself says of a passage. */
typedef enum news_markup {
    NEWS_MARKUP_NONE,
    NEWS_MARKUP_HEADING,   /* `level` 1 to 6 */
    NEWS_MARKUP_LIST_ITEM, /* `level` is its depth, from 1 */
    NEWS_MARKUP_QUOTE,     /* a paragraph inside a block quote */
    NEWS_MARKUP_CODE,
    NEWS_MARKUP_TABLE,
    NEWS_MARKUP_FRONT_MATTER,
    NEWS_MARKUP_CAPTION, /* belongs to a figure */
    NEWS_MARKUP_JUNK,    /* can never be read as article: scraps of scripts, tags, comments */
} news_markup;

/* A stretch that the format sets apart: a line or paragraph of plain text, a block of Markdown, a
 * block element. Sorted, not overlapping; together they hold all of the text that is not white
 * space or markers. */
typedef struct news_passage {
    news_span span; /* without markers, trimmed */
    news_markup markup;
    uint8_t level;
    uint8_t blank_before; /* blank lines between it and the passage before, at most 255 */
    uint32_t item;        /* index of the item it belongs to, or NEWS_NONE */
} news_passage;

typedef struct news_passages {
    NEWS_LIST(news_passage) list;
} news_passages;

/* What a claim of the metadata is about. */
typedef enum news_claim_kind {
    NEWS_CLAIM_HEADLINE,
    NEWS_CLAIM_DEK,
    NEWS_CLAIM_AUTHOR,
    NEWS_CLAIM_PUBLISHED,
    NEWS_CLAIM_MODIFIED,
    NEWS_CLAIM_SECTION,
    NEWS_CLAIM_PUBLISHER,
    NEWS_CLAIM_LANGUAGE,
} news_claim_kind;

/* One thing that a format's metadata states (front matter, meta elements, JSON-LD, NITF's head …).
 */
typedef struct news_claim {
    news_claim_kind kind;
    uint8_t trust;     /* higher wins; readers rank their own sources */
    uint32_t item;     /* or NEWS_NONE for the whole document */
    news_string value; /* decoded */
    news_span span;    /* in the text, from NEWS_NONE where it stands nowhere in it */
} news_claim;

typedef struct news_claims {
    NEWS_LIST(news_claim) list;
} news_claims;

/* All that a reader fills. */
typedef struct news_reading {
    news_text text;
    news_passages passages;
    news_claims claims;
    uint32_t n_items; /* of a feed or package, else 0 */
    news_format format;
    const char *note; /* see news_analysis */
} news_reading;

#endif
