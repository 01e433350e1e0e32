/* UTF-8 by hand: the C library's own routines depend on the locale. */
#include "utf8.h"

#include <string.h>

uint32_t news_utf8_decode_wide(const char *bytes, size_t n, uint32_t *length) {
    const unsigned char *s = (const unsigned char *)bytes;
    *length = 1;
    uint32_t extra = s[0] >= 0xF0 ? 3 : s[0] >= 0xE0 ? 2 : 1;
    if (s[0] < 0xC2 || s[0] > 0xF4 || extra >= n) {
        return NEWS_REPLACEMENT;
    }
    uint32_t c = s[0] & (0x3Fu >> extra);
    for (uint32_t i = 1; i <= extra; i++) {
        if ((s[i] & 0xC0) != 0x80) {
            return NEWS_REPLACEMENT;
        }
        c = c << 6 | (s[i] & 0x3Fu);
    }
    static const uint32_t least[] = {0, 0x80, 0x800, 0x10000};
    if (c < least[extra] || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) {
        return NEWS_REPLACEMENT;
    }
    *length = extra + 1;
    return c;
}

uint32_t news_utf8_before(const char *bytes, size_t at, uint32_t *length) {
    size_t from = at - 1;
    while (from > 0 && at - from < 4 && ((unsigned char)bytes[from] & 0xC0) == 0x80) {
        from--;
    }
    uint32_t c = news_utf8_decode(bytes + from, at - from, length);
    if (*length != at - from) {
        *length = 1;
        return NEWS_REPLACEMENT;
    }
    return c;
}

uint32_t news_utf8_encode(uint32_t c, char *out) {
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        out[0] = (char)(0xC0 | c >> 6);
        out[1] = (char)(0x80 | (c & 0x3F));
        return 2;
    }
    if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) {
        c = NEWS_REPLACEMENT;
    }
    if (c < 0x10000) {
        out[0] = (char)(0xE0 | c >> 12);
        out[1] = (char)(0x80 | (c >> 6 & 0x3F));
        out[2] = (char)(0x80 | (c & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | c >> 18);
    out[1] = (char)(0x80 | (c >> 12 & 0x3F));
    out[2] = (char)(0x80 | (c >> 6 & 0x3F));
    out[3] = (char)(0x80 | (c & 0x3F));
    return 4;
}

size_t news_utf8_plain(const char *bytes, size_t n) {
    static const uint64_t high = UINT64_C(0x8080808080808080), low = UINT64_C(0x0101010101010101);
    size_t at = 0;
    for (uint64_t eight; n - at >= sizeof eight; at += sizeof eight) {
        memcpy(&eight, bytes + at, sizeof eight);
        /* A byte that is 0 borrows into its top bit. */
        if ((eight | (eight - low)) & high) {
            break;
        }
    }
    while (at < n && (signed char)bytes[at] > 0) {
        at++;
    }
    return at;
}

size_t news_utf8_valid(const char *bytes, size_t n) {
    size_t at = 0;
    while (at < n) {
        at += news_utf8_plain(bytes + at, n - at);
        if (at == n) {
            break;
        }
        unsigned char b = (unsigned char)bytes[at];
        if (b < 0x80) {
            if (b == 0) {
                break;
            }
            at++;
            continue;
        }
        uint32_t length;
        if (news_utf8_decode(bytes + at, n - at, &length) == NEWS_REPLACEMENT && length == 1) {
            break;
        }
        at += length;
    }
    return at;
}

bool news_utf8_is_space_wide(uint32_t c) {
    return c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200B) || c == 0x2028 ||
           c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x2060 || c == 0x3000 || c == 0xFEFF;
}

bool news_utf8_is_letter_wide(uint32_t c) {
    if (c < 0xC0) {
        return c == 0xAA || c == 0xB5 || c == 0xBA;
    }
    if (c == 0xD7 || c == 0xF7) {
        return false;
    }
    /* Punctuation, symbols, private use, specials and pictographs are the large gaps. */
    return c < 0x2000 || (c >= 0x2C00 && c < 0x2E00) || (c >= 0x3040 && c < 0xD800) ||
           (c >= 0xF900 && c < 0xFE10) || (c >= 0xFE20 && c < 0xFE30) ||
           (c >= 0xFE70 && c < 0xFEFF) || (c >= 0xFF21 && c <= 0xFF3A) ||
           (c >= 0xFF41 && c <= 0xFF5A) || (c >= 0xFF66 && c < 0xFFE0) ||
           (c >= 0x10000 && c < 0x1F000) || (c >= 0x20000 && c < 0xE0000);
}

/* Latin Extended-A and the like alternate capital and small; where the capital is the odd one is
 * told by range. */
static bool alternates_even(uint32_t c) {
    return (c >= 0x100 && c <= 0x137) || (c >= 0x14A && c <= 0x177) || (c >= 0x1DE && c <= 0x1EF) ||
           (c >= 0x1F8 && c <= 0x21F) || (c >= 0x222 && c <= 0x233) || (c >= 0x460 && c <= 0x481) ||
           (c >= 0x48A && c <= 0x4BF) || (c >= 0x4D0 && c <= 0x52F) ||
           (c >= 0x1E00 && c <= 0x1E95) || (c >= 0x1EA0 && c <= 0x1EFF);
}

static bool alternates_odd(uint32_t c) {
    return (c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E) || (c >= 0x1CD && c <= 0x1DC);
}

uint32_t news_utf8_lower_wide(uint32_t c) {
    if ((c >= 0xC0 && c <= 0xDE && c != 0xD7) || (c >= 0x391 && c <= 0x3AB && c != 0x3A2) ||
        (c >= 0x410 && c <= 0x42F)) {
        return c + 32;
    }
    if (c >= 0x400 && c <= 0x40F) {
        return c + 80;
    }
    if (c == 0x130) {
        return 'i';
    }
    if (c == 0x178) {
        return 0xFF;
    }
    if (alternates_even(c)) {
        return c | 1;
    }
    if (alternates_odd(c)) {
        return c + (c & 1);
    }
    switch (c) {
    case 0x386:
        return 0x3AC;
    case 0x388:
    case 0x389:
    case 0x38A:
        return c + 37;
    case 0x38C:
        return 0x3CC;
    case 0x38E:
    case 0x38F:
        return c + 63;
    default:
        return c;
    }
}

bool news_utf8_is_lower_wide(uint32_t c) {
    return (c >= 0xDF && c <= 0xFF && c != 0xF7) || (c >= 0x3AC && c <= 0x3CE) ||
           (c >= 0x430 && c <= 0x45F) || (alternates_even(c) && (c & 1)) ||
           (alternates_odd(c) && !(c & 1));
}

uint32_t news_utf8_fold(const char *bytes, uint32_t n, char *out) {
    uint32_t used = 0, at = 0, length, four;
    while (at < n) {
        uint64_t eight = 0;
        if (n - at >= sizeof eight) {
            memcpy(&eight, bytes + at, sizeof eight);
            if (news_utf8_are_plain(eight)) {
                eight = news_utf8_lower_eight(eight);
                memcpy(out + used, &eight, sizeof eight);
                at += sizeof eight;
                used += sizeof eight;
                continue;
            }
        } else if (n - at >= sizeof four) {
            memcpy(&four, bytes + at, sizeof four);
            if (news_utf8_are_plain(four)) {
                four = (uint32_t)news_utf8_lower_eight(four);
                memcpy(out + used, &four, sizeof four);
                at += sizeof four;
                used += sizeof four;
                continue;
            }
        }
        uint32_t c = (unsigned char)bytes[at];
        if (c < 0x80) {
            out[used++] = (char)news_utf8_lower(c);
            at++;
            continue;
        }
        c = news_utf8_decode(bytes + at, n - at, &length);
        at += length;
        used += news_utf8_encode(c == 0x2019 ? '\'' : news_utf8_lower(c), out + used);
    }
    return used;
}

news_span news_utf8_trim(const char *text, news_span span) {
    uint32_t length;
    while (span.from < span.to &&
           news_utf8_is_space(news_utf8_decode(text + span.from, span.to - span.from, &length))) {
        span.from += length;
    }
    while (span.to > span.from &&
           news_utf8_is_space(news_utf8_before(text + span.from, span.to - span.from, &length))) {
        span.to -= length;
    }
    return span;
}
