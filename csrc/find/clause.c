/* Subjects and noun phrases around a verb: how far the words that name a source go. */
#include "clause.h"

#include <string.h>

/* How far a subject is looked for: sentences of news have 25 words, their longest subjects 60. */
enum { REACH = 80 };

static bool is_any(const news_reports *r, uint32_t token, const char *const *words, size_t n) {
    for (size_t i = 0; i < n; i++) {
        if (news_report_is_word(r, token, words[i])) {
            return true;
        }
    }
    return false;
}

bool news_report_is_time(const news_reports *r, uint32_t token) {
    static const char *const words[] = {
        "monday", "tuesday", "wednesday", "thursday",  "friday",  "saturday", "sunday",
        "today",  "tonight", "yesterday", "tomorrow",  "week",    "weekend",  "month",
        "year",   "years",   "morning",   "afternoon", "evening", "night",    "day",
        "days",   "hours",   "weeks",     "months",    "time",    "times",    "minutes"};
    return is_any(r, token, words, sizeof words / sizeof *words);
}

bool news_report_is_dash(const news_reports *r, uint32_t i) {
    const news_token *t = &r->article->tokens[i];
    const char *bytes = r->article->text->bytes + t->span.from;
    uint32_t n = t->span.to - t->span.from;
    return t->kind == NEWS_TOKEN_MARK &&
           ((n == 3 && (memcmp(bytes, "—", 3) == 0 || memcmp(bytes, "–", 3) == 0 ||
                        memcmp(bytes, "―", 3) == 0)) ||
            (*bytes == '-' && (n >= 2 || (t->flags & NEWS_TOKEN_SPACE_BEFORE))));
}

/* Whether a subject may start at `i`: a clause can start there. */
static bool can_start(const news_reports *r, uint32_t i, uint32_t from) {
    if (i == from) {
        return true;
    }
    uint8_t tag = r->tags[i - 1];
    if (r->stretch_of[i - 1] != NEWS_NONE || is_dash(r, i - 1)) {
        return true;
    }
    if (tag == NEWS_TAG_MARK) {
        return strchr(",;:([", r->article->text->bytes[r->article->tokens[i - 1].span.from]) !=
               NULL;
    }
    static const char *const linkers[] = {"that", "as", "after", "before", "until", "since"};
    return tag == NEWS_TAG_CONJUNCTION || tag == NEWS_TAG_LINKER || tag == NEWS_TAG_RELATIVE ||
           (tag == NEWS_TAG_ADVERB && (i < from + 2 || r->phrases->of[i - 2] == NEWS_NONE)) ||
           is_any(r, i - 1, linkers, sizeof linkers / sizeof *linkers);
}

/* Whether the words between a noun phrase that ends at `at` and the verb group at `to` belong to
 * the subject; `*end` is set behind those that do. */
static bool belongs(const news_reports *r, uint32_t at, uint32_t to, uint32_t *end) {
    *end = at;
    if (at == to) {
        return true;
    }
    uint32_t commas = 0, first_comma = NEWS_NONE;
    bool relative = false, joined = false;
    uint8_t tag = r->tags[at];
    if (!(tag == NEWS_TAG_PREPOSITION || tag == NEWS_TAG_TO || tag == NEWS_TAG_RELATIVE ||
          tag == NEWS_TAG_LINKER || tag == NEWS_TAG_CONJUNCTION || tag == NEWS_TAG_PARTICIPLE ||
          tag == NEWS_TAG_GERUND || tag == NEWS_TAG_ADVERB || tag == NEWS_TAG_MARK ||
          tag == NEWS_TAG_ADJECTIVE || news_report_is_time(r, at) ||
          news_report_is_word(r, at, "that"))) {
        return false;
    }
    for (uint32_t i = at; i < to; i++) {
        if (r->stretch_of[i] != NEWS_NONE) {
            /* "Hall, who calls it “old,” said": the comma stands before the closing mark. */
            const news_stretch *s = &r->stretches->list.at[r->stretch_of[i]];
            commas += commas && s->end == i + 1 && news_report_is_mark(r, i - 1, ',');
            continue;
        }
        tag = r->tags[i];
        if (news_report_is_mark(r, i, ',')) {
            commas++;
            first_comma = first_comma == NEWS_NONE ? i : first_comma;
            relative &= i + 1 < to && commas > 1;
            joined = false;
        } else if (tag == NEWS_TAG_RELATIVE ||
                   (news_report_is_word(r, i, "that") && i + 1 < to && is_finite(r->tags[i + 1]))) {
            relative = true;
        } else if (tag == NEWS_TAG_CONJUNCTION) {
            if (commas && i > at && news_report_is_mark(r, i - 1, ',') &&
                news_report_is_word(r, i, "but")) {
                return false; /* "Fines reach £1,000, but the companies said" */
            }
            joined = true;
        } else if (tag == NEWS_TAG_PAST && commas && i + 1 < to &&
                   (r->tags[i + 1] == NEWS_TAG_PREPOSITION || r->tags[i + 1] == NEWS_TAG_TO) &&
                   r->tags[i - 1] == NEWS_TAG_NOUN) {
            /* "Ann Hale, 63, a baker raised in Chile, said": no past but a participle. */
        } else if (((is_finite(tag) || tag == NEWS_TAG_LINKER) && !relative) ||
                   news_report_is_mark(r, i, ';') || news_report_is_mark(r, i, ':')) {
            return false;
        }
    }
    if (r->stretch_of[to - 1] == NEWS_NONE && r->tags[to - 1] == NEWS_TAG_CONJUNCTION) {
        return false; /* "raised its rate, the most in years, and said" */
    }
    bool marked = r->stretch_of[to - 1] != NEWS_NONE;
    bool closed = news_report_is_mark(r, to - (marked ? 2 : 1), ',');
    if (commas == 0) {
        /* "Mr Smith on Monday said" */
        bool adjunct = (r->tags[at] == NEWS_TAG_PREPOSITION || r->tags[at] == NEWS_TAG_ADVERB ||
                        r->phrases->of[at] != NEWS_NONE) &&
                       news_report_is_time(r, to - 1);
        *end = adjunct ? at : to;
        return true;
    }
    if (!closed) {
        *end = to;
        return joined; /* "A, B and C said" */
    }
    if (commas == 1) {
        return false;
    }
    /* Between commas: an apposition, or an adverbial that is none of the subject's. */
    tag = first_comma + 1 < to ? r->tags[first_comma + 1] : NEWS_TAG_MARK;
    if (tag == NEWS_TAG_PRONOUN || tag == NEWS_TAG_CONJUNCTION || tag == NEWS_TAG_TO) {
        return false;
    }
    bool adverbial =
        (tag == NEWS_TAG_PREPOSITION && !news_report_is_word(r, first_comma + 1, "of")) ||
        (tag == NEWS_TAG_ADVERB && first_comma + 2 < to &&
         news_report_is_mark(r, first_comma + 2, ',')) ||
        tag == NEWS_TAG_GERUND;
    *end = adverbial ? first_comma : to - (marked ? 0 : 1);
    return true;
}

static bool has_comma(const news_reports *r, uint32_t from, uint32_t to) {
    for (uint32_t i = from; i < to; i++) {
        if (news_report_is_mark(r, i, ',')) {
            return true;
        }
    }
    return false;
}

news_range news_report_subject(const news_reports *r, uint32_t from, uint32_t at) {
    news_range found = {NEWS_NONE, NEWS_NONE};
    /* "in a plane she called": right before the verb such a word can be nothing else. */
    static const char *const subjects[] = {"he", "she", "they", "i", "we"};
    if (at > from && r->stretch_of[at - 1] == NEWS_NONE &&
        is_any(r, at - 1, subjects, sizeof subjects / sizeof *subjects)) {
        return (news_range){at - 1, at};
    }
    uint32_t lowest = at > from + REACH ? at - REACH : from;
    for (uint32_t i = at; i-- > lowest;) {
        if (r->stretch_of[i] != NEWS_NONE) {
            const news_stretch *s = &r->stretches->list.at[r->stretch_of[i]];
            /* A quote of a whole clause ends what can be the subject. */
            bool opens = s->open == from || s->end != at ||
                         (r->article->tokens[s->open + 1].flags & NEWS_TOKEN_CAPITAL);
            if (s->end - s->open > 8 || (opens && news_report_is_mark(r, s->end - 2, ',')) ||
                s->open <= lowest) {
                break;
            }
            i = s->open;
            continue;
        }
        if (news_report_is_mark(r, i, ';')) {
            break;
        }
        uint32_t p = r->phrases->of[i], end;
        if (p == NEWS_NONE || r->phrases->list.at[p].first != i || !can_start(r, i, from)) {
            continue;
        }
        uint32_t phrase_end = r->phrases->list.at[p].end;
        bool when = news_report_is_time(r, phrase_end - 1);
        if (when && (phrase_end < at || r->tags[phrase_end - 1] == NEWS_TAG_NOUN)) {
            continue; /* "which last year called" */
        }
        /* "As part of his plea, Ann Hale, 44, said": no subject starts behind the preposition. */
        bool as = i == from + 1 &&
                  (r->tags[from] == NEWS_TAG_PREPOSITION || news_report_is_word(r, from, "as"));
        if (phrase_end <= at && belongs(r, phrase_end, at, &end) &&
            !(as && r->tags[phrase_end - 1] != NEWS_TAG_NAME && has_comma(r, phrase_end, end))) {
            found = (news_range){i, end};
        }
    }
    if (found.first == NEWS_NONE && at > from && r->phrases->of[at - 1] != NEWS_NONE) {
        /* "At least half of the voters in each state say": all of it from the line's start. */
        const news_phrase *chain = &r->phrases->list.at[r->phrases->of[at - 1]];
        uint32_t first = chain->first;
        while (first > from + 1 && r->tags[first - 1] == NEWS_TAG_PREPOSITION &&
               r->phrases->of[first - 2] != NEWS_NONE && r->stretch_of[first - 2] == NEWS_NONE) {
            first = r->phrases->list.at[r->phrases->of[first - 2]].first;
        }
        bool whole = first == from || (first == from + 1 && r->tags[from] == NEWS_TAG_PREPOSITION &&
                                       first < chain->first);
        if (whole && chain->end == at && first < chain->first) {
            return (news_range){first == from + 1 ? from : first, at};
        }

        /* Right before the verb it is the subject wherever it starts: "reports say officials said".
         */
        const news_phrase *p = &r->phrases->list.at[r->phrases->of[at - 1]];
        uint8_t before = p->first > from ? r->tags[p->first - 1] : NEWS_TAG_MARK;
        bool when = news_report_is_time(r, p->end - 1) && r->tags[p->end - 1] == NEWS_TAG_NOUN;
        if (p->first >= from && before != NEWS_TAG_PREPOSITION && before != NEWS_TAG_TO && !when) {
            found = (news_range){p->first, p->end};
            /* "Weidt himself wrote" */
            const news_token *last = &r->article->tokens[p->end - 1];
            uint32_t n = last->span.to - last->span.from;
            bool self = r->tags[p->first] == NEWS_TAG_PRONOUN && n > 5 &&
                        memcmp(r->article->text->bytes + last->span.to - 4, "self", 4) == 0;
            if (self && p->first > from && r->phrases->of[p->first - 1] != NEWS_NONE) {
                found.first = r->phrases->list.at[r->phrases->of[p->first - 1]].first;
            }
        }
    }
    return found;
}

/* Whether "in …" or "at …" goes on with a name rather than with an occasion ("in a statement"). */
static bool is_named(const news_reports *r, const news_phrase *p) {
    for (uint32_t i = p->first; i < p->end; i++) {
        if (r->tags[i] == NEWS_TAG_NAME && !news_report_is_time(r, i)) {
            return true;
        }
    }
    return false;
}

static const news_phrase *phrase_at(const news_reports *r, uint32_t at, uint32_t end) {
    if (at >= end || r->phrases->of[at] == NEWS_NONE || r->stretch_of[at] != NEWS_NONE) {
        return NULL;
    }
    const news_phrase *p = &r->phrases->list.at[r->phrases->of[at]];
    return p->first == at && p->end <= end ? p : NULL;
}

/* Extends a noun phrase over prepositional phrases, brackets and "and". */
static uint32_t extend(const news_reports *r, uint32_t at, uint32_t end) {
    static const char *const always[] = {"of", "for", "from", "with"};
    static const char *const named[] = {"at", "in", "on", "to"};
    for (;;) {
        const news_phrase *next = phrase_at(r, at + 1, end);
        if (at >= end || r->stretch_of[at] != NEWS_NONE) {
            return at;
        }
        if (news_report_is_mark(r, at, '(')) {
            uint32_t i = at + 1;
            while (i < end && i < at + 12 && !news_report_is_mark(r, i, ')')) {
                i++;
            }
            if (i >= end || !news_report_is_mark(r, i, ')')) {
                return at;
            }
            at = i + 1;
        } else if (next && is_any(r, at, always, 4) && !news_report_is_time(r, next->end - 1)) {
            at = next->end;
        } else if (next && is_any(r, at, named, 4) && is_named(r, next)) {
            at = next->end;
        } else if (next && news_report_is_word(r, at, "and") &&
                   (next->end >= end || !is_finite(r->tags[next->end]))) {
            at = next->end;
        } else {
            return at;
        }
    }
}

news_range news_report_noun(const news_reports *r, uint32_t at, uint32_t end) {
    const news_phrase *p = phrase_at(r, at, end);
    if (!p) {
        return (news_range){NEWS_NONE, NEWS_NONE};
    }
    uint32_t to = extend(r, p->end, end);
    if (r->tags[p->first] == NEWS_TAG_PRONOUN) {
        return (news_range){at, p->end};
    }
    if (to + 1 < end && r->tags[to] == NEWS_TAG_RELATIVE && news_report_is_word(r, to, "who")) {
        while (to < end && r->stretch_of[to] == NEWS_NONE && !news_report_is_mark(r, to, ',') &&
               !news_report_is_mark(r, to, '.')) {
            to++;
        }
    }
    /* ", a doctor at Mercy Hospital, who …" */
    while (to + 1 < end && news_report_is_mark(r, to, ',') && r->stretch_of[to + 1] == NEWS_NONE) {
        uint32_t i = to + 1;
        bool relative = r->tags[i] == NEWS_TAG_RELATIVE;
        const news_phrase *next = phrase_at(r, i, end);
        if (!relative &&
            (!next || r->tags[i] == NEWS_TAG_PRONOUN || news_report_is_time(r, next->end - 1) ||
             (next->end < end && is_finite(r->tags[next->end])))) {
            break;
        }
        while (i < end && r->stretch_of[i] == NEWS_NONE && !news_report_is_mark(r, i, ',') &&
               !news_report_is_mark(r, i, ';') &&
               !(r->article->tokens[i].kind == NEWS_TOKEN_MARK && i + 1 == end)) {
            if (!relative && is_finite(r->tags[i]) && r->tags[i] != NEWS_TAG_PAST) {
                break;
            }
            relative |= r->tags[i] == NEWS_TAG_RELATIVE;
            i++;
        }
        if (i < end && r->stretch_of[i] == NEWS_NONE && is_finite(r->tags[i])) {
            break; /* a new clause, no apposition */
        }
        to = i;
    }
    return (news_range){at, to};
}
