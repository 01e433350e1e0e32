/* Pairing quotation marks: what each can be by its glyph and its neighbours, then one walk from
 * left to right in each block. */
#include "mark.h"
#include "utf8.h"

#include <string.h>

/* Marks pair within a family only: “foo" is one quote, “foo’ is not. */
typedef enum family { NO_FAMILY, DOUBLE, SINGLE, GUILLEMET, ANGLE, CORNER, N_FAMILIES } family;

enum { OPENS = 1, CLOSES = 2, STRONG = 4 }; /* STRONG: closes behind punctuation, no apostrophe */

/* What the mark of one token can be. */
typedef struct role {
    uint8_t family, can;
} role;

typedef struct pairer {
    news_arena *arena;
    const news_article *article;
    news_stretches *out;
    role *roles;            /* for each token of the article */
    uint32_t *closers_left; /* DOUBLE closers from this token to the end of its block */
    uint32_t *next_closer; /* the first SINGLE closer from here on that is no possessive for sure */
    bool british;          /* single marks are the outer ones */
} pairer;

/* Marks that tell which way to write, and that nothing stands here: they show nothing. */
static bool is_unseen(uint32_t c) {
    return (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2060 && c <= 0x2069) || c == 0xFEFF;
}

static uint32_t before(const news_article *a, news_span block, uint32_t at) {
    enum { MOST = 4 }; /* unseen ones in a row that are stepped over */
    for (int i = 0; i < MOST && at > block.from; i++) {
        uint32_t length, c = news_utf8_before(a->text->bytes, at, &length);
        if (!is_unseen(c)) {
            return c;
        }
        at -= length;
    }
    return ' ';
}

static uint32_t after(const news_article *a, news_span block, uint32_t at) {
    uint32_t length;
    return at < block.to ? news_utf8_decode(a->text->bytes + at, block.to - at, &length) : ' ';
}

static bool is_opening_neighbour(uint32_t c) {
    return news_utf8_is_space(c) || c == '(' || c == '[' || c == '{' || c == 0x2014 ||
           c == 0x2013 || c == '-' || c == '/' || c == 0x201C || c == 0x2018 || c == '"' ||
           c == '\'' || c == ':' || c == 0x2026 || c == 0xAB || c == '*' || c == '_' || c == '>';
}

static bool is_stop(uint32_t c) {
    return c == '.' || c == ',' || c == '!' || c == '?' || c == 0x2026 || c == ';';
}

static bool is_word_char(uint32_t c) {
    return news_utf8_is_letter(c) || news_utf8_is_digit(c);
}

/* "’90s", "’em", "’til": an apostrophe at the start of a word. */
static bool is_clipped_word(const news_article *a, uint32_t token) {
    static const char *const words[] = {"em",   "til",   "tis", "twas", "cause", "n",
                                        "bout", "round", "cos", "im",   "er",    "neath"};
    if (token + 1 >= a->n_tokens) {
        return false;
    }
    const news_token *next = &a->tokens[token + 1];
    const char *bytes = a->text->bytes + next->span.from;
    uint32_t n = next->span.to - next->span.from;
    if (next->flags & NEWS_TOKEN_SPACE_BEFORE) {
        return false;
    }
    if (next->kind == NEWS_TOKEN_NUMBER) { /* "90s", "08": two digits, and an s */
        bool decade = n >= 2 && news_utf8_is_digit((unsigned char)bytes[0]) &&
                      news_utf8_is_digit((unsigned char)bytes[1]);
        return decade && (n == 2 || (n == 3 && bytes[2] == 's'));
    }
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        char folded[16];
        if (n == strlen(words[i]) && news_utf8_fold(bytes, n, folded) == n &&
            memcmp(folded, words[i], n) == 0) {
            /* "'n'" of "rock 'n' roll", but not every 'I 'm': whole words only. */
            return true;
        }
    }
    return false;
}

static role role_of(const news_article *a, news_span block, uint32_t token) {
    const news_token *t = &a->tokens[token];
    if (t->kind != NEWS_TOKEN_QUOTE) {
        return (role){NO_FAMILY, 0};
    }
    uint32_t length, c = news_utf8_decode(a->text->bytes + t->span.from, 4, &length);
    uint32_t left = before(a, block, t->span.from), right = after(a, block, t->span.to);
    bool two = t->span.to - t->span.from == 2 && c < 0x80;
    bool space_left = news_utf8_is_space(left), space_right = news_utf8_is_space(right);
    uint8_t sides = 0;
    if (is_opening_neighbour(left) && !space_right) {
        sides |= OPENS;
    }
    if (!space_left && left != '(' && left != '[' && (!is_word_char(right) || is_stop(left))) {
        sides |= CLOSES | (is_stop(left) ? STRONG : 0);
    }
    switch (c) {
    case 0x201C: /* “ opens, but closes „German“ and where it was typed for ” */
    case 0x201F:
        return (role){DOUBLE,
                      (space_right || is_stop(right) || right == ')' || right == ':') && !space_left
                          ? CLOSES | STRONG
                          : OPENS};
    case 0x201D: /* ” closes, but opens ”Swedish”, and at the head of a paragraph */
        return (role){DOUBLE, (space_left && !space_right) || t->span.from == block.from
                                  ? OPENS
                                  : CLOSES | STRONG};
    case 0x201E: /* „ */
        return (role){DOUBLE, OPENS};
    case '"':
        if (!sides) { /* a mark between spaces is either: outside a quote it opens one */
            sides = !space_left ? CLOSES : space_right ? OPENS | CLOSES : OPENS;
        }
        if (!(sides & OPENS) && news_utf8_is_digit(left) && token > 0 &&
            a->tokens[token - 1].kind == NEWS_TOKEN_NUMBER && token > 1 &&
            a->tokens[token - 2].kind == NEWS_TOKEN_QUOTE) {
            return (role){NO_FAMILY, 0}; /* 5'10" */
        }
        return (role){DOUBLE, sides};
    case '`':
        return two ? (role){DOUBLE, OPENS} : (role){SINGLE, sides & OPENS ? OPENS : 0};
    case 0x2018: /* ‘ */
    case 0x201B:
        if (is_clipped_word(a, token)) {
            return (role){NO_FAMILY, 0};
        }
        return (role){SINGLE, space_right && !space_left ? CLOSES : OPENS};
    case 0x201A: /* ‚ */
        return (role){SINGLE, OPENS};
    case '\'':
        if (two) {
            return (role){DOUBLE, sides ? sides : OPENS};
        }
        if (is_clipped_word(a, token)) {
            sides &= (uint8_t)~OPENS;
        }
        return (role){SINGLE, sides};
    case 0x2019: /* ’ closes; or an apostrophe */
        return (role){SINGLE, sides & (CLOSES | STRONG)};
    case 0xAB: /* « French opens, German closes */
        return (role){GUILLEMET, OPENS | CLOSES};
    case 0xBB:
        return (role){GUILLEMET, OPENS | CLOSES};
    case 0x2039:
    case 0x203A:
        return (role){ANGLE, OPENS | CLOSES};
    case 0x300C:
    case 0x300E:
        return (role){CORNER, OPENS};
    case 0x300D:
    case 0x300F:
        return (role){CORNER, CLOSES};
    default:
        return (role){NO_FAMILY, 0};
    }
}

/* Whether a ’ behind a word could be the possessive of a plural or of a name in s: "the virus’
 * origin". */
static bool may_possess(const news_article *a, uint32_t token, uint32_t end) {
    if (token == 0 || token + 1 >= end) {
        return false;
    }
    const news_token *last = &a->tokens[token - 1], *next = &a->tokens[token + 1];
    char c = a->text->bytes[last->span.to - 1];
    return last->kind == NEWS_TOKEN_WORD && (c == 's' || c == 'S' || c == 'n' || c == 'z') &&
           (c == 's' || c == 'S' || c == 'z' || next->kind == NEWS_TOKEN_WORD) &&
           (next->kind == NEWS_TOKEN_WORD || next->kind == NEWS_TOKEN_NUMBER) &&
           (next->flags & NEWS_TOKEN_SPACE_BEFORE);
}

static bool is_quotable(news_role of) {
    return of != NEWS_ROLE_BOILERPLATE && of != NEWS_ROLE_CODE;
}

/* Tokens of a block: sentences of a block are consecutive. */
static bool block_tokens(const news_article *a, uint32_t *sentence, uint32_t block, uint32_t *first,
                         uint32_t *end) {
    while (*sentence < a->n_sentences && a->sentences[*sentence].block < block) {
        ++*sentence;
    }
    if (*sentence >= a->n_sentences || a->sentences[*sentence].block != block) {
        return false;
    }
    *first = a->sentences[*sentence].first_token;
    while (*sentence < a->n_sentences && a->sentences[*sentence].block == block) {
        *end = a->sentences[*sentence].first_token + a->sentences[*sentence].n_tokens;
        ++*sentence;
    }
    return true;
}

static bool add(pairer *p, uint32_t block, uint32_t open, uint32_t end, uint8_t flags) {
    news_stretch *s = news_list_push(p->arena, &p->out->list);
    if (!s) {
        return false;
    }
    const news_token *tokens = p->article->tokens;
    if (p->roles[open].family == SINGLE) {
        flags |= NEWS_STRETCH_SINGLE;
    }
    *s = (news_stretch){{tokens[open].span.from, tokens[end - 1].span.to}, open, end, block, flags};
    return true;
}

/* Fills the look-ahead arrays of one block, from its end to its start. */
static void look_ahead(pairer *p, uint32_t first, uint32_t end) {
    uint32_t closers = 0, closer = NEWS_NONE;
    for (uint32_t i = end; i-- > first;) {
        const role *r = &p->roles[i];
        closers += r->family == DOUBLE && (r->can & CLOSES);
        if (r->family == SINGLE && (r->can & CLOSES) &&
            ((r->can & STRONG) || !may_possess(p->article, i, end))) {
            closer = i;
        }
        p->closers_left[i] = closers;
        p->next_closer[i] = closer;
    }
}

/* The token behind a single-quoted stretch that opens at `open`, or NEWS_NONE: the first sure
 * closer before the next opener, else a possessive-like one. */
static uint32_t close_single(const pairer *p, uint32_t open, uint32_t end) {
    uint32_t doubtful = NEWS_NONE;
    uint32_t sure = open + 1 < end ? p->next_closer[open + 1] : NEWS_NONE;
    for (uint32_t i = open + 1; i < end && i != sure; i++) {
        const role *r = &p->roles[i];
        if (r->family != SINGLE) {
            continue;
        }
        if (r->can == OPENS && doubtful != NEWS_NONE) {
            return doubtful + 1;
        }
        if (r->can & CLOSES) {
            doubtful = i;
        }
    }
    if (sure != NEWS_NONE) {
        return sure + 1;
    }
    return doubtful == NEWS_NONE ? NEWS_NONE : doubtful + 1;
}

/* One more opening mark inside a stretch is an inner one where the block has closers enough;
 * otherwise the stretch before it was never closed. */
static bool pair_block(pairer *p, uint32_t block, uint32_t first, uint32_t end) {
    const news_article *a = p->article;
    look_ahead(p, first, end);
    uint32_t open = NEWS_NONE, depth = 0;
    bool no_closer = false;
    for (uint32_t i = first; i < end; i++) {
        const role *r = &p->roles[i];
        if (r->family == NO_FAMILY) {
            continue;
        }
        if (open == NEWS_NONE) {
            if (!(r->can & OPENS)) {
                continue;
            }
            if (r->family == SINGLE) {
                /* Once a search has come to nothing there is no closer for the next ones either. */
                uint32_t to = no_closer ? NEWS_NONE : close_single(p, i, end);
                bool curly = (unsigned char)a->text->bytes[a->tokens[i].span.from] == 0xE2;
                no_closer = to == NEWS_NONE;
                if (no_closer && p->british && curly && i == first) {
                    return add(p, block, i, end, NEWS_STRETCH_UNCLOSED);
                }
                if (no_closer) {
                    continue;
                }
                if (!add(p, block, i, to, 0)) {
                    return false;
                }
                i = to - 1;
                continue;
            }
            open = i;
            depth = 1;
            continue;
        }
        if (r->family != p->roles[open].family) {
            continue;
        }
        bool same_glyph = (r->family == GUILLEMET || r->family == ANGLE) &&
                          memcmp(a->text->bytes + a->tokens[i].span.from,
                                 a->text->bytes + a->tokens[open].span.from,
                                 a->tokens[i].span.to - a->tokens[i].span.from) == 0;
        if ((r->can & CLOSES) && !same_glyph) {
            if (--depth == 0) {
                if (!add(p, block, open, i + 1, 0)) {
                    return false;
                }
                open = NEWS_NONE;
            }
        } else if (r->family != DOUBLE || p->closers_left[i] > depth) {
            depth++;
        } else if (i > open + 1) {
            if (!add(p, block, open, i, NEWS_STRETCH_UNCLOSED)) {
                return false;
            }
            open = i;
            depth = 1;
        }
    }
    return open == NEWS_NONE || (p->roles[open].family != DOUBLE && end - open < 2) ||
           add(p, block, open, end, NEWS_STRETCH_UNCLOSED);
}

/* A document is in British style where single marks open more often than double ones. */
static bool is_british(const pairer *p) {
    uint32_t singles = 0, doubles = 0;
    for (uint32_t i = 0; i < p->article->n_tokens; i++) {
        if (p->roles[i].can & OPENS) {
            singles += p->roles[i].family == SINGLE && p->roles[i].can == OPENS;
            doubles += p->roles[i].family == DOUBLE;
        }
    }
    return singles > doubles;
}

/* Joins an unclosed stretch with the next paragraph's first where that opens with the same family:
 * the mark is repeated at the head of each paragraph and closed in the last. */
static void join(pairer *p) {
    const news_article *a = p->article;
    for (uint32_t i = 0; i + 1 < p->out->list.n; i++) {
        news_stretch *s = &p->out->list.at[i], *next = s + 1;
        if (!(s->flags & NEWS_STRETCH_UNCLOSED) || next->block == s->block ||
            s->span.to != a->blocks[s->block].span.to ||
            next->span.from != a->blocks[next->block].span.from ||
            p->roles[s->open].family != p->roles[next->open].family) {
            continue;
        }
        bool adjacent = true; /* nothing but furniture between them, no subhead */
        for (uint32_t b = s->block + 1; b < next->block && adjacent; b++) {
            adjacent =
                a->blocks[b].role == NEWS_ROLE_CAPTION || a->blocks[b].role == NEWS_ROLE_CREDIT ||
                a->blocks[b].role == NEWS_ROLE_BOILERPLATE || a->blocks[b].role == NEWS_ROLE_EMBED;
        }
        news_role from = a->blocks[s->block].role, to = a->blocks[next->block].role;
        if (adjacent && from == to &&
            (from == NEWS_ROLE_PARAGRAPH || from == NEWS_ROLE_BLOCKQUOTE)) {
            s->flags |= NEWS_STRETCH_CONTINUES;
            next->flags |= NEWS_STRETCH_CONTINUED;
        }
    }
}

bool news_find_marks(news_arena *arena, const news_article *article, news_stretches *out) {
    uint32_t n = article->n_tokens ? article->n_tokens : 1, sentence = 0, first = 0, end = 0;
    pairer p = {.arena = arena, .article = article, .out = out};
    p.roles = news_arena_array(arena, n, sizeof *p.roles);
    p.closers_left = news_arena_array(arena, n, sizeof *p.closers_left);
    p.next_closer = news_arena_array(arena, n, sizeof *p.next_closer);
    if (!p.roles || !p.closers_left || !p.next_closer) {
        return false;
    }
    for (uint32_t i = 0; i < article->n_tokens; i++) {
        const news_block *block =
            &article->blocks[article->sentences[article->tokens[i].sentence].block];
        p.roles[i] = role_of(article, block->span, i);
    }
    p.british = is_british(&p);
    for (uint32_t i = 0; i < article->n_blocks; i++) {
        if (is_quotable(article->blocks[i].role) &&
            block_tokens(article, &sentence, i, &first, &end) && !pair_block(&p, i, first, end)) {
            return false;
        }
    }
    join(&p);
    return true;
}
