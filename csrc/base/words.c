/* Look-up in the constant hash tables. */
#include "words.h"
#include "utf8.h"

#include <string.h>

/* No list has longer entries; a longer needle is known not to be there without folding it. */
enum { LONGEST_ENTRY = 256 };

/* False where no entry has such a length and such a first byte. */
static bool may_have(const news_words *words, const char *bytes, size_t n) {
    return n > 0 && n <= words->longest &&
           (!words->lengths || (words->lengths[(unsigned char)bytes[0] % NEWS_WORDS_FIRSTS] &
                                news_words_length_bit(n)));
}

news_word news_words_find_hashed(const news_words *words, const char *bytes, size_t n,
                                 uint32_t hash) {
    news_word none = {false, false, 0};
    if (!may_have(words, bytes, n)) {
        return none;
    }
    for (uint32_t i = hash & words->mask; words->slots[i].at; i = (i + 1) & words->mask) {
        const news_words_slot *slot = &words->slots[i];
        if (slot->length == n && memcmp(words->bytes + slot->at - 1, bytes, n) == 0) {
            return (news_word){slot->is_entry, slot->is_prefix, slot->value};
        }
    }
    return none;
}

news_word news_words_find(const news_words *words, const char *bytes, size_t n) {
    if (!may_have(words, bytes, n)) {
        return (news_word){false, false, 0};
    }
    return news_words_find_hashed(words, bytes, n, news_words_hash(bytes, n));
}

news_word news_words_find_folded(const news_words *words, const char *bytes, size_t n) {
    char folded[2 * LONGEST_ENTRY];
    if (n > LONGEST_ENTRY) {
        return (news_word){false, false, 0};
    }
    return news_words_find(words, folded, news_utf8_fold(bytes, (uint32_t)n, folded));
}
