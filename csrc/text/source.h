/* The bytes as they were given, what they say in UTF-8, and where their lines start. */
#ifndef NEWS_SOURCE_H
#define NEWS_SOURCE_H

#include "map.h"

typedef enum news_encoding {
    NEWS_ENCODING_UTF8, /* bytes that are no valid UTF-8 may still occur */
    NEWS_ENCODING_WINDOWS_1252,
    NEWS_ENCODING_UTF16_LE,
    NEWS_ENCODING_UTF16_BE,
    NEWS_ENCODING_DECLARED, /* the character set that its declaration names (charset.h) */
} news_encoding;

typedef struct news_source {
    news_string given; /* a copy of the bytes as they were given */
    news_string
        utf8;     /* the same text without its byte order mark; points into `given` where it can */
    news_map map; /* from `utf8` to `given` */
    const uint32_t *lines; /* offsets in `given` at which lines start */
    uint32_t n_lines;
    news_encoding encoding;
} news_source;

/* The encoding that a byte order mark tells, or the first tag in UTF-16, or UTF-8 if the bytes are
 * valid, or windows-1252. */
news_encoding news_source_guess(const char *bytes, size_t n);

/* The same for a page or an XML file, which may declare its character set. A declaration that the
 * bytes belie does not count. */
news_encoding news_source_guess_markup(const char *bytes, size_t n);

/* The code point of a byte of windows-1252. */
uint32_t news_source_1252(uint8_t byte);

/* Fills `*source` with a copy of the bytes, read in that encoding; windows-1252 instead of a
 * declared one that cannot be read or in which too little makes sense. False: out of memory. */
bool news_source_read(news_arena *arena, news_source *source, const char *bytes, uint32_t n,
                      news_encoding encoding);

/* Row and column, from 0, of an offset in `given`. */
news_position news_source_position(const news_source *source, uint32_t offset);

#endif
