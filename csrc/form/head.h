/* From coarse labels to roles: the head of the article, captions and credits, lists. */
#ifndef NEWS_HEAD_H
#define NEWS_HEAD_H

#include "label.h"

/* Fills `roles` (news_role) for `n` passages. Labels are a judgement of likelihood; what is certain
 * by its form goes before them. */
void news_form_head(const char *text, const news_passage *passages, const news_line *lines,
                    const uint8_t *labels, uint32_t n, uint8_t *roles);

/* Behind the dash that ends a dateline at the start of `span`, or span.from where there is none. */
uint32_t news_form_dateline(const char *text, news_span span);

#endif
