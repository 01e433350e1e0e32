/* Words that report: a look-up of csrc/data/cues.txt that knows inflections. */
#ifndef NEWS_CUE_H
#define NEWS_CUE_H

#include "article.h"

/* A cue at a token. */
typedef struct news_cue {
    uint32_t first, end; /* tokens */
    uint16_t flags;      /* NEWS_CUES_SAY …, 0 where there is no cue */
} news_cue;

/* The longest cue that starts at token `at`, which is taken for a verb, and ends before `end`. */
news_cue news_find_cue(const news_article *article, uint32_t at, uint32_t end);

#endif
