/* Dates as publishers write them: from words to ISO 8601. */
#ifndef NEWS_CALENDAR_H
#define NEWS_CALENDAR_H

#include "newsoutline.h"

/* Which number comes first in 03/04/2021, from the language or the country. */
typedef enum news_date_order {
    NEWS_ORDER_UNKNOWN, /* such a date has no ISO form unless a number is above 12 */
    NEWS_ORDER_DAY_FIRST,
    NEWS_ORDER_MONTH_FIRST,
} news_date_order;

/* A date that was found: with its weekday and time of day. */
typedef struct news_when {
    news_span span;
    uint32_t n;    /* bytes of `iso`; 0 where the order of its numbers cannot be told */
    char iso[30];  /* YYYY-MM, YYYY-MM-DD, YYYY-MM-DDThh:mm[:ss][Z|±hh:mm] */
    bool has_time; /* a time of day stands with it */
} news_when;

/* The first date in `span` of `text`. Looks at so much of the span's start only as a line that
 * tells a date may be long. */
bool news_form_date(const char *text, news_span span, news_date_order order, news_when *out);

#endif
