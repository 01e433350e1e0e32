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

/* A sum of 16 bits for each tag, four in a number: those of tags 0 to 11, then of the others. */
typedef uint64_t sums[2 * NEWS_TAG_ROW];

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

/* Rows of weights that are to be added up. */
typedef struct rows {
    const uint64_t *at[8];
    uint32_t n;
} rows;

/* Takes the weights of a member, if it has any. */
static inline void take(rows *of, const news_tag_slot *slot, unsigned member) {
    if (slot->members >> member & 1) {
        uint32_t row = slot->row + count_bits(slot->members & ((1u << member) - 1));
        of->at[of->n++] = news_tag_model.weights + (size_t)row * NEWS_TAG_ROW;
    }
}

/* Adds the bytes of rows to the sums: no sum of a token's features leaves its 16 bits. */
static void add_rows(sums to, const rows *of) {
    const uint64_t half = UINT64_C(0x00FF00FF00FF00FF);
    uint64_t a = to[0], b = to[1], c = to[2], d = to[3], e = to[4], f = to[5];
    for (uint32_t k = 0; k < of->n; k++) {
        const uint64_t *row = of->at[k];
        uint64_t x = row[0], y = row[1], z = row[2];
        a += x & half;
        b += y & half;
        c += z & half;
        d += x >> 8 & half;
        e += y >> 8 & half;
        f += z >> 8 & half;
    }
    to[0] = a, to[1] = b, to[2] = c, to[3] = d, to[4] = e, to[5] = f;
}

/* The first tag with the largest sum. */
static unsigned largest(const sums of) {
    int16_t lanes[4 * 2 * NEWS_TAG_ROW]; /* in what order the machine has it */
    memcpy(lanes, of, sizeof lanes);
    int16_t most = lanes[0];
    for (unsigned i = 1; i < sizeof lanes / sizeof *lanes; i++) { /* goes as vectors */
        most = lanes[i] > most ? lanes[i] : most;
    }
    unsigned tag = 0;
    while ((int16_t)(of[tag / 4] >> 16 * (tag % 4)) != most) {
        tag++;
    }
    return tag;
}

/* ---- Words that come again ---- */

/* A form with what does not change from place to place: the same few hundred words are most of any
 * article. */
typedef struct known_word {
    news_tag_word word;
    const news_tag_slot *slot, *parts_shape, *next;
    sums own, behind, ahead;
} known_word;

/* What two neighbours have together; few pairs are most of any article. */
typedef struct known_pair {
    uint32_t key;
    const news_tag_slot *slot; /* NULL: none yet */
} known_pair;

enum { N_PAIRS = 256 }; /* by the upper eight bits of a hash */

typedef struct tagger {
    news_arena *arena;
    const news_article *article;
    const news_tag_forms *forms;
    known_word **words; /* by form: where a sentence goes on, and where it starts */
    known_pair shapes[N_PAIRS], parts[N_PAIRS];
    const news_tag_slot *tags[NEWS_N_TAGS + 1];
    sums leads[2];   /* of words that do not bind a sentence, and of those that do */
    known_word none; /* behind a sentence's end */
} tagger;

/* Makes a tag better than any without it: seventeen weights of a byte are less. */
#define LEAD UINT64_C(8192)

/* Only the words that bind a sentence have the tags of those. */
static void lead(sums own, bool binds) {
    enum {
        BINDING = 1u << NEWS_TAG_PRONOUN | 1u << NEWS_TAG_DETERMINER | 1u << NEWS_TAG_PREPOSITION |
                  1u << NEWS_TAG_LINKER | 1u << NEWS_TAG_TO | 1u << NEWS_TAG_CONJUNCTION |
                  1u << NEWS_TAG_RELATIVE | 1u << NEWS_TAG_MODAL
    };
    memset(own, 0, sizeof(sums));
    for (unsigned tag = 0; tag < NEWS_N_TAGS; tag++) {
        own[tag / 4] |= (binds || !(BINDING >> tag & 1) ? LEAD : 0) << 16 * (tag % 4);
    }
}

static void get_to_know(const tagger *t, known_word *known, bool binds) {
    const news_tag_word *word = &known->word;
    const news_tag_slot *parts = find(parts_family(word));
    uint32_t families[N_ALONE];
    alone(word, families);
    known->slot = find(word_family(word));
    known->parts_shape = find(parts_shape_family(word));
    known->next = find(next_family(word));
    rows own = {.n = 0}, behind = {.n = 0}, ahead = {.n = 0};
    for (unsigned k = 0; k < N_ALONE; k++) {
        take(&own, find(families[k]), OWN);
    }
    take(&own, known->slot, OWN);
    take(&own, known->parts_shape, OWN);
    take(&behind, known->slot, BEHIND);
    take(&behind, parts, BEHIND);
    take(&ahead, known->slot, AHEAD);
    take(&ahead, parts, AHEAD);
    memcpy(known->own, t->leads[binds], sizeof known->own);
    memset(known->behind, 0, sizeof known->behind);
    memset(known->ahead, 0, sizeof known->ahead);
    add_rows(known->own, &own);
    add_rows(known->behind, &behind);
    add_rows(known->ahead, &ahead);
}

/* The word at a token; NULL: out of memory. */
static const known_word *know(tagger *t, uint32_t token) {
    const news_token *of = &t->article->tokens[token];
    uint32_t at = 2 * t->forms->of[token] + ((of->flags & NEWS_TOKEN_FIRST) ? 1 : 0);
    known_word *known = t->words[at];
    if (known) {
        return known;
    }
    known = news_arena_alloc(t->arena, sizeof *known);
    if (known) {
        bool binds = read_word(&known->word, t->article->text->bytes + of->span.from,
                               of->span.to - of->span.from, of->kind, of->flags);
        get_to_know(t, known, binds);
        t->words[at] = known;
    }
    return known;
}

static inline known_pair *pair_at(known_pair *pairs, uint32_t key) {
    return &pairs[key * 2654435761u >> 24]; /* Knuth's multiplier, as in words.h */
}

static inline const news_tag_slot *know_shapes(tagger *t, const news_tag_word *w,
                                               const news_tag_word *next) {
    uint32_t key = (uint32_t)w->shape << 16 | next->shape;
    known_pair *pair = pair_at(t->shapes, key);
    if (pair->key != key || !pair->slot) {
        *pair = (known_pair){key, find(shapes_family(w, next))};
    }
    return pair->slot;
}

static inline const news_tag_slot *know_parts(tagger *t, const news_tag_word *w,
                                              const news_tag_word *next) {
    uint32_t key = (uint32_t)w->parts << 16 | next->parts;
    known_pair *pair = pair_at(t->parts, key);
    if (pair->key != key || !pair->slot) {
        *pair = (known_pair){key, find(both_parts_family(w, next))};
    }
    return pair->slot;
}

static unsigned best_tag(tagger *t, const known_word *last, const known_word *word,
                         const known_word *next, unsigned before, unsigned before_that) {
    const news_tag_word *w = &word->word, *n = &next->word;
    rows of = {.n = 0};
    take(&of, word->slot, BEFORE + before);
    take(&of, word->parts_shape, BEFORE + before);
    take(&of, t->tags[before], BEFORE + before_that);
    take(&of, next->next, BEFORE + before);
    take(&of, know_shapes(t, w, n), BEFORE + before);
    take(&of, know_parts(t, w, n), BEFORE + before);
    sums score;
    for (unsigned k = 0; k < sizeof score / sizeof *score; k++) {
        score[k] = word->own[k] + last->behind[k] + next->ahead[k];
    }
    add_rows(score, &of);
    return largest(score);
}

static bool tag_sentence(tagger *t, uint32_t first, uint32_t end, uint8_t *out) {
    unsigned before = NEWS_N_TAGS, before_that = NEWS_N_TAGS;
    const known_word *last = &t->none, *word = last, *next = know(t, first);
    for (uint32_t i = first; i < end; i++) {
        last = word;
        word = next;
        next = i + 1 < end ? know(t, i + 1) : &t->none;
        if (!word || !next) {
            return false;
        }
        uint8_t kind = t->article->tokens[i].kind;
        unsigned tag = kind == NEWS_TOKEN_QUOTE || kind == NEWS_TOKEN_MARK ? NEWS_TAG_MARK
                       : kind == NEWS_TOKEN_LINK
                           ? NEWS_TAG_NAME
                           : best_tag(t, last, word, next, before, before_that);
        out[i] = (uint8_t)tag;
        before_that = before;
        before = tag;
    }
    return true;
}

bool news_form_is_tagged(const news_block *block) {
    return block->role != NEWS_ROLE_BOILERPLATE && block->role != NEWS_ROLE_CODE &&
           block->role != NEWS_ROLE_CREDIT && block->role != NEWS_ROLE_BYLINE &&
           block->role != NEWS_ROLE_DATE;
}

/* What the words are known by lives no longer than the tagging. */
static bool tag_all(tagger *t, uint8_t *out) {
    const news_article *article = t->article;
    t->words = news_arena_array(t->arena, 2 * (size_t)t->forms->n + 1, sizeof *t->words);
    if (!t->words) {
        return false;
    }
    for (unsigned tag = 0; tag <= NEWS_N_TAGS; tag++) {
        t->tags[tag] = find(family_of(TAG, tag, 0));
    }
    lead(t->leads[false], false);
    lead(t->leads[true], true);
    get_to_know(t, &t->none, false);
    for (uint32_t s = 0; s < article->n_sentences; s++) {
        const news_sentence *sentence = &article->sentences[s];
        uint32_t first = sentence->first_token;
        if (sentence->n_tokens && news_form_is_tagged(&article->blocks[sentence->block]) &&
            !tag_sentence(t, first, first + sentence->n_tokens, out)) {
            return false;
        }
    }
    return true;
}

bool news_form_tags(news_arena *arena, const news_article *article, const news_tag_forms *forms,
                    news_tags *out) {
    _Static_assert(NEWS_TAG_ROW == 3 && (int)NEWS_N_TAGS <= 8 * (int)NEWS_TAG_ROW,
                   "tagtable.c lays out such rows");
    out->n = article->n_tokens;
    out->at = news_arena_array(arena, article->n_tokens ? article->n_tokens : 1, 1);
    news_arena scratch = {0};
    tagger t = {.arena = &scratch, .article = article, .forms = forms};
    bool done = out->at && tag_all(&t, out->at);
    news_arena_free(&scratch);
    return done;
}
