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

/* Each template hashes from a seed of its own. */
static uint32_t seed(unsigned k) {
    return (k + 1) * 2654435761u;
}

static uint32_t shape_of(const news_tag_word *word) {
    return (uint32_t)(word->flags &
                      (NEWS_TOKEN_CAPITAL | NEWS_TOKEN_ALL_CAPS | NEWS_TOKEN_MIXED |
                       NEWS_TOKEN_HAS_DIGIT | NEWS_TOKEN_FIRST | NEWS_TOKEN_ABBREVIATION)) |
           (uint32_t)word->kind << 8;
}

/* The templates 0 to 6 see the word alone, 10 to 13 one of its neighbours, the others what is only
 * known when the tags before it are. */
static const uint8_t own[] = {0, 1, 2, 3, 4, 5, 6}, near[] = {11, 10, 12, 13},
                     bound[] = {7, 8, 9, 14, 15, 16};
enum { N_OWN = sizeof own, N_NEAR = sizeof near, N_BOUND = sizeof bound };

static void bound_features(const news_tag_word *word, const news_tag_word *next, unsigned before,
                           unsigned before_that, uint32_t out[NEWS_TAG_FEATURES]) {
    uint32_t next_shape = (uint32_t)(next->flags & NEWS_TOKEN_CAPITAL) | (uint32_t)next->kind << 8;
    out[7] = number(seed(7), before);
    out[8] = number(number(seed(8), before), before_that);
    out[9] = number(mix(seed(9), word->folded, word->n), before);
    out[14] = number(ending(seed(14), next, 3), before);
    out[15] = number(ending(seed(15), word, 2), before);
    out[16] = number(number(number(seed(16), before), shape_of(word)), next_shape);
}

void news_tag_features(const news_tag_word *const window[5], unsigned before, unsigned before_that,
                       uint32_t out[NEWS_TAG_FEATURES]) {
    const news_tag_word *word = window[2];
    uint32_t shape = shape_of(word);
    out[0] = seed(0); /* the bias */
    out[1] = mix(seed(1), word->folded, word->n);
    out[2] = ending(seed(2), word, 3);
    out[3] = number(ending(seed(3), word, 2), shape);
    out[4] = ending(seed(4), word, 4);
    out[5] = number(mix(seed(5), word->folded, word->n ? 1 : 0), shape);
    out[6] = number(seed(6), shape);
    out[10] = mix(seed(10), window[1]->folded, window[1]->n);
    out[11] = mix(seed(11), window[0]->folded, window[0]->n);
    out[12] = mix(seed(12), window[3]->folded, window[3]->n);
    out[13] = mix(seed(13), window[4]->folded, window[4]->n);
    bound_features(word, window[3], before, before_that, out);
}

/* The row of weights of a feature, or NULL. */
static const int8_t *weights_of(uint32_t feature) {
    for (uint32_t i = feature & news_tag_model.mask; news_tag_model.slots[i].row;
         i = (i + 1) & news_tag_model.mask) {
        if (news_tag_model.slots[i].key == feature) {
            return news_tag_model.weights +
                   (size_t)(news_tag_model.slots[i].row - 1) * NEWS_TAG_ROW;
        }
    }
    return NULL;
}

/* A word with what does not change from place to place: the same few thousand words are most of any
 * article. */
typedef struct known_word {
    uint64_t key; /* hash of its bytes, kind and flags */
    news_tag_word word;
    const int8_t
        *near[N_NEAR]; /* weights as a neighbour: two before, one before, one behind, two behind */
    int16_t sums[NEWS_TAG_ROW]; /* weights of its own */
    bool is_set, binds;
} known_word;

/* Known words by their keys; each has one place, where the last one that came there stands. */
typedef struct known_words {
    known_word *at;
    uint32_t mask;
} known_words;

static void add(int16_t sums[NEWS_TAG_ROW], const int8_t *weights) {
    if (weights) {
        for (unsigned tag = 0; tag < NEWS_TAG_ROW; tag++) {
            sums[tag] = (int16_t)(sums[tag] + weights[tag]);
        }
    }
}

static void get_to_know(known_word *known) {
    const news_tag_word *word = &known->word, *const window[5] = {word, word, word, word, word};
    uint32_t features[NEWS_TAG_FEATURES];
    news_tag_features(window, 0, 0, features);
    memset(known->sums, 0, sizeof known->sums);
    _Static_assert(NEWS_TAG_ROW == 24 && (int)NEWS_N_TAGS <= (int)NEWS_TAG_ROW,
                   "tagtable.c lays out such rows");
    for (unsigned k = 0; k < N_OWN; k++) {
        add(known->sums, weights_of(features[own[k]]));
    }
    for (unsigned k = 0; k < N_NEAR; k++) {
        known->near[k] = weights_of(features[near[k]]);
    }
    known->binds = news_words_find(&news_words_function_words, word->folded, word->n).is_entry;
}

static void know(known_words *words, const char *bytes, const news_token *token, known_word *out) {
    uint32_t n = token->span.to - token->span.from;
    bytes += token->span.from;
    uint64_t key = UINT64_C(14695981039346656037) ^ (uint32_t)(token->kind << 8 | token->flags);
    for (uint32_t i = 0; i < n; i++) { /* FNV-1a in 64 bits */
        key = (key ^ (unsigned char)bytes[i]) * UINT64_C(1099511628211);
    }
    known_word *known = &words->at[(key ^ key >> 32) & words->mask];
    if (!known->is_set || known->key != key) {
        known->is_set = true;
        known->key = key;
        news_tag_word_read(&known->word, bytes, n, token->kind, token->flags);
        get_to_know(known);
    }
    *out = *known;
}

static unsigned best_tag(const known_word *const window[5], unsigned before, unsigned before_that) {
    uint32_t features[NEWS_TAG_FEATURES];
    int16_t score[NEWS_TAG_ROW];
    memcpy(score, window[2]->sums, sizeof score);
    add(score, window[0]->near[0]);
    add(score, window[1]->near[1]);
    add(score, window[3]->near[2]);
    add(score, window[4]->near[3]);
    bound_features(&window[2]->word, &window[3]->word, before, before_that, features);
    for (unsigned k = 0; k < N_BOUND; k++) {
        add(score, weights_of(features[bound[k]]));
    }
    /* Only the words that bind a sentence have the tags of those. */
    enum {
        BINDING = 1u << NEWS_TAG_PRONOUN | 1u << NEWS_TAG_DETERMINER | 1u << NEWS_TAG_PREPOSITION |
                  1u << NEWS_TAG_LINKER | 1u << NEWS_TAG_TO | 1u << NEWS_TAG_CONJUNCTION |
                  1u << NEWS_TAG_RELATIVE | 1u << NEWS_TAG_MODAL
    };
    bool binds = window[2]->binds;
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
    enum { LEAST_WORDS = 64, MOST_WORDS = 2048 };
    known_words words = {.mask = LEAST_WORDS - 1};
    while (words.mask + 1 < MOST_WORDS && words.mask < article->n_tokens / 2) {
        words.mask = 2 * words.mask + 1;
    }
    words.at = news_arena_array(arena, words.mask + 1, sizeof *words.at);
    if (!out->at || !words.at) {
        return false;
    }
    known_word none = {.word = {.n = 0}};
    get_to_know(&none);
    for (uint32_t s = 0; s < article->n_sentences; s++) {
        const news_sentence *sentence = &article->sentences[s];
        uint32_t first = sentence->first_token, end = first + sentence->n_tokens;
        unsigned before = NEWS_N_TAGS, before_that = NEWS_N_TAGS;
        known_word ring[5]; /* word i in ring[i % 5] */
        for (uint32_t i = first; i < end; i++) {
            const known_word *window[5];
            for (uint32_t ahead = i == first ? 0 : 2; ahead <= 2 && i + ahead < end; ahead++) {
                know(&words, article->text->bytes, &article->tokens[i + ahead],
                     &ring[(i + ahead) % 5]);
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
