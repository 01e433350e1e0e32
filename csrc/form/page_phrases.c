/* Words are folded once; each is tried as a phrase's first, and with those behind it as long as a
 * phrase starts so. */
#include "page_phrases.h"
#include "utf8.h"
#include "word_lists.h"

enum {
    SEEN = 240, /* bytes that are looked at: such phrases stand early or in short lines */
    ROOM = 720, /* a folded character takes three bytes at most where it took one */
    WORDS = 128,
    LONGEST = 5, /* words of a phrase */
};

static bool is_joint(uint32_t c) {
    return c == '\'' || c == 0x2019 || c == '-';
}

uint16_t news_page_phrases_in(const char *text, news_span span) {
    char folded[ROOM];
    uint16_t starts[WORDS + 1], ends[WORDS];
    uint32_t n = 0, n_words = 0, to = span.to - span.from > SEEN ? span.from + SEEN : span.to;
    bool inside = false;
    for (uint32_t at = span.from, length; at < to && n_words < WORDS && n + 8 < ROOM;
         at += length) {
        uint32_t c = (unsigned char)text[at], unused;
        uint32_t small = c | 0x20;
        if (c < 0x80 && ((small >= 'a' && small <= 'z') || (c >= '0' && c <= '9'))) {
            if (!inside) {
                starts[n_words] = (uint16_t)n;
            }
            folded[n++] = (char)(c >= 'A' ? small : c);
            inside = true;
            length = 1;
            continue;
        }
        c = news_utf8_decode(text + at, span.to - at, &length);
        bool is_word = news_utf8_is_letter(c) || news_utf8_is_digit(c) || c == 0xA9 ||
                       (inside && is_joint(c) && at + length < span.to &&
                        news_utf8_is_letter(
                            news_utf8_decode(text + at + length, span.to - at - length, &unused)));
        if (is_word) {
            if (!inside) {
                starts[n_words] = (uint16_t)n;
            }
            n += news_utf8_encode(c == 0x2019 ? '\'' : news_utf8_lower(c), folded + n);
        } else if (inside) {
            ends[n_words++] = (uint16_t)n;
            folded[n++] = ' ';
        }
        inside = is_word;
    }
    if (inside && n_words < WORDS) {
        ends[n_words++] = (uint16_t)n;
    }
    uint16_t flags = 0;
    for (uint32_t i = 0; i < n_words; i++) {
        for (uint32_t k = i; k < n_words && k < i + LONGEST; k++) {
            news_word known = news_words_find(&news_words_page_phrases, folded + starts[i],
                                              (size_t)ends[k] - starts[i]);
            flags |= known.is_entry ? known.value : 0;
            if (!known.is_prefix) {
                break;
            }
        }
    }
    return flags;
}
