/* Word tables: the lists of csrc/data, compiled into constant hash tables by
 * csrc/tools/wordtable.c.
 *
 * A list is a text file of one entry a line, `entry` or `entry<TAB>value`; `#` starts a comment
 * line. A line `#values: a b c` names the values (stored as 0, 1, 2 …, a missing value is the
 * first); a line
 * `#flags: a b c` makes them bits (1, 2, 4 …) that an entry may join by commas. Entries are matched
 * byte for byte: lists of common words are written in lower case and looked up folded. Entries may
 * hold blanks; then each shorter run of their words is known as a prefix, so that a matcher may
 * stop early.
 */
#ifndef NEWS_WORDS_H
#define NEWS_WORDS_H

#include "newsoutline.h"

/* Slot of the open-addressed table; `at` is 1 + the offset of the entry's bytes, 0 where it is
 * free. */
typedef struct news_words_slot {
    uint32_t at;
    uint16_t length;
    uint16_t value : 14;
    uint16_t is_entry : 1;
    uint16_t is_prefix : 1;
} news_words_slot;

typedef struct news_words {
    const char *bytes;
    const news_words_slot *slots;
    uint32_t mask;    /* number of slots, a power of two, less one */
    uint32_t longest; /* most bytes of an entry */
    /* By the first byte, less its top bits: a bit for each length that entries have, the last for
     * longer ones, too. Most words that are looked up are in no list, and told by this. NULL for a
     * list of so many entries that it tells nothing. */
    const uint32_t *lengths;
} news_words;

enum { NEWS_WORDS_FIRSTS = 64, NEWS_WORDS_LONGEST_TOLD = 31 };

static inline uint32_t news_words_length_bit(size_t n) {
    return 1u << (n < NEWS_WORDS_LONGEST_TOLD ? n : NEWS_WORDS_LONGEST_TOLD);
}

/* What a look-up says. */
typedef struct news_word {
    bool is_entry;  /* the list has it, with this value */
    bool is_prefix; /* longer entries start with it and a blank */
    uint16_t value;
} news_word;

/* 32-bit FNV-1a, shared with the tool that lays the tables out.
 * Source: the constants of Fowler, Noll and Vo's public-domain description. */
#define NEWS_WORDS_HASH_START 2166136261u

/* The hash of what was hashed before and one byte more, to be ended before it is used. */
static inline uint32_t news_words_hash_on(uint32_t hash, unsigned char byte) {
    return (hash ^ byte) * 16777619u;
}

static inline uint32_t news_words_hash_end(uint32_t hash) {
    return hash ^ hash >> 15;
}

static inline uint32_t news_words_hash(const char *bytes, size_t n) {
    uint32_t h = NEWS_WORDS_HASH_START;
    for (size_t i = 0; i < n; i++) {
        h = news_words_hash_on(h, (unsigned char)bytes[i]);
    }
    return news_words_hash_end(h);
}

/* Looks up `n` bytes as they are. */
news_word news_words_find(const news_words *words, const char *bytes, size_t n);

/* The same for those who know news_words_hash() of the bytes: one word asked of several tables. */
news_word news_words_find_hashed(const news_words *words, const char *bytes, size_t n,
                                 uint32_t hash);

/* Looks up the lower-case form of `n` bytes. */
news_word news_words_find_folded(const news_words *words, const char *bytes, size_t n);

#endif
