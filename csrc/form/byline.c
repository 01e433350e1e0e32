/* A byline is cut at commas, "and" and bars; every piece is a name, a job or an outlet. */
#include "byline.h"
#include "utf8.h"
#include "word_lists.h"

#include <string.h>

/* A byline is no longer, an opening like "additional reporting by" no longer, a name no longer. */
enum { LONGEST = 600, LONGEST_OPENING = 32, LONGEST_WORD = 24, MOST_WORDS = 6, MOST_SPLITS = 40 };

uint32_t news_form_byline_opening(const char *text, news_span span) {
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

static news_span bare_of(const char *text, news_span word) {
    while (word.to > word.from && strchr(".,:;)", text[word.to - 1])) {
        word.to--;
    }
    return word;
}

/* Whether the words from `at` on say what somebody's job is: "Senior Political Correspondent". */
static bool is_post(const char *text, uint32_t at, uint32_t to) {
    while (at < to) {
        news_span word = {at, word_end(text, at, to)}, bare = bare_of(text, word);
        uint32_t n = bare.to - bare.from;
        news_word known = {0};
        if (n > 0 && n <= news_words_posts.longest) {
            known = news_words_find_folded(&news_words_posts, text + bare.from, n);
        }
        if (!known.is_entry || known.value == NEWS_POSTS_JOB) {
            return known.is_entry;
        }
        at = skip_blanks(text, word.to, to);
    }
    return false;
}

/* Words of a page that run into a name: "Jane Doe Updated Sep 9". */
static bool is_label(const char *text, news_span word) {
    static const char *const words[] = {"Published", "Updated", "Posted",       "Last",
                                        "Reviewed",  "Edited",  "Fact-checked", "Contributor,"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (is_word(text, word, words[i])) {
            return true;
        }
    }
    return false;
}

/* "The Currency editors", "the Daily Post team": those who write together. */
static bool is_group(const char *text, news_span word) {
    return is_word(text, word, "editors") || is_word(text, word, "team") ||
           is_word(text, word, "staff") || is_word(text, word, "desk");
}

/* Shortens a piece to the name at its start; empty where there is none. */
static news_span name_of(const char *text, news_span piece) {
    news_span name = {piece.from, piece.from};
    uint32_t words = 0, name_words = 0;
    bool is_the = piece.to - piece.from > 4 && (text[piece.from] | 0x20) == 't' &&
                  memcmp(text + piece.from + 1, "he ", 3) == 0;
    for (uint32_t at = piece.from; at < piece.to;) {
        news_span word = {at, word_end(text, at, piece.to)};
        uint32_t length, first = news_utf8_decode(text + word.from, word.to - word.from, &length);
        if (ends_name(text, word) || news_utf8_is_digit(first)) {
            break;
        }
        if (is_label(text, bare_of(text, word))) {
            if (name_words == 0) {
                return (news_span){piece.from, piece.from};
            }
            break;
        }
        if (is_post(text, at, piece.to) && !(is_the && is_group(text, word))) {
            if (name_words < 2) {
                return (news_span){piece.from, piece.from};
            }
            break;
        }
        words++;
        if (!news_utf8_is_lower(first) || (is_the && words > 1 && is_group(text, word))) {
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

/* "MD", "Ph.D.", "E-RYT 200", "M.D. FACLM", "CEPF®". Behind one that is known, others in capitals
 * count as well. */
static bool is_degree(const char *text, news_span piece, bool after_degree) {
    bool any = false;
    for (uint32_t at = piece.from; at < piece.to;) {
        news_span word = {at, word_end(text, at, piece.to)};
        news_span bare = word;
        uint32_t small = 0, length;
        for (uint32_t k = word.from; k < word.to; k += length) {
            uint32_t c = news_utf8_decode(text + k, word.to - k, &length);
            small += news_utf8_is_lower(c);
            if ((c == 0xAE || c == 0x2122) && k + length == word.to) {
                bare.to = k; /* a registered mark */
            }
        }
        bool marked = bare.to < word.to && small == 0;
        bool number = text[bare.from] >= '0' && text[bare.from] <= '9' && any;
        if (!is_listed(&news_words_degrees, text, bare) && !marked && !number &&
            !((after_degree || any) && small == 0 && bare.to - bare.from >= 2)) {
            return false;
        }
        any = true;
        at = skip_blanks(text, word.to, piece.to);
    }
    return any;
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
    if (out->list.n >= NEWS_MOST_NAMES) {
        return true;
    }
    news_value *value = news_list_push(arena, &out->list);
    if (value) {
        *value = (news_value){{text + span.from, span.to - span.from}, span};
    }
    return value != NULL;
}

bool news_form_byline(news_arena *arena, const char *text, news_span span, bool or_outlet,
                      news_names *out) {
    news_span whole = {news_form_byline_opening(text, span), span.to};
    news_span outlet = {0, 0};
    uint32_t names = 0;
    bool open = false, after_degree = false; /* a name ends with its piece; so does a degree */
    if (whole.to - whole.from > LONGEST) {
        return true;
    }
    for (uint32_t at = whole.from, splits = 0, length; at < whole.to && splits < MOST_SPLITS;
         splits++) {
        uint32_t cut = next_cut(text, at, whole.to, &length);
        news_span piece = news_utf8_trim(text, (news_span){at, cut});
        at = cut + length;
        if (piece.from < piece.to) {
            piece.from = news_form_byline_opening(text, piece);
        }
        if (open && is_degree(text, piece, after_degree)) {
            news_value *last = &out->list.at[out->list.n - 1];
            last->span.to = piece.to;
            last->text.n = last->span.to - last->span.from;
            after_degree = true;
            open = cut < whole.to && text[cut] == ',';
            continue;
        }
        open = after_degree = false;
        if (is_listed(&news_words_outlets, text, piece)) {
            outlet = outlet.to ? outlet : piece;
            continue;
        }
        news_span name = name_of(text, piece);
        if (name.from < name.to && is_listed(&news_words_outlets, text, name)) {
            outlet = outlet.to ? outlet : name;
        } else if (name.from < name.to) {
            uint32_t before = out->list.n;
            names++;
            if (!push(arena, text, name, out)) {
                return false;
            }
            open =
                out->list.n > before && name.to == piece.to && cut < whole.to && text[cut] == ',';
        }
    }
    return names || !or_outlet || outlet.to == 0 || push(arena, text, outlet, out);
}
