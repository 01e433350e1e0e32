/* Plain text: lines, and lines that were broken to a width. */
#include "analysis.h"

static void joins_lines_broken_to_a_width(void **state) {
    (void)state;
    expect_blocks("wire.txt",
                  "Ferry line halts night crossings\n\n"
                  "HARROW BAY, March 3 (Wire) -- The operator of the ferry line between\n"
                  "Harrow Bay and the islands said on Tuesday that it would halt all the\n"
                  "night crossings until the end of the month.\n"
                  "   The islands have been cut off twice since January, and each time it\n"
                  "was for longer than a day, their council said in a letter on Tuesday.\n\n"
                  "* a first point that is long enough to need a second line below its\n"
                  "  own bullet\n"
                  "* a second\n",
                  "headline|Ferry line halts night crossings\n"
                  "dateline|HARROW BAY, March 3 (Wire) --\n"
                  "paragraph|The operator of the ferry line between\n"
                  "Harrow Bay and the islands said on Tuesday that it would halt all the\n"
                  "night crossings until the end of the month.\n"
                  "paragraph|The islands have been cut off twice since January, and each time it\n"
                  "was for longer than a day, their council said in a letter on Tuesday.\n"
                  "list|a first point that is long enough to need a second line below its\n"
                  "  own bullet\n"
                  "list|a second\n");
}

/* A word processor breaks by the width of letters, not by their number, and leaves no blank line.
 */
static void joins_lines_with_a_ragged_margin(void **state) {
    (void)state;
    expect_blocks("page.txt",
                  "The owners of four boats will be given one more chance to\n"
                  "say yes to an order that lets them keep or buy a mooring in the\n"
                  "old dock. A meeting has been called for this evening at 6 in the\n"
                  "hall, and everybody who rows there is asked to come.\n"
                  "Mayor Ina Moll said that it had to be approved, “so that nobody\n"
                  "loses a place by the end of a wet month.”\n"
                  "“I’d like to see the map,” Rita Lund said.\n"
                  "“It hangs in the hall for all to see,” Moll answered. “It is so\n"
                  "thick and heavy that you have to come in and look at it.”\n",
                  "paragraph|The owners of four boats will be given one more chance to\n"
                  "say yes to an order that lets them keep or buy a mooring in the\n"
                  "old dock. A meeting has been called for this evening at 6 in the\n"
                  "hall, and everybody who rows there is asked to come.\n"
                  "paragraph|Mayor Ina Moll said that it had to be approved, “so that nobody\n"
                  "loses a place by the end of a wet month.”\n"
                  "paragraph|“I’d like to see the map,” Rita Lund said.\n"
                  "paragraph|“It hangs in the hall for all to see,” Moll answered. “It is so\n"
                  "thick and heavy that you have to come in and look at it.”\n");
}

static void keeps_lines_that_were_not(void **state) {
    (void)state;
    expect_blocks(
        "page.txt",
        "Ferry line halts night crossings\n"
        "By Ann Doe\n"
        "The operator of the ferry line between Harrow Bay and the islands said on Tuesday that it "
        "would halt all night crossings until the end of the month, two days after a near miss.\n"
        "Islanders said that they had been warning of such an accident for years, and that not one "
        "of their letters to the ministry of transport had been answered by anybody.\n",
        "headline|Ferry line halts night crossings\n"
        "byline|By Ann Doe\n"
        "paragraph|The operator of the ferry line between Harrow Bay and the islands said on "
        "Tuesday that it would halt all night crossings until the end of the month, two days after "
        "a near miss.\n"
        "paragraph|Islanders said that they had been warning of such an accident for years, and "
        "that not one of their letters to the ministry of transport had been answered by "
        "anybody.\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(joins_lines_broken_to_a_width),
                                       cmocka_unit_test(joins_lines_with_a_ragged_margin),
                                       cmocka_unit_test(keeps_lines_that_were_not)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
