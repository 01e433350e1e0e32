/* The trained tagger: which tokens are names, and of what. */
#ifndef NEWS_TAGGER_H
#define NEWS_TAGGER_H

#include "feature.h"

/* For each token of the article its tag, and how far the best tag is ahead of the next, in the
 * model's points. */
typedef struct news_tags {
    uint8_t *tags;
    uint16_t *margins;
} news_tags;

/* False: out of memory. */
bool news_find_tags(news_arena *arena, const news_views *views, const news_model *model,
                    news_tags *out);

/* What the model says of single tokens; lives in the arena, and sees the views as they are when
 * it first scores. */
typedef struct news_scorer news_scorer;

/* NULL: out of memory. */
news_scorer *news_scorer_new(news_arena *arena, const news_views *views, const news_model *model);

/* The sum of the weights of token `i`'s features, for each tag. */
void news_scorer_score(const news_scorer *scorer, uint32_t i, int16_t scores[NEWS_N_TAGS]);

/* Whether tag `to` may follow tag `from`; 0 stands for the start and the end, too. */
bool news_tag_follows(uint32_t from, uint32_t to);

#endif
