/* Bytes are told apart by one look into a table, since half of a page of news is attributes. */
#include "attribute.h"
#include "stream.h"

#include <string.h>

enum {
    BLANK = 1,
    NAME = 2,     /* stands in a name */
    UNQUOTED = 4, /* stands in a value without quotation marks */
};

static uint8_t class_of(char c) {
    static const uint8_t others[64] = {
        ['\t'] = BLANK, ['\n'] = BLANK, ['\f'] = BLANK, ['\r'] = BLANK, [' '] = BLANK, ['!'] = 6,
        ['#'] = 6,      ['$'] = 6,      ['%'] = 6,      ['&'] = 6,      ['('] = 6,     [')'] = 6,
        ['*'] = 6,      ['+'] = 6,      [','] = 6,      ['-'] = 6,      ['.'] = 6,     ['/'] = 4,
        ['0'] = 6,      ['1'] = 6,      ['2'] = 6,      ['3'] = 6,      ['4'] = 6,     ['5'] = 6,
        ['6'] = 6,      ['7'] = 6,      ['8'] = 6,      ['9'] = 6,      [':'] = 6,     [';'] = 6,
        ['?'] = 6};
    unsigned char b = (unsigned char)c;
    return b < 64 ? others[b] : b == '`' ? 0 : NAME | UNQUOTED;
}

static uint32_t skip(const char *bytes, uint32_t n, uint32_t at, uint8_t classes) {
    while (at < n && (class_of(bytes[at]) & classes)) {
        at++;
    }
    return at;
}

news_attribute_result news_attribute_read(const char *bytes, uint32_t n, uint32_t *at,
                                          news_attribute *out) {
    uint32_t from = skip(bytes, n, *at, BLANK), to = skip(bytes, n, from, NAME);
    *at = from;
    if (from == to) {
        bool closes = from < n && (bytes[from] == '>' ||
                                   (bytes[from] == '/' && from + 1 < n && bytes[from + 1] == '>'));
        return closes ? NEWS_ATTRIBUTE_CLOSE : NEWS_ATTRIBUTE_ODD;
    }
    out->name = (news_span){from, to};
    out->value = (news_span){to, to};
    uint32_t sign = skip(bytes, n, to, BLANK);
    if (sign >= n || bytes[sign] != '=') {
        *at = to;
        return to < n && (class_of(bytes[to]) == BLANK || bytes[to] == '>' || bytes[to] == '/')
                   ? NEWS_ATTRIBUTE_READ
                   : NEWS_ATTRIBUTE_ODD;
    }
    from = skip(bytes, n, sign + 1, BLANK);
    if (from < n && (bytes[from] == '"' || bytes[from] == '\'')) {
        const char *close = memchr(bytes + from + 1, bytes[from], n - from - 1);
        if (!close) {
            return NEWS_ATTRIBUTE_ODD;
        }
        to = (uint32_t)(close - bytes);
        out->value = (news_span){from + 1, to};
        *at = to + 1;
        return NEWS_ATTRIBUTE_READ;
    }
    to = skip(bytes, n, from, UNQUOTED);
    bool ends = to < n && (class_of(bytes[to]) == BLANK || bytes[to] == '>');
    if (to == from || !ends || (bytes[to] == '>' && bytes[to - 1] == '/')) {
        return NEWS_ATTRIBUTE_ODD; /* `a=b/>` ends an element for some */
    }
    out->value = (news_span){from, to};
    *at = to;
    return NEWS_ATTRIBUTE_READ;
}

/* ---- Those of one tag ---- */

/* All that readers ask for; whoever asks for another puts it here. */
static const struct {
    const char *name;
    uint8_t n;
} known[] = {
    {"class", 5},    {"href", 4},     {"id", 2},       {"style", 5}, {"rel", 3},
    {"content", 7},  {"property", 8}, {"name", 4},     {"type", 4},  {"role", 4},
    {"itemprop", 8}, {"hidden", 6},   {"datetime", 8}, {"lang", 4},  {"aria-hidden", 11},
};

enum {
    N_KNOWN = sizeof known / sizeof *known,
    /* No reader looks at a longer value: a headline, the longest thing that one states, is shorter.
     */
    LONGEST_VALUE = 2100,
    LONGEST_CHARACTER = 8, /* of what a reference stands for */
};

struct news_attributes {
    const char *list[2 * N_KNOWN + 1];
    char values[N_KNOWN * (LONGEST_VALUE + LONGEST_CHARACTER + 1)];
};

news_attributes *news_attributes_open(news_arena *arena) {
    return news_arena_alloc(arena, sizeof(news_attributes));
}

/* Its index in the table, or N_KNOWN. */
static uint32_t index_of(const char *name, uint32_t n) {
    uint32_t i = 0;
    for (; i < N_KNOWN; i++) {
        if (known[i].n != n || (name[0] | 0x20) != known[i].name[0]) {
            continue;
        }
        uint32_t k = 1;
        while (k < n && (name[k] == known[i].name[k] ||
                         (name[k] >= 'A' && name[k] <= 'Z' && name[k] + 32 == known[i].name[k]))) {
            k++;
        }
        if (k == n) {
            break;
        }
    }
    return i;
}

/* Writes the value with its references decoded and a NUL behind it, and returns its length. */
static uint32_t decode(const char *bytes, news_span value, char *out) {
    uint32_t n = value.to - value.from, used = 0;
    const char *from = bytes + value.from;
    if (!memchr(from, '&', n)) {
        used = n < LONGEST_VALUE ? n : LONGEST_VALUE;
        memcpy(out, from, used);
    }
    for (uint32_t at = used ? n : 0, length; at < n && used < LONGEST_VALUE; at += length) {
        uint32_t n_out = 0;
        length = from[at] == '&' ? news_stream_reference(from + at, n - at, out + used, &n_out) : 0;
        if (length && from[at + length - 1] == ';') {
            used += n_out;
        } else { /* "?a=b&lt=c" is an address */
            length = 1;
            out[used++] = from[at];
        }
    }
    /* A NUL would end the value. */
    for (char *nul = out; (nul = memchr(nul, 0, used - (size_t)(nul - out))) != NULL;) {
        *nul = 0x7F;
    }
    out[used] = 0;
    return used;
}

const char *const *news_attributes_of(news_attributes *room, const char *bytes, uint32_t n,
                                      uint32_t at) {
    uint32_t n_list = 0, used = 0, seen = 0;
    news_attribute attribute;
    while (news_attribute_read(bytes, n, &at, &attribute) == NEWS_ATTRIBUTE_READ) {
        news_span name = attribute.name;
        uint32_t i = index_of(bytes + name.from, name.to - name.from);
        if (i == N_KNOWN || (seen >> i & 1u)) { /* the first of a name counts */
            continue;
        }
        seen |= 1u << i;
        room->list[n_list++] = known[i].name;
        room->list[n_list++] = room->values + used;
        used += decode(bytes, attribute.value, room->values + used) + 1;
    }
    room->list[n_list] = NULL;
    return n_list ? room->list : NULL;
}
