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
        cmocka_unit_test(hostile_texts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
