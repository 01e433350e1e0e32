/* Readers of the corpora's formats. */
#include "corpus.h"
#include "gazetteer.h"
#include "word_lists.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_TOKENS = 1 << 14 /* of a sentence */, MOST_COLUMNS = 16 };

void corpus_fail(const char *path, unsigned line, const char *what) {
    fprintf(stderr, "%s:%u: %s\n", path, line, what);
    exit(1);
}

void *corpus_memory(void *old, size_t n) {
    void *at = realloc(old, n ? n : 1);
    if (!at) {
        corpus_fail("train", 0, "out of memory");
    }
    return at;
}

uint64_t corpus_random(uint64_t *state) {
    /* Source: xorshift64*, S. Vigna, 2016. */
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return *state * UINT64_C(2685821657736338717);
}

static char *read_file(const char *path, size_t *n) {
    FILE *file = fopen(path, "rb");
    if (!file) {
        corpus_fail(path, 0, "cannot be opened");
    }
    char *bytes = NULL;
    size_t room = 1 << 16, used = 0, got;
    bytes = corpus_memory(NULL, room + 1);
    while ((got = fread(bytes + used, 1, room - used, file)) > 0) {
        used += got;
        if (used == room) {
            room *= 2;
            bytes = corpus_memory(bytes, room + 1);
        }
    }
    fclose(file);
    bytes[used] = 0;
    *n = used;
    return bytes;
}

static corpus_document *add_document(corpus *out, const char *name) {
    if (out->n == out->room) {
        out->room = out->room ? 2 * out->room : 64;
        out->at = corpus_memory(out->at, out->room * sizeof *out->at);
    }
    corpus_document *d = &out->at[out->n++];
    *d = (corpus_document){0};
    snprintf(d->name, sizeof d->name, "%s", name);
    return d;
}

static void add_text(corpus_document *d, const char *bytes, size_t n) {
    if (d->n + n + 1 > d->room) {
        d->room = (uint32_t)(2 * (d->n + n + 256));
        d->text = corpus_memory(d->text, d->room);
    }
    memcpy(d->text + d->n, bytes, n);
    d->n += (uint32_t)n;
    d->text[d->n] = 0;
}

static void add_gold(corpus_document *d, gold g) {
    if (d->n_gold == d->gold_room) {
        d->gold_room = d->gold_room ? 2 * d->gold_room : 16;
        d->gold = corpus_memory(d->gold, d->gold_room * sizeof *d->gold);
    }
    d->gold[d->n_gold++] = g;
}

/* A token with its tag ("B-PER"). */
typedef struct tagged {
    const char *text, *tag;
} tagged;

static int type_of(const char *tag) {
    static const struct {
        char name[8];
        int type;
    } types[] = {{"PER", NEWS_TAG_PERSON}, {"ORG", NEWS_TAG_ORGANIZATION}, {"LOC", NEWS_TAG_PLACE},
                 {"GPE", NEWS_TAG_PLACE},  {"MISC", NEWS_TAG_OTHER},       {"EVT", NEWS_TAG_OTHER}};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        if (strcmp(tag, types[i].name) == 0) {
            return types[i].type;
        }
    }
    return -1;
}

static bool starts_with(const char *text, const char *start) {
    return strncmp(text, start, strlen(start)) == 0;
}

/* Whether no blank stands before such a token. */
static bool is_glued(const char *token) {
    static const char *const glued[] = {",",  ".",  ";",  ":",   "!",   "?",  ")",   "]",   "}",
                                        "%",  "'s", "'S", "n't", "N'T", "'m", "'re", "'ve", "'ll",
                                        "'d", "’s", "''", "”",   "...", "’",  "…"};
    for (size_t i = 0; i < sizeof glued / sizeof *glued; i++) {
        if (strcmp(token, glued[i]) == 0) {
            return true;
        }
    }
    return false;
}

/* Whether no blank stands behind such a token. */
static bool is_opening(const char *token) {
    static const char *const opening[] = {"(", "[", "{", "$", "£", "€", "``", "“", "‘", "#", "@"};
    for (size_t i = 0; i < sizeof opening / sizeof *opening; i++) {
        if (strcmp(token, opening[i]) == 0) {
            return true;
        }
    }
    return false;
}

/* Appends a sentence as it would be printed. */
static void add_sentence(corpus_document *d, const tagged *tokens, size_t n, bool spaced) {
    bool quote = false, glue = true;
    int open = -1;
    for (size_t i = 0; i < n; i++) {
        const char *text = tokens[i].text;
        bool plain_quote = strcmp(text, "\"") == 0;
        bool possessive =
            strcmp(text, "s") == 0 && i > 0 &&
            (strcmp(tokens[i - 1].text, "’") == 0 || strcmp(tokens[i - 1].text, "'") == 0);
        bool before =
            i == 0 || (!spaced && (glue || possessive || is_glued(text) || (plain_quote && quote)));
        if (strcmp(text, "-LRB-") == 0) {
            text = "(";
        } else if (strcmp(text, "-RRB-") == 0) {
            text = ")";
        }
        const char *tag = tokens[i].tag ? tokens[i].tag : "O";
        /* NOLINTNEXTLINE(clang-analyzer-core.NullDereference): a column that is counted is filled.
         */
        int type = tag[0] && tag[1] == '-' ? type_of(tag + 2) : -1;
        bool goes_on = type >= 0 && open == type && (tag[0] == 'I' || tag[0] == 'L');
        if (!goes_on) {
            open = -1;
        }
        if (!before) {
            add_text(d, " ", 1);
        }
        uint32_t from = d->n;
        for (const char *at = text; *at;) {
            size_t length = spaced ? strcspn(at + 1, "-") + 1 : strlen(at);
            add_text(d, at, length);
            at += length;
            if (*at) { /* "anti-war" as "anti - war" */
                add_text(d, at[1] ? " - " : "-", at[1] ? 3 : 1);
                at++;
            }
        }
        if (goes_on) {
            d->gold[d->n_gold - 1].to = d->n;
        } else if (type >= 0) {
            add_gold(d, (gold){from, d->n, (uint32_t)type, 0});
            open = type;
        }
        glue = is_opening(text) || (plain_quote && !quote);
        quote ^= plain_quote;
    }
}

static const char *base_name(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

void corpus_read_columns(corpus *out, const char *path, int token_column, int tag_column,
                         uint32_t paragraph, uint32_t spaced) {
    size_t n, n_tokens = 0;
    char *bytes = read_file(path, &n);
    static tagged tokens[MOST_TOKENS];
    corpus_document *d = NULL;
    uint32_t sentences = 0, documents = 0;
    bool fresh = true;
    for (char *line = bytes; line < bytes + n + 1;) {
        char *end = memchr(line, '\n', (size_t)(bytes + n - line));
        end = end ? end : bytes + n;
        *end = 0;
        if (end > line && end[-1] == '\r') {
            end[-1] = 0;
        }
        char *columns[MOST_COLUMNS] = {0};
        int n_columns = 0;
        bool comment = line[0] == '#' && token_column > 0;
        bool start = starts_with(line, "-DOCSTART-") || starts_with(line, "# newdoc");
        if (!comment && !start) {
            for (char *word = strtok(line, " \t"); word && n_columns < MOST_COLUMNS;
                 word = strtok(NULL, " \t")) {
                columns[n_columns++] = word;
            }
        }
        if ((start || (n_columns == 0 && !comment)) && n_tokens > 0) {
            if (!d || fresh) {
                char name[64];
                snprintf(name, sizeof name, "%.40s:%u", base_name(path), documents++);
                d = add_document(out, name);
                fresh = false;
                sentences = 0;
            }
            if (sentences > 0) {
                add_text(d, sentences % paragraph == 0 ? "\n\n" : " ",
                         sentences % paragraph == 0 ? 2 : 1);
            }
            add_sentence(d, tokens, n_tokens, spaced == 1 || (spaced > 1 && out->n % spaced == 0));
            sentences++;
            n_tokens = 0;
        }
        fresh |= start;
        if (n_columns > token_column && n_tokens < MOST_TOKENS) {
            int tag = tag_column < 0 ? n_columns - 1 : tag_column;
            tokens[n_tokens++] =
                (tagged){columns[token_column], tag < n_columns ? columns[tag] : "O"};
        }
        line = end + 1;
    }
    free(bytes);
}

/* One token of GUM. */
typedef struct gum_token {
    char *text, *upos, *deprel, *misc;
    int head; /* 1 up, 0: root */
    bool glued;
    bool opens; /* a mention begins here */
} gum_token;

enum { MOST_OPEN = 64 };

/* A mention; one that begins has no end yet. */
typedef struct gum_mention {
    size_t from, to;
    int type;
    uint32_t thing;
    char identity[64]; /* title of an encyclopaedia's page, empty where none */
} gum_mention;

static int gum_type(const char *name) {
    return starts_with(name, "person")         ? NEWS_TAG_PERSON
           : starts_with(name, "organization") ? NEWS_TAG_ORGANIZATION
           : starts_with(name, "place")        ? NEWS_TAG_PLACE
           : starts_with(name, "event") || starts_with(name, "abstract") ||
                   starts_with(name, "object") || starts_with(name, "time")
               ? (starts_with(name, "time") ? -1 : NEWS_TAG_OTHER)
               : -1;
}

static bool is_proper(const gum_token *t) {
    return strcmp(t->upos, "PROPN") == 0;
}

static bool is_capital(const gum_token *t) {
    return isupper((unsigned char)t->text[0]) || (unsigned char)t->text[0] >= 0xC3;
}

/* Small words inside names. An "and" parts two names where the second is a mention of its own:
 * "the Globe and Mail" is one. */
static bool is_joint(const gum_token *t) {
    static const char *const joints[] = {"of",  "-",   "for", "on",  "&",  "de", "and",
                                         "van", "von", "al",  "bin", "la", "du", "der"};
    for (size_t i = 0; i < sizeof joints / sizeof *joints; i++) {
        if (strcmp(t->text, joints[i]) == 0) {
            return strcmp(t->text, "and") != 0 || t->upos[0] == 'P' || !t[1].opens;
        }
    }
    return false;
}

static bool is_title(const gum_token *t) {
    return news_words_find_folded(&news_words_titles, t->text, strlen(t->text)).is_entry;
}

/* Numbers inside names: "Movimento 5 Stelle". */
static bool is_number(const gum_token *t) {
    return t->text[0] >= '0' && t->text[0] <= '9';
}

/* "501st Legion" */
static bool is_ordinal(const gum_token *t) {
    return is_number(t) && isalpha((unsigned char)t->text[strlen(t->text) - 1]);
}

static bool has_capitals(const gum_token *tokens, size_t from, size_t to) {
    bool found = false;
    for (size_t i = from; i < to; i++) {
        for (const char *at = tokens[i].text; *at; at++) {
            found = found || isupper((unsigned char)*at) || (unsigned char)*at >= 0xC3;
        }
    }
    return found;
}

/* Groups that a body's name may begin with: their "'s" is no owner's ("Korean People's Army"). */
static bool is_owned(const gum_token *tokens, size_t suffix) {
    static const char *const groups[] = {"People",  "Women",   "Men",      "Children", "Workers",
                                         "Farmers", "Peoples", "Teachers", "Students", "Veterans"};
    bool found = strcmp(tokens[suffix].text, "'s") == 0 || strcmp(tokens[suffix].text, "'") == 0 ||
                 strcmp(tokens[suffix].text, "’s") == 0 || strcmp(tokens[suffix].text, "’") == 0;
    for (size_t i = 0; found && i < sizeof groups / sizeof *groups; i++) {
        if (strcmp(tokens[suffix - 1].text, groups[i]) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_dash(const gum_token *t) {
    return strcmp(t->text, "-") == 0;
}

static bool is_relation(const gum_token *t, const char *name) {
    return strcmp(t->deprel, name) == 0;
}

/* The token that others of the mention hang on, `to` where there is none. */
static size_t head_of(const gum_token *tokens, size_t from, size_t to) {
    for (size_t i = from; i < to; i++) {
        size_t h = (size_t)tokens[i].head;
        if (h == 0 || h - 1 < from || h - 1 >= to) {
            return i;
        }
    }
    return to;
}

/* The first word of the name that a mention has, `to` where it has none: its head where that is a
 * proper noun; else a name beside it ("actor Tom Cruise", "team member Rodaba Noori"), or a name
 * before it that the link to an encyclopaedia confirms ("the Sea Org group"). */
static size_t name_of_mention(const gum_token *tokens, size_t from, size_t to,
                              const char *identity) {
    size_t head = head_of(tokens, from, to);
    if (head == to || is_proper(&tokens[head])) {
        return head;
    }
    for (size_t i = from; i < to; i++) {
        const gum_token *t = &tokens[i];
        if ((size_t)t->head != head + 1 || !is_proper(t) || !is_capital(t)) {
            continue;
        }
        if (is_relation(t, "flat") || is_relation(t, "appos") ||
            (is_relation(t, "compound") && strstr(identity, t->text) && i < head &&
             (i + 1 == head || is_proper(&tokens[i + 1])))) {
            return i;
        }
    }
    return to;
}

/* A person's name is what is tied to its first word as one flat name. */
static void grow_person(const gum_token *tokens, size_t from, size_t to, size_t *a, size_t *b) {
    size_t first = *a;
    for (size_t i = *b; i < to; i++) {
        size_t h = (size_t)tokens[i].head;
        bool beside = is_relation(&tokens[first], "flat") && h == (size_t)tokens[first].head;
        if (is_relation(&tokens[i], "flat") && (beside || (h - 1 >= first && h - 1 < *b))) {
            *b = i + 1;
        } else if (tokens[i].upos[0] != 'P' /* PROPN, PUNCT */) {
            break;
        }
    }
    while (*a > from && is_proper(&tokens[*a - 1]) &&
           (is_relation(&tokens[*a - 1], "compound") || is_relation(&tokens[*a - 1], "flat")) &&
           !is_title(&tokens[*a - 1])) {
        --*a;
    }
}

/* The name of anything else is the run of capitalised words around its head, "of" and the like
 * between them included once: a second one ("University of Sheffield of the UK") tells where it
 * is. */
static void grow_other(const gum_token *tokens, size_t from, size_t to, size_t *first,
                       size_t *end) {
    size_t a = *first, b = *end;
    while (a > from &&
           (is_capital(&tokens[a - 1]) ||
            (a > from + 1 && is_capital(&tokens[a - 2]) &&
             (is_joint(&tokens[a - 1]) || is_number(&tokens[a - 1]) || is_owned(tokens, a - 1))) ||
            (is_number(&tokens[a - 1]) && is_relation(&tokens[a - 1], "compound")) ||
            is_ordinal(&tokens[a - 1]))) {
        a--;
    }
    bool of = false;
    for (;;) {
        if (b < to && (is_capital(&tokens[b]) ||
                       (is_number(&tokens[b]) &&
                        (is_proper(&tokens[b]) || (b + 1 < to && is_capital(&tokens[b + 1])))))) {
            b++;
        } else if (b + 1 < to && is_owned(tokens, b) && is_capital(&tokens[b + 1])) {
            b += 2;
        } else if (b + 1 < to && is_dash(&tokens[b]) && tokens[b].glued && tokens[b - 1].glued) {
            b += 2;
        } else if (b + 1 < to && is_joint(&tokens[b]) && is_capital(&tokens[b + 1]) &&
                   !(of && strcmp(tokens[b].text, "of") == 0)) {
            of = of || strcmp(tokens[b].text, "of") == 0;
            b += 2;
        } else if (!of && b + 2 < to && is_joint(&tokens[b]) && tokens[b].upos[0] == 'A' &&
                   strcmp(tokens[b + 1].text, "the") == 0 && is_capital(&tokens[b + 2])) {
            of = strcmp(tokens[b].text, "of") == 0;
            b += 3;
        } else {
            break;
        }
    }
    while (a < b && strcmp(tokens[a].upos, "DET") == 0) {
        a++;
    }
    *first = a;
    *end = b;
}

/* Marks the name within mention [from, to) of the sentence, if it has one; an outer name, which is
 * marked first, wins over those inside it. Where `guide`, types are those of this project's guide:
 * "Afghans" is the name of a people, a country is a place whatever acts under its name. */
static void mark_name(const gum_token *tokens, size_t from, size_t to, int type, uint32_t thing,
                      const char *identity, bool guide, int *types, uint32_t *things, int *starts) {
    size_t a = name_of_mention(tokens, from, to, identity), b = a + 1;
    if (a == to) {
        return;
    }
    if (type == NEWS_TAG_PERSON) {
        grow_person(tokens, from, to, &a, &b);
        for (size_t i = a; i < b; i++) {
            a = strcmp(tokens[i].upos, "DET") == 0 || is_title(&tokens[i]) ? i + 1 : a;
        }
    } else {
        grow_other(tokens, from, to, &a, &b);
    }
    /* a title, a word that is no name, or inside a longer name */
    if (a >= b || !has_capitals(tokens, a, b) || types[a] >= 0) {
        return;
    }
    char name[256];
    size_t n = 0;
    for (size_t i = a; i < b && n < sizeof name; i++) {
        n += (size_t)snprintf(name + n, sizeof name - n, "%s%s", tokens[i].text,
                              i + 1 < b && !tokens[i].glued ? " " : "");
    }
    uint16_t known =
        n < sizeof name ? news_find_thing_named(name, (uint32_t)n) : (uint16_t)NEWS_NO_THING;
    if (guide && known != NEWS_NO_THING) {
        news_thing_kind kind = news_things[known].kind;
        type = kind == NEWS_THING_DEMONYM || kind == NEWS_THING_GROUP ? NEWS_TAG_OTHER
               : kind == NEWS_THING_COUNTRY                           ? NEWS_TAG_PLACE
                                                                      : type;
    }
    for (size_t i = a; i < b; i++) {
        types[i] = type;
        things[i] = thing;
        starts[i] = i == a;
    }
    if (b < to && types[b] >= 0 && !starts[b]) {
        starts[b] = 1;
    }
}

/* Reads the mark of a mention that begins: `(thing-type-…-identity`, eight fields. */
static gum_mention read_mention(const char *at, size_t length, size_t from) {
    gum_mention m = {.from = from};
    char fields[512], *field = fields;
    snprintf(fields, sizeof fields, "%.*s", (int)length, at);
    for (int k = 0; field; k++) {
        char *dash = k < 7 ? strchr(field, '-') : NULL;
        if (dash) {
            *dash = 0;
        }
        if (k == 0) {
            m.thing = (uint32_t)strtoul(field, NULL, 10);
        } else if (k == 1) {
            m.type = gum_type(field);
        } else if (k == 7) {
            snprintf(m.identity, sizeof m.identity, "%s", field);
        }
        field = dash ? dash + 1 : NULL;
    }
    return m;
}

static void flush_gum(corpus_document *d, gum_token *tokens, size_t n, bool paragraph, bool guide) {
    static int types[MOST_TOKENS], starts[MOST_TOKENS];
    static uint32_t things[MOST_TOKENS];
    static gum_mention mentions[MOST_TOKENS];
    size_t n_mentions = 0, n_open = 0;
    gum_mention open[MOST_OPEN];
    for (size_t i = 0; i < n; i++) {
        types[i] = -1;
        things[i] = 0;
        starts[i] = 0;
        char *at = strstr(tokens[i].misc, "Entity=");
        for (at = at ? at + 7 : NULL; at && *at && *at != '|';) {
            size_t k = n_open;
            if (*at == '(') {
                size_t length = strcspn(at + 1, "()|");
                if (n_open == MOST_OPEN) {
                    break;
                }
                open[n_open++] = read_mention(at + 1, length, i);
                tokens[i].opens = true;
                at += 1 + length;
                if (*at != ')') {
                    continue;
                }
                at++;
                k = n_open - 1;
            } else if (*at >= '0' && *at <= '9') {
                uint32_t thing = (uint32_t)strtoul(at, &at, 10);
                at += strcspn(at, ")(|");
                at += *at == ')';
                while (k > 0 && open[k - 1].thing != thing) {
                    k--;
                }
                if (k == 0) {
                    continue;
                }
                k--;
            } else {
                at++;
                continue;
            }
            if (open[k].type >= 0) {
                mentions[n_mentions] = open[k];
                mentions[n_mentions++].to = i + 1;
            }
            memmove(open + k, open + k + 1, (n_open - k - 1) * sizeof *open);
            n_open--;
        }
    }
    /* Mentions were closed inner ones first: take the outer first. */
    for (size_t i = n_mentions; i-- > 0;) {
        const gum_mention *m = &mentions[i];
        mark_name(tokens, m->from, m->to, m->type, m->thing, m->identity, guide, types, things,
                  starts);
    }
    if (d->n > 0) {
        add_text(d, paragraph ? "\n\n" : " ", paragraph ? 2 : 1);
    }
    bool glue = true;
    for (size_t i = 0; i < n; i++) {
        if (!glue) {
            add_text(d, " ", 1);
        }
        glue = tokens[i].glued;
        uint32_t from = d->n;
        add_text(d, tokens[i].text, strlen(tokens[i].text));
        if (types[i] >= 0) {
            if (!starts[i] && d->n_gold > 0 && i > 0 && types[i - 1] >= 0) {
                d->gold[d->n_gold - 1].to = d->n;
            } else {
                add_gold(d, (gold){from, d->n, (uint32_t)types[i], things[i]});
            }
        }
    }
}

void corpus_read_gum(corpus *out, const char *path, bool guide) {
    size_t n, n_tokens = 0;
    char *bytes = read_file(path, &n);
    static gum_token tokens[MOST_TOKENS];
    corpus_document *d = add_document(out, base_name(path));
    bool paragraph = false;
    size_t glued_to = 0; /* the last word of a multi-word token whose parts are glued */
    bool glued_last = false;
    for (char *line = bytes; line < bytes + n + 1;) {
        char *end = memchr(line, '\n', (size_t)(bytes + n - line));
        end = end ? end : bytes + n;
        *end = 0;
        if (line[0] == '#') {
            paragraph |= starts_with(line, "# newpar");
        } else if (line[0] == 0) {
            if (n_tokens > 0) {
                flush_gum(d, tokens, n_tokens, paragraph, guide);
                paragraph = false;
            }
            n_tokens = 0;
            glued_to = 0;
        } else {
            char *columns[10];
            int k = 0;
            for (char *at = line; k < 10; k++) {
                columns[k] = at;
                char *tab = strchr(at, '\t');
                if (!tab) {
                    k++;
                    break;
                }
                *tab = 0;
                at = tab + 1;
            }
            if (k == 10 && strchr(columns[0], '-')) {
                glued_to = strtoul(strchr(columns[0], '-') + 1, NULL, 10);
                glued_last = strstr(columns[9], "SpaceAfter=No") != NULL;
            } else if (k == 10 && !strchr(columns[0], '.') && n_tokens < MOST_TOKENS) {
                size_t number = strtoul(columns[0], NULL, 10);
                bool glued =
                    number < glued_to ||
                    (number == glued_to ? glued_last : strstr(columns[9], "SpaceAfter=No") != NULL);
                tokens[n_tokens++] = (gum_token){
                    columns[1], columns[3], columns[7], columns[9], atoi(columns[6]), glued, false};
            }
        }
        line = end + 1;
    }
    free(bytes);
}

/* Appends text of the own corpus; `spaced`: hyphens and the stops of "U.S." as tokenised texts have
 * them, with blanks. */
static void add_marked(corpus_document *d, const char *bytes, size_t n, bool spaced) {
    for (size_t i = 0; i < n; i++) {
        bool within = spaced && i > 0 && i + 1 < n && isalpha((unsigned char)bytes[i - 1]) &&
                      isalpha((unsigned char)bytes[i + 1]);
        if (within && bytes[i] == '-') {
            add_text(d, " - ", 3);
        } else if (within && bytes[i] == '.') {
            add_text(d, ". ", 2);
        } else {
            add_text(d, bytes + i, 1);
        }
    }
}

void corpus_read_markup(corpus *out, const char *path, bool spaced, bool guide) {
    size_t n;
    char *bytes = read_file(path, &n);
    corpus_document *d = NULL;
    unsigned number = 0;
    for (char *line = bytes; line < bytes + n;) {
        number++;
        char *end = memchr(line, '\n', (size_t)(bytes + n - line));
        end = end ? end : bytes + n;
        *end = 0;
        if (line[0] == '#') {
            char name[64];
            snprintf(name, sizeof name, "%s", line + strspn(line, "# "));
            d = add_document(out, name);
        } else if (line[0]) {
            if (!d) {
                corpus_fail(path, number, "no `# id` line above the text");
            }
            if (d->n > 0) {
                add_text(d, "\n\n", 2);
            }
            for (char *at = line; *at;) {
                char *open = strstr(at, "[[");
                if (!open) {
                    add_marked(d, at, strlen(at), spaced);
                    break;
                }
                add_marked(d, at, (size_t)(open - at), spaced);
                char *bar = strchr(open, '|'), *close = strstr(open, "]]");
                if (!bar || !close || bar > close) {
                    corpus_fail(path, number, "a mark that is not [[TYPE|name]]");
                }
                *bar = 0;
                int type = strcmp(open + 2, "TEAM") != 0 ? type_of(open + 2)
                           : guide                       ? NEWS_TAG_PLACE
                                                         : NEWS_TAG_ORGANIZATION;
                if (type < 0) {
                    corpus_fail(path, number, "a type that is none of PER ORG LOC TEAM EVT MISC");
                }
                uint32_t from = d->n;
                add_marked(d, bar + 1, (size_t)(close - bar - 1), spaced);
                add_gold(d, (gold){from, d->n, (uint32_t)type, 0});
                at = close + 2;
            }
        }
        line = end + 1;
    }
    free(bytes);
}

void corpus_free(corpus *c) {
    for (uint32_t i = 0; i < c->n; i++) {
        free(c->at[i].text);
        free(c->at[i].gold);
    }
    free(c->at);
    *c = (corpus){0};
}
