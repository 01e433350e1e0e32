/* Lines of the narrator, the cues in them, and the clause that each cue reports. */
#include "report.h"
#include "word_lists.h"

#include <string.h>

#define NOTHING ((news_range){NEWS_NONE, NEWS_NONE})

static bool is_word(const news_reports *r, uint32_t token, const char *word) {
    return news_report_is_word(r, token, word);
}

static bool is_mark(const news_reports *r, uint32_t token, char c) {
    return news_report_is_mark(r, token, c);
}

static bool is_plain(const news_reports *r, uint32_t token) {
    return r->stretch_of[token] == NEWS_NONE;
}

static bool is_finite(uint8_t tag) {
    return tag == NEWS_TAG_PRESENT || tag == NEWS_TAG_PAST || tag == NEWS_TAG_MODAL;
}

static bool is_verb(uint8_t tag) {
    return tag >= NEWS_TAG_BASE && tag <= NEWS_TAG_GERUND;
}

/* ---- Lines ------------------------------------------------------------------------------------
 */

static bool is_stop(const news_reports *r, uint32_t token) {
    const news_token *t = &r->article->tokens[token];
    const char *bytes = r->article->text->bytes + t->span.from;
    return t->kind == NEWS_TOKEN_MARK &&
           (*bytes == '.' || *bytes == '!' || *bytes == '?' ||
            (t->span.to - t->span.from == 3 && memcmp(bytes, "…", 3) == 0));
}

/* Whether a name and a cue follow, as after “What?” or “No!”: the line goes on. */
static bool cue_follows(const news_reports *r, uint32_t at, uint32_t end) {
    for (uint32_t i = at; i < end && i < at + 8 && is_plain(r, i); i++) {
        if (r->article->tokens[i].kind == NEWS_TOKEN_MARK) {
            return false;
        }
        if (is_verb(r->tags[i])) {
            news_cue cue = news_find_cue(r->article, i, end);
            return (cue.flags & (NEWS_CUES_THAT | NEWS_CUES_MANNER)) != 0;
        }
    }
    return false;
}

/* Whether the narrator's sentence ends with a stretch, before token `next`. */
static bool line_ends(const news_reports *r, const news_stretch *s, uint32_t next, uint32_t end) {
    uint32_t last = s->flags & NEWS_STRETCH_UNCLOSED ? s->end - 1 : s->end - 2;
    if (last <= s->open || !is_stop(r, last)) {
        return last > s->open && (r->article->tokens[last].flags & NEWS_TOKEN_ABBREVIATION) &&
               (r->article->tokens[next].flags & NEWS_TOKEN_CAPITAL) && !cue_follows(r, next, end);
    }
    const news_token *token = &r->article->tokens[next];
    if (token->kind == NEWS_TOKEN_MARK) {
        return false;
    }
    if (token->kind == NEWS_TOKEN_WORD && !(token->flags & NEWS_TOKEN_CAPITAL)) {
        return false;
    }
    return is_mark(r, last, '.') || token->kind == NEWS_TOKEN_QUOTE || !cue_follows(r, next, end);
}

static bool cut_lines(news_arena *arena, news_reports *r) {
    const news_article *a = r->article;
    for (uint32_t i = 0, first = 0; i < a->n_tokens;) {
        uint32_t block = a->sentences[a->tokens[i].sentence].block, s = r->stretch_of[i];
        i = s == NEWS_NONE ? i + 1 : r->stretches->list.at[s].end;
        uint32_t last = i - 1;
        bool block_ends = i >= a->n_tokens || a->sentences[a->tokens[i].sentence].block != block;
        bool done = block_ends;
        if (!done && s == NEWS_NONE) {
            done = a->tokens[i].sentence != a->tokens[last].sentence;
        } else if (!done) {
            const news_sentence *sentence = &a->sentences[a->tokens[i].sentence];
            done = line_ends(r, &r->stretches->list.at[s], i,
                             sentence->first_token + sentence->n_tokens);
        }
        if (done) {
            news_line *line = news_list_push(arena, &r->lines);
            if (!line) {
                return false;
            }
            *line = (news_line){first, i, block};
            first = i;
        }
    }
    return true;
}

/* ---- Verb groups ------------------------------------------------------------------------------
 */

static bool is_helper(const news_reports *r, uint32_t i) {
    static const char *const words[] = {
        "have",   "has",    "had",     "having", "be",    "is",     "are",     "was",    "were",
        "been",   "being",  "do",      "does",   "did",   "get",    "got",     "don't",  "doesn't",
        "didn't", "hasn't", "haven't", "hadn't", "isn't", "wasn't", "weren't", "aren't", "let"};
    if (r->article->tokens[i].kind == NEWS_TOKEN_SUFFIX) {
        return r->tags[i] == NEWS_TAG_PRESENT;
    }
    for (size_t k = 0; k < sizeof words / sizeof *words; k++) {
        if (is_word(r, i, words[k])) {
            return true;
        }
    }
    return false;
}

/* Where the verb group of the verb at `v` starts: helpers, modals, adverbs, "wants to". */
static uint32_t group_start(const news_reports *r, uint32_t v, uint32_t from) {
    uint32_t g = v;
    while (g > from && is_plain(r, g - 1)) {
        uint8_t tag = r->tags[g - 1];
        if (tag == NEWS_TAG_MODAL || tag == NEWS_TAG_ADVERB || tag == NEWS_TAG_TO ||
            is_helper(r, g - 1) || (g < v && r->tags[g] == NEWS_TAG_TO && is_verb(tag))) {
            g--;
        } else {
            break;
        }
    }
    return g;
}

/* A form of "be" or "get" and no "have" before a participle: somebody else does it. */
static bool is_passive(const news_reports *r, uint32_t group, uint32_t v) {
    if (r->tags[v] != NEWS_TAG_PARTICIPLE && r->tags[v] != NEWS_TAG_PAST) {
        return false;
    }
    bool be = false, have = false;
    static const char *const forms[] = {"is",     "are",     "was",   "were", "be",
                                        "been",   "being",   "get",   "got",  "isn't",
                                        "wasn't", "weren't", "aren't"};
    for (uint32_t i = group; i < v; i++) {
        for (size_t k = 0; k < sizeof forms / sizeof *forms; k++) {
            be |= is_word(r, i, forms[k]);
        }
        have |= is_helper(r, i);
    }
    return be || (r->tags[v] == NEWS_TAG_PARTICIPLE && !have);
}

/* The subject that a verb without one shares with the finite verb before it: "…, adding that", "and
 * vowed to". */
static news_range shared_subject(const news_reports *r, uint32_t from, uint32_t at) {
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
        bool other = at < r->article->n_tokens && r->tags[at] == NEWS_TAG_PAST &&
                     r->tags[i] != NEWS_TAG_PAST;
        if (!is_finite(r->tags[i]) || other) {
            continue;
        }
        uint32_t g = group_start(r, i, from);
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

/* The antecedent of "who said" at `who`. */
static news_range antecedent(const news_reports *r, uint32_t from, uint32_t who) {
    uint32_t i = who;
    if (i > from && is_mark(r, i - 1, ',')) {
        i--;
    }
    if (i == from || !is_plain(r, i - 1) || r->phrases->of[i - 1] == NEWS_NONE) {
        return NOTHING;
    }
    const news_phrase *p = &r->phrases->list.at[r->phrases->of[i - 1]];
    return (news_range){p->first < from ? from : p->first, p->end};
}

/* ---- Contents ---------------------------------------------------------------------------------
 */

/* `end` without the marks that close a line. */
static uint32_t trim_end(const news_reports *r, uint32_t from, uint32_t end) {
    while (end > from && is_plain(r, end - 1) &&
           r->article->tokens[end - 1].kind == NEWS_TOKEN_MARK &&
           (is_stop(r, end - 1) || is_mark(r, end - 1, ',') || is_mark(r, end - 1, ';') ||
            is_mark(r, end - 1, ':'))) {
        end--;
    }
    return end;
}

/* Where the reported clause that starts at `at` ends: with the line, or before the narrator speaks
 * on. */
static uint32_t clause_end(const news_reports *r, uint32_t at, uint32_t end, uint8_t tense) {
    for (uint32_t i = at; i < end; i++) {
        if (!is_plain(r, i)) {
            i = r->stretches->list.at[r->stretch_of[i]].end - 1;
            continue;
        }
        bool comma = is_mark(r, i, ','), joint = r->tags[i] == NEWS_TAG_CONJUNCTION;
        if (is_mark(r, i, ';')) {
            return i;
        }
        if ((!comma && !joint) || i + 1 >= end || i == at) {
            continue;
        }
        uint32_t next = i + 1;
        if (comma && is_word(r, next, "according")) {
            return i;
        }
        if (comma && next + 1 < end && r->tags[next] == NEWS_TAG_CONJUNCTION) {
            next++;
        }
        while (next + 1 < end && r->tags[next] == NEWS_TAG_ADVERB) {
            next++;
        }
        if (!is_plain(r, next) || !is_verb(r->tags[next])) {
            continue;
        }
        bool same = r->tags[next] == tense || (comma && r->tags[next] == NEWS_TAG_GERUND);
        news_cue cue = news_find_cue(r->article, next, end);
        if (same && (cue.flags & (NEWS_CUES_THAT | NEWS_CUES_TO | NEWS_CUES_THING)) &&
            (joint || r->tags[next] == NEWS_TAG_GERUND || next > i + 1) &&
            !(cue.flags & NEWS_CUES_WEAK)) {
            return i;
        }
    }
    return trim_end(r, at, end);
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

/* The content before the cue or its subject at `to`: back to the start of the line. */
static news_range content_before(const news_reports *r, const news_line *line, uint32_t to) {
    uint32_t end = trim_end(r, line->first, to), first = line->first;
    while (first < end && is_plain(r, first) && r->article->tokens[first].kind == NEWS_TOKEN_MARK &&
           !is_mark(r, first, '$')) {
        first++;
    }
    return first < end ? (news_range){first, end} : NOTHING;
}

/* Whether a clause of words ends at `to` with a comma or a marked stretch does. */
static bool clause_before(const news_reports *r, const news_line *line, uint32_t to) {
    if (to <= line->first + 1) {
        return to > line->first && !is_plain(r, line->first);
    }
    return !is_plain(r, to - 1) || is_mark(r, to - 1, ',') || is_mark(r, to - 1, '-') ||
           (is_stop(r, to - 1) && !is_plain(r, to - 2));
}

/* The token of a stretch that follows at `at`, a comma, colon or dash left aside; or NEWS_NONE. */
static uint32_t stretch_at(const news_reports *r, uint32_t at, uint32_t end) {
    if (at < end && is_plain(r, at) &&
        (is_mark(r, at, ',') || is_mark(r, at, ':') || is_mark(r, at, '-'))) {
        at++;
    }
    return at < end && !is_plain(r, at) ? at : NEWS_NONE;
}

/* Fills `content` for a cue whose words end at `after`, its subject known, an inverted one stepped
 * over; `before` is where the subject or the verb group starts. False: it reports nothing. */
static bool find_content(const news_reports *r, const news_line *line, news_report *report,
                         uint32_t before, uint32_t after, uint8_t tense) {
    uint32_t end = line->end, at = after;
    bool that = report->flags & NEWS_CUES_THAT, weak = report->flags & NEWS_CUES_WEAK;
    bool manner = report->flags & NEWS_CUES_MANNER;
    bool quoted =
        before > line->first &&
        (!is_plain(r, before - 1) ||
         (before > line->first + 1 && is_mark(r, before - 1, ',') && !is_plain(r, before - 2)));
    if (quoted && (that || manner)) {
        report->content = content_before(r, line, before);
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
    uint32_t rest = skip_adjuncts(r, at, end);
    uint32_t stretch = stretch_at(r, rest, end);
    if (stretch != NEWS_NONE) {
        const news_stretch *s = &r->stretches->list.at[r->stretch_of[stretch]];
        bool direct =
            stretch > rest || s->end >= end || is_mark(r, s->end, '.') || is_mark(r, s->end, ',');
        uint32_t to =
            stretch > rest ? trim_end(r, stretch, end) : clause_end(r, stretch, end, tense);
        report->content = (news_range){stretch, direct && to < s->end ? s->end : to};
        if (stretch > rest && !is_mark(r, rest, ':')) {
            report->content.end = clause_end(r, stretch, end, tense);
        }
        if (s->end - s->open > 3 && stretch == rest && (report->flags & NEWS_CUES_THING) &&
            at < stretch) {
            report->content.first = at;
        }
        return true;
    }
    if (manner && !that) {
        return false;
    }
    if (rest < end && that && is_that(r, rest) && is_plain(r, rest)) {
        report->content = (news_range){rest, clause_end(r, rest + 1, end, tense)};
        return report->content.end > rest + 1;
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
        report->content = (news_range){rest + 1, trim_end(r, rest + 1, end)};
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
         (r->tags[bare] == NEWS_TAG_PREPOSITION && has_finite(r, bare, end)))) {
        uint32_t stop = clause_end(r, bare, end, tense);
        const news_phrase *p =
            r->phrases->of[bare] == NEWS_NONE ? NULL : &r->phrases->list.at[r->phrases->of[bare]];
        bool finite =
            has_finite(r, p ? p->end : bare, stop) || (p && p->end < stop && !is_plain(r, p->end));
        if (finite && !(clause_before(r, line, before) && !p)) {
            report->content = (news_range){bare, stop};
            return true;
        }
    }
    if ((report->flags & NEWS_CUES_THING) && at < end && is_plain(r, at) &&
        (r->phrases->of[at] != NEWS_NONE || r->tags[at] == NEWS_TAG_GERUND ||
         r->tags[at] == NEWS_TAG_PREPOSITION)) {
        report->content = (news_range){at, clause_end(r, at, end, tense)};
        return report->content.end > at;
    }
    if (that && !(weak && !clause_before(r, line, before)) && clause_before(r, line, before) &&
        before > line->first + 2) {
        report->content = content_before(r, line, before);
        report->is_before = true;
        return report->content.first != NEWS_NONE &&
               has_finite(r, report->content.first, report->content.end);
    }
    return false;
}

/* ---- The search -------------------------------------------------------------------------------
 */

static bool push(news_arena *arena, news_reports *r, const news_report *report) {
    news_report *added = news_list_push(arena, &r->list);
    if (added) {
        *added = *report;
    }
    return added != NULL;
}

/* "an intelligence report": no plural verb follows a singular noun, whatever its tag. */
static bool is_noun_after(const news_reports *r, uint32_t v) {
    const char *bytes = r->article->text->bytes;
    return r->tags[v] == NEWS_TAG_PRESENT && v > 0 && r->tags[v - 1] == NEWS_TAG_NOUN &&
           bytes[r->article->tokens[v].span.to - 1] != 's' &&
           bytes[r->article->tokens[v - 1].span.to - 1] != 's' && !is_word(r, v - 1, "people") &&
           !is_word(r, v - 1, "police");
}

/* A report for the verb at `v`, or none. */
static bool read_verb(const news_reports *r, uint32_t index, const news_line *line, uint32_t v,
                      const news_cue *cue, news_report *out) {
    *out = (news_report){
        {cue->first, cue->end}, NOTHING, NOTHING, index, cue->flags, false, false, false};
    uint32_t group = group_start(r, v, line->first), after = cue->end;
    uint8_t tense = r->tags[group] == NEWS_TAG_PRESENT || r->tags[v] == NEWS_TAG_PRESENT
                        ? NEWS_TAG_PRESENT
                        : NEWS_TAG_PAST;
    if (after < line->end && r->tags[after] == NEWS_TAG_PARTICLE && is_plain(r, after)) {
        after++;
    }
    if (r->tags[v] == NEWS_TAG_GERUND && v >= line->first + 2 && is_word(r, v - 1, "as") &&
        (is_verb(r->tags[v - 2]))) { /* "was quoted as saying" */
        out->source = news_report_subject(r, line->first, group_start(r, v - 2, line->first));
        return out->source.first != NEWS_NONE &&
               find_content(r, line, out, out->source.first, after, tense);
    }
    if (is_passive(r, group, v)) {
        for (uint32_t i = after; i + 1 < line->end && i < after + 3; i++) {
            if (is_plain(r, i) && is_word(r, i, "by")) {
                out->source = news_report_noun(r, i + 1, line->end);
                return out->source.first != NEWS_NONE &&
                       find_content(r, line, out, group, out->source.end, tense);
            }
        }
        return false;
    }
    bool adverb_first = group < v && r->tags[group] == NEWS_TAG_ADVERB;
    uint32_t before = group;
    if (r->tags[v] != NEWS_TAG_GERUND) {
        out->source = news_report_subject(r, line->first, group);
    }
    if (out->source.first != NEWS_NONE && group > line->first &&
        (r->tags[group - 1] == NEWS_TAG_RELATIVE)) {
        out->source = NOTHING;
    }
    if (out->source.first != NEWS_NONE && group == v && is_noun_after(r, v)) {
        out->source = NOTHING;
        return false;
    }
    if (out->source.first != NEWS_NONE) {
        before = out->source.first;
    } else if (group > line->first && is_plain(r, group - 1) &&
               (r->tags[group - 1] == NEWS_TAG_RELATIVE || is_word(r, group - 1, "that"))) {
        out->source = antecedent(r, line->first, group - 1);
    } else if ((is_finite(r->tags[v]) || r->tags[v] == NEWS_TAG_BASE) && after < line->end &&
               is_plain(r, after) &&
               (group == line->first || !is_plain(r, group - 1) ||
                r->article->tokens[group - 1].kind == NEWS_TOKEN_MARK)) {
        out->source = news_report_noun(r, after, line->end); /* “…,” said Smith */
        if (out->source.first != NEWS_NONE) {
            after = out->source.end;
        }
    }
    if (out->source.first == NEWS_NONE) {
        out->source = shared_subject(r, line->first, group);
    }
    if (out->source.first == NEWS_NONE && adverb_first && after < line->end) {
        out->source = news_report_noun(r, after, line->end);
    }
    return find_content(r, line, out, before, after, tense);
}

/* "according to Smith", at token `at`. */
static bool read_according(const news_reports *r, uint32_t index, const news_line *line,
                           uint32_t at, news_report *out) {
    *out = (news_report){{at, at + 2}, NOTHING, NOTHING, index, NEWS_CUES_SAY | NEWS_CUES_THAT,
                         false,        false,   false};
    out->source = news_report_noun(r, at + 2, line->end);
    if (out->source.first == NEWS_NONE) {
        return false;
    }
    if (at <= line->first + 1) {
        uint32_t from = out->source.end;
        if (from < line->end && is_mark(r, from, ',')) {
            from++;
        }
        out->content = (news_range){from, trim_end(r, from, line->end)};
        return out->content.end > from;
    }
    out->content = content_before(r, line, at);
    out->is_before = true;
    return out->content.first != NEWS_NONE;
}

/* "Name: …" at the head of a block, and "“…” – Name" at a line's end. */
static bool read_title(const news_reports *r, uint32_t index, const news_line *line,
                       news_report *out) {
    *out = (news_report){NOTHING, NOTHING, NOTHING, index, NEWS_CUES_SAY, false, false, true};
    news_range noun = news_report_noun(r, line->first, line->end);
    news_role role = r->article->blocks[line->block].role;
    bool heading = role == NEWS_ROLE_HEADLINE || role == NEWS_ROLE_SUBHEAD || role == NEWS_ROLE_DEK;
    if (noun.first != NEWS_NONE && noun.end + 1 < line->end && is_plain(r, noun.end) &&
        is_mark(r, noun.end, ':')) {
        bool quoted = !is_plain(r, noun.end + 1);
        out->source = noun;
        out->content = (news_range){noun.end + 1, trim_end(r, noun.end + 1, line->end)};
        return (quoted || (heading && r->tags[noun.end - 1] == NEWS_TAG_NAME)) &&
               out->content.end > out->content.first;
    }
    for (uint32_t i = line->end; i-- > line->first + 1 && i + 8 > line->end;) {
        const news_token *t = &r->article->tokens[i];
        const char *bytes = r->article->text->bytes + t->span.from;
        bool dash = t->kind == NEWS_TOKEN_MARK &&
                    (*bytes == '-' || (t->span.to - t->span.from == 3 &&
                                       (memcmp(bytes, "–", 3) == 0 || memcmp(bytes, "—", 3) == 0 ||
                                        memcmp(bytes, "―", 3) == 0)));
        if (dash && is_plain(r, i) && (t->flags & NEWS_TOKEN_SPACE_BEFORE) && i + 1 < line->end &&
            (!is_plain(r, i - 1) || heading)) {
            out->source = news_report_noun(r, i + 1, line->end);
            out->content = content_before(r, line, i);
            out->is_before = true;
            return out->source.first != NEWS_NONE && out->source.end >= trim_end(r, i, line->end) &&
                   r->tags[out->source.first] == NEWS_TAG_NAME && out->content.first != NEWS_NONE;
        }
    }
    return false;
}

/* Tokens on either side of a cue that are read for it; sentences of news have some thirty. */
enum { LONGEST = 600 };

bool news_find_reports(news_arena *arena, news_reports *r) {
    const news_article *a = r->article;
    r->stretch_of = news_arena_array(arena, a->n_tokens ? a->n_tokens : 1, sizeof *r->stretch_of);
    if (!r->stretch_of) {
        return false;
    }
    memset(r->stretch_of, 0xFF, a->n_tokens * sizeof *r->stretch_of);
    for (uint32_t i = 0; i < r->stretches->list.n; i++) {
        for (uint32_t k = r->stretches->list.at[i].open; k < r->stretches->list.at[i].end; k++) {
            r->stretch_of[k] = i;
        }
    }
    if (!cut_lines(arena, r)) {
        return false;
    }
    for (uint32_t l = 0; l < r->lines.n; l++) {
        const news_line *line = &r->lines.at[l];
        news_role role = a->blocks[line->block].role;
        news_report report;
        if (role == NEWS_ROLE_BOILERPLATE || role == NEWS_ROLE_CODE || role == NEWS_ROLE_CREDIT ||
            role == NEWS_ROLE_BYLINE || role == NEWS_ROLE_DATE) {
            continue;
        }
        if (read_title(r, l, line, &report) && !push(arena, r, &report)) {
            return false;
        }
        for (uint32_t i = line->first; i < line->end; i++) {
            if (!is_plain(r, i)) {
                continue;
            }
            if (i + 2 < line->end && i - line->first < LONGEST && is_word(r, i, "according") &&
                is_word(r, i + 1, "to")) {
                news_line near = *line;
                near.end = near.end - i > LONGEST ? i + LONGEST : near.end;
                if (read_according(r, l, &near, i, &report) && !push(arena, r, &report)) {
                    return false;
                }
                continue;
            }
            if (!is_verb(r->tags[i])) {
                continue;
            }
            news_cue cue = news_find_cue(a, i, line->end);
            if (!cue.flags || (cue.flags & NEWS_CUES_NOUN)) {
                continue;
            }
            /* A line without an end must not be read again for each of its verbs. */
            news_line near = *line;
            near.first = i - near.first > LONGEST ? i - LONGEST : near.first;
            near.end = near.end - i > LONGEST ? i + LONGEST : near.end;
            if (cue.end > near.end) {
                continue;
            }
            if (!read_verb(r, l, &near, i, &cue, &report)) {
                report.content = NOTHING; /* marked words near it may still be its */
            }
            if (report.source.first != NEWS_NONE && !push(arena, r, &report)) {
                return false;
            }
            i = cue.end - 1;
        }
    }
    return true;
}
