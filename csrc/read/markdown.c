/* Lines are grouped into blocks, their marks are dropped, and what is left becomes the text. The
 * decoded text leaves marks out and keeps everything else, so that a quotation that runs over
 * *emphasis* is one clean stretch whose bytes in the source are known.
 * Source of the rules: the CommonMark specification, of which articles need a part. */
#include "markdown.h"
#include "front_matter.h"
#include "inline.h"
#include "utf8.h"

#include <string.h>

enum {
    CODE_INDENT = 4,    /* blanks before a line that make it code */
    DEEPEST_LIST = 100, /* levels of lists that are told apart */
};

/* One line with its containers taken off. */
typedef struct md_line {
    news_span whole; /* without its line end */
    uint32_t from;   /* behind block quote marks and blanks */
    uint32_t indent; /* blanks before `from`, tabs counted as four */
    uint32_t quote;  /* depth of block quotes */
    bool blank;
} md_line;

typedef enum scrap {
    SCRAP_COMMENT,
    SCRAP_SCRIPT,
    SCRAP_STYLE,
    N_SCRAPS,
} scrap;

typedef struct reader {
    news_arena *arena;
    const news_source *source;
    news_reading *reading;
    news_inline marks;
    const char *bytes;
    uint32_t n;
    uint32_t at;      /* the next line's start */
    uint32_t blank;   /* blank lines before it */
    uint32_t emitted; /* source bytes that the text holds already */
    uint32_t list_indent[DEEPEST_LIST], list_depth;
    bool unclosed[N_SCRAPS]; /* no end of such a scrap stands further on */
} reader;

static md_line line_at(const reader *r, uint32_t at) {
    md_line line = {.whole = {at, at}};
    if (at >= r->n) {
        line.from = at;
        line.blank = true;
        return line;
    }
    const char *end = memchr(r->bytes + at, '\n', r->n - at);
    line.whole.to = end ? (uint32_t)(end - r->bytes) : r->n;
    uint32_t i = at;
    for (;;) {
        while (i < line.whole.to && (r->bytes[i] == ' ' || r->bytes[i] == '\t')) {
            line.indent += r->bytes[i] == '\t' ? 4 : 1;
            i++;
        }
        if (i >= line.whole.to || r->bytes[i] != '>' || line.indent >= CODE_INDENT) {
            break;
        }
        line.quote++;
        line.indent = 0;
        i++;
        if (i < line.whole.to && r->bytes[i] == ' ') {
            i++;
        }
    }
    line.from = i;
    news_span rest = news_utf8_trim(r->bytes, (news_span){i, line.whole.to});
    line.blank = rest.from == rest.to;
    return line;
}

static uint32_t after_line(const reader *r, const md_line *line) {
    return line->whole.to < r->n ? line->whole.to + 1 : r->n;
}

/* Drops what stands before the line's content. */
static void drop_prefix(reader *r, uint32_t from, uint32_t to) {
    memset(r->marks.drop + from, 1, to - from);
}

/* Appends the source's bytes in `span` that are not dropped, as one passage. */
static bool emit(reader *r, news_span span, news_markup markup, uint32_t level) {
    news_text *text = &r->reading->text;
    if (text->n &&
        !news_text_replace(r->arena, text, "\n\n", 2, (news_span){r->emitted, span.from})) {
        return false;
    }
    uint32_t start = text->n;
    for (uint32_t at = span.from; at < span.to;) {
        uint32_t to = at;
        while (to < span.to && r->marks.drop[to] == r->marks.drop[at]) {
            to++;
        }
        if (!r->marks.drop[at] &&
            !news_text_decode(r->arena, text, r->source, (news_span){at, to})) {
            return false;
        }
        at = to;
    }
    r->emitted = span.to;
    news_span trimmed = news_utf8_trim(text->bytes, (news_span){start, text->n});
    if (trimmed.from < trimmed.to) {
        news_passage *passage = news_list_push(r->arena, &r->reading->passages.list);
        if (!passage) {
            return false;
        }
        *passage =
            (news_passage){.span = trimmed,
                           .markup = markup,
                           .level = (uint8_t)(level < UINT8_MAX ? level : UINT8_MAX),
                           .blank_before = (uint8_t)(r->blank < UINT8_MAX ? r->blank : UINT8_MAX),
                           .item = NEWS_NONE};
        r->blank = 0;
    }
    return true;
}

/* The number of '#' that make the line a heading, or 0. */
static uint32_t atx_level(const reader *r, const md_line *line) {
    uint32_t n = 0;
    while (line->from + n < line->whole.to && r->bytes[line->from + n] == '#') {
        n++;
    }
    uint32_t at = line->from + n;
    bool space =
        at == line->whole.to || r->bytes[at] == ' ' || r->bytes[at] == '\t' || r->bytes[at] == '\r';
    return n >= 1 && n <= 6 && space && line->indent < CODE_INDENT ? n : 0;
}

/* A line of nothing but `c`, at least `least` of them, blanks allowed between them. */
static bool is_rule(const reader *r, const md_line *line, char c, uint32_t least, bool blanks) {
    uint32_t n = 0;
    news_span span = news_utf8_trim(r->bytes, (news_span){line->from, line->whole.to});
    for (uint32_t i = span.from; i < span.to; i++) {
        if (r->bytes[i] == c) {
            n++;
        } else if (!blanks || (r->bytes[i] != ' ' && r->bytes[i] != '\t')) {
            return false;
        }
    }
    return n >= least && line->indent < CODE_INDENT;
}

static bool is_break(const reader *r, const md_line *line) {
    return !line->blank && (is_rule(r, line, '-', 3, true) || is_rule(r, line, '*', 3, true) ||
                            is_rule(r, line, '_', 3, true));
}

/* The bytes of a list item's marker with the blanks behind it, or 0. */
static uint32_t item_marker(const reader *r, const md_line *line) {
    uint32_t at = line->from, to = line->whole.to;
    if (at < to && (r->bytes[at] == '-' || r->bytes[at] == '*' || r->bytes[at] == '+')) {
        at++;
    } else {
        uint32_t digits = 0;
        while (at < to && r->bytes[at] >= '0' && r->bytes[at] <= '9') {
            at++;
            digits++;
        }
        if (digits == 0 || digits > 3 || at >= to || (r->bytes[at] != '.' && r->bytes[at] != ')')) {
            return 0;
        }
        at++;
    }
    uint32_t first = at;
    while (at < to && (r->bytes[at] == ' ' || r->bytes[at] == '\t')) {
        at++;
    }
    if (at == first || at == to || r->bytes[at] == '\r') {
        return 0;
    }
    return at - line->from;
}

static uint32_t fence_length(const reader *r, const md_line *line, char *c) {
    uint32_t n = 0;
    *c = line->from < line->whole.to ? r->bytes[line->from] : 0;
    if (*c != '`' && *c != '~') {
        return 0;
    }
    while (line->from + n < line->whole.to && r->bytes[line->from + n] == *c) {
        n++;
    }
    bool ticks_behind = *c == '`' && memchr(r->bytes + line->from + n, '`',
                                            line->whole.to - line->from - n) != NULL;
    return n >= 3 && !ticks_behind && line->indent < CODE_INDENT ? n : 0;
}

static bool starts_with(const reader *r, const md_line *line, const char *what) {
    size_t n = strlen(what);
    return line->whole.to - line->from >= n && memcmp(r->bytes + line->from, what, n) == 0;
}

/* "|---|:--:|": the line below a table's head. */
static bool is_table_rule(const reader *r, const md_line *line) {
    bool dash = false, bar = false;
    for (uint32_t i = line->from; i < line->whole.to; i++) {
        char c = r->bytes[i];
        dash |= c == '-';
        bar |= c == '|';
        if (c != '-' && c != '|' && c != ':' && c != ' ' && c != '\r') {
            return false;
        }
    }
    return dash && bar;
}

static bool has_bar(const reader *r, const md_line *line) {
    return memchr(r->bytes + line->from, '|', line->whole.to - line->from) != NULL;
}

/* Whether the line cannot carry on a paragraph. */
static bool starts_block(const reader *r, const md_line *line) {
    char c;
    return line->blank || atx_level(r, line) || is_break(r, line) || fence_length(r, line, &c) ||
           starts_with(r, line, "<!--") || item_marker(r, line);
}

static bool read_code_fence(reader *r, const md_line *line, uint32_t fence, char c) {
    uint32_t from = after_line(r, line), at = from, end = r->n, next = r->n;
    while (at < r->n) {
        md_line l = line_at(r, at);
        char other;
        uint32_t n = fence_length(r, &l, &other);
        next = after_line(r, &l);
        if (n >= fence && other == c) {
            end = at;
            break;
        }
        at = next;
    }
    r->at = next;
    return emit(r, (news_span){from < end ? from : end, end}, NEWS_MARKUP_CODE, 0);
}

static bool read_indented_code(reader *r, const md_line *line) {
    uint32_t from = line->from, end = line->whole.to, at = after_line(r, line);
    while (at < r->n) {
        md_line l = line_at(r, at);
        if (!l.blank && l.indent < CODE_INDENT) {
            break;
        }
        at = after_line(r, &l);
        if (!l.blank) {
            end = l.whole.to;
            r->at = at;
        }
    }
    r->at = r->at > after_line(r, line) ? r->at : after_line(r, line);
    return emit(r, (news_span){from, end}, NEWS_MARKUP_CODE, 0);
}

/* A comment, script or style up to its end; without one it is the line. */
static bool read_scrap(reader *r, const md_line *line, scrap kind) {
    static const char *const end_marks[N_SCRAPS] = {"-->", "</script>", "</style>"};
    const char *end_mark = end_marks[kind];
    size_t n = strlen(end_mark);
    uint32_t end = line->whole.to;
    for (uint32_t at = line->from; !r->unclosed[kind] && at + n <= r->n; at++) {
        const char *hit = memchr(r->bytes + at, end_mark[0], r->n - at - n + 1);
        if (!hit) {
            break;
        }
        at = (uint32_t)(hit - r->bytes);
        if (memcmp(hit, end_mark, n) == 0) {
            md_line last = line_at(r, at + (uint32_t)n);
            end = at + (uint32_t)n;
            news_span rest = news_utf8_trim(r->bytes, (news_span){end, last.whole.to});
            r->at = rest.from == rest.to ? after_line(r, &last) : end;
            return emit(r, (news_span){line->from, end}, NEWS_MARKUP_JUNK, 0);
        }
    }
    r->unclosed[kind] = true;
    r->at = after_line(r, line);
    return emit(r, (news_span){line->from, end}, NEWS_MARKUP_JUNK, 0);
}

static bool read_table(reader *r, const md_line *line) {
    uint32_t at = after_line(r, line), end = line->whole.to;
    while (at < r->n) {
        md_line l = line_at(r, at);
        if (l.blank || !has_bar(r, &l)) {
            break;
        }
        end = l.whole.to;
        at = after_line(r, &l);
    }
    r->at = at;
    news_span span = {line->from, end};
    return news_read_inline(&r->marks, span) && emit(r, span, NEWS_MARKUP_TABLE, 0);
}

/* The depth of a list item by its indent, from 1. */
static uint32_t list_level(reader *r, uint32_t indent) {
    while (r->list_depth > 0 && r->list_indent[r->list_depth - 1] > indent) {
        r->list_depth--;
    }
    if (r->list_depth == 0 ||
        (r->list_indent[r->list_depth - 1] + 1 < indent && r->list_depth < DEEPEST_LIST)) {
        r->list_indent[r->list_depth++] = indent;
    }
    return r->list_depth;
}

/* An item with its hanging lines; a paragraph set in below it after a blank line belongs to it. */
static bool read_item(reader *r, const md_line *line, uint32_t marker) {
    uint32_t level = list_level(r, line->indent), inner = line->indent + 2;
    uint32_t from = line->from + marker, end = line->whole.to, at = after_line(r, line);
    while (at < r->n) {
        md_line l = line_at(r, at);
        if (l.blank) {
            md_line next = line_at(r, after_line(r, &l));
            if (next.blank || next.indent < inner || next.quote != line->quote ||
                starts_block(r, &next)) {
                break;
            }
        } else if (starts_block(r, &l) || l.quote != line->quote) {
            break;
        } else {
            drop_prefix(r, l.whole.from, l.from);
            end = l.whole.to;
        }
        at = after_line(r, &l);
    }
    r->at = at;
    news_span span = {from, end};
    news_markup markup = line->quote ? NEWS_MARKUP_QUOTE : NEWS_MARKUP_LIST_ITEM;
    return news_read_inline(&r->marks, span) && emit(r, span, markup, level);
}

static bool read_heading(reader *r, const md_line *line, uint32_t level) {
    news_span span = news_utf8_trim(r->bytes, (news_span){line->from + level, line->whole.to});
    uint32_t to = span.to;
    while (to > span.from && r->bytes[to - 1] == '#') { /* closing marks */
        to--;
    }
    if (to == span.from || r->bytes[to - 1] == ' ') {
        span.to = to;
    }
    r->at = after_line(r, line);
    r->list_depth = 0;
    news_markup markup = line->quote ? NEWS_MARKUP_QUOTE : NEWS_MARKUP_HEADING;
    return news_read_inline(&r->marks, span) && emit(r, span, markup, level);
}

/* "![What is seen](picture.jpg)" alone in its paragraph. */
static bool is_picture(const reader *r, news_span span) {
    span = news_utf8_trim(r->bytes, span);
    return span.to - span.from > 5 && r->bytes[span.from] == '!' &&
           r->bytes[span.from + 1] == '[' && r->bytes[span.to - 1] == ')' &&
           memchr(r->bytes + span.from, ']', span.to - span.from) != NULL;
}

/* "[name]: address": a link's target kept apart from it. */
static bool is_definition(const reader *r, const md_line *line) {
    uint32_t at = line->from;
    if (at >= line->whole.to || r->bytes[at] != '[' ||
        (at + 1 < line->whole.to && r->bytes[at + 1] == '^')) {
        return false;
    }
    const char *close = memchr(r->bytes + at, ']', line->whole.to - at);
    return close && (uint32_t)(close - r->bytes) + 2 < line->whole.to && close[1] == ':' &&
           (memchr(close, '/', (size_t)(r->bytes + line->whole.to - close)) ||
            memchr(close, '#', (size_t)(r->bytes + line->whole.to - close)));
}

/* "[^1]: " before the text of a footnote. */
static void drop_footnote_mark(reader *r, const md_line *line) {
    if (!starts_with(r, line, "[^")) {
        return;
    }
    const char *close = memchr(r->bytes + line->from, ']', line->whole.to - line->from);
    if (close && close + 1 < r->bytes + line->whole.to && close[1] == ':') {
        drop_prefix(r, line->from, (uint32_t)(close - r->bytes) + 2);
    }
}

/* A paragraph, or the heading that a line of "===" or "---" below makes of it. */
static bool read_paragraph(reader *r, const md_line *line) {
    uint32_t end = line->whole.to, at = after_line(r, line), level = 0;
    while (at < r->n) {
        md_line l = line_at(r, at);
        bool under = l.quote == line->quote &&
                     (is_rule(r, &l, '=', 1, false) || is_rule(r, &l, '-', 2, false));
        if (under && !l.blank) {
            level = r->bytes[l.from] == '=' ? 1 : 2;
            at = after_line(r, &l);
            break;
        }
        char c;
        bool number = item_marker(r, &l) && r->bytes[l.from] >= '0' && r->bytes[l.from] <= '9' &&
                      !starts_with(r, &l, "1.") && !starts_with(r, &l, "1)");
        if ((starts_block(r, &l) && !number) || l.quote > line->quote || fence_length(r, &l, &c)) {
            break;
        }
        drop_prefix(r, l.whole.from, l.from);
        end = l.whole.to;
        at = after_line(r, &l);
    }
    r->at = at;
    drop_footnote_mark(r, line);
    news_span span = {line->from, end};
    news_markup markup = line->quote           ? NEWS_MARKUP_QUOTE
                         : level               ? NEWS_MARKUP_HEADING
                         : is_picture(r, span) ? NEWS_MARKUP_CAPTION
                                               : NEWS_MARKUP_NONE;
    return news_read_inline(&r->marks, span) && emit(r, span, markup, level);
}

static bool read_block(reader *r) {
    md_line line = line_at(r, r->at);
    char c;
    uint32_t fence, level, marker;
    if (line.blank || is_break(r, &line)) {
        r->blank += line.blank && line.whole.from < r->n;
        r->at = after_line(r, &line);
        return true;
    }
    if (line.indent >= CODE_INDENT && r->list_depth == 0 && !line.quote && r->blank) {
        return read_indented_code(r, &line);
    }
    if ((fence = fence_length(r, &line, &c)) != 0) {
        return read_code_fence(r, &line, fence, c);
    }
    if ((level = atx_level(r, &line)) != 0) {
        return read_heading(r, &line, level);
    }
    if ((marker = item_marker(r, &line)) != 0) {
        return read_item(r, &line, marker);
    }
    r->list_depth = 0;
    if (starts_with(r, &line, "<!--")) {
        return read_scrap(r, &line, SCRAP_COMMENT);
    }
    if (starts_with(r, &line, "<script")) {
        return read_scrap(r, &line, SCRAP_SCRIPT);
    }
    if (starts_with(r, &line, "<style")) {
        return read_scrap(r, &line, SCRAP_STYLE);
    }
    if (is_definition(r, &line)) {
        r->at = after_line(r, &line);
        return emit(r, (news_span){line.from, line.whole.to}, NEWS_MARKUP_JUNK, 0);
    }
    md_line next = line_at(r, after_line(r, &line));
    if (has_bar(r, &line) && is_table_rule(r, &next)) {
        return read_table(r, &line);
    }
    return read_paragraph(r, &line);
}

bool news_read_markdown(news_arena *arena, const news_source *source, news_reading *reading) {
    reader r = {.arena = arena,
                .source = source,
                .reading = reading,
                .bytes = source->utf8.bytes,
                .n = source->utf8.n};
    reading->format = NEWS_FORMAT_MARKDOWN;
    r.marks = (news_inline){.arena = arena, .bytes = r.bytes};
    r.marks.drop = news_arena_array(arena, r.n ? r.n : 1, 1);
    uint32_t end;
    if (!r.marks.drop || !news_read_front_matter(arena, source, &reading->claims, &end)) {
        return false;
    }
    if (end) {
        if (!emit(&r, (news_span){0, end}, NEWS_MARKUP_FRONT_MATTER, 0)) {
            return false;
        }
        r.at = end < r.n ? end + 1 : end;
    }
    while (r.at < r.n) {
        if (!read_block(&r)) {
            return false;
        }
    }
    return true;
}
