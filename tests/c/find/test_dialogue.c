/* Whom a quote without a cue goes on from. */
#include "quoted.h"

static void alternates_between_two(void **state) {
    (void)state;
    expect("“What now?” Quint asked.\n\n“We wait,” Hall said.\n\n“How long?”\n\n“Until May.”",
           "direct|Ada Quint|asked|“What now?”\n"
           "direct|Tom Hall|said|“We wait,”\n"
           "direct|Ada Quint||“How long?”\n"
           "direct|Tom Hall||“Until May.”\n");
}

static void goes_on_from_the_sentence_before(void **state) {
    (void)state;
    expect("Quint shook her head. “Nobody has.”", "direct|Ada Quint||“Nobody has.”\n");
}

static void goes_on_from_the_paragraph_before(void **state) {
    (void)state;
    expect(
        "“It floats,” Quint said.\n\nHall said that it had sunk.\n\n“It lies on the ground now.”",
        "direct|Ada Quint|said|“It floats,”\n"
        "indirect|Tom Hall|said|that it had sunk\n"
        "direct|Tom Hall||“It lies on the ground now.”\n");
}

static void goes_on_under_the_heading_of_a_sheet(void **state) {
    (void)state;
    expect("Captain Tom Hall\n\nOn the leak:\n\n“We pump it out.”\n\nOn the tide:\n\n“It comes "
           "back.”\n\nMayor Ada Quint\n\nHow old is the boat?\n\n“As old as I am.”\n\n“It floats.”",
           "direct|Tom Hall||“We pump it out.”\n"
           "direct|Tom Hall||“It comes back.”\n"
           "direct|Ada Quint||“As old as I am.”\n"
           "direct|Ada Quint||“It floats.”\n");
}

static void names_what_it_is(void **state) {
    (void)state;
    expect("The port did not answer on Monday. In a statement it called the leak “small”.",
           "mixed|The port|called|“small” {the leak “small”}\n");
    expect("Quint put a notice in the window. It read: “Closed until May.”",
           "direct|a notice|read|“Closed until May.”\n");
}

static void gives_answers_to_who_is_interviewed(void **state) {
    (void)state;
    expect("Is it for sale?\n\n“Not while I am mayor.”\n\nDoes it leak?\n\n“A little. It is old.”",
           "direct|Ada Quint||“Not while I am mayor.”\n"
           "direct|Ada Quint||“A little. It is old.”\n");
    expect("Q: Does it leak?\n\nA: It does. People know.\n\nQ: Will it sink?\n\nA: It will not.",
           "indirect|Ada Quint|:|It does. People know.\n"
           "indirect|Ada Quint|:|It will not.\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(alternates_between_two),
        cmocka_unit_test(goes_on_from_the_sentence_before),
        cmocka_unit_test(goes_on_from_the_paragraph_before),
        cmocka_unit_test(goes_on_under_the_heading_of_a_sheet),
        cmocka_unit_test(names_what_it_is),
        cmocka_unit_test(gives_answers_to_who_is_interviewed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
