/* What is seen between two paragraphs of an article: whether a section may begin there. */
#ifndef NEWS_BOUNDARY_H
#define NEWS_BOUNDARY_H

#include "article.h"
#include "line.h"

/* A paragraph by its form and its content words. */
typedef struct news_paragraph {
    uint32_t block;                /* of the blocks that were read */
    uint32_t first_word, end_word; /* content words */
    uint32_t n_words;              /* all words */
    uint32_t first;                /* hash of its first word, 0 where there is none */
    uint16_t flags;
    uint8_t sentences; /* ends of sentences; so many at most */
    uint8_t opening;   /* words of its first sentence; so many at most */
    uint8_t end;       /* news_line_end */
    uint8_t kind;
} news_paragraph;

/* Each is a question and how many answers it has; a boundary gives one answer to each. `a` is the
 * paragraph before it, `b` the one behind, `z` that before `a`, `c` that behind `b`. */
#define NEWS_BOUNDARY_QUESTIONS(X)                                                                 \
    X(bias, 1)                                                                                     \
    X(z_size, 10)                                                                                  \
    X(a_size, 10)                                                                                  \
    X(b_size, 10)                                                                                  \
    X(c_size, 10)                                                                                  \
    X(ends, 64) /* of a and b */                                                                   \
    X(c_end, 9)                                                                                    \
    X(kinds_before, 1331) /* of z, a and b */                                                      \
    X(kinds_behind, 1331) /* of a, b and c */                                                      \
    X(kinds_far, 121)     /* of c and the one behind it */                                         \
    X(a_flag, 10)                                                                                  \
    X(b_flag, 10)                                                                                  \
    X(both_flag, 10)                                                                               \
    X(a_sentences, 5)                                                                              \
    X(b_sentences, 5)                                                                              \
    X(b_opening, 6)  /* words of its first sentence */                                             \
    X(same_first, 4) /* a and b start with the same word; b and c do */                            \
    X(near, 8)       /* how like the words of one paragraph on each side are */                    \
    X(middle, 8)     /* of two */                                                                  \
    X(far, 8)        /* of four */                                                                 \
    X(near_dip, 9)   /* the same beside those of the boundaries around it */                       \
    X(middle_dip, 9)                                                                               \
    X(far_dip, 9)                                                                                  \
    X(fresh, 6)    /* share of b's words that the article has not had */                           \
    X(recent, 6)   /* that the two paragraphs before it have */                                    \
    X(goes_on, 6)  /* that c has */                                                                \
    X(given_up, 6) /* share of a's words that b has */                                             \
    X(place, 8)    /* from the start and to the end */                                             \
    X(a_length, 6) /* in words, beside the article's mean */                                       \
    X(b_length, 6)                                                                                 \
    X(c_length, 7)                                                                                 \
    X(shorts, 5) /* share of short paragraphs in the article */

enum {
#define NEWS_BOUNDARY_QUESTION(name, n)                                                            \
    NEWS_BOUNDARY_##name, NEWS_BOUNDARY_##name##_last = NEWS_BOUNDARY_##name + (n)-1,
    NEWS_BOUNDARY_QUESTIONS(NEWS_BOUNDARY_QUESTION)
#undef NEWS_BOUNDARY_QUESTION
        NEWS_N_BOUNDARY_FEATURES
};

/* Answers of one boundary at most. */
enum { NEWS_MOST_BOUNDARY_ANSWERS = 64 };

typedef struct news_boundary {
    uint16_t answers[NEWS_MOST_BOUNDARY_ANSWERS];
    uint32_t n;
} news_boundary;

/* Looks at a paragraph's form; `line` is what news_form_line() says of it where that is known. */
void news_form_paragraph(const char *text, const news_block *block, const news_line *line,
                         news_paragraph *out);

/* The logarithm of the odds that a section begins with each paragraph, by the trained weights; 0
 * for the first. `words` are ids below `vocabulary`. Where `answers` is not NULL it gets a row for
 * each paragraph: what the weights are fitted on. Linear. False: out of memory. */
bool news_form_boundaries(news_arena *arena, const news_paragraph *paragraphs, uint32_t n,
                          const uint32_t *words, uint32_t vocabulary, float *odds,
                          news_boundary *answers);

#endif
