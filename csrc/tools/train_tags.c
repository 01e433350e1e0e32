/* Trains the tagger on CoNLL-U files and writes csrc/data/model/tags.txt to standard output.
 *
 * usage: train_tags [--held-out=WORD] FILE.conllu…
 * Files whose name holds WORD are left out of the training and measured instead; what was measured
 * goes to standard error. Averaged perceptron (Collins 2002), eight rounds in the order of a fixed
 * random generator, so that a run can be repeated to the byte. */
#include "tag.h"
#include "utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROUNDS = 10, LOG_BUCKETS = 22, SMALLEST = 2, HIDDEN = 6 };

typedef struct word {
    news_tag_word read;
    uint8_t tag;
} word;

typedef struct sentence {
    word *words;
    uint32_t n;
    int held_out;
} sentence;

/* A feature's weights; the hash is kept, since buckets are shared by probing. */
typedef struct bucket {
    uint32_t key, seen;
    float weight[NEWS_N_TAGS], sum[NEWS_N_TAGS];
    uint32_t since[NEWS_N_TAGS]; /* the step at which `sum` was last brought up to date */
} bucket;

static bucket *buckets;
static sentence *sentences;
static uint32_t n_sentences, room, step = 1;

static void *checked(void *at) {
    if (!at) {
        fprintf(stderr, "train_tags: out of memory\n");
        exit(1);
    }
    return at;
}

static bucket *find(uint32_t key, int make) {
    uint32_t mask = (1u << LOG_BUCKETS) - 1, i = key & mask;
    while (buckets[i].seen && buckets[i].key != key) {
        i = (i + 1) & mask;
    }
    if (!buckets[i].seen && !make) {
        return NULL;
    }
    buckets[i].key = key;
    return &buckets[i];
}

/* Penn's tag and the universal one to ours. */
static uint8_t tag_of(const char *xpos, const char *upos) {
    static const struct {
        const char *xpos;
        uint8_t tag;
    } map[] = {
        {"NNP", NEWS_TAG_NAME},       {"NN", NEWS_TAG_NOUN},        {"PRP$", NEWS_TAG_POSSESSIVE},
        {"PRP", NEWS_TAG_PRONOUN},    {"EX", NEWS_TAG_PRONOUN},     {"POS", NEWS_TAG_POSSESSIVE},
        {"PDT", NEWS_TAG_DETERMINER}, {"DT", NEWS_TAG_DETERMINER},  {"CD", NEWS_TAG_NUMBER},
        {"JJ", NEWS_TAG_ADJECTIVE},   {"RP", NEWS_TAG_PARTICLE},    {"RB", NEWS_TAG_ADVERB},
        {"TO", NEWS_TAG_TO},          {"CC", NEWS_TAG_CONJUNCTION}, {"W", NEWS_TAG_RELATIVE},
        {"MD", NEWS_TAG_MODAL},       {"VBG", NEWS_TAG_GERUND},     {"VBD", NEWS_TAG_PAST},
        {"VBN", NEWS_TAG_PARTICIPLE}, {"VBZ", NEWS_TAG_PRESENT},    {"VBP", NEWS_TAG_PRESENT},
        {"VB", NEWS_TAG_BASE}};
    if (strcmp(xpos, "IN") == 0) {
        return strcmp(upos, "SCONJ") == 0 ? NEWS_TAG_LINKER : NEWS_TAG_PREPOSITION;
    }
    for (size_t i = 0; i < sizeof map / sizeof *map; i++) {
        if (strncmp(xpos, map[i].xpos, strlen(map[i].xpos)) == 0) {
            return map[i].tag;
        }
    }
    return xpos[0] >= 'A' && xpos[0] <= 'Z' && xpos[0] != 'S' && xpos[0] != 'N' && xpos[0] != 'H'
               ? NEWS_TAG_OTHER
               : NEWS_TAG_MARK;
}

/* Kind and flags as form/token.c gives them. */
static void read_form(word *w, const char *form, uint8_t tag, int first) {
    uint32_t n = (uint32_t)strlen(form), upper = 0, lower = 0, digits = 0, length;
    uint8_t flags = first ? NEWS_TOKEN_FIRST : 0;
    for (uint32_t at = 0; at < n; at += length) {
        uint32_t c = news_utf8_decode(form + at, n - at, &length);
        if (news_utf8_is_upper(c)) {
            flags |= at == 0 ? NEWS_TOKEN_CAPITAL : lower ? NEWS_TOKEN_MIXED : 0;
            upper++;
        } else {
            lower += news_utf8_is_lower(c);
        }
        digits += news_utf8_is_digit(c);
    }
    flags |= (digits ? NEWS_TOKEN_HAS_DIGIT : 0) | (upper >= 2 && !lower ? NEWS_TOKEN_ALL_CAPS : 0);
    uint8_t kind = NEWS_TOKEN_MARK;
    if (digits && !upper && !lower) {
        kind = NEWS_TOKEN_NUMBER;
    } else if (form[0] == '\'' || strncmp(form, "’", 3) == 0) {
        kind = tag == NEWS_TAG_MARK ? NEWS_TOKEN_QUOTE : NEWS_TOKEN_SUFFIX;
    } else if (strchr("\"`", form[0]) || strncmp(form, "“", 3) == 0 || strncmp(form, "”", 3) == 0) {
        kind = NEWS_TOKEN_QUOTE;
    } else if (upper + lower) {
        kind = digits && news_utf8_is_digit((unsigned char)form[0]) ? NEWS_TOKEN_NUMBER
                                                                    : NEWS_TOKEN_WORD;
        flags |= form[n - 1] == '.' ? NEWS_TOKEN_ABBREVIATION : 0;
    }
    news_tag_word_read(&w->read, form, n, kind, flags);
    w->tag = tag;
}

static void add_sentence(char forms[][128], const uint8_t *tags, uint32_t n, int held_out) {
    if (n == 0) {
        return;
    }
    if (n_sentences == room) {
        room = room ? 2 * room : 1024;
        sentences = checked(realloc(sentences, room * sizeof *sentences));
    }
    sentence *s = &sentences[n_sentences++];
    *s = (sentence){checked(calloc(n, sizeof *s->words)), n, held_out};
    int seen = 0;
    for (uint32_t i = 0; i < n; i++) {
        read_form(&s->words[i], forms[i], tags[i], !seen && tags[i] != NEWS_TAG_MARK);
        seen |= tags[i] != NEWS_TAG_MARK;
    }
}

/* Contractions other than 's are one token with us, tagged as what they are built on. */
static int is_contraction(const char *form) {
    static const char *const all[] = {"n't", "n’t", "'ll", "’ll", "'ve", "’ve",
                                      "'re", "’re", "'d",  "’d",  "'m",  "’m"};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        if (strcmp(form, all[i]) == 0) {
            return 1;
        }
    }
    return 0;
}

static void read_file(const char *path, int held_out) {
    enum { LONGEST = 512 };
    static char line[1 << 16], forms[LONGEST][128];
    uint8_t tags[LONGEST];
    uint32_t n = 0;
    FILE *file = fopen(path, "rb");
    if (!file) {
        fprintf(stderr, "train_tags: %s cannot be opened\n", path);
        exit(1);
    }
    while (fgets(line, sizeof line, file)) {
        if (line[0] == '\n') {
            add_sentence(forms, tags, n, held_out);
            n = 0;
            continue;
        }
        char *id = strtok(line, "\t"), *form = strtok(NULL, "\t"), *lemma = strtok(NULL, "\t"),
             *upos = strtok(NULL, "\t"), *xpos = strtok(NULL, "\t");
        if (line[0] == '#' || !id || !lemma || !upos || !xpos || strpbrk(id, "-.") ||
            n == LONGEST) {
            continue;
        }
        if (n && is_contraction(form)) {
            strncat(forms[n - 1], form, sizeof forms[0] - strlen(forms[n - 1]) - 1);
            continue;
        }
        snprintf(forms[n], sizeof forms[0], "%s", form);
        tags[n++] = tag_of(xpos, upos);
    }
    add_sentence(forms, tags, n, held_out);
    fclose(file);
}

static uint32_t next_random(void) {
    static uint32_t random = 20260503;
    random = random * 1664525u + 1013904223u;
    return random >> 8;
}

/* One in HIDDEN features is not seen while learning, so that the others learn to do without it. */
static uint32_t hide(uint32_t *features) {
    uint32_t n = 0;
    for (uint32_t k = 0; k < NEWS_TAG_FEATURES; k++) {
        if (next_random() % HIDDEN) {
            features[n++] = features[k];
        }
    }
    return n;
}

static unsigned guess(const sentence *s, uint32_t i, unsigned before, unsigned before_that,
                      uint32_t *features, uint32_t *n, int averaged) {
    static const news_tag_word none = {.word = 0};
    news_tag_features(i ? &s->words[i - 1].read : &none, &s->words[i].read,
                      i + 1 < s->n ? &s->words[i + 1].read : &none, before, before_that, features);
    *n = averaged ? NEWS_TAG_FEATURES : hide(features);
    float score[NEWS_N_TAGS] = {0};
    for (unsigned k = 0; k < *n; k++) {
        const bucket *b = find(features[k], 0);
        for (unsigned t = 0; b && t < NEWS_N_TAGS; t++) {
            score[t] += averaged ? b->sum[t] : b->weight[t];
        }
    }
    unsigned best = 0;
    for (unsigned t = 1; t < NEWS_N_TAGS; t++) {
        best = score[t] > score[best] ? t : best;
    }
    return best;
}

static void bump(bucket *b, unsigned tag, float by) {
    b->sum[tag] += (float)(step - b->since[tag]) * b->weight[tag];
    b->since[tag] = step;
    b->weight[tag] += by;
}

static void train(void) {
    uint32_t *order = checked(calloc(n_sentences + 1, sizeof *order));
    for (uint32_t i = 0; i < n_sentences; i++) {
        order[i] = i;
    }
    for (int round = 0; round < ROUNDS; round++) {
        for (uint32_t i = n_sentences; i > 1; i--) {
            uint32_t k = next_random() % i, swap = order[i - 1];
            order[i - 1] = order[k];
            order[k] = swap;
        }
        for (uint32_t o = 0; o < n_sentences; o++) {
            const sentence *s = &sentences[order[o]];
            unsigned before = NEWS_N_TAGS, before_that = NEWS_N_TAGS;
            for (uint32_t i = 0; i < s->n && !s->held_out; i++, step++) {
                uint32_t features[NEWS_TAG_FEATURES], n;
                unsigned got = guess(s, i, before, before_that, features, &n, 0);
                for (unsigned k = 0; k < n; k++) {
                    bucket *b = find(features[k], 1);
                    b->seen += round == 0 || b->seen == 0;
                    if (got != s->words[i].tag) {
                        bump(b, s->words[i].tag, 1);
                        bump(b, got, -1);
                    }
                }
                before_that = before;
                before = got;
            }
        }
    }
    free(order);
}

static uint32_t write_model(void) {
    uint32_t n = 0;
    printf(
        "# Weights of the part-of-speech tagger: csrc/tools/train_tags.c says how they are made,\n"
        "# csrc/tools/tagtable.c how they are written. Trained on the annotations of GUM "
        "(Georgetown\n"
        "# University Multilayer corpus, CC-BY 4.0).\n");
    for (uint32_t i = 0; i < 1u << LOG_BUCKETS; i++) {
        bucket *b = &buckets[i];
        int any = 0, rounded[NEWS_N_TAGS];
        for (unsigned t = 0; b->seen && t < NEWS_N_TAGS; t++) {
            bump(b, t, 0);
            float w = b->sum[t] / (float)step * 12;
            rounded[t] = (int)(w < 0 ? w - 0.5f : w + 0.5f);
            rounded[t] = rounded[t] > 127 ? 127 : rounded[t] < -127 ? -127 : rounded[t];
            if (rounded[t] < SMALLEST && rounded[t] > -SMALLEST) {
                rounded[t] = 0;
            }
            if (b->seen < 2 && i % 1 == 0 && rounded[t] < 4 && rounded[t] > -4) {
                rounded[t] = 0;
            }
            b->sum[t] = (float)rounded[t];
            any |= rounded[t];
        }
        if (!any) {
            continue;
        }
        n++;
        printf("%08x", (unsigned)b->key);
        for (unsigned t = 0; t < NEWS_N_TAGS; t++) {
            if (rounded[t]) {
                printf("%c%d", (char)('a' + t), rounded[t]);
            }
        }
        putchar('\n');
    }
    return n;
}

static void measure(int held_out, const char *what) {
    uint32_t right = 0, all = 0;
    uint32_t features[NEWS_TAG_FEATURES], n;
    for (uint32_t o = 0; o < n_sentences; o++) {
        const sentence *s = &sentences[o];
        unsigned before = NEWS_N_TAGS, before_that = NEWS_N_TAGS;
        for (uint32_t i = 0; i < s->n && s->held_out == held_out; i++) {
            unsigned got = guess(s, i, before, before_that, features, &n, 1);
            right += got == s->words[i].tag;
            all++;
            before_that = before;
            before = got;
        }
    }
    if (all) {
        fprintf(stderr, "%s: %u of %u tokens right, %.2f %%\n", what, (unsigned)right,
                (unsigned)all, 100.0 * right / all);
    }
}

int main(int argc, char **argv) {
    const char *held_out = NULL;
    buckets = checked(calloc((size_t)1 << LOG_BUCKETS, sizeof *buckets));
    for (int i = 1; i < argc; i++) {
        if (strncmp(argv[i], "--held-out=", 11) == 0) {
            held_out = argv[i] + 11;
        } else {
            read_file(argv[i], held_out && strstr(argv[i], held_out) != NULL);
        }
    }
    if (n_sentences == 0) {
        fprintf(stderr, "usage: train_tags [--held-out=WORD] FILE.conllu...\n");
        return 2;
    }
    train();
    uint32_t n = write_model();
    fprintf(stderr, "%u features kept\n", (unsigned)n);
    measure(0, "trained on");
    measure(1, "held out");
    for (uint32_t i = 0; i < n_sentences; i++) {
        free(sentences[i].words);
    }
    free(sentences);
    free(buckets);
    return fflush(stdout) == 0 ? 0 : 1;
}
