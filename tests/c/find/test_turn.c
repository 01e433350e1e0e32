/* Speakers with a mark between their name and their words. */
#include "quoted.h"

static void reads_colons_and_dashes(void **state) {
    (void)state;
    expect("Hall: “It leaks.”", "direct|Tom Hall|:|“It leaks.”\n");
    expect("“It leaks.” – Tom Hall", "direct|Tom Hall|–|“It leaks.”\n");
    expect("“It leaks.”— Tom Hall", "direct|Tom Hall|—|“It leaks.”\n");
}

static void reads_the_turns_of_a_transcript(void **state) {
    (void)state;
    expect("ADA QUINT: You sold it?\n\nTOM HALL: I did. “Never again,” my wife said.\n\nADA QUINT: "
           "Why?\n\nTOM HALL: It leaked.",
           "indirect|Ada Quint|:|You sold it?\n"
           "indirect|Tom Hall|:|I did.\n"
           "direct|my wife|said|“Never again,”\n"
           "indirect|Ada Quint|:|Why?\n"
           "indirect|Tom Hall|:|It leaked.\n");
}

static void reads_posts_with_handles(void **state) {
    (void)state;
    expect("The boat is old. — Tom Hall (@tomhall) October 3, 2016",
           "indirect|Tom Hall|—|The boat is old\n");
}

static void leaves_out_the_time_of_an_entry(void **state) {
    (void)state;
    expect("18.20 Hall says the boat is ‘out of time’.",
           "mixed|Tom Hall|says|‘out of time’ {the boat is ‘out of time’}\n");
    expect("17.58 ‘I will not be lectured,’ the mayor, Ada Quint, replies.",
           "direct|Ada Quint|replies|‘I will not be lectured,’\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_colons_and_dashes),
        cmocka_unit_test(reads_the_turns_of_a_transcript),
        cmocka_unit_test(reads_posts_with_handles),
        cmocka_unit_test(leaves_out_the_time_of_an_entry),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
