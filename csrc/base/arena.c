/* A chain of chunks, each twice the size of the last up to a limit. */
#include "arena.h"

#include <stdlib.h>
#include <string.h>

struct news_arena_chunk {
    news_arena_chunk *before;
    size_t used, size; /* bytes of `bytes` */
    _Alignas(max_align_t) char bytes[];
};

/* The first chunk holds a short article whole; later ones stop doubling where the waste would hurt.
 */
enum { FIRST_CHUNK = 32 * 1024, LARGEST_CHUNK = 4 * 1024 * 1024 };

static size_t aligned(size_t n) {
    size_t unit = _Alignof(max_align_t);
    return (n + unit - 1) / unit * unit;
}

void *news_arena_alloc(news_arena *arena, size_t n) {
    if (n > SIZE_MAX / 2) {
        return NULL;
    }
    n = aligned(n ? n : 1);
    news_arena_chunk *chunk = arena->chunk;
    if (!chunk || chunk->size - chunk->used < n) {
        size_t size = chunk ? chunk->size * 2 : FIRST_CHUNK;
        if (size > LARGEST_CHUNK) {
            size = LARGEST_CHUNK;
        }
        if (size < n) {
            size = n;
        }
        news_arena_chunk *fresh = malloc(sizeof *fresh + size);
        if (!fresh) {
            return NULL;
        }
        fresh->before = chunk;
        fresh->used = 0;
        fresh->size = size;
        arena->chunk = chunk = fresh;
    }
    void *at = chunk->bytes + chunk->used;
    chunk->used += n;
    return at;
}

void *news_arena_array(news_arena *arena, size_t n, size_t size) {
    if (size && n > SIZE_MAX / 2 / size) {
        return NULL;
    }
    void *at = news_arena_alloc(arena, n * size);
    if (at) {
        memset(at, 0, n * size);
    }
    return at;
}

news_string news_arena_copy(news_arena *arena, const char *bytes, size_t n) {
    char *at = n < NEWS_NONE ? news_arena_alloc(arena, n) : NULL;
    if (!at) {
        return (news_string){NULL, 0};
    }
    if (n) {
        memcpy(at, bytes, n);
    }
    return (news_string){at, (uint32_t)n};
}

void *news_arena_grow(news_arena *arena, void *old, uint32_t n, uint32_t *capacity, size_t size) {
    if (*capacity > UINT32_MAX / 2) {
        return old;
    }
    uint32_t wanted = *capacity ? *capacity * 2 : 16;
    size_t before = aligned(*capacity * size), after = aligned(wanted * size);
    news_arena_chunk *chunk = arena->chunk;
    if (old && (char *)old + before == chunk->bytes + chunk->used &&
        chunk->size - chunk->used >= after - before) {
        chunk->used += after - before;
        *capacity = wanted;
        return old;
    }
    void *fresh = news_arena_alloc(arena, wanted * size);
    if (!fresh) {
        return old;
    }
    if (old && n) {
        memcpy(fresh, old, n * size);
    }
    *capacity = wanted;
    return fresh;
}

void news_arena_free(news_arena *arena) {
    while (arena->chunk) {
        news_arena_chunk *before = arena->chunk->before;
        free(arena->chunk);
        arena->chunk = before;
    }
}
