/* Whom a quote without a cue goes on from. */
#ifndef NEWS_DIALOGUE_H
#define NEWS_DIALOGUE_H

#include "entity.h"
#include "match.h"

enum { NEWS_DIALOGUE_DEPTH = 3 };

/* The last quotes and their speakers, the newest first. */
typedef struct news_dialogue {
    news_speaker speaker[NEWS_DIALOGUE_DEPTH];
    uint32_t block[NEWS_DIALOGUE_DEPTH]; /* where each ended; NEWS_NONE where there is none */
    bool asks[NEWS_DIALOGUE_DEPTH];      /* ends with a question mark */
    uint32_t guest;     /* entity who answers the questions of an interview, or NEWS_NONE */
    news_speaker sheet; /* who the heading names that a sheet of quotes stands under, if any */
    uint32_t n_read;    /* lines that have been looked at for such headings */
} news_dialogue;

/* Before the first quote of an article; finds out whether it is an interview. */
void news_dialogue_begin(const news_reports *reports, const news_entities *entities,
                         news_dialogue *out);

/* After each quote, with its last stretch. */
void news_dialogue_add(news_dialogue *of, const news_reports *r, const news_speaker *speaker,
                       const news_stretch *end);

/* Fills `out` with the speaker of a stretch that no report holds; its name has no bytes where
 * nothing tells. False: out of memory. */
bool news_dialogue_inherit(news_arena *arena, news_dialogue *dialogue, const news_reports *reports,
                           const news_entities *entities, const news_stretch *stretch,
                           uint32_t line, news_speaker *out);

/* Gives a speaker that is "it" the name of what the sentence before tells of, where that shows; the
 * place stays that of "it". False: out of memory. */
bool news_dialogue_thing(news_arena *arena, const news_reports *reports,
                         const news_entities *entities, const news_report *report,
                         news_speaker *speaker);

/* Whether a turn is labelled "Q" or "A", "Question" or "Answer", rather than with a name. */
bool news_dialogue_is_label(const news_reports *reports, news_range source, bool *is_answer);

/* Who is interviewed: fills all of `out`. False: out of memory. */
bool news_dialogue_guest(news_arena *arena, const news_dialogue *dialogue,
                         const news_entities *entities, news_speaker *out);

#endif
