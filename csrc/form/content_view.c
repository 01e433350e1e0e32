/* What can be counted of a page's passages and of the elements around them. */
#include "content.h"
#include "page_phrases.h"
#include "utf8.h"
#include "word_lists.h"

#include <string.h>

/* ---- The headline -----------------------------------------------------------------------------
 */

/* A hash of the letters and digits, as news_line has it, cannot be compared over prefixes; titles
 * are compared by their folded letters one by one. Whether one is the start of the other. */
static bool reads_as(const char *a, uint32_t n_a, const char *b, uint32_t n_b) {
    uint32_t i = 0, k = 0, same = 0;
    for (;;) {
        uint32_t x = 0, y = 0, length;
        while (i < n_a && !x) {
            x = news_utf8_lower(news_utf8_decode(a + i, n_a - i, &length));
            x = news_utf8_is_letter(x) || news_utf8_is_digit(x) ? x : 0;
            i += length;
        }
        while (k < n_b && !y) {
            y = news_utf8_lower(news_utf8_decode(b + k, n_b - k, &length));
            y = news_utf8_is_letter(y) || news_utf8_is_digit(y) ? y : 0;
            k += length;
        }
        if (x != y) {
            enum { ENOUGH = 18 }; /* letters in common that are no chance */
            return same >= ENOUGH && (x == 0 || y == 0);
        }
        if (x == 0) {
            return same > 0;
        }
        same++;
    }
}

/* The passage that reads as a claimed headline, a heading before others; else the first heading of
 * the highest level; else none. */
static uint32_t find_title(const news_reading *reading) {
    const news_passage *passages = reading->passages.list.at;
    uint32_t best = NEWS_NONE, best_score = 0, n = reading->passages.list.n;
    enum { MOST_LOOKED_AT = 3000, LONGEST = 400 };
    for (uint32_t i = 0; i < n && i < MOST_LOOKED_AT; i++) {
        const news_passage *p = &passages[i];
        uint32_t length = p->span.to - p->span.from, score = 0;
        if (length > LONGEST) {
            continue;
        }
        uint16_t places = reading->evidence.at[i].places;
        bool aside = places & (NEWS_IN_NAV | NEWS_IN_FOOTER | NEWS_IN_ASIDE);
        if (p->markup == NEWS_MARKUP_HEADING) {
            score = aside ? 1 : 10 - (p->level < 9 ? p->level : 9u);
        }
        for (uint32_t k = 0; k < reading->claims.list.n; k++) {
            const news_claim *claim = &reading->claims.list.at[k];
            if (claim->kind == NEWS_CLAIM_HEADLINE &&
                reads_as(reading->text.bytes + p->span.from, length, claim->value.bytes,
                         claim->value.n)) {
                score += 20;
                break;
            }
        }
        if (score > best_score && score >= 8) {
            best = i;
            best_score = score;
        }
    }
    return best;
}

/* ---- Names of the page --------------------------------------------------------------------------
 */

enum { MOST_NAMES = 6, LEAST_NAME = 5, LONGEST_NAME = 60, NAMED_WITHIN = 200 };

/* The first claims of a kind that may be told from chance. */
typedef struct page_names {
    const news_string *at[MOST_NAMES];
    uint32_t n;
} page_names;

static page_names names_of(const news_reading *reading, news_claim_kind kind) {
    page_names names = {.n = 0};
    for (uint32_t k = 0; k < reading->claims.list.n && names.n < MOST_NAMES; k++) {
        const news_claim *claim = &reading->claims.list.at[k];
        if (claim->kind == kind && claim->value.n >= LEAST_NAME && claim->value.n <= LONGEST_NAME) {
            names.at[names.n++] = &claim->value;
        }
    }
    return names;
}

/* Where one of the names stands in the text's first bytes: 0 nowhere, 1 somewhere, 2 at the start
 * but for an article or a mark. */
static uint8_t name_class(const page_names *names, const char *text, news_span span) {
    uint32_t n = span.to - span.from < NAMED_WITHIN ? span.to - span.from : NAMED_WITHIN;
    uint8_t best = 0;
    text += span.from;
    for (uint32_t k = 0; k < names->n; k++) {
        news_string name = *names->at[k];
        for (uint32_t at = 0; at + name.n <= n; at++) {
            const char *hit = memchr(text + at, name.bytes[0], n - name.n + 1 - at);
            if (!hit) {
                break;
            }
            at = (uint32_t)(hit - text);
            if (memcmp(hit, name.bytes, name.n) == 0) {
                uint8_t class = at <= 5 ? 2 : 1;
                best = class > best ? class : best;
                break;
            }
        }
    }
    return best;
}

/* ---- The page -----------------------------------------------------------------------------------
 */

enum {
    MARK_RUNNING = 1,  /* a sentence or more, few of it links */
    MARK_REPEATED = 2, /* the same letters stand elsewhere on the page */
};

/* Whether a full stop, exclamation or question mark as Chinese and Japanese write them ends a
 * sentence in the first bytes. */
static bool has_wide_stop(const char *text, uint32_t n) {
    enum { SEEN = 400 };
    for (uint32_t i = 0; i + 3 <= n && i < SEEN; i++) {
        if (memcmp(text + i, "\xE3\x80\x82", 3) == 0 || memcmp(text + i, "\xEF\xBC\x81", 3) == 0 ||
            memcmp(text + i, "\xEF\xBC\x9F", 3) == 0) {
            return true;
        }
    }
    return false;
}

/* Running text in any language: stop words are known of one only. */
static bool is_running(const news_line *line, const char *text, uint32_t bytes, uint32_t links) {
    enum { LONG = 120, LONG_WIDE = 60 }; /* bytes: some forty letters, or twenty signs */
    if (links * 2 >= bytes) {
        return false;
    }
    bool wide =
        bytes >= LONG_WIDE && ((unsigned char)text[0] & 0xE0) == 0xE0 && has_wide_stop(text, bytes);
    return news_line_is_running(line) || (bytes >= LONG && line->n_sentences > 0) || wide;
}

static void add(news_content_mass *mass, const news_content_mass *more) {
    mass->n += more->n;
    mass->bytes += more->bytes;
    mass->links += more->links;
    mass->running += more->running;
    mass->score += more->score;
}

static uint32_t slots_for(uint32_t n) {
    uint32_t slots = 16;
    while (slots < 2 * n) {
        slots *= 2;
    }
    return slots;
}

/* A look-up goes no further than this, so that names chosen to collide cost no more than others;
 * what finds no place shares the first group. */
enum { MOST_PROBES = 16 };

/* Groups the nodes that are made alike, and so are the elements around them. */
static bool group(news_arena *arena, const news_reading *reading, news_content *c) {
    const news_node *nodes = reading->nodes.at;
    uint32_t n = reading->nodes.n, slots = slots_for(n), n_groups = 1;
    struct slot {
        uint32_t hash, group;
    } *table = news_arena_array(arena, slots, sizeof *table);
    c->alike = news_arena_array(arena, n + 2, sizeof *c->alike);
    if (!table || !c->alike) {
        return false;
    }
    for (uint32_t i = 0; i < n; i++) {
        uint32_t above = nodes[i].parent == NEWS_NONE ? 0 : nodes[nodes[i].parent].signature;
        uint32_t hash = (nodes[i].signature ^ (above << 13 | above >> 19)) * 2654435761u;
        uint32_t at = hash >> 7 & (slots - 1);
        for (uint32_t k = 0; k < MOST_PROBES; k++, at = (at + 1) & (slots - 1)) {
            if (!table[at].group) {
                table[at] = (struct slot){hash, n_groups++};
            }
            if (table[at].hash == hash) {
                c->nodes[i].alike = table[at].group;
                break;
            }
        }
    }
    c->nodes[n].alike = 0;
    return true;
}

static bool mark_repeats(news_arena *arena, news_content *c) {
    enum { LEAST_BYTES = 12 };
    uint32_t slots = slots_for(c->n);
    uint32_t *last = news_arena_array(arena, slots, sizeof *last);
    if (!last) {
        return false;
    }
    for (uint32_t i = 0; i < c->n; i++) {
        news_span span = c->lines[i].span;
        uint32_t hash = c->lines[i].hash, at = (hash ^ hash >> 15) & (slots - 1);
        if (span.to - span.from < LEAST_BYTES) {
            continue;
        }
        for (uint32_t k = 0; k < MOST_PROBES; k++, at = (at + 1) & (slots - 1)) {
            if (!last[at]) {
                last[at] = i + 1;
                break;
            }
            if (c->lines[last[at] - 1].hash == hash) {
                c->marks[i] |= MARK_REPEATED;
                c->marks[last[at] - 1] |= MARK_REPEATED;
                break;
            }
        }
    }
    return true;
}

/* The way to the core leads from the page to its child with most running text, and on, while that
 * child has more than half of what is there; the core is its last element. */
static void find_way(news_content *c) {
    const news_node *nodes = c->reading->nodes.at;
    uint32_t n = c->reading->nodes.n, at = n, steps = 0;
    for (uint32_t i = 0; i <= n; i++) {
        c->nodes[i].best = NEWS_NONE;
        c->nodes[i].step = UINT8_MAX;
    }
    for (uint32_t i = 0; i < n; i++) {
        struct news_content_node *parent =
            &c->nodes[nodes[i].parent == NEWS_NONE ? n : nodes[i].parent];
        if (parent->best == NEWS_NONE ||
            c->nodes[i].mass.running > c->nodes[parent->best].mass.running) {
            parent->best = i;
        }
    }
    uint32_t way[UINT8_MAX];
    way[steps++] = n;
    while (steps < UINT8_MAX) {
        uint32_t best = c->nodes[at].best;
        if (best == NEWS_NONE || c->nodes[best].mass.running * 2ull <= c->nodes[at].mass.running) {
            break;
        }
        way[steps++] = at = best;
    }
    for (uint32_t k = 0; k < steps; k++) {
        c->nodes[way[k]].step = (uint8_t)(steps - 1 - k);
    }
    c->nodes[n].meet = c->nodes[n].branch = n;
    for (uint32_t i = 0; i < n; i++) {
        struct news_content_node *node = &c->nodes[i];
        uint32_t parent = nodes[i].parent == NEWS_NONE ? n : nodes[i].parent;
        if (node->step != UINT8_MAX) {
            node->meet = node->branch = i;
        } else {
            node->meet = c->nodes[parent].meet;
            node->branch = c->nodes[parent].step != UINT8_MAX ? i : c->nodes[parent].branch;
        }
    }
}

static uint32_t node_of(const news_content *c, uint32_t i) {
    uint32_t node = c->reading->evidence.at[i].node;
    return node == NEWS_NONE ? c->reading->nodes.n : node;
}

static uint32_t parent_of(const news_content *c, uint32_t node) {
    uint32_t n = c->reading->nodes.n;
    return node == n || c->reading->nodes.at[node].parent == NEWS_NONE
               ? n
               : c->reading->nodes.at[node].parent;
}

/* Adds up over elements, groups and sections what stands in `mass` of single passages. */
static void gather(news_content *c, bool scores) {
    uint32_t n = c->reading->nodes.n;
    for (uint32_t i = 0; i < c->n; i++) {
        const news_evidence *evidence = &c->reading->evidence.at[i];
        news_span span = c->reading->passages.list.at[i].span;
        uint32_t bytes = span.to - span.from, node = node_of(c, i);
        bool running = c->marks[i] & MARK_RUNNING;
        news_content_mass mass = {1, bytes, evidence->n_link, running ? bytes : 0, 0};
        if (scores) {
            mass = (news_content_mass){.score = (int64_t)c->scores[i] * bytes};
        }
        add(&c->nodes[node].mass, &mass);
        add(&c->alike[c->nodes[node].alike], &mass);
        add(&c->sections[c->headings[i] == NEWS_NONE ? 0 : c->headings[i] + 1], &mass);
    }
    for (uint32_t i = n; i-- > 0;) {
        news_content_mass mass = c->nodes[i].mass;
        if (scores) {
            mass = (news_content_mass){.score = mass.score};
        }
        add(&c->nodes[parent_of(c, i)].mass, &mass);
    }
}

static uint32_t power(uint32_t n) {
    uint32_t k = 0;
    while (n > 1) {
        n >>= 1;
        k++;
    }
    return k;
}

static uint8_t at_most(uint32_t n, uint32_t most) {
    return (uint8_t)(n < most ? n : most);
}

/* Fiftieths, and one more for a part that is none but small. */
static uint8_t part(uint64_t part, uint64_t whole) {
    return part == 0 || whole == 0 ? 0 : (uint8_t)(1 + (part >= whole ? 50 : part * 50 / whole));
}

/* Quarters of a power of two. */
static uint8_t size(uint32_t n) {
    uint32_t k = power(n + 1), rest = k >= 2 ? (n + 1) >> (k - 2) & 3 : 0;
    return at_most(k * 4 + rest, NEWS_CONTENT_LEVELS - 1);
}

/* What a passage starts with: 0 for a letter, 1 for a digit, a number for each sign or kind of sign
 * that is set before a line. */
static uint8_t sign_of(const char *text, uint32_t n) {
    static const char signs[] = "[(*-#@>$+~|/&<_=%:.!?\"'";
    static const struct {
        uint32_t from, to;
    } ranges[] = {
        {0xB7, 0xB7},     {0x2022, 0x2022},   /* bullets */
        {0x2013, 0x2014}, {0xA9, 0xA9},       /* dashes; copyright */
        {0xAB, 0xAB},     {0xBB, 0xBB},       /* angle quotation marks */
        {0x2018, 0x201F}, {0x2190, 0x25FF},   /* quotation marks; arrows and shapes */
        {0x2600, 0x27BF}, {0x1F000, 0x1FFFF}, /* dingbats; pictures */
    };
    enum { FIRST_SIGN = 2, N_SIGNS = sizeof signs - 1, N_RANGES = sizeof ranges / sizeof *ranges };
    uint32_t length, c = n ? news_utf8_decode(text, n, &length) : 0;
    if (c < 0x80) {
        bool digit = c >= '0' && c <= '9', letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
        const char *at = digit || letter || !c ? NULL : strchr(signs, (int)c);
        return (uint8_t)(digit ? 1 : at ? FIRST_SIGN + (at - signs) : 0);
    }
    uint32_t k = 0;
    while (k < N_RANGES && (c < ranges[k].from || c > ranges[k].to)) {
        k++;
    }
    return (uint8_t)(k < N_RANGES ? FIRST_SIGN + N_SIGNS + k : 0);
}

bool news_content_open(news_arena *arena, const news_reading *reading, const news_line *lines,
                       news_content *c) {
    uint32_t n = reading->passages.list.n, n_nodes = reading->nodes.n;
    *c = (news_content){.reading = reading, .lines = lines, .n = n, .title = find_title(reading)};
    c->before = news_arena_array(arena, n + 1, sizeof *c->before);
    c->phrases = news_arena_array(arena, n + 1, sizeof *c->phrases);
    c->names = news_arena_array(arena, n + 1, sizeof *c->names);
    c->marks = news_arena_array(arena, n + 1, sizeof *c->marks);
    c->nodes = news_arena_array(arena, n_nodes + 1, sizeof *c->nodes);
    c->headings = news_arena_array(arena, n + 1, sizeof *c->headings);
    c->next_running = news_arena_array(arena, n + 1, sizeof *c->next_running);
    c->last_running = news_arena_array(arena, n + 1, sizeof *c->last_running);
    c->sections = news_arena_array(arena, n + 1, sizeof *c->sections);
    c->scores = news_arena_array(arena, n + 1, sizeof *c->scores);
    c->past = news_arena_array(arena, n + 1, sizeof *c->past);
    if (!c->before || !c->phrases || !c->names || !c->marks || !c->nodes || !c->headings ||
        !c->next_running || !c->last_running || !c->sections || !c->scores || !c->past ||
        !group(arena, reading, c) || !mark_repeats(arena, c)) {
        return false;
    }
    uint32_t heading = NEWS_NONE, last = 0, articles = 0;
    uint16_t places = 0;
    const page_names authors = names_of(reading, NEWS_CLAIM_AUTHOR),
                     publishers = names_of(reading, NEWS_CLAIM_PUBLISHER);
    for (uint32_t i = 0; i < n; i++) {
        const news_passage *passage = &reading->passages.list.at[i];
        uint32_t bytes = passage->span.to - passage->span.from;
        bool running = is_running(&lines[i], reading->text.bytes + passage->span.from, bytes,
                                  reading->evidence.at[i].n_link);
        c->marks[i] |= running ? MARK_RUNNING : 0;
        c->phrases[i] = news_page_phrases_in(reading->text.bytes, passage->span);
        c->names[i] = (uint8_t)(name_class(&authors, reading->text.bytes, passage->span) |
                                name_class(&publishers, reading->text.bytes, passage->span) << 4);
        c->before[i] = c->running;
        c->running += running ? bytes : 0;
        c->headings[i] = heading;
        c->last_running[i] = last;
        heading = passage->markup == NEWS_MARKUP_HEADING ? i : heading;
        last = running ? i + 1 : last;
        places |= running ? reading->evidence.at[i].places : 0;
    }
    c->before[n] = c->running;
    c->last_running[n] = last;
    for (uint32_t i = n, next = n; i-- > 0;) {
        c->next_running[i] = next;
        next = c->marks[i] & MARK_RUNNING ? i : next;
    }
    gather(c, false);
    find_way(c);
    for (uint32_t i = 0; i < n; i++) {
        c->nodes[c->nodes[node_of(c, i)].branch].phrases |= c->phrases[i];
    }
    for (uint32_t i = 1; i < n_nodes; i++) {
        uint32_t parent = reading->nodes.at[i].parent;
        articles += (reading->nodes.at[i].places & NEWS_IN_ARTICLE) != 0;
        /* `twins` counts on from the sibling before that is made alike; kept by the first child */
        if (parent != NEWS_NONE &&
            reading->nodes.at[i].signature == reading->nodes.at[i - 1].signature &&
            reading->nodes.at[i - 1].parent == parent) {
            c->nodes[i].twins = c->nodes[i - 1].twins + 1;
        }
    }
    uint32_t core = 0;
    for (uint32_t at = n_nodes; at != NEWS_NONE && c->nodes[at].step != UINT8_MAX;
         at = c->nodes[at].best) {
        core = c->nodes[at].mass.running;
    }
    c->page[0] = size(c->running);
    c->page[1] = size(n);
    c->page[2] = part(core, c->running);
    c->page[3] = at_most((places & NEWS_IN_ARTICLE ? 1u : 0) + (places & NEWS_IN_MAIN ? 2u : 0) +
                             (places & NEWS_IN_BODY_PROPERTY ? 4u : 0) +
                             (articles > 3   ? 16u
                              : articles > 1 ? 8u
                                             : 0),
                         63);
    return true;
}

/* ---- Features ---------------------------------------------------------------------------------
 */

static void put_mass(uint8_t *out, const news_content_mass *mass, uint32_t running) {
    out[0] = part(mass->running, running);
    out[1] = part(mass->links, mass->bytes);
    out[2] = size(mass->n);
    out[3] = size(mass->n ? mass->bytes / mass->n : 0);
    out[4] = part(mass->running, mass->bytes);
}

/* 3 in its own class, 2 in that of the element around it, 1 further up, 0 nowhere. */
static void put_words(uint8_t *out, uint32_t own, uint32_t near, uint32_t far) {
    for (uint32_t k = 0; k <= NEWS_CONTENT_word_credit - NEWS_CONTENT_word_body; k++) {
        out[k] = (uint8_t)(own >> k & 1 ? 3 : near >> k & 1 ? 2 : far >> k & 1 ? 1 : 0);
    }
}

static void put_flags(uint8_t *out, uint32_t n, uint32_t flags) {
    for (uint32_t k = 0; k < n; k++) {
        out[k] = flags >> k & 1;
    }
}

static uint8_t count(uint32_t flags) {
    uint8_t n = 0;
    for (; flags; flags &= flags - 1) {
        n++;
    }
    return n;
}

/* The first kind of phrase, from 1; 0 for none. */
static uint8_t first_of(uint32_t phrases) {
    return phrases ? (uint8_t)(1 + power(phrases & (~phrases + 1))) : 0;
}

/* A logit in quarters, even in the middle. */
static uint8_t level_of(int64_t score) {
    int64_t k = score / (NEWS_CONTENT_UNIT / 4) + NEWS_CONTENT_LEVELS / 2 - (score < 0);
    return (uint8_t)(k < 0 ? 0 : k > NEWS_CONTENT_LEVELS - 1 ? NEWS_CONTENT_LEVELS - 1 : k);
}

static uint8_t mean(const news_content_mass *mass) {
    return mass->bytes ? level_of(mass->score / mass->bytes) : 0;
}

static uint32_t bytes_of(const news_content *c, uint32_t i) {
    news_span span = c->reading->passages.list.at[i].span;
    return span.to - span.from;
}

static void view_scores(const news_content *c, uint32_t i, uint8_t *out) {
    uint32_t node = node_of(c, i), parent = parent_of(c, node), n = c->n;
    const int32_t *s = c->scores;
    int64_t sum = 0, bytes = 0;
    enum { NEAR = 4 };
    for (uint32_t k = i > NEAR ? i - NEAR : 0; k <= i + NEAR && k < n; k++) {
        sum += (int64_t)s[k] * bytes_of(c, k);
        bytes += bytes_of(c, k);
    }
    uint32_t heading = c->headings[i], last = c->last_running[i], next = c->next_running[i];
    uint32_t section = c->reading->passages.list.at[i].markup == NEWS_MARKUP_HEADING ? i + 1
                       : heading == NEWS_NONE                                        ? 0
                                                                                     : heading + 1;
    uint32_t before = c->before[i], after = c->running - before;
    out[NEWS_CONTENT_score] = level_of(s[i]);
    out[NEWS_CONTENT_score_before] = i > 0 ? level_of(s[i - 1]) : 0;
    out[NEWS_CONTENT_score_two_before] = i > 1 ? level_of(s[i - 2]) : 0;
    out[NEWS_CONTENT_score_after] = i + 1 < n ? level_of(s[i + 1]) : 0;
    out[NEWS_CONTENT_score_two_after] = i + 2 < n ? level_of(s[i + 2]) : 0;
    out[NEWS_CONTENT_score_near] = bytes ? level_of(sum / bytes) : 0;
    out[NEWS_CONTENT_score_own] = mean(&c->nodes[node].mass);
    out[NEWS_CONTENT_score_parent] = mean(&c->nodes[parent].mass);
    out[NEWS_CONTENT_score_above] = mean(&c->nodes[parent_of(c, parent)].mass);
    out[NEWS_CONTENT_score_branch] = mean(&c->nodes[c->nodes[node].branch].mass);
    out[NEWS_CONTENT_score_alike] = mean(&c->alike[c->nodes[node].alike]);
    out[NEWS_CONTENT_score_past] = before ? level_of(c->past[i] / before) : 0;
    out[NEWS_CONTENT_score_to_come] = after ? level_of((c->past[n] - c->past[i]) / after) : 0;
    out[NEWS_CONTENT_score_section] = mean(&c->sections[section]);
    out[NEWS_CONTENT_score_heading] = heading == NEWS_NONE ? 0 : level_of(s[heading]);
    out[NEWS_CONTENT_score_run_before] = last ? level_of(s[last - 1]) : 0;
    out[NEWS_CONTENT_score_run_after] = next < n ? level_of(s[next]) : 0;
}

void news_content_view(const news_content *c, uint32_t i, bool second,
                       uint8_t out[NEWS_N_CONTENT_FEATURES]) {
    const news_passage *passage = &c->reading->passages.list.at[i];
    const news_evidence *evidence = &c->reading->evidence.at[i], *all = c->reading->evidence.at;
    const news_node *nodes = c->reading->nodes.at;
    const news_line *line = &c->lines[i];
    uint32_t length = bytes_of(c, i), words = line->n_words, n_nodes = c->reading->nodes.n;
    uint32_t node = node_of(c, i), parent = parent_of(c, node), above = parent_of(c, parent);
    const struct news_content_node *own = &c->nodes[node], *branch = &c->nodes[own->branch];
    out[NEWS_CONTENT_element] = evidence->element;
    put_flags(out + NEWS_CONTENT_in_article,
              NEWS_CONTENT_ends_as_link - NEWS_CONTENT_in_article + 1, evidence->places);
    put_words(out + NEWS_CONTENT_word_body, evidence->words,
              parent < n_nodes ? nodes[parent].words : 0, evidence->words_above);
    put_flags(out + NEWS_CONTENT_says_advert,
              NEWS_CONTENT_says_facts - NEWS_CONTENT_says_advert + 1, c->phrases[i]);
    out[NEWS_CONTENT_names_author] = c->names[i] & 15;
    out[NEWS_CONTENT_names_publisher] = c->names[i] >> 4;
    out[NEWS_CONTENT_italic] = part(evidence->n_italic, length);
    out[NEWS_CONTENT_bold] = part(evidence->n_bold, length);
    out[NEWS_CONTENT_next_italic] =
        i + 1 < c->n ? part(all[i + 1].n_italic, bytes_of(c, i + 1)) : 0;
    out[NEWS_CONTENT_says] = count(c->phrases[i]);
    out[NEWS_CONTENT_last_says] = i ? first_of(c->phrases[i - 1]) : 0;
    out[NEWS_CONTENT_next_says] = i + 1 < c->n ? first_of(c->phrases[i + 1]) : 0;
    out[NEWS_CONTENT_heading_says] =
        c->headings[i] != NEWS_NONE ? first_of(c->phrases[c->headings[i]]) : 0;
    out[NEWS_CONTENT_branch_says] =
        branch->mass.running * 2ull < c->running ? first_of(branch->phrases) : 0;
    out[NEWS_CONTENT_heading_level] =
        passage->markup == NEWS_MARKUP_HEADING ? at_most(passage->level, 6) : 0;
    out[NEWS_CONTENT_length] = size(length);
    out[NEWS_CONTENT_words] = at_most(words, 63);
    out[NEWS_CONTENT_links] = part(evidence->n_link, length);
    out[NEWS_CONTENT_stops] = part(line->n_stops, words);
    out[NEWS_CONTENT_capitals] = part(line->n_capitals, words);
    out[NEWS_CONTENT_numbers] = part(line->n_numbers, words);
    out[NEWS_CONTENT_word_length] = at_most(words ? length * 2 / words : 0, 63);
    out[NEWS_CONTENT_sentences] = at_most(line->n_sentences, 31);
    out[NEWS_CONTENT_commas] = at_most(line->n_commas, 31);
    out[NEWS_CONTENT_end] = line->end;
    out[NEWS_CONTENT_quotes] = at_most(line->n_quotes, 7);
    out[NEWS_CONTENT_personal] = at_most(line->n_personal, 7);
    out[NEWS_CONTENT_exclaims] = at_most(line->n_exclaims, 3);
    out[NEWS_CONTENT_bars] = at_most(line->n_bars, 3);
    out[NEWS_CONTENT_opening] = at_most(line->opening, 63);
    out[NEWS_CONTENT_when] = line->has_when;
    out[NEWS_CONTENT_running] = c->marks[i] & MARK_RUNNING;
    put_flags(out + NEWS_CONTENT_is_furniture,
              NEWS_CONTENT_has_bracket - NEWS_CONTENT_is_furniture + 1, line->flags);
    out[NEWS_CONTENT_depth] = at_most(evidence->depth, 63);
    put_mass(out + NEWS_CONTENT_own_share, &own->mass, c->running);
    put_mass(out + NEWS_CONTENT_parent_share, &c->nodes[parent].mass, c->running);
    put_mass(out + NEWS_CONTENT_above_share, &c->nodes[above].mass, c->running);
    put_mass(out + NEWS_CONTENT_branch_share, &branch->mass, c->running);
    uint32_t seen = own->branch < n_nodes ? nodes[own->branch].words : 0;
    out[NEWS_CONTENT_branch_words] = seen & 0x3F; /* body to author */
    uint32_t places = own->branch < n_nodes ? nodes[own->branch].places : 0;
    out[NEWS_CONTENT_branch_places] =
        (uint8_t)((places & NEWS_IN_ASIDE ? 32 : 0) + (places & NEWS_IN_FORM ? 16 : 0) +
                  (places & NEWS_IN_TABLE ? 8 : 0) + (places & NEWS_IN_LIST ? 4 : 0) +
                  (places & NEWS_IN_FIGURE ? 2 : 0) + (places & NEWS_IN_QUOTE ? 1 : 0));
    out[NEWS_CONTENT_branch_alike] = at_most(branch->twins, 31);
    out[NEWS_CONTENT_meet_distance] = at_most(c->nodes[own->meet].step, 31);
    out[NEWS_CONTENT_meet_share] = part(c->nodes[own->meet].mass.running, c->running);
    put_mass(out + NEWS_CONTENT_alike_share, &c->alike[own->alike], c->running);
    out[NEWS_CONTENT_place] = part(i, c->n);
    out[NEWS_CONTENT_before] = part(c->before[i], c->running);
    out[NEWS_CONTENT_after] = part(c->running - c->before[i + 1], c->running);
    bool titled = c->title != NEWS_NONE;
    uint32_t gap = !titled ? 63 : i > c->title ? i - c->title : c->title - i;
    out[NEWS_CONTENT_title_distance] = at_most(gap, 63);
    out[NEWS_CONTENT_title_side] = (uint8_t)(!titled         ? 3
                                             : i < c->title  ? 0
                                             : i == c->title ? 1
                                                             : 2);
    uint32_t last = c->last_running[i], heading = c->headings[i];
    out[NEWS_CONTENT_since_running] = last ? at_most(i + 1 - last, 31) : 32;
    out[NEWS_CONTENT_until_running] =
        c->next_running[i] < c->n ? at_most(c->next_running[i] - i, 31) : 32;
    out[NEWS_CONTENT_since_heading] = heading == NEWS_NONE ? 63 : at_most(i - heading, 62);
    out[NEWS_CONTENT_heading_opening] =
        heading == NEWS_NONE ? 63 : at_most(c->lines[heading].opening, 62);
    out[NEWS_CONTENT_heading_words] =
        heading == NEWS_NONE ? 63 : (all[heading].words | all[heading].words_above) >> 1 & 0x1F;
    /* whether the heading stands in the same branch */
    out[NEWS_CONTENT_heading_side] =
        heading != NEWS_NONE && c->nodes[node_of(c, heading)].branch == own->branch;
    bool first = i == 0, final = i + 1 == c->n;
    out[NEWS_CONTENT_last_length] = first ? 0 : size(bytes_of(c, i - 1));
    out[NEWS_CONTENT_last_links] = first ? 0 : part(all[i - 1].n_link, bytes_of(c, i - 1));
    out[NEWS_CONTENT_last_element] = first ? 31 : all[i - 1].element;
    out[NEWS_CONTENT_next_length] = final ? 0 : size(bytes_of(c, i + 1));
    out[NEWS_CONTENT_next_links] = final ? 0 : part(all[i + 1].n_link, bytes_of(c, i + 1));
    out[NEWS_CONTENT_next_element] = final ? 31 : all[i + 1].element;
    out[NEWS_CONTENT_same_before] = !first && all[i - 1].node == evidence->node;
    out[NEWS_CONTENT_same_after] = !final && all[i + 1].node == evidence->node;
    out[NEWS_CONTENT_repeated] = (c->marks[i] & MARK_REPEATED) != 0;
    for (uint32_t k = 0; k < 4; k++) {
        out[NEWS_CONTENT_page_running + k] = c->page[k];
    }
    out[NEWS_CONTENT_convention] = 0;
    out[NEWS_CONTENT_sign] = sign_of(c->reading->text.bytes + passage->span.from, length);
    out[NEWS_CONTENT_next_picture] = !final && (all[i + 1].places & NEWS_BEHIND_PICTURE);
    if (second) {
        view_scores(c, i, out);
    }
}

void news_content_learn(news_content *c) {
    for (uint32_t i = 0; i < c->n; i++) {
        c->past[i + 1] = c->past[i] + (int64_t)c->scores[i] * (c->before[i + 1] - c->before[i]);
    }
    gather(c, true);
}

int32_t news_content_judge(const uint8_t view[NEWS_N_CONTENT_FEATURES],
                           const news_content_tree *trees, uint32_t n) {
    int32_t sum = 0;
    for (uint32_t k = 0; k < n; k++) {
        const news_content_tree *tree = &trees[k];
        uint32_t leaf = 0;
        for (uint32_t d = 0; d < NEWS_CONTENT_DEPTH; d++) {
            leaf |= (uint32_t)(view[tree->asks[d].feature] > tree->asks[d].above) << d;
        }
        sum += tree->leaves[leaf];
    }
    return sum;
}

int32_t news_content_judge_first(const uint8_t view[NEWS_N_CONTENT_FEATURES],
                                 const news_content_tree *trees, uint32_t n) {
    enum { FEW = NEWS_CONTENT_FEW };
    int32_t sum = news_content_judge(view, trees, n < FEW ? n : FEW);
    return n <= FEW || sum < NEWS_CONTENT_HOPELESS
               ? sum
               : sum + news_content_judge(view, trees + FEW, n - FEW);
}
