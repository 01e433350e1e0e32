/* One walk over the bytes counts; short lines are then looked up in the lists. */
#include "line.h"
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

typedef struct counter {
    const char *text;
    news_line *line;
    uint32_t letters, capitals; /* of the whole line */
    bool pending;               /* a mark that may end a sentence came last */
    uint32_t hash;
} counter;

static bool is_personal(const char *bytes, uint32_t n) {
    static const char *const words[] = {"I",   "I'm",  "I’m",  "my",    "My",  "me", "you",
                                        "You", "your", "Your", "don't", "lol", "LOL"};
    if (n > 5 || (bytes[0] != 'I' && (bytes[0] | 0x20) != 'm' && (bytes[0] | 0x20) != 'y' &&
                  (bytes[0] | 0x20) != 'l' && bytes[0] != 'd')) {
        return false;
    }
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (n == strlen(words[i]) && memcmp(bytes, words[i], n) == 0) {
            return true;
        }
    }
    return false;
}

/* Letters in lower case, digits and the apostrophe of ASCII; 0 for what ends a word. */
static const uint8_t in_words[128] = {
    ['\''] = '\'', ['0'] = '0', ['1'] = '1', ['2'] = '2', ['3'] = '3', ['4'] = '4', ['5'] = '5',
    ['6'] = '6',   ['7'] = '7', ['8'] = '8', ['9'] = '9', ['A'] = 'a', ['B'] = 'b', ['C'] = 'c',
    ['D'] = 'd',   ['E'] = 'e', ['F'] = 'f', ['G'] = 'g', ['H'] = 'h', ['I'] = 'i', ['J'] = 'j',
    ['K'] = 'k',   ['L'] = 'l', ['M'] = 'm', ['N'] = 'n', ['O'] = 'o', ['P'] = 'p', ['Q'] = 'q',
    ['R'] = 'r',   ['S'] = 's', ['T'] = 't', ['U'] = 'u', ['V'] = 'v', ['W'] = 'w', ['X'] = 'x',
    ['Y'] = 'y',   ['Z'] = 'z', ['a'] = 'a', ['b'] = 'b', ['c'] = 'c', ['d'] = 'd', ['e'] = 'e',
    ['f'] = 'f',   ['g'] = 'g', ['h'] = 'h', ['i'] = 'i', ['j'] = 'j', ['k'] = 'k', ['l'] = 'l',
    ['m'] = 'm',   ['n'] = 'n', ['o'] = 'o', ['p'] = 'p', ['q'] = 'q', ['r'] = 'r', ['s'] = 's',
    ['t'] = 't',   ['u'] = 'u', ['v'] = 'v', ['w'] = 'w', ['x'] = 'x', ['y'] = 'y', ['z'] = 'z'};

/* A word as it is walked over: its lower-case form while that is short and ASCII, and its hash, so
 * that the list of common words is asked without a second walk. */
typedef struct walked_word {
    uint32_t first, n_letters, n_capitals;
    char folded[LONGEST_STOP];
    uint32_t n_folded; /* more than LONGEST_STOP: not kept */
} walked_word;

static void keep_letter(walked_word *word, uint32_t c) {
    if (word->n_folded < LONGEST_STOP) {
        word->folded[word->n_folded] = (char)c;
    }
    word->n_folded++;
}

/* Walks over the word that starts at `at`, and returns where it ends. */
static uint32_t walk_word(counter *k, uint32_t at, uint32_t to, walked_word *word) {
    uint32_t hash = k->hash; /* FNV-1a, by code points */
    for (uint32_t length = 1; at < to; at += length) {
        unsigned char byte = (unsigned char)k->text[at];
        if (byte < 0x80) {
            uint32_t c = in_words[byte];
            if (c == 0) {
                break;
            }
            length = 1;
            if (c != '\'') {
                hash = (hash ^ c) * 16777619u;
                word->n_letters += c >= 'a';
                word->n_capitals += c != byte;
            }
            keep_letter(word, c);
            continue;
        }
        uint32_t c = news_utf8_decode_wide(k->text + at, to - at, &length);
        if (c == 0x2019) {
            keep_letter(word, '\'');
            continue;
        }
        if (!news_utf8_is_letter(c)) {
            break;
        }
        word->n_capitals += !news_utf8_is_lower(c);
        word->n_letters++;
        hash = (hash ^ news_utf8_lower(c)) * 16777619u;
        word->n_folded = LONGEST_STOP + 1;
    }
    k->hash = hash;
    return at;
}

static void count_word(counter *k, news_span word, const walked_word *walked) {
    uint32_t first = walked->first, n_letters = walked->n_letters;
    news_line *line = k->line;
    bool capital = news_utf8_is_upper(first);
    if (k->pending && (capital || news_utf8_is_digit(first))) {
        line->n_sentences++;
    }
    k->pending = false;
    line->n_words++;
    if (news_utf8_is_digit(first)) {
        line->n_numbers++;
    } else if (line->n_words == 1) {
        line->flags |= news_utf8_is_lower(first) ? NEWS_LINE_STARTS_SMALL : 0u;
    } else {
        line->n_capitals += capital;
        if (n_letters >= LONG_WORD) {
            line->n_long++;
            line->n_long_caps += capital;
        }
    }
    uint32_t n = word.to - word.from;
    line->n_personal += is_personal(k->text + word.from, n);
    if (n <= LONGEST_STOP) {
        news_word known =
            walked->n_folded <= LONGEST_STOP
                ? news_words_find(&news_words_stopwords, walked->folded, walked->n_folded)
                : news_words_find_folded(&news_words_stopwords, k->text + word.from, n);
        line->n_stops += known.is_entry && (known.value & NEWS_STOPWORDS_EN);
    }
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
    uint32_t before = ' ';
    for (uint32_t at = span.from, length; at < span.to;) {
        uint32_t c = news_utf8_decode(k->text + at, span.to - at, &length);
        if (!news_utf8_is_letter(c) && !news_utf8_is_digit(c)) {
            uint32_t unused,
                next = at + length < span.to
                           ? news_utf8_decode(k->text + at + length, span.to - at - length, &unused)
                           : 0;
            if (!news_utf8_is_space(c)) {
                count_sign(k, c, before, next);
            }
            before = c;
            at += length;
            continue;
        }
        walked_word walked = {.first = c};
        news_span word = {at, walk_word(k, at, span.to, &walked)};
        at = word.to;
        before = 'a';
        k->letters += walked.n_letters;
        k->capitals += walked.n_capitals;
        count_word(k, word, &walked);
    }
    line->hash = k->hash;
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

/* What stands in a short line, or in the opening of a long one. */
enum { SIGN_SCRIPT = 1, SIGN_LINK = 2, SIGN_RIGHTS = 4, SIGN_AGENCY = 8 };

/* In order of their first bytes; agencies as they stand in the credit of a picture, what is left
 * over from tags and scripts, and signs of links and rights. */
static const struct {
    const char *bytes;
    uint8_t sign;
} signs[] = {
    {" !important", SIGN_SCRIPT},
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
    {"EPA-EFE", SIGN_AGENCY},
    {"Getty Images", SIGN_AGENCY},
    {"Handout", SIGN_AGENCY},
    {"PA Wire", SIGN_AGENCY},
    {"Photo:", SIGN_AGENCY},
    {"Photo by", SIGN_AGENCY},
    {"Photograph:", SIGN_AGENCY},
    {"Photo courtesy", SIGN_AGENCY},
    {"REUTERS/", SIGN_AGENCY},
    {"Shutterstock", SIGN_AGENCY},
    {"Xinhua/", SIGN_AGENCY},
    {"addEventListener", SIGN_SCRIPT},
    {"adsbygoogle", SIGN_SCRIPT},
    {"dataLayer", SIGN_SCRIPT},
    {"document.get", SIGN_SCRIPT},
    {"document.write", SIGN_SCRIPT},
    {"function(", SIGN_SCRIPT},
    {"function ()", SIGN_SCRIPT},
    {"gtag(", SIGN_SCRIPT},
    {"googletag", SIGN_SCRIPT},
    {"http:", SIGN_LINK},
    {"https:", SIGN_LINK},
    {"ights reserved", SIGN_RIGHTS},
    {"iStock", SIGN_AGENCY},
    {"opyright", SIGN_RIGHTS},
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
    [' '] = 1,  ['('] = 2,  ['-'] = 3,  ['/'] = 4,  ['<'] = 8,  ['A'] = 11, ['E'] = 16, ['G'] = 17,
    ['H'] = 18, ['P'] = 19, ['R'] = 24, ['S'] = 25, ['X'] = 26, ['a'] = 27, ['d'] = 29, ['f'] = 32,
    ['g'] = 34, ['h'] = 36, ['i'] = 38, ['o'] = 40, ['v'] = 41, ['w'] = 43};

/* By their first byte, a bit for each second byte less its top bits: hardly any two letters of a
 * text begin one. */
#define SECOND(c) (UINT64_C(1) << ((c)&63))
static const uint64_t second_signs[256] = {[' '] = SECOND('!'),
                                           ['('] = SECOND('R'),
                                           ['-'] = SECOND('-'),
                                           ['/'] = SECOND('A') | SECOND('E') | SECOND('R'),
                                           ['<'] = SECOND('!') | SECOND('/'),
                                           ['A'] = SECOND('F') | SECOND('P') | SECOND('l') |
                                                   SECOND('n'),
                                           ['E'] = SECOND('P'),
                                           ['G'] = SECOND('e'),
                                           ['H'] = SECOND('a'),
                                           ['P'] = SECOND('A') | SECOND('h'),
                                           ['R'] = SECOND('E'),
                                           ['S'] = SECOND('h'),
                                           ['X'] = SECOND('i'),
                                           ['a'] = SECOND('d'),
                                           ['d'] = SECOND('a') | SECOND('o'),
                                           ['f'] = SECOND('u'),
                                           ['g'] = SECOND('o') | SECOND('t'),
                                           ['h'] = SECOND('t'),
                                           ['i'] = SECOND('S') | SECOND('g'),
                                           ['o'] = SECOND('p'),
                                           ['v'] = SECOND('i'),
                                           ['w'] = SECOND('i') | SECOND('w')};
#undef SECOND

/* The signs in the span, in one walk that looks closer only at bytes that begin one. */
static uint32_t signs_in(const char *text, news_span span) {
    enum { N_SIGNS = sizeof signs / sizeof *signs };
    uint32_t found = 0;
    for (uint32_t at = span.from; at + 1 < span.to; at++) {
        if (!(second_signs[(unsigned char)text[at]] >> (text[at + 1] & 63) & 1u)) {
            continue;
        }
        uint32_t first = first_sign[(unsigned char)text[at]];
        for (uint32_t i = first - 1; first && i < N_SIGNS && signs[i].bytes[0] == text[at]; i++) {
            const char *bytes = signs[i].bytes;
            size_t length = strlen(bytes);
            if (span.to - at >= length && memcmp(text + at, bytes, length) == 0) {
                found |= signs[i].sign;
            }
        }
    }
    return found;
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

/* A label is written into `out` in lower case with single blanks and without marks at its ends. */
static uint32_t label(const char *text, news_span span, char *out) {
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

static void look_up(const char *text, news_line *line) {
    char folded[LONGEST_LABEL];
    news_span span = line->span;
    uint32_t n = label(text, span, folded);
    bool labelled = false;
    line->opening = opening(folded, n, &labelled);
    line->flags |= labelled ? NEWS_LINE_LABELLED : 0u;
    if (span.to - span.from < LONGEST_LABEL) {
        line->flags |=
            news_words_find(&news_words_furniture, folded, n).is_entry ? NEWS_LINE_FURNITURE : 0u;
        line->flags |=
            news_words_find(&news_words_outlets, folded, n).is_entry ? NEWS_LINE_OUTLET : 0u;
    }
    if (line->n_words >= 2 && line->n_words <= 10 && starts_with_name(text, span)) {
        line->flags |= NEWS_LINE_NAME;
    }
    /* "text: …" and "author: …" need their colon, "by …" does not. */
    bool by = n > 3 && (memcmp(folded, "by ", 3) == 0 || memcmp(folded, "von ", 4) == 0 ||
                        memcmp(folded, "par ", 4) == 0 || memcmp(folded, "por ", 4) == 0);
    for (uint32_t i = 0; i + 4 < n && !by; i++) {
        by = memcmp(folded + i, " by ", 4) == 0;
    }
    if (line->opening == NEWS_OPENING_BYLINE + 1 && (by || labelled) && is_byline(line)) {
        line->flags |= NEWS_LINE_BYLINE;
    }
}

void news_form_line(const char *text, news_span span, news_date_order order, news_line *out) {
    *out = (news_line){.span = span};
    counter k = {.text = text, .line = out, .hash = 2166136261u};
    count(&k);
    out->end = (uint8_t)ending(text, span);
    uint32_t length, first = news_utf8_decode(text + span.from, span.to - span.from, &length);
    out->flags |= news_line_bullet(text, span) ? NEWS_LINE_BULLET : 0u;
    out->flags |= first == '(' ? NEWS_LINE_BRACKET : 0u;
    out->flags |= is_quote(first) ? NEWS_LINE_STARTS_QUOTE : 0u;
    out->flags |= news_utf8_is_digit(first) ? NEWS_LINE_STARTS_DIGIT : 0u;
    bool is_short = span.to - span.from <= SHORT_LINE;
    uint32_t found =
        signs_in(text, (news_span){span.from, is_short ? span.to : span.from + SHORT_LINE});
    out->flags |= (found & SIGN_SCRIPT) || opens_scrap(text, span) ? NEWS_LINE_SCRAP : 0u;
    out->flags |= news_line_clock(text, span) > span.from ? NEWS_LINE_CLOCK : 0u;
    out->flags |= news_line_speaker(text, span) > span.from ? NEWS_LINE_SPEAKER : 0u;
    look_up(text, out);
    if (!is_short) {
        return;
    }
    out->flags |= found & SIGN_LINK ? NEWS_LINE_LINK : 0u;
    out->flags |= found & SIGN_RIGHTS ? NEWS_LINE_COPYRIGHT : 0u;
    out->flags |= found & SIGN_AGENCY ? NEWS_LINE_PHOTO : 0u;
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
