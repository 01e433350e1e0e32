/* Every line that is not blank is a passage, but for text whose lines were broken to a width: there
 * the lines of one paragraph are joined. */
#include "plain.h"
#include "utf8.h"

#include <string.h>

enum {
    WIDEST = 100,     /* characters of a line that was broken to a width; typewriters and mail
                         stop at 80, wires at 70 */
    NARROWEST = 40,   /* a column narrower than that is no running text */
    LEAST_PAIRS = 3,  /* broken lines that are seen before the width is believed */
    MOST_OVER = 20,   /* one line in so many may be wider: addresses, tables */
    LEAST_FLOW = 70,  /* per cent of full lines that must run on into the next */
    LEAST_SMALL = 50, /* per cent of them that must run on into a small letter, where the margin is
                         ragged: headlines below each other do not */
    RAGGED = 8,       /* a ragged margin is an eighth of the width: letters of many widths */
};

/* How lines were broken: to at most `width` characters, and at least `narrowest` with the next
 * word.
 */
typedef struct wrapping {
    uint32_t width, narrowest;
} wrapping;

typedef struct text_line {
    news_span span;                   /* trimmed */
    uint32_t width;                   /* in characters */
    uint32_t first_word;              /* width of its first word */
    uint32_t indent;                  /* blanks before it */
    bool blank, small, bullet, stops; /* starts small, starts as a list does, ends a sentence */
} text_line;

static text_line read_line(const news_text *text, uint32_t at, uint32_t *next) {
    const char *end = memchr(text->bytes + at, '\n', text->n - at);
    uint32_t to = end ? (uint32_t)(end - text->bytes) : text->n;
    *next = end ? to + 1 : text->n;
    text_line line = {.span = news_utf8_trim(text->bytes, (news_span){at, to})};
    line.blank = line.span.from == line.span.to;
    line.indent = line.span.from - at;
    return line;
}

static bool is_bullet(uint32_t c, uint32_t next) {
    return ((c == '-' || c == '*' || c == '+' || c == 0x2013) && news_utf8_is_space(next)) ||
           c == 0x2022 || c == 0x25CF || c == 0x25AA || c == 0xB7;
}

/* Measures a line for the question whether the text is broken to a width; linear. */
static void measure(const news_text *text, text_line *line) {
    uint32_t first = 0, second = 0, last = 0;
    for (uint32_t at = line->span.from, length; at < line->span.to; at += length) {
        uint32_t c = news_utf8_decode(text->bytes + at, line->span.to - at, &length);
        if (line->width == 0) {
            first = c;
        } else if (line->width == 1) {
            second = c;
        }
        if (news_utf8_is_space(c) && line->first_word == 0) {
            line->first_word = line->width;
        }
        line->width++;
        last = c;
    }
    if (line->first_word == 0) {
        line->first_word = line->width;
    }
    line->small = news_utf8_is_lower(first);
    line->bullet = is_bullet(first, second);
    line->stops = last == '.' || last == '!' || last == '?' || last == ':' || last == '"' ||
                  last == 0x201D || last == ')';
}

/* The characters of a line, or WIDEST + 1 where there are more. */
static uint32_t width_of(const news_text *text, news_span line) {
    uint32_t width = 0;
    for (uint32_t at = line.from; at < line.to && width <= WIDEST; at++) {
        width += ((unsigned char)text->bytes[at] & 0xC0) != 0x80;
    }
    return width;
}

/* The width of the widest line, or 0 where lines are too wide or too narrow to have been broken. */
static uint32_t widest(const news_text *text) {
    uint32_t counts[WIDEST + 1] = {0}, over = 0, lines = 0, next;
    for (uint32_t at = 0; at < text->n; at = next) {
        text_line line = read_line(text, at, &next);
        if (!line.blank) {
            uint32_t width = width_of(text, line.span);
            lines++;
            if (width > WIDEST) {
                over++;
            } else {
                counts[width]++;
            }
        }
    }
    if (over * MOST_OVER > lines) {
        return 0;
    }
    uint32_t width = WIDEST;
    while (width > 0 && counts[width] == 0) {
        width--;
    }
    if (width < NARROWEST) {
        return 0;
    }
    return width;
}

/* Whether the word that begins a line would have made the line before too wide. */
static bool is_full(const text_line *before, const text_line *line, uint32_t full) {
    return before->width + 1 + line->first_word > full;
}

/* How many lines run on although they are not full, or NEWS_NONE where the lines were not broken to
 * this width. */
static uint32_t misfits(const news_text *text, uint32_t width, bool is_ragged) {
    uint32_t full = 0, flows = 0, small = 0, short_ones = 0, next;
    text_line before = {.blank = true};
    for (uint32_t at = 0; at < text->n; at = next) {
        text_line line = read_line(text, at, &next);
        measure(text, &line);
        if (!before.blank && !line.blank && is_full(&before, &line, width)) {
            full++;
            flows += line.small || !before.stops;
            small += line.small;
        } else if (!before.blank && !line.blank && line.small) {
            short_ones++; /* it would have fitted, so another hand broke the line */
        }
        before = line;
    }
    bool fits = flows >= LEAST_PAIRS && flows * 100 >= (full + short_ones) * LEAST_FLOW &&
                (!is_ragged || small * 100 >= full * LEAST_SMALL);
    return fits ? short_ones : NEWS_NONE;
}

/* How the lines of the text were broken; all 0 where they were not. */
static wrapping wrapping_of(const news_text *text) {
    uint32_t width = widest(text);
    if (width == 0) {
        return (wrapping){0};
    }
    uint32_t straight = misfits(text, width, false);
    if (straight == 0) {
        return (wrapping){width, width};
    }
    uint32_t narrower = width - width / RAGGED;
    uint32_t ragged = misfits(text, narrower, true);
    return ragged < straight       ? (wrapping){width, narrower}
           : straight != NEWS_NONE ? (wrapping){width, width}
                                   : (wrapping){0};
}

/* Whether a line goes on with the paragraph of the line before. */
static bool joins(const text_line *before, const text_line *line, wrapping wrap) {
    if (wrap.width == 0 || before->blank || line->bullet ||
        !is_full(before, line, wrap.narrowest)) {
        return false;
    }
    bool begins = before->stops && !line->small;
    bool is_indented = line->indent >= 2 && line->indent > before->indent && !before->bullet;
    return !(begins && !is_full(before, line, wrap.width)) && !(is_indented && before->stops);
}

static bool push(news_arena *arena, news_reading *reading, news_span span, uint8_t blank) {
    news_passage *passage = news_list_push(arena, &reading->passages.list);
    if (passage) {
        *passage = (news_passage){.span = span, .blank_before = blank, .item = NEWS_NONE};
    }
    return passage != NULL;
}

bool news_read_plain(news_arena *arena, const news_source *source, news_reading *reading) {
    reading->format = NEWS_FORMAT_TEXT;
    if (!news_text_decode(arena, &reading->text, source, (news_span){0, source->utf8.n})) {
        return false;
    }
    const news_text *text = &reading->text;
    const wrapping wrap = wrapping_of(text);
    uint32_t next;
    uint8_t blank = 0;
    text_line before = {.blank = true};
    for (uint32_t at = 0; at < text->n; at = next) {
        text_line line = read_line(text, at, &next);
        if (wrap.width) {
            measure(text, &line);
        }
        if (line.blank) {
            blank = blank < UINT8_MAX ? blank + 1 : blank;
            before = line;
            continue;
        }
        if (joins(&before, &line, wrap)) {
            news_passage *last = &reading->passages.list.at[reading->passages.list.n - 1];
            last->span.to = line.span.to;
            bool item = before.bullet;
            before = line;
            before.bullet = item;
            continue;
        }
        if (!push(arena, reading, line.span, blank)) {
            return false;
        }
        blank = 0;
        before = line;
    }
    return true;
}
