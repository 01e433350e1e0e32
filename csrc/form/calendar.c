/* A line becomes a few items (numbers, months, weekdays, signs); a date is a pattern of them. */
#include "calendar.h"
#include "eight.h"
#include "utf8.h"
#include "word_lists.h"

#include <string.h>

enum {
    MOST_ITEMS = 48,     /* a line that tells a date has fewer */
    MOST_BYTES = 400,    /* of a line's start; the same reason */
    LONGEST_WORD = 24,   /* of a month or weekday */
    FIRST_YEAR = 1600,   /* newspapers begin in the 17th century */
    LAST_YEAR = 2199,    /* a four-digit number above is no year */
    TWO_DIGIT_PIVOT = 70 /* 70 to 99 are of the last century */
};

typedef enum item_kind {
    ITEM_NUMBER,
    ITEM_MONTH, /* `value` from 1 */
    ITEM_CLOCK, /* `value` of csrc/data/clock.txt */
    ITEM_WORD,
    ITEM_SIGN, /* `value` is the code point */
} item_kind;

typedef struct item {
    item_kind kind;
    uint32_t value, digits;
    news_span span;
} item;

typedef struct line {
    const char *text;
    item items[MOST_ITEMS];
    uint32_t n;
} line;

static void classify_word(const char *text, item *it) {
    uint32_t n = it->span.to - it->span.from;
    it->kind = ITEM_WORD;
    if (n > LONGEST_WORD) {
        return;
    }
    news_word known = news_words_find_folded(&news_words_months, text + it->span.from, n);
    if (known.is_entry) {
        it->kind = ITEM_MONTH;
        it->value = known.value + 1u;
        return;
    }
    known = news_words_find_folded(&news_words_clock, text + it->span.from, n);
    if (known.is_entry) {
        it->kind = ITEM_CLOCK;
        it->value = known.value;
    }
}

static void read_items(line *l, news_span span) {
    uint32_t end = span.to - span.from > MOST_BYTES ? span.from + MOST_BYTES : span.to;
    for (uint32_t at = span.from, length; at < end && l->n < MOST_ITEMS;) {
        uint32_t c = news_utf8_decode(l->text + at, span.to - at, &length);
        if (news_utf8_is_space(c)) {
            at += length;
            continue;
        }
        item *it = &l->items[l->n++];
        *it = (item){ITEM_SIGN, c, 0, {at, at + length}};
        at += length;
        if (c >= '0' && c <= '9') {
            it->kind = ITEM_NUMBER;
            it->value = c - '0';
            it->digits = 1;
            for (; at < span.to && l->text[at] >= '0' && l->text[at] <= '9'; at++) {
                it->digits++;
                it->value =
                    it->digits > 8 ? UINT32_MAX : it->value * 10 + (uint32_t)(l->text[at] - '0');
            }
            it->span.to = at;
        } else if (news_utf8_is_letter(c) && c != 0x5E74 && c != 0x6708 && c != 0x65E5) {
            bool is_small = news_utf8_is_lower(c);
            while (at < span.to) {
                c = news_utf8_decode(l->text + at, span.to - at, &length);
                bool inner_stop = c == '.' && at - it->span.from == 1 && at + 1 < span.to &&
                                  (l->text[at + 1] | 0x20) == 'm' && it->span.to == at;
                /* A page's elements may run together: "Jane DoeMay 3". */
                bool runs_on = it->span.to > it->span.from && news_utf8_is_upper(c) && is_small;
                if ((!news_utf8_is_letter(c) && !inner_stop) || runs_on) {
                    break;
                }
                is_small = news_utf8_is_lower(c);
                at += length;
                it->span.to = at;
            }
            classify_word(l->text, it);
        }
    }
}

static bool is_sign(const line *l, uint32_t i, uint32_t sign) {
    return i < l->n && l->items[i].kind == ITEM_SIGN && l->items[i].value == sign;
}

static bool is_number(const line *l, uint32_t i, uint32_t low, uint32_t high) {
    return i < l->n && l->items[i].kind == ITEM_NUMBER && l->items[i].value >= low &&
           l->items[i].value <= high;
}

static bool is_year(const line *l, uint32_t i) {
    return is_number(l, i, FIRST_YEAR, LAST_YEAR) && l->items[i].digits == 4;
}

static bool is_kind(const line *l, uint32_t i, item_kind kind) {
    return i < l->n && l->items[i].kind == kind;
}

static bool is_word(const line *l, uint32_t i, const char *word) {
    size_t n = strlen(word);
    return is_kind(l, i, ITEM_WORD) && l->items[i].span.to - l->items[i].span.from == n &&
           memcmp(l->text + l->items[i].span.from, word, n) == 0;
}

/* No blank between item `i` and the one before it. */
static bool touches(const line *l, uint32_t i) {
    return i > 0 && i < l->n && l->items[i].span.from == l->items[i - 1].span.to;
}

static bool is_day_of_month(uint32_t year, uint32_t month, uint32_t day) {
    static const uint8_t days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (month < 1 || month > 12 || day < 1 || day > days[month - 1]) {
        return false;
    }
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month != 2 || day < 29 || leap;
}

/* What a pattern found: items first … last; day 0 where only the month is told; month 0 where the
 * order of the numbers is open. */
typedef struct found {
    uint32_t year, month, day, first, last;
} found;

/* Signs and words between day, month and year: ".", ",", "de", "of". */
static uint32_t skip_joint(const line *l, uint32_t i) {
    uint32_t n = 0;
    while (n < 2 && (is_sign(l, i, ',') || is_sign(l, i, '.') || is_word(l, i, "de") ||
                     is_word(l, i, "del") || is_word(l, i, "of") || is_sign(l, i, '-') ||
                     is_sign(l, i, '/'))) {
        i++;
        n++;
    }
    return i;
}

/* "th", "er", "º" behind a day's number. */
static uint32_t skip_ordinal(const line *l, uint32_t i) {
    static const char *const endings[] = {"st", "nd", "rd", "th", "er", "e"};
    for (size_t k = 0; touches(l, i) && k < sizeof endings / sizeof *endings; k++) {
        if (is_word(l, i, endings[k])) {
            return i + 1;
        }
    }
    return touches(l, i) && is_sign(l, i, 0xBA) ? i + 1 : i;
}

/* "August 26, 2021", "26 Aug. 2021", "August 2021". */
static bool named_month(const line *l, uint32_t i, found *f) {
    if (is_number(l, i, 1, 31) && l->items[i].digits <= 2) {
        uint32_t m = skip_joint(l, skip_ordinal(l, i + 1));
        if (is_kind(l, m, ITEM_MONTH)) {
            uint32_t y = skip_joint(l, m + 1);
            if (is_year(l, y)) {
                *f = (found){l->items[y].value, l->items[m].value, l->items[i].value, i, y};
                return true;
            }
        }
        return false;
    }
    if (!is_kind(l, i, ITEM_MONTH)) {
        return false;
    }
    uint32_t d = skip_joint(l, i + 1);
    if (is_number(l, d, 1, 31) && l->items[d].digits <= 2) {
        uint32_t y = skip_joint(l, skip_ordinal(l, d + 1));
        if (is_year(l, y)) {
            *f = (found){l->items[y].value, l->items[i].value, l->items[d].value, i, y};
            return true;
        }
        return false;
    }
    if (is_year(l, d)) {
        *f = (found){l->items[d].value, l->items[i].value, 0, i, d};
        return true;
    }
    return false;
}

/* "2021-08-26", "26.08.2021", "08/26/2021", "2021年8月26日". */
static bool numbers(const line *l, uint32_t i, news_date_order order, found *f) {
    if (!is_kind(l, i, ITEM_NUMBER) || !is_kind(l, i + 1, ITEM_SIGN) ||
        !is_kind(l, i + 2, ITEM_NUMBER) || !is_kind(l, i + 3, ITEM_SIGN) ||
        !is_kind(l, i + 4, ITEM_NUMBER)) {
        return false;
    }
    uint32_t sign = l->items[i + 1].value, a = l->items[i].value, b = l->items[i + 2].value,
             c = l->items[i + 4].value;
    if (is_year(l, i) && sign == 0x5E74 && l->items[i + 3].value == 0x6708) {
        *f = (found){a, b, c, i, is_sign(l, i + 5, 0x65E5) ? i + 5 : i + 4};
        return true;
    }
    if (l->items[i + 3].value != sign || !(sign == '-' || sign == '/' || sign == '.')) {
        return false;
    }
    for (uint32_t k = 1; k <= 4; k++) {
        if (!touches(l, i + k) && sign != '.') {
            return false;
        }
    }
    if (is_year(l, i)) {
        *f = (found){a, b, c, i, i + 4};
        return true;
    }
    if (l->items[i].digits > 2 || l->items[i + 2].digits > 2 ||
        !(is_year(l, i + 4) || l->items[i + 4].digits == 2)) {
        return false;
    }
    if (l->items[i + 4].digits == 2) {
        c += c < TWO_DIGIT_PIVOT ? 2000 : 1900;
    }
    *f = (found){c, b, a, i, i + 4};
    if (sign == '.' || a > 12) { /* German, Slavic and Nordic dates are written with stops */
        return true;
    }
    if (b > 12 || order == NEWS_ORDER_MONTH_FIRST) {
        f->month = a;
        f->day = b;
    } else if (order == NEWS_ORDER_UNKNOWN && a != b) {
        f->month = 0;
    }
    return true;
}

/* A time of day; minutes below zero hours from UTC are not needed: every zone here is whole hours
 * unless the page writes the offset itself. */
typedef struct daytime {
    uint32_t hour, minute, second;
    bool has_second;
    char zone[7]; /* "", "Z" or "+05:30" */
    uint32_t first, last;
} daytime;

static void two_digits(char *out, uint32_t value) {
    out[0] = (char)('0' + value / 10 % 10);
    out[1] = (char)('0' + value % 10);
}

/* Reads "Z", "GMT", "EDT", "(CEST)", "+02:00", "GMT+8" from item `i` on; returns the item behind.
 */
static uint32_t read_zone(const line *l, uint32_t i, daytime *t) {
    bool in_brackets = is_sign(l, i, '(');
    uint32_t at = in_brackets ? i + 1 : i;
    uint32_t after = i;
    static const int8_t hours[] = {0, 0, 0, 0, 0, 1, 2, 3, 8, 9, 10, 11, -3, -4, -5, -6, -7, -8};
    if (is_word(l, at, "Z") && touches(l, at)) {
        memcpy(t->zone, "Z", 2);
        return at + 1;
    }
    if (is_kind(l, at, ITEM_CLOCK) && l->items[at].value >= NEWS_CLOCK_ZONE) {
        uint32_t value = l->items[at].value;
        after = at + 1;
        if (value == NEWS_CLOCK_Z) {
            memcpy(t->zone, "Z", 2);
        } else if (value != NEWS_CLOCK_ZONE) {
            int8_t h = hours[value];
            memcpy(t->zone, h < 0 ? "-00:00" : "+00:00", 7);
            two_digits(t->zone + 1, (uint32_t)(h < 0 ? -h : h));
        } else if (is_word(l, after, "time")) {
            after++;
        }
        if (in_brackets && is_sign(l, after, ')')) {
            after++;
        }
    }
    if ((is_sign(l, after, '+') || is_sign(l, after, '-') || is_sign(l, after, 0x2212)) &&
        is_number(l, after + 1, 0, 1400) && touches(l, after + 1) &&
        (touches(l, after) || l->items[after + 1].digits == 4)) {
        uint32_t value = l->items[after + 1].value, digits = l->items[after + 1].digits;
        uint32_t hour = digits == 4 ? value / 100 : value, minute = digits == 4 ? value % 100 : 0;
        uint32_t last = after + 1;
        if (digits <= 2 && is_sign(l, after + 2, ':') && is_number(l, after + 3, 0, 59)) {
            minute = l->items[after + 3].value;
            last = after + 3;
        }
        if (hour <= 14 && minute < 60) {
            memcpy(t->zone, is_sign(l, after, '+') ? "+00:00" : "-00:00", 7);
            two_digits(t->zone + 1, hour);
            two_digits(t->zone + 4, minute);
            return last + 1;
        }
    }
    return after;
}

/* "10:15", "3.45pm", "5 p.m.", "1015 GMT", "18h30", from item `i` on. */
static bool read_time(const line *l, uint32_t i, daytime *t) {
    *t = (daytime){.first = i};
    if (!is_number(l, i, 0, 2459)) {
        return false;
    }
    uint32_t at = i + 1;
    t->hour = l->items[i].value;
    bool certain = false;
    if ((is_sign(l, at, ':') || is_sign(l, at, '.') || is_word(l, at, "h")) && touches(l, at) &&
        is_number(l, at + 1, 0, 59) && touches(l, at + 1) && l->items[at + 1].digits == 2) {
        certain = !is_sign(l, at, '.');
        t->minute = l->items[at + 1].value;
        at += 2;
        if (is_sign(l, at, ':') && is_number(l, at + 1, 0, 60) && l->items[at + 1].digits == 2) {
            t->second = l->items[at + 1].value;
            t->has_second = true;
            at += 2;
            if (is_sign(l, at, '.') && touches(l, at) && is_kind(l, at + 1, ITEM_NUMBER)) {
                at += 2; /* fractions of a second */
            }
        }
    } else if (l->items[i].digits == 4) {
        t->minute = t->hour % 100;
        t->hour /= 100;
    } else if (l->items[i].digits > 2) {
        return false;
    }
    if (is_kind(l, at, ITEM_CLOCK) &&
        (l->items[at].value == NEWS_CLOCK_AM || l->items[at].value == NEWS_CLOCK_PM)) {
        if (t->hour > 12 && t->hour < 24) {
            /* "15:30 pm" says the same twice */
        } else if (t->hour > 12 || t->hour == 0) {
            return false;
        } else {
            t->hour = t->hour % 12 + (l->items[at].value == NEWS_CLOCK_PM ? 12 : 0);
        }
        certain = true;
        at++;
        if (is_sign(l, at, '.') && touches(l, at)) { /* "p.m." */
            at++;
        }
    } else if (is_word(l, at, "Uhr") || is_word(l, at, "hrs") || is_word(l, at, "hours")) {
        certain = true;
        at++;
    }
    uint32_t after = read_zone(l, at, t);
    certain |= after > at;
    t->last = after - 1;
    return certain && t->hour < 24 && t->minute < 60 && t->second < 60;
}

/* Items that may stand between a date and its time. */
static bool is_glue(const line *l, uint32_t i) {
    return is_sign(l, i, ',') || is_sign(l, i, '|') || is_sign(l, i, '-') || is_sign(l, i, '/') ||
           is_sign(l, i, 0x2013) || is_sign(l, i, 0x2022) || is_sign(l, i, 0xB7) ||
           is_sign(l, i, '(') || is_word(l, i, "at") || is_word(l, i, "T") || is_word(l, i, "um") ||
           is_word(l, i, "on") || is_word(l, i, "à") || is_word(l, i, "alle");
}

static void widen(const line *l, found *f, daytime *t, bool *has_time) {
    while (f->first > 0) {
        uint32_t before = f->first - 1;
        bool weekday =
            is_kind(l, before, ITEM_CLOCK) && l->items[before].value == NEWS_CLOCK_WEEKDAY;
        bool comma = (is_sign(l, before, ',') || is_sign(l, before, '.')) && before > 0 &&
                     is_kind(l, before - 1, ITEM_CLOCK) &&
                     l->items[before - 1].value == NEWS_CLOCK_WEEKDAY;
        if (!weekday && !comma) {
            break;
        }
        f->first = weekday ? before : before - 1;
    }
    uint32_t at = f->last + 1;
    if (is_sign(l, at, '.') && touches(l, at)) {
        at++;
    }
    for (uint32_t glue = 0; glue <= 2; glue++) {
        if (read_time(l, at, t)) {
            *has_time = true;
            f->last = t->last;
            return;
        }
        if (!is_glue(l, at)) {
            break;
        }
        at++;
    }
    /* The time stands before: "10:15 GMT, 26 August 2021". The longest reading is meant. */
    for (uint32_t start = f->first > 9 ? f->first - 9 : 0; start < f->first; start++) {
        if (read_time(l, start, t) && t->last < f->first &&
            (t->last + 1 == f->first || (t->last + 2 == f->first && is_glue(l, t->last + 1)))) {
            *has_time = true;
            f->first = start;
            return;
        }
    }
}

static void write_iso(const found *f, const daytime *t, bool has_time, news_when *out) {
    char *iso = out->iso;
    two_digits(iso, f->year / 100);
    two_digits(iso + 2, f->year % 100);
    iso[4] = '-';
    two_digits(iso + 5, f->month);
    out->n = 7;
    if (f->day == 0) {
        return;
    }
    iso[7] = '-';
    two_digits(iso + 8, f->day);
    out->n = 10;
    if (!has_time) {
        return;
    }
    iso[10] = 'T';
    two_digits(iso + 11, t->hour);
    iso[13] = ':';
    two_digits(iso + 14, t->minute);
    out->n = 16;
    if (t->has_second) {
        iso[16] = ':';
        two_digits(iso + 17, t->second);
        out->n = 19;
    }
    uint32_t zone = (uint32_t)strlen(t->zone);
    memcpy(iso + out->n, t->zone, zone);
    out->n += zone;
}

/* Whether there may be a date: it has a year of four digits, or three numbers. Most lines have
 * neither. */
static bool may_tell(const char *text, news_span span) {
    uint32_t numbers = 0, to = span.to - span.from > MOST_BYTES ? span.from + MOST_BYTES : span.to;
    for (uint32_t at = span.from; at < to;) {
        uint64_t eight = news_eight_read(text + at, span.to - at);
        uint32_t before = news_eight_first(news_eight_between(eight, '0', '9'));
        if (before == 8) {
            at += 8;
            continue;
        }
        uint32_t first = at += before;
        while (at < span.to && text[at] >= '0' && text[at] <= '9') {
            at++;
        }
        numbers++;
        if (at - first == 4 || numbers == 3) {
            return true;
        }
    }
    return false;
}

bool news_form_date(const char *text, news_span span, news_date_order order, news_when *out) {
    if (!may_tell(text, span)) {
        return false;
    }
    line l = {.text = text};
    read_items(&l, span);
    for (uint32_t i = 0; i < l.n; i++) {
        found f = {0};
        if (!named_month(&l, i, &f) && !numbers(&l, i, order, &f)) {
            continue;
        }
        if (f.month && !is_day_of_month(f.year, f.month, f.day ? f.day : 1)) {
            i = f.last; /* "31 February 2021" is not February either */
            continue;
        }
        daytime t = {0};
        bool has_time = false;
        widen(&l, &f, &t, &has_time);
        *out = (news_when){.span = {l.items[f.first].span.from, l.items[f.last].span.to},
                           .has_time = has_time};
        if (f.month) {
            write_iso(&f, &t, has_time, out);
        }
        return true;
    }
    return false;
}
