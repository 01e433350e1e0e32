/* Markdown: headings, lists, block quotes, code, front matter. */
#ifndef NEWS_MARKDOWN_H
#define NEWS_MARKDOWN_H

#include "passage.h"

/* False: out of memory. */
bool news_read_markdown(news_arena *arena, const news_source *source, news_reading *reading);

#endif
