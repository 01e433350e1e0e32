/* Encodings, line starts, and the way back from decoded text to the bytes on disk. */
#include "text.h"
#include "utf8.h"

#include <stdarg.h>
#include <setjmp.h>
#include <cmocka.h>
#include <string.h>

typedef struct reading {
    news_arena arena;
    news_source source;
    news_text text;
} reading;

static reading decoded(const char *bytes, size_t n) {
    reading r = {0};
    assert_true(
        news_source_read(&r.arena, &r.source, bytes, (uint32_t)n, news_source_guess(bytes, n)));
    assert_true(news_text_decode(&r.arena, &r.text, &r.source, (news_span){0, r.source.utf8.n}));
    assert_int_equal(news_utf8_valid(r.text.bytes, r.text.n), r.text.n);
    return r;
}

/* The source bytes of the first stretch of the text that reads `needle`. */
static news_span origin_of(const reading *r, const char *needle) {
    size_t n = strlen(needle);
    for (uint32_t at = 0; at + n <= r->text.n; at++) {
        if (memcmp(r->text.bytes + at, needle, n) == 0) {
            return news_map_origin(
                &r->source.map, news_map_origin(&r->text.map, (news_span){at, at + (uint32_t)n}));
        }
    }
    fail_msg("'%s' is not in the text", needle);
    return (news_span){0, 0};
}

static void expect(const char *bytes, size_t n, const char *text, const char *needle, uint32_t from,
                   uint32_t to) {
    reading r = decoded(bytes, n);
    assert_int_equal(r.text.n, strlen(text));
    assert_memory_equal(r.text.bytes, text, r.text.n);
    news_span span = origin_of(&r, needle);
    assert_int_equal(span.from, from);
    assert_int_equal(span.to, to);
    news_arena_free(&r.arena);
}

#define EXPECT(bytes, text, needle, from, to)                                                      \
    expect(bytes, sizeof(bytes) - 1, text, needle, from, to)

static void keeps_offsets_of_the_file_on_disk(void **state) {
    (void)state;
    EXPECT("plain “text”", "plain “text”", "“text”", 6, 16);
    EXPECT("\xEF\xBB\xBFwith a mark", "with a mark", "a mark", 8, 14);
    EXPECT("two\r\nlines\rthree", "two\nlines\nthree", "lines", 5, 10);
    EXPECT("two\r\nlines", "two\nlines", "two\nlines", 0, 10);
    EXPECT("say \x93hi\x94 \x80", "say “hi” €", "“hi”", 4, 8);
    EXPECT("caf\xE9 noir", "café noir", "é noir", 3, 9);
    EXPECT("\xFF\xFEh\0i\0\x1C\x20", "hi“", "i“", 4, 8);
    EXPECT("\xFE\xFF\0h\0i\xD8\x3D\xDE\0", "hi😀", "😀", 6, 10);
}

static void reads_controls_as_windows_1252(void **state) {
    (void)state;
    /* as an editor holds the file that was taken for ISO 8859-1 */
    EXPECT("say \xC2\x93hi\xC2\x94 caf\xC3\xA9", "say “hi” café", "“hi”", 4, 10);
    EXPECT("\xC2\x91", "‘", "‘", 0, 2);
    EXPECT("\xC2\x81 \xC2\xA0\xC2\x92", "\xC2\x81 \xC2\xA0’", "’", 5, 7);
    EXPECT("\xEF\xBB\xBF\xC2\x85 \xC2\x80", "… €", "€", 6, 8);
}

static void decodes_character_references_whole(void **state) {
    (void)state;
    EXPECT("&quot;Yes&quot; &amp; no", "\"Yes\" & no", "\"Yes\"", 0, 15);
    EXPECT("a &#8220;b&#x201D; c", "a “b” c", "“b”", 2, 18);
    EXPECT("AT&T &nosuch; &#0; &", "AT&T &nosuch; &#0; &", "&nosuch;", 5, 13);
}

static void reads_bytes_that_are_no_text_as_such(void **state) {
    (void)state;
    EXPECT("a\0b",
           "a\xEF\xBF\xBD"
           "b",
           "b", 2, 3);
    reading r = {0};
    assert_true(news_source_read(&r.arena, &r.source, "x\xFFy", 3, NEWS_ENCODING_UTF8));
    assert_true(news_text_decode(&r.arena, &r.text, &r.source, (news_span){0, 3}));
    assert_memory_equal(r.text.bytes, "x\xEF\xBF\xBDy", 5);
    news_span span = news_map_origin(&r.text.map, (news_span){1, 4});
    assert_int_equal(span.from, 1);
    assert_int_equal(span.to, 2);
    news_arena_free(&r.arena);
}

static void finds_rows_and_columns(void **state) {
    (void)state;
    reading r = decoded("ab\nc\n\nd", 7);
    static const struct {
        uint32_t offset, row, column;
    } cases[] = {{0, 0, 0}, {2, 0, 2}, {3, 1, 0}, {5, 2, 0}, {6, 3, 0}, {7, 3, 1}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        news_position p = news_source_position(&r.source, cases[i].offset);
        assert_int_equal(p.row, cases[i].row);
        assert_int_equal(p.column, cases[i].column);
    }
    news_arena_free(&r.arena);
}

static void maps_an_empty_text(void **state) {
    (void)state;
    reading r = decoded("", 0);
    assert_int_equal(r.text.n, 0);
    news_span span = news_map_origin(&r.text.map, (news_span){0, 0});
    assert_int_equal(span.from, span.to);
    assert_int_equal(news_source_position(&r.source, 0).row, 0);
    news_arena_free(&r.arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keeps_offsets_of_the_file_on_disk),
        cmocka_unit_test(reads_controls_as_windows_1252),
        cmocka_unit_test(decodes_character_references_whole),
        cmocka_unit_test(reads_bytes_that_are_no_text_as_such),
        cmocka_unit_test(finds_rows_and_columns),
        cmocka_unit_test(maps_an_empty_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
