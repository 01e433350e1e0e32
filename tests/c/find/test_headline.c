/* Who says what a headline quotes. */
#include "quoted.h"

/* The speaker of the first quote of an article, or an empty name. */
static void expect_first(const char *article, const char *name) {
    news_document *document = parsed(article, strlen(article));
    const news_analysis *a = news_document_analysis(document);
    assert_true(a->n_quotes > 0);
    char found[128];
    snprintf(found, sizeof found, "%.*s", (int)a->quotes[0].speaker.name.n,
             a->quotes[0].speaker.name.bytes ? a->quotes[0].speaker.name.bytes : "");
    assert_string_equal(found, name);
    news_document_free(document);
}

static void finds_the_words_in_the_body(void **state) {
    (void)state;
    expect_first(
        "‘We will not sell the old ferry’ as town votes on its future\n\n"
        "The town of Port Ellis votes on Monday, in a poll that cost a thousand pounds.\n\n"
        "“We will not sell the dear old ferry,” said Mayor Ada Quint. “Ever.”\n\n"
        "“It leaks,” said Tom Hall, a member of the council.\n",
        "Ada Quint");
}

static void leaves_unknown_what_the_body_has_not(void **state) {
    (void)state;
    expect_first(
        "‘Shame on you all’: a town votes on the future of its ferry\n\n"
        "The town of Port Ellis votes on Monday, in a poll that cost a thousand pounds.\n\n"
        "“We will not sell the dear old ferry,” said Mayor Ada Quint. “Ever.”\n",
        "");
}

static void takes_a_word_for_a_quote_only_where_the_body_does(void **state) {
    (void)state;
    expect_first(
        "Ferry plan is ‘madness’, town hears before it votes on Monday\n\n"
        "The town of Port Ellis votes on Monday, in a poll that cost a thousand pounds.\n\n"
        "Mayor Ada Quint called the plan “madness”.\n",
        "Ada Quint");
    expect_first(
        "Ferry gets a ‘makeover’ before the town votes on Monday\n\n"
        "The town of Port Ellis votes on Monday, in a poll that cost a thousand pounds.\n\n"
        "Mayor Ada Quint called the plan “madness”.\n",
        "");
}

static void gives_an_interviews_headline_to_its_guest(void **state) {
    (void)state;
    expect_first("“The cold talks back to you”\n\n"
                 "Ada Quint has dived under the ice of the bay for thirty years.\n\n"
                 "Is it dark down there?\n\n“Never quite.”\n\n"
                 "And what do you hear?\n\n“Seals, mostly.”\n",
                 "Ada Quint");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_the_words_in_the_body),
        cmocka_unit_test(leaves_unknown_what_the_body_has_not),
        cmocka_unit_test(takes_a_word_for_a_quote_only_where_the_body_does),
        cmocka_unit_test(gives_an_interviews_headline_to_its_guest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
