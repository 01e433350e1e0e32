/* What the search for passages and the weighing of their places share. */
#ifndef NEWS_EVIDENCE_H
#define NEWS_EVIDENCE_H

#include "past.h"

/* Units of context that are compared, which fit one block of a pattern. */
#define NEWS_CONTEXT 32u
/* The least similarity of the words themselves. */
#define NEWS_LIKE 0.66f
/* Units of the indexed stretches: long for most passages, short for the shortest words. */
#define NEWS_LONG_GRAM 8u
#define NEWS_SHORT_GRAM 3u

typedef struct news_grams {
    uint32_t n;      /* units of each */
    uint32_t *first; /* by hash: the first place, or NEWS_NONE */
    uint32_t *next;  /* by place: the next of the same hash */
} news_grams;

struct news_anchor {
    news_arena arena;
    news_string text;
    news_units units;   /* numbered */
    uint32_t *alphabet; /* hash table: code point + 1, 0 where free */
    uint32_t *numbers;  /* of the same slots, from 1; 0 is for what the article lacks */
    uint32_t n_slots, n_alphabet;
    news_grams longs, shorts;
    news_sketch sketch;
    NEWS_LIST(news_past) pasts; /* earlier states that it was compared with */
};

typedef struct news_candidate {
    uint32_t from, to; /* units */
    float words, before, after, score;
    bool is_exact;
} news_candidate;

/* How the passage was set off from what stood on one side of it. */
typedef struct news_edge {
    bool is_whole; /* a word of the passage ended here: it is no part of a longer word elsewhere */
    bool is_seam; /* so did a sentence or a line, or a little farther off: were it deleted, the same
                     context could stand before or after the next one */
} news_edge;

/* The words of a passage, as a sketch counts them. */
typedef struct news_wording {
    uint32_t *word; /* the number of each */
    uint32_t n;
    uint32_t lead;   /* units of the passage before its first word */
    uint32_t inside; /* units of its first word before the passage, which starts inside of it */
    uint32_t tail;   /* units of the passage after its last word */
    bool is_cut;     /* its last word goes on after the passage */
} news_wording;

typedef struct news_search {
    const news_anchor *anchor;
    news_arena arena;
    news_units exact, prefix, suffix;
    news_pattern before, after;
    NEWS_LIST(news_candidate) found;
    uint32_t n_exact;
    uint32_t near; /* where it is expected, in units */
    news_wording wording;
    news_edge before_edge, after_edge;
    bool has_double; /* the same words stand beside the passage, within its context */
} news_search;

/* Learns from the passage itself what its places will be judged by; its units must be there. */
void news_evidence_ready(news_search *s, const news_anchor_query *query);

/* Whether the words of the passage end there as they did where it was noted. */
bool news_evidence_is_whole(const news_search *s, uint32_t from, uint32_t to);

/* Fills in how much stands around a candidate, and its score; an approximate one's ends may move by
 * a few units. */
void news_evidence_weigh(news_search *s, news_candidate *c);

/* Whether the best candidate is the passage; `runner_up`, the best elsewhere, may be NULL. */
bool news_evidence_decides(const news_search *s, const news_anchor_query *query,
                           const news_candidate *c, const news_candidate *runner_up);

#endif
