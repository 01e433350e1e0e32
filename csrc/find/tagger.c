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

typedef struct table {
    int32_t score[LONGEST_RUN][NEWS_N_TAGS];
    int32_t best[LONGEST_RUN][NEWS_N_TAGS]; /* of the paths that end here */
    uint8_t before[LONGEST_RUN][NEWS_N_TAGS];
} table;

typedef struct transitions {
    int32_t at[NEWS_N_TAGS + 1][NEWS_N_TAGS + 1];
    uint8_t sources[NEWS_N_TAGS][NEWS_N_TAGS], n_sources[NEWS_N_TAGS];
} transitions;

static void read_transitions(const news_model *model, transitions *out) {
    memset(out, 0, sizeof *out);
    for (uint32_t to = 0; to <= NEWS_N_TAGS; to++) {
        for (uint32_t from = 0; from <= NEWS_N_TAGS; from++) {
            out->at[from][to] = news_model_transition(model, from, to);
            if (from < NEWS_N_TAGS && to < NEWS_N_TAGS && news_tag_follows(from, to)) {
                out->sources[to][out->n_sources[to]++] = (uint8_t)from;
            }
        }
    }
}

/* Tags tokens [from, to). */
static void tag_run(const news_views *views, news_model_memo *memo, const transitions *moves,
                    table *t, uint32_t from, uint32_t to, news_tags *out) {
    uint32_t features[NEWS_MOST_FEATURES], n = to - from;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t n_features = news_find_features(views, memo->model, from + i, features);
        int16_t sums[NEWS_TAG_ROOM] = {0};
        news_model_sum(memo, features, n_features, sums);
        for (uint32_t tag = 0; tag < NEWS_N_TAGS; tag++) {
            t->score[i][tag] = sums[tag];
        }
        for (uint32_t tag = 0; tag < NEWS_N_TAGS; tag++) {
            int32_t most = NEVER;
            uint8_t before = 0;
            if (i == 0) {
                most = news_tag_follows(0, tag) ? moves->at[NEWS_N_TAGS][tag] : NEVER;
            }
            for (uint32_t k = 0; i > 0 && k < moves->n_sources[tag]; k++) {
                uint8_t source = moves->sources[tag][k];
                int32_t score = t->best[i - 1][source] + moves->at[source][tag];
                if (score > most) {
                    most = score;
                    before = source;
                }
            }
            t->best[i][tag] = most <= NEVER ? NEVER : most + t->score[i][tag];
            t->before[i][tag] = before;
        }
    }
    uint8_t tag = 0;
    int32_t most = NEVER;
    for (uint32_t k = 0; k < NEWS_N_TAGS; k++) {
        int32_t score = t->best[n - 1][k] + moves->at[k][NEWS_N_TAGS];
        if (news_tag_follows(k, 0) && score > most) {
            most = score;
            tag = (uint8_t)k;
        }
    }
    for (uint32_t i = n; i-- > 0;) {
        int32_t next = NEVER;
        for (uint32_t k = 0; k < NEWS_N_TAGS; k++) {
            next = k != tag && t->score[i][k] > next ? t->score[i][k] : next;
        }
        int32_t margin = t->score[i][tag] - next;
        out->tags[from + i] = tag;
        out->margins[from + i] = (uint16_t)(margin < 0            ? 0
                                            : margin > UINT16_MAX ? UINT16_MAX
                                                                  : margin);
        tag = t->before[i][tag];
    }
}

bool news_find_tags(news_arena *arena, const news_views *views, const news_model *model,
                    news_tags *out) {
    const news_article *article = views->article;
    out->tags = news_arena_array(arena, article->n_tokens + 1, 1);
    out->margins = news_arena_array(arena, article->n_tokens + 1, sizeof *out->margins);
    /* A token has a few features that are its own; more room than for those of 8,000 pays no more.
     */
    news_model_memo memo = {.model = model, .bits = 8};
    while (memo.bits < 14 && (UINT32_C(1) << memo.bits) < 2 * article->n_tokens) {
        memo.bits++;
    }
    memo.rows = news_arena_array(arena, (size_t)1 << memo.bits, sizeof *memo.rows);
    if (!out->tags || !out->margins || !memo.rows) {
        return false;
    }
    transitions moves;
    table t;
    read_transitions(model, &moves);
    for (uint32_t i = 0; i < article->n_tokens;) {
        uint32_t end = i;
        while (end < article->n_tokens && views->tokens[end].live && end - i < LONGEST_RUN &&
               article->tokens[end].sentence == article->tokens[i].sentence) {
            end++;
        }
        if (end > i) {
            tag_run(views, &memo, &moves, &t, i, end, out);
        }
        i = end > i ? end : i + 1;
    }
    return true;
}
