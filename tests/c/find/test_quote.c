/* Quotes: their pieces, kinds, cues and speakers; the first real article, record by record; hostile
 * marks. */
#include "quoted.h"

#include <time.h>

static void says_who_before_and_behind(void **state) {
    (void)state;
    expect("“We keep it,” Quint said.", "direct|Ada Quint|said|“We keep it,”\n");
    expect("“We keep it,” said Quint.", "direct|Ada Quint|said|“We keep it,”\n");
    expect("Hall said: “The price is too high for us.”",
           "direct|Tom Hall|said|“The price is too high for us.”\n");
    expect("“It floats,” said Bill Tan, a mechanic.", "direct|Bill Tan|said|“It floats,”\n");
}

static void joins_what_belongs_together(void **state) {
    (void)state;
    expect("“We keep it,” Quint said, “all of it.”",
           "direct|Ada Quint|said|“We keep it,”|“all of it.”\n");
    expect("“We keep it,” Quint said. “All of it stays here.”",
           "direct|Ada Quint|said|“We keep it,”|“All of it stays here.”\n");
    expect("“We keep it,” Quint said. “All of it stays here.\n\n“Nobody has made us an offer.”",
           "direct|Ada Quint|said|“We keep it,”|“All of it stays here.|“Nobody has made us an "
           "offer.”\n");
}

static void tells_terms_from_reported_words(void **state) {
    (void)state;
    expect("Hall said the plan was “thin at best”.",
           "mixed|Tom Hall|said|“thin at best” {the plan was “thin at best”}\n");
    expect("The boat is known as “the Goat” in the port.", "term|||“the Goat”\n");
    expect("Such plans bring “nothing but grief” to the port, Hall added.",
           "mixed|Tom Hall|added|“nothing but grief” {Such plans bring “nothing but grief” to the "
           "port}\n");
    expect("Hall said Quint opposed the “sale” of the boat.",
           "mixed|Tom Hall|said|“sale” {Quint opposed the “sale” of the boat}\n");
}

static void finds_reports_without_marks(void **state) {
    (void)state;
    expect("Quint said that the boat would sail in May.",
           "indirect|Ada Quint|said|that the boat would sail in May\n");
    expect("The boat would sail in May, Quint said.",
           "indirect|Ada Quint|said|The boat would sail in May\n");
}

static void holds_the_first_real_article(void **state) {
    (void)state;
    const char *shared = getenv("NEWSOUTLINE_SHARED");
    char path[1024], gold_path[1024];
    snprintf(path, sizeof path, "%s/seeds/putin-xi-call.txt", shared ? shared : "../shared");
    snprintf(gold_path, sizeof gold_path, "%s/seeds/putin-xi-call.gold.tsv",
             shared ? shared : "../shared");
    FILE *file = fopen(path, "rb"), *gold = fopen(gold_path, "rb");
    if (!file || !gold) {
        print_message("skipped: %s is not there\n", path);
        skip();
    }
    static char bytes[1 << 16], row[1024];
    size_t n = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    news_document *document = parsed(bytes, n);
    const news_analysis *a = news_document_analysis(document);
    uint32_t at = 0, n_rows = 0;
    while (fgets(row, sizeof row, gold)) {
        if (row[0] == '#') {
            continue;
        }
        n_rows++;
        char *from = strtok(row, "\t"), *to = strtok(NULL, "\t"), *kinds = strtok(NULL, "\t"),
             *speakers = strtok(NULL, "\t");
        while (at < a->n_quotes && a->quotes[at].kind == NEWS_QUOTE_INDIRECT) {
            at++;
        }
        assert_true(at < a->n_quotes);
        const news_quote *q = &a->quotes[at++];
        news_span span = news_document_source_span(document, q->span);
        assert_int_equal(span.from, strtoul(from, NULL, 10));
        assert_int_equal(span.to, strtoul(to, NULL, 10));
        assert_non_null(strstr(kinds, news_quote_kind_name(q->kind)));
        if (q->kind != NEWS_QUOTE_TERM) {
            assert_non_null(q->speaker.name.bytes);
            char name[256];
            snprintf(name, sizeof name, "%.*s", (int)q->speaker.name.n, q->speaker.name.bytes);
            assert_string_equal(name, speakers);
        }
    }
    fclose(gold);
    while (at < a->n_quotes && a->quotes[at].kind == NEWS_QUOTE_INDIRECT) {
        at++;
    }
    assert_int_equal(at, a->n_quotes);
    assert_int_equal(n_rows, 22);
    news_document_free(document);
}

/* Twice the input may cost little more than twice the time; a quadratic scan would cost four times
 * as much. */
static double seconds_for(const char *piece, size_t times) {
    size_t n = strlen(piece);
    char *bytes = malloc(n * times);
    assert_non_null(bytes);
    for (size_t i = 0; i < times; i++) {
        memcpy(bytes + i * n, piece, n);
    }
    clock_t start = clock();
    news_document_free(parsed(bytes, n * times));
    free(bytes);
    return (double)(clock() - start) / CLOCKS_PER_SEC;
}

static void takes_linear_time_on_hostile_marks(void **state) {
    (void)state;
    static const char *const pieces[] = {"“",         "”",          "\"",         "' ", "“a” ‘b” ",
                                         "and said ", "he said, “", "“x,” said ", "“‘", "5'10\" "};
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        double small = seconds_for(pieces[i], 10000), large = seconds_for(pieces[i], 40000);
        if (large > 0.5 && large > 9 * small) {
            fail_msg("'%s': %.3f s, four times as much of it %.3f s", pieces[i], small, large);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(says_who_before_and_behind),
        cmocka_unit_test(joins_what_belongs_together),
        cmocka_unit_test(tells_terms_from_reported_words),
        cmocka_unit_test(finds_reports_without_marks),
        cmocka_unit_test(holds_the_first_real_article),
        cmocka_unit_test(takes_linear_time_on_hostile_marks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
