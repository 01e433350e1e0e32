/* Which names are names of one thing. */
#ifndef NEWS_MERGE_H
#define NEWS_MERGE_H

#include "name.h"

/* Gives every name the index of the first name of the same thing in `entity`; names of different
 * items are never merged. May correct a name's type by what the article says elsewhere. False: out
 * of memory. */
bool news_find_same(news_arena *arena, const news_article *article, news_names *names);

#endif
