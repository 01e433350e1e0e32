/* Longest match over tokens, with the blanks between them as one. */
#include "gazetteer.h"
#include "utf8.h"

#include <string.h>

/* No name of the gazetteer has more tokens or bytes (csrc/tools/thingtable.c checks the bytes). */
enum { MOST_TOKENS = 10, MOST_BYTES = 120 };

/* Appends a token to a name of `n` bytes and returns the new length, or 0 where it grows too long.
 * A typographic apostrophe becomes "'"; a word in capitals of four letters and more is tried as
 * "Word" where `lower`. */
static uint32_t append(const news_article *article, const news_token *token, char *name, uint32_t n,
                       bool blank, bool lower) {
    uint32_t length = token->span.to - token->span.from;
    if (n + blank + length > MOST_BYTES) {
        return 0;
    }
    if (blank) {
        name[n++] = ' ';
    }
    const char *bytes = article->text->bytes + token->span.from;
    for (uint32_t i = 0; i < length; i++) {
        if (i + 3 <= length && memcmp(bytes + i, "\xE2\x80\x99", 3) == 0) {
            name[n++] = '\'';
            i += 2;
        } else {
            char c = bytes[i];
            name[n++] = lower && i > 0 && c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
        }
    }
    return n;
}

/* Whether the token is tried as "Word" where all that are in capitals are. */
static bool is_lowered(const news_token *token, bool lower) {
    return lower && (token->flags & NEWS_TOKEN_ALL_CAPS) && token->span.to - token->span.from >= 4;
}

static news_match match(const news_article *article, uint32_t first, uint32_t end, bool lower) {
    news_match found = {first, 0, NEWS_NO_THING};
    char name[MOST_BYTES];
    uint32_t n = 0;
    for (uint32_t i = first; i < end && i < first + MOST_TOKENS; i++) {
        const news_token *token = &article->tokens[i];
        bool blank = i > first && (token->flags & NEWS_TOKEN_SPACE_BEFORE);
        n = append(article, token, name, n, blank, is_lowered(token, lower));
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

static bool opens(const news_article *article, uint32_t i, bool lower) {
    char name[MOST_BYTES];
    const news_token *token = &article->tokens[i];
    uint32_t n = append(article, token, name, 0, false, is_lowered(token, lower));
    news_word word = news_words_find(&news_thing_names, name, n);
    return word.is_entry || word.is_prefix;
}

uint8_t news_find_opening(const news_article *article, uint32_t i) {
    bool caps = article->tokens[i].flags & NEWS_TOKEN_ALL_CAPS;
    return (uint8_t)((opens(article, i, false) ? NEWS_OPENS : 0) |
                     (caps && opens(article, i, true) ? NEWS_OPENS_LOWERED : 0));
}

news_match news_find_thing_opened(const news_article *article, uint32_t first, uint32_t end,
                                  uint8_t opening) {
    news_match found = {first, 0, NEWS_NO_THING};
    /* What is joined to the word without a blank may make it one of a name that it alone is not. */
    bool joined = first + 1 < end && !(article->tokens[first + 1].flags & NEWS_TOKEN_SPACE_BEFORE);
    if (joined || opening & NEWS_OPENS) {
        found = match(article, first, end, false);
    }
    if (found.n_tokens == 0 && (article->tokens[first].flags & NEWS_TOKEN_ALL_CAPS) &&
        (joined || opening & NEWS_OPENS_LOWERED)) {
        found = match(article, first, end, true);
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
