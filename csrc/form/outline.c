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

bool news_form_outline(news_arena *arena, const news_text *text, const news_block *blocks,
                       uint32_t n_blocks, news_sections *out) {
    for (uint32_t i = 0; i < n_blocks; i++) {
        const news_block *block = &blocks[i];
        bool head = block->role == NEWS_ROLE_SUBHEAD;
        bool body =
            block->role >= NEWS_ROLE_DATELINE && block->role != NEWS_ROLE_BOILERPLATE && !head;
        if (head || (body && out->list.n == 0)) {
            news_section *section = news_list_push(arena, &out->list);
            if (!section) {
                return false;
            }
            news_span title = head ? block->span : first_words(text->bytes, block->span);
            *section = (news_section){
                .title = {text->bytes + title.from, title.to - title.from},
                .kind = head ? NEWS_SECTION_SECTION : NEWS_SECTION_LEDE,
                .level = head && block->level ? block->level : 1,
                .span = block->span,
                .title_span = title,
            };
        } else if (body) {
            out->list.at[out->list.n - 1].span.to = block->span.to;
        }
    }
    return true;
}
