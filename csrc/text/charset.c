/* Labels are looked up in a table; bytes are decoded by the system's iconv, one character at a
 * time, so that each keeps its place. */
#include "charset.h"
#include "utf8.h"

#include <stdlib.h>
#include <string.h>

#ifdef NEWS_HAS_ICONV
#include <errno.h>
#include <iconv.h>
#endif

enum {
    LOOKED = 4096,     /* bytes in which a page's declaration is looked for; HTML asks for 1024 */
    LONGEST_LABEL = 20 /* of those below */
};

/* Labels of the WHATWG Encoding Standard and iconv's name of what they mean there, where Latin 1 is
 * windows-1252 and GB 2312 is GBK. The most frequent of each. */
static const char *const labels[][2] = {
    {"utf-8", "UTF-8"},
    {"utf8", "UTF-8"},
    {"utf-16", "UTF-8"}, /* whoever can be read so far as to say it is none */
    {"utf-16le", "UTF-8"},
    {"utf-16be", "UTF-8"},
    {"us-ascii", "WINDOWS-1252"},
    {"ascii", "WINDOWS-1252"},
    {"iso-8859-1", "WINDOWS-1252"},
    {"iso8859-1", "WINDOWS-1252"},
    {"iso_8859-1", "WINDOWS-1252"},
    {"latin1", "WINDOWS-1252"},
    {"windows-1252", "WINDOWS-1252"},
    {"cp1252", "WINDOWS-1252"},
    {"iso-8859-2", "ISO-8859-2"},
    {"latin2", "ISO-8859-2"},
    {"iso-8859-3", "ISO-8859-3"},
    {"iso-8859-4", "ISO-8859-4"},
    {"iso-8859-5", "ISO-8859-5"},
    {"iso-8859-6", "ISO-8859-6"},
    {"iso-8859-7", "ISO-8859-7"},
    {"iso-8859-8", "ISO-8859-8"},
    {"iso-8859-9", "WINDOWS-1254"},
    {"iso-8859-10", "ISO-8859-10"},
    {"iso-8859-13", "ISO-8859-13"},
    {"iso-8859-14", "ISO-8859-14"},
    {"iso-8859-15", "ISO-8859-15"},
    {"iso-8859-16", "ISO-8859-16"},
    {"koi8-r", "KOI8-R"},
    {"koi8-u", "KOI8-U"},
    {"macintosh", "MACINTOSH"},
    {"windows-874", "WINDOWS-874"},
    {"tis-620", "WINDOWS-874"},
    {"windows-1250", "WINDOWS-1250"},
    {"cp1250", "WINDOWS-1250"},
    {"windows-1251", "WINDOWS-1251"},
    {"cp1251", "WINDOWS-1251"},
    {"windows-1253", "WINDOWS-1253"},
    {"windows-1254", "WINDOWS-1254"},
    {"windows-1255", "WINDOWS-1255"},
    {"windows-1256", "WINDOWS-1256"},
    {"windows-1257", "WINDOWS-1257"},
    {"windows-1258", "WINDOWS-1258"},
    {"gbk", "GBK"},
    {"gb2312", "GBK"},
    {"gb18030", "GB18030"},
    {"big5", "BIG5"},
    {"big5-hkscs", "BIG5"},
    {"euc-jp", "EUC-JP"},
    {"shift_jis", "SHIFT_JIS"},
    {"shift-jis", "SHIFT_JIS"},
    {"sjis", "SHIFT_JIS"},
    {"x-sjis", "SHIFT_JIS"},
    {"windows-31j", "CP932"},
    {"euc-kr", "EUC-KR"},
    {"ks_c_5601-1987", "EUC-KR"},
};

static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static bool is_blank(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool is_word(const char *bytes, size_t n, const char *word) {
    size_t length = strlen(word);
    for (size_t i = 0; i < length; i++) {
        if (i >= n || lower(bytes[i]) != word[i]) {
            return false;
        }
    }
    return true;
}

/* The label behind "encoding" or "charset" and its "=". */
static const char *read_label(const char *bytes, size_t n) {
    size_t at = 0;
    while (at < n && is_blank(bytes[at])) {
        at++;
    }
    if (at == n || bytes[at] != '=') {
        return NULL;
    }
    do {
        at++;
    } while (at < n && (is_blank(bytes[at]) || bytes[at] == '"' || bytes[at] == '\''));
    static const char ends[] = {'"', '\'', ';', '>', '/', '?'};
    char label[LONGEST_LABEL + 1];
    size_t used = 0;
    while (at < n && used < LONGEST_LABEL && !is_blank(bytes[at]) &&
           !memchr(ends, bytes[at], sizeof ends)) {
        label[used++] = lower(bytes[at++]);
    }
    label[used] = 0;
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
        if (strcmp(label, labels[i][0]) == 0) {
            return labels[i][1];
        }
    }
    return used ? "" : NULL;
}

/* What is said in a tag from `bytes` on, behind `word`. */
static const char *label_in_tag(const char *bytes, size_t n, const char *word) {
    for (size_t at = 0; at < n && bytes[at] != '>'; at++) {
        if (is_word(bytes + at, n - at, word)) {
            size_t behind = at + strlen(word);
            const char *name = read_label(bytes + behind, n - behind);
            if (name) {
                return name;
            }
        }
    }
    return NULL;
}

const char *news_charset_declared(const char *bytes, size_t n) {
    n = n < LOOKED ? n : LOOKED;
    if (n > 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) {
        bytes += 3;
        n -= 3;
    }
    if (is_word(bytes, n, "<?xml")) {
        const char *name = label_in_tag(bytes, n, "encoding");
        if (name) {
            return name;
        }
    }
    for (size_t at = 0; at < n; at++) {
        const char *open = memchr(bytes + at, '<', n - at);
        if (!open) {
            break;
        }
        at = (size_t)(open - bytes);
        if (is_word(bytes + at, n - at, "<!--")) {
            while (at < n && !is_word(bytes + at, n - at, "-->")) {
                at++;
            }
        } else if (is_word(bytes + at, n - at, "<meta")) {
            const char *name = label_in_tag(bytes + at, n - at, "charset");
            if (name) {
                return name;
            }
        }
    }
    return NULL;
}

bool news_charset_is_utf8(const char *bytes, size_t n) {
    enum { LONGEST_SEQUENCE = 4, CHANCE = 20 };
    size_t good = 0, bad = 0;
    for (size_t at = 0; at < n;) {
        size_t valid = news_utf8_valid(bytes + at, n - at);
        for (size_t i = 0; i < valid; i++) {
            good += ((unsigned char)bytes[at + i] & 0xC0) == 0xC0;
        }
        at += valid;
        if (at < n && bytes[at] != 0) { /* a NUL is odd, but no sign of another encoding */
            bad += n - at >= LONGEST_SEQUENCE;
        }
        at++;
    }
    return good >= bad * CHANCE;
}

#ifdef NEWS_HAS_ICONV

struct news_decoder {
    iconv_t from;
};

news_decoder *news_charset_open(const char *name) {
    news_decoder *decoder = malloc(sizeof *decoder);
    if (!decoder) {
        return NULL;
    }
    decoder->from = iconv_open("UTF-8", name);
    /* What iconv says where it fails. NOLINTNEXTLINE(performance-no-int-to-ptr) */
    if (decoder->from == (iconv_t)-1) {
        free(decoder);
        return NULL;
    }
    return decoder;
}

void news_charset_close(news_decoder *decoder) {
    if (decoder) {
        iconv_close(decoder->from);
        free(decoder);
    }
}

uint32_t news_charset_next(news_decoder *decoder, const char *bytes, size_t n, char out[8],
                           uint32_t *n_out, bool *is_bad) {
    enum { LONGEST_CHARACTER = 4 };
    *is_bad = false;
    if ((unsigned char)bytes[0] < 0x80) { /* the same in every character set of the table */
        out[0] = bytes[0];
        *n_out = 1;
        return 1;
    }
    for (uint32_t length = 1; length <= LONGEST_CHARACTER && length <= n; length++) {
        char given[LONGEST_CHARACTER];
        memcpy(given, bytes, length);
        char *in = given, *to = out;
        size_t in_left = length, out_left = 8;
        size_t result = iconv(decoder->from, &in, &in_left, &to, &out_left);
        if (result != (size_t)-1 && in_left == 0 && out_left < 8) {
            *n_out = (uint32_t)(8 - out_left);
            return length;
        }
        (void)iconv(decoder->from, NULL, NULL, NULL, NULL); /* back to the state at a start */
        if (result == (size_t)-1 && errno != EINVAL) {
            break;
        }
    }
    *is_bad = true;
    *n_out = news_utf8_encode(NEWS_REPLACEMENT, out);
    return 1;
}

#else

news_decoder *news_charset_open(const char *name) {
    (void)name;
    return NULL;
}

void news_charset_close(news_decoder *decoder) {
    (void)decoder;
}

uint32_t news_charset_next(news_decoder *decoder, const char *bytes, size_t n, char out[8],
                           uint32_t *n_out, bool *is_bad) {
    (void)decoder;
    (void)bytes;
    (void)n;
    *is_bad = true;
    *n_out = news_utf8_encode(NEWS_REPLACEMENT, out);
    return 1;
}

#endif
