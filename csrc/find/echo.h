/* A second look at what the tagger left out, with the whole article known. */
#ifndef NEWS_ECHO_H
#define NEWS_ECHO_H

#include "tagger.h"

/* Tags words that stand alone and untagged where the rest of the article says what they are: the
 * place of a dateline, the last or first name of somebody named in full, a word that is a name
 * elsewhere. False: out of memory. */
bool news_find_echoes(news_arena *arena, const news_views *views, news_tags *tags);

#endif
