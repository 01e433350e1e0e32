/* Marked stretches and reports become records: which report a stretch belongs to, which stretches
 * are one quote, and whom a quote without a cue goes on from. */
#include "quote.h"
#include "mend.h"
#include "speaker.h"
#include "word_lists.h"

#include <string.h>

typedef struct maker {
    news_arena *arena;
    const news_article *article;
    const news_entities *entities;
    news_reports reports;
    uint32_t *report_of; /* for each stretch, its report or NEWS_NONE */
    uint32_t *line_of;   /* for each stretch, its line */
    news_quotes *out;
} maker;

static news_span span_of(const maker *m, news_range run) {
    if (run.first == NEWS_NONE || run.end <= run.first) {
        return (news_span){NEWS_NONE, NEWS_NONE};
    }
    return (news_span){m->article->tokens[run.first].span.from,
                       m->article->tokens[run.end - 1].span.to};
}

static bool is_stop(const maker *m, uint32_t token) {
    const news_token *t = &m->article->tokens[token];
    char c = m->article->text->bytes[t->span.from];
    return t->kind == NEWS_TOKEN_MARK &&
           (c == '.' || c == '!' || c == '?' || (unsigned char)c == 0xE2);
}

/* Whether the stretch holds a sentence of its own rather than words of the narrator's. */
static bool is_sentence(const maker *m, const news_stretch *s) {
    uint32_t first = s->open + 1, last = s->flags & NEWS_STRETCH_UNCLOSED ? s->end - 1 : s->end - 2;
    if (first > last) {
        return false;
    }
    bool verb = false;
    for (uint32_t i = first; i <= last && !verb; i++) {
        uint8_t tag = m->reports.tags[i];
        verb = tag >= NEWS_TAG_MODAL && tag <= NEWS_TAG_PAST;
    }
    bool capital = m->article->tokens[first].flags & NEWS_TOKEN_CAPITAL;
    bool ends = is_stop(m, last) || (s->end < m->article->n_tokens && is_stop(m, s->end));
    return capital && ((ends && s->end - s->open > 3) || (verb && s->end - s->open > 5));
}

/* Whether the source can speak: a name, a person's pronoun, or several people ("officials"); not
 * "it", "which" or "the bill". */
static bool can_speak(const maker *m, const news_report *report) {
    news_range source = report->source;
    uint32_t p = m->reports.phrases->of[source.first];
    uint32_t end = p == NEWS_NONE ? source.end : m->reports.phrases->list.at[p].end;
    end = end > source.end || end <= source.first ? source.end : end;
    if (m->reports.tags[source.first] == NEWS_TAG_PRONOUN) {
        return !news_report_is_word(&m->reports, source.first, "it");
    }
    for (uint32_t i = source.first; i < end; i++) {
        if (m->reports.tags[i] == NEWS_TAG_NAME) {
            return true;
        }
    }
    news_span head = m->article->tokens[end - 1].span;
    return m->article->text->bytes[head.to - 1] == 's' ||
           news_words_find_folded(&news_words_titles, m->article->text->bytes + head.from,
                                  head.to - head.from)
               .is_entry;
}

/* How well a report fits a stretch that its content holds. */
static int fitness(const maker *m, const news_report *report, const news_stretch *s) {
    int score = report->flags & NEWS_CUES_SAY ? 4 : report->flags & NEWS_CUES_SHOW ? 2 : 0;
    score += report->flags & NEWS_CUES_THAT ? 1 : 0;
    score -= report->flags & NEWS_CUES_WEAK ? 1 : 0;
    score += can_speak(m, report) ? 2 : 0;
    /* Right beside its cue it is this cue's. */
    bool touches = report->content.first == s->open || report->content.end == s->end;
    return score + (touches ? 2 : 0);
}

/* Gives every stretch the fittest report whose content holds it, of equals the last: the innermost.
 */
static void match(maker *m) {
    news_stretches const *stretches = m->reports.stretches;
    uint32_t line = 0;
    for (uint32_t i = 0; i < stretches->list.n; i++) {
        while (line + 1 < m->reports.lines.n &&
               m->reports.lines.at[line].end <= stretches->list.at[i].open) {
            line++;
        }
        m->line_of[i] = line;
        m->report_of[i] = NEWS_NONE;
    }
    for (uint32_t k = 0; k < m->reports.list.n; k++) {
        const news_report *report = &m->reports.list.at[k];
        if (report->content.first == NEWS_NONE || report->source.first == NEWS_NONE) {
            continue;
        }
        for (uint32_t t = report->content.first; t < report->content.end; t++) {
            uint32_t s = m->reports.stretch_of[t];
            if (s == NEWS_NONE) {
                continue;
            }
            uint32_t old = m->report_of[s];
            const news_report *other = old == NEWS_NONE ? NULL : &m->reports.list.at[old];
            if (!other || fitness(m, report, &stretches->list.at[s]) >=
                              fitness(m, other, &stretches->list.at[s])) {
                m->report_of[s] = k;
            }
            t = stretches->list.at[s].end - 1;
        }
    }
}

/* Marked words that no clause holds go with the nearest cue before them in their line, whose
 * content then is all from the cue on. */
static void match_loose(maker *m) {
    enum { REACH = 60 }; /* tokens: longer than any sentence of news but few */
    const news_stretches *stretches = m->reports.stretches;
    uint32_t next = 0;
    for (uint32_t i = 0; i < stretches->list.n; i++) {
        const news_stretch *s = &stretches->list.at[i];
        while (next < m->reports.list.n && (m->reports.list.at[next].line < m->line_of[i] ||
                                            (m->reports.list.at[next].line == m->line_of[i] &&
                                             !m->reports.list.at[next].is_title &&
                                             m->reports.list.at[next].cue.first < s->open))) {
            next++;
        }
        const news_narration *line = &m->reports.lines.at[m->line_of[i]];
        bool inside = s->open > line->first;
        if (m->report_of[i] != NEWS_NONE || !inside) {
            continue;
        }
        news_report *report = next > 0 ? &m->reports.list.at[next - 1] : NULL;
        if (report && report->line == m->line_of[i] && !report->is_title &&
            !(report->flags & NEWS_CUES_MANNER) && s->open - report->cue.first < REACH) {
            if (report->content.first == NEWS_NONE && !report->is_before) {
                uint32_t from =
                    report->source.first > report->cue.first && report->source.end <= s->open
                        ? report->source.end
                        : report->cue.end;
                report->content = (news_range){from, s->end};
            }
            m->report_of[i] = next - 1;
        } else if (next < m->reports.list.n && m->reports.list.at[next].line == m->line_of[i] &&
                   m->reports.list.at[next].content.first == NEWS_NONE &&
                   !(m->reports.list.at[next].flags & NEWS_CUES_MANNER) &&
                   m->reports.list.at[next].source.first >= s->end) {
            report = &m->reports.list.at[next];
            report->content = (news_range){line->first, report->source.first};
            while (report->content.end > s->end &&
                   m->article->tokens[report->content.end - 1].kind == NEWS_TOKEN_MARK) {
                report->content.end--;
            }
            report->is_before = true;
            m->report_of[i] = next;
        }
    }
}

static news_quote *push(maker *m, news_span span, uint32_t n_parts) {
    news_quote *quote = news_list_push(m->arena, &m->out->list);
    news_span *parts = news_arena_array(m->arena, n_parts, sizeof *parts);
    if (!quote || !parts) {
        return NULL;
    }
    *quote = (news_quote){.span = span,
                          .kind = NEWS_QUOTE_TERM,
                          .parts = parts,
                          .n_parts = n_parts,
                          .content = span,
                          .cue = {NEWS_NONE, NEWS_NONE},
                          .speaker = {.span = {NEWS_NONE, NEWS_NONE}},
                          .score = 0.5f};
    return quote;
}

static bool attribute(maker *m, news_quote *quote, const news_report *report, float score) {
    quote->cue = span_of(m, report->cue);
    return news_find_speaker(m->arena, &m->reports, m->entities, report->source, score,
                             &quote->speaker);
}

/* How many stretches from `i` on are one quote with it: paragraphs that go on, and what follows
 * "…," she said. */
static uint32_t group_end(const maker *m, uint32_t i) {
    const news_stretch *s = m->reports.stretches->list.at;
    uint32_t n = m->reports.stretches->list.n, end = i + 1;
    while (end < n && (s[end].flags & NEWS_STRETCH_CONTINUED)) {
        end++;
    }
    uint32_t k = m->report_of[end - 1];
    const news_report *report = k == NEWS_NONE ? NULL : &m->reports.list.at[k];
    if (end >= n || !report || !report->is_before || report->content.first != s[end - 1].open ||
        s[end].block != s[end - 1].block ||
        !(m->article->tokens[s[i].open + 1].flags & NEWS_TOKEN_CAPITAL)) {
        return end;
    }
    uint32_t line_end = m->reports.lines.at[report->line].end;
    bool same_line = report->is_split && s[end].open < line_end && s[end].open >= report->cue.first;
    bool next_line =
        s[end].open == line_end && m->report_of[end] == NEWS_NONE && is_sentence(m, &s[end]);
    if (!same_line && !next_line) {
        return end;
    }
    end++;
    while (end < n && (s[end].flags & NEWS_STRETCH_CONTINUED)) {
        end++;
    }
    return end;
}

/* The last quotes and their speakers, the newest first, for those that have none of their own. */
typedef struct memory {
    news_speaker speaker[3];
    uint32_t block[3]; /* where each ended; NEWS_NONE where there is none */
    bool asks[3];      /* ends with a question mark */
} memory;

static bool is_same(const news_speaker *a, const news_speaker *b) {
    return a->n_entities == b->n_entities &&
           (a->n_entities
                ? a->entities[0] == b->entities[0]
                : a->name.n == b->name.n &&
                      (a->name.n == 0 || memcmp(a->name.bytes, b->name.bytes, a->name.n) == 0));
}

static void remember(memory *of, const maker *m, const news_quote *quote, uint32_t block,
                     const news_stretch *end) {
    for (int k = 2; k > 0; k--) {
        of->speaker[k] = of->speaker[k - 1];
        of->block[k] = of->block[k - 1];
        of->asks[k] = of->asks[k - 1];
    }
    of->speaker[0] = quote->speaker;
    of->block[0] = block;
    of->asks[0] = end->end > end->open + 2 && news_report_is_mark(&m->reports, end->end - 2, '?');
}

/* Two people speak by turns, a paragraph each: an answer follows a question, and the third
 * paragraph the first. */
static bool alternates(const memory *of, uint32_t block, bool asks) {
    if (of->block[1] == NEWS_NONE || of->block[0] + 1 != block ||
        of->block[1] + 1 != of->block[0] || !of->speaker[0].name.bytes ||
        !of->speaker[1].name.bytes || is_same(&of->speaker[0], &of->speaker[1])) {
        return false;
    }
    bool third = of->block[2] != NEWS_NONE && of->block[2] + 1 == of->block[1] &&
                 is_same(&of->speaker[2], &of->speaker[0]);
    return third || of->asks[0] || (asks && of->asks[1]);
}

/* A quote without a cue goes on from the quote before it, or from the subject of the sentence
 * before it; in a dialogue it is the other's. */
static bool inherit(maker *m, news_quote *quote, uint32_t i, const memory *of) {
    const news_stretch *s = &m->reports.stretches->list.at[i];
    uint32_t l = m->line_of[i];
    if (l > 0 && m->reports.lines.at[l].first == s->open &&
        (m->reports.lines.at[l - 1].block == s->block ||
         news_report_is_mark(&m->reports, m->reports.lines.at[l - 1].end - 1, ':'))) {
        const news_narration *line = &m->reports.lines.at[l - 1];
        for (uint32_t t = line->first; t < line->end && t < line->first + 40; t++) {
            uint8_t tag = m->reports.tags[t];
            if (m->reports.stretch_of[t] != NEWS_NONE) {
                break;
            }
            if (tag == NEWS_TAG_PAST || tag == NEWS_TAG_PRESENT) {
                news_range subject = news_report_subject(&m->reports, line->first, t);
                news_speaker found;
                if (subject.first == NEWS_NONE) {
                    continue;
                }
                if (m->reports.tags[subject.first] == NEWS_TAG_POSSESSIVE) {
                    subject.end = subject.first + 1; /* "Her answer was short." */
                }
                if (!news_find_speaker(m->arena, &m->reports, m->entities, subject, 0.5f, &found)) {
                    return false;
                }
                if (found.n_entities == 1 &&
                    m->entities->entities.at[found.entities[0]].type == NEWS_ENTITY_PERSON) {
                    quote->speaker = found;
                    return true;
                }
                break;
            }
        }
    }
    uint32_t last_block = of->block[0];
    bool asks = s->end > s->open + 2 && news_report_is_mark(&m->reports, s->end - 2, '?');
    bool other = alternates(of, s->block, asks);
    const news_speaker *last = &of->speaker[other ? 1 : 0];
    if (last->name.bytes && last_block <= s->block && s->block - last_block <= 2) {
        for (uint32_t b = last_block; b < s->block; b++) {
            if (m->article->blocks[b].role == NEWS_ROLE_SUBHEAD) {
                return true;
            }
        }
        quote->speaker = *last;
        quote->speaker.score *= other ? 0.9f : 0.7f;
        if (quote->speaker.score < NEWS_SPEAKER_THRESHOLD) {
            quote->speaker = (news_speaker){.span = {NEWS_NONE, NEWS_NONE}};
        }
    }
    return true;
}

static bool add_marked(maker *m) {
    const news_stretch *s = m->reports.stretches->list.at;
    memory of = {.block = {NEWS_NONE, NEWS_NONE, NEWS_NONE}};
    for (uint32_t i = 0, end; i < m->reports.stretches->list.n; i = end) {
        end = group_end(m, i);
        news_quote *quote = push(m, (news_span){s[i].span.from, s[end - 1].span.to}, end - i);
        if (!quote) {
            return false;
        }
        news_span *parts = (news_span *)quote->parts;
        for (uint32_t k = i; k < end; k++) {
            parts[k - i] = s[k].span;
        }
        uint32_t k = m->report_of[i];
        for (uint32_t p = i + 1; p < end && k == NEWS_NONE; p++) {
            k = m->report_of[p];
        }
        if (k != NEWS_NONE) {
            const news_report *report = &m->reports.list.at[k];
            bool whole = end - i > 1 || (report->content.first >= s[i].open &&
                                         report->content.end <= s[end - 1].end);
            bool small = end - i == 1 &&
                         !(m->article->tokens[s[i].open + 1].flags & NEWS_TOKEN_CAPITAL) &&
                         !report->is_before && report->content.first == s[i].open &&
                         s[i].open > 0 && m->article->tokens[s[i].open - 1].kind != NEWS_TOKEN_MARK;
            quote->kind = whole && !small ? NEWS_QUOTE_DIRECT : NEWS_QUOTE_MIXED;
            if (!whole) {
                news_span content = span_of(m, report->content);
                content = content.from == NEWS_NONE ? quote->span : content;
                content.from = content.from < quote->span.from ? content.from : quote->span.from;
                content.to = content.to > quote->span.to ? content.to : quote->span.to;
                quote->content = content;
            }
            quote->score = 0.9f;
            if (!attribute(m, quote, report, 0.9f)) {
                return false;
            }
        } else if (is_sentence(m, &s[i]) || end - i > 1 ||
                   m->article->blocks[s[i].block].role == NEWS_ROLE_HEADLINE) {
            quote->kind = NEWS_QUOTE_DIRECT;
            quote->score = 0.6f;
            if (!inherit(m, quote, i, &of)) {
                return false;
            }
        }
        if (quote->kind == NEWS_QUOTE_DIRECT || quote->kind == NEWS_QUOTE_MIXED) {
            remember(&of, m, quote, s[end - 1].block, &s[end - 1]);
        }
    }
    return true;
}

/* One record without marks for the tokens of `run`. */
static bool add_indirect(maker *m, const news_report *report, news_range run, float score) {
    news_span span = span_of(m, run);
    news_quote *quote = push(m, span, 1);
    if (!quote) {
        return false;
    }
    *(news_span *)quote->parts = span;
    quote->kind = NEWS_QUOTE_INDIRECT;
    quote->score = 0.6f;
    if (!attribute(m, quote, report, score)) {
        return false;
    }
    if (!quote->speaker.name.bytes) {
        m->out->list.n--;
    }
    return true;
}

/* What somebody says in a transcript, without the sentences in which others are quoted. Where
 * marked words are the turn's own, their records have the whole of it for their content. */
static bool add_turn(maker *m, uint32_t k, uint32_t *end) {
    const news_report *report = &m->reports.list.at[k];
    news_range content = report->content, run = {content.first, content.first};
    for (uint32_t t = content.first; t < content.end; t++) {
        uint32_t s = m->reports.stretch_of[t];
        if (s != NEWS_NONE && m->report_of[s] == k) {
            return true;
        }
    }
    uint32_t l = report->line;
    for (; run.first < content.end && l < m->reports.lines.n; l++) {
        uint32_t to = m->reports.lines.at[l].end;
        to = to > content.end ? content.end : to;
        bool free = true;
        uint32_t from = run.end;
        for (uint32_t t = from; t < to && free; t++) {
            uint32_t s = m->reports.stretch_of[t];
            free = s == NEWS_NONE || m->report_of[s] == NEWS_NONE;
        }
        if (free) {
            run.end = to;
        }
        if ((!free || to == content.end) && run.end > run.first &&
            !add_indirect(m, report, run, 0.8f)) {
            return false;
        }
        if (!free || to == content.end) {
            run = (news_range){to, to};
        }
    }
    *end = span_of(m, content).to;
    return true;
}

/* Reports without marks, where they overlap no other record. */
static bool add_unmarked(maker *m) {
    const uint32_t n_marked = m->out->list.n;
    uint32_t next = 0, end = 0;
    for (uint32_t k = 0; k < m->reports.list.n; k++) {
        const news_report *report = &m->reports.list.at[k];
        news_span span = span_of(m, report->content);
        if (span.from == NEWS_NONE || report->source.first == NEWS_NONE || span.from < end ||
            !(report->flags & (NEWS_CUES_SAY | NEWS_CUES_SHOW)) ||
            (report->flags & NEWS_CUES_WEAK && !(report->flags & NEWS_CUES_THAT)) ||
            /* "met to talk about": no report yet */
            (!report->is_title && report->cue.first > 0 &&
             m->reports.tags[report->cue.first - 1] == NEWS_TAG_TO)) {
            continue;
        }
        if (report->is_turn) {
            if (!add_turn(m, k, &end)) {
                return false;
            }
            continue;
        }
        while (next < n_marked && m->out->list.at[next].span.to <= span.from) {
            next++;
        }
        bool overlaps = next < n_marked && m->out->list.at[next].span.from < span.to;
        for (uint32_t t = report->content.first; t < report->content.end && !overlaps; t++) {
            overlaps = m->reports.stretch_of[t] != NEWS_NONE;
        }
        if (overlaps) {
            continue;
        }
        uint32_t n = m->out->list.n;
        if (!add_indirect(m, report, report->content, 0.8f)) {
            return false;
        }
        end = m->out->list.n > n ? span.to : end;
    }
    /* Both halves are sorted: merge them. */
    news_quote *merged =
        news_arena_array(m->arena, m->out->list.n ? m->out->list.n : 1, sizeof *merged);
    if (!merged) {
        return false;
    }
    uint32_t a = 0, b = n_marked, n = 0;
    const news_quote *all = m->out->list.at;
    while (a < n_marked || b < m->out->list.n) {
        bool first = b == m->out->list.n || (a < n_marked && all[a].span.from <= all[b].span.from);
        merged[n++] = all[first ? a++ : b++];
    }
    m->out->list.at = merged;
    m->out->list.capacity = n;
    return true;
}

bool news_find_quotes(news_arena *arena, const news_article *article, const news_entities *entities,
                      news_quotes *out) {
    news_stretches stretches = {0};
    news_tags tags = {0};
    news_phrases phrases = {0};
    maker m = {.arena = arena, .article = article, .entities = entities, .out = out};
    if (!news_form_tags(arena, article, &tags)) {
        return false;
    }
    news_find_mended_tags(article, entities, &tags);
    if (!news_form_phrases(arena, article, &tags, &phrases) ||
        !news_find_marks(arena, article, &stretches)) {
        return false;
    }
    uint32_t n = stretches.list.n ? stretches.list.n : 1;
    m.reports = (news_reports){
        .article = article, .tags = tags.at, .phrases = &phrases, .stretches = &stretches};
    m.report_of = news_arena_array(arena, n, sizeof *m.report_of);
    m.line_of = news_arena_array(arena, n, sizeof *m.line_of);
    if (!m.report_of || !m.line_of || !news_find_reports(arena, &m.reports)) {
        return false;
    }
    match(&m);
    match_loose(&m);
    return add_marked(&m) && add_unmarked(&m);
}
