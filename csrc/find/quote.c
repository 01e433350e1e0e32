/* From marked stretches and cues to records: direct, mixed, term, and reported clauses without
 * marks. */
#include "quote.h"
#include "mark.h"
#include "speaker.h"
#include "utf8.h"
#include "word_lists.h"

#include <string.h>

/* Words of a stretch from which on it is no coined term by its length alone. */
enum { LONG_TERM = 12 };

/* Below this an attribution is left out: the speaker stays unknown. */
#define LEAST_SCORE 0.3F

typedef struct finder {
    news_arena *arena;
    const news_article *article;
    news_scene scene;
    news_stretches stretches;
    news_quotes *out;
    /* the last direct quote with a speaker, for those that float */
    uint32_t last_block;
    news_phrase last_speaker;
} finder;

static bool is_mark(const finder *f, uint32_t i, const char *marks) {
    const news_token *token = &f->article->tokens[i];
    return token->kind == NEWS_TOKEN_MARK &&
           strchr(marks, f->article->text->bytes[token->span.from]) &&
           f->article->text->bytes[token->span.from];
}

static const news_sentence *sentence_of(const finder *f, uint32_t token) {
    return &f->article->sentences[f->article->tokens[token].sentence];
}

static uint32_t start_of(const finder *f, uint32_t token) {
    return sentence_of(f, token)->first_token;
}

static uint32_t end_of(const finder *f, uint32_t token) {
    return sentence_of(f, token)->first_token + sentence_of(f, token)->n_tokens;
}

static news_span span_of(const finder *f, uint32_t first, uint32_t end) {
    return (news_span){f->article->tokens[first].span.from, f->article->tokens[end - 1].span.to};
}

/* Without commas, colons and the like at its ends. */
static void trim_tokens(const finder *f, uint32_t *first, uint32_t *end) {
    while (*first < *end && is_mark(f, *first, ",;:-")) {
        (*first)++;
    }
    while (*end > *first && is_mark(f, *end - 1, ",;:.!?-")) {
        (*end)--;
    }
}

static bool is_inside(const finder *f, uint32_t token) {
    uint32_t low = 0, high = f->stretches.list.n;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (f->stretches.list.at[middle].end <= token) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < f->stretches.list.n && f->stretches.list.at[low].open <= token;
}

/* The nearest cue before token `at` in its sentence, outside of marks. */
static bool cue_before(const finder *f, uint32_t at, uint32_t furthest, news_attribution *out) {
    uint32_t start = start_of(f, at);
    bool found = false;
    for (uint32_t i = at; i > start && at - i < furthest;) {
        news_attribution by;
        i--;
        if (is_inside(f, i) || !news_find_attribution(&f->scene, i, &by) || by.cue.end > at ||
            by.speaker.first == NEWS_NONE || !(by.cue.flags & (NEWS_CUES_SAY | NEWS_CUES_THINK)) ||
            (by.cue.flags & NEWS_CUES_MANNER)) {
            continue;
        }
        /* "Putin said Russia opposed …": the outer speaker reports the inner one. */
        if (found && by.cue.end != out->speaker.first && by.cue.end + 1 != out->speaker.first) {
            break;
        }
        *out = by;
        found = true;
    }
    return found;
}

/* A cue at the end of the sentence, set off by a comma: "…, Putin added." */
static bool cue_behind(const finder *f, uint32_t from, news_attribution *out) {
    enum { FURTHEST = 80 };
    uint32_t end = end_of(f, from);
    for (uint32_t i = from; i < end && i - from < FURTHEST; i++) {
        if (is_mark(f, i, ",") && !is_inside(f, i) &&
            news_find_attribution_after(&f->scene, i, end, out)) {
            return true;
        }
    }
    return false;
}

static uint32_t n_words(const finder *f, const news_stretch *s) {
    uint32_t n = 0;
    for (uint32_t i = s->open; i < s->end; i++) {
        n += f->article->tokens[i].kind == NEWS_TOKEN_WORD;
    }
    return n;
}

/* The last sign of the text inside the marks. */
static char last_inside(const finder *f, const news_stretch *s) {
    uint32_t last = s->end > s->open + 2 ? s->end - 2 : s->open;
    if (s->flags & NEWS_STRETCH_UNCLOSED) {
        last = s->end - 1;
    }
    const news_token *token = &f->article->tokens[last];
    return token->kind == NEWS_TOKEN_MARK ? f->article->text->bytes[token->span.from] : 0;
}

static bool starts_big(const finder *f, const news_stretch *s) {
    return s->open + 1 < s->end && (f->article->tokens[s->open + 1].flags & NEWS_TOKEN_CAPITAL);
}

/* Whether nothing but the stretch stands in its sentences. */
static bool stands_alone(const finder *f, const news_stretch *s) {
    return s->open == start_of(f, s->open) && s->end == end_of(f, s->end - 1);
}

static news_quote *push(finder *f, const news_stretch *s, news_quote_kind kind) {
    news_span *part = news_arena_array(f->arena, 1, sizeof *part);
    news_quote *quote = part ? news_list_push(f->arena, &f->out->list) : NULL;
    if (quote) {
        *part = s->span;
        *quote = (news_quote){.span = s->span,
                              .kind = kind,
                              .parts = part,
                              .n_parts = 1,
                              .content = s->span,
                              .cue = {NEWS_NONE, NEWS_NONE},
                              .speaker = {.span = {NEWS_NONE, NEWS_NONE}},
                              .score = 0.7F};
    }
    return quote;
}

/* Adds a part to a quote that has one already. */
static bool extend(finder *f, news_quote *quote, const news_stretch *s) {
    news_span *parts = news_arena_array(f->arena, quote->n_parts + 1, sizeof *parts);
    if (!parts) {
        return false;
    }
    memcpy(parts, quote->parts, quote->n_parts * sizeof *parts);
    parts[quote->n_parts] = s->span;
    quote->parts = parts;
    quote->n_parts++;
    quote->span.to = quote->content.to = s->span.to;
    return true;
}

static bool attribute(finder *f, news_quote *quote, const news_attribution *by) {
    if (by->cue.end > by->cue.first) {
        quote->cue = span_of(f, by->cue.first, by->cue.end);
    }
    if (by->speaker.first == NEWS_NONE || by->score < LEAST_SCORE) {
        return true;
    }
    return news_fill_speaker(f->arena, &f->scene, by->speaker, by->score, &quote->speaker);
}

/* The reported clause around marked words: from behind the cue, and whom it was said to, to the
 * sentence's end. */
static news_span clause_of(const finder *f, const news_stretch *s, const news_attribution *by) {
    uint32_t first = start_of(f, s->open), end = end_of(f, s->end - 1);
    if (by->cue.end <= s->open) {
        first = by->cue.end;
        const news_phrase *phrases = f->scene.phrases.list.at;
        uint32_t k = first < end ? f->scene.phrases.of[first] : NEWS_NONE;
        if ((by->cue.flags & NEWS_CUES_WHO) && k != NEWS_NONE && phrases[k].end <= s->open) {
            first = phrases[k].end;
        }
    } else {
        end = by->speaker.first < by->cue.first ? by->speaker.first : by->cue.first;
    }
    trim_tokens(f, &first, &end);
    if (first > s->open || end < s->end) {
        first = first > s->open ? s->open : first;
        end = end < s->end ? s->end : end;
    }
    return span_of(f, first, end);
}

/* One stretch that does not carry on another. */
static bool record(finder *f, const news_stretch *s, const news_stretch *before, news_quote *last) {
    news_attribution by = {.speaker = {NEWS_NONE, NEWS_NONE}};
    uint32_t start = start_of(f, s->open), end = end_of(f, s->end - 1);
    const news_block *block = &f->article->blocks[s->block];
    bool head = block->role == NEWS_ROLE_HEADLINE || block->role == NEWS_ROLE_SUBHEAD;
    char inside = last_inside(f, s);
    bool whole = starts_big(f, s) || n_words(f, s) >= 6;
    bool first = s->open == start || is_mark(f, s->open - 1, ",:");
    /* "…," X said */
    if (s->end < end &&
        (inside == ',' || inside == '?' || inside == '!' || inside == '-' || s->open == start) &&
        first && news_find_attribution_after(&f->scene, s->end, end, &by)) {
        news_quote *quote = push(f, s, NEWS_QUOTE_DIRECT);
        f->last_block = s->block;
        f->last_speaker = by.speaker;
        return quote && attribute(f, quote, &by);
    }
    /* "…," X said, "…": the second piece; and "…," X said. "…" */
    if (before && last && last->kind == NEWS_QUOTE_DIRECT && before->block == s->block &&
        last->speaker.name.bytes && last->cue.from != NEWS_NONE) {
        uint32_t gap_from = f->article->tokens[s->open - 1].span.to;
        bool split = is_mark(f, s->open - 1, ",") && last->cue.from > before->span.to &&
                     start == start_of(f, before->open);
        bool follows =
            s->open == start && start == end_of(f, before->end - 1) && last->cue.from < gap_from;
        follows |= s->open == start && s->open > 0 && before->end == s->open;
        if (split || (follows && stands_alone(f, s))) {
            return extend(f, last, s);
        }
    }
    /* X said: "…" or X said, "…" */
    if (s->open > start && is_mark(f, s->open - 1, ",:") && whole &&
        cue_before(f, s->open, 20, &by)) {
        news_quote *quote = push(f, s, NEWS_QUOTE_DIRECT);
        f->last_block = s->block;
        f->last_speaker = by.speaker;
        return quote && attribute(f, quote, &by);
    }
    if (!stands_alone(f, s) && !head &&
        (cue_before(f, s->open, 60, &by) || cue_behind(f, s->end, &by))) {
        news_quote *quote = push(f, s, NEWS_QUOTE_MIXED);
        if (!quote || !attribute(f, quote, &by)) {
            return false;
        }
        if (quote->speaker.name.bytes) {
            quote->content = clause_of(f, s, &by);
            return true;
        }
        quote->kind = NEWS_QUOTE_TERM;
        quote->cue = (news_span){NEWS_NONE, NEWS_NONE};
        return true;
    }
    if (stands_alone(f, s) && whole && !head) { /* it floats: the speaker goes on */
        news_quote *quote = push(f, s, NEWS_QUOTE_DIRECT);
        if (quote && f->last_block != NEWS_NONE && s->block - f->last_block <= 1 &&
            f->last_speaker.first != NEWS_NONE) {
            by.speaker = f->last_speaker;
            by.score = 0.5F;
            f->last_block = s->block;
        }
        return quote && attribute(f, quote, &by);
    }
    if (block->role == NEWS_ROLE_BLOCKQUOTE || (n_words(f, s) >= LONG_TERM && !head)) {
        return push(f, s, NEWS_QUOTE_DIRECT) != NULL;
    }
    return push(f, s, NEWS_QUOTE_TERM) != NULL;
}

static bool record_stretches(finder *f) {
    const news_stretch *before = NULL;
    for (uint32_t i = 0; i < f->stretches.list.n; i++) {
        const news_stretch *s = &f->stretches.list.at[i];
        news_quote *last = f->out->list.n ? &f->out->list.at[f->out->list.n - 1] : NULL;
        bool done;
        if ((s->flags & NEWS_STRETCH_CONTINUED) && last && last->kind == NEWS_QUOTE_DIRECT) {
            done = extend(f, last, s);
        } else {
            done = record(f, s, before, last);
        }
        if (!done) {
            return false;
        }
        before = s;
    }
    return true;
}

/* ---- Reported clauses without marks -----------------------------------------------------------
 */

static bool is_word(const finder *f, uint32_t i, const char *word) {
    news_span span = f->article->tokens[i].span;
    return span.to - span.from == strlen(word) &&
           memcmp(f->article->text->bytes + span.from, word, strlen(word)) == 0;
}

static bool is_finite(uint8_t tag) {
    return tag == NEWS_TAG_MODAL || tag == NEWS_TAG_PRESENT || tag == NEWS_TAG_PAST;
}

/* Whether a clause starts at token `i`: "that …", or a noun phrase with a finite verb soon. */
static bool clause_starts(const finder *f, uint32_t i, uint32_t end) {
    enum { SOON = 9 };
    if (i >= end) {
        return false;
    }
    if (is_word(f, i, "that") || is_word(f, i, "whether") || is_word(f, i, "if")) {
        return true;
    }
    uint32_t k = f->scene.phrases.of[i];
    if (k == NEWS_NONE) {
        return false;
    }
    for (uint32_t n = f->scene.phrases.list.at[k].end; n < end && n < i + SOON; n++) {
        if (is_finite(f->scene.tags.at[n])) {
            return true;
        }
        if (is_mark(f, n, ".;:")) {
            return false;
        }
    }
    return false;
}

static bool push_clause(finder *f, uint32_t first, uint32_t end, const news_attribution *by) {
    trim_tokens(f, &first, &end);
    if (first >= end) {
        return true;
    }
    news_stretch s = {.span = span_of(f, first, end)};
    news_quote *quote = push(f, &s, NEWS_QUOTE_INDIRECT);
    return quote && attribute(f, quote, by);
}

static bool has_stretch(const finder *f, uint32_t first, uint32_t end) {
    for (uint32_t i = first; i < end; i++) {
        if (f->article->tokens[i].kind == NEWS_TOKEN_QUOTE) {
            return true;
        }
    }
    return false;
}

static bool record_clauses(finder *f, const news_sentence *sentence) {
    uint32_t first = sentence->first_token, end = first + sentence->n_tokens;
    if (has_stretch(f, first, end)) {
        return true;
    }
    for (uint32_t i = first; i < end; i++) {
        news_attribution by;
        if (!news_find_attribution(&f->scene, i, &by) || !(by.cue.flags & NEWS_CUES_SAY) ||
            (by.cue.flags & NEWS_CUES_MANNER) || by.speaker.first == NEWS_NONE ||
            (i > first &&
             f->scene.tags.at[i - 1] == NEWS_TAG_TO)) { /* "met to talk about": no report yet */
            continue;
        }
        uint32_t next = by.cue.end;
        bool according = by.speaker.first >= by.cue.end;
        if (according) {
            next = by.speaker.end;
            bool leads = i == first;
            return push_clause(f, leads ? next : first, leads ? end : i, &by);
        }
        uint32_t k = next < end ? f->scene.phrases.of[next] : NEWS_NONE;
        if ((by.cue.flags & NEWS_CUES_WHO) && k != NEWS_NONE &&
            clause_starts(f, f->scene.phrases.list.at[k].end, end)) {
            next = f->scene.phrases.list.at[k].end;
        }
        if ((by.cue.flags & NEWS_CUES_THAT) && clause_starts(f, next, end)) {
            return push_clause(f, next, end, &by);
        }
        bool infinitive = next < end && f->scene.tags.at[next] == NEWS_TAG_TO;
        if ((by.cue.flags & NEWS_CUES_TO) && infinitive && !(by.cue.flags & NEWS_CUES_WEAK)) {
            return push_clause(f, next, end, &by);
        }
        if ((by.cue.flags & NEWS_CUES_THING) && !(by.cue.flags & NEWS_CUES_WEAK) &&
            k != NEWS_NONE) {
            return push_clause(f, next, end, &by);
        }
        /* "…, X said." */
        bool closes =
            next >= end || is_mark(f, next, ".") || f->scene.tags.at[next] == NEWS_TAG_PREPOSITION;
        uint32_t from = by.speaker.first;
        if (closes && from > first + 3 && is_mark(f, from - 1, ",") &&
            (by.cue.flags & NEWS_CUES_THAT)) {
            return push_clause(f, first, from, &by);
        }
    }
    return true;
}

/* Merges the records of stretches, the first `n`, with those of clauses behind them: both are in
 * order. */
static bool in_order(finder *f, uint32_t n) {
    news_quotes *out = f->out;
    uint32_t all = out->list.n;
    news_quote *merged = news_arena_array(f->arena, all + 1, sizeof *merged);
    if (!merged) {
        return false;
    }
    for (uint32_t i = 0, k = n, m = 0; m < all; m++) {
        bool left = i < n && (k == all || out->list.at[i].span.from <= out->list.at[k].span.from);
        merged[m] = left ? out->list.at[i++] : out->list.at[k++];
    }
    out->list.at = merged;
    out->list.capacity = all + 1;
    return true;
}

static bool is_read(news_role role) {
    return role == NEWS_ROLE_PARAGRAPH || role == NEWS_ROLE_LIST || role == NEWS_ROLE_DEK ||
           role == NEWS_ROLE_BLOCKQUOTE || role == NEWS_ROLE_HEADLINE || role == NEWS_ROLE_SUBHEAD;
}

bool news_find_quotes(news_arena *arena, const news_article *article, const news_entities *entities,
                      news_quotes *out) {
    finder f = {.arena = arena,
                .article = article,
                .out = out,
                .last_block = NEWS_NONE,
                .last_speaker = {NEWS_NONE, NEWS_NONE}};
    f.scene.article = article;
    f.scene.entities = entities;
    if (!news_form_tags(arena, article, &f.scene.tags) ||
        !news_form_phrases(arena, article, &f.scene.tags, &f.scene.phrases) ||
        !news_find_marks(arena, article, &f.stretches)) {
        return false;
    }
    news_stretches kept = {0};
    for (uint32_t i = 0; i < f.stretches.list.n; i++) {
        const news_stretch *s = &f.stretches.list.at[i];
        if (is_read(article->blocks[s->block].role)) {
            news_stretch *at = news_list_push(arena, &kept.list);
            if (!at) {
                return false;
            }
            *at = *s;
        }
    }
    f.stretches = kept;
    if (!record_stretches(&f)) {
        return false;
    }
    uint32_t n_marked = out->list.n;
    for (uint32_t i = 0; i < article->n_sentences; i++) {
        const news_sentence *sentence = &article->sentences[i];
        news_role role = article->blocks[sentence->block].role;
        if (is_read(role) && role != NEWS_ROLE_HEADLINE && role != NEWS_ROLE_SUBHEAD &&
            !record_clauses(&f, sentence)) {
            return false;
        }
    }
    return in_order(&f, n_marked);
}
