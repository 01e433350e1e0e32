/* Words that report: a look-up of csrc/data/cues.txt that knows inflections. */
#ifndef NEWS_CUE_H
#define NEWS_CUE_H

#include "lexicon.h"

/* A cue at a token. */
typedef struct news_cue {
    uint32_t first, end; /* tokens */
    uint16_t flags;      /* NEWS_CUES_SAY …, 0 where there is no cue */
} news_cue;

/* What each form of the article is as the first word of a cue; known once it was asked. */
typedef struct news_cues {
    const news_article *article;
    const news_lexicon *lexicon;
    uint32_t *forms; /* flags, and whether a longer cue may start with it */
} news_cues;

/* False: out of memory. */
bool news_cues_make(news_arena *arena, const news_article *article, const news_lexicon *lexicon,
                    news_cues *out);

/* The longest cue that starts at token `at`, which is taken for a verb, and ends before `end`. */
news_cue news_find_cue(const news_cues *cues, uint32_t at, uint32_t end);

#endif
