/* JSON-LD as pages hold it: whole, in a graph, cut short, and not quite JSON. */
#include "analysis.h"
#include "json_ld.h"

typedef struct claimed {
    news_arena arena;
    news_claims claims;
} claimed;

static claimed read(const char *json) {
    claimed c = {0};
    assert_true(news_json_ld_read(&c.arena, json, (uint32_t)strlen(json), NEWS_NONE, &c.claims));
    return c;
}

/* The values claimed of that kind, with a bar between them. */
static void claims(const char *json, news_claim_kind kind, const char *values) {
    claimed c = read(json);
    char found[400] = "";
    for (uint32_t i = 0; i < c.claims.list.n; i++) {
        const news_claim *claim = &c.claims.list.at[i];
        if (claim->kind == kind) {
            size_t used = strlen(found);
            snprintf(found + used, sizeof found - used, "%s%.*s", used ? "|" : "",
                     (int)claim->value.n, claim->value.bytes);
        }
    }
    assert_string_equal(found, values);
    news_arena_free(&c.arena);
}

static void an_article_says_what_it_is(void **state) {
    (void)state;
    static const char article[] =
        "{\"@context\": \"https://schema.org\", \"@type\": \"NewsArticle\", \"headline\": \"Ferry "
        "stays\", \"description\": \"For ten years.\", \"datePublished\": \"2024-05-03\", "
        "\"dateModified\": \"2024-05-04\", \"articleSection\": \"Town\", \"inLanguage\": \"en\", "
        "\"publisher\": {\"@type\": \"Organization\", \"name\": \"Bay Post\", \"logo\": {\"url\": "
        "\"x\"}}, \"author\": [{\"@type\": \"Person\", \"name\": \"Ada Quint\"}, \"Tom Hall\"], "
        "\"creator\": \"Desk\", \"wordCount\": 312, \"free\": true, \"image\": null}";
    claims(article, NEWS_CLAIM_HEADLINE, "Ferry stays");
    claims(article, NEWS_CLAIM_DEK, "For ten years.");
    claims(article, NEWS_CLAIM_PUBLISHED, "2024-05-03");
    claims(article, NEWS_CLAIM_MODIFIED, "2024-05-04");
    claims(article, NEWS_CLAIM_SECTION, "Town");
    claims(article, NEWS_CLAIM_LANGUAGE, "en");
    claims(article, NEWS_CLAIM_PUBLISHER, "Bay Post");
    claims(article, NEWS_CLAIM_AUTHOR, "Ada Quint|Tom Hall");
}

static void only_articles_count(void **state) {
    (void)state;
    static const char graph[] =
        "{\"@graph\": [{\"@type\": \"Organization\", \"name\": \"Bay Post\", \"headline\": \"no\"},"
        "{\"@type\": [\"Thing\", \"BlogPosting\"], \"headline\": \"Ferry stays\"},"
        "{\"@type\": \"BreadcrumbList\", \"itemListElement\": [{\"name\": \"Home\"}]}]}";
    claims(graph, NEWS_CLAIM_HEADLINE, "Ferry stays");
    claims("[{\"@type\": \"Product\", \"description\": \"a chair\"}]", NEWS_CLAIM_DEK, "");
}

static void escapes_are_decoded(void **state) {
    (void)state;
    claims("{\"@type\":\"Article\",\"headline\":\"\\u201cWe \\\"keep\\\" it\\u201d\\n\\/ "
           "caf\\u00e9 \\ud83d\\udea2 &amp; more\"}",
           NEWS_CLAIM_HEADLINE, "“We \"keep\" it” / café 🚢 & more");
    claims("{\"@type\":\"Article\",\"headline\":\"a\\u00zzb\\ud83dc\"}", NEWS_CLAIM_HEADLINE,
           "a00zzb\xEF\xBF\xBD"
           "c");
}

static void what_is_broken_is_passed_over(void **state) {
    (void)state;
    static const char *const broken[] = {
        "<!-- {\"@type\":\"Article\",\"headline\":\"Ferry stays\"} -->",
        "{\"@type\":\"Article\",\"headline\":\"Ferry stays\"",
        "{\"@type\":\"Article\",\"headline\":\"Ferry stays\",,}",
        "{'@type': x, \"@type\":\"Article\" \"headline\":\"Ferry stays\"}",
        "{\"@type\":\"Article\", \"url\": base + \"/a\", \"headline\":\"Ferry stays\"}",
        "{\"@type\":\"Article\", // a comment\n \"headline\":\"Ferry stays\", \"author\": [,]}",
        "{\"@type\":\"Article\",\"headline\":\"Ferry\n stays\"}",
        "{\"@type\":\"Article\",\"headline\":\"Ferry stays\"}}]",
        "x {\"@type\":\"Article\",\"image\":[[],{},\"a\"],\"headline\":\"Ferry stays\"};",
    };
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        claims(broken[i], NEWS_CLAIM_HEADLINE, "Ferry stays");
    }
    claims("{\"@type\":\"Article\",\"headline\":\"Ferry st", NEWS_CLAIM_HEADLINE, "Ferry st");
    claims("{\"@type\":\"Article\",\"headline\":\"x\\", NEWS_CLAIM_HEADLINE, "x\\");
    claims("", NEWS_CLAIM_HEADLINE, "");
    claims("{\"", NEWS_CLAIM_HEADLINE, "");
}

static void a_page_says_less_than_an_article(void **state) {
    (void)state;
    claimed c =
        read("{\"@type\":\"WebPage\",\"datePublished\":\"2024-05-03\",\"author\":\"Site\"}");
    assert_int_equal(c.claims.list.n, 2);
    claimed article =
        read("{\"@type\":\"Article\",\"headline\":\"x\",\"datePublished\":\"2024-05-03\"}");
    assert_true(c.claims.list.at[0].trust < article.claims.list.at[1].trust);
    news_arena_free(&c.arena);
    news_arena_free(&article.arena);
}

static void depth_and_authors_are_limited(void **state) {
    (void)state;
    enum { DEEP = 3000 };
    char json[DEEP * 6 + 200] = "";
    size_t n = 0;
    for (int i = 0; i < DEEP; i++) {
        n += (size_t)snprintf(json + n, sizeof json - n, "{\"a\":[");
    }
    snprintf(json + n, sizeof json - n, "{\"@type\":\"Article\",\"headline\":\"deep\"}");
    claimed deep = read(json);
    news_arena_free(&deep.arena);
    n = (size_t)snprintf(json, sizeof json,
                         "{\"@type\":\"Article\",\"headline\":\"x\",\"author\":[");
    for (int i = 0; i < 100; i++) {
        n += (size_t)snprintf(json + n, sizeof json - n, "\"Ada Quint\",");
    }
    snprintf(json + n, sizeof json - n, "]}");
    claimed c = read(json);
    assert_true(c.claims.list.n < 20);
    news_arena_free(&c.arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_article_says_what_it_is),
        cmocka_unit_test(only_articles_count),
        cmocka_unit_test(escapes_are_decoded),
        cmocka_unit_test(what_is_broken_is_passed_over),
        cmocka_unit_test(a_page_says_less_than_an_article),
        cmocka_unit_test(depth_and_authors_are_limited),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
