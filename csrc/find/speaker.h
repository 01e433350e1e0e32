/* Who says it: the subject of a cue, as a noun phrase and as entities. */
#ifndef NEWS_SPEAKER_H
#define NEWS_SPEAKER_H

#include "cue.h"
#include "entity.h"
#include "phrase.h"

/* What the search for speakers reads. */
typedef struct news_scene {
    const news_article *article;
    const news_entities *entities;
    news_tags tags;
    news_phrases phrases;
} news_scene;

/* A cue and its speaker; `speaker.first` is NEWS_NONE where none was found. */
typedef struct news_attribution {
    news_cue cue;
    news_phrase speaker;
    float score;
} news_attribution;

/* The cue at token `at`, which must be a verb or start "according to", and its subject before it.
 */
bool news_find_attribution(const news_scene *scene, uint32_t at, news_attribution *out);

/* Behind a marked stretch, from token `at` on: "X said", "said X", "X, a doctor, said". */
bool news_find_attribution_after(const news_scene *scene, uint32_t at, uint32_t end,
                                 news_attribution *out);

/* Fills a quote's speaker from the phrase. False: out of memory. */
bool news_fill_speaker(news_arena *arena, const news_scene *scene, news_phrase phrase, float score,
                       news_speaker *out);

#endif
