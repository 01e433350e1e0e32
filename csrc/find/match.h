/* Which report each marked stretch belongs to, and what a stretch is by itself. */
#ifndef NEWS_MATCH_H
#define NEWS_MATCH_H

#include "report.h"

typedef struct news_matches {
    uint32_t *report_of; /* for each stretch, its report or NEWS_NONE */
    uint32_t *line_of;   /* for each stretch, its line */
} news_matches;

/* May widen the content of reports that hold nothing yet. False: out of memory. */
bool news_find_matches(news_arena *arena, news_reports *reports, news_matches *out);

/* Whether a stretch holds a sentence of its own rather than words of the narrator's. */
bool news_match_is_sentence(const news_reports *reports, const news_stretch *stretch);

/* Whether the first word of a stretch has a capital; what was cut or put in before it ("[Hall] …",
 * "… and so") passes for one. */
bool news_match_opens_capital(const news_reports *reports, const news_stretch *stretch);

/* Whether a stretch is what something is called: the title of a work, a nickname, a coined name. */
bool news_match_is_name(const news_reports *reports, const news_stretch *stretch);

/* Whether marked words in the middle of a sentence are too many for a term, and no title:
 * somebody's words, whoever said them. */
bool news_match_is_fragment(const news_reports *reports, const news_stretch *stretch);

#endif
