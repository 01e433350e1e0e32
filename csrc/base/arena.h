/* Memory that is handed out piece by piece and given back all at once; one arena for each document.
 */
#ifndef NEWS_ARENA_H
#define NEWS_ARENA_H

#include "newsoutline.h"

typedef struct news_arena_chunk news_arena_chunk;

/* Zero-initialised it is ready for use. */
typedef struct news_arena {
    news_arena_chunk *chunk; /* the newest; each knows the one before it */
} news_arena;

/* `n` bytes aligned for any object, not cleared; NULL when memory is out. */
void *news_arena_alloc(news_arena *arena, size_t n);

/* `n` objects of `size` bytes, cleared; NULL when memory is out or the product overflows. */
void *news_arena_array(news_arena *arena, size_t n, size_t size);

/* A copy of `n` bytes; `bytes` is NULL when memory is out. */
news_string news_arena_copy(news_arena *arena, const char *bytes, size_t n);

/* Frees everything; the arena may be used again. */
void news_arena_free(news_arena *arena);

/* A larger home for an array of `n` objects: returns it and raises `*capacity`, or returns `old`
 * with
 * `*capacity` as it was. The last array handed out grows in place. */
void *news_arena_grow(news_arena *arena, void *old, uint32_t n, uint32_t *capacity, size_t size);

/* A flat array that grows inside an arena. */
#define NEWS_LIST(type)                                                                            \
    struct {                                                                                       \
        type *at;                                                                                  \
        uint32_t n, capacity;                                                                      \
    }

/* The address of one more element (not cleared), or NULL when memory is out. */
#define news_list_push(arena, list)                                                                \
    (((list)->n < (list)->capacity ||                                                              \
      ((list)->at =                                                                                \
           news_arena_grow((arena), (list)->at, (list)->n, &(list)->capacity, sizeof *(list)->at), \
       (list)->n < (list)->capacity))                                                              \
         ? &(list)->at[(list)->n++]                                                                \
         : NULL)

#endif
