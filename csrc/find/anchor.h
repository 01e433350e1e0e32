/* Finding a passage again in a text that was edited: exact first, then approximate, or not at all.
 * The public part is in newsoutline.h; here is what its two files share. */
#ifndef NEWS_ANCHOR_H
#define NEWS_ANCHOR_H

#include "arena.h"

/* A text as it is compared: one unit for each code point; runs of white space are one blank,
 * quotation marks and dashes have one form, letters are lower case. */
typedef struct news_units {
    uint32_t *at;   /* code points, or, once numbered, numbers of the article's alphabet */
    uint32_t *from; /* byte that each unit starts at; n + 1 of them */
    uint32_t n;
} news_units;

/* Folds `text` into units. False when memory is out. */
bool news_units_fold(news_arena *arena, news_string text, news_units *units);

/* Myers' bit-parallel search (J. ACM 46, 1999), in blocks of 64 units. `match[b + unit * n_blocks]`
 * holds the places of a unit in the pattern; rows of units that the pattern lacks are shared, so
 * the table grows with the pattern. */
typedef struct news_pattern {
    uint64_t *match;
    const uint32_t *rows; /* by unit: its row in `match`; row 0 is empty */
    uint64_t *plus, *minus;
    uint32_t n, n_blocks;
} news_pattern;

/* Readies a pattern of n > 0 units below `n_alphabet`; `backwards` reads it from its end. */
bool news_pattern_make(news_arena *arena, const uint32_t *units, uint32_t n, uint32_t n_alphabet,
                       bool backwards, news_pattern *pattern);

/* Before the first step of a scan. With `fixed_start` the match must begin at the first unit, else
 * anywhere. */
void news_pattern_reset(news_pattern *pattern);

/* Reads one unit and returns the change of the distance between the pattern and what ends here. */
int news_pattern_step(news_pattern *pattern, uint32_t unit, bool fixed_start);

#endif
