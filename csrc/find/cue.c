/* The word itself, then the base forms that its ending may hide; then the words behind it. */
#include "cue.h"
#include "utf8.h"
#include "word_lists.h"

#include <string.h>

enum { LONGEST = 32 }; /* bytes of a verb; more is none of ours */

/* Looks up a candidate for the base form, as a cue or as the first word of one. */
static bool try_form(const char *stem, uint32_t n, const char *ending, bool entry, char *found) {
    size_t m = strlen(ending);
    if (n + m > LONGEST || n < 2) {
        return false;
    }
    memcpy(found, stem, n);
    memcpy(found + n, ending, m + 1);
    news_word word = news_words_find(&news_words_cues, found, n + m);
    return entry ? word.is_entry : word.is_prefix;
}

static bool ends_in(const char *word, uint32_t n, const char *ending) {
    size_t m = strlen(ending);
    return n > m && memcmp(word + n - m, ending, m) == 0;
}

/* The base form that the list has; false where it has none. `found` has room for LONGEST + 4. */
static bool base_form(const char *word, uint32_t n, bool entry, char *found) {
    if (try_form(word, n, "", entry, found)) {
        return true;
    }
    if (ends_in(word, n, "ies") && try_form(word, n - 3, "y", entry, found)) {
        return true;
    }
    if (ends_in(word, n, "ied") && try_form(word, n - 3, "y", entry, found)) {
        return true;
    }
    if (ends_in(word, n, "s") &&
        (try_form(word, n - 1, "", entry, found) ||
         (ends_in(word, n, "es") && try_form(word, n - 2, "", entry, found)))) {
        return true;
    }
    uint32_t cut = ends_in(word, n, "ed") ? 2 : ends_in(word, n, "ing") ? 3 : 0;
    if (!cut) {
        return false;
    }
    uint32_t m = n - cut;
    if (try_form(word, m, "", entry, found) || try_form(word, m, "e", entry, found)) {
        return true;
    }
    return m > 2 && word[m - 1] == word[m - 2] && try_form(word, m - 1, "", entry, found);
}

news_cue news_find_cue(const news_article *article, uint32_t at, uint32_t end) {
    news_cue none = {at, at, 0};
    char folded[2 * LONGEST], phrase[8 * LONGEST];
    news_span span = article->tokens[at].span;
    if (span.to - span.from > LONGEST) {
        return none;
    }
    uint32_t n = news_utf8_fold(article->text->bytes + span.from, span.to - span.from, folded);
    if (n > LONGEST ||
        (!base_form(folded, n, true, phrase) && !base_form(folded, n, false, phrase))) {
        return none;
    }
    uint32_t length = (uint32_t)strlen(phrase);
    news_word word = news_words_find(&news_words_cues, phrase, length);
    news_cue best = {at, at + 1, word.is_entry ? word.value : 0};
    for (uint32_t i = at + 1; i < end && word.is_prefix; i++) {
        span = article->tokens[i].span;
        if (span.to - span.from > LONGEST || length + 1 + 2 * LONGEST > sizeof phrase) {
            break;
        }
        phrase[length++] = ' ';
        length +=
            news_utf8_fold(article->text->bytes + span.from, span.to - span.from, phrase + length);
        word = news_words_find(&news_words_cues, phrase, length);
        if (word.is_entry) {
            best = (news_cue){at, i + 1, word.value};
        }
    }
    return best;
}
