/* Build-time tool: turns word lists into constant hash tables (see csrc/base/words.h for both
 * formats).
 *
 * usage: wordtable OUT.h OUT.c LIST.txt…
 * Each list NAME.txt becomes `news_words_NAME`, its values an enum NEWS_NAME_VALUE. */
#include "words.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct entry {
    char *bytes;
    size_t n;
    unsigned value;
    int is_entry, is_prefix;
} entry;

typedef struct list {
    const char *path;
    char name[64], upper[64];
    entry *entries;
    size_t n_entries, room;
    char *values[64];
    unsigned n_values;
    int are_flags;
} list;

static _Noreturn void fail(const char *path, unsigned line, const char *what) {
    fprintf(stderr, "%s:%u: %s\n", path, line, what);
    exit(1);
}

static void *checked(void *at) {
    if (!at) {
        fail("wordtable", 0, "out of memory");
    }
    return at;
}

static char *copy(const char *bytes, size_t n) {
    char *at = checked(malloc(n + 1));
    memcpy(at, bytes, n);
    at[n] = 0;
    return at;
}

static void add(list *l, const char *bytes, size_t n, unsigned value, int is_entry) {
    if (l->n_entries == l->room) {
        l->room = l->room ? 2 * l->room : 1024;
        l->entries = checked(realloc(l->entries, l->room * sizeof *l->entries));
    }
    l->entries[l->n_entries++] = (entry){copy(bytes, n), n, value, is_entry, !is_entry};
}

static unsigned value_of(const list *l, unsigned line, char *text) {
    unsigned value = 0;
    for (char *word = strtok(text, ","); word; word = strtok(NULL, ",")) {
        unsigned i = 0;
        while (i < l->n_values && strcmp(l->values[i], word) != 0) {
            i++;
        }
        if (i == l->n_values) {
            fail(l->path, line, "a value that no #values or #flags line names");
        }
        value |= l->are_flags ? 1u << i : i;
    }
    return value;
}

static void read_list(list *l) {
    FILE *file = fopen(l->path, "rb");
    if (!file) {
        fail(l->path, 0, "cannot be opened");
    }
    char row[1024];
    for (unsigned line = 1; fgets(row, sizeof row, file); line++) {
        size_t n = strcspn(row, "\r\n");
        if (row[n] == 0 && n == sizeof row - 1) {
            fail(l->path, line, "line too long");
        }
        row[n] = 0;
        if (strncmp(row, "#values:", 8) == 0 || strncmp(row, "#flags:", 7) == 0) {
            l->are_flags = row[1] == 'f';
            for (char *word = strtok(strchr(row, ':') + 1, " "); word; word = strtok(NULL, " ")) {
                if (l->n_values == (l->are_flags ? 14 : 64)) {
                    fail(l->path, line, "too many values");
                }
                l->values[l->n_values++] = copy(word, strlen(word));
            }
        } else if (n && row[0] != '#') {
            char *tab = strchr(row, '\t');
            unsigned value = 0;
            if (tab) {
                *tab = 0;
                value = value_of(l, line, tab + 1);
            }
            n = strlen(row);
            if (n == 0 || n > 255 || row[0] == ' ' || row[n - 1] == ' ') {
                fail(l->path, line, "empty, too long or with a blank at its end");
            }
            add(l, row, n, value, 1);
            for (char *blank = strchr(row, ' '); blank; blank = strchr(blank + 1, ' ')) {
                add(l, row, (size_t)(blank - row), 0, 0);
            }
        }
    }
    if (ferror(file)) {
        fail(l->path, 0, "cannot be read");
    }
    fclose(file);
}

static int by_bytes(const void *a, const void *b) {
    return strcmp(((const entry *)a)->bytes, ((const entry *)b)->bytes);
}

/* Joins an entry with the prefixes that spell the same; an entry listed twice with two values is a
 * mistake in the list, unless they are flags, which are joined. */
static void merge(list *l) {
    qsort(l->entries, l->n_entries, sizeof *l->entries, by_bytes);
    size_t n = 0;
    for (size_t i = 0; i < l->n_entries; i++) {
        entry *e = &l->entries[i], *last = n ? &l->entries[n - 1] : NULL;
        if (!last || strcmp(last->bytes, e->bytes) != 0) {
            l->entries[n++] = *e;
            continue;
        }
        if (last->is_entry && e->is_entry && last->value != e->value && !l->are_flags) {
            fprintf(stderr, "%s: '%s' stands twice with two values\n", l->path, e->bytes);
            exit(1);
        }
        last->value |= e->value;
        last->is_entry |= e->is_entry;
        last->is_prefix |= e->is_prefix;
        free(e->bytes);
    }
    l->n_entries = n;
}

/* False for a list that has words of nearly any length and first letter. */
static bool write_lengths(const list *l, FILE *code) {
    enum { MOST_ENTRIES = 3000 };
    uint32_t lengths[NEWS_WORDS_FIRSTS] = {0};
    if (l->n_entries > MOST_ENTRIES) {
        return false;
    }
    for (size_t i = 0; i < l->n_entries; i++) {
        const entry *e = &l->entries[i];
        lengths[(unsigned char)e->bytes[0] % NEWS_WORDS_FIRSTS] |= news_words_length_bit(e->n);
    }
    fprintf(code, "static const uint32_t %s_lengths[] = {", l->name);
    for (size_t i = 0; i < NEWS_WORDS_FIRSTS; i++) {
        fprintf(code, "%s%luu", i % 8 ? "," : i ? ",\n" : "\n", (unsigned long)lengths[i]);
    }
    fprintf(code, "};\n");
    return true;
}

static void write_list(const list *l, FILE *header, FILE *code) {
    fprintf(header, "extern const news_words news_words_%s;\n", l->name);
    for (unsigned i = 0; i < l->n_values; i++) {
        char upper[64] = "";
        for (size_t k = 0; l->values[i][k] && k < sizeof upper - 1; k++) {
            upper[k] = (char)toupper((unsigned char)l->values[i][k]);
        }
        fprintf(header, "%sNEWS_%s_%s = %u%s", i ? " " : "enum { ", l->upper, upper,
                l->are_flags ? 1u << i : i, i + 1 < l->n_values ? "," : " };\n");
    }
    size_t slots = 16, longest = 0, used = 0;
    while (slots < 2 * l->n_entries) {
        slots *= 2;
    }
    size_t *table = checked(calloc(slots, sizeof *table)),
           *at = checked(calloc(l->n_entries + 1, sizeof *at));
    fprintf(code, "static const char %s_bytes[] = {", l->name);
    for (size_t i = 0; i < l->n_entries; i++) {
        const entry *e = &l->entries[i];
        at[i] = used;
        for (size_t k = 0; k < e->n; k++) {
            fprintf(code, "%s%d",
                    (used + k) % 24 ? ","
                    : i + k         ? ",\n"
                                    : "\n",
                    (signed char)e->bytes[k]);
        }
        used += e->n;
        longest = e->n > longest ? e->n : longest;
        size_t slot = news_words_key(e->bytes, e->n) & (slots - 1);
        while (table[slot]) {
            slot = (slot + 1) & (slots - 1);
        }
        table[slot] = i + 1;
    }
    fprintf(code, "%s};\nstatic const news_words_slot %s_slots[] = {\n", used ? "" : "0", l->name);
    for (size_t i = 0; i < slots; i++) {
        if (table[i]) {
            const entry *e = &l->entries[table[i] - 1];
            fprintf(code, "{%zu,%zu,%u,%d,%d},%s", at[table[i] - 1] + 1, e->n, e->value,
                    e->is_entry, e->is_prefix, i % 6 == 5 ? "\n" : "");
        } else {
            fprintf(code, "{0,0,0,0,0},%s", i % 6 == 5 ? "\n" : "");
        }
    }
    fprintf(code, "};\n");
    bool tells = write_lengths(l, code);
    fprintf(code, "const news_words news_words_%s = {%s_bytes, %s_slots, %zuu, %zuu, %s%s};\n",
            l->name, l->name, l->name, slots - 1, longest, tells ? l->name : "NULL",
            tells ? "_lengths" : "");
    free(table);
    free(at);
}

static FILE *open_to_write(const char *path) {
    FILE *file = fopen(path, "wb");
    if (!file) {
        fail(path, 0, "cannot be written");
    }
    return file;
}

int main(int argc, char **argv) {
    if (argc < 3) {
        fprintf(stderr, "usage: wordtable OUT.h OUT.c LIST.txt...\n");
        return 2;
    }
    FILE *header = open_to_write(argv[1]), *code = open_to_write(argv[2]);
    fprintf(header,
            "/* Made by csrc/tools/wordtable.c from csrc/data. */\n#ifndef NEWS_WORD_LISTS_H\n"
            "#define NEWS_WORD_LISTS_H\n#include \"words.h\"\n");
    fprintf(code,
            "/* Made by csrc/tools/wordtable.c from csrc/data. */\n#include \"word_lists.h\"\n");
    for (int i = 3; i < argc; i++) {
        list l = {.path = argv[i]};
        const char *slash = strrchr(argv[i], '/');
        snprintf(l.name, sizeof l.name, "%s", slash ? slash + 1 : argv[i]);
        l.name[strcspn(l.name, ".")] = 0;
        for (size_t k = 0; l.name[k]; k++) {
            l.upper[k] = (char)toupper((unsigned char)l.name[k]);
        }
        read_list(&l);
        merge(&l);
        write_list(&l, header, code);
        for (size_t k = 0; k < l.n_entries; k++) {
            free(l.entries[k].bytes);
        }
        free(l.entries);
        for (unsigned k = 0; k < l.n_values; k++) {
            free(l.values[k]);
        }
    }
    fprintf(header, "#endif\n");
    if (fclose(header) != 0 || fclose(code) != 0) {
        fail(argv[2], 0, "cannot be written");
    }
    return 0;
}
