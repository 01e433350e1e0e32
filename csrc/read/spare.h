/* What of a page libxml2 need not see: a copy of the bytes for it, and where something is missing
 * in the copy.
 *
 * Half of a page of news is scripts and styles, most of the rest is attributes. libxml2 takes a
 * page byte by byte, so what it is spared is most of what reading a page costs; what it is asked
 * for is how elements nest. */
#ifndef NEWS_SPARE_H
#define NEWS_SPARE_H

#include "arena.h"

/* `n` bytes of the source in all are left out of the copy before its byte `at`. */
typedef struct news_cut {
    uint32_t at, n;
} news_cut;

typedef struct news_spared {
    char *bytes; /* NUL behind the last */
    uint32_t n;
    NEWS_LIST(news_cut) cuts; /* in order */
} news_spared;

/* Copies a page without the insides of scripts and styles, comments, attributes, and text but for
 * what shows that it is there; each byte that leads libxml2 astray is replaced by one that does
 * not. Linear. False: out of memory. */
bool news_spare_html(news_arena *arena, const char *bytes, uint32_t n, news_spared *out);

/* The same with all bytes in their places. */
bool news_spare_nothing(news_arena *arena, const char *bytes, uint32_t n, news_spared *out);

/* The byte of the source that stands at `at` in the copy, behind what is missing there. `cut` is
 * where the last look-up ended, 0 at first: look-ups that go forward cost little. */
uint32_t news_spare_origin(const news_spared *spared, uint32_t at, uint32_t *cut);

#endif
