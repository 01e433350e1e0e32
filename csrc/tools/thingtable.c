/* Build-time tool: turns the gazetteer (csrc/data/gazetteer) into the tables of csrc/find/thing.h.
 *
 * usage: thingtable OUT.c LIST.txt…
 * A list has lines `Name; Alias; Alias`, with `| demonyms | capitals` behind those of countries;
 * `#type: kind` sets the kind of the lines that follow, other lines starting with `#` are comments.
 * A name that two lines claim goes to the first. */
#include "thing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_THINGS = 1 << 14 /* the 14 bits of a slot's value */, LONGEST = 120 };

typedef struct entry {
    char *bytes;
    size_t n;
    unsigned value;
    int is_entry, is_prefix;
} entry;

static entry *table;
static size_t n_slots = 1 << 10, n_used;
static news_thing things[MOST_THINGS];
static unsigned n_things;

static _Noreturn void fail(const char *path, unsigned line, const char *what) {
    fprintf(stderr, "%s:%u: %s\n", path, line, what);
    exit(1);
}

static entry *slot_of(entry *slots, size_t n, const char *bytes, size_t length) {
    size_t i = news_words_key(bytes, length) & (n - 1);
    while (slots[i].bytes && (slots[i].n != length || memcmp(slots[i].bytes, bytes, length) != 0)) {
        i = (i + 1) & (n - 1);
    }
    return &slots[i];
}

static entry *add(const char *bytes, size_t n) {
    if (2 * n_used >= n_slots) {
        entry *larger = calloc(2 * n_slots, sizeof *larger);
        if (!larger) {
            fail("thingtable", 0, "out of memory");
        }
        for (size_t i = 0; i < n_slots; i++) {
            if (table[i].bytes) {
                *slot_of(larger, 2 * n_slots, table[i].bytes, table[i].n) = table[i];
            }
        }
        free(table);
        table = larger;
        n_slots *= 2;
    }
    entry *e = slot_of(table, n_slots, bytes, n);
    if (!e->bytes) {
        e->bytes = malloc(n + 1);
        if (!e->bytes) {
            fail("thingtable", 0, "out of memory");
        }
        memcpy(e->bytes, bytes, n);
        e->bytes[n] = 0;
        e->n = n;
        n_used++;
    }
    return e;
}

/* Adds the names of `list`, separated by semicolons, to one new thing; does nothing where there are
 * none. */
static unsigned add_thing(const char *path, unsigned line, char *list, unsigned kind,
                          unsigned link) {
    unsigned thing = n_things;
    for (char *name = strtok(list, ";"); name; name = strtok(NULL, ";")) {
        name += strspn(name, " ");
        size_t n = strlen(name);
        while (n && name[n - 1] == ' ') {
            n--;
        }
        if (n == 0) {
            continue;
        }
        if (n > LONGEST) {
            fail(path, line, "name too long");
        }
        if (thing == n_things) {
            if (n_things == MOST_THINGS) {
                fail(path, line, "too many things for 14 bits");
            }
            things[n_things++] =
                (news_thing){(uint16_t)kind, (uint16_t)(link == MOST_THINGS ? thing : link)};
        }
        entry *e = add(name, n);
        if (!e->is_entry) {
            e->is_entry = 1;
            e->value = thing;
        }
        for (size_t i = 0; i < n; i++) {
            if (name[i] == ' ') {
                add(name, i)->is_prefix = 1;
            }
        }
    }
    return thing;
}

static unsigned kind_of(const char *path, unsigned line, const char *name) {
    static const char *const names[] = {
#define KIND(name, kind, type) name,
        NEWS_THING_KINDS(KIND)
#undef KIND
    };
    for (unsigned i = 0; i < NEWS_N_THING_KINDS; i++) {
        if (strcmp(names[i], name) == 0) {
            return i;
        }
    }
    fail(path, line, "a kind that csrc/find/thing.h does not name");
}

static void read_list(const char *path) {
    FILE *file = fopen(path, "rb");
    if (!file) {
        fail(path, 0, "cannot be opened");
    }
    char row[2048];
    unsigned kind = NEWS_N_THING_KINDS;
    for (unsigned line = 1; fgets(row, sizeof row, file); line++) {
        size_t n = strcspn(row, "\r\n");
        if (row[n] == 0 && n == sizeof row - 1) {
            fail(path, line, "line too long");
        }
        row[n] = 0;
        if (strncmp(row, "#type: ", 7) == 0) {
            kind = kind_of(path, line, row + 7);
        } else if (n && row[0] != '#') {
            if (kind == NEWS_N_THING_KINDS) {
                fail(path, line, "no #type: line above");
            }
            char *demonyms = strchr(row, '|'), *capitals = NULL;
            if (demonyms) {
                *demonyms++ = 0;
                capitals = strchr(demonyms, '|');
                if (capitals) {
                    *capitals++ = 0;
                }
            }
            unsigned thing = add_thing(path, line, row, kind, MOST_THINGS);
            if (demonyms) {
                add_thing(path, line, demonyms, NEWS_THING_DEMONYM, thing);
            }
            if (capitals) {
                add_thing(path, line, capitals, NEWS_THING_CAPITAL, thing);
            }
        }
    }
    if (ferror(file)) {
        fail(path, 0, "cannot be read");
    }
    fclose(file);
}

static void write_tables(FILE *code) {
    size_t used = 0, longest = 0;
    fputs("/* Made by csrc/tools/thingtable.c from csrc/data/gazetteer. */\n#include \"thing.h\"\n"
          "static const char bytes[] = {\n",
          code);
    for (size_t i = 0; i < n_slots; i++) {
        for (size_t k = 0; k < table[i].n; k++) {
            fprintf(code, "%d,%s", (signed char)table[i].bytes[k], k + 1 == table[i].n ? "\n" : "");
        }
        longest = table[i].n > longest ? table[i].n : longest;
    }
    fputs("0};\nstatic const news_words_slot slots[] = {\n", code);
    for (size_t i = 0; i < n_slots; i++) {
        const entry *e = &table[i];
        if (e->bytes) {
            fprintf(code, "{%zu,%zu,%u,%d,%d},\n", used + 1, e->n, e->value, e->is_entry,
                    e->is_prefix);
            used += e->n;
        } else {
            fputs("{0,0,0,0,0},\n", code);
        }
    }
    fprintf(code, "};\nconst news_words news_thing_names = {bytes, slots, %zuu, %zuu, NULL};\n",
            n_slots - 1, longest);
    fputs("const news_thing news_things[] = {\n", code);
    for (unsigned i = 0; i < n_things; i++) {
        fprintf(code, "{%u,%u},%s", things[i].kind, things[i].link, i % 8 == 7 ? "\n" : "");
    }
    fputs("{0,0}};\n", code);
}

int main(int argc, char **argv) {
    if (argc < 3) {
        fprintf(stderr, "usage: thingtable OUT.c LIST.txt...\n");
        return 2;
    }
    table = calloc(n_slots, sizeof *table);
    if (!table) {
        fail("thingtable", 0, "out of memory");
    }
    for (int i = 2; i < argc; i++) {
        read_list(argv[i]);
    }
    FILE *code = fopen(argv[1], "wb");
    if (!code) {
        fail(argv[1], 0, "cannot be written");
    }
    write_tables(code);
    if (fclose(code) != 0) {
        fail(argv[1], 0, "cannot be written");
    }
    for (size_t i = 0; i < n_slots; i++) {
        free(table[i].bytes);
    }
    free(table);
    return 0;
}
