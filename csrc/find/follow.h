/* Following a passage through the comparison of the whole texts. */
#ifndef NEWS_FOLLOW_H
#define NEWS_FOLLOW_H

#include "evidence.h"

/* Learns the words of the passage, whose units are folded and not numbered yet. False when memory
 * is out. */
bool news_follow_ready(news_search *s);

/* What the comparison says of a passage. */
typedef enum news_trace {
    NEWS_TRACE_NONE,  /* nothing: its surroundings went, or it was changed */
    NEWS_TRACE_FOUND, /* where it went, beyond doubt */
    NEWS_TRACE_DOUBT, /* its words are there, but they may as well be those of another place */
} news_trace;

/* Where the passage went whose first word was `word` then. */
news_trace news_follow_passage(const news_search *s, const news_past *past, uint32_t word,
                               news_candidate *c);

/* Whether a place found otherwise holds words that stood outside of the passage. */
bool news_follow_belongs_elsewhere(const news_search *s, const news_past *past, uint32_t word,
                                   const news_candidate *c);

#endif
