/* The cut that makes the words of all segments most probable, each segment having its own mixture
 * of words, found by dynamic programming; then the phrase that is most a segment's own. Source of
 * the method: Utiyama and Isahara, "A statistical model for domain-independent text segmentation",
 * 2001. The costs for where a paragraph begins are this project's own. */
#include "segment.h"
#include "line.h"
#include "utf8.h"
#include "word_lists.h"

#include <math.h>
#include <string.h>

enum {
    MOST_UNITS = 3000,  /* more blocks than that are taken together */
    LONGEST = 24,       /* units of a segment */
    LEAST_SEGMENT = 60, /* words of a segment without a cost */
    LONG_WORD = 4,      /* letters of a word that tells a topic, unless it is a name */
    STEM = 6,           /* letters by which words are compared: "vaccine", "vaccines" */
    MOST_TITLE = 5,     /* words of a title */
    LONG_PLAIN = 5,     /* bytes of a plain word that may be one */
    LOGS = 4096,        /* logarithms kept in a table */
};

/* How much the words' probabilities count beside the form of the paragraphs. Like the costs of form
 * below it was fitted on half of the articles of ../shared/data/html/wcxb. */
static const double WORD_WEIGHT = 0.2;

typedef struct unit {
    uint32_t first_block, end_block; /* blocks of it, what is no text between them left out */
    uint32_t first_word, end_word;   /* content words */
    uint32_t n_words;                /* all words */
    double start_cost;               /* of a segment that begins here */
} unit;

typedef struct cutter {
    news_arena *arena;
    const news_text *text;
    const news_block *blocks;
    uint32_t n_blocks;
    NEWS_LIST(unit) units;
    NEWS_LIST(uint32_t) words; /* ids of content words, in order */
    uint32_t *slots, mask;     /* of the table from hashes to ids */
    NEWS_LIST(uint32_t) hashes;
    uint32_t n_words;
} cutter;

static bool is_text(news_role role) {
    return role == NEWS_ROLE_PARAGRAPH || role == NEWS_ROLE_BLOCKQUOTE || role == NEWS_ROLE_LIST ||
           role == NEWS_ROLE_PULLQUOTE || role == NEWS_ROLE_DATELINE || role == NEWS_ROLE_TABLE;
}

/* The id of a word, a new one where it has none; NEWS_NONE when memory is out. */
static uint32_t id_of(cutter *c, uint32_t hash) {
    if (2 * c->hashes.n >= c->mask) {
        uint32_t mask = c->mask ? 2 * c->mask + 1 : 1023;
        uint32_t *slots = news_arena_array(c->arena, (size_t)mask + 1, sizeof *slots);
        if (!slots) {
            return NEWS_NONE;
        }
        for (uint32_t i = 0; i < c->hashes.n; i++) {
            uint32_t at = c->hashes.at[i] & mask;
            while (slots[at]) {
                at = (at + 1) & mask;
            }
            slots[at] = i + 1;
        }
        c->slots = slots;
        c->mask = mask;
    }
    uint32_t at = hash & c->mask;
    while (c->slots[at] && c->hashes.at[c->slots[at] - 1] != hash) {
        at = (at + 1) & c->mask;
    }
    if (!c->slots[at]) {
        uint32_t *value = news_list_push(c->arena, &c->hashes);
        if (!value) {
            return NEWS_NONE;
        }
        *value = hash;
        c->slots[at] = c->hashes.n;
    }
    return c->slots[at] - 1;
}

/* A word of the text: its span, letters, and the hash of its stem. */
typedef struct word {
    news_span span;
    uint32_t letters, hash;
    bool capital, content;
} word;

/* The next word of [*at, to); false at the end. */
static bool next_word(const char *bytes, uint32_t *at, uint32_t to, word *w) {
    uint32_t length, c = 0;
    for (; *at < to; *at += length) {
        c = news_utf8_decode(bytes + *at, to - *at, &length);
        if (news_utf8_is_letter(c) || news_utf8_is_digit(c)) {
            break;
        }
    }
    if (*at >= to) {
        return false;
    }
    *w = (word){.span = {*at, *at}, .capital = news_utf8_is_upper(c), .hash = 2166136261u};
    bool letter = news_utf8_is_letter(c);
    while (*at < to) {
        c = news_utf8_decode(bytes + *at, to - *at, &length);
        bool inner = (c == '\'' || c == 0x2019 || c == '-') && w->letters;
        if (!news_utf8_is_letter(c) && !news_utf8_is_digit(c) && !inner) {
            break;
        }
        if (inner) {
            uint32_t n, next = *at + length < to
                                   ? news_utf8_decode(bytes + *at + length, to - *at - length, &n)
                                   : 0;
            if (c != '-' || !news_utf8_is_letter(next)) {
                break; /* the possessive's tail is no part of a name */
            }
        } else if (w->letters < STEM) {
            w->hash = (w->hash ^ news_utf8_lower(c)) * 16777619u;
        }
        w->letters++;
        *at += length;
    }
    w->span.to = *at;
    uint32_t n = w->span.to - w->span.from;
    w->hash ^= w->hash >> 15;
    bool when = w->capital && n <= news_words_clock.longest &&
                (news_words_find_folded(&news_words_clock, bytes + w->span.from, n).is_entry ||
                 news_words_find_folded(&news_words_months, bytes + w->span.from, n).is_entry);
    w->content = letter && !when && (w->letters >= LONG_WORD || (w->capital && w->letters > 1)) &&
                 !(n <= news_words_stopwords.longest &&
                   news_words_find_folded(&news_words_stopwords, bytes + w->span.from, n).is_entry);
    return true;
}

static bool add_words(cutter *c, unit *u, news_span span) {
    word w;
    for (uint32_t at = span.from; next_word(c->text->bytes, &at, span.to, &w);) {
        u->n_words++;
        if (!w.content) {
            continue;
        }
        uint32_t id = id_of(c, w.hash);
        uint32_t *slot = id == NEWS_NONE ? NULL : news_list_push(c->arena, &c->words);
        if (!slot) {
            return false;
        }
        *slot = id;
    }
    return true;
}

/* What is looked at of a paragraph's form. */
typedef struct form {
    uint32_t size; /* by words, from 0 to 5 */
    bool colon, stop, question, small, quote, bullet, number, label, connective;
} form;

/* "Name: text" at the start, as in lists of explanations. */
static bool starts_with_label(const char *s, uint32_t n) {
    if (n == 0 || s[0] < 'A' || s[0] > 'Z') {
        return false;
    }
    uint32_t at = 1;
    while (at < n && at <= 41 && s[at] != ':' && s[at] != '.' && s[at] != '!' && s[at] != '?') {
        at++;
    }
    return at > 1 && at + 1 < n && at <= 41 && s[at] == ':' && s[at + 1] == ' ';
}

static bool starts_with_number(const char *s, uint32_t n) {
    uint32_t at = n > 1 && s[0] == '#' ? 1 : 0, first = at;
    while (at < n && s[at] >= '0' && s[at] <= '9') {
        at++;
    }
    return at > first && at - first <= 3 && (first || (at < n && (s[at] == '.' || s[at] == ')')));
}

static form form_of(const cutter *c, const news_block *block) {
    static const uint8_t sizes[] = {5, 12, 25, 50, 90};
    news_line line;
    news_form_line(c->text->bytes, block->span, NEWS_ORDER_UNKNOWN, &line);
    const char *s = c->text->bytes + block->span.from;
    uint32_t n = block->span.to - block->span.from, at = block->span.from;
    form f = {.colon = line.end == NEWS_END_COLON || line.end == NEWS_END_COMMA,
              .question = line.end == NEWS_END_QUESTION,
              .small = line.flags & NEWS_LINE_STARTS_SMALL,
              .quote = line.flags & NEWS_LINE_STARTS_QUOTE,
              .bullet = block->role == NEWS_ROLE_LIST,
              .number = starts_with_number(s, n),
              .label = starts_with_label(s, n)};
    f.stop = f.question || line.end == NEWS_END_STOP || line.end == NEWS_END_ELLIPSIS;
    while (f.size < sizeof sizes && line.n_words >= sizes[f.size]) {
        f.size++;
    }
    word w;
    if (next_word(c->text->bytes, &at, block->span.to, &w)) {
        f.connective = news_words_find_folded(&news_words_connectives, c->text->bytes + w.span.from,
                                              w.span.to - w.span.from)
                           .is_entry;
    }
    return f;
}

/* What a new section costs between two paragraphs: the logarithm of the odds against it. */
static double start_cost(const form *a, const form *b) {
    static const double before[] = {0.07, -0.29, -0.36, -0.39, -0.36, 0.31};
    static const double behind[] = {-1.0, -0.94, -0.26, 0.08, 0.37, 0.86};
    double odds = -1.44 + before[a->size] + behind[b->size];
    odds += (b->colon ? 0.91 : 0) + (b->stop ? 0.25 : 0) + (b->question ? -0.39 : 0);
    odds += (a->colon ? -0.78 : 0) + (a->stop ? 0.75 : 0) + (a->label ? 0.91 : 0);
    odds += (b->small ? -0.11 : 0) + (b->bullet ? -0.22 : 0) + (b->label ? -0.30 : 0);
    odds += (b->number ? -1.47 : 0) + (a->number ? -1.59 : 0) + (b->quote ? -1.61 : 0);
    odds += (b->connective ? -0.91 : 0) + (a->label && b->label ? -2.41 : 0);
    odds += a->size < 2 && b->size < 2 ? -0.92 : 0;
    return a->bullet && b->bullet ? 4 - odds : -odds; /* marked lists hold together */
}

static bool collect(cutter *c) {
    uint32_t n_text = 0, group = 1, in_group = 0, last = NEWS_NONE;
    for (uint32_t i = 0; i < c->n_blocks; i++) {
        n_text += is_text(c->blocks[i].role);
    }
    group = n_text / MOST_UNITS + 1;
    unit *u = NULL;
    form before = {0};
    for (uint32_t i = 0; i < c->n_blocks; i++) {
        if (!is_text(c->blocks[i].role)) {
            continue;
        }
        bool goes_on = last != NEWS_NONE && c->blocks[last].role == NEWS_ROLE_DATELINE;
        form now = form_of(c, &c->blocks[i]);
        if (!u || (in_group >= group && !goes_on)) {
            u = news_list_push(c->arena, &c->units);
            if (!u) {
                return false;
            }
            *u = (unit){.first_block = i, .first_word = c->words.n};
            u->start_cost = last == NEWS_NONE ? 0 : start_cost(&before, &now);
            in_group = 0;
        }
        in_group++;
        if (!add_words(c, u, c->blocks[i].span)) {
            return false;
        }
        u->end_block = i + 1;
        u->end_word = c->words.n;
        last = i;
        before = now;
    }
    for (uint32_t i = 0; i < c->units.n; i++) {
        c->n_words += c->units.at[i].n_words;
    }
    return true;
}

/* Fills `cuts` with the units at which segments start, the first being 0; returns their number, or
 * 0 when memory is out. */
static uint32_t cut(cutter *c, uint32_t *cuts) {
    uint32_t n = c->units.n, vocabulary = c->hashes.n;
    double *best = news_arena_array(c->arena, (size_t)n + 1, sizeof *best);
    double *logs = news_arena_array(c->arena, LOGS, sizeof *logs);
    uint32_t *from = news_arena_array(c->arena, (size_t)n + 1, sizeof *from);
    uint32_t *counts = news_arena_array(c->arena, (size_t)vocabulary + 1, sizeof *counts);
    if (!best || !logs || !from || !counts) {
        return 0;
    }
    for (uint32_t i = 1; i < LOGS; i++) {
        logs[i] = log((double)i);
    }
    for (uint32_t end = 1; end <= n; end++) {
        /* All segments that end here, growing to the front. */
        double sum = 0;
        uint32_t words = 0, all = 0, start = end;
        best[end] = INFINITY;
        while (start > 0 && end - start < LONGEST) {
            const unit *u = &c->units.at[--start];
            for (uint32_t k = u->first_word; k < u->end_word; k++) {
                uint32_t *count = &counts[c->words.at[k]];
                if (*count + 2 < LOGS) { /* beyond that, one more tells nothing */
                    sum += (*count + 1) * logs[*count + 2] - *count * logs[*count + 1];
                    ++*count;
                }
            }
            words += u->end_word - u->first_word;
            all += u->n_words;
            double cost = WORD_WEIGHT * (words * log((double)words + vocabulary + 1) - sum);
            cost += start ? u->start_cost : 0;
            if (all < LEAST_SEGMENT) {
                cost += 3.0 * (LEAST_SEGMENT - all) / LEAST_SEGMENT;
            }
            if (best[start] + cost < best[end]) {
                best[end] = best[start] + cost;
                from[end] = start;
            }
        }
        for (uint32_t k = start; k < end; k++) {
            const unit *u = &c->units.at[k];
            for (uint32_t m = u->first_word; m < u->end_word; m++) {
                counts[c->words.at[m]] = 0;
            }
        }
    }
    uint32_t found = 0;
    for (uint32_t end = n; end > 0; end = from[end]) {
        cuts[found++] = from[end];
    }
    for (uint32_t i = 0; i < found / 2; i++) {
        uint32_t swap = cuts[i];
        cuts[i] = cuts[found - 1 - i];
        cuts[found - 1 - i] = swap;
    }
    return found;
}

/* ---- Titles ---- */

/* A phrase that may name a section: capitalised words in a row, or one content word. */
typedef struct phrase {
    uint32_t segments; /* that it stands in */
    uint32_t latest;   /* 1 + the latest of them */
    uint32_t count;    /* in the latest */
    news_span first;   /* in the latest */
    uint32_t words;
    bool inside; /* stands inside a sentence somewhere, so its capital is its own */
    bool used, name;
} phrase;

typedef struct titler {
    cutter *c;
    phrase *phrases; /* by id */
    uint32_t capacity;
    NEWS_LIST(uint32_t) touched; /* phrases of the segment at hand */
    uint32_t segment;            /* 1 + its number, counted on over both walks */
    bool first_walk;
} titler;

static phrase *phrase_of(titler *t, uint32_t id) {
    while (id >= t->capacity) {
        uint32_t before = t->capacity;
        phrase *grown =
            news_arena_grow(t->c->arena, t->phrases, before, &t->capacity, sizeof *grown);
        if (t->capacity == before) {
            return NULL;
        }
        t->phrases = grown;
        memset(t->phrases + before, 0, (t->capacity - before) * sizeof *t->phrases);
    }
    return &t->phrases[id];
}

/* Counts the phrase that the words of `run` are; `starts` where its first word begins a sentence.
 */
static bool count_phrase(titler *t, const word *run, uint32_t n, bool starts) {
    uint32_t hash = 0x9E3779B9u;
    for (uint32_t k = 0; k < n; k++) {
        hash = (hash ^ run[k].hash) * 16777619u;
    }
    uint32_t id = id_of(t->c, hash);
    phrase *p = id == NEWS_NONE ? NULL : phrase_of(t, id);
    if (!p) {
        return false;
    }
    if (p->latest != t->segment) {
        uint32_t *touched = news_list_push(t->c->arena, &t->touched);
        if (!touched) {
            return false;
        }
        *touched = id;
        p->latest = t->segment;
        p->segments += t->first_walk;
        p->count = 0;
        p->first = (news_span){run[0].span.from, run[n - 1].span.to};
    }
    p->count++;
    p->words = n;
    p->inside |= !starts || n > 1;
    p->name = run[0].capital;
    return true;
}

static bool count_phrases(titler *t, news_span span) {
    const char *bytes = t->c->text->bytes;
    word w, run[MOST_TITLE];
    uint32_t n = 0;
    bool starts = true, run_starts = false;
    for (uint32_t at = span.from;;) {
        uint32_t before = at;
        bool more = next_word(bytes, &at, span.to, &w), gap = false;
        for (uint32_t i = before; more && i < w.span.from; i++) {
            char c = bytes[i];
            gap |= c != ' ' && c != '\n';
            starts |= c == '.' || c == '!' || c == '?' || c == ':' || c == '"' || c == (char)0x9C;
        }
        bool joins = more && n && n < MOST_TITLE && !gap && w.capital && w.content;
        if (n && !joins) {
            if (!count_phrase(t, run, n, run_starts)) {
                return false;
            }
            n = 0;
        }
        if (!more) {
            return true;
        }
        if (w.content && w.capital) {
            run_starts = n ? run_starts : starts;
            run[n++] = w;
        } else if (w.content && !count_phrase(t, &w, 1, starts)) {
            return false;
        }
        starts = false;
    }
}

/* How much a phrase is this segment's own: names before words, rare before common. */
static double score(const phrase *p, uint32_t n_segments) {
    double own = log((n_segments + 1.0) / p->segments);
    double kind = p->name && p->inside ? (p->words > 1 ? 2.4 : 1.8) : p->name ? 0.4 : 0.7;
    double often = p->count > 1 ? 1 + log((double)p->count) : p->name && p->words > 1 ? 0.8 : 0.5;
    return own * kind * often;
}

static bool count_segment(titler *t, const news_segment *segment) {
    t->touched.n = 0;
    t->segment++;
    for (uint32_t b = segment->from; b < segment->to; b++) {
        if (is_text(t->c->blocks[b].role) && !count_phrases(t, t->c->blocks[b].span)) {
            return false;
        }
    }
    return true;
}

/* Two walks: the first tells in how many segments each phrase stands, the second chooses. */
static bool choose_titles(cutter *c, news_segments *out) {
    titler t = {.c = c, .first_walk = true};
    for (uint32_t i = 0; i < out->list.n; i++) {
        if (!count_segment(&t, &out->list.at[i])) {
            return false;
        }
    }
    t.first_walk = false;
    for (uint32_t i = 0; i < out->list.n; i++) {
        if (!count_segment(&t, &out->list.at[i])) {
            return false;
        }
        double best = 0;
        phrase *chosen = NULL;
        for (uint32_t k = 0; k < t.touched.n; k++) { /* in their order in the text */
            phrase *p = &t.phrases[t.touched.at[k]];
            /* One plain word must be said twice to name a section; else its first words do. */
            bool plain = !p->name && (p->count < 2 || p->first.to - p->first.from < LONG_PLAIN);
            double s = p->used || plain ? 0 : score(p, out->list.n);
            if (s > best) {
                best = s;
                chosen = p;
            }
        }
        if (chosen) {
            chosen->used = true;
            out->list.at[i].title = chosen->first;
        }
    }
    return true;
}

bool news_form_segments(news_arena *arena, const news_text *text, const news_block *blocks,
                        uint32_t n_blocks, news_segment_limits least, news_segments *out) {
    cutter c = {.arena = arena, .text = text, .blocks = blocks, .n_blocks = n_blocks};
    if (!collect(&c)) {
        return false;
    }
    uint32_t n = c.units.n, found = 1;
    uint32_t *cuts = news_arena_array(arena, (size_t)n + 1, sizeof *cuts);
    if (!cuts) {
        return false;
    }
    if (n >= least.paragraphs && c.n_words >= least.words) {
        found = cut(&c, cuts);
        if (found == 0) {
            return false;
        }
    }
    for (uint32_t i = 0; n && i < found; i++) {
        news_segment *segment = news_list_push(arena, &out->list);
        if (!segment) {
            return false;
        }
        uint32_t last = i + 1 < found ? cuts[i + 1] : n;
        *segment = (news_segment){c.units.at[cuts[i]].first_block,
                                  c.units.at[last - 1].end_block,
                                  {NEWS_NONE, NEWS_NONE}};
    }
    return out->list.n < 2 || choose_titles(&c, out);
}
