/* A chain of chunks, each larger than the last up to a limit, and chunks of single arrays. */
#include "arena.h"

#include <stdlib.h>
#include <string.h>

struct news_arena_chunk {
    news_arena_chunk *before;
    size_t used, size; /* bytes of `bytes` */
    bool is_own;       /* holds one large array and nothing else */
    _Alignas(max_align_t) char bytes[];
};

/* Memory that the system has to clear page by page costs more than what is then written there, so
 * that chunks are of sizes that malloc keeps for the next document: one for a short article with
 * all that is found in it, four times as much where that is not enough, so that the largest of a
 * chain is more than half of it (glibc gives memory back to the system from twice the largest chunk
 * on that it has seen freed, and maps afresh what has more than 32 MiB). Pages that nothing is
 * written to are never there. */
enum { FIRST_CHUNK = 256 * 1024, GROWTH = 4, LARGEST_CHUNK = 31 * 1024 * 1024 };

/* An array of so many bytes that grows gets a chunk of its own, which grows with it: else what a
 * list has outgrown would take as much memory as the list. Debug builds do it at once, so that
 * sanitizers see who still looks at an array that has moved. */
#ifdef NDEBUG
enum { OWN_CHUNK = 64 * 1024 };
#else
enum { OWN_CHUNK = 256 };
#endif

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
        size_t size = chunk ? chunk->size * GROWTH : FIRST_CHUNK;
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
        fresh->is_own = false;
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

/* Gives the array `old`, `n` bytes of which are in use, a chunk of `size` bytes of its own, or a
 * larger one where it has one. NULL: out of memory. */
static void *grow_own(news_arena *arena, void *old, size_t n, size_t size) {
    news_arena_chunk **place = &arena->chunk;
    while (*place && !((*place)->is_own && (void *)(*place)->bytes == old)) {
        place = &(*place)->before;
    }
    news_arena_chunk *own = *place;
    news_arena_chunk *fresh = realloc(own, sizeof *fresh + size);
    if (!fresh) {
        return NULL;
    }
    fresh->used = fresh->size = size;
    if (own) {
        *place = fresh;
        return fresh->bytes;
    }
    if (old && n) {
        memcpy(fresh->bytes, old, n);
    }
    fresh->is_own = true;
    /* Behind the newest, which goes on to be filled. */
    fresh->before = arena->chunk ? arena->chunk->before : NULL;
    *(arena->chunk ? &arena->chunk->before : &arena->chunk) = fresh;
    return fresh->bytes;
}

void *news_arena_grow(news_arena *arena, void *old, uint32_t n, uint32_t *capacity, size_t size) {
    if (*capacity > UINT32_MAX / 2) {
        return old;
    }
    uint32_t wanted = *capacity ? *capacity * 2 : 16;
    size_t before = aligned(*capacity * size), after = aligned(wanted * size);
    news_arena_chunk *chunk = arena->chunk;
    if (old && chunk && (char *)old + before == chunk->bytes + chunk->used &&
        chunk->size - chunk->used >= after - before) {
        chunk->used += after - before;
        *capacity = wanted;
        return old;
    }
    void *fresh;
    if (after >= OWN_CHUNK) {
        fresh = grow_own(arena, old, n * size, after);
    } else {
        fresh = news_arena_alloc(arena, wanted * size);
        if (fresh && old && n) {
            memcpy(fresh, old, n * size);
        }
    }
    if (!fresh) {
        return old;
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
