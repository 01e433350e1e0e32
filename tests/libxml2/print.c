/* Prints the metadata and the blocks of each file named, with their places: print_analysis FILE… */
#include "newsoutline.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void print_string(const char *name, news_string value) {
    printf("  %s %.*s\n", name, (int)value.n, value.bytes ? value.bytes : "");
}

static void print_value(const news_document *document, const char *name, news_value value) {
    news_span at = {0, 0};
    if (value.span.from != NEWS_NONE) {
        at = news_document_source_span(document, value.span);
    }
    printf("  %s %u-%u %.*s\n", name, at.from, at.to, (int)value.text.n,
           value.text.bytes ? value.text.bytes : "");
}

static void print_head(const news_document *document, const news_value *headline,
                       const news_value *dek, const news_date *date, const news_date *modified,
                       const news_value *bylines, uint32_t n_bylines) {
    print_value(document, "headline", *headline);
    print_value(document, "dek", *dek);
    print_string("date", date->iso);
    print_string("modified", modified->iso);
    for (uint32_t i = 0; i < n_bylines; i++) {
        print_value(document, "byline", bylines[i]);
    }
}

static void print_document(const news_document *document) {
    const news_analysis *a = news_document_analysis(document);
    printf("  format %s\n", news_format_name(a->format));
    printf("  note %s\n", a->note ? a->note : "");
    print_head(document, &a->headline, &a->dek, &a->date, &a->modified, a->bylines, a->n_bylines);
    print_string("publisher", a->publisher);
    print_string("section", a->section);
    print_string("language", a->language);
    for (uint32_t i = 0; i < a->n_items; i++) {
        const news_item *item = &a->items[i];
        printf("  item %u\n", i);
        print_head(document, &item->headline, &item->dek, &item->date, &item->modified,
                   item->bylines, item->n_bylines);
    }
    for (uint32_t i = 0; i < a->n_blocks; i++) {
        news_span at = news_document_source_span(document, a->blocks[i].span);
        news_string text = news_document_text(document);
        printf("  %s %u-%u %.*s\n", news_role_name(a->blocks[i].role), at.from, at.to,
               (int)(a->blocks[i].span.to - a->blocks[i].span.from),
               text.bytes + a->blocks[i].span.from);
    }
}

static int print_file(const char *path) {
    FILE *file = fopen(path, "rb");
    if (!file) {
        fprintf(stderr, "%s cannot be read\n", path);
        return 1;
    }
    char *bytes = NULL;
    size_t n = 0, room = 0, got = 0;
    do {
        n += got;
        if (n == room) {
            room = room ? 2 * room : 65536;
            char *grown = realloc(bytes, room);
            if (!grown) {
                fprintf(stderr, "%s: out of memory\n", path);
                free(bytes);
                fclose(file);
                return 1;
            }
            bytes = grown;
        }
        got = fread(bytes + n, 1, room - n, file);
    } while (got > 0);
    fclose(file);
    news_options options = {.name = path, .read_only = true};
    news_error error;
    news_document *document = news_document_parse(bytes, n, &options, &error);
    const char *name = strrchr(path, '/');
    printf("%s\n", name ? name + 1 : path);
    if (document) {
        print_document(document);
    } else {
        printf("  %s\n", error.message);
    }
    news_document_free(document);
    free(bytes);
    return 0;
}

int main(int argc, char **argv) {
    int failed = 0;
    for (int i = 1; i < argc; i++) {
        failed |= print_file(argv[i]);
    }
    return failed;
}
