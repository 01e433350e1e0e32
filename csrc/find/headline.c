/* A headline takes words out of the body, often shortened: the body's quote that holds most of them
 * has the speaker. */
#include "headline.h"
#include "utf8.h"
#include "words.h"

#include <string.h>

/* Of one item: no headline quotes more, and what stands first is what it quotes. They bound the
 * time. */
enum { MOST_HEADLINES = 8, MOST_QUOTES = 400, MOST_WORDS = 32 };

/* Of the headline's words so many of a hundred must stand in the body's quote. */
enum { NEEDED = 70 };

typedef struct bag {
    uint32_t hashes[MOST_WORDS], n;
} bag;

/* Calls for each word of a span its hash in lower case; false at the end. */
static bool next_word(const news_article *a, uint32_t *token, uint32_t to, uint32_t *hash) {
    for (; *token < a->n_tokens && a->tokens[*token].span.to <= to; ++*token) {
        const news_token *t = &a->tokens[*token];
        char folded[64];
        uint32_t n = t->span.to - t->span.from;
        if ((t->kind == NEWS_TOKEN_WORD || t->kind == NEWS_TOKEN_NUMBER) &&
            n <= sizeof folded / 2) {
            n = news_utf8_fold(a->text->bytes + t->span.from, n, folded);
            *hash = news_words_hash(folded, n);
            ++*token;
            return true;
        }
    }
    return false;
}

static bag bag_of(const news_article *a, news_span span) {
    bag words = {.n = 0};
    uint32_t token = news_form_token_from(a, span.from), hash;
    while (words.n < MOST_WORDS && next_word(a, &token, span.to, &hash)) {
        words.hashes[words.n++] = hash;
    }
    return words;
}

/* How many of a hundred words of the bag stand in a span. */
static uint32_t share_in(const news_article *a, const bag *words, news_span span) {
    bool seen[MOST_WORDS] = {false};
    uint32_t token = news_form_token_from(a, span.from), hash, n = 0;
    while (next_word(a, &token, span.to, &hash)) {
        for (uint32_t i = 0; i < words->n; i++) {
            if (!seen[i] && words->hashes[i] == hash) {
                seen[i] = true;
                n++;
                break;
            }
        }
    }
    return words->n ? n * 100 / words->n : 0;
}

static bool is_above(const news_block *block) {
    return block && (block->role == NEWS_ROLE_HEADLINE || block->role == NEWS_ROLE_DEK);
}

bool news_find_headline_speakers(news_arena *arena, const news_article *article,
                                 const news_entities *entities, const news_dialogue *dialogue,
                                 news_quote *quotes, uint32_t n) {
    uint32_t item = NEWS_NONE, headlines = 0;
    for (uint32_t i = 0; i < n; i++) {
        const news_block *block = news_form_block_at(article, quotes[i].span.from);
        bool term = quotes[i].kind == NEWS_QUOTE_TERM;
        if (!is_above(block) || quotes[i].speaker.name.bytes) {
            continue;
        }
        headlines = block->item == item ? headlines + 1 : 1;
        item = block->item;
        if (headlines > MOST_HEADLINES) {
            continue;
        }
        bag words = bag_of(article, quotes[i].span);
        uint32_t best = term ? 99 : NEEDED - 1; /* of a word or two, all */
        for (uint32_t k = i + 1; k < n && k <= i + MOST_QUOTES; k++) {
            const news_block *below = news_form_block_at(article, quotes[k].span.from);
            if (!below || below->item != item) {
                break;
            }
            if (is_above(below) || !quotes[k].speaker.name.bytes ||
                (term && quotes[k].kind == NEWS_QUOTE_INDIRECT)) {
                continue;
            }
            uint32_t share = share_in(article, &words, quotes[k].span);
            if (share > best) {
                best = share;
                quotes[i].speaker = quotes[k].speaker;
                quotes[i].speaker.score *= (float)share / 100;
            }
        }
        if (term && quotes[i].speaker.name.bytes) {
            quotes[i].kind = NEWS_QUOTE_DIRECT;
        }
        if (!term && !quotes[i].speaker.name.bytes &&
            !news_dialogue_guest(arena, dialogue, entities, &quotes[i].speaker)) {
            return false;
        }
    }
    return true;
}
