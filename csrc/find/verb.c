/* Verb groups: helpers, modals and adverbs before a verb, and whether it is passive. */
#include "clause.h"

#include <string.h>

static bool is_helper(const news_reports *r, uint32_t i) {
    static const char *const words[] = {
        "have",   "has",    "had",     "having", "be",    "is",     "are",     "was",    "were",
        "been",   "being",  "do",      "does",   "did",   "get",    "got",     "don't",  "doesn't",
        "didn't", "hasn't", "haven't", "hadn't", "isn't", "wasn't", "weren't", "aren't", "let"};
    if (r->article->tokens[i].kind == NEWS_TOKEN_SUFFIX) {
        return r->tags[i] == NEWS_TAG_PRESENT;
    }
    for (size_t k = 0; k < sizeof words / sizeof *words; k++) {
        if (is_word(r, i, words[k])) {
            return true;
        }
    }
    return false;
}

uint32_t news_report_verb_group(const news_reports *r, uint32_t v, uint32_t from) {
    uint32_t g = v;
    while (g > from && is_plain(r, g - 1)) {
        uint8_t tag = r->tags[g - 1];
        if (tag == NEWS_TAG_MODAL || tag == NEWS_TAG_ADVERB || tag == NEWS_TAG_TO ||
            is_helper(r, g - 1) || (g < v && r->tags[g] == NEWS_TAG_TO && is_verb(tag))) {
            g--;
        } else {
            break;
        }
    }
    return g;
}

bool news_report_is_passive(const news_reports *r, uint32_t group, uint32_t v) {
    if (r->tags[v] != NEWS_TAG_PARTICIPLE && r->tags[v] != NEWS_TAG_PAST) {
        return false;
    }
    bool be = false, have = false;
    static const char *const forms[] = {"is",     "are",     "was",   "were", "be",
                                        "been",   "being",   "get",   "got",  "isn't",
                                        "wasn't", "weren't", "aren't"};
    for (uint32_t i = group; i < v; i++) {
        for (size_t k = 0; k < sizeof forms / sizeof *forms; k++) {
            be |= is_word(r, i, forms[k]);
        }
        have |= is_helper(r, i);
    }
    return be || (r->tags[v] == NEWS_TAG_PARTICIPLE && !have);
}
