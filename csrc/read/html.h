/* Web pages. */
#ifndef NEWS_HTML_H
#define NEWS_HTML_H

#include "passage.h"

/* False: out of memory. */
bool news_read_html(news_arena *arena, const news_source *source, news_reading *reading);

/* Reads `bytes`, a fragment of HTML whose origin in the source `map` tells (NULL: it stands in the
 * source at `base`), as a part of item `item`. False: out of memory. */
bool news_read_html_part(news_arena *arena, const char *bytes, uint32_t n, const news_map *map,
                         uint32_t base, uint32_t item, news_reading *reading);

#endif
