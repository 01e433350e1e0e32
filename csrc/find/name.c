/* Names out of the tagger's tags, the user's own list before them. */
#include "name.h"
#include "abroad.h"
#include "echo.h"
#include "index.h"
#include "uncased.h"
#include "word_lists.h"

#include <string.h>

/* Points of margin that make half sure and nearly sure, in the model's scale. */
enum { HALF_SURE = 60 };

/* How sure a name is that a headline or a text in capitals has and only the gazetteer knows. */
enum { SHOUTED = 600 };

/* No known name has more tokens. */
enum { MOST_KNOWN_TOKENS = 12, MOST_KNOWN_BYTES = 256 };

/* Every name of the user's list; the value is its entry. */
static bool index_known(news_arena *arena, const news_known_entity *known, uint32_t n_known,
                        news_index *out) {
    for (uint32_t i = 0; i < n_known; i++) {
        for (uint32_t k = 0; k <= known[i].n_aliases; k++) {
            news_string name = k == 0 ? known[i].name : known[i].aliases[k - 1];
            if (name.n == 0 || name.n > MOST_KNOWN_BYTES) {
                continue;
            }
            uint32_t *at = news_index_add(arena, out, name.bytes, name.n);
            if (!at) {
                return false;
            }
            *at = i; /* of two that claim a name the last one wins */
        }
    }
    return true;
}

/* The longest known name that starts with token `first`; its end, or `first`. */
static uint32_t match_known(const news_article *article, const news_index *known, uint32_t first,
                            uint32_t end, uint32_t *entry) {
    uint32_t found = first, n = 0;
    char name[MOST_KNOWN_BYTES + 1];
    for (uint32_t i = first; known->n_used && i < end && i < first + MOST_KNOWN_TOKENS; i++) {
        const news_token *token = &article->tokens[i];
        uint32_t length = token->span.to - token->span.from;
        bool blank = i > first && token->flags & NEWS_TOKEN_SPACE_BEFORE;
        if (n + blank + length > MOST_KNOWN_BYTES) {
            break;
        }
        if (blank) {
            name[n++] = ' ';
        }
        memcpy(name + n, article->text->bytes + token->span.from, length);
        n += length;
        const uint32_t *at = news_index_find(known, name, n);
        if (at) {
            found = i + 1;
            *entry = *at;
        }
    }
    return found;
}

/* The blocks [from, to) that the article lies in: what is no article before and after it names
 * nobody, while a scrap between its paragraphs may well be a table or a list of results. A text
 * that is no article for the most part (tables, results, a list of notices) is taken whole. */
static void find_bounds(const news_article *article, uint32_t *from, uint32_t *to) {
    uint32_t aside = 0, all = 0;
    *from = 0;
    *to = article->n_blocks;
    for (uint32_t i = 0; i < article->n_blocks; i++) {
        uint32_t n = article->blocks[i].span.to - article->blocks[i].span.from;
        all += n;
        aside += article->blocks[i].role == NEWS_ROLE_BOILERPLATE ? n : 0;
    }
    if (aside > all / 2) {
        return;
    }
    while (*from < *to && article->blocks[*from].role == NEWS_ROLE_BOILERPLATE) {
        ++*from;
    }
    while (*to > *from && article->blocks[*to - 1].role == NEWS_ROLE_BOILERPLATE) {
        --*to;
    }
}

static uint16_t kinds_of(const news_article *article, uint32_t i) {
    news_word word = news_form_look_up(article, &news_words_name_words, i, i + 1);
    return word.is_entry ? word.value : 0;
}

/* "Convention on Shared Rivers", "Kunming Declaration": whatever the tagger took it for, it is no
 * body. "Harvard Law" is one: those words may end a name. */
static bool is_rule(const news_article *article, uint32_t from, uint32_t to) {
    static const char *const bodies[] = {"law", "Law", "code", "Code", "Bill"};
    if (to - from < 2) {
        return false;
    }
    if (to - from > 2 && kinds_of(article, from) & NEWS_NAME_WORDS_LAW &&
        (news_form_is_exactly(article, from + 1, "on") ||
         news_form_is_exactly(article, from + 1, "of") ||
         news_form_is_exactly(article, from + 1, "for"))) {
        return true;
    }
    for (size_t k = 0; k < sizeof bodies / sizeof *bodies; k++) {
        if (news_form_is_exactly(article, to - 1, bodies[k])) {
            return false;
        }
    }
    return kinds_of(article, to - 1) & NEWS_NAME_WORDS_LAW;
}

/* "Sorrel Islands": a name that ends so is no body's, unless a body's word stands in it. */
static bool is_land(const news_article *article, uint32_t from, uint32_t to) {
    static const char *const lands[] = {"Island",      "Islands",   "Peninsula", "Mountains",
                                        "Archipelago", "Highlands", "Strait",    "Ocean"};
    bool found = false;
    for (size_t k = 0; to - from > 1 && k < sizeof lands / sizeof *lands; k++) {
        found = found || news_form_is_exactly(article, to - 1, lands[k]);
    }
    for (uint32_t i = from; found && i + 1 < to; i++) {
        found = !(kinds_of(article, i) & NEWS_NAME_WORDS_HEAD);
    }
    return found;
}

/* "Arthur Pym, 81, of Nether Wallow": where somebody comes from. */
static bool is_home(const news_article *article, uint32_t from) {
    return from >= 4 &&
           (news_form_is_exactly(article, from - 1, "of") ||
            news_form_is_exactly(article, from - 1, "from")) &&
           news_form_is_exactly(article, from - 2, ",") &&
           article->tokens[from - 3].kind == NEWS_TOKEN_NUMBER &&
           news_form_is_exactly(article, from - 4, ",") &&
           article->tokens[from - 4].sentence == article->tokens[from].sentence;
}

/* A name of several words that is known as that of an event, a law or a work is no body's. */
static bool is_no_body(news_entity_type type) {
    return type == NEWS_ENTITY_EVENT || type == NEWS_ENTITY_OTHER;
}

static news_entity_type type_of(const news_article *article, uint32_t from, uint32_t to,
                                uint32_t tag_type, uint16_t thing) {
    switch (tag_type) {
    case NEWS_TAG_PERSON:
        return is_home(article, from) ? NEWS_ENTITY_PLACE : NEWS_ENTITY_PERSON;
    case NEWS_TAG_ORGANIZATION:
        if (thing == NEWS_NO_THING ? is_rule(article, from, to)
                                   : to - from > 1 && is_no_body(news_thing_type(thing))) {
            break;
        }
        if (thing == NEWS_NO_THING && is_land(article, from, to)) {
            return NEWS_ENTITY_PLACE;
        }
        return NEWS_ENTITY_ORGANIZATION;
    case NEWS_TAG_PLACE:
        return NEWS_ENTITY_PLACE;
    default:
        break;
    }
    if (thing != NEWS_NO_THING) {
        return news_thing_type(thing) == NEWS_ENTITY_EVENT ? NEWS_ENTITY_EVENT : NEWS_ENTITY_OTHER;
    }
    for (uint32_t i = from; to - from > 1 && i < to; i++) {
        if (kinds_of(article, i) & NEWS_NAME_WORDS_EVENT) {
            return NEWS_ENTITY_EVENT;
        }
    }
    return NEWS_ENTITY_OTHER;
}

static news_name *add(news_arena *arena, const news_article *article, news_names *out,
                      uint32_t from, uint32_t to) {
    news_name *name = news_list_push(arena, &out->list);
    if (name) {
        *name = (news_name){
            .span = {article->tokens[from].span.from, article->tokens[to - 1].span.to},
            .first = from,
            .n_tokens = to - from,
            .thing = NEWS_NO_THING,
            .known = NEWS_NONE,
        };
    }
    return name;
}

static bool is_word(const news_article *article, uint32_t i) {
    return article->tokens[i].kind == NEWS_TOKEN_WORD ||
           article->tokens[i].kind == NEWS_TOKEN_NUMBER ||
           article->tokens[i].kind == NEWS_TOKEN_LINK;
}

/* "Inc", "plc": a company's legal form. */
static bool is_suffix(const news_article *article, uint32_t i) {
    return kinds_of(article, i) & NEWS_NAME_WORDS_SUFFIX;
}

/* Whether the word is one that texts are full of, in one of the languages known. */
static bool is_common(const news_article *article, uint32_t i) {
    return news_form_look_up(article, &news_words_stopwords, i, i + 1).is_entry;
}

/* Whether the token opens a sentence before a name and belongs to none: "Regarding Central", and
 * the cue of "Said Comey: …", where a mark and not a verb follows, for somebody may be called Said.
 */
static bool is_opener(const news_article *article, uint32_t i, uint32_t to) {
    static const char *const openers[] = {
        "Regarding", "Meanwhile", "Moreover", "Unlike", "Despite", "Says",
        "Asks",      "Asked",     "Added",    "Adds",   "Wrote",   "Writes",
        "Replied",   "Because",   "Although", "While",  "As"};
    if (!(article->tokens[i].flags & NEWS_TOKEN_FIRST)) {
        return false;
    }
    for (size_t k = 0; k < sizeof openers / sizeof *openers; k++) {
        if (news_form_is_exactly(article, i, openers[k])) {
            return true;
        }
    }
    if (!news_form_is_exactly(article, i, "Said") || to == article->n_tokens) {
        return false;
    }
    return news_form_is_exactly(article, to, ":") || news_form_is_exactly(article, to, ",") ||
           news_form_is_exactly(article, to, ".");
}

/* "the Agnes Moor" was seen, sank or was sold: a ship or a work, for nobody is called "the". What
 * follows a person's name in "the Blair years" is a word that it stands before. */
static bool is_no_person(const news_article *article, uint32_t i, uint32_t to) {
    static const char *const verbs[] = {"was", "is",    "has",    "had", "sank", "sailed",
                                        "ran", "which", "struck", "hit", "left"};
    if (i == 0 ||
        !(news_form_is_exactly(article, i - 1, "the") ||
          news_form_is_exactly(article, i - 1, "The")) ||
        article->tokens[i - 1].sentence != article->tokens[i].sentence ||
        (to - i == 1 && article->text->bytes[article->tokens[i].span.to - 1] == 's')) {
        return false; /* "the Clintons" are somebody */
    }
    if (to == article->n_tokens || article->tokens[to].sentence != article->tokens[i].sentence) {
        return true;
    }
    if (news_form_is_exactly(article, to, ",") || news_form_is_exactly(article, to, ".") ||
        news_form_is_exactly(article, to, ")")) {
        return true;
    }
    for (size_t k = 0; k < sizeof verbs / sizeof *verbs; k++) {
        if (news_form_is_exactly(article, to, verbs[k])) {
            return true;
        }
    }
    return false;
}

/* Adds the name that the tags of tokens [i, to) spell. */
static bool add_tagged(news_arena *arena, const news_article *article, const news_tags *tags,
                       uint32_t i, uint32_t to, news_names *out) {
    uint32_t margin = UINT16_MAX;
    bool capital = false;
    while (i < to && !is_word(article, i)) {
        i++;
    }
    while (i < to && !is_word(article, to - 1)) {
        to--;
    }
    uint32_t type = (tags->tags[i] - 1u) / 4;
    while (i + 1 < to && is_opener(article, i, to)) {
        i++;
    }
    /* The guide leaves "The" out, also of a newspaper's name. */
    if (to > i + 1 && type == NEWS_TAG_ORGANIZATION && news_form_is_exactly(article, i, "The")) {
        i++;
    }
    uint32_t quotes = 0;
    for (uint32_t k = i; k < to; k++) {
        quotes += article->tokens[k].kind == NEWS_TOKEN_QUOTE;
    }
    /* A nickname's marks come in pairs: a single one begins or ends what somebody says. */
    if (quotes % 2 == 1) {
        return true;
    }
    for (uint32_t k = i; k < to; k++) {
        capital = capital || article->tokens[k].flags & (NEWS_TOKEN_CAPITAL | NEWS_TOKEN_MIXED);
    }
    if (!capital) {
        return true;
    }
    for (uint32_t k = i; k < to; k++) {
        margin = tags->margins[k] < margin ? tags->margins[k] : margin;
    }
    /* "Bridge closed" at the head of a notice is nobody's name. */
    news_role role = article->blocks[article->sentences[article->tokens[i].sentence].block].role;
    if (i + 1 == to && type == NEWS_TAG_PERSON && article->tokens[i].flags & NEWS_TOKEN_FIRST &&
        (role == NEWS_ROLE_HEADLINE || role == NEWS_ROLE_SUBHEAD) &&
        kinds_of(article, i) & (NEWS_NAME_WORDS_PLACE | NEWS_NAME_WORDS_HEAD)) {
        return true;
    }
    /* "Storm" at the head of a notice is not what a storm is called. */
    if (i + 1 == to && kinds_of(article, i) & (NEWS_NAME_WORDS_EVENT | NEWS_NAME_WORDS_LAW)) {
        return true;
    }
    uint32_t sureness = 500 + 500 * margin / (margin + HALF_SURE);
    /* "the Chinese President" names nobody. */
    if (type == NEWS_TAG_PERSON && news_form_look_up(article, &news_words_titles, i, to).is_entry) {
        return true;
    }
    news_name *name = add(arena, article, out, i, to);
    if (!name) {
        return false;
    }
    news_match match = news_find_thing(article, i, to);
    name->thing =
        match.n_tokens == to - i || (match.n_tokens + 1 == to - i && is_suffix(article, to - 1))
            ? match.thing
            : NEWS_NO_THING;
    if (type == NEWS_TAG_PERSON && is_no_person(article, i, to)) {
        type = NEWS_TAG_OTHER;
    }
    name->type = type_of(article, i, to, type, name->thing);
    name->sureness = (uint16_t)sureness;
    return true;
}

static uint32_t tag_end(const news_tags *tags, uint32_t i) {
    uint32_t position = (tags->tags[i] - 1u) % 4;
    while (position == NEWS_TAG_FIRST || position == NEWS_TAG_INSIDE) {
        position = (tags->tags[++i] - 1u) % 4;
    }
    return i + 1;
}

/* The end of the tokens from `i` on that no name has, as far as a name may go. */
static uint32_t untagged_end(const news_tags *tags, uint32_t i, uint32_t end) {
    end = end < i + MOST_KNOWN_TOKENS ? end : i + MOST_KNOWN_TOKENS;
    while (i < end && tags->tags[i] == 0) {
        i++;
    }
    return i;
}

bool news_find_names(news_arena *arena, const news_views *views, const news_model *model,
                     const news_known_entity *known, uint32_t n_known, news_names *out) {
    const news_article *article = views->article;
    news_index index = {0};
    news_tags tags;
    if (!index_known(arena, known, n_known, &index) ||
        !news_find_tags(arena, views, model, &tags) || !news_find_echoes(arena, views, &tags)) {
        return false;
    }
    uint32_t first_block, end_block;
    find_bounds(article, &first_block, &end_block);
    bool abroad = news_find_is_abroad(article);
    for (uint32_t i = 0; i < article->n_tokens;) {
        const news_sentence *sentence = &article->sentences[article->tokens[i].sentence];
        uint32_t end = sentence->first_token + sentence->n_tokens, entry = 0;
        /* Whose picture it is says nothing of what the article tells. */
        if (sentence->block < first_block || sentence->block >= end_block ||
            article->blocks[sentence->block].role == NEWS_ROLE_CREDIT) {
            i = end;
            continue;
        }
        uint32_t to = match_known(article, &index, i, end, &entry);
        if (to > i) {
            news_name *name = add(arena, article, out, i, to);
            if (!name) {
                return false;
            }
            name->known = entry;
            name->type = known[entry].type;
            name->sureness = 1000;
        } else if (tags.tags[i] == 0) {
            uint16_t thing;
            to = views->lexicon->title_cased[sentence->block]
                     ? news_find_shouted_name(article, i, untagged_end(&tags, i, end), &thing)
                     : i;
            news_name *name = to > i ? add(arena, article, out, i, to) : NULL;
            if (name) {
                name->thing = thing;
                name->type = news_thing_type(thing);
                name->sureness = SHOUTED;
            } else if (to > i) {
                return false;
            }
        } else {
            to = tag_end(&tags, i);
            uint32_t inner = i;
            /* A known name within another stands alone. */
            for (uint32_t k = i + 1; k < to && inner == i; k++) {
                inner = match_known(article, &index, k, end, &entry) > k ? k : inner;
            }
            /* In another language a sentence's first word may be taken for part of the name. */
            while (abroad && i + 1 < to && article->tokens[i].flags & NEWS_TOKEN_FIRST &&
                   is_common(article, i)) {
                i++;
            }
            if (inner > i) {
                to = inner;
            } else if (!add_tagged(arena, article, &tags, i, to, out)) {
                return false;
            }
        }
        i = to > i ? to : i + 1;
    }
    if (abroad) {
        news_find_doubts(article, out);
    }
    return out->list.n > 0 || !news_find_is_uncased(article) ||
           news_find_uncased_names(arena, views, out);
}
