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

static void assert_iso(news_date date, const char *wanted) {
    assert_text(date.iso, wanted);
}

static void text_and_prefixes_of_atom(void **state) {
    (void)state;
    static const char feed[] =
        "<atom:feed xmlns:atom='http://www.w3.org/2005/Atom' "
        "xml:lang='en'><atom:title>Bay</atom:title>"
        "<atom:author><atom:name>The desk</atom:name></atom:author>"
        "<atom:entry><atom:title type='text'>A &lt; B</atom:title><atom:author><atom:name>Ana Ruiz"
        "</atom:name></atom:author><atom:summary>Short.</atom:summary>"
        "<atom:published>2024-09-10T07:00:00Z</atom:published>"
        "<atom:updated>2024-09-11T07:00:00Z</atom:updated>"
        "<atom:content type='text'>Plain &amp; text.</atom:content></atom:entry>"
        "<atom:entry><atom:title type='xhtml'><div>An <em>odd</em> title</div></atom:title>"
        "<atom:updated>2024-09-12T07:00:00Z</atom:updated>"
        "<atom:content type='html'><![CDATA[<p>One</p><p>Two</p>]]></atom:content></atom:entry>"
        "</atom:feed>";
    news_document *document = parse(feed, strlen(feed), NEWS_FORMAT_XML);
    const news_analysis *found = news_document_analysis(document);
    assert_int_equal(found->format, NEWS_FORMAT_ATOM);
    assert_text(found->publisher, "Bay");
    assert_int_equal(found->n_items, 2);
    assert_text(found->items[0].headline.text, "A < B");
    assert_text(found->items[0].dek.text, "Short.");
    assert_int_equal(found->items[0].n_bylines, 1);
    assert_text(found->items[0].bylines[0].text, "Ana Ruiz");
    assert_iso(found->items[0].date, "2024-09-10T07:00:00Z");
    assert_iso(found->items[0].modified, "2024-09-11T07:00:00Z");
    assert_text(found->items[1].headline.text, "An odd title");
    assert_int_equal(found->items[1].n_bylines, 0);
    assert_int_equal(found->blocks[found->n_blocks - 1].role, NEWS_ROLE_PARAGRAPH);
    news_document_free(document);
}

static void dates_and_languages_of_newsml(void **state) {
    (void)state;
    static const char first[] =
        "<NewsML><NewsItem><NewsManagement><FirstCreated>20060308T160000Z</FirstCreated>"
        "<ThisRevisionCreated>20060308T174500+0100</ThisRevisionCreated></NewsManagement>"
        "<NewsComponent><NewsLines><HeadLine>Back</HeadLine><CopyrightLine>(c) Us</CopyrightLine>"
        "</NewsLines><DescriptiveMetadata><Language FormalName='en'/></DescriptiveMetadata>"
        "</NewsComponent></NewsItem></NewsML>";
    news_document *document = parse(first, strlen(first), NEWS_FORMAT_XML);
    const news_analysis *found = news_document_analysis(document);
    assert_int_equal(found->format, NEWS_FORMAT_NEWSML);
    assert_iso(found->items[0].date, "2006-03-08T16:00:00Z");
    assert_iso(found->items[0].modified, "2006-03-08T17:45:00+01:00");
    assert_int_equal(found->blocks[1].role, NEWS_ROLE_BOILERPLATE);
    news_document_free(document);
    static const char list[] =
        "<packageItem xml:lang='en-GB'><groupSet><group><itemRef><headline>One</headline></itemRef>"
        "<itemRef><title>Two</title></itemRef></group></groupSet></packageItem>";
    document = parse(list, strlen(list), NEWS_FORMAT_XML);
    found = news_document_analysis(document);
    assert_int_equal(found->n_items, 2);
    assert_text(found->language, "en");
    assert_text(found->items[1].headline.text, "Two");
    news_document_free(document);
}

static void an_unknown_root_is_read_as_html(void **state) {
    (void)state;
    static const char other[] = "<sitemap><url>The council said so.</url></sitemap>";
    news_document *document = parse(other, strlen(other), NEWS_FORMAT_XML);
    assert_non_null(strstr(news_document_analysis(document)->note, "no news format"));
    news_document_free(document);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(items_of_a_feed),
        cmocka_unit_test(broken_xml_is_read_as_html),
        cmocka_unit_test(entities_are_never_read),
        cmocka_unit_test(deep_nesting),
        cmocka_unit_test(text_and_prefixes_of_atom),
        cmocka_unit_test(dates_and_languages_of_newsml),
        cmocka_unit_test(an_unknown_root_is_read_as_html),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
