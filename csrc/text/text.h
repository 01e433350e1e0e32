/* The decoded text that all spans count in, with its map back to the source. */
#ifndef NEWS_TEXT_H
#define NEWS_TEXT_H

#include "source.h"

/* Always valid UTF-8 without NUL; lines end in '\n'. Grown by the reader only. */
typedef struct news_text {
    char *bytes;
    uint32_t n, capacity;
    news_map map; /* from `bytes` to the source's utf8 */
} news_text;

/* Appends the source's bytes in `span` as they are; they must be valid UTF-8. False: out of memory.
 */
bool news_text_copy(news_arena *arena, news_text *text, const news_source *source, news_span span);

/* Appends `n` bytes that stand for the source's bytes in `origin`. False: out of memory. */
bool news_text_replace(news_arena *arena, news_text *text, const char *bytes, uint32_t n,
                       news_span origin);

/* Appends the source's bytes in `span` made clean: what is no text becomes U+FFFD, "\r\n" and "\r"
 * become '\n', and character references are decoded. False: out of memory. */
bool news_text_decode(news_arena *arena, news_text *text, const news_source *source,
                      news_span span);

/* The length of the character reference at `bytes` and its code point; 0 where there is none. Knows
 * numbers and the names that turn up in news text. */
uint32_t news_text_reference(const char *bytes, size_t n, uint32_t *code_point);

#endif
