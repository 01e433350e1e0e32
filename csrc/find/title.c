/* Who somebody is said to be: titles before a name, appositions behind it. */
#include "name.h"
#include "word_lists.h"

#include <string.h>

/* Tokens: a title ("Secretary of State"), all that is taken to its left, an apposition. */
enum { LONGEST_TITLE = 4, LONGEST_ROLE = 8, LONGEST_APPOSITION = 14, HEAD_WITHIN = 7 };

/* Small words that may stand between a country or employer and a title. */
static bool is_modifier(const news_article *article, uint32_t i) {
    static const char *const words[] = {
        "former",   "then",    "ex",      "acting",   "interim", "outgoing", "deputy",
        "vice",     "senior",  "current", "late",     "newly",   "chief",    "top",
        "longtime", "veteran", "elected", "-",        "ousted",  "exiled",   "incoming",
        "Former",   "Then",    "Acting",  "Outgoing", "Deputy",  "Senior",   "Vice"};
    for (size_t k = 0; k < sizeof words / sizeof *words; k++) {
        if (news_form_is_exactly(article, i, words[k])) {
            return true;
        }
    }
    return false;
}

/* The longest title that ends before token `to`; 0 tokens where there is none. */
static uint32_t title_before(const news_article *article, uint32_t floor, uint32_t to,
                             uint16_t *flags) {
    for (uint32_t n = LONGEST_TITLE; n > 0; n--) {
        if (to >= floor + n) {
            news_word word = news_form_look_up(article, &news_words_titles, to - n, to);
            if (word.is_entry) {
                *flags = word.value;
                return n;
            }
        }
    }
    return 0;
}

/* "city", "council", "police" before a title: of what kind of body. */
static bool is_body(const news_article *article, uint32_t i) {
    news_word word = news_form_look_up(article, &news_words_name_words, i, i + 1);
    return word.is_entry && word.value & (NEWS_NAME_WORDS_HEAD | NEWS_NAME_WORDS_PLACE);
}

static void find_title(const news_article *article, const news_names *names, uint32_t i) {
    news_name *name = &names->list.at[i];
    const news_sentence *sentence = &article->sentences[article->tokens[name->first].sentence];
    uint32_t floor = sentence->first_token;
    if (name->first > LONGEST_ROLE && name->first - LONGEST_ROLE > floor) {
        floor = name->first - LONGEST_ROLE;
    }
    uint32_t before = i; /* names not yet taken in */
    if (i > 0 && names->list.at[i - 1].first >= floor) {
        const news_name *other = &names->list.at[i - 1];
        if (other->first + other->n_tokens > name->first) {
            return;
        }
    }
    uint32_t n = title_before(article, floor, name->first, &name->title_is);
    if (n == 0) {
        return;
    }
    uint32_t from = name->first - n;
    bool is_role = !(name->title_is & NEWS_TITLES_HONORIFIC);
    while (from > floor) {
        const news_name *other = before > 0 ? &names->list.at[before - 1] : NULL;
        uint16_t more;
        if (other && other->first + other->n_tokens == from && other->first >= floor &&
            other->type != NEWS_ENTITY_PERSON) {
            from = other->first;
            before--;
        } else if (other && other->first + other->n_tokens == from - 1 && other->first >= floor &&
                   other->type != NEWS_ENTITY_PERSON &&
                   article->tokens[from - 1].kind == NEWS_TOKEN_SUFFIX) {
            from = other->first;
            before--;
        } else if (is_modifier(article, from - 1) || (is_role && is_body(article, from - 1))) {
            from--;
        } else if ((n = title_before(article, floor, from, &more)) > 0) {
            name->title_is |= more & (uint16_t)~NEWS_TITLES_HONORIFIC;
            is_role |= !(more & NEWS_TITLES_HONORIFIC);
            from -= n;
        } else {
            break;
        }
    }
    while (article->tokens[from].kind == NEWS_TOKEN_MARK && from < name->first) {
        from++;
    }
    if (is_role && from < name->first) {
        name->title =
            (news_span){article->tokens[from].span.from, article->tokens[name->first - 1].span.to};
    }
}

/* "X, the chief executive of Y, …": what stands between the commas, where a title heads it. */
static void find_apposition(const news_article *article, news_name *name) {
    const news_sentence *sentence = &article->sentences[article->tokens[name->first].sentence];
    uint32_t end = sentence->first_token + sentence->n_tokens, from = name->first + name->n_tokens;
    if (from + 2 >= end || !news_form_is_exactly(article, from, ",")) {
        return;
    }
    from++;
    if (news_form_is_exactly(article, from, "a") || news_form_is_exactly(article, from, "an") ||
        news_form_is_exactly(article, from, "the")) {
        from++;
    }
    bool headed = false;
    uint32_t i = from;
    for (; i < end && i < from + LONGEST_APPOSITION; i++) {
        const news_token *token = &article->tokens[i];
        if (token->kind == NEWS_TOKEN_MARK &&
            strchr(",.;:(", article->text->bytes[token->span.from])) {
            break;
        }
        if (token->kind == NEWS_TOKEN_QUOTE || news_form_is_exactly(article, i, "who") ||
            news_form_is_exactly(article, i, "said") || news_form_is_exactly(article, i, "whose")) {
            return;
        }
        if (!headed && i < from + HEAD_WITHIN && token->kind == NEWS_TOKEN_WORD) {
            news_word word = news_form_look_up(article, &news_words_titles, i, i + 1);
            headed = word.is_entry && word.value & NEWS_TITLES_NOUN;
            if (!headed && (news_form_is_exactly(article, i, "of") ||
                            news_form_is_exactly(article, i, "and") ||
                            news_form_is_exactly(article, i, "in") ||
                            news_form_is_exactly(article, i, "to"))) {
                return;
            }
        }
    }
    if (headed && i > from && i < from + LONGEST_APPOSITION) {
        name->apposition =
            (news_span){article->tokens[from].span.from, article->tokens[i - 1].span.to};
    }
}

/* Takes titles off the front of a person's name, where a name is left ("Minister of Health" has
 * none). */
static void strip(const news_article *article, news_name *name) {
    for (uint32_t n = LONGEST_TITLE; n > 0; n--) {
        if (name->n_tokens > n && article->tokens[name->first + n].flags & NEWS_TOKEN_CAPITAL &&
            news_form_look_up(article, &news_words_titles, name->first, name->first + n).is_entry) {
            name->first += n;
            name->n_tokens -= n;
            name->span.from = article->tokens[name->first].span.from;
            return;
        }
    }
}

void news_find_titles(const news_article *article, news_names *names) {
    for (uint32_t i = 0; i < names->list.n; i++) {
        news_name *name = &names->list.at[i];
        if (name->type == NEWS_ENTITY_PERSON && name->known == NEWS_NONE) {
            strip(article, name);
            find_title(article, names, i);
            find_apposition(article, name);
        }
    }
}
