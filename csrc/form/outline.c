/* Sections from subheads. */
#include "outline.h"
#include "utf8.h"

/* A lede's title is cut after so many bytes, at a word's end. */
enum { LONGEST_TITLE = 60 };

static news_span first_words(const char *bytes, news_span span) {
    if (span.to - span.from <= LONGEST_TITLE) {
        return span;
    }
    uint32_t to = span.from + LONGEST_TITLE;
    while (to > span.from && bytes[to] != ' ') {
        to--;
    }
    if (to == span.from) { /* one long word */
        to = span.from + LONGEST_TITLE;
        while (((unsigned char)bytes[to] & 0xC0) == 0x80) {
            to--;
        }
    }
    return news_utf8_trim(bytes, (news_span){span.from, to});
}

/* Whether the block can begin a lede: what is read, and not what stands beside it. */
static bool is_body(news_role role) {
    return role == NEWS_ROLE_DATELINE || (role >= NEWS_ROLE_PARAGRAPH && role < NEWS_ROLE_EMBED);
}

static news_section *push(news_arena *arena, const news_text *text, news_sections *out,
                          const news_block *block, news_span title, news_section_kind kind) {
    news_section *section = news_list_push(arena, &out->list);
    if (section) {
        *section = (news_section){
            .title = {text->bytes + title.from, title.to - title.from},
            .kind = kind,
            .level = kind == NEWS_SECTION_SECTION && block->level ? block->level : 1,
            .span = block->span,
            .title_span = title,
        };
    }
    return section;
}

/* A section reaches to the end of its last child. Children follow their parent, so one walk from
 * the back with the ends seen so far for each level is enough. */
static void widen(news_sections *out) {
    uint32_t ends[UINT8_MAX + 1] = {0}; /* by level: the furthest end since a section above it */
    for (uint32_t i = out->list.n; i-- > 0;) {
        news_section *section = &out->list.at[i];
        uint32_t end = section->span.to;
        for (uint32_t level = section->level + 1; level <= UINT8_MAX; level++) {
            end = ends[level] > end ? ends[level] : end;
            ends[level] = 0;
        }
        section->span.to = end;
        ends[section->level] = end > ends[section->level] ? end : ends[section->level];
    }
}

/* Levels without gaps: the first is 1, and a child is one deeper than its parent. */
static void settle_levels(news_sections *out) {
    uint32_t written[UINT8_MAX + 1] = {0}, depth = 0; /* levels as written, of the open sections */
    for (uint32_t i = 0; i < out->list.n; i++) {
        news_section *section = &out->list.at[i];
        if (section->kind == NEWS_SECTION_LEDE) {
            continue; /* nothing lies below it */
        }
        while (depth > 0 && written[depth - 1] >= section->level) {
            depth--;
        }
        written[depth++] = section->level;
        section->level = depth;
    }
}

bool news_form_outline(news_arena *arena, const news_text *text, const news_block *blocks,
                       uint32_t n_blocks, news_sections *out) {
    for (uint32_t i = 0; i < n_blocks; i++) {
        const news_block *block = &blocks[i];
        bool head = block->role == NEWS_ROLE_SUBHEAD;
        bool body = is_body(block->role);
        if (head || (body && out->list.n == 0)) {
            bool place = block->role == NEWS_ROLE_DATELINE && i + 1 < n_blocks;
            news_span title =
                head ? block->span : first_words(text->bytes, blocks[place ? i + 1 : i].span);
            news_section_kind kind = head ? NEWS_SECTION_SECTION : NEWS_SECTION_LEDE;
            if (!push(arena, text, out, block, title, kind)) {
                return false;
            }
        } else if (block->role != NEWS_ROLE_BOILERPLATE && out->list.n) {
            out->list.at[out->list.n - 1].span.to = block->span.to;
        }
    }
    settle_levels(out);
    widen(out);
    return true;
}
