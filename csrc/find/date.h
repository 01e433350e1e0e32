/* Dates in the running text, resolved against the article's own. */
#ifndef NEWS_DATE_H
#define NEWS_DATE_H

#include "article.h"

typedef struct news_dates {
    NEWS_LIST(news_date) list;
} news_dates;

/* False: out of memory. */
bool news_find_dates(news_arena *arena, const news_article *article, news_dates *out);

#endif
