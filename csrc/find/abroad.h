/* Names in languages that the model has not learnt. */
#ifndef NEWS_ABROAD_H
#define NEWS_ABROAD_H

#include "name.h"

/* Whether the text is in another language than English, also in one that is not known. */
bool news_find_is_abroad(const news_article *article);

/* Takes those names off the list that nothing but the model speaks for: common nouns in German,
 * what a sentence begins with in any language. */
void news_find_doubts(const news_article *article, news_names *names);

#endif
