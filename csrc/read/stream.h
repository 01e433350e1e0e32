/* HTML and XML as a stream of elements and text, each with its exact place in the source.
 *
 * libxml2 tells the structure and where each event happened; the text between two events is cut
 * from the source itself, so that its place is exact by construction whatever libxml2 makes of its
 * bytes. */
#ifndef NEWS_STREAM_H
#define NEWS_STREAM_H

#include "text.h"

/* What a reader does with the events. Every function returns false to stop: memory is out. */
typedef struct news_stream {
    void *self;
    /* An element starts; `attributes` are name and value in turn, ended by NULL, or NULL. `tag` is
     * its tag, or empty and where it is implied. */
    bool (*start)(void *self, const char *name, const char *const *attributes, news_span tag);
    /* It ends; `tag` is its end tag, or empty where nothing but what follows ends it. */
    bool (*end)(void *self, const char *name, news_span tag);
    /* Bytes between tags as they stand; `is_literal` where references are not to be decoded. */
    bool (*text)(void *self, news_span bytes, bool is_literal);
    /* What stands between the tags of a script or a style. */
    bool (*raw)(void *self, const char *name, news_span bytes);
} news_stream;

typedef enum news_stream_result {
    NEWS_STREAM_OK,
    NEWS_STREAM_STOPPED, /* a function said so, or libxml2 ran out of memory */
    NEWS_STREAM_BROKEN,  /* XML that is not well-formed; some events may have been sent */
} news_stream_result;

/* Streams `n` bytes of UTF-8 (bytes that are no text may occur). */
news_stream_result news_stream_html(news_arena *arena, const char *bytes, uint32_t n,
                                    const news_stream *stream);
news_stream_result news_stream_xml(news_arena *arena, const char *bytes, uint32_t n,
                                   const news_stream *stream);

/* The length of the character reference at `bytes` and its code points (two at most) as UTF-8 in
 * `out`, of which
 * `*n_out` bytes are used; 0 where there is none. Knows all names of HTML 4, and the few that pages
 * write without a semicolon. */
uint32_t news_stream_reference(const char *bytes, size_t n, char out[8], uint32_t *n_out);

/* Must be called once before documents are parsed on several threads. */
void news_stream_prepare(void);

#endif
