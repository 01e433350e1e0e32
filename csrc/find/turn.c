/* Speakers who stand before or behind their words with a mark between: "Name: …", "… – Name", the
 * turns of a transcript, and headlines, where every word may have a capital. */
#include "clause.h"
#include "line.h" /* news_line_speaker */
#include "word_lists.h"

#include <string.h>

static bool is_heading(news_role role) {
    return role == NEWS_ROLE_HEADLINE || role == NEWS_ROLE_SUBHEAD || role == NEWS_ROLE_DEK;
}

static news_report title_of(uint32_t line, news_range cue) {
    return (news_report){.cue = cue,
                         .source = NOTHING,
                         .content = NOTHING,
                         .line = line,
                         .flags = NEWS_CUES_SAY | NEWS_CUES_THAT,
                         .is_title = true};
}

static news_role role_of(const news_reports *r, const news_narration *line) {
    return r->article->blocks[line->block].role;
}

/* ---- Transcripts ---- */

/* The last section that starts at `at` or before it. */
static const news_section *section_at(const news_article *a, uint32_t at) {
    uint32_t low = 0, high = a->n_sections;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (a->sections[middle].span.from <= at) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low ? &a->sections[low - 1] : NULL;
}

/* "WALLACE: …" outside a transcript: a label in capitals that names somebody the article knows. */
static bool is_label(const news_reports *r, uint32_t first, uint32_t colon) {
    bool named = false;
    for (uint32_t i = first; i < colon; i++) {
        const news_token *t = &r->article->tokens[i];
        if (t->kind == NEWS_TOKEN_WORD && !(t->flags & NEWS_TOKEN_ALL_CAPS)) {
            return false;
        }
        named |= r->tags[i] == NEWS_TAG_NAME;
    }
    return named && colon - first <= 5;
}

static bool read_transcript(const news_reports *r, uint32_t index, const news_narration *line,
                            news_report *out) {
    const news_article *a = r->article;
    const news_block *block = &a->blocks[line->block];
    if (block->role != NEWS_ROLE_PARAGRAPH ||
        a->tokens[line->first].span.from != block->span.from) {
        return false;
    }
    uint32_t offset = news_line_speaker(a->text->bytes, block->span);
    if (offset == block->span.from) {
        return false;
    }
    uint32_t colon = line->first;
    while (colon < line->end && a->tokens[colon].span.from < offset) {
        colon++;
    }
    if (colon + 1 >= line->end || colon == line->first || !is_mark(r, colon, ':')) {
        return false;
    }
    const news_section *section = section_at(a, block->span.from);
    bool turn =
        section && section->kind == NEWS_SECTION_SPEAKER && section->span.from == block->span.from;
    if (!turn && !is_label(r, line->first, colon)) {
        return false;
    }
    *out = title_of(index, (news_range){colon, colon + 1});
    out->source = (news_range){line->first, colon};
    out->is_turn = true;
    out->content.first = colon + 1;
    out->content.end = news_form_token_from(a, turn ? section->span.to : block->span.to);
    return out->content.end > out->content.first;
}

/* ---- Colons and dashes ---- */

/* "Name: …" at the start of a line. */
static bool read_colon(const news_reports *r, uint32_t index, const news_narration *line,
                       news_report *out) {
    news_range noun = news_report_noun(r, line->first, line->end);
    if (noun.first == NEWS_NONE || noun.end + 1 >= line->end || !is_plain(r, noun.end) ||
        !is_mark(r, noun.end, ':')) {
        return false;
    }
    bool quoted = !is_plain(r, noun.end + 1), named = true;
    for (uint32_t i = noun.first; i < noun.end; i++) {
        named &= r->tags[i] == NEWS_TAG_NAME;
    }
    for (uint32_t i = noun.end + 1; i < line->end && named; i++) {
        quoted |= !is_plain(r, i); /* "Hall: the plan is “old”" */
    }
    bool heading = is_heading(role_of(r, line)) && r->tags[noun.end - 1] == NEWS_TAG_NAME;
    *out = title_of(index, (news_range){noun.end, noun.end + 1});
    out->source = noun;
    out->content = (news_range){noun.end + 1, news_report_trim_end(r, noun.end + 1, line->end)};
    return (quoted || heading) && out->content.end > out->content.first;
}

/* A mark at `i` that has a name behind it to the end of the line: "“…” – Name", "…: Name". */
static bool read_tail(const news_reports *r, uint32_t index, const news_narration *line, uint32_t i,
                      news_report *out) {
    *out = title_of(index, (news_range){i, i + 1});
    out->source = news_report_noun(r, i + 1, line->end);
    out->content = news_report_content_before(r, line, i);
    out->is_before = true;
    if (out->source.first == NEWS_NONE || out->content.first == NEWS_NONE ||
        r->tags[out->source.first] != NEWS_TAG_NAME) {
        return false;
    }
    /* "…: Clinton hits Obamacare" is no name, whatever the tagger thinks of its verb. */
    for (uint32_t k = out->source.first + 1; k + 1 < out->source.end; k++) {
        if (!(r->article->tokens[k].flags & NEWS_TOKEN_CAPITAL) && r->tags[k] == NEWS_TAG_NOUN &&
            r->tags[k - 1] == NEWS_TAG_NAME && r->tags[k + 1] == NEWS_TAG_NAME) {
            return false;
        }
    }
    return out->source.end >= news_report_trim_end(r, i, line->end);
}

/* "— Name (@handle) 3 October 2016" at the end of a post. */
static bool read_handle(const news_reports *r, uint32_t index, const news_narration *line,
                        uint32_t i, news_report *out) {
    const news_token *tokens = r->article->tokens;
    uint32_t open = i + 1;
    while (open < line->end && open < i + 8 && !is_mark(r, open, '(')) {
        open++;
    }
    if (open + 1 >= line->end || open == i + 1 || !is_mark(r, open, '(') ||
        tokens[open + 1].kind != NEWS_TOKEN_LINK ||
        r->article->text->bytes[tokens[open + 1].span.from] != '@') {
        return false;
    }
    *out = title_of(index, (news_range){i, i + 1});
    out->source = (news_range){i + 1, open};
    out->is_before = true;
    /* The post is the whole block before it; a longer block is no post. */
    enum { LONGEST_POST = 400 }; /* tokens */
    uint32_t first = line->first;
    while (first > 0 && line->first - first < LONGEST_POST &&
           r->article->sentences[tokens[first - 1].sentence].block == line->block) {
        first--;
    }
    out->content = (news_range){first, news_report_trim_end(r, first, i)};
    return out->content.end > out->content.first;
}

bool news_report_read_title(const news_reports *r, uint32_t index, news_report *out) {
    enum { TAIL = 14 }; /* tokens of "Name, title of an office" or of a handle and its date */
    const news_narration *line = &r->lines.at[index];
    if (read_transcript(r, index, line, out) || read_colon(r, index, line, out)) {
        return true;
    }
    bool heading = is_heading(role_of(r, line));
    for (uint32_t i = line->end; i-- > line->first && i + TAIL > line->end;) {
        if (i + 1 >= line->end || !is_plain(r, i)) {
            continue;
        }
        bool marked = i > line->first && !is_plain(r, i - 1);
        bool loose = (r->article->tokens[i].flags & NEWS_TOKEN_SPACE_BEFORE) || marked;
        if (is_dash(r, i) && loose) { /* a hyphen that stands free, too */
            return read_handle(r, index, line, i, out) ||
                   (i > line->first && (marked || heading) && read_tail(r, index, line, i, out));
        }
        if (heading && is_mark(r, i, ':') && i > line->first) {
            return read_tail(r, index, line, i, out);
        }
    }
    return false;
}

/* ---- Headlines ---- */

bool news_report_read_headline(const news_reports *r, uint32_t index, news_report *out) {
    const news_narration *line = &r->lines.at[index];
    if (!is_heading(role_of(r, line))) {
        return false;
    }
    for (uint32_t i = line->first + 1; i + 1 < line->end; i++) {
        const news_token *token = &r->article->tokens[i];
        if (!is_plain(r, i) || token->kind != NEWS_TOKEN_WORD ||
            is_finite(r->tags[i + 1])) { /* "the plan is" */
            continue;
        }
        news_cue cue = news_find_cue(r->cues, i, line->end);
        if (!cue.flags || cue.end >= line->end) {
            continue;
        }
        bool marked = false;
        for (uint32_t k = cue.end; k < line->end && !marked; k++) {
            marked = !is_plain(r, k);
        }
        bool before = !is_plain(r, line->first) && is_plain(r, i - 1);
        /* Without marks only a verb that means nothing else. */
        if (!(cue.flags & NEWS_CUES_SAY) && !marked) {
            continue;
        }
        if (!marked && !before && !is_word(r, i, "says") && !is_word(r, i, "say")) {
            continue;
        }
        *out = title_of(index, (news_range){cue.first, cue.end});
        uint32_t first = line->first;
        while (first < i && r->article->tokens[first].kind == NEWS_TOKEN_MARK) {
            first++;
        }
        if (before && !marked) { /* ‘…,’ Mayor Says After Storm */
            const news_stretch *s = &r->stretches->list.at[r->stretch_of[line->first]];
            out->content = (news_range){s->open, s->end};
            out->is_before = true;
            first = s->end;
            while (first < i && r->article->tokens[first].kind == NEWS_TOKEN_MARK) {
                first++;
            }
        } else {
            out->content = (news_range){cue.end, news_report_trim_end(r, cue.end, line->end)};
        }
        out->source = (news_range){first, i};
        return first < i && i - first <= 10 && out->content.end > out->content.first;
    }
    return false;
}
