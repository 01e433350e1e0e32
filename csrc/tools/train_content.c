/* Fits the trees that tell a web page's article from the rest (csrc/form/content.h), in two layers.
 *
 * usage: train_content FIRST.trees SECOND.trees < PAGES
 *        train_content --cross < PAGES
 * Each line of PAGES is a page's file, the file of its article's text and its site, with tabs
 * between. A passage is article as far as its runs of four words (or, where it has fewer, its whole
 * line) stand in that text. The second layer learns from scores that the first gave to pages of
 * sites it had not seen. One thread and a fixed order, so that the same input gives the same trees.
 * --cross fits on four parts of five, by site, and tells how well the fifth is found. */
#include "content.h"
#include "html.h"
#include "trees.h"
#include "utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    MOST_PAGES = 2000,
    SHINGLE = 4,
    HELP = 100, /* weight of a page of the helping set, in percent */
    FIRST_TREES = 40,
    SECOND_TREES = 60,
    INNER_PARTS = 2,
    PARTS = 5,
};

typedef struct words {
    uint32_t *at;
    uint32_t n;
} words;

typedef struct page {
    const char *name;
    news_arena arena;
    news_source source;
    news_reading reading;
    news_line *lines;
    news_content content;
    uint32_t site;           /* a hash */
    bool is_main;            /* of the set that is measured; the other one only helps */
    float *shares;           /* of each passage that is article */
    words *exact, *folded;   /* of each passage */
    words gold, gold_folded; /* of the article */
} page;

static page pages[MOST_PAGES];
static uint32_t n_pages;

static _Noreturn void fail(const char *path, const char *what) {
    fprintf(stderr, "%s: %s\n", path, what);
    exit(1);
}

static void *room_for(size_t n, size_t size) {
    void *room = calloc(n + 1, size);
    if (!room) {
        fail("train_content", "out of memory");
    }
    return room;
}

static char *read_file(const char *path, size_t *n) {
    FILE *file = fopen(path, "rb");
    if (!file) {
        fail(path, "cannot be opened");
    }
    size_t room = 1 << 16;
    char *bytes = malloc(room);
    *n = 0;
    for (size_t got; bytes && (got = fread(bytes + *n, 1, room - *n, file)) > 0;) {
        *n += got;
        if (*n == room) {
            bytes = realloc(bytes, room *= 2);
        }
    }
    fclose(file);
    if (!bytes) {
        fail(path, "out of memory");
    }
    return bytes;
}

/* Hashes of the words of a text, in order: letters, digits and underscores, as in the measures that
 * tests/quality/html.lua takes. */
static words words_of(const char *text, size_t n, bool fold) {
    words list = {room_for(n / 2 + 2, sizeof *list.at), 0};
    uint32_t hash = 2166136261u, length;
    bool inside = false;
    for (size_t at = 0; at < n; at += length) {
        uint32_t c = news_utf8_decode(text + at, n - at, &length);
        if (news_utf8_is_letter(c) || news_utf8_is_digit(c) || c == '_') {
            hash = (hash ^ (fold ? news_utf8_lower(c) : c)) * 16777619u;
            inside = true;
        } else if (inside) {
            list.at[list.n++] = hash;
            hash = 2166136261u;
            inside = false;
        }
    }
    if (inside) {
        list.at[list.n++] = hash;
    }
    return list;
}

static int by_number(const void *a, const void *b) {
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

static uint32_t shingle(const uint32_t *list, uint32_t n) {
    uint32_t hash = n;
    for (uint32_t i = 0; i < n; i++) {
        hash = (hash ^ list[i]) * 2654435761u;
        hash ^= hash >> 15;
    }
    return hash;
}

/* All runs of four words, sorted; the whole where it has fewer. */
static words shingles_of(words list) {
    words out = {room_for(list.n, sizeof *out.at), 0};
    if (list.n > 0 && list.n < SHINGLE) {
        out.at[out.n++] = shingle(list.at, list.n);
    }
    for (uint32_t i = 0; i + SHINGLE <= list.n; i++) {
        out.at[out.n++] = shingle(list.at + i, SHINGLE);
    }
    qsort(out.at, out.n, sizeof *out.at, by_number);
    return out;
}

static bool has(words sorted, uint32_t value) {
    return bsearch(&value, sorted.at, sorted.n, sizeof value, by_number) != NULL;
}

/* How often a short passage stands in the article as a line of its own, or, as cells of a table do,
 * among the words that stand around it on the page. */
static bool is_short_hit(const page *p, uint32_t i, words all, words whole) {
    words own = p->folded[i];
    if (has(whole, shingle(own.at, own.n))) {
        return true;
    }
    /* the words of the passages around, as far as a run of four may reach */
    uint32_t around[3 * SHINGLE], n = 0, from = i, back = 0;
    while (from > 0 && back + own.n < SHINGLE + 2) {
        back += p->folded[--from].n;
    }
    uint32_t skip = back > SHINGLE - 1 ? back - (SHINGLE - 1) : 0, at = 0;
    for (uint32_t k = from; k < p->content.n && n < SHINGLE - 1 + own.n + SHINGLE - 1; k++) {
        at = k == i ? n : at;
        for (uint32_t w = 0; w < p->folded[k].n && n < SHINGLE - 1 + own.n + SHINGLE - 1; w++) {
            if (skip > 0) {
                skip--;
            } else {
                around[n++] = p->folded[k].at[w];
            }
        }
    }
    bool hit = false;
    for (uint32_t k = 0; k + SHINGLE <= n && !hit; k++) {
        hit = k <= at && k + SHINGLE >= at + own.n && has(all, shingle(around + k, SHINGLE));
    }
    return hit;
}

static uint32_t count_of(words sorted, uint32_t value) {
    uint32_t from = 0, to = sorted.n;
    while (from < to) {
        uint32_t middle = (from + to) / 2;
        if (sorted.at[middle] < value) {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    uint32_t n = 0;
    while (from + n < sorted.n && sorted.at[from + n] == value) {
        n++;
    }
    return n;
}

/* Of passages that stand on the page more often than in the article, those are of it that have most
 * of it around them: not an entry of a list of contents, nor a copy for small screens. */
static void settle_copies(page *p, words all, words whole) {
    enum { NEAR = 6 };
    uint32_t n = p->content.n;
    float *around = room_for(n, sizeof *around);
    for (uint32_t i = 0; i < n; i++) {
        for (uint32_t k = i > NEAR ? i - NEAR : 0; k <= i + NEAR && k < n; k++) {
            around[i] +=
                k != i && p->folded[k].n >= 2 * SHINGLE ? p->shares[k] * (float)p->folded[k].n : 0;
        }
    }
    for (uint32_t i = 0; i < n; i++) {
        words own = p->folded[i];
        if (p->shares[i] < 0.5f || own.n == 0) {
            continue;
        }
        uint32_t better = 0, hash = shingle(own.at, own.n), there;
        there = own.n < SHINGLE ? count_of(whole, hash) : count_of(all, shingle(own.at, SHINGLE));
        if (there == 0) {
            continue;
        }
        for (uint32_t k = 0; k < n; k++) {
            bool same = k != i && p->folded[k].n == own.n &&
                        memcmp(p->folded[k].at, own.at, own.n * sizeof *own.at) == 0;
            better += same && (around[k] > around[i] || (!(around[k] < around[i]) && k < i));
        }
        if (better >= there) {
            p->shares[i] = 0;
        }
    }
    free(around);
}

static void label(page *p, const char *gold, size_t n_gold) {
    words all = shingles_of(p->gold_folded),
          whole = {room_for(n_gold / 2 + 2, sizeof(uint32_t)), 0};
    for (size_t at = 0; at < n_gold;) {
        const char *end = memchr(gold + at, '\n', n_gold - at);
        size_t length = end ? (size_t)(end - gold) - at : n_gold - at;
        words line = words_of(gold + at, length, true);
        whole.at[whole.n++] = shingle(line.at, line.n);
        free(line.at);
        at += length + 1;
    }
    qsort(whole.at, whole.n, sizeof *whole.at, by_number);
    for (uint32_t i = 0; i < p->content.n; i++) {
        words own = p->folded[i];
        uint32_t hits = 0;
        if (own.n < SHINGLE) {
            p->shares[i] = own.n > 0 && is_short_hit(p, i, all, whole);
            continue;
        }
        for (uint32_t k = 0; k + SHINGLE <= own.n; k++) {
            hits += has(all, shingle(own.at + k, SHINGLE));
        }
        p->shares[i] = (float)hits / (float)(own.n - SHINGLE + 1);
    }
    settle_copies(p, all, whole);
    free(all.at);
    free(whole.at);
}

static void load(const char *html, const char *gold_path, const char *site, bool is_main) {
    if (n_pages == MOST_PAGES) {
        fail(html, "too many pages");
    }
    page *p = &pages[n_pages++];
    size_t n, n_gold;
    char *bytes = read_file(html, &n), *gold = read_file(gold_path, &n_gold);
    if (!news_source_read(&p->arena, &p->source, bytes, (uint32_t)n, news_source_guess(bytes, n)) ||
        !news_read_html(&p->arena, &p->source, &p->reading)) {
        fail(html, "cannot be read");
    }
    uint32_t n_passages = p->reading.passages.list.n;
    p->is_main = is_main;
    p->name = memcpy(room_for(strlen(html) + 1, 1), html, strlen(html) + 1);
    p->lines = room_for(n_passages, sizeof *p->lines);
    p->shares = room_for(n_passages, sizeof *p->shares);
    p->exact = room_for(n_passages, sizeof *p->exact);
    p->folded = room_for(n_passages, sizeof *p->folded);
    p->gold = words_of(gold, n_gold, false);
    p->gold_folded = words_of(gold, n_gold, true);
    words name = words_of(site, strlen(site), true);
    p->site = shingle(name.at, name.n);
    free(name.at);
    for (uint32_t i = 0; i < n_passages; i++) {
        news_span span = p->reading.passages.list.at[i].span;
        const char *text = p->reading.text.bytes + span.from;
        news_form_line(p->reading.text.bytes, span, NEWS_ORDER_UNKNOWN, &p->lines[i]);
        p->exact[i] = words_of(text, span.to - span.from, false);
        p->folded[i] = words_of(text, span.to - span.from, true);
    }
    if (!news_content_open(&p->arena, &p->reading, p->lines, &p->content)) {
        fail(html, "out of memory");
    }
    label(p, gold, n_gold);
    free(bytes);
    free(gold);
}

/* ---- Fitting ---- */

/* A missed or mistaken passage costs a page in the measure about its share of the article. */
static float weight_of(const page *p, uint32_t i) {
    double share = (p->folded[i].n + 1.0) / (p->gold_folded.n + 100.0);
    return (float)((p->is_main ? 100 : HELP) * (share < 1 ? share : 1));
}

/* Fits one layer on the pages for which `use` says so. */
static void fit(const bool *use, bool second, news_content_tree *trees, uint32_t n_trees) {
    uint32_t n = 0, room = 0;
    for (uint32_t k = 0; k < n_pages; k++) {
        room += use[k] ? pages[k].content.n : 0;
    }
    trees_sample *samples = room_for(room, sizeof *samples);
    for (uint32_t k = 0; k < n_pages; k++) {
        for (uint32_t i = 0; use[k] && i < pages[k].content.n; i++) {
            trees_sample *sample = &samples[n++];
            news_content_view(&pages[k].content, i, second, sample->view);
            sample->view[NEWS_CONTENT_convention] = !pages[k].is_main;
            sample->target = pages[k].shares[i];
            sample->weight = weight_of(&pages[k], i);
            sample->page = k;
        }
    }
    if (!trees_learn(samples, n, second ? NEWS_N_CONTENT_FEATURES : NEWS_N_CONTENT_FIRST, trees,
                     n_trees)) {
        fail("train_content", "out of memory");
    }
    free(samples);
}

static void score(page *p, const news_content_tree *trees) {
    uint8_t view[NEWS_N_CONTENT_FEATURES];
    for (uint32_t i = 0; i < p->content.n; i++) {
        news_content_view(&p->content, i, false, view);
        p->content.scores[i] = news_content_judge_first(view, trees, FIRST_TREES);
    }
    news_content_learn(&p->content);
}

static uint32_t part_of(const page *p, uint32_t parts) {
    return (p->site >> 4) % parts;
}

/* Fits both layers on the pages for which `use` says so. */
static void fit_both(const bool *use, news_content_tree *first, news_content_tree *second) {
    bool some[MOST_PAGES] = {false};
    for (uint32_t part = 0; part < INNER_PARTS; part++) {
        for (uint32_t k = 0; k < n_pages; k++) {
            some[k] = use[k] && (pages[k].site >> 12) % INNER_PARTS != part;
        }
        fit(some, false, first, FIRST_TREES);
        for (uint32_t k = 0; k < n_pages; k++) {
            if (use[k] && !some[k]) {
                score(&pages[k], first);
            }
        }
    }
    fit(use, true, second, SECOND_TREES);
    fit(use, false, first, FIRST_TREES);
}

/* ---- Cross-validation ---- */

static uint32_t shared(words a, words b) {
    uint32_t i = 0, k = 0, n = 0;
    while (i < a.n && k < b.n) {
        if (a.at[i] == b.at[k]) {
            n++;
            i++;
            k++;
        } else if (a.at[i] < b.at[k]) {
            i++;
        } else {
            k++;
        }
    }
    return n;
}

typedef struct result {
    double precision, recall, word_f1;
    uint32_t n, n_precision;
} result;

static void measure(const page *p, const news_content_tree *second, result *out) {
    uint8_t view[NEWS_N_CONTENT_FEATURES];
    uint32_t room = 1;
    for (uint32_t i = 0; i < p->content.n; i++) {
        room += p->exact[i].n;
    }
    words exact = {room_for(room, sizeof(uint32_t)), 0},
          folded = {room_for(room, sizeof(uint32_t)), 0};
    for (uint32_t i = 0; i < p->content.n; i++) {
        news_content_view(&p->content, i, true, view);
        if (i != p->content.title && !news_content_is_caption(&p->content, i) &&
            p->content.scores[i] >= NEWS_CONTENT_HOPELESS &&
            news_content_judge(view, second, SECOND_TREES) > 0) {
            memcpy(exact.at + exact.n, p->exact[i].at, p->exact[i].n * sizeof(uint32_t));
            memcpy(folded.at + folded.n, p->folded[i].at, p->folded[i].n * sizeof(uint32_t));
            exact.n += p->exact[i].n;
            folded.n += p->folded[i].n;
        }
    }
    words found = shingles_of(exact), there = shingles_of(p->gold);
    words gold = {room_for(p->gold_folded.n, sizeof(uint32_t)), p->gold_folded.n};
    memcpy(gold.at, p->gold_folded.at, gold.n * sizeof(uint32_t));
    qsort(gold.at, gold.n, sizeof *gold.at, by_number);
    qsort(folded.at, folded.n, sizeof *folded.at, by_number);
    double common = shared(found, there),
           f1 = 2.0 * shared(gold, folded) / (gold.n + folded.n + 1e-9);
    out->precision += found.n ? common / found.n : 0;
    out->n_precision += found.n > 0;
    out->recall += there.n ? common / there.n : 1;
    out->word_f1 += f1;
    out->n++;
    printf("%s precision %.3f, recall %.3f, word F1 %.3f\n", p->name,
           found.n ? common / found.n : 0, there.n ? common / there.n : 1, f1);
    free(exact.at);
    free(folded.at);
    free(found.at);
    free(there.at);
    free(gold.at);
}

static void cross(news_content_tree *first, news_content_tree *second) {
    bool use[MOST_PAGES] = {false};
    result sums[2] = {0};
    for (uint32_t part = 0; part < PARTS; part++) {
        for (uint32_t k = 0; k < n_pages; k++) {
            use[k] = part_of(&pages[k], PARTS) != part;
        }
        fit_both(use, first, second);
        for (uint32_t k = 0; k < n_pages; k++) {
            if (!use[k]) {
                score(&pages[k], first);
                measure(&pages[k], second, &sums[pages[k].is_main]);
            }
        }
    }
    for (uint32_t k = 0; k < 2; k++) {
        const result *sum = &sums[k];
        double precision = sum->precision / (sum->n_precision + 1e-9),
               recall = sum->recall / (sum->n + 1e-9);
        printf("%s: shingle F1 %.4f (precision %.4f, recall %.4f), word F1 %.4f on %u pages\n",
               k ? "wcxb" : "readability", 2 * precision * recall / (precision + recall + 1e-9),
               precision, recall, sum->word_f1 / (sum->n + 1e-9), sum->n);
    }
}

static void write_trees(const char *path, const news_content_tree *trees, uint32_t n) {
    FILE *file = fopen(path, "wb");
    if (!file) {
        fail(path, "cannot be written");
    }
    fprintf(file, "/* Made by csrc/tools/train_content.c: trees of csrc/form/content.h. */\n");
    for (uint32_t k = 0; k < n; k++) {
        fprintf(file, "{{");
        for (uint32_t d = 0; d < NEWS_CONTENT_DEPTH; d++) {
            fprintf(file, "{%u,%u},", trees[k].asks[d].feature, trees[k].asks[d].above);
        }
        fprintf(file, "},{");
        for (uint32_t leaf = 0; leaf < 1 << NEWS_CONTENT_DEPTH; leaf++) {
            fprintf(file, "%d,", trees[k].leaves[leaf]);
        }
        fprintf(file, "}},\n");
    }
    fclose(file);
}

int main(int argc, char **argv) {
    static news_content_tree first[FIRST_TREES], second[SECOND_TREES];
    char row[4096];
    bool is_cross = argc == 2 && strcmp(argv[1], "--cross") == 0;
    if (argc != 3 && !is_cross) {
        fprintf(stderr, "usage: train_content FIRST.trees SECOND.trees < PAGES\n"
                        "       train_content --cross < PAGES\n");
        return 2;
    }
    while (fgets(row, sizeof row, stdin)) {
        char *rest = row, *parts[4];
        for (int k = 0; k < 4; k++) {
            parts[k] = rest;
            rest += strcspn(rest, "\t\n");
            if (*rest == 0) {
                fail(row, "no four columns");
            }
            *rest++ = 0;
        }
        load(parts[0], parts[1], parts[2], strcmp(parts[3], "wcxb") == 0);
    }
    if (is_cross) {
        cross(first, second);
        return 0;
    }
    bool use[MOST_PAGES] = {false};
    memset(use, true, sizeof use);
    fit_both(use, first, second);
    write_trees(argv[1], first, FIRST_TREES);
    write_trees(argv[2], second, SECOND_TREES);
    for (uint32_t k = 0; k < n_pages; k++) {
        news_arena_free(&pages[k].arena);
    }
    return 0;
}
