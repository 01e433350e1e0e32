/* Authors and dates of web pages: what a page shows beside its headline against what it claims. */
#include "analysis.h"

#define HEAD(meta)                                                                                 \
    "<html lang=en><head><title>Ferry stays</title><meta property=og:title content='Ferry stays'>" \
    "<meta property=og:site_name content='Bay Post'>" meta "</head><body>"
#define TEXT                                                                                       \
    "<p>The ferry will stay in service for another ten years, the council of the bay said on "     \
    "Monday after a long debate about its cost.</p><p>The vote was close, and it may not be the "  \
    "last one that the town sees, people who were in the room said afterwards.</p><p>It was not "  \
    "clear who would pay for the new engines that the ferry needs before the winter comes.</p>"

static const char *names_of(const news_analysis *a) {
    static char out[400];
    size_t used = 0;
    out[0] = 0;
    for (uint32_t i = 0; i < a->n_bylines && used < sizeof out; i++) {
        used += (size_t)snprintf(out + used, sizeof out - used, "%s%.*s", i ? "; " : "",
                                 (int)a->bylines[i].text.n, a->bylines[i].text.bytes);
    }
    return out;
}

static void says(const char *page, const char *names, const char *date) {
    news_document *document = parse_as("page.html", page, strlen(page));
    const news_analysis *a = news_document_analysis(document);
    assert_string_equal(names_of(a), names);
    char iso[40];
    snprintf(iso, sizeof iso, "%.*s", (int)(a->date.iso.n > 10 ? 10 : a->date.iso.n),
             a->date.iso.bytes ? a->date.iso.bytes : "");
    assert_string_equal(iso, date);
    news_document_free(document);
}

static void a_byline_behind_the_headline_wins(void **state) {
    (void)state;
    says(HEAD("<meta name=author content='ferrydesk'>") "<h1>Ferry stays</h1><p>By Ada Quint and "
                                                        "Tom Hall</p><p>May 3, 2024</p>" TEXT,
         "Ada Quint; Tom Hall", "2024-05-03");
    says(HEAD("<meta name=author content='Bill Tan'>") "<h1>Ferry stays</h1><div>Written "
                                                       "by</div><div>Ada Quint</div><div>, "
                                                       "and</div><div>Tom "
                                                       "Hall</div>" TEXT,
         "Ada Quint; Tom Hall", "");
}

static void elements_end_names_that_run_on(void **state) {
    (void)state;
    says(HEAD("") "<h1>Ferry stays</h1><p>By<a href=/author/ada>Ada Quint</a><span>May 3, "
                  "2024</span></p>" TEXT,
         "Ada Quint", "2024-05-03");
}

static void metadata_wins_over_teasers(void **state) {
    (void)state;
    says(
        HEAD("<meta name=author content='Bill Tan'>") "<div class=card><b>Whales seen</b><p>by Ada "
                                                      "Quint</p></div><h1>Ferry stays</h1>" TEXT,
        "Bill Tan", "");
}

static void a_login_gives_way_to_a_name(void **state) {
    (void)state;
    says(HEAD("<meta name=author content='aquint2'>") "<h1>Ferry stays</h1><div "
                                                      "class=author-name>Ada Quint</div>" TEXT,
         "Ada Quint", "");
}

static void degrees_stay_and_jobs_go(void **state) {
    (void)state;
    says(HEAD("") "<h1>Ferry stays</h1><p>By Ada Quint, MD, FACP, Health Correspondent</p>" TEXT,
         "Ada Quint, MD, FACP", "");
    says(HEAD("<meta name=author content='Bay Post'>") "<h1>Ferry stays</h1>" TEXT, "Bay Post", "");
    says(HEAD("<meta name=author content='Help Net Security'>") "<h1>Ferry stays</h1>" TEXT,
         "Help Net Security", "");
}

static void an_update_is_not_the_first_date(void **state) {
    (void)state;
    says(
        HEAD("<meta property='article:published_time' content='2024-05-03T10:00:00Z'>") "<h1>Ferry "
                                                                                        "stays</"
                                                                                        "h1><p>"
                                                                                        "Updated "
                                                                                        "June 9, "
                                                                                        "2024</"
                                                                                        "p>" TEXT,
        "", "2024-05-03");
    says(
        HEAD("<meta property='article:published_time' content='2024-05-03T10:00:00Z'>") "<h1>Ferry "
                                                                                        "stays</"
                                                                                        "h1><p>"
                                                                                        "Published "
                                                                                        "May 1, "
                                                                                        "2024</"
                                                                                        "p><p>"
                                                                                        "Updated "
                                                                                        "May 3, "
                                                                                        "2024</"
                                                                                        "p>" TEXT,
        "", "2024-05-01");
}

static void metadata_settles_which_number_is_the_month(void **state) {
    (void)state;
    says(HEAD("<meta name=date content='2024-05-03'>") "<h1>Ferry stays</h1><p>05.03.2024</p>" TEXT,
         "", "2024-05-03");
}

static void the_address_is_the_last_resort(void **state) {
    (void)state;
    says(HEAD("<link rel=canonical href='https://bay.example/2024/05/03/ferry'>") "<h1>Ferry "
                                                                                  "stays</h1>" TEXT,
         "", "2024-05-03");
    says(HEAD("<meta name=x-published-date content='May 4, 2024'>"
              "<link rel=canonical href='https://bay.example/2024/05/03/ferry'>") "<h1>Ferry "
                                                                                  "stays</h1>" TEXT,
         "", "2024-05-04");
}

static void a_name_at_the_end_is_found(void **state) {
    (void)state;
    says(HEAD("<meta name=twitter:label1 content='Written by'>"
              "<meta name=twitter:data1 content='Ada Quint'>") "<h1>Ferry stays</h1>" TEXT,
         "Ada Quint", "");
    says(HEAD("") "<h1>Ferry stays</h1>" TEXT
                  "<p>Written by Ada Quint</p><p>Published May 3, 2024</p>",
         "Ada Quint", "2024-05-03");
    says(HEAD("") "<h1>Ferry stays</h1>" TEXT
                  "<p>Written by Ada Quint</p><p>Written by Tom Hall</p>",
         "", "");
}

static void a_headline_ends_at_its_bar(void **state) {
    (void)state;
    static const struct {
        const char *page, *headline;
    } cases[] = {
        {HEAD("") "<h1>Ferry stays in town | Opinion</h1>" TEXT, "Ferry stays in town"},
        {HEAD("") "<h1>Ferry stays in town - Bay Post</h1>" TEXT, "Ferry stays in town"},
        {HEAD("") "<h1>Ferry stays in town - for now</h1>" TEXT, "Ferry stays in town - for now"},
        {HEAD("") "<h1>Ferry | Town</h1>" TEXT, "Ferry | Town"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        news_document *document = parse_as("page.html", cases[i].page, strlen(cases[i].page));
        const news_analysis *a = news_document_analysis(document);
        assert_int_equal(a->headline.text.n, strlen(cases[i].headline));
        assert_memory_equal(a->headline.text.bytes, cases[i].headline, a->headline.text.n);
        news_span origin = news_document_source_span(document, a->headline.span);
        assert_memory_equal(cases[i].page + origin.from, cases[i].headline, a->headline.text.n);
        news_document_free(document);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_byline_behind_the_headline_wins),
        cmocka_unit_test(elements_end_names_that_run_on),
        cmocka_unit_test(metadata_wins_over_teasers),
        cmocka_unit_test(a_login_gives_way_to_a_name),
        cmocka_unit_test(degrees_stay_and_jobs_go),
        cmocka_unit_test(an_update_is_not_the_first_date),
        cmocka_unit_test(metadata_settles_which_number_is_the_month),
        cmocka_unit_test(the_address_is_the_last_resort),
        cmocka_unit_test(a_name_at_the_end_is_found),
        cmocka_unit_test(a_headline_ends_at_its_bar),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
