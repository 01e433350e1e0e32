/* One view over what the stages made, where in it a byte stands, what tokens read. */
#include "article.h"
#include "outline.h"
#include "passage.h"
#include "roles.h"
#include "token.h"

#include <string.h>

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

news_word news_form_look_up(const news_article *article, const news_words *words, uint32_t first,
                            uint32_t end) {
    uint32_t from = article->tokens[first].span.from;
    return news_words_find_folded(words, article->text->bytes + from,
                                  article->tokens[end - 1].span.to - from);
}

bool news_form_is_exactly(const news_article *article, uint32_t token, const char *word) {
    news_span span = article->tokens[token].span;
    size_t n = strlen(word);
    return span.to - span.from == n && memcmp(article->text->bytes + span.from, word, n) == 0;
}
