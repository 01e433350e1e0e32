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

enum {
    N_TAGS = 22,
    ROW = 24
}; /* as in tag.h and tag_model.h; tag.c does not compile where they differ */

static _Noreturn void fail(const char *path, unsigned line, const char *what) {
    fprintf(stderr, "%s:%u: %s\n", path, line, what);
    exit(1);
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
    uint32_t *keys = NULL, n = 0, room = 0;
    char line[512];
    fprintf(out, "/* Made by csrc/tools/tagtable.c. */\n#include \"tag_model.h\"\n"
                 "static const int8_t weights[] = {\n");
    for (unsigned row = 1; fgets(line, sizeof line, in); row++) {
        if (line[0] == '#' || line[0] == '\n') {
            continue;
        }
        if (n == room) {
            room = room ? 2 * room : 4096;
            keys = realloc(keys, room * sizeof *keys);
            if (!keys) {
                fail(argv[2], row, "out of memory");
            }
        }
        char key[9] = "", *at = line + 8;
        memcpy(key, line, 8);
        keys[n++] = (uint32_t)strtoul(key, NULL, 16);
        long weights[N_TAGS] = {0};
        while (*at >= 'a' && *at < 'a' + N_TAGS) {
            int tag = *at - 'a';
            weights[tag] = strtol(at + 1, &at, 10);
        }
        if (*at != '\n') {
            fail(argv[2], row, "not a hash and weights");
        }
        for (int tag = 0; tag < ROW; tag++) {
            fprintf(out, "%ld,", tag < N_TAGS ? weights[tag] : 0);
        }
        fputc('\n', out);
    }
    uint32_t slots = 16;
    while (slots < 2 * n) {
        slots *= 2;
    }
    uint32_t *table = calloc(slots, sizeof *table);
    if (!table) {
        fail(argv[2], 0, "out of memory");
    }
    for (uint32_t i = 0; i < n; i++) {
        uint32_t slot = keys[i] & (slots - 1);
        while (table[slot]) {
            slot = (slot + 1) & (slots - 1);
        }
        table[slot] = i + 1;
    }
    fprintf(out, "0};\nstatic const news_tag_slot slots[] = {\n");
    for (uint32_t i = 0; i < slots; i++) {
        fprintf(out, "{%uu,%u},%s", table[i] ? (unsigned)keys[table[i] - 1] : 0, (unsigned)table[i],
                i % 8 == 7 ? "\n" : "");
    }
    fprintf(out, "};\nconst news_tag_weights news_tag_model = {slots, weights, %uu};\n",
            (unsigned)(slots - 1));
    free(table);
    free(keys);
    fclose(in);
    if (fclose(out) != 0) {
        fail(argv[1], 0, "cannot be written");
    }
    return 0;
}
