/* Dates in the running text. */
#include "date.h"

bool news_find_dates(news_arena *arena, const news_article *article, news_dates *out) {
    (void)arena;
    (void)article;
    (void)out;
    return true;
}
