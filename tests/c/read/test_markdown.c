/* Markdown: its blocks, and a text without marks whose bytes in the source are known. */
#include "analysis.h"

static void reads_blocks(void **state) {
    (void)state;
    expect_blocks("a.md",
                  "# Ferry line halts night crossings\n\n"
                  "The operator of the ferry line said on *Tuesday* that it would\nhalt all night "
                  "crossings until further notice.\n\n"
                  "What comes next\n---------------\n\n"
                  "The line has promised that it will publish its timetable on Friday.\n\n"
                  "> We will sail again.\n> Not at once.\n>\n> But soon.\n\n"
                  "- one thing\n  and its end\n- another\n\n1. first\n2. second\n\n"
                  "```\ncode *here*\n```\n\n"
                  "| a | b |\n|---|---|\n| 1 | 2 |\n\n"
                  "![The ferry](ferry.jpg)\n\n<!-- a remark -->\n",
                  "headline|Ferry line halts night crossings\n"
                  "paragraph|The operator of the ferry line said on *Tuesday* that it would\nhalt "
                  "all night crossings until further notice.\n"
                  "subhead|What comes next\n"
                  "paragraph|The line has promised that it will publish its timetable on Friday.\n"
                  "blockquote|We will sail again.\n> Not at once.\n"
                  "blockquote|But soon.\n"
                  "list|one thing\n  and its end\nlist|another\nlist|first\nlist|second\n"
                  "code|code *here*\n"
                  "table|| a | b |\n|---|---|\n| 1 | 2 |\n"
                  "caption|The ferry\n"
                  "boilerplate|<!-- a remark -->\n");
}

/* The decoded text of the one paragraph below the headline. */
static void expect_text(const char *markdown, const char *expected) {
    char bytes[4096];
    snprintf(bytes, sizeof bytes, "# Ferry line halts night crossings\n\n%s\n", markdown);
    news_document *document = parse_as("a.md", bytes, strlen(bytes));
    const news_analysis *a = news_document_analysis(document);
    assert_true(a->n_blocks >= 2);
    news_span span = a->blocks[1].span;
    char text[4096];
    snprintf(text, sizeof text, "%.*s", (int)(span.to - span.from),
             news_document_text(document).bytes + span.from);
    assert_string_equal(text, expected);
    news_document_free(document);
}

static void leaves_marks_out(void **state) {
    (void)state;
    expect_text("She called it “a *very* bad day” and **left** the room.",
                "She called it “a very bad day” and left the room.");
    expect_text("A ***bold and slanted*** word and a snake_case_name stand here.",
                "A bold and slanted word and a snake_case_name stand here.");
    expect_text("Read [the report](https://x.org/a_(b) \"A title\") or [this][ref] at once.",
                "Read the report or this at once.");
    expect_text("He said that [the minister] had lied, 2 * 3 * 4 times [sic].",
                "He said that [the minister] had lied, 2 * 3 * 4 times [sic].");
    expect_text("Escaped \\*stars\\* and `code` and ~~old~~ words stand here.",
                "Escaped *stars* and code and old words stand here.");
    expect_text("``Old'' marks and ``others'' are quotation marks, not code.",
                "``Old'' marks and ``others'' are quotation marks, not code.");
    expect_text("Text with <b>tags</b>, <br/> a <!-- remark --> and <https://x.org> in it.",
                "Text with tags,  a  and https://x.org in it.");
    expect_text("It is 3 < 4, and a footnote[^1] stands behind it all.",
                "It is 3 < 4, and a footnote stands behind it all.");
    expect_text("An unclosed *star and an unclosed [bracket stay where they are.",
                "An unclosed *star and an unclosed [bracket stay where they are.");
    expect_text("A picture ![of a ship](ship.jpg) within the line is named.",
                "A picture of a ship within the line is named.");
}

static void knows_front_matter(void **state) {
    (void)state;
    const char *bytes = "---\n# a remark\ntitle: 'A ferry: halted'\nauthors: [Ann Doe, \"Bo Ek\"]\n"
                        "date: 2024-05-03\nupdated: 2024-05-04\nsummary: Short\nlang: en-GB\n"
                        "tags: [a, b]\npublisher: The Post\ncategory: World\n---\n\n"
                        "The ferry between the islands will not sail at night until May.\n";
    news_document *document = parse_as("a.md", bytes, strlen(bytes));
    const news_analysis *a = news_document_analysis(document);
    assert_memory_equal(a->headline.text.bytes, "A ferry: halted", a->headline.text.n);
    assert_int_equal(a->headline.text.n, 15);
    assert_int_equal(a->headline.span.from, NEWS_NONE);
    assert_int_equal(a->n_bylines, 2);
    assert_memory_equal(a->bylines[1].text.bytes, "Bo Ek", 5);
    assert_memory_equal(a->date.iso.bytes, "2024-05-03", 10);
    assert_memory_equal(a->modified.iso.bytes, "2024-05-04", 10);
    assert_memory_equal(a->dek.text.bytes, "Short", 5);
    assert_memory_equal(a->publisher.bytes, "The Post", 8);
    assert_memory_equal(a->section.bytes, "World", 5);
    assert_int_equal(a->blocks[0].role, NEWS_ROLE_BOILERPLATE);
    assert_int_equal(a->blocks[1].role, NEWS_ROLE_PARAGRAPH);
    news_document_free(document);

    expect_blocks(
        "toml.md", "+++\ntitle = \"x\"\n+++\nThe ferry will not sail at night.\n",
        "boilerplate|+++\ntitle = \"x\"\n+++\nparagraph|The ferry will not sail at night.\n");
    /* Without an end it is a break and text. */
    expect_blocks("open.md", "---\nThe ferry will not sail at night, the line said.\n",
                  "paragraph|The ferry will not sail at night, the line said.\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(reads_blocks),
                                       cmocka_unit_test(leaves_marks_out),
                                       cmocka_unit_test(knows_front_matter)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
