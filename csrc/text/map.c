/* Run list with binary search. */
#include "map.h"

bool news_map_copy(news_arena *arena, news_map *map, uint32_t n, uint32_t origin) {
    if (n == 0) {
        return true;
    }
    news_run *last = map->runs.n ? &map->runs.at[map->runs.n - 1] : NULL;
    if (!last || last->origin_n != NEWS_NONE || last->origin + (map->n - last->from) != origin) {
        news_run *run = news_list_push(arena, &map->runs);
        if (!run) {
            return false;
        }
        *run = (news_run){map->n, origin, NEWS_NONE};
    }
    map->n += n;
    return true;
}

bool news_map_replace(news_arena *arena, news_map *map, uint32_t n, news_span origin) {
    if (n == 0) {
        return true;
    }
    news_run *run = news_list_push(arena, &map->runs);
    if (!run) {
        return false;
    }
    *run = (news_run){map->n, origin.from, origin.to - origin.from};
    map->n += n;
    return true;
}

/* The last run that starts at or before `at`; there is at least one run. */
static const news_run *run_at(const news_map *map, uint32_t at) {
    uint32_t low = 0, high = map->runs.n;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (map->runs.at[middle].from <= at) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return &map->runs.at[low];
}

news_map_part news_map_part_at(const news_map *map, uint32_t at) {
    const news_run *run = run_at(map, at);
    const news_run *end = map->runs.at + map->runs.n;
    news_span derived = {run->from, run + 1 < end ? run[1].from : map->n};
    uint32_t n = run->origin_n == NEWS_NONE ? derived.to - derived.from : run->origin_n;
    return (news_map_part){derived, {run->origin, run->origin + n}, run->origin_n == NEWS_NONE};
}

news_span news_map_origin(const news_map *map, news_span span) {
    if (map->runs.n == 0) {
        return (news_span){0, 0};
    }
    const news_run *run = run_at(map, span.from);
    news_span origin;
    if (run->origin_n == NEWS_NONE) {
        origin.from = run->origin + (span.from - run->from);
    } else {
        origin.from = span.from >= map->n ? run->origin + run->origin_n : run->origin;
    }
    if (span.to <= span.from) {
        return (news_span){origin.from, origin.from};
    }
    run = run_at(map, span.to - 1);
    origin.to = run->origin_n == NEWS_NONE ? run->origin + (span.to - run->from)
                                           : run->origin + run->origin_n;
    return origin;
}
