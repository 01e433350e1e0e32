/* The tree of sections. */
#ifndef NEWS_OUTLINE_H
#define NEWS_OUTLINE_H

#include "article.h"
#include "roles.h"

typedef struct news_sections {
    NEWS_LIST(news_section) list;
} news_sections;

/* Sections by subheads, items, turns and entries. False: out of memory. */
bool news_form_outline(news_arena *arena, const news_text *text, const news_roles *roles,
                       news_sections *out);

/* The same for a feed or package: one section for each item, with those of its subheads below it.
 */
bool news_form_item_outline(news_arena *arena, const news_text *text, const news_roles *roles,
                            news_sections *out);

#endif
