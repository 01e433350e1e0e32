/* The cues in the lines of the narrator: who says it, and which words are reported. */
#include "clause.h"
#include "word_lists.h"

#include <string.h>

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
           !is_word(r, v - 1, "police") && !is_word(r, v, "say");
}

/* A participle that stands where a past would: “…,” Trump warned in Ohio; "Wall continued: “…”". A
 * past that looks like a participle is often tagged as one. */
static bool is_past_for_sure(const news_reports *r, const news_narration *line, uint32_t group,
                             uint32_t v, uint32_t after) {
    if (r->tags[v] != NEWS_TAG_PARTICIPLE || group == line->first || !is_plain(r, group - 1) ||
        r->phrases->of[group - 1] == NEWS_NONE) {
        return false;
    }
    for (uint32_t i = group; i < v; i++) {
        if (r->tags[i] != NEWS_TAG_ADVERB) {
            return false;
        }
    }
    uint32_t subject = r->phrases->list.at[r->phrases->of[group - 1]].first;
    bool quoted =
        subject > line->first &&
        (!is_plain(r, subject - 1) ||
         (subject > line->first + 1 && is_mark(r, subject - 1, ',') && !is_plain(r, subject - 2)));
    bool first = subject == line->first;
    return quoted ||
           (first &&
            (after >= line->end || !is_plain(r, after) || is_mark(r, after, ':') ||
             is_word(r, after, "that") ||
             (is_mark(r, after, ',') && after + 1 < line->end && !is_plain(r, after + 1))));
}

/* Whether the phrase at a token ends in a word for somebody or something. */
static bool can_name(const news_reports *r, uint32_t at) {
    uint8_t tag = r->tags[r->phrases->list.at[r->phrases->of[at]].end - 1];
    return tag == NEWS_TAG_NOUN || tag == NEWS_TAG_NAME || tag == NEWS_TAG_PRONOUN ||
           tag == NEWS_TAG_DETERMINER || tag == NEWS_TAG_NUMBER;
}

/* "is calling", "was saying": finite, though its verb is a gerund. */
static bool is_progressive(const news_reports *r, uint32_t group, uint32_t v) {
    static const char *const forms[] = {"is", "are", "was", "were", "been", "be", "isn't"};
    for (uint32_t i = group; i < v; i++) {
        if (r->article->tokens[i].kind == NEWS_TOKEN_SUFFIX && r->tags[i] == NEWS_TAG_PRESENT) {
            return true;
        }
        for (size_t k = 0; k < sizeof forms / sizeof *forms; k++) {
            if (is_word(r, i, forms[k])) {
                return true;
            }
        }
    }
    return false;
}

/* "As Quint put it, the boat is “old”": the clause around what stands between "as" and its comma.
 * False: no such clause. */
static bool read_as(const news_reports *r, const news_narration *line, uint32_t as, uint32_t after,
                    news_report *out) {
    enum { LONGEST_AS = 12 }; /* tokens behind the cue */
    uint32_t comma = after;
    while (comma < line->end && comma < after + LONGEST_AS && !is_mark(r, comma, ',')) {
        if (!is_plain(r, comma)) {
            return false;
        }
        comma++;
    }
    bool closed = comma < line->end && is_mark(r, comma, ',');
    if (as == line->first && closed) {
        out->content = (news_range){comma + 1, news_report_trim_end(r, comma + 1, line->end)};
        return out->content.end > out->content.first;
    }
    if (closed && comma + 1 < line->end && !is_plain(r, comma + 1) && is_mark(r, as - 1, ',')) {
        const news_stretch *s = &r->stretches->list.at[r->stretch_of[comma + 1]];
        out->content = (news_range){s->open, s->end}; /* "as the Post called him, a “fool”" */
        return true;
    }
    if (as > line->first && (is_mark(r, as - 1, ',') || !is_plain(r, as - 1)) &&
        (closed || comma >= news_report_trim_end(r, after, line->end))) {
        out->content = news_report_content_before(r, line, as);
        if (closed) {
            out->content.end = news_report_trim_end(r, comma + 1, line->end);
        }
        out->is_before = !closed;
        return out->content.first != NEWS_NONE;
    }
    return false;
}

/* A clause inside another one ends with its marked words where the outer one goes on: "the claim
 * that it “sank” was wrong", "the letter that says it is “safe” is lost". */
static void end_with_marks(const news_reports *r, news_range *content) {
    for (uint32_t i = content->first; i < content->end; i++) {
        if (is_plain(r, i)) {
            continue;
        }
        i = r->stretches->list.at[r->stretch_of[i]].end - 1;
        bool behind = i + 2 < content->end && is_mark(r, i + 1, ',') && is_finite(r->tags[i + 2]);
        if (i + 1 < content->end &&
            (is_finite(r->tags[i + 1]) || is_mark(r, i - 1, ',') || behind)) {
            content->end = i + 1;
        }
    }
}

/* "her call for “a ban”", "Hall’s promise to rebuild it", "chants of “Shame!”": what somebody says
 * stands behind a preposition. Without marks it must be told whose words they are. */
static bool read_whose(const news_reports *r, const news_narration *line, const news_phrase *phrase,
                       uint32_t at, news_report *out) {
    uint32_t next = at + 1;
    bool leads =
        next + 1 < line->end && is_plain(r, next) &&
        (is_word(r, next, "for") || is_word(r, next, "of") || is_word(r, next, "to") ||
         is_word(r, next, "about") || is_word(r, next, "against") || is_word(r, next, "on"));
    bool marked = leads && !is_plain(r, next + 1);
    if (!leads || (r->tags[next] == NEWS_TAG_TO && r->tags[next + 1] != NEWS_TAG_BASE && !marked)) {
        return false;
    }
    for (uint32_t i = at; i-- > phrase->first && out->source.first == NEWS_NONE;) {
        if (r->tags[i] == NEWS_TAG_POSSESSIVE) {
            bool suffix = r->article->tokens[i].kind != NEWS_TOKEN_WORD;
            out->source = suffix ? (news_range){phrase->first, i} : (news_range){i, i + 1};
        }
    }
    bool whose = out->source.first != NEWS_NONE && out->source.end > out->source.first;
    if (!marked && (!whose || r->tags[next] != NEWS_TAG_TO)) {
        return false;
    }
    if (!whose && !is_word(r, next, "of")) {
        return false;
    }
    uint32_t first = r->tags[next] == NEWS_TAG_TO ? next : next + 1;
    out->content = (news_range){first, news_report_clause_end(r, next + 1, line->end)};
    if (marked) {
        out->content.end = r->stretches->list.at[r->stretch_of[next + 1]].end;
    }
    for (uint32_t i = next + 1; i < out->content.end; i++) { /* the narrator's verb ends it */
        if (is_plain(r, i) &&
            (is_finite(r->tags[i]) || r->tags[i] == NEWS_TAG_RELATIVE || is_mark(r, i, ','))) {
            out->content.end = news_report_trim_end(r, first, i);
        }
    }
    out->flags &= (uint16_t)~NEWS_CUES_WEAK;
    return (whose || marked) && out->content.end > out->content.first + 1;
}

/* "Hall’s claim that …", "the ministry’s warning that": a noun that reports, and whose it is. */
static bool read_noun(const news_reports *r, uint32_t index, const news_narration *line,
                      uint32_t at, const news_cue *cue, news_report *out) {
    *out = (news_report){.cue = {at, at + 1},
                         .source = NOTHING,
                         .content = NOTHING,
                         .line = index,
                         .flags = cue->flags};
    uint32_t p = r->phrases->of[at], that = at + 1;
    if (p == NEWS_NONE || r->phrases->list.at[p].end != at + 1) {
        return false;
    }
    const news_phrase *phrase = &r->phrases->list.at[p];
    news_range by = NOTHING;
    if (that + 1 < line->end && is_plain(r, that) &&
        (is_word(r, that, "by") || is_word(r, that, "from"))) {
        by = news_report_noun(r, that + 1, line->end);
        that = by.first == NEWS_NONE ? that : by.end;
    }
    bool clause = that + 1 < line->end && is_plain(r, that) && is_word(r, that, "that");
    if (!clause) {
        return read_whose(r, line, phrase, at, out);
    }
    for (uint32_t i = at; i-- > phrase->first;) {
        if (r->tags[i] == NEWS_TAG_POSSESSIVE) {
            bool suffix = r->article->tokens[i].kind != NEWS_TOKEN_WORD;
            out->source = suffix ? (news_range){phrase->first, i} : (news_range){i, i + 1};
            break;
        }
    }
    if (out->source.first == NEWS_NONE) {
        out->source = by;
    }
    if (out->source.first == NEWS_NONE || out->source.end <= out->source.first) {
        out->source = news_report_shared_subject(r, line->first, phrase->first);
    }
    out->content = (news_range){that, news_report_clause_end(r, that + 1, line->end)};
    end_with_marks(r, &out->content);
    return out->source.first != NEWS_NONE && out->content.end > that + 1;
}

/* Whether a verb follows that a noun phrase is the subject of. */
static bool acts(const news_reports *r, const news_narration *line, news_range noun) {
    uint32_t i = r->phrases->list.at[r->phrases->of[noun.first]].end;
    while (i < line->end && is_plain(r, i) && r->tags[i] == NEWS_TAG_ADVERB) {
        i++;
    }
    return i < line->end && is_plain(r, i) && is_finite(r->tags[i]);
}

/* "The boats leak in bad weather, said Ann Hale, who owns three": behind a comma and "said" stands
 * somebody, and no clause that could be what is said. */
static bool is_inverted(const news_reports *r, const news_narration *line, uint32_t group,
                        uint32_t v, uint32_t after) {
    enum { LEAST = 4 }; /* tokens of what is said */
    static const char *const verbs[] = {"said", "says", "wrote", "writes", "added", "adds"};
    bool plain = group == v && v > line->first + LEAST && is_plain(r, v - 1) &&
                 is_mark(r, v - 1, ',') && is_plain(r, v - 2);
    bool verb = false;
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs && plain && !verb; i++) {
        verb = is_word(r, v, verbs[i]);
    }
    if (!verb || after >= line->end || r->phrases->of[after] == NEWS_NONE || !is_plain(r, after)) {
        return false;
    }
    news_range noun = news_report_noun(r, after, line->end);
    if (noun.first == NEWS_NONE || r->tags[noun.first] == NEWS_TAG_PRONOUN || acts(r, line, noun)) {
        return false;
    }
    bool who = false;
    uint32_t head = r->phrases->list.at[r->phrases->of[after]].end - 1;
    for (uint32_t i = noun.first; i <= head && !who; i++) {
        const news_span span = r->article->tokens[i].span;
        who = (r->tags[i] == NEWS_TAG_NAME && !news_report_is_time(r, i)) ||
              news_words_find_folded(&news_words_titles, r->article->text->bytes + span.from,
                                     span.to - span.from)
                  .is_entry;
    }
    uint32_t next = noun.end;
    return who && (next >= news_report_trim_end(r, v, line->end) || is_mark(r, next, ',') ||
                   r->tags[next] == NEWS_TAG_RELATIVE || r->tags[next] == NEWS_TAG_PREPOSITION);
}

/* A report for the verb at `v`, or none. */
static bool read_verb(const news_reports *r, uint32_t index, const news_narration *line, uint32_t v,
                      const news_cue *cue, news_report *out) {
    *out = (news_report){.cue = {cue->first, cue->end},
                         .source = NOTHING,
                         .content = NOTHING,
                         .line = index,
                         .flags = cue->flags};
    uint32_t group = news_report_verb_group(r, v, line->first), after = cue->end;
    uint8_t tense = r->tags[group] == NEWS_TAG_PRESENT || r->tags[v] == NEWS_TAG_PRESENT
                        ? NEWS_TAG_PRESENT
                        : NEWS_TAG_PAST;
    if (r->tags[v] == NEWS_TAG_BASE) {
        out->flags &= (uint16_t)~NEWS_CUES_MANNER; /* “…,” they must go */
    }
    if (after < line->end && r->tags[after] == NEWS_TAG_PARTICLE && is_plain(r, after)) {
        after++;
    }
    if (r->tags[v] == NEWS_TAG_GERUND && v >= line->first + 2 && is_word(r, v - 1, "as") &&
        (is_verb(r->tags[v - 2]))) { /* "was quoted as saying" */
        out->source =
            news_report_subject(r, line->first, news_report_verb_group(r, v - 2, line->first));
        return out->source.first != NEWS_NONE &&
               news_report_find_content(r, line, out, out->source.first, after, tense);
    }
    if (news_report_is_passive(r, group, v) && !is_past_for_sure(r, line, group, v, after)) {
        for (uint32_t i = after; i + 1 < line->end && i < after + 3; i++) {
            if (is_plain(r, i) && is_word(r, i, "by")) {
                out->source = news_report_noun(r, i + 1, line->end);
                return out->source.first != NEWS_NONE &&
                       news_report_find_content(r, line, out, group, out->source.end, tense);
            }
        }
        return false;
    }
    /* "Households told to save water": in a headline a participle needs no "are". */
    news_role role = r->article->blocks[line->block].role;
    bool heading = role == NEWS_ROLE_HEADLINE || role == NEWS_ROLE_SUBHEAD;
    if (heading && (cue->flags & NEWS_CUES_WHO) && group == v && after + 1 < line->end &&
        r->tags[v] != NEWS_TAG_PRESENT && r->tags[after] == NEWS_TAG_TO) {
        return false;
    }
    /* "Ferry is ‘unsafe’, inquiry hears": whoever hears it does not say it. */
    if (heading && (is_word(r, v, "hears") || is_word(r, v, "hear") || is_word(r, v, "heard"))) {
        return false;
    }
    if (is_inverted(r, line, group, v, after)) {
        out->source = news_report_noun(r, after, line->end);
        out->content = news_report_content_before(r, line, v);
        out->is_before = true;
        return out->content.first != NEWS_NONE;
    }
    bool adverb_first = group < v && r->tags[group] == NEWS_TAG_ADVERB;
    uint32_t before = group;
    bool quoted_before = group > line->first && !is_plain(r, group - 1);
    if (r->tags[v] != NEWS_TAG_GERUND || is_progressive(r, group, v)) {
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
    } else if (news_report_relative(r, line->first, group) != NEWS_NONE) {
        uint32_t who = news_report_relative(r, line->first, group);
        out->source = news_report_antecedent(r, line->first, who);
        if (who > line->first && is_dash(r, who - 1)) { /* "the study – which says … – is" */
            news_narration aside = *line;
            for (aside.end = after; aside.end < line->end && !is_dash(r, aside.end);) {
                aside.end++;
            }
            return out->source.first != NEWS_NONE &&
                   news_report_find_content(r, &aside, out, before, after, tense);
        }
    } else if ((is_finite(r->tags[v]) || r->tags[v] == NEWS_TAG_BASE) && after < line->end &&
               is_plain(r, after) &&
               (group == line->first || !is_plain(r, group - 1) ||
                r->article->tokens[group - 1].kind == NEWS_TOKEN_MARK)) {
        out->source = news_report_noun(r, after, line->end); /* “…,” said Smith */
        if (out->source.first != NEWS_NONE &&
            (!can_name(r, out->source.first) || (!quoted_before && acts(r, line, out->source)))) {
            out->source = NOTHING; /* "raises rates, says more to come", "said she left" */
        }
        if (out->source.first != NEWS_NONE) {
            after = out->source.end;
        }
    }
    if (out->source.first == NEWS_NONE && r->tags[v] == NEWS_TAG_GERUND) {
        out->source = news_report_actor(r, line->first, v);
        if (out->source.first != NEWS_NONE && is_mark(r, v - 1, ',')) {
            news_narration aside = *line; /* "Hall, admitting that it leaks, went home" */
            for (aside.end = after; aside.end + 1 < line->end; aside.end++) {
                if (is_mark(r, aside.end, ',') && is_finite(r->tags[aside.end + 1])) {
                    break;
                }
            }
            return news_report_find_content(r, &aside, out, before, after, tense);
        }
        bool opens =
            v == line->first || (v == line->first + 1 && (r->tags[v - 1] == NEWS_TAG_LINKER ||
                                                          r->tags[v - 1] == NEWS_TAG_PREPOSITION));
        if (opens) {
            out->source = news_report_subject_behind(r, line, after);
            news_narration clause = *line;
            clause.end = out->source.first == NEWS_NONE ? line->end : out->source.first;
            return out->source.first != NEWS_NONE &&
                   news_report_find_content(r, &clause, out, before, after, tense);
        }
    }
    if (out->source.first == NEWS_NONE) {
        /* "Hall wrote that it was old and urged": who reports goes on where the reported clause
         * ends. */
        const news_report *last = r->list.n ? &r->list.at[r->list.n - 1] : NULL;
        bool joins = last && last->line == index && !last->is_title &&
                     last->content.end < group + 1 && last->content.end + 2 >= group &&
                     last->content.end > last->cue.end;
        out->source = joins ? last->source : news_report_shared_subject(r, line->first, group);
    }
    if (out->source.first != NEWS_NONE && out->source.first > line->first &&
        before == out->source.first && is_plain(r, before - 1) && is_word(r, before - 1, "as") &&
        (cue->flags & NEWS_CUES_SAY) && read_as(r, line, before - 1, after, out)) {
        return true;
    }
    if (out->source.first == NEWS_NONE && adverb_first && after < line->end) {
        out->source = news_report_noun(r, after, line->end);
    }
    bool found = news_report_find_content(r, line, out, before, after, tense);
    if (found && news_report_relative(r, line->first, group) != NEWS_NONE) {
        end_with_marks(r, &out->content);
    }
    return found;
}

/* "according to Smith", at token `at`. */
static bool read_according(const news_reports *r, uint32_t index, const news_narration *line,
                           uint32_t at, news_report *out) {
    *out = (news_report){.cue = {at, at + 2},
                         .source = NOTHING,
                         .content = NOTHING,
                         .line = index,
                         .flags = NEWS_CUES_SAY | NEWS_CUES_THAT};
    out->source = news_report_noun(r, at + 2, line->end);
    if (out->source.first == NEWS_NONE) {
        return false;
    }
    if (at <= line->first + 1) {
        /* No apposition reaches to the end of the line: "…, the ferry leaks" is what is reported.
         */
        uint32_t stop = news_report_trim_end(r, at, line->end);
        for (uint32_t i = out->source.end; i-- > at + 2 && out->source.end >= stop;) {
            if (is_mark(r, i, ',')) {
                out->source.end = i;
            }
        }
        uint32_t from = out->source.end;
        if (from < line->end && is_mark(r, from, ',')) {
            from++;
        }
        out->content = (news_range){from, news_report_trim_end(r, from, line->end)};
        return out->content.end > from;
    }
    out->content = news_report_content_before(r, line, at);
    out->is_before = true;
    return out->content.first != NEWS_NONE;
}

/* "was labelled “true”": somebody is reported to have said the marked words right behind the cue,
 * the text does not say who. */
static bool is_by_nobody(const news_reports *r, const news_narration *line, news_report *report) {
    enum { NOT = NEWS_CUES_WEAK | NEWS_CUES_MANNER };
    uint32_t at = report->cue.end;
    if (!(report->flags & NEWS_CUES_SAY) || at >= line->end) {
        return false;
    }
    for (uint32_t i = report->content.first; i < report->content.end; i++) {
        if (!is_plain(r, i)) {
            return true; /* the clause holds marked words, whoever said it */
        }
    }
    if (report->flags & NOT) {
        return false;
    }
    /* "as", "the", whom it was said of, and the list that they open ("names like “pig”") */
    for (uint32_t k = 0; k < 2 && is_plain(r, at) && at + 1 < line->end; k++) {
        uint32_t p = r->phrases->of[at];
        if (is_word(r, at, "as") || r->tags[at] == NEWS_TAG_DETERMINER) {
            at++;
        } else if (p != NEWS_NONE && r->phrases->list.at[p].end < line->end) {
            at = r->phrases->list.at[p].end;
        }
    }
    at += is_mark(r, at, ',') && at + 1 < line->end && is_word(r, at + 1, "like") ? 2 : 0;
    if (at >= line->end || is_plain(r, at)) {
        return false;
    }
    report->content = (news_range){report->cue.end, r->stretches->list.at[r->stretch_of[at]].end};
    return true;
}

static bool is_set_off(news_role role) {
    return role == NEWS_ROLE_BLOCKQUOTE || role == NEWS_ROLE_EMBED;
}

/* "Wall continued:" and a new paragraph in marks, or one set off: what stands there is reported.
 * The last cue of the line takes it. */
static void lead_in(news_reports *r, uint32_t index, uint32_t n_before) {
    const news_article *a = r->article;
    const news_narration *line = &r->lines.at[index];
    if (index + 1 >= r->lines.n || r->list.n == n_before || !is_mark(r, line->end - 1, ':') ||
        !is_plain(r, line->end - 1) || is_set_off(a->blocks[line->block].role)) {
        return;
    }
    const news_narration *next = &r->lines.at[index + 1];
    news_report *report = &r->list.at[r->list.n - 1];
    news_role role = a->blocks[next->block].role;
    if (report->content.first != NEWS_NONE || next->block == line->block) {
        return;
    }
    if (!is_plain(r, next->first)) {
        const news_stretch *s = &r->stretches->list.at[r->stretch_of[next->first]];
        report->content = (news_range){s->open, s->end};
    } else if (is_set_off(role)) {
        uint32_t l = index + 1;
        while (l + 1 < r->lines.n && a->blocks[r->lines.at[l + 1].block].role == role) {
            l++;
        }
        report->content = (news_range){next->first, r->lines.at[l].end};
    }
}

/* Whether a noun that reports may go on with this token. */
static bool leads_on(const news_reports *r, uint32_t i) {
    static const char *const words[] = {"that", "by",    "from",    "for", "of",
                                        "to",   "about", "against", "on"};
    for (size_t k = 0; k < sizeof words / sizeof *words; k++) {
        if (is_word(r, i, words[k])) {
            return true;
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
    if (!news_report_cut_lines(arena, r)) {
        return false;
    }
    for (uint32_t l = 0; l < r->lines.n; l++) {
        const news_narration *line = &r->lines.at[l];
        news_role role = a->blocks[line->block].role;
        news_report report;
        if (role == NEWS_ROLE_BOILERPLATE || role == NEWS_ROLE_CODE || role == NEWS_ROLE_CREDIT ||
            role == NEWS_ROLE_BYLINE || role == NEWS_ROLE_DATE) {
            continue;
        }
        if (news_report_read_title(r, l, &report) && !push(arena, r, &report)) {
            return false;
        }
        uint32_t n_before = r->list.n;
        for (uint32_t i = line->first; i < line->end; i++) {
            if (!is_plain(r, i)) {
                continue;
            }
            if (i + 2 < line->end && i - line->first < LONGEST && is_word(r, i, "according") &&
                is_word(r, i + 1, "to")) {
                news_narration near = *line;
                near.end = near.end - i > LONGEST ? i + LONGEST : near.end;
                if (read_according(r, l, &near, i, &report) && !push(arena, r, &report)) {
                    return false;
                }
                continue;
            }
            bool noun = r->tags[i] == NEWS_TAG_NOUN;
            if (!noun && !is_verb(r->tags[i])) {
                continue;
            }
            if (noun && (i + 1 >= line->end || !leads_on(r, i + 1))) {
                continue;
            }
            news_cue cue = news_find_cue(r->cues, i, line->end);
            if (!cue.flags || (noun && !(cue.flags & NEWS_CUES_NOUN)) ||
                (!noun && !(cue.flags & ~NEWS_CUES_NOUN & ~NEWS_CUES_SAY))) {
                continue;
            }
            /* A line without an end must not be read again for each of its verbs. */
            news_narration near = *line;
            near.first = i - near.first > LONGEST ? i - LONGEST : near.first;
            near.end = near.end - i > LONGEST ? i + LONGEST : near.end;
            if (cue.end > near.end) {
                continue;
            }
            if (noun) {
                near.first = i - line->first > LONGEST ? i - LONGEST : line->first;
                if (read_noun(r, l, &near, i, &cue, &report) && !push(arena, r, &report)) {
                    return false;
                }
                continue;
            }
            if (!read_verb(r, l, &near, i, &cue, &report)) {
                report.content = NOTHING; /* marked words near it may still be its */
            }
            if ((report.source.first != NEWS_NONE || is_by_nobody(r, &near, &report)) &&
                !push(arena, r, &report)) {
                return false;
            }
            i = cue.end - 1;
        }
        lead_in(r, l, n_before);
        bool any = false;
        for (uint32_t k = n_before; k < r->list.n && !any; k++) {
            any = r->list.at[k].content.first != NEWS_NONE;
        }
        if (!any && news_report_read_headline(r, l, &report) && !push(arena, r, &report)) {
            return false;
        }
    }
    return true;
}
