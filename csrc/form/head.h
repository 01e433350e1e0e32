/* From coarse labels to roles: the head of the article, captions and credits, lists. */
#ifndef NEWS_HEAD_H
#define NEWS_HEAD_H

#include "label.h"

/* Fills `roles` (news_role) for `n` passages. */
void news_form_head(const news_passage *passages, const news_line *lines, const uint8_t *labels,
                    uint32_t n, uint8_t *roles);

#endif
