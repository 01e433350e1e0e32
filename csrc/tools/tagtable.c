/* Build-time tool: turns the tagger's weights into a constant hash table.
 *
 * usage: tagtable OUT.c MODEL.txt
 * A line of the model is a feature's hash in eight hexadecimal digits and, for each tag with a
 * weight, a letter for the tag ('a' + its number) and the weight, a signed decimal:
 * "1f00a2b3a-12c7".
 * '#' starts a comment line. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* As in tag.h, tag_model.h and tag.c, which does not compile where they differ. */
enum { N_TAGS = 22, ROW = 3, MEMBERS = 32 };

/* A slot of news_tag_model. */
typedef struct slot {
    uint32_t key, members, row;
} slot;

static _Noreturn void fail(const char *path, unsigned line, const char *what) {
    fprintf(stderr, "%s:%u: %s\n", path, line, what);
    exit(1);
}

/* A feature: its family in all bits but the lowest, its member in those. */
typedef struct feature {
    uint32_t key;
    int8_t weights[N_TAGS];
} feature;

static int by_key(const void *a, const void *b) {
    uint32_t x = ((const feature *)a)->key, y = ((const feature *)b)->key;
    return x < y ? -1 : x > y;
}

static feature *read_features(const char *path, FILE *in, uint32_t *n) {
    feature *all = NULL;
    uint32_t room = 0;
    char line[512];
    *n = 0;
    for (unsigned row = 1; fgets(line, sizeof line, in); row++) {
        if (line[0] == '#' || line[0] == '\n') {
            continue;
        }
        if (*n == room) {
            room = room ? 2 * room : 4096;
            all = realloc(all, room * sizeof *all);
            if (!all) {
                fail(path, row, "out of memory");
            }
        }
        char key[9] = "", *at = line + 8;
        memcpy(key, line, 8);
        feature *f = &all[(*n)++];
        *f = (feature){.key = (uint32_t)strtoul(key, NULL, 16)};
        while (*at >= 'a' && *at < 'a' + N_TAGS) {
            int tag = *at - 'a';
            f->weights[tag] = (int8_t)strtol(at + 1, &at, 10);
        }
        if (*at != '\n') {
            fail(path, row, "not a hash and weights");
        }
    }
    if (!all) {
        fail(path, 0, "no features");
    }
    qsort(all, *n, sizeof *all, by_key);
    return all;
}

int main(int argc, char **argv) {
    if (argc != 3) {
        fprintf(stderr, "usage: tagtable OUT.c MODEL.txt\n");
        return 2;
    }
    FILE *in = fopen(argv[2], "rb"), *out = fopen(argv[1], "wb");
    if (!in || !out) {
        fail(in ? argv[1] : argv[2], 0, "cannot be opened");
    }
    uint32_t n, slots = 16;
    feature *all = read_features(argv[2], in, &n);
    while (slots < n) {
        slots *= 2;
    }
    slot *table = calloc(slots, sizeof *table);
    if (!table) {
        fail(argv[2], 0, "out of memory");
    }
    fprintf(out, "/* Made by csrc/tools/tagtable.c. */\n#include \"tag_model.h\"\n"
                 "static const uint64_t weights[] = {\n");
    for (uint32_t i = 0; i < n; i++) {
        uint32_t key = all[i].key & ~(uint32_t)(MEMBERS - 1), at = key / MEMBERS & (slots - 1);
        while (table[at].members && table[at].key != key) {
            at = (at + 1) & (slots - 1);
        }
        if (!table[at].members) {
            table[at] = (slot){key, 0, i};
        }
        table[at].members |= 1u << (all[i].key & (MEMBERS - 1));
        uint64_t row[ROW] = {0};
        for (unsigned tag = 0; tag < N_TAGS; tag++) {
            /* The even bytes are of the first tags, the odd ones of the others, so that a mask
             * leaves each room to be added up in. */
            unsigned number = tag % (4 * ROW), shift = 16 * (number % 4) + (tag < 4 * ROW ? 0 : 8);
            row[number / 4] |= (uint64_t)(all[i].weights[tag] + 128) << shift;
        }
        for (unsigned k = 0; k < ROW; k++) {
            fprintf(out, "UINT64_C(%llu),%s", (unsigned long long)row[k], k + 1 < ROW ? "" : "\n");
        }
    }
    fprintf(out, "0};\nstatic const news_tag_slot slots[] = {\n");
    for (uint32_t i = 0; i < slots; i++) {
        fprintf(out, "{%uu,%uu,%u},%s", (unsigned)table[i].key, (unsigned)table[i].members,
                (unsigned)table[i].row, i % 8 == 7 ? "\n" : "");
    }
    fprintf(out, "};\nconst news_tag_weights news_tag_model = {slots, weights, %uu};\n",
            (unsigned)(slots - 1));
    free(table);
    free(all);
    fclose(in);
    if (fclose(out) != 0) {
        fail(argv[1], 0, "cannot be written");
    }
    return 0;
}
