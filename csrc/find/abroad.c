/* The model has learnt English: elsewhere a capital, a shape and a neighbour mean other things to
 * it than they are. So a name is believed where a list speaks for it, too. */
#include "abroad.h"
#include "utf8.h"
#include "word_lists.h"

#include <string.h>

/* How sure the model must be of what a list speaks for, in thousandths, and of an acronym. */
enum { NEEDED_KNOWN = 600, NEEDED_ACRONYM = 800 };

/* In English one small word in so many is "the", "of" and the like, by a good margin. A text of
 * fewer small words or of more names than those, such as a table of results, tells nothing, not
 * even where what there is looks like some other language. */
enum { ONE_IN = 12, LEAST_WORDS = 20, LEAST_TOLD = 12 };

static bool has_capital(const news_article *article, uint32_t i) {
    return article->tokens[i].flags & (NEWS_TOKEN_CAPITAL | NEWS_TOKEN_MIXED);
}

bool news_find_is_abroad(const news_article *article) {
    bool told = article->language.n > 0;
    if (told && memcmp(article->language.bytes, "en", 2) == 0) {
        return false;
    }
    uint32_t words = 0, small = 0, english = 0;
    for (uint32_t i = 0; i < article->n_tokens; i++) {
        const news_token *token = &article->tokens[i];
        if (token->kind != NEWS_TOKEN_WORD) {
            continue;
        }
        words++;
        if (!has_capital(article, i)) {
            const char *bytes = article->text->bytes + token->span.from;
            news_word word = news_words_find_folded(&news_words_stopwords, bytes,
                                                    token->span.to - token->span.from);
            small++;
            english += word.is_entry && word.value & NEWS_STOPWORDS_EN;
        }
    }
    return small >= (told ? LEAST_TOLD : LEAST_WORDS) && small * 2 > words &&
           english * ONE_IN < small;
}

static const char *bytes_of(const news_article *article, uint32_t i, uint32_t *n) {
    *n = article->tokens[i].span.to - article->tokens[i].span.from;
    return article->text->bytes + article->tokens[i].span.from;
}

static uint16_t names_of(const news_article *article, uint32_t i) {
    uint32_t n;
    const char *bytes = bytes_of(article, i, &n);
    news_word word = news_words_find(&news_words_names, bytes, n);
    bool gendered = news_words_find(&news_words_genders, bytes, n).is_entry;
    return (uint16_t)((word.is_entry ? word.value : 0) | (gendered ? NEWS_NAMES_GIVEN : 0));
}

/* "Виталий Савельев" within a sentence: alphabets other than the Latin one are in no list, and
 * their languages write few other pairs of words with capitals. */
static bool is_pair_abroad(const news_article *article, const news_name *name) {
    bool pair = name->n_tokens >= 2 && !(article->tokens[name->first].flags & NEWS_TOKEN_FIRST);
    for (uint32_t i = name->first; pair && i < name->first + name->n_tokens; i++) {
        uint32_t n, length;
        const char *bytes = bytes_of(article, i, &n);
        uint32_t c = news_utf8_decode(bytes, n, &length);
        /* Greek and Cyrillic */
        pair = c >= 0x370 && c <= 0x52F && has_capital(article, i) &&
               !(article->tokens[i].flags & NEWS_TOKEN_ALL_CAPS);
    }
    return pair;
}

/* "Friedrich Merz": a given name first. */
static bool is_person(const news_article *article, const news_name *name) {
    uint32_t last = name->first + name->n_tokens - 1;
    return name->n_tokens >= 2 && name->n_tokens <= 5 && has_capital(article, last) &&
           names_of(article, name->first) & NEWS_NAMES_GIVEN;
}

static bool is_city(const news_article *article, const news_name *name) {
    uint32_t n = name->span.to - name->span.from;
    news_word word = news_words_find(&news_words_names, article->text->bytes + name->span.from, n);
    return word.is_entry && word.value & NEWS_NAMES_CITY;
}

/* "SPD": the shortest ones may be anything, longer words are rather shouted. */
static bool is_acronym(const news_article *article, const news_name *name) {
    uint32_t n = name->span.to - name->span.from;
    return name->n_tokens == 1 && n >= 3 && n <= 6 &&
           article->tokens[name->first].flags & NEWS_TOKEN_ALL_CAPS;
}

/* Whether the words of `name` are the last of a person's name that is kept. */
static bool is_surname(const news_article *article, const news_names *names, uint32_t kept,
                       const news_name *name) {
    enum { LOOKED_BACK = 64 }; /* names: an article is about fewer persons */
    uint32_t n = name->span.to - name->span.from;
    const char *bytes = article->text->bytes + name->span.from;
    for (uint32_t k = kept; k > 0 && kept - k < LOOKED_BACK; k--) {
        const news_name *other = &names->list.at[k - 1];
        uint32_t length = other->span.to - other->span.from;
        const char *end = article->text->bytes + other->span.to;
        if (other->type == NEWS_ENTITY_PERSON && length > n && end[-(int64_t)n - 1] == ' ' &&
            memcmp(end - n, bytes, n) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_believed(const news_article *article, const news_names *names, uint32_t kept,
                        const news_name *name) {
    if (name->known != NEWS_NONE) {
        return true;
    }
    if (name->sureness < NEEDED_KNOWN) {
        return false;
    }
    if (name->thing != NEWS_NO_THING) {
        return news_thing_type(name->thing) == name->type;
    }
    switch (name->type) {
    case NEWS_ENTITY_PERSON:
        return is_person(article, name) || is_pair_abroad(article, name) ||
               is_surname(article, names, kept, name);
    case NEWS_ENTITY_PLACE:
        return is_city(article, name);
    case NEWS_ENTITY_ORGANIZATION:
        return name->sureness >= NEEDED_ACRONYM && is_acronym(article, name);
    default:
        return false;
    }
}

void news_find_doubts(const news_article *article, news_names *names) {
    uint32_t kept = 0;
    for (uint32_t k = 0; k < names->list.n; k++) {
        if (is_believed(article, names, kept, &names->list.at[k])) {
            names->list.at[kept++] = names->list.at[k];
        }
    }
    names->list.n = kept;
}
