/* Fits csrc/data/sections.weights, the odds that a section begins between two paragraphs
 * (csrc/form/boundary.h): logistic regression over whole articles, by Adam.
 *
 * usage: train_sections CORPUS OUT.weights | train_sections CORPUS --folds
 * The corpus holds articles without their subheads: a line "#doc NAME", then one row a paragraph,
 * 1 where a section begins with it and 0 where not, a tab, its text. With --folds nothing is
 * written: each fourth of the articles is cut by weights fitted on the others, and Pk is printed;
 * options are chosen by that, and never by the half that is reported. One thread and a fixed
 * order: the same input gives the same weights. */
#include "segment.h"
#include "text.h"
#include "words.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    MOST_ARTICLES = 4000,
    FOLDS = 4,
    STEPS = 300,
    LEAST_SEEN = 8, /* boundaries with an answer that gets a weight */
    TYPICAL = 60,   /* paragraphs: an article counts as so many, however long it is */
    UNIT = 256,     /* weights are written as integers of this fraction */
};

static const double DECAY = 8, RATE = 0.05;

typedef struct article {
    char name[64];
    uint32_t n;
    uint8_t *begins; /* a section begins with the paragraph */
    news_boundary *boundaries;
} article;

static article articles[MOST_ARTICLES];
static uint32_t n_articles;
static double weights[NEWS_N_BOUNDARY_FEATURES];

static _Noreturn void fail(const char *what) {
    fprintf(stderr, "train_sections: %s\n", what);
    exit(1);
}

static void *need(void *at) {
    if (!at) {
        fail("out of memory");
    }
    return at;
}

/* ---- Reading ---- */

typedef struct draft {
    news_text text;
    NEWS_LIST(news_block) blocks;
    NEWS_LIST(uint8_t) begins;
} draft;

static void finish(news_arena *arena, draft *d) {
    article *a = &articles[n_articles];
    if (d->blocks.n) {
        uint32_t n;
        news_boundary *boundaries;
        if (!news_form_section_boundaries(arena, &d->text, d->blocks.at, d->blocks.n, &boundaries,
                                          &n)) {
            fail("out of memory");
        }
        if (n != d->blocks.n) {
            fail("a row that is no paragraph");
        }
        a->n = n;
        a->boundaries = need(calloc(n, sizeof *a->boundaries));
        memcpy(a->boundaries, boundaries, n * sizeof *boundaries);
        a->begins = need(calloc(n, 1));
        memcpy(a->begins, d->begins.at, n);
        n_articles++;
    }
    news_arena_free(arena);
    *d = (draft){0};
}

static void read_corpus(const char *path) {
    enum { ROW = 1 << 20 };
    FILE *file = fopen(path, "rb");
    if (!file) {
        fail("the corpus cannot be opened");
    }
    char *row = need(malloc(ROW));
    news_arena arena = {0};
    draft d = {0};
    while (fgets(row, ROW, file)) {
        size_t n = strcspn(row, "\r\n");
        row[n] = 0;
        if (strncmp(row, "#doc ", 5) == 0) {
            finish(&arena, &d);
            if (n_articles == MOST_ARTICLES) {
                fail("too many articles");
            }
            snprintf(articles[n_articles].name, sizeof articles->name, "%s", row + 5);
            continue;
        }
        if (n < 3 || row[1] != '\t') {
            fail("a row without 0 or 1 and a tab");
        }
        news_source source = {.utf8 = {row + 2, (uint32_t)n - 2}};
        news_block *block = need(news_list_push(&arena, &d.blocks));
        uint8_t *begins = need(news_list_push(&arena, &d.begins));
        *begins = row[0] == '1';
        *block = (news_block){.role = NEWS_ROLE_PARAGRAPH, .span = {d.text.n, d.text.n}};
        if (!news_text_decode(&arena, &d.text, &source, (news_span){0, (uint32_t)n - 2})) {
            fail("out of memory");
        }
        block->span.to = d.text.n;
        if (!news_text_replace(&arena, &d.text, "\n", 1, (news_span){0, 0})) {
            fail("out of memory");
        }
    }
    finish(&arena, &d);
    fclose(file);
    free(row);
}

/* ---- Fitting ---- */

static uint32_t fold_of(const article *a) {
    return (news_words_hash(a->name, (uint32_t)strlen(a->name)) >> 8) % FOLDS;
}

static double odds_of(const news_boundary *boundary) {
    double sum = 0;
    for (uint32_t k = 0; k < boundary->n; k++) {
        sum += weights[boundary->answers[k]];
    }
    return sum;
}

static void fit(uint32_t left_out) {
    static double slope[NEWS_N_BOUNDARY_FEATURES], first[NEWS_N_BOUNDARY_FEATURES],
        second[NEWS_N_BOUNDARY_FEATURES];
    static uint32_t seen[NEWS_N_BOUNDARY_FEATURES];
    memset(weights, 0, sizeof weights);
    memset(first, 0, sizeof first);
    memset(second, 0, sizeof second);
    memset(seen, 0, sizeof seen);
    for (uint32_t i = 0; i < n_articles; i++) {
        for (uint32_t k = 1; k < articles[i].n && fold_of(&articles[i]) != left_out; k++) {
            for (uint32_t m = 0; m < articles[i].boundaries[k].n; m++) {
                seen[articles[i].boundaries[k].answers[m]]++;
            }
        }
    }
    for (int step = 1; step <= STEPS; step++) {
        for (uint32_t f = 0; f < NEWS_N_BOUNDARY_FEATURES; f++) {
            slope[f] = DECAY * weights[f];
        }
        for (uint32_t i = 0; i < n_articles; i++) {
            const article *a = &articles[i];
            double share = (double)TYPICAL / a->n;
            for (uint32_t k = 1; k < a->n && fold_of(a) != left_out; k++) {
                const news_boundary *b = &a->boundaries[k];
                double wrong = share * (1 / (1 + exp(-odds_of(b))) - a->begins[k]);
                for (uint32_t m = 0; m < b->n; m++) {
                    slope[b->answers[m]] += wrong;
                }
            }
        }
        for (uint32_t f = 0; f < NEWS_N_BOUNDARY_FEATURES; f++) {
            if (seen[f] >= LEAST_SEEN) {
                first[f] = 0.9 * first[f] + 0.1 * slope[f];
                second[f] = 0.99 * second[f] + 0.01 * slope[f] * slope[f];
                double a = first[f] / (1 - pow(0.9, step)), b = second[f] / (1 - pow(0.99, step));
                weights[f] -= RATE * a / (sqrt(b) + 1e-8);
            }
        }
    }
}

/* ---- Choosing options ---- */

/* How often two paragraphs `k` apart are wrongly told to be in one section or in two. */
static double pk(const article *a, const uint8_t *begins, uint32_t k) {
    uint32_t wrong = 0, all = 0;
    for (uint32_t i = 0; i + k < a->n; i++, all++) {
        bool apart = false, told = false;
        for (uint32_t j = i + 1; j <= i + k; j++) {
            apart |= a->begins[j];
            told |= begins[j];
        }
        wrong += apart != told;
    }
    return all ? (double)wrong / all : 0;
}

static void judge(void) {
    double ours = 0, even = 0, none = 0, loss = 0;
    for (uint32_t fold = 0; fold < FOLDS; fold++) {
        fit(fold);
        for (uint32_t i = 0; i < n_articles; i++) {
            const article *a = &articles[i];
            if (fold_of(a) != fold) {
                continue;
            }
            uint8_t *begins = need(calloc(a->n + 1, 1)), *spaced = need(calloc(a->n + 1, 1));
            uint32_t sections = 1;
            double sum = 0;
            for (uint32_t k = 1; k < a->n; k++) {
                double odds = odds_of(&a->boundaries[k]);
                begins[k] = odds > 0;
                sections += a->begins[k];
                sum += log(1 + exp(a->begins[k] ? -odds : odds));
            }
            for (uint32_t k = 1; k < sections; k++) {
                spaced[k * a->n / sections] = 1;
            }
            uint32_t k = (uint32_t)(a->n / (2.0 * sections) + 0.5);
            k = k ? k : 1;
            ours += pk(a, begins, k);
            even += pk(a, spaced, k);
            memset(begins, 0, a->n);
            none += pk(a, begins, k);
            loss += sum / a->n;
            free(begins);
            free(spaced);
        }
    }
    printf("pk=%.4f pk_even=%.4f pk_none=%.4f loss=%.4f\n", ours / n_articles, even / n_articles,
           none / n_articles, loss / n_articles);
}

static void write_weights(const char *path) {
    static const struct {
        const char *name;
        uint32_t first, n;
    } questions[] = {
#define QUESTION(name, n) {#name, NEWS_BOUNDARY_##name, n},
        NEWS_BOUNDARY_QUESTIONS(QUESTION)
#undef QUESTION
    };
    FILE *out = fopen(path, "wb");
    if (!out) {
        fail("the weights cannot be written");
    }
    fprintf(out,
            "/* Made by csrc/tools/train_sections.c: one weight for each answer of "
            "csrc/form/boundary.h, in units of 1/%d. */\n",
            UNIT);
    for (size_t q = 0; q < sizeof questions / sizeof *questions; q++) {
        fprintf(out, "/* %s */", questions[q].name);
        for (uint32_t k = 0; k < questions[q].n; k++) {
            fprintf(out, "%s%ld,", k % 24 == 0 && k ? "\n" : " ",
                    lround(weights[questions[q].first + k] * UNIT));
        }
        fprintf(out, "\n");
    }
    if (fclose(out) != 0) {
        fail("the weights cannot be written");
    }
}

int main(int argc, char **argv) {
    if (argc != 3) {
        fprintf(stderr, "usage: train_sections CORPUS OUT.weights|--folds\n");
        return 2;
    }
    read_corpus(argv[1]);
    if (strcmp(argv[2], "--folds") == 0) {
        judge();
        return 0;
    }
    fit(FOLDS);
    write_weights(argv[2]);
    return 0;
}
