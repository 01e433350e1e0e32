/* Names and attributes of elements against the lists of csrc/data. */
#include "element.h"
#include "word_lists.h"

#include <string.h>

const news_element_facts *news_element_facts_of(const char *name) {
    static const news_element_facts facts[] = {
        [NEWS_HTML_ELEMENTS_OTHER] = {NEWS_DISPLAY_BLOCK, NEWS_ELEMENT_OTHER, 0, false},
        [NEWS_HTML_ELEMENTS_INLINE] = {NEWS_DISPLAY_INLINE, NEWS_ELEMENT_OTHER, 0, false},
        [NEWS_HTML_ELEMENTS_LINK] = {NEWS_DISPLAY_INLINE, NEWS_ELEMENT_OTHER, 0, false},
        [NEWS_HTML_ELEMENTS_INLINE_VOID] = {NEWS_DISPLAY_INLINE, NEWS_ELEMENT_OTHER, 0, true},
        [NEWS_HTML_ELEMENTS_VOID] = {NEWS_DISPLAY_BLOCK, NEWS_ELEMENT_OTHER, 0, true},
        [NEWS_HTML_ELEMENTS_SKIPPED] = {NEWS_DISPLAY_SKIPPED, NEWS_ELEMENT_OTHER, 0, false},
        [NEWS_HTML_ELEMENTS_PARAGRAPH] = {NEWS_DISPLAY_BLOCK, NEWS_ELEMENT_PARAGRAPH, 0, false},
        [NEWS_HTML_ELEMENTS_HEADING] = {NEWS_DISPLAY_BLOCK, NEWS_ELEMENT_HEADING, 0, false},
        [NEWS_HTML_ELEMENTS_ITEM] = {NEWS_DISPLAY_BLOCK, NEWS_ELEMENT_LIST_ITEM, 0, false},
        [NEWS_HTML_ELEMENTS_CELL] = {NEWS_DISPLAY_BLOCK, NEWS_ELEMENT_CELL, 0, false},
        [NEWS_HTML_ELEMENTS_CAPTION] = {NEWS_DISPLAY_BLOCK, NEWS_ELEMENT_CAPTION, 0, false},
        [NEWS_HTML_ELEMENTS_PREFORMATTED] = {NEWS_DISPLAY_BLOCK, NEWS_ELEMENT_PREFORMATTED, 0,
                                             false},
        [NEWS_HTML_ELEMENTS_QUOTE] = {NEWS_DISPLAY_BLOCK, NEWS_ELEMENT_QUOTE, NEWS_IN_QUOTE, false},
        [NEWS_HTML_ELEMENTS_DIVISION] = {NEWS_DISPLAY_BLOCK, NEWS_ELEMENT_DIV, 0, false},
        [NEWS_HTML_ELEMENTS_ARTICLE] = {NEWS_DISPLAY_BLOCK, NEWS_ELEMENT_OTHER, NEWS_IN_ARTICLE,
                                        false},
        [NEWS_HTML_ELEMENTS_MAIN] = {NEWS_DISPLAY_BLOCK, NEWS_ELEMENT_OTHER, NEWS_IN_MAIN, false},
        [NEWS_HTML_ELEMENTS_NAV] = {NEWS_DISPLAY_BLOCK, NEWS_ELEMENT_OTHER, NEWS_IN_NAV, false},
        [NEWS_HTML_ELEMENTS_ASIDE] = {NEWS_DISPLAY_BLOCK, NEWS_ELEMENT_OTHER, NEWS_IN_ASIDE, false},
        [NEWS_HTML_ELEMENTS_HEADER] = {NEWS_DISPLAY_BLOCK, NEWS_ELEMENT_OTHER, NEWS_IN_HEADER,
                                       false},
        [NEWS_HTML_ELEMENTS_FOOTER] = {NEWS_DISPLAY_BLOCK, NEWS_ELEMENT_OTHER, NEWS_IN_FOOTER,
                                       false},
        [NEWS_HTML_ELEMENTS_FIGURE] = {NEWS_DISPLAY_BLOCK, NEWS_ELEMENT_OTHER, NEWS_IN_FIGURE,
                                       false},
        [NEWS_HTML_ELEMENTS_FORM] = {NEWS_DISPLAY_BLOCK, NEWS_ELEMENT_OTHER, NEWS_IN_FORM, false},
        [NEWS_HTML_ELEMENTS_TABLE] = {NEWS_DISPLAY_BLOCK, NEWS_ELEMENT_OTHER, NEWS_IN_TABLE, false},
        [NEWS_HTML_ELEMENTS_LIST] = {NEWS_DISPLAY_BLOCK, NEWS_ELEMENT_OTHER, NEWS_IN_LIST, false},
    };
    news_word known = news_words_find(&news_words_html_elements, name, strlen(name));
    return &facts[known.is_entry ? known.value : NEWS_HTML_ELEMENTS_OTHER];
}

static void keep(const char **place, const char *const *attribute, const char *name) {
    if (!*place && strcmp(attribute[0], name) == 0) {
        *place = attribute[1] ? attribute[1] : "";
    }
}

news_element_attributes news_element_attributes_of(const char *const *attributes) {
    news_element_attributes a = {0};
    for (; attributes && attributes[0]; attributes += 2) {
        switch (attributes[0][0]) {
        case 'a':
            keep(&a.aria_hidden, attributes, "aria-hidden");
            break;
        case 'c':
            keep(&a.class, attributes, "class");
            break;
        case 'h':
            keep(&a.href, attributes, "href");
            keep(&a.hidden, attributes, "hidden");
            break;
        case 'i':
            keep(&a.id, attributes, "id");
            keep(&a.property, attributes, "itemprop");
            break;
        case 'r':
            keep(&a.role, attributes, "role");
            break;
        case 's':
            keep(&a.style, attributes, "style");
            break;
        default:
            break;
        }
    }
    return a;
}

/* Joins the flags of the words in a class or id: "storyBody-text" is story, body, text, and
 * storybody, bodytext. */
static uint16_t words_in(const char *value) {
    enum { LONGEST = 24, MOST_BYTES = 300 };
    char pair[2 * LONGEST + 1];
    uint32_t n_before = 0, n = 0;
    uint16_t flags = 0;
    char word[LONGEST + 1], before[LONGEST + 1];
    bool small = false;
    for (uint32_t at = 0; at < MOST_BYTES; at++) {
        char c = value[at];
        bool upper = c >= 'A' && c <= 'Z', lower = c >= 'a' && c <= 'z';
        if ((!upper && !lower) || (upper && small)) {
            if (n) {
                flags |= news_words_find(&news_words_page_words, word, n).value;
                if (n_before) {
                    memcpy(pair, before, n_before);
                    memcpy(pair + n_before, word, n);
                    flags |= news_words_find(&news_words_page_words, pair, n_before + n).value;
                }
                memcpy(before, word, n);
                n_before = n;
                n = 0;
            }
            if (c == ' ') {
                n_before = 0;
            }
        }
        if (c == 0) {
            break;
        }
        if ((upper || lower) && n < LONGEST) {
            word[n++] = upper ? (char)(c + 32) : c;
        }
        small = lower;
    }
    return flags;
}

uint16_t news_element_words(const news_element_attributes *a) {
    return (uint16_t)((a->class ? words_in(a->class) : 0) | (a->id ? words_in(a->id) : 0));
}

uint32_t news_element_signature(const char *name, const char *class) {
    enum { MOST_BYTES = 100 };
    uint32_t hash = 2166136261u;
    for (; *name; name++) {
        hash = (hash ^ (unsigned char)*name) * 16777619u;
    }
    for (uint32_t i = 0; class && i < MOST_BYTES && class[i]; i++) {
        unsigned char c = (unsigned char)class[i];
        if (c == ' ' || c >= 'A') {
            hash = (hash ^ c) * 16777619u;
        }
    }
    return hash;
}

uint16_t news_element_places(const news_element_facts *facts, const news_element_attributes *a) {
    uint16_t places = facts->places;
    if (a->role) {
        places |= strcmp(a->role, "main") == 0 ? NEWS_IN_MAIN : 0;
        places |= strcmp(a->role, "navigation") == 0 || strcmp(a->role, "menu") == 0 ||
                          strcmp(a->role, "menubar") == 0
                      ? NEWS_IN_NAV
                      : 0;
        places |= strcmp(a->role, "complementary") == 0 ? NEWS_IN_ASIDE : 0;
        places |= strcmp(a->role, "banner") == 0 ? NEWS_IN_HEADER : 0;
        places |= strcmp(a->role, "contentinfo") == 0 ? NEWS_IN_FOOTER : 0;
        places |= strcmp(a->role, "dialog") == 0 ? NEWS_IN_FORM : 0;
    }
    places |= a->property && strstr(a->property, "articleBody") ? NEWS_IN_BODY_PROPERTY : 0;
    bool hidden = a->hidden || (a->aria_hidden && strcmp(a->aria_hidden, "true") == 0);
    hidden |= a->style && (strstr(a->style, "display:none") || strstr(a->style, "display: none"));
    places |= hidden ? NEWS_IN_HIDDEN : 0;
    return places;
}
