/* Character sets that pages and XML files declare, beside the encodings that are told by their
 * bytes. */
#ifndef NEWS_CHARSET_H
#define NEWS_CHARSET_H

#include "newsoutline.h"

/* The name, as iconv knows it, of the character set that an XML declaration or a meta element
 * states within the first bytes; NULL where none is stated, "" where it is none that is known. */
const char *news_charset_declared(const char *bytes, size_t n);

/* Whether more of what is no ASCII is valid UTF-8 than can be chance: all but one in twenty
 * sequences, a last one that is cut off left aside. */
bool news_charset_is_utf8(const char *bytes, size_t n);

typedef struct news_decoder news_decoder;

/* NULL where the system does not know the character set, or memory is out. The caller closes it. */
news_decoder *news_charset_open(const char *name);
void news_charset_close(news_decoder *decoder);

/* Reads the character at the start of `bytes`: returns how many bytes it takes, and its UTF-8 in
 * `out`. What is no character is one byte and U+FFFD; `*is_bad` tells. */
uint32_t news_charset_next(news_decoder *decoder, const char *bytes, size_t n, char out[8],
                           uint32_t *n_out, bool *is_bad);

#endif
