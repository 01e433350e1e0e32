/* Who reports, where no subject stands right before the verb. */
#include "clause.h"

/* The subject of the last finite verb before `at`, of a past only where `at` is one. */
static news_range shared_subject(const news_reports *r, uint32_t from, uint32_t at, bool strict) {
    uint32_t lowest = at > from + 80 ? at - 80 : from; /* as far as in clause.c */
    for (uint32_t i = at; i-- > lowest;) {
        if (!is_plain(r, i)) {
            i = r->stretches->list.at[r->stretch_of[i]].open;
            if (i <= lowest) {
                break;
            }
            continue;
        }
        /* "said the lane would reopen and accused": a past joins a past, no modal. */
        bool other = strict && at < r->article->n_tokens && r->tags[at] == NEWS_TAG_PAST &&
                     r->tags[i] != NEWS_TAG_PAST;
        if (!is_finite(r->tags[i]) || other) {
            continue;
        }
        uint32_t g = news_report_verb_group(r, i, from);
        news_range subject = news_report_subject(r, from, g);
        if (subject.first != NEWS_NONE) {
            return subject;
        }
        if (i + 1 < at && is_plain(r, i + 1)) { /* “…,” said Smith, adding */
            subject = news_report_noun(r, i + 1, at);
            if (subject.first != NEWS_NONE && g > from && !is_plain(r, g - 1)) {
                return subject;
            }
        }
        i = g;
        if (i <= lowest) {
            break;
        }
    }
    return NOTHING;
}

news_range news_report_shared_subject(const news_reports *r, uint32_t from, uint32_t at) {
    news_range subject = shared_subject(r, from, at, true);
    return subject.first != NEWS_NONE ? subject : shared_subject(r, from, at, false);
}

uint32_t news_report_relative(const news_reports *r, uint32_t from, uint32_t group) {
    enum { LONGEST_ADJUNCT = 12 }; /* tokens */
    uint32_t i = group;
    while (i > from && i + LONGEST_ADJUNCT > group && is_plain(r, i - 1)) {
        uint32_t p = r->phrases->of[i - 1];
        if (r->tags[i - 1] == NEWS_TAG_RELATIVE || (i == group && is_word(r, i - 1, "that"))) {
            return i - 1;
        }
        if (r->tags[i - 1] == NEWS_TAG_ADVERB || is_mark(r, i - 1, ',')) {
            i--;
        } else if (p != NEWS_NONE && r->phrases->list.at[p].first > from &&
                   (r->tags[r->phrases->list.at[p].first - 1] == NEWS_TAG_PREPOSITION ||
                    news_report_is_time(r, i - 1))) {
            uint32_t first = r->phrases->list.at[p].first;
            i = r->tags[first - 1] == NEWS_TAG_PREPOSITION ? first - 1 : first;
        } else {
            return NEWS_NONE;
        }
    }
    return NEWS_NONE;
}

news_range news_report_actor(const news_reports *r, uint32_t from, uint32_t v) {
    uint32_t end = v > from && is_mark(r, v - 1, ',') ? v - 1 : v;
    if (end == from || !is_plain(r, end - 1) || r->phrases->of[end - 1] == NEWS_NONE) {
        return NOTHING;
    }
    const news_phrase *p = &r->phrases->list.at[r->phrases->of[end - 1]];
    bool person = r->tags[p->first] == NEWS_TAG_PRONOUN || r->tags[p->end - 1] == NEWS_TAG_NAME;
    bool near = end == v || p->first == from; /* behind a comma only what opens the line */
    return person && near && p->first >= from && p->end == end && !news_report_is_time(r, end - 1)
               ? (news_range){p->first, p->end}
               : NOTHING;
}

news_range news_report_subject_behind(const news_reports *r, const news_narration *line,
                                      uint32_t at) {
    for (uint32_t i = at; i < line->end; i++) {
        if (!is_plain(r, i)) {
            i = r->stretches->list.at[r->stretch_of[i]].end - 1;
            continue;
        }
        bool open =
            i > at && (is_mark(r, i - 1, ',') ||
                       (!is_plain(r, i - 1) &&
                        is_mark(r, r->stretches->list.at[r->stretch_of[i - 1]].end - 2, ',')));
        if (!open || r->phrases->of[i] == NEWS_NONE) {
            continue;
        }
        news_range noun = news_report_noun(r, i, line->end);
        uint32_t verb = noun.first == NEWS_NONE ? line->end : noun.end;
        while (verb < line->end && r->tags[verb] == NEWS_TAG_ADVERB) {
            verb++;
        }
        if (verb < line->end && is_finite(r->tags[verb])) {
            return noun;
        }
    }
    return NOTHING;
}

news_range news_report_antecedent(const news_reports *r, uint32_t from, uint32_t who) {
    uint32_t i = who;
    if (i > from &&
        (is_mark(r, i - 1, ',') || is_mark(r, i - 1, '-') ||
         (unsigned char)r->article->text->bytes[r->article->tokens[i - 1].span.from] == 0xE2)) {
        i--;
    }
    if (i == from || !is_plain(r, i - 1) || r->phrases->of[i - 1] == NEWS_NONE) {
        return NOTHING;
    }
    const news_phrase *p = &r->phrases->list.at[r->phrases->of[i - 1]];
    news_range source = {p->first < from ? from : p->first, p->end};
    /* "a letter from his doctor Friday that says": the letter says it. */
    while (source.first > from + 1 &&
           (is_word(r, source.first - 1, "from") || is_word(r, source.first - 1, "by") ||
            is_word(r, source.first - 1, "of")) &&
           is_plain(r, source.first - 2) && r->phrases->of[source.first - 2] != NEWS_NONE) {
        source.first = r->phrases->list.at[r->phrases->of[source.first - 2]].first;
    }
    source.first = source.first < from ? from : source.first;
    return source;
}
