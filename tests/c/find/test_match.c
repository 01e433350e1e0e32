/* Which report marked words belong to, and what they are by themselves. */
#include "quoted.h"

static void tells_names_from_words_that_are_said(void **state) {
    (void)state;
    expect("Robert “Bobby” Bell sails the “Star of the Sea” each day.",
           "term|||“Bobby”\n"
           "term|||“Star of the Sea”\n");
    expect("In his book “The Cold Sea”, Hall wrote that boats are “like wives”.",
           "term|||“The Cold Sea”\n"
           "mixed|Tom Hall|wrote|“like wives” {that boats are “like wives”}\n");
    expect("On “Harbour Talk,” Quint said it was “old”.",
           "term|||“Harbour Talk,”\n"
           "mixed|Ada Quint|said|“old” {it was “old”}\n");
}

static void prefers_who_can_speak(void **state) {
    (void)state;
    expect("Hall said it means the boat is “old”.",
           "mixed|Tom Hall|said|“old” {it means the boat is “old”}\n");
}

static void a_word_in_marks_before_a_name_is_a_by_name(void **state) {
    (void)state;
    expect("The jury will hear “Captain” Hall.", "term|||“Captain”\n");
    expect("“Never,” Hall said.", "direct|Tom Hall|said|“Never,”\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tells_names_from_words_that_are_said),
        cmocka_unit_test(prefers_who_can_speak),
        cmocka_unit_test(a_word_in_marks_before_a_name_is_a_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
