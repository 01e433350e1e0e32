/* Places of what tags stand for: a quotation's marks are its tags. */
#include "analysis.h"

static void a_quotations_marks_stand_for_its_tags(void **state) {
    (void)state;
    /* The first implies a page and a paragraph, of which the parser tells before. */
    static const char *const pages[] = {"<q>It leaks</q> <b>again</b>",
                                        "<html><body><p><q>It leaks</q> <b>again</b>"};
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        const char *page = pages[i], *open = strstr(page, "<q>"), *close = strstr(page, "</q>");
        news_error error;
        news_document *d =
            news_document_parse(page, strlen(page), &(news_options){.name = "a.html"}, &error);
        assert_non_null(d);
        news_string text = news_document_text(d);
        static const char expected[] = "“It leaks” again";
        assert_true(text.n >= sizeof expected - 1);
        assert_memory_equal(text.bytes, expected, sizeof expected - 1);
        news_piece first = news_document_piece(d, 0);
        assert_int_equal(first.source.from, open - page);
        assert_int_equal(first.source.to, open + 3 - page);
        uint32_t last = (uint32_t)(strstr(expected, "”") - expected);
        news_piece mark = news_document_piece(d, last);
        assert_int_equal(mark.source.from, close - page);
        assert_int_equal(mark.source.to, close + 4 - page);
        news_document_free(d);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_quotations_marks_stand_for_its_tags),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
