/* Stretches between curly double marks within a block. */
#include "quote.h"

#include <string.h>

bool news_find_quotes(news_arena *arena, const news_article *article, const news_entities *entities,
                      news_quotes *out) {
    (void)entities;
    for (uint32_t i = 0; i < article->n_blocks; i++) {
        const news_block *block = &article->blocks[i];
        if (block->role == NEWS_ROLE_BOILERPLATE || block->role == NEWS_ROLE_CODE) {
            continue;
        }
        uint32_t open = NEWS_NONE;
        for (uint32_t at = block->span.from; at + 3 <= block->span.to; at++) {
            if (memcmp(article->text->bytes + at, "“", 3) == 0) {
                open = at;
            } else if (open != NEWS_NONE && memcmp(article->text->bytes + at, "”", 3) == 0) {
                news_quote *quote = news_list_push(arena, &out->list);
                news_span *part = news_arena_array(arena, 1, sizeof *part);
                if (!quote || !part) {
                    return false;
                }
                *part = (news_span){open, at + 3};
                *quote = (news_quote){
                    .span = *part,
                    .kind = NEWS_QUOTE_TERM,
                    .parts = part,
                    .n_parts = 1,
                    .content = *part,
                    .cue = {NEWS_NONE, NEWS_NONE},
                    .speaker = {.span = {NEWS_NONE, NEWS_NONE}},
                };
                open = NEWS_NONE;
            }
        }
    }
    return true;
}
