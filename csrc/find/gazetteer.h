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

/* How a token may begin a name: as it stands, or in small letters behind its first. */
enum { NEWS_OPENS = 1, NEWS_OPENS_LOWERED = 2 };

/* Whether a name begins with the token's bytes alone; the same for all tokens of these bytes. */
uint8_t news_find_opening(const news_article *article, uint32_t i);

/* news_find_thing() for those who know what news_find_opening() says of token `first`. */
news_match news_find_thing_opened(const news_article *article, uint32_t first, uint32_t end,
                                  uint8_t opening);

/* The thing that has exactly this name, or NEWS_NO_THING. */
uint16_t news_find_thing_named(const char *bytes, uint32_t n);

news_entity_type news_thing_type(uint16_t thing);

#endif
