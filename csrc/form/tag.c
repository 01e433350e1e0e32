/* Features, and the greedy walk from left to right; the weights are csrc/data/model/tags.txt. */
#include "tag.h"
#include "tag_model.h"
#include "utf8.h"
#include "word_lists.h"

#include <string.h>

/* ---- Features ---- */

static uint32_t mix(uint32_t h, const char *bytes, uint32_t n) {
    for (uint32_t i = 0; i < n; i++) {
        h = (h ^ (unsigned char)bytes[i]) * 16777619u;
    }
    return (h ^ 0xFF) * 16777619u;
}

/* Joins two hashes or small numbers. Source of the steps: the finish of MurmurHash3, in the public
 * domain. */
static uint32_t join(uint32_t a, uint32_t b) {
    uint32_t h = (a ^ b * 0x9E3779B1u) * 0x85EBCA6Bu;
    return h ^ h >> 15;
}

static uint32_t ending(const char *folded, uint32_t n, uint32_t m) {
    return m < n ? mix(m, folded + n - m, m) : mix(m, folded, n);
}

/* Fills what the features are made of; whether the word is one of those that bind a sentence. */
static bool read_word(news_tag_word *out, const char *bytes, uint32_t n, uint8_t kind,
                      uint8_t flags) {
    char folded[48];
    enum { ROOM = sizeof folded / 2 };
    if (n > ROOM) {
        uint32_t from = n - ROOM;
        while (from < n && ((unsigned char)bytes[from] & 0xC0) == 0x80) {
            from++;
        }
        bytes += from;
        n -= from;
    }
    n = news_utf8_fold(bytes, n, folded);
    if (kind == NEWS_TOKEN_NUMBER || (flags & NEWS_TOKEN_HAS_DIGIT)) {
        for (uint32_t i = 0; i < n; i++) {
            if (folded[i] >= '0' && folded[i] <= '9') {
                folded[i] = '0';
            }
        }
    }
    if (kind == NEWS_TOKEN_QUOTE) { /* marks of all styles look alike */
        folded[0] = '"';
        n = 1;
    }
    news_word parts = news_words_find(&news_words_parts, folded, n);
    *out = (news_tag_word){
        .word = mix(0, folded, n),
        .last2 = ending(folded, n, 2),
        .last3 = ending(folded, n, 3),
        .last4 = ending(folded, n, 4),
        .first = mix(1, folded, n ? 1 : 0),
        .shape = (uint16_t)((flags &
                             (NEWS_TOKEN_CAPITAL | NEWS_TOKEN_ALL_CAPS | NEWS_TOKEN_MIXED |
                              NEWS_TOKEN_HAS_DIGIT | NEWS_TOKEN_FIRST | NEWS_TOKEN_ABBREVIATION)) |
                            kind << 8),
        .parts = (uint16_t)(parts.is_entry ? parts.value + 1 : 0),
    };
    return news_words_find(&news_words_function_words, folded, n).is_entry;
}

void news_tag_word_read(news_tag_word *out, const char *bytes, uint32_t n, uint8_t kind,
                        uint8_t flags) {
    (void)read_word(out, bytes, n, kind, flags);
}

/* A feature is a family and one of its members: a family is told by a hash whose lowest bits are
 * free for the member, so that one look-up finds all weights that a word, an ending or a pair of
 * words has, wherever it stands and whatever tag stands before it. */
enum {
    MEMBERS = 32,
    OWN = 0,    /* for the token itself */
    BEHIND = 1, /* for the token behind it */
    AHEAD = 2,  /* for the token before it */
    BEFORE = 3, /* with the tag before the token: NEWS_N_TAGS at the start of a sentence */
};
_Static_assert((int)BEFORE + NEWS_N_TAGS < (int)MEMBERS, "each tag has a member");

typedef enum family {
    WORD,
    LAST2_SHAPE,
    LAST3,
    LAST4,
    FIRST_SHAPE,
    SHAPE,
    PARTS,
    PARTS_SHAPE,
    TAG,
    NEXT_LAST3,
    SHAPES,
    BOTH_PARTS,
} family;

static uint32_t family_of(family of, uint32_t a, uint32_t b) {
    return join(join(((uint32_t)of + 1) * 2654435761u, a), b) & ~(uint32_t)(MEMBERS - 1);
}

static uint32_t word_family(const news_tag_word *w) {
    return family_of(WORD, w->word, 0);
}

static uint32_t parts_family(const news_tag_word *w) {
    return family_of(PARTS, w->parts, 0);
}

static uint32_t parts_shape_family(const news_tag_word *w) {
    return family_of(PARTS_SHAPE, w->parts, w->shape);
}

static uint32_t next_family(const news_tag_word *next) {
    return family_of(NEXT_LAST3, next->last3, 0);
}

static uint32_t shapes_family(const news_tag_word *w, const news_tag_word *next) {
    return family_of(SHAPES, w->shape, next->shape & (uint32_t)(0xFF00 | NEWS_TOKEN_CAPITAL));
}

static uint32_t both_parts_family(const news_tag_word *w, const news_tag_word *next) {
    return family_of(BOTH_PARTS, w->parts, next->parts);
}

/* What is for the token alone and of no other use. */
enum { N_ALONE = 5 };

static void alone(const news_tag_word *w, uint32_t out[N_ALONE]) {
    out[0] = family_of(LAST3, w->last3, 0);
    out[1] = family_of(LAST2_SHAPE, w->last2, w->shape);
    out[2] = family_of(LAST4, w->last4, 0);
    out[3] = family_of(FIRST_SHAPE, w->first, w->shape);
    out[4] = family_of(SHAPE, w->shape, 0);
}

void news_tag_features(const news_tag_word *last, const news_tag_word *word,
                       const news_tag_word *next, unsigned before, unsigned before_that,
                       uint32_t out[NEWS_TAG_FEATURES]) {
    const uint32_t features[] = {
        word_family(word) + OWN,
        parts_shape_family(word) + OWN,
        word_family(last) + BEHIND,
        parts_family(last) + BEHIND,
        word_family(next) + AHEAD,
        parts_family(next) + AHEAD,
        word_family(word) + BEFORE + before,
        parts_shape_family(word) + BEFORE + before,
        family_of(TAG, before, 0) + BEFORE + before_that,
        next_family(next) + BEFORE + before,
        shapes_family(word, next) + BEFORE + before,
        both_parts_family(word, next) + BEFORE + before,
    };
    enum { N = sizeof features / sizeof *features };
    _Static_assert(N_ALONE + (int)N == (int)NEWS_TAG_FEATURES, "all are told");
    alone(word, out);
    memcpy(out + N_ALONE, features, sizeof features);
}

/* ---- Weights ---- */

typedef int16_t sums[NEWS_TAG_ROW];

static uint32_t count_bits(uint32_t bits) {
    bits -= bits >> 1 & 0x55555555u;
    bits = (bits & 0x33333333u) + (bits >> 2 & 0x33333333u);
    return ((bits + (bits >> 4)) & 0x0F0F0F0Fu) * 0x01010101u >> 24;
}

/* The slot of a family; one without members where nothing was learnt of it. */
static const news_tag_slot *find(uint32_t of) {
    const news_tag_slot *slots = news_tag_model.slots;
    uint32_t i = of / MEMBERS & news_tag_model.mask;
    while (slots[i].members && slots[i].key != of) {
        i = (i + 1) & news_tag_model.mask;
    }
    return &slots[i];
}

/* Adds the weights of a member, if it has any. */
static void add(sums to, const news_tag_slot *slot, unsigned member) {
    if (slot->members >> member & 1) {
        uint32_t row = slot->row + count_bits(slot->members & ((1u << member) - 1));
        const int8_t *weights = news_tag_model.weights + (size_t)row * NEWS_TAG_ROW;
        for (unsigned tag = 0; tag < NEWS_TAG_ROW; tag++) {
            to[tag] = (int16_t)(to[tag] + weights[tag]);
        }
    }
}

/* ---- Words that come again ---- */

/* A word with what does not change from place to place: the same few hundred words are most of any
 * article. */
typedef struct known_word {
    uint64_t key; /* hash of its bytes, kind and flags */
    news_tag_word word;
    const news_tag_slot *slot, *parts_shape, *next;
    sums own, behind, ahead;
    bool binds;
} known_word;

/* Each key has one place, where the last one that came there stands. */
typedef struct tagger {
    const news_article *article;
    known_word *words;
    bool *is_known; /* whether a place is taken */
    uint32_t mask;
    const news_tag_slot *tags[NEWS_N_TAGS + 1];
    known_word none, spare[3]; /* behind a sentence's end; for words whose place is in use */
} tagger;

static void add_sums(sums to, const sums more) {
    for (unsigned tag = 0; tag < NEWS_TAG_ROW; tag++) {
        to[tag] = (int16_t)(to[tag] + more[tag]);
    }
}

static void get_to_know(known_word *known) {
    const news_tag_word *word = &known->word;
    uint32_t families[N_ALONE];
    alone(word, families);
    known->slot = find(word_family(word));
    known->parts_shape = find(parts_shape_family(word));
    known->next = find(next_family(word));
    memset(known->own, 0, sizeof known->own);
    memset(known->behind, 0, sizeof known->behind);
    memset(known->ahead, 0, sizeof known->ahead);
    for (unsigned k = 0; k < N_ALONE; k++) {
        add(known->own, find(families[k]), OWN);
    }
    add(known->own, known->slot, OWN);
    add(known->own, known->parts_shape, OWN);
    const news_tag_slot *parts = find(parts_family(word));
    add(known->behind, known->slot, BEHIND);
    add(known->behind, parts, BEHIND);
    add(known->ahead, known->slot, AHEAD);
    add(known->ahead, parts, AHEAD);
}

/* The word at a token; `last` and `word`, the two before it, stay in their places. */
static const known_word *know(tagger *t, uint32_t token, const known_word *last,
                              const known_word *word) {
    const news_token *of = &t->article->tokens[token];
    const char *bytes = t->article->text->bytes + of->span.from;
    uint32_t n = of->span.to - of->span.from;
    uint64_t key = UINT64_C(14695981039346656037) ^ (uint32_t)(of->kind << 8 | of->flags);
    for (uint32_t i = 0; i < n; i++) { /* FNV-1a in 64 bits */
        key = (key ^ (unsigned char)bytes[i]) * UINT64_C(1099511628211);
    }
    uint32_t at = (uint32_t)(key ^ key >> 32) & t->mask;
    known_word *known = &t->words[at];
    bool is_known = t->is_known[at] && known->key == key;
    if (!is_known && (known == last || known == word)) {
        for (known = t->spare; known == last || known == word;) {
            known++;
        }
    } else {
        t->is_known[at] = true;
    }
    if (!is_known) {
        known->key = key;
        known->binds = read_word(&known->word, bytes, n, of->kind, of->flags);
        get_to_know(known);
    }
    return known;
}

static unsigned best_tag(const tagger *t, const known_word *last, const known_word *word,
                         const known_word *next, unsigned before, unsigned before_that) {
    sums score;
    memcpy(score, word->own, sizeof score);
    add_sums(score, last->behind);
    add_sums(score, next->ahead);
    add(score, word->slot, BEFORE + before);
    add(score, word->parts_shape, BEFORE + before);
    add(score, t->tags[before], BEFORE + before_that);
    add(score, next->next, BEFORE + before);
    add(score, find(shapes_family(&word->word, &next->word)), BEFORE + before);
    add(score, find(both_parts_family(&word->word, &next->word)), BEFORE + before);
    /* Only the words that bind a sentence have the tags of those. */
    enum {
        BINDING = 1u << NEWS_TAG_PRONOUN | 1u << NEWS_TAG_DETERMINER | 1u << NEWS_TAG_PREPOSITION |
                  1u << NEWS_TAG_LINKER | 1u << NEWS_TAG_TO | 1u << NEWS_TAG_CONJUNCTION |
                  1u << NEWS_TAG_RELATIVE | 1u << NEWS_TAG_MODAL
    };
    uint32_t barred = word->binds ? 0 : BINDING;
    unsigned best = 0;
    for (unsigned tag = 1; tag < NEWS_N_TAGS; tag++) {
        if (score[tag] > score[best] && !(barred >> tag & 1)) {
            best = tag;
        }
    }
    return best;
}

static void tag_sentence(tagger *t, uint32_t first, uint32_t end, uint8_t *out) {
    unsigned before = NEWS_N_TAGS, before_that = NEWS_N_TAGS;
    const known_word *last = &t->none, *word = last, *next = last;
    for (uint32_t i = first; i < end; i++) {
        last = word;
        word = i == first ? know(t, i, NULL, NULL) : next;
        next = i + 1 < end ? know(t, i + 1, last, word) : &t->none;
        uint8_t kind = t->article->tokens[i].kind;
        unsigned tag = kind == NEWS_TOKEN_QUOTE || kind == NEWS_TOKEN_MARK ? NEWS_TAG_MARK
                       : kind == NEWS_TOKEN_LINK
                           ? NEWS_TAG_NAME
                           : best_tag(t, last, word, next, before, before_that);
        out[i] = (uint8_t)tag;
        before_that = before;
        before = tag;
    }
}

bool news_form_tags(news_arena *arena, const news_article *article, news_tags *out) {
    _Static_assert(NEWS_TAG_ROW == 24 && (int)NEWS_N_TAGS <= (int)NEWS_TAG_ROW,
                   "tagtable.c lays out such rows");
    out->n = article->n_tokens;
    out->at = news_arena_array(arena, article->n_tokens ? article->n_tokens : 1, 1);
    enum { LEAST_WORDS = 64, MOST_WORDS = 1024 };
    tagger t = {.article = article, .mask = LEAST_WORDS - 1};
    while (t.mask + 1 < MOST_WORDS && t.mask < article->n_tokens / 2) {
        t.mask = 2 * t.mask + 1;
    }
    t.words = news_arena_alloc(arena, (t.mask + 1) * sizeof *t.words);
    t.is_known = news_arena_array(arena, t.mask + 1, sizeof *t.is_known);
    if (!out->at || !t.words || !t.is_known) {
        return false;
    }
    for (unsigned tag = 0; tag <= NEWS_N_TAGS; tag++) {
        t.tags[tag] = find(family_of(TAG, tag, 0));
    }
    get_to_know(&t.none);
    for (uint32_t s = 0; s < article->n_sentences; s++) {
        uint32_t first = article->sentences[s].first_token;
        tag_sentence(&t, first, first + article->sentences[s].n_tokens, out->at);
    }
    return true;
}
