/* The tree of sections: nesting, turns, entries, topics. */
#include "analysis.h"

#define PARAGRAPH                                                                                  \
    "The council of Lowmoor voted on Monday to build a second bridge across the river, and to "    \
    "close the first one to cars, after a debate that went on until two in the morning.\n\n"

static void nests_by_level(void **state) {
    (void)state;
    const char *bytes =
        "# Second bridge for Lowmoor\n\n" PARAGRAPH "## The vote\n\n" PARAGRAPH
        "#### Who voted\n\n" PARAGRAPH "### How\n\n" PARAGRAPH "## The cost\n\n" PARAGRAPH;
    expect_outline("a.md", bytes,
                   "1 lede|The council of Lowmoor voted on Monday to build a second\n"
                   "1 section|The vote\n2 section|Who voted\n2 section|How\n1 section|The cost\n");
    news_document *document = parse_as("a.md", bytes, strlen(bytes));
    const news_analysis *a = news_document_analysis(document);
    assert_int_equal(a->sections[1].span.to,
                     a->sections[3].span.to); /* reaches over its children */
    assert_true(a->sections[2].span.to < a->sections[3].span.from);
    news_document_free(document);
}

static void follows_turns_and_entries(void **state) {
    (void)state;
    expect_outline(
        "talk.txt",
        "An hour with the mayor of Lowmoor\n\nBy Dan Osei\n\n" PARAGRAPH
        "DAN OSEI: Would you close the bridge to cars again?\n\n"
        "EVA VARGA: On the first day, and not in the first month of my time in office.\n\n"
        "DAN OSEI: And if the court says that you must not?\n\n"
        "EVA VARGA: Then we will close it more slowly, but we will close it.\n",
        "1 lede|The council of Lowmoor voted on Monday to build a second\n"
        "1 speaker|DAN OSEI\n1 speaker|EVA VARGA\n1 speaker|DAN OSEI\n"
        "1 speaker|EVA VARGA\n");
    expect_outline("answers.txt",
                   "An hour with the mayor of Lowmoor\n\nBy Dan Osei\n\n" PARAGRAPH
                   "Q: Would you close the bridge to cars again?\n\n"
                   "A: On the first day, and not in the first month of my time in office here.\n\n"
                   "Q: And if the court says that you must not?\n\n"
                   "A: Then we will close it more slowly, but we will close it.\n",
                   "1 lede|The council of Lowmoor voted on Monday to build a second\n"
                   "1 speaker|Q: Would you close the bridge to cars again?\n"
                   "1 speaker|A: On the first day, and not in the first month of my time\n"
                   "1 speaker|Q: And if the court says that you must not?\n"
                   "1 speaker|A: Then we will close it more slowly, but we will close it.\n");
    expect_outline("live.txt",
                   "Storm live: bridge at Lowmoor closed to all traffic\n\n"
                   "14:32 GMT\nBridge closed in both directions\n" PARAGRAPH
                   "13:58 GMT\nSchools to stay shut on Wednesday\n" PARAGRAPH
                   "1:10 p.m.\n" PARAGRAPH,
                   "1 entry|Bridge closed in both directions\n"
                   "1 entry|Schools to stay shut on Wednesday\n1 entry|1:10 p.m.\n");
}

/* Two topics with words of their own, a paragraph for each sentence. */
static void finds_topics(void **state) {
    (void)state;
    static const char *const ice[] = {
        "The glacier above the village lost nine metres of ice in a single summer, Regula Imhof "
        "measured at the tongue of the glacier.",
        "Imhof has walked to the ice every month since she came, and each walk to the glacier "
        "takes "
        "her longer than the last one did.",
        "The meltwater of the glacier gathers in a lake, and the ice that held the lake back is "
        "melting as fast as the glacier does.",
        "When the ice gives way, Regula Imhof says, the lake will empty within minutes, and the "
        "water will follow the old bed of the glacier."};
    static const char *const bank[] = {
        "The bank raised its interest rates by half a point, and Amos Reyl said that inflation "
        "left "
        "the bank no choice about rates.",
        "Mortgages cost twice as much as they did, and families who borrowed from the bank at low "
        "rates will pay the interest for years.",
        "Economists expect Amos Reyl and the bank to raise interest rates again before inflation "
        "begins to fall, whatever mortgages cost.",
        "The bank has been wrong about inflation before, Amos Reyl admitted, and rates that rise "
        "too late must rise further, as mortgages show."};
    char bytes[8192] = "A glacier and a bank in one article\n\n";
    for (int k = 0; k < 8; k++) {
        size_t used = strlen(bytes);
        snprintf(bytes + used, sizeof bytes - used, "%s\n\n", k < 4 ? ice[k] : bank[k - 4]);
    }
    news_document *document = parse_as("a.txt", bytes, strlen(bytes));
    const news_analysis *a = news_document_analysis(document);
    assert_true(a->n_sections >= 2 && a->n_sections <= 4);
    assert_int_equal(a->sections[0].kind, NEWS_SECTION_LEDE);
    bool between = false;
    for (uint32_t i = 1; i < a->n_sections; i++) {
        const news_section *s = &a->sections[i];
        assert_int_equal(s->kind, NEWS_SECTION_DERIVED);
        assert_int_equal(s->level, 1);
        /* Its title stands in it. */
        assert_true(s->title_span.from >= s->span.from && s->title_span.to <= s->span.to);
        between |=
            memcmp(news_document_text(document).bytes + s->span.from, "The bank raised", 15) == 0;
    }
    assert_true(between);
    news_document_free(document);
}

static void leaves_short_articles_whole(void **state) {
    (void)state;
    expect_outline("a.txt", "Second bridge for Lowmoor after all-night debate\n\n" PARAGRAPH,
                   "1 lede|The council of Lowmoor voted on Monday to build a second\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nests_by_level), cmocka_unit_test(follows_turns_and_entries),
        cmocka_unit_test(finds_topics), cmocka_unit_test(leaves_short_articles_whole)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
