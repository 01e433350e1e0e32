/* Names are joined into trees (union by index, the earliest name is the root), rule by rule from
 * the surest to the boldest. */
#include "merge.h"
#include "index.h"
#include "utf8.h"
#include "word_lists.h"

#include <string.h>

/* How many persons of one surname a short name is compared with: more is a list, not a story. */
enum { MOST_NAMESAKES = 16 };

/* More than one name begins so. */
#define SEVERAL (NEWS_NONE - 1)

/* A name longer than this keeps to itself. */
enum { LONGEST_NAME = 160 };

/* What the comparison needs of a name. */
typedef struct form {
    news_string key;         /* folded, white space and stops made one, "the" and suffixes off */
    news_string first, last; /* folded tokens */
    uint32_t before;         /* earlier full name with the same last token, or NEWS_NONE */
    uint8_t gender;          /* 0 unknown, 1 male, 2 female */
    bool defined;            /* an acronym beside the name that it stands for */
} form;

typedef struct merger {
    news_arena *arena;
    const news_article *article;
    news_names *names;
    form *forms;
} merger;

static uint32_t root(const merger *m, uint32_t i) {
    news_name *at = m->names->list.at;
    while (at[i].entity != i) {
        at[i].entity = at[at[i].entity].entity;
        i = at[i].entity;
    }
    return i;
}

static void join(merger *m, uint32_t a, uint32_t b) {
    a = root(m, a);
    b = root(m, b);
    if (a == b) {
        return;
    }
    uint32_t to = a < b ? a : b, from = a < b ? b : a;
    m->names->list.at[from].entity = to;
    uint8_t gender = m->forms[from].gender;
    m->forms[to].gender = m->forms[to].gender ? m->forms[to].gender : gender;
}

static uint32_t item_of(const merger *m, uint32_t i) {
    const news_token *token = &m->article->tokens[m->names->list.at[i].first];
    return m->article->blocks[m->article->sentences[token->sentence].block].item;
}

static news_string fold(const merger *m, uint32_t token) {
    news_span span = m->article->tokens[token].span;
    char folded[2 * LONGEST_NAME];
    uint32_t n = span.to - span.from < LONGEST_NAME ? span.to - span.from : LONGEST_NAME;
    n = news_utf8_fold(m->article->text->bytes + span.from, n, folded);
    return news_arena_copy(m->arena, folded, n);
}

/* The key starts with the item, then the folded tokens, one blank between them; the stops of
 * abbreviations, a leading "the" and a company's legal form are left out. */
static bool make_key(merger *m, uint32_t i, form *out) {
    const news_name *name = &m->names->list.at[i];
    const news_token *tokens = m->article->tokens;
    char key[2 * LONGEST_NAME + 8];
    uint32_t item = item_of(m, i), n = 0, last = name->first + name->n_tokens;
    memcpy(key, &item, sizeof item);
    n = sizeof item;
    if (name->type == NEWS_ENTITY_ORGANIZATION && name->n_tokens > 1 &&
        news_form_look_up(m->article, &news_words_name_words, last - 1, last).value &
            NEWS_NAME_WORDS_SUFFIX) {
        last--;
    }
    if (name->span.to - name->span.from > LONGEST_NAME) {
        out->key = news_arena_copy(m->arena, m->article->text->bytes + name->span.from,
                                   name->span.to - name->span.from);
        return out->key.bytes != NULL;
    }
    for (uint32_t t = name->first; t < last; t++) {
        char folded[2 * LONGEST_NAME];
        uint32_t length = news_utf8_fold(m->article->text->bytes + tokens[t].span.from,
                                         tokens[t].span.to - tokens[t].span.from, folded);
        if (t == name->first && last - t > 1 && length == 3 && memcmp(folded, "the", 3) == 0) {
            continue;
        }
        if (n > sizeof item && tokens[t].flags & NEWS_TOKEN_SPACE_BEFORE) {
            key[n++] = ' ';
        }
        for (uint32_t k = 0; k < length; k++) {
            if (folded[k] != '.') {
                key[n++] = folded[k];
            }
        }
    }
    out->key = news_arena_copy(m->arena, key, n);
    return out->key.bytes != NULL;
}

static uint8_t gender_of(const merger *m, uint32_t i) {
    const news_name *name = &m->names->list.at[i];
    if (name->title_is & NEWS_TITLES_MALE) {
        return 1;
    }
    if (name->title_is & NEWS_TITLES_FEMALE) {
        return 2;
    }
    if (name->n_tokens < 2) {
        return 0;
    }
    news_span first = m->article->tokens[name->first].span;
    news_word word = news_words_find(&news_words_genders, m->article->text->bytes + first.from,
                                     first.to - first.from);
    return !word.is_entry ? 0 : word.value == NEWS_GENDERS_MALE ? 1 : 2;
}

static bool make_forms(merger *m) {
    for (uint32_t i = 0; i < m->names->list.n; i++) {
        news_name *name = &m->names->list.at[i];
        name->entity = i;
        form *f = &m->forms[i];
        f->before = NEWS_NONE;
        if (!make_key(m, i, f)) {
            return false;
        }
        uint32_t last = name->first + name->n_tokens - 1;
        f->first = fold(m, name->first);
        f->last = fold(m, last);
        if (!f->first.bytes || !f->last.bytes) {
            return false;
        }
        f->gender = name->type == NEWS_ENTITY_PERSON ? gender_of(m, i) : 0;
    }
    return true;
}

static bool same(news_string a, news_string b) {
    return a.n == b.n && memcmp(a.bytes, b.bytes, a.n) == 0;
}

/* Whether the name stands behind a word that a place stands behind. */
static bool is_located(const merger *m, const news_name *name) {
    if (name->first == 0) {
        return false;
    }
    news_word word =
        news_form_look_up(m->article, &news_words_name_words, name->first - 1, name->first);
    return word.is_entry && word.value & NEWS_NAME_WORDS_LOCATIVE;
}

/* Whether a single word may be short for somebody of that last name: not where the gazetteer knows
 * it as something else, but for a place ("Valeska Paris") that nobody is in. */
static bool may_be_person(const merger *m, const news_name *name) {
    return name->thing == NEWS_NO_THING ||
           (name->type == NEWS_ENTITY_PLACE &&
            news_things[name->thing].kind != NEWS_THING_COUNTRY && !is_located(m, name));
}

/* A single word that is the last word of somebody's full name is that person, unless it is known as
 * something else; a first word is where nothing else is known of it. */
static bool promote(merger *m) {
    news_index parts = {0};
    for (int pass = 0; pass < 2; pass++) {
        for (uint32_t i = 0; i < m->names->list.n; i++) {
            news_name *name = &m->names->list.at[i];
            if (pass == 0 && name->type == NEWS_ENTITY_PERSON && name->n_tokens > 1) {
                uint32_t *last =
                    news_index_add(m->arena, &parts, m->forms[i].last.bytes, m->forms[i].last.n);
                uint32_t *first = last ? news_index_add(m->arena, &parts, m->forms[i].first.bytes,
                                                        m->forms[i].first.n)
                                       : NULL;
                if (!first) {
                    return false;
                }
            } else if (pass == 1 && name->type != NEWS_ENTITY_PERSON && name->n_tokens == 1 &&
                       may_be_person(m, name) && name->known == NEWS_NONE &&
                       news_index_find(&parts, m->forms[i].last.bytes, m->forms[i].last.n)) {
                name->type = NEWS_ENTITY_PERSON;
                m->forms[i].gender = gender_of(m, i);
            }
        }
    }
    return true;
}

/* What else the article has of a word that is somebody's name on its own, by the tagger. */
enum {
    PART_OF_PERSON = 1, /* in a full name, or behind a title */
    BEGINS_PLACE = 2,   /* "Lowmoor Cross" */
    BEGINS_BODY = 4,    /* "Altura Energy" */
    LOCATED = 8,        /* "in Oberfell" */
    LANDED = 16,        /* "the Valdera dam" */
};

static bool is_one_of(const merger *m, uint32_t token, const char *const *words, size_t n) {
    for (size_t k = 0; k < n; k++) {
        if (news_form_is_exactly(m->article, token, words[k])) {
            return true;
        }
    }
    return false;
}

/* What the words around a name of one word make of it: nobody is "in" a person, or has a dam. */
static uint8_t surroundings(const merger *m, const news_name *name) {
    static const char *const before[] = {"in", "In", "near", "Near", "outside", "Outside"};
    static const char *const after[] = {
        "dam",      "river",  "valley",   "glacier", "volcano", "lake",      "strait",  "peninsula",
        "province", "region", "district", "island",  "islands", "reservoir", "airport", "canal"};
    const news_token *tokens = m->article->tokens;
    uint32_t first = name->first, next = first + 1;
    bool last = next >= m->article->n_tokens || tokens[next].sentence != tokens[first].sentence;
    if (!last && is_one_of(m, next, after, sizeof after / sizeof *after)) {
        return LANDED;
    }
    /* "in Maas's words" */
    return first > 0 && tokens[first - 1].sentence == tokens[first].sentence &&
                   (last || tokens[next].kind != NEWS_TOKEN_SUFFIX) &&
                   is_one_of(m, first - 1, before, sizeof before / sizeof *before)
               ? LOCATED
               : 0;
}

static uint8_t bits_of(const merger *m, const news_name *name) {
    bool person = name->type == NEWS_ENTITY_PERSON;
    if (name->n_tokens == 1) {
        return person && name->title_is ? PART_OF_PERSON : surroundings(m, name);
    }
    return person                                   ? PART_OF_PERSON
           : name->type == NEWS_ENTITY_PLACE        ? BEGINS_PLACE
           : name->type == NEWS_ENTITY_ORGANIZATION ? BEGINS_BODY
                                                    : 0;
}

/* A single word that the tagger took for somebody is a place where it stands as places do, or,
 * where no list knows it, begins a place's name, and a body where it begins a body's name. A body
 * of one word that has a dam or a river is a place. */
static bool settle_short(merger *m) {
    news_index words = {0};
    for (int pass = 0; pass < 2; pass++) {
        for (uint32_t i = 0; i < m->names->list.n; i++) {
            news_name *name = &m->names->list.at[i];
            const form *f = &m->forms[i];
            if (pass == 0) {
                uint32_t *at = news_index_add(m->arena, &words, f->first.bytes, f->first.n);
                if (!at) {
                    return false;
                }
                *at = (*at == NEWS_NONE ? 0 : *at) | bits_of(m, name);
                if (name->n_tokens > 1 && name->type == NEWS_ENTITY_PERSON) {
                    at = news_index_add(m->arena, &words, f->last.bytes, f->last.n);
                    if (!at) {
                        return false;
                    }
                    *at = (*at == NEWS_NONE ? 0 : *at) | PART_OF_PERSON;
                }
                continue;
            }
            const uint32_t *at = news_index_find(&words, f->first.bytes, f->first.n);
            bool person = name->type == NEWS_ENTITY_PERSON;
            if (!at || name->n_tokens > 1 || name->known != NEWS_NONE ||
                name->thing != NEWS_NO_THING || *at & PART_OF_PERSON ||
                !(person || name->type == NEWS_ENTITY_ORGANIZATION)) {
                continue;
            }
            bool listed =
                news_words_find(&news_words_names, m->article->text->bytes + name->span.from,
                                name->span.to - name->span.from)
                    .is_entry;
            uint32_t places = person ? LOCATED | LANDED | (listed ? 0u : BEGINS_PLACE) : LANDED;
            if (*at & places && !(*at & BEGINS_BODY && !(*at & BEGINS_PLACE))) {
                name->type = NEWS_ENTITY_PLACE;
            } else if (person && !listed && *at & BEGINS_BODY) {
                name->type = NEWS_ENTITY_ORGANIZATION;
            }
        }
    }
    return true;
}

static bool is_mark(const merger *m, uint32_t token, char mark) {
    return token < m->article->n_tokens && m->article->tokens[token].kind == NEWS_TOKEN_MARK &&
           m->article->text->bytes[m->article->tokens[token].span.from] == mark;
}

/* Whether the letters of `acronym` are, in order, first letters of the words of `full`, the first
 * of them that of its first word. */
static bool stands_for(const merger *m, const news_name *acronym, const news_name *full) {
    const char *text = m->article->text->bytes;
    if (acronym->n_tokens != 1 || full->n_tokens < 2 ||
        !(m->article->tokens[acronym->first].flags & NEWS_TOKEN_ALL_CAPS)) {
        return false;
    }
    uint32_t at = acronym->span.from, words = 0, letters = 0;
    for (uint32_t t = full->first; t < full->first + full->n_tokens; t++) {
        while (at < acronym->span.to && text[at] == '.') {
            at++;
        }
        char c = text[m->article->tokens[t].span.from];
        words += m->article->tokens[t].flags & NEWS_TOKEN_CAPITAL ? 1 : 0;
        if (at < acronym->span.to && (c & 0xDF) == text[at]) {
            at++;
            letters++;
        } else if (t == full->first) {
            return false;
        }
    }
    /* Names in another language keep their own acronym ("Doctors Without Borders (MSF)"), but those
     * are left to the gazetteer. */
    return at == acronym->span.to && letters >= 2 && letters + 2 >= words;
}

/* "Shanghai Cooperation Organisation (SCO)" and "SCO (Shanghai Cooperation Organisation)". */
static void join_definitions(merger *m) {
    news_name *at = m->names->list.at;
    for (uint32_t i = 0; i + 1 < m->names->list.n; i++) {
        uint32_t open = at[i].first + at[i].n_tokens;
        if (at[i + 1].first == open + 1 && is_mark(m, open, '(') &&
            is_mark(m, at[i + 1].first + at[i + 1].n_tokens, ')')) {
            bool forward = stands_for(m, &at[i + 1], &at[i]),
                 back = stands_for(m, &at[i], &at[i + 1]);
            if (forward || back ||
                (at[i].thing != NEWS_NO_THING && at[i].thing == at[i + 1].thing)) {
                news_entity_type type = forward ? at[i].type : at[i + 1].type;
                at[i].type = at[i + 1].type = type;
                m->forms[forward ? i + 1 : i].defined = true;
                join(m, i, i + 1);
            }
        }
    }
}

/* An acronym's definition weighs as much as so many thousandths of sureness elsewhere. */
#define DEFINED_VOTES 20000u

typedef struct ballot {
    uint32_t types[NEWS_N_ENTITY_TYPES]; /* thousandths of sureness */
} ballot;

/* One spelling has one type in an article, the one that most of its names were given: a full name
 * says nothing of the short one, so only equal keys vote. */
static bool vote(merger *m) {
    news_index keys = {0};
    NEWS_LIST(ballot) votes = {0};
    for (int pass = 0; pass < 2; pass++) {
        for (uint32_t i = 0; i < m->names->list.n; i++) {
            news_name *name = &m->names->list.at[i];
            uint32_t *at =
                news_index_add(m->arena, &keys, m->forms[i].key.bytes, m->forms[i].key.n);
            if (!at) {
                return false;
            }
            if (*at == NEWS_NONE) {
                ballot *fresh = news_list_push(m->arena, &votes);
                if (!fresh) {
                    return false;
                }
                *fresh = (ballot){{0}};
                *at = votes.n - 1;
            }
            uint32_t *types = votes.at[*at].types;
            if (pass == 0) {
                /* NOLINTNEXTLINE(clang-analyzer-core.NullDereference): an index is a ballot's. */
                types[name->type] += name->known != NEWS_NONE ? 1000000u
                                     : m->forms[i].defined    ? DEFINED_VOTES
                                                              : name->sureness + 1u;
                continue;
            }
            uint32_t best = name->type;
            for (uint32_t t = 0; t < NEWS_N_ENTITY_TYPES; t++) {
                best = types[t] > types[best] ? t : best;
            }
            /* A clear majority only: "Washington" may well be both. */
            if (types[best] > 2 * types[name->type]) {
                name->type = (news_entity_type)best;
                m->forms[i].gender = name->type == NEWS_ENTITY_PERSON ? gender_of(m, i) : 0;
            }
        }
    }
    return true;
}

/* Names spelt alike, and names of one thing of the gazetteer. */
static bool join_equal(merger *m) {
    news_index keys = {0}, things = {0};
    for (uint32_t i = 0; i < m->names->list.n; i++) {
        news_name *name = &m->names->list.at[i];
        bool person = name->type == NEWS_ENTITY_PERSON;
        if (!person || name->n_tokens > 1) {
            uint32_t *at =
                news_index_add(m->arena, &keys, m->forms[i].key.bytes, m->forms[i].key.n);
            if (!at) {
                return false;
            }
            if (*at == NEWS_NONE) {
                *at = i;
            } else if ((m->names->list.at[*at].type == NEWS_ENTITY_PERSON) == person) {
                join(m, *at, i);
            }
        }
        uint32_t group = name->known != NEWS_NONE ? name->known : NEWS_NONE;
        if (group == NEWS_NONE && name->thing != NEWS_NO_THING &&
            news_thing_type(name->thing) == name->type) {
            group = (1u << 31) + name->thing;
        }
        if (group != NEWS_NONE) {
            uint32_t *key = news_arena_alloc(m->arena, 2 * sizeof *key);
            if (!key) {
                return false;
            }
            key[0] = group;
            key[1] = item_of(m, i);
            uint32_t *at = news_index_add(m->arena, &things, (const char *)key, 2 * sizeof *key);
            if (!at) {
                return false;
            }
            if (*at == NEWS_NONE) {
                *at = i;
            } else {
                join(m, *at, i);
            }
        }
    }
    return true;
}

/* Whether the words of one key are the last words of the other ("K Natwar Singh", "Natwar Singh").
 */
static bool is_tail(news_string key, news_string tail) {
    uint32_t item = sizeof(uint32_t), n = tail.n - item;
    return key.n > tail.n && key.bytes[key.n - n - 1] == ' ' &&
           memcmp(key.bytes + key.n - n, tail.bytes + item, n) == 0;
}

/* Whether the first names of two full names with one last name agree. */
static bool compatible(const merger *m, uint32_t a, uint32_t b) {
    const form *x = &m->forms[a], *y = &m->forms[b];
    if (x->gender && y->gender && x->gender != y->gender) {
        return false;
    }
    if (same(x->first, y->first) || is_tail(x->key, y->key) || is_tail(y->key, x->key)) {
        return true;
    }
    /* "J." or "J" for "Joseph". */
    const form *shorter = x->first.n < y->first.n ? x : y, *longer = shorter == x ? y : x;
    uint32_t n = shorter->first.n - (shorter->first.bytes[shorter->first.n - 1] == '.');
    return n == 1 && longer->first.bytes[0] == shorter->first.bytes[0];
}

/* Full names of one person: the same last name, first names that agree. */
static bool join_full_names(merger *m, news_index *by_last) {
    for (uint32_t i = 0; i < m->names->list.n; i++) {
        const news_name *name = &m->names->list.at[i];
        if (name->type != NEWS_ENTITY_PERSON || name->n_tokens < 2) {
            continue;
        }
        uint32_t *at =
            news_index_add(m->arena, by_last, m->forms[i].last.bytes, m->forms[i].last.n);
        if (!at) {
            return false;
        }
        uint32_t tried = 0, other = *at;
        for (; other != NEWS_NONE && tried < MOST_NAMESAKES;
             tried++, other = m->forms[other].before) {
            if (item_of(m, other) == item_of(m, i) && compatible(m, other, i)) {
                join(m, other, i);
                break;
            }
        }
        if (other == NEWS_NONE || tried == MOST_NAMESAKES) {
            m->forms[i].before = *at;
            *at = i;
        }
    }
    return true;
}

/* The person that a single name stands for: one whose last name it is, else one whose first. */
static uint32_t full_name_of(const merger *m, uint32_t i, const news_index *by_last,
                             const news_index *by_first, const uint32_t *uses) {
    const news_index *tables[] = {by_last, by_first};
    for (int k = 0; k < 2; k++) {
        const uint32_t *at = news_index_find(tables[k], m->forms[i].key.bytes + sizeof(uint32_t),
                                             m->forms[i].key.n - (uint32_t)sizeof(uint32_t));
        uint32_t best = NEWS_NONE, tried = 0;
        uint8_t gender = m->forms[i].gender;
        for (uint32_t other = at ? *at : NEWS_NONE; other != NEWS_NONE && tried < MOST_NAMESAKES;
             other = k == 0 ? m->forms[other].before : NEWS_NONE, tried++) {
            uint32_t r = root(m, other);
            if (item_of(m, other) != item_of(m, i) ||
                (gender && m->forms[r].gender && gender != m->forms[r].gender)) {
                continue;
            }
            /* Whoever has been named before, then whoever is named most, then the first. */
            if (best == NEWS_NONE || (r < i) > (best < i) ||
                ((r < i) == (best < i) &&
                 (uses[r] > uses[best] || (uses[r] == uses[best] && r < best)))) {
                best = r;
            }
        }
        if (best != NEWS_NONE) {
            return best;
        }
    }
    return NEWS_NONE;
}

/* Single names of persons to full ones; those left over among themselves. */
static bool join_short_names(merger *m, const news_index *by_last) {
    news_index by_first = {0}, alone = {0};
    uint32_t n = m->names->list.n;
    uint32_t *uses = news_arena_array(m->arena, n + 1, sizeof *uses);
    if (!uses) {
        return false;
    }
    for (uint32_t i = 0; i < n; i++) {
        const news_name *name = &m->names->list.at[i];
        if (name->type == NEWS_ENTITY_PERSON && name->n_tokens > 1) {
            uint32_t *at =
                news_index_add(m->arena, &by_first, m->forms[i].first.bytes, m->forms[i].first.n);
            if (!at) {
                return false;
            }
            *at = *at == NEWS_NONE ? i : *at;
            uses[root(m, i)]++;
        }
    }
    for (uint32_t i = 0; i < n; i++) {
        const news_name *name = &m->names->list.at[i];
        if (name->type != NEWS_ENTITY_PERSON || name->n_tokens != 1) {
            continue;
        }
        uint32_t full = full_name_of(m, i, by_last, &by_first, uses);
        if (full != NEWS_NONE) {
            uses[root(m, full)]++;
            join(m, full, i);
            continue;
        }
        uint32_t *at = news_index_add(m->arena, &alone, m->forms[i].key.bytes, m->forms[i].key.n);
        if (!at) {
            return false;
        }
        if (*at == NEWS_NONE) {
            *at = i;
        } else {
            join(m, *at, i);
        }
    }
    return true;
}

/* "Cisco" for "Cisco Systems": a single word of an organisation that begins the name of one other.
 */
static bool join_first_words(merger *m) {
    news_index by_first = {0};
    for (int pass = 0; pass < 2; pass++) {
        for (uint32_t i = 0; i < m->names->list.n; i++) {
            const news_name *name = &m->names->list.at[i];
            const form *f = &m->forms[i];
            if (name->type != NEWS_ENTITY_ORGANIZATION || (name->n_tokens == 1) != (pass == 1) ||
                news_words_find(&news_words_name_words, f->first.bytes, f->first.n).is_entry) {
                continue;
            }
            uint32_t *at = pass == 0
                               ? news_index_add(m->arena, &by_first, f->first.bytes, f->first.n)
                               : news_index_find(&by_first, f->first.bytes, f->first.n);
            if (!at && pass == 0) {
                return false;
            }
            if (pass == 0) {
                bool other = *at != NEWS_NONE && (*at == SEVERAL || root(m, *at) != root(m, i));
                *at = *at == NEWS_NONE ? i : other ? SEVERAL : *at;
            } else if (at && *at != SEVERAL && item_of(m, *at) == item_of(m, i) &&
                       (name->thing == NEWS_NO_THING ||
                        m->names->list.at[*at].thing == NEWS_NO_THING)) {
                join(m, *at, i);
            }
        }
    }
    return true;
}

bool news_find_same(news_arena *arena, const news_article *article, news_names *names) {
    merger m = {arena, article, names, NULL};
    news_index by_last = {0};
    m.forms = news_arena_array(arena, names->list.n + 1, sizeof *m.forms);
    if (!m.forms || !make_forms(&m) || !promote(&m) || !settle_short(&m)) {
        return false;
    }
    join_definitions(&m);
    if (!vote(&m) || !join_equal(&m) || !join_first_words(&m) || !join_full_names(&m, &by_last) ||
        !join_short_names(&m, &by_last)) {
        return false;
    }
    for (uint32_t i = 0; i < names->list.n; i++) {
        names->list.at[i].entity = root(&m, i);
    }
    return true;
}
