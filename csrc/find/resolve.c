/* One walk through the tokens with the names last seen at hand; every reference looks at a bounded
 * number of them. */
#include "resolve.h"
#include "word_lists.h"

#include <string.h>

enum {
    MOST_RECENT = 12,        /* persons that a pronoun may stand for: older ones are named again */
    MOST_BODIES = 6,         /* organisations that "the ministry" may stand for */
    BODY_WITHIN = 8,         /* sentences */
    MOST_ROLES = 6,          /* of one person */
    LONGEST_DESCRIPTION = 7, /* tokens */
    SHORTEST_SPEECH = 6      /* tokens between marks: fewer are a title or a nickname */
};

/* Points that a candidate gets; from what a careful reader does, tuned on no corpus. */
enum {
    POINTS_FRESH = 12,   /* named in this sentence */
    POINTS_SENTENCE = 3, /* lost with each sentence since */
    POINTS_SECTION = 4,  /* lost across a subhead */
    POINTS_SUBJECT = 3,  /* named first in its sentence */
    POINTS_QUOTED = 6,   /* lost by whom only quoted speech names, where the narrator speaks */
    POINTS_GENDER = 2,   /* known to agree */
    POINTS_ROLE = 8,     /* has been called so */
    POINTS_LEADER = 4,   /* "the leader" of somebody with an office */
    POINTS_COUNTRY = 6,  /* of the country that the description names */
    POINTS_SURE = 100,
    POINTS_NEEDED = 4,      /* by a pronoun */
    POINTS_DESCRIPTION = 10 /* by a description */
};

/* What is known of somebody, gathered from all names of the article. */
typedef struct profile {
    uint32_t roles[MOST_ROLES]; /* names that have a title or an apposition */
    uint32_t n_roles;
    uint16_t country; /* thing, or NEWS_NO_THING */
    uint8_t gender;   /* news_gender */
    bool is_person;
} profile;

/* A person or country in the reader's mind. */
typedef struct candidate {
    uint32_t root, sentence, block;
    uint32_t told; /* the narrator's sentence that has named it last, counted from 1; 0 for none */
    bool subject, told_subject;
} candidate;

typedef struct resolver {
    news_arena *arena;
    const news_article *article;
    const news_stretches *marks;
    const news_names *names;
    profile *profiles; /* by root name */
    candidate recent[MOST_RECENT];
    uint32_t n_recent;            /* newest last */
    uint32_t bodies[MOST_BODIES]; /* names of organisations, a ring */
    uint32_t n_bodies;            /* named so far */
    uint32_t subject_of;          /* sentence that has named its first person */
    uint32_t mark;                /* the stretch at hand or the next one */
    uint32_t told, told_of;       /* narrator's sentences so far; the last one */
    bool quoted;                  /* the token at hand is somebody's speech */
    news_references *out;
} resolver;

/* The country that the token names or is the demonym of. */
static uint16_t country_at(const news_article *article, uint32_t i, uint32_t end) {
    if (!(article->tokens[i].flags & NEWS_TOKEN_CAPITAL)) {
        return NEWS_NO_THING;
    }
    news_match match = news_find_thing(article, i, end);
    if (match.n_tokens == 0) {
        return NEWS_NO_THING;
    }
    uint16_t kind = news_things[match.thing].kind;
    return kind == NEWS_THING_COUNTRY || kind == NEWS_THING_DEMONYM || kind == NEWS_THING_REGION
               ? news_things[match.thing].link
               : NEWS_NO_THING;
}

/* The tokens of what a name is called besides. */
static void role_tokens(const news_article *article, const news_name *name, uint32_t *from,
                        uint32_t *to) {
    if (name->title.from < name->title.to) {
        *from = *to = name->first;
        while (*from > 0 && article->tokens[*from - 1].span.from >= name->title.from) {
            --*from;
        }
    } else {
        *from = name->first + name->n_tokens;
        while (article->tokens[*from].span.from < name->apposition.from) {
            ++*from;
        }
        *to = *from;
        while (*to < article->n_tokens && article->tokens[*to].span.to <= name->apposition.to) {
            ++*to;
        }
    }
}

static void learn(resolver *r) {
    for (uint32_t i = 0; i < r->names->list.n; i++) {
        const news_name *name = &r->names->list.at[i];
        profile *p = &r->profiles[name->entity];
        if (name->entity == i) {
            p->country = NEWS_NO_THING;
            p->is_person = name->type == NEWS_ENTITY_PERSON;
        }
        if (name->type != NEWS_ENTITY_PERSON) {
            continue;
        }
        uint8_t gender = name->title_is & NEWS_TITLES_MALE     ? 1
                         : name->title_is & NEWS_TITLES_FEMALE ? 2
                                                               : 0;
        if (!gender && name->n_tokens > 1) {
            news_span first = r->article->tokens[name->first].span;
            news_word word = news_words_find(
                &news_words_genders, r->article->text->bytes + first.from, first.to - first.from);
            gender = !word.is_entry ? 0 : word.value == NEWS_GENDERS_MALE ? 1 : 2;
        }
        p->gender = p->gender ? p->gender : gender;
        if ((name->title.from < name->title.to || name->apposition.from < name->apposition.to) &&
            p->n_roles < MOST_ROLES) {
            p->roles[p->n_roles++] = i;
            uint32_t from, to;
            role_tokens(r->article, name, &from, &to);
            for (uint32_t t = from; t < to && p->country == NEWS_NO_THING; t++) {
                p->country = country_at(r->article, t, to);
            }
        }
    }
}

/* Brings somebody to the front of the reader's mind. */
static void see(resolver *r, uint32_t root, uint32_t sentence) {
    uint32_t keep = 0;
    candidate seen = {.root = root};
    for (uint32_t i = 0; i < r->n_recent; i++) {
        if (r->recent[i].root != root) {
            r->recent[keep++] = r->recent[i];
        } else {
            seen = r->recent[i];
        }
    }
    r->n_recent = keep;
    if (r->n_recent == MOST_RECENT) {
        memmove(r->recent, r->recent + 1, (MOST_RECENT - 1) * sizeof *r->recent);
        r->n_recent--;
    }
    seen.subject = r->subject_of != sentence || (seen.subject && seen.sentence == sentence);
    r->subject_of = sentence;
    seen.sentence = sentence;
    seen.block = r->article->sentences[sentence].block;
    if (!r->quoted) {
        seen.told_subject = seen.subject;
        seen.told = r->told;
    }
    r->recent[r->n_recent++] = seen;
}

static bool crosses_subhead(const resolver *r, uint32_t from, uint32_t to) {
    for (uint32_t b = from + 1; b <= to && b - from < 32; b++) {
        if (r->article->blocks[b].role == NEWS_ROLE_SUBHEAD) {
            return true;
        }
    }
    return false;
}

/* The narrator and those he quotes do not speak of the same people: for his pronouns, his own
 * sentences count. */
static int recency(const resolver *r, const candidate *c, uint32_t sentence) {
    bool narrated = !r->quoted && c->told;
    uint32_t gap = narrated ? r->told - c->told : sentence - c->sentence;
    int points = POINTS_FRESH - POINTS_SENTENCE * (int)(gap < 8 ? gap : 8);
    points += (narrated ? c->told_subject : c->subject) ? POINTS_SUBJECT : 0;
    points -= !r->quoted && !narrated ? POINTS_QUOTED : 0;
    points -=
        crosses_subhead(r, c->block, r->article->sentences[sentence].block) ? POINTS_SECTION : 0;
    return points;
}

static bool refer(resolver *r, uint32_t from, uint32_t to, news_mention_kind kind, uint32_t root) {
    news_reference *reference = news_list_push(r->arena, &r->out->list);
    if (!reference) {
        return false;
    }
    *reference = (news_reference){
        {r->article->tokens[from].span.from, r->article->tokens[to - 1].span.to}, kind, root};
    return true;
}

/* 1 for "he" and its kin, 2 for "she", 0 for other words. */
static uint8_t pronoun_gender(const news_article *article, uint32_t i) {
    static const struct {
        char word[8];
        uint8_t gender;
    } pronouns[] = {{"he", 1},  {"him", 1}, {"his", 1},  {"himself", 1},
                    {"she", 2}, {"her", 2}, {"hers", 2}, {"herself", 2}};
    for (size_t k = 0; k < sizeof pronouns / sizeof *pronouns; k++) {
        if (news_form_is_word(article, i, pronouns[k].word)) {
            return pronouns[k].gender;
        }
    }
    return 0;
}

/* "For his part, Xi said": whom the pronoun near the start of sentence at `i` waits for, or
 * NEWS_NONE. */
static uint32_t named_after(const resolver *r, uint32_t i, uint32_t name) {
    const news_article *article = r->article;
    const news_sentence *sentence = &article->sentences[article->tokens[i].sentence];
    uint32_t end = sentence->first_token + sentence->n_tokens, comma = i + 1;
    if (i > sentence->first_token + 2 || name >= r->names->list.n) {
        return NEWS_NONE;
    }
    while (comma < end && comma < i + 4 && !news_form_is_word(article, comma, ",")) {
        comma++;
    }
    const news_name *next = &r->names->list.at[name];
    bool follows =
        comma < end && news_form_is_word(article, comma, ",") && next->first == comma + 1;
    return follows && r->profiles[next->entity].is_person ? next->entity : NEWS_NONE;
}

static bool resolve_pronoun(resolver *r, uint32_t i, uint8_t gender, uint32_t name) {
    uint32_t sentence = r->article->tokens[i].sentence, best = named_after(r, i, name);
    int most = best == NEWS_NONE ? POINTS_NEEDED - 1 : POINTS_SURE;
    for (uint32_t k = r->n_recent; k-- > 0;) {
        const profile *p = &r->profiles[r->recent[k].root];
        if (!p->is_person || (p->gender && p->gender != gender)) {
            continue;
        }
        int points = recency(r, &r->recent[k], sentence) + (p->gender ? POINTS_GENDER : 0);
        if (points > most) {
            most = points;
            best = r->recent[k].root;
        }
    }
    if (best == NEWS_NONE) {
        return true;
    }
    if (!r->profiles[best].gender) {
        r->profiles[best].gender = gender;
    }
    if (!refer(r, i, i + 1, NEWS_MENTION_PRONOUN, best)) {
        return false;
    }
    see(r, best, sentence);
    return true;
}

/* Whether somebody has been called by the word that token `head` is, case and number left aside. */
static bool has_role(const resolver *r, const profile *p, uint32_t head) {
    news_span span = r->article->tokens[head].span;
    const char *text = r->article->text->bytes;
    uint32_t n = span.to - span.from;
    for (uint32_t k = 0; k < p->n_roles; k++) {
        uint32_t from, to;
        role_tokens(r->article, &r->names->list.at[p->roles[k]], &from, &to);
        for (uint32_t t = from; t < to; t++) {
            news_span word = r->article->tokens[t].span;
            uint32_t length = word.to - word.from, common = 0;
            while (common < length && common < n &&
                   (text[word.from + common] | 0x20) == (text[span.from + common] | 0x20)) {
                common++;
            }
            /* "presidents" of a "president". */
            if (common == length &&
                (n == length || (n == length + 1 && (text[span.to - 1] == 's')))) {
                return true;
            }
        }
    }
    return false;
}

/* How well somebody fits a description whose title is tokens `first` to `head`. */
static int fit(const resolver *r, const profile *p, uint32_t first, uint32_t head, uint16_t flags,
               uint16_t country) {
    if (!p->is_person || (flags & NEWS_TITLES_MALE && p->gender == 2) ||
        (flags & NEWS_TITLES_FEMALE && p->gender == 1) ||
        (country != NEWS_NO_THING && p->country != NEWS_NO_THING && p->country != country)) {
        return -100;
    }
    int points = country != NEWS_NO_THING && p->country == country ? POINTS_COUNTRY : 0;
    if (has_role(r, p, head) && has_role(r, p, first)) {
        return points + POINTS_ROLE;
    }
    bool leader = news_form_is_word(r->article, head, "leader") ||
                  news_form_is_word(r->article, head, "leaders");
    return points + (leader && p->n_roles > 0 ? POINTS_LEADER : 0);
}

/* "the Chinese President": from the article at `i`; *next: the token behind it where it was one. */
static bool resolve_description(resolver *r, uint32_t i, uint32_t end, uint32_t *next) {
    const news_article *article = r->article;
    uint16_t country = NEWS_NO_THING;
    uint32_t first = i, head = NEWS_NONE, after = i;
    uint16_t flags = 0;
    for (uint32_t t = i + 1; t < end && t < i + LONGEST_DESCRIPTION; t++) {
        if (article->tokens[t].kind != NEWS_TOKEN_WORD &&
            article->tokens[t].kind != NEWS_TOKEN_NUMBER &&
            article->text->bytes[article->tokens[t].span.from] != '-') {
            break;
        }
        country = country == NEWS_NO_THING ? country_at(article, t, end) : country;
        for (uint32_t n = t + 3 <= end ? 3 : end - t; n > 0; n--) {
            news_word word = news_form_look_up(article, &news_words_titles, t, t + n);
            if (word.is_entry && word.value & NEWS_TITLES_NOUN) {
                first = t;
                head = t + n - 1;
                after = t + n;
                flags = word.value;
                t = head;
                break;
            }
        }
        if (head != NEWS_NONE && head != t) {
            break;
        }
    }
    if (head == NEWS_NONE ||
        (after < end && (article->tokens[after].flags & NEWS_TOKEN_CAPITAL ||
                         news_form_is_word(article, after, "of") ||
                         article->tokens[after].kind == NEWS_TOKEN_SUFFIX ||
                         (article->tokens[after].kind == NEWS_TOKEN_MARK &&
                          article->text->bytes[article->tokens[after].span.from] == '-')))) {
        return true;
    }
    uint32_t sentence = article->tokens[i].sentence, best = NEWS_NONE;
    int most = POINTS_DESCRIPTION - 1;
    for (uint32_t k = r->n_recent; k-- > 0;) {
        const profile *p = &r->profiles[r->recent[k].root];
        int fits = fit(r, p, first, head, flags, country);
        int points = fits + recency(r, &r->recent[k], sentence);
        if (fits >= POINTS_ROLE / 2 && points > most) {
            most = points;
            best = r->recent[k].root;
        }
    }
    if (best == NEWS_NONE) {
        return true;
    }
    *next = after;
    if (!refer(r, i, after, NEWS_MENTION_DESCRIPTION, best)) {
        return false;
    }
    see(r, best, sentence);
    return true;
}

/* Whether name `i` is that of a body which the small word at `head` describes: "the ministry" after
 * "Ministry of Health", "the company" after a company. */
static bool is_body(const resolver *r, uint32_t i, uint32_t head) {
    const news_article *article = r->article;
    const news_name *name = &r->names->list.at[i];
    news_span word = article->tokens[head].span;
    const char *text = article->text->bytes;
    /* A headline's "Ministry" is no name to tell it from others by. */
    for (uint32_t t = name->first; name->n_tokens > 1 && t < name->first + name->n_tokens; t++) {
        news_span span = article->tokens[t].span;
        if (span.to - span.from == word.to - word.from &&
            (text[span.from] | 0x20) == text[word.from] &&
            memcmp(text + span.from + 1, text + word.from + 1, word.to - word.from - 1) == 0) {
            return true;
        }
    }
    if (!news_form_is_word(article, head, "company") && !news_form_is_word(article, head, "firm")) {
        return false;
    }
    uint32_t last = name->first + name->n_tokens - 1;
    news_word suffix = news_form_look_up(article, &news_words_name_words, last, last + 1);
    return (name->thing != NEWS_NO_THING && news_things[name->thing].kind == NEWS_THING_COMPANY) ||
           (name->n_tokens > 1 && suffix.is_entry && suffix.value & NEWS_NAME_WORDS_SUFFIX);
}

/* Whether the token behind a description makes it a subject or ends it. */
static bool goes_on_with_verb(const news_article *article, uint32_t i) {
    static const char *const words[] = {"said",  "says", "has",   "had",   "was",   "is",  "will",
                                        "would", "did",  "does",  "also",  "which", "can", "could",
                                        "told",  "and",  "added", "wrote", "plans", "that"};
    const news_token *token = &article->tokens[i];
    if (token->kind != NEWS_TOKEN_WORD) {
        return token->kind == NEWS_TOKEN_SUFFIX ||
               (token->kind == NEWS_TOKEN_MARK &&
                strchr(".,;", article->text->bytes[token->span.from]));
    }
    for (size_t k = 0; k < sizeof words / sizeof *words; k++) {
        if (news_form_is_word(article, i, words[k])) {
            return true;
        }
    }
    uint32_t n = token->span.to - token->span.from;
    return n > 4 && memcmp(article->text->bytes + token->span.to - 2, "ed", 2) == 0;
}

/* "the ministry said": the one body named of late that the word describes; two that it might be
 * leave it open. */
static bool resolve_body(resolver *r, uint32_t i, uint32_t end, uint32_t *next) {
    const news_article *article = r->article;
    uint32_t head = i + 1, sentence = article->tokens[i].sentence, best = NEWS_NONE;
    if (head >= end || article->tokens[head].kind != NEWS_TOKEN_WORD ||
        article->tokens[head].flags & NEWS_TOKEN_CAPITAL) {
        return true;
    }
    news_word word = news_form_look_up(article, &news_words_name_words, head, head + 1);
    bool firm =
        news_form_is_word(article, head, "company") || news_form_is_word(article, head, "firm");
    if (!firm && !(word.is_entry && word.value & NEWS_NAME_WORDS_HEAD)) {
        return true;
    }
    /* "the union of …", "the bank holiday": only where a verb or an end seems to follow. */
    if (head + 1 < end && !goes_on_with_verb(article, head + 1)) {
        return true;
    }
    uint32_t n = r->n_bodies < MOST_BODIES ? r->n_bodies : MOST_BODIES;
    for (uint32_t k = 0; k < n; k++) {
        uint32_t name = r->bodies[(r->n_bodies - 1 - k) % MOST_BODIES];
        uint32_t root = r->names->list.at[name].entity;
        if (sentence - article->tokens[r->names->list.at[name].first].sentence > BODY_WITHIN ||
            !is_body(r, name, head)) {
            continue;
        }
        if (best != NEWS_NONE && best != root) {
            return true;
        }
        best = root;
    }
    if (best == NEWS_NONE) {
        return true;
    }
    *next = head + 1;
    return refer(r, i, head + 1, NEWS_MENTION_DESCRIPTION, best);
}

/* "both leaders", "the two presidents", "the pair": the two persons that fit best. */
static bool resolve_group(resolver *r, uint32_t i, uint32_t end, uint32_t *next) {
    const news_article *article = r->article;
    uint32_t t = i + 1;
    if (!news_form_is_word(article, i, "both")) {
        if (t >= end || !news_form_is_word(article, t, "two")) {
            return true;
        }
        t++;
    }
    if (t < end && country_at(article, t, end) != NEWS_NO_THING) {
        return true;
    }
    uint32_t head = NEWS_NONE;
    for (uint32_t n = 1; n <= 2 && t + n <= end; n++) {
        news_word word = news_form_look_up(article, &news_words_titles, t, t + n);
        if (word.is_entry && word.value & NEWS_TITLES_GROUP) {
            head = t + n - 1;
        }
    }
    if (head == NEWS_NONE) {
        return true;
    }
    uint32_t sentence = article->tokens[i].sentence, best[2] = {NEWS_NONE, NEWS_NONE};
    int most[2] = {0, 0};
    for (uint32_t k = r->n_recent; k-- > 0;) {
        const profile *p = &r->profiles[r->recent[k].root];
        int points = fit(r, p, t, head, 0, NEWS_NO_THING) + recency(r, &r->recent[k], sentence);
        if (!p->is_person) {
            continue;
        }
        if (points > most[0]) {
            most[1] = most[0];
            best[1] = best[0];
            most[0] = points;
            best[0] = r->recent[k].root;
        } else if (points > most[1]) {
            most[1] = points;
            best[1] = r->recent[k].root;
        }
    }
    if (best[1] == NEWS_NONE) {
        return true;
    }
    bool swap = best[1] < best[0];
    *next = head + 1;
    return refer(r, i, head + 1, NEWS_MENTION_DESCRIPTION, best[swap]) &&
           refer(r, i, head + 1, NEWS_MENTION_DESCRIPTION, best[!swap]);
}

/* Says of the token `i` who speaks; tokens come in order. */
static void listen(resolver *r, uint32_t i) {
    const news_stretch *marks = r->marks->list.at;
    while (r->mark < r->marks->list.n && marks[r->mark].end <= i) {
        r->mark++;
    }
    r->quoted = r->mark < r->marks->list.n && marks[r->mark].open <= i &&
                marks[r->mark].end - marks[r->mark].open >= SHORTEST_SPEECH;
    const news_token *token = &r->article->tokens[i];
    if (!r->quoted && token->kind == NEWS_TOKEN_WORD && r->told_of != token->sentence) {
        r->told_of = token->sentence;
        r->told++;
    }
}

static bool walk(resolver *r) {
    const news_article *article = r->article;
    const news_name *names = r->names->list.at;
    uint32_t n_names = r->names->list.n, name = 0;
    for (uint32_t i = 0; i < article->n_tokens;) {
        const news_sentence *sentence = &article->sentences[article->tokens[i].sentence];
        uint32_t end = sentence->first_token + sentence->n_tokens;
        news_role role = article->blocks[sentence->block].role;
        listen(r, i);
        while (name < n_names && names[name].first + names[name].n_tokens <= i) {
            name++;
        }
        if (name < n_names && names[name].first <= i) {
            if (names[name].first == i && r->profiles[names[name].entity].is_person) {
                see(r, names[name].entity, article->tokens[i].sentence);
            } else if (names[name].first == i && names[name].type == NEWS_ENTITY_ORGANIZATION) {
                r->bodies[r->n_bodies++ % MOST_BODIES] = name;
            }
            i = names[name].first + names[name].n_tokens;
            continue;
        }
        uint32_t next = i + 1;
        if (article->tokens[i].kind == NEWS_TOKEN_WORD && role != NEWS_ROLE_BOILERPLATE &&
            (r->n_recent > 0 || r->n_bodies > 0)) {
            uint8_t gender = pronoun_gender(article, i);
            bool ok = true;
            if (gender) {
                ok = resolve_pronoun(r, i, gender, name);
            } else if (news_form_is_word(article, i, "both") ||
                       news_form_is_word(article, i, "the")) {
                uint32_t after = i;
                ok = resolve_group(r, i, end, &after);
                if (ok && after == i && news_form_is_word(article, i, "the")) {
                    ok = resolve_description(r, i, end, &after);
                }
                if (ok && after == i && news_form_is_word(article, i, "the")) {
                    ok = resolve_body(r, i, end, &after);
                }
                /* Names inside a description ("the Chinese president") are countries: nobody is
                 * missed. */
                next = after > i ? after : next;
            }
            if (!ok) {
                return false;
            }
        }
        i = next;
    }
    return true;
}

bool news_find_references(news_arena *arena, const news_article *article,
                          const news_stretches *marks, const news_names *names,
                          news_references *out) {
    resolver r = {.arena = arena,
                  .article = article,
                  .marks = marks,
                  .names = names,
                  .subject_of = NEWS_NONE,
                  .told_of = NEWS_NONE,
                  .out = out};
    r.profiles = news_arena_array(arena, names->list.n + 1, sizeof *r.profiles);
    if (!r.profiles) {
        return false;
    }
    learn(&r);
    if (!walk(&r)) {
        return false;
    }
    out->genders = news_arena_array(arena, names->list.n + 1, sizeof *out->genders);
    if (!out->genders) {
        return false;
    }
    for (uint32_t i = 0; i < names->list.n; i++) {
        out->genders[i] = (news_gender)r.profiles[i].gender;
    }
    return true;
}
