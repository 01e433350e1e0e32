/* Where a passage stands in an edited text: candidates by exact and by approximate search, weighed
 * by the words around them. A passage is given up rather than put on other words. */
#include "anchor.h"
#include "utf8.h"

#include <stdlib.h>
#include <string.h>

/* ---- Limits and thresholds
 * ------------------------------------------------------------------------------------ */

/* Longer passages are looked for as they are only: approximate search costs article × passage / 64.
 */
#define MAX_APPROXIMATE 16384u
/* Candidates weighed; a passage that occurs more often than this is told by nothing. */
#define MAX_CANDIDATES 4096u
/* Units of context that are compared, which fit one block. */
#define CONTEXT 32u
/* Units from which a context counts in full. */
#define FULL 12u
/* A context is taken for standing from this similarity on; two unrelated stretches of 32 units
 * reach 0.45. */
#define STANDS 0.75f
/* The least similarity of the words themselves. */
#define LIKE 0.66f
/* How much better than any other place, and than any look-alike known when the passage was noted.
 */
#define MARGIN 0.06f

/* For words too short to tell themselves, of which a look-alike was known when the note was made:
 * they must stand clearly better than it did, since the words alone say nothing. */
#define SHORT_LEAD 0.2f
#define SHORTEST_LEAD 0.3f /* of three units and less */
#define TELLS_LEAD 0.16f   /* of these, where one side stands in full */
/* Unless what stood on either side of them still does, to this degree. */
#define BOTH_STAND 0.7f
/* Where the words say too little: both sides stand, but for a letter or two. */
#define BOTH_SURE 0.85f
/* The score of a look-alike with one side of the same context. */
#define TWIN 0.83f
/* Units between a passage and the end of a sentence, up to which the context is that of others. */
#define SEAM 10u
/* Units between a passage and the same words, up to which these could inherit its context. */
#define BESIDE 12u
/* Or what stood on one side does, to this degree, within the sentence. */
#define TELLS 0.95f
/* Units from which words tell themselves from others that are like them. */
#define TELLING 24u
/* A passage of this many units that occurred once and does so again is itself, wherever it was
 * moved to; a shorter one is from this score on, above what unrelated surroundings reach. */
#define TELLING_ONCE 12u
#define LIKELY 0.73f
/* Length of the indexed stretches, and the slots of their table (a power of two). */
#define LONG_GRAM 8u
#define SHORT_GRAM 3u
#define N_SLOTS 65536u

typedef struct grams {
    uint32_t n;      /* units of each */
    uint32_t *first; /* by hash: the first place, or NEWS_NONE */
    uint32_t *next;  /* by place: the next of the same hash */
} grams;

struct news_anchor {
    news_arena arena;
    news_string text;
    news_units units;   /* numbered */
    uint32_t *alphabet; /* hash table: code point + 1, 0 where free */
    uint32_t *numbers;  /* of the same slots, from 1; 0 is for what the article lacks */
    uint32_t n_slots, n_alphabet;
    grams longs, shorts;
};

typedef struct candidate {
    uint32_t from, to; /* units */
    float words, before, after, score;
    bool is_exact;
} candidate;

/* How the passage was set off from what stood on one side of it. */
typedef struct edge {
    bool is_whole; /* a word of the passage ended here: it is no part of a longer word elsewhere */
    bool is_seam; /* so did a sentence or a line, or a little farther off: were it deleted, the same
                     context could stand before or after the next one */
} edge;

typedef struct search {
    const news_anchor *anchor;
    news_arena arena;
    news_units exact, prefix, suffix;
    news_pattern before, after;
    NEWS_LIST(candidate) found;
    uint32_t n_exact;
    uint32_t near; /* where it is expected, in units */
    edge before_edge, after_edge;
    bool has_double; /* the same words stand beside the passage, within its context */
} search;

/* ---- The article
 * ---------------------------------------------------------------------------------------------- */

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

static bool index_grams(news_anchor *anchor, grams *g, uint32_t n) {
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
        !number_units(anchor) || !index_grams(anchor, &anchor->longs, LONG_GRAM) ||
        !index_grams(anchor, &anchor->shorts, SHORT_GRAM)) {
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

/* ---- Evidence
 * -------------------------------------------------------------------------------------------------
 */

/* Folds what is looked for and numbers it as the article is. */
static bool fold_query(search *s, news_string string, news_units *units) {
    if (!news_units_fold(&s->arena, string, units)) {
        return false;
    }
    for (uint32_t i = 0; i < units->n; i++) {
        units->at[i] = s->anchor->numbers[slot_of(s->anchor, units->at[i])];
    }
    return true;
}

/* A context that the edge of the article cut short says little: less than what counts as standing,
 * and next to nothing where the candidate is not at that edge. */
static float discount(float similarity, uint32_t n, bool at_edge) {
    if (n >= FULL) {
        return similarity;
    }
    return 0.7f * similarity * (at_edge ? 1.0f : (float)n / (float)FULL);
}

static float larger(float a, float b) {
    return a > b ? a : b;
}

/* How much of the prefix stands before `*at`, which may be `slack` units off and is set to where
 * the prefix ends. The scan goes backwards from there so that nothing but the place itself is
 * compared. */
static float weigh_before(search *s, uint32_t *at, uint32_t slack) {
    const news_units *text = &s->anchor->units;
    uint32_t n = s->before.n;
    if (n == 0) {
        return *at <= slack ? 0.7f : 0.0f;
    }
    float best = -1.0f;
    uint32_t best_at = *at;
    uint32_t low = *at > slack ? *at - slack : 0;
    uint32_t high = *at + slack < text->n ? *at + slack : text->n;
    for (uint32_t end = low; end <= high; end++) {
        news_pattern_reset(&s->before);
        uint32_t distance = n;
        uint32_t least = n;
        for (uint32_t i = 0; i < end && i < n + n / 4; i++) {
            distance = (uint32_t)((int)distance +
                                  news_pattern_step(&s->before, text->at[end - 1 - i], true));
            least = distance < least ? distance : least;
        }
        float similarity = 1.0f - (float)least / (float)n;
        uint32_t off = end > *at ? end - *at : *at - end;
        uint32_t best_off = best_at > *at ? best_at - *at : *at - best_at;
        if (similarity > best || (similarity == best && off < best_off)) {
            best = similarity;
            best_at = end;
        }
    }
    if (best >= 0.9f) {
        *at = best_at;
    }
    return discount(best, n, best_at <= n + slack);
}

static float weigh_after(search *s, uint32_t *at, uint32_t slack) {
    const news_units *text = &s->anchor->units;
    uint32_t n = s->after.n;
    if (n == 0) {
        return *at + slack >= text->n ? 0.7f : 0.0f;
    }
    float best = -1.0f;
    uint32_t best_at = *at;
    uint32_t low = *at > slack ? *at - slack : 0;
    uint32_t high = *at + slack < text->n ? *at + slack : text->n;
    for (uint32_t start = low; start <= high; start++) {
        news_pattern_reset(&s->after);
        uint32_t distance = n;
        uint32_t least = n;
        for (uint32_t i = 0; start + i < text->n && i < n + n / 4; i++) {
            distance =
                (uint32_t)((int)distance + news_pattern_step(&s->after, text->at[start + i], true));
            least = distance < least ? distance : least;
        }
        float similarity = 1.0f - (float)least / (float)n;
        uint32_t off = start > *at ? start - *at : *at - start;
        uint32_t best_off = best_at > *at ? best_at - *at : *at - best_at;
        if (similarity > best || (similarity == best && off < best_off)) {
            best = similarity;
            best_at = start;
        }
    }
    if (best >= 0.9f) {
        *at = best_at;
    }
    return discount(best, n, best_at + n + slack >= text->n);
}

static void weigh(search *s, candidate *c) {
    /* The ends of an approximate match are as uncertain as the match. */
    uint32_t slack = c->is_exact ? 0 : 1 + s->exact.n / 16;
    slack = slack > 8 ? 8 : slack;
    uint32_t from = c->from;
    uint32_t to = c->to;
    c->before = weigh_before(s, &from, slack);
    c->after = weigh_after(s, &to, slack);
    if (from < to) {
        c->from = from;
        c->to = to;
    }
    float most = larger(c->before, c->after);
    float least = c->before + c->after - most;
    uint32_t off = c->from > s->near ? c->from - s->near : s->near - c->from;
    float close = 1.0f - (float)off / (float)(s->anchor->units.n + 1);
    c->score =
        0.5f * c->words + 0.33f * most + 0.15f * least + 0.02f * (s->near == NEWS_NONE ? 0 : close);
}

/* ---- Edges
 * ------------------------------------------------------------------------------------------------
 */

static bool is_word(uint32_t c) {
    return news_utf8_is_letter(c) || news_utf8_is_digit(c);
}

static bool ends_sentence(uint32_t c) {
    return c == '.' || c == '!' || c == '?' || c == ':' || c == 0x2026 /* … */ ||
           c == 0x3002 /* 。 */;
}

/* The code point next to a place of a string, on either side; 0 where there is none. */
static uint32_t next_to(news_string s, uint32_t at, bool backwards, uint32_t *length) {
    if (backwards ? at == 0 : at >= s.n) {
        *length = 0;
        return 0;
    }
    return backwards ? news_utf8_before(s.bytes, at, length)
                     : news_utf8_decode(s.bytes + at, s.n - at, length);
}

static edge edge_of(news_string exact, news_string context, bool backwards) {
    uint32_t length;
    uint32_t last = next_to(exact, backwards ? 0 : exact.n, !backwards, &length);
    uint32_t at = backwards ? context.n : 0;
    uint32_t c = next_to(context, at, backwards, &length);
    edge e = {.is_whole = is_word(last) && !is_word(c),
              .is_seam = !c || (!backwards && ends_sentence(last))};
    for (uint32_t n = 0; c && n < SEAM && !e.is_seam; n++) {
        at = backwards ? at - length : at + length;
        uint32_t next = next_to(context, at, backwards, &length);
        /* A line that goes on in lower case was wrapped. */
        bool is_wrapped = news_utf8_is_lower(backwards ? last : next);
        e.is_seam = ends_sentence(c) || (c == '\n' && !is_wrapped);
        last = c;
        c = next;
    }
    return e;
}

/* Whether a word of the passage ends there as it did where the passage was noted. */
static bool is_whole(const search *s, uint32_t from, uint32_t to) {
    const news_anchor *anchor = s->anchor;
    uint32_t length;
    return !((s->before_edge.is_whole &&
              is_word(next_to(anchor->text, anchor->units.from[from], true, &length))) ||
             (s->after_edge.is_whole &&
              is_word(next_to(anchor->text, anchor->units.from[to], false, &length))));
}

/* ---- Candidates
 * -----------------------------------------------------------------------------------------------
 */

static bool add(search *s, candidate c) {
    if (s->found.n >= MAX_CANDIDATES) {
        return true;
    }
    weigh(s, &c);
    candidate *slot = news_list_push(&s->arena, &s->found);
    if (!slot) {
        return false;
    }
    *slot = c;
    return true;
}

static bool find_exact(search *s) {
    const news_units *text = &s->anchor->units;
    const news_units *exact = &s->exact;
    if (exact->n > text->n) {
        return true;
    }
    const grams *g = exact->n >= LONG_GRAM ? &s->anchor->longs : &s->anchor->shorts;
    bool indexed = exact->n >= g->n;
    uint32_t at = indexed ? g->first[hash_of(exact->at, g->n)] : 0;
    while (at != NEWS_NONE && at + exact->n <= text->n) {
        if (memcmp(text->at + at, exact->at, exact->n * sizeof *text->at) == 0 &&
            is_whole(s, at, at + exact->n)) {
            s->n_exact++;
            if (!add(s, (candidate){
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
static uint32_t start_of(const search *s, news_pattern *backwards, uint32_t to, uint32_t limit) {
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

static bool find_approximate(search *s) {
    const news_units *text = &s->anchor->units;
    uint32_t n = s->exact.n;
    uint32_t limit = (uint32_t)((1.0f - LIKE) * (float)n);
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
            candidate c = {.from = from, .to = best_to, .words = 1.0f - (float)best / (float)n};
            if (best > 0 && from < best_to && !add(s, c)) {
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

/* ---- The decision
 * --------------------------------------------------------------------------------------------- */

static bool overlap(const candidate *a, const candidate *b) {
    return a->from < b->to && b->from < a->to;
}

/* Whether the look-alike that was known when the passage was noted still stands where it stood from
 * the candidate, and either is as much like the passage as it was. */
static bool stands_apart(const search *s, const news_anchor_query *query, const candidate *c,
                         const candidate *runner_up) {
    if (query->rival_offset == 0 || !runner_up || runner_up->score < query->rival - 2 * MARGIN) {
        return false;
    }
    const uint32_t *from = s->anchor->units.from;
    int64_t then = query->rival_offset;
    int64_t now = (int64_t)from[runner_up->from] - (int64_t)from[c->from];
    int64_t change = now > then ? now - then : then - now;
    return (then < 0) == (now < 0) && change <= 8 + (then < 0 ? -then : then) / 8;
}

static bool is_accepted(const search *s, const news_anchor_query *query, const candidate *c,
                        const candidate *runner_up) {
    float margin = c->score - (runner_up ? runner_up->score : 0.0f);
    float most = larger(c->before, c->after);
    float least = c->before + c->after - most;
    bool has_context = s->prefix.n + s->suffix.n > 0;
    bool is_apart = c->is_exact && stands_apart(s, query, c, runner_up);
    if (is_apart && least >= TELLS) {
        return margin > 0.0f;
    }
    if (margin < MARGIN) {
        return false;
    }
    /* A place no better than a look-alike that stood elsewhere from the first may be that
     * look-alike. */
    bool stands_between = least >= BOTH_STAND;
    bool tells = (c->before >= TELLS && !s->before_edge.is_seam) ||
                 (c->after >= TELLS && !s->after_edge.is_seam);
    /* Of twins that shared a side from the first, one may have inherited the other side as well. */
    if (query->rival >= TWIN && s->exact.n < TELLING) {
        return false;
    }
    bool is_shortest = s->exact.n <= SHORT_GRAM;
    float lead = s->exact.n >= TELLING || stands_between || (tells && !is_shortest) ? MARGIN
                 : tells                                                            ? TELLS_LEAD
                 : is_shortest                                                      ? SHORTEST_LEAD
                                                                                    : SHORT_LEAD;
    if (query->rival > 0 && c->score < query->rival + lead) {
        return false;
    }
    if (s->has_double) {
        return c->words >= LIKE && least >= BOTH_SURE;
    }
    if (c->is_exact && s->n_exact == 1 && !query->is_repeated &&
        (s->exact.n >= TELLING_ONCE || c->score >= LIKELY)) {
        return true;
    }
    if (c->is_exact) {
        return has_context && most >= STANDS &&
               (s->exact.n >= SHORT_GRAM || least >= 0.5f || tells);
    }
    if (s->exact.n < TELLING) {
        return c->words >= LIKE && least >= BOTH_SURE;
    }
    return c->words >= LIKE && most >= STANDS && (least >= 0.5f || (c->words >= 0.8f && tells));
}

/* Whether the words of the passage stand beside it too: a headline twice, a subhead that
 * the first words below repeat. Were the one deleted, the other would inherit its context. */
static bool stands_within(const news_units *exact, const news_units *context, bool at_start) {
    for (uint32_t i = 0; i + exact->n <= context->n; i++) {
        uint32_t gap = at_start ? i : context->n - (i + exact->n);
        if ((gap <= BESIDE || exact->n <= SHORT_GRAM) &&
            memcmp(context->at + i, exact->at, exact->n * sizeof *exact->at) == 0) {
            return true;
        }
    }
    /* Of a longer passage the context holds one end only, behind a blank or a mark or two. */
    for (uint32_t skip = 0; skip < 4; skip++) {
        uint32_t n = context->n > skip ? context->n - skip : 0;
        if (n >= LONG_GRAM && n < exact->n &&
            memcmp(at_start ? context->at + skip : context->at,
                   at_start ? exact->at : exact->at + (exact->n - n), n * sizeof *exact->at) == 0) {
            return true;
        }
    }
    return false;
}

static bool ready(search *s, const news_anchor_query *query) {
    news_pattern *sides[] = {&s->before, &s->after};
    if (!fold_query(s, query->exact, &s->exact) || !fold_query(s, query->prefix, &s->prefix) ||
        !fold_query(s, query->suffix, &s->suffix)) {
        return false;
    }
    for (int i = 0; i < 2; i++) {
        const news_units *units = i == 0 ? &s->prefix : &s->suffix;
        uint32_t n = units->n < CONTEXT ? units->n : CONTEXT;
        const uint32_t *at = i == 0 ? units->at + (units->n - n) : units->at;
        if (n && !news_pattern_make(&s->arena, at, n, s->anchor->n_alphabet, i == 0, sides[i])) {
            return false;
        }
    }
    s->has_double =
        stands_within(&s->exact, &s->prefix, false) || stands_within(&s->exact, &s->suffix, true);
    s->before_edge = edge_of(query->exact, query->prefix, true);
    s->after_edge = edge_of(query->exact, query->suffix, false);
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

/* The best candidate and the best that does not overlap it, either NULL where there is none. */
static const candidate *best_of(const search *s, const candidate **runner_up) {
    const candidate *best = NULL;
    for (uint32_t i = 0; i < s->found.n; i++) {
        if (!best || s->found.at[i].score > best->score) {
            best = &s->found.at[i];
        }
    }
    *runner_up = NULL;
    for (uint32_t i = 0; best && i < s->found.n; i++) {
        const candidate *other = &s->found.at[i];
        if (!overlap(other, best) && (!*runner_up || other->score > (*runner_up)->score)) {
            *runner_up = other;
        }
    }
    return best;
}

news_anchor_match news_anchor_find(const news_anchor *anchor, const news_anchor_query *query) {
    news_anchor_match match = {.span = {NEWS_NONE, NEWS_NONE}, .rival = NEWS_NONE};
    search s = {.anchor = anchor};
    /* Blanks alone are no passage: they stand everywhere. */
    news_span inked = news_utf8_trim(query->exact.bytes, (news_span){0, query->exact.n});
    if (inked.from < inked.to && ready(&s, query) && s.exact.n && find_exact(&s)) {
        const candidate *runner_up;
        const candidate *best = best_of(&s, &runner_up);
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
            if (is_accepted(&s, query, best, runner_up)) {
                uint32_t to = anchor->units.from[best->to];
                /* Of a run of white space only the first unit counts; the passage ends before the
                 * rest of it. */
                match.span = news_utf8_trim(anchor->text.bytes,
                                            (news_span){anchor->units.from[best->from], to});
            }
        }
    }
    news_arena_free(&s.arena);
    return match;
}

news_span news_anchor_nearest(const news_anchor *anchor, news_string exact, uint32_t limit) {
    search s = {.anchor = anchor};
    news_span span = {NEWS_NONE, NEWS_NONE};
    news_pattern forwards, backwards;
    if (fold_query(&s, exact, &s.exact) && s.exact.n > 0 &&
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
