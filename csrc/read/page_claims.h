/* What a page states of its article where nobody sees it: meta elements, microdata, JSON-LD, title.
 */
#ifndef NEWS_PAGE_CLAIMS_H
#define NEWS_PAGE_CLAIMS_H

#include "passage.h"

/* How far the sources are trusted; the more they were written for this very purpose the further. */
enum {
    NEWS_TRUST_ADDRESS = 8,    /* the page's own address */
    NEWS_TRUST_TITLE = 10,     /* <title>: the site's name is often in it */
    NEWS_TRUST_META = 30,      /* <meta name=…> of the many kinds */
    NEWS_TRUST_MICRODATA = 40, /* itemprop, rel=author, <time> */
    NEWS_TRUST_OPEN_GRAPH = 50,
    NEWS_TRUST_JSON_LD = 60,
};

/* The element whose text is being gathered. */
typedef struct news_page_claims {
    news_arena *arena;
    news_claims *claims;
    const news_text *text; /* what the page shows, as it grows */
    uint32_t item;
    char *gathered; /* text of the element so far */
    uint32_t n_gathered;
    char element[12]; /* its name, or "" */
    uint32_t n_same;  /* elements of this name that are open within it */
    uint32_t from;    /* where its text starts in `text` */
    news_claim_kind kind;
    uint8_t trust;
    bool is_json;        /* in a script of JSON-LD */
    bool has_title;      /* the page's own was seen */
    bool is_author_next; /* a label said that the next value is one */
} news_page_claims;

/* These take what the stream tells; false: out of memory. */
bool news_page_claims_start(news_page_claims *page, const char *name,
                            const char *const *attributes);
bool news_page_claims_text(news_page_claims *page, const char *bytes, uint32_t n);
/* The element that has just started names an author by its class. */
bool news_page_claims_author(news_page_claims *page, const char *name);
void news_page_claims_end(news_page_claims *page, const char *name);
bool news_page_claims_raw(news_page_claims *page, const char *bytes, uint32_t n);

/* Adds a claim with references decoded and white space collapsed; nothing is added for an empty
 * value. */
bool news_page_claim(news_arena *arena, news_claims *claims, news_claim_kind kind, uint8_t trust,
                     uint32_t item, const char *bytes, uint32_t n);

#endif
