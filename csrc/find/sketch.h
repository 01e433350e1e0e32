/* A text as the row of its words, each a number of 18 bits: enough to tell what became of every
 * word of an earlier state, without keeping that state. */
#ifndef NEWS_SKETCH_H
#define NEWS_SKETCH_H

#include "anchor.h"

/* Characters that a word takes in the written form. */
#define NEWS_SKETCH_WIDTH 3u

typedef struct news_sketch {
    uint32_t *word; /* what a word is known by */
    uint32_t *from; /* its units; NULL in a sketch that was read */
    uint32_t *to;
    uint32_t n;
} news_sketch;

/* Whether a code point is a part of a word. */
bool news_sketch_is_word(uint32_t c);

/* Whether two neighbouring code points belong to the same word. */
bool news_sketch_joins(uint32_t before, uint32_t after);

/* What a word of folded units is known by. */
uint32_t news_sketch_number(const uint32_t *units, uint32_t n);

/* The words of folded units that are not numbered yet. False when memory is out. */
bool news_sketch_make(news_arena *arena, const news_units *units, news_sketch *sketch);

/* The written form: a line for each line of the text that has words, in characters that JSON leaves
 * as they are. `bytes` is NULL when memory is out. */
news_string news_sketch_write(news_arena *arena, const news_sketch *sketch, const news_units *units,
                              news_string text);

/* Reads a written form. False when memory is out or it is none. */
bool news_sketch_read(news_arena *arena, news_string written, news_sketch *sketch);

#endif
