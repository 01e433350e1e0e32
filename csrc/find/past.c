/* The comparison of two states of an article, word by word.
 *
 * Stretches of words that occur once in either state belong together, wherever they stand, and so
 * do the words around them as long as they agree (P. Heckel, "A technique for isolating differences
 * between files", CACM 21, 1978): moved paragraphs are followed like others. What is left between
 * two neighbours is compared in order: by what is unique there, and by the longest common sequence
 * where it is short. */
#include "past.h"

#include <string.h>

/* Lengths of the stretches that are looked for in the whole texts, in words: the shortest says
 * enough to be believed out of order. */
static const uint32_t lengths[] = {8, 5, 3};
/* A gap is compared word by word where the product of its sides is no more: this keeps the
 * comparison linear, as the shorter side is at most the square root of it. */
#define MOST_CELLS 16384u
/* How often a gap is divided by its unique words. */
#define MOST_PASSES 3

typedef struct slot {
    uint64_t key; /* 0: free */
    uint32_t then, now;
    uint32_t n_then, n_now;
} slot;

typedef struct comparison {
    news_past *past;
    slot *slots;
    uint32_t n_slots;
    uint32_t *used; /* slots in use, to be cleared */
    uint32_t n_used;
    uint16_t *cells;
} comparison;

static uint64_t mix(uint64_t h) {
    h ^= h >> 31;
    h *= UINT64_C(0x9E3779B97F4A7C15);
    return h ^ h >> 29;
}

static void clear(comparison *c) {
    for (uint32_t i = 0; i < c->n_used; i++) {
        c->slots[c->used[i]] = (slot){0};
    }
    c->n_used = 0;
}

static slot *slot_of(comparison *c, const uint32_t *words, uint32_t n) {
    uint64_t key = 1;
    for (uint32_t i = 0; i < n; i++) {
        key = mix(key * UINT64_C(0x100000001B3) ^ words[i]);
    }
    key |= 1;
    uint32_t i = (uint32_t)(key >> 7) & (c->n_slots - 1);
    while (c->slots[i].key && c->slots[i].key != key) {
        i = (i + 1) & (c->n_slots - 1);
    }
    if (!c->slots[i].key) {
        c->slots[i].key = key;
        c->used[c->n_used++] = i;
    }
    return &c->slots[i];
}

static bool is_free(const uint32_t *matches, uint32_t at, uint32_t n) {
    for (uint32_t i = 0; i < n; i++) {
        if (matches[at + i] != NEWS_NONE) {
            return false;
        }
    }
    return true;
}

static void join(news_past *past, uint32_t then, uint32_t now) {
    past->place[then] = now;
    past->origin[now] = then;
}

/* Joins the words around two that belong together, as long as they are the same and free. */
static void extend(news_past *past, uint32_t then, uint32_t now) {
    for (uint32_t i = then + 1, k = now + 1;
         i < past->then.n && k < past->now->n && past->place[i] == NEWS_NONE &&
         past->origin[k] == NEWS_NONE && past->then.word[i] == past->now->word[k];
         i++, k++) {
        join(past, i, k);
    }
    for (uint32_t i = then, k = now;
         i > 0 && k > 0 && past->place[i - 1] == NEWS_NONE && past->origin[k - 1] == NEWS_NONE &&
         past->then.word[i - 1] == past->now->word[k - 1];
         i--, k--) {
        join(past, i - 1, k - 1);
    }
}

/* Joins stretches of `n` words that occur once in the free words of either range. */
static void join_unique(comparison *c, uint32_t n, uint32_t from, uint32_t to, uint32_t from_now,
                        uint32_t to_now) {
    news_past *past = c->past;
    clear(c);
    for (uint32_t i = from; i + n <= to; i++) {
        if (is_free(past->place, i, n)) {
            slot *s = slot_of(c, past->then.word + i, n);
            s->then = i;
            s->n_then++;
        }
    }
    for (uint32_t i = from_now; i + n <= to_now; i++) {
        if (is_free(past->origin, i, n)) {
            slot *s = slot_of(c, past->now->word + i, n);
            s->now = i;
            s->n_now++;
        }
    }
    uint32_t last = from_now;
    bool in_order = to - from < past->then.n; /* between two neighbours nothing changes places */
    for (uint32_t i = from; i + n <= to; i++) {
        if (!is_free(past->place, i, n)) {
            continue;
        }
        slot *s = slot_of(c, past->then.word + i, n);
        if (s->n_then != 1 || s->n_now != 1 || !is_free(past->origin, s->now, n) ||
            memcmp(past->then.word + i, past->now->word + s->now, n * sizeof *past->then.word) !=
                0 ||
            (in_order && s->now < last)) {
            continue;
        }
        for (uint32_t k = 0; k < n; k++) {
            join(past, i + k, s->now + k);
        }
        last = s->now + n;
        extend(past, i, s->now);
        extend(past, i + n - 1, s->now + n - 1);
    }
}

/* Joins the longest common sequence of two free ranges. */
static void join_sequence(comparison *c, uint32_t from, uint32_t to, uint32_t from_now,
                          uint32_t to_now) {
    news_past *past = c->past;
    uint32_t rows = to - from;
    uint32_t columns = to_now - from_now;
    uint32_t width = columns + 1;
    memset(c->cells, 0, (size_t)(rows + 1) * width * sizeof *c->cells);
    for (uint32_t i = rows; i-- > 0;) {
        for (uint32_t k = columns; k-- > 0;) {
            uint16_t *cell = &c->cells[(size_t)i * width + k];
            uint16_t below = cell[width];
            uint16_t beside = cell[1];
            *cell = past->then.word[from + i] == past->now->word[from_now + k]
                        ? (uint16_t)(cell[width + 1] + 1)
                    : below > beside ? below
                                     : beside;
        }
    }
    for (uint32_t i = 0, k = 0; i < rows && k < columns;) {
        const uint16_t *cell = &c->cells[(size_t)i * width + k];
        if (past->then.word[from + i] == past->now->word[from_now + k]) {
            join(past, from + i++, from_now + k++);
        } else if (cell[width] >= cell[1]) {
            i++;
        } else {
            k++;
        }
    }
}

/* The stretch of free words of now that lies between the places of two neighbours of then. */
static bool gap_between(const news_past *past, uint32_t from, uint32_t to, uint32_t *from_now,
                        uint32_t *to_now) {
    *from_now = from == 0 ? 0 : past->place[from - 1] + 1;
    *to_now = to == past->then.n ? past->now->n : past->place[to];
    if (*from_now >= *to_now || *to_now - *from_now > 2 * (to - from) + 4096) {
        return false;
    }
    return is_free(past->origin, *from_now, *to_now - *from_now);
}

static void fill_gaps(comparison *c, bool is_last) {
    news_past *past = c->past;
    for (uint32_t from = 0; from < past->then.n;) {
        uint32_t to = from;
        while (to < past->then.n && past->place[to] == NEWS_NONE) {
            to++;
        }
        uint32_t from_now, to_now;
        if (from < to && gap_between(past, from, to, &from_now, &to_now)) {
            uint64_t cells = (uint64_t)(to - from + 1) * (to_now - from_now + 1);
            if (cells <= MOST_CELLS) {
                join_sequence(c, from, to, from_now, to_now);
            } else if (!is_last) {
                join_unique(c, 2, from, to, from_now, to_now);
                join_unique(c, 1, from, to, from_now, to_now);
            }
        }
        from = to + 1;
    }
}

/* ---- Words by their numbers ---- */

static uint32_t bucket_of(const news_past *past, uint32_t word) {
    return word * 2654435761u >> 7 & (past->n_slots - 1);
}

uint32_t news_past_first(const news_past *past, uint32_t word, bool is_now) {
    const news_sketch *sketch = is_now ? past->now : &past->then;
    const uint32_t *next = is_now ? past->again : past->same;
    uint32_t i = (is_now ? past->first_now : past->first)[bucket_of(past, word)];
    while (i != NEWS_NONE && sketch->word[i] != word) {
        i = next[i];
    }
    return i;
}

static void chain(const news_past *past, const news_sketch *sketch, uint32_t *first,
                  uint32_t *next) {
    memset(first, 0xFF, past->n_slots * sizeof *first);
    for (uint32_t i = sketch->n; i-- > 0;) {
        uint32_t bucket = bucket_of(past, sketch->word[i]);
        next[i] = first[bucket];
        first[bucket] = i;
    }
}

uint32_t news_past_agree(const news_past *past, uint32_t then, uint32_t now, bool backwards,
                         uint32_t limit) {
    uint32_t n = 0;
    while (n < limit) {
        uint32_t i = backwards ? then - n : then + n; /* wraps around below 0: then it is no word */
        uint32_t k = backwards ? now - n : now + n;
        if (i >= past->then.n || k >= past->now->n || past->then.word[i] != past->now->word[k]) {
            break;
        }
        n++;
    }
    return n;
}

bool news_past_make(news_arena *arena, news_sketch then, const news_sketch *now, news_past *past) {
    *past = (news_past){.now = now, .then = then};
    comparison c = {.past = past, .n_slots = 64};
    uint32_t n = then.n + now->n;
    while (c.n_slots < 2 * n) {
        c.n_slots *= 2;
    }
    for (past->n_slots = 64; past->n_slots < n;) {
        past->n_slots *= 2;
    }
    past->place = news_arena_array(arena, (size_t)then.n + 1, sizeof *past->place);
    past->origin = news_arena_array(arena, (size_t)now->n + 1, sizeof *past->origin);
    past->same = news_arena_array(arena, (size_t)then.n + 1, sizeof *past->same);
    past->again = news_arena_array(arena, (size_t)now->n + 1, sizeof *past->again);
    past->first = news_arena_array(arena, past->n_slots, sizeof *past->first);
    past->first_now = news_arena_array(arena, past->n_slots, sizeof *past->first_now);
    news_arena scratch = {0};
    c.slots = news_arena_array(&scratch, c.n_slots, sizeof *c.slots);
    c.used = news_arena_array(&scratch, (size_t)n + 1, sizeof *c.used);
    c.cells = news_arena_array(&scratch, MOST_CELLS, sizeof *c.cells);
    bool has_room = past->place && past->origin && past->same && past->again && past->first &&
                    past->first_now && c.slots && c.used && c.cells;
    if (has_room) {
        memset(past->place, 0xFF, ((size_t)then.n + 1) * sizeof *past->place);
        memset(past->origin, 0xFF, ((size_t)now->n + 1) * sizeof *past->origin);
        chain(past, &past->then, past->first, past->same);
        chain(past, now, past->first_now, past->again);
        for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
            join_unique(&c, lengths[i], 0, then.n, 0, now->n);
        }
        /* The ends of the texts are neighbours of their first and last words. */
        if (then.n && now->n && then.word[0] == now->word[0] && past->place[0] == NEWS_NONE &&
            past->origin[0] == NEWS_NONE) {
            join(past, 0, 0);
            extend(past, 0, 0);
        }
        if (then.n && now->n && then.word[then.n - 1] == now->word[now->n - 1] &&
            past->place[then.n - 1] == NEWS_NONE && past->origin[now->n - 1] == NEWS_NONE) {
            join(past, then.n - 1, now->n - 1);
            extend(past, then.n - 1, now->n - 1);
        }
        for (int pass = 1; pass <= MOST_PASSES; pass++) {
            fill_gaps(&c, pass == MOST_PASSES);
        }
    }
    news_arena_free(&scratch);
    return has_room;
}
