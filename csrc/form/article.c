/* One view over what the stages made, and where in it a byte of the text stands. */
#include "article.h"
#include "outline.h"
#include "passage.h"
#include "roles.h"
#include "token.h"

news_article news_form_article(const news_reading *reading, const news_roles *roles,
                               const news_sections *sections, const news_tokens *tokens) {
    return (news_article){
        .text = &reading->text,
        .blocks = roles->blocks.at,
        .n_blocks = roles->blocks.n,
        .sections = sections->list.at,
        .n_sections = sections->list.n,
        .tokens = tokens->tokens.at,
        .n_tokens = tokens->tokens.n,
        .sentences = tokens->sentences.at,
        .n_sentences = tokens->sentences.n,
        .date = roles->date.iso,
        .language = roles->language,
        .n_items = reading->n_items,
    };
}

uint32_t news_form_token_from(const news_article *article, uint32_t at) {
    uint32_t low = 0, high = article->n_tokens;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (article->tokens[middle].span.from < at) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

const news_block *news_form_block_at(const news_article *article, uint32_t at) {
    uint32_t low = 0, high = article->n_blocks;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (article->blocks[middle].span.to <= at) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < article->n_blocks ? &article->blocks[low] : NULL;
}
