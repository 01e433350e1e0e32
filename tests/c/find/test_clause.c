/* Subjects: how far the words that name a source go. */
#include "quoted.h"

static void bounds_a_subject_by_its_clause(void **state) {
    (void)state;
    expect("Fines reach £1,000, but the companies said the rules were “unclear”.",
           "mixed|the companies|said|“unclear” {the rules were “unclear”}\n");
    expect("Hall, whose boat leaks, pointed out that it is old.",
           "indirect|Tom Hall|pointed out|that it is old\n");
}

static void takes_in_what_describes_a_speaker(void **state) {
    (void)state;
    expect("“It leaks,” said Hall, a former sailor from Port Ellis.",
           "direct|Tom Hall|said|“It leaks,”\n");
    expect("Her opponent, Tom Hall, said it was “old”.",
           "mixed|Tom Hall|said|“old” {it was “old”}\n");
    expect("A document on the town’s website states that it is “old”.",
           "mixed|A document|states|“old” {that it is “old”}\n");
}

static void finds_a_subject_that_stands_elsewhere(void **state) {
    (void)state;
    expect("Hall, who in 2010 called the ferry “a bathtub”, has left.",
           "mixed|Tom Hall|called|“a bathtub” {the ferry “a bathtub”}\n");
    expect("After saying the crew was “worn out”, Hall went home.",
           "mixed|Tom Hall|saying|“worn out” {the crew was “worn out”}\n");
    expect("“We sail,” Quint told the crew, adding: “Not today.”",
           "direct|Ada Quint|told|“We sail,”\n"
           "direct|Ada Quint|adding|“Not today.”\n");
    expect("The film shows footage of Hall saying the boat was “old”.",
           "mixed|Tom Hall|saying|“old” {the boat was “old”}\n");
}

static void reads_ages_and_descents_as_part_of_the_subject(void **state) {
    (void)state;
    expect("Eva Hahn, 63, a baker raised in Port Ellis, said she wanted a bridge.",
           "indirect|Eva Hahn|said|she wanted a bridge\n");
    expect("As part of a deal, Eva Hahn, 44, said that she would leave.",
           "indirect|Eva Hahn|said|that she would leave\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bounds_a_subject_by_its_clause),
        cmocka_unit_test(takes_in_what_describes_a_speaker),
        cmocka_unit_test(finds_a_subject_that_stands_elsewhere),
        cmocka_unit_test(reads_ages_and_descents_as_part_of_the_subject),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
