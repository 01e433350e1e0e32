/* Treaties first, then names of several words, wherever they stand again; then one pass counts what
 * each word is tagged as, and another tags the same words where the tagger saw nothing. */
#include "echo.h"
#include "word_lists.h"

#include <string.h>

/* What the article's tags say of a word; counts stop at 255. */
typedef struct tally {
    uint8_t part_of_person; /* first or last word of a person's name of several words */
    uint8_t alone[NEWS_N_TAG_TYPES];
    uint8_t left_out;         /* with a capital that nothing else asks for, in no name */
    uint32_t first, n_tokens; /* a name of several words that begins with it; 0: there is none */
} tally;

/* A word that was tagged so often on its own is that where it was not. */
enum { SEEN_ALONE = 2 };

/* Margin of what is added here: about two to one, in the model's points. */
enum { ECHO_MARGIN = 60 };

static void count(uint8_t *n) {
    *n = (uint8_t)(*n + (*n < UINT8_MAX));
}

static bool is_capital(const news_article *article, uint32_t i) {
    const news_token *token = &article->tokens[i];
    return token->kind == NEWS_TOKEN_WORD &&
           token->flags & (NEWS_TOKEN_CAPITAL | NEWS_TOKEN_MIXED | NEWS_TOKEN_ALL_CAPS);
}

/* Whether the token has a capital of its own: neither a sentence nor a headline's style gave it. */
static bool stands_out(const news_views *views, uint32_t i) {
    const news_article *article = views->article;
    const news_token *token = &article->tokens[i];
    return is_capital(article, i) && !(token->flags & NEWS_TOKEN_FIRST) &&
           !views->lexicon->title_cased[article->sentences[token->sentence].block];
}

static uint32_t tag_of(news_tag_type type, news_tag_position position) {
    return 1 + 4 * (uint32_t)type + (uint32_t)position;
}

static void take_tallies(const news_views *views, const news_tags *tags, tally *tallies) {
    const news_article *article = views->article;
    for (uint32_t i = 0; i < article->n_tokens; i++) {
        uint32_t word = views->tokens[i].word, tag = tags->tags[i];
        if (word == NEWS_NONE) {
            continue;
        }
        tally *t = &tallies[word];
        if (tag == 0) {
            if (stands_out(views, i)) {
                count(&t->left_out);
            }
        } else if ((tag - 1) % 4 == NEWS_TAG_SINGLE) {
            count(&t->alone[(tag - 1) / 4]);
        } else if (tag == tag_of(NEWS_TAG_PERSON, NEWS_TAG_FIRST) ||
                   tag == tag_of(NEWS_TAG_PERSON, NEWS_TAG_LAST)) {
            count(&t->part_of_person);
        }
    }
}

/* Whether what stands behind the token makes it somebody who acts: "said", "'s", ", 53". */
static bool acts(const news_article *article, uint32_t i, uint32_t end) {
    static const char *const verbs[] = {"said", "says",   "told", "added", "was",
                                        "is",   "has",    "had",  "also",  "wrote",
                                        "will", "denied", "who",  "asked", "did"};
    if (i + 1 >= end) {
        return false;
    }
    if (article->tokens[i + 1].kind == NEWS_TOKEN_SUFFIX ||
        (i + 2 < end && article->tokens[i + 2].kind == NEWS_TOKEN_NUMBER &&
         article->text->bytes[article->tokens[i + 1].span.from] == ',')) {
        return true;
    }
    for (size_t k = 0; k < sizeof verbs / sizeof *verbs; k++) {
        if (news_form_is_exactly(article, i + 1, verbs[k])) {
            return true;
        }
    }
    return false;
}

/* Whether the word is one that sentences often start with. */
static bool is_common(const news_article *article, uint32_t i) {
    return news_form_look_up(article, &news_words_stopwords, i, i + 1).is_entry;
}

/* What an untagged word is by the rest of the article; 0 where that says nothing. */
static uint32_t echo_of(const news_views *views, const tally *t, uint32_t i, uint32_t first,
                        uint32_t end) {
    const news_article *article = views->article;
    const news_lexeme *lexeme = &views->lexicon->words.at[views->tokens[i].word];
    bool starts = article->tokens[i].flags & NEWS_TOKEN_FIRST;
    bool never = views->tokens[i].thing == NEWS_THING_NEVER; /* "Sun" for Sunday, "May" */
    if (views->words[views->tokens[i].word].titles ||
        ((never || (starts && (lexeme->small > 0 || is_common(article, i)))) &&
         !acts(article, i, end))) {
        return 0;
    }
    bool the = i > first &&
               article->tokens[i - 1].span.to - article->tokens[i - 1].span.from == 3 &&
               (article->text->bytes[article->tokens[i - 1].span.from] | 0x20) == 't' &&
               memcmp(article->text->bytes + article->tokens[i - 1].span.from + 1, "he", 2) == 0;
    if (t->part_of_person && !the && (lexeme->small == 0 || acts(article, i, end))) {
        return tag_of(NEWS_TAG_PERSON, NEWS_TAG_SINGLE);
    }
    uint32_t best = 0, all = 0;
    for (uint32_t type = 0; type < NEWS_N_TAG_TYPES; type++) {
        best = t->alone[type] > t->alone[best] ? type : best;
        all += t->alone[type];
    }
    if (t->alone[best] < SEEN_ALONE || 2 * t->alone[best] <= all || t->alone[best] <= t->left_out ||
        lexeme->small > 0 || never) {
        return 0;
    }
    return tag_of((news_tag_type)best, NEWS_TAG_SINGLE);
}

static uint32_t name_end(const news_tags *tags, uint32_t i) {
    uint32_t position = (tags->tags[i] - 1u) % 4;
    while (position == NEWS_TAG_FIRST || position == NEWS_TAG_INSIDE) {
        position = (tags->tags[++i] - 1u) % 4;
    }
    return i + 1;
}

/* Remembers for each word the longest name of several words that begins with it and that is
 * written as names are. */
static void take_names(const news_views *views, const news_tags *tags, tally *tallies) {
    const news_article *article = views->article;
    for (uint32_t i = 0; i < article->n_tokens;) {
        uint32_t to = tags->tags[i] ? name_end(tags, i) : i + 1, word = views->tokens[i].word;
        bool shown =
            !views->lexicon->title_cased[article->sentences[article->tokens[i].sentence].block];
        if (to > i + 1 && shown && word != NEWS_NONE && to - i > tallies[word].n_tokens) {
            tallies[word].first = i;
            tallies[word].n_tokens = to - i;
        }
        i = to;
    }
}

static bool is_same_token(const news_views *views, uint32_t a, uint32_t b) {
    const news_token_view *x = &views->tokens[a], *y = &views->tokens[b];
    return x->word == y->word &&
           (x->word != NEWS_NONE || views->forms[x->form].hash == views->forms[y->form].hash);
}

/* Tags tokens from `i` on as the name of several words that they spell again, in capitals or as
 * a headline has them, where their own tags cut it up or leave it out. */
static void repeat_name(const news_views *views, const tally *tallies, uint32_t i, uint32_t end,
                        news_tags *tags) {
    const tally *t = &tallies[views->tokens[i].word];
    uint32_t n = t->n_tokens, tag = tags->tags[i], same = tag != 0;
    if (n == 0 || i + n > end || t->first == i) {
        return;
    }
    for (uint32_t k = 0; k < n; k++) {
        if (!is_same_token(views, t->first + k, i + k) ||
            (is_capital(views->article, t->first + k) && !is_capital(views->article, i + k))) {
            return;
        }
        same = same && tags->tags[i + k] == tags->tags[t->first + k];
    }
    uint32_t position = (tags->tags[i + n - 1] - 1u) % 4;
    bool open =
        tags->tags[i + n - 1] && (position == NEWS_TAG_FIRST || position == NEWS_TAG_INSIDE);
    position = (tag - 1u) % 4;
    bool inside = tag && (position == NEWS_TAG_INSIDE || position == NEWS_TAG_LAST);
    for (uint32_t k = 0; !same && !open && !inside && k < n; k++) {
        tags->tags[i + k] = tags->tags[t->first + k];
        tags->margins[i + k] = tags->margins[t->first + k];
    }
}

static bool is_rule(const news_views *views, uint32_t i) {
    return views->tokens[i].word != NEWS_NONE &&
           views->words[views->tokens[i].word].kinds & NEWS_NAME_WORDS_LAW;
}

/* "Treaty of Friendship and Mutual Aid": what follows the "and" of a treaty's name is not known by
 * itself, has several words, and is no treaty, so it belongs to it. */
static void join_rule(const news_views *views, uint32_t i, uint32_t to, uint32_t end,
                      news_tags *tags) {
    const news_article *article = views->article;
    if (to - i < 3 || to + 2 >= end || !is_rule(views, i) ||
        !news_form_is_exactly(article, to, "and") ||
        !(news_form_is_exactly(article, i + 1, "of") ||
          news_form_is_exactly(article, i + 1, "on") ||
          news_form_is_exactly(article, i + 1, "for"))) {
        return;
    }
    uint32_t tag = tags->tags[to + 1], type = tag ? (tag - 1) / 4 : NEWS_N_TAG_TYPES;
    bool free = type == NEWS_TAG_OTHER || type == NEWS_TAG_ORGANIZATION;
    uint32_t last = free ? name_end(tags, to + 1) : to + 1;
    while (tag == 0 && last < end && tags->tags[last] == 0 && is_capital(article, last)) {
        last++;
    }
    if (last < to + 3 || views->tokens[to + 1].thing < NEWS_N_THING_KINDS) {
        return;
    }
    for (uint32_t k = to + 1; k < last; k++) {
        if (is_rule(views, k)) {
            return;
        }
    }
    for (uint32_t k = i; k < last; k++) {
        tags->tags[k] = (uint8_t)tag_of(NEWS_TAG_OTHER, k == i          ? NEWS_TAG_FIRST
                                                        : k + 1 == last ? NEWS_TAG_LAST
                                                                        : NEWS_TAG_INSIDE);
        tags->margins[k] = tags->margins[k] > ECHO_MARGIN ? tags->margins[k] : ECHO_MARGIN;
    }
}

/* "(Coast Wire)": whom a dateline names in brackets sent the report. */
static void tag_sender(const news_article *article, uint32_t first, uint32_t end, news_tags *tags) {
    uint32_t from = first;
    while (from < end && article->text->bytes[article->tokens[from].span.from] != '(') {
        from++;
    }
    uint32_t to = ++from;
    while (to < end && is_capital(article, to) && tags->tags[to] == 0) {
        to++;
    }
    bool closed = to < end && to > from && to - from <= 3 &&
                  article->text->bytes[article->tokens[to].span.from] == ')';
    for (uint32_t i = from; closed && i < to; i++) {
        news_tag_position position = to - from == 1 ? NEWS_TAG_SINGLE
                                     : i == from    ? NEWS_TAG_FIRST
                                     : i + 1 == to  ? NEWS_TAG_LAST
                                                    : NEWS_TAG_INSIDE;
        tags->tags[i] = (uint8_t)tag_of(NEWS_TAG_ORGANIZATION, position);
        tags->margins[i] = ECHO_MARGIN;
    }
}

/* The place that a dateline begins with, as far as no tag says otherwise. */
static void tag_dateline(const news_views *views, const news_sentence *sentence, news_tags *tags) {
    const news_article *article = views->article;
    uint32_t first = sentence->first_token, end = first + sentence->n_tokens, to = first;
    while (to < end && is_capital(article, to) && tags->tags[to] == 0) {
        to++;
    }
    const news_token_view *view = &views->tokens[first];
    bool known = views->forms[view->form].names & NEWS_NAMES_CITY ||
                 (view->thing < NEWS_N_THING_KINDS && view->thing >= NEWS_THING_COUNTRY &&
                  view->thing <= NEWS_THING_LANDMARK);
    /* "WEDNESDAY, 25 AUGUST" */
    if (view->thing == NEWS_THING_NEVER ||
        (!known && !(article->tokens[first].flags & NEWS_TOKEN_ALL_CAPS))) {
        return;
    }
    bool closed = to == end || (article->tokens[to].kind == NEWS_TOKEN_MARK && tags->tags[to] == 0);
    for (uint32_t i = first; closed && i < to; i++) {
        news_tag_position position = to - first == 1 ? NEWS_TAG_SINGLE
                                     : i == first    ? NEWS_TAG_FIRST
                                     : i + 1 == to   ? NEWS_TAG_LAST
                                                     : NEWS_TAG_INSIDE;
        tags->tags[i] = (uint8_t)tag_of(NEWS_TAG_PLACE, position);
        tags->margins[i] = ECHO_MARGIN;
    }
}

bool news_find_echoes(news_arena *arena, const news_views *views, news_tags *tags) {
    const news_article *article = views->article;
    tally *tallies = news_arena_array(arena, views->lexicon->words.n + 1, sizeof *tallies);
    if (!tallies) {
        return false;
    }
    for (uint32_t i = 0; i < article->n_tokens;) {
        const news_sentence *sentence = &article->sentences[article->tokens[i].sentence];
        uint32_t to = tags->tags[i] ? name_end(tags, i) : i + 1;
        join_rule(views, i, to, sentence->first_token + sentence->n_tokens, tags);
        i = to;
    }
    take_names(views, tags, tallies);
    for (uint32_t s = 0; s < article->n_sentences; s++) {
        const news_sentence *sentence = &article->sentences[s];
        uint32_t end = sentence->first_token + sentence->n_tokens;
        for (uint32_t i = sentence->first_token; i < end; i++) {
            if (is_capital(article, i)) {
                repeat_name(views, tallies, i, end, tags);
            }
        }
    }
    take_tallies(views, tags, tallies);
    for (uint32_t s = 0; s < article->n_sentences; s++) {
        const news_sentence *sentence = &article->sentences[s];
        uint32_t first = sentence->first_token, end = first + sentence->n_tokens;
        if (article->blocks[sentence->block].role == NEWS_ROLE_DATELINE) {
            if (s == 0 || article->sentences[s - 1].block != sentence->block) {
                tag_dateline(views, sentence, tags);
                tag_sender(article, first, end, tags);
            }
            continue;
        }
        if (views->lexicon->title_cased[sentence->block]) {
            continue;
        }
        for (uint32_t i = first; i < end; i++) {
            bool alone = tags->tags[i] == 0 && is_capital(article, i) &&
                         (i == first || !is_capital(article, i - 1)) &&
                         (i + 1 == end || !is_capital(article, i + 1));
            uint32_t tag =
                alone ? echo_of(views, &tallies[views->tokens[i].word], i, first, end) : 0;
            if (tag) {
                tags->tags[i] = (uint8_t)tag;
                tags->margins[i] = ECHO_MARGIN;
            }
        }
    }
    return true;
}
