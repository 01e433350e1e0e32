/* Dates as publishers write them, to ISO 8601. */
#include "analysis.h"
#include "calendar.h"

static void is_date(const char *text, news_date_order order, const char *iso, const char *words) {
    news_when when;
    news_span span = {0, (uint32_t)strlen(text)};
    if (!news_form_date(text, span, order, &when)) {
        fail_msg("no date in '%s'", text);
    }
    char found[40];
    snprintf(found, sizeof found, "%.*s", (int)when.n, when.iso);
    assert_string_equal(found, iso);
    if (words) {
        assert_int_equal(when.span.to - when.span.from, strlen(words));
        assert_memory_equal(text + when.span.from, words, strlen(words));
    }
}

#define IS_DATE(text, iso) is_date(text, NEWS_ORDER_UNKNOWN, iso, NULL)

static void no_date(const char *text) {
    news_when when;
    if (news_form_date(text, (news_span){0, (uint32_t)strlen(text)}, NEWS_ORDER_UNKNOWN, &when)) {
        fail_msg("'%s' is no date", text);
    }
}

static void named_months(void **state) {
    (void)state;
    IS_DATE("August 26, 2021", "2021-08-26");
    IS_DATE("26 Aug. 2021", "2021-08-26");
    IS_DATE("Aug 26th, 2021", "2021-08-26");
    IS_DATE("the 1st of May 2020", "2020-05-01");
    IS_DATE("December 15th 2025", "2025-12-15");
    IS_DATE("26. August 2021", "2021-08-26");
    IS_DATE("3 de mayo de 2024", "2024-05-03");
    IS_DATE("le 1er août 2021", "2021-08-01");
    IS_DATE("August 2021", "2021-08");
    IS_DATE("26-Aug-2021", "2021-08-26");
    is_date("Posted Thursday, August 26, 2021.", NEWS_ORDER_UNKNOWN, "2021-08-26",
            "Thursday, August 26, 2021");
    is_date("By Ada QuintMay 3, 2024", NEWS_ORDER_UNKNOWN, "2024-05-03", "May 3, 2024");
}

static void numbers(void **state) {
    (void)state;
    IS_DATE("2021-08-26", "2021-08-26");
    IS_DATE("2021/08/26", "2021-08-26");
    IS_DATE("26.08.2021", "2021-08-26");
    IS_DATE("26. 8. 2021", "2021-08-26");
    IS_DATE("08/26/2021", "2021-08-26");
    IS_DATE("26/08/21", "2021-08-26");
    IS_DATE("26/08/95", "1995-08-26");
    IS_DATE("05/05/2021", "2021-05-05");
    IS_DATE("2021年8月26日", "2021-08-26");
    is_date("03/04/2021", NEWS_ORDER_DAY_FIRST, "2021-04-03", NULL);
    is_date("03/04/2021", NEWS_ORDER_MONTH_FIRST, "2021-03-04", NULL);
    is_date("on 03/04/2021", NEWS_ORDER_UNKNOWN, "", "03/04/2021");
}

static void times(void **state) {
    (void)state;
    IS_DATE("2021-08-26T10:15:30Z", "2021-08-26T10:15:30Z");
    IS_DATE("2021-08-26T10:15:30.123+02:00", "2021-08-26T10:15:30+02:00");
    IS_DATE("2021-08-26 10:15:30 -0330", "2021-08-26T10:15:30-03:30");
    IS_DATE("August 26, 2021 at 3:45 p.m. EDT", "2021-08-26T15:45-04:00");
    IS_DATE("August 26, 2021, 12 am", "2021-08-26T00:00");
    IS_DATE("10:15 GMT, 26 August 2021", "2021-08-26T10:15Z");
    IS_DATE("26 August 2021 | 1015 GMT", "2021-08-26T10:15Z");
    IS_DATE("26 août 2021 à 18h30", "2021-08-26T18:30");
    IS_DATE("26. August 2021, 18.30 Uhr", "2021-08-26T18:30");
    IS_DATE("August 26, 2021 15:30 pm", "2021-08-26T15:30");
    IS_DATE("August 26, 2021 10:15 (CEST)", "2021-08-26T10:15+02:00");
    IS_DATE("August 26, 2021 10:15 GMT+8", "2021-08-26T10:15+08:00");
    IS_DATE("August 26, 2021 10:15 ET", "2021-08-26T10:15");
    IS_DATE("August 26, 2021 10:15 UTC+5:30", "2021-08-26T10:15+05:30");
    IS_DATE("August 26, 2021 25:15", "2021-08-26");
    IS_DATE("August 26, 2021 13 pm", "2021-08-26T13:00");
}

static void what_is_no_date(void **state) {
    (void)state;
    no_date("");
    no_date("31 February 2021");
    no_date("February 29, 2023");
    no_date("2021-13-01");
    no_date("2021-08-32");
    no_date("1.2.3");
    no_date("room 26/08");
    no_date("May the 2021 team win");
    no_date("99999999999/12/2021");
    no_date("192.168.10.12");
    IS_DATE("February 29, 2024", "2024-02-29");
    IS_DATE("31 February 2021, then May 3, 2021", "2021-05-03");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(named_months),
        cmocka_unit_test(numbers),
        cmocka_unit_test(times),
        cmocka_unit_test(what_is_no_date),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
