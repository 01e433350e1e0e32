/* The words of a text as numbers, written down and read again. */
#include "sketch.h"
#include "utf8.h"

#include <string.h>

/* From here on scripts are written without blanks between words, so that each character counts as
 * one (CJK radicals and all that follows them). */
#define UNSPACED 0x2E80u

#define N_BITS 6u
static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

bool news_sketch_is_word(uint32_t c) {
    return news_utf8_is_letter(c) || news_utf8_is_digit(c);
}

bool news_sketch_joins(uint32_t before, uint32_t after) {
    return before < UNSPACED && after < UNSPACED && news_sketch_is_word(before) &&
           news_sketch_is_word(after);
}

/* FNV-1a over code points, its upper bits mixed into the 18 that are kept. */
uint32_t news_sketch_number(const uint32_t *units, uint32_t n) {
    uint32_t h = 2166136261u;
    for (uint32_t i = 0; i < n; i++) {
        h = (h ^ units[i]) * 16777619u;
    }
    h ^= h >> 16;
    h *= 2654435761u;
    return h >> (32 - NEWS_SKETCH_WIDTH * N_BITS);
}

bool news_sketch_make(news_arena *arena, const news_units *units, news_sketch *sketch) {
    const size_t room = (size_t)units->n + 1;
    *sketch = (news_sketch){0};
    sketch->word = news_arena_array(arena, room, sizeof *sketch->word);
    sketch->from = news_arena_array(arena, room, sizeof *sketch->from);
    sketch->to = news_arena_array(arena, room, sizeof *sketch->to);
    if (!sketch->word || !sketch->from || !sketch->to) {
        return false;
    }
    for (uint32_t i = 0; i < units->n;) {
        uint32_t from = i++;
        if (!news_sketch_is_word(units->at[from])) {
            continue;
        }
        while (i < units->n && news_sketch_joins(units->at[i - 1], units->at[i])) {
            i++;
        }
        sketch->word[sketch->n] = news_sketch_number(units->at + from, i - from);
        sketch->from[sketch->n] = from;
        sketch->to[sketch->n++] = i;
    }
    return true;
}

news_string news_sketch_write(news_arena *arena, const news_sketch *sketch, const news_units *units,
                              news_string text) {
    char *bytes = news_arena_alloc(arena, (size_t)sketch->n * (NEWS_SKETCH_WIDTH + 1) + 1);
    news_string written = {bytes, 0};
    for (uint32_t i = 0; bytes && i < sketch->n; i++) {
        uint32_t at = i ? units->from[sketch->to[i - 1]] : units->from[sketch->from[i]];
        uint32_t stop = units->from[sketch->from[i]];
        if (at < stop && memchr(text.bytes + at, '\n', stop - at)) {
            bytes[written.n++] = '\n';
        }
        for (uint32_t k = NEWS_SKETCH_WIDTH; k > 0; k--) {
            bytes[written.n++] = letters[sketch->word[i] >> (k - 1) * N_BITS & 63u];
        }
    }
    return written;
}

static int value_of(char c) {
    return c >= 'A' && c <= 'Z'   ? c - 'A'
           : c >= 'a' && c <= 'z' ? c - 'a' + 26
           : c >= '0' && c <= '9' ? c - '0' + 52
           : c == '-'             ? 62
           : c == '_'             ? 63
                                  : -1;
}

bool news_sketch_read(news_arena *arena, news_string written, news_sketch *sketch) {
    *sketch = (news_sketch){0};
    sketch->word =
        news_arena_array(arena, (size_t)written.n / NEWS_SKETCH_WIDTH + 1, sizeof *sketch->word);
    if (!sketch->word) {
        return false;
    }
    uint32_t word = 0;
    uint32_t n = 0;
    for (uint32_t i = 0; i < written.n; i++) {
        int value = value_of(written.bytes[i]);
        if (value < 0) {
            if (written.bytes[i] != '\n' || n > 0) {
                return false;
            }
            continue;
        }
        word = word << N_BITS | (uint32_t)value;
        if (++n == NEWS_SKETCH_WIDTH) {
            sketch->word[sketch->n++] = word;
            word = 0;
            n = 0;
        }
    }
    return n == 0;
}
