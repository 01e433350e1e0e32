/* Where the text names things that the gazetteer knows. */
#ifndef NEWS_GAZETTEER_H
#define NEWS_GAZETTEER_H

#include "article.h"
#include "thing.h"

/* No thing, where a thing's index is asked for. */
#define NEWS_NO_THING UINT16_MAX

/* A run of tokens that is one name of a thing. */
typedef struct news_match {
    uint32_t first, n_tokens;
    uint16_t thing;
} news_match;

/* The longest name of a thing that starts at token `first` and ends before token `end`; `n_tokens`
 * is 0 where there is none. */
news_match news_find_thing(const news_article *article, uint32_t first, uint32_t end);

/* The thing that has exactly this name, or NEWS_NO_THING. */
uint16_t news_find_thing_named(const char *bytes, uint32_t n);

news_entity_type news_thing_type(uint16_t thing);

#endif
