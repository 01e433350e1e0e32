/* Attributes are cut as the HTML standard cuts them, and only those that readers ask for are told.
 */
#include "attribute.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

/* `expected` is "name=value|name=value|" for the attributes behind the name of the tag. */
static void assert_told(const char *tag, uint32_t n, const char *expected) {
    news_arena arena = {0};
    news_attributes *room = news_attributes_open(&arena);
    assert_non_null(room);
    char told[200] = "";
    const char *const *list = news_attributes_of(room, tag, n, 2);
    for (; list && list[0]; list += 2) {
        assert_true(strlen(told) + strlen(list[0]) + strlen(list[1]) + 3 < sizeof told);
        strcat(strcat(strcat(strcat(told, list[0]), "="), list[1]), "|");
    }
    assert_string_equal(told, expected);
    news_arena_free(&arena);
}

#define TOLD(tag, expected) assert_told(tag, sizeof(tag) - 1, expected)

static void values(void **state) {
    (void)state;
    TOLD("<p class=\"a b\" id='c'>", "class=a b|id=c|");
    TOLD("<p ID = a Class=b/ >", "id=a|class=b/|");
    TOLD("<p ID = a Class=b/>", "id=a|");
    TOLD("<p hidden>", "hidden=|");
    TOLD("<p hidden id=\"\">", "hidden=|id=|");
    TOLD("<p\n\tid=\"a\"\rclass=\"b\">", "id=a|class=b|");
    TOLD("<p id=\"a > b\" class=\"'\">", "id=a > b|class='|");
    TOLD("<p id=\"a\"class=\"b\">", "id=a|class=b|");
    TOLD("<p>", "");
    TOLD("<p/>", "");
    TOLD("<p", "");
}

static void what_nobody_asks_for_is_not_told(void **state) {
    (void)state;
    TOLD("<p data-id=\"a\" @click=\"b > c\" :class=\"d\" ids=\"e\" id=\"f\">", "id=f|");
    TOLD("<p id=\"a\" id=\"b\" ID=\"c\">", "id=a|");
}

static void references_are_decoded(void **state) {
    (void)state;
    TOLD("<p id=\"a &amp; b&quot;&#8217;&eacute;\">", "id=a & b\"\xE2\x80\x99\xC3\xA9|");
    TOLD("<p href=\"?a=b&lt=c&amp;d&no\">", "href=?a=b&lt=c&d&no|");
    TOLD("<p id=\"&amp\">", "id=&amp|");
}

static void a_nul_does_not_end_a_value(void **state) {
    (void)state;
    TOLD("<p id=\"a\0b\">", "id=a\x7F"
                            "b|");
}

/* What stands before something odd is told. */
static void odd_tags(void **state) {
    (void)state;
    TOLD("<p id=\"a\" / class=\"b\">", "id=a|");
    TOLD("<p id=\"a\" class=\"never closed>", "id=a|");
    TOLD("<p id=a\"b>", "");
    TOLD("<p id=", "");
    TOLD("<p id", "");
}

/* A value is cut where no reader looks any further, whatever it is made of. */
static void long_values(void **state) {
    (void)state;
    enum { LONG = 100000 };
    static const char *const units[] = {"x", "&amp;", "&eacute;", "\xC3\xA9"};
    for (size_t k = 0; k < sizeof units / sizeof *units; k++) {
        news_arena arena = {0};
        news_attributes *room = news_attributes_open(&arena);
        char *tag = malloc(LONG + 20);
        assert_true(room && tag);
        strcpy(tag, "<p id=\"");
        size_t n = strlen(tag), n_unit = strlen(units[k]);
        for (; n + n_unit < LONG; n += n_unit) {
            memcpy(tag + n, units[k], n_unit);
        }
        memcpy(tag + n, "\" class=\"y\">", 13);
        const char *const *list = news_attributes_of(room, tag, (uint32_t)(n + 13), 2);
        assert_true(list && strcmp(list[0], "id") == 0 && strcmp(list[2], "class") == 0);
        assert_true(strlen(list[1]) > 2000 && strlen(list[1]) < 2200);
        assert_string_equal(list[3], "y");
        assert_null(list[4]);
        free(tag);
        news_arena_free(&arena);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values),
        cmocka_unit_test(what_nobody_asks_for_is_not_told),
        cmocka_unit_test(references_are_decoded),
        cmocka_unit_test(a_nul_does_not_end_a_value),
        cmocka_unit_test(odd_tags),
        cmocka_unit_test(long_values),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
