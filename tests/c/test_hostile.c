/* Input that nobody meant to be read: each must give a result or one clear refusal, in linear time.
 * The list is here to be extended: whatever once hurt gets a name in it. */
#include "analysis.h"

#include <time.h>

enum { LARGE = 200000, LINES = 200000 };

/* So slow that only a scan without end reaches it, even under the sanitizers on a busy machine. */
enum { MOST_SECONDS = 30 };

typedef struct hostile {
    const char *name;
    const char *unit; /* repeated ... */
    size_t n_unit;    /* bytes of it, NULs among them */
    size_t n;         /* ... up to so many bytes */
} hostile;

#define REPEATED(name, unit, n)                                                                    \
    { name, unit, sizeof(unit) - 1, n }

static const hostile list[] = {
    REPEATED("nothing", "x", 0),
    REPEATED("one byte", "x", 1),
    REPEATED("one blank", " ", 1),
    REPEATED("one line end", "\n", 1),
    REPEATED("one carriage return", "\r", 1),
    REPEATED("a byte order mark alone", "\xEF\xBB\xBF", 3),
    REPEATED("one word of 200,000 bytes", "x", LARGE),
    REPEATED("one word of ten megabytes", "x", 10000000),
    REPEATED("one name of ten megabytes", "NATO-", 10000000),
    REPEATED("one line of ten megabytes", "Word after word is said here. ", 10000000),
    REPEATED("200,000 lines", "A line\n", LINES * 7),
    REPEATED("20,000 sentences", "He said that it was so, and it was.\n", LINES * 36 / 10),
    REPEATED("200,000 blank lines", "\n", LINES),
    REPEATED("blanks only", "\t \xC2\xA0", LARGE),
    REPEATED("NULs among text", "text\0text. ", LARGE),
    REPEATED("invalid UTF-8", "\xC3(\x80\xFF ab ", LARGE),
    REPEATED("cut-off sequences", "\xE2\x80\n", LARGE),
    REPEATED("opening marks", "\"", 100000),
    REPEATED("typed opening marks", "\xE2\x80\x9C", 300000),
    REPEATED("apostrophes", "' ", LARGE),
    REPEATED("cues between commas", "it leaks, he said, it sinks, ", LARGE),
    REPEATED("fragments without a cue", "she sailed for \"a boat that is old\" ", LARGE),
    REPEATED("colons before marks", "he was blunt: \"it leaks\" ", LARGE),
    REPEATED("full stops", ".", LARGE),
    REPEATED("question marks and a letter", "???????????????x", LARGE),
    REPEATED("spaced dots", " .", LARGE),
    REPEATED("carriage returns", "line\r", LARGE),
    REPEATED("CRLF", "line\r\n", LARGE),
    REPEATED("no letters", "12 34 -- 56 ** ++\n", LARGE),
    REPEATED("right to left",
             "\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D \xD7\xA2\xD7\x95\xD7\x9C\xD7\x9D.\n", LARGE),
    REPEATED("Chinese", "\xE4\xB8\xAD\xE5\x9B\xBD\xE3\x80\x82", LARGE),
    REPEATED("the same headline again and again", "Prime Minister Wins Vote of Confidence\n",
             LARGE),
    REPEATED("speakers only", "ANNA BERG: Yes.\nTOM OSEI: No.\n", LARGE),
    REPEATED("times only", "10:15 GMT\n", LARGE),
    REPEATED("dates only", "August 26, 2021\n", LARGE),
    REPEATED("bylines only", "By Anna Berg, Tom Osei and Eva Lind | Reuters\n", LARGE),
    REPEATED("bars", "|", LARGE),
    REPEATED("comments only", "Comments\nPosted by: Jan on May 3, 2022 10:05 AM\n", LARGE),
    REPEATED("bullets", "- \n", LARGE),
    REPEATED("open brackets", "[", LARGE),
    REPEATED("open links", "[a](", LARGE),
    REPEATED("closed brackets", "]", LARGE),
    REPEATED("link targets", "](", LARGE),
    REPEATED("stars", "*", LARGE),
    REPEATED("stars and letters", "*a **b ", LARGE),
    REPEATED("underscores", "_a ", LARGE),
    REPEATED("backticks", "` `` ``` ", LARGE),
    REPEATED("growing backticks", "a`b``c```d````", LARGE),
    REPEATED("angle brackets", "<", LARGE),
    REPEATED("open tags", "<a ", LARGE),
    REPEATED("open comments", "<!-- ", LARGE),
    REPEATED("open comments, a line each", "<!--\n", LARGE),
    REPEATED("open scripts, a line each", "<script>\n", LARGE),
    REPEATED("backslashes", "\\", LARGE),
    REPEATED("block quotes", "> ", LARGE),
    REPEATED("deep block quotes, a line each", "> > > > a\n", LARGE),
    REPEATED("deep lists", "- - - a\n  - b\n    - c\n", LARGE),
    REPEATED("headings", "# a\n", LARGE),
    REPEATED("setext rules", "a\n-\n", LARGE),
    REPEATED("table rules", "a|b\n-|-\n", LARGE),
    REPEATED("fences", "```\n", LARGE),
    REPEATED("open front matter", "---\n", LARGE),
    REPEATED("keys", "---\ntitle: x\n", LARGE),
    REPEATED("references", "&amp;&#65;&quot;", LARGE),
    REPEATED("half references", "&#&x&am", LARGE),
    REPEATED("numbers of list items", "1. a 2. b 3. c ", LARGE),
};

static char *made(const hostile *h) {
    char *bytes = malloc(h->n + 1);
    assert_non_null(bytes);
    for (size_t at = 0; at < h->n; at++) {
        bytes[at] = h->unit[at % h->n_unit];
    }
    return bytes;
}

static void survives(const hostile *h, const char *file) {
    char *bytes = made(h);
    clock_t start = clock();
    news_error error;
    news_options options = {.name = file, .read_only = true};
    news_document *document = news_document_parse(bytes, h->n, &options, &error);
    double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
    if (!document) { /* a refusal says why */
        assert_int_equal(error.status, NEWS_ERROR_NOT_TEXT);
        assert_non_null(error.message);
    }
    if (seconds > MOST_SECONDS) {
        fail_msg("%s as %s took %.1f seconds", h->name, file, seconds);
    }
    if (getenv("NEWSOUTLINE_TIMES") && seconds > 0.2) {
        print_message("%6.2f s  %s as %s\n", seconds, h->name, file);
    }
    news_document_free(document);
    free(bytes);
}

static void survives_as_text(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
        survives(&list[i], "hostile.txt");
    }
}

static void survives_as_markdown(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
        survives(&list[i], "hostile.md");
    }
}

static void an_empty_file_has_nothing(void **state) {
    (void)state;
    news_document *document = parse_as("empty.txt", "", 0);
    const news_analysis *a = news_document_analysis(document);
    assert_int_equal(a->n_blocks, 0);
    assert_int_equal(a->n_sections, 0);
    assert_null(a->headline.text.bytes);
    assert_int_equal(a->headline.span.from, NEWS_NONE);
    news_document_free(document);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_file_has_nothing),
        cmocka_unit_test(survives_as_text),
        cmocka_unit_test(survives_as_markdown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
