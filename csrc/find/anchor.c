/* Where a passage stands in an edited text: candidates by exact and by approximate search, of which
 * the evidence around them decides. */
#include "evidence.h"
#include "follow.h"
#include "utf8.h"

#include <stdlib.h>
#include <string.h>

/* Longer passages are looked for as they are only: approximate search costs article × passage / 64.
 */
#define MAX_APPROXIMATE 16384u
/* Candidates weighed; a passage that occurs more often than this is told by nothing. */
#define MAX_CANDIDATES 4096u
/* Of a passage that occurs more often, the further places are weighed only where they begin or end
 * like it: the words of nearly every sentence would cost milliseconds each. */
#define MANY 128u
/* Slots of the tables of indexed stretches (a power of two). */
#define N_SLOTS 65536u

/* ---- The article ---- */

static uint32_t slot_of(const news_anchor *anchor, uint32_t c) {
    uint32_t i = c * 2654435761u & (anchor->n_slots - 1);
    while (anchor->alphabet[i] && anchor->alphabet[i] != c + 1) {
        i = (i + 1) & (anchor->n_slots - 1);
    }
    return i;
}

static bool number_units(news_anchor *anchor) {
    anchor->n_slots = 1024;
    while (anchor->n_slots < 2 * anchor->units.n &&
           anchor->n_slots < (1u << 22)) { /* all of Unicode, half full */
        anchor->n_slots *= 2;
    }
    anchor->alphabet = news_arena_array(&anchor->arena, anchor->n_slots, sizeof *anchor->alphabet);
    anchor->numbers = news_arena_array(&anchor->arena, anchor->n_slots, sizeof *anchor->numbers);
    if (!anchor->alphabet || !anchor->numbers) {
        return false;
    }
    anchor->n_alphabet = 1;
    for (uint32_t i = 0; i < anchor->units.n; i++) {
        uint32_t slot = slot_of(anchor, anchor->units.at[i]);
        if (!anchor->alphabet[slot]) {
            anchor->alphabet[slot] = anchor->units.at[i] + 1;
            anchor->numbers[slot] = anchor->n_alphabet++;
        }
        anchor->units.at[i] = anchor->numbers[slot];
    }
    return true;
}

static uint32_t hash_of(const uint32_t *units, uint32_t n) {
    uint32_t h = 2166136261u;
    for (uint32_t i = 0; i < n; i++) {
        h = (h ^ units[i]) * 16777619u;
    }
    return (h ^ h >> 15) & (N_SLOTS - 1);
}

static bool index_grams(news_anchor *anchor, news_grams *g, uint32_t n) {
    g->n = n;
    g->first = news_arena_alloc(&anchor->arena, N_SLOTS * sizeof *g->first);
    g->next = news_arena_array(&anchor->arena, (size_t)anchor->units.n + 1, sizeof *g->next);
    if (!g->first || !g->next) {
        return false;
    }
    memset(g->first, 0xFF, N_SLOTS * sizeof *g->first);
    for (uint32_t i = anchor->units.n >= n ? anchor->units.n - n + 1 : 0; i > 0;
         i--) { /* chains ascend */
        uint32_t hash = hash_of(anchor->units.at + i - 1, n);
        g->next[i - 1] = g->first[hash];
        g->first[hash] = i - 1;
    }
    return true;
}

news_anchor *news_anchor_new(const char *text, size_t n) {
    if (n > NEWS_MAX_SOURCE) {
        return NULL;
    }
    news_anchor *anchor = calloc(1, sizeof *anchor);
    if (!anchor) {
        return NULL;
    }
    anchor->text = news_arena_copy(&anchor->arena, text, n);
    if (!anchor->text.bytes || !news_units_fold(&anchor->arena, anchor->text, &anchor->units) ||
        !news_sketch_make(&anchor->arena, &anchor->units, &anchor->sketch) ||
        !number_units(anchor) || !index_grams(anchor, &anchor->longs, NEWS_LONG_GRAM) ||
        !index_grams(anchor, &anchor->shorts, NEWS_SHORT_GRAM)) {
        news_anchor_free(anchor);
        return NULL;
    }
    return anchor;
}

void news_anchor_free(news_anchor *anchor) {
    if (anchor) {
        news_arena_free(&anchor->arena);
        free(anchor);
    }
}

/* ---- Candidates ---- */

/* Numbers what is looked for as the article is. */
static void number_query(const news_search *s, news_units *units) {
    for (uint32_t i = 0; i < units->n; i++) {
        units->at[i] = s->anchor->numbers[slot_of(s->anchor, units->at[i])];
    }
}

static bool ready(news_search *s, const news_anchor_query *query) {
    news_pattern *sides[] = {&s->before, &s->after};
    if (!news_units_fold(&s->arena, query->exact, &s->exact) ||
        !news_units_fold(&s->arena, query->prefix, &s->prefix) ||
        !news_units_fold(&s->arena, query->suffix, &s->suffix) || !news_follow_ready(s)) {
        return false;
    }
    number_query(s, &s->exact);
    number_query(s, &s->prefix);
    number_query(s, &s->suffix);
    for (int i = 0; i < 2; i++) {
        const news_units *units = i == 0 ? &s->prefix : &s->suffix;
        uint32_t n = units->n < NEWS_CONTEXT ? units->n : NEWS_CONTEXT;
        const uint32_t *at = i == 0 ? units->at + (units->n - n) : units->at;
        if (n && !news_pattern_make(&s->arena, at, n, s->anchor->n_alphabet, i == 0, sides[i])) {
            return false;
        }
    }
    news_evidence_ready(s, query);
    s->near = NEWS_NONE;
    if (query->near != NEWS_NONE) {
        uint32_t low = 0;
        for (uint32_t high = s->anchor->units.n; low < high;) {
            uint32_t middle = low + (high - low) / 2;
            if (s->anchor->units.from[middle] < query->near) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        s->near = low;
    }
    return true;
}

static bool add(news_search *s, news_candidate c) {
    if (s->found.n >= MAX_CANDIDATES) {
        return true;
    }
    news_evidence_weigh(s, &c);
    news_candidate *slot = news_list_push(&s->arena, &s->found);
    if (!slot) {
        return false;
    }
    *slot = c;
    return true;
}

/* Whether the units next to a place, two of them on either side, are those of the passage. */
static bool touches(const news_search *s, uint32_t from, uint32_t to) {
    const news_units *text = &s->anchor->units;
    const size_t size = 2 * sizeof *text->at;
    return (s->prefix.n >= 2 && from >= 2 &&
            memcmp(text->at + from - 2, s->prefix.at + s->prefix.n - 2, size) == 0) ||
           (s->suffix.n >= 2 && to + 2 <= text->n &&
            memcmp(text->at + to, s->suffix.at, size) == 0);
}

static bool find_exact(news_search *s) {
    const news_units *text = &s->anchor->units;
    const news_units *exact = &s->exact;
    if (exact->n > text->n) {
        return true;
    }
    const news_grams *g = exact->n >= NEWS_LONG_GRAM ? &s->anchor->longs : &s->anchor->shorts;
    bool indexed = exact->n >= g->n;
    uint32_t at = indexed ? g->first[hash_of(exact->at, g->n)] : 0;
    while (at != NEWS_NONE && at + exact->n <= text->n) {
        if (memcmp(text->at + at, exact->at, exact->n * sizeof *text->at) == 0 &&
            news_evidence_is_whole(s, at, at + exact->n)) {
            s->n_exact++;
            bool is_near = s->n_exact <= MANY || touches(s, at, at + exact->n);
            if (is_near &&
                !add(s, (news_candidate){
                            .from = at, .to = at + exact->n, .words = 1.0f, .is_exact = true})) {
                return false;
            }
        }
        at = indexed ? g->next[at] : at + 1;
    }
    return true;
}

/* Where the approximate match that ends at `to` begins: read backwards, the fewest errors decide.
 */
static uint32_t start_of(const news_search *s, news_pattern *backwards, uint32_t to,
                         uint32_t limit) {
    const news_units *text = &s->anchor->units;
    news_pattern_reset(backwards);
    uint32_t distance = backwards->n;
    uint32_t least = distance;
    uint32_t from = to;
    for (uint32_t i = 0; i < to && i < backwards->n + limit; i++) {
        distance =
            (uint32_t)((int)distance + news_pattern_step(backwards, text->at[to - 1 - i], true));
        if (distance < least) {
            least = distance;
            from = to - 1 - i;
        }
    }
    return from;
}

static bool find_approximate(news_search *s) {
    const news_units *text = &s->anchor->units;
    uint32_t n = s->exact.n;
    uint32_t limit = (uint32_t)((1.0f - NEWS_LIKE) * (float)n);
    if (n > MAX_APPROXIMATE || limit == 0) {
        return true;
    }
    news_pattern forwards, backwards;
    if (!news_pattern_make(&s->arena, s->exact.at, n, s->anchor->n_alphabet, false, &forwards) ||
        !news_pattern_make(&s->arena, s->exact.at, n, s->anchor->n_alphabet, true, &backwards)) {
        return false;
    }
    news_pattern_reset(&forwards);
    uint32_t distance = n;
    uint32_t best = NEWS_NONE;
    uint32_t best_to = 0;
    for (uint32_t i = 0; i <= text->n; i++) {
        if (i < text->n) {
            distance = (uint32_t)((int)distance + news_pattern_step(&forwards, text->at[i], false));
        }
        /* A match is settled once the next could be another one. */
        if (best != NEWS_NONE && (i == text->n || i + 1 - best_to > n / 2)) {
            uint32_t from = start_of(s, &backwards, best_to, limit);
            news_candidate c = {
                .from = from, .to = best_to, .words = 1.0f - (float)best / (float)n};
            bool is_near = s->found.n < MANY || touches(s, from, best_to);
            if (best > 0 && from < best_to && is_near && !add(s, c)) {
                return false;
            }
            best = NEWS_NONE;
        }
        if (i < text->n && distance <= limit && (best == NEWS_NONE || distance < best)) {
            best = distance;
            best_to = i + 1;
        }
    }
    return true;
}

static bool overlap(const news_candidate *a, const news_candidate *b) {
    return a->from < b->to && b->from < a->to;
}

/* The best candidate and the best that does not overlap it, either NULL where there is none. */
static const news_candidate *best_of(const news_search *s, const news_candidate **runner_up) {
    const news_candidate *best = NULL;
    for (uint32_t i = 0; i < s->found.n; i++) {
        if (!best || s->found.at[i].score > best->score) {
            best = &s->found.at[i];
        }
    }
    *runner_up = NULL;
    for (uint32_t i = 0; best && i < s->found.n; i++) {
        const news_candidate *other = &s->found.at[i];
        if (!overlap(other, best) && (!*runner_up || other->score > (*runner_up)->score)) {
            *runner_up = other;
        }
    }
    return best;
}

/* Of a run of white space only the first unit counts; the passage ends before the rest of it. */
static news_span trimmed(const news_anchor *anchor, const news_candidate *c) {
    return news_utf8_trim(anchor->text.bytes,
                          (news_span){anchor->units.from[c->from], anchor->units.from[c->to]});
}

news_string news_anchor_sketch(news_anchor *anchor) {
    return news_sketch_write(&anchor->arena, &anchor->sketch, &anchor->units, anchor->text);
}

uint32_t news_anchor_word(const news_anchor *anchor, uint32_t byte) {
    uint32_t low = 0;
    for (uint32_t high = anchor->sketch.n; low < high;) {
        uint32_t middle = low + (high - low) / 2;
        if (anchor->units.from[anchor->sketch.to[middle]] <= byte) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

uint32_t news_anchor_compare(news_anchor *anchor, news_string sketch) {
    news_sketch then;
    news_past past;
    if (!news_sketch_read(&anchor->arena, sketch, &then) ||
        !news_past_make(&anchor->arena, then, &anchor->sketch, &past)) {
        return NEWS_NONE;
    }
    news_past *slot = news_list_push(&anchor->arena, &anchor->pasts);
    if (!slot) {
        return NEWS_NONE;
    }
    *slot = past;
    return anchor->pasts.n - 1;
}

news_anchor_match news_anchor_find(const news_anchor *anchor, const news_anchor_query *query) {
    news_anchor_match match = {.span = {NEWS_NONE, NEWS_NONE}, .rival = NEWS_NONE};
    news_search s = {.anchor = anchor};
    /* Blanks alone are no passage: they stand everywhere. */
    news_span inked = news_utf8_trim(query->exact.bytes, (news_span){0, query->exact.n});
    const news_past *past = query->past < anchor->pasts.n ? &anchor->pasts.at[query->past] : NULL;
    bool is_ready = inked.from < inked.to && ready(&s, query) && s.exact.n;
    news_candidate followed;
    news_trace trace =
        is_ready && past ? news_follow_passage(&s, past, query->word, &followed) : NEWS_TRACE_NONE;
    if (trace == NEWS_TRACE_FOUND) {
        match.score = followed.words;
        match.margin = followed.words;
        match.span = trimmed(anchor, &followed);
    } else if (is_ready && find_exact(&s)) {
        const news_candidate *runner_up;
        const news_candidate *best = best_of(&s, &runner_up);
        /* Both contexts standing leave nothing to look for. */
        bool certain = best && best->before >= 0.9f && best->after >= 0.9f && !query->thorough;
        if (certain || find_approximate(&s)) {
            best = best_of(&s, &runner_up);
        }
        if (best) {
            match.score = best->score;
            match.margin = best->score - (runner_up ? runner_up->score : 0.0f);
            match.n_exact = s.n_exact;
            match.rival = runner_up ? anchor->units.from[runner_up->from] : NEWS_NONE;
            if (trace != NEWS_TRACE_DOUBT && news_evidence_decides(&s, query, best, runner_up) &&
                !(past && news_follow_belongs_elsewhere(&s, past, query->word, best))) {
                match.span = trimmed(anchor, best);
            }
        }
    }
    news_arena_free(&s.arena);
    return match;
}

news_span news_anchor_nearest(const news_anchor *anchor, news_string exact, uint32_t limit) {
    news_search s = {.anchor = anchor};
    news_span span = {NEWS_NONE, NEWS_NONE};
    news_pattern forwards, backwards;
    bool is_folded = news_units_fold(&s.arena, exact, &s.exact) && s.exact.n > 0;
    if (is_folded) {
        number_query(&s, &s.exact);
    }
    if (is_folded &&
        news_pattern_make(&s.arena, s.exact.at, s.exact.n, anchor->n_alphabet, false, &forwards) &&
        news_pattern_make(&s.arena, s.exact.at, s.exact.n, anchor->n_alphabet, true, &backwards)) {
        uint32_t distance = s.exact.n;
        uint32_t best = limit + 1;
        uint32_t to = 0;
        news_pattern_reset(&forwards);
        for (uint32_t i = 0; i < anchor->units.n; i++) {
            distance = (uint32_t)((int)distance +
                                  news_pattern_step(&forwards, anchor->units.at[i], false));
            if (distance < best) {
                best = distance;
                to = i + 1;
            }
        }
        if (best <= limit) {
            uint32_t from = start_of(&s, &backwards, to, limit);
            span = (news_span){anchor->units.from[from], anchor->units.from[to]};
        }
    }
    news_arena_free(&s.arena);
    return span;
}
