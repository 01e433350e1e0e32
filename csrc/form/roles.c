/* Lines are labelled coarsely, the head of the article is told apart, then every line is cut into
 * its blocks. */
#include "roles.h"
#include "content.h"
#include "head.h"
#include "label.h"
#include "metadata.h"
#include "utf8.h"
#include "word_lists.h"

static bool push(news_arena *arena, news_roles *out, const news_block *block) {
    if (block->span.from >= block->span.to) {
        return true;
    }
    news_block *at = news_list_push(arena, &out->blocks);
    if (at) {
        *at = *block;
    }
    return at != NULL;
}

/* The next sign that sets the parts of a byline apart, from `at` on: a bar or bullet. */
static uint32_t next_bar(const char *text, uint32_t at, uint32_t to, uint32_t *length) {
    for (; at < to; at += *length) {
        uint32_t c = news_utf8_decode(text + at, to - at, length);
        if (c == '|' || c == 0x2022 || c == 0xB7) {
            return at;
        }
    }
    *length = 0;
    return to;
}

/* Cuts "By X | Reuters | 3 May" at its bars. */
static bool push_parts(news_arena *arena, const news_reading *reading, news_block block,
                       news_roles *out) {
    const char *text = reading->text.bytes;
    news_span whole = block.span;
    news_role kind = block.role;
    for (uint32_t at = whole.from, length; at < whole.to;) {
        uint32_t bar = next_bar(text, at, whole.to, &length);
        block.span = news_utf8_trim(text, (news_span){at, bar});
        block.role = kind;
        if (block.span.from < block.span.to) {
            news_line line;
            news_form_line(text, block.span, NEWS_ORDER_UNKNOWN, &line);
            if (line.flags & NEWS_LINE_IS_DATE) {
                block.role = NEWS_ROLE_DATE;
            } else if ((line.flags & (NEWS_LINE_BYLINE | NEWS_LINE_OUTLET)) ||
                       ((line.flags & NEWS_LINE_NAME) && !line.has_when)) {
                block.role = NEWS_ROLE_BYLINE;
            }
        }
        if (!push(arena, out, &block)) {
            return false;
        }
        at = bar + length;
        if (bar == whole.to) {
            break;
        }
    }
    return true;
}

/* Cuts one passage into its blocks. */
static bool cut(news_arena *arena, const news_reading *reading, const news_passage *passage,
                const news_line *line, news_role role, news_roles *out) {
    const char *text = reading->text.bytes;
    news_block block = {.span = passage->span, .role = role, .item = passage->item};
    if (role == NEWS_ROLE_SUBHEAD) {
        block.level = passage->level ? passage->level : 1;
    }
    bool plain = passage->markup == NEWS_MARKUP_NONE;
    if (plain && (line->flags & NEWS_LINE_BULLET) &&
        (role == NEWS_ROLE_LIST || role == NEWS_ROLE_PARAGRAPH)) {
        block.role = NEWS_ROLE_LIST;
        block.span.from += news_line_bullet(text, block.span);
    } else if (plain && role == NEWS_ROLE_PARAGRAPH) {
        uint32_t end = news_form_dateline(text, block.span);
        if (end > block.span.from) {
            news_block dateline = block;
            dateline.role = NEWS_ROLE_DATELINE;
            dateline.span = news_utf8_trim(text, (news_span){block.span.from, end});
            block.span = news_utf8_trim(text, (news_span){end, block.span.to});
            if (!push(arena, out, &dateline)) {
                return false;
            }
        }
    } else if (plain && (role == NEWS_ROLE_BYLINE || role == NEWS_ROLE_DATE)) {
        return push_parts(arena, reading, block, out);
    }
    return push(arena, out, &block);
}

/* What a page's elements and trees say stands above what a passage's markup says. */
static void settle_page(const uint8_t *labels, const uint8_t *kinds, uint32_t n, uint8_t *roles) {
    for (uint32_t i = 0; i < n; i++) {
        bool marked = roles[i] == NEWS_ROLE_BLOCKQUOTE || roles[i] == NEWS_ROLE_CODE ||
                      roles[i] == NEWS_ROLE_CAPTION;
        if (kinds[i] == NEWS_CONTENT_EMBED) {
            roles[i] = NEWS_ROLE_EMBED;
        } else if (kinds[i] == NEWS_CONTENT_PULLQUOTE) {
            roles[i] = NEWS_ROLE_PULLQUOTE;
        } else if (kinds[i] != NEWS_CONTENT_PLAIN) {
            roles[i] = NEWS_ROLE_TABLE;
        } else if (marked && news_label_is_junk(labels[i])) {
            roles[i] = NEWS_ROLE_BOILERPLATE;
        }
    }
}

bool news_form_roles(news_arena *arena, const news_reading *reading, news_roles *out) {
    const news_passage *passages = reading->passages.list.at;
    uint32_t n = reading->passages.list.n;
    news_line *lines = news_arena_array(arena, n ? n : 1, sizeof *lines);
    uint8_t *labels = news_arena_alloc(arena, n ? n : 1);
    uint8_t *roles = news_arena_alloc(arena, n ? n : 1);
    uint8_t *kinds = news_arena_array(arena, n ? n : 1, 1);
    if (!lines || !labels || !roles || !kinds) {
        return false;
    }
    for (uint32_t i = 0; i < n; i++) {
        news_form_line(reading->text.bytes, passages[i].span, NEWS_ORDER_UNKNOWN, &lines[i]);
    }
    out->lines = (news_lines){lines, n};
    bool has_article = true;
    bool is_page = reading->evidence.n > 0, is_stated = n && passages[0].stated;
    for (uint32_t i = 0; is_stated && i < n; i++) { /* a format states all roles or none */
        roles[i] = (uint8_t)(passages[i].stated - 1);
    }
    if (!is_stated &&
        !(is_page ? news_form_content(reading, lines, labels, kinds, &has_article)
                  : news_form_labels(arena, reading->text.bytes, passages, lines, n, labels))) {
        return false;
    }
    if (!is_stated) {
        news_form_head(reading->text.bytes, passages, lines, labels, n, roles);
        settle_page(labels, kinds, n, roles);
    }
    if (!has_article) {
        out->note =
            "No article was found on this page; all of its text but menus and footers is shown.";
    }
    for (uint32_t i = 0; i < n; i++) {
        news_passage passage = passages[i];
        while (kinds[i] == NEWS_CONTENT_TABLE && i + 1 < n &&
               kinds[i + 1] == NEWS_CONTENT_TABLE_MORE) {
            passage.span.to = passages[++i].span.to;
            kinds[i] = NEWS_CONTENT_TABLE; /* so that the next one is asked, too */
        }
        if (!cut(arena, reading, &passage, &lines[i], (news_role)roles[i], out)) {
            return false;
        }
    }
    return news_form_metadata(arena, reading, out);
}
