/* The arena: alignment, growth in place and elsewhere, sizes that overflow. */
#include "arena.h"

#include <stdarg.h>
#include <setjmp.h>
#include <cmocka.h>
#include <string.h>

static void hands_out_aligned_memory_that_does_not_overlap(void **state) {
    (void)state;
    news_arena arena = {0};
    char *last = NULL;
    for (size_t n = 0; n < 5000; n++) {
        char *at = news_arena_alloc(&arena, n);
        assert_non_null(at);
        assert_int_equal((uintptr_t)at % _Alignof(max_align_t), 0);
        memset(at, (int)(n & 0x7F), n);
        if (last && n > 1) {
            assert_int_equal(last[0], (int)((n - 1) & 0x7F));
            assert_int_equal(last[n - 2], (int)((n - 1) & 0x7F));
        }
        last = at;
    }
    news_arena_free(&arena);
    assert_null(arena.chunk);
}

static void grows_lists_and_keeps_what_is_in_them(void **state) {
    (void)state;
    news_arena arena = {0};
    NEWS_LIST(uint32_t) a = {0}, b = {0};
    for (uint32_t i = 0; i < 100000; i++) { /* two that grow in turn must not tread on each other */
        uint32_t *x = news_list_push(&arena, &a), *y = news_list_push(&arena, &b);
        assert_true(x && y);
        *x = i;
        *y = ~i;
    }
    for (uint32_t i = 0; i < 100000; i++) {
        assert_int_equal(a.at[i], i);
        assert_int_equal(b.at[i], ~i);
    }
    news_arena_free(&arena);
}

static void refuses_sizes_that_overflow(void **state) {
    (void)state;
    news_arena arena = {0};
    assert_null(news_arena_alloc(&arena, SIZE_MAX));
    assert_null(news_arena_array(&arena, SIZE_MAX / 4, 8));
    assert_null(news_arena_copy(&arena, "", NEWS_NONE).bytes);
    uint32_t capacity = UINT32_MAX / 2 + 1;
    char old;
    assert_ptr_equal(news_arena_grow(&arena, &old, 0, &capacity, 1), &old);
    assert_int_equal(capacity, UINT32_MAX / 2 + 1);
    news_arena_free(&arena);
}

static void clears_arrays_and_copies_strings(void **state) {
    (void)state;
    news_arena arena = {0};
    uint64_t *array = news_arena_array(&arena, 10, sizeof *array);
    for (size_t i = 0; i < 10; i++) {
        assert_int_equal(array[i], 0);
    }
    news_string copy = news_arena_copy(&arena, "dateline", 8);
    assert_int_equal(copy.n, 8);
    assert_memory_equal(copy.bytes, "dateline", 8);
    news_arena_free(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hands_out_aligned_memory_that_does_not_overlap),
        cmocka_unit_test(grows_lists_and_keeps_what_is_in_them),
        cmocka_unit_test(refuses_sizes_that_overflow),
        cmocka_unit_test(clears_arrays_and_copies_strings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
