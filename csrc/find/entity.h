/* People, organisations, places and the like: every mention, and one entry for each thing. */
#ifndef NEWS_ENTITY_H
#define NEWS_ENTITY_H

#include "lexicon.h"
#include "mark.h"

typedef struct news_entities {
    NEWS_LIST(news_entity) entities;
    NEWS_LIST(news_mention) mentions;
    news_lexicon lexicon; /* of the article, for who reads its words next */
} news_entities;

/* Finds names, merges them, resolves descriptions and pronouns, and orders entities by salience.
 * `known` wins over the model. False: out of memory. */
bool news_find_entities(news_arena *arena, const news_article *article, const news_stretches *marks,
                        const news_known_entity *known, uint32_t n_known, news_entities *out);

#endif
