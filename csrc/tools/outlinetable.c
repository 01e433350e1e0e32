/* Build-time tool: turns the labeller's readable weights (csrc/data/outline.model) into constant
 * arrays.
 *
 * usage: outlinetable OUT.h OUT.c MODEL
 * A row is a name and one integer for each label, tabs between them: "question:answer" for a
 * feature of csrc/form/page.h, "word:…", "pair:LABEL" (by the label before), "layer:0" and
 * "layer:1", "end:SHARE" (its first two numbers, without and with a headline). What has no row has
 * no weight. */
#include "page.h"
#include "words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { N_LABELS = 7, MOST_WORDS = 16000, LONGEST_WORD = 31 };

static const struct {
    const char *name;
    unsigned first, n;
} questions[] = {
#define QUESTION(name, n) {#name, NEWS_FEATURE_##name, n},
    NEWS_FEATURES(QUESTION)
#undef QUESTION
};

static int weights[NEWS_N_FEATURES][N_LABELS], pairs[N_LABELS + 1][N_LABELS], layers[2][N_LABELS],
    ends[5][N_LABELS];
static struct {
    char bytes[LONGEST_WORD + 1];
    int weights[N_LABELS];
} words[MOST_WORDS];
static unsigned n_words;

static _Noreturn void fail(const char *path, unsigned line, const char *what) {
    fprintf(stderr, "%s:%u: %s\n", path, line, what);
    exit(1);
}

static int *row_of(const char *path, unsigned line, const char *name, const char *answer) {
    if (strcmp(name, "word") == 0) {
        if (n_words == MOST_WORDS || strlen(answer) > LONGEST_WORD) {
            fail(path, line, "too many words, or too long a word");
        }
        memcpy(words[n_words].bytes, answer, strlen(answer) + 1);
        return words[n_words++].weights;
    }
    unsigned long at = strtoul(answer, NULL, 10);
    if (strcmp(name, "pair") == 0 && at <= N_LABELS) {
        return pairs[at];
    }
    if (strcmp(name, "end") == 0 && at < 5) {
        return ends[at];
    }
    if (strcmp(name, "layer") == 0 && at < 2) {
        return layers[at];
    }
    for (size_t i = 0; i < sizeof questions / sizeof *questions; i++) {
        if (strcmp(name, questions[i].name) == 0 && at < questions[i].n) {
            return weights[questions[i].first + at];
        }
    }
    fail(path, line, "a feature that csrc/form/page.h does not have");
}

static void read_model(const char *path) {
    FILE *file = fopen(path, "rb");
    if (!file) {
        fail(path, 0, "cannot be opened");
    }
    char row[512];
    for (unsigned line = 1; fgets(row, sizeof row, file); line++) {
        if (row[0] == '#' || row[0] == '\n') {
            continue;
        }
        char *tab = strchr(row, '\t'), *colon = strchr(row, ':');
        if (!tab || !colon || colon > tab) {
            fail(path, line, "no name with a colon before a tab");
        }
        *tab = *colon = 0;
        int *out = row_of(path, line, row, colon + 1);
        for (int k = 0; k < N_LABELS; k++) {
            char *end;
            long value = strtol(tab + 1, &end, 10);
            if (end == tab + 1 || value < -32000 || value > 32000) {
                fail(path, line, "an integer of 16 bits is needed for each label");
            }
            out[k] = (int)value;
            tab = end - 1 + (*end == '\t');
        }
    }
    fclose(file);
}

static void write_row(FILE *out, const int *row) {
    for (int k = 0; k < N_LABELS; k++) {
        fprintf(out, "%s%d%s", k ? "," : "{", row[k], k + 1 < N_LABELS ? "" : "},\n");
    }
}

static void write_rows(FILE *out, const char *type, const char *name, int (*rows)[N_LABELS],
                       size_t n) {
    fprintf(out, "const %s %s[][%d] = {\n", type, name, N_LABELS);
    for (size_t i = 0; i < n; i++) {
        write_row(out, rows[i]);
    }
    fprintf(out, "};\n");
}

static void write_words(FILE *out) {
    size_t slots = 16, used = 0, longest = 0;
    while (slots < 2 * (size_t)n_words) {
        slots *= 2;
    }
    size_t *table = calloc(slots, sizeof *table);
    size_t *at = calloc(n_words + 1, sizeof *at);
    if (!table || !at) {
        fail("outlinetable", 0, "out of memory");
    }
    fprintf(out, "static const char bytes[] = {");
    for (size_t i = 0; i < n_words; i++) {
        size_t n = strlen(words[i].bytes);
        at[i] = used;
        longest = n > longest ? n : longest;
        for (size_t k = 0; k < n; k++, used++) {
            fprintf(out, "%d,%s", (signed char)words[i].bytes[k], used % 24 == 23 ? "\n" : "");
        }
        size_t slot = news_words_key(words[i].bytes, n) & (slots - 1);
        while (table[slot]) {
            slot = (slot + 1) & (slots - 1);
        }
        table[slot] = i + 1;
    }
    fprintf(out, "0};\nstatic const news_words_slot slots[] = {\n");
    for (size_t i = 0; i < slots; i++) {
        if (table[i]) {
            size_t word = table[i] - 1;
            fprintf(out, "{%zu,%zu,%zu,1,0},\n", at[word] + 1, strlen(words[word].bytes), word);
        } else {
            fprintf(out, "{0,0,0,0,0},\n");
        }
    }
    fprintf(out, "};\nconst news_words news_outline_words = {bytes, slots, %zuu, %zuu, NULL};\n",
            slots - 1, longest);
    fprintf(out, "const int16_t news_outline_word_weights[][%d] = {\n", N_LABELS);
    for (size_t i = 0; i < n_words; i++) {
        write_row(out, words[i].weights);
    }
    fprintf(out, "{0}};\n");
    free(table);
    free(at);
}

int main(int argc, char **argv) {
    if (argc != 4) {
        fprintf(stderr, "usage: outlinetable OUT.h OUT.c MODEL\n");
        return 2;
    }
    read_model(argv[3]);
    FILE *header = fopen(argv[1], "wb"), *code = fopen(argv[2], "wb");
    if (!header || !code) {
        fail(argv[1], 0, "cannot be written");
    }
    fprintf(header,
            "/* Made by csrc/tools/outlinetable.c from csrc/data/outline.model. */\n"
            "#ifndef NEWS_OUTLINE_MODEL_H\n#define NEWS_OUTLINE_MODEL_H\n#include \"words.h\"\n"
            "extern const int16_t news_outline_weights[][%d], news_outline_word_weights[][%d];\n"
            "extern const int32_t news_outline_pairs[][%d], news_outline_layers[][%d],\n"
            "    news_outline_ends[][%d];\nextern const news_words news_outline_words;\n#endif\n",
            N_LABELS, N_LABELS, N_LABELS, N_LABELS, N_LABELS);
    fprintf(code, "/* Made by csrc/tools/outlinetable.c from csrc/data/outline.model. */\n"
                  "#include \"outline_model.h\"\n");
    write_rows(code, "int16_t", "news_outline_weights", weights, NEWS_N_FEATURES);
    write_rows(code, "int32_t", "news_outline_pairs", pairs, N_LABELS + 1);
    write_rows(code, "int32_t", "news_outline_layers", layers, 2);
    write_rows(code, "int32_t", "news_outline_ends", ends, 5);
    write_words(code);
    if (fclose(header) != 0 || fclose(code) != 0) {
        fail(argv[2], 0, "cannot be written");
    }
    return 0;
}
