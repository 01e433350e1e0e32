/* Passages followed by what became of the whole text: repeated words, changed ones, and what must
 * not be guessed. */
#include "analysis.h"

#include <stdlib.h>

#define STRING(s) ((news_string){(s), (uint32_t)strlen(s)})

/* Notes `n` bytes at `at` of `before` with the sketch of the whole, and looks for them in `after`.
 */
static news_span follow(const char *before, const char *at, uint32_t n, const char *after) {
    uint32_t from = (uint32_t)(at - before);
    uint32_t size = (uint32_t)strlen(before);
    uint32_t left = from < 32 ? from : 32;
    uint32_t right = size - (from + n) < 32 ? size - (from + n) : 32;
    news_anchor *then = news_anchor_new(before, size);
    news_anchor *now = news_anchor_new(after, strlen(after));
    assert_non_null(then);
    assert_non_null(now);
    news_anchor_query query = {.exact = {at, n},
                               .prefix = {at - left, left},
                               .suffix = {at + n, right},
                               .near = from,
                               .past = NEWS_NONE,
                               .word = news_anchor_word(then, from),
                               .thorough = true};
    news_anchor_match noted = news_anchor_find(then, &query);
    query.thorough = false;
    query.rival = noted.rival == NEWS_NONE ? 0.0f : noted.score - noted.margin;
    query.rival_offset = noted.rival == NEWS_NONE ? 0 : (int32_t)noted.rival - (int32_t)from;
    query.is_repeated = noted.n_exact > 1;
    query.past = news_anchor_compare(now, news_anchor_sketch(then));
    assert_int_not_equal(query.past, NEWS_NONE);
    news_anchor_match match = news_anchor_find(now, &query);
    news_anchor_free(then);
    news_anchor_free(now);
    return match.span;
}

static const char article[] =
    "The ferry left the old pier at nine. By noon the wind had turned to the north and rose.\n\n"
    "Mayor Ruiz said the board was told of it at once, and that the crew had asked for help.\n\n"
    "The company denied that. It said the crew knew the rules and the captain knew the bay.\n";

static void a_repeated_word_is_followed_where_one_side_was_rewritten(void **state) {
    (void)state;
    const char after[] =
        "The ferry left the old pier at nine. By noon the wind had turned to the north and "
        "rose.\n\n"
        "Ana Ruiz, who leads this town, told us the board was told of it at once, and that the "
        "crew "
        "had asked for help.\n\n"
        "The company denied that. It said the crew knew the rules and the captain knew the bay.\n";
    news_span span = follow(article, strstr(article, "the board"), 3, after);
    assert_int_equal(span.from, strstr(after, "the board") - after);
    assert_int_equal(span.to - span.from, 3);
}

static void a_repeated_word_is_followed_with_its_paragraph(void **state) {
    (void)state;
    const char after[] =
        "Mayor Ruiz said the board was told of it at once, and that the crew had asked for "
        "help.\n\n"
        "The company denied that. It said the crew knew the rules and the captain knew the bay.\n\n"
        "The ferry left the old pier at nine. By noon the wind had turned to the north and rose.\n";
    news_span span = follow(article, strstr(article, "the north"), 3, after);
    assert_int_equal(span.from, strstr(after, "the north") - after);
}

static void a_changed_word_stands_between_its_neighbours(void **state) {
    (void)state;
    const char after[] =
        "The ferry left the old pier at nine. By noon the wind had turned to the north and "
        "rose.\n\n"
        "Mayor Ruiz said the boards was told of it at once, and that the crew had asked for "
        "help.\n\n"
        "The company denied that. It said the crew knew the rules and the captain knew the bay.\n";
    news_span span = follow(article, strstr(article, "board"), 5, after);
    assert_int_equal(span.from, strstr(after, "boards") - after);
    assert_int_equal(span.to - span.from, 5);
}

static void a_deleted_word_does_not_move_to_its_like(void **state) {
    (void)state;
    const char after[] =
        "The ferry left the old pier at nine. By noon the wind had turned to the north and "
        "rose.\n\n"
        "Mayor Ruiz said board was told of it at once, and that the crew had asked for help.\n\n"
        "The company denied that. It said the crew knew the rules and the captain knew the bay.\n";
    assert_int_equal(follow(article, strstr(article, "the board"), 3, after).from, NEWS_NONE);
}

/* Of two that could be the one that is left, none is taken. */
static void twins_are_not_told_apart_by_a_guess(void **state) {
    (void)state;
    const char before[] =
        "He called them the bad ones. The bad ones, he said, were known to all of us here.\n";
    const char after[] = "He called them the bad ones, he said, were known to all of us here.\n";
    assert_int_equal(follow(before, strstr(before, "the bad"), 12, after).from, NEWS_NONE);
    assert_int_equal(follow(before, strstr(before, "The bad"), 12, after).from, NEWS_NONE);
}

/* The rest of a word that was cut is not the passage: "he" went, and of "soothe" the end is left.
 */
static void of_likes_in_a_row_nobody_knows_which_one_went(void **state) {
    (void)state;
    static const char before[] =
        "The mayor of the old town was very very very glad that the ferry had come back.\n";
    static const char after[] =
        "The mayor of the old town was very very glad that the ferry had come back.\n";
    for (const char *at = before; (at = strstr(at, "very")) != NULL; at += 4) {
        assert_int_equal(follow(before, at, 4, after).from, NEWS_NONE);
    }
}

static void the_rest_of_a_word_is_no_passage(void **state) {
    (void)state;
    const char before[] =
        "Nobody asked why he sang to soothe those who had lost a home by the sea.\n";
    const char after[] = "Nobody asked why he those who had lost a home by the sea.\n";
    assert_int_equal(follow(before, strstr(before, "he sang"), 2, after).from, NEWS_NONE);
}

static void a_copy_elsewhere_is_not_the_passage(void **state) {
    (void)state;
    const char after[] =
        "Mayor Ruiz said the board was told of it at once. So it went.\n\n"
        "The ferry left the old pier at nine. By noon the wind had turned to the north and "
        "rose.\n\n"
        "Mayer Ruis sayd the baord was told of it at once, and that the crew had asked for "
        "help.\n\n"
        "The company denied that. It said the crew knew the rules and the captain knew the bay.\n";
    const char *at = strstr(article, "Mayor");
    news_span span = follow(article, at, 48, after);
    assert_true(span.from == NEWS_NONE || span.from >= (uint32_t)(strstr(after, "Mayer") - after));
}

static void words_of_scripts_without_blanks_are_followed(void **state) {
    (void)state;
    const char before[] = "渡轮九点离开旧码头。中午风转向北方。\n市长说董事会立即得到了通知。\n";
    const char after[] =
        "今天早上渡轮九点离开旧码头。中午风转向北方。\n市长说董事会立即得到了通知。\n";
    const char *at = strstr(before, "码头");
    news_span span = follow(before, at, 6, after);
    assert_int_equal(span.from, strstr(after, "码头") - after);
}

static void a_sketch_that_is_none_is_refused(void **state) {
    (void)state;
    news_anchor *anchor = news_anchor_new(article, strlen(article));
    assert_non_null(anchor);
    assert_int_equal(news_anchor_compare(anchor, STRING("AB")), NEWS_NONE);
    assert_int_equal(news_anchor_compare(anchor, STRING("AB\nC")), NEWS_NONE);
    assert_int_equal(news_anchor_compare(anchor, STRING("AB\"")), NEWS_NONE);
    uint32_t empty = news_anchor_compare(anchor, STRING(""));
    assert_int_not_equal(empty, NEWS_NONE);
    /* A word beyond the sketch, or one that is not that of the passage, says nothing. */
    uint32_t own = news_anchor_compare(anchor, news_anchor_sketch(anchor));
    news_anchor_query query = {.exact = STRING("the"), .near = 0, .past = empty, .word = 7};
    assert_int_equal(news_anchor_find(anchor, &query).span.from, NEWS_NONE);
    query.past = own;
    query.word = 1;
    assert_int_equal(news_anchor_find(anchor, &query).span.from, NEWS_NONE);
    query.word = NEWS_NONE;
    assert_int_equal(news_anchor_find(anchor, &query).span.from, NEWS_NONE);
    news_anchor_free(anchor);
}

/* The same word a hundred thousand times, and a text of words that are all new: each in linear
 * time. */
static void hostile_texts_are_compared_in_time(void **state) {
    (void)state;
    const uint32_t n = 100000;
    char *same = malloc(4 * n + 1);
    char *other = malloc(8 * n + 1);
    assert_non_null(same);
    assert_non_null(other);
    uint32_t size = 0;
    for (uint32_t i = 0; i < n; i++) {
        memcpy(same + 4 * i, "the ", 4);
        for (uint32_t k = i, digits = 0; digits < 7; digits++, k /= 10) {
            other[size++] = (char)('a' + k % 10);
        }
        other[size++] = i % 16 == 0 ? '\n' : ' ';
    }
    same[4 * n] = '\0';
    other[size] = '\0';
    assert_int_equal(follow(same, same + 200000, 3, same).from, 200000);
    assert_int_equal(follow(other, other + 80000, 7, other).from, 80000);
    assert_int_equal(follow(same, same + 200000, 3, same + 4).from, NEWS_NONE);
    assert_int_equal(follow(same, same + 200000, 3, other).from, NEWS_NONE);
    assert_int_equal(follow(other, other + 80000, 7, same).from, NEWS_NONE);
    free(same);
    free(other);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_repeated_word_is_followed_where_one_side_was_rewritten),
        cmocka_unit_test(a_repeated_word_is_followed_with_its_paragraph),
        cmocka_unit_test(a_changed_word_stands_between_its_neighbours),
        cmocka_unit_test(a_deleted_word_does_not_move_to_its_like),
        cmocka_unit_test(twins_are_not_told_apart_by_a_guess),
        cmocka_unit_test(of_likes_in_a_row_nobody_knows_which_one_went),
        cmocka_unit_test(the_rest_of_a_word_is_no_passage),
        cmocka_unit_test(a_copy_elsewhere_is_not_the_passage),
        cmocka_unit_test(words_of_scripts_without_blanks_are_followed),
        cmocka_unit_test(a_sketch_that_is_none_is_refused),
        cmocka_unit_test(hostile_texts_are_compared_in_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
