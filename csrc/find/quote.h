/* Quotes and who said them. */
#ifndef NEWS_QUOTE_H
#define NEWS_QUOTE_H

#include "entity.h"

typedef struct news_quotes {
    NEWS_LIST(news_quote) list;
} news_quotes;

/* Finds reported clauses, and what the marked stretches are, their cues and their speakers. False:
 * out of memory.
 */
bool news_find_quotes(news_arena *arena, const news_article *article, const news_stretches *marks,
                      const news_entities *entities, news_quotes *out);

#endif
