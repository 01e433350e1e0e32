/* What the tagger keeps of a form is what it would add up afresh: on text of more forms than it has
 * seats for, every token's scores are the sums of all of its features' weights. */
#include "outline.h"
#include "plain.h"
#include "roles.h"
#include "tagger.h"
#include "token.h"
#include "utf8.h"

#include <stdarg.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* An article up to the tagger. */
typedef struct analysed {
    news_arena arena;
    news_source source;
    news_reading reading;
    news_roles roles;
    news_tokens tokens;
    news_article article;
    news_lexicon lexicon;
    news_views views;
} analysed;

static void analyse(analysed *a, const char *bytes, size_t n) {
    *a = (analysed){0};
    assert_true(news_source_read(&a->arena, &a->source, bytes, (uint32_t)n, NEWS_ENCODING_UTF8) &&
                news_read_plain(&a->arena, &a->source, &a->reading) &&
                news_form_roles(&a->arena, &a->reading, &a->roles) &&
                news_form_tokens(&a->arena, &a->reading.text, a->roles.blocks.at, a->roles.blocks.n,
                                 &a->tokens));
    a->article = (news_article){.text = &a->reading.text,
                                .blocks = a->roles.blocks.at,
                                .n_blocks = a->roles.blocks.n,
                                .tokens = a->tokens.tokens.at,
                                .n_tokens = a->tokens.tokens.n,
                                .sentences = a->tokens.sentences.at,
                                .n_sentences = a->tokens.sentences.n};
    assert_true(
        news_find_lexicon(&a->arena, &a->article, &a->lexicon) &&
        news_find_views(&a->arena, &a->article, &a->lexicon, &news_entity_model, &a->views));
}

static uint32_t drawn(uint32_t *state, uint32_t below) {
    *state = *state * 1664525u + 1013904223u;
    return (*state >> 8) % below;
}

/* Text of known names, small words, signs, numbers and thousands of words that nobody knows. */
static size_t invent(char *out, size_t room, uint32_t state) {
    static const char *const known[] = {
        "President",  "the", "of",    "Angela", "Merkel", "said",  "Reuters", "U.N.",   "China",
        "\"",         "(",   ")",     ",",      "Mr.",    "1,200", "25th",    "McLeod", "NATO",
        "University", "and", "Paris", "--",     "Ltd",    "’s",    "Café",    "ÅLAND",  "iPhone"};
    static const char *const parts[] = {"ba", "ro", "ken", "li", "dor", "ma", "ti", "sul", "ö"};
    size_t n = 0;
    while (n + 64 < room) {
        if (drawn(&state, 3)) {
            const char *word = known[drawn(&state, sizeof known / sizeof *known)];
            n += (size_t)snprintf(out + n, room - n, "%s", word);
        } else {
            uint32_t capital = drawn(&state, 2);
            size_t from = n;
            for (uint32_t k = 2 + drawn(&state, 3); k > 0; k--) {
                n += (size_t)snprintf(out + n, room - n, "%s", parts[drawn(&state, 9)]);
            }
            out[from] = (char)(capital && out[from] >= 'a' ? out[from] - 32 : out[from]);
        }
        uint32_t end = drawn(&state, 60);
        n += (size_t)snprintf(out + n, room - n, "%s",
                              end == 0  ? ".\n\n"
                              : end < 5 ? ". "
                              : end < 7 ? ""
                                        : " ");
    }
    return n;
}

static void scores_are_the_sums_of_all_features(void **unused) {
    (void)unused;
    enum { ROOM = 120000 };
    char *bytes = malloc(ROOM);
    assert_non_null(bytes);
    for (uint32_t seed = 1; seed <= 2; seed++) {
        analysed a;
        analyse(&a, bytes, invent(bytes, ROOM, seed));
        news_scorer *scorer = news_scorer_new(&a.arena, &a.views, &news_entity_model);
        assert_non_null(scorer);
        uint32_t n_live = 0;
        for (uint32_t i = 0; i < a.article.n_tokens; i++) {
            if (!a.views.tokens[i].live) {
                continue;
            }
            uint32_t features[NEWS_MOST_FEATURES];
            uint32_t n = news_find_features(&a.views, &news_entity_model, i, features);
            assert_true(n <= NEWS_MOST_FEATURES);
            int16_t wanted[NEWS_N_TAGS] = {0}, got[NEWS_N_TAGS];
            news_model_sum(&news_entity_model, features, n, wanted);
            news_scorer_score(scorer, i, got);
            assert_memory_equal(wanted, got, sizeof got);
            n_live++;
        }
        /* Else the seats were never fought for. */
        assert_true(n_live > 5000 && a.lexicon.forms.n * NEWS_N_PLACES > 8192);
        news_arena_free(&a.arena);
    }
    free(bytes);
}

static void each_form_is_known_once(void **unused) {
    (void)unused;
    static const char text[] =
        "Ferry Halted\n\nThe ferry of Port Ellis was halted. THE ferry’s crew, of the Ferry line, "
        "said “no”. “No” was said in 1999 of 1999 ferries, and the crew's ferry’s bell rang.\n";
    analysed a;
    analyse(&a, text, sizeof text - 1);
    const news_token *tokens = a.article.tokens;
    for (uint32_t i = 0; i < a.article.n_tokens; i++) {
        for (uint32_t k = 0; k <= i; k++) {
            uint32_t n = tokens[i].span.to - tokens[i].span.from;
            bool same = tokens[i].kind == tokens[k].kind &&
                        tokens[k].span.to - tokens[k].span.from == n &&
                        memcmp(a.reading.text.bytes + tokens[i].span.from,
                               a.reading.text.bytes + tokens[k].span.from, n) == 0;
            assert_int_equal(same, a.lexicon.form_of[i] == a.lexicon.form_of[k]);
        }
        const news_form *form = &a.lexicon.forms.at[a.lexicon.form_of[i]];
        assert_int_equal(form->word == NEWS_NONE, tokens[i].kind != NEWS_TOKEN_WORD);
        if (form->word != NEWS_NONE) {
            const news_lexeme *word = &a.lexicon.words.at[form->word];
            char folded[64];
            uint32_t n = news_utf8_fold(a.reading.text.bytes + tokens[i].span.from,
                                        tokens[i].span.to - tokens[i].span.from, folded);
            assert_int_equal(word->folded.n, n);
            assert_memory_equal(word->folded.bytes, folded, n);
        }
    }
    news_arena_free(&a.arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scores_are_the_sums_of_all_features),
        cmocka_unit_test(each_form_is_known_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
