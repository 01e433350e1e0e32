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

/* Gathers the text of the element that has just started. Only what is surer of an author may take
 * the place of what is gathered already. */
static bool gather(news_page_claims *page, const char *name, news_claim_kind kind, uint8_t trust) {
    bool inner = page->element[0] && page->kind == NEWS_CLAIM_AUTHOR && kind == NEWS_CLAIM_AUTHOR;
    if ((page->element[0] && !inner) || strlen(name) >= sizeof page->element) {
        return true;
    }
    if (!page->gathered) {
        page->gathered = news_arena_alloc(page->arena, LONGEST_GATHERED);
        if (!page->gathered) {
            return false;
        }
    }
    memcpy(page->element, name, strlen(name) + 1);
    page->n_gathered = page->n_same = 0;
    page->from = page->text->n;
    page->trust = inner && page->trust > trust ? page->trust : trust;
    page->kind = kind;
    return true;
}

/* Whether one of the words of a value, which blanks set apart, is `word`. */
static bool has_word(const char *value, const char *word) {
    size_t n = strlen(word);
    for (const char *at = value; (at = strstr(at, word)) != NULL; at += n) {
        if ((at == value || at[-1] == ' ') && (at[n] == 0 || at[n] == ' ')) {
            return true;
        }
    }
    return false;
}

/* Whether an address leads to the page of a person who writes. */
static bool is_profile(const char *address) {
    static const char *const folders[] = {"author",  "authors",   "contributor", "contributors",
                                          "writer",  "writers",   "reporter",    "reporters",
                                          "staff",   "columnist", "columnists",  "journalist",
                                          "profile", "profiles",  "journalists", "correspondents"};
    enum { LONGEST = 300 };
    for (uint32_t at = 0, from = 0; at < LONGEST; at++) {
        char c = address[at];
        if (c != '/' && c != 0 && c != '?') {
            continue;
        }
        for (size_t i = 0; i < sizeof folders / sizeof *folders && c == '/'; i++) {
            size_t n = strlen(folders[i]);
            if (at - from == n && memcmp(address + from, folders[i], n) == 0 && address[at + 1]) {
                return true;
            }
        }
        if (c != '/') {
            break;
        }
        from = at + 1;
    }
    return false;
}

/* Whether the name of a meta element that no table lists says that its value is the date of
 * publication: "w-published-date", "article:date_published". */
static bool is_publication(const char *name) {
    enum { LONGEST = 40 };
    char folded[LONGEST + 1];
    size_t n = strlen(name);
    if (n > LONGEST) {
        return false;
    }
    for (size_t i = 0; i <= n; i++) {
        folded[i] = name[i] >= 'A' && name[i] <= 'Z' ? (char)(name[i] + 32) : name[i];
    }
    return (strstr(folded, "publi") && !strstr(folded, "publisher") &&
            (strstr(folded, "date") || strstr(folded, "time") || strstr(folded, "published"))) ||
           strstr(folded, "pubdate") || strstr(folded, "pub_date");
}

/* "/2024/05/13/" in the page's own address: the day it was put there. */
static bool claim_address(news_page_claims *page, const char *address) {
    for (const char *at = address; (at = strchr(at, '/')) != NULL; at++) {
        bool fits = true;
        static const char form[] = "/dddd/dd/dd/";
        for (size_t i = 0; i < sizeof form - 1 && fits; i++) {
            fits = form[i] == 'd' ? at[i] >= '0' && at[i] <= '9' : at[i] == '/';
        }
        if (fits) {
            char day[11];
            memcpy(day, at + 1, 10);
            day[4] = day[7] = '-';
            return news_page_claim(page->arena, page->claims, NEWS_CLAIM_PUBLISHED,
                                   NEWS_TRUST_ADDRESS, page->item, day, 10);
        }
    }
    return true;
}

/* Cards for social networks state a label and what it says in elements of their own: "Written by"
 * and a name. */
static bool claim_label(news_page_claims *page, const char *const *attributes,
                        const char *content) {
    const char *name = attribute(attributes, "name");
    name = name ? name : attribute(attributes, "property");
    if (!name || strncmp(name, "twitter:", 8) != 0) {
        return true;
    }
    if (strncmp(name + 8, "label", 5) == 0) {
        page->is_author_next = same_name(content, "written by");
        return true;
    }
    bool is_author = page->is_author_next && strncmp(name + 8, "data", 4) == 0;
    page->is_author_next = false;
    return !is_author || claim(page, NEWS_CLAIM_AUTHOR, NEWS_TRUST_META + 6, content);
}

bool news_page_claims_start(news_page_claims *page, const char *name,
                            const char *const *attributes) {
    page->n_same += page->element[0] && strcmp(page->element, name) == 0;
    if (strcmp(name, "script") == 0) {
        const char *type = attribute(attributes, "type");
        page->is_json = type && strstr(type, "ld+json");
        return true;
    }
    if (strcmp(name, "title") == 0) { /* those behind it are of pictures */
        bool is_first = !page->has_title;
        page->has_title = true;
        return !is_first || gather(page, name, NEWS_CLAIM_HEADLINE, NEWS_TRUST_TITLE);
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
    if (is_meta && content && !claim_label(page, attributes, content)) {
        return false;
    }
    const char *own_name = attribute(attributes, is_meta ? "property" : "rel");
    const char *own = is_meta ? content : attribute(attributes, "href");
    if (own_name && own && same_name(own_name, is_meta ? "og:url" : "canonical") &&
        !claim_address(page, own)) {
        return false;
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
    const char *meta = is_meta ? attribute(attributes, "name") : NULL;
    meta = meta || !is_meta ? meta : attribute(attributes, "property");
    if (meta && content && is_publication(meta)) {
        return claim(page, NEWS_CLAIM_PUBLISHED, NEWS_TRUST_META + 1, content);
    }
    const char *rel = attribute(attributes, "rel");
    bool by_author = page->element[0] && page->kind == NEWS_CLAIM_AUTHOR;
    if ((rel && has_word(rel, "author") && strcmp(name, "link") != 0) ||
        (property && (has_word(property, "author") || has_word(property, "creator"))) ||
        (property && by_author && has_word(property, "name"))) {
        if (content) {
            return claim(page, NEWS_CLAIM_AUTHOR, NEWS_TRUST_MICRODATA, content);
        }
        return gather(page, name, NEWS_CLAIM_AUTHOR, NEWS_PLACE_AUTHOR);
    }
    const char *address = name[0] == 'a' && name[1] == 0 ? attribute(attributes, "href") : NULL;
    if (address && is_profile(address)) {
        return gather(page, name, NEWS_CLAIM_AUTHOR, NEWS_PLACE_LINKED);
    }
    return true;
}

bool news_page_claims_author(news_page_claims *page, const char *name) {
    return gather(page, name, NEWS_CLAIM_AUTHOR, NEWS_PLACE_NAMED);
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

/* An author's name as the page shows it: its place is told, the form stage reads what stands there.
 */
static void claim_place(news_page_claims *page) {
    enum { LONGEST_SHOWN = 200 };
    news_span span = {page->from, page->text->n};
    if (span.from == span.to || span.to - span.from > LONGEST_SHOWN) {
        return;
    }
    news_claim *claim = news_list_push(page->arena, &page->claims->list);
    if (claim) {
        *claim = (news_claim){page->kind, page->trust, page->item, {NULL, 0}, span};
    }
}

void news_page_claims_end(news_page_claims *page, const char *name) {
    if (!page->element[0] || strcmp(page->element, name) != 0) {
        return;
    }
    if (page->n_same) {
        page->n_same--;
        return;
    }
    page->element[0] = 0;
    if (page->trust <= NEWS_PLACE_AUTHOR) {
        claim_place(page);
    } else if (page->n_gathered < LONGEST_GATHERED) {
        (void)news_page_claim(page->arena, page->claims, page->kind, page->trust, page->item,
                              page->gathered, page->n_gathered);
    }
}

bool news_page_claims_raw(news_page_claims *page, const char *bytes, uint32_t n) {
    bool is_json = page->is_json;
    page->is_json = false;
    return !is_json || news_json_ld_read(page->arena, bytes, n, page->item, page->claims);
}
