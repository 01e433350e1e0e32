/* Counts over the page come first, so that each line's answers cost the same wherever it stands. */
#include "page.h"
#include "eight.h"
#include "utf8.h"
#include "word_lists.h"

#include <string.h>

typedef enum line_kind {
    KIND_OUTSIDE, /* before the first and behind the last line */
    KIND_FURNITURE,
    KIND_META,     /* date, byline, credit */
    KIND_TINY,     /* up to three words */
    KIND_LABEL,    /* more words, no sentence */
    KIND_SENTENCE, /* a short sentence */
    KIND_TEXT,     /* a middling one */
    KIND_LONG,     /* running text */
    KIND_MIDDLE,   /* many words that are no sentence */
    N_KINDS,
} line_kind;

enum {
    NEAR = 6,          /* lines that count as near */
    FAR = 20,          /* lines that count as around */
    CORE_LINES = 12,   /* running lines of the core whose words are known */
    CORE_SLOTS = 4096, /* of their hash table; a power of two, at least twice their words */
    MOST_CORE_WORDS = 1500,
    LONG_WORD = 4,   /* characters of a word that tells a topic */
    LABEL_COST = 7,  /* words of running text that a line of other kind costs a dense stretch */
    LEAST_TEXTS = 2, /* running lines of an article that has comments */
    LEAST_SIGNS = 3, /* of comments behind the line that says so */
    MOST_GAIN = 60,  /* words of one line that count for it */
    LONGEST_LEXICAL = 14, /* words of a line whose single words matter */
};

static uint32_t least(uint32_t a, uint32_t b) {
    return a < b ? a : b;
}

/* The number of bounds that `value` reaches. */
static uint32_t bucket(uint32_t value, const uint8_t *bounds, uint32_t n) {
    uint32_t i = 0;
    while (i < n && value >= bounds[i]) {
        i++;
    }
    return i;
}

#define BUCKET(value, bounds) bucket(value, bounds, sizeof(bounds))

static line_kind kind_of(const news_line *line) {
    bool long_text = line->n_words >= 20;
    bool ends = line->end == NEWS_END_STOP || line->end == NEWS_END_QUESTION ||
                line->end == NEWS_END_ELLIPSIS;
    if (news_line_is_running(line)) {
        return long_text ? KIND_LONG : KIND_TEXT;
    }
    if (line->n_words == 0 || (line->flags & (NEWS_LINE_SCRAP | NEWS_LINE_FURNITURE)) ||
        (line->opening > NEWS_OPENING_PUBLISHED + 1 && line->n_words <= 8)) {
        return KIND_FURNITURE;
    }
    if ((line->flags & (NEWS_LINE_IS_DATE | NEWS_LINE_BYLINE | NEWS_LINE_OUTLET)) ||
        (line->opening == NEWS_OPENING_CREDIT + 1 && line->n_words <= 10) ||
        (line->has_when && line->n_words <= 12)) {
        return KIND_META;
    }
    if (ends && line->n_words <= 14) {
        return KIND_SENTENCE;
    }
    if (line->n_words <= 3) {
        return KIND_TINY;
    }
    return line->n_words <= 14 ? KIND_LABEL : KIND_MIDDLE;
}

static bool is_text(uint8_t kind) {
    return kind == KIND_LONG || kind == KIND_TEXT;
}

/* What a line announces: 0 comments, 1 related, 2 copyright, 3 nothing. */
static uint32_t announces(const news_line *line) {
    if ((line->flags & NEWS_LINE_COPYRIGHT) || line->opening == NEWS_OPENING_LEGAL + 1) {
        return 2;
    }
    if (line->n_words > 10) {
        return 3;
    }
    if (line->opening == NEWS_OPENING_COMMENT + 1) {
        return 0;
    }
    return line->opening == NEWS_OPENING_RELATED + 1 || line->opening == NEWS_OPENING_SHARE + 1 ||
                   line->opening == NEWS_OPENING_NEWSLETTER + 1
               ? 1
               : 3;
}

/* What shows that readers' comments stand around: 0 nothing, 1 a line of theirs ("Posted by",
 * "Report this"), 2 a name that "says", 3 a short line with a time. */
static uint32_t sign_of(const news_page *page, uint32_t i) {
    const news_line *line = &page->lines[i];
    if (line->opening == NEWS_OPENING_COMMENT + 1 && line->n_words <= 16) {
        return 1;
    }
    if (line->n_words >= 2 && line->n_words <= 16 && line->end == NEWS_END_COLON) {
        static const char *const verbs[] = {"says:", "wrote:", "said:", "writes:"};
        news_string tail = {page->text + line->span.from, line->span.to - line->span.from};
        for (size_t k = 0; k < sizeof verbs / sizeof *verbs; k++) {
            size_t n = strlen(verbs[k]);
            if (tail.n > n && memcmp(tail.bytes + tail.n - n, verbs[k], n) == 0) {
                return 2;
            }
        }
    }
    return line->has_when && line->when.has_time && line->n_words <= 18 ? 3 : 0;
}

/* The stretch of lines with the greatest sum of words less what other lines cost. */
static void find_core(news_page *page) {
    int64_t sum = 0, best = 0;
    uint32_t from = 0;
    for (uint32_t i = 0; i < page->n; i++) {
        bool text = is_text(page->kinds[i]);
        if (sum <= 0 && text) {
            sum = 0;
            from = i;
        }
        sum += text ? (int64_t)least(page->lines[i].n_words, MOST_GAIN) : -LABEL_COST;
        if (text && sum > best) {
            best = sum;
            page->core = (news_span){from, i + 1};
        }
    }
}

/* ---- Words of the core ---- */

typedef struct word_set {
    uint32_t slots[CORE_SLOTS]; /* hashes; 0 is free */
    uint32_t n;
} word_set;

static void add_word(word_set *set, uint32_t hash) {
    uint32_t at = hash & (CORE_SLOTS - 1);
    while (set->slots[at] && set->slots[at] != hash) {
        at = (at + 1) & (CORE_SLOTS - 1);
    }
    if (!set->slots[at] && set->n < MOST_CORE_WORDS) {
        set->slots[at] = hash;
        set->n++;
    }
}

static bool has_word(const word_set *set, uint32_t hash) {
    uint32_t at = hash & (CORE_SLOTS - 1);
    while (set->slots[at] && set->slots[at] != hash) {
        at = (at + 1) & (CORE_SLOTS - 1);
    }
    return set->slots[at] == hash;
}

/* A word of letters and digits. */
typedef struct page_word {
    news_span span;
    uint32_t hash; /* of its lower-case form; never 0 */
    uint32_t n;    /* characters */
} page_word;

/* A word that is not all ASCII, from its start on. */
static void read_wide(const char *text, uint32_t at, uint32_t to, page_word *word) {
    *word = (page_word){.span = {at, at}};
    uint64_t hash = 1;
    for (uint32_t length; at < to; at += length) {
        uint32_t c = news_utf8_decode(text + at, to - at, &length);
        if (!news_utf8_is_letter(c) && !news_utf8_is_digit(c)) {
            break;
        }
        hash = news_words_step(hash, news_utf8_lower(c));
        word->n++;
        word->span.to = at + length;
    }
    word->hash = (uint32_t)hash | 1;
}

/* The next word from *at on; false at the end. */
static bool next_word(const char *text, uint32_t *at, uint32_t to, page_word *word) {
    uint64_t hash = 0;
    *word = (page_word){0};
    for (uint32_t i = *at; i < to;) {
        if (text[i] == ' ' && word->n == 0) {
            i++;
            continue;
        }
        uint64_t eight = news_eight_read(text + i, to - i);
        uint64_t lower = news_eight_lower(eight, news_eight_between(eight, 'A', 'Z'));
        uint64_t inside = news_eight_between(lower, 'a', 'z') | news_eight_between(eight, '0', '9');
        uint32_t n = news_eight_first(~inside & NEWS_EIGHT_TOP), length = 1;
        uint32_t c = n == 8        ? 'a'
                     : i + n == to ? ' '
                                   : news_utf8_decode(text + i + n, to - i - n, &length);
        if (c >= 0x80 && news_utf8_is_letter(c)) {
            read_wide(text, word->n ? word->span.from : i, to, word);
            *at = word->span.to;
            return true;
        }
        if (word->n == 0) {
            word->span.from = i;
        }
        if (n) {
            hash = news_words_step(hash, news_eight_head(lower, n));
            word->n += n;
        }
        i += n;
        if (n < 8 && word->n) {
            word->span.to = *at = i;
            word->hash = (uint32_t)hash | 1;
            return true;
        }
        i += n ? 0 : length;
    }
    word->span.to = *at = to;
    word->hash = (uint32_t)hash | 1;
    return word->n > 0;
}

/* Shares of words: 0 no words, 1 none, 2 to a third, 3 to two thirds, 4 more, 5 all. */
static uint8_t share(uint32_t part, uint32_t whole) {
    if (whole == 0) {
        return 0;
    }
    if (part == 0) {
        return 1;
    }
    return part == whole ? 5 : part * 3 > whole * 2 ? 4 : part * 3 > whole ? 3 : 2;
}

static bool find_overlap(news_arena *arena, news_page *page) {
    word_set *set = news_arena_array(arena, 1, sizeof *set);
    if (!set) {
        return false;
    }
    uint32_t used = 0;
    page_word word;
    for (uint32_t i = page->core.from; i < page->core.to && used < CORE_LINES; i++) {
        if (is_text(page->kinds[i])) {
            used++;
            const news_span span = page->lines[i].span;
            uint32_t at = span.from;
            while (set->n < MOST_CORE_WORDS && next_word(page->text, &at, span.to, &word)) {
                if (word.n >= LONG_WORD) {
                    add_word(set, word.hash);
                }
            }
        }
    }
    for (uint32_t i = 0; i < page->n; i++) {
        const news_line *line = &page->lines[i];
        uint32_t at = line->span.from, part = 0, whole = 0;
        if (line->n_words > 30) {
            page->overlap[i] = 5;
            page->hits[i] = 30;
            continue;
        }
        while (next_word(page->text, &at, line->span.to, &word)) {
            if (word.n >= LONG_WORD) {
                whole++;
                part += has_word(set, word.hash);
            }
        }
        page->overlap[i] = share(part, whole);
        page->hits[i] = (uint8_t)part;
    }
    return true;
}

/* The lines up to the core's first ones that share most words with it: a headline does. */
static void rank_headlines(news_page *page) {
    uint32_t scores[3] = {0}, end = least(page->core.from + 2, page->n);
    for (uint32_t k = 0; k < 3; k++) {
        page->best[k] = NEWS_NONE;
    }
    for (uint32_t i = 0; i < end; i++) {
        const news_line *line = &page->lines[i];
        if (line->n_words < 2 || line->n_words > 24 || is_text(page->kinds[i]) || line->has_when) {
            continue;
        }
        uint32_t score = 8u * page->hits[i] * page->hits[i] / (line->n_words + 2);
        for (uint32_t k = 0; k < 3; k++) {
            if (score > scores[k] || (score == scores[k] && score)) { /* later ones stand nearer */
                for (uint32_t m = 2; m > k; m--) {
                    scores[m] = scores[m - 1];
                    page->best[m] = page->best[m - 1];
                }
                scores[k] = score;
                page->best[k] = i;
                break;
            }
        }
    }
}

/* Marks lines whose letters and digits stand on the page before (1) or behind (2). */
static bool find_repeats(news_arena *arena, news_page *page) {
    uint32_t slots = 16;
    while (slots < 2 * page->n) {
        slots *= 2;
    }
    uint32_t *last = news_arena_array(arena, slots, sizeof *last); /* 1 + the latest such line */
    if (!last) {
        return false;
    }
    for (uint32_t i = 0; i < page->n; i++) {
        uint32_t hash = page->lines[i].hash, at = (hash ^ hash >> 15) & (slots - 1);
        while (last[at] && page->lines[last[at] - 1].hash != hash) {
            at = (at + 1) & (slots - 1);
        }
        if (last[at]) {
            page->repeat[i] |= 1;
            page->repeat[last[at] - 1] |= 2;
        }
        last[at] = i + 1;
    }
    return true;
}

/* A line that says "comments", text before it and signs of them behind it. */
static uint32_t find_comments(const news_page *page) {
    for (uint32_t i = 0; i < page->n; i++) {
        uint32_t to = least(i + 2 * FAR, page->n);
        if (page->marks[i + 1] > page->marks[i] && page->texts[i] >= LEAST_TEXTS &&
            page->signs[to] - page->signs[i + 1] >= LEAST_SIGNS) {
            return i;
        }
    }
    return page->n;
}

/* "1. ", "1) ", "#1", "Step 1": 1 + the kind. */
static uint8_t number_of(const news_page *page, uint32_t i) {
    news_span span = page->lines[i].span;
    const char *s = page->text + span.from;
    uint32_t n = span.to - span.from, at = 0;
    uint8_t kind = 1;
    if (n > 2 && s[0] == '#') {
        at = 1;
        kind = 2;
    } else if (n > 6 && (memcmp(s, "Step ", 5) == 0 || memcmp(s, "STEP ", 5) == 0)) {
        at = 5;
        kind = 3;
    }
    uint32_t first = at;
    while (at < n && s[at] >= '0' && s[at] <= '9') {
        at++;
    }
    bool mark = at + 1 < n && (s[at] == '.' || s[at] == ')' || s[at] == ':') && s[at + 1] == ' ';
    return at > first && at - first <= 2 && (mark || kind > 1) ? kind : 0;
}

/* A short line that no sentence is, with running text behind it. */
static bool is_candidate(const news_page *page, uint32_t i) {
    uint32_t kind = page->kinds[i];
    return (kind == KIND_TINY || kind == KIND_LABEL) && i + 1 < page->n &&
           is_text(page->kinds[i + 1]);
}

bool news_form_page(news_arena *arena, const char *text, const news_line *lines, uint32_t n,
                    news_page *out) {
    *out = (news_page){.text = text, .lines = lines, .n = n, .first_text = n};
    uint32_t room = n + 1;
    out->kinds = news_arena_array(arena, room, 1);
    out->texts = news_arena_array(arena, room, sizeof *out->texts);
    out->dates = news_arena_array(arena, room, sizeof *out->dates);
    out->overlap = news_arena_array(arena, room, 1);
    out->repeat = news_arena_array(arena, room, 1);
    out->hits = news_arena_array(arena, room, 1);
    out->numbers = news_arena_array(arena, room, 1);
    out->until_meta = news_arena_array(arena, room, sizeof *out->until_meta);
    out->signs = news_arena_array(arena, room, sizeof *out->signs);
    out->marks = news_arena_array(arena, room, sizeof *out->marks);
    out->since_text = news_arena_array(arena, room, sizeof *out->since_text);
    out->until_text = news_arena_array(arena, room, sizeof *out->until_text);
    out->run_before = news_arena_array(arena, room, sizeof *out->run_before);
    out->run_after = news_arena_array(arena, room, sizeof *out->run_after);
    for (uint32_t k = 0; k < 3; k++) {
        out->since[k] = news_arena_array(arena, room, sizeof *out->since[k]);
    }
    if (!out->numbers || !out->until_meta || !out->hits || !out->signs || !out->marks ||
        !out->since_text || !out->until_text || !out->kinds || !out->texts || !out->dates ||
        !out->overlap || !out->repeat || !out->run_before || !out->run_after || !out->since[0] ||
        !out->since[1] || !out->since[2]) {
        return false;
    }
    uint32_t seen[3] = {0};
    for (uint32_t i = 0; i < n; i++) {
        out->kinds[i] = (uint8_t)kind_of(&lines[i]);
        bool running = is_text(out->kinds[i]);
        out->texts[i + 1] = out->texts[i] + running;
        out->dates[i + 1] = out->dates[i] + lines[i].has_when;
        out->signs[i + 1] = out->signs[i] + (sign_of(out, i) != 0);
        out->marks[i + 1] = out->marks[i] + (announces(&lines[i]) == 0 && lines[i].n_words <= 5);
        out->since_text[i + 1] = running ? i + 1 : out->since_text[i];
        if (running && out->first_text == n) {
            out->first_text = i;
        }
        bool same = i > 0 && out->kinds[i] == out->kinds[i - 1];
        out->run_before[i] = same && out->run_before[i - 1] < UINT16_MAX
                                 ? (uint16_t)(out->run_before[i - 1] + 1)
                                 : 0;
        for (uint32_t k = 0; k < 3; k++) {
            out->since[k][i] = seen[k]; /* lines before this one only */
        }
        uint32_t what = announces(&lines[i]);
        if (what < 3) {
            seen[what] = i + 1;
        }
    }
    out->until_text[n] = out->until_meta[n] = n;
    for (uint32_t i = n; i-- > 0;) {
        out->numbers[i] = number_of(out, i);
        out->until_meta[i] = out->kinds[i] == KIND_META ? i : out->until_meta[i + 1];
        out->until_text[i] = is_text(out->kinds[i]) ? i : out->until_text[i + 1];
        bool same = i + 1 < n && out->kinds[i] == out->kinds[i + 1];
        out->run_after[i] =
            same && out->run_after[i + 1] < UINT16_MAX ? (uint16_t)(out->run_after[i + 1] + 1) : 0;
    }
    find_core(out);
    uint32_t texts = n ? out->texts[n] * 10 / n : 0;
    out->text_share = texts >= 7 ? 4 : texts >= 5 ? 3 : texts >= 3 ? 2 : texts >= 1 ? 1 : 0;
    if (!find_overlap(arena, out) || !find_repeats(arena, out)) {
        return false;
    }
    rank_headlines(out);
    out->comments = find_comments(out);
    return true;
}

/* ---- The answers of one line ---- */

static uint32_t kind_at(const news_page *page, uint32_t i, int32_t away) {
    int64_t at = (int64_t)i + away;
    return at < 0 || at >= (int64_t)page->n ? KIND_OUTSIDE : page->kinds[at];
}

static uint32_t texts_between(const news_page *page, uint32_t from, uint32_t to) {
    return page->texts[to] - page->texts[from];
}

typedef struct answers {
    uint16_t *out;
    uint32_t n;
} answers;

static void give(answers *a, uint32_t first, uint32_t answer) {
    a->out[a->n++] = (uint16_t)(first + answer);
}

static const uint8_t few[] = {1, 2, 4};        /* four buckets */
static const uint8_t lengths3[] = {7, 15};     /* three lengths in words */
static const uint8_t lengths4[] = {5, 10, 21}; /* four */
static const uint8_t distances[] = {1, 2, 3, 4, 6, 9, 15, 25, 50, 100, 200};

#define GIVE(name, answer) give(a, NEWS_FEATURE_##name, answer)

static void answer_alone(const news_page *page, uint32_t i, answers *a) {
    static const uint8_t lengths12[] = {1, 2, 3, 4, 5, 7, 10, 15, 21, 31, 46};
    const news_line *line = &page->lines[i];
    uint32_t words = line->n_words, l3 = BUCKET(words, lengths3), l4 = BUCKET(words, lengths4);
    uint32_t is_long = words >= 15;
    GIVE(bias, 0);
    GIVE(length, BUCKET(words, lengths12));
    GIVE(ending, l4 * 8 + line->end);
    uint32_t tenths = words ? line->n_stops * 10 / words : 0;
    GIVE(stops, l3 * 6 + (line->n_stops == 0 ? 0 : 1 + least(tenths, 4)));
    GIVE(capitals, l3 * 6 + share(line->n_long_caps, line->n_long));
    GIVE(sentences, least(line->n_sentences, 3) * 2 + is_long);
    GIVE(commas, least(line->n_commas, 2));
    GIVE(bars, least(line->n_bars, 2));
    uint32_t numbers = line->n_numbers;
    GIVE(numbers, numbers == 0 ? 0 : numbers == words ? 3 : numbers * 10 > words * 3 ? 2 : 1);
    GIVE(personal, (line->n_quotes ? 0 : least(line->n_personal, 2)) * 2 + is_long);
    GIVE(exclaims, least(line->n_exclaims, 2));
    for (uint32_t k = 0; k < 16; k++) {
        if (line->flags >> k & 1u) {
            GIVE(flag, k);
        }
    }
    GIVE(opening, line->opening * 2u + (words > 8));
    GIVE(date, line->flags & NEWS_LINE_IS_DATE ? 2u : line->has_when ? 1u : 0);
    GIVE(repeat, page->repeat[i] ? (l3 ? 2u : 1u) + (page->repeat[i] & 1u) * 2 : 0);
    GIVE(overlap, l3 * 6 + page->overlap[i]);
}

static void answer_neighbours(const news_page *page, uint32_t i, answers *a) {
    uint32_t kind = page->kinds[i], before = kind_at(page, i, -1), after = kind_at(page, i, 1);
    GIVE(kind, kind);
    GIVE(before1, kind * N_KINDS + before);
    GIVE(before2, kind * N_KINDS + kind_at(page, i, -2));
    GIVE(before3, kind_at(page, i, -3));
    GIVE(after1, kind * N_KINDS + after);
    GIVE(after2, kind * N_KINDS + kind_at(page, i, 2));
    GIVE(after3, kind_at(page, i, 3));
    GIVE(both, (kind * N_KINDS + before) * N_KINDS + after);
    uint32_t low = i > NEAR ? i - NEAR : 0, high = least(i + 1 + NEAR, page->n);
    uint32_t near_before = BUCKET(texts_between(page, low, i), few),
             near_after = BUCKET(texts_between(page, i + 1, high), few);
    GIVE(texts_before, kind * 4 + near_before);
    GIVE(texts_after, kind * 4 + near_after);
    uint32_t dates = BUCKET(page->dates[high] - page->dates[low], few);
    GIVE(dates_near, dates * 3 + (is_text(page->kinds[i]) ? 2 : kind == KIND_META));
    low = i > FAR ? i - FAR : 0;
    high = least(i + 1 + FAR, page->n);
    static const uint8_t many[] = {1, 3, 6, 10};
    GIVE(texts_far, BUCKET(texts_between(page, low, i), many) * 5 +
                        least(BUCKET(texts_between(page, i + 1, high), many), 3));
    GIVE(run, kind * 4 + BUCKET(page->run_before[i] + page->run_after[i], few));
}

static void answer_place(const news_page *page, uint32_t i, answers *a) {
    const news_line *line = &page->lines[i];
    uint32_t kind = page->kinds[i], l3 = BUCKET(line->n_words, lengths3),
             l4 = BUCKET(line->n_words, lengths4);
    static const uint8_t edges[] = {1, 2, 3, 5, 10};
    GIVE(head, BUCKET(i, edges));
    GIVE(tail, BUCKET(page->n - 1 - i, edges));
    uint32_t side = i < page->core.from ? 0 : i < page->core.to ? 1 : 2;
    GIVE(core, side * N_KINDS + kind);
    GIVE(overlap_core, side * 12 + (l3 ? 6 : 0) + page->overlap[i]);
    if (side == 0) {
        GIVE(to_core, l4 * 12 + BUCKET(page->core.from - i - 1, distances));
    } else if (side == 2) {
        GIVE(from_core, (is_text(page->kinds[i]) ? 12u : 0) + BUCKET(i - page->core.to, distances));
    }
    for (uint32_t k = 0; k < 3; k++) {
        uint32_t at = page->since[k][i];
        if (at > page->core.from) {
            GIVE(since, k * 18 + kind * 2 + (page->core.to > i));
            if (i + 1 - at <= NEAR) {
                GIVE(since_near, k * 18 + kind * 2 + (page->core.to > i));
            }
        }
    }
    if (i == page->first_text) {
        GIVE(first_text, 1);
    } else if (i < page->first_text && page->first_text - i <= 3) {
        GIVE(first_text, 2);
    } else {
        GIVE(first_text, i > page->first_text ? 3 : 0);
    }
}

static void answer_style(const news_page *page, uint32_t i, answers *a) {
    const news_line *line = &page->lines[i];
    uint32_t number = page->numbers[i], next = kind_at(page, i, 1);
    bool is = is_candidate(page, i);
    if (number) {
        bool list = (i + 1 < page->n && page->numbers[i + 1] == number) ||
                    (i > 0 && page->numbers[i - 1] == number);
        uint32_t what = list ? 0 : is ? 1 : is_text(page->kinds[i]) ? 2 : 3;
        GIVE(numbered, (number - 1) * 8 + what * 2 + (line->n_words > 8 ? 1u : 0));
    }
    if (line->flags & NEWS_LINE_NAME) {
        uint32_t before = kind_at(page, i, -1) == KIND_META ? 1 : 0;
        GIVE(named, (next == KIND_META                        ? 2u
                     : next == KIND_LONG || next == KIND_TEXT ? 1u
                                                              : 0u) *
                            8 +
                        before * 4 + BUCKET(line->n_words, few));
    }
    uint32_t meta = page->until_meta[i + 1] - i, text = page->until_text[i + 1] - i;
    static const uint8_t soon[] = {2, 4, 8};
    GIVE(to_meta, BUCKET(least(meta, 200), soon) * 4 + BUCKET(least(text, 200), soon));
}

static void answer_comments(const news_page *page, uint32_t i, answers *a) {
    const news_line *line = &page->lines[i];
    uint32_t kind = page->kinds[i], text = is_text(page->kinds[i]) ? 2 : kind == KIND_META ? 1 : 0;
    uint32_t from = page->first_text < i ? page->first_text : i,
             to = least(i + 1 + 2 * FAR, page->n);
    static const uint8_t since[] = {1, 2, 4, 8}, soon[] = {1, 3, 6};
    uint32_t before = BUCKET(page->signs[i] - page->signs[from], since),
             after = BUCKET(page->signs[to] - page->signs[i + 1], soon);
    GIVE(sign, sign_of(page, i) * 2 + (line->n_words >= 15 ? 1u : 0));
    GIVE(signs, (before * 4 + after) * 3 + text);
    if (page->marks[i] > page->marks[from]) {
        GIVE(marked, kind * 2 + (page->marks[i] > page->marks[from] + 1 ? 1u : 0));
        GIVE(marked_signs, after * 2 + (text == 2 ? 1u : 0));
    }
}

static void answer_headline(const news_page *page, uint32_t i, answers *a) {
    uint32_t l3 = BUCKET(page->lines[i].n_words, lengths3), rank = 0;
    static const uint8_t counts[] = {1, 2, 3, 4, 6};
    while (rank < 3 && page->best[rank] != i) {
        rank++;
    }
    uint32_t away = i >= page->core.from ? 0 : page->core.from - i <= 8 ? 1 : 2;
    GIVE(rank, rank * 6 + away * 2 + (l3 == 2 ? 1u : 0));
    GIVE(hits, l3 * 6 + BUCKET(page->hits[i], counts));
    static const uint8_t lines[] = {1, 2, 4, 10};
    uint32_t since = page->since_text[i] ? BUCKET(i - page->since_text[i], lines) : 4,
             until = page->until_text[i + 1];
    GIVE(gap, least(since, 3) * 6 + (until == page->n ? 5 : BUCKET(until - i - 1, lines)));
}

/* "Name: value": a colon inside, few words before it. */
static bool is_value(const news_page *page, uint32_t i) {
    enum { LONGEST_NAME = 32 };
    news_span span = page->lines[i].span;
    uint32_t to = least(span.to, span.from + LONGEST_NAME);
    for (uint32_t at = span.from; at + 1 < to; at++) {
        if (page->text[at] == ':') {
            return at > span.from && page->text[at + 1] == ' ';
        }
    }
    return false;
}

static void answer_form(const news_page *page, uint32_t i, answers *a) {
    static const uint8_t lengths8[] = {3, 6, 9, 15, 25, 40, 60};
    const news_line *line = &page->lines[i];
    uint32_t l3 = BUCKET(line->n_words, lengths3);
    if (i + 1 < page->n) {
        const news_line *next = &page->lines[i + 1];
        GIVE(next, (l3 * 8 + BUCKET(least(next->n_words, 200), lengths8)) * 8 + next->end);
    }
    if (i > 0) {
        const news_line *last = &page->lines[i - 1];
        GIVE(last, (l3 * 8 + BUCKET(least(last->n_words, 200), lengths8)) * 8 + last->end);
        GIVE(mixed, line->end * 8u + last->end);
    }
    if (is_value(page, i)) {
        GIVE(value, least(l3, 1) * 2 + (i + 1 < page->n && is_value(page, i + 1)));
    }
}

uint32_t news_form_features(const news_page *page, uint32_t i, uint16_t *out) {
    answers a = {.out = out};
    answer_alone(page, i, &a);
    answer_neighbours(page, i, &a);
    answer_place(page, i, &a);
    answer_style(page, i, &a);
    answer_comments(page, i, &a);
    answer_headline(page, i, &a);
    answer_form(page, i, &a);
    return a.n;
}

uint32_t news_form_feature_words(const news_page *page, uint32_t i, news_feature_word *out,
                                 uint32_t most) {
    const news_line *line = &page->lines[i];
    uint32_t n = 0, at = line->span.from;
    if (line->n_words > LONGEST_LEXICAL) {
        return 0;
    }
    page_word word;
    while (n < most && next_word(page->text, &at, line->span.to, &word)) {
        uint32_t length = word.span.to - word.span.from;
        uint32_t room = (uint32_t)sizeof out->bytes;
        if (length * 2 + 1 > room) {
            continue;
        }
        news_feature_word *w = &out[n++];
        bool first = n == 1;
        w->bytes[0] = '^';
        w->n = news_utf8_fold(page->text + word.span.from, length, w->bytes + first) + first;
    }
    return n;
}
