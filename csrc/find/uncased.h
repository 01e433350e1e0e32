/* Names in a text that has no capitals, or nothing but capitals. */
#ifndef NEWS_UNCASED_H
#define NEWS_UNCASED_H

#include "name.h"

/* Whether the text is written in small letters throughout. */
bool news_find_is_uncased(const news_article *article);

/* Finds the names that the gazetteer is sure of: persons, bodies and places of several words,
 * countries, cities behind "in" and the like, and the surnames of those persons again. False: out
 * of memory. */
bool news_find_uncased_names(news_arena *arena, const news_views *views, news_names *out);

/* The end of the name in capitals that begins with token `first`, which the model left out, or
 * `first` where there is none that the gazetteer is sure of: "TALIBAN TAKE KABUL". */
uint32_t news_find_shouted_name(const news_article *article, uint32_t first, uint32_t end,
                                uint16_t *thing);

#endif
