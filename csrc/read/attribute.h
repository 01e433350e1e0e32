/* The attributes of a tag, cut from the source as the HTML standard cuts them.
 *
 * libxml2 of different ages makes different things of odd names and values, and takes longer over
 * attributes than over all else that it is shown of a page; so it is shown none of a tag that is
 * read here. */
#ifndef NEWS_ATTRIBUTE_H
#define NEWS_ATTRIBUTE_H

#include "arena.h"

typedef struct news_attribute {
    news_span name;
    news_span value; /* without quotation marks; empty where there is none */
} news_attribute;

typedef enum news_attribute_result {
    NEWS_ATTRIBUTE_READ,
    NEWS_ATTRIBUTE_CLOSE, /* the tag ends: `*at` is at its '>' or "/>" */
    NEWS_ATTRIBUTE_ODD,   /* what follows may be read in several ways */
} news_attribute_result;

/* Reads the attribute at `*at`, which is behind the tag's name or behind another attribute, and
 * moves `*at` behind it. */
news_attribute_result news_attribute_read(const char *bytes, uint32_t n, uint32_t *at,
                                          news_attribute *out);

/* Room for the attributes of one tag, to be used again for the next. */
typedef struct news_attributes news_attributes;

news_attributes *news_attributes_open(news_arena *arena);

/* Those attributes of the tag whose name ends at `at` that readers ask for: names in lower case and
 * decoded values in turn, ended by NULL; they last until the next call. NULL where there is none.
 */
const char *const *news_attributes_of(news_attributes *room, const char *bytes, uint32_t n,
                                      uint32_t at);

#endif
