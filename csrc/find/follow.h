/* Following a passage through the comparison of the whole texts. */
#ifndef NEWS_FOLLOW_H
#define NEWS_FOLLOW_H

#include "evidence.h"

/* Learns the words of the passage, whose units are folded and not numbered yet. False when memory
 * is out. */
bool news_follow_ready(news_search *s);

/* Where the passage went whose first word was `word` then, if that is beyond doubt. */
bool news_follow_passage(const news_search *s, const news_past *past, uint32_t word,
                         news_candidate *c);

/* Whether a place found otherwise holds words that stood outside of the passage. */
bool news_follow_belongs_elsewhere(const news_search *s, const news_past *past, uint32_t word,
                                   const news_candidate *c);

#endif
