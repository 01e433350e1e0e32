/* Plain text, scraped or written. */
#ifndef NEWS_PLAIN_H
#define NEWS_PLAIN_H

#include "passage.h"

/* False: out of memory. */
bool news_read_plain(news_arena *arena, const news_source *source, news_reading *reading);

#endif
