/* Views of words and tokens first, then features hashed from them.
 *
 * A feature is a 32-bit hash of the template's number and the values in it; different ones may
 * fall together, which the learner takes into account. The templates are those of the
 * literature on names (shapes, affixes, clusters, gazetteers, document context: Ratinov and Roth
 * 2009), with the run of capitalised words that a token stands in. */
#include "feature.h"
#include "utf8.h"
#include "word_lists.h"

#include <string.h>

/* A small word may belong to a name when a capitalised one is within so many tokens before and
 * behind it. */
enum { REACH = 3 };

/* The run of capitalised words is looked at no further. */
enum { LONGEST_RUN = 8 };

/* Longer words are seen by their first bytes. */
enum { LONGEST_WORD = 128 };

/* What may stand around a word anywhere in the article. */
enum {
    AFTER_TITLE = 1,      /* "President X" */
    AFTER_GIVEN = 2,      /* "Angela X" */
    BEFORE_SAID = 4,      /* "X said" */
    AFTER_LOCATIVE = 8,   /* "in X" */
    AFTER_THE = 16,       /* "the X" */
    BEFORE_SUFFIX = 32,   /* "X's" */
    BEFORE_HEAD = 64,     /* "X University" */
    AFTER_OF = 128,       /* "of X" */
    IN_PARENTHESES = 256, /* "(X)" */
    IN_PERSON = 512,      /* of a name that the gazetteer knows */
    IN_ORGANIZATION = 1024,
    IN_PLACE = 2048,
    BEFORE_SURNAME = 4096,
    STANDS_FOR_BODY = 8192,  /* "(X)" behind a name with a word like "Ministry" */
    STANDS_FOR_RULE = 16384, /* "(X)" behind one with a word like "Convention", "Festival" */
};

/* Kinds of such evidence. */
enum { N_EVIDENCE = 15 };

static uint32_t mix(uint32_t h, uint32_t value) {
    /* Source: the finaliser of MurmurHash3 (public domain). */
    h ^= value * 0xCC9E2D51u;
    h ^= h >> 16;
    h *= 0x85EBCA6Bu;
    h ^= h >> 13;
    h *= 0xC2B2AE35u;
    return h ^ h >> 16;
}

static const char *bytes_of(const news_article *article, uint32_t i, uint32_t *n) {
    *n = article->tokens[i].span.to - article->tokens[i].span.from;
    return article->text->bytes + article->tokens[i].span.from;
}

/* Where the last `k` characters of `n` bytes start. */
static uint32_t tail(const char *bytes, uint32_t n, uint32_t k) {
    uint32_t at = n;
    while (at > 0 && k > 0) {
        at--;
        k -= ((unsigned char)bytes[at] & 0xC0) != 0x80;
    }
    return at;
}

static uint32_t affix(const char *bytes, uint32_t from, uint32_t to) {
    return news_words_hash(bytes + from, to - from);
}

static void view_word(const news_article *article, const news_model *model, uint32_t i,
                      const news_lexeme *lexeme, news_word_view *out) {
    char folded[2 * LONGEST_WORD];
    uint32_t n;
    const char *bytes = bytes_of(article, i, &n);
    n = news_utf8_fold(bytes, n < LONGEST_WORD ? n : LONGEST_WORD, folded);
    out->hash = news_words_hash(folded, n);
    out->cluster = model->bytes ? news_model_cluster(model, out->hash) : NEWS_NO_CLUSTER;
    out->prefix3 = affix(folded, 0, n < 3 ? n : 3);
    out->suffix2 = affix(folded, tail(folded, n, 2), n);
    out->suffix3 = affix(folded, tail(folded, n, 3), n);
    out->suffix4 = affix(folded, tail(folded, n, 4), n);
    news_word title = news_words_find(&news_words_titles, folded, n);
    news_word kind = news_words_find(&news_words_name_words, folded, n);
    out->titles = title.is_entry ? title.value : 0;
    out->kinds = kind.is_entry ? kind.value : 0;
    uint32_t capital = lexeme->capital > 3 ? 3 : lexeme->capital,
             small = lexeme->small > 3 ? 3 : lexeme->small;
    out->case_evidence = (uint8_t)(capital * 4 + small);
}

/* The token's shape: runs of one class of character as one letter, the length of short runs told.
 */
static uint32_t shape_of(const news_article *article, uint32_t i) {
    uint32_t n, h = 7, last = 0, run = 0;
    const char *bytes = bytes_of(article, i, &n);
    for (uint32_t at = 0, length; at < n && at < LONGEST_WORD; at += length) {
        uint32_t c = news_utf8_decode(bytes + at, n - at, &length);
        uint32_t class = news_utf8_is_upper(c)    ? 'X'
                         : news_utf8_is_digit(c)  ? 'd'
                         : news_utf8_is_letter(c) ? 'x'
                                                  : c;
        run = class == last ? run + 1 : 1;
        if (run <= (class == 'x' ? 1u : 2u)) {
            h = h * 31 + class;
        }
        last = class;
    }
    return h;
}

static bool has_capital(const news_token *token) {
    return (token->kind == NEWS_TOKEN_WORD || token->kind == NEWS_TOKEN_LINK ||
            token->kind == NEWS_TOKEN_NUMBER) &&
           token->flags & (NEWS_TOKEN_CAPITAL | NEWS_TOKEN_MIXED | NEWS_TOKEN_ALL_CAPS);
}

static bool is_hyphen(const news_article *article, uint32_t i) {
    news_span span = article->tokens[i].span;
    return article->tokens[i].kind == NEWS_TOKEN_MARK && span.to - span.from == 1 &&
           article->text->bytes[span.from] == '-';
}

/* The end of the small words that hyphens tie to token `i`: "Kim Jong-un", "Prayut Chan-o-cha",
 * also with blanks on both sides, as some tokenised texts have. */
static uint32_t tied_end(const news_article *article, uint32_t i, uint32_t end) {
    while (i + 2 < end && is_hyphen(article, i + 1) &&
           article->tokens[i + 2].kind == NEWS_TOKEN_WORD &&
           !has_capital(&article->tokens[i + 2]) &&
           ((article->tokens[i + 1].flags ^ article->tokens[i + 2].flags) &
            NEWS_TOKEN_SPACE_BEFORE) == 0) {
        i += 2;
    }
    return i + 1;
}

/* Marks the tokens of a sentence that may belong to a name: those with a capital, what stands
 * between two of them or is joined to one. */
static void mark_live(const news_article *article, uint32_t first, uint32_t end,
                      news_token_view *tokens) {
    uint32_t last = NEWS_NONE;
    for (uint32_t i = first; i < end; i++) {
        const news_token *token = &article->tokens[i];
        bool capital = has_capital(token);
        bool after = token->kind == NEWS_TOKEN_NUMBER && i > first && has_capital(token - 1);
        bool number = token->kind == NEWS_TOKEN_NUMBER && i + 1 < end && has_capital(token + 1);
        tokens[i].live |= capital || after || number;
        if (capital) {
            uint32_t from = last != NEWS_NONE && i - last <= REACH + 1 ? last + 1 : i;
            /* "al-Assad", "van Gogh" */
            for (uint32_t k = 1; k <= 2 && i >= first + k && from > i - k; k++) {
                const news_token *joined = &article->tokens[i - k];
                bool small = joined->kind == NEWS_TOKEN_WORD || joined->kind == NEWS_TOKEN_MARK;
                if (!small) {
                    break;
                }
                from = i - k;
            }
            for (uint32_t k = from; k < i; k++) {
                tokens[k].live = true;
            }
            last = i;
            for (uint32_t k = tied_end(article, i, end); k-- > i + 1;) {
                tokens[k].live = true;
            }
        }
    }
}

static void view_tokens(const news_article *article, news_views *views) {
    for (uint32_t s = 0; s < article->n_sentences; s++) {
        uint32_t first = article->sentences[s].first_token;
        uint32_t end = first + article->sentences[s].n_tokens;
        mark_live(article, first, end, views->tokens);
        for (uint32_t i = first, next = first; i < end; i++) {
            news_token_view *view = &views->tokens[i];
            const news_token *token = &article->tokens[i];
            uint32_t n;
            const char *bytes = bytes_of(article, i, &n);
            view->word = views->lexicon->word_of[i];
            view->hash = view->word != NEWS_NONE ? views->words[view->word].hash
                                                 : news_words_hash(bytes, n < 8 ? n : 8);
            if (token->kind == NEWS_TOKEN_NUMBER) {
                view->hash = 0x1000u + (n < 5 ? n : 5);
            }
            view->shape = shape_of(article, i);
            view->names = 0;
            if (i >= next) {
                view->thing = NEWS_N_THING_KINDS;
                view->part = NEWS_TAG_SINGLE;
            }
            if (token->kind != NEWS_TOKEN_WORD || !(token->flags & NEWS_TOKEN_CAPITAL)) {
                if (i >= next && (!view->live || token->kind != NEWS_TOKEN_WORD)) {
                    continue;
                }
            } else {
                news_word name = news_words_find(&news_words_names, bytes, n);
                if (!name.is_entry && token->flags & NEWS_TOKEN_ALL_CAPS && n > 2) {
                    /* "SMITH" in a headline in capitals */
                    char titled[LONGEST_WORD];
                    uint32_t length = n < LONGEST_WORD ? n : LONGEST_WORD;
                    for (uint32_t k = 0; k < length; k++) {
                        titled[k] = k > 0 && bytes[k] >= 'A' && bytes[k] <= 'Z'
                                        ? (char)(bytes[k] + 32)
                                        : bytes[k];
                    }
                    name = news_words_find(&news_words_names, titled, length);
                }
                view->names = (uint8_t)(name.is_entry ? name.value : 0);
                if (news_words_find(&news_words_genders, bytes, n).is_entry) {
                    view->names |= 8;
                }
            }
            if (i >= next) {
                news_match match = news_find_thing(article, i, end);
                next = i + match.n_tokens;
                for (uint32_t k = i; k < next; k++) {
                    views->tokens[k].thing = (uint8_t)news_things[match.thing].kind;
                    views->tokens[k].part = match.n_tokens == 1 ? NEWS_TAG_SINGLE
                                            : k == i            ? NEWS_TAG_FIRST
                                            : k + 1 == next     ? NEWS_TAG_LAST
                                                                : NEWS_TAG_INSIDE;
                }
            }
        }
    }
}

static bool is_said(const news_article *article, uint32_t i) {
    static const char *const words[] = {"said", "says", "told", "added", "who", "wrote", "tweeted"};
    uint32_t n;
    const char *bytes = bytes_of(article, i, &n);
    for (size_t k = 0; k < sizeof words / sizeof *words; k++) {
        if (strlen(words[k]) == n && memcmp(bytes, words[k], n) == 0) {
            return true;
        }
    }
    return false;
}

static uint16_t within(uint8_t kind) {
    static const uint16_t flags[] = {
#define KIND(name, kind, type)                                                                     \
    NEWS_ENTITY_##type == NEWS_ENTITY_PERSON         ? IN_PERSON                                   \
    : NEWS_ENTITY_##type == NEWS_ENTITY_ORGANIZATION ? IN_ORGANIZATION                             \
    : NEWS_ENTITY_##type == NEWS_ENTITY_PLACE        ? IN_PLACE                                    \
                                                     : 0,
        NEWS_THING_KINDS(KIND)
#undef KIND
    };
    return flags[kind];
}

/* What the words of the name before the parenthesis at `open` say of the acronym in it. */
static uint16_t definition(const news_article *article, const news_views *views, uint32_t first,
                           uint32_t open) {
    uint16_t kinds = 0;
    for (uint32_t i = open; i > first && open - i < LONGEST_RUN; i--) {
        const news_token_view *view = &views->tokens[i - 1];
        if (!view->live || view->word == NEWS_NONE) {
            break;
        }
        if (has_capital(&article->tokens[i - 1])) {
            kinds |= views->words[view->word].kinds;
        }
    }
    return (
        uint16_t)((kinds & NEWS_NAME_WORDS_HEAD ? STANDS_FOR_BODY : 0) |
                  (kinds & (NEWS_NAME_WORDS_EVENT | NEWS_NAME_WORDS_LAW) ? STANDS_FOR_RULE : 0));
}

/* Gathers for each word what stands around it wherever it has a capital. */
static void gather(const news_article *article, news_views *views) {
    for (uint32_t s = 0; s < article->n_sentences; s++) {
        uint32_t first = article->sentences[s].first_token;
        uint32_t end = first + article->sentences[s].n_tokens;
        if (views->lexicon->title_cased[article->sentences[s].block]) {
            continue;
        }
        for (uint32_t i = first; i < end; i++) {
            const news_token_view *view = &views->tokens[i];
            if (view->word == NEWS_NONE || !has_capital(&article->tokens[i])) {
                continue;
            }
            uint16_t seen = 0;
            if (i > first) {
                const news_token_view *before = view - 1;
                uint32_t n;
                const char *bytes = bytes_of(article, i - 1, &n);
                if (before->word != NEWS_NONE) {
                    const news_word_view *word = &views->words[before->word];
                    seen |= word->titles ? AFTER_TITLE : 0;
                    seen |= word->kinds & NEWS_NAME_WORDS_LOCATIVE ? AFTER_LOCATIVE : 0;
                    seen |= before->names & (NEWS_NAMES_GIVEN | 8) ? AFTER_GIVEN : 0;
                    seen |= n == 3 && memcmp(bytes, "the", 3) == 0 ? AFTER_THE : 0;
                    seen |= n == 2 && memcmp(bytes, "of", 2) == 0 ? AFTER_OF : 0;
                } else if (bytes[0] == '(' && i + 1 < end &&
                           article->text->bytes[article->tokens[i + 1].span.from] == ')') {
                    seen |= IN_PARENTHESES | definition(article, views, first, i - 1);
                }
            }
            if (i + 1 < end) {
                const news_token_view *after = view + 1;
                seen |= article->tokens[i + 1].kind == NEWS_TOKEN_SUFFIX ? BEFORE_SUFFIX : 0;
                seen |= is_said(article, i + 1) ? BEFORE_SAID : 0;
                if (after->word != NEWS_NONE && has_capital(&article->tokens[i + 1])) {
                    const news_word_view *word = &views->words[after->word];
                    seen |= word->kinds & NEWS_NAME_WORDS_HEAD ? BEFORE_HEAD : 0;
                    seen |= after->names & NEWS_NAMES_SURNAME ? BEFORE_SURNAME : 0;
                }
            }
            if (view->thing < NEWS_N_THING_KINDS && view->part != NEWS_TAG_SINGLE) {
                seen |= within(view->thing);
            }
            views->words[view->word].evidence |= seen;
        }
    }
}

bool news_find_views(news_arena *arena, const news_article *article, const news_lexicon *lexicon,
                     const news_model *model, news_views *out) {
    *out = (news_views){.article = article, .lexicon = lexicon};
    out->words = news_arena_array(arena, lexicon->words.n + 1, sizeof *out->words);
    out->tokens = news_arena_array(arena, article->n_tokens + 1, sizeof *out->tokens);
    if (!out->words || !out->tokens) {
        return false;
    }
    for (uint32_t i = 0; i < article->n_tokens; i++) {
        uint32_t word = lexicon->word_of[i];
        if (word != NEWS_NONE && out->words[word].hash == 0) {
            view_word(article, model, i, &lexicon->words.at[word], &out->words[word]);
        }
    }
    view_tokens(article, out);
    gather(article, out);
    return true;
}

/* The sentence around a token, and where its features go. */
typedef struct writer {
    const news_views *views;
    const news_model *model;
    uint32_t first, end; /* of the sentence */
    uint32_t n;
    uint32_t *out;
} writer;

static void put(writer *w, uint32_t template, uint32_t a, uint32_t b) {
    w->out[w->n++] = mix(mix(template * 0x9E3779B1u, a), b);
}

/* Views of the token at `i`; a blank one outside the sentence. */
static const news_token_view *token_at(const writer *w, uint32_t i) {
    static const news_token_view outside = {NEWS_NONE,          0xFFFFu,         0,    0,
                                            NEWS_N_THING_KINDS, NEWS_TAG_SINGLE, false};
    return i >= w->first && i < w->end ? &w->views->tokens[i] : &outside;
}

static const news_word_view *word_at(const writer *w, uint32_t i) {
    static const news_word_view none = {.cluster = NEWS_NO_CLUSTER};
    const news_token_view *token = token_at(w, i);
    return token->word == NEWS_NONE ? &none : &w->views->words[token->word];
}

static uint32_t flags_at(const writer *w, uint32_t i) {
    if (i < w->first || i >= w->end) {
        return 0x80;
    }
    uint32_t flags = w->views->article->tokens[i].flags;
    return flags & (NEWS_TOKEN_CAPITAL | NEWS_TOKEN_ALL_CAPS | NEWS_TOKEN_MIXED);
}

static uint32_t thing_at(const writer *w, uint32_t i) {
    const news_token_view *token = token_at(w, i);
    return token->thing * 4u + token->part;
}

static uint32_t level(const writer *w, uint32_t i, bool coarse) {
    uint16_t cluster = word_at(w, i)->cluster;
    return cluster == NEWS_NO_CLUSTER ? 0xFFFFu : news_model_level(w->model, cluster, coarse);
}

/* Words, clusters, shapes and lists in a window around the token. */
static void put_window(writer *w, uint32_t i) {
    for (uint32_t k = 0; k < 5; k++) {
        uint32_t at = i + k - 2; /* may wrap below 0, which is outside, too */
        put(w, 1 + k, token_at(w, at)->hash, 0);
        uint16_t cluster = word_at(w, at)->cluster;
        if (cluster != NEWS_NO_CLUSTER) {
            put(w, 10 + k, cluster, 0);
            if (k >= 1 && k <= 3) {
                put(w, 15 + k, level(w, at, false), 0);
                put(w, 20 + k, level(w, at, true), 0);
            }
        }
        if (k >= 1 && k <= 3) {
            put(w, 25 + k, token_at(w, at)->shape, 0);
            uint32_t names = token_at(w, at)->names, kinds = word_at(w, at)->kinds,
                     titles = word_at(w, at)->titles;
            if (names) {
                put(w, 30 + k, names, flags_at(w, at));
            }
            if (kinds) {
                put(w, 35 + k, kinds, flags_at(w, at));
            }
            if (titles) {
                put(w, 40 + k, titles, flags_at(w, at));
            }
            if (token_at(w, at)->thing < NEWS_N_THING_KINDS) {
                put(w, 45 + k, thing_at(w, at), 0);
            }
        }
    }
}

static void put_pairs(writer *w, uint32_t i) {
    const news_token_view *here = token_at(w, i);
    uint32_t before = token_at(w, i - 1)->hash, after = token_at(w, i + 1)->hash;
    put(w, 50, before, here->hash);
    put(w, 51, here->hash, after);
    put(w, 52, word_at(w, i - 1)->cluster, word_at(w, i)->cluster);
    put(w, 53, word_at(w, i)->cluster, word_at(w, i + 1)->cluster);
    put(w, 54, word_at(w, i - 1)->cluster, word_at(w, i + 1)->cluster);
    put(w, 55, token_at(w, i - 1)->shape, here->shape);
    put(w, 56, here->shape, token_at(w, i + 1)->shape);
    put(w, 57, mix(token_at(w, i - 1)->shape, here->shape), token_at(w, i + 1)->shape);
    put(w, 58, token_at(w, i - 1)->names | (uint32_t)here->names << 8,
        token_at(w, i + 1)->names | flags_at(w, i - 1) << 8 | flags_at(w, i + 1) << 16);
    put(w, 59, thing_at(w, i - 1), thing_at(w, i));
    put(w, 60, thing_at(w, i), thing_at(w, i + 1));
    put(w, 61, token_at(w, i - 2)->hash, before);
    put(w, 62, after, token_at(w, i + 2)->hash);
    put(w, 63, thing_at(w, i), word_at(w, i)->cluster);
    put(w, 64, before, thing_at(w, i) | (uint32_t)here->names << 8);
    put(w, 65, after, thing_at(w, i) | (uint32_t)here->names << 8);
}

/* The word's own looks, and how the article uses it elsewhere. */
static void put_word(writer *w, uint32_t i) {
    const news_article *article = w->views->article;
    const news_token_view *here = token_at(w, i);
    const news_word_view *word = word_at(w, i);
    const news_token *token = &article->tokens[i];
    uint32_t first = (token->flags & NEWS_TOKEN_FIRST) != 0;
    uint32_t titled = w->views->lexicon->title_cased[article->sentences[token->sentence].block];
    uint32_t place = first | titled << 1 | flags_at(w, i) << 2;
    put(w, 70, place, 0);
    put(w, 71, here->hash, flags_at(w, i));
    if (here->word == NEWS_NONE) {
        return;
    }
    put(w, 72, word->prefix3, 0);
    put(w, 73, word->suffix2, 0);
    put(w, 74, word->suffix3, 0);
    put(w, 75, word->suffix4, 0);
    put(w, 76, word->suffix3, flags_at(w, i - 1) << 8 | flags_at(w, i + 1));
    put(w, 77, word->case_evidence, place);
    put(w, 78, word->case_evidence, first | titled << 1 | (uint32_t)here->names << 2);
    put(w, 79, here->names | thing_at(w, i) << 8, place);
    for (uint32_t bit = 0; bit < N_EVIDENCE; bit++) {
        if (word->evidence >> bit & 1) {
            put(w, 80, bit, flags_at(w, i));
        }
    }
    put(w, 81, word->evidence, here->names);
    put(w, 82, word->evidence, thing_at(w, i));
}

/* The run of capitalised words that the token stands in: what comes before, its last word, what
 * comes behind. */
static void put_run(writer *w, uint32_t i) {
    const news_article *article = w->views->article;
    uint32_t from = i, to = i + 1;
    while (from > w->first && i - from < LONGEST_RUN && has_capital(&article->tokens[from - 1])) {
        from--;
    }
    while (to < w->end && to - i < LONGEST_RUN && has_capital(&article->tokens[to])) {
        to++;
    }
    uint32_t length = to - from < 5 ? to - from : 5, place = i - from < 4 ? i - from : 4;
    uint32_t names = 0, kinds = 0;
    for (uint32_t k = from; k < to; k++) {
        names |= token_at(w, k)->names;
        kinds |= word_at(w, k)->kinds;
    }
    put(w, 85, length, place);
    put(w, 86, token_at(w, to - 1)->hash, place);
    put(w, 87, word_at(w, to - 1)->kinds | length << 16, place);
    put(w, 88, token_at(w, from - 1)->hash, length);
    put(w, 89, token_at(w, to)->hash, length);
    put(w, 90, word_at(w, from - 1)->cluster, length);
    put(w, 91, word_at(w, to)->cluster, length);
    put(w, 92, kinds, place | length << 8);
    put(w, 93, word_at(w, to - 1)->cluster, to - 1 - i);
    put(w, 94, names | word_at(w, from - 1)->titles << 8, place | length << 8);
    put(w, 95, token_at(w, from)->hash, place);
    put(w, 96, word_at(w, from - 1)->kinds | (uint32_t)word_at(w, to)->kinds << 16, length);
    put(w, 97, token_at(w, from)->names | (uint32_t)token_at(w, to - 1)->names << 8,
        place | length << 8);
}

uint32_t news_find_features(const news_views *views, const news_model *model, uint32_t i,
                            uint32_t *out) {
    const news_sentence *sentence = &views->article->sentences[views->article->tokens[i].sentence];
    writer w = {views, model, sentence->first_token, sentence->first_token + sentence->n_tokens,
                0,     out};
    w.out[w.n++] = 1; /* bias */
    put_window(&w, i);
    put_pairs(&w, i);
    put_word(&w, i);
    put_run(&w, i);
    return w.n;
}
