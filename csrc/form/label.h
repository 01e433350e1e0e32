/* A first, coarse judgement of every line of a page among its neighbours. */
#ifndef NEWS_LABEL_H
#define NEWS_LABEL_H

#include "line.h"

typedef enum news_label {
    NEWS_LABEL_JUNK,       /* of the page, not of the article */
    NEWS_LABEL_HEADLINE,   /* one line at most */
    NEWS_LABEL_SUPPLEMENT, /* date, byline, caption, credit, dek */
    NEWS_LABEL_SUBHEAD,
    NEWS_LABEL_BODY,
    NEWS_N_LABELS,
} news_label;

/* Labels `n` lines; `lines` go with `passages`. False: out of memory. */
bool news_form_labels(news_arena *arena, const news_passage *passages, const news_line *lines,
                      uint32_t n, uint8_t *labels);

#endif
