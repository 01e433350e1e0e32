/* Features, and the greedy walk from left to right; the weights are csrc/data/model/tags.txt. */
#include "tag.h"
#include "tag_model.h"
#include "utf8.h"
#include "word_lists.h"

#include <string.h>

void news_tag_word_read(news_tag_word *out, const char *bytes, uint32_t n, uint8_t kind,
                        uint8_t flags) {
    enum { ROOM = sizeof out->folded / 2 };
    if (n > ROOM) {
        uint32_t from = n - ROOM;
        while (from < n && ((unsigned char)bytes[from] & 0xC0) == 0x80) {
            from++;
        }
        bytes += from;
        n -= from;
    }
    out->n = news_utf8_fold(bytes, n, out->folded);
    out->kind = kind;
    out->flags = flags;
    if (kind == NEWS_TOKEN_NUMBER || (flags & NEWS_TOKEN_HAS_DIGIT)) {
        for (uint32_t i = 0; i < out->n; i++) {
            if (out->folded[i] >= '0' && out->folded[i] <= '9') {
                out->folded[i] = '0';
            }
        }
    }
    if (kind == NEWS_TOKEN_QUOTE) { /* marks of all styles look alike */
        out->folded[0] = '"';
        out->n = 1;
    }
}

static uint32_t mix(uint32_t h, const char *bytes, uint32_t n) {
    for (uint32_t i = 0; i < n; i++) {
        h = (h ^ (unsigned char)bytes[i]) * 16777619u;
    }
    return (h ^ 0xFF) * 16777619u;
}

static uint32_t ending(uint32_t h, const news_tag_word *word, uint32_t n) {
    return n < word->n ? mix(h, word->folded + word->n - n, n) : mix(h, word->folded, word->n);
}

static uint32_t number(uint32_t h, uint32_t value) {
    char bytes[2] = {(char)value, (char)(value >> 8)};
    return mix(h, bytes, 2);
}

void news_tag_features(const news_tag_word *const window[5], unsigned before, unsigned before_that,
                       uint32_t out[NEWS_TAG_FEATURES]) {
    const news_tag_word *word = window[2];
    unsigned k = 0;
    uint32_t shape = (uint32_t)(word->flags & (NEWS_TOKEN_CAPITAL | NEWS_TOKEN_ALL_CAPS |
                                               NEWS_TOKEN_MIXED | NEWS_TOKEN_HAS_DIGIT |
                                               NEWS_TOKEN_FIRST | NEWS_TOKEN_ABBREVIATION)) |
                     (uint32_t)word->kind << 8;
    uint32_t next_shape =
        (uint32_t)(window[3]->flags & NEWS_TOKEN_CAPITAL) | (uint32_t)window[3]->kind << 8;
#define SEED ((k + 1) * 2654435761u)
    out[k] = SEED, k++; /* the bias */
    out[k] = mix(SEED, word->folded, word->n), k++;
    out[k] = ending(SEED, word, 3), k++;
    out[k] = number(ending(SEED, word, 2), shape), k++;
    out[k] = ending(SEED, word, 4), k++;
    out[k] = number(mix(SEED, word->folded, word->n ? 1 : 0), shape), k++;
    out[k] = number(SEED, shape), k++;
    out[k] = number(SEED, before), k++;
    out[k] = number(number(SEED, before), before_that), k++;
    out[k] = number(mix(SEED, word->folded, word->n), before), k++;
    out[k] = mix(SEED, window[1]->folded, window[1]->n), k++;
    out[k] = mix(SEED, window[0]->folded, window[0]->n), k++;
    out[k] = mix(SEED, window[3]->folded, window[3]->n), k++;
    out[k] = mix(SEED, window[4]->folded, window[4]->n), k++;
    out[k] = number(ending(SEED, window[3], 3), before), k++;
    out[k] = number(ending(SEED, word, 2), before), k++;
    out[k] = number(number(number(SEED, before), shape), next_shape), k++;
#undef SEED
}

/* The row of weights of a feature, or NULL. */
static const int8_t *weights_of(uint32_t feature) {
    for (uint32_t i = feature & news_tag_model.mask; news_tag_model.slots[i].row;
         i = (i + 1) & news_tag_model.mask) {
        if (news_tag_model.slots[i].key == feature) {
            return news_tag_model.weights + (size_t)(news_tag_model.slots[i].row - 1) * NEWS_N_TAGS;
        }
    }
    return NULL;
}

static unsigned best_tag(const news_tag_word *const window[5], unsigned before,
                         unsigned before_that) {
    uint32_t features[NEWS_TAG_FEATURES];
    int score[NEWS_N_TAGS] = {0};
    news_tag_features(window, before, before_that, features);
    for (unsigned k = 0; k < NEWS_TAG_FEATURES; k++) {
        const int8_t *weights = weights_of(features[k]);
        for (unsigned tag = 0; weights && tag < NEWS_N_TAGS; tag++) {
            score[tag] += weights[tag];
        }
    }
    /* Only the words that bind a sentence have the tags of those. */
    enum {
        BINDING = 1u << NEWS_TAG_PRONOUN | 1u << NEWS_TAG_DETERMINER | 1u << NEWS_TAG_PREPOSITION |
                  1u << NEWS_TAG_LINKER | 1u << NEWS_TAG_TO | 1u << NEWS_TAG_CONJUNCTION |
                  1u << NEWS_TAG_RELATIVE | 1u << NEWS_TAG_MODAL
    };
    bool binds =
        news_words_find(&news_words_function_words, window[2]->folded, window[2]->n).is_entry;
    unsigned best = 0;
    for (unsigned tag = 1; tag < NEWS_N_TAGS; tag++) {
        if (score[tag] > score[best] && (binds || !(BINDING >> tag & 1))) {
            best = tag;
        }
    }
    return best;
}

bool news_form_tags(news_arena *arena, const news_article *article, news_tags *out) {
    out->n = article->n_tokens;
    out->at = news_arena_array(arena, article->n_tokens ? article->n_tokens : 1, 1);
    if (!out->at) {
        return false;
    }
    static const news_tag_word none = {.n = 0};
    for (uint32_t s = 0; s < article->n_sentences; s++) {
        const news_sentence *sentence = &article->sentences[s];
        uint32_t first = sentence->first_token, end = first + sentence->n_tokens;
        unsigned before = NEWS_N_TAGS, before_that = NEWS_N_TAGS;
        news_tag_word ring[5]; /* word i in ring[i % 5] */
        for (uint32_t i = first; i < end; i++) {
            const news_tag_word *window[5];
            for (uint32_t ahead = i == first ? 0 : 2; ahead <= 2 && i + ahead < end; ahead++) {
                const news_token *token = &article->tokens[i + ahead];
                news_tag_word_read(&ring[(i + ahead) % 5], article->text->bytes + token->span.from,
                                   token->span.to - token->span.from, token->kind, token->flags);
            }
            for (uint32_t k = 0; k < 5; k++) {
                window[k] = i + k >= first + 2 && i + k < end + 2 ? &ring[(i + k - 2) % 5] : &none;
            }
            unsigned tag = best_tag(window, before, before_that);
            uint8_t kind = article->tokens[i].kind;
            if (kind == NEWS_TOKEN_QUOTE || kind == NEWS_TOKEN_MARK) {
                tag = NEWS_TAG_MARK;
            } else if (kind == NEWS_TOKEN_LINK) {
                tag = NEWS_TAG_NAME;
            }
            out->at[i] = (uint8_t)tag;
            before_that = before;
            before = tag;
        }
    }
    return true;
}
