/* What libxml2 is spared of a page, and that each byte of the copy is found again in the page. */
#include "html.h"
#include "spare.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

static void assert_spared(const char *page, const char *copy) {
    news_arena arena = {0};
    news_spared spared;
    assert_true(news_spare_html(&arena, page, (uint32_t)strlen(page), &spared));
    assert_string_equal(spared.bytes, copy);
    uint32_t cut = 0, before = 0;
    for (uint32_t at = 0; at < spared.n; at++) {
        uint32_t origin = news_spare_origin(&spared, at, &cut);
        assert_true(origin < strlen(page) && (at == 0 || origin > before));
        assert_int_equal(page[origin], spared.bytes[at]);
        before = origin;
    }
    cut = spared.cuts.n; /* and backwards */
    assert_int_equal(news_spare_origin(&spared, 0, &cut),
                     spared.n && page[0] == copy[0] ? 0 : before);
    news_arena_free(&arena);
}

static void scripts_styles_and_comments(void **state) {
    (void)state;
    assert_spared("a<script>if (1 < 2) write('</div>');</script>b", "a<script></script>b");
    assert_spared("<SCRIPT type='x'>1</scripting>2</SCRIPT >b", "<SCRIPT></SCRIPT >b");
    assert_spared("<style>p { }</style><p>a<!-- b -- c -->d", "<style></style><p>ad");
    assert_spared("a<script>never closed <!-- x -->", "a<script>never closed <!-- x -->");
    assert_spared("<script src=\"x\"/>a<!-- b -->c", "<script/>ac");
    /* Where browsers and libxml2 may differ, all stands. */
    assert_spared("a<!-->b-->c", "a<!-->b-->c");
    assert_spared("a<!-- b --!>c-->d", "a<!-- b --!>c-->d");
    assert_spared("a<!-- b", "a<!-- b");
    assert_spared("<title>a<!-- b --></title><!-- c -->", "<title>a<!-- b --></title>");
}

static void attributes(void **state) {
    (void)state;
    assert_spared("<p data-x=\"a > b\" class=\"c\" onclick='d()'>e", "<p>e");
    assert_spared("<img\n src=\"a\" hidden alt=\"b\"/>", "<img/>");
    assert_spared("<a href=\"x\" data-a=\"<script>\">b</a><script>c</script>",
                  "<a>b</a><script></script>");
    assert_spared("<p @x=\"a\" data-b=\"<script>\">c", "<p>c");
    assert_spared("<p id=b data-c = \"d\">e", "<p>e");
    assert_spared("<p data-a=\"b\"data-c=\"d\">e", "<p>e");
    /* A tag with something odd in it stands as it is. */
    assert_spared("<p id=\"a\" / class=\"c\">e", "<p id=\"a\" / class=\"c\">e");
    assert_spared("<p id=\"a\" c\"d>e", "<p id=\"a\" c\"d>e");
    assert_spared("<p<b id=\"a\">e", "<p<b id=\"a\">e");
    assert_spared("<p id=\"a\" class=\"never closed>", "<p id=\"a\" class=\"never closed>");
    assert_spared("1 < 2 <", "1 < 2 <");
}

static void text_between_tags(void **state) {
    (void)state;
    assert_spared("<p>It is told that text is here.</p>\n            <p>", "<p>I</p>\n<p>");
    assert_spared("<p>\n                It is told that text is here.<p>", "<p>\nI<p>");
    assert_spared("<p>\xC3\x84pfel und Birnen am Baum</p>", "<p>\xC3\x84</p>");
    assert_spared("<p>It is less than < b, or so it seems<p>", "<p>I< b, or so it seems<p>");
    /* Where one libxml2 may see markup and another text, all stands. */
    assert_spared("<p>&nbsp;all of it stands</p>", "<p>&nbsp;all of it stands</p>");
    assert_spared("<!odd>all of it stands<p>", "<!odd>all of it stands<p>");
    assert_spared("<title>all of it stands</title>", "<title>all of it stands</title>");
    assert_spared("<p c\"d>all of it stands</p>", "<p c\"d>all of it stands</p>");
}

static void bytes_that_lead_astray(void **state) {
    (void)state;
    news_arena arena = {0};
    news_spared spared;
    const char page[] = "a\0b\x01\x0C\xFF\t\xC3\xA4\xEF\xBF\xBF";
    assert_true(news_spare_html(&arena, page, sizeof page - 1, &spared));
    assert_int_equal(spared.n, sizeof page - 1);
    assert_memory_equal(spared.bytes,
                        "a\x7F"
                        "b\x7F \x7F\t\xC3\xA4\x7F\x7F\x7F",
                        spared.n + 1);
    assert_true(news_spare_nothing(&arena, "<p data-a=\"b\">\x02", 15, &spared));
    assert_string_equal(spared.bytes, "<p data-a=\"b\">\x7F");
    news_arena_free(&arena);
}

/* Text beside what is left out stands at its very bytes. */
static void text_keeps_its_place(void **state) {
    (void)state;
    const char page[] = "<body><p data-a='>' id=\"x\">One &amp; <b data-c=\"d\">two</b><!-- ( -->, "
                        "three.<script>x = "
                        "'</b><p>no';</script> Four.</p><p>Five.</p>";
    news_arena arena = {0};
    news_source source;
    news_reading reading = {0};
    assert_true(news_source_read(&arena, &source, page, sizeof page - 1, NEWS_ENCODING_UTF8));
    assert_true(news_read_html(&arena, &source, &reading));
    const news_text *text = &reading.text;
    assert_int_equal(reading.passages.list.n, 3);
    const char *const words[] = {"One", "two", ", three", "Four", "Five"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        for (uint32_t at = 0;; at++) {
            assert_true(at + strlen(words[i]) <= text->n);
            if (memcmp(text->bytes + at, words[i], strlen(words[i])) == 0) {
                news_span origin =
                    news_map_origin(&text->map, (news_span){at, at + (uint32_t)strlen(words[i])});
                assert_int_equal(origin.from, strstr(page, words[i]) - page);
                assert_int_equal(origin.to - origin.from, strlen(words[i]));
                break;
            }
        }
    }
    news_arena_free(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scripts_styles_and_comments), cmocka_unit_test(attributes),
        cmocka_unit_test(text_between_tags),           cmocka_unit_test(bytes_that_lead_astray),
        cmocka_unit_test(text_keeps_its_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
