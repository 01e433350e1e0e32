/* The names of those who wrote it, out of a byline. */
#ifndef NEWS_BYLINE_H
#define NEWS_BYLINE_H

#include "roles.h"

typedef struct news_names {
    NEWS_LIST(news_value) list;
} news_names;

/* Appends the persons that a byline names, without "By", job titles and outlets; or, where it names
 * an agency only and `or_outlet` is set, the agency. False: out of memory. */
bool news_form_byline(news_arena *arena, const char *text, news_span span, bool or_outlet,
                      news_names *out);

#endif
