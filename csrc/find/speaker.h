/* From the words that name a source to the entities behind them. */
#ifndef NEWS_SPEAKER_H
#define NEWS_SPEAKER_H

#include "entity.h"
#include "report.h"

/* Below this score a speaker is left unknown. */
#define NEWS_SPEAKER_THRESHOLD 0.3f

/* Fills `out` with who the source is; its score is `score`, less where a pronoun resolves to
 * nobody. `name.bytes` stays NULL where it is left unknown. False: out of memory. */
bool news_find_speaker(news_arena *arena, const news_reports *reports,
                       const news_entities *entities, news_range source, float score,
                       news_speaker *out);

#endif
