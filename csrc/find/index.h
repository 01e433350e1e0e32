/* A hash table from byte strings to numbers that grows inside an arena. */
#ifndef NEWS_INDEX_H
#define NEWS_INDEX_H

#include "arena.h"

typedef struct news_index_slot {
    const char *bytes; /* NULL where free; borrowed */
    uint32_t n, hash;
    uint32_t value;
} news_index_slot;

/* Zero-initialised it is empty. */
typedef struct news_index {
    news_index_slot *slots;
    uint32_t n_slots, n_used; /* n_slots: a power of two, or 0 */
} news_index;

/* The value kept for the bytes, or NULL where there is none. Valid until the next _add. */
uint32_t *news_index_find(const news_index *index, const char *bytes, uint32_t n);

/* The same, made with value NEWS_NONE where there was none. `bytes` must outlive the index. NULL:
 * out of memory. */
uint32_t *news_index_add(news_arena *arena, news_index *index, const char *bytes, uint32_t n);

#endif
