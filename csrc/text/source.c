/* Encodings and line starts. */
#include "source.h"
#include "charset.h"
#include "utf8.h"

#include <string.h>

/* The code points of windows-1252's bytes 0x80 to 0x9F; 0 where it has none.
 * Source: the WHATWG Encoding Standard's index, in which the five free bytes map to C1 controls. */
static const uint16_t high_1252[32] = {
    0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};

uint32_t news_source_1252(uint8_t byte) {
    return byte >= 0x80 && byte < 0xA0 ? high_1252[byte - 0x80] : byte;
}

static bool starts_with(const char *bytes, size_t n, const char *mark, size_t n_mark) {
    return n >= n_mark && memcmp(bytes, mark, n_mark) == 0;
}

news_encoding news_source_guess(const char *bytes, size_t n) {
    if (starts_with(bytes, n, "\xFF\xFE", 2)) {
        return NEWS_ENCODING_UTF16_LE;
    }
    if (starts_with(bytes, n, "\xFE\xFF", 2)) {
        return NEWS_ENCODING_UTF16_BE;
    }
    if (starts_with(bytes, n, "\xEF\xBB\xBF", 3)) {
        return NEWS_ENCODING_UTF8;
    }
    if (n >= 4 && bytes[0] == '<' && !bytes[1] && bytes[2] && !bytes[3]) {
        return NEWS_ENCODING_UTF16_LE;
    }
    if (n >= 4 && !bytes[0] && bytes[1] == '<' && !bytes[2] && bytes[3]) {
        return NEWS_ENCODING_UTF16_BE;
    }
    for (size_t at = 0; at < n; at++) { /* a NUL is odd, but no sign of another encoding */
        at += news_utf8_valid(bytes + at, n - at);
        if (at < n && bytes[at] != 0) {
            return NEWS_ENCODING_WINDOWS_1252;
        }
    }
    return NEWS_ENCODING_UTF8;
}

news_encoding news_source_guess_markup(const char *bytes, size_t n) {
    news_encoding guess = news_source_guess(bytes, n);
    if (guess != NEWS_ENCODING_WINDOWS_1252) {
        return guess;
    }
    const char *declared = news_charset_declared(bytes, n);
    bool says_other = declared && declared[0] && strcmp(declared, "UTF-8") != 0;
    if (!says_other) {
        return news_charset_is_utf8(bytes, n) ? NEWS_ENCODING_UTF8 : guess;
    }
    return strcmp(declared, "WINDOWS-1252") == 0 ? guess : NEWS_ENCODING_DECLARED;
}

/* Bytes from `at` on that one character of the encoding takes, and its code point. */
static uint32_t next_character(const news_source *source, uint32_t at, uint32_t *length) {
    const unsigned char *s = (const unsigned char *)source->given.bytes + at;
    uint32_t left = source->given.n - at;
    if (source->encoding == NEWS_ENCODING_WINDOWS_1252) {
        *length = 1;
        return news_source_1252(s[0]);
    }
    unsigned big = source->encoding == NEWS_ENCODING_UTF16_BE;
    if (left < 2) {
        *length = left;
        return NEWS_REPLACEMENT;
    }
    *length = 2;
    uint32_t c = (uint32_t)s[1 - big] << 8 | s[big];
    if (c >= 0xD800 && c < 0xDC00 && left >= 4) {
        uint32_t low = (uint32_t)s[3 - big] << 8 | s[2 + big];
        if (low >= 0xDC00 && low < 0xE000) {
            *length = 4;
            return 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
        }
    }
    return c;
}

/* The next C1 control from `at` on that windows-1252 has a character for, or `n`. */
static uint32_t next_control(const char *bytes, uint32_t at, uint32_t n) {
    for (; at < n; at++) {
        const char *lead = memchr(bytes + at, 0xC2, n - at);
        at = lead ? (uint32_t)(lead - bytes) : n;
        uint8_t second = at + 1 < n ? (uint8_t)bytes[at + 1] : 0;
        if (second >= 0x80 && second < 0xA0 && news_source_1252(second) != second) {
            return at;
        }
    }
    return n;
}

/* Fills utf8 and map of UTF-8. Its C1 controls are windows-1252 that was taken for ISO 8859-1, as
 * an editor does that tries the encodings in turn: no text has them of its own. They stand for what
 * was meant, as browsers read them under either label. */
static bool read_utf8(news_arena *arena, news_source *source, uint32_t at) {
    const char *bytes = source->given.bytes;
    uint32_t n = source->given.n, control = next_control(bytes, at, n), used = 0;
    if (control == n) {
        source->utf8 = (news_string){bytes + at, n - at};
        return news_map_copy(arena, &source->map, n - at, at);
    }
    size_t room = (size_t)(n - at) / 2 * 3 + 3; /* two bytes become three at most */
    char *out = room < NEWS_NONE ? news_arena_alloc(arena, room) : NULL;
    if (!out) {
        return false;
    }
    for (;; control = next_control(bytes, at, n)) {
        if (control > at && !news_map_copy(arena, &source->map, control - at, at)) {
            return false;
        }
        memcpy(out + used, bytes + at, control - at);
        used += control - at;
        if (control == n) {
            break;
        }
        uint32_t more = news_utf8_encode(news_source_1252((uint8_t)bytes[control + 1]), out + used);
        at = control + 2;
        used += more;
        if (!news_map_replace(arena, &source->map, more, (news_span){control, at})) {
            return false;
        }
    }
    source->utf8 = (news_string){out, used};
    return true;
}

/* Fills utf8 and map of a source that is not UTF-8 already, from `at` on. */
static bool convert(news_arena *arena, news_source *source, uint32_t at) {
    /* One byte of windows-1252 becomes three at most; two of UTF-16 become three at most. */
    size_t room = (size_t)(source->given.n - at) * 3 + 1;
    char *out = room < NEWS_NONE ? news_arena_alloc(arena, room) : NULL;
    if (!out) {
        return false;
    }
    uint32_t used = 0;
    for (uint32_t length; at < source->given.n; at += length) {
        uint32_t c = next_character(source, at, &length);
        uint32_t n = news_utf8_encode(c, out + used);
        bool same = c < 0x80 && length == 1;
        if (!(same ? news_map_copy(arena, &source->map, n, at)
                   : news_map_replace(arena, &source->map, n, (news_span){at, at + length}))) {
            return false;
        }
        used += n;
    }
    source->utf8 = (news_string){out, used};
    return true;
}

/* The same for a declared character set. `*fits`: most of what is no ASCII is made of characters.
 */
static bool convert_declared(news_arena *arena, news_source *source, bool *fits) {
    enum { CHANCE = 10 }; /* one in so many bad ones is let pass */
    *fits = false;
    const char *name = news_charset_declared(source->given.bytes, source->given.n);
    news_decoder *decoder = name ? news_charset_open(name) : NULL;
    if (!decoder) {
        return true;
    }
    /* At most three bytes of UTF-8 for each byte, as in convert. */
    size_t room = (size_t)source->given.n * 3 + 8;
    char *out = room < NEWS_NONE ? news_arena_alloc(arena, room) : NULL;
    uint32_t used = 0, good = 0, bad = 0;
    bool done = out != NULL;
    for (uint32_t at = 0, length; done && at < source->given.n; at += length) {
        uint32_t n;
        bool is_bad;
        length = news_charset_next(decoder, source->given.bytes + at, source->given.n - at,
                                   out + used, &n, &is_bad);
        bool same = (unsigned char)source->given.bytes[at] < 0x80;
        good += !same && !is_bad;
        bad += is_bad;
        done = same ? news_map_copy(arena, &source->map, n, at)
                    : news_map_replace(arena, &source->map, n, (news_span){at, at + length});
        used += n;
    }
    news_charset_close(decoder);
    source->utf8 = (news_string){out, used};
    *fits = done && good >= bad * CHANCE;
    return done;
}

static bool find_lines(news_arena *arena, news_source *source) {
    const char *bytes = source->given.bytes;
    NEWS_LIST(uint32_t) lines = {0};
    uint32_t at = 0;
    for (;;) {
        uint32_t *line = news_list_push(arena, &lines);
        if (!line) {
            return false;
        }
        *line = at;
        const char *end = memchr(bytes + at, '\n', source->given.n - at);
        if (!end) {
            break;
        }
        at = (uint32_t)(end - bytes) + 1;
    }
    source->lines = lines.at;
    source->n_lines = lines.n;
    return true;
}

bool news_source_read(news_arena *arena, news_source *source, const char *bytes, uint32_t n,
                      news_encoding encoding) {
    *source = (news_source){.encoding = encoding};
    source->given = news_arena_copy(arena, bytes, n);
    if (!source->given.bytes || !find_lines(arena, source)) {
        return false;
    }
    bytes = source->given.bytes;
    if (encoding == NEWS_ENCODING_UTF8) {
        return read_utf8(arena, source, starts_with(bytes, n, "\xEF\xBB\xBF", 3) ? 3 : 0);
    }
    if (encoding == NEWS_ENCODING_DECLARED) {
        bool fits;
        if (!convert_declared(arena, source, &fits) || fits) {
            return source->utf8.bytes != NULL;
        }
        source->map = (news_map){0};
        source->encoding = NEWS_ENCODING_WINDOWS_1252;
    }
    bool marked = starts_with(bytes, n, "\xFF\xFE", 2) || starts_with(bytes, n, "\xFE\xFF", 2);
    marked &= source->encoding != NEWS_ENCODING_WINDOWS_1252;
    return convert(arena, source, marked ? 2 : 0);
}

news_position news_source_position(const news_source *source, uint32_t offset) {
    uint32_t low = 0, high = source->n_lines;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (source->lines[middle] <= offset) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return (news_position){low, offset - source->lines[low]};
}
