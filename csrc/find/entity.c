/* Names → same things → references → entities in order of salience. */
#include "entity.h"
#include "merge.h"
#include "resolve.h"
#include "utf8.h"

#include <stdlib.h>
#include <string.h>

/* How many other names and roles an entry shows. */
enum { MOST_ALIASES = 12, MOST_ROLES = 6 };

/* Weight of a mention by where it stands, and of each of the ten parts of an article that an entity
 * is mentioned in. */
enum {
    WEIGHT_HEADLINE = 16,
    WEIGHT_DEK = 8,
    WEIGHT_LEDE = 6,
    WEIGHT_NAME = 4,
    WEIGHT_REFERENCE = 2,
    WEIGHT_PART = 3,
    PARTS = 10,
};

/* An entity while it is put together. */
typedef struct draft {
    uint32_t root; /* its first name */
    uint32_t salience;
    uint32_t parts;    /* bit set of the tenths of the text that it stands in */
    uint32_t fullest;  /* the name that shows it best */
    uint32_t sureness; /* the surest of its names' */
    uint32_t n_names;
    uint32_t last; /* newest mention while they are linked */
    NEWS_LIST(news_string) aliases, roles;
    bool headline, dek;
} draft;

typedef struct builder {
    news_arena *arena;
    const news_article *article;
    const news_known_entity *known;
    const news_names *names;
    const news_references *references;
    NEWS_LIST(draft) drafts;
    uint32_t *draft_of; /* by root name */
    uint32_t lede_from, lede_to;
    news_entities *out;
} builder;

/* The bytes of a span with each stretch of white space as one blank. */
static news_string flat(builder *b, news_span span) {
    const char *text = b->article->text->bytes;
    news_string out = news_arena_copy(b->arena, text + span.from, span.to - span.from);
    if (!out.bytes) {
        return out;
    }
    char *bytes = (char *)out.bytes; /* just made */
    uint32_t n = 0;
    bool blank = false;
    for (uint32_t at = span.from, length; at < span.to; at += length) {
        uint32_t c = news_utf8_decode(text + at, span.to - at, &length);
        if (news_utf8_is_space(c)) {
            blank = true;
            continue;
        }
        if (blank) {
            bytes[n++] = ' ';
            blank = false;
        }
        memmove(bytes + n, text + at, length);
        n += length;
    }
    out.n = n;
    return out;
}

static bool same(news_string a, news_string b) {
    return a.n == b.n && memcmp(a.bytes, b.bytes, a.n) == 0;
}

/* The first two paragraphs of the article. */
static void find_lede(builder *b) {
    uint32_t seen = 0;
    b->lede_from = b->lede_to = 0;
    for (uint32_t i = 0; i < b->article->n_blocks && seen < 2; i++) {
        if (b->article->blocks[i].role == NEWS_ROLE_PARAGRAPH) {
            b->lede_from = seen == 0 ? b->article->blocks[i].span.from : b->lede_from;
            b->lede_to = b->article->blocks[i].span.to;
            seen++;
        }
    }
}

/* Whether name `a` shows its entity better than name `b`: a place or organisation by its longest
 * form, a person by the form of most words; acronyms last. */
static bool is_fuller(const news_article *article, const news_name *a, const news_name *b) {
    bool a_caps = a->n_tokens == 1 && article->tokens[a->first].flags & NEWS_TOKEN_ALL_CAPS;
    bool b_caps = b->n_tokens == 1 && article->tokens[b->first].flags & NEWS_TOKEN_ALL_CAPS;
    if (a_caps != b_caps) {
        return b_caps;
    }
    if (a->n_tokens != b->n_tokens) {
        return a->n_tokens > b->n_tokens;
    }
    /* A dateline's capitals show a place worse than the text does. */
    a_caps = article->tokens[a->first].flags & NEWS_TOKEN_ALL_CAPS;
    b_caps = article->tokens[b->first].flags & NEWS_TOKEN_ALL_CAPS;
    if (a_caps != b_caps && a->n_tokens > 1) {
        return b_caps;
    }
    return a->span.to - a->span.from > b->span.to - b->span.from;
}

static bool add_string(builder *b, draft *d, bool is_role, news_span span) {
    news_string text = flat(b, span);
    if (!text.bytes) {
        return false;
    }
    uint32_t n = is_role ? d->roles.n : d->aliases.n;
    const news_string *at = is_role ? d->roles.at : d->aliases.at;
    for (uint32_t i = 0; i < n; i++) {
        if (same(at[i], text)) {
            return true;
        }
    }
    if (n == (is_role ? MOST_ROLES : MOST_ALIASES)) {
        return true;
    }
    news_string *slot =
        is_role ? news_list_push(b->arena, &d->roles) : news_list_push(b->arena, &d->aliases);
    if (slot) {
        *slot = text;
    }
    return slot != NULL;
}

/* Adds the weight of a mention in block `block`. */
static void weigh(const builder *b, draft *d, news_span span, uint32_t block, bool is_name) {
    news_role role = b->article->blocks[block].role;
    uint32_t weight = is_name ? WEIGHT_NAME : WEIGHT_REFERENCE;
    if (role == NEWS_ROLE_HEADLINE && !d->headline) {
        d->headline = true;
        weight = WEIGHT_HEADLINE;
    } else if (role == NEWS_ROLE_DEK && !d->dek) {
        d->dek = true;
        weight = WEIGHT_DEK;
    } else if (is_name && span.from >= b->lede_from && span.to <= b->lede_to) {
        weight = WEIGHT_LEDE;
    }
    d->salience += weight;
    d->parts |= 1u << (uint32_t)((uint64_t)span.from * PARTS / (b->article->text->n + 1u));
}

static uint32_t block_of(const news_article *article, uint32_t token) {
    return article->sentences[article->tokens[token].sentence].block;
}

static bool draft_entities(builder *b) {
    for (uint32_t i = 0; i < b->names->list.n; i++) {
        const news_name *name = &b->names->list.at[i];
        if (name->entity == i) {
            draft *fresh = news_list_push(b->arena, &b->drafts);
            if (!fresh) {
                return false;
            }
            *fresh = (draft){.root = i, .fullest = i, .last = NEWS_NONE};
            b->draft_of[i] = b->drafts.n - 1;
        }
        draft *d = &b->drafts.at[b->draft_of[name->entity]];
        d->n_names++;
        d->sureness = name->sureness > d->sureness ? name->sureness : d->sureness;
        if (is_fuller(b->article, name, &b->names->list.at[d->fullest])) {
            d->fullest = i;
        }
        weigh(b, d, name->span, block_of(b->article, name->first), true);
        if (!add_string(b, d, false, name->span) ||
            (name->title.from < name->title.to && !add_string(b, d, true, name->title)) ||
            (name->apposition.from < name->apposition.to &&
             !add_string(b, d, true, name->apposition))) {
            return false;
        }
    }
    uint32_t block = 0;
    for (uint32_t i = 0; i < b->references->list.n; i++) {
        const news_reference *reference = &b->references->list.at[i];
        while (b->article->blocks[block].span.to < reference->span.to) {
            block++;
        }
        weigh(b, &b->drafts.at[b->draft_of[reference->name]], reference->span, block, false);
    }
    for (uint32_t i = 0; i < b->drafts.n; i++) {
        draft *d = &b->drafts.at[i];
        for (uint32_t parts = d->parts; parts; parts &= parts - 1) {
            d->salience += WEIGHT_PART;
        }
        const news_name *name = &b->names->list.at[d->fullest];
        /* Nationalities are named in passing. */
        if (name->thing != NEWS_NO_THING && news_things[name->thing].kind == NEWS_THING_DEMONYM) {
            d->salience /= 4;
        }
    }
    return true;
}

static int by_salience(const void *left, const void *right) {
    const draft *a = left, *b = right;
    if (a->salience != b->salience) {
        return a->salience > b->salience ? -1 : 1;
    }
    return a->root < b->root ? -1 : a->root > b->root;
}

/* The type that most of its names have. */
static news_entity_type type_of(const builder *b, const draft *d) {
    return b->names->list.at[d->fullest].type;
}

static bool build_entities(builder *b) {
    if (b->drafts.n) {
        qsort(b->drafts.at, b->drafts.n, sizeof *b->drafts.at, by_salience);
    }
    for (uint32_t i = 0; i < b->drafts.n; i++) {
        draft *d = &b->drafts.at[i];
        b->draft_of[d->root] = i;
        news_entity *entity = news_list_push(b->arena, &b->out->entities);
        if (!entity) {
            return false;
        }
        const news_name *fullest = &b->names->list.at[d->fullest];
        *entity = (news_entity){
            .name = flat(b, fullest->span),
            .type = type_of(b, d),
            .gender = b->references->genders[d->root],
            .score = (float)d->sureness / 1000.0f,
            .item = b->article->blocks[block_of(b->article, fullest->first)].item,
            .first_mention = NEWS_NONE,
        };
        if (!entity->name.bytes) {
            return false;
        }
        if (fullest->known != NEWS_NONE) {
            const news_known_entity *known = &b->known[fullest->known];
            entity->name = news_arena_copy(b->arena, known->name.bytes, known->name.n);
            entity->type = known->type;
            entity->gender =
                known->type == NEWS_ENTITY_PERSON ? entity->gender : NEWS_GENDER_UNKNOWN;
            entity->score = 1;
            if (!entity->name.bytes) {
                return false;
            }
        }
        uint32_t n = 0;
        for (uint32_t k = 0; k < d->aliases.n; k++) {
            if (!same(d->aliases.at[k], entity->name)) {
                d->aliases.at[n++] = d->aliases.at[k];
            }
        }
        entity->aliases = d->aliases.at;
        entity->n_aliases = n;
        entity->roles = d->roles.at;
        entity->n_roles = d->roles.n;
    }
    return true;
}

static bool add_mention(builder *b, news_span span, news_mention_kind kind, uint32_t root) {
    uint32_t entity = b->draft_of[root];
    news_mention *mention = news_list_push(b->arena, &b->out->mentions);
    if (!mention) {
        return false;
    }
    uint32_t index = b->out->mentions.n - 1;
    *mention = (news_mention){span, kind, entity, NEWS_NONE};
    draft *d = &b->drafts.at[entity];
    /* NOLINTNEXTLINE(clang-analyzer-core.NullDereference): every root has a draft. */
    if (d->last == NEWS_NONE) {
        b->out->entities.at[entity].first_mention = index;
    } else {
        b->out->mentions.at[d->last].next = index;
    }
    d->last = index;
    b->out->entities.at[entity].n_mentions++;
    return true;
}

/* Names and references in one order: by start, the longer first. */
static bool link_mentions(builder *b) {
    uint32_t name = 0, reference = 0;
    while (name < b->names->list.n || reference < b->references->list.n) {
        const news_name *n = name < b->names->list.n ? &b->names->list.at[name] : NULL;
        const news_reference *r =
            reference < b->references->list.n ? &b->references->list.at[reference] : NULL;
        bool added = false;
        if (n && (!r || n->span.from < r->span.from)) {
            added = add_mention(b, n->span, NEWS_MENTION_NAME, n->entity);
            name++;
        } else if (r) {
            added = add_mention(b, r->span, r->kind, r->name);
            reference++;
        }
        if (!added) {
            return false;
        }
    }
    return true;
}

bool news_find_entities(news_arena *arena, const news_article *article, const news_stretches *marks,
                        const news_known_entity *known, uint32_t n_known, news_entities *out) {
    news_lexicon *lexicon = &out->lexicon;
    news_views views;
    news_names names = {0};
    news_references references = {0};
    if (!news_find_lexicon(arena, article, lexicon) ||
        !news_find_views(arena, article, lexicon, &news_entity_model, &views) ||
        !news_find_names(arena, &views, &news_entity_model, known, n_known, &names)) {
        return false;
    }
    news_find_titles(article, &names);
    if (!news_find_same(arena, article, &names) ||
        !news_find_references(arena, article, marks, &names, &references)) {
        return false;
    }
    builder b = {.arena = arena,
                 .article = article,
                 .known = known,
                 .names = &names,
                 .references = &references,
                 .out = out};
    b.draft_of = news_arena_array(arena, names.list.n + 1, sizeof *b.draft_of);
    if (!b.draft_of) {
        return false;
    }
    find_lede(&b);
    return draft_entities(&b) && build_entities(&b) && link_mentions(&b);
}
