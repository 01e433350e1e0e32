/* Names by rule: runs of capitalised words, cut and typed by word lists and the gazetteer. */
#include "name.h"
#include "word_lists.h"

/* The article and what is known of its words. */
typedef struct spotter {
    news_arena *arena;
    const news_article *article;
    const news_lexicon *lexicon;
    news_names *out;
    uint32_t end; /* of the sentence's tokens */
    bool title_cased;
} spotter;

/* No name has more words: a longer run is text in capitals or a list. */
enum { MOST_WORDS = 12 };

/* How sure a rule is of its type, in thousandths. */
enum { SURE = 900, LIKELY = 700, GUESS = 500 };

static news_word lookup(const spotter *s, const news_words *words, uint32_t from, uint32_t to) {
    uint32_t at = s->article->tokens[from].span.from;
    return news_words_find_folded(words, s->article->text->bytes + at,
                                  s->article->tokens[to - 1].span.to - at);
}

static uint16_t name_word(const spotter *s, uint32_t i) {
    news_word word = lookup(s, &news_words_name_words, i, i + 1);
    return word.is_entry ? word.value : 0;
}

static bool is_joined(const spotter *s, uint32_t i) {
    return !(s->article->tokens[i].flags & NEWS_TOKEN_SPACE_BEFORE);
}

/* Whether token `i` may be part of a name by its looks. */
static bool is_name_like(const spotter *s, uint32_t i) {
    const news_token *token = &s->article->tokens[i];
    if (token->kind != NEWS_TOKEN_WORD ||
        !(token->flags & (NEWS_TOKEN_CAPITAL | NEWS_TOKEN_MIXED))) {
        return false;
    }
    news_match thing = news_find_thing(s->article, i, s->end);
    if (thing.n_tokens > 0) {
        return news_things[thing.thing].kind != NEWS_THING_NEVER;
    }
    if (!(token->flags & NEWS_TOKEN_FIRST) && !s->title_cased) {
        return true;
    }
    const news_lexeme *lexeme = &s->lexicon->words.at[s->lexicon->word_of[i]];
    if (lexeme->capital > 0) {
        return lexeme->capital >= lexeme->small;
    }
    news_word name = lookup(s, &news_words_names, i, i + 1);
    return lexeme->small == 0 && !s->title_cased && name.is_entry && i + 1 < s->end &&
           (s->article->tokens[i + 1].flags & NEWS_TOKEN_CAPITAL);
}

/* The end of the run of name-like tokens from `i` on. */
static uint32_t run_end(const spotter *s, uint32_t i) {
    uint32_t end = i + 1;
    while (end < s->end && end - i < MOST_WORDS) {
        if (is_name_like(s, end)) {
            end++;
            continue;
        }
        const news_token *token = &s->article->tokens[end];
        bool hyphen = token->kind == NEWS_TOKEN_MARK && is_joined(s, end) &&
                      s->article->text->bytes[token->span.from] == '-' && end + 1 < s->end &&
                      is_joined(s, end + 1) && is_name_like(s, end + 1);
        bool joint = token->kind == NEWS_TOKEN_WORD && !(token->flags & NEWS_TOKEN_CAPITAL) &&
                     name_word(s, end) & (NEWS_NAME_WORDS_JOINT | NEWS_NAME_WORDS_PARTICLE) &&
                     end + 1 < s->end && is_name_like(s, end + 1) && !s->title_cased;
        if (!hyphen && !joint) {
            break;
        }
        end += 2;
    }
    return end;
}

static bool add(spotter *s, uint32_t from, uint32_t to, news_entity_type type, uint16_t thing,
                uint16_t sureness) {
    news_name *name = news_list_push(s->arena, &s->out->list);
    if (!name) {
        return false;
    }
    const news_token *tokens = s->article->tokens;
    *name = (news_name){.span = {tokens[from].span.from, tokens[to - 1].span.to},
                        .first = from,
                        .n_tokens = to - from,
                        .type = type,
                        .thing = thing,
                        .sureness = sureness,
                        .known = NEWS_NONE};
    return true;
}

/* The type of the name in [from, to), which the gazetteer does not know. */
static news_entity_type guess(const spotter *s, uint32_t from, uint32_t to, uint16_t *sureness) {
    uint16_t seen = 0;
    for (uint32_t i = from; i < to; i++) {
        seen |= name_word(s, i);
    }
    uint16_t last = name_word(s, to - 1);
    *sureness = SURE;
    if (to - from > 1) {
        if (seen & NEWS_NAME_WORDS_LAW) {
            return NEWS_ENTITY_OTHER;
        }
        if (seen & (NEWS_NAME_WORDS_HEAD | NEWS_NAME_WORDS_SUFFIX)) {
            return NEWS_ENTITY_ORGANIZATION;
        }
        if (last & NEWS_NAME_WORDS_EVENT) {
            return NEWS_ENTITY_EVENT;
        }
        if (seen & NEWS_NAME_WORDS_PLACE) {
            return NEWS_ENTITY_PLACE;
        }
    }
    news_word first = lookup(s, &news_words_names, from, from + 1);
    if (to - from > 1 && first.is_entry && first.value & NEWS_NAMES_GIVEN) {
        return NEWS_ENTITY_PERSON;
    }
    *sureness = LIKELY;
    news_word all = lookup(s, &news_words_names, from, to);
    if (all.is_entry && all.value & NEWS_NAMES_CITY && from > 0 &&
        name_word(s, from - 1) & NEWS_NAME_WORDS_LOCATIVE) {
        return NEWS_ENTITY_PLACE;
    }
    if (to - from == 1 && s->article->tokens[from].flags & NEWS_TOKEN_ALL_CAPS) {
        return NEWS_ENTITY_ORGANIZATION;
    }
    if (all.is_entry && all.value & NEWS_NAMES_SURNAME) {
        return NEWS_ENTITY_PERSON;
    }
    if (to - from == 2 || to - from == 3) {
        return NEWS_ENTITY_PERSON;
    }
    *sureness = GUESS;
    if (from > 0 && name_word(s, from - 1) & NEWS_NAME_WORDS_LOCATIVE) {
        return NEWS_ENTITY_PLACE;
    }
    return NEWS_ENTITY_OTHER;
}

/* Cuts the run [from, to) into names. */
static bool cut(spotter *s, uint32_t from, uint32_t to) {
    while (from < to) {
        news_match thing = news_find_thing(s->article, from, s->end);
        uint32_t after = from + thing.n_tokens;
        uint16_t kind = thing.n_tokens ? news_things[thing.thing].kind : NEWS_N_THING_KINDS;
        bool is_country = kind == NEWS_THING_COUNTRY || kind == NEWS_THING_DEMONYM ||
                          kind == NEWS_THING_CAPITAL || kind == NEWS_THING_REGION;
        uint16_t next = after < to ? name_word(s, after) : 0;
        bool whole = next & (NEWS_NAME_WORDS_HEAD | NEWS_NAME_WORDS_JOINT) ||
                     (after + 1 < to && name_word(s, after + 1) & NEWS_NAME_WORDS_HEAD);
        if (thing.n_tokens &&
            (after >= to || (is_country && !(kind != NEWS_THING_DEMONYM && whole)) ||
             is_joined(s, after))) {
            if (!add(s, from, after, news_thing_type(thing.thing), thing.thing, SURE)) {
                return false;
            }
            from = after;
            while (from < to && (s->article->tokens[from].kind == NEWS_TOKEN_MARK ||
                                 !(s->article->tokens[from].flags & NEWS_TOKEN_CAPITAL))) {
                from++;
            }
            continue;
        }
        uint32_t title = 0;
        bool honorific = false;
        for (uint32_t n = 1; n <= 4 && from + n <= to; n++) {
            news_word word = lookup(s, &news_words_titles, from, from + n);
            if (word.is_entry) {
                title = n;
                honorific = true;
            }
        }
        if (title) {
            from += title;
            if (from < to && honorific) {
                thing = news_find_thing(s->article, from, to);
                if (from + thing.n_tokens == to) {
                    return add(s, from, to, news_thing_type(thing.thing), thing.thing, SURE);
                }
                return add(s, from, to, NEWS_ENTITY_PERSON, NEWS_NO_THING, SURE);
            }
            continue;
        }
        uint16_t sureness;
        news_entity_type type = guess(s, from, to, &sureness);
        if (from > 0 && sureness < SURE) {
            news_word before = lookup(s, &news_words_titles, from - 1, from);
            if (before.is_entry) {
                type = NEWS_ENTITY_PERSON;
                sureness = SURE;
            }
        }
        return add(s, from, to, type, NEWS_NO_THING, sureness);
    }
    return true;
}

/* Blocks whose names are not the article's. */
static bool is_skipped(news_role role) {
    return role == NEWS_ROLE_BOILERPLATE || role == NEWS_ROLE_BYLINE || role == NEWS_ROLE_DATE ||
           role == NEWS_ROLE_CREDIT || role == NEWS_ROLE_CODE;
}

bool news_find_names(news_arena *arena, const news_article *article, const news_lexicon *lexicon,
                     const news_known_entity *known, uint32_t n_known, news_names *out) {
    (void)known;
    (void)n_known;
    spotter s = {.arena = arena, .article = article, .lexicon = lexicon, .out = out};
    for (uint32_t k = 0; k < article->n_sentences; k++) {
        const news_sentence *sentence = &article->sentences[k];
        if (is_skipped(article->blocks[sentence->block].role)) {
            continue;
        }
        s.end = sentence->first_token + sentence->n_tokens;
        s.title_cased = lexicon->title_cased[sentence->block];
        for (uint32_t i = sentence->first_token; i < s.end;) {
            if (!is_name_like(&s, i)) {
                i++;
                continue;
            }
            uint32_t end = run_end(&s, i);
            if (!cut(&s, i, end)) {
                return false;
            }
            i = end;
        }
    }
    return true;
}
