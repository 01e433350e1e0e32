/* The names of those who wrote it, out of a byline. */
#ifndef NEWS_BYLINE_H
#define NEWS_BYLINE_H

#include "roles.h"

/* Behind "By", "Written by" … and its colon at the start of the span, or span.from. */
uint32_t news_form_byline_opening(const char *text, news_span span);

/* More authors than any article has; what lists more is something else. */
enum { NEWS_MOST_NAMES = 64 };

typedef struct news_names {
    NEWS_LIST(news_value) list;
} news_names;

/* Appends the persons that a byline names, without "By", job titles and outlets; or, where it names
 * an agency only and `or_outlet` is set, the agency. False: out of memory. */
bool news_form_byline(news_arena *arena, const char *text, news_span span, bool or_outlet,
                      news_names *out);

#endif
