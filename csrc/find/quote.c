/* Marked stretches and reports become records: which stretches are one quote, of which kind it is,
 * and which reports without marks stand beside them. */
#include "quote.h"
#include "dialogue.h"
#include "headline.h"
#include "mend.h"
#include "speaker.h"
#include "word_lists.h"

typedef struct maker {
    news_arena *arena;
    const news_article *article;
    const news_entities *entities;
    news_reports reports;
    news_matches matches;
    news_dialogue dialogue;
    news_quotes *out;
} maker;

static news_span span_of(const maker *m, news_range run) {
    if (run.first == NEWS_NONE || run.end <= run.first) {
        return (news_span){NEWS_NONE, NEWS_NONE};
    }
    return (news_span){m->article->tokens[run.first].span.from,
                       m->article->tokens[run.end - 1].span.to};
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
    bool answer = false;
    if (report->is_turn && news_dialogue_is_label(&m->reports, report->source, &answer)) {
        quote->speaker = (news_speaker){.span = {NEWS_NONE, NEWS_NONE}};
        return !answer || news_dialogue_guest(m->arena, &m->dialogue, m->entities, &quote->speaker);
    }
    return news_find_speaker(m->arena, &m->reports, m->entities, report->source, score,
                             &quote->speaker) &&
           (quote->speaker.n_entities ||
            news_dialogue_thing(m->arena, &m->reports, m->entities, report, &quote->speaker));
}

/* How many stretches from `i` on are one quote with it: paragraphs that go on, and what follows
 * "…," she said. */
static uint32_t group_end(const maker *m, uint32_t i) {
    const news_stretch *s = m->reports.stretches->list.at;
    uint32_t n = m->reports.stretches->list.n, end = i + 1;
    while (end < n && (s[end].flags & NEWS_STRETCH_CONTINUED)) {
        end++;
    }
    uint32_t k = m->matches.report_of[end - 1];
    const news_report *report = k == NEWS_NONE ? NULL : &m->reports.list.at[k];
    if (end >= n || !report || !report->is_before || report->content.first != s[end - 1].open ||
        s[end].block != s[end - 1].block || !news_match_opens_capital(&m->reports, &s[i]) ||
        news_match_is_name(&m->reports, &s[end])) {
        return end;
    }
    uint32_t line_end = m->reports.lines.at[report->line].end;
    bool same_line = report->is_split && s[end].open < line_end && s[end].open >= report->cue.first;
    /* "…," she said, adding, "…": the second has a cue of its own. */
    uint32_t own = m->matches.report_of[end];
    if (own != NEWS_NONE && own != k && m->reports.list.at[own].cue.first > report->cue.first &&
        m->reports.list.at[own].cue.first < s[end].open &&
        m->reports.list.at[own].content.first == s[end].open) {
        return end;
    }
    bool next_line = s[end].open == line_end && m->matches.report_of[end] == NEWS_NONE &&
                     news_match_is_sentence(&m->reports, &s[end]);
    if (!same_line && !next_line) {
        return end;
    }
    end++;
    while (end < n && (s[end].flags & NEWS_STRETCH_CONTINUED)) {
        end++;
    }
    return end;
}

/* A word or two of a headline are a scare quote, unless the body says whose they are (headline.c).
 */
static bool is_catchword(const news_stretch *s) {
    enum { FEWEST = 3 }; /* words of a headline that are taken for somebody's without more ado */
    return s->end - s->open < FEWEST + 2;
}

static bool add_marked(maker *m) {
    const news_stretch *s = m->reports.stretches->list.at;
    news_dialogue_begin(&m->reports, m->entities, &m->dialogue);
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
        uint32_t k = m->matches.report_of[i];
        for (uint32_t p = i + 1; p < end && k == NEWS_NONE; p++) {
            k = m->matches.report_of[p];
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
        } else {
            bool is_speech =
                news_match_is_sentence(&m->reports, &s[i]) || end - i > 1 ||
                (m->article->blocks[s[i].block].role == NEWS_ROLE_HEADLINE && !is_catchword(&s[i]));
            if ((is_speech || news_match_is_fragment(&m->reports, &s[i])) &&
                !news_dialogue_inherit(m->arena, &m->dialogue, &m->reports, m->entities, &s[i],
                                       m->matches.line_of[i], &quote->speaker)) {
                return false;
            }
            /* Part of a sentence that nobody is known to have said stays a term. */
            if (is_speech || quote->speaker.name.bytes) {
                quote->kind = NEWS_QUOTE_DIRECT;
                quote->score = 0.6f;
            }
        }
        if (quote->kind == NEWS_QUOTE_DIRECT || quote->kind == NEWS_QUOTE_MIXED) {
            news_dialogue_add(&m->dialogue, &m->reports, &quote->speaker, &s[end - 1]);
        }
    }
    return true;
}

/* Whether a report is somebody's: "nobody expects that" is nobody's, and "They show a crack" tells
 * of photographs. */
static bool is_somebody(const maker *m, const news_report *report, const news_speaker *speaker) {
    const news_reports *r = &m->reports;
    uint32_t who = report->source.first;
    bool shows = report->flags & NEWS_CUES_SHOW && !(report->flags & NEWS_CUES_SAY);
    if (shows && speaker->n_entities == 0 && r->tags[who] == NEWS_TAG_PRONOUN) {
        return false;
    }
    bool no_one = who + 1 < report->source.end && news_report_is_word(r, who, "no") &&
                  news_report_is_word(r, who + 1, "one");
    return !no_one && !news_report_is_word(r, who, "nobody") &&
           !news_report_is_word(r, who, "none");
}

/* One record without marks for the tokens of `run`. */
static bool add_indirect(maker *m, const news_report *report, news_range run, float score) {
    /* "rejects that", "the changes that it announced are": one such word tells nothing. */
    uint8_t tag = m->reports.tags[run.first];
    if (run.end == run.first + 1 && !report->is_turn &&
        ((tag >= NEWS_TAG_MODAL && tag <= NEWS_TAG_PARTICIPLE) ||
         news_form_look_up(m->article, &news_words_function_words, run.first, run.end).is_entry)) {
        return true;
    }
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
    if (!quote->speaker.name.bytes || !is_somebody(m, report, &quote->speaker)) {
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
        if (s != NEWS_NONE && m->matches.report_of[s] == k) {
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
            free = s == NEWS_NONE || m->matches.report_of[s] == NEWS_NONE;
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

/* "wants it", "does not believe the map": what somebody thinks is told where it is a clause. */
static bool is_clause(const maker *m, const news_report *report) {
    const uint8_t *tags = m->reports.tags;
    news_range content = report->content;
    if (report->is_before || tags[content.first] == NEWS_TAG_TO ||
        tags[content.first] == NEWS_TAG_LINKER) {
        return content.end > content.first + 2;
    }
    bool verb = false;
    for (uint32_t t = content.first;
         t < content.end && !verb && !news_report_is_mark(&m->reports, t, ','); t++) {
        verb = tags[t] >= NEWS_TAG_MODAL && tags[t] <= NEWS_TAG_PAST;
    }
    return verb;
}

/* What a report without marks has for its content, up to the words with which another one leads to
 * marked words: "said it was good to be home, a man yelled “No!”". Empty where nothing is left. */
static news_range before_others(const maker *m, const news_report *report) {
    enum { LEAST = 3 }; /* tokens that are left */
    const news_reports *r = &m->reports;
    news_range content = report->content;
    for (uint32_t t = content.first; t < content.end; t++) {
        uint32_t s = r->stretch_of[t];
        if (s == NEWS_NONE) {
            continue;
        }
        uint32_t k = m->matches.report_of[s];
        const news_report *other = k == NEWS_NONE ? NULL : &r->list.at[k];
        uint32_t to = other ? other->source.first : NEWS_NONE;
        if (!other || other == report || report->is_before || to == NEWS_NONE || to > t ||
            other->cue.first > t || to < content.first + LEAST) {
            return (news_range){t, t};
        }
        while (to > content.first &&
               (r->tags[to - 1] == NEWS_TAG_RELATIVE || r->tags[to - 1] == NEWS_TAG_CONJUNCTION ||
                r->tags[to - 1] == NEWS_TAG_LINKER || r->tags[to - 1] == NEWS_TAG_MARK)) {
            to--;
        }
        content.end = to;
        break;
    }
    return content.end >= content.first + LEAST || content.end == report->content.end
               ? content
               : (news_range){content.first, content.first};
}

/* Reports without marks, where they overlap no other record. */
static bool add_unmarked(maker *m) {
    const uint32_t n_marked = m->out->list.n;
    uint32_t end = 0;
    for (uint32_t k = 0; k < m->reports.list.n; k++) {
        const news_report *report = &m->reports.list.at[k];
        news_span span = span_of(m, report->content);
        if (span.from == NEWS_NONE || report->source.first == NEWS_NONE || span.from < end ||
            !(report->flags & (NEWS_CUES_SAY | NEWS_CUES_SHOW | NEWS_CUES_THINK)) ||
            (report->flags & NEWS_CUES_WEAK && !(report->flags & NEWS_CUES_THAT)) ||
            (!(report->flags & (NEWS_CUES_SAY | NEWS_CUES_SHOW)) && !is_clause(m, report)) ||
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
        news_range content = before_others(m, report);
        if (content.end <= content.first) {
            continue;
        }
        span = span_of(m, content);
        uint32_t n = m->out->list.n;
        if (!add_indirect(m, report, content, 0.8f)) {
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

bool news_find_quotes(news_arena *arena, const news_article *article, const news_stretches *marks,
                      const news_entities *entities, news_quotes *out) {
    news_tags tags = {0};
    news_phrases phrases = {0};
    news_cues cues;
    maker m = {.arena = arena, .article = article, .entities = entities, .out = out};
    news_tag_forms forms = {entities->lexicon.form_of, entities->lexicon.forms.n};
    if (!news_form_tags(arena, article, &forms, &tags) ||
        !news_cues_make(arena, article, &entities->lexicon, &cues)) {
        return false;
    }
    news_find_mended_tags(&cues, entities, marks, &tags);
    if (!news_form_phrases(arena, article, &tags, &phrases)) {
        return false;
    }
    m.reports = (news_reports){.article = article,
                               .cues = &cues,
                               .tags = tags.at,
                               .phrases = &phrases,
                               .stretches = marks};
    if (!news_find_reports(arena, &m.reports) ||
        !news_find_matches(arena, &m.reports, &m.matches)) {
        return false;
    }
    return add_marked(&m) && add_unmarked(&m) &&
           news_find_headline_speakers(arena, article, entities, &m.dialogue, out->list.at,
                                       out->list.n);
}
