/* One pass: each token is tried as the first of a name written as names are. What could as well be
 * a common word is left alone, for few sure names are worth more than many wrong ones. */
#include "uncased.h"
#include "word_lists.h"

#include <string.h>

/* A text of fewer words tells nothing of how it is cased; one in so many may have a capital ("I").
 */
enum { LEAST_WORDS = 20, ONE_IN = 50 };

/* No name of the gazetteer is longer. */
enum { MOST_TOKENS = 10, MOST_BYTES = 120 };

/* A shorter surname is rather a common word; one of the gazetteer's names without its capitals is
 * not as sure as it is with them. */
enum { SHORTEST_SURNAME = 4, SURENESS = 700 };

bool news_find_is_uncased(const news_article *article) {
    uint32_t words = 0, capitals = 0;
    for (uint32_t i = 0; i < article->n_tokens; i++) {
        const news_token *token = &article->tokens[i];
        words += token->kind == NEWS_TOKEN_WORD;
        capitals += token->kind == NEWS_TOKEN_WORD &&
                    token->flags & (NEWS_TOKEN_CAPITAL | NEWS_TOKEN_MIXED | NEWS_TOKEN_ALL_CAPS);
    }
    return words >= LEAST_WORDS && capitals * ONE_IN <= words;
}

static const char *bytes_of(const news_article *article, uint32_t i, uint32_t *n) {
    *n = article->tokens[i].span.to - article->tokens[i].span.from;
    return article->text->bytes + article->tokens[i].span.from;
}

static uint16_t kinds_of(const news_article *article, uint32_t i) {
    uint32_t n;
    const char *bytes = bytes_of(article, i, &n);
    news_word word = news_words_find_folded(&news_words_name_words, bytes, n);
    return word.is_entry ? word.value : 0;
}

/* Whether the word is one of the language, whatever else it may be. */
static bool is_common(const news_article *article, uint32_t i) {
    uint32_t n;
    const char *bytes = bytes_of(article, i, &n);
    return news_words_find_folded(&news_words_parts, bytes, n).is_entry ||
           news_words_find_folded(&news_words_stopwords, bytes, n).is_entry;
}

/* Appends a token as names have it: with a capital, but for the small words inside them. */
static uint32_t append(const news_article *article, uint32_t i, bool first, char *name,
                       uint32_t n) {
    uint32_t length;
    const char *bytes = bytes_of(article, i, &length);
    bool blank = !first && article->tokens[i].flags & NEWS_TOKEN_SPACE_BEFORE;
    if (n + blank + length > MOST_BYTES) {
        return 0;
    }
    if (blank) {
        name[n++] = ' ';
    }
    memcpy(name + n, bytes, length);
    bool small =
        !first && kinds_of(article, i) & (NEWS_NAME_WORDS_JOINT | NEWS_NAME_WORDS_PARTICLE);
    if (!small && name[n] >= 'a' && name[n] <= 'z') {
        name[n] = (char)(name[n] - 'a' + 'A');
    }
    return n + length;
}

static news_match match(const news_article *article, uint32_t first, uint32_t end) {
    news_match found = {first, 0, NEWS_NO_THING};
    char name[MOST_BYTES];
    uint32_t n = 0;
    for (uint32_t i = first; i < end && i < first + MOST_TOKENS; i++) {
        n = append(article, i, i == first, name, n);
        if (n == 0) {
            break;
        }
        news_word word = news_words_find(&news_thing_names, name, n);
        if (word.is_entry) {
            found = (news_match){first, i + 1 - first, word.value};
        }
        if (!word.is_prefix) {
            break;
        }
    }
    return found;
}

/* Whether what was matched is a name without doubt. */
static bool is_sure(const news_article *article, const news_match *m) {
    if (m->n_tokens == 0) {
        return false;
    }
    news_entity_type type = news_thing_type(m->thing);
    if (type != NEWS_ENTITY_PERSON && type != NEWS_ENTITY_ORGANIZATION &&
        type != NEWS_ENTITY_PLACE) {
        return false;
    }
    if (m->n_tokens == 1) {
        return news_things[m->thing].kind == NEWS_THING_COUNTRY;
    }
    /* "the times", "the hill" */
    uint32_t n;
    const char *bytes = bytes_of(article, m->first, &n);
    return !(n == 3 && memcmp(bytes, "the", 3) == 0);
}

uint32_t news_find_shouted_name(const news_article *article, uint32_t first, uint32_t end,
                                uint16_t *thing) {
    const news_token *token = &article->tokens[first];
    if (token->kind != NEWS_TOKEN_WORD || !(token->flags & NEWS_TOKEN_ALL_CAPS)) {
        return first;
    }
    news_match m = news_find_thing(article, first, end);
    bool alone = m.n_tokens == 1 && token->span.to - token->span.from >= SHORTEST_SURNAME &&
                 news_thing_type(m.thing) != NEWS_ENTITY_PERSON && !is_common(article, first);
    news_entity_type type = m.n_tokens ? news_thing_type(m.thing) : NEWS_ENTITY_OTHER;
    bool named =
        type == NEWS_ENTITY_PERSON || type == NEWS_ENTITY_ORGANIZATION || type == NEWS_ENTITY_PLACE;
    *thing = m.thing;
    return named && (alone || m.n_tokens > 1) ? first + m.n_tokens : first;
}

/* "in hamburg" */
static bool is_city(const news_article *article, uint32_t first, uint32_t i) {
    char name[MOST_BYTES];
    uint32_t n = append(article, i, true, name, 0);
    news_word city = news_words_find(&news_words_names, name, n);
    return n > 0 && city.is_entry && city.value & NEWS_NAMES_CITY && i > first &&
           kinds_of(article, i - 1) & NEWS_NAME_WORDS_LOCATIVE && !is_common(article, i);
}

static bool add(news_arena *arena, const news_article *article, const news_match *m,
                news_entity_type type, news_names *out) {
    news_name *name = news_list_push(arena, &out->list);
    if (name) {
        *name = (news_name){
            .span = {article->tokens[m->first].span.from,
                     article->tokens[m->first + m->n_tokens - 1].span.to},
            .first = m->first,
            .n_tokens = m->n_tokens,
            .type = type,
            .thing = m->thing,
            .sureness = SURENESS,
            .known = NEWS_NONE,
        };
    }
    return name != NULL;
}

bool news_find_uncased_names(news_arena *arena, const news_views *views, news_names *out) {
    const news_article *article = views->article;
    bool *surnames = news_arena_array(arena, views->lexicon->words.n + 1, sizeof *surnames);
    if (!surnames) {
        return false;
    }
    for (uint32_t i = 0; i < article->n_tokens;) {
        const news_sentence *sentence = &article->sentences[article->tokens[i].sentence];
        uint32_t end = sentence->first_token + sentence->n_tokens, word = views->tokens[i].word;
        news_match m = {i, 0, NEWS_NO_THING}, one = {i, 1, NEWS_NO_THING};
        news_entity_type type = NEWS_ENTITY_OTHER;
        if (word != NEWS_NONE) {
            m = match(article, i, end);
        }
        if (is_sure(article, &m)) {
            type = news_thing_type(m.thing);
            uint32_t last = m.first + m.n_tokens - 1;
            if (type == NEWS_ENTITY_PERSON && views->tokens[last].word != NEWS_NONE) {
                news_span span = article->tokens[last].span;
                surnames[views->tokens[last].word] =
                    span.to - span.from >= SHORTEST_SURNAME && !is_common(article, last);
            }
        } else if (word != NEWS_NONE && surnames[word]) {
            m = one;
            type = NEWS_ENTITY_PERSON;
        } else if (word != NEWS_NONE && is_city(article, sentence->first_token, i)) {
            m = one;
            type = NEWS_ENTITY_PLACE;
        } else {
            i++;
            continue;
        }
        if (!add(arena, article, &m, type, out)) {
            return false;
        }
        i += m.n_tokens;
    }
    return true;
}
