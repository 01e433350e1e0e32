/* One walk over a page that knows tags, comments, scripts and quoted values, and lets everything
 * else stand. */
#include "spare.h"
#include "attribute.h"
#include "utf8.h"

#include <string.h>

/* How elements nest: for each start or end tag libxml2 may look through all that are open, so that
 * time would grow with the square of the bytes if there were no end to them. */
enum {
    NESTED_BLOCK,
    NESTED_INLINE,
    NESTED_ITEM, /* ends where the next one starts, if nothing else was opened between */
    N_NESTED,
    NEVER_NESTED,      /* has no content, or ends where the next one starts */
    MOST_NESTED = 400, /* of a kind; no page of news comes near */
};

typedef struct cutter {
    news_arena *arena;
    const char *bytes;
    uint32_t n;
    uint32_t copied; /* all before it is in the copy, or cut */
    news_spared *out;
    uint32_t open[N_NESTED];    /* elements that nest and are open, nobody's guess for which */
    uint32_t dropped[N_NESTED]; /* start tags that were left out because too many were */
    const char *opaque; /* name of the element whose inside may be text to one libxml2 and markup to
                           another */
    bool is_certain;    /* any libxml2 reads what follows the last markup as text */
} cutter;

/* ---- Bytes
 * ----------------------------------------------------------------------------------------------------
 */

/* Replaces what leads libxml2 astray in the `n` bytes at `at` by 0x7F, and form feeds by blanks;
 * readers take the text itself from the source. */
static void sanitise(char *at, uint32_t n) {
    for (uint32_t i = 0, length; i < n; i += length) {
        i += (uint32_t)news_utf8_plain(at + i, n - i);
        if (i == n) {
            break;
        }
        length = 1;
        if (at[i] == 0) {
            at[i] = 0x7F;
            continue;
        }
        uint32_t c = news_utf8_decode(at + i, n - i, &length);
        if ((c == NEWS_REPLACEMENT && length == 1) || c == 0xFFFE || c == 0xFFFF) {
            memset(at + i, 0x7F, length);
        }
    }
    for (uint32_t i = 0; i < n; i++) {
        if ((unsigned char)at[i] < 0x20 && at[i] != '\t' && at[i] != '\n' && at[i] != '\r') {
            at[i] = at[i] == '\f' ? ' ' : 0x7F;
        }
    }
}

/* Copies the source up to `to`. */
static void copy_to(cutter *c, uint32_t to) {
    news_spared *out = c->out;
    memcpy(out->bytes + out->n, c->bytes + c->copied, to - c->copied);
    out->n += to - c->copied;
    c->copied = to;
}

/* Copies the source up to `from`, and leaves out what stands up to `to`. */
static bool cut(cutter *c, uint32_t from, uint32_t to) {
    copy_to(c, from);
    uint32_t before = c->out->cuts.n ? c->out->cuts.at[c->out->cuts.n - 1].n : 0;
    news_cut *last = news_list_push(c->arena, &c->out->cuts);
    if (!last) {
        return false;
    }
    *last = (news_cut){c->out->n, before + to - from};
    c->copied = to;
    return true;
}

/* ---- Markup
 * ---------------------------------------------------------------------------------------------------
 */

static bool is_letter(char c) {
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

/* Whether the letters of `name`, which is in lower case, stand at `at`. */
static bool is_name(const cutter *c, uint32_t at, const char *name, uint32_t n) {
    if (c->n - at < n) {
        return false;
    }
    for (uint32_t i = 0; i < n; i++) {
        if ((c->bytes[at + i] | 0x20) != (name[i] | 0x20)) {
            return false;
        }
    }
    return true;
}

/* Whether the tag whose name starts at `at` is called so. */
static bool is_tag(const cutter *c, uint32_t at, const char *name) {
    uint32_t n = (uint32_t)strlen(name), end = at + n;
    return is_name(c, at, name, n) &&
           (end == c->n || is_blank(c->bytes[end]) || c->bytes[end] == '>' || c->bytes[end] == '/');
}

/* Where the end tag "</name" starts, from `at` on, or n. */
static uint32_t end_tag(const cutter *c, uint32_t at, const char *name) {
    for (; at < c->n; at++) {
        const char *open = memchr(c->bytes + at, '<', c->n - at);
        if (!open) {
            break;
        }
        at = (uint32_t)(open - c->bytes);
        if (at + 2 < c->n && open[1] == '/' && is_tag(c, at + 2, name)) {
            return at;
        }
    }
    return c->n;
}

/* Behind the '>' of the tag that goes on at `at`, quoted values passed; n where it has no end. */
static uint32_t behind_tag(const cutter *c, uint32_t at) {
    char quote = 0, before = 0;
    for (; at < c->n; at++) {
        char byte = c->bytes[at];
        if (quote) {
            quote = byte == quote ? 0 : quote;
        } else if (byte == '>') {
            return at + 1;
        } else if ((byte == '"' || byte == '\'') && before == '=') {
            quote = byte;
        }
        before = is_blank(byte) ? before : byte;
    }
    return c->n;
}

/* Reads the tag whose name ends at `at` up to behind its '>', which is put into `*end`, and leaves
 * its attributes out; one with an odd attribute is left as it is. */
static bool read_attributes(cutter *c, uint32_t at, uint32_t *end) {
    news_attribute attribute;
    news_attribute_result result;
    uint32_t close = at;
    do {
        result = news_attribute_read(c->bytes, c->n, &close, &attribute);
    } while (result == NEWS_ATTRIBUTE_READ);
    if (result == NEWS_ATTRIBUTE_ODD) {
        c->is_certain = false;
        *end = behind_tag(c, close);
        return true;
    }
    *end = close + (c->bytes[close] == '/' ? 2 : 1);
    return at == close || cut(c, at, close);
}

/* The letters of a name of eight at most, one a byte; 0 for a longer one. */
static uint64_t packed(const char *name, uint32_t n) {
    uint64_t value = 0;
    for (uint32_t i = 0; i < n && n <= 8; i++) {
        value = value << 8 | (unsigned char)(name[i] | 0x20);
    }
    return value;
}

static uint32_t nesting_of(const char *name, uint32_t n) {
#define P(a, b, c, d, e, f, g, h)                                                                  \
    ((uint64_t)(a) << 56 | (uint64_t)(b) << 48 | (uint64_t)(c) << 40 | (uint64_t)(d) << 32 |       \
     (uint64_t)(e) << 24 | (uint64_t)(f) << 16 | (uint64_t)(g) << 8 | (uint64_t)(h))
#define P6(a, b, c, d, e, f) P(0, 0, a, b, c, d, e, f)
#define P4(a, b, c, d) P6(0, 0, a, b, c, d)
#define P2(a, b) P4(0, 0, a, b)
    switch (packed(name, n)) {
    case P2(0, 'p'):
    case P2('b', 'r'):
    case P2('h', 'r'):
    case P4(0, 'i', 'm', 'g'):
    case P4(0, 'c', 'o', 'l'):
    case P4(0, 'w', 'b', 'r'):
    case P4('m', 'e', 't', 'a'):
    case P4('l', 'i', 'n', 'k'):
    case P4('h', 't', 'm', 'l'):
    case P4('h', 'e', 'a', 'd'):
    case P4('b', 'o', 'd', 'y'):
    case P6(0, 'i', 'n', 'p', 'u', 't'):
    case P6(0, 's', 't', 'y', 'l', 'e'): /* from here on: what is text inside */
    case P6('s', 'c', 'r', 'i', 'p', 't'):
    case P6(0, 't', 'i', 't', 'l', 'e'):
    case P6('i', 'f', 'r', 'a', 'm', 'e'):
    case P4(0, 'x', 'm', 'p'):
    case P('t', 'e', 'x', 't', 'a', 'r', 'e', 'a'):
    case P('n', 'o', 'f', 'r', 'a', 'm', 'e', 's'):
    case P(0, 'n', 'o', 'e', 'm', 'b', 'e', 'd'):
    case P6('s', 'o', 'u', 'r', 'c', 'e'):
    case P6('o', 'p', 't', 'i', 'o', 'n'):
    case P6(0, 't', 'b', 'o', 'd', 'y'):
    case P6(0, 't', 'h', 'e', 'a', 'd'):
        return NEVER_NESTED;
    case P2('l', 'i'):
    case P2('t', 'd'):
    case P2('t', 'h'):
    case P2('t', 'r'):
    case P2('d', 'd'):
    case P2('d', 't'):
        return NESTED_ITEM;
    case P2(0, 'a'):
    case P2(0, 'b'):
    case P2(0, 'i'):
    case P2(0, 'u'):
    case P2(0, 's'):
    case P2('e', 'm'):
    case P2('t', 't'):
    case P4(0, 'b', 'i', 'g'):
    case P4(0, 's', 'u', 'b'):
    case P4(0, 's', 'u', 'p'):
    case P4('s', 'p', 'a', 'n'):
    case P4('f', 'o', 'n', 't'):
    case P4('c', 'o', 'd', 'e'):
    case P4('c', 'i', 't', 'e'):
    case P6(0, 's', 'm', 'a', 'l', 'l'):
    case P6(0, 'l', 'a', 'b', 'e', 'l'):
    case P6('s', 't', 'r', 'o', 'n', 'g'):
    case P6('s', 't', 'r', 'i', 'k', 'e'):
        return NESTED_INLINE;
    default:
        return NESTED_BLOCK;
    }
#undef P
#undef P2
#undef P4
#undef P6
}

/* Counts the tag whose name stands from `name` to `to`: whether it is to be left out, since too
 * many elements are open. */
static bool is_too_deep(cutter *c, uint32_t name, uint32_t to, bool is_end) {
    uint32_t kind = nesting_of(c->bytes + name, to - name);
    if (kind == NEVER_NESTED) {
        return false;
    }
    /* Where no list and no table is opened any more, items would nest in each other. */
    if (!is_end &&
        (kind == NESTED_ITEM ? c->dropped[NESTED_BLOCK] == 0 : c->open[kind] < MOST_NESTED)) {
        c->open[kind]++;
        return false;
    }
    if (is_end && c->dropped[kind] == 0) {
        c->open[kind] -= c->open[kind] > 0;
        return false;
    }
    c->dropped[kind] += is_end ? UINT32_MAX : 1u;
    return true;
}

/* Whether a name is one that all read alike. */
static bool is_plain_name(const char *name, uint32_t n) {
    enum { LONGEST = 32 };
    for (uint32_t i = 0; i < n && n <= LONGEST; i++) {
        if (!is_letter(name[i]) && !(name[i] >= '0' && name[i] <= '9') && name[i] != '-' &&
            name[i] != ':') {
            return false;
        }
    }
    return n <= LONGEST;
}

static uint32_t behind_name(const cutter *c, uint32_t at) {
    while (at < c->n && !is_blank(c->bytes[at]) && c->bytes[at] != '>' && c->bytes[at] != '/') {
        at++;
    }
    return at;
}

/* Reads the element that starts at `at`; a script or style with all that is in it. */
static bool read_tag(cutter *c, uint32_t at, uint32_t *end) {
    /* HTML reads these as text where it knows them, and libxml2 of different ages knows different
     * ones. */
    static const char *const texts[] = {"title",   "textarea", "iframe",   "xmp",
                                        "noembed", "noframes", "plaintext"};
    uint32_t name = at + 1, to = behind_name(c, name);
    if (is_too_deep(c, name, to, false)) {
        *end = behind_tag(c, to);
        return cut(c, at, *end);
    }
    c->is_certain = is_plain_name(c->bytes + name, to - name);
    if (!c->is_certain) {
        *end = behind_tag(c, to);
    } else if (!read_attributes(c, to, end)) {
        return false;
    }
    const char *raw = is_tag(c, name, "script")  ? "script"
                      : is_tag(c, name, "style") ? "style"
                                                 : NULL;
    if (raw && c->bytes[*end - 1] == '>' && c->bytes[*end - 2] != '/') {
        uint32_t close = end_tag(c, *end, raw);
        if (close == c->n) { /* to the end of the page */
            *end = c->n;
            return true;
        }
        if (close > *end && !cut(c, *end, close)) {
            return false;
        }
        *end = close;
        return true;
    }
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (is_tag(c, name, texts[i])) {
            c->opaque = texts[i];
        }
    }
    return true;
}

/* Reads the comment that starts at `at`. One that browsers and libxml2 may end elsewhere is left as
 * it is. */
static bool read_comment(cutter *c, uint32_t at, uint32_t *end) {
    uint32_t from = at + 4;
    bool closed = false;
    *end = c->n;
    for (uint32_t i = from; i < c->n; i++) {
        const char *dash = memchr(c->bytes + i, '-', c->n - i);
        if (!dash) {
            c->is_certain = false;
            return true;
        }
        i = (uint32_t)(dash - c->bytes);
        if (i + 2 < c->n && dash[1] == '-' && dash[2] == '>') {
            *end = i + 3;
            closed = true;
            break;
        }
        if (i + 2 < c->n && dash[1] == '-' && dash[2] == '!') {
            *end = i + 2;
            c->is_certain = false;
            return true;
        }
    }
    bool plain = closed && c->bytes[from] != '>' && c->bytes[from] != '-';
    c->is_certain &= plain;
    return !plain || cut(c, at, *end);
}

static bool read_markup(cutter *c, uint32_t at, uint32_t *end) {
    const char *bytes = c->bytes + at;
    uint32_t left = c->n - at;
    *end = at + 1;
    if (c->opaque) {
        c->is_certain = false;
        if (left > 2 && bytes[1] == '/' && is_tag(c, at + 2, c->opaque)) {
            c->opaque = NULL;
        }
        return true;
    }
    if (left > 1 && is_letter(bytes[1])) {
        return read_tag(c, at, end);
    }
    if (left > 3 && bytes[1] == '/' && is_letter(bytes[2])) {
        uint32_t name = at + 2, to = behind_name(c, name);
        *end = behind_tag(c, name);
        if (is_too_deep(c, name, to, true)) {
            return cut(c, at, *end);
        }
        c->is_certain =
            is_plain_name(c->bytes + name, to - name) && to < c->n && bytes[to - at] == '>';
        return true;
    }
    if (left >= 5 && memcmp(bytes, "<!--", 4) == 0) {
        return read_comment(c, at, end);
    }
    c->is_certain = false;
    return true;
}

/* Leaves out of text between two tags what libxml2 need not see: it is told only that text is
 * there, and whether blanks come first. Half of what it reads of a page is text. */
static bool read_text(cutter *c, uint32_t at, uint32_t to) {
    enum { LEAST = 12 }; /* bytes that are worth a cut */
    if (!c->is_certain || c->opaque || to - at < LEAST) {
        return true;
    }
    uint32_t blanks = at + is_blank(c->bytes[at]), text = blanks;
    while (text < to && is_blank(c->bytes[text])) {
        text++;
    }
    if (text < to && c->bytes[text] == '&') {
        return true; /* a blank, or none */
    }
    uint32_t rest = text < to ? text + 1 : to;
    while (rest < to && ((unsigned char)c->bytes[rest] & 0xC0) == 0x80) {
        rest++;
    }
    return (text - blanks < LEAST || cut(c, blanks, text)) &&
           (to - rest < LEAST || cut(c, rest, to));
}

static bool start(news_arena *arena, uint32_t n, news_spared *out) {
    *out = (news_spared){.bytes = news_arena_alloc(arena, (size_t)n + 1)};
    return out->bytes != NULL;
}

static void finish(news_spared *out) {
    out->bytes[out->n] = 0;
    sanitise(out->bytes, out->n);
}

bool news_spare_html(news_arena *arena, const char *bytes, uint32_t n, news_spared *out) {
    cutter c = {.arena = arena, .bytes = bytes, .n = n, .out = out};
    if (!start(arena, n, out)) {
        return false;
    }
    for (uint32_t at = 0; at < n;) {
        const char *open = memchr(bytes + at, '<', n - at);
        uint32_t to = open ? (uint32_t)(open - bytes) : n;
        if (!read_text(&c, at, to) || (open && !read_markup(&c, to, &at))) {
            return false;
        }
        at = open ? at : n;
    }
    copy_to(&c, n);
    finish(out);
    return true;
}

bool news_spare_nothing(news_arena *arena, const char *bytes, uint32_t n, news_spared *out) {
    if (!start(arena, n, out)) {
        return false;
    }
    memcpy(out->bytes, bytes, n);
    out->n = n;
    finish(out);
    return true;
}

uint32_t news_spare_origin(const news_spared *spared, uint32_t at, uint32_t *cut) {
    const news_cut *cuts = spared->cuts.at;
    while (*cut < spared->cuts.n && cuts[*cut].at <= at) {
        (*cut)++;
    }
    while (*cut > 0 && cuts[*cut - 1].at > at) {
        (*cut)--;
    }
    return at + (*cut > 0 ? cuts[*cut - 1].n : 0);
}
