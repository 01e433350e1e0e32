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

/* The flags of a form, below them what else is known. */
enum { FLAGS = 8, IS_KNOWN = 1, IS_PREFIX = 2, IS_ENTRY = 4 };

bool news_cues_make(news_arena *arena, const news_article *article, const news_lexicon *lexicon,
                    news_cues *out) {
    *out = (news_cues){article, lexicon,
                       news_arena_array(arena, (size_t)lexicon->forms.n + 1, sizeof *out->forms)};
    return out->forms != NULL;
}

/* Fills `phrase` with the base form, which is empty where the list has none. */
static uint32_t look_up(const news_article *article, news_span span, char *phrase) {
    char folded[2 * LONGEST];
    *phrase = 0;
    if (span.to - span.from > LONGEST) {
        return IS_KNOWN;
    }
    uint32_t n = news_utf8_fold(article->text->bytes + span.from, span.to - span.from, folded);
    if (n > LONGEST ||
        (!base_form(folded, n, true, phrase) && !base_form(folded, n, false, phrase))) {
        *phrase = 0;
        return IS_KNOWN;
    }
    news_word word = news_words_find(&news_words_cues, phrase, strlen(phrase));
    uint32_t flags = word.is_entry ? (uint32_t)word.value << FLAGS | IS_ENTRY : 0;
    return flags | IS_KNOWN | (word.is_prefix ? IS_PREFIX : 0);
}

news_cue news_find_cue(const news_cues *cues, uint32_t at, uint32_t end) {
    const news_article *article = cues->article;
    uint32_t *form = &cues->forms[cues->lexicon->form_of[at]];
    char phrase[8 * LONGEST];
    if (!*form || (*form & IS_PREFIX)) {
        *form = look_up(article, article->tokens[at].span, phrase);
    }
    if (!(*form & (IS_ENTRY | IS_PREFIX))) {
        return (news_cue){at, at, 0};
    }
    news_cue best = {at, at + 1, (uint16_t)(*form >> FLAGS)};
    if (!(*form & IS_PREFIX)) {
        return best;
    }
    uint32_t length = (uint32_t)strlen(phrase);
    news_word word = {.is_prefix = true};
    for (uint32_t i = at + 1; i < end && word.is_prefix; i++) {
        news_span span = article->tokens[i].span;
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
