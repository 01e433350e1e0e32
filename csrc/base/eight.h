/* Eight bytes of text at a time, held in one number: the first in its lowest byte, 0 behind the
 * text's end. What is asked of each byte is answered by its top bit, so that answers are joined by
 * "and" and "or".
 */
#ifndef NEWS_EIGHT_H
#define NEWS_EIGHT_H

#include <stddef.h>
#include <stdint.h>

#define NEWS_EIGHT_EACH UINT64_C(0x0101010101010101)
#define NEWS_EIGHT_TOP (0x80 * NEWS_EIGHT_EACH)

/* The first eight of `n` bytes. The same number whatever the machine; compilers know the form. */
static inline uint64_t news_eight_read(const char *bytes, size_t n) {
    const unsigned char *b = (const unsigned char *)bytes;
    uint64_t eight = 0;
    if (n >= sizeof eight) {
        return (uint64_t)b[0] | (uint64_t)b[1] << 8 | (uint64_t)b[2] << 16 | (uint64_t)b[3] << 24 |
               (uint64_t)b[4] << 32 | (uint64_t)b[5] << 40 | (uint64_t)b[6] << 48 |
               (uint64_t)b[7] << 56;
    }
    for (size_t i = 0; i < n; i++) {
        eight |= (uint64_t)b[i] << 8 * i;
    }
    return eight;
}

/* The first `n` of the eight bytes, up to eight. */
static inline uint64_t news_eight_head(uint64_t eight, uint32_t n) {
    return n >= 8 ? eight : eight & ((UINT64_C(1) << 8 * n) - 1);
}

/* Bytes of ASCII from `first` to `last`. Both sums have a top bit where the byte reaches the bound,
 * and none leaves its byte. */
static inline uint64_t news_eight_between(uint64_t eight, unsigned char first, unsigned char last) {
    uint64_t low = eight & ~NEWS_EIGHT_TOP;
    return (low + (0x80u - first) * NEWS_EIGHT_EACH) & ~(low + (0x7Fu - last) * NEWS_EIGHT_EACH) &
           ~eight & NEWS_EIGHT_TOP;
}

/* The eight bytes with ASCII letters in lower case, given which are capitals. */
static inline uint64_t news_eight_lower(uint64_t eight, uint64_t capitals) {
    return eight | capitals >> 2;
}

/* How many answers are yes. */
static inline uint32_t news_eight_count(uint64_t answers) {
    return (uint32_t)((answers >> 7) * NEWS_EIGHT_EACH >> 56);
}

/* The number of bytes before the first whose answer is yes; 8 where none is. */
static inline uint32_t news_eight_first(uint64_t answers) {
    return news_eight_count((answers - 1) & ~answers & NEWS_EIGHT_TOP);
}

#endif
