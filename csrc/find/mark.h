/* Marked stretches: what stands between quotation marks. */
#ifndef NEWS_MARK_H
#define NEWS_MARK_H

#include "article.h"

enum {
    NEWS_STRETCH_UNCLOSED = 1,  /* no closing mark: ends with its block, or before the next mark */
    NEWS_STRETCH_CONTINUES = 2, /* unclosed, and the next paragraph opens again: one quote */
    NEWS_STRETCH_CONTINUED = 4, /* carries on the stretch before it */
    NEWS_STRETCH_SINGLE = 8,    /* between single marks */
};

/* In order of the text; never overlapping: marks inside a stretch are part of its text. */
typedef struct news_stretch {
    news_span span;     /* with its marks */
    uint32_t open, end; /* tokens: the opening mark, and one past the last */
    uint32_t block;
    uint8_t flags;
} news_stretch;

typedef struct news_stretches {
    NEWS_LIST(news_stretch) list;
} news_stretches;

/* Pairs the quotation marks of every block; a stretch never leaves its block. False: out of memory.
 */
bool news_find_marks(news_arena *arena, const news_article *article, news_stretches *out);

#endif
