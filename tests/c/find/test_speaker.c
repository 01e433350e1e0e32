/* From the words that name a source to the people behind them. */
#include "quoted.h"

static void resolves_pronouns_and_groups(void **state) {
    (void)state;
    expect("“It leaks,” Quint and Hall said.", "direct|Ada Quint; Tom Hall|said|“It leaks,”\n");
    expect("Hall is old. “It leaks,” he said.", "direct|Tom Hall|said|“It leaks,”\n");
}

static void passes_over_the_house_of_who_speaks(void **state) {
    (void)state;
    expect("“It leaks,” said the University of Edinburgh’s Tom Hall.",
           "direct|Tom Hall|said|“It leaks,”\n");
    expect("“It leaks,” said the head of Edinburgh’s port.",
           "direct|the head of Edinburgh’s port|said|“It leaks,”\n");
}

static void nobody_is_no_speaker(void **state) {
    (void)state;
    expect("The boat is old, and nobody expects that it will sail again.", "");
    expect("No one says that it leaks.", "");
}

static void keeps_unnamed_sources_as_they_are_said(void **state) {
    (void)state;
    expect("A senior official said the boat was “done”.",
           "mixed|A senior official|said|“done” {the boat was “done”}\n");
    expect("Hall’s brother-in-law said: “It leaks.”",
           "direct|Hall’s brother-in-law|said|“It leaks.”\n");
    expect("The sailors’ union said the boat was “golden”.",
           "mixed|The sailors’ union|said|“golden” {the boat was “golden”}\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(resolves_pronouns_and_groups),
        cmocka_unit_test(passes_over_the_house_of_who_speaks),
        cmocka_unit_test(nobody_is_no_speaker),
        cmocka_unit_test(keeps_unnamed_sources_as_they_are_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
