/* One walk over the tags; a phrase neither crosses a sentence's end nor a quotation mark. */
#include "phrase.h"

#include <string.h>

static bool is_mark(const news_article *a, uint32_t i, char c) {
    return a->tokens[i].kind == NEWS_TOKEN_MARK && a->text->bytes[a->tokens[i].span.from] == c;
}

static bool is_tight(const news_article *a, uint32_t i) {
    return !(a->tokens[i].flags & NEWS_TOKEN_SPACE_BEFORE);
}

static bool starts(uint8_t tag) {
    return tag == NEWS_TAG_DETERMINER || tag == NEWS_TAG_POSSESSIVE || tag == NEWS_TAG_NUMBER ||
           tag == NEWS_TAG_ADJECTIVE || tag == NEWS_TAG_NOUN || tag == NEWS_TAG_NAME ||
           tag == NEWS_TAG_PRONOUN;
}

static bool is_core(uint8_t tag) {
    return tag == NEWS_TAG_NUMBER || tag == NEWS_TAG_ADJECTIVE || tag == NEWS_TAG_NOUN ||
           tag == NEWS_TAG_NAME;
}

/* Day names end a phrase: "Mr Smith Tuesday said". */
static bool is_day(const news_article *a, uint32_t i) {
    static const char *const days[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                       "Friday", "Saturday", "Sunday"};
    for (size_t k = 0; k < sizeof days / sizeof *days; k++) {
        if (news_form_is_exactly(a, i, days[k])) {
            return true;
        }
    }
    return false;
}

/* The end of the phrase that starts at `i`, or `i`. */
static uint32_t phrase_end(const news_article *a, const uint8_t *tags, uint32_t i, uint32_t end) {
    if (tags[i] == NEWS_TAG_PRONOUN) {
        return i + 1;
    }
    uint32_t at = i, last = i; /* `last`: behind the last token that can be a head */
    while (at < end) {
        uint8_t tag = tags[at], next = at + 1 < end ? tags[at + 1] : NEWS_TAG_MARK;
        if (is_core(tag)) {
            if (at > i && is_day(a, at) && tags[at - 1] == NEWS_TAG_NAME) {
                break;
            }
            last = ++at;
        } else if (tag == NEWS_TAG_DETERMINER) {
            /* "all the", "both": a phrase starts with it, or there is another one. */
            if (at > i && tags[at - 1] != NEWS_TAG_DETERMINER) {
                break;
            }
            last = ++at;
        } else if (tag == NEWS_TAG_POSSESSIVE) {
            bool suffix =
                a->tokens[at].kind == NEWS_TOKEN_SUFFIX || a->tokens[at].kind == NEWS_TOKEN_QUOTE;
            if ((suffix && at == i) || (!suffix && at > i && tags[at - 1] != NEWS_TAG_DETERMINER)) {
                break;
            }
            at++;
        } else if (tag == NEWS_TAG_ADVERB) {
            if (!is_core(next) && next != NEWS_TAG_PARTICIPLE) {
                break;
            }
            if (at > i && (tags[at - 1] == NEWS_TAG_NOUN || tags[at - 1] == NEWS_TAG_NAME)) {
                break;
            }
            at++;
        } else if (tag == NEWS_TAG_PARTICIPLE || tag == NEWS_TAG_GERUND) {
            if (at == i || tags[at - 1] == NEWS_TAG_NOUN || tags[at - 1] == NEWS_TAG_NAME ||
                !(is_core(next) || next == NEWS_TAG_GERUND)) {
                break;
            }
            at++;
        } else if (at > i && at + 1 < end && (is_mark(a, at, '-') || is_mark(a, at, '/')) &&
                   is_tight(a, at) && is_tight(a, at + 1) && tags[at + 1] != NEWS_TAG_MARK) {
            at += 2;
            last = at;
        } else if (at > i && at + 1 < end && (is_mark(a, at, '&') || is_mark(a, at, '$')) &&
                   is_core(next)) {
            at++;
        } else if (at > i && tag == NEWS_TAG_CONJUNCTION && at + 1 < end &&
                   tags[at - 1] == NEWS_TAG_ADJECTIVE && next == NEWS_TAG_ADJECTIVE) {
            at++;
        } else {
            break;
        }
    }
    return last;
}

bool news_form_phrases(news_arena *arena, const news_article *article, const news_tags *tags,
                       news_phrases *out) {
    out->of = news_arena_array(arena, article->n_tokens ? article->n_tokens : 1, sizeof *out->of);
    if (!out->of) {
        return false;
    }
    memset(out->of, 0xFF, article->n_tokens * sizeof *out->of);
    for (uint32_t s = 0; s < article->n_sentences; s++) {
        uint32_t i = article->sentences[s].first_token, end = i + article->sentences[s].n_tokens;
        while (i < end) {
            bool modified =
                i + 1 < end && tags->at[i] == NEWS_TAG_ADVERB &&
                (tags->at[i + 1] == NEWS_TAG_NUMBER || tags->at[i + 1] == NEWS_TAG_ADJECTIVE);
            uint32_t to =
                starts(tags->at[i]) || modified ? phrase_end(article, tags->at, i, end) : i;
            if (to == i) {
                i++;
                continue;
            }
            news_phrase *phrase = news_list_push(arena, &out->list);
            if (!phrase) {
                return false;
            }
            *phrase = (news_phrase){i, to};
            for (; i < to; i++) {
                out->of[i] = out->list.n - 1;
            }
        }
    }
    return true;
}
