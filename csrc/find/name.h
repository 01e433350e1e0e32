/* A name as it stands in the text, before it is known whose it is. */
#ifndef NEWS_NAME_H
#define NEWS_NAME_H

#include "feature.h"

typedef struct news_name {
    news_span span;
    uint32_t first, n_tokens;
    news_entity_type type;
    uint16_t thing;       /* of the gazetteer, or NEWS_NO_THING */
    uint16_t sureness;    /* of span and type, in thousandths */
    uint32_t known;       /* index into the user's list, or NEWS_NONE */
    news_span title;      /* the title or role before it ("Russian President"), empty where none */
    uint16_t title_is;    /* flags of csrc/data/titles.txt */
    news_span apposition; /* "the chief executive of …" behind it, empty where none */
    uint32_t entity;      /* set by merging */
} news_name;

typedef struct news_names {
    NEWS_LIST(news_name) list; /* sorted, not overlapping */
} news_names;

/* Finds names with the model; those of the user's list win. False: out of memory. */
bool news_find_names(news_arena *arena, const news_views *views, const news_model *model,
                     const news_known_entity *known, uint32_t n_known, news_names *out);

/* Fills `title` and `title_is` of every name, and takes titles off the front of persons' names. */
void news_find_titles(const news_article *article, news_names *names);

#endif
