/* One walk over a page that knows tags, comments, scripts and quoted values, and lets everything
 * else stand. */
#include "spare.h"
#include "utf8.h"

#include <string.h>

typedef struct cutter {
    news_arena *arena;
    const char *bytes;
    uint32_t n;
    uint32_t copied; /* all before it is in the copy, or cut */
    news_spared *out;
    const char *opaque; /* name of the element whose inside may be text to one libxml2 and markup to
                           another */
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

/* Attributes that no reader asks for; the families "data-…" and "on…" are besides. */
static bool is_spared(const char *name, uint32_t n) {
    static const char *const names[] = {
        "src",       "srcset",   "sizes",     "alt",      "d",      "points",
        "transform", "fill",     "value",     "viewbox",  "xmlns",  "target",
        "width",     "height",   "loading",   "decoding", "media",  "action",
        "jsaction",  "tabindex", "integrity", "autoplay", "data",   "poster",
        "label",     "for",      "stroke",    "usemap",   "srcdoc", "placeholder"};
    if (n > 5 && strncmp(name, "data-", 5) == 0) {
        return true;
    }
    if (n > 4 && name[0] == 'o' && name[1] == 'n') {
        return true;
    }
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (names[i][0] == name[0] && strlen(names[i]) == n && memcmp(names[i], name, n) == 0) {
            return true;
        }
    }
    return n > 5 && strncmp(name, "aria-", 5) == 0 &&
           !(n == 11 && memcmp(name, "aria-hidden", n) == 0);
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

/* Reads the tag whose name ends at `at`, cutting attributes, up to behind its '>', which is put
 * into `*end`. From the first attribute on that is not simply ` name="value"` all is left as it is.
 */
static bool read_attributes(cutter *c, uint32_t at, uint32_t *end) {
    enum { LONGEST_NAME = 32 };
    while (at < c->n) {
        uint32_t from = at, n = 0;
        while (at < c->n && is_blank(c->bytes[at])) {
            at++;
        }
        if (at == from || at >= c->n || !is_letter(c->bytes[at])) {
            break;
        }
        char name[LONGEST_NAME];
        while (at < c->n &&
               (is_letter(c->bytes[at]) || c->bytes[at] == '-' || c->bytes[at] == ':' ||
                c->bytes[at] == '_' || (c->bytes[at] >= '0' && c->bytes[at] <= '9'))) {
            if (n < LONGEST_NAME) {
                name[n] = is_letter(c->bytes[at]) ? (char)(c->bytes[at] | 0x20) : c->bytes[at];
            }
            n++;
            at++;
        }
        if (at + 1 >= c->n || c->bytes[at] != '=' ||
            (c->bytes[at + 1] != '"' && c->bytes[at + 1] != '\'')) {
            if (at < c->n && is_blank(c->bytes[at])) {
                continue; /* `hidden`, without a value */
            }
            break;
        }
        const char *close = memchr(c->bytes + at + 2, c->bytes[at + 1], c->n - at - 2);
        if (!close) {
            break;
        }
        uint32_t to = (uint32_t)(close - c->bytes) + 1;
        if (to < c->n && !is_blank(c->bytes[to]) && c->bytes[to] != '>' && c->bytes[to] != '/') {
            break;
        }
        at = to;
        if (is_spared(name, n < LONGEST_NAME ? n : LONGEST_NAME) && !cut(c, from, to)) {
            return false;
        }
    }
    *end = behind_tag(c, at);
    return true;
}

/* Reads the element that starts at `at`; a script or style with all that is in it. */
static bool read_tag(cutter *c, uint32_t at, uint32_t *end) {
    /* HTML reads these as text where it knows them, and libxml2 of different ages knows different
     * ones. */
    static const char *const texts[] = {"title",   "textarea", "iframe",   "xmp",
                                        "noembed", "noframes", "plaintext"};
    uint32_t name = at + 1, to = name;
    while (to < c->n && !is_blank(c->bytes[to]) && c->bytes[to] != '>' && c->bytes[to] != '/') {
        to++;
    }
    if (!read_attributes(c, to, end)) {
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
            return true;
        }
    }
    bool plain = closed && c->bytes[from] != '>' && c->bytes[from] != '-';
    return !plain || cut(c, at, *end);
}

static bool read_markup(cutter *c, uint32_t at, uint32_t *end) {
    const char *bytes = c->bytes + at;
    uint32_t left = c->n - at;
    *end = at + 1;
    if (c->opaque) {
        if (left > 2 && bytes[1] == '/' && is_tag(c, at + 2, c->opaque)) {
            c->opaque = NULL;
        }
        return true;
    }
    if (left > 1 && is_letter(bytes[1])) {
        return read_tag(c, at, end);
    }
    return left < 5 || memcmp(bytes, "<!--", 4) != 0 || read_comment(c, at, end);
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
        if (!open) {
            break;
        }
        if (!read_markup(&c, (uint32_t)(open - bytes), &at)) {
            return false;
        }
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
