/* Dates by a grammar of a few forms over tokens; what leaves the year or the day open is completed
 * from the article's own date, as a reader of that day would. */
#include "date.h"
#include "word_lists.h"

#include <string.h>

/* A day by its number (0: 1 March of the year 0), with as much as is known of it. */
typedef struct day {
    uint32_t year, month, date; /* month and date 0 where left open */
    uint32_t week, quarter;     /* of the year, in place of month and date; 0 where not told */
    bool weekend;               /* of that week */
} day;

typedef struct finder {
    news_arena *arena;
    const news_article *article;
    day today;      /* year 0 where the article has no date */
    uint32_t end;   /* of the sentence's tokens */
    uint32_t first; /* token of the sentence */
    news_dates *out;
} finder;

/* Years that a bare number may mean. */
enum { FIRST_YEAR = 1800, LAST_YEAR = 2099, HALF_A_YEAR = 183, LONGEST_COUNT = 1000 };

/* The verb that says whether a weekday is past or to come is looked for so many tokens around it.
 */
enum { VERB_WITHIN = 14 };

/* Source: H. Hinnant, "chrono-compatible low-level date algorithms" (public domain). */
static int64_t number_of(day d) {
    int64_t y = (int64_t)d.year - (d.month <= 2), era = y / 400;
    int64_t of_era = y - era * 400;
    int64_t of_year = (153 * (d.month > 2 ? d.month - 3 : d.month + 9) + 2) / 5 + d.date - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year;
}

static day day_of(int64_t number) {
    int64_t era = number / 146097, of_era = number - era * 146097;
    int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
    int64_t month = (5 * of_year + 2) / 153;
    day d = {.month = (uint32_t)(month < 10 ? month + 3 : month - 9),
             .date = (uint32_t)(of_year - (153 * month + 2) / 5 + 1)};
    d.year = (uint32_t)(year + era * 400 + (d.month <= 2));
    return d;
}

/* 0 for Monday. Day 0 was a Wednesday. */
static uint32_t weekday_of(int64_t number) {
    return (uint32_t)((number + 2) % 7);
}

/* The week of ISO 8601 that the day lies in: that of its Thursday. */
static day week_of(int64_t number, bool weekend) {
    int64_t thursday = number - weekday_of(number) + 3;
    day d = day_of(thursday), first = {.year = d.year, .month = 1, .date = 1};
    return (day){.year = d.year,
                 .week = (uint32_t)((thursday - number_of(first)) / 7 + 1),
                 .weekend = weekend};
}

static bool is_day(day d) {
    static const uint8_t days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = d.year % 4 == 0 && (d.year % 100 != 0 || d.year % 400 == 0);
    return d.month >= 1 && d.month <= 12 && d.date >= 1 && d.date <= days[d.month - 1] &&
           (leap || d.month != 2 || d.date < 29);
}

static const char *text_of(const finder *f, uint32_t i, uint32_t *n) {
    news_span span = f->article->tokens[i].span;
    *n = span.to - span.from;
    return f->article->text->bytes + span.from;
}

static char small(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

static bool is(const finder *f, uint32_t i, const char *word) {
    return i < f->end && news_form_is_word(f->article, i, word);
}

static uint16_t kind_of(const finder *f, uint32_t i) {
    if (i >= f->end || f->article->tokens[i].kind != NEWS_TOKEN_WORD) {
        return 0;
    }
    news_word word = news_form_look_up(f->article, &news_words_date_words, i, i + 1);
    return word.is_entry ? word.value : 0;
}

/* The token's number, an ordinal's ending left aside; 0 where it is none. */
static uint32_t number_at(const finder *f, uint32_t i) {
    uint32_t n, value = 0, k = 0;
    if (i >= f->end || f->article->tokens[i].kind != NEWS_TOKEN_NUMBER) {
        return 0;
    }
    const char *text = text_of(f, i, &n);
    for (; k < n && k < 5 && text[k] >= '0' && text[k] <= '9'; k++) {
        value = value * 10 + (uint32_t)(text[k] - '0');
    }
    bool ordinal =
        k + 2 == n && strchr("snrt", small(text[k])) && strchr("tdh", small(text[k + 1]));
    return k == n || ordinal ? value : 0;
}

static uint32_t year_at(const finder *f, uint32_t i) {
    uint32_t n, value = number_at(f, i);
    if (value < FIRST_YEAR || value > LAST_YEAR) {
        return 0;
    }
    text_of(f, i, &n);
    return n == 4 ? value : 0;
}

/* 1 to 12 for a month's name with a capital, else 0. */
static uint32_t month_at(const finder *f, uint32_t i) {
    uint32_t n;
    if (i >= f->end || f->article->tokens[i].kind != NEWS_TOKEN_WORD ||
        !(f->article->tokens[i].flags & NEWS_TOKEN_CAPITAL)) {
        return 0;
    }
    const char *text = text_of(f, i, &n);
    n -= n > 1 && text[n - 1] == '.';
    news_word word = news_words_find_folded(&news_words_months, text, n);
    return word.is_entry ? word.value + 1u : 0;
}

/* 0 for Monday, 7 for what is no weekday. */
static uint32_t weekday_at(const finder *f, uint32_t i) {
    static const char *const names[] = {"monday", "tuesday",  "wednesday", "thursday",
                                        "friday", "saturday", "sunday"};
    if (!(kind_of(f, i) & NEWS_DATE_WORDS_DAY) ||
        !(f->article->tokens[i].flags & NEWS_TOKEN_CAPITAL)) {
        return 7;
    }
    uint32_t k = 0;
    while (k < 7 && !is(f, i, names[k])) {
        k++;
    }
    return k;
}

/* A day and month without a year: the one nearest to the article's own date. */
static uint32_t nearest_year(const finder *f, uint32_t month, uint32_t date) {
    if (f->today.year == 0) {
        return 0;
    }
    day d = {.year = f->today.year, .month = month, .date = date ? date : 15}, today = f->today;
    today.month = today.month ? today.month : 6;
    today.date = today.date ? today.date : 15;
    int64_t gap = number_of(d) - number_of(today);
    return gap > HALF_A_YEAR ? d.year - 1 : gap < -HALF_A_YEAR ? d.year + 1 : d.year;
}

static uint32_t digits(char *out, uint32_t value, uint32_t width) {
    for (uint32_t i = width; i-- > 0; value /= 10) {
        out[i] = (char)('0' + value % 10);
    }
    return width;
}

static bool add(finder *f, uint32_t from, uint32_t to, day d) {
    char iso[16];
    uint32_t n = digits(iso, d.year, 4);
    if (d.week || d.quarter) { /* as TIMEX3 has them: 2021-W34, 2021-W34-WE, 2021-Q2 */
        iso[n++] = '-';
        iso[n++] = d.week ? 'W' : 'Q';
        n += digits(iso + n, d.week ? d.week : d.quarter, d.week ? 2 : 1);
        if (d.weekend) {
            iso[n++] = '-';
            iso[n++] = 'W';
            iso[n++] = 'E';
        }
        d.month = d.date = 0;
    }
    if (d.month) {
        iso[n++] = '-';
        n += digits(iso + n, d.month, 2);
    }
    if (d.month && d.date) {
        iso[n++] = '-';
        n += digits(iso + n, d.date, 2);
    }
    news_date *date = news_list_push(f->arena, &f->out->list);
    if (!date) {
        return false;
    }
    const news_token *tokens = f->article->tokens;
    news_span span = {tokens[from].span.from, tokens[to - 1].span.to};
    *date = (news_date){.text = {f->article->text->bytes + span.from, span.to - span.from},
                        .iso = news_arena_copy(f->arena, iso, n),
                        .span = span};
    return date->iso.bytes != NULL;
}

/* "25 August 2021", "August 25, 2021", "25 August", "August 2021"; the token behind it, or `i`. */
static uint32_t read_calendar(const finder *f, uint32_t i, day *d) {
    uint32_t month = month_at(f, i), number = number_at(f, i), next = i;
    *d = (day){0};
    if (month) {
        d->month = month;
        uint32_t date = number_at(f, i + 1);
        if (year_at(f, i + 1)) {
            d->year = year_at(f, i + 1);
            return i + 2;
        }
        if (is(f, i + 1, ",") && year_at(f, i + 2)) {
            d->year = year_at(f, i + 2);
            return i + 3;
        }
        if (date < 1 || date > 31) {
            return i;
        }
        d->date = date;
        next = i + 2;
    } else if (number >= 1 && number <= 31) {
        uint32_t at = i + 1 + is(f, i + 1, "of");
        d->month = month_at(f, at);
        d->date = number;
        if (!d->month) {
            return i;
        }
        next = at + 1;
    } else if (year_at(f, i) && is(f, i + 1, "-") && is(f, i + 3, "-")) {
        *d =
            (day){.year = year_at(f, i), .month = number_at(f, i + 2), .date = number_at(f, i + 4)};
        return is_day(*d) ? i + 5 : i;
    } else {
        return i;
    }
    uint32_t comma = next + is(f, next, ",");
    if (year_at(f, comma)) {
        d->year = year_at(f, comma);
        next = comma + 1;
    } else {
        d->year = nearest_year(f, d->month, d->date);
    }
    return d->year && is_day(*d) ? next : i;
}

/* 1 for a verb of what is past, 2 for a word of what is to come, 0 for any other. */
static int time_of(const finder *f, uint32_t i) {
    static const char *const past[] = {"said", "told", "was",  "were", "had",  "has",  "met",
                                       "went", "came", "took", "made", "held", "left", "fell",
                                       "rose", "won",  "lost", "shot", "hit",  "gave", "began"};
    uint32_t n;
    const char *text = text_of(f, i, &n);
    uint8_t flags = f->article->tokens[i].flags;
    if (f->article->tokens[i].kind != NEWS_TOKEN_WORD ||
        (flags & NEWS_TOKEN_CAPITAL && !(flags & NEWS_TOKEN_ALL_CAPS))) {
        return 0;
    }
    if (kind_of(f, i) & NEWS_DATE_WORDS_COMING) {
        return 2;
    }
    for (size_t k = 0; k < sizeof past / sizeof *past; k++) {
        if (is(f, i, past[k])) {
            return 1;
        }
    }
    /* "will be banned" */
    bool participle = i > f->first && is(f, i - 1, "be");
    return n > 3 && small(text[n - 2]) == 'e' && small(text[n - 1]) == 'd' && !participle;
}

/* Whether the weekday at `i` is one to come: the verb before it says so, or, where there is none,
 * that behind it. "She said on Monday that it will open" was said in the past. */
static bool is_ahead(const finder *f, uint32_t i) {
    uint32_t seen = 0;
    for (uint32_t k = i; k > f->first && seen < VERB_WITHIN; seen++) {
        int time = time_of(f, --k);
        if (time) {
            return time == 2;
        }
    }
    for (uint32_t k = i + 1; k < f->end && k < i + VERB_WITHIN; k++) {
        int time = time_of(f, k);
        if (time) {
            return time == 2;
        }
    }
    return false;
}

/* -1 for "last", 1 for "next", 0 for "this", 2 for any other word. */
static int step_at(const finder *f, uint32_t i) {
    return is(f, i, "last") ? -1 : is(f, i, "next") ? 1 : is(f, i, "this") ? 0 : 2;
}

/* "Wednesday", "last Monday", "Friday last week"; the token behind it, or `i`. */
static uint32_t read_weekday(const finder *f, uint32_t i, int64_t today, day *d) {
    int step = step_at(f, i);
    uint32_t at = i + (step != 2), weekday = weekday_at(f, at);
    if (weekday == 7) {
        return i;
    }
    uint32_t of = at + 1 + is(f, at + 1, "of");
    if (step == 2 && step_at(f, of) != 2 && is(f, of + 1, "week")) {
        *d = day_of(today - weekday_of(today) + 7 * step_at(f, of) + weekday);
        return of + 2;
    }
    uint32_t back = (weekday_of(today) + 7 - weekday) % 7;
    bool ahead = step == 1 || (step != -1 && is_ahead(f, i));
    int64_t days = ahead ? (back == 0 ? 7 : 7 - (int64_t)back)
                         : -(int64_t)(step == -1 && back == 0 ? 7 : back);
    *d = day_of(today + days);
    return at + 1;
}

/* "last week", "this weekend", "next month", "last year", "last night"; the token behind it, or
 * `i`. */
static uint32_t read_near(const finder *f, uint32_t i, int64_t today, day *d) {
    int step = step_at(f, i);
    uint32_t at = i + 1;
    bool weekend = is(f, at, "weekend");
    *d = f->today;
    if (step == 2) {
        if (is(f, i, "the") && weekend && f->today.date) { /* "at the weekend" */
            /* On its own days or in the days after it is that which was, else that to come. */
            bool ahead = weekday_of(today) < 5 && is_ahead(f, i);
            *d = week_of(today + (weekday_of(today) >= 5 || ahead ? 0 : -7), true);
            return i + 2;
        }
        return i;
    }
    if (is(f, at, "year")) {
        *d = (day){.year = (uint32_t)((int64_t)f->today.year + step)};
        return at + 1;
    }
    if (!f->today.month) {
        return i;
    }
    int32_t month = (int32_t)(d->year * 12 + d->month) - 1;
    if (is(f, at, "month")) {
        month += step;
        *d = (day){.year = (uint32_t)month / 12, .month = (uint32_t)month % 12 + 1};
        return at + 1;
    }
    if (is(f, at, "quarter")) {
        month += 3 * step;
        *d = (day){.year = (uint32_t)month / 12, .quarter = (uint32_t)month % 12 / 3 + 1};
        return at + 1;
    }
    if (month_at(f, at)) {
        uint32_t named = month_at(f, at), now = f->today.month;
        *d = (day){.year = f->today.year, .month = named};
        d->year -= step == -1 && named >= now;
        d->year += step == 1 && named <= now;
        return at + 1;
    }
    if (!f->today.date) {
        return i;
    }
    if (is(f, at, "week") || weekend) {
        /* "last weekend" on a Sunday is that of a week ago, as "last week" is. */
        *d = week_of(today + 7 * step, weekend);
        return at + 1;
    }
    bool night = is(f, at, "night"),
         part = is(f, at, "morning") || is(f, at, "afternoon") || is(f, at, "evening");
    if ((step == -1 && (night || is(f, at, "evening"))) || (step == 0 && part)) {
        *d = day_of(today + step);
        return at + 1;
    }
    return i;
}

/* "two days ago", "a year ago": no finer than the unit; the token behind it, or `i`. */
static uint32_t read_ago(const finder *f, uint32_t i, int64_t today, day *d) {
    static const char *const numbers[] = {"an",   "a",   "one",   "two",   "three", "four",
                                          "five", "six", "seven", "eight", "nine",  "ten"};
    uint32_t count = number_at(f, i);
    for (uint32_t k = 0;
         kind_of(f, i) & NEWS_DATE_WORDS_NUMBER && k < sizeof numbers / sizeof *numbers; k++) {
        count = is(f, i, numbers[k]) ? (k < 2 ? 1 : k - 1) : count;
    }
    if (count == 0 || count > LONGEST_COUNT || count >= f->today.year ||
        !(kind_of(f, i + 1) & NEWS_DATE_WORDS_UNIT) || !is(f, i + 2, "ago")) {
        return i;
    }
    uint32_t n;
    char unit = small(*text_of(f, i + 1, &n));
    if (unit == 'd' || unit == 'w' || unit == 'f') {
        int64_t then = today - (int64_t)count * (unit == 'd' ? 1 : unit == 'w' ? 7 : 14);
        *d = unit == 'd' ? day_of(then) : week_of(then, false);
        return f->today.date ? i + 3 : i;
    }
    if (unit == 'm') {
        uint32_t month = f->today.year * 12 + f->today.month - 1 - count;
        *d = (day){.year = month / 12, .month = month % 12 + 1};
        return f->today.month ? i + 3 : i;
    }
    *d = (day){.year = f->today.year - count};
    return i + 3;
}

/* What is told from the article's own date; the token behind it, or `i`. */
static uint32_t read_relative(const finder *f, uint32_t i, day *d) {
    bool whole = f->today.month && f->today.date;
    int64_t today = whole ? number_of(f->today) : 0;
    if (f->today.year == 0) {
        return i;
    }
    if (kind_of(f, i) & NEWS_DATE_WORDS_NEAR) {
        int64_t step = is(f, i, "yesterday") ? -1 : is(f, i, "tomorrow") ? 1 : 0;
        *d = day_of(today + step);
        return whole ? i + 1 : i;
    }
    uint32_t next = whole ? read_weekday(f, i, today, d) : i;
    next = next > i ? next : read_near(f, i, today, d);
    return next > i ? next : read_ago(f, i, today, d);
}

/* "the second quarter of 2021", "first quarter 2021"; the token behind it, or `i`. */
static uint32_t read_quarter(const finder *f, uint32_t i, day *d) {
    static const char *const ordinals[] = {"first", "second", "third", "fourth"};
    for (uint32_t k = 0; k < 4; k++) {
        uint32_t year = i + 2 + is(f, i + 2, "of");
        if (is(f, i, ordinals[k]) && is(f, i + 1, "quarter") && year_at(f, year)) {
            *d = (day){.year = year_at(f, year), .quarter = k + 1};
            return year + 1;
        }
    }
    return i;
}

/* "in March", "since 2019": a bare month or year behind a word that makes it a date. */
static uint32_t read_bare(const finder *f, uint32_t first, uint32_t i, day *d) {
    bool opened = i > first && kind_of(f, i - 1) & NEWS_DATE_WORDS_OPENER;
    *d = (day){0};
    if (!opened ||
        (i + 1 < f->end && !(f->article->tokens[i + 1].flags & NEWS_TOKEN_SPACE_BEFORE) &&
         f->article->tokens[i + 1].kind == NEWS_TOKEN_WORD)) {
        return i;
    }
    if (year_at(f, i)) {
        d->year = year_at(f, i);
        return i + 1;
    }
    d->month = month_at(f, i);
    d->year = d->month ? nearest_year(f, d->month, 0) : 0;
    return d->year ? i + 1 : i;
}

/* Whether any date may begin with the token: few tokens of a text do, and each form is only tried
 * at those. */
static bool may_begin(const finder *f, uint32_t i) {
    static const char *const words[] = {"last",  "next",   "this",  "the",
                                        "first", "second", "third", "fourth"};
    const news_token *token = &f->article->tokens[i];
    if (token->kind != NEWS_TOKEN_WORD) {
        return token->kind == NEWS_TOKEN_NUMBER;
    }
    char first = f->article->text->bytes[token->span.from];
    for (size_t k = 0; k < sizeof words / sizeof *words; k++) {
        if ((first | 0x20) == words[k][0] && is(f, i, words[k])) {
            return true;
        }
    }
    uint16_t kind = kind_of(f, i);
    return kind & (NEWS_DATE_WORDS_DAY | NEWS_DATE_WORDS_NEAR) || month_at(f, i) ||
           (kind & NEWS_DATE_WORDS_NUMBER && kind_of(f, i + 1) & NEWS_DATE_WORDS_UNIT);
}

static bool read_sentence(finder *f, const news_sentence *sentence) {
    uint32_t first = sentence->first_token;
    f->end = first + sentence->n_tokens;
    f->first = first;
    for (uint32_t i = first; i < f->end;) {
        if (!may_begin(f, i)) {
            i++;
            continue;
        }
        day d;
        uint32_t next = i;
        /* "Wednesday, 25 August": the weekday goes with the date. */
        if (weekday_at(f, i) < 7) {
            uint32_t at = i + 1 + is(f, i + 1, ",");
            next = read_calendar(f, at, &d);
            next = next == at ? i : next;
        }
        next = next > i ? next : read_calendar(f, i, &d);
        next = next > i ? next : read_relative(f, i, &d);
        next = next > i ? next : read_quarter(f, i, &d);
        next = next > i ? next : read_bare(f, first, i, &d);
        if (next > i && !add(f, i, next, d)) {
            return false;
        }
        i = next > i ? next : i + 1;
    }
    return true;
}

static day read_iso(news_string iso) {
    uint32_t parts[3] = {0}, k = 0;
    for (uint32_t i = 0; i < iso.n && i < 10; i++) {
        if (iso.bytes[i] == '-') {
            k++;
        } else if (k < 3 && iso.bytes[i] >= '0' && iso.bytes[i] <= '9') {
            parts[k] = parts[k] * 10 + (uint32_t)(iso.bytes[i] - '0');
        }
    }
    day d = {.year = parts[0], .month = parts[1], .date = parts[2]};
    return d.date && !is_day(d) ? (day){0} : d;
}

bool news_find_dates(news_arena *arena, const news_article *article, news_dates *out) {
    finder f = {.arena = arena, .article = article, .out = out};
    f.today = article->date.n ? read_iso(article->date) : (day){0};
    for (uint32_t i = 0; i < article->n_sentences; i++) {
        news_role role = article->blocks[article->sentences[i].block].role;
        if (role != NEWS_ROLE_BOILERPLATE && role != NEWS_ROLE_DATE && role != NEWS_ROLE_BYLINE &&
            !read_sentence(&f, &article->sentences[i])) {
            return false;
        }
    }
    return true;
}
