/* Fits the small decision trees of csrc/form/content.h by gradient boosting. */
#ifndef TREES_H
#define TREES_H

#include "content.h"

typedef struct trees_sample {
    uint8_t view[NEWS_N_CONTENT_FEATURES];
    float target; /* 0 to 1 */
    float weight;
    uint32_t page; /* samples of one page are drawn together */
} trees_sample;

/* Fits `n_trees` trees that see the first `n_features` features; the first tree asks nothing and
 * holds what all have in common. One thread and a fixed order: the same input gives the same
 * trees. False: out of memory. */
bool trees_learn(const trees_sample *samples, uint32_t n, uint32_t n_features,
                 news_content_tree *trees, uint32_t n_trees);

#endif
