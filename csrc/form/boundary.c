/* Form and words of the paragraphs around each boundary, told as answers to fixed questions; the
 * weights are fitted by csrc/tools/train_sections.c. */
#include "boundary.h"
#include "line.h"
#include "utf8.h"
#include "word_lists.h"

#include <math.h>

static const int16_t weights[NEWS_N_BOUNDARY_FEATURES] = {
#include "sections.weights"
};

/* The file's unit. */
#define UNIT 256.0f

enum {
    LONGEST_LABEL = 41, /* bytes before the colon of "Name: text" */
    AROUND = 3,         /* boundaries on each side that one is compared with */
    SHORT = 12,         /* words; fewer are no paragraph of text */
    LONG = 45,
};

typedef enum paragraph_kind {
    KIND_OUTSIDE,
    KIND_TABLE,
    KIND_LABEL,
    KIND_NUMBER,
    KIND_TINY, /* a short line that is no sentence */
    KIND_OPEN, /* a longer one */
    KIND_COLON,
    KIND_QUESTION,
    KIND_SENTENCE,
    KIND_TEXT,
    KIND_LONG,
    N_KINDS,
} paragraph_kind;

enum {
    FLAG_LABEL,
    FLAG_NUMBER,
    FLAG_SMALL,
    FLAG_QUOTE,
    FLAG_CONNECTIVE,
    FLAG_TITLE, /* most of its long words have a capital */
    FLAG_ASKS,  /* holds a question mark */
    FLAG_PERSONAL,
    FLAG_BULLET,
    N_FLAGS
};

static uint32_t least(uint32_t a, uint32_t b) {
    return a < b ? a : b;
}

/* "Name: text" at the start, as in lists of explanations. */
static bool starts_with_label(const char *s, uint32_t n) {
    if (n == 0 || s[0] < 'A' || s[0] > 'Z') {
        return false;
    }
    uint32_t at = 1;
    while (at < n && at <= LONGEST_LABEL && s[at] != ':' && s[at] != '.' && s[at] != '!' &&
           s[at] != '?') {
        at++;
    }
    return at > 1 && at + 1 < n && at <= LONGEST_LABEL && s[at] == ':' && s[at + 1] == ' ';
}

static bool starts_with_number(const char *s, uint32_t n) {
    uint32_t at = n > 1 && s[0] == '#' ? 1 : 0, first = at;
    while (at < n && s[at] >= '0' && s[at] <= '9') {
        at++;
    }
    return at > first && at - first <= 3 &&
           (first || (at < n && (s[at] == '.' || s[at] == ')' || s[at] == ':')));
}

/* Counts the words of the first sentence, and looks at the first word. */
static void read_opening(const char *text, news_span span, news_paragraph *out, bool *connective) {
    uint32_t at = span.from, length, words = 0;
    news_span first = {0, 0};
    bool inside = false, ended = false;
    for (; at < span.to && !ended; at += length) {
        uint32_t c = news_utf8_decode(text + at, span.to - at, &length);
        bool letter = news_utf8_is_letter(c) || news_utf8_is_digit(c);
        if (letter && !inside) {
            words++;
            first.from = words == 1 ? at : first.from;
        }
        if (!letter && inside && words == 1 && !first.to) {
            first.to = at;
        }
        inside = letter;
        ended = (c == '.' || c == '!' || c == '?') && at + 1 < span.to && text[at + 1] == ' ';
    }
    first.to = first.to ? first.to : at;
    out->opening = (uint8_t)least(words, UINT8_MAX);
    *connective = false;
    if (words) {
        uint32_t hash = 2166136261u;
        for (uint32_t i = first.from; i < first.to; i += length) {
            uint32_t c = news_utf8_decode(text + i, first.to - i, &length);
            hash = (hash ^ news_utf8_lower(c)) * 16777619u;
        }
        out->first = hash | 1u;
        *connective = news_words_find_folded(&news_words_connectives, text + first.from,
                                             first.to - first.from)
                          .is_entry;
    }
}

static paragraph_kind kind_of(const news_paragraph *p, bool table) {
    if (table) {
        return KIND_TABLE;
    }
    if (p->flags >> FLAG_LABEL & 1) {
        return KIND_LABEL;
    }
    if (p->flags >> FLAG_NUMBER & 1) {
        return KIND_NUMBER;
    }
    switch ((news_line_end)p->end) {
    case NEWS_END_COLON:
        return KIND_COLON;
    case NEWS_END_QUESTION:
        return KIND_QUESTION;
    case NEWS_END_STOP:
    case NEWS_END_ELLIPSIS:
    case NEWS_END_QUOTE:
        return p->n_words < SHORT ? KIND_SENTENCE : p->n_words < LONG ? KIND_TEXT : KIND_LONG;
    case NEWS_END_WORD:
    case NEWS_END_COMMA:
    case NEWS_END_OTHER:
        break;
    }
    return p->n_words < SHORT ? KIND_TINY : KIND_OPEN;
}

void news_form_paragraph(const char *text, const news_block *block, const news_line *line,
                         news_paragraph *out) {
    news_line seen;
    if (!line) {
        news_form_line(text, block->span, NEWS_ORDER_UNKNOWN, &seen);
        line = &seen;
    }
    const char *s = text + block->span.from;
    uint32_t n = block->span.to - block->span.from;
    bool connective, asks = line->end == NEWS_END_QUESTION;
    out->n_words = line->n_words;
    out->sentences = (uint8_t)least(line->n_sentences, UINT8_MAX);
    out->end = line->end;
    read_opening(text, block->span, out, &connective);
    bool is[N_FLAGS] = {[FLAG_LABEL] = starts_with_label(s, n),
                        [FLAG_NUMBER] = starts_with_number(s, n),
                        [FLAG_SMALL] = line->flags & NEWS_LINE_STARTS_SMALL,
                        [FLAG_QUOTE] = line->flags & NEWS_LINE_STARTS_QUOTE,
                        [FLAG_CONNECTIVE] = connective,
                        [FLAG_TITLE] = line->n_long && line->n_long_caps * 10 > line->n_long * 6,
                        [FLAG_ASKS] = asks,
                        [FLAG_PERSONAL] = line->n_personal > 0,
                        [FLAG_BULLET] = block->role == NEWS_ROLE_LIST};
    for (uint32_t k = 0; k < N_FLAGS; k++) {
        out->flags |= (uint16_t)((is[k] ? 1u : 0u) << k);
    }
    out->kind = (uint8_t)kind_of(out, block->role == NEWS_ROLE_TABLE || (n && s[0] == '|'));
}

/* ---- Words on both sides ---- */

typedef struct sides {
    const news_paragraph *paragraphs;
    uint32_t n;
    const uint32_t *words;
    float *rarity; /* of each word */
    uint32_t *left, *right;
    uint32_t *last; /* 1 + the paragraph that had each word latest */
} sides;

static void count(const sides *s, uint32_t from, uint32_t to, uint32_t *counts) {
    for (uint32_t k = s->paragraphs[from].first_word; k < s->paragraphs[to - 1].end_word; k++) {
        counts[s->words[k]]++;
    }
}

/* The square of the length of the words of some paragraphs; what is counted is forgotten. */
static double squares(const sides *s, uint32_t from, uint32_t to, uint32_t *counts) {
    double sum = 0;
    for (uint32_t k = s->paragraphs[from].first_word; k < s->paragraphs[to - 1].end_word; k++) {
        double weight = counts[s->words[k]] * (double)s->rarity[s->words[k]];
        sum += weight * weight;
        counts[s->words[k]] = 0;
    }
    return sum;
}

/* The cosine between the words of `width` paragraphs on both sides of paragraph `i`'s start. */
static double likeness(const sides *s, uint32_t i, uint32_t width) {
    uint32_t from = i > width ? i - width : 0, to = i + width < s->n ? i + width : s->n;
    count(s, from, i, s->left);
    count(s, i, to, s->right);
    double product = 0;
    for (uint32_t k = s->paragraphs[i].first_word; k < s->paragraphs[to - 1].end_word; k++) {
        uint32_t word = s->words[k]; /* each of the right side's words as often as it stands */
        product += s->left[word] * (double)s->rarity[word] * (double)s->rarity[word];
    }
    double a = squares(s, from, i, s->left), b = squares(s, i, to, s->right);
    return a > 0 && b > 0 ? product / sqrt(a * b) : 0;
}

/* Parts of a hundred of the words of paragraph `i` that stand in paragraph `j`. */
static uint32_t shared(const sides *s, uint32_t i, uint32_t j) {
    const news_paragraph *p = &s->paragraphs[i], *q = &s->paragraphs[j];
    uint32_t n = 0, all = p->end_word - p->first_word;
    for (uint32_t k = q->first_word; k < q->end_word; k++) {
        s->left[s->words[k]] = 1;
    }
    for (uint32_t k = p->first_word; k < p->end_word; k++) {
        n += s->left[s->words[k]];
    }
    for (uint32_t k = q->first_word; k < q->end_word; k++) {
        s->left[s->words[k]] = 0;
    }
    return all ? n * 100 / all : 0;
}

static bool weigh_words(news_arena *arena, sides *s, uint32_t vocabulary) {
    s->rarity = news_arena_array(arena, (size_t)vocabulary + 1, sizeof *s->rarity);
    s->left = news_arena_array(arena, (size_t)vocabulary + 1, sizeof *s->left);
    s->right = news_arena_array(arena, (size_t)vocabulary + 1, sizeof *s->right);
    s->last = news_arena_array(arena, (size_t)vocabulary + 1, sizeof *s->last);
    if (!s->rarity || !s->left || !s->right || !s->last) {
        return false;
    }
    for (uint32_t i = 0; i < s->n; i++) { /* paragraphs that each word stands in */
        for (uint32_t k = s->paragraphs[i].first_word; k < s->paragraphs[i].end_word; k++) {
            uint32_t word = s->words[k];
            s->left[word] += s->right[word] != i + 1;
            s->right[word] = i + 1;
        }
    }
    for (uint32_t word = 0; word < vocabulary; word++) {
        s->rarity[word] = s->left[word] ? (float)log((s->n + 1.0) / s->left[word]) : 0;
        s->left[word] = s->right[word] = 0;
    }
    return true;
}

/* ---- The answers ---- */

static uint32_t bucket(double value, const double *bounds, uint32_t n) {
    uint32_t i = 0;
    while (i < n && value >= bounds[i]) {
        i++;
    }
    return i;
}

#define BUCKET(value, bounds) bucket(value, bounds, sizeof(bounds) / sizeof *(bounds))
#define GIVE(name, answer)                                                                         \
    (out->answers[out->n++] = (uint16_t)(NEWS_BOUNDARY_##name + (uint32_t)(answer)))

static void answer_form(const sides *s, uint32_t i, news_boundary *out) {
    static const double sizes[] = {3, 6, 12, 20, 30, 45, 65, 90}, openings[] = {6, 12, 18, 24, 30};
    const news_paragraph *a = &s->paragraphs[i - 1], *b = &s->paragraphs[i];
    const news_paragraph *z = i > 1 ? a - 1 : NULL, *c = i + 1 < s->n ? b + 1 : NULL;
    const news_paragraph *d = i + 2 < s->n ? b + 2 : NULL;
    GIVE(bias, 0);
    GIVE(z_size, z ? BUCKET(z->n_words, sizes) : 9);
    GIVE(a_size, BUCKET(a->n_words, sizes));
    GIVE(b_size, BUCKET(b->n_words, sizes));
    GIVE(c_size, c ? BUCKET(c->n_words, sizes) : 9);
    GIVE(ends, a->end * 8u + b->end);
    GIVE(c_end, c ? c->end : 8u);
    uint32_t kinds = (uint32_t)a->kind * N_KINDS + b->kind, kind_c = c ? c->kind : KIND_OUTSIDE;
    GIVE(kinds_before, (z ? z->kind : KIND_OUTSIDE) * (uint32_t)N_KINDS * N_KINDS + kinds);
    GIVE(kinds_behind, kinds * N_KINDS + kind_c);
    GIVE(kinds_far, kind_c * N_KINDS + (d ? d->kind : KIND_OUTSIDE));
    for (uint32_t k = 0; k < N_FLAGS; k++) {
        bool in_a = a->flags >> k & 1, in_b = b->flags >> k & 1;
        if (in_a) {
            GIVE(a_flag, k);
        }
        if (in_b) {
            GIVE(b_flag, k);
        }
        if (in_a && in_b) {
            GIVE(both_flag, k);
        }
    }
    GIVE(a_sentences, least(a->sentences, 4));
    GIVE(b_sentences, least(b->sentences, 4));
    GIVE(b_opening, BUCKET(b->opening, openings));
    GIVE(same_first, (a->first == b->first ? 2 : 0) + (c && b->first == c->first ? 1 : 0));
}

static void answer_place(const sides *s, uint32_t i, double mean, uint32_t shorts,
                         news_boundary *out) {
    static const double ratios[] = {0.2, 0.5, 0.9, 1.4, 2.2};
    const news_paragraph *b = &s->paragraphs[i];
    uint32_t left = s->n - i;
    GIVE(place, i <= 3 ? i - 1 : left <= 2 ? 2 + left : (uint32_t)((uint64_t)i * 3 / s->n) + 5);
    GIVE(a_length, BUCKET(b[-1].n_words / mean, ratios));
    GIVE(b_length, BUCKET(b->n_words / mean, ratios));
    GIVE(c_length, i + 1 < s->n ? BUCKET(b[1].n_words / mean, ratios) : 6);
    GIVE(shorts, shorts);
}

/* How the words change; `near`, `middle` and `far` are the likenesses of all boundaries. */
static void answer_words(const sides *s, uint32_t i, float *const *likenesses, news_boundary *out) {
    static const double cosines[] = {0.001, 0.02, 0.04, 0.07, 0.1, 0.15, 0.25};
    static const double dips[] = {-0.1, -0.05, -0.02, -0.005, 0.005, 0.03, 0.08};
    static const double parts[] = {1, 10, 25, 40, 60};
    static const uint16_t levels[] = {NEWS_BOUNDARY_near, NEWS_BOUNDARY_middle, NEWS_BOUNDARY_far};
    static const uint16_t falls[] = {NEWS_BOUNDARY_near_dip, NEWS_BOUNDARY_middle_dip,
                                     NEWS_BOUNDARY_far_dip};
    for (uint32_t k = 0; k < 3; k++) {
        double own = (double)likenesses[k][i], sum = 0, lowest = INFINITY;
        uint32_t from = i > AROUND ? i - AROUND : 1, to = least(i + AROUND + 1, s->n), n = 0;
        for (uint32_t j = from; j < to; j++) {
            if (j != i) {
                double other = (double)likenesses[k][j];
                sum += other;
                lowest = other < lowest ? other : lowest;
                n++;
            }
        }
        out->answers[out->n++] = (uint16_t)(levels[k] + BUCKET(own, cosines));
        if (n) {
            out->answers[out->n++] = (uint16_t)(falls[k] + BUCKET(own - sum / n, dips));
            if (own <= lowest) {
                out->answers[out->n++] = (uint16_t)(falls[k] + 8);
            }
        }
    }
    const news_paragraph *b = &s->paragraphs[i];
    uint32_t all = b->end_word - b->first_word, fresh = 0, recent = 0;
    for (uint32_t k = b->first_word; k < b->end_word; k++) {
        uint32_t last = s->last[s->words[k]]; /* of the paragraphs before this one */
        fresh += last == 0;
        recent += last && i + 1 - last <= 2;
    }
    if (all) {
        const uint32_t fresh_share = fresh * 100 / all, recent_share = recent * 100 / all;
        GIVE(fresh, BUCKET(fresh_share, parts));
        GIVE(recent, BUCKET(recent_share, parts));
        GIVE(goes_on, BUCKET(i + 1 < s->n ? shared(s, i, i + 1) : 0, parts));
    }
    if (b[-1].end_word > b[-1].first_word) {
        GIVE(given_up, BUCKET(shared(s, i - 1, i), parts));
    }
}

static float odds_of(const news_boundary *boundary) {
    int32_t sum = 0;
    for (uint32_t k = 0; k < boundary->n; k++) {
        sum += weights[boundary->answers[k]];
    }
    return (float)sum / UNIT;
}

bool news_form_boundaries(news_arena *arena, const news_paragraph *paragraphs, uint32_t n,
                          const uint32_t *words, uint32_t vocabulary, float *odds,
                          news_boundary *answers) {
    sides s = {.paragraphs = paragraphs, .n = n, .words = words};
    float *likenesses[3];
    if (!weigh_words(arena, &s, vocabulary)) {
        return false;
    }
    uint64_t all = 0, shorts = 0;
    for (uint32_t k = 0, width = 1; k < 3; k++, width *= 2) {
        likenesses[k] = news_arena_array(arena, (size_t)n + 1, sizeof *likenesses[k]);
        if (!likenesses[k]) {
            return false;
        }
        for (uint32_t i = 1; i < n; i++) {
            likenesses[k][i] = (float)likeness(&s, i, width);
        }
    }
    for (uint32_t i = 0; i < n; i++) {
        all += paragraphs[i].n_words;
        shorts += paragraphs[i].n_words < SHORT;
    }
    double mean = n ? (double)(all + 1) / n : 1;
    for (uint32_t i = 0; i < n; i++) {
        news_boundary row = {.n = 0};
        if (i > 0) {
            answer_form(&s, i, &row);
            answer_place(&s, i, mean, (uint32_t)(shorts * 4 / n), &row);
            answer_words(&s, i, likenesses, &row);
        }
        for (uint32_t k = paragraphs[i].first_word; k < paragraphs[i].end_word; k++) {
            s.last[words[k]] = i + 1;
        }
        odds[i] = odds_of(&row);
        if (answers) {
            answers[i] = row;
        }
    }
    return true;
}
