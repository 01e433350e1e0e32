/* How far what a cue reports goes. */
#include "clause.h"
#include "match.h"
#include "word_lists.h"

#include <string.h>

uint32_t news_report_trim_end(const news_reports *r, uint32_t from, uint32_t end) {
    while (end > from && is_plain(r, end - 1) &&
           r->article->tokens[end - 1].kind == NEWS_TOKEN_MARK &&
           (news_report_is_stop(r, end - 1) || is_mark(r, end - 1, ',') ||
            is_mark(r, end - 1, ';') || is_mark(r, end - 1, ':'))) {
        end--;
    }
    return end;
}

/* "…, inquiry hears", "…, officials said", "…, says mayor": the words from `at` to the end of the
 * line are who reports all before them. */
static bool is_tail(const news_reports *r, uint32_t at, uint32_t end) {
    enum { LONGEST_TAIL = 8, LONGEST_END = 16 }; /* tokens, and with the marks behind them */
    if (end - at > LONGEST_END) {
        return false;
    }
    uint32_t stop = news_report_trim_end(r, at, end);
    if (stop > at + LONGEST_TAIL || stop < at + 2 || !is_plain(r, at) || !is_plain(r, stop - 1)) {
        return false;
    }
    enum { SAYS = NEWS_CUES_SAY | NEWS_CUES_SHOW };
    bool acts = is_verb(r->tags[stop - 1]) ||
                r->article->text->bytes[r->article->tokens[stop - 1].span.to - 1] == 's';
    if (acts && r->phrases->of[at] != NEWS_NONE && r->phrases->of[stop - 2] != NEWS_NONE) {
        news_cue cue = news_find_cue(r->cues, stop - 1, end);
        return (cue.flags & NEWS_CUES_THAT) && (cue.flags & SAYS);
    }
    if (!is_finite(r->tags[at]) || r->phrases->of[stop - 1] == NEWS_NONE) {
        return false;
    }
    news_cue cue = news_find_cue(r->cues, at, end);
    return (cue.flags & NEWS_CUES_THAT) && (cue.flags & SAYS) && cue.end < stop &&
           r->phrases->of[cue.end] == r->phrases->of[stop - 1];
}

/* "…, but she denied that": a subject and a cue of the narrator's behind a conjunction. */
static bool speaks_on(const news_reports *r, uint32_t at, uint32_t end) {
    if (r->phrases->of[at] == NEWS_NONE) {
        return false;
    }
    uint32_t verb = r->phrases->list.at[r->phrases->of[at]].end;
    bool named = r->tags[verb - 1] == NEWS_TAG_NAME && is_word(r, at - 1, "but");
    if (r->tags[at] != NEWS_TAG_PRONOUN && !named) {
        return false;
    }
    while (verb < end && (r->tags[verb] == NEWS_TAG_ADVERB || r->tags[verb] == NEWS_TAG_PRESENT)) {
        if (is_verb(r->tags[verb]) && news_find_cue(r->cues, verb, end).flags) {
            break;
        }
        verb++; /* "also", "has" */
    }
    if (verb >= end || !is_verb(r->tags[verb])) {
        return false;
    }
    news_cue cue = news_find_cue(r->cues, verb, end);
    return (cue.flags & NEWS_CUES_SAY) && !(cue.flags & (NEWS_CUES_WEAK | NEWS_CUES_MANNER));
}

/* Behind “…,” of the reported clause the narrator goes on with a gerund that reports ("noting that
 * …") or with somebody else who does ("…, an aide said that"). */
static bool goes_on_behind(const news_reports *r, uint32_t next, uint32_t end) {
    enum { REACH = 14 }; /* tokens of a subject */
    if (r->tags[next] == NEWS_TAG_GERUND) {
        news_cue cue = news_find_cue(r->cues, next, end);
        return (cue.flags & (NEWS_CUES_THAT | NEWS_CUES_TO | NEWS_CUES_THING)) != 0;
    }
    if (r->phrases->of[next] == NEWS_NONE) {
        return false;
    }
    for (uint32_t i = next; i < end && i < next + REACH && is_plain(r, i); i++) {
        if (is_finite(r->tags[i])) {
            news_cue cue = news_find_cue(r->cues, i, end);
            return (cue.flags & NEWS_CUES_SAY) && !(cue.flags & NEWS_CUES_WEAK);
        }
        if (r->tags[i] == NEWS_TAG_MARK || r->tags[i] == NEWS_TAG_LINKER ||
            r->tags[i] == NEWS_TAG_RELATIVE) {
            return false;
        }
    }
    return false;
}

/* Where the reported clause that starts at `at` ends: with the line, or before the narrator speaks
 * on. */
static uint32_t clause_end(const news_reports *r, uint32_t at, uint32_t end, uint8_t tense) {
    for (uint32_t i = at; i < end; i++) {
        if (!is_plain(r, i)) {
            i = r->stretches->list.at[r->stretch_of[i]].end - 1;
            if (i + 1 < end && i > at + 1 && is_mark(r, i - 1, ',') && is_plain(r, i + 1) &&
                goes_on_behind(r, i + 1, end)) {
                return i + 1;
            }
            continue;
        }
        bool comma = is_mark(r, i, ','), joint = r->tags[i] == NEWS_TAG_CONJUNCTION;
        if (is_mark(r, i, ';')) {
            return news_report_trim_end(r, at, i);
        }
        if ((!comma && !joint) || i + 1 >= end || i == at) {
            continue;
        }
        uint32_t next = i + 1;
        if (comma && (is_word(r, next, "according") || is_tail(r, next, end))) {
            return news_report_trim_end(r, at, i);
        }
        if (comma && next + 1 < end && r->tags[next] == NEWS_TAG_CONJUNCTION) {
            next++;
        }
        while (next + 1 < end && r->tags[next] == NEWS_TAG_ADVERB) {
            next++;
        }
        if (!is_plain(r, next)) {
            continue;
        }
        if (!is_verb(r->tags[next])) {
            if (joint && speaks_on(r, next, end)) {
                return news_report_trim_end(r, at, i);
            }
            continue;
        }
        bool same = r->tags[next] == tense || (comma && r->tags[next] == NEWS_TAG_GERUND);
        news_cue cue = news_find_cue(r->cues, next, end);
        if (same && (cue.flags & (NEWS_CUES_THAT | NEWS_CUES_TO | NEWS_CUES_THING)) &&
            (joint || r->tags[next] == NEWS_TAG_GERUND || next > i + 1) &&
            !(cue.flags & NEWS_CUES_WEAK)) {
            return news_report_trim_end(r, at, i);
        }
    }
    return news_report_trim_end(r, at, end);
}

uint32_t news_report_clause_end(const news_reports *r, uint32_t at, uint32_t end) {
    return clause_end(r, at, end, NEWS_TAG_PAST);
}

/* Steps over when, where and to whom: "on Monday", "in a statement", "last week", "to reporters".
 */
static uint32_t skip_adjuncts(const news_reports *r, uint32_t at, uint32_t end) {
    while (at < end && is_plain(r, at)) {
        uint8_t tag = r->tags[at];
        uint32_t p = r->phrases->of[at];
        if (p != NEWS_NONE && news_report_is_time(r, r->phrases->list.at[p].end - 1)) {
            at = r->phrases->list.at[p].end;
        } else if (tag == NEWS_TAG_ADVERB && p == NEWS_NONE) {
            at++;
        } else if ((tag == NEWS_TAG_PREPOSITION || tag == NEWS_TAG_TO || tag == NEWS_TAG_LINKER ||
                    tag == NEWS_TAG_CONJUNCTION) &&
                   !is_word(r, at, "that") && at + 1 < end && is_plain(r, at + 1) &&
                   r->phrases->of[at + 1] != NEWS_NONE && tag != NEWS_TAG_LINKER &&
                   tag != NEWS_TAG_CONJUNCTION) {
            const news_phrase *phrase = &r->phrases->list.at[r->phrases->of[at + 1]];
            at = phrase->end;
        } else {
            break;
        }
    }
    return at < end ? at : end;
}

static bool has_finite(const news_reports *r, uint32_t from, uint32_t to) {
    for (uint32_t i = from; i < to; i++) {
        if (is_finite(r->tags[i])) {
            return true;
        }
        if (is_plain(r, i) && is_mark(r, i, ';')) {
            return false;
        }
    }
    return false;
}

static bool is_that(const news_reports *r, uint32_t i) {
    return is_word(r, i, "that") || is_word(r, i, "whether") || is_word(r, i, "if") ||
           is_word(r, i, "how") || is_word(r, i, "why") || is_word(r, i, "what") ||
           is_word(r, i, "who") || is_word(r, i, "where") || is_word(r, i, "when");
}

news_range news_report_content_before(const news_reports *r, const news_narration *line,
                                      uint32_t to) {
    uint32_t end = news_report_trim_end(r, line->first, to), first = line->first;
    for (uint32_t i = end; i-- > first;) { /* "“…”, Hall said; “…”, Quint replied" */
        if (is_plain(r, i) && is_mark(r, i, ';')) {
            first = i + 1;
        }
    }
    while (first < end && is_plain(r, first) && r->article->tokens[first].kind == NEWS_TOKEN_MARK &&
           !is_mark(r, first, '$')) {
        first++;
    }
    return first < end ? (news_range){first, end} : NOTHING;
}

/* Whether a clause of words ends at `to` with a comma or a marked stretch does. */
static bool clause_before(const news_reports *r, const news_narration *line, uint32_t to) {
    if (to <= line->first + 1) {
        return to > line->first && !is_plain(r, line->first);
    }
    return !is_plain(r, to - 1) || is_mark(r, to - 1, ',') || is_mark(r, to - 1, '-') ||
           (news_report_is_stop(r, to - 1) && !is_plain(r, to - 2));
}

/* The token of a stretch that follows at `at`, a comma, colon or dash left aside; or NEWS_NONE. */
static uint32_t stretch_at(const news_reports *r, uint32_t at, uint32_t end) {
    if (at < end && is_plain(r, at) &&
        (is_mark(r, at, ',') || is_mark(r, at, ':') || is_mark(r, at, '-'))) {
        at++;
    }
    return at < end && !is_plain(r, at) ? at : NEWS_NONE;
}

/* A sentence of the speaker's own, from its capital to its stop or to a comma that stands for one:
 * what the narrator adds is none of it. */
static bool is_utterance(const news_reports *r, const news_stretch *s) {
    uint32_t last = s->flags & NEWS_STRETCH_UNCLOSED ? s->end - 1 : s->end - 2;
    return last > s->open + 1 && (r->article->tokens[s->open + 1].flags & NEWS_TOKEN_CAPITAL) &&
           (news_report_is_stop(r, last) || is_mark(r, last, ','));
}

/* “Face the Nation,” Hall said: the marked words at `token` are a title, so nothing is said there.
 */
static bool names_something(const news_reports *r, uint32_t token) {
    return !is_plain(r, token) &&
           news_match_is_name(r, &r->stretches->list.at[r->stretch_of[token]]);
}

/* "The bridge, Hall said, leaks": the cue and its subject from `before` stand between two commas,
 * the second at `rest`, and the clause goes on behind them. What the narrator adds ("…, Hall said,
 * adding that", "…, Hall said, and left") does not. */
static bool is_inserted(const news_reports *r, const news_narration *line, uint32_t before,
                        uint32_t rest) {
    if (before < line->first + 2 || !is_plain(r, before - 1) || !is_mark(r, before - 1, ',') ||
        rest + 2 >= line->end || !is_plain(r, rest) || !is_mark(r, rest, ',')) {
        return false;
    }
    uint32_t next = rest + 1;
    uint8_t tag = r->tags[next];
    if (!is_plain(r, next) || tag == NEWS_TAG_GERUND || tag == NEWS_TAG_RELATIVE ||
        is_word(r, next, "according") || is_word(r, next, "while") || is_word(r, next, "as")) {
        return false;
    }
    return tag != NEWS_TAG_CONJUNCTION || !(is_verb(r->tags[next + 1]) || !is_plain(r, next + 1));
}

/* A gerund that goes on after another clause, without a subject of its own: what it reports stands
 * behind it (“…,” she said, adding that …). */
static bool goes_on(const news_reports *r, const news_report *report, uint32_t before) {
    return r->tags[report->cue.first] == NEWS_TAG_GERUND && report->source.first != before;
}

/* "But Hall claimed that it was “old,” Quint said it": the marked words before `at` are reported
 * already, by a cue that stands before them. */
static bool is_reported(const news_reports *r, const news_report *report, uint32_t at) {
    const news_report *last = r->list.n ? &r->list.at[r->list.n - 1] : NULL;
    if (!last || last->line != report->line || last->is_title || last->is_before ||
        last->content.first == NEWS_NONE || is_plain(r, at)) {
        return false;
    }
    const news_stretch *s = &r->stretches->list.at[r->stretch_of[at]];
    return last->cue.first < s->open && last->content.first <= s->open &&
           last->content.end > s->open && (last->flags & NEWS_CUES_SAY) &&
           (!is_utterance(r, s) || last->content.first < s->open);
}

/* A cue that takes a clause and no noun: "say", "argue", "believe". */
static bool takes_clauses_only(uint16_t flags) {
    enum { OTHERWISE = NEWS_CUES_THING | NEWS_CUES_WHO | NEWS_CUES_WEAK | NEWS_CUES_MANNER };
    return (flags & NEWS_CUES_THAT) && !(flags & OTHERWISE);
}

bool news_report_find_content(const news_reports *r, const news_narration *line,
                              news_report *report, uint32_t before, uint32_t after, uint8_t tense) {
    uint32_t end = line->end, at = after;
    bool that = report->flags & NEWS_CUES_THAT, weak = report->flags & NEWS_CUES_WEAK;
    bool manner = report->flags & NEWS_CUES_MANNER;
    uint32_t left = before > line->first ? before - 1 : before;
    left -= left > line->first && is_plain(r, left) ? 1 : 0;
    bool quoted =
        before > line->first && !names_something(r, left) && !goes_on(r, report, before) &&
        !is_reported(r, report, left) &&
        (!is_plain(r, before - 1) ||
         (before > line->first + 1 && is_mark(r, before - 1, ',') && !is_plain(r, before - 2)));
    if (quoted && (that || manner)) {
        report->content = news_report_content_before(r, line, before);
        report->is_before = true;
        uint32_t rest = skip_adjuncts(r, after, end);
        report->is_split = stretch_at(r, rest, end) != NEWS_NONE;
        return true;
    }
    uint32_t addressee = NEWS_NONE;
    if ((report->flags & NEWS_CUES_WHO) && at < end && is_plain(r, at)) {
        news_range who = news_report_noun(r, at, end);
        if (who.first != NEWS_NONE && !is_that(r, at)) {
            const news_phrase *p = &r->phrases->list.at[r->phrases->of[at]];
            addressee = at;
            at = p->end;
            while (at + 1 < end &&
                   (is_word(r, at, "of") || is_word(r, at, "in") || is_word(r, at, "at") ||
                    is_word(r, at, "and") || is_word(r, at, "from")) &&
                   is_plain(r, at + 1) && r->phrases->of[at + 1] != NEWS_NONE) {
                at = r->phrases->list.at[r->phrases->of[at + 1]].end;
            }
        }
    }
    /* "said of those who came that they were tired" */
    enum { LONGEST_TOPIC = 14 }; /* tokens */
    if (that && at < end && is_plain(r, at) && is_word(r, at, "of")) {
        for (uint32_t i = at + 2; i + 1 < end && i < at + LONGEST_TOPIC && is_plain(r, i); i++) {
            if (is_word(r, i, "that") && r->phrases->of[i + 1] != NEWS_NONE) {
                at = i;
                break;
            }
        }
    }
    uint32_t rest = skip_adjuncts(r, at, end);
    if (rest > at && rest < end &&
        names_something(r, rest)) { /* "on the show “Morning Joe” that" */
        rest = skip_adjuncts(r, r->stretches->list.at[r->stretch_of[rest]].end, end);
    }
    uint32_t stretch = stretch_at(r, rest, end);
    if (that && stretch == NEWS_NONE && is_inserted(r, line, before, rest)) {
        report->content = news_report_content_before(r, line, before);
        report->content.end = news_report_trim_end(r, rest, end);
        report->is_before = true;
        return report->content.first != NEWS_NONE;
    }
    if (stretch != NEWS_NONE) {
        const news_stretch *s = &r->stretches->list.at[r->stretch_of[stretch]];
        bool direct =
            stretch > rest || s->end >= end || is_mark(r, s->end, '.') || is_mark(r, s->end, ',');
        uint32_t to = stretch > rest ? news_report_trim_end(r, stretch, end)
                                     : clause_end(r, stretch, end, tense);
        report->content = (news_range){stretch, direct && to < s->end ? s->end : to};
        if (is_utterance(r, s)) {
            report->content = (news_range){s->open, s->end};
        } else if (stretch > rest && !is_mark(r, rest, ':')) {
            report->content.end = clause_end(r, stretch, end, tense);
        }
        if (s->end - s->open > 3 && stretch == rest && !is_utterance(r, s) &&
            (report->flags & NEWS_CUES_THING) && at < stretch) {
            report->content.first = at;
        }
        return true;
    }
    /* "wrote a letter: “…”" */
    uint32_t colon = at < end && is_plain(r, at) && r->phrases->of[at] != NEWS_NONE
                         ? r->phrases->list.at[r->phrases->of[at]].end
                         : end;
    if (colon + 1 < end && is_mark(r, colon, ':') && !is_plain(r, colon + 1)) {
        const news_stretch *s = &r->stretches->list.at[r->stretch_of[colon + 1]];
        report->content = (news_range){s->open, s->end};
        return true;
    }
    if (manner && !that) {
        return false;
    }
    /* "a case that she said had “kept us awake”" */
    if (that && at == after && at < end && is_plain(r, at) &&
        (is_finite(r->tags[at]) || is_word(r, at, "had")) && before > line->first &&
        is_plain(r, before - 1) &&
        (is_word(r, before - 1, "that") || r->tags[before - 1] == NEWS_TAG_RELATIVE)) {
        report->content = (news_range){at, clause_end(r, at, end, tense)};
        return report->content.end > at;
    }
    if (rest < end && that && is_that(r, rest) && is_plain(r, rest)) {
        report->content = (news_range){rest, clause_end(r, rest + 1, end, tense)};
        return report->content.end > rest + 1;
    }
    /* "told them, however, that" */
    if (that && rest + 3 < end && is_mark(r, rest, ',') && r->tags[rest + 1] == NEWS_TAG_ADVERB &&
        is_mark(r, rest + 2, ',')) {
        rest += 2;
    }
    if (rest < end && is_mark(r, rest, ',') && rest + 1 < end && that &&
        is_word(r, rest + 1, "that")) {
        report->content = (news_range){rest + 1, clause_end(r, rest + 2, end, tense)};
        return true;
    }
    uint32_t to = at;
    if (to < end && (report->flags & NEWS_CUES_TO) && r->tags[to] == NEWS_TAG_TO && to + 1 < end &&
        (r->tags[to + 1] == NEWS_TAG_BASE || !is_plain(r, to + 1))) {
        uint32_t from = addressee != NEWS_NONE ? addressee : to;
        report->content = (news_range){from, clause_end(r, to + 1, end, tense)};
        return true;
    }
    if (rest < end && is_mark(r, rest, ':') && that) {
        report->content = (news_range){rest + 1, news_report_trim_end(r, rest + 1, end)};
        return report->content.end > rest + 1;
    }
    /* A clause without "that": behind the cue, or behind the day. */
    uint32_t bare = at;
    while (bare < end && is_plain(r, bare) &&
           ((r->phrases->of[bare] != NEWS_NONE &&
             news_report_is_time(r, r->phrases->list.at[r->phrases->of[bare]].end - 1)) ||
            (is_word(r, bare, "on") && bare + 1 < end && news_report_is_time(r, bare + 1)))) {
        bare = is_word(r, bare, "on") ? bare + 2 : r->phrases->list.at[r->phrases->of[bare]].end;
    }
    if (that && bare < end && is_plain(r, bare) &&
        (r->phrases->of[bare] != NEWS_NONE || r->tags[bare] == NEWS_TAG_LINKER ||
         ((r->tags[bare] == NEWS_TAG_PREPOSITION || r->tags[bare] == NEWS_TAG_GERUND ||
           is_word(r, bare, "there")) &&
          has_finite(r, bare, end)))) {
        uint32_t stop = clause_end(r, bare, end, tense);
        const news_phrase *p =
            r->phrases->of[bare] == NEWS_NONE ? NULL : &r->phrases->list.at[r->phrases->of[bare]];
        bool finite =
            has_finite(r, p ? p->end : bare, stop) ||
            (p && p->end < stop &&
             (!is_plain(r, p->end) || (takes_clauses_only(report->flags) &&
                                       r->article->tokens[p->end].kind != NEWS_TOKEN_MARK)));
        bool action = r->tags[bare] == NEWS_TAG_GERUND && takes_clauses_only(report->flags);
        if (finite && (p || action || !clause_before(r, line, before))) {
            report->content = (news_range){bare, stop};
            return true;
        }
    }
    /* "accused him of theft", "mocked Hall": whom it was said to is part of what was said. */
    if ((report->flags & NEWS_CUES_THING) && addressee != NEWS_NONE && !that) {
        report->content = (news_range){addressee, clause_end(r, addressee, end, tense)};
        return report->content.end > addressee;
    }
    if ((report->flags & NEWS_CUES_THING) && at < end && is_plain(r, at) &&
        (r->phrases->of[at] != NEWS_NONE || r->tags[at] == NEWS_TAG_GERUND ||
         r->tags[at] == NEWS_TAG_PREPOSITION)) {
        report->content = (news_range){at, clause_end(r, at, end, tense)};
        return report->content.end > at;
    }
    if (that && !goes_on(r, report, before) && !(weak && !clause_before(r, line, before)) &&
        clause_before(r, line, before) && before > line->first + 2) {
        report->content = news_report_content_before(r, line, before);
        report->is_before = true;
        /* "…, a friend said.": with nothing behind the cue it is a clause, whatever its tags. */
        bool last = report->cue.end >= news_report_trim_end(r, before, end);
        return report->content.first != NEWS_NONE &&
               (!is_plain(r, report->content.first) || last ||
                has_finite(r, report->content.first, report->content.end));
    }
    return false;
}
