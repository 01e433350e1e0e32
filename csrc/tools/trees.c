/* Gradient boosting with Newton steps on the logistic loss; each tree asks one question a level,
 * the one with the greatest gain over all its leaves, among features drawn for it. */
#include "trees.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LEAVES = 1 << NEWS_CONTENT_DEPTH, LEVELS = NEWS_CONTENT_LEVELS };

static double rate = 0.16, ridge = 6.0; /* chosen by cross-validation, as are those below */
static double sure = 0.02;
static unsigned features_of_256 = 80, pages_of_256 = 180; /* drawn for a tree */

typedef struct sum {
    float slope, curve; /* a level's table stays in the fastest cache */
} sum;

typedef struct learner {
    const trees_sample *samples;
    uint32_t n, n_features;
    uint8_t *columns; /* the samples' views, feature by feature */
    double *scores;
    uint8_t *leaves;
    uint32_t n_drawn; /* samples that the tree at hand learns from */
    uint32_t *drawn;
    struct step {
        float slope, curve;
    } * steps; /* theirs */
    sum (*table)[LEVELS];
} learner;

static uint32_t next(uint32_t *state) {
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    return *state;
}

static double gain(sum s) {
    return (double)(s.slope * s.slope) / ((double)s.curve + ridge);
}

/* The best question of a level with `n_leaves` leaves. */
static bool best_question(learner *l, uint32_t n_leaves, const uint8_t *asked, uint32_t *feature,
                          uint32_t *above) {
    double best = 1e-9;
    bool found = false;
    for (uint32_t f = 0; f < l->n_features; f++) {
        if (!asked[f]) {
            continue;
        }
        const uint8_t *column = l->columns + (size_t)f * l->n;
        memset(l->table, 0, n_leaves * sizeof *l->table);
        for (uint32_t k = 0; k < l->n_drawn; k++) {
            uint32_t i = l->drawn[k];
            sum *s = &l->table[l->leaves[i]][column[i]];
            s->slope += l->steps[k].slope;
            s->curve += l->steps[k].curve;
        }
        double gains[LEVELS] = {0};
        for (uint32_t leaf = 0; leaf < n_leaves; leaf++) {
            sum whole = {0}, below = {0};
            for (uint32_t k = 0; k < LEVELS; k++) {
                whole.slope += l->table[leaf][k].slope;
                whole.curve += l->table[leaf][k].curve;
            }
            for (uint32_t k = 0; k + 1 < LEVELS; k++) {
                below.slope += l->table[leaf][k].slope;
                below.curve += l->table[leaf][k].curve;
                sum rest = {whole.slope - below.slope, whole.curve - below.curve};
                gains[k] += gain(below) + gain(rest) - gain(whole);
            }
        }
        for (uint32_t k = 0; k + 1 < LEVELS; k++) {
            if (gains[k] > best) {
                best = gains[k];
                *feature = f;
                *above = k;
                found = true;
            }
        }
    }
    return found;
}

static void grow(learner *l, uint32_t *random, news_content_tree *tree) {
    uint8_t asked[NEWS_N_CONTENT_FEATURES];
    uint32_t salt = next(random);
    for (uint32_t f = 0; f < l->n_features; f++) {
        asked[f] = (next(random) >> 8 & 255) < features_of_256;
    }
    l->n_drawn = 0;
    for (uint32_t i = 0; i < l->n; i++) {
        uint32_t draw = ((l->samples[i].page + 1) * 2654435761u ^ salt) * 2246822519u;
        if ((draw >> 24) >= pages_of_256) {
            continue;
        }
        double p = 1 / (1 + exp(-l->scores[i])), w = (double)l->samples[i].weight;
        if (fabs((double)l->samples[i].target - p) < sure) {
            continue; /* learnt: most of a page's menus are after a few trees */
        }
        l->drawn[l->n_drawn] = i;
        l->steps[l->n_drawn++] = (struct step){(float)(w * ((double)l->samples[i].target - p)),
                                               (float)(w * p * (1 - p))};
    }
    memset(l->leaves, 0, l->n);
    memset(tree, 0, sizeof *tree);
    for (uint32_t d = 0; d < NEWS_CONTENT_DEPTH; d++) {
        uint32_t feature = 0, above = 255; /* a question that all answer alike */
        if (best_question(l, 1u << d, asked, &feature, &above)) {
            const uint8_t *column = l->columns + (size_t)feature * l->n;
            for (uint32_t i = 0; i < l->n; i++) {
                l->leaves[i] = (uint8_t)(l->leaves[i] | (column[i] > above) << d);
            }
        }
        tree->asks[d].feature = (uint8_t)feature;
        tree->asks[d].above = (uint8_t)above;
    }
    sum sums[LEAVES] = {{0, 0}};
    for (uint32_t k = 0; k < l->n_drawn; k++) {
        sums[l->leaves[l->drawn[k]]].slope += l->steps[k].slope;
        sums[l->leaves[l->drawn[k]]].curve += l->steps[k].curve;
    }
    for (uint32_t k = 0; k < LEAVES; k++) {
        double value = rate * (double)sums[k].slope / ((double)sums[k].curve + ridge);
        tree->leaves[k] = (int16_t)lround(value * NEWS_CONTENT_UNIT);
    }
    for (uint32_t i = 0; i < l->n; i++) {
        l->scores[i] += (double)tree->leaves[l->leaves[i]] / NEWS_CONTENT_UNIT;
    }
}

bool trees_learn(const trees_sample *samples, uint32_t n, uint32_t n_features,
                 news_content_tree *trees, uint32_t n_trees) {
    learner l = {.samples = samples, .n = n, .n_features = n_features};
    l.columns = malloc((size_t)n * n_features + 1);
    l.scores = calloc(n + 1, sizeof *l.scores);
    l.steps = calloc(n + 1, sizeof *l.steps);
    l.leaves = calloc(n + 1, 1);
    l.drawn = calloc(n + 1, sizeof *l.drawn);
    l.table = calloc(LEAVES, sizeof *l.table);
    bool done = l.columns && l.scores && l.steps && l.leaves && l.drawn && l.table;
    if (done) {
        double right = 1, whole = 2;
        for (uint32_t i = 0; i < n; i++) {
            right += (double)(samples[i].target * samples[i].weight);
            whole += (double)samples[i].weight;
            for (uint32_t f = 0; f < n_features; f++) {
                l.columns[(size_t)f * n + i] = samples[i].view[f];
            }
        }
        memset(&trees[0], 0, sizeof trees[0]);
        long base = lround(log(right / (whole - right)) * NEWS_CONTENT_UNIT);
        for (uint32_t k = 0; k < LEAVES; k++) {
            trees[0].leaves[k] = (int16_t)base;
        }
        for (uint32_t i = 0; i < n; i++) {
            l.scores[i] = (double)base / NEWS_CONTENT_UNIT;
        }
        uint32_t random = 2463534242u;
        for (uint32_t k = 1; k < n_trees; k++) {
            grow(&l, &random, &trees[k]);
        }
    }
    free(l.columns);
    free(l.scores);
    free(l.steps);
    free(l.leaves);
    free(l.drawn);
    free(l.table);
    return done;
}
