/* Tokens first, then the sentence ends among them. */
#include "token.h"
#include "utf8.h"
#include "word_lists.h"

#include <string.h>

/* The block being cut. */
typedef struct cutter {
    news_arena *arena;
    const char *bytes;
    uint32_t at, to;
    news_tokens *out;
} cutter;

/* The code point at an offset of the block, 0 behind its end. */
static uint32_t peek(const cutter *c, uint32_t at, uint32_t *length) {
    *length = 0;
    return at < c->to ? news_utf8_decode(c->bytes + at, c->to - at, length) : 0;
}

static bool is_word(uint32_t c) {
    return news_utf8_is_letter(c) || news_utf8_is_digit(c) || c == 0xAD || c == 0x200C ||
           c == 0x200D;
}

/* Of ASCII signs; 0 for all other bytes. */
enum { DIGIT = 1, SMALL = 2, CAPITAL = 4 };

static uint32_t class_of(char byte) {
    unsigned char b = (unsigned char)byte;
    return (b >= '0' && b <= '9' ? DIGIT : 0u) | (b >= 'a' && b <= 'z' ? SMALL : 0u) |
           (b >= 'A' && b <= 'Z' ? CAPITAL : 0u);
}

static bool is_apostrophe(uint32_t c) {
    return c == '\'' || c == 0x2019;
}

static bool is_quote(uint32_t c) {
    return c == '"' || c == '\'' || c == '`' || (c >= 0x2018 && c <= 0x201F) || c == 0xAB ||
           c == 0xBB || c == 0x2039 || c == 0x203A || (c >= 0x300C && c <= 0x300F);
}

/* Whether the letters from `at` on are a clitic or possessive that stands as a token of its own:
 * only "s". */
static bool is_suffix(const cutter *c, uint32_t at) {
    uint32_t length, next;
    uint32_t letter = peek(c, at, &length);
    if (letter != 's' && letter != 'S') {
        return false;
    }
    next = peek(c, at + length, &length);
    return !is_word(next);
}

/* "http://…", "www.…", "name@host", "@name", "#tag": the end of such a token, or `at`. */
static uint32_t link_end(const cutter *c, uint32_t at) {
    const char *s = c->bytes + at;
    uint32_t left = c->to - at, n = 0;
    if (*s != 'h' && *s != 'w' && *s != '@' && *s != '#') {
        return at;
    }
    bool known = (left > 7 && memcmp(s, "http://", 7) == 0) ||
                 (left > 8 && memcmp(s, "https://", 8) == 0) ||
                 (left > 4 && memcmp(s, "www.", 4) == 0);
    if (!known && (s[0] == '@' || s[0] == '#')) {
        uint32_t length;
        if (!is_word(peek(c, at + 1, &length))) {
            return at;
        }
        n = 1;
        for (uint32_t ch; (ch = peek(c, at + n, &length)) != 0 && (is_word(ch) || ch == '_');) {
            n += length;
        }
        return at + n;
    }
    if (!known) {
        return at;
    }
    while (n < left && (unsigned char)s[n] > ' ' && (unsigned char)s[n] < 0x80 && s[n] != '"' &&
           s[n] != '<' && s[n] != '>') {
        n++;
    }
    while (n && strchr(".,;:!?)'", s[n - 1])) {
        n--;
    }
    return at + n;
}

/* Shape of the word or number in `span`. */
static uint8_t shape(const char *bytes, news_span span) {
    uint8_t flags = 0;
    uint32_t upper = 0, lower = 0;
    bool first = true;
    for (uint32_t at = span.from, length; at < span.to; at += length) {
        if (class_of(bytes[at]) == SMALL) { /* what nearly all are */
            lower++;
            first = false;
            length = 1;
            continue;
        }
        uint32_t c = news_utf8_decode(bytes + at, span.to - at, &length);
        if (news_utf8_is_upper(c)) {
            flags |= first ? NEWS_TOKEN_CAPITAL : lower ? NEWS_TOKEN_MIXED : 0;
            upper++;
        } else if (news_utf8_is_lower(c)) {
            lower++;
        } else if (news_utf8_is_digit(c)) {
            flags |= NEWS_TOKEN_HAS_DIGIT;
        }
        first = false;
    }
    if (upper >= 2 && lower == 0) {
        flags |= NEWS_TOKEN_ALL_CAPS;
    }
    return flags;
}

/* "U.S", "a.m": single letters with stops between them. */
static bool is_dotted(const char *bytes, news_span span) {
    return memchr(bytes + span.from, '.', span.to - span.from) != NULL;
}

/* Takes in the full stop behind the word just read where it is the word's own. */
static void take_stop(cutter *c, news_token *token) {
    news_span word = token->span;
    uint32_t length, n = word.to - word.from;
    if (c->at >= c->to || c->bytes[c->at] != '.') {
        return;
    }
    uint32_t after = peek(c, c->at + 1, &length);
    if (after == '.') {
        return;
    }
    bool own = is_dotted(c->bytes, word);
    if (!own && (token->flags & NEWS_TOKEN_CAPITAL) && n == 1) {
        own = c->bytes[word.from] != 'I' || after != 0; /* an initial */
    }
    if (!own) {
        news_word known =
            news_words_find_folded(&news_words_abbreviations, c->bytes + word.from, n);
        own = known.is_entry &&
              (token->flags & NEWS_TOKEN_CAPITAL || known.value != NEWS_ABBREVIATIONS_TITLE);
        /* "No." and "in." are words, too: an abbreviation only before a number. */
        if (own && known.value == NEWS_ABBREVIATIONS_UNIT) {
            uint32_t next = peek(c, c->at + 1 + length, &length);
            own = after == ' ' && (news_utf8_is_digit(next) || n > 2);
        }
    }
    if (own) {
        c->at++;
        token->span.to++;
        token->flags |= NEWS_TOKEN_ABBREVIATION;
    }
}

/* Reads letters and digits from c->at on. */
static void read_word(cutter *c, news_token *token) {
    bool letters = false;
    uint32_t length, next_length;
    for (;;) {
        for (uint32_t class; c->at < c->to && (class = class_of(c->bytes[c->at])) != 0; c->at++) {
            letters |= class != DIGIT;
        }
        uint32_t ch = peek(c, c->at, &length);
        if (is_word(ch)) {
            letters |= news_utf8_is_letter(ch);
            c->at += length;
            continue;
        }
        uint32_t next = peek(c, c->at + length, &next_length);
        bool joins = false;
        if (letters && is_apostrophe(ch)) {
            joins = news_utf8_is_letter(next) && !is_suffix(c, c->at + length);
        } else if (ch == '.' && letters) { /* between single letters only: "U.S" */
            bool single = c->at - token->span.from == 1 ||
                          (c->at - token->span.from >= 3 && c->bytes[c->at - 2] == '.');
            uint32_t after_length, after = peek(c, c->at + length + next_length, &after_length);
            joins = single && news_utf8_is_letter(next) && !news_utf8_is_letter(after) &&
                    !is_apostrophe(after);
        } else if ((ch == '.' || ch == ',') && !letters) {
            joins = news_utf8_is_digit(next);
        } else if (ch == '&') { /* "AT&T" */
            joins = letters && news_utf8_is_upper(next) && c->at > token->span.from;
        }
        if (!joins) {
            break;
        }
        c->at += length;
    }
    token->span.to = c->at;
    token->kind = letters && !news_utf8_is_digit((unsigned char)c->bytes[token->span.from])
                      ? NEWS_TOKEN_WORD
                      : NEWS_TOKEN_NUMBER;
    token->flags |= shape(c->bytes, token->span);
    if (letters) {
        take_stop(c, token);
    }
}

/* ". . ." is one sign: goes on behind its dots where there are three at least. */
static void read_spaced_dots(cutter *c) {
    uint32_t at = c->at, dots = 1;
    while (at + 1 < c->to && c->bytes[at] == ' ' && c->bytes[at + 1] == '.') {
        at += 2;
        dots++;
    }
    if (dots >= 3) {
        c->at = at;
    }
}

static void read_mark(cutter *c, news_token *token, uint32_t ch, uint32_t length, bool after_word) {
    token->kind = is_quote(ch) ? NEWS_TOKEN_QUOTE : NEWS_TOKEN_MARK;
    c->at += length;
    uint32_t next_length, next = peek(c, c->at, &next_length);
    if (after_word && is_apostrophe(ch) && !(token->flags & NEWS_TOKEN_SPACE_BEFORE) &&
        is_suffix(c, c->at)) {
        token->kind = NEWS_TOKEN_SUFFIX;
        c->at += next_length;
    } else if ((ch == '\'' || ch == '`') && next == ch) {
        c->at += next_length;
    } else if (ch == '-' || ch == '.') {
        while (next == ch) {
            c->at += next_length;
            next = peek(c, c->at, &next_length);
        }
        if (ch == '.') {
            read_spaced_dots(c);
        }
    }
    token->span.to = c->at;
}

/* Cuts the block into tokens, their sentences not yet told. */
static bool cut(cutter *c) {
    bool space = true, after_word = false;
    while (c->at < c->to) {
        uint32_t length, ch = peek(c, c->at, &length);
        if (news_utf8_is_space(ch)) {
            space = true;
            c->at += length;
            continue;
        }
        news_token *token = news_list_push(c->arena, &c->out->tokens);
        if (!token) {
            return false;
        }
        *token = (news_token){.span = {c->at, c->at}};
        token->flags = space ? NEWS_TOKEN_SPACE_BEFORE : 0;
        uint32_t end = link_end(c, c->at);
        if (end > c->at) {
            token->kind = NEWS_TOKEN_LINK;
            token->span.to = c->at = end;
        } else if (is_word(ch)) {
            read_word(c, token);
        } else {
            read_mark(c, token, ch, length, after_word);
        }
        after_word = token->kind == NEWS_TOKEN_WORD || token->kind == NEWS_TOKEN_NUMBER;
        space = false;
    }
    return true;
}

/* Words that start a sentence after an abbreviation more often than they carry on a name. */
static bool is_starter(const char *bytes, news_span span) {
    static const char *const words[] = {
        "The",   "He",    "She",  "It",    "They",  "We",    "I",    "But", "And",     "In",
        "On",    "At",    "This", "That",  "His",   "Her",   "A",    "An",  "As",      "When",
        "After", "While", "If",   "You",   "There", "These", "So",   "For", "However", "How",
        "What",  "Why",   "Who",  "Where", "Which", "Did",   "Does", "Is",  "Are",     "Was",
        "Were",  "Has",   "Have", "Their", "Its",   "Our",   "My",   "Your"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t n = strlen(words[i]);
        if (span.to - span.from == n && memcmp(bytes + span.from, words[i], n) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_closer(const char *bytes, const news_token *token) {
    return token->kind == NEWS_TOKEN_QUOTE ||
           (token->kind == NEWS_TOKEN_MARK && strchr(")]}", bytes[token->span.from]));
}

/* Whether a sentence ends with token `i`, closing marks behind it left for the caller. `n` tokens
 * in the block. */
static bool ends(const char *bytes, const news_token *tokens, uint32_t i, uint32_t n) {
    const news_token *token = &tokens[i];
    char c = bytes[token->span.from];
    if (token->kind == NEWS_TOKEN_MARK) {
        if (c == '!' || c == '?') {
            return true;
        }
        bool bracketed = i > 0 && bytes[tokens[i - 1].span.from] == '[';
        bool numero = i > 0 && i + 1 < n && tokens[i + 1].kind == NEWS_TOKEN_NUMBER &&
                      memcmp(bytes + tokens[i - 1].span.from, "\xC2\xB0", 2) == 0;
        if (bracketed || (c == '.' && numero)) { /* "[...]", "N°. 5" */
            return false;
        }
        return c == '.' || (token->span.to - token->span.from == 3 &&
                            memcmp(bytes + token->span.from, "…", 3) == 0);
    }
    if (!(token->flags & NEWS_TOKEN_ABBREVIATION) || i + 1 >= n) {
        return false;
    }
    uint32_t length = token->span.to - token->span.from - 1;
    news_word known =
        news_words_find_folded(&news_words_abbreviations, bytes + token->span.from, length);
    if (known.is_entry && known.value != NEWS_ABBREVIATIONS_ALWAYS) {
        return false;
    }
    const news_token *next = &tokens[i + 1];
    bool i_alone = length == 1 && bytes[token->span.from] == 'I';
    return (length > 1 || i_alone) && next->kind == NEWS_TOKEN_WORD &&
           is_starter(bytes, next->span);
}

/* "word.Next": the blank behind the full stop at token `i` was lost. */
static bool lost_blank(const char *bytes, const news_token *tokens, uint32_t i, uint32_t n) {
    if (i == 0 || i + 1 >= n || tokens[i + 1].kind != NEWS_TOKEN_WORD ||
        bytes[tokens[i].span.from] != '.' || tokens[i].span.to - tokens[i].span.from != 1) {
        return false;
    }
    const news_token *before = &tokens[i - 1], *next = &tokens[i + 1];
    bool ended = before->kind == NEWS_TOKEN_NUMBER ||
                 (before->kind == NEWS_TOKEN_WORD && !(before->flags & NEWS_TOKEN_CAPITAL)) ||
                 (before->kind == NEWS_TOKEN_WORD && before->span.to - before->span.from > 5);
    bool starts = (next->flags & NEWS_TOKEN_CAPITAL) &&
                  !(next->flags & (NEWS_TOKEN_ALL_CAPS | NEWS_TOKEN_MIXED)) &&
                  (next->span.to - next->span.from >= 4 || is_starter(bytes, next->span) ||
                   (next->flags & NEWS_TOKEN_ABBREVIATION));
    return ended && starts && before->span.to - before->span.from >= 3;
}

/* A number or letter that heads an item of a list within a paragraph: "1.", "b)", "• 9.", "iv)". */
typedef struct marker {
    uint32_t style, value, n_tokens; /* no tokens: none */
} marker;

enum { MARKER_NUMBER = 1, MARKER_LETTER, MARKER_ROMAN, MARKER_BULLET = 8 };

static uint32_t roman(const char *s, uint32_t n) {
    static const char *const numbers[] = {"i",  "ii",  "iii",  "iv", "v",
                                          "vi", "vii", "viii", "ix", "x"};
    for (uint32_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        if (n == strlen(numbers[i]) && memcmp(s, numbers[i], n) == 0) {
            return i + 1;
        }
    }
    return 0;
}

/* The marker at token `i` of `n`, of any style or of `style` only. */
static marker marker_at(const char *bytes, const news_token *tokens, uint32_t i, uint32_t n,
                        uint32_t style) {
    marker none = {0}, m = {0};
    uint32_t at = i, length;
    if (at < n && tokens[at].kind == NEWS_TOKEN_MARK) {
        uint32_t c = news_utf8_decode(bytes + tokens[at].span.from,
                                      tokens[at].span.to - tokens[at].span.from, &length);
        if (c != 0x2022 && c != 0x2043 && c != '*' && c != 0xB7) {
            return none;
        }
        m.style = MARKER_BULLET;
        at++;
    }
    if (at >= n) {
        return none;
    }
    const char *s = bytes + tokens[at].span.from;
    length = tokens[at].span.to - tokens[at].span.from;
    bool stop = tokens[at].flags & NEWS_TOKEN_ABBREVIATION;
    length -= stop;
    if (tokens[at].kind == NEWS_TOKEN_NUMBER && length <= 2) {
        for (uint32_t k = 0; k < length; k++) {
            if (s[k] < '0' || s[k] > '9') {
                return none;
            }
            m.value = m.value * 10 + (uint32_t)(s[k] - '0');
        }
        m.style |= MARKER_NUMBER;
    } else if (tokens[at].kind == NEWS_TOKEN_WORD && roman(s, length) &&
               (style & 7) != MARKER_LETTER) {
        m.value = roman(s, length);
        m.style |= MARKER_ROMAN;
    } else if (tokens[at].kind == NEWS_TOKEN_WORD && length == 1 && s[0] >= 'a' && s[0] <= 'z') {
        m.value = (uint32_t)(s[0] - 'a') + 1;
        m.style |= MARKER_LETTER;
    } else {
        return none;
    }
    at++;
    while (at < n && tokens[at].kind == NEWS_TOKEN_MARK &&
           !(tokens[at].flags & NEWS_TOKEN_SPACE_BEFORE) && !(at - i > 3) &&
           (bytes[tokens[at].span.from] == '.' || bytes[tokens[at].span.from] == ')') &&
           tokens[at].span.to - tokens[at].span.from == 1) {
        stop = true;
        at++;
    }
    if (!stop || at >= n || !(tokens[at].flags & NEWS_TOKEN_SPACE_BEFORE) ||
        (style && m.style != style)) {
        return none;
    }
    m.n_tokens = at - i;
    return m;
}

/* Groups the block's tokens, from index `first` on, into sentences. */
static bool group(cutter *c, uint32_t block, uint32_t first) {
    news_token *tokens = c->out->tokens.at;
    uint32_t end = c->out->tokens.n;
    marker list = marker_at(c->bytes, tokens + first, 0, end - first, 0);
    uint32_t heads = first + list.n_tokens; /* tokens before it are a marker's and end nothing */
    for (uint32_t i = first; i < end;) {
        news_sentence *sentence = news_list_push(c->arena, &c->out->sentences);
        if (!sentence) {
            return false;
        }
        uint32_t from = i;
        bool seen_word = false;
        for (bool done = false; i < end && !done; i++) {
            if (list.n_tokens && i >= heads && i > first) {
                marker next =
                    marker_at(c->bytes, tokens + first, i - first, end - first, list.style);
                if (next.n_tokens && next.value == list.value + 1) {
                    list = next;
                    heads = i + next.n_tokens;
                    if (i > from) {
                        break;
                    }
                }
            }
            tokens[i].sentence = c->out->sentences.n - 1;
            if (!seen_word &&
                (tokens[i].kind == NEWS_TOKEN_WORD || tokens[i].kind == NEWS_TOKEN_NUMBER)) {
                tokens[i].flags |= NEWS_TOKEN_FIRST;
                seen_word = true;
            }
            if (i < heads || !seen_word ||
                !ends(c->bytes, tokens + first, i - first, end - first)) {
                continue;
            }
            uint32_t last = i;
            while (last + 1 < end && !(tokens[last + 1].flags & NEWS_TOKEN_SPACE_BEFORE) &&
                   (is_closer(c->bytes, &tokens[last + 1]) ||
                    ends(c->bytes, tokens + first, last + 1 - first, end - first))) {
                last++;
            }
            if (last + 1 == end) {
                done = true;
            } else {
                const news_token *next = &tokens[last + 1];
                bool small = next->kind == NEWS_TOKEN_WORD && !(next->flags & NEWS_TOKEN_CAPITAL) &&
                             !(next->flags & NEWS_TOKEN_MIXED) &&
                             news_utf8_is_lower((unsigned char)c->bytes[next->span.from]);
                done =
                    (next->flags & NEWS_TOKEN_SPACE_BEFORE)
                        ? !small
                        : last == i && lost_blank(c->bytes, tokens + first, i - first, end - first);
            }
            for (; i < last; i++) { /* whatever ends here, it is behind the last of these signs */
                tokens[i + 1].sentence = c->out->sentences.n - 1;
            }
        }
        *sentence =
            (news_sentence){{tokens[from].span.from, tokens[i - 1].span.to}, block, from, i - from};
    }
    return true;
}

bool news_form_tokens(news_arena *arena, const news_text *text, const news_block *blocks,
                      uint32_t n_blocks, news_tokens *out) {
    for (uint32_t i = 0; i < n_blocks; i++) {
        if (blocks[i].role == NEWS_ROLE_CODE) {
            continue;
        }
        cutter c = {arena, text->bytes, blocks[i].span.from, blocks[i].span.to, out};
        uint32_t first = out->tokens.n;
        if (!cut(&c) || !group(&c, i, first)) {
            return false;
        }
    }
    return true;
}
