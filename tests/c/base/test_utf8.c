/* UTF-8: what is decoded, classed, folded and trimmed, and that nothing is read behind the end. */
#include "utf8.h"

#include <stdarg.h>
#include <setjmp.h>
#include <cmocka.h>
#include <string.h>

static void decodes_every_length(void **state) {
    (void)state;
    static const struct {
        const char *bytes;
        uint32_t code_point;
    } cases[] = {{"a", 'a'},
                 {"é", 0xE9},
                 {"€", 0x20AC},
                 {"😀", 0x1F600},
                 {"\xED\x9F\xBF", 0xD7FF},
                 {"\xF4\x8F\xBF\xBF", 0x10FFFF}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint32_t length, n = (uint32_t)strlen(cases[i].bytes);
        assert_int_equal(news_utf8_decode(cases[i].bytes, n, &length), cases[i].code_point);
        assert_int_equal(length, n);
        char out[4];
        assert_int_equal(news_utf8_encode(cases[i].code_point, out), n);
        assert_memory_equal(out, cases[i].bytes, n);
        assert_int_equal(news_utf8_before(cases[i].bytes, n, &length), cases[i].code_point);
        assert_int_equal(length, n);
    }
}

static void takes_what_is_no_text_one_byte_at_a_time(void **state) {
    (void)state;
    static const char *const cases[] = {
        "\x80", "\xC0\xAF", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80",
        "\xFF", "\xE2\x82", "\xC3"};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint32_t length;
        assert_int_equal(news_utf8_decode(cases[i], strlen(cases[i]), &length), NEWS_REPLACEMENT);
        assert_int_equal(length, 1);
        assert_int_equal(news_utf8_valid(cases[i], strlen(cases[i])), 0);
    }
    assert_int_equal(news_utf8_valid("ab\0c", 4), 2);
    char out[4];
    assert_int_equal(news_utf8_encode(0xD800, out), 3);
    assert_memory_equal(out, "\xEF\xBF\xBD", 3);
}

static void knows_capitals_of_the_scripts_that_have_them(void **state) {
    (void)state;
    static const struct {
        uint32_t upper, lower;
    } cases[] = {{'A', 'a'},     {0xC9, 0xE9},     {0x160, 0x161}, {0x141, 0x142},
                 {0x17D, 0x17E}, {0x410, 0x430},   {0x401, 0x451}, {0x391, 0x3B1},
                 {0x386, 0x3AC}, {0x1EA4, 0x1EA5}, {0x178, 0xFF}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(news_utf8_lower(cases[i].upper), cases[i].lower);
        assert_true(news_utf8_is_upper(cases[i].upper));
        assert_false(news_utf8_is_upper(cases[i].lower));
        assert_true(news_utf8_is_lower(cases[i].lower));
        assert_false(news_utf8_is_lower(cases[i].upper));
        assert_true(news_utf8_is_letter(cases[i].upper) && news_utf8_is_letter(cases[i].lower));
    }
    static const uint32_t no_letters[] = {'1', ' ', 0xD7, 0x201C, 0x2014, 0x20AC, 0x1F600};
    for (size_t i = 0; i < sizeof no_letters / sizeof *no_letters; i++) {
        assert_false(news_utf8_is_letter(no_letters[i]));
    }
    assert_true(news_utf8_is_letter(0x4E2D) && news_utf8_is_letter(0x5D0) &&
                news_utf8_is_letter(0x301));
}

static void folds_words_for_the_lists(void **state) {
    (void)state;
    char out[64];
    uint32_t n = news_utf8_fold("O’NEILL’S ÉLAN", (uint32_t)strlen("O’NEILL’S ÉLAN"), out);
    assert_int_equal(n, strlen("o'neill's élan"));
    assert_memory_equal(out, "o'neill's élan", n);
}

static void trims_white_space_and_no_break_spaces(void **state) {
    (void)state;
    const char *text = " \t\u00A0\u200B“Hi there”\u00A0\n\uFEFF";
    news_span span = news_utf8_trim(text, (news_span){0, (uint32_t)strlen(text)});
    assert_int_equal(span.to - span.from, strlen("“Hi there”"));
    assert_memory_equal(text + span.from, "“Hi there”", span.to - span.from);
    span = news_utf8_trim("\u00A0 \u00A0", (news_span){0, 5});
    assert_int_equal(span.from, span.to);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decodes_every_length),
        cmocka_unit_test(takes_what_is_no_text_one_byte_at_a_time),
        cmocka_unit_test(knows_capitals_of_the_scripts_that_have_them),
        cmocka_unit_test(folds_words_for_the_lists),
        cmocka_unit_test(trims_white_space_and_no_break_spaces),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
