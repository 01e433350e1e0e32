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

/* 32-bit FNV-1a, by which models know words.
 * Source: the constants of Fowler, Noll and Vo's public-domain description. */
static inline uint32_t news_words_hash(const char *bytes, size_t n) {
    uint32_t h = 2166136261u;
    for (size_t i = 0; i < n; i++) {
        h = (h ^ (unsigned char)bytes[i]) * 16777619u;
    }
    return h ^ h >> 15;
}

/* Little-endian whatever the machine: tables are laid out where the module is built. */
static inline uint64_t news_words_four(const char *bytes) {
    const unsigned char *b = (const unsigned char *)bytes;
    return b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
}

/* Up to eight bytes as one number, different ones for different bytes of the same number; most
 * words are as short, and are compared so. */
static inline uint64_t news_words_pack(const char *bytes, size_t n) {
    const unsigned char *b = (const unsigned char *)bytes;
    if (n >= 4) {
        return news_words_four(bytes) | news_words_four(bytes + n - 4) << 32;
    }
    return n >= 2 ? b[0] | (uint64_t)b[1] << 8 | (uint64_t)b[n - 2] << 16 | (uint64_t)b[n - 1] << 24
           : n == 1 ? b[0]
                    : 0;
}

/* One step of the hash that the tables are laid out by.
 * Source: the multiplier of Fibonacci hashing (Knuth, The Art of Computer Programming, 6.4). */
static inline uint64_t news_words_step(uint64_t h, uint64_t packed) {
    h = (h ^ packed) * UINT64_C(0x9E3779B97F4A7C15);
    return h ^ h >> 32;
}

static inline uint32_t news_words_packed_key(uint64_t packed, size_t n) {
    uint64_t h = news_words_step(n, packed);
    return (uint32_t)(h * UINT64_C(0x9E3779B97F4A7C15) >> 32);
}

/* Where tables have the bytes. */
static inline uint32_t news_words_key(const char *bytes, size_t n) {
    uint64_t h = n;
    size_t left = n;
    for (; left > 8; left -= 8, bytes += 8) {
        h = news_words_step(h, news_words_pack(bytes, 8));
    }
    return news_words_packed_key(h ^ n ^ news_words_pack(bytes, left), n);
}

/* Looks up `n` bytes as they are. */
news_word news_words_find(const news_words *words, const char *bytes, size_t n);

/* The same for those who know news_words_key() of the bytes: one word asked of several tables. */
news_word news_words_find_keyed(const news_words *words, const char *bytes, size_t n, uint32_t key);

/* The same for up to eight bytes held in a number as news_eight_read() does. */
news_word news_words_find_eight(const news_words *words, uint64_t eight, uint32_t n);

/* Looks up the lower-case form of `n` bytes. */
news_word news_words_find_folded(const news_words *words, const char *bytes, size_t n);

#endif
