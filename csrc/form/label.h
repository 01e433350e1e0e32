/* A first, coarse judgement of every line of a page among its neighbours. */
#ifndef NEWS_LABEL_H
#define NEWS_LABEL_H

#include "page.h"

typedef enum news_label {
    NEWS_LABEL_BEFORE,     /* of the page, before anything of the article */
    NEWS_LABEL_WITHIN,     /* of the page, among the article's lines */
    NEWS_LABEL_AFTER,      /* of the page, and nothing of the article follows */
    NEWS_LABEL_HEADLINE,   /* one line at most */
    NEWS_LABEL_SUPPLEMENT, /* date, byline, caption, credit, dek */
    NEWS_LABEL_SUBHEAD,
    NEWS_LABEL_BODY,
    NEWS_N_LABELS,
} news_label;

/* No part of the article. */
static inline bool news_label_is_junk(uint8_t label) {
    return label <= NEWS_LABEL_AFTER;
}

/* States: the labels before the headline, then those from it on; a headline leads from the first to
 * the second. Only more of the same leads to BEFORE, and nothing else follows AFTER. */
enum { NEWS_N_LABEL_STATES = 2 * NEWS_N_LABELS };
bool news_label_may_start(uint32_t state);
bool news_label_may_follow(uint32_t before, uint32_t state);

/* How well each label fits a line, and each pair of labels one behind the other. Row NEWS_N_LABELS
 * of `pairs` is the page's start. `layers` is added before the headline (0) and from it on (1). */
typedef struct news_label_scores {
    int32_t (*lines)[NEWS_N_LABELS];
    const int32_t (*pairs)[NEWS_N_LABELS];
    const int32_t (*layers)[NEWS_N_LABELS];
    const int32_t *ends;    /* added where the page ends without (0) and with a headline (1) */
    const uint8_t *allowed; /* a bit for each label that a line may have */
} news_label_scores;

/* The labels with the best sum; one headline at most. False: out of memory. */
bool news_label_decode(news_arena *arena, const news_label_scores *scores, uint32_t n,
                       uint8_t *labels);

/* Labels `n` lines by the trained weights; `lines` go with `passages`. False: out of memory. */
bool news_form_labels(news_arena *arena, const char *text, const news_passage *passages,
                      const news_line *lines, uint32_t n, uint8_t *labels);

#endif
