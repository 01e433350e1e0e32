/* Character sets that pages and XML files declare, rightly or not, and the way back to the bytes.
 */
#include "analysis.h"
#include "charset.h"
#include "source.h"

#define PAGE(head, body)                                                                           \
    "<html><head>" head "<title>A title</title></head><body><h1>A title</h1><p>" body              \
    " is what the mayor of the town said on Monday, and nobody in the room had a word against "    \
    "it.</p></body></html>"
#define META(charset) "<meta charset=\"" charset "\">"

static bool knows(const char *name) {
    news_decoder *decoder = news_charset_open(name);
    news_charset_close(decoder);
    return decoder != NULL;
}

/* The first paragraph starts with `text`, which stands in the file as `bytes`. */
static void reads(const char *name, const char *page, const char *text, const char *bytes) {
    news_document *document = parse_as(name, page, strlen(page));
    news_string all = news_document_text(document);
    size_t n = strlen(text), n_bytes = strlen(bytes);
    for (uint32_t at = 0; at + n <= all.n; at++) {
        if (memcmp(all.bytes + at, text, n) == 0) {
            news_span origin =
                news_document_source_span(document, (news_span){at, at + (uint32_t)n});
            assert_int_equal(origin.to - origin.from, n_bytes);
            assert_memory_equal(page + origin.from, bytes, n_bytes);
            news_document_free(document);
            return;
        }
    }
    fail_msg("'%s' is not in the text: %.*s", text, (int)all.n, all.bytes);
}

static void declarations_are_found(void **state) {
    (void)state;
    static const struct {
        const char *bytes, *name;
    } cases[] = {
        {"<meta charset=utf-8>", "UTF-8"},
        {"<META CHARSET = 'Windows-1251' />", "WINDOWS-1251"},
        {"<meta http-equiv=\"Content-Type\" content=\"text/html; charset=Shift_JIS\">",
         "SHIFT_JIS"},
        {"<?xml version=\"1.0\" encoding='ISO-8859-2'?><rss>", "ISO-8859-2"},
        {"\xEF\xBB\xBF<?xml version=\"1.0\" encoding='KOI8-R'?>", "KOI8-R"},
        {"<!-- <meta charset=big5> --><meta charset=gb2312>", "GBK"},
        {"<meta name=x content=charset><meta charset=latin1>", "WINDOWS-1252"},
        {"<meta charset=klingon>", ""},
        {"<meta charset=", NULL},
        {"<meta charset", NULL},
        {"<p>charset=utf-8", NULL},
        {"", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *name = news_charset_declared(cases[i].bytes, strlen(cases[i].bytes));
        if (!name || !cases[i].name) {
            assert_ptr_equal(name, cases[i].name);
        } else {
            assert_string_equal(name, cases[i].name);
        }
    }
}

static void declared_sets_are_decoded(void **state) {
    (void)state;
    if (!knows("WINDOWS-1251") || !knows("SHIFT_JIS")) {
        skip(); /* the system has no tables */
    }
    reads("a.html", PAGE(META("windows-1251"), "\xCC\xEE\xF1\xEA\xE2\xE0"), "Москва",
          "\xCC\xEE\xF1\xEA\xE2\xE0");
    reads("a.html",
          PAGE(META("iso-8859-2"), "\xA3\xF3"
                                   "d\xBC"),
          "Łódź",
          "\xA3\xF3"
          "d\xBC");
    reads("a.html", PAGE(META("koi8-r"), "\xED\xC9\xD2"), "Мир", "\xED\xC9\xD2");
    /* The second byte of 表 is a backslash, that of ア an A. */
    reads("a.html", PAGE(META("shift_jis"), "\x95\x5C\x83\x41"), "表ア", "\x95\x5C\x83\x41");
    reads("a.html", PAGE(META("gb2312"), "\xD6\xD0\xB9\xFA"), "中国", "\xD6\xD0\xB9\xFA");
    reads("a.html", PAGE(META("big5"), "\xA4\xA4\xB0\xEA"), "中國", "\xA4\xA4\xB0\xEA");
    reads("a.html", PAGE(META("euc-kr"), "\xC7\xD1\xB1\xB9"), "한국", "\xC7\xD1\xB1\xB9");
    reads("a.rss",
          "<?xml version=\"1.0\" encoding=\"windows-1251\"?><rss><channel><item><title>\xCC\xE8\xF0"
          "</title></item></channel></rss>",
          "Мир", "\xCC\xE8\xF0");
}

static void undeclared_bytes_are_windows_1252(void **state) {
    (void)state;
    reads("a.html",
          PAGE("", "\x93"
                   "caf\xE9\x94"),
          "“café”",
          "\x93"
          "caf\xE9\x94");
    reads("a.html",
          PAGE(META("klingon"), "\x93"
                                "caf\xE9\x94"),
          "“café”",
          "\x93"
          "caf\xE9\x94");
    reads("a.html",
          PAGE(META("iso-8859-1"), "\x93"
                                   "caf\xE9\x94"),
          "“café”",
          "\x93"
          "caf\xE9\x94");
}

static void a_lie_does_not_count(void **state) {
    (void)state;
    reads("a.html",
          PAGE(META("utf-8"), "\x93"
                              "caf\xE9\x94"),
          "“café”",
          "\x93"
          "caf\xE9\x94");
    reads("a.html", PAGE(META("iso-8859-1"), "“café”"), "“café”", "“café”");
    reads("a.html", PAGE(META("shift_jis"), "“café”"), "“café”", "“café”");
    reads("a.html", PAGE(META("utf-16"), "café"), "café", "café");
    /* Latin bytes that are no Korean: what is declared makes no sense of them. */
    reads("a.html", PAGE(META("euc-kr"), "na\xEFve caf\xE9 \x93z\x94"), "naïve café “z”",
          "na\xEFve caf\xE9 \x93z\x94");
    /* One bad byte among many good sequences is damage, not another encoding. */
    reads("a.html", PAGE(META("utf-8"), "äöüäöüäöüäöüäöüäöüäöüäöü \xE9 café"), "café", "café");
}

static void utf_16_is_known_without_a_mark(void **state) {
    (void)state;
    static const char ascii[] = PAGE("", "ABC");
    char page[2 * sizeof ascii];
    for (size_t i = 0; i < sizeof ascii; i++) {
        page[2 * i] = ascii[i];
        page[2 * i + 1] = 0;
    }
    news_document *document = parse_as("a.html", page, 2 * (sizeof ascii - 1));
    const news_analysis *a = news_document_analysis(document);
    assert_int_equal(a->headline.text.n, 7);
    news_span origin = news_document_source_span(document, a->headline.span);
    assert_int_equal(origin.to - origin.from, 14);
    assert_int_equal(page[origin.from], 'A');
    news_document_free(document);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(declarations_are_found),
        cmocka_unit_test(declared_sets_are_decoded),
        cmocka_unit_test(undeclared_bytes_are_windows_1252),
        cmocka_unit_test(a_lie_does_not_count),
        cmocka_unit_test(utf_16_is_known_without_a_mark),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
