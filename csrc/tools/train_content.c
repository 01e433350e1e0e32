/* Fits the weights that tell a web page's article from the rest (csrc/form/content.h), in two
 * layers.
 *
 * usage: train_content FIRST.weights SECOND.weights < PAIRS
 * Each line of PAIRS is a page's file, a tab, and the file of its article's text. A passage counts
 * as article where most of its runs of four words (or, where it has fewer, its whole line) stand in
 * that text. Logistic regression by stochastic gradient, averaged; the second layer learns from
 * scores that the first gave to pages it had not seen. One thread and a fixed order, so that the
 * same input gives the same weights. */
#include "content.h"
#include "html.h"
#include "utf8.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_PAGES = 2000, EPOCHS = 40, SHINGLE = 4 };

typedef struct page {
    news_arena arena;
    news_source source;
    news_reading reading;
    news_line *lines;
    news_content content;
    unsigned char *is_text;
} page;

static page pages[MOST_PAGES];
static unsigned n_pages;

static _Noreturn void fail(const char *path, const char *what) {
    fprintf(stderr, "%s: %s\n", path, what);
    exit(1);
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

/* Hashes of the words of a text, in order. */
static uint32_t *words_of(const char *text, size_t n, size_t *n_words) {
    uint32_t *words = malloc((n / 2 + 2) * sizeof *words), hash = 2166136261u, length;
    int inside = 0;
    *n_words = 0;
    for (size_t at = 0; at < n; at += length) {
        uint32_t c = news_utf8_lower(news_utf8_decode(text + at, n - at, &length));
        if (news_utf8_is_letter(c) || news_utf8_is_digit(c)) {
            hash = (hash ^ c) * 16777619u;
            inside = 1;
        } else if (inside && c != '\'' && c != 0x2019) {
            words[(*n_words)++] = hash;
            hash = 2166136261u;
            inside = 0;
        }
    }
    if (inside) {
        words[(*n_words)++] = hash;
    }
    return words;
}

static int by_number(const void *a, const void *b) {
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

static uint32_t shingle(const uint32_t *words, size_t n) {
    uint32_t hash = (uint32_t)n;
    for (size_t i = 0; i < n; i++) {
        hash = (hash ^ words[i]) * 2654435761u;
        hash ^= hash >> 15;
    }
    return hash;
}

static int has(const uint32_t *sorted, size_t n, uint32_t value) {
    return bsearch(&value, sorted, n, sizeof value, by_number) != NULL;
}

static void label(page *p, const char *gold, size_t n_gold) {
    size_t n_words, n_lines = 0;
    uint32_t *words = words_of(gold, n_gold, &n_words);
    uint32_t *shingles = malloc((n_words + 1) * sizeof *shingles),
             *whole = malloc((n_gold / 2 + 2) * sizeof *whole);
    size_t n_shingles = n_words >= SHINGLE ? n_words - SHINGLE + 1 : 0;
    for (size_t i = 0; i < n_shingles; i++) {
        shingles[i] = shingle(words + i, SHINGLE);
    }
    qsort(shingles, n_shingles, sizeof *shingles, by_number);
    for (size_t at = 0; at < n_gold;) {
        const char *end = memchr(gold + at, '\n', n_gold - at);
        size_t length = end ? (size_t)(end - gold) - at : n_gold - at, n;
        uint32_t *line = words_of(gold + at, length, &n);
        whole[n_lines++] = shingle(line, n);
        free(line);
        at += length + 1;
    }
    qsort(whole, n_lines, sizeof *whole, by_number);
    for (uint32_t i = 0; i < p->content.n; i++) {
        news_span span = p->reading.passages.list.at[i].span;
        size_t n, hits = 0;
        uint32_t *own = words_of(p->reading.text.bytes + span.from, span.to - span.from, &n);
        if (n < SHINGLE) {
            p->is_text[i] = n > 0 && (unsigned char)has(whole, n_lines, shingle(own, n));
        } else {
            for (size_t k = 0; k + SHINGLE <= n; k++) {
                hits += (size_t)has(shingles, n_shingles, shingle(own + k, SHINGLE));
            }
            p->is_text[i] = hits * 2 > n - SHINGLE + 1;
        }
        free(own);
    }
    free(words);
    free(shingles);
    free(whole);
}

static void load(const char *html, const char *gold_path) {
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
    p->lines = calloc(n_passages + 1, sizeof *p->lines);
    p->is_text = calloc(n_passages + 1, 1);
    for (uint32_t i = 0; i < n_passages; i++) {
        news_form_line(p->reading.text.bytes, p->reading.passages.list.at[i].span,
                       NEWS_ORDER_UNKNOWN, &p->lines[i]);
    }
    if (!news_content_open(&p->arena, &p->reading, p->lines, &p->content)) {
        fail(html, "out of memory");
    }
    label(p, gold, n_gold);
    free(bytes);
    free(gold);
}

static double weights[NEWS_N_CONTENT_FEATURES], sums[NEWS_N_CONTENT_FEATURES];

/* Learns from the pages whose number leaves `fold` when halved, or from all for 2. */
static void learn(unsigned fold, int second, int16_t *out) {
    memset(weights, 0, sizeof weights);
    memset(sums, 0, sizeof sums);
    uint16_t features[NEWS_MOST_CONTENT_FEATURES];
    for (unsigned epoch = 0; epoch < EPOCHS; epoch++) {
        double rate = 0.05 / (1 + epoch / 4.0);
        for (unsigned k = 0; k < n_pages; k++) {
            page *p = &pages[(k * 7919u + epoch * 131u) % n_pages];
            if (fold < 2 && (unsigned)(p - pages) % 2 != fold) {
                continue;
            }
            double total = 1;
            for (uint32_t i = 0; i < p->content.n; i++) {
                total += sqrt((double)(p->reading.passages.list.at[i].span.to -
                                       p->reading.passages.list.at[i].span.from));
            }
            for (uint32_t i = 0; i < p->content.n; i++) {
                uint32_t n = news_content_features(&p->content, i, second, features);
                double z = 0;
                for (uint32_t f = 0; f < n; f++) {
                    z += weights[features[f]];
                }
                news_span span = p->reading.passages.list.at[i].span;
                double importance = sqrt((double)(span.to - span.from)) / total *
                                    40; /* a page counts as forty passages */
                double step = rate * importance * (p->is_text[i] - 1 / (1 + exp(-z)));
                for (uint32_t f = 0; f < n; f++) {
                    weights[features[f]] += step - rate * 1e-5 * weights[features[f]];
                }
            }
        }
        if (epoch >= EPOCHS / 2) {
            for (unsigned f = 0; f < NEWS_N_CONTENT_FEATURES; f++) {
                sums[f] += weights[f];
            }
        }
    }
    for (unsigned f = 0; f < NEWS_N_CONTENT_FEATURES; f++) {
        const unsigned averaged = EPOCHS - EPOCHS / 2;
        double w = sums[f] / averaged * NEWS_CONTENT_UNIT;
        out[f] = (int16_t)(w > 32000 ? 32000 : w < -32000 ? -32000 : lround(w));
    }
}

static void write_weights(const char *path, const int16_t *out) {
    static const struct {
        const char *name;
        unsigned n;
    } groups[] = {
#define GROUP(name, n) {#name, n},
        NEWS_CONTENT_GROUPS(GROUP)
#undef GROUP
    };
    FILE *file = fopen(path, "wb");
    if (!file) {
        fail(path, "cannot be written");
    }
    fprintf(file,
            "/* Made by csrc/tools/train_content.c: one weight for each feature of "
            "csrc/form/content.h, in units of 1/%d. */\n",
            NEWS_CONTENT_UNIT);
    unsigned f = 0;
    for (size_t g = 0; g < sizeof groups / sizeof *groups; g++) {
        fprintf(file, "/* %s */", groups[g].name);
        for (unsigned k = 0; k < groups[g].n; k++) {
            fprintf(file, " %d,", out[f++]);
        }
        fprintf(file, "\n");
    }
    fclose(file);
}

int main(int argc, char **argv) {
    static int16_t first[3][NEWS_N_CONTENT_FEATURES], second[NEWS_N_CONTENT_FEATURES];
    char row[4096];
    if (argc != 3) {
        fprintf(stderr, "usage: train_content FIRST.weights SECOND.weights < PAIRS\n");
        return 2;
    }
    while (fgets(row, sizeof row, stdin)) {
        row[strcspn(row, "\n")] = 0;
        char *tab = strchr(row, '\t');
        if (!tab) {
            fail(row, "no tab in this line");
        }
        *tab = 0;
        load(row, tab + 1);
    }
    for (unsigned fold = 0; fold < 3; fold++) {
        learn(fold, 0, first[fold]);
    }
    for (unsigned k = 0; k < n_pages; k++) {
        news_content_score(&pages[k].content,
                           first[1 - k % 2]); /* scored by the half that has not seen it */
    }
    learn(2, 1, second);
    unsigned right = 0, all = 0;
    uint16_t features[NEWS_MOST_CONTENT_FEATURES];
    for (unsigned k = 0; k < n_pages; k++) {
        for (uint32_t i = 0; i < pages[k].content.n; i++) {
            uint32_t n = news_content_features(&pages[k].content, i, true, features);
            int z = 0;
            for (uint32_t f = 0; f < n; f++) {
                z += second[features[f]];
            }
            right += (z > 0) == pages[k].is_text[i];
            all++;
        }
        news_arena_free(&pages[k].arena);
    }
    fprintf(stderr, "%u pages, %u passages, %.2f %% of them right in what was fitted\n", n_pages,
            all, 100.0 * right / all);
    write_weights(argv[1], first[2]);
    write_weights(argv[2], second);
    return 0;
}
