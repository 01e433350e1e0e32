/* Which format a file is in. */
#ifndef NEWS_FORMAT_H
#define NEWS_FORMAT_H

#include "newsoutline.h"

/* By the extension of `name` (may be NULL), else by the first of the `n` bytes of UTF-8. */
news_format news_read_guess(const char *name, const char *bytes, uint32_t n);

#endif
