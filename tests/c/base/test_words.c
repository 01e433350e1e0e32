/* Word tables as the build lays them out from csrc/data. */
#include "word_lists.h"

#include <stdarg.h>
#include <setjmp.h>
#include <cmocka.h>
#include <string.h>

static void finds_entries_with_their_values(void **state) {
    (void)state;
    news_word word = news_words_find(&news_words_abbreviations, "sept", 4);
    assert_true(word.is_entry);
    assert_int_equal(word.value, NEWS_ABBREVIATIONS_MONTH);
    word = news_words_find(&news_words_abbreviations, "mr", 2);
    assert_true(word.is_entry);
    assert_int_equal(word.value, NEWS_ABBREVIATIONS_TITLE);
}

static void finds_only_whole_entries_in_their_own_case(void **state) {
    (void)state;
    assert_false(news_words_find(&news_words_abbreviations, "Sept", 4).is_entry);
    assert_false(news_words_find(&news_words_abbreviations, "sep", 2).is_entry);
    assert_false(news_words_find(&news_words_abbreviations, "", 0).is_entry);
    assert_true(news_words_find_folded(&news_words_abbreviations, "Sept", 4).is_entry);
    assert_true(news_words_find_folded(&news_words_abbreviations, "MR", 2).is_entry);
}

static void leaves_needles_alone_that_are_longer_than_any_entry(void **state) {
    (void)state;
    static char needle[100000];
    memset(needle, 'a', sizeof needle);
    assert_false(news_words_find_folded(&news_words_abbreviations, needle, sizeof needle).is_entry);
    assert_false(news_words_find(&news_words_abbreviations, needle, 300).is_entry);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_entries_with_their_values),
        cmocka_unit_test(finds_only_whole_entries_in_their_own_case),
        cmocka_unit_test(leaves_needles_alone_that_are_longer_than_any_entry),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
