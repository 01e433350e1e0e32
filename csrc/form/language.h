/* Which language a text is written in. */
#ifndef NEWS_LANGUAGE_H
#define NEWS_LANGUAGE_H

#include "roles.h"

/* The ISO 639-1 code (a constant), or no bytes where it cannot be told. */
news_string news_form_language(const char *text, const news_block *blocks, uint32_t n_blocks);

#endif
