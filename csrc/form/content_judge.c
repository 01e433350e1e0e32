/* The trees' sums for many passages at a time: a question is put to eight of them by one addition,
 * a byte for each. */
#include "content.h"

#include <string.h>

enum { LANES = NEWS_CONTENT_LANES, EIGHTS = LANES / 8 };

#define EACH_BYTE UINT64_C(0x0101010101010101)

/* A feature and what is added to it stay below 256, and answers do not reach their neighbours. */
_Static_assert(NEWS_CONTENT_LEVELS <= 128 && NEWS_CONTENT_DEPTH <= 7 && LANES % 8 == 0,
               "features are compared byte by byte");

static void judge(const news_content_views *views, const news_content_tree *trees, uint32_t n,
                  int32_t *sums) {
    uint8_t columns[NEWS_N_CONTENT_FEATURES][LANES]; /* the views, feature by feature */
    for (uint32_t lane = 0; lane < LANES; lane++) {
        for (uint32_t f = 0; f < NEWS_N_CONTENT_FEATURES; f++) {
            columns[f][lane] = views->at[lane][f];
        }
    }
    for (uint32_t k = 0; k < n; k++) {
        const news_content_tree *tree = &trees[k];
        uint64_t answers[EIGHTS] = {0}; /* the latest in the top bit of each byte */
        for (uint32_t d = 0; d < NEWS_CONTENT_DEPTH; d++) {
            uint64_t features[EIGHTS];
            memcpy(features, columns[tree->asks[d].feature], sizeof features);
            /* What exceeds `above` reaches 128 with this; nothing exceeds 127. */
            uint64_t above = tree->asks[d].above,
                     rest = (above < 127 ? 127 - above : 0) * EACH_BYTE;
            for (uint32_t e = 0; e < EIGHTS; e++) {
                answers[e] = answers[e] >> 1 | ((features[e] + rest) & (EACH_BYTE << 7));
            }
        }
        uint8_t leaves[LANES];
        memcpy(leaves, answers, sizeof leaves);
        for (uint32_t lane = 0; lane < LANES; lane++) {
            sums[lane] += tree->leaves[leaves[lane] >> (8 - NEWS_CONTENT_DEPTH)];
        }
    }
}

uint8_t *news_content_views_push(news_content_views *views, uint32_t passage) {
    views->passages[views->n] = passage;
    return views->at[views->n++];
}

void news_content_judge_all(news_content_views *views, const news_content_tree *trees, uint32_t n,
                            int32_t *scores) {
    int32_t sums[LANES] = {0};
    if (views->n == 0) {
        return;
    }
    if (views->n < LANES) {
        memset(views->at[views->n], 0, (LANES - views->n) * sizeof *views->at);
    }
    judge(views, trees, n, sums);
    for (uint32_t lane = 0; lane < views->n; lane++) {
        scores[views->passages[lane]] += sums[lane];
    }
    views->n = 0;
}
