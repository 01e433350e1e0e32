/* Passages found again, given up, and searched in hostile texts. */
#include "analysis.h"

#include <stdlib.h>

#define STRING(s) ((news_string){(s), (uint32_t)strlen(s)})

static news_anchor_match find(const char *text, const char *exact, const char *prefix,
                              const char *suffix) {
    news_anchor *anchor = news_anchor_new(text, strlen(text));
    assert_non_null(anchor);
    news_anchor_query query = {.exact = STRING(exact),
                               .prefix = STRING(prefix),
                               .suffix = STRING(suffix),
                               .near = NEWS_NONE};
    news_anchor_match match = news_anchor_find(anchor, &query);
    news_anchor_free(anchor);
    return match;
}

static void words_are_found_where_their_context_stands(void **state) {
    (void)state;
    const char *text = "The old boat left the pier. Much later the old boat came home to us all.";
    news_anchor_match match =
        find(text, "old boat", "left the pier. Much later the ", " came home to us all.");
    assert_int_equal(match.span.from, 43);
    assert_int_equal(match.span.to, 51);
    assert_int_equal(match.n_exact, 2);
}

static void typography_does_not_count(void **state) {
    (void)state;
    news_anchor_match match = find("And then she said \"it's\nfair\" to the whole council.",
                                   "“It’s fair”", "And then she said ", " to the whole council.");
    assert_int_equal(match.span.from, 18);
    assert_int_equal(match.span.to, 29);
}

static void a_look_alike_elsewhere_is_not_taken(void **state) {
    (void)state;
    news_anchor_match match =
        find("In winter nobody sails, but the new ferry is quite fast they say.",
             "the old ferry is quite fast", "Mayor Ana Ruiz told the council ",
             " and cheap to run in summer");
    assert_int_equal(match.span.from, NEWS_NONE);
}

/* Notes the words at `at` of `before`, and looks for them in `after`. */
static news_span follow(const char *before, uint32_t at, uint32_t n, const char *after) {
    uint32_t size = (uint32_t)strlen(before);
    uint32_t left = at < 32 ? at : 32;
    uint32_t right = size - (at + n) < 32 ? size - (at + n) : 32;
    news_anchor_query query = {.exact = {before + at, n},
                               .prefix = {before + at - left, left},
                               .suffix = {before + at + n, right},
                               .near = at,
                               .thorough = true};
    news_anchor *anchor = news_anchor_new(before, size);
    assert_non_null(anchor);
    news_anchor_match noted = news_anchor_find(anchor, &query);
    news_anchor_free(anchor);
    query.thorough = false;
    query.rival = noted.rival == NEWS_NONE ? 0.0f : noted.score - noted.margin;
    query.rival_offset = noted.rival == NEWS_NONE ? 0 : (int32_t)noted.rival - (int32_t)at;
    query.is_repeated = noted.n_exact > 1;
    anchor = news_anchor_new(after, strlen(after));
    assert_non_null(anchor);
    news_anchor_match match = news_anchor_find(anchor, &query);
    news_anchor_free(anchor);
    return match.span;
}

#define HEADLINE "Harbour board votes to close the northern quay\n"
#define BODY "\nThe vote was close. Nobody from the board would say by how much it was won.\n"

static void a_double_does_not_inherit_a_note(void **state) {
    (void)state;
    const uint32_t n = (uint32_t)strlen(HEADLINE) - 1;
    const uint32_t second = n + 2;
    const char *twice = HEADLINE "\n" HEADLINE BODY;
    assert_int_equal(follow(twice, second, n, HEADLINE BODY).from, NEWS_NONE);
    assert_int_equal(follow(twice, second + 8, 5, HEADLINE BODY).from, NEWS_NONE);
    /* Both still there, below a new line: the second is the second. */
    assert_int_equal(follow(twice, second + 8, 5, "Updated.\n" HEADLINE "\n" HEADLINE BODY).from,
                     second + 8 + 9);
}

static void a_word_is_no_part_of_a_longer_one(void **state) {
    (void)state;
    const char *before = "They like to bathe the dogs there and nobody minds at all in summer.";
    assert_int_equal(
        follow(before, 19, 3, "They like to bathe dogs there and nobody minds at all in summer.")
            .from,
        NEWS_NONE);
}

static void a_sentence_that_goes_takes_its_notes_along(void **state) {
    (void)state;
    const char *before =
        "Nobody came to the gate. The guard had left at noon. The dogs were loose.";
    assert_int_equal(follow(before, 25, 3, "Nobody came to the gate. The dogs were loose.").from,
                     NEWS_NONE);
}

static void words_that_occur_once_may_lose_their_context(void **state) {
    (void)state;
    const char *before = "In the spring the council bought Greyfield Farm for the new school.";
    const char *after = "Councillors paid two million for it. Greyfield Farm will be a school.";
    assert_int_equal(follow(before, 33, 14, after).from, 37);
}

static void hostile_texts(void **state) {
    (void)state;
    enum { N = 200000 };
    char *same = malloc(N + 1);
    assert_non_null(same);
    memset(same, 'a', N);
    same[N] = 0;
    assert_int_equal(find("", "words", "", "").span.from, NEWS_NONE);
    assert_int_equal(find("words", "", "", "").span.from, NEWS_NONE);
    assert_int_equal(find("short", same, "", "").span.from, NEWS_NONE);
    assert_int_equal(find(same, "aaaaaaaaaa", "aaaa", "aaaa").span.from, NEWS_NONE);
    assert_int_equal(find(same, same, "", "").span.to, N);
    free(same);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_found_where_their_context_stands),
        cmocka_unit_test(typography_does_not_count),
        cmocka_unit_test(a_look_alike_elsewhere_is_not_taken),
        cmocka_unit_test(a_double_does_not_inherit_a_note),
        cmocka_unit_test(a_word_is_no_part_of_a_longer_one),
        cmocka_unit_test(a_sentence_that_goes_takes_its_notes_along),
        cmocka_unit_test(words_that_occur_once_may_lose_their_context),
        cmocka_unit_test(hostile_texts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
