/* The names in bylines, without what stands around them. */
#include "analysis.h"
#include "byline.h"

static void names(const char *byline, bool or_outlet, const char *wanted) {
    news_arena arena = {0};
    news_names found = {0};
    assert_true(news_form_byline(&arena, byline, (news_span){0, (uint32_t)strlen(byline)},
                                 or_outlet, &found));
    char all[600] = "";
    for (uint32_t i = 0; i < found.list.n; i++) {
        const news_value *name = &found.list.at[i];
        size_t used = strlen(all);
        snprintf(all + used, sizeof all - used, "%s%.*s", used ? "|" : "", (int)name->text.n,
                 name->text.bytes);
        assert_memory_equal(byline + name->span.from, name->text.bytes, name->text.n);
    }
    assert_string_equal(all, wanted);
    news_arena_free(&arena);
}

static void openings_are_left_out(void **state) {
    (void)state;
    names("By Ada Quint", true, "Ada Quint");
    names("BY ADA QUINT", true, "ADA QUINT");
    names("Written by: Ada Quint", true, "Ada Quint");
    names("Author: Ada Quint", true, "Ada Quint");
    names("Ada Quint", true, "Ada Quint");
}

static void several_are_told_apart(void **state) {
    (void)state;
    names("By Ada Quint, Tom Hall and Eva Lind", true, "Ada Quint|Tom Hall|Eva Lind");
    names("By Ada Quint & Tom Hall | Eva Lind", true, "Ada Quint|Tom Hall|Eva Lind");
    names("By Ada Quint with additional reporting by Tom Hall", true, "Ada Quint|Tom Hall");
    names("By Ada Quint, Ada Quint", true, "Ada Quint");
    names("Por Ana Ruiz y José Díaz", true, "Ana Ruiz|José Díaz");
}

static void jobs_places_and_addresses_go(void **state) {
    (void)state;
    names("By Ada Quint, Senior Political Correspondent", true, "Ada Quint");
    names("Ada Quint Health Editor", true, "Ada Quint");
    names("By Ada Quint in Port Ellis", true, "Ada Quint");
    names("By Ada Quint (ada@bay.example)", true, "Ada Quint");
    names("By Ada Quint Updated Sep 9, 2024", true, "Ada Quint");
    names("By Ada Quint, Published May 3", true, "Ada Quint");
    names("By staff writer", false, "");
    names("By Editor", false, "");
}

static void degrees_stay(void **state) {
    (void)state;
    names("By Ada Quint, MD", true, "Ada Quint, MD");
    names("By Ada Quint, Ph.D., and Tom Hall, RN, MSN", true, "Ada Quint, Ph.D.|Tom Hall, RN, MSN");
    names("By Ada Quint, M.D. FACLM, Tom Hall", true, "Ada Quint, M.D. FACLM|Tom Hall");
    names("By Ada Quint, CEPF®", true, "Ada Quint, CEPF®");
    names("By Ada Quint, E-RYT 200", true, "Ada Quint, E-RYT 200");
    names("By Ada Quint, CNN", true, "Ada Quint");
}

static void outlets_and_groups(void **state) {
    (void)state;
    names("Reuters", true, "Reuters");
    names("Reuters", false, "");
    names("By Ada Quint, Reuters", true, "Ada Quint");
    names("By The Currency editors", true, "The Currency editors");
    names("Help Net Security", true, "Help Net Security");
    names("By Ludwig van der Rohe", true, "Ludwig van der Rohe");
}

static void what_is_no_byline(void **state) {
    (void)state;
    names("", true, "");
    names("By", true, "");
    names("by the sea", true, "");
    names("12 comments", true, "");
    char many[3000] = "By ";
    for (int i = 0; i < 100; i++) {
        snprintf(many + strlen(many), sizeof many - strlen(many), "Ada Q%c%c, ", 'a' + i / 26,
                 'a' + i % 26);
    }
    names(many, true, ""); /* too long for a byline */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(openings_are_left_out),        cmocka_unit_test(several_are_told_apart),
        cmocka_unit_test(jobs_places_and_addresses_go), cmocka_unit_test(degrees_stay),
        cmocka_unit_test(outlets_and_groups),           cmocka_unit_test(what_is_no_byline),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
