/* The mention that is the head of the source's phrase decides; a phrase without one keeps its own
 * words as its name. */
#include "speaker.h"
#include "utf8.h"

#include <string.h>

/* Index of the first mention that starts at `at` or behind it. */
static uint32_t first_from(const news_entities *e, uint32_t at) {
    uint32_t low = 0, high = e->mentions.n;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (e->mentions.at[middle].span.from < at) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* At most so many speakers of one quote; the text names no more in one breath. */
enum { MOST = 8 };

typedef struct crowd {
    uint32_t entities[MOST], n;
} crowd;

static void join(crowd *c, uint32_t entity) {
    for (uint32_t i = 0; i < c->n; i++) {
        if (c->entities[i] == entity) {
            return;
        }
    }
    if (c->n < MOST) {
        c->entities[c->n++] = entity;
    }
}

/* The mentions that end with the phrase `p`: its head. Several may share one span ("both
 * presidents"). */
static bool join_head(const news_reports *r, const news_entities *e, const news_phrase *p,
                      crowd *c) {
    const news_token *tokens = r->article->tokens;
    bool determined = r->tags[p->first] == NEWS_TAG_DETERMINER && p->first + 1 < p->end;
    uint32_t from = tokens[p->first].span.from, to = tokens[p->end - 1].span.to, n = c->n;
    uint32_t name_from = tokens[p->first + (determined ? 1 : 0)].span.from;
    news_mention_kind best = NEWS_N_MENTION_KINDS;
    for (int round = 0; round < 2; round++) {
        for (uint32_t m = first_from(e, from);
             m < e->mentions.n && e->mentions.at[m].span.from < to; m++) {
            const news_mention *mention = &e->mentions.at[m];
            bool head = mention->span.to == to ||
                        ((mention->span.from == from || mention->span.from == name_from) &&
                         mention->span.to > to);
            if (!head) {
                continue;
            }
            if (round == 0) {
                best = mention->kind < best ? mention->kind : best;
            } else if (mention->kind == best) {
                join(c, mention->entity);
            }
        }
    }
    return c->n > n;
}

/* "the University of Edinburgh's Ken Rice": behind the possessive of a name that goes over "of"
 * stands who speaks. Gives the phrase that is the head of the source. */
static news_phrase head_of(const news_reports *r, const news_entities *e, news_phrase phrase,
                           uint32_t source_end) {
    const news_token *tokens = r->article->tokens;
    uint32_t of = phrase.end;
    if (of + 1 >= source_end || !news_report_is_word(r, of, "of") ||
        r->phrases->of[of + 1] == NEWS_NONE) {
        return phrase;
    }
    uint32_t end = r->phrases->list.at[r->phrases->of[of + 1]].end;
    end = end > source_end ? source_end : end;
    for (uint32_t t = of + 2; t + 1 < end; t++) {
        if (tokens[t].kind != NEWS_TOKEN_SUFFIX) {
            continue;
        }
        uint32_t m = first_from(e, tokens[phrase.first].span.from);
        for (; m < e->mentions.n && e->mentions.at[m].span.from < tokens[of].span.from; m++) {
            if (e->mentions.at[m].span.to == tokens[t].span.from) {
                return (news_phrase){t + 1, end};
            }
        }
    }
    return phrase;
}

static int by_first_mention(const news_entities *e, uint32_t a, uint32_t b) {
    return e->entities.at[a].first_mention < e->entities.at[b].first_mention ? -1 : 1;
}

static bool fill(news_arena *arena, const news_entities *e, crowd *c, news_speaker *out) {
    size_t n = 0;
    for (uint32_t i = 1; i < c->n; i++) {
        for (uint32_t k = i; k > 0 && by_first_mention(e, c->entities[k], c->entities[k - 1]) < 0;
             k--) {
            uint32_t swap = c->entities[k];
            c->entities[k] = c->entities[k - 1];
            c->entities[k - 1] = swap;
        }
    }
    for (uint32_t i = 0; i < c->n; i++) {
        n += e->entities.at[c->entities[i]].name.n + 2;
    }
    uint32_t *indices = news_arena_array(arena, c->n, sizeof *indices);
    char *name = news_arena_alloc(arena, n);
    if (!indices || !name) {
        return false;
    }
    memcpy(indices, c->entities, c->n * sizeof *indices);
    uint32_t at = 0;
    for (uint32_t i = 0; i < c->n; i++) {
        news_string one = e->entities.at[c->entities[i]].name;
        if (i) {
            name[at++] = ';';
            name[at++] = ' ';
        }
        memcpy(name + at, one.bytes, one.n);
        at += one.n;
    }
    out->name = (news_string){name, at};
    out->entities = indices;
    out->n_entities = c->n;
    return true;
}

bool news_find_speaker(news_arena *arena, const news_reports *r, const news_entities *e,
                       news_range source, float score, news_speaker *out) {
    *out = (news_speaker){.span = {NEWS_NONE, NEWS_NONE}};
    const news_token *tokens = r->article->tokens;
    while (source.end > source.first && tokens[source.end - 1].kind == NEWS_TOKEN_MARK &&
           r->article->text->bytes[tokens[source.end - 1].span.from] != ')') {
        source.end--;
    }
    if (source.end <= source.first || score < NEWS_SPEAKER_THRESHOLD) {
        return true;
    }
    news_span span = {tokens[source.first].span.from, tokens[source.end - 1].span.to};
    crowd c = {.n = 0};
    uint32_t p = r->phrases->of[source.first];
    bool pronoun = r->tags[source.first] == NEWS_TAG_PRONOUN;
    if (p != NEWS_NONE) {
        /* In a headline a phrase may run on over its verb. */
        news_phrase phrase = r->phrases->list.at[p];
        phrase.end = phrase.end > source.end ? source.end : phrase.end;
        phrase = head_of(r, e, phrase, source.end);
        bool named = join_head(r, e, &phrase, &c);
        uint32_t next = phrase.end;
        /* "Smith and Jones"; "the president, Ann Lee," */
        while (next + 1 < source.end && r->phrases->of[next + 1] != NEWS_NONE &&
               (r->tags[next] == NEWS_TAG_CONJUNCTION ||
                (!named && news_report_is_mark(r, next, ',')))) {
            const news_phrase *other = &r->phrases->list.at[r->phrases->of[next + 1]];
            named |= join_head(r, e, other, &c);
            next = other->end;
        }
    }
    out->span = span;
    out->score = score;
    if (c.n) {
        return fill(arena, e, &c, out);
    }
    if (pronoun) {
        out->score = score * 0.5f;
    }
    /* Its own words, white space collapsed where a line breaks. */
    uint32_t end = p == NEWS_NONE ? source.end : r->phrases->list.at[p].end;
    end = end > source.end ? source.end : end;
    while (end + 1 < source.end && news_report_is_word(r, end, "of")) {
        uint32_t next = r->phrases->of[end + 1];
        if (next == NEWS_NONE || r->phrases->list.at[next].end > source.end) {
            break;
        }
        end = r->phrases->list.at[next].end;
    }
    news_span words = {span.from, tokens[end - 1].span.to};
    out->name = (news_string){r->article->text->bytes + words.from, words.to - words.from};
    return true;
}
