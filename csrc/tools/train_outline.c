/* Fits the weights of csrc/form/label.c: a conditional random field, by AdaGrad.
 *
 * usage: train_outline CORPUS OUT.model | train_outline CORPUS --folds
 * The corpus holds pages: a line "#doc NAME", then one row a line of the page, the labels it
 * may have (letters of "jhsub"), a tab, its text. Where several labels are allowed the one that the
 * weights like best is taken as right (a line's gold role need not settle all). With --folds
 * nothing is written: each fourth of the pages is read by weights fitted on the others, and how
 * often they are right is printed; options are chosen by that, and never by the half of the pages
 * that is reported. Source of the method: Lafferty, McCallum and Pereira 2001; of the step: Duchi,
 * Hazan and Singer 2011. */
#include "label.h"
#include "text.h"
#include "words.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    MOST_WORDS_IN_LINE = 16,
    LEAST_PAGES = 4, /* that a word must stand in */
    MOST_VOCABULARY = 6000,
    WORD_SLOTS = 1 << 18,
    EPOCHS = 14,
    FOLDS = 4,
    SCALE = 100, /* weights are written as integers of this fraction */
};

/* AdaGrad's step, the pull of weights to zero, and the margin for each unit of a line's cost (the
 * root of its words): of a handful of settings these did best by --folds. */
static const double rate = 0.02, decay = 0.01, margin = 0.2;

typedef struct vocabulary_word {
    char bytes[32];
    uint32_t pages, last_page, id;
} vocabulary_word;

typedef struct page_data {
    char name[64];
    uint32_t n, share;
    uint16_t *features; /* NEWS_MOST_FEATURES for each line */
    uint32_t *n_features;
    uint32_t *words; /* MOST_WORDS_IN_LINE for each line: slots of the vocabulary */
    uint32_t *n_words;
    uint32_t *lengths; /* in words */
    uint32_t *costs;
    uint8_t *allowed;
} page_data;

static vocabulary_word vocabulary[WORD_SLOTS];
enum { N_ROWS = NEWS_N_FEATURES + MOST_VOCABULARY };
static double weights[N_ROWS][NEWS_N_LABELS], squares[N_ROWS][NEWS_N_LABELS];
static double pairs[NEWS_N_LABELS + 1][NEWS_N_LABELS],
    pair_squares[NEWS_N_LABELS + 1][NEWS_N_LABELS];
static double layers[2][NEWS_N_LABELS], layer_squares[2][NEWS_N_LABELS];
static double ends[5][NEWS_N_LABELS], end_squares[5][NEWS_N_LABELS];

static _Noreturn void fail(const char *what) {
    fprintf(stderr, "train_outline: %s\n", what);
    exit(1);
}

static void *need(void *at) {
    if (!at) {
        fail("out of memory");
    }
    return at;
}

static uint32_t slot_of(const news_feature_word *word) {
    uint32_t at = news_words_hash(word->bytes, word->n) & (WORD_SLOTS - 1);
    while (vocabulary[at].pages && (strlen(vocabulary[at].bytes) != word->n ||
                                    memcmp(vocabulary[at].bytes, word->bytes, word->n) != 0)) {
        at = (at + 1) & (WORD_SLOTS - 1);
    }
    if (!vocabulary[at].pages) {
        memcpy(vocabulary[at].bytes, word->bytes, word->n);
        vocabulary[at].bytes[word->n] = 0;
    }
    return at;
}

/* ---- Reading ---- */

typedef struct raw_page {
    news_text text;
    NEWS_LIST(news_span) spans;
    NEWS_LIST(uint8_t) allowed;
} raw_page;

/* Junk gets its place among the article's lines once the page is known. */
#define JUNK (1u << NEWS_LABEL_WITHIN)

static uint8_t letters_to_labels(const char *letters, size_t n) {
    uint8_t labels = 0;
    for (size_t i = 0; i < n; i++) {
        static const struct {
            char letter;
            uint8_t label;
        } all[] = {{'j', NEWS_LABEL_WITHIN},
                   {'h', NEWS_LABEL_HEADLINE},
                   {'s', NEWS_LABEL_SUPPLEMENT},
                   {'u', NEWS_LABEL_SUBHEAD},
                   {'b', NEWS_LABEL_BODY}};
        size_t k = 0;
        while (k < sizeof all / sizeof *all && all[k].letter != letters[i]) {
            k++;
        }
        if (k == sizeof all / sizeof *all) {
            fail("a row whose labels are not of \"jhsub\"");
        }
        labels |= (uint8_t)(1u << all[k].label);
    }
    return labels;
}

static void finish_page(news_arena *arena, raw_page *raw, uint32_t number, page_data *out) {
    uint32_t n = raw->spans.n;
    news_line *lines = need(news_arena_array(arena, n + 1, sizeof *lines));
    for (uint32_t i = 0; i < n; i++) {
        news_form_line(raw->text.bytes, raw->spans.at[i], NEWS_ORDER_UNKNOWN, &lines[i]);
    }
    news_page page;
    if (!news_form_page(arena, raw->text.bytes, lines, n, &page)) {
        fail("out of memory");
    }
    out->n = n;
    out->share = page.text_share;
    out->features = need(calloc((size_t)n * NEWS_MOST_FEATURES + 1, sizeof *out->features));
    out->n_features = need(calloc(n + 1, sizeof *out->n_features));
    out->words = need(calloc((size_t)n * MOST_WORDS_IN_LINE + 1, sizeof *out->words));
    out->n_words = need(calloc(n + 1, sizeof *out->n_words));
    out->lengths = need(calloc(n + 1, sizeof *out->lengths));
    out->costs = need(calloc(n + 1, sizeof *out->costs));
    out->allowed = need(calloc(n + 1, 1));
    for (uint32_t i = 0; i < n; i++) {
        news_feature_word words[MOST_WORDS_IN_LINE];
        out->n_features[i] =
            news_form_features(&page, i, out->features + (size_t)i * NEWS_MOST_FEATURES);
        out->n_words[i] = news_form_feature_words(&page, i, words, MOST_WORDS_IN_LINE);
        for (uint32_t k = 0; k < out->n_words[i]; k++) {
            uint32_t slot = slot_of(&words[k]);
            out->words[(size_t)i * MOST_WORDS_IN_LINE + k] = slot;
            if (vocabulary[slot].last_page != number + 1) {
                vocabulary[slot].last_page = number + 1;
                vocabulary[slot].pages++;
            }
        }
        uint32_t cost = 1;
        while (cost * cost < lines[i].n_words) {
            cost++;
        }
        out->costs[i] = cost;
        out->lengths[i] = lines[i].n_words;
        out->allowed[i] = raw->allowed.at[i];
    }
    uint32_t first = 0, last = n;
    while (first < n && out->allowed[first] == JUNK) {
        out->allowed[first++] = 1u << NEWS_LABEL_BEFORE;
    }
    while (last > first && out->allowed[last - 1] == JUNK) {
        out->allowed[--last] = 1u << NEWS_LABEL_AFTER;
    }
    news_arena_free(arena);
    *raw = (raw_page){0};
}

static page_data *read_corpus(const char *path, uint32_t *n_pages) {
    FILE *file = fopen(path, "rb");
    if (!file) {
        fail("the corpus cannot be opened");
    }
    enum { ROW = 1 << 20 };
    char *row = need(malloc(ROW));
    page_data *pages = need(calloc(20000, sizeof *pages));
    news_arena arena = {0};
    raw_page raw = {0};
    *n_pages = 0;
    bool open = false;
    while (fgets(row, ROW, file)) {
        size_t n = strcspn(row, "\r\n");
        if (strncmp(row, "#doc", 4) == 0) {
            if (open && raw.spans.n) {
                finish_page(&arena, &raw, *n_pages, &pages[*n_pages]);
                ++*n_pages;
            }
            open = true;
            row[n] = 0;
            snprintf(pages[*n_pages].name, sizeof pages->name, "%s", row + 5);
            continue;
        }
        char *tab = memchr(row, '\t', n);
        if (!tab) {
            continue;
        }
        size_t length = n - (size_t)(tab + 1 - row);
        news_source source = {.utf8 = {tab + 1, (uint32_t)length}};
        news_span *span = need(news_list_push(&arena, &raw.spans));
        uint8_t *allowed = need(news_list_push(&arena, &raw.allowed));
        span->from = raw.text.n;
        if (!news_text_decode(&arena, &raw.text, &source, (news_span){0, (uint32_t)length})) {
            fail("out of memory");
        }
        span->to = raw.text.n;
        *allowed = letters_to_labels(row, (size_t)(tab - row));
        if (!news_text_replace(&arena, &raw.text, "\n", 1, (news_span){0, 0})) {
            fail("out of memory");
        }
    }
    if (open && raw.spans.n) {
        finish_page(&arena, &raw, *n_pages, &pages[*n_pages]);
        ++*n_pages;
    }
    fclose(file);
    free(row);
    return pages;
}

/* ---- Fitting ---- */

/* Rows of `weights` that a line switches on. */
static uint32_t rows_of(const page_data *page, uint32_t i, uint32_t *rows) {
    uint32_t n = 0;
    for (uint32_t k = 0; k < page->n_features[i]; k++) {
        rows[n++] = page->features[(size_t)i * NEWS_MOST_FEATURES + k];
    }
    for (uint32_t k = 0; k < page->n_words[i]; k++) {
        uint32_t id = vocabulary[page->words[(size_t)i * MOST_WORDS_IN_LINE + k]].id;
        if (id) {
            rows[n++] = NEWS_N_FEATURES + id - 1;
        }
    }
    return n;
}

enum { S = NEWS_N_LABEL_STATES, L = NEWS_N_LABELS };

/* Logarithms of sums over all paths to a line (alpha) and from it on (beta). */
typedef struct lattice {
    double (*alpha)[S], (*beta)[S], (*lines)[L];
    const double *ends;
    double total;
} lattice;

static double add_logs(const double *at, uint32_t n) {
    double most = -INFINITY, sum = 0;
    for (uint32_t k = 0; k < n; k++) {
        most = at[k] > most ? at[k] : most;
    }
    if (most == -INFINITY) {
        return most;
    }
    for (uint32_t k = 0; k < n; k++) {
        sum += exp(at[k] - most);
    }
    return most + log(sum);
}

static double state_score(const lattice *l, uint32_t i, uint32_t s) {
    return l->lines[i][s % L] + layers[s >= L][s % L];
}

static void sum_paths(lattice *l, const uint8_t *allowed, uint32_t n) {
    double parts[S];
    for (uint32_t i = 0; i < n; i++) {
        for (uint32_t s = 0; s < S; s++) {
            l->alpha[i][s] = -INFINITY;
            if (!(allowed[i] >> s % L & 1)) {
                continue;
            }
            uint32_t m = 0;
            if (i == 0 && news_label_may_start(s)) {
                parts[m++] = pairs[L][s % L];
            }
            for (uint32_t b = 0; i > 0 && b < S; b++) {
                if (l->alpha[i - 1][b] > -INFINITY && news_label_may_follow(b, s)) {
                    parts[m++] = l->alpha[i - 1][b] + pairs[b % L][s % L];
                }
            }
            l->alpha[i][s] = m ? add_logs(parts, m) + state_score(l, i, s) : -INFINITY;
        }
    }
    for (uint32_t i = n; i-- > 0;) {
        for (uint32_t s = 0; s < S; s++) {
            uint32_t m = 0;
            if (i + 1 == n) {
                parts[m++] = l->ends[s >= L];
            }
            for (uint32_t b = 0; i + 1 < n && b < S; b++) {
                if (l->alpha[i + 1][b] > -INFINITY && news_label_may_follow(s, b)) {
                    parts[m++] = l->beta[i + 1][b] + pairs[s % L][b % L] + state_score(l, i + 1, b);
                }
            }
            l->beta[i][s] = m ? add_logs(parts, m) : -INFINITY;
        }
    }
    for (uint32_t s = 0; s < S; s++) {
        parts[s] = l->alpha[n - 1][s] + l->ends[s >= L];
    }
    l->total = add_logs(parts, S);
}

/* One page's slope. */
static struct { double pairs[L + 1][L], layers[2][L], ends[2]; } slope;

/* Adds the expected counts of a lattice, times `sign`; those of lines go to `out`. */
static void count(const lattice *l, uint32_t n, double sign, double (*out)[L]) {
    for (uint32_t i = 0; i < n; i++) {
        for (uint32_t s = 0; s < S; s++) {
            if (l->alpha[i][s] == -INFINITY || l->beta[i][s] == -INFINITY) {
                continue;
            }
            double p = sign * exp(l->alpha[i][s] + l->beta[i][s] - l->total);
            out[i][s % L] += p;
            slope.layers[s >= L][s % L] += p;
            if (i + 1 == n) {
                slope.ends[s >= L] += p;
            }
            if (i == 0) {
                slope.pairs[L][s % L] += p;
            }
            for (uint32_t b = 0; i > 0 && b < S; b++) {
                if (l->alpha[i - 1][b] > -INFINITY && news_label_may_follow(b, s)) {
                    slope.pairs[b % L][s % L] +=
                        sign * exp(l->alpha[i - 1][b] + pairs[b % L][s % L] + state_score(l, i, s) +
                                   l->beta[i][s] - l->total);
                }
            }
        }
    }
}

static void step(double *weight, double *square, double gradient) {
    gradient -= decay * *weight;
    *square += gradient * gradient;
    *weight += rate * gradient / (sqrt(*square) + 1e-6);
}

static double fit_page(const page_data *page) {
    news_arena arena = {0};
    uint32_t n = page->n, rows[NEWS_MOST_FEATURES + MOST_WORDS_IN_LINE];
    lattice right = {need(news_arena_array(&arena, n, sizeof *right.alpha)),
                     need(news_arena_array(&arena, n, sizeof *right.beta)),
                     need(news_arena_array(&arena, n, sizeof *right.lines)), ends[page->share], 0};
    lattice all = {need(news_arena_array(&arena, n, sizeof *all.alpha)),
                   need(news_arena_array(&arena, n, sizeof *all.beta)),
                   need(news_arena_array(&arena, n, sizeof *all.lines)), ends[page->share], 0};
    double(*out)[L] = need(news_arena_array(&arena, n, sizeof *out));
    uint8_t *any = need(news_arena_array(&arena, n, 1));
    for (uint32_t i = 0; i < n; i++) {
        uint32_t used = rows_of(page, i, rows);
        any[i] = (1 << L) - 1;
        for (uint32_t label = 0; label < L; label++) {
            double sum = 0;
            for (uint32_t k = 0; k < used; k++) {
                sum += weights[rows[k]][label];
            }
            right.lines[i][label] = sum;
            bool is = page->allowed[i] >> label & 1;
            all.lines[i][label] = sum + (is ? 0 : margin * page->costs[i]);
        }
    }
    sum_paths(&right, page->allowed, n);
    sum_paths(&all, any, n);
    if (right.total == -INFINITY) {
        fail("a page whose labels allow no path");
    }
    memset(&slope, 0, sizeof slope);
    count(&right, n, 1, out);
    count(&all, n, -1, out);
    for (uint32_t i = 0; i < n; i++) {
        uint32_t used = rows_of(page, i, rows);
        for (uint32_t label = 0; label < L; label++) {
            if (out[i][label] > 1e-4 || out[i][label] < -1e-4) {
                for (uint32_t k = 0; k < used; k++) {
                    step(&weights[rows[k]][label], &squares[rows[k]][label], out[i][label]);
                }
            }
        }
    }
    for (uint32_t a = 0; a < L; a++) {
        for (uint32_t b = 0; b <= L; b++) {
            step(&pairs[b][a], &pair_squares[b][a], slope.pairs[b][a]);
        }
        step(&layers[0][a], &layer_squares[0][a], slope.layers[0][a]);
        step(&layers[1][a], &layer_squares[1][a], slope.layers[1][a]);
    }
    for (uint32_t k = 0; k < 2; k++) {
        step(&ends[page->share][k], &end_squares[page->share][k], slope.ends[k]);
    }
    news_arena_free(&arena);
    return all.total - right.total;
}

/* ---- Writing ---- */

static void write_row(FILE *out, const char *question, const char *answer, const double *row) {
    int values[NEWS_N_LABELS];
    bool any = false;
    for (int k = 0; k < NEWS_N_LABELS; k++) {
        double value = row[k] * SCALE;
        values[k] = (int)(value < 0 ? value - 0.5 : value + 0.5);
        any |= values[k] != 0;
    }
    if (any) {
        fprintf(out, "%s:%s", question, answer);
        for (int k = 0; k < NEWS_N_LABELS; k++) {
            fprintf(out, "\t%d", values[k]);
        }
        fprintf(out, "\n");
    }
}

static void write_model(const char *path) {
    FILE *out = fopen(path, "wb");
    if (!out) {
        fail("the model cannot be written");
    }
    fprintf(out, "# Weights of the outline's labeller, one row a feature: junk before, within "
                 "and after, headline, supplement, subhead, body.\n# Made by `script/train "
                 "outline`; what data it reads "
                 "and under which licences stands in NOTICE.\n");
    static const struct {
        const char *name;
        uint32_t first, n;
    } questions[] = {
#define QUESTION(name, n) {#name, NEWS_FEATURE_##name, n},
        NEWS_FEATURES(QUESTION)
#undef QUESTION
    };
    char answer[16];
    for (size_t q = 0; q < sizeof questions / sizeof *questions; q++) {
        for (uint32_t a = 0; a < questions[q].n; a++) {
            snprintf(answer, sizeof answer, "%u", a);
            write_row(out, questions[q].name, answer, weights[questions[q].first + a]);
        }
    }
    for (uint32_t a = 0; a <= NEWS_N_LABELS; a++) {
        snprintf(answer, sizeof answer, "%u", a);
        write_row(out, "pair", answer, pairs[a]);
    }
    for (uint32_t a = 0; a < 2; a++) {
        snprintf(answer, sizeof answer, "%u", a);
        write_row(out, "layer", answer, layers[a]);
    }
    for (uint32_t a = 0; a < 5; a++) {
        snprintf(answer, sizeof answer, "%u", a);
        write_row(out, "end", answer, ends[a]);
    }
    for (uint32_t i = 0; i < WORD_SLOTS; i++) {
        if (vocabulary[i].id) {
            uint32_t row = NEWS_N_FEATURES + vocabulary[i].id - 1;
            write_row(out, "word", vocabulary[i].bytes, weights[row]);
        }
    }
    if (fclose(out) != 0) {
        fail("the model cannot be written");
    }
}

/* ---- Choosing options ---- */

static uint32_t fold_of(const page_data *page) {
    return (news_words_hash(page->name, (uint32_t)strlen(page->name)) >> 8) % FOLDS;
}

/* Weights as the decoder gets them. */
static int32_t scaled(double value) {
    return (int32_t)(value * SCALE + (value < 0 ? -0.5 : 0.5));
}

/* What the pages of a fold were read as, by weights that were fitted on the others. */
typedef struct judgement {
    double subheads; /* sum of F1 over articles */
    uint32_t articles, headlines, with_headline;
    uint64_t right, extra, lost; /* words */
} judgement;

static void judge(const page_data *page, judgement *sum) {
    news_arena arena = {0};
    int32_t sums[L + 1][L], sides[2][L], edges[2],
        (*lines)[L] = need(news_arena_array(&arena, page->n, sizeof *lines));
    uint8_t *labels = need(news_arena_array(&arena, page->n, 1)),
            *any = need(news_arena_array(&arena, page->n, 1));
    uint32_t rows[NEWS_MOST_FEATURES + MOST_WORDS_IN_LINE];
    for (uint32_t i = 0; i < page->n; i++) {
        uint32_t used = rows_of(page, i, rows);
        any[i] = (1 << L) - 1;
        for (uint32_t k = 0; k < used; k++) {
            for (uint32_t label = 0; label < L; label++) {
                lines[i][label] += scaled(weights[rows[k]][label]);
            }
        }
    }
    for (uint32_t a = 0; a < L; a++) {
        for (uint32_t b = 0; b <= L; b++) {
            sums[b][a] = scaled(pairs[b][a]);
        }
        for (uint32_t b = 0; b < 2; b++) {
            sides[b][a] = scaled(layers[b][a]);
            edges[b] = scaled(ends[page->share][b]);
        }
    }
    news_label_scores scores = {lines, (const int32_t(*)[L])sums, (const int32_t(*)[L])sides, edges,
                                any};
    if (!news_label_decode(&arena, &scores, page->n, labels)) {
        fail("out of memory");
    }
    uint32_t tp = 0, fp = 0, fn = 0;
    bool article = strstr(page->name, ".json") != NULL, whole = strstr(page->name, ".html") != NULL;
    bool found = false, titled = false;
    for (uint32_t i = 0; i < page->n; i++) {
        bool gold = page->allowed[i] == 1u << NEWS_LABEL_SUBHEAD,
             is = labels[i] == NEWS_LABEL_SUBHEAD;
        tp += gold && is;
        fp += is && !gold;
        fn += gold && !is;
        gold = page->allowed[i] == 1u << NEWS_LABEL_HEADLINE;
        titled |= gold;
        found |= gold && labels[i] == NEWS_LABEL_HEADLINE;
        gold = page->allowed[i] &
               ~(1u << NEWS_LABEL_BEFORE | 1u << NEWS_LABEL_WITHIN | 1u << NEWS_LABEL_AFTER);
        is = !news_label_is_junk(labels[i]);
        sum->right += whole && gold && is ? page->lengths[i] : 0;
        sum->extra += whole && is && !gold ? page->lengths[i] : 0;
        sum->lost += whole && gold && !is ? page->lengths[i] : 0;
    }
    if (article && !titled) {
        double f = tp ? 2.0 * tp / (2 * tp + fp + fn) : fp + fn == 0;
        sum->subheads += f;
        sum->articles++;
    }
    sum->with_headline += whole && titled;
    sum->headlines += whole && found;
    news_arena_free(&arena);
}

/* Fits on all pages but those of a fold; FOLDS for all. */
static void fit(page_data *pages, uint32_t n_pages, uint32_t left_out) {
    uint32_t *order = need(calloc(n_pages + 1, sizeof *order)), random = 1, n = 0;
    memset(weights, 0, sizeof weights);
    memset(squares, 0, sizeof squares);
    memset(pairs, 0, sizeof pairs);
    memset(pair_squares, 0, sizeof pair_squares);
    memset(layers, 0, sizeof layers);
    memset(layer_squares, 0, sizeof layer_squares);
    memset(ends, 0, sizeof ends);
    memset(end_squares, 0, sizeof end_squares);
    for (uint32_t i = 0; i < n_pages; i++) {
        if (fold_of(&pages[i]) != left_out) {
            order[n++] = i;
        }
    }
    for (uint32_t epoch = 0; epoch < EPOCHS; epoch++) {
        double loss = 0;
        for (uint32_t i = n; i > 1; i--) { /* shuffled alike on every machine */
            random = random * 1664525u + 1013904223u;
            uint32_t k = (random >> 8) % i, swap = order[i - 1];
            order[i - 1] = order[k];
            order[k] = swap;
        }
        for (uint32_t i = 0; i < n; i++) {
            loss += fit_page(&pages[order[i]]);
        }
        if (left_out == FOLDS) {
            fprintf(stderr, "epoch %u: loss %.0f\n", epoch + 1, loss);
        }
    }
    free(order);
}

/* Reads each fold by weights that were fitted on the others. */
static void judge_all(page_data *pages, uint32_t n_pages) {
    judgement sum = {0};
    for (uint32_t fold = 0; fold < FOLDS; fold++) {
        fit(pages, n_pages, fold);
        for (uint32_t i = 0; i < n_pages; i++) {
            if (fold_of(&pages[i]) == fold) {
                judge(&pages[i], &sum);
            }
        }
    }
    double right = 2 * (double)sum.right, wrong = (double)sum.extra + (double)sum.lost;
    printf("words_f1=%.4f headline=%.4f subheads_f1=%.4f\n", right / (right + wrong),
           (double)sum.headlines / sum.with_headline, sum.subheads / sum.articles);
}

int main(int argc, char **argv) {
    if (argc != 3) {
        fprintf(stderr, "usage: train_outline CORPUS OUT.model|--folds\n");
        return 2;
    }
    uint32_t n_pages, ids = 0;
    page_data *pages = read_corpus(argv[1], &n_pages);
    for (uint32_t i = 0; i < WORD_SLOTS && ids < MOST_VOCABULARY; i++) {
        if (vocabulary[i].pages >= LEAST_PAGES) {
            vocabulary[i].id = ++ids;
        }
    }
    if (strcmp(argv[2], "--folds") == 0) {
        judge_all(pages, n_pages);
        return 0;
    }
    fit(pages, n_pages, FOLDS);
    write_model(argv[2]);
    return 0;
}
