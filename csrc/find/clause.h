/* What the files that read clauses ask of tokens and offer one another. */
#ifndef NEWS_CLAUSE_H
#define NEWS_CLAUSE_H

#include "report.h"

#define NOTHING ((news_range){NEWS_NONE, NEWS_NONE})

static inline bool is_word(const news_reports *r, uint32_t token, const char *word) {
    return news_report_is_word(r, token, word);
}

static inline bool is_mark(const news_reports *r, uint32_t token, char c) {
    return news_report_is_mark(r, token, c);
}

/* Outside quotation marks. */
static inline bool is_plain(const news_reports *r, uint32_t token) {
    return r->stretch_of[token] == NEWS_NONE;
}

static inline bool is_finite(uint8_t tag) {
    return tag == NEWS_TAG_PRESENT || tag == NEWS_TAG_PAST || tag == NEWS_TAG_MODAL;
}

static inline bool is_verb(uint8_t tag) {
    return tag >= NEWS_TAG_BASE && tag <= NEWS_TAG_GERUND;
}

/* Whether a token is a dash: - -- – — ― */
bool news_report_is_dash(const news_reports *reports, uint32_t token);

static inline bool is_dash(const news_reports *r, uint32_t token) {
    return news_report_is_dash(r, token);
}

/* Whether a token ends a sentence: . ! ? … */
bool news_report_is_stop(const news_reports *reports, uint32_t token);

/* Fills `lines`. False: out of memory. */
bool news_report_cut_lines(news_arena *arena, news_reports *reports);

/* "Name: …" at the start of a line, "… – Name" at its end, a turn of a transcript; its cue is the
 * mark. */
bool news_report_read_title(const news_reports *reports, uint32_t line, news_report *out);

/* A headline in which the tagger saw no verb, since every word has a capital. */
bool news_report_read_headline(const news_reports *reports, uint32_t line, news_report *out);

/* Where the verb group of the verb at `verb` starts: helpers, modals, adverbs, "wants to". */
uint32_t news_report_verb_group(const news_reports *reports, uint32_t verb, uint32_t from);

/* A form of "be" or "get" and no "have" before a participle: somebody else does it. */
bool news_report_is_passive(const news_reports *reports, uint32_t group, uint32_t verb);

/* Fills `content` for a cue whose words end at `after`, its subject known, an inverted one stepped
 * over; `before` is where the subject or the verb group starts. False: it reports nothing. */
bool news_report_find_content(const news_reports *reports, const news_narration *line,
                              news_report *report, uint32_t before, uint32_t after, uint8_t tense);

/* The content before the cue or its subject at `to`: back to the start of the line. */
news_range news_report_content_before(const news_reports *reports, const news_narration *line,
                                      uint32_t to);

/* Where the reported clause that starts at `at` ends, by the past tense of what reports it. */
uint32_t news_report_clause_end(const news_reports *reports, uint32_t at, uint32_t end);

/* `end` without the marks that close a line. */
uint32_t news_report_trim_end(const news_reports *reports, uint32_t from, uint32_t end);

/* ---- Who reports; first is NEWS_NONE where nobody is found ---- */

/* The subject that a verb without one shares with the finite verb before it: "…, adding that", "and
 * vowed to". */
news_range news_report_shared_subject(const news_reports *r, uint32_t from, uint32_t at);

/* "who in 2010 said": the relative word of the verb group that starts at `group`, when and where
 * left aside; or NEWS_NONE. */
uint32_t news_report_relative(const news_reports *r, uint32_t from, uint32_t group);

/* "Hall saying": who does what a gerund right behind them tells; a thing ("a statement saying")
 * leaves it to the clause. */
news_range news_report_actor(const news_reports *r, uint32_t from, uint32_t v);

/* "After saying …, she left": the subject of the clause behind a gerund that opens its line. */
news_range news_report_subject_behind(const news_reports *r, const news_narration *line,
                                      uint32_t at);

/* The antecedent of "who said" at `who`. */
news_range news_report_antecedent(const news_reports *r, uint32_t from, uint32_t who);

#endif
