/* Scripts tell most languages, the commonest words those that are written in Latin letters. */
#include "language.h"
#include "utf8.h"
#include "word_lists.h"

#include <string.h>

enum {
    ENOUGH = 1 << 16, /* bytes: more text tells no more */
    LONGEST_WORD = 16,
    N_LATIN = 14,
    LEAST_HITS = 4, /* common words in a text whose language is told */
    SURE_HITS = 64, /* more of it tells no more, where no other language has half as many */
};

typedef enum script {
    SCRIPT_LATIN,
    SCRIPT_CYRILLIC,
    SCRIPT_GREEK,
    SCRIPT_ARABIC,
    SCRIPT_HEBREW,
    SCRIPT_HAN,
    SCRIPT_KANA,
    SCRIPT_HANGUL,
    SCRIPT_DEVANAGARI,
    SCRIPT_THAI,
    N_SCRIPTS,
} script;

static script script_of(uint32_t c) {
    static const struct {
        uint32_t from, to;
        script script;
    } ranges[] = {{0x370, 0x3FF, SCRIPT_GREEK},      {0x400, 0x52F, SCRIPT_CYRILLIC},
                  {0x590, 0x5FF, SCRIPT_HEBREW},     {0x600, 0x6FF, SCRIPT_ARABIC},
                  {0x900, 0x97F, SCRIPT_DEVANAGARI}, {0xE00, 0xE7F, SCRIPT_THAI},
                  {0x1100, 0x11FF, SCRIPT_HANGUL},   {0x3040, 0x30FF, SCRIPT_KANA},
                  {0x3400, 0x9FFF, SCRIPT_HAN},      {0xAC00, 0xD7AF, SCRIPT_HANGUL}};
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++) {
        if (c >= ranges[i].from && c <= ranges[i].to) {
            return ranges[i].script;
        }
    }
    return SCRIPT_LATIN;
}

typedef struct census {
    uint32_t scripts[N_SCRIPTS], latin[N_LATIN], words, looked;
    uint32_t ukrainian, persian; /* letters that only these have */
} census;

static void count_word(census *k, const char *bytes, uint32_t n) {
    k->words++;
    if (n > LONGEST_WORD || n > news_words_stopwords.longest) {
        return;
    }
    news_word known = news_words_find_folded(&news_words_stopwords, bytes, n);
    for (uint32_t i = 0; known.is_entry && i < N_LATIN; i++) { /* goes as vectors */
        k->latin[i] += (uint32_t)known.value >> i & 1u;
    }
}

/* The end of the letters from `at` on as far as they are ASCII, as nearly all are. */
static uint32_t plain_end(const char *text, uint32_t at, uint32_t to) {
    while (at < to && (unsigned char)((text[at] | 0x20) - 'a') < 26) {
        at++;
    }
    return at;
}

static void count(census *k, const char *text, news_span span) {
    for (uint32_t at = span.from, length = 1; at < span.to && k->looked < ENOUGH;) {
        uint32_t from = at;
        at = plain_end(text, at, span.to);
        k->scripts[SCRIPT_LATIN] += at - from;
        uint32_t c = at < span.to ? news_utf8_decode(text + at, span.to - at, &length) : 0;
        while (at < span.to && news_utf8_is_letter(c)) {
            k->scripts[script_of(c)]++;
            k->ukrainian += c == 0x456 || c == 0x457 || c == 0x454;
            k->persian += c == 0x67E || c == 0x686 || c == 0x6AF;
            at += length;
            c = at < span.to ? news_utf8_decode(text + at, span.to - at, &length) : 0;
        }
        if (at > from) {
            count_word(k, text + from, at - from);
        } else {
            at += length;
        }
        k->looked += at - from;
    }
}

/* The languages with the most common words, best first. */
static void rank(const census *k, uint32_t *first, uint32_t *second) {
    *first = 0;
    *second = N_LATIN;
    for (uint32_t i = 1; i < N_LATIN; i++) {
        if (k->latin[i] > k->latin[*first]) {
            *second = *first;
            *first = i;
        } else if (*second == N_LATIN || k->latin[i] > k->latin[*second]) {
            *second = i;
        }
    }
}

/* Whether the rest of the text need not be asked: it would have to be all in another language. */
static bool is_sure(const census *k) {
    uint32_t first, second, others = 0;
    rank(k, &first, &second);
    for (uint32_t i = SCRIPT_LATIN + 1; i < N_SCRIPTS; i++) {
        others += k->scripts[i];
    }
    return k->latin[first] >= SURE_HITS && k->latin[first] > 2 * k->latin[second] &&
           k->latin[first] * 5 > k->words && k->scripts[SCRIPT_LATIN] > 2 * others;
}

static const char *judge(const census *k) {
    static const char *const latin[N_LATIN] = {"en", "de", "fr", "es", "it", "pt", "nl",
                                               "sv", "da", "no", "fi", "pl", "cs", "ro"};
    static const char *const others[N_SCRIPTS] = {NULL, "ru", "el", "ar", "he",
                                                  "zh", "ja", "ko", "hi", "th"};
    uint32_t best = SCRIPT_LATIN;
    for (uint32_t i = 0; i < N_SCRIPTS; i++) {
        best = k->scripts[i] > k->scripts[best] ? i : best;
    }
    if (best == SCRIPT_HAN && k->scripts[SCRIPT_KANA] * 10 > k->scripts[SCRIPT_HAN]) {
        best = SCRIPT_KANA;
    }
    if (best == SCRIPT_CYRILLIC && k->ukrainian * 100 > k->scripts[best]) {
        return "uk";
    }
    if (best == SCRIPT_ARABIC && k->persian * 100 > k->scripts[best]) {
        return "fa";
    }
    if (best != SCRIPT_LATIN) {
        return others[best];
    }
    uint32_t first, second;
    rank(k, &first, &second);
    /* A tenth of running text are its commonest words; neighbours such as Danish and Norwegian
     * share most of them, so a narrow lead is enough where there are many. */
    bool clear = k->latin[first] > k->latin[second] + k->latin[second] / 16;
    bool enough = k->latin[first] >= LEAST_HITS && k->latin[first] * 10 >= k->words;
    return clear && enough ? latin[first] : NULL;
}

news_string news_form_language(const char *text, const news_block *blocks, uint32_t n_blocks) {
    census k = {0};
    for (uint32_t pass = 0; pass < 2 && k.words == 0; pass++) {
        for (uint32_t i = 0; i < n_blocks && k.looked < ENOUGH && !is_sure(&k); i++) {
            bool read = blocks[i].role == NEWS_ROLE_PARAGRAPH || blocks[i].role == NEWS_ROLE_DEK ||
                        blocks[i].role == NEWS_ROLE_LIST || blocks[i].role == NEWS_ROLE_BLOCKQUOTE;
            if (read || pass == 1) { /* where nothing is text, the rest must do */
                count(&k, text, blocks[i].span);
            }
        }
    }
    const char *code = judge(&k);
    return (news_string){code, code ? 2 : 0};
}
