/* What each block is, and what the article says of itself. */
#include "analysis.h"
#include "calendar.h"

#define BODY1                                                                                      \
    "The council of Lowmoor voted on Monday to build a second bridge across the river, and to "    \
    "close the first one to cars, after a debate that went on until two in the morning.\n"
#define BODY2                                                                                       \
    "Its leader, Miriam Stokes, said that the vote had been “the longest and the best” of her " \
    "eleven years in office, and that work would begin before the end of the summer.\n"

static void reads_the_head(void **state) {
    (void)state;
    expect_blocks("a.txt",
                  "<!-- tag -->\nSecond bridge for Lowmoor after all-night debate\n\n"
                  "Opponents vow to go to court over the closure of the old bridge\n\n"
                  "By Hannah Whitcombe | Reuters | 3 May 2022\n"
                  "Second bridge for Lowmoor after all-night debate\n"
                  "The old bridge on Monday morning.\nPhoto by Dev Raman\n\n" BODY1 "\n" BODY2,
                  "boilerplate|<!-- tag -->\n"
                  "headline|Second bridge for Lowmoor after all-night debate\n"
                  "dek|Opponents vow to go to court over the closure of the old bridge\n"
                  "byline|By Hannah Whitcombe\nbyline|Reuters\ndate|3 May 2022\n"
                  "boilerplate|Second bridge for Lowmoor after all-night debate\n"
                  "caption|The old bridge on Monday morning.\ncredit|Photo by Dev Raman\n"
                  "paragraph|" BODY1 "paragraph|" BODY2);
}

static void reads_what_stands_among_paragraphs(void **state) {
    (void)state;
    expect_blocks(
        "a.txt",
        "Second bridge for Lowmoor after all-night debate\n\nLOWMOOR, May 3 (Reuters) - " BODY1
        "\nRead more: Why the first bridge leans\n\n" BODY2
        "\nSign up: our newsletter\n\n(Reporting by Jo Lund; editing by Ann Doe)\n",
        "headline|Second bridge for Lowmoor after all-night debate\n"
        "dateline|LOWMOOR, May 3 (Reuters) -\nparagraph|" BODY1
        "boilerplate|Read more: Why the first bridge leans\nparagraph|" BODY2
        "boilerplate|Sign up: our newsletter\n"
        "credit|(Reporting by Jo Lund; editing by Ann Doe)\n");
}

static void expect_names(const char *byline, const char *expected) {
    char bytes[4096], names[512] = "";
    snprintf(bytes, sizeof bytes,
             "Second bridge for Lowmoor after all-night debate\n\n%s\n\n%s\n%s", byline, BODY1,
             BODY2);
    news_document *document = parse_as("a.txt", bytes, strlen(bytes));
    const news_analysis *a = news_document_analysis(document);
    for (uint32_t i = 0; i < a->n_bylines; i++) {
        size_t used = strlen(names);
        snprintf(names + used, sizeof names - used, "%.*s|", (int)a->bylines[i].text.n,
                 a->bylines[i].text.bytes);
    }
    assert_string_equal(names, expected);
    news_document_free(document);
}

static void names_the_authors(void **state) {
    (void)state;
    expect_names("By Ann Doe", "Ann Doe|");
    expect_names("By Ann Doe and Bo Ek", "Ann Doe|Bo Ek|");
    expect_names("By Ann Doe, Bo Ek and Eva van der Lind", "Ann Doe|Bo Ek|Eva van der Lind|");
    expect_names("By Ann Doe, Political Editor", "Ann Doe|");
    expect_names("By Ann Doe Political Correspondent", "Ann Doe|");
    expect_names("By Ann Doe in Paris and Bo Ek in Rome", "Ann Doe|Bo Ek|");
    expect_names("By ANN DOE, Associated Press", "ANN DOE|");
    expect_names("By Ann Doe for the Lowmoor Courier", "Ann Doe|");
    expect_names("By Ann Doe and Ann Doe", "Ann Doe|");
    expect_names("By Reuters", "Reuters|");
    expect_names("Written by Ann Doe (ann@example.org)", "Ann Doe|");
}

static void expect_date(const char *line, news_date_order order, const char *iso) {
    news_when when = {.n = 0};
    bool found = news_form_date(line, (news_span){0, (uint32_t)strlen(line)}, order, &when);
    if (!iso) {
        assert_true(!found || when.n == 0);
        return;
    }
    assert_true(found);
    char got[40];
    snprintf(got, sizeof got, "%.*s", (int)when.n, when.iso);
    assert_string_equal(got, iso);
}

static void reads_dates(void **state) {
    (void)state;
    static const struct {
        const char *line, *iso;
    } dates[] = {
        {"August 26, 2021", "2021-08-26"},
        {"Aug. 26, 2021", "2021-08-26"},
        {"26th August 2021", "2021-08-26"},
        {"26. August 2021", "2021-08-26"},
        {"le 26 août 2021", "2021-08-26"},
        {"26 de agosto de 2021", "2021-08-26"},
        {"August 2021", "2021-08"},
        {"2021-08-26", "2021-08-26"},
        {"2021/08/26", "2021-08-26"},
        {"26.08.2021", "2021-08-26"},
        {"2021年8月26日", "2021-08-26"},
        {"26/08/2021", "2021-08-26"},
        {"08/26/21", "2021-08-26"},
        {"04/04/2021", "2021-04-04"},
        {"03/04/2021", NULL},
        {"31 February 2021", NULL},
        {"no date at all, 12 of 15", NULL},
        {"2021-08-26T10:15:30Z", "2021-08-26T10:15:30Z"},
        {"2021-08-26T10:15:30.123+05:30", "2021-08-26T10:15:30+05:30"},
        {"Thursday, August 26, 2021 10:15 AM EDT", "2021-08-26T10:15-04:00"},
        {"Thu 26 Aug 2021 22.15 BST", "2021-08-26T22:15+01:00"},
        {"August 26, 2021 at 3:05 p.m. ET", "2021-08-26T15:05"},
        {"August 26, 2021 | 12:30am", "2021-08-26T00:30"},
        {"10:15 GMT, 26 August 2021", "2021-08-26T10:15Z"},
        {"26 August 2021, 1015 GMT", "2021-08-26T10:15Z"},
        {"26 August 2021 (18:30 CEST)", "2021-08-26T18:30+02:00"},
        {"26. August 2021, 18:30 Uhr", "2021-08-26T18:30"},
        {"26 August 2021 10:15 GMT+8", "2021-08-26T10:15+08:00"},
        {"29 February 2020", "2020-02-29"},
        {"29 February 2021", NULL},
    };
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++) {
        expect_date(dates[i].line, NEWS_ORDER_UNKNOWN, dates[i].iso);
    }
    expect_date("03/04/2021", NEWS_ORDER_DAY_FIRST, "2021-04-03");
    expect_date("03/04/2021", NEWS_ORDER_MONTH_FIRST, "2021-03-04");
}

static void expect_language(const char *text, const char *code) {
    news_document *document = parse_as("a.txt", text, strlen(text));
    news_string language = news_document_analysis(document)->language;
    if (code) {
        assert_int_equal(language.n, 2);
        assert_memory_equal(language.bytes, code, 2);
    } else {
        assert_null(language.bytes);
    }
    news_document_free(document);
}

static void tells_languages(void **state) {
    (void)state;
    expect_language(BODY1 BODY2, "en");
    expect_language(
        "Der Rat der Stadt hat am Montag beschlossen, eine zweite Brücke über den Fluss "
        "zu bauen und die alte für Autos zu sperren, wie die Leiterin sagte.",
        "de");
    expect_language("Le conseil de la ville a décidé lundi de construire un deuxième pont sur la "
                    "rivière et de fermer le premier aux voitures après une longue nuit.",
                    "fr");
    expect_language("El consejo de la ciudad decidió el lunes construir un segundo puente sobre el "
                    "río y cerrar el primero a los coches, según dijo su presidenta.",
                    "es");
    expect_language("Городской совет решил построить второй мост через реку.", "ru");
    expect_language("Міська рада вирішила збудувати другий міст через річку і закрити перший.",
                    "uk");
    expect_language("市议会决定修建第二座桥。", "zh");
    expect_language("市議会は二つ目の橋を建てることを決めた。", "ja");
    expect_language("Το συμβούλιο αποφάσισε να χτίσει δεύτερη γέφυρα.", "el");
    expect_language("قرر المجلس بناء جسر ثان على النهر.", "ar");
    expect_language("12 34 56 78", NULL);
    expect_language("Xyzzy plugh", NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_the_head),    cmocka_unit_test(reads_what_stands_among_paragraphs),
        cmocka_unit_test(names_the_authors), cmocka_unit_test(reads_dates),
        cmocka_unit_test(tells_languages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
