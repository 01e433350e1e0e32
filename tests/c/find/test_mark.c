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

/* Records stand in order and share no byte, and none leaves its block. */
static void expect_apart(const char *bytes, size_t n) {
    news_document *document = parsed(bytes, n);
    const news_analysis *a = news_document_analysis(document);
    uint32_t end = 0, block = 0;
    for (uint32_t i = 0; i < a->n_quotes; i++) {
        const news_quote *q = &a->quotes[i];
        assert_true(q->n_parts > 0);
        for (uint32_t k = 0; k < q->n_parts; k++) {
            assert_true(q->parts[k].from >= end);
            assert_true(q->parts[k].to > q->parts[k].from);
            end = q->parts[k].to;
            while (a->blocks[block].span.to <= q->parts[k].from) {
                block++;
            }
            assert_true(q->parts[k].from >= a->blocks[block].span.from || q->n_parts == 1);
            assert_true(q->kind == NEWS_QUOTE_INDIRECT || end <= a->blocks[block].span.to);
        }
    }
    news_document_free(document);
}

/* Words, cues and marks of six styles in any order, so that marks are odd, crossed and mixed. */
static void keeps_records_apart_wherever_marks_stand(void **state) {
    (void)state;
    static const char *const pieces[] = {
        "“",     "”",     "\"",     "‘",         "’",        "'",  "«",  "»",
        "„",     "``",    "''",     "Hall said", "it leaks", ", ", ". ", "she added that",
        "Quint", " and ", "5'10\"", "’90s",      "don’t",    ": ", "? ", "\n\n"};
    enum { N = sizeof pieces / sizeof *pieces, ARTICLES = 300, PIECES = 120 };
    uint32_t random = 1;
    for (int i = 0; i < ARTICLES; i++) {
        char article[PIECES * 16 + 200];
        size_t n = (size_t)snprintf(article, sizeof article,
                                    "Harbour Town Votes To Keep Its Ferry\n\nMayor Ada Quint met "
                                    "Tom Hall on Monday. ");
        for (int k = 0; k < PIECES; k++) {
            random = random * 1664525u + 1013904223u;
            n += (size_t)snprintf(article + n, sizeof article - n, "%s%s",
                                  pieces[(random >> 16) % N], random >> 31 ? " " : "");
        }
        expect_apart(article, n);
    }
}

static void keeps_records_apart_in_deep_nests(void **state) {
    (void)state;
    enum { DEEP = 100000 };
    char *article = malloc(2 * DEEP * 4 + 100);
    assert_non_null(article);
    size_t n = (size_t)sprintf(article, "Harbour Town Votes\n\nMayor Ada Quint met the crew. ");
    for (int i = 0; i < DEEP; i++) {
        memcpy(article + n, i % 2 ? "‘" : "“", 3);
        n += 3;
    }
    n += (size_t)sprintf(article + n, "It leaks");
    for (int i = DEEP; i-- > 0;) {
        memcpy(article + n, i % 2 ? "’" : "”", 3);
        n += 3;
    }
    expect_apart(article, n);
    free(article);
}

static void reads_marks_of_other_languages(void **state) {
    (void)state;
    expect("«It leaks», said Hall.", "direct|Tom Hall|said|«It leaks»\n");
    expect("»It leaks«, said Hall.", "direct|Tom Hall|said|»It leaks«\n");
    expect("„It leaks“, said Hall.", "direct|Tom Hall|said|„It leaks“\n");
    expect("”It leaks”, said Hall.", "direct|Tom Hall|said|”It leaks”\n");
    expect("「It leaks」, said Hall.", "direct|Tom Hall|said|「It leaks」\n");
    expect("``It leaks,'' said Hall.", "direct|Tom Hall|said|``It leaks,''\n");
}

static void leaves_code_alone_and_keeps_a_poem_together(void **state) {
    (void)state;
    static const char article[] =
        "# Harbour Town Votes\n\nMayor Ada Quint met the crew.\n\n```\nputs(\"It leaks, said "
        "Hall\");\n"
        "```\n\n“The tide comes in,\nthe tide goes out,\nthe ferry leaks,” Quint sighed.\n";
    news_error error;
    news_options options = {.format = NEWS_FORMAT_MARKDOWN};
    news_document *document = news_document_parse(article, sizeof article - 1, &options, &error);
    assert_non_null(document);
    const news_analysis *a = news_document_analysis(document);
    assert_int_equal(a->n_quotes, 1);
    assert_int_equal(a->quotes[0].n_parts, 1);
    assert_memory_equal(a->quotes[0].speaker.name.bytes, "Ada Quint", 9);
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
        cmocka_unit_test(keeps_records_apart_wherever_marks_stand),
        cmocka_unit_test(keeps_records_apart_in_deep_nests),
        cmocka_unit_test(reads_marks_of_other_languages),
        cmocka_unit_test(leaves_code_alone_and_keeps_a_poem_together),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
