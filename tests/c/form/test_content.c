/* Web pages: what stands in an article and is none of its text, and what only looks so. */
#include "analysis.h"

#define ONE                                                                                        \
    "The ferry will stay in service for another ten years, the council of the bay said on Monday " \
    "after a long debate about its cost."
#define TWO                                                                                        \
    "The vote was close, and it may not be the last one that the town sees, people who were in "   \
    "the room said afterwards."
#define THREE                                                                                      \
    "It was not clear who would pay for the new engines that the ferry needs before the winter "   \
    "comes to the bay."
#define PAGE(body)                                                                                 \
    "<html lang=en><head><title>Ferry stays</title></head><body><nav><a href=/>Home</a></nav>"     \
    "<main><article><h1>Ferry stays</h1>" body "</article></main></body></html>"

/* The role of the block whose text starts so. */
static const char *role_of(const news_document *document, const char *bytes, const char *start) {
    const news_analysis *a = news_document_analysis(document);
    for (uint32_t i = 0; i < a->n_blocks; i++) {
        news_span span = news_document_source_span(document, a->blocks[i].span);
        if (span.to - span.from >= strlen(start) &&
            memcmp(bytes + span.from, start, strlen(start)) == 0) {
            return news_role_name(a->blocks[i].role);
        }
    }
    return "none";
}

static void has_role(const char *page, const char *start, const char *role) {
    news_document *document = parse_as("page.html", page, strlen(page));
    assert_string_equal(role_of(document, page, start), role);
    news_document_free(document);
}

static void posts_are_told_from_text(void **state) {
    (void)state;
    has_role(PAGE("<p>" ONE "</p><blockquote class=twitter-tweet><p>A slow death for this "
                  "street.</p>&mdash; Ada Quint</blockquote><p>" TWO "</p><p>" THREE "</p>"),
             "A slow death", "embed");
}

/* Sites call paragraphs and whole sections of theirs "embed", and give headings such names. */
static void text_is_text_whatever_it_is_called(void **state) {
    (void)state;
    has_role(PAGE("<p>" ONE "</p><p class=blog-embed>" TWO "</p><p>" THREE "</p>"), "The vote",
             "paragraph");
    has_role(PAGE("<p>" ONE "</p><h2 id=why-youtube>Why the vote was close</h2><p>" TWO
                  "</p><p>" THREE "</p>"),
             "Why the vote", "subhead");
    has_role(PAGE("<p>" ONE "</p><div class='profile embed'><p>" ONE "</p><p>" TWO "</p><p>" THREE
                  "</p><p>" ONE "</p><p>" TWO "</p><p>" THREE "</p><p>" ONE "</p><p>" TWO "</p><p>"
                  "Nobody would say what the engines cost, and the yard did not answer letters.</p>"
                  "</div><p>" THREE "</p>"),
             "Nobody would say", "paragraph");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(posts_are_told_from_text),
        cmocka_unit_test(text_is_text_whatever_it_is_called),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
