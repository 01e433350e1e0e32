/* The cuts with the best sum of odds, found by dynamic programming over the segments that end at
 * each paragraph; then the phrase that is most a segment's own. */
#include "segment.h"
#include "utf8.h"
#include "word_lists.h"

#include <math.h>
#include <string.h>

enum {
    MOST_UNITS = 3000,  /* more blocks than that are taken together */
    LONGEST = 24,       /* units of a segment */
    LEAST_SEGMENT = 40, /* words of a segment without a cost */
    MOST_SEGMENT = 200, /* and of one that is not long */
    LONG_WORD = 4,      /* letters of a word that tells a topic, unless it is a name */
    STEM = 6,           /* letters by which words are compared: "vaccine", "vaccines" */
    MOST_TITLE = 5,     /* words of a title */
    LONG_PLAIN = 5,     /* bytes of a plain word that may be one */
};

/* In the unit of the odds that a section begins; chosen on the half that the weights were fitted
 * on.
 */
static const float SHORT_COST = 1.0f, LONG_COST = 2.0f, HOLD_COST = 4.0f;

typedef struct unit {
    uint32_t first_block, end_block; /* blocks of it, what is no text between them left out */
    uint32_t n_words;
    float start_cost; /* of a segment that begins here */
} unit;

/* A content word in its place. */
typedef struct said {
    news_span span;
    bool capital;
    bool joined; /* blanks alone stand between the content word before it and this one */
    bool starts; /* a sentence, or what is quoted */
} said;

typedef struct cutter {
    news_arena *arena;
    const news_text *text;
    const news_block *blocks;
    uint32_t n_blocks;
    NEWS_LIST(news_paragraph) paragraphs;
    NEWS_LIST(unit) units;
    NEWS_LIST(uint32_t) words; /* ids of content words, in order */
    NEWS_LIST(said) said;      /* the same, as they stand */
    const news_lines *lines;   /* what is known of blocks; may hold none */
    uint32_t line;             /* the first of them that ends behind the last block */
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

/* Whether the word tells no topic: one that all texts are full of, or a time. */
static bool is_listed(const char *bytes, uint32_t n, bool capital) {
    enum { LONGEST_LISTED = 64 };
    char folded[2 * LONGEST_LISTED];
    if (n > LONGEST_LISTED) { /* no list has longer words */
        return false;
    }
    bool may_be_time = capital && n <= news_words_clock.longest;
    bool may_be_stop = n <= news_words_stopwords.longest;
    n = news_utf8_fold(bytes, n, folded);
    uint32_t key = news_words_key(folded, n);
    return (may_be_stop && news_words_find_keyed(&news_words_stopwords, folded, n, key).is_entry) ||
           (may_be_time && (news_words_find_keyed(&news_words_clock, folded, n, key).is_entry ||
                            news_words_find_keyed(&news_words_months, folded, n, key).is_entry));
}

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
        c = (unsigned char)bytes[*at];
        if ((c | 0x20) - 'a' < 26) { /* an ASCII letter, as nearly all are */
            if (w->letters < STEM) {
                w->hash = (w->hash ^ (c | 0x20)) * 16777619u;
            }
            w->letters++;
            ++*at;
            continue;
        }
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
    w->content = letter && (w->letters >= LONG_WORD || (w->capital && w->letters > 1)) &&
                 !is_listed(bytes + w->span.from, n, w->capital);
    return true;
}

/* Adds the content words of a paragraph. */
static bool add_words(cutter *c, news_paragraph *p, news_span span) {
    const char *bytes = c->text->bytes;
    word w;
    bool content = false; /* the word before is a content word */
    uint32_t end = span.from;
    p->first_word = c->words.n;
    for (uint32_t at = span.from; next_word(bytes, &at, span.to, &w); end = at) {
        bool gap = false, starts = end == span.from;
        for (uint32_t i = end; w.content && i < w.span.from; i++) {
            char sign = bytes[i];
            gap |= sign != ' ' && sign != '\n';
            starts |= sign == '.' || sign == '!' || sign == '?' || sign == ':' || sign == '"' ||
                      sign == (char)0x9C; /* the last byte of an opening mark */
        }
        bool joined = content && !gap;
        content = w.content;
        if (!w.content) {
            continue;
        }
        uint32_t id = id_of(c, w.hash);
        uint32_t *slot = id == NEWS_NONE ? NULL : news_list_push(c->arena, &c->words);
        said *place = slot ? news_list_push(c->arena, &c->said) : NULL;
        if (!place) {
            return false;
        }
        *slot = id;
        *place = (said){w.span, w.capital, joined, starts};
    }
    p->end_word = c->words.n;
    return true;
}

/* What was seen of the line that the block is, or NULL where it is not one as a whole. */
static const news_line *line_of(cutter *c, news_span span) {
    while (c->line < c->lines->n && c->lines->at[c->line].span.to < span.to) {
        c->line++;
    }
    const news_line *line = c->line < c->lines->n ? &c->lines->at[c->line] : NULL;
    return line && line->span.from == span.from && line->span.to == span.to ? line : NULL;
}

static bool read_paragraphs(cutter *c) {
    uint32_t n = 0;
    for (uint32_t i = 0; i < c->n_blocks; i++) {
        n += is_text(c->blocks[i].role);
    }
    c->paragraphs.at = news_arena_array(c->arena, (size_t)n + 1, sizeof *c->paragraphs.at);
    if (!c->paragraphs.at) {
        return false;
    }
    c->paragraphs.capacity = n + 1; /* they do not grow: a page may have a million */
    for (uint32_t i = 0; i < c->n_blocks; i++) {
        if (!is_text(c->blocks[i].role)) {
            continue;
        }
        news_paragraph *p = news_list_push(c->arena, &c->paragraphs);
        if (!p) {
            return false;
        }
        *p = (news_paragraph){.block = i};
        news_form_paragraph(c->text->bytes, &c->blocks[i], line_of(c, c->blocks[i].span), p);
        if (!add_words(c, p, c->blocks[i].span)) {
            return false;
        }
        c->n_words += p->n_words;
    }
    return true;
}

/* Between the entries of a marked list no section begins, nor behind a dateline. */
static float cost_of(const cutter *c, uint32_t i, float odds) {
    const news_block *a = &c->blocks[c->paragraphs.at[i - 1].block],
                     *b = &c->blocks[c->paragraphs.at[i].block];
    bool holds =
        (a->role == NEWS_ROLE_LIST && b->role == NEWS_ROLE_LIST) || a->role == NEWS_ROLE_DATELINE;
    return holds ? HOLD_COST - odds : -odds;
}

/* The odds of each paragraph; with `answers`, what they come from, too. */
static bool see_boundaries(cutter *c, float **odds, news_boundary *answers) {
    *odds = news_arena_array(c->arena, (size_t)c->paragraphs.n + 1, sizeof **odds);
    return *odds && news_form_boundaries(c->arena, c->paragraphs.at, c->paragraphs.n, c->words.at,
                                         c->hashes.n, *odds, answers);
}

bool news_form_section_boundaries(news_arena *arena, const news_text *text,
                                  const news_block *blocks, uint32_t n_blocks, news_boundary **out,
                                  uint32_t *n) {
    const news_lines none = {NULL, 0};
    cutter c = {
        .arena = arena, .text = text, .blocks = blocks, .n_blocks = n_blocks, .lines = &none};
    float *odds;
    if (!read_paragraphs(&c)) {
        return false;
    }
    *n = c.paragraphs.n;
    *out = news_arena_array(arena, (size_t)*n + 1, sizeof **out);
    return *out && see_boundaries(&c, &odds, *out);
}

/* The paragraphs of each unit: one, or several of an article of very many. */
static bool make_units(cutter *c) {
    uint32_t n = c->paragraphs.n, group = n / MOST_UNITS + 1;
    float *odds;
    if (!see_boundaries(c, &odds, NULL)) {
        return false;
    }
    for (uint32_t i = 0; i < n; i += group) {
        unit *u = news_list_push(c->arena, &c->units);
        if (!u) {
            return false;
        }
        uint32_t last = (i + group < n ? i + group : n) - 1;
        *u = (unit){.first_block = c->paragraphs.at[i].block,
                    .end_block = c->paragraphs.at[last].block + 1,
                    .start_cost = i ? cost_of(c, i, odds[i]) : 0};
        for (uint32_t k = i; k <= last; k++) {
            u->n_words += c->paragraphs.at[k].n_words;
        }
    }
    return true;
}

/* What it costs that a segment is short or long. */
static float length_cost(uint32_t words) {
    if (words < LEAST_SEGMENT) {
        return SHORT_COST * (float)(LEAST_SEGMENT - words) / LEAST_SEGMENT;
    }
    return words > MOST_SEGMENT ? LONG_COST * (float)(words - MOST_SEGMENT) / MOST_SEGMENT : 0;
}

/* The unit with which the second of two segments would best begin; 0 where there is one unit only.
 */
static uint32_t best_cut(const cutter *c) {
    double best = INFINITY;
    uint32_t at = 0, before = 0;
    for (uint32_t i = 1; i < c->units.n; i++) {
        before += c->units.at[i - 1].n_words;
        double cost =
            c->units.at[i].start_cost + length_cost(before) + length_cost(c->n_words - before);
        if (cost < best) {
            best = cost;
            at = i;
        }
    }
    return at;
}

/* Fills `cuts` with the units at which segments start, the first being 0; returns their number, or
 * 0 when memory is out. */
static uint32_t cut(cutter *c, uint32_t least, uint32_t *cuts) {
    uint32_t n = c->units.n;
    double *best = news_arena_array(c->arena, (size_t)n + 1, sizeof *best);
    uint32_t *from = news_arena_array(c->arena, (size_t)n + 1, sizeof *from);
    if (!best || !from) {
        return 0;
    }
    for (uint32_t end = 1; end <= n; end++) { /* all segments that end here, growing to the front */
        uint32_t words = 0, start = end;
        best[end] = INFINITY;
        while (start > 0 && end - start < LONGEST) {
            const unit *u = &c->units.at[--start];
            words += u->n_words;
            double cost =
                best[start] + (double)(start ? u->start_cost : 0) + (double)length_cost(words);
            if (cost < best[end]) {
                best[end] = cost;
                from[end] = start;
            }
        }
    }
    uint32_t found = 0;
    if (least > 1 && from[n] == 0) {
        from[n] = best_cut(c);
    }
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
    uint32_t paragraph;          /* the first one that is not counted yet */
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

/* Counts the phrase that content words [from, to) are; `starts` where its first word begins a
 * sentence. */
static bool count_phrase(titler *t, uint32_t from, uint32_t to, bool starts) {
    const cutter *c = t->c;
    const said *first = &c->said.at[from];
    uint32_t hash = 0x9E3779B9u;
    for (uint32_t k = from; k < to; k++) {
        hash = (hash ^ c->hashes.at[c->words.at[k]]) * 16777619u;
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
        p->first = (news_span){first->span.from, c->said.at[to - 1].span.to};
    }
    p->count++;
    p->words = to - from;
    p->inside |= !starts || to - from > 1;
    p->name = first->capital;
    return true;
}

/* Counts capitalised words in a row, and each other content word, of [from, to). */
static bool count_phrases(titler *t, uint32_t from, uint32_t to) {
    for (uint32_t i = from; i < to;) {
        const said *words = t->c->said.at;
        uint32_t end = i + 1;
        while (words[i].capital && end < to && end - i < MOST_TITLE && words[end].joined &&
               words[end].capital) {
            end++;
        }
        if (!count_phrase(t, i, end, words[i].starts)) {
            return false;
        }
        i = end;
    }
    return true;
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
    while (t->paragraph < t->c->paragraphs.n &&
           t->c->paragraphs.at[t->paragraph].block < segment->to) {
        const news_paragraph *p = &t->c->paragraphs.at[t->paragraph++];
        if (!count_phrases(t, p->first_word, p->end_word)) {
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
    t.paragraph = 0;
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
                        uint32_t n_blocks, const news_lines *lines, news_segment_limits least,
                        news_segments *out) {
    cutter c = {
        .arena = arena, .text = text, .blocks = blocks, .n_blocks = n_blocks, .lines = lines};
    /* Lines are in order: the first that may be a block's is halved out. */
    for (uint32_t to = lines->n; n_blocks && c.line < to;) {
        uint32_t half = c.line + (to - c.line) / 2;
        bool before = lines->at[half].span.to <= blocks[0].span.from;
        c.line = before ? half + 1 : c.line;
        to = before ? to : half;
    }
    if (!read_paragraphs(&c)) {
        return false;
    }
    bool cuts_it = c.paragraphs.n >= least.paragraphs && c.n_words >= least.words;
    if (!cuts_it) {
        return true;
    }
    if (!make_units(&c)) {
        return false;
    }
    uint32_t n = c.units.n, found;
    uint32_t *cuts = news_arena_array(arena, (size_t)n + 1, sizeof *cuts);
    if (!cuts) {
        return false;
    }
    found = cut(&c, least.segments, cuts);
    if (found == 0) {
        return false;
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
