/* Words that report, in whatever form they stand. */
#include "quoted.h"

static void knows_inflections(void **state) {
    (void)state;
    expect("Hall denies that it leaks.", "indirect|Tom Hall|denies|that it leaks\n");
    expect("Hall, admitting that it leaks, went home.",
           "indirect|Tom Hall|admitting|that it leaks\n");
    expect("Quint implied that it leaks.", "indirect|Ada Quint|implied|that it leaks\n");
}

static void prefers_a_word_to_the_head_of_a_longer_phrase(void **state) {
    (void)state;
    expect("“It leaks,” Hall warned.", "direct|Tom Hall|warned|“It leaks,”\n");
    expect("Hall warned of “a slow end”.",
           "mixed|Tom Hall|warned of|“a slow end” {“a slow end”}\n");
}

static void takes_the_longest_phrase(void **state) {
    (void)state;
    expect("Hall pointed out that it leaks.", "indirect|Tom Hall|pointed out|that it leaks\n");
    expect("“How much?” Hall wanted to know.", "direct|Tom Hall|wanted to know|“How much?”\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(knows_inflections),
        cmocka_unit_test(prefers_a_word_to_the_head_of_a_longer_phrase),
        cmocka_unit_test(takes_the_longest_phrase),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
