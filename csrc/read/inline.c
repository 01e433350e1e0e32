/* One walk with a stack of open marks; every search ahead remembers how far it got. */
#include "inline.h"
#include "utf8.h"

#include <string.h>

/* Open marks that are looked through for a partner: more are never nested by a writer, and the walk
 * stays linear. */
enum { MOST_LOOKED_AT = 64 };

static void drop(news_inline *in, uint32_t from, uint32_t to) {
    memset(in->drop + from, 1, to - from);
}

static bool is_space_at(const news_inline *in, news_span span, uint32_t at) {
    if (at < span.from || at >= span.to) {
        return true;
    }
    uint32_t length;
    return news_utf8_is_space(news_utf8_decode(in->bytes + at, span.to - at, &length));
}

static bool is_word_at(const news_inline *in, news_span span, uint32_t at) {
    if (at < span.from || at >= span.to) {
        return false;
    }
    unsigned char c = (unsigned char)in->bytes[at];
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static uint32_t run_length(const news_inline *in, uint32_t at, uint32_t to) {
    uint32_t n = 1;
    while (at + n < to && in->bytes[at + n] == in->bytes[at]) {
        n++;
    }
    return n;
}

/* Closes what it can of a run of '*', '_' or '~' and leaves the rest open. */
static bool read_delimiters(news_inline *in, news_span span, uint32_t at, uint32_t n) {
    char c = in->bytes[at];
    bool space_before = at == span.from || is_space_at(in, span, at - 1);
    bool space_after = is_space_at(in, span, at + n);
    bool inside_word =
        at > span.from && is_word_at(in, span, at - 1) && is_word_at(in, span, at + n);
    if ((c == '_' && inside_word) || (c == '~' && n < 2) || (space_before && space_after)) {
        return true;
    }
    uint32_t looked = 0;
    for (uint32_t i = in->open.n; !space_before && n > 0 && i-- > 0 && looked < MOST_LOOKED_AT;
         looked++) {
        news_inline_mark *mark = &in->open.at[i];
        if (mark->c == '[') {
            break; /* emphasis does not reach out of a link's text */
        }
        if (mark->c != c) {
            continue;
        }
        uint32_t both = mark->n < n ? mark->n : n;
        drop(in, mark->from + mark->n - both, mark->from + mark->n);
        drop(in, at, at + both);
        mark->n -= both;
        at += both;
        n -= both;
        in->open.n = mark->n ? i + 1 : i;
    }
    if (n > 0 && !space_after) {
        news_inline_mark *mark = news_list_push(in->arena, &in->open);
        if (!mark) {
            return false;
        }
        *mark = (news_inline_mark){at, n, c};
    }
    return true;
}

/* Behind the target "(…)" or "[…]" of a link that starts at `at`; `at` where there is none. Stops
 * at the next ']' of another link, so that all calls together read each byte once. */
static uint32_t target_end(const news_inline *in, uint32_t at, uint32_t to) {
    if (at >= to || (in->bytes[at] != '(' && in->bytes[at] != '[')) {
        return at;
    }
    bool reference = in->bytes[at] == '[';
    char title = 0;
    uint32_t depth = 0;
    for (uint32_t i = at + 1; i < to; i++) {
        char c = in->bytes[i];
        if (title) {
            title = c == title ? 0 : title;
        } else if (c == ']') {
            return reference ? i + 1 : at;
        } else if (c == '[' || c == '\n') {
            return at;
        } else if (!reference && (c == '"' || c == '\'') && in->bytes[i - 1] == ' ') {
            title = c;
        } else if (!reference && c == '(') {
            depth++;
        } else if (!reference && c == ')' && depth-- == 0) {
            return i + 1;
        }
        if (title && c == ']' && i + 1 < to && in->bytes[i + 1] == '(') {
            return at;
        }
    }
    return at;
}

/* The innermost open '[' and its link, now that ']' stands at `at`. Returns the byte to go on from.
 */
static uint32_t close_bracket(news_inline *in, news_span span, uint32_t at) {
    uint32_t i = in->open.n, looked = 0;
    while (i > 0 && in->open.at[i - 1].c != '[' && looked < MOST_LOOKED_AT) {
        i--;
        looked++;
    }
    if (i == 0 || in->open.at[i - 1].c != '[') {
        return at + 1;
    }
    news_inline_mark mark = in->open.at[i - 1];
    uint32_t end = target_end(in, at + 1, span.to);
    if (end > at + 1) {
        drop(in, mark.from, mark.from + mark.n);
        drop(in, at, end);
        in->open.n = i - 1;
        return end;
    }
    if (in->bytes[mark.from + mark.n - 1] == '[' && at > mark.from + mark.n &&
        in->bytes[mark.from + mark.n] == '^' && mark.n == 1) {
        drop(in, mark.from, at + 1); /* a footnote's number */
    }
    /* Brackets that are text: what is open inside them may still close behind them. */
    memmove(&in->open.at[i - 1], &in->open.at[i], (in->open.n - i) * sizeof *in->open.at);
    in->open.n--;
    return at + 1;
}

/* Behind the code span that starts at `at`, its backticks dropped; or behind the run of backticks
 * where nothing closes it. `unclosed` has a bit for each length that is known to be closed no more.
 */
static uint32_t read_code(news_inline *in, uint32_t at, uint32_t to, uint32_t *unclosed) {
    uint32_t n = run_length(in, at, to), bit = UINT32_C(1) << (n < 31 ? n : 31);
    if (*unclosed & bit) {
        return at + n;
    }
    for (uint32_t i = at + n; i < to;) {
        if (in->bytes[i] != '`') {
            /* ``quoted'' is an old way to write quotation marks. */
            if (n == 2 && in->bytes[i] == '\'' && i + 1 < to && in->bytes[i + 1] == '\'') {
                return at + n;
            }
            i++;
            continue;
        }
        uint32_t m = run_length(in, i, to);
        if (m == n) {
            drop(in, at, at + n);
            drop(in, i, i + n);
            return i + n;
        }
        i += m;
    }
    *unclosed |= bit;
    return at + n;
}

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Behind a tag, comment or "<http://…>" that starts at `at`, dropped but for the address; at + 1
 * where there is none. No tag holds another '<'. */
static uint32_t read_angle(news_inline *in, uint32_t at, uint32_t to) {
    uint32_t left = to - at;
    const char *s = in->bytes + at;
    if (left > 6 && memcmp(s, "<!--", 4) == 0) {
        for (uint32_t i = 4; i + 3 <= left; i++) {
            if (memcmp(s + i, "-->", 3) == 0) {
                drop(in, at, at + i + 3);
                return at + i + 3;
            }
            if (s[i] == '<') {
                break;
            }
        }
        return at + 1;
    }
    if (left < 3 || !(is_letter(s[1]) || (s[1] == '/' && is_letter(s[2])))) {
        return at + 1;
    }
    bool address = false;
    for (uint32_t i = 1; i < left && s[i] != '<'; i++) {
        address |= s[i] == ':' || s[i] == '@';
        if (s[i] == '>') {
            bool tag = !address || memchr(s, ' ', i) != NULL || memchr(s, '=', i) != NULL;
            drop(in, at, tag ? at + i + 1 : at + 1);
            drop(in, at + i, at + i + 1);
            return at + i + 1;
        }
    }
    return at + 1;
}

bool news_read_inline(news_inline *in, news_span span) {
    in->open.n = 0;
    uint32_t unclosed = 0;
    for (uint32_t at = span.from; at < span.to;) {
        char c = in->bytes[at];
        if (in->drop[at]) {
            at++;
        } else if (c == '\\' && at + 1 < span.to && in->bytes[at + 1] > ' ' &&
                   !is_word_at(in, span, at + 1) && in->bytes[at + 1] < 0x7F) {
            drop(in, at, at + 1);
            at += 2;
        } else if (c == '\\' && at + 1 < span.to && in->bytes[at + 1] == '\n') {
            drop(in, at, at + 1);
            at++;
        } else if (c == '*' || c == '_' || c == '~') {
            uint32_t n = run_length(in, at, span.to);
            if (!read_delimiters(in, span, at, n)) {
                return false;
            }
            at += n;
        } else if (c == '`') {
            at = read_code(in, at, span.to, &unclosed);
        } else if (c == '<') {
            at = read_angle(in, at, span.to);
        } else if (c == '[' || (c == '!' && at + 1 < span.to && in->bytes[at + 1] == '[')) {
            news_inline_mark *mark = news_list_push(in->arena, &in->open);
            if (!mark) {
                return false;
            }
            *mark = (news_inline_mark){at, c == '!' ? 2 : 1, '['};
            at += mark->n;
        } else if (c == ']') {
            at = close_bracket(in, span, at);
        } else {
            at++;
        }
    }
    return true;
}
