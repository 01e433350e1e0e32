/* The lines of keys and values that a Markdown file may open with. */
#ifndef NEWS_FRONT_MATTER_H
#define NEWS_FRONT_MATTER_H

#include "passage.h"

/* The offset in the source's utf8 behind the front matter (its closing line included), 0 where
 * there is none; claims are added for the keys that are known. False: out of memory. */
bool news_read_front_matter(news_arena *arena, const news_source *source, news_claims *claims,
                            uint32_t *end);

#endif
