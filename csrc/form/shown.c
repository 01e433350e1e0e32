/* The passages just before and behind the headline are read for "By …" and dates; elements that are
 * said to hold an author, for names. */
#include "shown.h"
#include "line.h"
#include "utf8.h"
#include "word_lists.h"

#include <string.h>

enum {
    BEFORE = 6,        /* passages before the headline that may tell of its author */
    BEHIND = 14,       /* and behind it */
    MOST_TEXT = 2,     /* passages of running text among those behind: dek, caption */
    LONGEST_LINE = 220 /* bytes of a passage that tells it */
};

typedef struct seeker {
    news_arena *arena;
    const news_reading *reading;
    const char *text;
    news_date_order order;
    uint32_t from, title, to; /* passages */
    news_shown *out;
} seeker;

static news_span passage(const seeker *s, uint32_t i) {
    return s->reading->passages.list.at[i].span;
}

/* The passages to look at around the one that holds the headline. */
static bool find_window(seeker *s, news_span headline) {
    uint32_t n = s->reading->passages.list.n, low = 0, high = n;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (passage(s, middle).to <= headline.from) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (low == n) {
        return false;
    }
    s->title = low;
    s->from = low > BEFORE ? low - BEFORE : 0;
    uint32_t texts = 0;
    for (s->to = low + 1; s->to < n && s->to - low <= BEHIND; s->to++) {
        news_line line;
        news_form_line(s->text, passage(s, s->to), s->order, &line);
        if (news_line_is_running(&line) && ++texts > MOST_TEXT) {
            break;
        }
    }
    return true;
}

/* ---- Dates ------------------------------------------------------------------------------------
 */

/* Whether the words in the span speak of a change. */
static bool is_update(const char *text, news_span span) {
    static const char *const words[] = {"pdated", "odified", "PDATED", "eviewed"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t n = strlen(words[i]);
        for (uint32_t at = span.from; at + n <= span.to; at++) {
            if (memcmp(text + at, words[i], n) == 0) {
                return true;
            }
        }
    }
    return false;
}

/* A passage that holds words such as "Last updated" and no date speaks of the date behind it. */
static bool follows_update(const seeker *s, uint32_t i) {
    enum { LONGEST_LABEL = 24 };
    if (i == s->from) {
        return false;
    }
    news_span before = passage(s, i - 1);
    news_when when;
    return before.to - before.from <= LONGEST_LABEL && is_update(s->text, before) &&
           !news_form_date(s->text, before, s->order, &when);
}

static void read_dates(seeker *s, uint32_t i) {
    news_span span = passage(s, i);
    uint32_t start = span.from;
    news_when when;
    while (s->out->n_dates < NEWS_MOST_SHOWN_DATES &&
           news_form_date(s->text, span, s->order, &when)) {
        bool update = is_update(s->text, (news_span){span.from, when.span.from}) ||
                      (span.from == start && follows_update(s, i));
        s->out->dates[s->out->n_dates++] = (struct news_shown_date){when, update, i > s->title};
        span.from = when.span.to;
    }
}

/* ---- Authors ----------------------------------------------------------------------------------
 */

/* Whether it is written as names of persons are: a few words, capitals in front. */
static bool is_name(const char *text, news_span span, uint32_t least) {
    enum { MOST_WORDS = 6, LONGEST = 60 };
    uint32_t words = 0, capitals = 0;
    bool inside = false;
    if (span.to - span.from > LONGEST) {
        return false;
    }
    for (uint32_t at = span.from, length; at < span.to; at += length) {
        uint32_t c = news_utf8_decode(text + at, span.to - at, &length);
        if (news_utf8_is_space(c)) {
            inside = false;
        } else if (!inside) {
            words++;
            capitals += news_utf8_is_letter(c) && !news_utf8_is_lower(c);
            inside = true;
        }
    }
    return words >= least && words <= MOST_WORDS && capitals >= (words < 2 ? words : 2);
}

/* Where the words that may be names end: before a date. */
static news_span before_date(const seeker *s, news_span span) {
    news_when when;
    if (news_form_date(s->text, span, s->order, &when) && when.span.from > span.from) {
        span.to = when.span.from;
    }
    return news_utf8_trim(s->text, span);
}

/* Adds the names of `least` words and more in a line that says who wrote. False: out of memory. */
static bool add_names(const seeker *s, news_span span, uint32_t least, news_names *names) {
    uint32_t kept = names->list.n;
    if (!news_form_byline(s->arena, s->text, before_date(s, span), false, names)) {
        return false;
    }
    for (uint32_t i = kept; i < names->list.n; i++) {
        const news_value *name = &names->list.at[i];
        bool again = false; /* with the same degrees behind it */
        for (uint32_t k = 0; k < kept && !again; k++) {
            const news_string *other = &names->list.at[k].text;
            again =
                other->n == name->text.n && memcmp(other->bytes, name->text.bytes, other->n) == 0;
        }
        if (!again && is_name(s->text, name->span, least)) {
            names->list.at[kept++] = *name;
        }
    }
    names->list.n = kept;
    return true;
}

/* Whether only what stands between two names stands in the span: ",", "and", "&", a line end. */
static bool is_joint(const char *text, news_span span) {
    enum { LONGEST = 12 };
    bool sign = false;
    if (span.to - span.from > LONGEST) {
        return false;
    }
    for (uint32_t at = span.from; at < span.to; at++) {
        char c = text[at];
        if (c == ',' || c == '&' || c == '\n' || c == '|' || c == ';') {
            sign = true;
        } else if (span.to - at >= 3 && memcmp(text + at, "and", 3) == 0) {
            sign = true;
            at += 2;
        } else if (c != ' ') {
            return false;
        }
    }
    return sign;
}

/* The places that the reader took for authors', in the order of the text. */
static const news_claim *next_place(const seeker *s, uint32_t *i, news_span within) {
    for (; *i < s->reading->claims.list.n; ++*i) {
        const news_claim *claim = &s->reading->claims.list.at[*i];
        if (claim->kind == NEWS_CLAIM_AUTHOR && claim->trust <= NEWS_PLACE_AUTHOR &&
            claim->span.from != NEWS_NONE && claim->span.from >= within.from &&
            claim->span.to <= within.to) {
            ++*i;
            return claim;
        }
    }
    return NULL;
}

/* Adds the names of a byline in which elements tell where names start and end: they may run into
 * what stands beside them. False: out of memory. */
static bool add_marked(const seeker *s, news_span span, news_names *names) {
    uint32_t i = 0, end = NEWS_NONE;
    const news_claim *place;
    news_span within = {span.from > 2 ? span.from - 2 : 0, span.to};
    while ((place = next_place(s, &i, within)) != NULL) {
        news_span at = news_utf8_trim(s->text, place->span);
        if (at.from <= span.from && at.to >= span.to) {
            continue;
        }
        bool first = names->list.n == 0;
        if (!first && (at.from < end || !is_joint(s->text, (news_span){end, at.from}))) {
            break;
        }
        if (!add_names(s, at, place->trust == NEWS_PLACE_NAMED ? 2 : 1, names)) {
            return false;
        }
        end = names->list.n ? at.to : end;
    }
    if (names->list.n == 0) {
        return add_names(s, span, 2, names);
    }
    while (end < span.to && s->text[end] == ' ') {
        end++;
    }
    bool goes_on = end < span.to && (s->text[end] == ',' || s->text[end] == '&' ||
                                     (span.to - end > 4 && memcmp(s->text + end, "and ", 4) == 0));
    return !goes_on ||
           add_names(s, (news_span){names->list.at[names->list.n - 1].span.from, span.to}, 2,
                     names);
}

/* Takes over the names of a line unless surer ones are there. False: out of memory. */
static bool take(seeker *s, news_span span, news_shown_by by) {
    news_names names = {0};
    if (by <= s->out->by) {
        return true;
    }
    if (!add_marked(s, span, &names)) {
        return false;
    }
    if (names.list.n) {
        s->out->names = names;
        s->out->by = by;
    }
    return true;
}

/* Behind " by " where the span has it in front of a capital letter, or span.to. */
static uint32_t behind_by(const char *text, news_span span) {
    for (uint32_t at = span.from; at + 4 < span.to; at++) {
        if (text[at] == ' ' && (text[at + 1] | 0x20) == 'b' && (text[at + 2] | 0x20) == 'y' &&
            text[at + 3] == ' ') {
            uint32_t length;
            uint32_t c = news_utf8_decode(text + at + 4, span.to - at - 4, &length);
            return news_utf8_is_upper(c) ? at + 4 : span.to;
        }
    }
    return span.to;
}

/* "By" in a passage of its own: the names stand in those behind it, joints between them too. */
static bool read_names_behind(seeker *s, uint32_t i, news_shown_by by) {
    enum { LONGEST_NAMES = 80, MOST_PASSAGES = 12 };
    uint32_t n = s->reading->passages.list.n, before = NEWS_NONE;
    news_names names = {0};
    if (by <= s->out->by) {
        return true;
    }
    for (uint32_t k = i + 1; k < n && k - i <= MOST_PASSAGES; k++) {
        news_span span = passage(s, k);
        bool is_first = names.list.n == 0, joins = is_joint(s->text, span);
        bool joined = before != NEWS_NONE && (joins || s->text[span.from] == ',');
        if (span.to - span.from > LONGEST_NAMES || (!is_first && before != k - 1 && !joined)) {
            break;
        }
        if (!is_first && !joined && !is_joint(s->text, passage(s, k - 1))) {
            break;
        }
        if (!joins && !(is_first ? add_marked(s, span, &names) : add_names(s, span, 2, &names))) {
            return false;
        }
        if (names.list.n == 0) {
            break;
        }
        before = k;
    }
    if (names.list.n) {
        s->out->names = names;
        s->out->by = by;
    }
    return true;
}

/* "ByJane Doe": no blank, but an element starts behind the word. */
static uint32_t behind_run_on(const seeker *s, news_span span) {
    if (span.to - span.from > 3 && (s->text[span.from] | 0x20) == 'b' &&
        s->text[span.from + 1] == 'y') {
        uint32_t i = 0;
        const news_claim *place;
        while ((place = next_place(s, &i, span)) != NULL) {
            if (news_utf8_trim(s->text, place->span).from == span.from + 2) {
                return span.from + 2;
            }
        }
    }
    return span.from;
}

/* "By …", "Written by …", the two in passages of their own, "Published 3 May by …". */
static bool read_byline(seeker *s, uint32_t i) {
    news_span span = passage(s, i);
    /* What stands before the headline may belong to another article. */
    news_shown_by by_word = i > s->title ? NEWS_SHOWN_BY_WORD : NEWS_SHOWN_BY_CLASS;
    uint32_t behind = news_form_byline_opening(s->text, span);
    behind = behind == span.from ? behind_run_on(s, span) : behind;
    if (behind > span.from && behind < span.to) {
        return take(s, (news_span){behind, span.to}, by_word);
    }
    if (behind == span.to) {
        return read_names_behind(s, i, by_word);
    }
    news_line line;
    news_form_line(s->text, span, s->order, &line);
    bool tells = line.opening == 1 + NEWS_OPENING_PUBLISHED || line.has_when;
    uint32_t by = tells ? behind_by(s->text, span) : span.to;
    return by == span.to || take(s, (news_span){by, span.to}, by_word);
}

/* The elements that are said to hold an author, in the window; those that stand side by side are
 * several authors. */
static bool read_places(seeker *s) {
    news_span window = {passage(s, s->from).from, passage(s, s->to - 1).to};
    uint32_t title = passage(s, s->title).from, end = NEWS_NONE, i = 0;
    const news_claim *place;
    news_shown_by open = NEWS_SHOWN_NOT; /* how plainly the run of names is one of authors */
    while ((place = next_place(s, &i, window)) != NULL) {
        news_shown_by by = place->trust == NEWS_PLACE_AUTHOR  ? NEWS_SHOWN_BY_WORD
                           : place->trust == NEWS_PLACE_NAMED ? NEWS_SHOWN_BY_CLASS
                                                              : NEWS_SHOWN_BY_LINK;
        if (place->span.from < title && by > NEWS_SHOWN_BY_LINK) {
            by--;
        }
        news_span rest = news_utf8_trim(s->text, place->span);
        bool joined =
            open == by && end <= rest.from && is_joint(s->text, (news_span){end, rest.from});
        if (!joined && by <= s->out->by) {
            open = NEWS_SHOWN_NOT;
            continue;
        }
        news_names names = joined ? s->out->names : (news_names){0};
        uint32_t before = names.list.n;
        /* Line by line, so that names do not run into titles. */
        while (rest.from < rest.to && names.list.n == before) {
            const char *stop = memchr(s->text + rest.from, '\n', rest.to - rest.from);
            news_span line = {rest.from, stop ? (uint32_t)(stop - s->text) : rest.to};
            if (line.from < line.to && !add_names(s, line, 2, &names)) {
                return false;
            }
            rest.from = line.to + (stop != NULL);
        }
        if (names.list.n > before) {
            s->out->names = names;
            s->out->by = open = by;
            end = rest.to;
        } else {
            open = NEWS_SHOWN_NOT;
        }
    }
    return true;
}

/* ---- Elsewhere --------------------------------------------------------------------------------
 */

/* Whether the passage is short and opens with a word of the kind, and more than "By": that stands
 * before every teaser. */
static bool opens_with(const seeker *s, news_span span, uint32_t kind) {
    enum { LONGEST = 120 };
    char first = s->text[span.from] | 0x20;
    if (span.to - span.from > LONGEST || span.to - span.from < 6 ||
        !(first == 'w' || first == 'p' || first == 'a' || first == 'f')) {
        return false;
    }
    news_line line;
    news_form_line(s->text, span, s->order, &line);
    return line.opening == 1 + kind;
}

/* Where nothing is shown beside the headline: "Written by …" and "Published …" anywhere else, if it
 * says one thing only. */
static bool read_elsewhere(seeker *s) {
    enum { MOST_BYLINES = 12 }; /* each looks through all places */
    uint32_t n = s->reading->passages.list.n, n_names = 0, n_dates = s->out->n_dates;
    bool wants_names = s->out->by == NEWS_SHOWN_NOT, wants_date = n_dates == 0, one_date = true;
    news_names found = {0};
    const news_claim *place;
    uint32_t next = 0;
    while (wants_names && n_names == 0 &&
           (place = next_place(s, &next, (news_span){0, s->reading->text.n})) != NULL) {
        if (place->trust == NEWS_PLACE_AUTHOR &&
            !add_names(s, news_utf8_trim(s->text, place->span), 2, &found)) {
            return false;
        }
        n_names = found.list.n ? 1 : 0;
    }
    s->title = 0; /* for what is called for here, nothing stands before the headline */
    bool wants_more = wants_names;
    uint32_t n_bylines = 0;
    for (uint32_t i = 0; i < n && (wants_more || wants_date); i++) {
        news_span span = passage(s, i);
        if (wants_date && opens_with(s, span, NEWS_OPENING_PUBLISHED) && one_date) {
            news_when when;
            if (news_form_date(s->text, span, s->order, &when) && when.n >= 10) {
                one_date =
                    s->out->n_dates == 0 || memcmp(s->out->dates[0].when.iso, when.iso, 10) == 0;
                s->out->dates[0] = (struct news_shown_date){when, false, true};
                s->out->n_dates = 1;
            }
        }
        if (wants_more && opens_with(s, span, NEWS_OPENING_BYLINE)) {
            s->out->by = NEWS_SHOWN_NOT;
            if (!read_byline(s, i)) {
                return false;
            }
            bool again = found.list.n && s->out->by && s->out->names.list.n &&
                         s->out->names.list.at[0].text.n == found.list.at[0].text.n &&
                         memcmp(s->out->names.list.at[0].text.bytes, found.list.at[0].text.bytes,
                                found.list.at[0].text.n) == 0;
            if (s->out->by && !again) {
                found = s->out->names;
                n_names++;
            }
            wants_more = n_names < 2 && ++n_bylines < MOST_BYLINES;
        }
    }
    if (wants_names) {
        s->out->names = found;
        s->out->by = n_names == 1 ? NEWS_SHOWN_BY_CLASS : NEWS_SHOWN_NOT;
    }
    if (wants_date && !one_date) {
        s->out->n_dates = 0;
    }
    return true;
}

/* The passage behind `i` that says the same, or the number of passages. */
static uint32_t next_same(const seeker *s, uint32_t i) {
    news_span title = passage(s, i);
    uint32_t n = s->reading->passages.list.n;
    for (uint32_t k = i + 1; k < n; k++) {
        news_span span = passage(s, k);
        if (span.to - span.from == title.to - title.from &&
            memcmp(s->text + span.from, s->text + title.from, title.to - title.from) == 0) {
            return k;
        }
    }
    return n;
}

bool news_form_shown(news_arena *arena, const news_reading *reading, news_span headline,
                     news_date_order order, news_shown *out) {
    enum { MOST_TITLES = 3 };
    seeker s = {.arena = arena,
                .reading = reading,
                .text = reading->text.bytes,
                .order = order,
                .out = out};
    *out = (news_shown){0};
    if (headline.from == NEWS_NONE) {
        return true;
    }
    for (uint32_t i = 0; i < MOST_TITLES && find_window(&s, headline); i++) {
        for (uint32_t k = s.title + 1; k < s.to + (s.title - s.from); k++) {
            uint32_t p = k < s.to ? k : s.title - 1 - (k - s.to); /* behind it first, then before */
            news_span span = passage(&s, p);
            if (span.to - span.from > LONGEST_LINE) {
                continue;
            }
            read_dates(&s, p);
            if (!read_byline(&s, p)) {
                return false;
            }
        }
        if (!read_places(&s)) {
            return false;
        }
        if (out->by != NEWS_SHOWN_NOT || out->n_dates) {
            break;
        }
        uint32_t same = next_same(&s, s.title); /* the same words in the page's head */
        if (same == reading->passages.list.n) {
            break;
        }
        headline = passage(&s, same);
    }
    return read_elsewhere(&s);
}
