/* Documents → live runs of tokens with their features → weights → bytes. */
#include "learn.h"

#include "outline.h"
#include "plain.h"
#include "roles.h"
#include "merge.h"
#include "tagger.h"
#include "token.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { HEADER_FIELDS = 9, CLUSTER_BITS = 13, FEATURE_BITS = 15, LONGEST_RUN = 64, N = NEWS_N_TAGS };

static void put(buffer *b, const void *bytes, size_t n) {
    if (b->n + n > b->room) {
        b->room = (uint32_t)(2 * (b->n + n));
        b->bytes = corpus_memory(b->bytes, b->room);
    }
    memcpy(b->bytes + b->n, bytes, n);
    b->n += (uint32_t)n;
}

static void put_u8(buffer *b, uint32_t value) {
    uint8_t byte = (uint8_t)value;
    put(b, &byte, 1);
}

static void put_u16(buffer *b, uint32_t value) {
    put_u8(b, value);
    put_u8(b, value >> 8);
}

static void put_u32(buffer *b, uint32_t value) {
    put_u16(b, value);
    put_u16(b, value >> 16);
}

static void set_u32(buffer *b, uint32_t at, uint32_t value) {
    for (uint32_t i = 0; i < 4; i++) {
        b->bytes[at + i] = (uint8_t)(value >> 8 * i);
    }
}

typedef struct word_cluster {
    uint32_t hash, order;
    uint16_t cluster;
} word_cluster;

static int by_hash(const void *left, const void *right) {
    const word_cluster *a = left, *b = right;
    return a->hash != b->hash ? (a->hash < b->hash ? -1 : 1) : a->order < b->order ? -1 : 1;
}

void learn_clusters(buffer *out, const char *path, uint32_t n_words) {
    FILE *file = fopen(path, "rb");
    if (!file) {
        corpus_fail(path, 0, "cannot be opened");
    }
    word_cluster *words = corpus_memory(NULL, n_words * sizeof *words);
    static uint32_t middle[1024][256], coarse[1024][256];
    uint32_t n = 0, n_clusters = 0;
    char row[512], word[256];
    while (n < n_words && fgets(row, sizeof row, file)) {
        unsigned c64, c256, c1000;
        if (sscanf(row, "%255[^\t]\t%u\t%u\t%u", word, &c64, &c256, &c1000) != 4 || c1000 >= 1024 ||
            c256 >= 256 || c64 >= 256) {
            continue;
        }
        words[n] = (word_cluster){news_words_hash(word, strlen(word)), n, (uint16_t)c1000};
        n++;
        middle[c1000][c256]++;
        coarse[c1000][c64]++;
        n_clusters = c1000 >= n_clusters ? c1000 + 1 : n_clusters;
    }
    fclose(file);
    qsort(words, n, sizeof *words, by_hash);
    *out = (buffer){0};
    for (uint32_t i = 0; i < HEADER_FIELDS; i++) {
        put_u32(out, 0);
    }
    set_u32(out, 0, NEWS_MODEL_MAGIC);
    set_u32(out, 4, CLUSTER_BITS);
    set_u32(out, 8, FEATURE_BITS);
    for (uint32_t bucket = 0, i = 0; bucket <= 1u << CLUSTER_BITS; bucket++) {
        while (i < n && words[i].hash >> (32 - CLUSTER_BITS) < bucket) {
            i++;
        }
        put_u16(out, i);
    }
    set_u32(out, 12, out->n);
    for (uint32_t i = 0; i < n; i++) {
        put_u16(out, words[i].hash & 0xFFFF);
        put_u16(out, words[i].cluster);
    }
    set_u32(out, 16, out->n);
    for (uint32_t c = 0; c < n_clusters; c++) {
        uint32_t best[2] = {0, 0};
        for (uint32_t k = 0; k < 256; k++) {
            best[0] = middle[c][k] > middle[c][best[0]] ? k : best[0];
            best[1] = coarse[c][k] > coarse[c][best[1]] ? k : best[1];
        }
        put_u8(out, best[0]);
        put_u8(out, best[1]);
    }
    free(words);
}

/* A document as the stages before the tagger leave it. */
typedef struct analysed {
    news_arena arena;
    news_source source;
    news_reading reading;
    news_roles roles;
    news_sections sections;
    news_tokens tokens;
    news_article article;
    news_lexicon lexicon;
    news_views views;
} analysed;

/* Takes away what the learner is to do without. */
static void blank(analysed *a, uint32_t blind) {
    for (uint32_t i = 0; i < a->lexicon.words.n; i++) {
        news_word_view *word = &a->views.words[i];
        if (blind & LEARN_AFFIXES) {
            word->prefix3 = word->suffix2 = word->suffix3 = word->suffix4 = 0;
        }
        if (blind & LEARN_LISTS) {
            word->titles = word->kinds = 0;
        }
        if (blind & LEARN_DOCUMENT) {
            word->evidence = 0;
            word->case_evidence = 0;
        }
    }
    for (uint32_t i = 0; i < a->lexicon.forms.n; i++) {
        if (blind & LEARN_SHAPES) {
            a->views.forms[i].shape = 0;
        }
        if (blind & LEARN_NAMES) {
            a->views.forms[i].names = 0;
        }
    }
    for (uint32_t i = 0; i < a->article.n_tokens; i++) {
        news_token_view *token = &a->views.tokens[i];
        if (blind & LEARN_GAZETTEER) {
            token->thing = NEWS_N_THING_KINDS;
            token->part = NEWS_TAG_SINGLE;
        }
    }
}

static void analyse(analysed *a, const corpus_document *d, const news_model *model,
                    uint32_t blind) {
    *a = (analysed){0};
    news_arena *arena = &a->arena;
    bool ok = news_source_read(arena, &a->source, d->text, d->n, NEWS_ENCODING_UTF8) &&
              news_read_plain(arena, &a->source, &a->reading) &&
              news_form_roles(arena, &a->reading, &a->roles) &&
              news_form_outline(arena, &a->reading.text, &a->roles, &a->sections) &&
              news_form_tokens(arena, &a->reading.text, a->roles.blocks.at, a->roles.blocks.n,
                               &a->tokens);
    a->article = (news_article){.text = &a->reading.text,
                                .blocks = a->roles.blocks.at,
                                .n_blocks = a->roles.blocks.n,
                                .tokens = a->tokens.tokens.at,
                                .n_tokens = a->tokens.tokens.n,
                                .sentences = a->tokens.sentences.at,
                                .n_sentences = a->tokens.sentences.n};
    ok = ok && news_find_lexicon(arena, &a->article, &a->lexicon) &&
         news_find_views(arena, &a->article, &a->lexicon, model, &a->views);
    if (!ok) {
        corpus_fail(d->name, 0, "out of memory");
    }
    blank(a, blind);
}

/* The span of the decoded text that bytes of the source became: tokens are compared by source. */
static news_span source_of(const analysed *a, news_span span) {
    return news_map_origin(&a->source.map, news_map_origin(&a->reading.text.map, span));
}

/* Gold tags by token. */
static void project(const analysed *a, const corpus_document *d, uint8_t *tags) {
    uint32_t t = 0;
    memset(tags, 0, a->article.n_tokens);
    for (uint32_t g = 0; g < d->n_gold; g++) {
        while (t < a->article.n_tokens &&
               source_of(a, a->article.tokens[t].span).to <= d->gold[g].from) {
            t++;
        }
        uint32_t from = t, to = t;
        bool live = true;
        while (to < a->article.n_tokens &&
               source_of(a, a->article.tokens[to].span).from < d->gold[g].to) {
            live = live && a->views.tokens[to].live &&
                   a->article.tokens[to].sentence == a->article.tokens[from].sentence;
            to++;
        }
        if (!live) {
            continue;
        }
        for (uint32_t i = from; i < to; i++) {
            news_tag_position position = to - from == 1 ? NEWS_TAG_SINGLE
                                         : i == from    ? NEWS_TAG_FIRST
                                         : i + 1 == to  ? NEWS_TAG_LAST
                                                        : NEWS_TAG_INSIDE;
            tags[i] = (uint8_t)(1 + 4 * d->gold[g].type + position);
        }
        t = to;
    }
}

/* Everything to learn from. */
typedef struct lessons {
    uint32_t *features; /* hashes, later indices; of all tokens one after the other */
    size_t n_features, features_room;
    size_t *first; /* of each token's features; one more at the end */
    uint8_t *tags;
    uint32_t n_tokens, tokens_room;
    uint32_t *runs; /* first token of each run; one more at the end */
    uint32_t n_runs, runs_room;
} lessons;

static void add_token(lessons *l, const uint32_t *features, uint32_t n, uint8_t tag) {
    if (l->n_features + n > l->features_room) {
        l->features_room = 2 * (l->n_features + n) + 4096;
        l->features = corpus_memory(l->features, l->features_room * sizeof *l->features);
    }
    if (l->n_tokens + 2 > l->tokens_room) {
        l->tokens_room = 2 * l->tokens_room + 4096;
        l->first = corpus_memory(l->first, l->tokens_room * sizeof *l->first);
        l->tags = corpus_memory(l->tags, l->tokens_room);
    }
    l->first[l->n_tokens] = l->n_features;
    if (n) {
        memcpy(l->features + l->n_features, features, n * sizeof *features);
    }
    l->n_features += n;
    l->tags[l->n_tokens++] = tag;
    l->first[l->n_tokens] = l->n_features;
}

static void add_run(lessons *l) {
    if (l->n_runs + 2 > l->runs_room) {
        l->runs_room = 2 * l->runs_room + 1024;
        l->runs = corpus_memory(l->runs, l->runs_room * sizeof *l->runs);
    }
    l->runs[l->n_runs++] = l->n_tokens;
}

static void collect(lessons *l, const corpus *documents, const news_model *model, uint32_t blind) {
    uint32_t features[NEWS_MOST_FEATURES];
    uint8_t *tags = NULL;
    for (uint32_t d = 0; d < documents->n; d++) {
        analysed a;
        analyse(&a, &documents->at[d], model, blind);
        tags = corpus_memory(tags, a.article.n_tokens + 1);
        project(&a, &documents->at[d], tags);
        for (uint32_t i = 0; i < a.article.n_tokens;) {
            uint32_t from = i;
            for (; i < a.article.n_tokens && a.views.tokens[i].live && i - from < LONGEST_RUN &&
                   a.article.tokens[i].sentence == a.article.tokens[from].sentence;
                 i++) {
                if (i == from) {
                    add_run(l);
                }
                add_token(l, features, news_find_features(&a.views, model, i, features), tags[i]);
            }
            i += i == from;
        }
        news_arena_free(&a.arena);
    }
    add_run(l);
    l->n_runs--;
    free(tags);
}

/* Feature hashes to indices. */
typedef struct dictionary {
    uint32_t *hash, *index; /* index + 1; 0: free */
    uint32_t *count;
    uint32_t n_slots, n;
} dictionary;

static uint32_t dictionary_slot(const dictionary *d, uint32_t hash) {
    uint32_t i = (hash * 0x9E3779B1u) >> 4 & (d->n_slots - 1);
    while (d->index[i] && d->hash[i] != hash) {
        i = (i + 1) & (d->n_slots - 1);
    }
    return i;
}

static void dictionary_make(dictionary *d, uint32_t bits) {
    d->n_slots = 1u << bits;
    d->n = 0;
    d->hash = corpus_memory(NULL, d->n_slots * sizeof *d->hash);
    d->index = corpus_memory(NULL, d->n_slots * sizeof *d->index);
    d->count = corpus_memory(NULL, d->n_slots * sizeof *d->count);
    memset(d->index, 0, d->n_slots * sizeof *d->index);
    memset(d->count, 0, d->n_slots * sizeof *d->count);
}

static void dictionary_free(dictionary *d) {
    free(d->hash);
    free(d->index);
    free(d->count);
}

/* Numbers the features seen at least `rarest` times, in order of appearance; the others are dropped
 * from the lessons. `hashes`: by number. */
static uint32_t number_features(lessons *l, uint32_t rarest, uint32_t **hashes) {
    dictionary d;
    dictionary_make(&d, 26);
    for (size_t i = 0; i < l->n_features; i++) {
        uint32_t slot = dictionary_slot(&d, l->features[i]);
        d.hash[slot] = l->features[i];
        d.index[slot] = 1;
        d.count[slot]++;
        d.n += d.count[slot] == 1;
        if (d.n > d.n_slots / 4 * 3) {
            corpus_fail("train", 0, "more features than the table has room for");
        }
    }
    uint32_t n = 0;
    *hashes = corpus_memory(NULL, (d.n + 1) * sizeof **hashes);
    size_t kept = 0;
    memset(d.index, 0xFF, d.n_slots * sizeof *d.index);
    for (uint32_t i = 0; i < d.n_slots; i++) {
        d.index[i] = d.count[i] ? UINT32_MAX : 0;
    }
    for (uint32_t t = 0; t < l->n_tokens; t++) {
        size_t from = l->first[t], to = l->first[t + 1];
        l->first[t] = kept;
        for (size_t i = from; i < to; i++) {
            uint32_t slot = dictionary_slot(&d, l->features[i]);
            if (d.count[slot] < rarest) {
                continue;
            }
            if (d.index[slot] == UINT32_MAX) {
                (*hashes)[n] = d.hash[slot];
                d.index[slot] = ++n;
            }
            l->features[kept++] = d.index[slot] - 1;
        }
        if (t + 1 == l->n_tokens) {
            l->first[t + 1] = kept;
        }
    }
    l->n_features = kept;
    dictionary_free(&d);
    return n;
}

/* Weights while they are learnt. */
typedef struct weights {
    int32_t *now;   /* feature * N + tag */
    int64_t *sums;  /* of changes, each times the moment it was made */
    int64_t *means; /* of the runs done, in 64ths, added up */
    int64_t move_means[N + 1][N + 1];
    int32_t moves[N + 1][N + 1];
    int64_t move_sums[N + 1][N + 1];
    int64_t moment;
} weights;

static void change(weights *w, uint32_t feature, uint32_t tag, int32_t by) {
    size_t at = (size_t)feature * N + tag;
    w->now[at] += by;
    w->sums[at] += by * w->moment;
}

static void change_move(weights *w, uint32_t from, uint32_t to, int32_t by) {
    w->moves[from][to] += by;
    w->move_sums[from][to] += by * w->moment;
}

#define NEVER (INT32_MIN / 2)

static void decode(const lessons *l, const weights *w, uint32_t from, uint32_t n, int32_t margin,
                   uint8_t *path) {
    static int32_t best[LONGEST_RUN][N];
    static uint8_t before[LONGEST_RUN][N];
    for (uint32_t i = 0; i < n; i++) {
        int32_t score[N] = {0};
        for (size_t k = l->first[from + i]; k < l->first[from + i + 1]; k++) {
            const int32_t *row = w->now + (size_t)l->features[k] * N;
            for (uint32_t tag = 0; tag < N; tag++) {
                score[tag] += row[tag];
            }
        }
        for (uint32_t tag = 0; tag < N; tag++) {
            int32_t most = NEVER;
            uint8_t source = 0;
            if (i == 0) {
                most = news_tag_follows(0, tag) ? w->moves[N][tag] : NEVER;
            } else {
                for (uint32_t k = 0; k < N; k++) {
                    if (news_tag_follows(k, tag) && best[i - 1][k] + w->moves[k][tag] > most) {
                        most = best[i - 1][k] + w->moves[k][tag];
                        source = (uint8_t)k;
                    }
                }
            }
            best[i][tag] =
                most <= NEVER ? NEVER : most + score[tag] + (tag != l->tags[from + i] ? margin : 0);
            before[i][tag] = source;
        }
    }
    uint8_t tag = 0;
    int32_t most = NEVER;
    for (uint32_t k = 0; k < N; k++) {
        if (news_tag_follows(k, 0) && best[n - 1][k] + w->moves[k][N] > most) {
            most = best[n - 1][k] + w->moves[k][N];
            tag = (uint8_t)k;
        }
    }
    for (uint32_t i = n; i-- > 0;) {
        path[i] = tag;
        tag = before[i][tag];
    }
}

static void correct(const lessons *l, weights *w, uint32_t from, uint32_t n, const uint8_t *path) {
    const uint8_t *right = l->tags + from;
    uint32_t last = N, right_last = N;
    for (uint32_t i = 0; i <= n; i++) {
        uint32_t tag = i < n ? path[i] : N, right_tag = i < n ? right[i] : N;
        if (last != right_last || tag != right_tag) {
            change_move(w, right_last, right_tag, 1);
            change_move(w, last, tag, -1);
        }
        if (i < n && tag != right_tag) {
            for (size_t k = l->first[from + i]; k < l->first[from + i + 1]; k++) {
                change(w, l->features[k], right_tag, 1);
                change(w, l->features[k], tag, -1);
            }
        }
        last = tag;
        right_last = right_tag;
    }
}

/* The run [from, from + n) with some of its features hidden, `share` of 256: what is learnt must
 * not hang on any one of them. */
static lessons hide(const lessons *l, uint32_t from, uint32_t n, uint32_t share, uint64_t *random,
                    uint32_t *features, size_t *first) {
    size_t used = 0;
    uint64_t bits = 0;
    uint32_t left = 0;
    for (uint32_t i = 0; i < n; i++) {
        first[i] = used;
        for (size_t k = l->first[from + i]; k < l->first[from + i + 1]; k++) {
            if (left == 0) {
                bits = corpus_random(random);
                left = 8;
            }
            if ((bits & 0xFF) >= share) {
                features[used++] = l->features[k];
            }
            bits >>= 8;
            left--;
        }
    }
    first[n] = used;
    return (lessons){.features = features, .first = first, .tags = l->tags + from};
}

static void run_epochs(const lessons *l, weights *w, const learn_options *options, uint32_t run) {
    uint32_t *order = corpus_memory(NULL, (l->n_runs + 1) * sizeof *order);
    for (uint32_t i = 0; i < l->n_runs; i++) {
        order[i] = i;
    }
    uint64_t random = 20260801 + run;
    static uint32_t features[LONGEST_RUN * NEWS_MOST_FEATURES];
    static size_t first[LONGEST_RUN + 1];
    uint32_t wrong = 0;
    for (uint32_t epoch = 0; epoch < options->epochs; epoch++) {
        wrong = 0;
        for (uint32_t i = l->n_runs; i > 1; i--) {
            uint32_t k = (uint32_t)(corpus_random(&random) % i), swap = order[k];
            order[k] = order[i - 1];
            order[i - 1] = swap;
        }
        for (uint32_t i = 0; i < l->n_runs; i++) {
            uint8_t path[LONGEST_RUN];
            uint32_t from = l->runs[order[i]], n = l->runs[order[i] + 1] - from;
            lessons seen = hide(l, from, n, options->hidden, &random, features, first);
            w->moment++;
            decode(&seen, w, 0, n, (int32_t)options->margin, path);
            if (memcmp(path, seen.tags, n) != 0) {
                correct(&seen, w, 0, n, path);
                wrong++;
            }
        }
    }
    fprintf(stderr, "  run %u: %u of %u runs of tokens corrected in the last epoch\n", run + 1,
            wrong, l->n_runs);
    free(order);
}

/* The mean of a weight over all moments of a run, in 64ths. */
static int64_t mean(const weights *w, int32_t now, int64_t sum) {
    return 64 * ((int64_t)now * (w->moment + 1) - sum) / (w->moment + 1);
}

static void *zeros(size_t n, size_t size) {
    void *at = corpus_memory(NULL, n * size);
    memset(at, 0, n * size);
    return at;
}

/* Several runs, each in another order, and their weights added up: one perceptron's last
 * corrections are luck, the sum's are not. */
static void learn_weights(const lessons *l, uint32_t n_features, const learn_options *options,
                          uint32_t runs, weights *out) {
    size_t n = ((size_t)n_features + 1) * N;
    *out = (weights){.means = zeros(n, sizeof *out->means)};
    for (uint32_t run = 0; run < runs; run++) {
        weights w = {.now = zeros(n, sizeof *w.now), .sums = zeros(n, sizeof *w.sums)};
        run_epochs(l, &w, options, run);
        for (size_t i = 0; i < n; i++) {
            out->means[i] += mean(&w, w.now[i], w.sums[i]);
        }
        for (uint32_t i = 0; i < (N + 1) * (N + 1); i++) {
            out->move_means[i / (N + 1)][i % (N + 1)] +=
                mean(&w, w.moves[i / (N + 1)][i % (N + 1)], w.move_sums[i / (N + 1)][i % (N + 1)]);
        }
        free(w.now);
        free(w.sums);
    }
}

typedef struct ranked {
    int64_t weight;
    uint32_t feature;
} ranked;

static int by_weight(const void *left, const void *right) {
    const ranked *a = left, *b = right;
    return a->weight != b->weight    ? (a->weight > b->weight ? -1 : 1)
           : a->feature < b->feature ? -1
                                     : 1;
}

/* Keeps the features with the largest weights, numbered anew. */
static uint32_t prune(lessons *l, const weights *w, uint32_t n_features, uint32_t most,
                      uint32_t *hashes) {
    ranked *order = corpus_memory(NULL, (n_features + 1) * sizeof *order);
    uint32_t *number = corpus_memory(NULL, (n_features + 1) * sizeof *number);
    uint32_t *count = corpus_memory(NULL, (n_features + 1) * sizeof *count);
    memset(count, 0, (n_features + 1) * sizeof *count);
    for (size_t i = 0; i < l->n_features; i++) {
        count[l->features[i]]++;
    }
    for (uint32_t f = 0; f < n_features; f++) {
        int64_t sum = 0, scale = 1;
        for (uint32_t tag = 0; tag < N; tag++) {
            int64_t m = w->means[(size_t)f * N + tag];
            sum += m < 0 ? -m : m;
        }
        /* Weight times the fourth root of how often it is used, by powers of two. */
        for (uint32_t c = count[f]; c >= 16; c /= 16) {
            scale *= 2;
        }
        order[f] = (ranked){sum * scale, f};
        number[f] = UINT32_MAX;
    }
    qsort(order, n_features, sizeof *order, by_weight);
    uint32_t kept = n_features < most ? n_features : most;
    for (uint32_t i = 0; i < kept; i++) {
        number[order[i].feature] = 0;
    }
    uint32_t n = 0;
    for (uint32_t f = 0; f < n_features; f++) {
        if (number[f] == 0) {
            hashes[n] = hashes[f];
            number[f] = n++;
        }
    }
    size_t used = 0;
    for (uint32_t t = 0; t < l->n_tokens; t++) {
        size_t from = l->first[t], to = l->first[t + 1];
        l->first[t] = used;
        for (size_t i = from; i < to; i++) {
            if (number[l->features[i]] != UINT32_MAX) {
                l->features[used++] = number[l->features[i]];
            }
        }
        if (t + 1 == l->n_tokens) {
            l->first[t + 1] = used;
        }
    }
    l->n_features = used;
    free(order);
    free(number);
    free(count);
    return n;
}

typedef struct hashed {
    uint32_t hash, feature;
} hashed;

static int by_feature_hash(const void *left, const void *right) {
    const hashed *a = left, *b = right;
    return a->hash != b->hash ? (a->hash < b->hash ? -1 : 1) : a->feature < b->feature ? -1 : 1;
}

/* Weights as signed bytes: the scale lets all but the largest few fit. */
static int64_t scale_of(const weights *w, uint32_t n_features) {
    static uint32_t histogram[1 << 16];
    uint64_t total = 0, seen = 0;
    memset(histogram, 0, sizeof histogram);
    for (size_t i = 0; i < (size_t)n_features * N; i++) {
        int64_t m = w->means[i];
        m = m < 0 ? -m : m;
        histogram[m < (1 << 16) - 1 ? m : (1 << 16) - 1]++;
        total++;
    }
    int64_t largest = (1 << 16) - 1;
    for (; largest > 127 && seen + histogram[largest] < total / 20000; largest--) {
        seen += histogram[largest];
    }
    return largest;
}

static int32_t scaled(int64_t m, int64_t largest) {
    int64_t value = (m * 127 * 2 + (m < 0 ? -largest : largest)) / (2 * largest);
    return (int32_t)(value > 127 ? 127 : value < -127 ? -127 : value);
}

static void write_model(buffer *out, const weights *w, uint32_t n_features,
                        const uint32_t *hashes) {
    int64_t largest = scale_of(w, n_features);
    set_u32(out, 20, out->n);
    for (uint32_t from = 0; from <= N; from++) {
        for (uint32_t to = 0; to <= N; to++) {
            int64_t m = w->move_means[from][to] * 127 / largest;
            put_u16(out, (uint32_t)(m > 30000 ? 30000 : m < -30000 ? -30000 : m));
        }
    }
    hashed *order = corpus_memory(NULL, (n_features + 1) * sizeof *order);
    for (uint32_t f = 0; f < n_features; f++) {
        order[f] = (hashed){hashes[f], f};
    }
    qsort(order, n_features, sizeof *order, by_feature_hash);
    buffer prints = {0}, rows = {0};
    set_u32(out, 24, out->n);
    for (uint32_t bucket = 0, i = 0; bucket < 1u << FEATURE_BITS; bucket++) {
        put_u16(out, prints.n / 2);
        for (uint32_t last = UINT32_MAX;
             i < n_features && order[i].hash >> (32 - FEATURE_BITS) == bucket; i++) {
            int8_t values[N];
            bool any = false;
            for (uint32_t tag = 0; tag < N; tag++) {
                size_t at = (size_t)order[i].feature * N + tag;
                values[tag] = (int8_t)scaled(w->means[at], largest);
                any = any || values[tag] != 0;
            }
            uint32_t print = order[i].hash & 0xFFFF;
            if (any && print != last) {
                last = print;
                put_u16(&prints, print);
                put(&rows, values, N);
            }
        }
    }
    put_u16(out, prints.n / 2);
    if (prints.n / 2 > UINT16_MAX) {
        corpus_fail("train", 0, "more features than 16 bits count");
    }
    set_u32(out, 28, out->n);
    put(out, prints.bytes, prints.n);
    set_u32(out, 32, out->n);
    put(out, rows.bytes, rows.n);
    free(prints.bytes);
    free(rows.bytes);
    free(order);
}

void learn(buffer *out, const corpus *documents, const learn_options *options) {
    lessons l = {0};
    news_model clusters = {out->bytes, out->n};
    collect(&l, documents, &clusters, options->blind);
    uint32_t *hashes;
    uint32_t n = number_features(&l, options->rarest, &hashes);
    fprintf(stderr, "  %u documents, %u tokens that may be names, %u features\n", documents->n,
            l.n_tokens, n);
    weights w;
    learn_weights(&l, n, options, 1, &w);
    if (n > options->most) {
        uint32_t kept = prune(&l, &w, n, options->most, hashes);
        free(w.means);
        n = kept;
        learn_weights(&l, n, options, options->runs, &w);
    }
    write_model(out, &w, n, hashes);
    free(w.means);
    free(hashes);
    free(l.features);
    free(l.first);
    free(l.tags);
    free(l.runs);
}

/* The gold names that end before `from` have not been found. */
static uint32_t miss(const corpus_document *d, uint32_t g, uint32_t from, bool verbose) {
    for (; g < d->n_gold && d->gold[g].from < from; g++) {
        if (verbose) {
            printf("%s: missed %u '%.*s'\n", d->name, d->gold[g].type,
                   (int)(d->gold[g].to - d->gold[g].from), d->text + d->gold[g].from);
        }
    }
    return g;
}

static uint32_t tag_type_of(news_entity_type type) {
    return type == NEWS_ENTITY_PERSON         ? NEWS_TAG_PERSON
           : type == NEWS_ENTITY_ORGANIZATION ? NEWS_TAG_ORGANIZATION
           : type == NEWS_ENTITY_PLACE        ? NEWS_TAG_PLACE
                                              : NEWS_TAG_OTHER;
}

/* A name that either side has: what it is of by gold (0: no gold name) and by the merger
 * (NEWS_NONE: not found). */
typedef struct pair {
    uint32_t thing, entity;
} pair;

/* Source: Bagga and Baldwin 1998; names of one side only as in Stoyanov et al. 2009 ("B-cubed
 * all").
 */
static void measure_clusters(const pair *pairs, uint32_t n, bool only_shared, cubed *out) {
    for (uint32_t i = 0; i < n; i++) {
        uint32_t things = 0, entities = 0, both = 0;
        bool found = pairs[i].entity != NEWS_NONE, marked = pairs[i].thing != 0;
        if (only_shared && !(found && marked)) {
            continue;
        }
        for (uint32_t k = 0; k < n; k++) {
            if (only_shared && (pairs[k].entity == NEWS_NONE || pairs[k].thing == 0)) {
                continue;
            }
            things += pairs[k].thing == pairs[i].thing;
            entities += pairs[k].entity == pairs[i].entity;
            both += pairs[k].thing == pairs[i].thing && pairs[k].entity == pairs[i].entity;
        }
        out->precision += found && marked ? (double)both / entities : 0;
        out->recall += found && marked ? (double)both / things : 0;
        out->n_found += found;
        out->n_gold += marked;
    }
}

/* Pairs the names found with those marked: each gold name is that of the first name found that
 * overlaps it and is not taken. A name of another sort of thing that nobody marked (GUM marks no
 * adjectives of peoples) is no error. */
static void measure_entries(const analysed *a, const corpus_document *d, const news_names *names,
                            counts *out) {
    pair *pairs = corpus_memory(NULL, (d->n_gold + names->list.n + 1) * sizeof *pairs);
    uint32_t n = 0, g = 0;
    for (uint32_t k = 0; k < names->list.n; k++) {
        const news_name *name = &names->list.at[k];
        news_span span = source_of(a, name->span);
        for (; g < d->n_gold && d->gold[g].to <= span.from; g++) {
            if (d->gold[g].thing) {
                pairs[n++] = (pair){d->gold[g].thing, NEWS_NONE};
            }
        }
        bool met = g < d->n_gold && d->gold[g].from < span.to;
        uint32_t thing = met ? d->gold[g++].thing : 0;
        if (thing || (!met && tag_type_of(name->type) != NEWS_TAG_OTHER)) {
            pairs[n++] = (pair){thing, name->entity};
        }
    }
    for (; g < d->n_gold; g++) {
        if (d->gold[g].thing) {
            pairs[n++] = (pair){d->gold[g].thing, NEWS_NONE};
        }
    }
    measure_clusters(pairs, n, false, &out->all);
    measure_clusters(pairs, n, true, &out->shared);
    free(pairs);
}

void learn_measure(const buffer *bytes, const corpus *documents, uint32_t blind, bool verbose,
                   counts *out) {
    news_model model = {bytes->bytes, bytes->n};
    *out = (counts){0};
    for (uint32_t i = 0; i < documents->n; i++) {
        const corpus_document *d = &documents->at[i];
        analysed a;
        news_names names = {0};
        analyse(&a, d, &model, blind);
        if (!news_find_names(&a.arena, &a.views, &model, NULL, 0, &names)) {
            corpus_fail(d->name, 0, "out of memory");
        }
        news_find_titles(&a.article, &names);
        if (!news_find_same(&a.arena, &a.article, &names)) {
            corpus_fail(d->name, 0, "out of memory");
        }
        for (uint32_t g = 0; g < d->n_gold; g++) {
            out->gold[d->gold[g].type]++;
        }
        uint32_t g = 0;
        for (uint32_t k = 0; k < names.list.n; k++) {
            news_span span = source_of(&a, names.list.at[k].span);
            uint32_t type = tag_type_of(names.list.at[k].type);
            out->found[type]++;
            g = miss(d, g, span.from, verbose);
            if (g < d->n_gold && d->gold[g].from == span.from && d->gold[g].to == span.to &&
                d->gold[g].type == type) {
                out->right[type]++;
                g++;
            } else if (verbose) {
                uint32_t left = span.from > 40 ? span.from - 40 : 0;
                printf("%s: found %u '%.*s' in '%.*s'\n", d->name, type, (int)(span.to - span.from),
                       d->text + span.from, 100, d->text + left);
            }
        }
        miss(d, g, UINT32_MAX, verbose);
        measure_entries(&a, d, &names, out);
        news_arena_free(&a.arena);
    }
}
