/* One walk over the bytes counts; short lines are then looked up in the lists. */
#include "line.h"
#include "eight.h"
#include "utf8.h"
#include "word_lists.h"

#include <string.h>

enum {
    LONGEST_LABEL = 96,   /* bytes of a line that may be a label as a whole, or of its opening */
    LONGEST_STOP = 16,    /* bytes of a common word */
    SHORT_LINE = 300,     /* bytes of a line in which a date or byline is looked for */
    LONGEST_SPEAKER = 60, /* bytes of a speaker's name */
    LONG_WORD = 4         /* letters; shorter ones are small in titles, too */
};

static bool is_quote(uint32_t c) {
    return c == '"' || c == '\'' || (c >= 0x2018 && c <= 0x201F) || c == 0xAB || c == 0xBB;
}

static bool is_closing(uint32_t c) {
    return is_quote(c) || c == ')' || c == ']';
}

static bool is_list_sign(uint32_t c) {
    return c == 0x2022 || c == 0x25CF || c == 0x25AA || c == 0x25A0 || c == 0x2023 || c == 0x25E6 ||
           c == 0xB7 || c == 0x2043 || c == 0x25BA || c == 0x27A4;
}

uint32_t news_line_bullet(const char *text, news_span span) {
    uint32_t length, next;
    if (span.from >= span.to) {
        return 0;
    }
    uint32_t c = news_utf8_decode(text + span.from, span.to - span.from, &length);
    bool typed = c == '-' || c == '*' || c == '+' || c == 0x2013;
    if (!typed && !is_list_sign(c)) {
        return 0;
    }
    uint32_t at = span.from + length;
    if (at >= span.to) {
        return 0;
    }
    c = news_utf8_decode(text + at, span.to - at, &next);
    if (typed && !news_utf8_is_space(c)) {
        return 0;
    }
    news_span rest = news_utf8_trim(text, (news_span){at, span.to});
    return rest.from < rest.to ? rest.from - span.from : 0;
}

/* What stands in a short line, or in the opening of a long one. */
enum { SIGN_SCRIPT = 1, SIGN_LINK = 2, SIGN_RIGHTS = 4, SIGN_AGENCY = 8 };

/* In order of their first bytes; agencies as they stand in the credit of a picture, what is left
 * over from tags and scripts, and signs of links and rights. They begin where a word begins or with
 * a sign. */
static const struct {
    const char *bytes;
    uint8_t sign;
} signs[] = {
    {"!important", SIGN_SCRIPT},
    {"(Reuters)/", SIGN_AGENCY},
    {"-->", SIGN_SCRIPT},
    {"/AP", SIGN_AGENCY},
    {"/AFP", SIGN_AGENCY},
    {"/Reuters", SIGN_AGENCY},
    {"/EPA", SIGN_AGENCY},
    {"<![CDATA[", SIGN_SCRIPT},
    {"</script>", SIGN_SCRIPT},
    {"</iframe>", SIGN_SCRIPT},
    {"AP Photo", SIGN_AGENCY},
    {"AP/", SIGN_AGENCY},
    {"AFP/", SIGN_AGENCY},
    {"Anadolu", SIGN_AGENCY},
    {"Alamy", SIGN_AGENCY},
    {"Copyright", SIGN_RIGHTS},
    {"EPA-EFE", SIGN_AGENCY},
    {"Getty Images", SIGN_AGENCY},
    {"Handout", SIGN_AGENCY},
    {"PA Wire", SIGN_AGENCY},
    {"Photo:", SIGN_AGENCY},
    {"Photo by", SIGN_AGENCY},
    {"Photograph:", SIGN_AGENCY},
    {"Photo courtesy", SIGN_AGENCY},
    {"REUTERS/", SIGN_AGENCY},
    {"Rights reserved", SIGN_RIGHTS},
    {"Shutterstock", SIGN_AGENCY},
    {"Xinhua/", SIGN_AGENCY},
    {"addEventListener", SIGN_SCRIPT},
    {"adsbygoogle", SIGN_SCRIPT},
    {"copyright", SIGN_RIGHTS},
    {"dataLayer", SIGN_SCRIPT},
    {"document.get", SIGN_SCRIPT},
    {"document.write", SIGN_SCRIPT},
    {"function(", SIGN_SCRIPT},
    {"function ()", SIGN_SCRIPT},
    {"gtag(", SIGN_SCRIPT},
    {"googletag", SIGN_SCRIPT},
    {"http:", SIGN_LINK},
    {"https:", SIGN_LINK},
    {"iStock", SIGN_AGENCY},
    {"rights reserved", SIGN_RIGHTS},
    {"via AP", SIGN_AGENCY},
    {"via Getty", SIGN_AGENCY},
    {"window._", SIGN_SCRIPT},
    {"window.on", SIGN_SCRIPT},
    {"window.location", SIGN_SCRIPT},
    {"window.data", SIGN_SCRIPT},
    {"www.", SIGN_LINK},
};

/* 1 + the first sign that begins with a byte. */
static const uint8_t first_sign[256] = {
    ['!'] = 1,  ['('] = 2,  ['-'] = 3,  ['/'] = 4,  ['<'] = 8,  ['A'] = 11, ['C'] = 16, ['E'] = 17,
    ['G'] = 18, ['H'] = 19, ['P'] = 20, ['R'] = 25, ['S'] = 27, ['X'] = 28, ['a'] = 29, ['c'] = 31,
    ['d'] = 32, ['f'] = 35, ['g'] = 37, ['h'] = 39, ['i'] = 41, ['r'] = 42, ['v'] = 43, ['w'] = 45};

/* By their first byte, a bit for each second byte less its top bits: hardly any two letters of a
 * text begin one. */
#define SECOND(c) (UINT64_C(1) << ((c)&63))
static const uint64_t second_signs[256] = {['!'] = SECOND('i'),
                                           ['('] = SECOND('R'),
                                           ['-'] = SECOND('-'),
                                           ['/'] = SECOND('A') | SECOND('E') | SECOND('R'),
                                           ['<'] = SECOND('!') | SECOND('/'),
                                           ['A'] = SECOND('F') | SECOND('P') | SECOND('l') |
                                                   SECOND('n'),
                                           ['C'] = SECOND('o'),
                                           ['E'] = SECOND('P'),
                                           ['G'] = SECOND('e'),
                                           ['H'] = SECOND('a'),
                                           ['P'] = SECOND('A') | SECOND('h'),
                                           ['R'] = SECOND('E') | SECOND('i'),
                                           ['S'] = SECOND('h'),
                                           ['X'] = SECOND('i'),
                                           ['a'] = SECOND('d'),
                                           ['c'] = SECOND('o'),
                                           ['d'] = SECOND('a') | SECOND('o'),
                                           ['f'] = SECOND('u'),
                                           ['g'] = SECOND('o') | SECOND('t'),
                                           ['h'] = SECOND('t'),
                                           ['i'] = SECOND('S'),
                                           ['r'] = SECOND('i'),
                                           ['v'] = SECOND('i'),
                                           ['w'] = SECOND('i') | SECOND('w')};
#undef SECOND

/* The signs that stand at `at`, before `to`. Hardly any two bytes of a text begin one. */
static uint32_t signs_at(const char *text, uint32_t at, uint32_t to) {
    enum { N_SIGNS = sizeof signs / sizeof *signs };
    uint32_t found = 0;
    if (at + 1 >= to || !(second_signs[(unsigned char)text[at]] >> (text[at + 1] & 63) & 1u)) {
        return 0;
    }
    uint32_t first = first_sign[(unsigned char)text[at]];
    for (uint32_t i = first - 1; first && i < N_SIGNS && signs[i].bytes[0] == text[at]; i++) {
        const char *bytes = signs[i].bytes;
        size_t length = strlen(bytes);
        if (to - at >= length && memcmp(text + at, bytes, length) == 0) {
            found |= signs[i].sign;
        }
    }
    return found;
}

typedef struct counter {
    const char *text;
    news_line *line;
    uint32_t letters, capitals; /* of the whole line */
    bool pending;               /* a mark that may end a sentence came last */
    uint32_t signs;             /* in its first bytes */
    uint64_t hash;
} counter;

/* A word as it is walked over. */
typedef struct walked_word {
    uint32_t first; /* code point */
    uint32_t n, n_letters, n_capitals;
    bool is_plain;      /* all ASCII */
    uint64_t folded[2]; /* in lower case where it is plain: as many bytes as a common word has */
} walked_word;

/* "I", "my", "your": written so, at the line's start or within it. */
static bool is_personal(const char *bytes, uint32_t n) {
#define WORD(a, b, c, d, e)                                                                        \
    ((a) | (uint64_t)(b) << 8 | (uint64_t)(c) << 16 | (uint64_t)(d) << 24 | (uint64_t)(e) << 32)
    if (n > 5) {
        return false;
    }
    switch (news_eight_read(bytes, n)) {
    case 'I':
    case WORD('I', '\'', 'm', 0, 0):
    case WORD('I', 0xE2, 0x80, 0x99, 'm'):
    case WORD('m', 'y', 0, 0, 0):
    case WORD('M', 'y', 0, 0, 0):
    case WORD('m', 'e', 0, 0, 0):
    case WORD('y', 'o', 'u', 0, 0):
    case WORD('Y', 'o', 'u', 0, 0):
    case WORD('y', 'o', 'u', 'r', 0):
    case WORD('Y', 'o', 'u', 'r', 0):
    case WORD('d', 'o', 'n', '\'', 't'):
    case WORD('l', 'o', 'l', 0, 0):
    case WORD('L', 'O', 'L', 0, 0):
        return true;
    default:
        return false;
    }
#undef WORD
}

/* Walks over the word that starts at `at` as long as it is ASCII: letters, digits and apostrophes.
 */
static void walk_plain(counter *k, uint32_t at, uint32_t to, walked_word *word) {
    uint64_t hash = k->hash;
    for (uint32_t n = 8; n == 8 && at < to; at += n) {
        uint64_t eight = news_eight_read(k->text + at, to - at);
        uint64_t capitals = news_eight_between(eight, 'A', 'Z');
        uint64_t lower = news_eight_lower(eight, capitals);
        uint64_t letters = news_eight_between(lower, 'a', 'z');
        uint64_t inside =
            letters | news_eight_between(eight, '0', '9') | news_eight_between(eight, '\'', '\'');
        n = news_eight_first(~inside & NEWS_EIGHT_TOP);
        if (n < 8 && (eight >> 8 * n & 0x80)) {
            uint32_t length, c = news_utf8_decode(k->text + at + n, to - at - n, &length);
            if (c == 0x2019 || news_utf8_is_letter(c)) {
                word->is_plain = false;
                return;
            }
        }
        lower = news_eight_head(lower, n);
        if (word->n < sizeof word->folded) {
            word->folded[word->n / 8] = lower;
        }
        word->n += n;
        word->n_letters += news_eight_count(news_eight_head(letters, n));
        word->n_capitals += news_eight_count(news_eight_head(capitals, n));
        hash = n ? news_words_step(hash, lower) : hash;
    }
    k->hash = hash;
}

/* Walks over any word; its hash is as if it were plain, so that both apostrophes are one. */
static void walk_wide(counter *k, uint32_t at, uint32_t to, walked_word *word) {
    char folded[8 + 4];
    uint32_t from = at, used = 0;
    *word = (walked_word){.first = word->first};
    for (uint32_t length; at < to; at += length) {
        uint32_t c = news_utf8_decode(k->text + at, to - at, &length);
        if (news_utf8_is_letter(c)) {
            word->n_letters++;
            word->n_capitals += !news_utf8_is_lower(c);
        } else if (!news_utf8_is_digit(c) && c != '\'' && c != 0x2019) {
            break;
        }
        used += news_utf8_encode(c == 0x2019 ? '\'' : news_utf8_lower(c), folded + used);
        if (used >= 8) {
            k->hash = news_words_step(k->hash, news_eight_read(folded, 8));
            used -= 8;
            memmove(folded, folded + 8, used);
        }
    }
    k->hash = used ? news_words_step(k->hash, news_eight_read(folded, used)) : k->hash;
    word->n = at - from;
}

/* Whether a word is among the commonest English ones. */
static bool is_stop(const char *bytes, const walked_word *word) {
    if (word->n > LONGEST_STOP) {
        return false;
    }
    news_word known;
    if (word->is_plain && word->n <= 8) {
        known = news_words_find_eight(&news_words_stopwords, word->folded[0], word->n);
    } else {
        known = news_words_find_folded(&news_words_stopwords, bytes, word->n);
    }
    return known.is_entry && (known.value & NEWS_STOPWORDS_EN);
}

static void count_word(counter *k, uint32_t at, const walked_word *word) {
    uint32_t first = word->first;
    news_line *line = k->line;
    bool capital = news_utf8_is_upper(first);
    if (k->pending && (capital || news_utf8_is_digit(first))) {
        line->n_sentences++;
    }
    k->pending = false;
    k->letters += word->n_letters;
    k->capitals += word->n_capitals;
    line->n_words++;
    if (news_utf8_is_digit(first)) {
        line->n_numbers++;
    } else if (line->n_words == 1) {
        line->flags |= news_utf8_is_lower(first) ? NEWS_LINE_STARTS_SMALL : 0u;
    } else {
        line->n_capitals += capital;
        if (word->n_letters >= LONG_WORD) {
            line->n_long++;
            line->n_long_caps += capital;
        }
    }
    line->n_personal += is_personal(k->text + at, word->n);
    line->n_stops += is_stop(k->text + at, word);
}

static void count_sign(counter *k, uint32_t c, uint32_t before, uint32_t after) {
    news_line *line = k->line;
    if (c == ',') {
        line->n_commas++;
    } else if (c == '|' || c == 0xBB || c == 0xAB || is_list_sign(c) || c == '>') {
        line->n_bars++;
    } else if (c == '@' && news_utf8_is_letter(before) && news_utf8_is_letter(after)) {
        line->flags |= NEWS_LINE_LINK;
    } else if (c == 0xA9) {
        line->flags |= NEWS_LINE_COPYRIGHT;
    } else if (c == '/' && before == '/') {
        line->flags |= NEWS_LINE_LINK;
    }
    line->n_exclaims += c == '!';
    line->n_quotes += c == '"' || c == 0x201C || c == 0x201D;
    if (c == '.' || c == '!' || c == '?') {
        k->pending = news_utf8_is_space(after) || is_closing(after) || after == 0;
    } else if (!is_closing(c)) {
        k->pending = false;
    }
}

static void count(counter *k) {
    news_line *line = k->line;
    news_span span = line->span;
    uint32_t before = ' ',
             opening = span.to < span.from + SHORT_LINE ? span.to : span.from + SHORT_LINE;
    for (uint32_t at = span.from, length; at < span.to;) {
        if (k->text[at] == ' ') {
            before = ' ';
            at++;
            continue;
        }
        k->signs |= signs_at(k->text, at, opening);
        uint32_t c = news_utf8_decode(k->text + at, span.to - at, &length);
        if (news_utf8_is_letter(c) || news_utf8_is_digit(c)) {
            walked_word word = {.first = c, .is_plain = length == 1};
            if (word.is_plain) {
                walk_plain(k, at, span.to, &word);
            }
            if (!word.is_plain) {
                walk_wide(k, at, span.to, &word);
            }
            count_word(k, at, &word);
            at += word.n;
            before = 'a';
            continue;
        }
        uint32_t unused,
            next = at + length < span.to
                       ? news_utf8_decode(k->text + at + length, span.to - at - length, &unused)
                       : 0;
        if (!news_utf8_is_space(c)) {
            count_sign(k, c, before, next);
        }
        before = c;
        at += length;
    }
    line->hash = (uint32_t)(k->hash ^ k->hash >> 32);
    line->n_sentences += k->pending;
    if (k->letters >= 2 && k->capitals == k->letters) {
        line->flags |= NEWS_LINE_ALL_CAPS;
    }
}

static news_line_end ending(const char *text, news_span span) {
    uint32_t at = span.to, length;
    bool quote = false;
    while (at > span.from) {
        uint32_t c = news_utf8_before(text, at, &length);
        if (c == '.' && at - span.from >= 3 && text[at - 2] == '.' && text[at - 3] == '.') {
            return NEWS_END_ELLIPSIS;
        }
        switch (c) {
        case '.':
        case '!':
        case 0x3002:
            return NEWS_END_STOP;
        case '?':
            return NEWS_END_QUESTION;
        case ':':
        case ';':
            return NEWS_END_COLON;
        case ',':
            return NEWS_END_COMMA;
        case 0x2026:
            return NEWS_END_ELLIPSIS;
        default:
            break;
        }
        if (news_utf8_is_letter(c) || news_utf8_is_digit(c)) {
            return quote ? NEWS_END_QUOTE : NEWS_END_WORD;
        }
        if (!is_closing(c)) {
            return NEWS_END_OTHER;
        }
        quote |= is_quote(c);
        at -= length;
    }
    return NEWS_END_OTHER;
}

static bool starts(const char *text, news_span span, const char *needle) {
    size_t n = strlen(needle);
    return span.to - span.from >= n && memcmp(text + span.from, needle, n) == 0;
}

/* Left-overs of comments, tags and scripts at the start of a line. */
static bool opens_scrap(const char *text, news_span span) {
    static const char *const openings[] = {"!--",  "<!",      "<script", "<style", "</",
                                           "<div", "<iframe", "<img",    "<span",  "<a ",
                                           "<p ",  "-->",     "{\"",     "//<!",   "/* "};
    bool may_open = span.from < span.to && strchr("!<-{/", text[span.from]);
    for (size_t i = 0; may_open && i < sizeof openings / sizeof *openings; i++) {
        if (starts(text, span, openings[i])) {
            return true;
        }
    }
    if (span.to - span.from > SHORT_LINE) {
        span.to = span.from + SHORT_LINE;
    }
    return starts(text, span, "var ") && memchr(text + span.from, '=', span.to - span.from);
}

/* A label is written into `out` in lower case with single blanks and without marks at its ends.
 * With `is_opening` no more of it than listed phrases may reach. */
static uint32_t label(const char *text, news_span span, bool is_opening, char *out) {
    uint32_t n = 0, kept = 0;
    bool blank = false;
    for (uint32_t at = span.from, length; at < span.to; at += length) {
        uint32_t c = news_utf8_decode(text + at, span.to - at, &length);
        if (news_utf8_is_space(c)) {
            blank = n > 0;
            continue;
        }
        bool word = news_utf8_is_letter(c) || news_utf8_is_digit(c);
        if (n == 0 && !word && c != '(' && c != 0xA9) {
            continue;
        }
        if (n + 8 > LONGEST_LABEL) {
            break;
        }
        if (blank) {
            if (is_opening && !news_words_find(&news_words_opening, out, n).is_prefix) {
                out[n++] = ' ';
                return n;
            }
            out[n++] = ' ';
            blank = false;
        }
        c = c == 0x2019 ? '\'' : news_utf8_lower(c);
        if (c < 0x80) {
            out[n++] = (char)c;
        } else {
            n += news_utf8_encode(c, out + n);
        }
        kept = word ? n : kept;
    }
    return kept;
}

/* The longest listed phrase that the label opens with. */
static uint8_t opening(const char *bytes, uint32_t n, bool *labelled) {
    uint8_t best = 0;
    for (uint32_t at = 1; at <= n; at++) {
        unsigned char c = at < n ? (unsigned char)bytes[at] : ' ';
        bool inside = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c >= 0x80 || c == '\'' ||
                      (c == '-' && at + 1 < n && bytes[at + 1] != ' ');
        if (inside) {
            continue;
        }
        news_word known = news_words_find(&news_words_opening, bytes, at);
        if (known.is_entry) {
            best = (uint8_t)(known.value + 1);
            *labelled = c == ':' || c == '|' || at >= n;
        }
        if (!known.is_prefix && at < n && c == ' ') {
            break;
        }
    }
    return best;
}

/* "By" and then capitalised words, at most a few small ones among them. */
static bool is_byline(const news_line *line) {
    uint32_t others = line->n_words - 1 - line->n_capitals;
    return line->n_words >= 2 && line->n_words <= 24 && line->n_capitals >= 1 &&
           others <= 1 + line->n_words / 2 && line->n_sentences <= 1 + line->n_words / 6;
}

uint32_t news_line_speaker(const char *text, news_span span) {
    uint32_t seen = span.to - span.from < LONGEST_SPEAKER ? span.to - span.from : LONGEST_SPEAKER;
    if (!memchr(text + span.from, ':', seen)) {
        return span.from;
    }
    uint32_t at = span.from, length, words = 0, capitals = 0, depth = 0;
    bool inside = false;
    for (; at < span.to && at - span.from < LONGEST_SPEAKER; at += length) {
        uint32_t c = news_utf8_decode(text + at, span.to - at, &length);
        if (c == ':') {
            break;
        }
        bool letter = news_utf8_is_letter(c);
        if (!letter && !news_utf8_is_space(c) && c != '.' && c != '-' && c != '\'' && c != 0x2019 &&
            c != '(' && c != ')' && c != ',') {
            return span.from;
        }
        depth += c == '(';
        depth -= c == ')' && depth;
        if (letter && !inside && !depth) {
            words++;
            capitals += news_utf8_is_upper(c);
        }
        inside = letter || c == '-' || c == '\'' || c == 0x2019 || c == '.';
    }
    if (at >= span.to || text[at] != ':' || words == 0 || words > 6 || capitals < words) {
        return span.from;
    }
    bool free = at + 1 == span.to || text[at + 1] == ' ' || text[at + 1] == '\n' ||
                ((unsigned char)text[at + 1] & 0x80);
    return free ? at : span.from;
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* Behind "am", "p.m.", "GMT", "(ET)" and the blanks before it, or `at`. */
static uint32_t skip_clock_word(const char *text, uint32_t at, uint32_t to) {
    uint32_t from = at;
    while (from < to && (text[from] == ' ' || text[from] == '(')) {
        from++;
    }
    uint32_t end = from;
    while (end < to && end - from < 5 &&
           ((text[end] >= 'a' && text[end] <= 'z') || (text[end] >= 'A' && text[end] <= 'Z') ||
            (text[end] == '.' && end > from))) {
        end++;
    }
    uint32_t n = end - from;
    while (n > 1 && text[from + n - 1] == '.') {
        n--;
    }
    news_word known = news_words_find_folded(&news_words_clock, text + from, n);
    if (n == 0 || !known.is_entry || known.value == NEWS_CLOCK_WEEKDAY) {
        return at;
    }
    return end < to && text[end] == ')' ? end + 1 : end;
}

uint32_t news_line_clock(const char *text, news_span span) {
    uint32_t at = span.from;
    while (at < span.to && at - span.from < 3 && is_digit(text[at])) {
        at++;
    }
    uint32_t digits = at - span.from;
    if (digits == 0 || digits > 2) {
        return span.from;
    }
    bool minutes = at + 2 < span.to && (text[at] == ':' || text[at] == '.' || text[at] == 'h') &&
                   text[at + 1] >= '0' && text[at + 1] <= '5' && is_digit(text[at + 2]) &&
                   (at + 3 == span.to || !is_digit(text[at + 3]));
    bool certain = minutes && text[at] != '.';
    at += minutes ? 3 : 0;
    for (uint32_t k = 0; k < 2; k++) { /* "10.15am GMT" */
        uint32_t end = skip_clock_word(text, at, span.to);
        certain |= end > at;
        at = end;
    }
    return certain ? at : span.from;
}

/* "Tom Phillips in Rio": a given name, capitalised or in capitals, and a capitalised word. */
static bool starts_with_name(const char *text, news_span span) {
    char name[24];
    uint32_t n = 0, at = span.from;
    if (span.to - span.from > 4 &&
        (memcmp(text + at, "By ", 3) == 0 || memcmp(text + at, "by ", 3) == 0 ||
         memcmp(text + at, "BY ", 3) == 0)) {
        at += 3;
    }
    for (; at < span.to && n < sizeof name && text[at] != ' '; at++, n++) {
        bool capital = text[at] >= 'A' && text[at] <= 'Z';
        name[n] = n && capital ? (char)(text[at] + 32) : text[at];
    }
    if (n < 2 || n == sizeof name || at + 1 >= span.to || text[at] != ' ') {
        return false;
    }
    uint32_t length, c = news_utf8_decode(text + at + 1, span.to - at - 1, &length);
    news_word known = news_words_find(&news_words_names, name, n);
    return news_utf8_is_upper(c) && known.is_entry && (known.value & NEWS_NAMES_GIVEN);
}

/* "text: …" and "author: …" need their colon, "by …" does not. */
static bool says_by(const char *label, uint32_t n) {
    bool by = n > 3 && (memcmp(label, "by ", 3) == 0 || memcmp(label, "von ", 4) == 0 ||
                        memcmp(label, "par ", 4) == 0 || memcmp(label, "por ", 4) == 0);
    for (uint32_t i = 0; i + 4 < n && !by; i++) {
        by = memcmp(label + i, " by ", 4) == 0;
    }
    return by;
}

static void look_up(const char *text, news_line *line) {
    char folded[LONGEST_LABEL];
    news_span span = line->span;
    bool is_long = span.to - span.from >= LONGEST_LABEL, labelled = false;
    uint32_t n = label(text, span, is_long, folded);
    line->opening = opening(folded, n, &labelled);
    line->flags |= labelled ? NEWS_LINE_LABELLED : 0u;
    if (!is_long) {
        line->flags |=
            news_words_find(&news_words_furniture, folded, n).is_entry ? NEWS_LINE_FURNITURE : 0u;
        line->flags |=
            news_words_find(&news_words_outlets, folded, n).is_entry ? NEWS_LINE_OUTLET : 0u;
    }
    if (line->n_words >= 2 && line->n_words <= 10 && starts_with_name(text, span)) {
        line->flags |= NEWS_LINE_NAME;
    }
    if (line->opening == NEWS_OPENING_BYLINE + 1 && is_byline(line) &&
        (labelled || says_by(folded, label(text, span, false, folded)))) {
        line->flags |= NEWS_LINE_BYLINE;
    }
}

void news_form_line(const char *text, news_span span, news_date_order order, news_line *out) {
    *out = (news_line){.span = span};
    counter k = {.text = text, .line = out, .hash = 1};
    count(&k);
    out->end = (uint8_t)ending(text, span);
    uint32_t length, first = news_utf8_decode(text + span.from, span.to - span.from, &length);
    out->flags |= news_line_bullet(text, span) ? NEWS_LINE_BULLET : 0u;
    out->flags |= first == '(' ? NEWS_LINE_BRACKET : 0u;
    out->flags |= is_quote(first) ? NEWS_LINE_STARTS_QUOTE : 0u;
    out->flags |= news_utf8_is_digit(first) ? NEWS_LINE_STARTS_DIGIT : 0u;
    out->flags |= (k.signs & SIGN_SCRIPT) || opens_scrap(text, span) ? NEWS_LINE_SCRAP : 0u;
    out->flags |= news_line_clock(text, span) > span.from ? NEWS_LINE_CLOCK : 0u;
    out->flags |= news_line_speaker(text, span) > span.from ? NEWS_LINE_SPEAKER : 0u;
    look_up(text, out);
    if (span.to - span.from > SHORT_LINE) {
        return;
    }
    out->flags |= k.signs & SIGN_LINK ? NEWS_LINE_LINK : 0u;
    out->flags |= k.signs & SIGN_RIGHTS ? NEWS_LINE_COPYRIGHT : 0u;
    out->flags |= k.signs & SIGN_AGENCY ? NEWS_LINE_PHOTO : 0u;
    out->has_when = out->n_numbers && news_form_date(text, span, order, &out->when);
    if (out->has_when) {
        news_span when = out->when.span;
        uint32_t rest = (span.to - span.from) - (when.to - when.from);
        bool labelled =
            out->opening == NEWS_OPENING_UPDATED + 1 || out->opening == NEWS_OPENING_PUBLISHED + 1;
        if (rest <= 12 || (labelled && rest <= 48)) {
            out->flags |= NEWS_LINE_IS_DATE;
        }
    }
}

bool news_line_is_running(const news_line *line) {
    if (line->n_words < 8) {
        return false;
    }
    bool ends = line->end == NEWS_END_STOP || line->end == NEWS_END_QUESTION ||
                line->end == NEWS_END_ELLIPSIS || line->end == NEWS_END_COLON;
    return (ends && line->n_stops * 8 >= line->n_words) || line->n_sentences >= 2 ||
           (line->n_words >= 25 && line->n_stops * 8 >= line->n_words);
}
