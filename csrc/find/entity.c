/* Runs of capitalised words, merged where they are spelt the same. */
#include "entity.h"
#include "utf8.h"

#include <string.h>

static bool same(const news_article *article, news_span a, news_span b) {
    return a.to - a.from == b.to - b.from &&
           memcmp(article->text->bytes + a.from, article->text->bytes + b.from, a.to - a.from) == 0;
}

bool news_find_entities(news_arena *arena, const news_article *article,
                        const news_known_entity *known, uint32_t n_known, news_entities *out) {
    (void)known;
    (void)n_known;
    for (uint32_t i = 0; i < article->n_tokens;) {
        const news_token *token = &article->tokens[i];
        if (token->kind != NEWS_TOKEN_WORD || !(token->flags & NEWS_TOKEN_CAPITAL) ||
            (token->flags & NEWS_TOKEN_FIRST)) {
            i++;
            continue;
        }
        news_span span = token->span;
        for (i++; i < article->n_tokens && article->tokens[i].kind == NEWS_TOKEN_WORD &&
                  (article->tokens[i].flags & NEWS_TOKEN_CAPITAL) &&
                  article->tokens[i].sentence == token->sentence;
             i++) {
            span.to = article->tokens[i].span.to;
        }
        uint32_t entity = 0;
        while (
            entity < out->entities.n &&
            !same(article, out->mentions.at[out->entities.at[entity].first_mention].span, span)) {
            entity++;
        }
        news_mention *mention = news_list_push(arena, &out->mentions);
        if (!mention) {
            return false;
        }
        uint32_t index = out->mentions.n - 1;
        *mention = (news_mention){span, NEWS_MENTION_NAME, entity, NEWS_NONE};
        if (entity == out->entities.n) {
            news_entity *fresh = news_list_push(arena, &out->entities);
            if (!fresh) {
                return false;
            }
            *fresh = (news_entity){
                .name = {article->text->bytes + span.from, span.to - span.from},
                .type = NEWS_ENTITY_OTHER,
                .item = NEWS_NONE,
                .first_mention = index,
                .n_mentions = 1,
            };
        } else {
            uint32_t last = out->entities.at[entity].first_mention;
            while (out->mentions.at[last].next != NEWS_NONE) {
                last = out->mentions.at[last].next;
            }
            out->mentions.at[last].next = index;
            out->entities.at[entity].n_mentions++;
        }
    }
    return true;
}
