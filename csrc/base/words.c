/* Look-up in the constant hash tables. */
#include "words.h"
#include "utf8.h"

#include <string.h>

/* No list has longer entries; a longer needle is known not to be there without folding it. */
enum { LONGEST_ENTRY = 256 };

/* Bytes that are looked up as one number. */
enum { PACKED = 8 };

static const news_word none = {false, false, 0};

/* False where no entry has such a length and such a first byte. */
static bool may_have(const news_words *words, unsigned char first, size_t n) {
    return n > 0 && n <= words->longest &&
           (!words->lengths ||
            (words->lengths[first % NEWS_WORDS_FIRSTS] & news_words_length_bit(n)));
}

static news_word found(const news_words_slot *slot) {
    return (news_word){slot->is_entry, slot->is_prefix, slot->value};
}

static news_word find_packed(const news_words *words, uint64_t packed, size_t n) {
    if (!may_have(words, packed & 0xFF, n)) {
        return none;
    }
    for (uint32_t i = news_words_packed_key(packed, n) & words->mask; words->slots[i].at;
         i = (i + 1) & words->mask) {
        const news_words_slot *slot = &words->slots[i];
        if (slot->length == n && news_words_pack(words->bytes + slot->at - 1, n) == packed) {
            return found(slot);
        }
    }
    return none;
}

news_word news_words_find_keyed(const news_words *words, const char *bytes, size_t n,
                                uint32_t key) {
    if (!may_have(words, n ? (unsigned char)bytes[0] : 0, n)) {
        return none;
    }
    for (uint32_t i = key & words->mask; words->slots[i].at; i = (i + 1) & words->mask) {
        const news_words_slot *slot = &words->slots[i];
        if (slot->length == n && memcmp(words->bytes + slot->at - 1, bytes, n) == 0) {
            return found(slot);
        }
    }
    return none;
}

news_word news_words_find(const news_words *words, const char *bytes, size_t n) {
    if (n <= PACKED) {
        return find_packed(words, news_words_pack(bytes, n), n);
    }
    return may_have(words, (unsigned char)bytes[0], n)
               ? news_words_find_keyed(words, bytes, n, news_words_key(bytes, n))
               : none;
}

/* What news_words_pack() would say of them. */
static uint64_t pack_eight(uint64_t eight, uint32_t n) {
    if (n >= 4) {
        return (eight & UINT32_MAX) | eight >> 8 * (n - 4) << 32;
    }
    return n >= 2 ? (eight & 0xFFFF) | eight >> 8 * (n - 2) << 16 : eight;
}

news_word news_words_find_eight(const news_words *words, uint64_t eight, uint32_t n) {
    return find_packed(words, pack_eight(eight, n), n);
}

news_word news_words_find_folded(const news_words *words, const char *bytes, size_t n) {
    char folded[2 * LONGEST_ENTRY];
    if (n <= PACKED) {
        uint64_t packed = news_words_pack(bytes, n);
        if (news_utf8_are_plain(packed)) {
            return find_packed(words, news_utf8_lower_eight(packed), n);
        }
    }
    if (n > LONGEST_ENTRY) {
        return none;
    }
    return news_words_find(words, folded, news_utf8_fold(bytes, (uint32_t)n, folded));
}
