/* Pages and XML that mean harm or are damaged: nothing is read or fetched, time grows with the
 * bytes, and memory stays within a multiple of them. */
#define _DEFAULT_SOURCE /* fork, getrusage */
#include "analysis.h"

#include <libxml/parser.h>
#include <libxml/xmlIO.h>
#include <sys/resource.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    MOST_TIMES = 40,     /* bytes of memory for a byte of the source */
    SPARE_MEMORY = 1500, /* KiB beside that, whatever the input: the tables, the first chunks */
    MOST_SECONDS = 60,   /* only a scan without end reaches it, even under the sanitizers */
};

/* ---- Time and memory --------------------------------------------------------------------------
 */

/* A head, a unit repeated up to `n` bytes, a tail. */
typedef struct bad {
    const char *name, *file;
    const char *head, *unit, *tail;
    size_t n;
} bad;

#define MIB ((size_t)1 << 20)
#define HALF (MIB / 2)
#define AUTHORS                                                                                    \
    "<p>Written by Ada Quint</p><a rel=author>Tom Hall</a><span class=byline>By X</span>"
#define JSON "<script type=application/ld+json>"

static const bad list[] = {
    {"a million nested tags", "a.html", "", "<div>", "text", 5000000},
    {"a million nested elements", "a.xml", "<rss>", "<a>", "text", 3000000},
    {"nested paragraphs", "a.html", "", "<p>", "", HALF},
    {"nested tables", "a.html", "", "<table><tr><td>x", "", HALF},
    {"nested lists", "a.html", "", "<ul><li>x", "", HALF},
    {"tiny paragraphs", "a.html", "", "<p>x", "", HALF},
    {"tiny paragraphs, few", "a.html", "", "<p>x", "", HALF / 8},
    {"tiny paragraphs, many", "a.html", "", "<p>x", "", 8 * MIB},
    {"tiny cells", "a.html", "<table>", "<td>1", "", HALF},
    {"tiny items", "a.html", "", "<li>x", "", HALF},
    {"tiny headings", "a.html", "", "<h1>x</h1>", "", HALF},
    {"tiny links", "a.html", "<p>", "<a href=x>y</a>", "", HALF},
    {"tiny lines", "a.html", "<p>", "x<hr>", "", HALF},
    {"tiny sentences", "a.html", "<p>", "I. ", "", HALF},
    {"tiny scripts", "a.html", "", "<script></script>x", "", HALF},
    {"tiny comments", "a.html", "<p>", "x<!---->", "", HALF},
    {"tiny inline elements", "a.html", "<p>", "<b>x</b>", "", HALF},
    {"tiny quotations", "a.html", "<p>", "<q>x</q>", "", HALF},
    {"tiny preformatted lines", "a.html", "<pre>", "x\n", "", HALF},
    {"named elements", "a.html", "", "<p class=byline>x", "", HALF},
    {"nested inline elements", "a.html", "", "<b><i><a href=x>y", "", HALF},
    {"elements that overlap", "a.html", "", "<b><p></b><i></p><a></i></a>x", "", HALF},
    {"everything unclosed", "a.html", "",
     "<html><body><div class='x'><p>a<b>c<table><td>d<ul><li>e", "", 2 * MIB},
    {"end tags of what is not open", "a.html", "", "<i data-a=\"b\"></q><b c=d></section>", "",
     HALF},
    {"end tags only", "a.html", "", "</div></p></b>x", "", HALF},
    {"50 MB in one attribute", "a.html", "<p title='", "x", "'>text</p>", 50 * MIB},
    {"50 MB in one attribute of XML", "a.xml", "<rss a='", "x", "'><item/></rss>", 50 * MIB},
    {"50 MB in an attribute that never ends", "a.html", "<p title='", "x", "", 50 * MIB},
    {"a million attributes", "a.html", "<p ", "a=b ", ">text</p>", 4000000},
    {"a tag that never ends", "a.html", "<p ", "a ", "", HALF},
    {"quotes in tags", "a.html", "", "<a b=\"'<a b='\">", "", HALF},
    {"comments that never end", "a.html", "", "<!-- ", "", HALF},
    {"comments that end oddly", "a.html", "", "<!--><!---><!----!>x", "", HALF},
    {"CDATA that never ends", "a.xml", "<rss>", "<![CDATA[", "", HALF},
    {"CDATA in a page", "a.html", "", "<![CDATA[x]]>", "", HALF},
    {"declarations", "a.html", "", "<!bad <?bad ", "", HALF},
    {"scripts that never end", "a.html", "", "<script>", "", HALF},
    {"scripts that nearly end", "a.html", "<script>", "</scrip", "", HALF},
    {"textareas and titles", "a.html", "", "<textarea><title>", "", HALF},
    {"angle brackets", "a.html", "", "<", "", HALF},
    {"angle brackets and slashes", "a.html", "", "</", "", HALF},
    {"ampersands", "a.html", "", "&", "", HALF},
    {"references that never end", "a.html", "", "&#x", "", HALF},
    {"long names of references", "a.html", "", "&aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "", HALF},
    {"references", "a.html", "<p>", "&amp;&#147;&hellip;", "", HALF},
    {"soft hyphens", "a.html", "<p>", "&shy;\xC2\xAD", "", HALF},
    {"bytes that are no UTF-8", "a.html", "<p>", "\xFF\xC3(", "", HALF},
    {"control characters", "a.html", "<p>", "abcdefghijklmnopqrstuvwxyz\x01\x02", "", HALF},
    {"line breaks", "a.html", "<p>", "x<br>\r\n<br/>", "", HALF},
    {"preformatted blanks", "a.html", "<pre>", " \n\t", "", HALF},
    {"deep JSON", "a.html", JSON, "[{\"author\":", "", HALF},
    {"JSON that opens strings", "a.html", JSON, "{\"a\":\"\\\"", "", HALF},
    {"JSON of many articles", "a.html", JSON "[",
     "{\"@type\":\"Article\",\"headline\":\"x\",\"author\":\"Ada Quint\"},", "]</script>", HALF},
    {"scripts of JSON", "a.html", "", JSON "{\"@type\":\"Article\",\"author\":\"A B\"}</script>",
     "", HALF},
    {"many authors", "a.html", "<title>x</title><h1>x</h1>", AUTHORS, "", HALF},
    {"many bylines", "a.html", "<h1>x</h1>", "<p class=byline>By Ada Quint and Tom Hall</p>", "",
     2 * MIB},
    {"many links to authors", "a.html", "", "<li><a href='/author/x'>Tom Hall</a></li>", "",
     2 * MIB},
    {"many cells", "a.html", "<table>", "<tr><td>Some cell text</td><td>200</td></tr>", "</table>",
     2 * MIB},
    {"many options", "a.html", "<select>", "<option>x", "</select>", 2 * MIB},
    {"many authors claimed", "a.html", "<title>x</title><h1>x</h1>", "<meta name=author content=Q>",
     "", HALF},
    {"many headlines", "a.html", "<title>A headline</title>",
     "<h1>A headline</h1><p>May 3, 2024</p>", "", HALF},
    {"many dates", "a.html", "<h1>x</h1>", "<time datetime=2024-05-03>May 3, 2024</time>", "",
     HALF},
    {"many items", "a.rss", "<rss><channel>", "<item><title>a</title></item>", "</channel></rss>",
     HALF},
    {"empty items", "a.rss", "<rss><channel>", "<item/>", "</channel></rss>", HALF},
    {"empty entries", "a.atom", "<feed>", "<entry/>", "</feed>", HALF},
    {"tiny paragraphs of NITF", "a.xml", "<nitf><body><body.content>", "<p>x</p>",
     "</body.content></body></nitf>", HALF},
    {"tiny paragraphs of items", "a.rss", "<rss><channel>",
     "<item><description><![CDATA[<p>x<p>x<p>x<p>x<p>x<p>x<p>x<p>x]]></description></item>",
     "</channel></rss>", HALF},
    {"many items with HTML", "a.rss", "<rss><channel>",
     "<item><description>&lt;p&gt;a&lt;/p&gt;</description></item>", "</channel></rss>", HALF},
    {"one long text of a feed", "a.rss", "<rss><channel><item><description>", "&lt;b&gt;a",
     "</description></item></channel></rss>", HALF},
};

static char *made(const bad *b, size_t *n) {
    size_t head = strlen(b->head), unit = strlen(b->unit), tail = strlen(b->tail), at = head;
    char *bytes = malloc(head + b->n + unit + tail + 1);
    assert_non_null(bytes);
    memcpy(bytes, b->head, head);
    while (at - head < b->n) {
        memcpy(bytes + at, b->unit, unit);
        at += unit;
    }
    memcpy(bytes + at, b->tail, tail + 1);
    *n = at + tail;
    return bytes;
}

static double seconds_of(const bad *b, const char *bytes, size_t n) {
    clock_t start = clock();
    news_error error;
    news_options options = {.name = b->file, .read_only = true};
    news_document *document = news_document_parse(bytes, n, &options, &error);
    if (!document) {
        fail_msg("%s: %s", b->name, error.message);
    }
    news_document_free(document);
    return (double)(clock() - start) / CLOCKS_PER_SEC;
}

static void time_grows_with_the_bytes(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
        bad small = list[i];
        small.n /= 8;
        size_t n, n_small;
        char *bytes = made(&list[i], &n), *few = made(&small, &n_small);
        double once = seconds_of(&small, few, n_small), all = seconds_of(&list[i], bytes, n);
        if (getenv("NEWSOUTLINE_TIMES")) {
            print_message("%6.2f s, an eighth %6.3f s  %s\n", all, once, list[i].name);
        }
        /* Linear is eight times as much, quadratic sixty-four times. */
        if (all > MOST_SECONDS || all > 0.3 + 24 * once) {
            fail_msg("%s took %.2f seconds, an eighth of it %.3f", list[i].name, all, once);
        }
        free(bytes);
        free(few);
    }
}

static long peak(void) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

static void memory_is_bounded(void **state) {
    (void)state;
#if defined(__SANITIZE_ADDRESS__)
    skip(); /* the sanitizer's own memory would be measured */
#elif defined(__linux__)
    for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
        size_t n;
        char *bytes = made(&list[i], &n);
        fflush(stdout);
        pid_t child = fork(); /* a peak is never forgotten, so each has a process of its own */
        assert_true(child >= 0);
        if (child == 0) {
            long before = peak();
            news_error error;
            news_options options = {.name = list[i].file, .read_only = true};
            news_document *document = news_document_parse(bytes, n, &options, &error);
            long most = (long)(n / 1024) * MOST_TIMES + SPARE_MEMORY, used = peak() - before;
            if (getenv("NEWSOUTLINE_TIMES")) {
                printf("%5.1f times  %s\n", (double)used * 1024 / (double)n, list[i].name);
                fflush(stdout);
            }
            _exit(!document ? 2 : used > most ? 1 : 0);
        }
        int status = 0;
        assert_int_equal(waitpid(child, &status, 0), child);
        if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
            fail_msg("%s takes more than %d times its size", list[i].name, MOST_TIMES);
        }
        free(bytes);
    }
#else
    skip();
#endif
}

/* ---- Entities ---------------------------------------------------------------------------------
 */

static unsigned n_loaded;

static xmlParserInputPtr load_nothing(const char *url, const char *id, xmlParserCtxtPtr context) {
    (void)url;
    (void)id;
    (void)context;
    n_loaded++;
    return NULL;
}

/* Nothing of it is in the text, nothing was asked for. */
static void is_harmless(const char *xml, const char *absent) {
    static const char *const files[] = {"a.xml", "a.html"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        n_loaded = 0;
        xmlSetExternalEntityLoader(load_nothing);
        clock_t start = clock();
        news_document *document = parse_as(files[i], xml, strlen(xml));
        assert_true((double)(clock() - start) / CLOCKS_PER_SEC < 5);
        assert_int_equal(n_loaded, 0);
        news_string text = news_document_text(document);
        assert_true(text.n <= strlen(xml) + 16);
        if (absent && text.n) {
            char *copy = malloc(text.n + 1);
            assert_non_null(copy);
            memcpy(copy, text.bytes, text.n);
            copy[text.n] = 0;
            assert_null(strstr(copy, absent));
            free(copy);
        }
        news_document_free(document);
    }
}

static void entities_do_not_grow(void **state) {
    (void)state;
    is_harmless(
        "<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a 'ha ha ha ha'>"
        "<!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;'>"
        "<!ENTITY d '&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;'><!ENTITY e '&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;'>"
        "<!ENTITY f '&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;'><!ENTITY g '&f;&f;&f;&f;&f;&f;&f;&f;&f;&f;'>"
        "<!ENTITY h '&g;&g;&g;&g;&g;&g;&g;&g;&g;&g;'><!ENTITY i '&h;&h;&h;&h;&h;&h;&h;&h;&h;&h;'>"
        "]><rss><channel><item><title>&i;</title><description a='&i;'>&i;</description></item>"
        "</channel></rss>",
        "ha ha");
    is_harmless(
        "<!DOCTYPE rss [<!ENTITY a '&b;'><!ENTITY b '&a;'><!ENTITY % p '%p;'>%p;]><rss><channel>"
        "<item><title>&a;</title></item></channel></rss>",
        NULL);
}

static void a_long_entity_is_not_repeated(void **state) {
    (void)state;
    enum { LONG = 100000, TIMES = 20000 };
    char *xml = malloc(LONG + TIMES * 3 + 200);
    assert_non_null(xml);
    size_t n = (size_t)sprintf(xml, "<!DOCTYPE rss [<!ENTITY a '");
    memset(xml + n, 'x', LONG);
    n += LONG;
    n += (size_t)sprintf(xml + n, "'>]><rss><channel><item><title>");
    for (int i = 0; i < TIMES; i++) {
        n += (size_t)sprintf(xml + n, "&a;");
    }
    sprintf(xml + n, "</title></item></channel></rss>");
    is_harmless(xml, NULL);
    free(xml);
}

static void nothing_is_read_or_fetched(void **state) {
    (void)state;
    char path[] = "/tmp/newsoutline-secret-XXXXXX";
    int file = mkstemp(path);
    assert_true(file >= 0);
    static const char secret[] = "the secret of the file";
    assert_int_equal(write(file, secret, sizeof secret - 1), sizeof secret - 1);
    close(file);
    static const char *const forms[] = {
        "<!DOCTYPE rss [<!ENTITY a SYSTEM 'file://%s'>]><rss><channel><item><title>&a;</title>"
        "<description>&a;</description></item></channel></rss>",
        "<!DOCTYPE rss [<!ENTITY %% a SYSTEM 'file://%s'>%%a;]><rss><channel><item><title>x</title>"
        "</item></channel></rss>",
        "<!DOCTYPE rss SYSTEM "
        "'file://%s'><rss><channel><item><title>x</title></item></channel></rss>",
        "<!DOCTYPE rss PUBLIC 'x' "
        "'http://127.0.0.1:9/%s'><rss><channel><item><title>x</title></item>"
        "</channel></rss>",
        "<rss "
        "xmlns:xi='http://www.w3.org/2001/XInclude'><channel><item><title>x</title><description>"
        "<xi:include href='file://%s' parse='text'/></description></item></channel></rss>",
        "<html><body><iframe src='file://%s'></iframe><object "
        "data='x'></object><p>text</p></body></html>",
    };
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        char xml[600];
        snprintf(xml, sizeof xml, forms[i], path, path);
        is_harmless(xml, secret);
    }
    unlink(path);
}

/* ---- Damage -----------------------------------------------------------------------------------
 */

static void a_binary_file_is_refused(void **state) {
    (void)state;
    char bytes[4096];
    uint32_t seed = 7;
    for (size_t i = 0; i < sizeof bytes; i++) {
        seed = seed * 1103515245u + 12345u;
        bytes[i] = (char)(seed >> 16);
    }
    news_error error;
    news_options options = {.name = "picture.html"};
    assert_null(news_document_parse(bytes, sizeof bytes, &options, &error));
    assert_int_equal(error.status, NEWS_ERROR_NOT_TEXT);
}

static void a_nul_ends_nothing(void **state) {
    (void)state;
    static const char page[] =
        "<h1>Ferry\0 stays</h1><p>It was not clear who would pay\0 for the new "
        "engines, the council of the bay said.</p>";
    news_document *document = parse_as("a.html", page, sizeof page - 1);
    news_string text = news_document_text(document);
    assert_true(text.n > sizeof page - 30);
    static const char end[] = "the council of the bay said.";
    assert_memory_equal(text.bytes + text.n - (sizeof end - 1), end, sizeof end - 1);
    news_document_free(document);
}

static void broken_xml_says_so(void **state) {
    (void)state;
    static const char *const broken[] = {
        "<rss><channel><item><title>Ferry stays</item></channel></rss>",
        "<rss><channel><item><title>Ferry stays</title>",
        "<feed><entry a=b><title>Ferry stays</title></entry></feed>",
        "<nitf><body><body.content><p>Ferry stays <3</p></body.content></body></nitf>",
        "<newsItem><contentMeta><headline>Ferry stays</headline></contentMeta></newsItem><extra/>",
        "",
        "<rss><channel></rss>",
    };
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        news_document *document = parse_as("a.xml", broken[i], strlen(broken[i]));
        const news_analysis *a = news_document_analysis(document);
        assert_int_equal(a->format, NEWS_FORMAT_HTML);
        assert_non_null(strstr(a->note, "HTML"));
        news_string text = news_document_text(document);
        assert_true(i >= 5 || (text.n >= 11 && memcmp(text.bytes, "Ferry stays", 11) == 0));
        news_document_free(document);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_is_bounded), /* first: what the others leave behind counts */
        cmocka_unit_test(time_grows_with_the_bytes),
        cmocka_unit_test(entities_do_not_grow),
        cmocka_unit_test(a_long_entity_is_not_repeated),
        cmocka_unit_test(nothing_is_read_or_fetched),
        cmocka_unit_test(a_binary_file_is_refused),
        cmocka_unit_test(a_nul_ends_nothing),
        cmocka_unit_test(broken_xml_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
