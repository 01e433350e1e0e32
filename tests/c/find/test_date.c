/* Dates in running text against the article's own. */
#include "analysis.h"

/* Parses an article of that date (none: NULL) with `sentence` as its text; joins the dates found as
 * "text=iso". */
static void expect_dates(const char *date, const char *sentence, const char *expected) {
    char article[1024], found[1024] = "";
    snprintf(
        article, sizeof article,
        "Ferry talks go on at the harbour\n\nBy Ana Ruiz\n%s\n\nThe company spoke to reporters at "
        "the old pier. %s That was all that it would say about the matter.\n",
        date, sentence);
    news_error error;
    news_options options = {.name = "a.txt"};
    news_document *document = news_document_parse(article, strlen(article), &options, &error);
    assert_non_null(document);
    const news_analysis *a = news_document_analysis(document);
    for (uint32_t i = 0; i < a->n_dates; i++) {
        size_t used = strlen(found);
        snprintf(found + used, sizeof found - used, "%s%.*s=%.*s", i ? "; " : "",
                 (int)a->dates[i].text.n, a->dates[i].text.bytes, (int)a->dates[i].iso.n,
                 a->dates[i].iso.bytes);
    }
    assert_string_equal(found, expected);
    news_document_free(document);
}

/* 3 March 2024 was a Sunday. */
#define SUNDAY "March 3, 2024"

static void written_dates(void **state) {
    (void)state;
    expect_dates(SUNDAY, "It closed on 25 December 2019.", "25 December 2019=2019-12-25");
    expect_dates(SUNDAY, "It closed on Dec. 25, 2019.", "Dec. 25, 2019=2019-12-25");
    expect_dates(SUNDAY, "It opened in June 2001.", "June 2001=2001-06");
    expect_dates(SUNDAY, "It opened on 2001-06-07.", "2001-06-07=2001-06-07");
    expect_dates(SUNDAY, "It has stood since 1999.", "1999=1999");
    expect_dates(SUNDAY, "It opened on the 2nd of May 2010.", "2nd of May 2010=2010-05-02");
    expect_dates(SUNDAY, "It was 31 February 2010.", "February 2010=2010-02");
}

static void the_year_is_the_nearest(void **state) {
    (void)state;
    expect_dates(SUNDAY, "It closed on 25 December.", "25 December=2023-12-25");
    expect_dates(SUNDAY, "It opens on April 2.", "April 2=2024-04-02");
    expect_dates("December 30, 2023", "It opens on 2 January.", "2 January=2024-01-02");
    expect_dates(SUNDAY, "It snowed in January.", "January=2024-01");
}

static void weekdays_look_back_unless_something_is_to_come(void **state) {
    (void)state;
    expect_dates(SUNDAY, "They met on Wednesday.", "Wednesday=2024-02-28");
    expect_dates(SUNDAY, "They met on Sunday.", "Sunday=2024-03-03");
    expect_dates(SUNDAY, "They will meet on Wednesday.", "Wednesday=2024-03-06");
    expect_dates(SUNDAY, "They meet next Monday.", "next Monday=2024-03-04");
    expect_dates(SUNDAY, "They met last Sunday.", "last Sunday=2024-02-25");
    expect_dates(SUNDAY, "They met on Wednesday, 28 February.",
                 "Wednesday, 28 February=2024-02-28");
}

static void days_told_from_today(void **state) {
    (void)state;
    expect_dates(SUNDAY, "They met yesterday.", "yesterday=2024-03-02");
    expect_dates(SUNDAY, "They meet tomorrow.", "tomorrow=2024-03-04");
    expect_dates(SUNDAY, "They met two weeks ago.", "two weeks ago=2024-W07");
    expect_dates(SUNDAY, "They met 3 months ago.", "3 months ago=2023-12");
    expect_dates(SUNDAY, "They met a year ago.", "a year ago=2023");
    expect_dates(SUNDAY, "They met last month.", "last month=2024-02");
    expect_dates(SUNDAY, "They met last April.", "last April=2023-04");
    expect_dates("January 3, 2024", "They met last month.", "last month=2023-12");
}

static void weeks_weekends_and_quarters(void **state) {
    (void)state;
    /* A Sunday ends its week: 26 February to 3 March was week 9. */
    expect_dates(SUNDAY, "They met last week.", "last week=2024-W08");
    expect_dates(SUNDAY, "They meet next week.", "next week=2024-W10");
    expect_dates(SUNDAY, "They met this weekend.", "this weekend=2024-W09-WE");
    expect_dates(SUNDAY, "They met a week ago.", "a week ago=2024-W08");
    expect_dates("January 1, 2021", "They met this week.", "this week=2020-W53");
    expect_dates("August 26, 2021", "They met this week.", "this week=2021-W34");
    expect_dates("August 26, 2021", "They met at the weekend.", "the weekend=2021-W33-WE");
    expect_dates("August 26, 2021", "They will meet at the weekend.", "the weekend=2021-W34-WE");
    expect_dates("August 26, 2021", "They met on Friday of last week.",
                 "Friday of last week=2021-08-20");
    expect_dates("August 26, 2021", "They meet next year.", "next year=2022");
    expect_dates("August 26, 2021", "They met last night.", "last night=2021-08-25");
    expect_dates("August 26, 2021", "They sold most last quarter.", "last quarter=2021-Q2");
    expect_dates("August 26, 2021", "It grew in the third quarter of 2019.",
                 "third quarter of 2019=2019-Q3");
    expect_dates("January 5, 2021", "They sold most last quarter.", "last quarter=2020-Q4");
}

static void the_nearest_verb_says_when(void **state) {
    (void)state;
    expect_dates(SUNDAY, "They said on Friday that it will open soon.", "Friday=2024-03-01");
    expect_dates(SUNDAY, "They said it will open on Friday.", "Friday=2024-03-08");
    expect_dates(SUNDAY, "On Friday it will open.", "Friday=2024-03-08");
    expect_dates(SUNDAY, "Hoses will be banned from Friday.", "Friday=2024-03-08");
    expect_dates(SUNDAY, "On Friday it opened.", "Friday=2024-03-01");
}

static void in_capitals(void **state) {
    (void)state;
    expect_dates(SUNDAY, "IT CLOSED ON WEDNESDAY, 25 AUGUST.", "WEDNESDAY, 25 AUGUST=2024-08-25");
    expect_dates(SUNDAY, "It closed on DECEMBER 25TH, 2019.", "DECEMBER 25TH, 2019=2019-12-25");
    expect_dates(SUNDAY, "THEY MET ON WEDNESDAY.", "WEDNESDAY=2024-02-28");
    expect_dates(SUNDAY, "THEY WILL MEET ON WEDNESDAY.", "WEDNESDAY=2024-03-06");
    expect_dates(SUNDAY, "THEY MET LAST WEEK AND TWO WEEKS AGO.",
                 "LAST WEEK=2024-W08; TWO WEEKS AGO=2024-W07");
    expect_dates(SUNDAY, "THEY MET YESTERDAY AT THE PIER.", "YESTERDAY=2024-03-02");
    expect_dates(SUNDAY, "IT MAY RAIN, AND THEY MARCH ON.", "");
}

static void what_is_no_date(void **state) {
    (void)state;
    expect_dates(SUNDAY, "It may rain, and they march on.", "");
    expect_dates(SUNDAY, "Some 2000 people came, and 12 left.", "");
    expect_dates(SUNDAY, "They said 1000000 years ago.", "");
    /* Without the article's own date nothing is guessed. */
    expect_dates("", "They met on Wednesday and on 3 May.", "");
    expect_dates("", "They met on 3 May 2012.", "3 May 2012=2012-05-03");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(written_dates),
        cmocka_unit_test(the_year_is_the_nearest),
        cmocka_unit_test(weekdays_look_back_unless_something_is_to_come),
        cmocka_unit_test(days_told_from_today),
        cmocka_unit_test(weeks_weekends_and_quarters),
        cmocka_unit_test(the_nearest_verb_says_when),
        cmocka_unit_test(in_capitals),
        cmocka_unit_test(what_is_no_date),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
