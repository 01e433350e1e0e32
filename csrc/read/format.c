/* Extensions first, since their writers chose them; then the first tag. */
#include "format.h"
#include "utf8.h"

#include <string.h>

/* Doctypes and comments before the root are looked through so far. */
enum { LOOKED = 4096 };

static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static bool is_prefix(const char *bytes, uint32_t n, const char *word) {
    size_t length = strlen(word);
    for (size_t i = 0; i < length; i++) {
        if (i >= n || lower(bytes[i]) != word[i]) {
            return false;
        }
    }
    return true;
}

static news_format by_extension(const char *name) {
    static const struct {
        const char *extension;
        news_format format;
    } known[] = {
        {".md", NEWS_FORMAT_MARKDOWN}, {".markdown", NEWS_FORMAT_MARKDOWN},
        {".html", NEWS_FORMAT_HTML},   {".htm", NEWS_FORMAT_HTML},
        {".xhtml", NEWS_FORMAT_HTML},  {".xml", NEWS_FORMAT_XML},
        {".nitf", NEWS_FORMAT_XML},    {".newsml", NEWS_FORMAT_XML},
        {".rss", NEWS_FORMAT_XML},     {".atom", NEWS_FORMAT_XML},
        {".txt", NEWS_FORMAT_TEXT},    {".text", NEWS_FORMAT_TEXT},
    };
    size_t n = strlen(name);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        size_t m = strlen(known[i].extension);
        if (n >= m && is_prefix(name + n - m, (uint32_t)m, known[i].extension)) {
            return known[i].format;
        }
    }
    return NEWS_FORMAT_AUTO;
}

/* The first element's name starts at the return value; n where there is none. */
static uint32_t first_element(const char *bytes, uint32_t n) {
    for (uint32_t at = 0; at + 1 < n; at++) {
        if (bytes[at] == '<' && is_prefix(bytes + at, n - at, "<!--")) {
            while (at + 2 < n && memcmp(bytes + at, "-->", 3) != 0) {
                at++;
            }
        } else if (bytes[at] == '<' && lower(bytes[at + 1]) >= 'a' && lower(bytes[at + 1]) <= 'z') {
            return at + 1;
        }
    }
    return n;
}

static news_format by_content(const char *bytes, uint32_t n) {
    n = n < LOOKED ? n : LOOKED;
    news_span span = news_utf8_trim(bytes, (news_span){0, n});
    bytes += span.from;
    n = span.to - span.from;
    if (n == 0 || bytes[0] != '<') {
        return NEWS_FORMAT_TEXT;
    }
    uint32_t at = first_element(bytes, n);
    static const char *const html[] = {"html", "head", "body", "article", "div", "meta"};
    static const char *const xml[] = {"rss", "feed", "nitf", "news", "rdf:rdf", "entry", "package"};
    for (size_t i = 0; i < sizeof html / sizeof *html; i++) {
        if (is_prefix(bytes + at, n - at, html[i])) {
            return NEWS_FORMAT_HTML;
        }
    }
    for (size_t i = 0; i < sizeof xml / sizeof *xml; i++) {
        if (is_prefix(bytes + at, n - at, xml[i])) {
            return NEWS_FORMAT_XML;
        }
    }
    return is_prefix(bytes, n, "<!doctype html") ? NEWS_FORMAT_HTML
           : is_prefix(bytes, n, "<?xml")        ? NEWS_FORMAT_XML
                                                 : NEWS_FORMAT_TEXT;
}

news_format news_read_guess(const char *name, const char *bytes, uint32_t n) {
    news_format format = name ? by_extension(name) : NEWS_FORMAT_AUTO;
    return format != NEWS_FORMAT_AUTO ? format : by_content(bytes, n);
}
