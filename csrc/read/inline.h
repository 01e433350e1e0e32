/* Which bytes of a paragraph of Markdown are marks and no text. */
#ifndef NEWS_INLINE_H
#define NEWS_INLINE_H

#include "passage.h"

/* An opening mark that waits for its partner. */
typedef struct news_inline_mark {
    uint32_t from, n; /* bytes of the source still open */
    char c;           /* '*', '_', '~' or '[' */
} news_inline_mark;

/* What is used again from paragraph to paragraph. */
typedef struct news_inline {
    news_arena *arena;
    const char *bytes; /* the source's utf8 */
    uint8_t *drop;     /* for each byte of it: 1 where it is no text; blocks have set their marks */
    NEWS_LIST(news_inline_mark) open;
} news_inline;

/* Sets `drop` for the inline marks in `span`: emphasis, links' targets, code's backticks, tags,
 * backslashes. Quotation marks, brackets and stars that mark nothing stay. Linear in the span.
 * False: out of memory. */
bool news_read_inline(news_inline *in, news_span span);

#endif
