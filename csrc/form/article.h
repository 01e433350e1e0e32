/* The article as `form` leaves it and `find` reads it: blocks, sections, sentences, tokens. */
#ifndef NEWS_ARTICLE_H
#define NEWS_ARTICLE_H

#include "text.h"
#include "words.h"

#include <string.h>

typedef enum news_token_kind {
    NEWS_TOKEN_WORD,   /* letters, with inner apostrophes and an abbreviation's full stops */
    NEWS_TOKEN_NUMBER, /* digits, with inner commas, points and a suffix ("25th", "3.5", "1,000") */
    NEWS_TOKEN_SUFFIX, /* "'s" or "'" after a word */
    NEWS_TOKEN_LINK,   /* a web or mail address, a handle, a hashtag */
    NEWS_TOKEN_QUOTE,  /* a quotation mark of any style, opening or closing; "``" and "''" in one */
    NEWS_TOKEN_MARK,   /* any other sign, one code point each; "--", "..." in one */
} news_token_kind;

enum {
    NEWS_TOKEN_CAPITAL = 1,  /* starts with a capital */
    NEWS_TOKEN_ALL_CAPS = 2, /* two letters at least, none of them small */
    NEWS_TOKEN_MIXED = 4,    /* a capital after a small letter: "iPhone", "McDonald" */
    NEWS_TOKEN_HAS_DIGIT = 8,
    NEWS_TOKEN_SPACE_BEFORE = 16, /* white space or its block's start comes before it */
    NEWS_TOKEN_FIRST = 32,        /* the first word of its sentence, marks left aside */
    NEWS_TOKEN_ABBREVIATION = 64, /* ends in its own full stop */
};

typedef struct news_token {
    news_span span;
    uint8_t kind; /* news_token_kind */
    uint8_t flags;
    uint32_t sentence;
} news_token;

/* A sentence lies in one block. */
typedef struct news_sentence {
    news_span span;
    uint32_t block;
    uint32_t first_token, n_tokens;
} news_sentence;

typedef struct news_article {
    const news_text *text;
    const news_block *blocks;
    uint32_t n_blocks;
    const news_section *sections;
    uint32_t n_sections;
    const news_token *tokens;
    uint32_t n_tokens;
    const news_sentence *sentences;
    uint32_t n_sentences;
    news_string date;     /* ISO date of publication, or no bytes */
    news_string language; /* "en", another, or no bytes where unknown */
    uint32_t n_items;     /* of a feed, else 0 */
} news_article;

struct news_reading;
struct news_roles;
struct news_sections;
struct news_tokens;

/* What the stages up to tokens have made, seen as one article; it points into them. */
news_article news_form_article(const struct news_reading *reading, const struct news_roles *roles,
                               const struct news_sections *sections,
                               const struct news_tokens *tokens);

/* The first token that starts at the byte `at` of the text or behind it; n_tokens where none does.
 */
uint32_t news_form_token_from(const news_article *article, uint32_t at);

/* The first block that ends behind the byte `at`, which it holds unless `at` is between blocks;
 * NULL behind the last. */
const news_block *news_form_block_at(const news_article *article, uint32_t at);

/* ---- What tokens read ---- */

/* What a list has for the tokens from `first` to before `end`, in any case. */
news_word news_form_look_up(const news_article *article, const news_words *words, uint32_t first,
                            uint32_t end);

/* Whether a token is this word as it stands. */
bool news_form_is_exactly(const news_article *article, uint32_t token, const char *word);

/* Whether a token is this word, which is ASCII in small letters, whatever the token's case. */
static inline bool news_form_is_word(const news_article *article, uint32_t token,
                                     const char *word) {
    const news_span span = article->tokens[token].span;
    const char *bytes = article->text->bytes + span.from;
    size_t n = strlen(word);
    if (span.to - span.from != n || (bytes[0] | 0x20) != word[0]) {
        return false;
    }
    for (size_t i = 1; i < n; i++) {
        char small = bytes[i] >= 'A' && bytes[i] <= 'Z' ? (char)(bytes[i] | 0x20) : bytes[i];
        if (small != word[i]) {
            return false;
        }
    }
    return true;
}

#endif
