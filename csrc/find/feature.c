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

/* Of a form that is not looked up in the gazetteer yet: most are never. */
enum { NOT_ASKED = UINT8_MAX };

/* The feature that every token has. */
enum { BIAS = 1 };

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
    char room[2 * LONGEST_WORD];
    const char *folded = lexeme->folded.bytes;
    uint32_t n = lexeme->folded.n;
    out->hash = lexeme->hash;
    if (!folded) {
        const char *bytes = bytes_of(article, i, &n);
        n = news_utf8_fold(bytes, n < LONGEST_WORD ? n : LONGEST_WORD, room);
        folded = room;
        out->hash = news_words_hash(folded, n);
    }
    out->cluster = model->bytes ? news_model_cluster(model, out->hash) : NEWS_NO_CLUSTER;
    out->prefix3 = affix(folded, 0, n < 3 ? n : 3);
    out->suffix2 = affix(folded, tail(folded, n, 2), n);
    out->suffix3 = affix(folded, tail(folded, n, 3), n);
    out->suffix4 = affix(folded, tail(folded, n, 4), n);
    uint32_t key = news_words_key(folded, n);
    news_word title = news_words_find_keyed(&news_words_titles, folded, n, key);
    news_word kind = news_words_find_keyed(&news_words_name_words, folded, n, key);
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

/* Lists of names that the form stands in. */
static uint8_t names_of(const news_token *token, const char *bytes, uint32_t n) {
    if (token->kind != NEWS_TOKEN_WORD || !(token->flags & NEWS_TOKEN_CAPITAL)) {
        return 0;
    }
    uint32_t key = news_words_key(bytes, n);
    news_word name = news_words_find_keyed(&news_words_names, bytes, n, key);
    if (!name.is_entry && token->flags & NEWS_TOKEN_ALL_CAPS && n > 2) {
        /* "SMITH" in a headline in capitals */
        char titled[LONGEST_WORD];
        uint32_t length = n < LONGEST_WORD ? n : LONGEST_WORD;
        for (uint32_t k = 0; k < length; k++) {
            titled[k] =
                k > 0 && bytes[k] >= 'A' && bytes[k] <= 'Z' ? (char)(bytes[k] + 32) : bytes[k];
        }
        name = news_words_find(&news_words_names, titled, length);
    }
    return (uint8_t)((name.is_entry ? name.value : 0) |
                     (news_words_find_keyed(&news_words_genders, bytes, n, key).is_entry ? 8 : 0));
}

static void view_form(const news_article *article, const news_views *views, const news_form *form,
                      news_form_view *out) {
    const news_token *token = &article->tokens[form->token];
    uint32_t n;
    const char *bytes = bytes_of(article, form->token, &n);
    out->word = form->word;
    out->hash = token->kind == NEWS_TOKEN_NUMBER ? 0x1000u + (n < 5 ? n : 5)
                : form->word != NEWS_NONE        ? views->words[form->word].hash
                                                 : news_words_hash(bytes, n < 8 ? n : 8);
    out->shape = shape_of(article, form->token);
    out->names = names_of(token, bytes, n);
    out->flags = token->flags & (NEWS_TOKEN_CAPITAL | NEWS_TOKEN_ALL_CAPS | NEWS_TOKEN_MIXED);
    out->opens = NOT_ASKED;
}

static void view_tokens(const news_article *article, news_views *views) {
    for (uint32_t s = 0; s < article->n_sentences; s++) {
        uint32_t first = article->sentences[s].first_token;
        uint32_t end = first + article->sentences[s].n_tokens;
        mark_live(article, first, end, views->tokens);
        for (uint32_t i = first, next = first; i < end; i++) {
            news_token_view *view = &views->tokens[i];
            const news_token *token = &article->tokens[i];
            view->form = views->lexicon->form_of[i];
            view->word = views->forms[view->form].word;
            if (i < next) {
                continue;
            }
            view->thing = NEWS_N_THING_KINDS;
            view->part = NEWS_TAG_SINGLE;
            if (token->kind != NEWS_TOKEN_WORD ||
                !(view->live || token->flags & NEWS_TOKEN_CAPITAL)) {
                continue;
            }
            news_form_view *form = &views->forms[view->form];
            if (form->opens == NOT_ASKED) {
                form->opens = news_find_opening(article, i);
            }
            news_match match = news_find_thing_opened(article, i, end, form->opens);
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
                    seen |=
                        views->forms[before->form].names & (NEWS_NAMES_GIVEN | 8) ? AFTER_GIVEN : 0;
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
                    seen |=
                        views->forms[after->form].names & NEWS_NAMES_SURNAME ? BEFORE_SURNAME : 0;
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
    out->forms = news_arena_array(arena, lexicon->forms.n + 1, sizeof *out->forms);
    out->tokens = news_arena_array(arena, article->n_tokens + 1, sizeof *out->tokens);
    if (!out->words || !out->forms || !out->tokens) {
        return false;
    }
    for (uint32_t i = 0; i < lexicon->forms.n; i++) {
        const news_form *form = &lexicon->forms.at[i];
        if (form->word != NEWS_NONE && out->words[form->word].hash == 0) {
            view_word(article, model, form->token, &lexicon->words.at[form->word],
                      &out->words[form->word]);
        }
        view_form(article, out, form, &out->forms[i]);
    }
    out->forms[lexicon->forms.n] =
        (news_form_view){.word = NEWS_NONE, .hash = 0xFFFFu, .flags = 0x80};
    view_tokens(article, out);
    gather(article, out);
    return true;
}

/* Which features are asked for: those that a form brings with it, those of the token, or both in
 * one order, which is the order that they are learnt in. A constant wherever it is passed, so that
 * each use has code of its own. */
typedef enum asked { FORM = 1, TOKEN = 2, BOTH = FORM | TOKEN } asked;

/* What stands at a place around the token. */
typedef struct seat {
    const news_form_view *form;
    const news_word_view *word;
    uint32_t thing;
} seat;

/* The sentence around a token, and where its features go. */
typedef struct writer {
    const news_views *views;
    const news_model *model;
    uint32_t first, end; /* of the sentence */
    seat seats[NEWS_N_PLACES];
    uint32_t n;
    uint32_t *out;
} writer;

/* The place of the token that is asked about. */
enum { HERE = 2 };

static inline void put(writer *w, uint32_t template, uint32_t a, uint32_t b) {
    w->out[w->n++] = mix(mix(template * 0x9E3779B1u, a), b);
}

static const news_form_view *form_at(const writer *w, uint32_t i) {
    const news_views *views = w->views;
    return &views->forms[i >= w->first && i < w->end ? views->tokens[i].form
                                                     : views->lexicon->forms.n];
}

static const news_word_view *word_of(const writer *w, const news_form_view *form) {
    static const news_word_view none = {.cluster = NEWS_NO_CLUSTER};
    return form->word == NEWS_NONE ? &none : &w->views->words[form->word];
}

static uint32_t level(const writer *w, const news_word_view *word, bool coarse) {
    return news_model_level(w->model, word->cluster, coarse);
}

/* A form's word, clusters, shape and lists, at place `k`. */
static inline void put_form(writer *w, const news_form_view *form, uint32_t k) {
    const news_word_view *word = word_of(w, form);
    put(w, 1 + k, form->hash, 0);
    bool near = k >= HERE - 1 && k <= HERE + 1;
    if (word->cluster != NEWS_NO_CLUSTER) {
        put(w, 10 + k, word->cluster, 0);
        if (near) {
            put(w, 15 + k, level(w, word, false), 0);
            put(w, 20 + k, level(w, word, true), 0);
        }
    }
    if (near) {
        put(w, 25 + k, form->shape, 0);
        if (form->names) {
            put(w, 30 + k, form->names, form->flags);
        }
        if (word->kinds) {
            put(w, 35 + k, word->kinds, form->flags);
        }
        if (word->titles) {
            put(w, 40 + k, word->titles, form->flags);
        }
    }
}

/* The word's own looks. */
static inline void put_looks(writer *w, const news_form_view *form) {
    const news_word_view *word = word_of(w, form);
    put(w, 71, form->hash, form->flags);
    if (form->word != NEWS_NONE) {
        put(w, 72, word->prefix3, 0);
        put(w, 73, word->suffix2, 0);
        put(w, 74, word->suffix3, 0);
        put(w, 75, word->suffix4, 0);
    }
}

/* What stands around the word wherever the article has it. */
static inline void put_evidence(writer *w, const news_form_view *form) {
    const news_word_view *word = word_of(w, form);
    if (form->word == NEWS_NONE) {
        return;
    }
    for (uint32_t bit = 0; bit < N_EVIDENCE; bit++) {
        if (word->evidence >> bit & 1) {
            put(w, 80, bit, form->flags);
        }
    }
    put(w, 81, word->evidence, form->names);
}

/* Words and what the gazetteer knows in a window around the token. */
static inline void put_window(writer *w, asked what) {
    for (uint32_t k = 0; k < NEWS_N_PLACES; k++) {
        const seat *at = &w->seats[k];
        if (what & FORM) {
            put_form(w, at->form, k);
        }
        if ((what & TOKEN) && k >= HERE - 1 && k <= HERE + 1 &&
            at->thing / 4 < NEWS_N_THING_KINDS) {
            put(w, 45 + k, at->thing, 0);
        }
    }
}

static inline void put_pairs(writer *w) {
    const seat *s = w->seats;
    const news_form_view *here = s[HERE].form, *last = s[HERE - 1].form, *next = s[HERE + 1].form;
    uint32_t before = last->hash, after = next->hash, thing = s[HERE].thing;
    uint32_t cluster = s[HERE].word->cluster;
    put(w, 50, before, here->hash);
    put(w, 51, here->hash, after);
    put(w, 52, s[HERE - 1].word->cluster, cluster);
    put(w, 53, cluster, s[HERE + 1].word->cluster);
    put(w, 54, s[HERE - 1].word->cluster, s[HERE + 1].word->cluster);
    put(w, 55, last->shape, here->shape);
    put(w, 56, here->shape, next->shape);
    put(w, 57, mix(last->shape, here->shape), next->shape);
    put(w, 58, last->names | (uint32_t)here->names << 8,
        next->names | (uint32_t)last->flags << 8 | (uint32_t)next->flags << 16);
    put(w, 59, s[HERE - 1].thing, thing);
    put(w, 60, thing, s[HERE + 1].thing);
    put(w, 61, s[HERE - 2].form->hash, before);
    put(w, 62, after, s[HERE + 2].form->hash);
    put(w, 63, thing, cluster);
    put(w, 64, before, thing | (uint32_t)here->names << 8);
    put(w, 65, after, thing | (uint32_t)here->names << 8);
}

/* The word's own looks, and how the article uses it here and elsewhere. */
static inline void put_word(writer *w, uint32_t i, asked what) {
    const news_article *article = w->views->article;
    const news_form_view *here = w->seats[HERE].form;
    const news_word_view *word = w->seats[HERE].word;
    const news_token *token = &article->tokens[i];
    uint32_t first = (token->flags & NEWS_TOKEN_FIRST) != 0;
    uint32_t titled = w->views->lexicon->title_cased[article->sentences[token->sentence].block];
    uint32_t place = first | titled << 1 | (uint32_t)here->flags << 2;
    if (what & TOKEN) {
        put(w, 70, place, 0);
    }
    if (what & FORM) {
        put_looks(w, here);
    }
    if ((what & TOKEN) && here->word != NEWS_NONE) {
        put(w, 76, word->suffix3,
            (uint32_t)w->seats[HERE - 1].form->flags << 8 | w->seats[HERE + 1].form->flags);
        put(w, 77, word->case_evidence, place);
        put(w, 78, word->case_evidence, first | titled << 1 | (uint32_t)here->names << 2);
        put(w, 79, here->names | w->seats[HERE].thing << 8, place);
    }
    if (what & FORM) {
        put_evidence(w, here);
    }
    if ((what & TOKEN) && here->word != NEWS_NONE) {
        put(w, 82, word->evidence, w->seats[HERE].thing);
    }
}

/* The run of capitalised words that the token stands in: what comes before, its last word, what
 * comes behind. */
static inline void put_run(writer *w, uint32_t i) {
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
        const news_form_view *form = form_at(w, k);
        names |= form->names;
        kinds |= word_of(w, form)->kinds;
    }
    const news_form_view *first = form_at(w, from), *last = form_at(w, to - 1),
                         *before = form_at(w, from - 1), *behind = form_at(w, to);
    const news_word_view *word_before = word_of(w, before), *word_behind = word_of(w, behind),
                         *word_last = word_of(w, last);
    put(w, 85, length, place);
    put(w, 86, last->hash, place);
    put(w, 87, word_last->kinds | length << 16, place);
    put(w, 88, before->hash, length);
    put(w, 89, behind->hash, length);
    put(w, 90, word_before->cluster, length);
    put(w, 91, word_behind->cluster, length);
    put(w, 92, kinds, place | length << 8);
    put(w, 93, word_last->cluster, to - 1 - i);
    put(w, 94, names | (uint32_t)word_before->titles << 8, place | length << 8);
    put(w, 95, first->hash, place);
    put(w, 96, word_before->kinds | (uint32_t)word_behind->kinds << 16, length);
    put(w, 97, first->names | (uint32_t)last->names << 8, place | length << 8);
}

/* Sits down at token `i`. */
static inline void open_writer(writer *w, const news_views *views, const news_model *model,
                               uint32_t i, uint32_t *out) {
    const news_sentence *sentence = &views->article->sentences[views->article->tokens[i].sentence];
    w->views = views;
    w->model = model;
    w->first = sentence->first_token;
    w->end = w->first + sentence->n_tokens;
    w->n = 0;
    w->out = out;
    for (uint32_t k = 0; k < NEWS_N_PLACES; k++) {
        uint32_t at = i + k - HERE; /* may wrap below 0, which is outside, too */
        bool inside = at >= w->first && at < w->end;
        const news_form_view *form = form_at(w, at);
        w->seats[k] = (seat){form, word_of(w, form),
                             inside ? views->tokens[at].thing * 4u + views->tokens[at].part
                                    : NEWS_N_THING_KINDS * 4u + NEWS_TAG_SINGLE};
    }
}

static inline uint32_t write_features(writer *w, uint32_t i, asked what) {
    w->out[w->n++] = BIAS;
    put_window(w, what);
    put_pairs(w);
    put_word(w, i, what);
    put_run(w, i);
    return w->n;
}

uint32_t news_find_features(const news_views *views, const news_model *model, uint32_t i,
                            uint32_t *out) {
    writer w;
    open_writer(&w, views, model, i, out);
    return write_features(&w, i, BOTH);
}

uint32_t news_find_token_features(const news_views *views, uint32_t i, uint32_t *out,
                                  uint32_t forms[NEWS_N_PLACES]) {
    writer w;
    open_writer(&w, views, NULL, i, out);
    for (uint32_t k = 0; k < NEWS_N_PLACES; k++) {
        forms[k] = (uint32_t)(w.seats[k].form - views->forms);
    }
    return write_features(&w, i, TOKEN);
}

uint32_t news_find_form_features(const news_views *views, const news_model *model, uint32_t form,
                                 uint32_t place, uint32_t *out) {
    writer w = {.views = views, .model = model, .out = out};
    put_form(&w, &views->forms[form], place);
    if (place == HERE) {
        put_looks(&w, &views->forms[form]);
        put_evidence(&w, &views->forms[form]);
    }
    return w.n;
}
