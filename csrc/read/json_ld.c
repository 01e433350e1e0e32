/* Recursive descent with a limit; an object's claims are made at its end, when its type is known.
 */
#include "json_ld.h"
#include "page_claims.h"
#include "utf8.h"

#include <string.h>

/* Objects nest this deep at most; those of real pages reach ten. */
enum { DEEPEST = 32, MOST_AUTHORS = 12 };

typedef struct cursor {
    news_arena *arena;
    const char *bytes;
    uint32_t at, n;
    bool failed; /* out of memory */
    uint32_t item;
    news_claims *claims;
} cursor;

/* What is kept of an object until its type is known. */
typedef struct thing {
    bool is_article;
    news_string name, headline, dek, published, modified, section, language, publisher;
    news_string authors[MOST_AUTHORS];
    uint32_t n_authors;
} thing;

static char peek(cursor *c) {
    while (c->at < c->n &&
           (c->bytes[c->at] == ' ' || (c->bytes[c->at] >= '\t' && c->bytes[c->at] <= '\r'))) {
        c->at++;
    }
    return c->at < c->n ? c->bytes[c->at] : 0;
}

static uint32_t hex4(const cursor *c, uint32_t at) {
    uint32_t value = 0;
    for (uint32_t i = 0; i < 4; i++) {
        char d = at + i < c->n ? c->bytes[at + i] : 0;
        uint32_t digit = d >= '0' && d <= '9' ? (uint32_t)(d - '0')
                         : (d | 0x20) >= 'a' && (d | 0x20) <= 'f'
                             ? (uint32_t)((d | 0x20) - 'a' + 10)
                             : 16;
        if (digit == 16) {
            return NEWS_NONE;
        }
        value = value * 16 + digit;
    }
    return value;
}

/* The string whose opening quote is at the cursor, unescaped; the cursor moves behind it. */
static news_string read_string(cursor *c) {
    uint32_t end = ++c->at;
    while (end < c->n && c->bytes[end] != '"') {
        end += c->bytes[end] == '\\' ? 2 : 1;
    }
    end = end < c->n ? end : c->n;
    char *out = news_arena_alloc(c->arena, (size_t)(end - c->at) * 3 + 1);
    if (!out) {
        c->failed = true;
        c->at = c->n;
        return (news_string){NULL, 0};
    }
    uint32_t used = 0;
    for (uint32_t at = c->at; at < end; at++) {
        char b = c->bytes[at];
        if (b != '\\' || at + 1 >= end) {
            out[used++] = b;
            continue;
        }
        b = c->bytes[++at];
        if (b == 'u') {
            uint32_t code = hex4(c, at + 1);
            if (code == NEWS_NONE || at + 4 >= end) {
                continue;
            }
            at += 4;
            if (code >= 0xD800 && code < 0xDC00 && at + 6 < end && c->bytes[at + 1] == '\\' &&
                c->bytes[at + 2] == 'u') {
                uint32_t low = hex4(c, at + 3);
                if (low >= 0xDC00 && low < 0xE000) {
                    code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
                    at += 6;
                }
            }
            used += news_utf8_encode(code, out + used);
        } else {
            out[used++] = b == 'n' || b == 't' || b == 'r' || b == 'b' || b == 'f' ? ' ' : b;
        }
    }
    c->at = end < c->n ? end + 1 : c->n;
    return (news_string){out, used};
}

static bool is(news_string s, const char *word) {
    return s.n == strlen(word) && memcmp(s.bytes, word, s.n) == 0;
}

static bool ends_with(news_string s, const char *word) {
    size_t n = strlen(word);
    return s.n >= n && memcmp(s.bytes + s.n - n, word, n) == 0;
}

static void read_object(cursor *c, uint32_t depth, thing *out);

/* Passes over a value; objects in it are read for themselves. A string is returned, and the name of
 * an object. */
static news_string read_value(cursor *c, uint32_t depth) {
    news_string none = {NULL, 0};
    char first = peek(c);
    if (first == '"') {
        return read_string(c);
    }
    if (first == '{' && depth < DEEPEST) {
        thing inner = {0};
        read_object(c, depth + 1, &inner);
        return inner.name;
    }
    if (first == '[' && depth < DEEPEST) {
        c->at++;
        news_string last = none;
        while (peek(c) && peek(c) != ']') {
            uint32_t before = c->at;
            news_string value = read_value(c, depth + 1);
            last = value.n ? value : last;
            if (peek(c) == ',') {
                c->at++;
            }
            if (c->at == before) {
                c->at++;
            }
        }
        c->at += c->at < c->n;
        return last;
    }
    uint32_t from = c->at;
    while (c->at < c->n && !strchr(",]}\"{[", c->bytes[c->at])) {
        c->at++;
    }
    c->at += c->at == from && c->at < c->n;
    return none;
}

/* The names in a string, an object or a list of either. */
static void read_names(cursor *c, uint32_t depth, thing *out) {
    bool list = peek(c) == '[';
    c->at += list;
    while (peek(c) && !(list && peek(c) == ']')) {
        uint32_t before = c->at;
        news_string name = read_value(c, depth + 1);
        if (name.n && out->n_authors < MOST_AUTHORS) {
            out->authors[out->n_authors++] = name;
        }
        if (!list) {
            return;
        }
        if (peek(c) == ',') {
            c->at++;
        }
        c->at += c->at == before;
    }
    c->at += list && c->at < c->n;
}

static bool is_article_type(news_string type) {
    return ends_with(type, "Article") || is(type, "BlogPosting") || is(type, "Report") ||
           is(type, "LiveBlogPosting") || is(type, "WebPage") || is(type, "Review");
}

static void read_type(cursor *c, uint32_t depth, thing *out) {
    thing types = {0};
    read_names(c, depth, &types);
    for (uint32_t i = 0; i < types.n_authors; i++) {
        out->is_article |= is_article_type(types.authors[i]);
    }
}

static void make_claims(cursor *c, const thing *t) {
    const struct {
        news_claim_kind kind;
        news_string value;
    } made[] = {
        {NEWS_CLAIM_HEADLINE, t->headline},   {NEWS_CLAIM_DEK, t->dek},
        {NEWS_CLAIM_PUBLISHED, t->published}, {NEWS_CLAIM_MODIFIED, t->modified},
        {NEWS_CLAIM_SECTION, t->section},     {NEWS_CLAIM_LANGUAGE, t->language},
        {NEWS_CLAIM_PUBLISHER, t->publisher},
    };
    /* A WebPage without a headline tells less than an article does. */
    uint8_t trust = t->headline.n ? NEWS_TRUST_JSON_LD : NEWS_TRUST_JSON_LD - 15;
    for (size_t i = 0; i < sizeof made / sizeof *made; i++) {
        c->failed |= !news_page_claim(c->arena, c->claims, made[i].kind, trust, c->item,
                                      made[i].value.bytes, made[i].value.n);
    }
    /* Such a page's author is the one who keeps the page. */
    trust = t->headline.n ? trust : NEWS_TRUST_META + 4;
    for (uint32_t i = 0; i < t->n_authors; i++) {
        c->failed |= !news_page_claim(c->arena, c->claims, NEWS_CLAIM_AUTHOR, trust, c->item,
                                      t->authors[i].bytes, t->authors[i].n);
    }
}

static void read_object(cursor *c, uint32_t depth, thing *out) {
    c->at++;
    while (!c->failed) {
        char next = peek(c);
        if (next == 0 || next == '}') {
            c->at += next == '}';
            break;
        }
        if (next != '"') {
            c->at++;
            continue;
        }
        news_string key = read_string(c);
        if (peek(c) != ':') {
            continue;
        }
        c->at++;
        if (is(key, "@type")) {
            read_type(c, depth, out);
        } else if (is(key, "author") || is(key, "creator")) {
            if (out->n_authors) {
                (void)read_value(c, depth);
            } else {
                read_names(c, depth, out);
            }
        } else {
            news_string value = read_value(c, depth);
            news_string *at = is(key, "name")             ? &out->name
                              : is(key, "headline")       ? &out->headline
                              : is(key, "description")    ? &out->dek
                              : is(key, "datePublished")  ? &out->published
                              : is(key, "dateModified")   ? &out->modified
                              : is(key, "articleSection") ? &out->section
                              : is(key, "inLanguage")     ? &out->language
                              : is(key, "publisher")      ? &out->publisher
                                                          : NULL;
            if (at && value.n && !at->n) {
                *at = value;
            }
        }
    }
    if (out->is_article) {
        make_claims(c, out);
    }
}

bool news_json_ld_read(news_arena *arena, const char *bytes, uint32_t n, uint32_t item,
                       news_claims *claims) {
    cursor c = {.arena = arena, .bytes = bytes, .n = n, .item = item, .claims = claims};
    while (c.at < n && !c.failed) { /* comment marks and the like may stand before it */
        char first = peek(&c);
        if (first == '{' || first == '[') {
            (void)read_value(&c, 0);
        } else {
            c.at++;
        }
    }
    return !c.failed;
}
