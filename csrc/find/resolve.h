/* Whom pronouns and descriptions stand for. */
#ifndef NEWS_RESOLVE_H
#define NEWS_RESOLVE_H

#include "mark.h"
#include "name.h"

/* A mention that is no name. A span that stands for several ("both presidents") has one record for
 * each. */
typedef struct news_reference {
    news_span span;
    news_mention_kind kind; /* description or pronoun */
    uint32_t name;          /* the first name of what it stands for */
} news_reference;

typedef struct news_references {
    NEWS_LIST(news_reference) list; /* in order of the text */
    news_gender *genders;           /* by the first name of each person */
} news_references;

/* `names` have been merged. What fits nothing well enough is left out. False: out of memory. */
bool news_find_references(news_arena *arena, const news_article *article,
                          const news_stretches *marks, const news_names *names,
                          news_references *out);

#endif
