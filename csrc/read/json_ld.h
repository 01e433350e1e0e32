/* A tolerant reader of JSON-LD as pages hold it: often cut short, with raw line breaks, commented
 * out. */
#ifndef NEWS_JSON_LD_H
#define NEWS_JSON_LD_H

#include "passage.h"

/* Adds what the article described in `bytes` claims. What cannot be read is passed over. False: out
 * of memory. */
bool news_json_ld_read(news_arena *arena, const char *bytes, uint32_t n, uint32_t item,
                       news_claims *claims);

#endif
