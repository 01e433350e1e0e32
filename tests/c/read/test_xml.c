/* News XML: what each format's elements become, and what happens to files that are hostile or
 * broken. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "newsoutline.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static news_document *parse(const char *source, size_t n, news_format format) {
    news_options options = {.format = format, .is_utf8 = true, .read_only = true};
    news_error error;
    news_document *document = news_document_parse(source, n, &options, &error);
    assert_non_null(document);
    return document;
}

static void assert_text(news_string string, const char *wanted) {
    assert_int_equal(string.n, strlen(wanted));
    assert_memory_equal(string.bytes, wanted, string.n);
}

static void items_of_a_feed(void **state) {
    (void)state;
    static const char feed[] =
        "<rss><channel><title>Desk</title>"
        "<item><title>A &amp; B</title><description>Short.</description>"
        "<content:encoded xmlns:content='c'><![CDATA[<p>Long <i>text</i>.</p>"
        "]]></content:encoded></item>"
        "<item><title>C</title><description>&lt;p&gt;D&lt;/p&gt;</description>"
        "</item></channel></rss>";
    news_document *document = parse(feed, strlen(feed), NEWS_FORMAT_AUTO);
    const news_analysis *found = news_document_analysis(document);
    assert_int_equal(found->format, NEWS_FORMAT_RSS);
    assert_int_equal(found->n_items, 2);
    assert_text(found->items[0].headline.text, "A & B");
    assert_text(found->items[0].dek.text, "Short.");
    assert_null(found->items[1].dek.text.bytes);
    assert_int_equal(found->n_sections, 2);
    assert_int_equal(found->sections[1].kind, NEWS_SECTION_ITEM);
    news_span last = news_document_source_span(document, found->blocks[found->n_blocks - 1].span);
    assert_int_equal(last.to - last.from, 1);
    assert_int_equal(feed[last.from], 'D');
    news_document_free(document);
}

static void broken_xml_is_read_as_html(void **state) {
    (void)state;
    static const char broken[] = "<rss><item><title>Open<description>The council said on Monday "
                                 "that it would not pay for the bridge.</item>";
    news_document *document = parse(broken, strlen(broken), NEWS_FORMAT_XML);
    const news_analysis *found = news_document_analysis(document);
    assert_int_equal(found->format, NEWS_FORMAT_HTML);
    assert_non_null(strstr(found->note, "broken"));
    news_document_free(document);
}

/* An external entity names a file; a chain of entities would grow to a billion. */
static void entities_are_never_read(void **state) {
    (void)state;
    static const char hostile[] =
        "<!DOCTYPE rss [<!ENTITY x SYSTEM 'file:///etc/hostname'><!ENTITY a 'lol'>"
        "<!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;'>]>"
        "<rss><item><title>&x;|&c;</title></item></rss>";
    news_document *document = parse(hostile, strlen(hostile), NEWS_FORMAT_XML);
    const news_analysis *found = news_document_analysis(document);
    assert_int_equal(found->format, NEWS_FORMAT_RSS);
    assert_text(found->items[0].headline.text, "&x;|&c;");
    news_document_free(document);
}

/* A hundred thousand open elements, in either reader. */
static void deep_nesting(void **state) {
    (void)state;
    enum { DEEP = 100000 };
    char *source = malloc(16 + DEEP * 3);
    assert_non_null(source);
    for (news_format format = NEWS_FORMAT_HTML; format <= NEWS_FORMAT_XML; format++) {
        memcpy(source, "<rss>", 5);
        for (size_t i = 0; i < DEEP; i++) {
            memcpy(source + 5 + i * 3, "<b>", 3);
        }
        news_document_free(parse(source, 5 + DEEP * 3, format));
    }
    free(source);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(items_of_a_feed),
        cmocka_unit_test(broken_xml_is_read_as_html),
        cmocka_unit_test(entities_are_never_read),
        cmocka_unit_test(deep_nesting),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
