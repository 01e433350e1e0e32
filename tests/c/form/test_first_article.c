/* The first real article that the project was asked to get right. It is its publisher's, so it is
 * read from beside the repository and nothing of it stands here but its headings. */
#include "analysis.h"

static char *read_file(const char *path, size_t *n) {
    FILE *file = fopen(path, "rb");
    if (!file) {
        return NULL;
    }
    enum { ROOM = 1 << 16 };
    char *bytes = malloc(ROOM);
    assert_non_null(bytes);
    *n = fread(bytes, 1, ROOM, file);
    fclose(file);
    return bytes;
}

static char *read_shared(size_t *n) {
    const char *shared = getenv("NEWSOUTLINE_SHARED"), *root = getenv("NEWSOUTLINE_ROOT");
    char path[4096];
    if (shared) {
        snprintf(path, sizeof path, "%s/seeds/putin-xi-call.txt", shared);
    } else {
        snprintf(path, sizeof path, "%s/../shared/seeds/putin-xi-call.txt", root ? root : ".");
    }
    return read_file(path, n);
}

static void reads_the_first_article(void **state) {
    (void)state;
    size_t n;
    char *bytes = read_shared(&n);
    if (!bytes) {
        print_message("skipped: ../shared/seeds/putin-xi-call.txt is not there\n");
        skip();
    }
    news_document *document = parse_as("putin-xi-call.txt", bytes, n);
    const news_analysis *a = news_document_analysis(document);

    static const char *const roles =
        "boilerplate headline dek date boilerplate caption credit paragraph "
        "subhead paragraph paragraph paragraph paragraph paragraph "
        "subhead paragraph paragraph paragraph subhead paragraph paragraph paragraph ";
    char seen[1024] = "";
    for (uint32_t i = 0; i < a->n_blocks; i++) {
        size_t used = strlen(seen);
        snprintf(seen + used, sizeof seen - used, "%s ", news_role_name(a->blocks[i].role));
    }
    assert_string_equal(seen, roles);
    assert_int_equal(a->date.iso.n, 10);
    assert_memory_equal(a->date.iso.bytes, "2021-08-26", 10);
    assert_memory_equal(a->headline.text.bytes, "Putin, Xi Make", 14);

    assert_int_equal(a->n_sections, 4);
    static const char *const titles[] = {NULL, "Afghanistan", "COVID-19", "Political Interference"};
    for (uint32_t i = 0; i < 4; i++) {
        assert_int_equal(a->sections[i].level, 1);
        assert_int_equal(a->sections[i].kind, i ? NEWS_SECTION_SECTION : NEWS_SECTION_LEDE);
        if (titles[i]) {
            assert_int_equal(a->sections[i].title.n, strlen(titles[i]));
            assert_memory_equal(a->sections[i].title.bytes, titles[i], strlen(titles[i]));
        }
    }
    assert_int_equal(a->sections[0].span.from, a->blocks[7].span.from);
    assert_int_equal(a->sections[0].span.to, a->blocks[7].span.to);
    assert_int_equal(a->sections[3].span.to, a->blocks[a->n_blocks - 1].span.to);
    news_document_free(document);
    free(bytes);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(reads_the_first_article)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
