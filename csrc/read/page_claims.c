/* Names of properties and what they claim, in one table. */
#include "page_claims.h"
#include "json_ld.h"
#include "stream.h"
#include "utf8.h"

#include <string.h>

/* A value longer than this is no headline, name or date. */
enum { LONGEST_VALUE = 2000, LONGEST_GATHERED = 600 };

static const struct {
    const char *attribute, *name;
    uint8_t kind, trust;
} properties[] = {
    {"property", "og:title", NEWS_CLAIM_HEADLINE, NEWS_TRUST_OPEN_GRAPH},
    {"property", "og:description", NEWS_CLAIM_DEK, NEWS_TRUST_OPEN_GRAPH},
    {"property", "og:site_name", NEWS_CLAIM_PUBLISHER, NEWS_TRUST_OPEN_GRAPH},
    {"property", "og:locale", NEWS_CLAIM_LANGUAGE, NEWS_TRUST_META},
    {"property", "article:published_time", NEWS_CLAIM_PUBLISHED, NEWS_TRUST_OPEN_GRAPH},
    {"property", "og:article:published_time", NEWS_CLAIM_PUBLISHED, NEWS_TRUST_OPEN_GRAPH},
    {"property", "article:published", NEWS_CLAIM_PUBLISHED, NEWS_TRUST_OPEN_GRAPH},
    {"property", "article:modified_time", NEWS_CLAIM_MODIFIED, NEWS_TRUST_OPEN_GRAPH},
    {"property", "og:updated_time", NEWS_CLAIM_MODIFIED, NEWS_TRUST_META},
    {"property", "article:section", NEWS_CLAIM_SECTION, NEWS_TRUST_OPEN_GRAPH},
    {"property", "article:author", NEWS_CLAIM_AUTHOR, NEWS_TRUST_META},
    {"property", "article:author_name", NEWS_CLAIM_AUTHOR, NEWS_TRUST_OPEN_GRAPH},
    {"name", "twitter:title", NEWS_CLAIM_HEADLINE, NEWS_TRUST_META + 5},
    {"name", "twitter:description", NEWS_CLAIM_DEK, NEWS_TRUST_META},
    {"name", "title", NEWS_CLAIM_HEADLINE, NEWS_TRUST_META},
    {"name", "headline", NEWS_CLAIM_HEADLINE, NEWS_TRUST_META + 8},
    {"name", "dc.title", NEWS_CLAIM_HEADLINE, NEWS_TRUST_META},
    {"name", "dcterms.title", NEWS_CLAIM_HEADLINE, NEWS_TRUST_META},
    {"name", "sailthru.title", NEWS_CLAIM_HEADLINE, NEWS_TRUST_META + 4},
    {"name", "parsely-title", NEWS_CLAIM_HEADLINE, NEWS_TRUST_META + 6},
    {"name", "description", NEWS_CLAIM_DEK, NEWS_TRUST_META},
    {"name", "author", NEWS_CLAIM_AUTHOR, NEWS_TRUST_META + 8},
    {"name", "byl", NEWS_CLAIM_AUTHOR, NEWS_TRUST_META + 9},
    {"name", "parsely-author", NEWS_CLAIM_AUTHOR, NEWS_TRUST_META + 9},
    {"name", "sailthru.author", NEWS_CLAIM_AUTHOR, NEWS_TRUST_META + 9},
    {"name", "dc.creator", NEWS_CLAIM_AUTHOR, NEWS_TRUST_META + 7},
    {"name", "dcterms.creator", NEWS_CLAIM_AUTHOR, NEWS_TRUST_META + 7},
    {"name", "citation_author", NEWS_CLAIM_AUTHOR, NEWS_TRUST_META + 9},
    {"name", "date", NEWS_CLAIM_PUBLISHED, NEWS_TRUST_META},
    {"name", "pubdate", NEWS_CLAIM_PUBLISHED, NEWS_TRUST_META + 5},
    {"name", "publishdate", NEWS_CLAIM_PUBLISHED, NEWS_TRUST_META + 5},
    {"name", "publish-date", NEWS_CLAIM_PUBLISHED, NEWS_TRUST_META + 5},
    {"name", "publication_date", NEWS_CLAIM_PUBLISHED, NEWS_TRUST_META + 5},
    {"name", "article.published", NEWS_CLAIM_PUBLISHED, NEWS_TRUST_META + 5},
    {"name", "parsely-pub-date", NEWS_CLAIM_PUBLISHED, NEWS_TRUST_META + 6},
    {"name", "sailthru.date", NEWS_CLAIM_PUBLISHED, NEWS_TRUST_META + 5},
    {"name", "dc.date", NEWS_CLAIM_PUBLISHED, NEWS_TRUST_META + 4},
    {"name", "dc.date.issued", NEWS_CLAIM_PUBLISHED, NEWS_TRUST_META + 5},
    {"name", "dcterms.created", NEWS_CLAIM_PUBLISHED, NEWS_TRUST_META + 4},
    {"name", "ptime", NEWS_CLAIM_PUBLISHED, NEWS_TRUST_META + 4},
    {"name", "lastmod", NEWS_CLAIM_MODIFIED, NEWS_TRUST_META},
    {"name", "last-modified", NEWS_CLAIM_MODIFIED, NEWS_TRUST_META},
    {"name", "section", NEWS_CLAIM_SECTION, NEWS_TRUST_META},
    {"name", "parsely-section", NEWS_CLAIM_SECTION, NEWS_TRUST_META + 5},
    {"name", "application-name", NEWS_CLAIM_PUBLISHER, NEWS_TRUST_META},
    {"name", "dc.publisher", NEWS_CLAIM_PUBLISHER, NEWS_TRUST_META},
    {"itemprop", "headline", NEWS_CLAIM_HEADLINE, NEWS_TRUST_MICRODATA},
    {"itemprop", "datePublished", NEWS_CLAIM_PUBLISHED, NEWS_TRUST_MICRODATA},
    {"itemprop", "dateModified", NEWS_CLAIM_MODIFIED, NEWS_TRUST_MICRODATA},
    {"itemprop", "articleSection", NEWS_CLAIM_SECTION, NEWS_TRUST_MICRODATA},
    {"itemprop", "inLanguage", NEWS_CLAIM_LANGUAGE, NEWS_TRUST_MICRODATA},
};

static bool same_name(const char *a, const char *b) {
    for (; *a && *b; a++, b++) {
        char x = *a >= 'A' && *a <= 'Z' ? (char)(*a + 32) : *a;
        char y = *b >= 'A' && *b <= 'Z' ? (char)(*b + 32) : *b;
        if (x != y) {
            return false;
        }
    }
    return *a == *b;
}

static const char *attribute(const char *const *attributes, const char *name) {
    for (; attributes && attributes[0]; attributes += 2) {
        if (same_name(attributes[0], name)) {
            return attributes[1];
        }
    }
    return NULL;
}

bool news_page_claim(news_arena *arena, news_claims *claims, news_claim_kind kind, uint8_t trust,
                     uint32_t item, const char *bytes, uint32_t n) {
    if (n > LONGEST_VALUE) {
        return true;
    }
    char *value = news_arena_alloc(arena, (size_t)n * 3 + 8);
    if (!value) {
        return false;
    }
    uint32_t used = 0;
    bool space = false;
    for (uint32_t at = 0, length; at < n; at += length) {
        char out[8];
        uint32_t n_out = 0;
        length = bytes[at] == '&' ? news_stream_reference(bytes + at, n - at, out, &n_out) : 0;
        if (length == 0) {
            uint32_t c = news_utf8_decode(bytes + at, n - at, &length);
            n_out = news_utf8_encode(c ? c : ' ', out);
        }
        uint32_t unused, c = news_utf8_decode(out, n_out, &unused);
        if (news_utf8_is_space(c)) {
            space = used > 0;
            continue;
        }
        if (space) {
            value[used++] = ' ';
            space = false;
        }
        memcpy(value + used, out, n_out);
        used += n_out;
    }
    if (used == 0) {
        return true;
    }
    bool is_link = used > 4 && memcmp(value, "http", 4) == 0;
    if (is_link && kind == NEWS_CLAIM_AUTHOR) {
        return true; /* the address of a profile */
    }
    news_claim *claim = news_list_push(arena, &claims->list);
    if (!claim) {
        return false;
    }
    *claim = (news_claim){kind, trust, item, {value, used}, {NEWS_NONE, NEWS_NONE}};
    return true;
}

static bool claim(news_page_claims *page, news_claim_kind kind, uint8_t trust, const char *value) {
    size_t n = strlen(value);
    return n > LONGEST_VALUE ||
           news_page_claim(page->arena, page->claims, kind, trust, page->item, value, (uint32_t)n);
}

/* Gathers the text of the element that has just started. */
static bool gather(news_page_claims *page, const char *name, news_claim_kind kind, uint8_t trust) {
    if (page->element[0] || strlen(name) >= sizeof page->element) {
        return true;
    }
    if (!page->gathered) {
        page->gathered = news_arena_alloc(page->arena, LONGEST_GATHERED);
        if (!page->gathered) {
            return false;
        }
    }
    memcpy(page->element, name, strlen(name) + 1);
    page->n_gathered = 0;
    page->kind = kind;
    page->trust = trust;
    return true;
}

bool news_page_claims_start(news_page_claims *page, const char *name,
                            const char *const *attributes) {
    if (strcmp(name, "script") == 0) {
        const char *type = attribute(attributes, "type");
        page->is_json = type && strstr(type, "ld+json");
        return true;
    }
    if (strcmp(name, "title") == 0) {
        return gather(page, name, NEWS_CLAIM_HEADLINE, NEWS_TRUST_TITLE);
    }
    if (!attributes) {
        return true;
    }
    const char *content = attribute(attributes, "content");
    bool is_meta = strcmp(name, "meta") == 0, is_time = strcmp(name, "time") == 0;
    if (strcmp(name, "html") == 0) {
        const char *language = attribute(attributes, "lang");
        return !language || claim(page, NEWS_CLAIM_LANGUAGE, NEWS_TRUST_MICRODATA, language);
    }
    const char *datetime = is_time ? attribute(attributes, "datetime") : NULL;
    const char *property = attribute(attributes, "itemprop");
    if (datetime && !property) {
        const char *class = attribute(attributes, "class");
        bool updated = class && (strstr(class, "updat") || strstr(class, "modif"));
        if (!claim(page, updated ? NEWS_CLAIM_MODIFIED : NEWS_CLAIM_PUBLISHED, NEWS_TRUST_META - 5,
                   datetime)) {
            return false;
        }
    }
    for (size_t i = 0;
         (content || property || datetime) && i < sizeof properties / sizeof *properties; i++) {
        const char *value = attribute(attributes, properties[i].attribute);
        if (!value && is_meta &&
            properties[i].attribute[0] != 'i') { /* property= and name= are mixed up */
            value = attribute(attributes, properties[i].attribute[0] == 'n' ? "property" : "name");
        }
        if (!value || !same_name(value, properties[i].name)) {
            continue;
        }
        news_claim_kind kind = (news_claim_kind)properties[i].kind;
        const char *stated = content ? content : datetime;
        if (stated) {
            return claim(page, kind, properties[i].trust, stated);
        }
        return is_meta || gather(page, name, kind, properties[i].trust);
    }
    const char *rel = attribute(attributes, "rel");
    if (rel && same_name(rel, "author") && strcmp(name, "a") == 0) {
        return gather(page, name, NEWS_CLAIM_AUTHOR, NEWS_TRUST_META + 5);
    }
    return true;
}

bool news_page_claims_text(news_page_claims *page, const char *bytes, uint32_t n) {
    if (page->element[0]) {
        uint32_t room = LONGEST_GATHERED - page->n_gathered;
        n = n < room ? n : room;
        memcpy(page->gathered + page->n_gathered, bytes, n);
        page->n_gathered += n;
    }
    return true;
}

void news_page_claims_end(news_page_claims *page, const char *name) {
    if (page->element[0] && strcmp(page->element, name) == 0) {
        page->element[0] = 0;
        if (page->n_gathered < LONGEST_GATHERED) {
            (void)news_page_claim(page->arena, page->claims, page->kind, page->trust, page->item,
                                  page->gathered, page->n_gathered);
        }
    }
}

bool news_page_claims_raw(news_page_claims *page, const char *bytes, uint32_t n) {
    bool is_json = page->is_json;
    page->is_json = false;
    return !is_json || news_json_ld_read(page->arena, bytes, n, page->item, page->claims);
}
