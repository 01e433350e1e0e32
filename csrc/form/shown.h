/* Who wrote an article and when, as a page shows it beside the headline. */
#ifndef NEWS_SHOWN_H
#define NEWS_SHOWN_H

#include "byline.h"
#include "calendar.h"

/* How plainly the names are those of authors. */
typedef enum news_shown_by {
    NEWS_SHOWN_NOT,
    NEWS_SHOWN_BY_LINK,  /* a link to somebody's page */
    NEWS_SHOWN_BY_CLASS, /* the class of an element */
    NEWS_SHOWN_BY_WORD,  /* "By", "Written by", or rel=author and the like */
} news_shown_by;

enum { NEWS_MOST_SHOWN_DATES = 6 };

typedef struct news_shown {
    news_names names;
    news_shown_by by;
    struct news_shown_date {
        news_when when;
        bool is_update; /* called so; else called the date of publication, or nothing */
        bool is_behind; /* the headline, not before it */
    } dates[NEWS_MOST_SHOWN_DATES];
    uint32_t n_dates;
} news_shown;

/* Looks around the headline's place; `headline` from NEWS_NONE: nothing is found. False: out of
 * memory. */
bool news_form_shown(news_arena *arena, const news_reading *reading, news_span headline,
                     news_date_order order, news_shown *out);

#endif
