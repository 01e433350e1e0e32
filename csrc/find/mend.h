/* Parts of speech, put right around words that report. */
#ifndef NEWS_MEND_H
#define NEWS_MEND_H

#include "cue.h"
#include "entity.h"
#include "mark.h"
#include "tag.h"

/* Changes the tags of words that the tagger, which sees five words at a time, gets wrong more often
 * than not: the article's names, and pasts that look like participles. */
void news_find_mended_tags(const news_cues *cues, const news_entities *entities,
                           const news_stretches *stretches, news_tags *tags);

#endif
