/* Memory that runs out at every single place: each parse must end in "out of memory", leak nothing
 * and not crash.
 *
 * The linker swaps the arena's functions, as the other rooms see them, for the ones below, which
 * say no from a chosen call on. */
#include "arena.h"

#include <stdarg.h>
#include <setjmp.h>
#include <cmocka.h>
#include <string.h>

static unsigned long calls, allowed;

void *__real_news_arena_alloc(news_arena *arena, size_t n);
void *__real_news_arena_array(news_arena *arena, size_t n, size_t size);
news_string __real_news_arena_copy(news_arena *arena, const char *bytes, size_t n);
void *__real_news_arena_grow(news_arena *arena, void *old, uint32_t n, uint32_t *capacity,
                             size_t size);
void *__wrap_news_arena_alloc(news_arena *arena, size_t n);
void *__wrap_news_arena_array(news_arena *arena, size_t n, size_t size);
news_string __wrap_news_arena_copy(news_arena *arena, const char *bytes, size_t n);
void *__wrap_news_arena_grow(news_arena *arena, void *old, uint32_t n, uint32_t *capacity,
                             size_t size);

static bool may_go_on(void) {
    return calls++ < allowed;
}

void *__wrap_news_arena_alloc(news_arena *arena, size_t n) {
    return may_go_on() ? __real_news_arena_alloc(arena, n) : NULL;
}

void *__wrap_news_arena_array(news_arena *arena, size_t n, size_t size) {
    return may_go_on() ? __real_news_arena_array(arena, n, size) : NULL;
}

news_string __wrap_news_arena_copy(news_arena *arena, const char *bytes, size_t n) {
    return may_go_on() ? __real_news_arena_copy(arena, bytes, n) : (news_string){NULL, 0};
}

void *__wrap_news_arena_grow(news_arena *arena, void *old, uint32_t n, uint32_t *capacity,
                             size_t size) {
    return may_go_on() ? __real_news_arena_grow(arena, old, n, capacity, size) : old;
}

static const char article[] =
    "Harbour Town Votes To Keep Its Ferry\r\n\r\nBy Ana Ruiz and Tom Hall | Daily Post\r\nMarch 3, "
    "2024\r\n\r\n"
    "PORT ELLIS, March 3 (Post) -- The mayor, Ada Quint, said on Sunday that the ferry was \x93not "
    "for sale.\x94 "
    "\x93We keep it,\x94 she said. \x93"
    "All of it.\x94\r\n\r\nThe vote\r\n\r\nAccording to the Harbour Works Office (HWO), "
    "both sides had agreed \x93to wait.\x94 HWO chief Bill Tan denied it on Monday.\r\n\r\n- first "
    "point\r\n- second point\r\n\r\n"
    "Share this\r\n";

static const char markdown[] =
    "---\ntitle: Ferry stays\nauthor: Ana Ruiz\ndate: 2024-03-03\n---\n# Ferry stays\n\n## The "
    "vote\n\n"
    "\"We *keep* it,\" Ada Quint said.\n\n> All of it.\n\n* one\n* two\n\n```\ncode\n```\n";

static void fails_cleanly(const char *bytes, size_t n, news_format format) {
    news_options options = {.format = format};
    news_error error;
    calls = 0;
    allowed = (unsigned long)-1;
    news_document *document = news_document_parse(bytes, n, &options, &error);
    assert_non_null(document);
    news_document_free(document);
    unsigned long total = calls;
    assert_true(total > 10);
    for (unsigned long i = 0; i < total; i++) {
        calls = 0;
        allowed = i;
        document = news_document_parse(bytes, n, &options, &error);
        if (document) {
            fail_msg("call %lu of %lu failed and nobody noticed", i, total);
        }
        assert_int_equal(error.status, NEWS_ERROR_MEMORY);
        assert_non_null(error.message);
    }
}

static void plain_text(void **state) {
    (void)state;
    fails_cleanly(article, sizeof article - 1, NEWS_FORMAT_TEXT);
}

static void markdown_text(void **state) {
    (void)state;
    fails_cleanly(markdown, sizeof markdown - 1, NEWS_FORMAT_MARKDOWN);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_text),
        cmocka_unit_test(markdown_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
