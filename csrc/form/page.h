/* What the labeller sees of a line: a list of yes-or-no features, named for the table of weights.
 */
#ifndef NEWS_PAGE_H
#define NEWS_PAGE_H

#include "line.h"

/* Each is a question and how many answers it has; a line gives one answer to each. The table of
 * weights calls them "question:answer". */
#define NEWS_FEATURES(X)                                                                           \
    X(bias, 1)                                                                                     \
    X(length, 12)   /* in words, bucketed */                                                       \
    X(ending, 32)   /* length in four buckets and how it ends */                                   \
    X(stops, 18)    /* length in three buckets and the share of common words */                    \
    X(capitals, 18) /* length in three buckets and the share of capitalised long words */          \
    X(sentences, 8) /* ends of sentences, and whether it is long */                                \
    X(commas, 3)                                                                                   \
    X(bars, 3)                                                                                     \
    X(numbers, 4)  /* share of numbers */                                                          \
    X(personal, 6) /* "I", "you" outside of quotation marks, and whether it is long */             \
    X(exclaims, 3)                                                                                 \
    X(flag, 16)    /* one answer for each flag of the line: several may be given */                \
    X(opening, 32) /* class of its opening, and whether it is short */                             \
    X(date, 3)     /* none, some, nothing else */                                                  \
    X(head, 6)     /* the page's first lines */                                                    \
    X(tail, 6)     /* the page's last lines */                                                     \
    X(kind, 9)                                                                                     \
    X(before1, 81) /* own kind and that of the line before */                                      \
    X(before2, 81)                                                                                 \
    X(before3, 9)                                                                                  \
    X(after1, 81)                                                                                  \
    X(after2, 81)                                                                                  \
    X(after3, 9)                                                                                   \
    X(both, 729)        /* own kind and those on both sides */                                     \
    X(texts_before, 36) /* running lines among those before, and own kind */                       \
    X(texts_after, 36)                                                                             \
    X(texts_far, 24)    /* running lines within twenty before and after */                         \
    X(run, 36)          /* neighbours of the same kind in a row, and own kind */                   \
    X(core, 27)         /* before, in or behind the densest stretch of text, and own kind */       \
    X(to_core, 48)      /* lines to its start, by length */                                        \
    X(from_core, 24)    /* lines since its end, by length */                                       \
    X(since, 54)        /* what of "comments", "related", "copyright" came since the core began */ \
    X(since_near, 54)   /* the same within the last lines */                                       \
    X(dates_near, 12)   /* lines with dates around it, and whether it is running text */           \
    X(repeat, 6)        /* the same line stands elsewhere */                                       \
    X(overlap, 18)      /* share of its words that the core's first lines use, by length */        \
    X(overlap_core, 36) /* the same, by where it stands to the core */                             \
    X(first_text, 4)    /* it is the first running line; or just before it */                      \
    X(sign, 8)          /* of readers' comments: which, and whether it is long */                  \
    X(signs, 60)       /* signs of comments since the text began and in the next lines, by kind */ \
    X(marked, 18)      /* "Comments" stood since the text began, by kind */                        \
    X(marked_signs, 8) /* the same, by signs in the next lines, for running text and others */     \
    X(rank, 24)        /* among lines that may be the headline, by place and length */             \
    X(hits, 18)        /* how many of its words the core's first lines use, by length */           \
    X(numbered, 24)    /* starts with a number as headings and lists do; the next such line */     \
    X(named, 32)       /* starts with a name; kinds of the lines around it */                      \
    X(to_meta, 16)     /* lines to the next date or byline, and to the next running line */        \
    X(gap, 24)         /* other lines since the last running line and until the next */            \
    X(next, 192)       /* length and end of the line behind, by own length */                      \
    X(last, 192)       /* the same of the line before */                                           \
    X(value, 8)        /* "Name: value", by own length, and whether the next is alike */           \
    X(mixed, 64)       /* own end and that of the line before */

enum {
#define NEWS_FEATURE(name, n)                                                                      \
    NEWS_FEATURE_##name, NEWS_FEATURE_##name##_last = NEWS_FEATURE_##name + (n)-1,
    NEWS_FEATURES(NEWS_FEATURE)
#undef NEWS_FEATURE
        NEWS_N_FEATURES
};

/* Features of one line at most. */
#define NEWS_MOST_FEATURES 80

/* A page of lines and what has been counted over all of them. */
typedef struct news_page {
    const char *text;
    const news_line *lines;
    uint32_t n;
    uint8_t *kinds;       /* coarse kinds of lines */
    uint32_t *texts;      /* running lines before each; n + 1 of them */
    uint32_t *dates;      /* lines with dates before each; n + 1 of them */
    uint32_t *since[3];   /* 1 + the last line that says "comments", "related", "copyright" */
    uint32_t *signs;      /* signs of readers' comments before each line; n + 1 of them */
    uint32_t *marks;      /* lines that say "comments" before each line; n + 1 of them */
    uint32_t *since_text; /* 1 + the last running line before each line, 0 where none is */
    uint32_t *until_text; /* the next running line behind each line, or n */
    uint8_t *hits;        /* words of a line that the core uses */
    uint32_t best[3];     /* the likeliest headlines by their words, best first; NEWS_NONE */
    uint8_t *overlap;     /* share of a line's words in the core, bucketed */
    uint8_t *repeat;      /* the same line before, behind */
    uint16_t *run_before, *run_after;
    news_span core;       /* lines of the densest stretch of running text */
    uint32_t first_text;  /* the first running line, or n */
    uint32_t comments;    /* the first line of readers' comments, or n: certain ones only */
    uint8_t *numbers;     /* how each line is numbered, 0 not at all */
    uint32_t *until_meta; /* the next line with a date or byline behind each line, or n */
    uint32_t text_share;  /* running lines in five parts of the page */
} news_page;

/* Counts over all lines. False: out of memory. */
bool news_form_page(news_arena *arena, const char *text, const news_line *lines, uint32_t n,
                    news_page *out);

/* Writes the features of line `i` to `out` and returns how many; `layer` ones are the decoder's. */
uint32_t news_form_features(const news_page *page, uint32_t i, uint16_t *out);

/* A word of a line for the table of words: folded, with the place it stands at. */
typedef struct news_feature_word {
    char bytes[24];
    uint32_t n;
} news_feature_word;

/* The line's words, each with "^" before it where it is the line's first, and how many: none for a
 * long line. At most `most`. */
uint32_t news_form_feature_words(const news_page *page, uint32_t i, news_feature_word *out,
                                 uint32_t most);

#endif
