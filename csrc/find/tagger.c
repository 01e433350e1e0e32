/* Best path through each run of live tokens (Viterbi), all in integers. */
#include "tagger.h"

#include <string.h>

/* A run is cut after so many tokens, so that its table stays on the stack. */
enum { LONGEST_RUN = 64 };

/* What no sum of weights reaches. */
#define NEVER (INT32_MIN / 2)

bool news_tag_follows(uint32_t from, uint32_t to) {
    uint32_t at = (from - 1) % 4, next = (to - 1) % 4;
    bool opens = to == 0 || next == NEWS_TAG_FIRST || next == NEWS_TAG_SINGLE;
    if (from == 0 || at == NEWS_TAG_LAST || at == NEWS_TAG_SINGLE) {
        return opens;
    }
    return !opens && (from - 1) / 4 == (to - 1) / 4;
}

/* A run's tokens by their places in it. */
typedef struct table {
    int16_t score[LONGEST_RUN][NEWS_N_TAGS];
    int32_t best[LONGEST_RUN][NEWS_N_TAGS]; /* of the paths that end here */
    uint8_t before[LONGEST_RUN][NEWS_N_TAGS];
} table;

/* Tags behind which a name may begin or none stand, and the tags that such a token may have: each
 * type's first and single ones, and none at all. Within a name the tag before tells all but one. */
enum { N_FREE = 1 + 2 * NEWS_N_TAG_TYPES, FREE_ROOM = 12 };

typedef struct transitions {
    uint8_t closing[N_FREE], opening[N_FREE];
    int32_t free[N_FREE][FREE_ROOM]; /* from a closing tag to an opening one */
    int32_t at[NEWS_N_TAGS + 1][NEWS_N_TAGS + 1];
} transitions;

static void read_transitions(const news_model *model, transitions *out) {
    memset(out, 0, sizeof *out);
    for (uint32_t to = 0; to <= NEWS_N_TAGS; to++) {
        for (uint32_t from = 0; from <= NEWS_N_TAGS; from++) {
            out->at[from][to] = news_model_transition(model, from, to);
        }
    }
    for (uint32_t tag = 0, n_closing = 0, n_opening = 0; tag < NEWS_N_TAGS; tag++) {
        if (news_tag_follows(tag, 0)) {
            out->closing[n_closing++] = (uint8_t)tag;
        }
        if (news_tag_follows(0, tag)) {
            out->opening[n_opening++] = (uint8_t)tag;
        }
    }
    for (uint32_t from = 0; from < N_FREE; from++) {
        for (uint32_t to = 0; to < N_FREE; to++) {
            out->free[from][to] = out->at[out->closing[from]][out->opening[to]];
        }
    }
}

static int32_t added(int32_t most, int32_t score) {
    return most <= NEVER ? NEVER : most + score;
}

static void start(const transitions *moves, table *t) {
    for (uint32_t tag = 0; tag < NEWS_N_TAGS; tag++) {
        t->best[0][tag] = NEVER;
        t->before[0][tag] = 0;
    }
    for (uint32_t k = 0; k < N_FREE; k++) {
        uint32_t tag = moves->opening[k];
        t->best[0][tag] = moves->at[NEWS_N_TAGS][tag] + t->score[0][tag];
    }
}

/* The best way to each tag of token `i` of the run, which is not its first; of equal ones that from
 * the lower tag. */
static void advance(const transitions *moves, table *t, uint32_t i) {
    const int32_t *last = t->best[i - 1];
    int32_t most[FREE_ROOM], source[FREE_ROOM] = {0};
    for (uint32_t k = 0; k < FREE_ROOM; k++) {
        most[k] = NEVER;
    }
    for (uint32_t from = 0; from < N_FREE; from++) {
        int32_t base = last[moves->closing[from]], tag = moves->closing[from];
        for (uint32_t k = 0; k < FREE_ROOM; k++) { /* goes as vectors */
            int32_t score = base + moves->free[from][k];
            source[k] = score > most[k] ? tag : source[k];
            most[k] = score > most[k] ? score : most[k];
        }
    }
    for (uint32_t k = 0; k < N_FREE; k++) {
        uint32_t tag = moves->opening[k];
        t->best[i][tag] = added(most[k], t->score[i][tag]);
        t->before[i][tag] = (uint8_t)source[k];
    }
    for (uint32_t first = 1; first < NEWS_N_TAGS; first += 4) {
        uint32_t inside = first + NEWS_TAG_INSIDE;
        for (uint32_t to = inside; to <= first + NEWS_TAG_LAST; to++) {
            int32_t begun = last[first] + moves->at[first][to],
                    gone_on = last[inside] + moves->at[inside][to];
            int32_t better = gone_on > begun ? gone_on : begun;
            t->best[i][to] = added(better > NEVER ? better : NEVER, t->score[i][to]);
            t->before[i][to] = (uint8_t)(gone_on > begun ? inside : first);
        }
    }
}

/* Goes back along the best path of the run's `n` tokens. */
static void settle(const transitions *moves, const table *t, uint32_t from, uint32_t n,
                   news_tags *out) {
    uint8_t tag = 0;
    int32_t most = NEVER;
    for (uint32_t k = 0; k < N_FREE; k++) {
        uint8_t last = moves->closing[k];
        int32_t score = t->best[n - 1][last] + moves->at[last][NEWS_N_TAGS];
        if (score > most) {
            most = score;
            tag = last;
        }
    }
    for (uint32_t i = n; i-- > 0;) {
        int16_t others[NEWS_N_TAGS], next = INT16_MIN;
        memcpy(others, t->score[i], sizeof others);
        others[tag] = INT16_MIN;
        for (uint32_t k = 0; k < NEWS_N_TAGS; k++) {
            next = others[k] > next ? others[k] : next;
        }
        int32_t margin = t->score[i][tag] - next;
        out->tags[from + i] = tag;
        out->margins[from + i] = (uint16_t)(margin < 0            ? 0
                                            : margin > UINT16_MAX ? UINT16_MAX
                                                                  : margin);
        tag = t->before[i][tag];
    }
}

/* What a form's features sum up to at a place is kept: most tokens of an article are of a few
 * forms. Each has one seat, where the last one that came there sits. */
typedef int16_t tag_scores[NEWS_N_TAGS];

struct news_scorer {
    const news_views *views;
    const news_model *model;
    uint32_t bits;      /* of the number of seats */
    uint32_t *keys;     /* by seat: 1 + the form's and the place's number; 0: free */
    tag_scores *scores; /* by seat; of one that is free: not set */
};

static const int16_t *form_scores(const news_scorer *s, uint32_t form, uint32_t place) {
    uint32_t key = form * NEWS_N_PLACES + place + 1;
    uint32_t seat = key * 0x9E3779B1u >> (32 - s->bits);
    if (s->keys[seat] != key) {
        uint32_t features[NEWS_MOST_FEATURES];
        uint32_t n = news_find_form_features(s->views, s->model, form, place, features);
        s->keys[seat] = key;
        memset(s->scores[seat], 0, sizeof s->scores[seat]);
        news_model_sum(s->model, features, n, s->scores[seat]);
    }
    return s->scores[seat];
}

news_scorer *news_scorer_new(news_arena *arena, const news_views *views, const news_model *model) {
    /* More seats than those of some thousand forms pay no more: they leave the processor's cache.
     */
    enum { LEAST_BITS = 9, MOST_BITS = 13 };
    news_scorer *s = news_arena_alloc(arena, sizeof *s);
    if (!s) {
        return NULL;
    }
    *s = (news_scorer){.views = views, .model = model, .bits = LEAST_BITS};
    while (s->bits < MOST_BITS && (UINT32_C(1) << s->bits) < views->article->n_tokens) {
        s->bits++;
    }
    s->keys = news_arena_array(arena, (size_t)1 << s->bits, sizeof *s->keys);
    s->scores = news_arena_alloc(arena, sizeof *s->scores << s->bits);
    return s->keys && s->scores ? s : NULL;
}

void news_scorer_score(const news_scorer *s, uint32_t i, int16_t scores[NEWS_N_TAGS]) {
    uint32_t features[NEWS_MOST_FEATURES], forms[NEWS_N_PLACES];
    uint32_t n = news_find_token_features(s->views, i, features, forms);
    memset(scores, 0, NEWS_N_TAGS * sizeof *scores);
    for (uint32_t place = 0; place < NEWS_N_PLACES; place++) {
        const int16_t *own = form_scores(s, forms[place], place);
        for (uint32_t tag = 0; tag < NEWS_N_TAGS; tag++) {
            scores[tag] = (int16_t)(scores[tag] + own[tag]);
        }
    }
    news_model_sum(s->model, features, n, scores);
}

bool news_find_tags(news_arena *arena, const news_views *views, const news_model *model,
                    news_tags *out) {
    const news_article *article = views->article;
    news_scorer *scorer = news_scorer_new(arena, views, model);
    out->tags = news_arena_array(arena, article->n_tokens + 1, 1);
    out->margins = news_arena_array(arena, article->n_tokens + 1, sizeof *out->margins);
    if (!scorer || !out->tags || !out->margins) {
        return false;
    }
    transitions moves;
    table t;
    read_transitions(model, &moves);
    for (uint32_t i = 0; i < article->n_tokens;) {
        uint32_t n = 0;
        for (; i + n < article->n_tokens && views->tokens[i + n].live && n < LONGEST_RUN &&
               article->tokens[i + n].sentence == article->tokens[i].sentence;
             n++) {
            news_scorer_score(scorer, i + n, t.score[n]);
            if (n == 0) {
                start(&moves, &t);
            } else {
                advance(&moves, &t, n);
            }
        }
        if (n > 0) {
            settle(&moves, &t, i, n, out);
        }
        i += n > 0 ? n : 1;
    }
    return true;
}
