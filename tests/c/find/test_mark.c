/* Pairs of quotation marks. */
#include "quoted.h"

static void tells_apostrophes_from_marks(void **state) {
    (void)state;
    expect("‘It doesn’t leak,’ Hall said, ‘and it won’t.’",
           "direct|Tom Hall|said|‘It doesn’t leak,’|‘and it won’t.’\n");
    expect("‘The crews’ boats leak,’ Hall said.",
           "direct|Tom Hall|said|‘The crews’ boats leak,’\n");
    expect("‘Rock ’n’ roll,’ Hall said, ‘isn’t dead.’",
           "direct|Tom Hall|said|‘Rock ’n’ roll,’|‘isn’t dead.’\n");
}

static void tells_inches_and_decades_from_marks(void **state) {
    (void)state;
    expect("“It was 5'10\" long,” Hall said of the ’90s boat.",
           "direct|Tom Hall|said|“It was 5'10\" long,”\n");
    expect("He is 5'10\" tall and said \"no\".", "mixed|Tom Hall|said|\"no\" {\"no\"}\n");
}

static void pairs_six_styles_in_one_sentence(void **state) {
    (void)state;
    expect(
        "Hall said „alt“ and «vieux» and “old” and \"gone\" and ‘past’ and 'so'.",
        "mixed|Tom Hall|said|„alt“ {„alt“ and «vieux» and “old” and \"gone\" and ‘past’ and 'so'}\n"
        "mixed|Tom Hall|said|«vieux» {„alt“ and «vieux» and “old” and \"gone\" and ‘past’ and "
        "'so'}\n"
        "mixed|Tom Hall|said|“old” {„alt“ and «vieux» and “old” and \"gone\" and ‘past’ and 'so'}\n"
        "mixed|Tom Hall|said|\"gone\" {„alt“ and «vieux» and “old” and \"gone\" and ‘past’ and "
        "'so'}\n"
        "mixed|Tom Hall|said|‘past’ {„alt“ and «vieux» and “old” and \"gone\" and ‘past’ and "
        "'so'}\n"
        "mixed|Tom Hall|said|'so' {„alt“ and «vieux» and “old” and \"gone\" and ‘past’ and "
        "'so'}\n");
}

static void joins_paragraphs_that_go_on(void **state) {
    (void)state;
    expect("“One.\n\n“Two.\n\n“Three,” Quint said.",
           "direct|Ada Quint|said|“One.|“Two.|“Three,”\n");
}

static void closes_between_spaces(void **state) {
    (void)state;
    expect("\"Call it a 'new boat,' \" Hall said.",
           "direct|Tom Hall|said|\"Call it a 'new boat,' \"\n");
}

static void joins_two_hundred_paragraphs(void **state) {
    (void)state;
    enum { PARAGRAPHS = 200 };
    char article[PARAGRAPHS * 40 + 400];
    size_t n = (size_t)snprintf(article, sizeof article,
                                "Harbour Town Votes To Keep Its Ferry Running This Winter\n\n"
                                "Mayor Ada Quint met the crew on Monday.\n\nQuint said: ");
    for (int i = 0; i < PARAGRAPHS; i++) {
        n += (size_t)snprintf(article + n, sizeof article - n, "“It sails on day %d.%s\n\n", i,
                              i + 1 < PARAGRAPHS ? "" : "”");
    }
    news_document *document = parsed(article, n);
    const news_analysis *a = news_document_analysis(document);
    assert_int_equal(a->n_quotes, 1);
    assert_int_equal(a->quotes[0].n_parts, PARAGRAPHS);
    assert_memory_equal(a->quotes[0].speaker.name.bytes, "Ada Quint", 9);
    news_document_free(document);
}

/* An unclosed mark ends with its paragraph; what is below a subhead is another matter. */
static void never_crosses_a_section(void **state) {
    (void)state;
    static const char article[] =
        "# Harbour Town Votes To Keep Its Ferry Running\n\nMayor Ada Quint met the crew.\n\n"
        "“We keep the ferry, Quint said.\n\n## The price\n\n“It is high,” said Tom Hall.\n";
    news_error error;
    news_options options = {.format = NEWS_FORMAT_MARKDOWN};
    news_document *document = news_document_parse(article, sizeof article - 1, &options, &error);
    assert_non_null(document);
    const news_analysis *a = news_document_analysis(document);
    assert_int_equal(a->n_quotes, 2);
    for (uint32_t i = 0; i < a->n_quotes; i++) {
        assert_int_equal(a->quotes[i].n_parts, 1);
    }
    assert_memory_equal(a->quotes[1].speaker.name.bytes, "Tom Hall", 8);
    news_document_free(document);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tells_apostrophes_from_marks),
        cmocka_unit_test(tells_inches_and_decades_from_marks),
        cmocka_unit_test(pairs_six_styles_in_one_sentence),
        cmocka_unit_test(joins_paragraphs_that_go_on),
        cmocka_unit_test(closes_between_spaces),
        cmocka_unit_test(joins_two_hundred_paragraphs),
        cmocka_unit_test(never_crosses_a_section),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
