/* Features and scores of a page's passages. */
#include "content.h"
#include "label.h"
#include "utf8.h"
#include "word_lists.h"

#include <string.h>

/* Fitted by script/train html on part of the development pages; see csrc/data/README.md. */
static const int16_t first_weights[NEWS_N_CONTENT_FEATURES] = {
#include "content_first.weights"
};
static const int16_t second_weights[NEWS_N_CONTENT_FEATURES] = {
#include "content_second.weights"
};

/* ---- The headline -----------------------------------------------------------------------------
 */

/* A hash of the letters and digits, as news_line has it, cannot be compared over prefixes; titles
 * are compared by their folded letters one by one. Whether one is the start of the other. */
static bool reads_as(const char *a, uint32_t n_a, const char *b, uint32_t n_b) {
    uint32_t i = 0, k = 0, same = 0;
    for (;;) {
        uint32_t x = 0, y = 0, length;
        while (i < n_a && !x) {
            x = news_utf8_lower(news_utf8_decode(a + i, n_a - i, &length));
            x = news_utf8_is_letter(x) || news_utf8_is_digit(x) ? x : 0;
            i += length;
        }
        while (k < n_b && !y) {
            y = news_utf8_lower(news_utf8_decode(b + k, n_b - k, &length));
            y = news_utf8_is_letter(y) || news_utf8_is_digit(y) ? y : 0;
            k += length;
        }
        if (x != y) {
            enum { ENOUGH = 18 }; /* letters in common that are no chance */
            return same >= ENOUGH && (x == 0 || y == 0);
        }
        if (x == 0) {
            return same > 0;
        }
        same++;
    }
}

/* The passage that reads as a claimed headline, a heading before others; else the first heading of
 * the highest level; else none. */
static uint32_t find_title(const news_reading *reading) {
    const news_passage *passages = reading->passages.list.at;
    uint32_t best = NEWS_NONE, best_score = 0, n = reading->passages.list.n;
    enum { MOST_LOOKED_AT = 3000, LONGEST = 400 };
    for (uint32_t i = 0; i < n && i < MOST_LOOKED_AT; i++) {
        const news_passage *p = &passages[i];
        uint32_t length = p->span.to - p->span.from, score = 0;
        if (length > LONGEST) {
            continue;
        }
        uint16_t places = reading->evidence.at[i].places;
        bool aside = places & (NEWS_IN_NAV | NEWS_IN_FOOTER | NEWS_IN_ASIDE);
        if (p->markup == NEWS_MARKUP_HEADING) {
            score = aside ? 1 : 10 - (p->level < 9 ? p->level : 9u);
        }
        for (uint32_t k = 0; k < reading->claims.list.n; k++) {
            const news_claim *claim = &reading->claims.list.at[k];
            if (claim->kind == NEWS_CLAIM_HEADLINE &&
                reads_as(reading->text.bytes + p->span.from, length, claim->value.bytes,
                         claim->value.n)) {
                score += 20;
                break;
            }
        }
        if (score > best_score && score >= 8) {
            best = i;
            best_score = score;
        }
    }
    return best;
}

/* ---- Features ---------------------------------------------------------------------------------
 */

bool news_content_open(news_arena *arena, const news_reading *reading, const news_line *lines,
                       news_content *out) {
    uint32_t n = reading->passages.list.n;
    *out = (news_content){.arena = arena,
                          .text = reading->text.bytes,
                          .reading = reading,
                          .lines = lines,
                          .n = n,
                          .title = find_title(reading)};
    for (uint32_t i = 0; i < n; i++) {
        for (uint32_t k = 0; k < 3; k++) {
            uint32_t number = reading->evidence.at[i].parents[k];
            out->n_elements = number >= out->n_elements ? number + 1 : out->n_elements;
        }
    }
    out->before = news_arena_array(arena, n + 1, sizeof *out->before);
    out->scores = news_arena_array(arena, n + 1, sizeof *out->scores);
    out->past = news_arena_array(arena, n + 1, sizeof *out->past);
    for (uint32_t k = 0; k < 3; k++) {
        out->masses[k] = news_arena_array(arena, out->n_elements + 1, sizeof *out->masses[k]);
        if (!out->masses[k]) {
            return false;
        }
    }
    if (!out->before || !out->scores || !out->past) {
        return false;
    }
    for (uint32_t i = 0; i < n; i++) {
        news_span span = reading->passages.list.at[i].span;
        const news_evidence *evidence = &reading->evidence.at[i];
        bool running =
            news_line_is_running(&lines[i]) && evidence->n_link * 2 < span.to - span.from;
        out->before[i] = out->running;
        for (uint32_t k = 0; k < 3; k++) {
            struct news_content_mass *mass = &out->masses[k][evidence->parents[k]];
            mass->running += running ? span.to - span.from : 0;
            mass->bytes += span.to - span.from;
            mass->links += evidence->n_link;
        }
        out->running += running ? span.to - span.from : 0;
    }
    out->before[n] = out->running;
    return true;
}

static uint32_t power(uint32_t n) {
    uint32_t k = 0;
    while (n > 1) {
        n >>= 1;
        k++;
    }
    return k;
}

static uint32_t at_most(uint32_t n, uint32_t most) {
    return n < most ? n : most;
}

/* 0 for none, then by steps up to 5 for all. */
static uint32_t link_class(uint32_t link, uint32_t bytes) {
    if (link == 0) {
        return 0;
    }
    uint64_t percent = (uint64_t)link * 100 / (bytes ? bytes : 1);
    return percent < 10 ? 1 : percent < 30 ? 2 : percent < 60 ? 3 : percent < 90 ? 4 : 5;
}

/* 0 for none, then by the share doubling up to 7 for the better part of all. */
static uint32_t share_class(uint32_t part, uint32_t whole) {
    if (part == 0 || whole == 0) {
        return 0;
    }
    uint64_t percent = (uint64_t)part * 100 / whole;
    return percent < 2    ? 1
           : percent < 5  ? 2
           : percent < 12 ? 3
           : percent < 25 ? 4
           : percent < 50 ? 5
           : percent < 80 ? 6
                          : 7;
}

static uint32_t shape_class(const news_content *c, uint32_t i) {
    news_span span = c->reading->passages.list.at[i].span;
    uint32_t length = span.to - span.from;
    uint32_t links = link_class(c->reading->evidence.at[i].n_link, length);
    uint32_t size = length < 16 ? 0 : length < 40 ? 1 : length < 90 ? 2 : length < 200 ? 3 : 4;
    return 1 + size * 4 + (links == 0 ? 0 : links <= 2 ? 1 : links <= 4 ? 2 : 3);
}

/* Ten classes of a logit. */
static uint32_t score_class(int64_t score) {
    int64_t k = score / (NEWS_CONTENT_UNIT * 3 / 4) + 5 - (score < 0);
    return k < 0 ? 0 : k > 9 ? 9 : (uint32_t)k;
}

typedef struct list {
    uint16_t *at;
    uint32_t n;
} list;

static void put(list *l, uint32_t feature) {
    if (l->n < NEWS_MOST_CONTENT_FEATURES) {
        l->at[l->n++] = (uint16_t)feature;
    }
}

static void put_flags(list *l, uint32_t first, uint32_t flags) {
    for (; flags; flags &= flags - 1) {
        put(l, first + power(flags & (~flags + 1)));
    }
}

static int64_t mean(int64_t sum, uint32_t n) {
    return n ? sum / n : -2 * NEWS_CONTENT_UNIT;
}

uint32_t news_content_features(const news_content *c, uint32_t i, bool second,
                               uint16_t out[NEWS_MOST_CONTENT_FEATURES]) {
    list l = {out, 0};
    const news_passage *passage = &c->reading->passages.list.at[i];
    const news_evidence *evidence = &c->reading->evidence.at[i], *all = c->reading->evidence.at;
    const news_line *line = &c->lines[i];
    uint32_t length = passage->span.to - passage->span.from;
    bool running = news_line_is_running(line);
    put(&l, NEWS_CONTENT_element + evidence->element);
    put_flags(&l, NEWS_CONTENT_place, evidence->places);
    put_flags(&l, NEWS_CONTENT_word, evidence->words & 0x3FFFu);
    put_flags(&l, NEWS_CONTENT_word_above, evidence->words_above & 0x3FFFu);
    put(&l, NEWS_CONTENT_heading_level +
                (passage->markup == NEWS_MARKUP_HEADING ? at_most(passage->level, 6) : 0));
    put(&l, NEWS_CONTENT_length + at_most(power(length), 11));
    put(&l, NEWS_CONTENT_links + link_class(evidence->n_link, length));
    put(&l, NEWS_CONTENT_stops +
                at_most(line->n_stops > 3 ? 2 + power(line->n_stops) : line->n_stops, 7));
    put(&l, NEWS_CONTENT_sentences + at_most(line->n_sentences, 4));
    put(&l, NEWS_CONTENT_commas + at_most(line->n_commas, 3));
    put(&l, NEWS_CONTENT_end + at_most(line->end, 7));
    put_flags(&l, NEWS_CONTENT_line_flag, line->flags & 0xFFFFFu);
    put(&l, NEWS_CONTENT_opening + at_most(line->opening, 23));
    put(&l, NEWS_CONTENT_running_element + 2u * evidence->element + (running ? 1u : 0u));
    const struct news_content_mass *own = &c->masses[0][evidence->parents[0]];
    put(&l, NEWS_CONTENT_mass + share_class(own->running, c->running));
    put(&l, NEWS_CONTENT_mass_above +
                share_class(c->masses[1][evidence->parents[1]].running, c->running));
    put(&l, NEWS_CONTENT_mass_two_above +
                share_class(c->masses[2][evidence->parents[2]].running, c->running));
    put(&l, NEWS_CONTENT_link_mass + link_class(own->links, own->bytes));
    put(&l, NEWS_CONTENT_before + share_class(c->before[i], c->running));
    put(&l, NEWS_CONTENT_past_title + (c->title == NEWS_NONE ? 1u
                                       : i < c->title        ? 0u
                                       : i == c->title       ? 1u
                                                             : 2u));
    bool same_before = i > 0 && all[i - 1].parents[0] == evidence->parents[0];
    bool same_after = i + 1 < c->n && all[i + 1].parents[0] == evidence->parents[0];
    bool repeated = i > 0 && c->lines[i - 1].hash == line->hash;
    put(&l, NEWS_CONTENT_same_before + (same_before ? 1u : 0u));
    put(&l, NEWS_CONTENT_same_after + (same_after ? 1u : 0u));
    put(&l, NEWS_CONTENT_shape_before + (i > 0 ? shape_class(c, i - 1) : 0));
    put(&l, NEWS_CONTENT_shape_after + (i + 1 < c->n ? shape_class(c, i + 1) : 0));
    put(&l, NEWS_CONTENT_repeated + (repeated ? 1u : 0u));
    if (second) {
        int64_t none = -4 * NEWS_CONTENT_UNIT;
        put(&l, NEWS_CONTENT_score_before + score_class(i > 0 ? c->scores[i - 1] : none));
        put(&l, NEWS_CONTENT_score_two_before + score_class(i > 1 ? c->scores[i - 2] : none));
        put(&l, NEWS_CONTENT_score_own + score_class(c->scores[i]));
        put(&l, NEWS_CONTENT_score_after + score_class(i + 1 < c->n ? c->scores[i + 1] : none));
        put(&l, NEWS_CONTENT_score_two_after + score_class(i + 2 < c->n ? c->scores[i + 2] : none));
        put(&l, NEWS_CONTENT_score_parent + score_class(mean(own->score, own->bytes)));
        const struct news_content_mass *above = &c->masses[1][evidence->parents[1]];
        put(&l, NEWS_CONTENT_score_grandparent + score_class(mean(above->score, above->bytes)));
        put(&l, NEWS_CONTENT_score_past + score_class(mean(c->past[i], c->before[i])));
        put(&l, NEWS_CONTENT_score_to_come +
                    score_class(mean(c->past[c->n] - c->past[i], c->running - c->before[i])));
    }
    return l.n;
}

static int32_t sum(const uint16_t *features, uint32_t n, const int16_t *weights) {
    int32_t total = 0;
    for (uint32_t k = 0; k < n; k++) {
        total += weights[features[k]];
    }
    return total;
}

void news_content_score(news_content *c, const int16_t *weights) {
    uint16_t features[NEWS_MOST_CONTENT_FEATURES];
    for (uint32_t i = 0; i < c->n; i++) {
        c->scores[i] = sum(features, news_content_features(c, i, false, features), weights);
        const news_evidence *evidence = &c->reading->evidence.at[i];
        news_span span = c->reading->passages.list.at[i].span;
        for (uint32_t k = 0; k < 3; k++) {
            c->masses[k][evidence->parents[k]].score +=
                (int64_t)c->scores[i] * (span.to - span.from);
        }
        c->past[i + 1] = c->past[i] + (int64_t)c->scores[i] * (c->before[i + 1] - c->before[i]);
    }
}

/* ---- Labels -----------------------------------------------------------------------------------
 */

/* Words of the class, or of the elements around, that say what a passage beside the text is. */
static bool is_supplement(const news_evidence *evidence, const news_passage *passage,
                          const news_line *line) {
    enum {
        WORDS = NEWS_PAGE_WORDS_CAPTION | NEWS_PAGE_WORDS_CREDIT | NEWS_PAGE_WORDS_BYLINE |
                NEWS_PAGE_WORDS_DEK
    };
    bool shown = passage->markup == NEWS_MARKUP_CAPTION || (evidence->places & NEWS_IN_FIGURE);
    bool told = (evidence->words & WORDS) || (line->flags & (NEWS_LINE_BYLINE | NEWS_LINE_IS_DATE));
    return shown || told;
}

/* Lines from the headline on in which byline, date and the like are looked for. */
enum { HEAD = 14 };

bool news_form_content(news_arena *arena, const news_reading *reading, const news_line *lines,
                       uint8_t *labels) {
    news_content c;
    if (!news_content_open(arena, reading, lines, &c)) {
        return false;
    }
    news_content_score(&c, first_weights);
    uint32_t last = NEWS_NONE, first = NEWS_NONE;
    uint16_t features[NEWS_MOST_CONTENT_FEATURES];
    for (uint32_t i = 0; i < c.n; i++) {
        bool is_text =
            sum(features, news_content_features(&c, i, true, features), second_weights) > 0;
        labels[i] = is_text ? NEWS_LABEL_BODY : NEWS_LABEL_WITHIN;
        if (is_text) {
            first = first == NEWS_NONE ? i : first;
            last = i;
        }
    }
    for (uint32_t i = 0; i < c.n; i++) {
        const news_passage *passage = &reading->passages.list.at[i];
        const news_evidence *evidence = &reading->evidence.at[i];
        bool in_head = c.title != NEWS_NONE && i > c.title && i - c.title <= HEAD;
        if (i == c.title && first != NEWS_NONE) {
            labels[i] = NEWS_LABEL_HEADLINE;
        } else if (labels[i] == NEWS_LABEL_BODY) {
            if (passage->markup == NEWS_MARKUP_HEADING) {
                labels[i] = NEWS_LABEL_SUBHEAD;
            } else if (passage->markup == NEWS_MARKUP_CAPTION ||
                       (evidence->places & NEWS_IN_FIGURE)) {
                labels[i] = NEWS_LABEL_SUPPLEMENT;
            }
        } else if (is_supplement(evidence, passage, &lines[i]) && first != NEWS_NONE && i < last &&
                   (in_head || (i > first && (evidence->places & NEWS_IN_FIGURE)))) {
            labels[i] = NEWS_LABEL_SUPPLEMENT;
        } else if (i < (c.title != NEWS_NONE && c.title < first ? c.title : first)) {
            labels[i] = NEWS_LABEL_BEFORE;
        } else if (last == NEWS_NONE || i > last) {
            labels[i] = NEWS_LABEL_AFTER;
        }
    }
    return true;
}
