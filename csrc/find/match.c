/* The choice of a report for each stretch: by how well it fits, then the nearest cue for what no
 * clause holds. */
#include "match.h"
#include "clause.h"
#include "word_lists.h"

#include <string.h>

typedef struct matcher {
    news_reports *reports;
    news_matches *out;
} matcher;

static bool is_stop(const news_reports *r, uint32_t token) {
    const news_token *t = &r->article->tokens[token];
    char c = r->article->text->bytes[t->span.from];
    return t->kind == NEWS_TOKEN_MARK &&
           (c == '.' || c == '!' || c == '?' || (unsigned char)c == 0xE2);
}

/* The tokens between the marks of a stretch. */
static news_range inside(const news_stretch *s) {
    return (news_range){s->open + 1, s->flags & NEWS_STRETCH_UNCLOSED ? s->end : s->end - 1};
}

/* The sentences of the narrator in which a stretch stands need no line here: it opens its block, or
 * a sentence ended before it. */
static bool opens_sentence(const news_reports *r, const news_stretch *s) {
    if (s->open == 0) {
        return true;
    }
    const news_token *before = &r->article->tokens[s->open - 1];
    return r->article->sentences[before->sentence].block != s->block || is_stop(r, s->open - 1) ||
           r->stretch_of[s->open - 1] != NEWS_NONE;
}

/* The first token of the words that is no bracket and no ellipsis. */
static uint32_t first_word(const news_reports *r, news_range words) {
    uint32_t first = words.first;
    while (first + 1 < words.end && r->article->tokens[first].kind == NEWS_TOKEN_MARK &&
           (news_report_is_mark(r, first, '[') || is_stop(r, first))) {
        first++;
    }
    return first;
}

bool news_match_opens_capital(const news_reports *r, const news_stretch *s) {
    news_range words = inside(s);
    return words.first < words.end &&
           (first_word(r, words) > words.first ||
            (r->article->tokens[words.first].flags & NEWS_TOKEN_CAPITAL));
}

bool news_match_is_sentence(const news_reports *r, const news_stretch *s) {
    news_range words = inside(s);
    if (words.first >= words.end) {
        return false;
    }
    bool verb = false;
    for (uint32_t i = words.first; i < words.end && !verb; i++) {
        uint8_t tag = r->tags[i];
        verb = tag >= NEWS_TAG_MODAL && tag <= NEWS_TAG_PAST;
    }
    /* "[Hall] does not know", "… and so it went": what was cut starts no sentence. */
    uint32_t first = first_word(r, words);
    bool cut = first > words.first;
    const news_token *head = &r->article->tokens[first];
    bool capital = (head->flags & NEWS_TOKEN_CAPITAL) || head->kind == NEWS_TOKEN_NUMBER;
    bool ends = is_stop(r, words.end - 1) || (s->end < r->article->n_tokens && is_stop(r, s->end));
    uint32_t n = s->end - s->open;
    return (capital || cut) && ((ends && n > 3 && opens_sentence(r, s)) ||
                                (verb && n > 5 && !news_match_is_name(r, s)));
}

bool news_match_is_fragment(const news_reports *r, const news_stretch *s) {
    enum { FEWEST = 4 }; /* words; coined terms have three at most */
    news_range words = inside(s);
    uint32_t n = 0, small = 0;
    for (uint32_t i = words.first; i < words.end; i++) {
        const news_token *t = &r->article->tokens[i];
        if (t->kind != NEWS_TOKEN_WORD && t->kind != NEWS_TOKEN_NUMBER) {
            continue;
        }
        bool is_small = t->kind == NEWS_TOKEN_WORD && !(t->flags & NEWS_TOKEN_CAPITAL);
        if (n == 0 && !is_small) {
            return false;
        }
        n++;
        small += is_small &&
                 !news_form_look_up(r->article, &news_words_function_words, i, i + 1).is_entry;
    }
    return n >= FEWEST && small > 0;
}

/* "her memoir, “Thin Air,”": the word before the comma is a work, so what stands in marks is its
 * name. */
static bool is_work(const news_reports *r, uint32_t token) {
    static const char *const works[] = {
        "memoir", "memoirs", "book",   "novel", "album",  "film",    "movie",   "song",
        "show",   "play",    "series", "poem",  "essay",  "article", "column",  "report",
        "study",  "podcast", "debut",  "hit",   "single", "opera",   "thriller"};
    for (size_t i = 0; i < sizeof works / sizeof *works; i++) {
        if (news_report_is_word(r, token, works[i])) {
            return true;
        }
    }
    return false;
}

bool news_match_is_name(const news_reports *r, const news_stretch *s) {
    enum { LONGEST = 9 }; /* tokens: titles of books are short, and longer words are said */
    news_range words = inside(s);
    if (words.end <= words.first || words.end - words.first > LONGEST || opens_sentence(r, s)) {
        return false;
    }
    /* Behind a word of the narrator's that leads to a name: "on", "the", "show", "’s". */
    uint8_t before = r->tags[s->open - 1];
    if (s->open > 1 && news_report_is_mark(r, s->open - 1, ',') && is_work(r, s->open - 2)) {
        before = NEWS_TAG_NOUN;
    }
    if (before == NEWS_TAG_MARK || news_report_is_word(r, s->open - 1, "as") ||
        (before >= NEWS_TAG_BASE && before <= NEWS_TAG_PARTICLE) || before == NEWS_TAG_PRONOUN ||
        before == NEWS_TAG_LINKER) {
        return false;
    }
    uint32_t capitals = 0;
    for (uint32_t i = words.first; i < words.end; i++) {
        const news_token *t = &r->article->tokens[i];
        if (t->kind == NEWS_TOKEN_WORD && !(t->flags & NEWS_TOKEN_CAPITAL)) {
            bool binds =
                news_form_look_up(r->article, &news_words_function_words, i, i + 1).is_entry;
            if (!binds || i == words.first) {
                return false;
            }
        }
        capitals += (t->flags & NEWS_TOKEN_CAPITAL) != 0;
    }
    const char c = r->article->text->bytes[r->article->tokens[words.end - 1].span.from];
    return capitals > 0 && c != '!' && c != '?';
}

/* Whether the source can speak: a name, a person's pronoun, or several people ("officials"); not
 * "it", "which" or "the bill". */
static bool can_speak(const matcher *m, const news_report *report) {
    news_range source = report->source;
    if (source.first == NEWS_NONE) {
        return false;
    }
    uint32_t p = m->reports->phrases->of[source.first];
    uint32_t end = p == NEWS_NONE ? source.end : m->reports->phrases->list.at[p].end;
    end = end > source.end || end <= source.first ? source.end : end;
    if (m->reports->tags[source.first] == NEWS_TAG_PRONOUN) {
        return !news_report_is_word(m->reports, source.first, "it");
    }
    for (uint32_t i = source.first; i < end; i++) {
        if (m->reports->tags[i] == NEWS_TAG_NAME) {
            return true;
        }
    }
    const news_article *article = m->reports->article;
    return article->text->bytes[article->tokens[end - 1].span.to - 1] == 's' ||
           news_form_look_up(article, &news_words_titles, end - 1, end).is_entry;
}

/* "a plane she called “the Goat”": a nickname, not what somebody says of it ("called him “the worst
 * of mayors”"). */
static bool is_nickname(const matcher *m, const news_report *report, const news_stretch *s) {
    enum { LONGEST = 2 }; /* words behind "the" */
    static const char *const verbs[] = {"call",   "calls",     "called", "dub",   "dubs",
                                        "dubbed", "nicknamed", "name",   "names", "named"};
    const news_reports *r = m->reports;
    bool names = false;
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs && !names; i++) {
        names = report->cue.end == report->cue.first + 1 &&
                news_report_is_word(r, report->cue.first, verbs[i]);
    }
    news_range words = inside(s);
    while (words.end > words.first && r->article->tokens[words.end - 1].kind == NEWS_TOKEN_MARK) {
        words.end--;
    }
    /* “Captain” Joe Delgado */
    if (s->end == s->open + 3 && s->end < r->article->n_tokens &&
        !(s->flags & NEWS_STRETCH_UNCLOSED) && r->tags[s->end] == NEWS_TAG_NAME &&
        (r->article->tokens[words.first].flags & NEWS_TOKEN_CAPITAL) &&
        r->article->sentences[r->article->tokens[s->end].sentence].block == s->block) {
        return true;
    }
    if (!names || words.end < words.first + 2 || words.end - words.first > LONGEST + 1 ||
        !news_report_is_word(r, words.first, "the")) {
        return false;
    }
    for (uint32_t i = words.first + 1; i < words.end; i++) {
        /* "the greatest mayor", "the worst": praise and blame */
        news_span span = r->article->tokens[i].span;
        const char *end = r->article->text->bytes + span.to;
        if (span.to - span.from > 3 &&
            (memcmp(end - 3, "est", 3) == 0 || memcmp(end - 3, "rst", 3) == 0)) {
            return false;
        }
    }
    return true;
}

/* "called Quint “Little Ada”", "describing the mood of the town as “grim”": the marked words stand
 * behind what the verb names. */
static bool names_object(const matcher *m, const news_report *report, const news_stretch *s) {
    static const char *const verbs[] = {
        "call",    "calls",   "called",   "calling",   "dubbed",    "label",     "labelled",
        "labeled", "branded", "describe", "describes", "described", "describing"};
    const news_reports *r = m->reports;
    uint32_t at = report->cue.first == NEWS_NONE ? 0 : report->cue.end;
    bool names = false;
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs && at > 0 && !names; i++) {
        names = news_report_is_word(r, at - 1, verbs[i]);
    }
    if (!names || at >= s->open || r->phrases->of[at] == NEWS_NONE) {
        return false;
    }
    uint32_t end = r->phrases->list.at[r->phrases->of[at]].end;
    while (end + 1 < s->open &&
           (r->tags[end] == NEWS_TAG_PREPOSITION || r->tags[end] == NEWS_TAG_CONJUNCTION) &&
           r->phrases->of[end + 1] != NEWS_NONE) {
        end = r->phrases->list.at[r->phrases->of[end + 1]].end;
    }
    end += end + 1 == s->open && r->tags[end] == NEWS_TAG_DETERMINER ? 1 : 0;
    return end == s->open || (end + 1 == s->open && news_report_is_word(r, end, "as"));
}

/* "would offer “a prayer”", "continued “to work”": part of what is told rather than a cue of its
 * own, where another one takes the clause. */
static bool is_told(const matcher *m, const news_report *report, const news_stretch *s) {
    const news_reports *r = m->reports;
    uint32_t cue = report->cue.first;
    if (report->is_title || report->is_before || cue == 0 || cue >= s->open) {
        return false;
    }
    bool manner = (report->flags & NEWS_CUES_MANNER) && !(report->flags & NEWS_CUES_THAT);
    return r->tags[cue] == NEWS_TAG_BASE &&
           (manner || r->tags[cue - 1] == NEWS_TAG_MODAL || r->tags[cue - 1] == NEWS_TAG_TO);
}

/* How well a report fits a stretch that its content holds. */
static int fitness(const matcher *m, const news_report *report, const news_stretch *s) {
    int score = report->flags & NEWS_CUES_SAY ? 4 : report->flags & NEWS_CUES_SHOW ? 2 : 0;
    score += report->flags & NEWS_CUES_THAT ? 1 : 0;
    score -= report->flags & NEWS_CUES_WEAK ? 1 : 0;
    score += can_speak(m, report) ? 2 : 0;
    /* Right beside its cue it is this cue's. */
    bool touches = report->content.first == s->open || report->content.end == s->end;
    /* "according to" says so, whatever verbs stand in what is reported. */
    bool according = report->cue.first != NEWS_NONE && report->cue.end == report->cue.first + 2 &&
                     news_report_is_word(m->reports, report->cue.first, "according");
    score += according ? 3 : 0;
    score += report->cue.end == s->open ? 2 : 0; /* "called “a clear signal”" */
    score += names_object(m, report, s) ? 3 : 0;
    score -= is_told(m, report, s) ? 4 : 0;
    return score + (touches ? 2 : 0);
}

/* Gives every stretch the fittest report whose content holds it, of equals the last: the innermost.
 */
static void match(const matcher *m) {
    news_stretches const *stretches = m->reports->stretches;
    uint32_t line = 0;
    for (uint32_t i = 0; i < stretches->list.n; i++) {
        while (line + 1 < m->reports->lines.n &&
               m->reports->lines.at[line].end <= stretches->list.at[i].open) {
            line++;
        }
        m->out->line_of[i] = line;
        m->out->report_of[i] = NEWS_NONE;
    }
    for (uint32_t k = 0; k < m->reports->list.n; k++) {
        const news_report *report = &m->reports->list.at[k];
        if (report->content.first == NEWS_NONE) {
            continue;
        }
        for (uint32_t t = report->content.first; t < report->content.end; t++) {
            uint32_t s = m->reports->stretch_of[t];
            if (s == NEWS_NONE) {
                continue;
            }
            const news_stretch *stretch = &stretches->list.at[s];
            uint32_t old = m->out->report_of[s];
            const news_report *other = old == NEWS_NONE ? NULL : &m->reports->list.at[old];
            bool clause = (report->flags & NEWS_CUES_THAT) || report->is_title ||
                          report->content.first == stretch->open;
            bool name = is_nickname(m, report, stretch) ||
                        (!clause && news_match_is_name(m->reports, stretch));
            if (!name && (!other || fitness(m, report, stretch) >= fitness(m, other, stretch))) {
                m->out->report_of[s] = k;
            }
            t = stretches->list.at[s].end - 1;
        }
    }
}

/* Marked words that no clause holds go with the nearest cue before them in their line, whose
 * content then is all from the cue on. */
static void match_loose(const matcher *m) {
    enum { REACH = 60 }; /* tokens: longer than any sentence of news but few */
    const news_stretches *stretches = m->reports->stretches;
    uint32_t next = 0;
    for (uint32_t i = 0; i < stretches->list.n; i++) {
        const news_stretch *s = &stretches->list.at[i];
        while (next < m->reports->list.n &&
               (m->reports->list.at[next].line < m->out->line_of[i] ||
                (m->reports->list.at[next].line == m->out->line_of[i] &&
                 !m->reports->list.at[next].is_title &&
                 m->reports->list.at[next].cue.first < s->open))) {
            next++;
        }
        const news_narration *line = &m->reports->lines.at[m->out->line_of[i]];
        bool inside = s->open > line->first;
        news_report *report = next > 0 ? &m->reports->list.at[next - 1] : NULL;
        bool called = report && report->line == m->out->line_of[i] && names_object(m, report, s);
        if (m->out->report_of[i] != NEWS_NONE || !inside ||
            (!called && news_match_is_name(m->reports, s))) {
            continue;
        }
        if (report && is_nickname(m, report, s)) {
            continue;
        }
        if (report && report->line == m->out->line_of[i] && !report->is_title &&
            !(report->flags & NEWS_CUES_MANNER) && s->open - report->cue.first < REACH) {
            if (report->content.first == NEWS_NONE && !report->is_before) {
                uint32_t from =
                    report->source.first > report->cue.first && report->source.end <= s->open
                        ? report->source.end
                        : report->cue.end;
                report->content = (news_range){from, s->end};
            }
            m->out->report_of[i] = next - 1;
        } else if (next < m->reports->list.n &&
                   m->reports->list.at[next].line == m->out->line_of[i] &&
                   m->reports->list.at[next].content.first == NEWS_NONE &&
                   !(m->reports->list.at[next].flags & NEWS_CUES_MANNER) &&
                   m->reports->list.at[next].source.first >= s->end) {
            report = &m->reports->list.at[next];
            report->content = (news_range){line->first, report->source.first};
            while (report->content.end > s->end &&
                   m->reports->article->tokens[report->content.end - 1].kind == NEWS_TOKEN_MARK) {
                report->content.end--;
            }
            report->is_before = true;
            m->out->report_of[i] = next;
        }
    }
}

/* Verbs that tell nothing of what was said: their subject is no speaker. */
static bool is_empty(const news_reports *r, uint32_t verb) {
    static const char *const words[] = {"is",  "are",  "was", "were", "be",  "has",
                                        "had", "have", "do",  "does", "did", "got"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (news_report_is_word(r, verb, words[i])) {
            return true;
        }
    }
    return r->tags[verb] == NEWS_TAG_MODAL;
}

/* Where the words end that lead to a stretch which nobody says yet: before it, where it is a
 * fragment; before its colon, where one stands in its line or closes the line before. */
static uint32_t lead_to(const news_reports *r, const news_stretch *s, uint32_t *line) {
    const news_narration *of = &r->lines.at[*line];
    if (s->open == of->first) {
        if (*line == 0 || !news_report_is_mark(r, of[-1].end - 1, ':')) {
            return NEWS_NONE;
        }
        --*line;
        return of[-1].end - 1;
    }
    if (news_report_is_mark(r, s->open - 1, ':')) {
        return s->open - 1;
    }
    return news_match_is_fragment(r, s) ? s->open : NEWS_NONE;
}

/* "Hall taunted the council for “sleeping through a flood”", "Quint was blunt: “It sinks.”": no
 * cue, but who is told of in the clause says the words that are left; the verb stands for the cue.
 */
static bool match_fragments(news_arena *arena, const matcher *m) {
    enum { REACH = 30 }; /* tokens back to the verb */
    news_reports *r = m->reports;
    for (uint32_t i = 0; i < r->stretches->list.n; i++) {
        const news_stretch *s = &r->stretches->list.at[i];
        uint32_t l = m->out->line_of[i];
        uint32_t to = m->out->report_of[i] == NEWS_NONE ? lead_to(r, s, &l) : NEWS_NONE;
        if (to == NEWS_NONE) {
            continue;
        }
        uint32_t first = r->lines.at[l].first;
        bool colon = to < s->open;
        for (uint32_t v = to; v-- > first && v + REACH > to && is_plain(r, v);) {
            if (!is_finite(r->tags[v]) || (is_empty(r, v) && !colon)) {
                continue;
            }
            news_report report = {.cue = {v, v + 1},
                                  .content = {colon ? s->open : v + 1, s->end},
                                  .line = m->out->line_of[i],
                                  .flags = NEWS_CUES_THING};
            report.source = news_report_subject(r, first, news_report_verb_group(r, v, first));
            if (!can_speak(m, &report)) {
                continue;
            }
            news_report *added = news_list_push(arena, &r->list);
            if (!added) {
                return false;
            }
            *added = report;
            m->out->report_of[i] = r->list.n - 1;
            break;
        }
    }
    return true;
}

bool news_find_matches(news_arena *arena, news_reports *reports, news_matches *out) {
    uint32_t n = reports->stretches->list.n ? reports->stretches->list.n : 1;
    out->report_of = news_arena_array(arena, n, sizeof *out->report_of);
    out->line_of = news_arena_array(arena, n, sizeof *out->line_of);
    if (!out->report_of || !out->line_of) {
        return false;
    }
    matcher m = {reports, out};
    match(&m);
    match_loose(&m);
    return match_fragments(arena, &m);
}
