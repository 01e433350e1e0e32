/* A byline is cut at commas, "and" and bars; every piece is a name, a job or an outlet. */
#include "byline.h"
#include "utf8.h"
#include "word_lists.h"

#include <string.h>

/* A byline is no longer, an opening like "additional reporting by" no longer, a name no longer. */
enum { LONGEST = 600, LONGEST_OPENING = 32, LONGEST_WORD = 24, MOST_WORDS = 6, MOST_SPLITS = 40 };

/* Behind "By", "Written by" … at the start of the span. */
static uint32_t skip_opening(const char *text, news_span span) {
    uint32_t best = span.from;
    for (uint32_t at = span.from; at <= span.to && at - span.from <= LONGEST_OPENING; at++) {
        bool edge = at == span.to || text[at] == ' ' || text[at] == ':' || text[at] == '\n' ||
                    (unsigned char)text[at] == 0xC2;
        if (edge && at > span.from) {
            news_word known =
                news_words_find_folded(&news_words_opening, text + span.from, at - span.from);
            if (known.is_entry && known.value == NEWS_OPENING_BYLINE) {
                best = at;
            }
        }
    }
    while (best < span.to && (text[best] == ':' || text[best] == ' ')) {
        best++;
    }
    return best;
}

static bool is_listed(const news_words *words, const char *text, news_span span) {
    return span.to > span.from && span.to - span.from <= words->longest &&
           news_words_find_folded(words, text + span.from, span.to - span.from).is_entry;
}

/* The end of the word that starts at `at`. */
static uint32_t word_end(const char *text, uint32_t at, uint32_t to) {
    for (uint32_t length; at < to; at += length) {
        if (news_utf8_is_space(news_utf8_decode(text + at, to - at, &length))) {
            break;
        }
    }
    return at;
}

static uint32_t skip_blanks(const char *text, uint32_t at, uint32_t to) {
    for (uint32_t length; at < to; at += length) {
        if (!news_utf8_is_space(news_utf8_decode(text + at, to - at, &length))) {
            break;
        }
    }
    return at;
}

static bool is_word(const char *text, news_span word, const char *what) {
    size_t n = strlen(what);
    return word.to - word.from == n && memcmp(text + word.from, what, n) == 0;
}

/* The words that end a name: "Jane Doe in London", "for the Herald". */
static bool ends_name(const char *text, news_span word) {
    static const char *const words[] = {"in", "for", "of", "at", "from", "with", "on", "is", "|"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (is_word(text, word, words[i])) {
            return true;
        }
    }
    return text[word.from] == '(' || text[word.from] == '@' || text[word.from] == '<' ||
           memchr(text + word.from, '@', word.to - word.from) != NULL;
}

/* Shortens a piece to the name at its start; empty where there is none. */
static news_span name_of(const char *text, news_span piece) {
    news_span name = {piece.from, piece.from};
    uint32_t words = 0, name_words = 0;
    for (uint32_t at = piece.from; at < piece.to;) {
        news_span word = {at, word_end(text, at, piece.to)};
        uint32_t length, first = news_utf8_decode(text + word.from, word.to - word.from, &length);
        if (ends_name(text, word) || news_utf8_is_digit(first)) {
            break;
        }
        news_span bare = word;
        while (bare.to > bare.from && strchr(".,:;)", text[bare.to - 1])) {
            bare.to--;
        }
        if (is_listed(&news_words_posts, text, bare)) {
            if (name_words < 2) {
                return (news_span){piece.from, piece.from};
            }
            break;
        }
        words++;
        if (!news_utf8_is_lower(first)) {
            name.to = word.to;
            name_words = words;
        }
        at = skip_blanks(text, word.to, piece.to);
    }
    while (name.to > name.from && strchr(",:;-", text[name.to - 1])) {
        name.to--;
    }
    uint32_t length;
    bool letter =
        name.to > name.from &&
        news_utf8_is_letter(news_utf8_decode(text + name.from, name.to - name.from, &length)) &&
        !news_utf8_is_lower(news_utf8_decode(text + name.from, name.to - name.from, &length));
    if (!letter || name_words > MOST_WORDS) {
        return (news_span){piece.from, piece.from};
    }
    return news_utf8_trim(text, name);
}

/* The next place to cut from `at` on: a comma, a bar, "and", "&", with its length. */
static uint32_t next_cut(const char *text, uint32_t at, uint32_t to, uint32_t *length) {
    static const char *const joints[] = {" and ", " And ",  " AND ", " & ", " und ", " et ",
                                         " y ",   " with ", " e ",   " - ", " – ",   " — "};
    for (; at < to; at++) {
        char c = text[at];
        if (c == ',' || c == '|' || c == ';' || c == '/' || c == '\n') {
            *length = 1;
            return at;
        }
        for (size_t i = 0; c == ' ' && i < sizeof joints / sizeof *joints; i++) {
            size_t n = strlen(joints[i]);
            if (to - at >= n && memcmp(text + at, joints[i], n) == 0) {
                *length = (uint32_t)n;
                return at;
            }
        }
    }
    *length = 0;
    return to;
}

static bool push(news_arena *arena, const char *text, news_span span, news_names *out) {
    for (uint32_t i = 0; i < out->list.n; i++) { /* named twice */
        const news_value *other = &out->list.at[i];
        if (other->text.n == span.to - span.from &&
            memcmp(other->text.bytes, text + span.from, other->text.n) == 0) {
            return true;
        }
    }
    news_value *value = news_list_push(arena, &out->list);
    if (value) {
        *value = (news_value){{text + span.from, span.to - span.from}, span};
    }
    return value != NULL;
}

bool news_form_byline(news_arena *arena, const char *text, news_span span, bool or_outlet,
                      news_names *out) {
    news_span whole = {skip_opening(text, span), span.to};
    news_span outlet = {0, 0};
    uint32_t names = 0;
    if (whole.to - whole.from > LONGEST) {
        return true;
    }
    for (uint32_t at = whole.from, splits = 0, length; at < whole.to && splits < MOST_SPLITS;
         splits++) {
        uint32_t cut = next_cut(text, at, whole.to, &length);
        news_span piece = news_utf8_trim(text, (news_span){at, cut});
        at = cut + length;
        if (piece.from < piece.to) {
            piece.from = skip_opening(text, piece);
        }
        if (is_listed(&news_words_outlets, text, piece)) {
            outlet = outlet.to ? outlet : piece;
            continue;
        }
        news_span name = name_of(text, piece);
        if (name.from < name.to && is_listed(&news_words_outlets, text, name)) {
            outlet = outlet.to ? outlet : name;
        } else if (name.from < name.to) {
            names++;
            if (!push(arena, text, name, out)) {
                return false;
            }
        }
    }
    return names || !or_outlet || outlet.to == 0 || push(arena, text, outlet, out);
}
