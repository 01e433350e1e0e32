/* Sentences and tokens. */
#ifndef NEWS_TOKEN_H
#define NEWS_TOKEN_H

#include "article.h"

typedef struct news_tokens {
    NEWS_LIST(news_token) tokens;
    NEWS_LIST(news_sentence) sentences;
} news_tokens;

/* Cuts every block but code into sentences and tokens. Block by block, so that an edited block can
 * be done alone. False: out of memory. */
bool news_form_tokens(news_arena *arena, const news_text *text, const news_block *blocks,
                      uint32_t n_blocks, news_tokens *out);

#endif
