/* What became of the words of an earlier state of the article: each has its place in the text as it
 * is now, or none. */
#ifndef NEWS_PAST_H
#define NEWS_PAST_H

#include "sketch.h"

typedef struct news_past {
    const news_sketch *now;
    news_sketch then;
    uint32_t *place;  /* by word of then: the word of now, or NEWS_NONE */
    uint32_t *origin; /* by word of now: the word of then, or NEWS_NONE */
    uint32_t *same;   /* by word of then: the next one of the same number, or NEWS_NONE */
    uint32_t *again;  /* by word of now: the next one of the same number, or NEWS_NONE */
    uint32_t *first;  /* hash table of then: the first word of a number, or NEWS_NONE */
    uint32_t *first_now;
    uint32_t n_slots; /* of either, a power of two */
} news_past;

/* Compares the two; both sketches stay with the caller. False when memory is out. Linear in both.
 */
bool news_past_make(news_arena *arena, news_sketch then, const news_sketch *now, news_past *past);

/* How far the words then and now are the same, going away from either place (the words at `then`
 * and `now` are the first that are compared); at most `limit`. */
uint32_t news_past_agree(const news_past *past, uint32_t then, uint32_t now, bool backwards,
                         uint32_t limit);

/* The first word of a text by its number, to go on with `same` or `again`. */
uint32_t news_past_first(const news_past *past, uint32_t word, bool is_now);

#endif
