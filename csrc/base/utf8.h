/* Code points of UTF-8 text and the few classes of them that news text needs; no locale involved.
 */
#ifndef NEWS_UTF8_H
#define NEWS_UTF8_H

#include "newsoutline.h"

/* U+FFFD, what a byte that is no text is read as. */
#define NEWS_REPLACEMENT 0xFFFDu

/* Nearly all of news is ASCII, and all of it passes here several times: what is asked of it is
 * answered in place, and the rest in utf8.c, by the functions that end in _wide. */
uint32_t news_utf8_decode_wide(const char *bytes, size_t n, uint32_t *length);
bool news_utf8_is_space_wide(uint32_t c);
bool news_utf8_is_letter_wide(uint32_t c);
bool news_utf8_is_lower_wide(uint32_t c);
uint32_t news_utf8_lower_wide(uint32_t c);

/* The code point at `bytes`, of which at least one and at most `n` may be read, and its length in
 * `*length`; for a byte that is no valid UTF-8, NEWS_REPLACEMENT and 1. */
static inline uint32_t news_utf8_decode(const char *bytes, size_t n, uint32_t *length) {
    if ((unsigned char)bytes[0] < 0x80) {
        *length = 1;
        return (unsigned char)bytes[0];
    }
    return news_utf8_decode_wide(bytes, n, length);
}

/* The code point that ends just before `bytes + at` (at > 0), in valid UTF-8. */
uint32_t news_utf8_before(const char *bytes, size_t at, uint32_t *length);

/* Writes a code point to `out` (4 bytes of room) and returns its length; what is none becomes
 * U+FFFD. */
uint32_t news_utf8_encode(uint32_t code_point, char *out);

/* How many of the first bytes are ASCII without NUL. */
size_t news_utf8_plain(const char *bytes, size_t n);

/* How many of the first bytes are valid UTF-8 without NUL. */
size_t news_utf8_valid(const char *bytes, size_t n);

/* White space, the no-break and zero-width spaces included. */
static inline bool news_utf8_is_space(uint32_t c) {
    return c < 0x80 ? c == ' ' || (c >= '\t' && c <= '\r') : news_utf8_is_space_wide(c);
}

static inline bool news_utf8_is_digit(uint32_t c) {
    return c >= '0' && c <= '9';
}

/* Letters of any script, combining marks included. */
static inline bool news_utf8_is_letter(uint32_t c) {
    return c < 0x80 ? (c | 0x20) >= 'a' && (c | 0x20) <= 'z' : news_utf8_is_letter_wide(c);
}

/* Lower case for Latin, Greek and Cyrillic letters, else `c`. */
static inline uint32_t news_utf8_lower(uint32_t c) {
    return c < 0x80 ? c + (c >= 'A' && c <= 'Z' ? 32u : 0u) : news_utf8_lower_wide(c);
}

static inline bool news_utf8_is_upper(uint32_t c) {
    return news_utf8_lower(c) != c;
}

static inline bool news_utf8_is_lower(uint32_t c) {
    return c < 0x80 ? c >= 'a' && c <= 'z' : news_utf8_is_lower_wide(c);
}

/* Whether up to eight bytes, held in a number in any order, are all ASCII. */
static inline bool news_utf8_are_plain(uint64_t bytes) {
    return !(bytes & UINT64_C(0x8080808080808080));
}

/* The lower-case form of ASCII bytes held so. A byte plus 0x3F has its top bit set from 'A' on,
 * plus 0x25 from behind 'Z' on; sums of bytes below 0x80 stay within their bytes. */
static inline uint64_t news_utf8_lower_eight(uint64_t bytes) {
    const uint64_t each = UINT64_C(0x0101010101010101);
    uint64_t capital = (bytes + 0x3F * each) & ~(bytes + 0x25 * each) & 0x80 * each;
    return bytes | capital >> 2;
}

/* Writes the lower-case form of `n` bytes to `out` (room for 2 * n bytes) and returns its length.
 * The typographic apostrophe becomes "'", so that word lists need one form only. */
uint32_t news_utf8_fold(const char *bytes, uint32_t n, char *out);

/* `span` without white space at its ends; an empty span at its start where there is nothing else.
 */
news_span news_utf8_trim(const char *text, news_span span);

#endif
