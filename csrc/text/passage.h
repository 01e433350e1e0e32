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
    uint8_t stated;       /* 1 + the role that the format itself gives it, or 0: to be judged */
    uint32_t item;        /* index of the item it belongs to, or NEWS_NONE */
} news_passage;

typedef struct news_passages {
    NEWS_LIST(news_passage) list;
} news_passages;

/* Where in a page a passage stands: what its element and those around it say of themselves. */
enum {
    NEWS_IN_ARTICLE = 1, /* an article element */
    NEWS_IN_MAIN = 2,    /* a main element, or role=main */
    NEWS_IN_NAV = 4,     /* nav, menu */
    NEWS_IN_ASIDE = 8,
    NEWS_IN_HEADER = 16,
    NEWS_IN_FOOTER = 32,
    NEWS_IN_FIGURE = 64,
    NEWS_IN_FORM = 128,
    NEWS_IN_TABLE = 256,
    NEWS_IN_LIST = 512,
    NEWS_IN_HIDDEN = 1024,
    NEWS_IN_QUOTE = 2048,
    NEWS_IN_BODY_PROPERTY = 4096, /* itemprop=articleBody */
    NEWS_BEHIND_PICTURE = 8192,   /* of passages only: a picture comes before it, and no text */
    NEWS_STARTS_AS_LINK = 16384,  /* its first words are one */
    NEWS_ENDS_AS_LINK = 32768,
};

typedef enum news_element {
    NEWS_ELEMENT_OTHER,
    NEWS_ELEMENT_PARAGRAPH,
    NEWS_ELEMENT_DIV,
    NEWS_ELEMENT_LIST_ITEM,
    NEWS_ELEMENT_HEADING,
    NEWS_ELEMENT_CELL,
    NEWS_ELEMENT_QUOTE,
    NEWS_ELEMENT_CAPTION,
    NEWS_ELEMENT_PREFORMATTED,
    NEWS_N_ELEMENTS,
} news_element;

/* A block element that text was found in; it comes behind the one around it. */
typedef struct news_node {
    uint32_t parent;        /* index of the node around it, or NEWS_NONE */
    uint32_t signature;     /* of its name and class: the same for elements made alike */
    uint16_t places, words; /* its own, as in news_evidence */
} news_node;

typedef struct news_evidence {
    uint32_t n_link;   /* bytes of its text that are links */
    uint32_t n_italic; /* bytes that are emphasised */
    uint32_t n_bold;
    uint32_t node;   /* index of the block element it stands in, or NEWS_NONE */
    uint16_t places; /* NEWS_IN_… */
    uint16_t words;  /* flags of csrc/data/page_words.txt, of its own element and inline ones */
    uint16_t words_above; /* the same of all elements further up */
    uint8_t element;      /* news_element */
    uint8_t depth;        /* elements around it, at most 255 */
} news_evidence;

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

/* How far the places are trusted where a page's elements hold an author; their claims have a span
 * and no value. */
enum {
    NEWS_PLACE_LINKED = 2, /* a link to somebody's page */
    NEWS_PLACE_NAMED = 4,  /* the class of an element: author, byline */
    NEWS_PLACE_AUTHOR = 6, /* rel=author, itemprop=author */
};

/* One thing that a format's metadata states (front matter, meta elements, JSON-LD, NITF's head …).
 */
typedef struct news_claim {
    news_claim_kind kind;
    uint8_t trust;     /* higher wins; readers rank their own sources */
    uint32_t item;     /* or NEWS_NONE for the whole document */
    news_string value; /* decoded; none where only its place is known */
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
    NEWS_LIST(news_evidence) evidence; /* of a page: one for each passage; else empty */
    NEWS_LIST(news_node) nodes;        /* of a page */
    uint32_t n_items;                  /* of a feed or package, else 0 */
    news_format format;
    const char *note; /* see news_analysis */
} news_reading;

#endif
