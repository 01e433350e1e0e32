/* Decoding plain bytes into text. */
#include "text.h"
#include "utf8.h"

#include <string.h>

/* Room for `n` more bytes: at least double, so that many small pieces cost linear time. */
static bool reserve(news_arena *arena, news_text *text, uint32_t n) {
    if (text->capacity - text->n >= n) {
        return true;
    }
    if (n > NEWS_NONE / 2 - text->n) {
        return false;
    }
    uint32_t wanted = text->n + n > 2 * text->capacity ? text->n + n : 2 * text->capacity;
    char *bytes = news_arena_alloc(arena, wanted);
    if (!bytes) {
        return false;
    }
    if (text->n) {
        memcpy(bytes, text->bytes, text->n);
    }
    text->bytes = bytes;
    text->capacity = wanted;
    return true;
}

bool news_text_copy(news_arena *arena, news_text *text, const news_source *source, news_span span) {
    uint32_t n = span.to - span.from;
    if (!reserve(arena, text, n) || !news_map_copy(arena, &text->map, n, span.from)) {
        return false;
    }
    if (n) {
        memcpy(text->bytes + text->n, source->utf8.bytes + span.from, n);
    }
    text->n += n;
    return true;
}

bool news_text_replace(news_arena *arena, news_text *text, const char *bytes, uint32_t n,
                       news_span origin) {
    if (!reserve(arena, text, n) || !news_map_replace(arena, &text->map, n, origin)) {
        return false;
    }
    if (n) {
        memcpy(text->bytes + text->n, bytes, n);
    }
    text->n += n;
    return true;
}

/* Names of character references seen in scraped news. Source: the HTML standard's table of named
 * character references. */
static const struct {
    const char *name;
    uint32_t code_point;
} names[] = {
    {"amp", '&'},      {"lt", '<'},        {"gt", '>'},       {"quot", '"'},      {"apos", '\''},
    {"nbsp", 0xA0},    {"ldquo", 0x201C},  {"rdquo", 0x201D}, {"lsquo", 0x2018},  {"rsquo", 0x2019},
    {"sbquo", 0x201A}, {"bdquo", 0x201E},  {"laquo", 0xAB},   {"raquo", 0xBB},    {"ndash", 0x2013},
    {"mdash", 0x2014}, {"hellip", 0x2026}, {"bull", 0x2022},  {"middot", 0xB7},   {"copy", 0xA9},
    {"reg", 0xAE},     {"trade", 0x2122},  {"euro", 0x20AC},  {"pound", 0xA3},    {"cent", 0xA2},
    {"yen", 0xA5},     {"deg", 0xB0},      {"sect", 0xA7},    {"para", 0xB6},     {"frac12", 0xBD},
    {"frac14", 0xBC},  {"frac34", 0xBE},   {"times", 0xD7},   {"eacute", 0xE9},   {"egrave", 0xE8},
    {"agrave", 0xE0},  {"aacute", 0xE1},   {"iacute", 0xED},  {"oacute", 0xF3},   {"uacute", 0xFA},
    {"ntilde", 0xF1},  {"ccedil", 0xE7},   {"ouml", 0xF6},    {"uuml", 0xFC},     {"auml", 0xE4},
    {"szlig", 0xDF},   {"ocirc", 0xF4},    {"acirc", 0xE2},   {"ecirc", 0xEA},    {"icirc", 0xEE},
    {"aring", 0xE5},   {"oslash", 0xF8},   {"aelig", 0xE6},   {"shy", 0xAD},      {"zwnj", 0x200C},
    {"zwj", 0x200D},   {"ensp", 0x2002},   {"emsp", 0x2003},  {"thinsp", 0x2009}, {"prime", 0x2032},
};

static uint32_t number_reference(const char *bytes, size_t n, uint32_t *code_point) {
    uint32_t at = 2, base = 10, value = 0;
    if (n > 2 && (bytes[2] | 0x20) == 'x') {
        base = 16;
        at = 3;
    }
    uint32_t first = at;
    for (; at < n && at - first < 8; at++) {
        uint32_t c = (unsigned char)bytes[at], digit;
        if (c >= '0' && c <= '9') {
            digit = c - '0';
        } else if (base == 16 && (c | 0x20) >= 'a' && (c | 0x20) <= 'f') {
            digit = (c | 0x20) - 'a' + 10;
        } else {
            break;
        }
        value = value * base + digit;
    }
    if (at == first || at >= n || bytes[at] != ';' || value == 0 || value > 0x10FFFF) {
        return 0;
    }
    *code_point = value;
    return at + 1;
}

uint32_t news_text_reference(const char *bytes, size_t n, uint32_t *code_point) {
    if (n < 4 || bytes[0] != '&') {
        return 0;
    }
    if (bytes[1] == '#') {
        return number_reference(bytes, n, code_point);
    }
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        size_t length = strlen(names[i].name);
        if (n >= length + 2 && bytes[length + 1] == ';' &&
            memcmp(bytes + 1, names[i].name, length) == 0) {
            *code_point = names[i].code_point;
            return (uint32_t)length + 2;
        }
    }
    return 0;
}

/* A byte that stands for itself, whatever is around it. */
static bool is_itself(char byte) {
    return byte != 0 && (unsigned char)byte < 0x80 && byte != '&' && byte != '\r';
}

bool news_text_decode(news_arena *arena, news_text *text, const news_source *source,
                      news_span span) {
    const char *bytes = source->utf8.bytes;
    uint32_t copied = span.from; /* all before it has been appended */
    for (uint32_t at = span.from, length; at < span.to; at += length) {
        while (at < span.to && is_itself(bytes[at])) {
            at++;
        }
        if (at == span.to) {
            break;
        }
        unsigned char b = (unsigned char)bytes[at];
        uint32_t c = b;
        length = 1;
        if (b == '\r') {
            length = at + 1 < span.to && bytes[at + 1] == '\n' ? 2 : 1;
            c = '\n';
        } else if (b == '&') {
            length = news_text_reference(bytes + at, span.to - at, &c);
            if (length == 0) {
                length = 1;
                continue;
            }
        } else if (b == 0) {
            c = NEWS_REPLACEMENT;
        } else {
            c = news_utf8_decode(bytes + at, span.to - at, &length);
            if (c != NEWS_REPLACEMENT || length != 1) {
                continue;
            }
        }
        char out[4];
        uint32_t n = news_utf8_encode(c, out);
        if (!news_text_copy(arena, text, source, (news_span){copied, at}) ||
            !news_text_replace(arena, text, out, n, (news_span){at, at + length})) {
            return false;
        }
        copied = at + length;
    }
    return news_text_copy(arena, text, source, (news_span){copied, span.to});
}
