/* What each passage is: headline, byline, paragraph, boilerplate … */
#ifndef NEWS_ROLES_H
#define NEWS_ROLES_H

#include "line.h"

typedef struct news_roles {
    NEWS_LIST(news_block) blocks;
    news_lines lines; /* what was seen of each passage */
    news_value headline, dek;
    news_date date, modified;
    const news_value *bylines;
    uint32_t n_bylines;
    NEWS_LIST(news_item) items; /* one for each of the reading's: none for a single article */
    news_string publisher, section, language;
    const char *note; /* a page without an article; or NULL */
} news_roles;

/* Judges every passage by its text, its neighbours and what its format says, cuts it into blocks,
 * and draws the metadata from the blocks and the reader's claims. False: out of memory. */
bool news_form_roles(news_arena *arena, const news_reading *reading, news_roles *out);

#endif
