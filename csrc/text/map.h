/* Where each byte of a derived text came from. */
#ifndef NEWS_MAP_H
#define NEWS_MAP_H

#include "arena.h"

/* A stretch of derived bytes, up to the next run's start. Either a copy, byte for byte, of the
 * origin from `origin` on (`origin_n` is NEWS_NONE), or something that stands for the whole of the
 * `origin_n` bytes there: a character reference, a character of another encoding, collapsed white
 * space. */
typedef struct news_run {
    uint32_t from, origin, origin_n;
} news_run;

/* Runs in order of both sides: origins never go back, and may leave bytes out between two runs. */
typedef struct news_map {
    NEWS_LIST(news_run) runs;
    uint32_t n; /* derived bytes covered */
} news_map;

/* The next `n` derived bytes are copies of the origin's bytes from `origin` on. False: out of
 * memory. */
bool news_map_copy(news_arena *arena, news_map *map, uint32_t n, uint32_t origin);

/* The next `n` derived bytes stand for all of `origin`. False: out of memory. */
bool news_map_replace(news_arena *arena, news_map *map, uint32_t n, news_span origin);

/* The whole run that holds the derived byte `at`, which is below `n`. */
typedef struct news_map_part {
    news_span derived, origin;
    bool is_copy; /* byte for byte */
} news_map_part;

news_map_part news_map_part_at(const news_map *map, uint32_t at);

/* The origin's bytes that a span of derived bytes came from. An empty span maps to an empty one. */
news_span news_map_origin(const news_map *map, news_span span);

#endif
