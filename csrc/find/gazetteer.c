/* Longest match over tokens, with the blanks between them as one. */
#include "gazetteer.h"
#include "utf8.h"

#include <string.h>

/* No name of the gazetteer has more tokens or bytes (csrc/tools/thingtable.c checks the bytes). */
enum { MOST_TOKENS = 10, MOST_BYTES = 120 };

/* How words in capitals are read: as they stand, those of so many letters and more as "Word", or
 * all of them ("XI JINPING"). In the latter two the small words of a name are small. */
typedef enum reading { CAPS_KEPT = 0, CAPS_OF_LONG = 4, CAPS_OF_NONE = 2 } reading;

/* Whether a word in capitals is one that names have in small letters: "BANK OF ENGLAND". */
static bool is_small(const char *bytes, uint32_t n) {
    static const char *const words[] = {"OF", "AND", "THE", "FOR", "ON", "IN", "DE", "DU", "DEL"};
    for (size_t k = 0; k < sizeof words / sizeof *words; k++) {
        if (strlen(words[k]) == n && memcmp(words[k], bytes, n) == 0) {
            return true;
        }
    }
    return false;
}

/* Appends a token to a name of `n` bytes and returns the new length, or 0 where it grows too long.
 * A typographic apostrophe becomes "'". */
static uint32_t append(const news_article *article, const news_token *token, char *name, uint32_t n,
                       bool blank, reading as) {
    uint32_t length = token->span.to - token->span.from;
    if (n + blank + length > MOST_BYTES) {
        return 0;
    }
    if (blank) {
        name[n++] = ' ';
    }
    const char *bytes = article->text->bytes + token->span.from;
    bool all = as && (token->flags & NEWS_TOKEN_ALL_CAPS),
         small = all && n && is_small(bytes, length);
    bool lower = small || (all && length >= (uint32_t)as);
    for (uint32_t i = 0; i < length; i++) {
        if (i + 3 <= length && memcmp(bytes + i, "\xE2\x80\x99", 3) == 0) {
            name[n++] = '\'';
            i += 2;
        } else {
            char c = bytes[i];
            name[n++] = lower && i + small > 0 && c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
        }
    }
    return n;
}

static news_match match(const news_article *article, uint32_t first, uint32_t end, reading as) {
    news_match found = {first, 0, NEWS_NO_THING};
    char name[MOST_BYTES];
    uint32_t n = 0;
    for (uint32_t i = first; i < end && i < first + MOST_TOKENS; i++) {
        const news_token *token = &article->tokens[i];
        bool blank = i > first && (token->flags & NEWS_TOKEN_SPACE_BEFORE);
        n = append(article, token, name, n, blank, as);
        if (n == 0) {
            break;
        }
        news_word word = news_words_find(&news_thing_names, name, n);
        if (word.is_entry) {
            found = (news_match){first, i + 1 - first, word.value};
        }
        bool joined = i + 1 < end && !(article->tokens[i + 1].flags & NEWS_TOKEN_SPACE_BEFORE);
        if (!word.is_prefix && !joined) {
            break;
        }
    }
    return found;
}

static bool opens(const news_article *article, uint32_t i, reading as) {
    char name[MOST_BYTES];
    uint32_t n = append(article, &article->tokens[i], name, 0, false, as);
    news_word word = news_words_find(&news_thing_names, name, n);
    return word.is_entry || word.is_prefix;
}

uint8_t news_find_opening(const news_article *article, uint32_t i) {
    bool caps = article->tokens[i].flags & NEWS_TOKEN_ALL_CAPS;
    return (uint8_t)((opens(article, i, CAPS_KEPT) ? NEWS_OPENS : 0) |
                     (caps && (opens(article, i, CAPS_OF_LONG) || opens(article, i, CAPS_OF_NONE))
                          ? NEWS_OPENS_LOWERED
                          : 0));
}

static news_match longer(news_match a, news_match b) {
    return b.n_tokens > a.n_tokens ? b : a;
}

news_match news_find_thing_opened(const news_article *article, uint32_t first, uint32_t end,
                                  uint8_t opening) {
    news_match found = {first, 0, NEWS_NO_THING};
    /* What is joined to the word without a blank may make it one of a name that it alone is not. */
    bool joined = first + 1 < end && !(article->tokens[first + 1].flags & NEWS_TOKEN_SPACE_BEFORE);
    if (joined || opening & NEWS_OPENS) {
        found = match(article, first, end, CAPS_KEPT);
    }
    if (found.n_tokens < 2 && (article->tokens[first].flags & NEWS_TOKEN_ALL_CAPS) &&
        (joined || opening & NEWS_OPENS_LOWERED)) {
        found = longer(found, match(article, first, end, CAPS_OF_LONG));
        /* A short word alone is rather an acronym than what it spells: "WHO", "US". */
        news_span word = article->tokens[first].span;
        if (found.n_tokens < 2 && word.to - word.from < CAPS_OF_LONG) {
            news_match other = match(article, first, end, CAPS_OF_NONE);
            found = other.n_tokens > 1 ? other : found;
        }
    }
    return found;
}

news_match news_find_thing(const news_article *article, uint32_t first, uint32_t end) {
    return news_find_thing_opened(article, first, end, NEWS_OPENS | NEWS_OPENS_LOWERED);
}

uint16_t news_find_thing_named(const char *bytes, uint32_t n) {
    news_word word = news_words_find(&news_thing_names, bytes, n);
    return word.is_entry ? word.value : NEWS_NO_THING;
}

news_entity_type news_thing_type(uint16_t thing) {
    static const uint8_t types[] = {
#define KIND(name, kind, type) NEWS_ENTITY_##type,
        NEWS_THING_KINDS(KIND)
#undef KIND
    };
    return types[news_things[thing].kind];
}
