/* The first short line is the headline, short lines without a full stop are subheads, the rest
 * paragraphs. */
#include "roles.h"
#include "utf8.h"

#include <string.h>

/* A headline or subhead is no longer than this in bytes. */
enum { LONGEST_HEAD = 160, LONGEST_SUBHEAD = 60 };

bool news_form_roles(news_arena *arena, const news_reading *reading, news_roles *out) {
    const char *text = reading->text.bytes;
    out->headline.span = out->dek.span = out->date.span = out->modified.span =
        (news_span){NEWS_NONE, NEWS_NONE};
    bool headline = false;
    for (uint32_t i = 0; i < reading->passages.list.n; i++) {
        const news_passage *passage = &reading->passages.list.at[i];
        news_block *block = news_list_push(arena, &out->blocks);
        if (!block) {
            return false;
        }
        *block =
            (news_block){.span = passage->span, .role = NEWS_ROLE_PARAGRAPH, .item = passage->item};
        uint32_t n = passage->span.to - passage->span.from;
        bool stops = strchr(".!?:;,\"", text[passage->span.to - 1]) != NULL ||
                     (text[passage->span.to - 1] & 0x80);
        if (passage->markup == NEWS_MARKUP_JUNK || text[passage->span.from] == '!') {
            block->role = NEWS_ROLE_BOILERPLATE;
        } else if (!headline && n <= LONGEST_HEAD && !stops) {
            headline = true;
            block->role = NEWS_ROLE_HEADLINE;
            out->headline = (news_value){{text + passage->span.from, n}, passage->span};
        } else if (passage->markup == NEWS_MARKUP_HEADING ||
                   (headline && n <= LONGEST_SUBHEAD && !stops && passage->blank_before)) {
            block->role = NEWS_ROLE_SUBHEAD;
            block->level = 1;
        }
    }
    return true;
}
