/* Reported speech as grammar shows it: a cue, whose subject says it, and what is said. */
#ifndef NEWS_REPORT_H
#define NEWS_REPORT_H

#include "cue.h"
#include "mark.h"
#include "phrase.h"

/* Tokens from `first` up to `end`; first is NEWS_NONE where there is nothing. */
typedef struct news_range {
    uint32_t first, end;
} news_range;

/* A sentence of the narrator: what stands in marks counts as one part of it, however many sentences
 * it holds. */
typedef struct news_narration {
    uint32_t first, end, block;
} news_narration;

typedef struct news_report {
    news_range cue, source, content;
    uint32_t line;
    uint16_t flags; /* NEWS_CUES_… */
    bool is_before; /* the content comes before the cue */
    bool is_split;  /* a marked stretch on either side of the cue */
    bool is_title;  /* a headline, a turn: its cue may be a mark */
    bool is_turn;   /* of a transcript: may go on over many lines */
} news_report;

/* What the search reads and what it fills. */
typedef struct news_reports {
    const news_article *article;
    const news_cues *cues;
    const uint8_t *tags;
    const news_phrases *phrases;
    const news_stretches *stretches;
    uint32_t *stretch_of; /* for each token, the index of its stretch or NEWS_NONE */
    NEWS_LIST(news_narration) lines;
    NEWS_LIST(news_report) list; /* in order of their cues */
} news_reports;

/* Fills `lines` and `list`. False: out of memory. */
bool news_find_reports(news_arena *arena, news_reports *reports);

/* The noun phrase that starts at a token, with what describes it; empty where none does. */
news_range news_report_noun(const news_reports *reports, uint32_t at, uint32_t end);

/* The subject of the clause whose verb group starts at `at`; first is NEWS_NONE where none is
 * found.
 */
news_range news_report_subject(const news_reports *reports, uint32_t from, uint32_t at);

/* Whether a token is this word, whatever its case. */
static inline bool news_report_is_word(const news_reports *reports, uint32_t token,
                                       const char *word) {
    return news_form_is_word(reports->article, token, word);
}

/* Whether a token is the mark that starts with this character. */
static inline bool news_report_is_mark(const news_reports *reports, uint32_t token, char c) {
    const news_token *t = &reports->article->tokens[token];
    return t->kind == NEWS_TOKEN_MARK && reports->article->text->bytes[t->span.from] == c;
}

/* Whether a token says when: a day, "yesterday", "week". */
bool news_report_is_time(const news_reports *reports, uint32_t token);

#endif
