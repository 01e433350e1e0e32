/* Lines of the narrator: sentences in which what stands in marks is one part. */
#include "clause.h"
#include "word_lists.h"

#include <string.h>

bool news_report_is_stop(const news_reports *r, uint32_t token) {
    const news_token *t = &r->article->tokens[token];
    const char *bytes = r->article->text->bytes + t->span.from;
    return t->kind == NEWS_TOKEN_MARK &&
           (*bytes == '.' || *bytes == '!' || *bytes == '?' ||
            (t->span.to - t->span.from == 3 && memcmp(bytes, "…", 3) == 0));
}

/* Whether a name and a cue follow, as after “What?” or “No!”: the line goes on. Behind an
 * apposition
 * ("Hall’s niece, a teacher, shouted") the cue must be all that is left, but for whom it was said
 * to. */
static bool cue_follows(const news_reports *r, uint32_t at, uint32_t end) {
    enum { NEAR = 8, FAR = 24 }; /* tokens */
    bool marked = false;
    for (uint32_t i = at; i < end && i < at + FAR && is_plain(r, i); i++) {
        if (r->article->tokens[i].kind == NEWS_TOKEN_MARK) {
            if (news_report_is_stop(r, i) || is_mark(r, i, ';') || is_mark(r, i, ':') || i == at) {
                return false;
            }
            marked = true;
        } else if (is_verb(r->tags[i])) {
            news_cue cue = news_find_cue(r->cues, i, end);
            uint32_t next = cue.end;
            bool last = next >= end || news_report_is_stop(r, next) || is_word(r, next, "to") ||
                        r->tags[next] == NEWS_TAG_PREPOSITION || !is_plain(r, next);
            return (cue.flags & (NEWS_CUES_THAT | NEWS_CUES_MANNER)) && (!marked || last) &&
                   (marked || i < at + NEAR);
        }
    }
    return false;
}

/* Whether the narrator's sentence ends with a stretch, before token `next`. */
static bool line_ends(const news_reports *r, const news_stretch *s, uint32_t next, uint32_t end) {
    uint32_t last = s->flags & NEWS_STRETCH_UNCLOSED ? s->end - 1 : s->end - 2;
    if (last <= s->open || !news_report_is_stop(r, last)) {
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

/* The token behind the time that opens an entry of a live blog ("18.20 The chancellor …"), which
 * has the tag of a mark (mend.h); or `first`. */
static uint32_t behind_clock(const news_reports *r, uint32_t first, uint32_t end) {
    uint32_t i = first;
    while (i < end && r->tags[i] == NEWS_TAG_MARK &&
           r->article->tokens[i].kind != NEWS_TOKEN_QUOTE &&
           (i > first || r->article->tokens[i].kind == NEWS_TOKEN_NUMBER)) {
        i++;
    }
    return i < end ? i : first;
}

bool news_report_cut_lines(news_arena *arena, news_reports *r) {
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
            news_narration *line = news_list_push(arena, &r->lines);
            if (!line) {
                return false;
            }
            *line = (news_narration){behind_clock(r, first, i), i, block};
            first = i;
        }
    }
    return true;
}
