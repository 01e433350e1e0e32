/* Base noun phrases: determiner, modifiers, head; without prepositional phrases and appositions. */
#ifndef NEWS_PHRASE_H
#define NEWS_PHRASE_H

#include "tag.h"

/* Tokens from `first` up to `end`; the head is the last one. */
typedef struct news_phrase {
    uint32_t first, end;
} news_phrase;

typedef struct news_phrases {
    NEWS_LIST(news_phrase) list;
    uint32_t *of; /* for each token, the index of its phrase or NEWS_NONE */
} news_phrases;

/* Cuts noun phrases out of every sentence. False: out of memory. */
bool news_form_phrases(news_arena *arena, const news_article *article, const news_tags *tags,
                       news_phrases *out);

#endif
