/* Where the words of a passage went, by what became of all words of the article.
 *
 * The comparison of two texts is one of several that explain them. A place is taken only where no
 * other explanation is about as good: where each other place of the same words, then or now, that
 * the comparison leaves open stands worse on both sides. */
#include "follow.h"

#include <string.h>

/* Words on either side that are looked at: farther off nothing is decided. */
#define FAR 64u
/* Words in a row that are no coincidence. The passage's own do not count: they may be a copy. */
#define ROW 4u
/* Words that must have stayed on either side of one that was changed. */
#define BRACKET 2u
/* Units from which a passage cannot be made of the rest of a word that was cut. */
#define LONG 12u

/* ---- The passage ---- */

bool news_follow_ready(news_search *s) {
    const news_units *exact = &s->exact;
    news_wording *w = &s->wording;
    w->word = news_arena_array(&s->arena, (size_t)exact->n + 1, sizeof *w->word);
    if (!w->word) {
        return false;
    }
    uint32_t to = 0;
    for (uint32_t i = 0; i < exact->n;) {
        uint32_t from = i++;
        if (!news_sketch_is_word(exact->at[from])) {
            continue;
        }
        while (i < exact->n && news_sketch_joins(exact->at[i - 1], exact->at[i])) {
            i++;
        }
        w->lead = w->n == 0 ? from : w->lead;
        to = i;
        w->word[w->n++] = news_sketch_number(exact->at + from, i - from);
    }
    w->tail = exact->n - to;
    const news_units *prefix = &s->prefix;
    uint32_t next = exact->n ? exact->at[0] : 0;
    while (w->lead == 0 && w->inside < prefix->n &&
           news_sketch_joins(prefix->at[prefix->n - 1 - w->inside], next)) {
        next = prefix->at[prefix->n - 1 - w->inside++];
    }
    w->is_cut = w->n && w->tail == 0 && s->suffix.n &&
                news_sketch_joins(exact->at[exact->n - 1], s->suffix.at[0]);
    return true;
}

/* Whether the words then are those of the passage; the first and the last may be parts of theirs.
 */
static bool is_there(const news_search *s, const news_past *past, uint32_t word) {
    const news_wording *w = &s->wording;
    if (w->n == 0 || word >= past->then.n || w->n > past->then.n - word) {
        return false;
    }
    for (uint32_t i = 0; i < w->n; i++) {
        bool is_part = (i == 0 && w->inside) || (i + 1 == w->n && w->is_cut);
        if (!is_part && past->then.word[word + i] != w->word[i]) {
            return false;
        }
    }
    return true;
}

/* ---- Rows ---- */

/* How many words next to a pair that belongs together do so too, in a row. */
static uint32_t row(const news_past *past, uint32_t then, uint32_t now, bool backwards) {
    uint32_t n = 0;
    while (n < FAR) {
        uint32_t i = backwards ? then - 1 - n : then + 1 + n;
        uint32_t k = backwards ? now - 1 - n : now + 1 + n;
        bool is_edge = backwards ? n == then : i == past->then.n;
        bool is_edge_now = backwards ? n == now : k == past->now->n;
        if (is_edge || is_edge_now) {
            /* Both begin or end here: nothing was changed on this side. */
            return is_edge && is_edge_now ? FAR : n;
        }
        if (past->place[i] != k) {
            return n;
        }
        n++;
    }
    return n;
}

/* One side of the passage. */
typedef struct side {
    uint32_t row;   /* words beside it that stayed */
    bool is_taken;  /* the first that did not was taken out, and nothing put in its place */
    uint32_t least; /* words that another explanation must keep on this side */
} side;

static side side_of(const news_past *past, uint32_t then, uint32_t now, bool backwards) {
    side one = {.row = row(past, then, now, backwards)};
    if (one.row < FAR) {
        uint32_t i = backwards ? then - 1 - one.row : then + 1 + one.row;
        uint32_t k = backwards ? now - 1 - one.row : now + 1 + one.row;
        /* Below the first word the index wraps around, beyond the last. */
        bool is_lost = i < past->then.n && past->place[i] == NEWS_NONE;
        bool is_new = k < past->now->n && past->origin[k] == NEWS_NONE;
        one.is_taken = is_lost && !is_new;
    }
    one.least = one.row == 0 && !one.is_taken ? 1 : one.row;
    return one;
}

/* Whether the place of `n` words is beyond doubt: all of them went there in a row with others. */
static bool is_settled(const news_past *past, uint32_t then, uint32_t now, uint32_t n) {
    if (then == NEWS_NONE || now == NEWS_NONE) {
        return false;
    }
    for (uint32_t i = 0; i < n; i++) {
        if (past->place[then + i] != now + i) {
            return false;
        }
    }
    return row(past, then, now, true) + row(past, then + n - 1, now + n - 1, false) >= ROW;
}

/* Whether the same words stand elsewhere, then or now. */
static bool stands_elsewhere(const news_past *past, uint32_t word, uint32_t place, uint32_t n) {
    for (uint32_t at = news_past_first(past, past->then.word[word], false); at != NEWS_NONE;
         at = past->same[at]) {
        if (at != word && news_past_agree(past, at, place, false, n) == n) {
            return true;
        }
    }
    for (uint32_t at = news_past_first(past, past->then.word[word], true); at != NEWS_NONE;
         at = past->again[at]) {
        if (at != place && news_past_agree(past, word, at, false, n) == n) {
            return true;
        }
    }
    return false;
}

/* Whether the same words stand where the comparison leaves open whether the passage is meant: there
 * as well explains one side, or, of words that have their place already, more of both. */
static bool has_rival(const news_past *past, uint32_t word, uint32_t place, uint32_t n,
                      const side *before, const side *after) {
    for (int is_now = 0; is_now < 2; is_now++) {
        const uint32_t *next = is_now ? past->again : past->same;
        uint32_t own = is_now ? place : word;
        for (uint32_t at = news_past_first(past, past->then.word[word], is_now); at != NEWS_NONE;
             at = next[at]) {
            uint32_t then = is_now ? word : at;
            uint32_t now = is_now ? at : place;
            if (at == own || news_past_agree(past, then, now, false, n) < n) {
                continue;
            }
            bool settled = is_now ? is_settled(past, past->origin[at], at, n)
                                  : is_settled(past, at, past->place[at], n);
            uint32_t left = news_past_agree(past, then - 1, now - 1, true, FAR);
            uint32_t right = news_past_agree(past, then + n, now + n, false, FAR);
            bool fits = settled ? left >= before->least && right >= after->least &&
                                      left + right > before->row + after->row
                                : left >= before->least || right >= after->least;
            if (fits) {
                return true;
            }
        }
    }
    return false;
}

/* Whether the nearest words taken out on one side may as well have been the passage's: in "very
 * very very good" nobody can tell which "very" went. `row` words stand between. */
static bool slides_over(const news_past *past, uint32_t word, uint32_t place, uint32_t n,
                        uint32_t row, bool backwards) {
    const uint32_t *then = past->then.word;
    if (row >= FAR) {
        return false;
    }
    /* Below the first word the index wraps around, beyond the last. */
    uint32_t near = backwards ? word - 1 - row : word + n + row, step = backwards ? UINT32_MAX : 1;
    uint32_t now = backwards ? place - 1 - row : place + n + row;
    if (now < past->now->n && past->origin[now] == NEWS_NONE) {
        return false; /* others stand in their place */
    }
    uint32_t far = near;
    for (uint32_t i = 0; i < FAR && far < past->then.n && past->place[far] == NEWS_NONE; i++) {
        far += step;
    }
    if (far == near) {
        return false;
    }
    for (uint32_t k = 0; k <= row; k++) {
        near -= step;
        far -= step;
        if (then[near] != then[far]) {
            return false;
        }
    }
    return true;
}

/* ---- Places ---- */

/* Whether all words of the passage are still beside each other. */
static bool is_kept(const news_search *s, const news_past *past, uint32_t word) {
    uint32_t place = past->place[word];
    for (uint32_t i = 0; i < s->wording.n; i++) {
        if (place == NEWS_NONE || past->place[word + i] != place + i) {
            return false;
        }
    }
    return true;
}

static news_trace follow_kept(const news_search *s, const news_past *past, uint32_t word,
                              news_candidate *c) {
    const news_wording *w = &s->wording;
    const news_units *text = &s->anchor->units;
    uint32_t place = past->place[word];
    side before = side_of(past, word, place, true);
    side after = side_of(past, word + w->n - 1, place + w->n - 1, false);
    if (before.row + after.row < ROW) {
        /* Between new words on both sides a short one that stands elsewhere too may be new as well.
         */
        bool may_be_new = before.row + after.row == 0 && s->exact.n < LONG &&
                          stands_elsewhere(past, word, place, w->n);
        return may_be_new ? NEWS_TRACE_DOUBT : NEWS_TRACE_NONE;
    }
    if (s->exact.n < LONG &&
        ((before.row == 0 && before.is_taken) || (after.row == 0 && after.is_taken))) {
        return NEWS_TRACE_DOUBT;
    }
    if (s->exact.n >= LONG) {
        before.least = before.row == 0 ? 0 : before.least;
        after.least = after.row == 0 ? 0 : after.least;
    }
    if (has_rival(past, word, place, w->n, &before, &after) ||
        slides_over(past, word, place, w->n, before.row, true) ||
        slides_over(past, word, place, w->n, after.row, false)) {
        return NEWS_TRACE_DOUBT;
    }
    uint32_t from = past->now->from[place] + w->inside;
    uint32_t to = past->now->to[place + w->n - 1];
    bool fits = from >= w->lead && from - w->lead + s->exact.n <= text->n &&
                memcmp(text->at + from - w->lead, s->exact.at, s->exact.n * sizeof *text->at) == 0;
    if (!fits && (w->inside || w->is_cut)) {
        return NEWS_TRACE_NONE;
    }
    *c = fits ? (news_candidate){.from = from - w->lead,
                                 .to = from - w->lead + s->exact.n,
                                 .words = 1.0f,
                                 .is_exact = true}
              : (news_candidate){.from = from, .to = to, .words = 1.0f};
    return NEWS_TRACE_FOUND;
}

/* The stretch between two units that is most like the passage. */
static bool most_like(const news_search *s, uint32_t from, uint32_t to, news_candidate *c) {
    const news_units *text = &s->anchor->units;
    uint32_t n = s->exact.n;
    news_arena scratch = {0};
    news_pattern forwards, backwards;
    bool is_like = false;
    if (to - from <= 2 * n + 16 &&
        news_pattern_make(&scratch, s->exact.at, n, s->anchor->n_alphabet, false, &forwards) &&
        news_pattern_make(&scratch, s->exact.at, n, s->anchor->n_alphabet, true, &backwards)) {
        uint32_t least = n;
        uint32_t distance = n;
        c->from = c->to = to;
        news_pattern_reset(&forwards);
        for (uint32_t i = from; i < to; i++) {
            distance = (uint32_t)((int)distance + news_pattern_step(&forwards, text->at[i], false));
            if (distance < least) {
                least = distance;
                c->to = i + 1;
            }
        }
        c->words = 1.0f - (float)least / (float)n;
        c->is_exact = least == 0;
        news_pattern_reset(&backwards);
        distance = n;
        least = n;
        for (uint32_t i = c->to; i > from; i--) {
            distance =
                (uint32_t)((int)distance + news_pattern_step(&backwards, text->at[i - 1], true));
            if (distance < least) {
                least = distance;
                c->from = i - 1;
            }
        }
        is_like = c->from < c->to && c->words >= NEWS_LIKE;
    }
    news_arena_free(&scratch);
    return is_like;
}

/* Whether a word beside a passage that was changed stands where it is said to beyond doubt. */
static bool holds_fast(const news_past *past, uint32_t then, uint32_t now) {
    side before = side_of(past, then, now, true);
    side after = side_of(past, then, now, false);
    return 1 + before.row + after.row >= BRACKET && !has_rival(past, then, now, 1, &before, &after);
}

/* A passage that was changed stands between what stood beside it. */
static bool follow_changed(const news_search *s, const news_past *past, uint32_t word,
                           news_candidate *c) {
    const news_wording *w = &s->wording;
    const news_units *text = &s->anchor->units;
    uint32_t end = word + w->n;
    if (w->inside || w->is_cut) {
        return false;
    }
    uint32_t left = word ? past->place[word - 1] : NEWS_NONE;
    uint32_t right = end < past->then.n ? past->place[end] : past->now->n;
    if ((word && left == NEWS_NONE) || right == NEWS_NONE) {
        return false;
    }
    uint32_t first = word ? left + 1 : 0;
    if (first >= right) {
        return false;
    }
    if ((word && !holds_fast(past, word - 1, left)) ||
        (end < past->then.n && !holds_fast(past, end, right))) {
        return false;
    }
    uint32_t from = word ? past->now->to[left] : 0;
    uint32_t to = end < past->then.n ? past->now->from[right] : text->n;
    return most_like(s, from, to, c);
}

news_trace news_follow_passage(const news_search *s, const news_past *past, uint32_t word,
                               news_candidate *c) {
    *c = (news_candidate){0};
    if (!is_there(s, past, word)) {
        return NEWS_TRACE_NONE;
    }
    if (is_kept(s, past, word)) {
        return follow_kept(s, past, word, c);
    }
    return follow_changed(s, past, word, c) ? NEWS_TRACE_FOUND : NEWS_TRACE_NONE;
}

bool news_follow_belongs_elsewhere(const news_search *s, const news_past *past, uint32_t word,
                                   const news_candidate *c) {
    if (!is_there(s, past, word)) {
        return false;
    }
    uint32_t low = 0;
    for (uint32_t high = past->now->n; low < high;) {
        uint32_t middle = low + (high - low) / 2;
        if (past->now->to[middle] <= c->from) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    for (uint32_t k = low; k < past->now->n && past->now->from[k] < c->to; k++) {
        uint32_t origin = past->origin[k];
        if (origin == NEWS_NONE || (origin >= word && origin < word + s->wording.n)) {
            return false;
        }
        if (!is_settled(past, origin, k, 1)) {
            return false;
        }
    }
    return true;
}
