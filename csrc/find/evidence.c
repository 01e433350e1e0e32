/* What speaks for a place where a passage may stand: the words around it, and whether they could be
 * those of another one. A passage is given up rather than put on other words. */
#include "evidence.h"
#include "utf8.h"

#include <string.h>

/* ---- Thresholds ----
 * Chosen by `script/quality annotations --fit`: no note on other words in 60,000 trials. */

/* Units from which a context counts in full. */
#define FULL 12u
/* A context is taken for standing from this similarity on; two unrelated stretches of 32 units
 * reach 0.45. */
#define STANDS 0.75f
/* How much better than any other place, and than any look-alike known when the passage was noted.
 */
#define MARGIN 0.06f

/* For words too short to tell themselves, of which a look-alike was known when the note was made:
 * they must stand clearly better than it did, since the words alone say nothing. */
#define SHORT_LEAD 0.22f
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

/* ---- Context ---- */

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

/* How much of a context stands beside `*at`, which may be `slack` units off and is set to where the
 * context ends. The scan goes away from there, so that nothing but the place itself is compared. */
static float weigh_side(news_pattern *pattern, const news_units *text, bool is_before, uint32_t *at,
                        uint32_t slack) {
    uint32_t n = pattern->n;
    uint32_t room = is_before ? *at : text->n - *at;
    if (n == 0) {
        return room <= slack ? 0.7f : 0.0f;
    }
    float best = -1.0f;
    uint32_t best_off = 0;
    uint32_t best_at = *at;
    uint32_t low = *at > slack ? *at - slack : 0;
    uint32_t high = *at + slack < text->n ? *at + slack : text->n;
    for (uint32_t edge = low; edge <= high; edge++) {
        news_pattern_reset(pattern);
        uint32_t distance = n;
        uint32_t least = n;
        uint32_t within = is_before ? edge : text->n - edge;
        for (uint32_t i = 0; i < within && i < n + n / 4; i++) {
            uint32_t unit = text->at[is_before ? edge - 1 - i : edge + i];
            distance = (uint32_t)((int)distance + news_pattern_step(pattern, unit, true));
            least = distance < least ? distance : least;
        }
        float similarity = 1.0f - (float)least / (float)n;
        uint32_t off = edge > *at ? edge - *at : *at - edge;
        if (similarity > best || (similarity == best && off < best_off)) {
            best = similarity;
            best_at = edge;
            best_off = off;
        }
    }
    if (best >= 0.9f) {
        *at = best_at;
    }
    room = is_before ? best_at : text->n - best_at;
    return discount(best, n, room <= n + slack);
}

void news_evidence_weigh(news_search *s, news_candidate *c) {
    /* The ends of an approximate match are as uncertain as the match. */
    uint32_t slack = c->is_exact ? 0 : 1 + s->exact.n / 16;
    slack = slack > 8 ? 8 : slack;
    uint32_t from = c->from;
    uint32_t to = c->to;
    const news_units *text = &s->anchor->units;
    c->before = weigh_side(&s->before, text, true, &from, slack);
    c->after = weigh_side(&s->after, text, false, &to, slack);
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

/* ---- Edges ---- */

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

static news_edge edge_of(news_string exact, news_string context, bool backwards) {
    uint32_t length;
    uint32_t last = next_to(exact, backwards ? 0 : exact.n, !backwards, &length);
    uint32_t at = backwards ? context.n : 0;
    uint32_t c = next_to(context, at, backwards, &length);
    news_edge e = {.is_whole = is_word(last) && !is_word(c),
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
bool news_evidence_is_whole(const news_search *s, uint32_t from, uint32_t to) {
    const news_anchor *anchor = s->anchor;
    uint32_t length;
    return !((s->before_edge.is_whole &&
              is_word(next_to(anchor->text, anchor->units.from[from], true, &length))) ||
             (s->after_edge.is_whole &&
              is_word(next_to(anchor->text, anchor->units.from[to], false, &length))));
}

/* ---- The decision ---- */

/* Whether the words of the passage stand beside it too: a headline twice, a subhead that
 * the first words below repeat. Were the one deleted, the other would inherit its context. */
static bool stands_within(const news_units *exact, const news_units *context, bool at_start) {
    for (uint32_t i = 0; i + exact->n <= context->n; i++) {
        uint32_t gap = at_start ? i : context->n - (i + exact->n);
        if ((gap <= BESIDE || exact->n <= NEWS_SHORT_GRAM) &&
            memcmp(context->at + i, exact->at, exact->n * sizeof *exact->at) == 0) {
            return true;
        }
    }
    /* Of a longer passage the context holds one end only, behind a blank or a mark or two. */
    for (uint32_t skip = 0; skip < 4; skip++) {
        uint32_t n = context->n > skip ? context->n - skip : 0;
        if (n >= NEWS_LONG_GRAM && n < exact->n &&
            memcmp(at_start ? context->at + skip : context->at,
                   at_start ? exact->at : exact->at + (exact->n - n), n * sizeof *exact->at) == 0) {
            return true;
        }
    }
    return false;
}

void news_evidence_ready(news_search *s, const news_anchor_query *query) {
    s->has_double =
        stands_within(&s->exact, &s->prefix, false) || stands_within(&s->exact, &s->suffix, true);
    s->before_edge = edge_of(query->exact, query->prefix, true);
    s->after_edge = edge_of(query->exact, query->suffix, false);
}

/* Whether the look-alike that was known when the passage was noted still stands where it stood from
 * the candidate, and either is as much like the passage as it was. */
static bool stands_apart(const news_search *s, const news_anchor_query *query,
                         const news_candidate *c, const news_candidate *runner_up) {
    if (query->rival_offset == 0 || !runner_up || runner_up->score < query->rival - 2 * MARGIN) {
        return false;
    }
    const uint32_t *from = s->anchor->units.from;
    int64_t then = query->rival_offset;
    int64_t now = (int64_t)from[runner_up->from] - (int64_t)from[c->from];
    int64_t change = now > then ? now - then : then - now;
    return (then < 0) == (now < 0) && change <= 8 + (then < 0 ? -then : then) / 8;
}

bool news_evidence_decides(const news_search *s, const news_anchor_query *query,
                           const news_candidate *c, const news_candidate *runner_up) {
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
    bool is_shortest = s->exact.n <= NEWS_SHORT_GRAM;
    float lead = s->exact.n >= TELLING || stands_between || (tells && !is_shortest) ? MARGIN
                 : tells                                                            ? TELLS_LEAD
                 : is_shortest                                                      ? SHORTEST_LEAD
                                                                                    : SHORT_LEAD;
    if (query->rival > 0 && c->score < query->rival + lead) {
        return false;
    }
    if (s->has_double) {
        return c->words >= NEWS_LIKE && least >= BOTH_SURE;
    }
    if (c->is_exact && s->n_exact == 1 && !query->is_repeated &&
        (s->exact.n >= TELLING_ONCE || c->score >= LIKELY)) {
        return true;
    }
    /* Beside the end of a sentence, what stands on one side may stand before the next as well. */
    bool stands_inside = (c->before >= STANDS && !s->before_edge.is_seam) ||
                         (c->after >= STANDS && !s->after_edge.is_seam);
    if (c->is_exact && query->rival > 0 && s->exact.n < TELLING && !stands_inside &&
        !stands_between) {
        return false;
    }
    /* Of words that are not the same, a known look-alike may be the ones that are left. */
    if (!c->is_exact && query->rival > 0) {
        return c->words >= NEWS_LIKE && least >= BOTH_SURE;
    }
    if (c->is_exact) {
        return has_context && most >= STANDS &&
               (s->exact.n >= NEWS_SHORT_GRAM || least >= 0.5f || tells);
    }
    if (s->exact.n < TELLING) {
        return c->words >= NEWS_LIKE && least >= BOTH_SURE;
    }
    return c->words >= NEWS_LIKE && most >= STANDS &&
           (least >= 0.5f || (c->words >= 0.8f && tells));
}
