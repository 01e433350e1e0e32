/* What the article says of itself: headline, dek, dates, authors, publisher, language. */
#ifndef NEWS_METADATA_H
#define NEWS_METADATA_H

#include "roles.h"

/* Fills all but the blocks of `roles` from them and from the reader's claims. False: out of memory.
 */
bool news_form_metadata(news_arena *arena, const news_reading *reading, news_roles *roles);

#endif
