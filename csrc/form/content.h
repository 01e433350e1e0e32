/* Which passages of a web page are its article: a linear score of what can be seen of each, then a
 * second one that also sees how its neighbours and the elements around it did. */
#ifndef NEWS_CONTENT_H
#define NEWS_CONTENT_H

#include "line.h"

/* Groups of features and the number of values each takes; a passage has one value of a group, or
 * one for each bit that is set where the group is of flags. */
#define NEWS_CONTENT_GROUPS(GROUP)                                                                 \
    GROUP(element, NEWS_N_ELEMENTS)                                                                \
    GROUP(place, 16)                                                                               \
    GROUP(word, 14)                                                                                \
    GROUP(word_above, 14)                                                                          \
    GROUP(heading_level, 7)                                                                        \
    GROUP(length, 12) /* bytes, by powers of two */                                                \
    GROUP(links, 6)   /* share of it that is links */                                              \
    GROUP(stops, 8)   /* common words */                                                           \
    GROUP(sentences, 5)                                                                            \
    GROUP(commas, 4)                                                                               \
    GROUP(end, 8)                                                                                  \
    GROUP(line_flag, 20)                                                                           \
    GROUP(opening, 24)                                                                             \
    GROUP(running_element, 2 * NEWS_N_ELEMENTS)                                                    \
    GROUP(mass, 8) /* share of the page's running text in the same element */                      \
    GROUP(mass_above, 8)                                                                           \
    GROUP(mass_two_above, 8)                                                                       \
    GROUP(link_mass, 6)   /* share of links in the same element */                                 \
    GROUP(before, 8)      /* share of the page's running text before it */                         \
    GROUP(past_title, 3)  /* before, within, behind the headline */                                \
    GROUP(same_before, 2) /* the passage before is in the same element */                          \
    GROUP(same_after, 2)                                                                           \
    GROUP(shape_before, 24) /* length and links of the one before */                               \
    GROUP(shape_after, 24)                                                                         \
    GROUP(repeated, 2)                                                                             \
    GROUP(score_before, 10) /* from here on: of the second layer only */                           \
    GROUP(score_two_before, 10)                                                                    \
    GROUP(score_own, 10)                                                                           \
    GROUP(score_after, 10)                                                                         \
    GROUP(score_two_after, 10)                                                                     \
    GROUP(score_parent, 10) /* mean of the same element, by bytes */                               \
    GROUP(score_grandparent, 10)                                                                   \
    GROUP(score_past, 10) /* mean of the running text before it */                                 \
    GROUP(score_to_come, 10)

enum {
#define GROUP(name, n) NEWS_CONTENT_##name, NEWS_CONTENT_LAST_##name = NEWS_CONTENT_##name + (n)-1,
    NEWS_CONTENT_GROUPS(GROUP)
#undef GROUP
        NEWS_N_CONTENT_FEATURES,
    NEWS_CONTENT_SECOND = NEWS_CONTENT_score_before,
    NEWS_MOST_CONTENT_FEATURES = 96,
};

/* One page while it is judged. */
typedef struct news_content {
    news_arena *arena;
    const char *text;
    const news_reading *reading;
    const news_line *lines;
    uint32_t n;
    uint32_t title;   /* the passage that is the headline, or NEWS_NONE */
    uint32_t running; /* bytes of running text */
    uint32_t *before; /* of it, before each passage */
    uint32_t n_elements;
    struct news_content_mass {
        uint32_t running, bytes, links;
        int64_t score; /* of the first layer, by bytes */
    } * masses[3];     /* by number of element: own parents, theirs, and so on */
    int32_t *scores;   /* of the first layer; in units of NEWS_CONTENT_UNIT */
    int64_t *past;     /* sums of scores of running text, by bytes */
} news_content;

/* Scores are logits times this. */
#define NEWS_CONTENT_UNIT 256

/* Looks at the page; `lines` go with the reading's passages. False: out of memory. */
bool news_content_open(news_arena *arena, const news_reading *reading, const news_line *lines,
                       news_content *out);

/* The features of passage `i`, those of the second layer too once scores are there; returns how
 * many. */
uint32_t news_content_features(const news_content *content, uint32_t i, bool second,
                               uint16_t out[NEWS_MOST_CONTENT_FEATURES]);

/* Fills in the first layer's scores, by weights. */
void news_content_score(news_content *content, const int16_t *weights);

/* Labels (news_label) for all passages by the trained weights. False: out of memory. */
bool news_form_content(news_arena *arena, const news_reading *reading, const news_line *lines,
                       uint8_t *labels);

#endif
