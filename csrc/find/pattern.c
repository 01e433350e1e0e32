/* Text as units that compare without regard to typography, and Myers' approximate search over them.
 */
#include "anchor.h"
#include "utf8.h"

#include <string.h>

static uint32_t fold(uint32_t c) {
    switch (c) {
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x201F:
    case 0xAB:
    case 0xBB:
    case 0x300C:
    case 0x300D:
        return '"';
    case 0x2018:
    case 0x2019:
    case 0x201A:
    case 0x201B:
    case 0x2039:
    case 0x203A:
    case 0x2BC:
    case '`':
        return '\'';
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2015:
    case 0x2212:
        return '-';
    default:
        return news_utf8_lower(c);
    }
}

bool news_units_fold(news_arena *arena, news_string text, news_units *units) {
    units->n = 0;
    units->at = news_arena_array(arena, (size_t)text.n + 1, sizeof *units->at);
    units->from = news_arena_array(arena, (size_t)text.n + 1, sizeof *units->from);
    if (!units->at || !units->from) {
        return false;
    }
    bool blank = false;
    for (uint32_t at = 0, length; at < text.n; at += length) {
        uint32_t c = news_utf8_decode(text.bytes + at, text.n - at, &length);
        bool space = news_utf8_is_space(c);
        if (c == 0xAD || (space && blank)) { /* soft hyphens are typography too */
            continue;
        }
        blank = space;
        units->from[units->n] = at;
        units->at[units->n++] = space ? ' ' : fold(c);
    }
    units->from[units->n] = text.n;
    return true;
}

bool news_pattern_make(news_arena *arena, const uint32_t *units, uint32_t n, uint32_t n_alphabet,
                       bool backwards, news_pattern *pattern) {
    uint32_t n_blocks = (n + 63) / 64;
    uint32_t *rows = news_arena_array(arena, n_alphabet, sizeof *rows);
    uint32_t n_rows = 1;
    if (!rows) {
        return false;
    }
    for (uint32_t i = 0; i < n; i++) {
        if (!rows[units[i]]) {
            rows[units[i]] = n_rows++;
        }
    }
    *pattern = (news_pattern){.rows = rows, .n = n, .n_blocks = n_blocks};
    pattern->match = news_arena_array(arena, (size_t)n_rows * n_blocks, sizeof *pattern->match);
    pattern->plus = news_arena_array(arena, n_blocks, sizeof *pattern->plus);
    pattern->minus = news_arena_array(arena, n_blocks, sizeof *pattern->minus);
    if (!pattern->match || !pattern->plus || !pattern->minus) {
        return false;
    }
    for (uint32_t i = 0; i < n; i++) {
        uint32_t unit = units[backwards ? n - 1 - i : i];
        pattern->match[(size_t)rows[unit] * n_blocks + i / 64] |= UINT64_C(1) << (i % 64);
    }
    return true;
}

void news_pattern_reset(news_pattern *pattern) {
    memset(pattern->plus, 0xFF, pattern->n_blocks * sizeof *pattern->plus);
    memset(pattern->minus, 0, pattern->n_blocks * sizeof *pattern->minus);
}

int news_pattern_step(news_pattern *pattern, uint32_t unit, bool fixed_start) {
    const uint64_t *match = pattern->match + (size_t)pattern->rows[unit] * pattern->n_blocks;
    int carry = fixed_start ? 1 : 0;
    for (uint32_t b = 0; b < pattern->n_blocks; b++) {
        uint64_t plus = pattern->plus[b];
        uint64_t minus = pattern->minus[b];
        uint64_t equal = match[b];
        uint64_t vertical = equal | minus;
        equal |= carry < 0 ? 1 : 0;
        uint64_t horizontal = (((equal & plus) + plus) ^ plus) | equal;
        uint64_t up = minus | ~(horizontal | plus);
        uint64_t down = plus & horizontal;
        uint64_t last = UINT64_C(1) << (b + 1 < pattern->n_blocks ? 63 : (pattern->n - 1) % 64);
        int out = (up & last) ? 1 : (down & last) ? -1 : 0;
        up = up << 1 | (carry > 0 ? 1 : 0);
        down = down << 1 | (carry < 0 ? 1 : 0);
        pattern->plus[b] = down | ~(vertical | up);
        pattern->minus[b] = up & vertical;
        carry = out;
    }
    return carry;
}
