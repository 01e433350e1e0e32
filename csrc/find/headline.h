/* Who says what a headline quotes. */
#ifndef NEWS_HEADLINE_H
#define NEWS_HEADLINE_H

#include "dialogue.h"

/* Gives quotes of headlines that have no speaker the one who says the same words below; in an
 * interview that is who is interviewed. `quotes` are all of the document, in order. False: out of
 * memory. */
bool news_find_headline_speakers(news_arena *arena, const news_article *article,
                                 const news_entities *entities, const news_dialogue *dialogue,
                                 news_quote *quotes, uint32_t n);

#endif
