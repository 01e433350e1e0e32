/* Web pages, and the pieces of pages that other formats hold. */
#ifndef NEWS_HTML_H
#define NEWS_HTML_H

#include "passage.h"

/* False: out of memory. */
bool news_read_html(news_arena *arena, const news_source *source, news_reading *reading);

/* The same for XML that is broken or not known: its titles are headings. */
bool news_read_xml_as_html(news_arena *arena, const news_source *source, news_reading *reading);

/* Reads `bytes`, a fragment of HTML whose origin in the source `map` tells (NULL: it is the
 * source), as a part of item `item`. False: out of memory. */
bool news_read_html_part(news_arena *arena, const char *bytes, uint32_t n, const news_map *map,
                         uint32_t item, news_reading *reading);

/* Builds passages from elements and text that another reader found. All functions that return bool
 * return false when memory is out. */
typedef struct news_html news_html;

/* `bytes` are the `n` of the source; lives in the arena. NULL: out of memory. */
news_html *news_html_open(news_arena *arena, const char *bytes, uint32_t n, news_reading *reading);
/* What comes from here on belongs to another item. */
bool news_html_item(news_html *html, uint32_t item);
/* As news_stream has them. */
bool news_html_start(news_html *html, const char *name, const char *const *attributes,
                     news_span tag);
bool news_html_end(news_html *html, const char *name, news_span tag);
bool news_html_text(news_html *html, news_span bytes, bool is_literal);
/* Ends the passage that is being built. */
bool news_html_break(news_html *html);

#endif
