/* Times the stages of an analysis, and libxml2 alone beside the reading of pages: a program for
 * script/bench.
 *
 *   bench pages ROUNDS <LIST            each line of LIST names a page
 *   bench stages FORMAT ROUNDS <LIST    each line names an article: text, markdown or html
 *   bench once FORMAT <LIST             for a tool that counts instructions
 *
 * Times are of the processor, the least of all rounds; what is compared runs in turns, so that both
 * meet the same load. Output is name=value lines. */
#include "article.h"
#include "date.h"
#include "entity.h"
#include "html.h"
#include "markdown.h"
#include "newsoutline.h"
#include "outline.h"
#include "plain.h"
#include "quote.h"
#include "roles.h"
#include "token.h"

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* In the order of news_document_parse(). */
enum { SOURCE, READ, ROLES, TOKENS, MARKS, ENTITIES, OUTLINE, QUOTES, DATES, N_STAGES };

static const char *const stage_names[N_STAGES] = {
    "source", "read", "roles", "tokens", "marks", "entities", "outline", "quotes", "dates"};

/* A file and the least seconds that each thing took. */
typedef struct file {
    char *bytes;
    size_t n;
    double bare, empty, reading, stages[N_STAGES];
} file;

typedef struct files {
    file *at;
    size_t n, n_bytes;
} files;

#define NEVER 1e9

static void fail(const char *what, const char *name) {
    fprintf(stderr, "bench: %s %s\n", what, name);
    exit(1);
}

static double now(void) {
    return (double)clock() / CLOCKS_PER_SEC;
}

static void keep_least(double *least, double seconds) {
    *least = seconds < *least ? seconds : *least;
}

static file load(const char *path) {
    FILE *stream = fopen(path, "rb");
    if (!stream || fseek(stream, 0, SEEK_END) != 0) {
        fail("cannot read", path);
    }
    long n = ftell(stream);
    char *bytes = malloc((size_t)n + 1);
    rewind(stream);
    if (!bytes || fread(bytes, 1, (size_t)n, stream) != (size_t)n) {
        fail("cannot read", path);
    }
    fclose(stream);
    bytes[n] = 0;
    file loaded = {.bytes = bytes, .n = (size_t)n, .bare = NEVER, .empty = NEVER, .reading = NEVER};
    for (int stage = 0; stage < N_STAGES; stage++) {
        loaded.stages[stage] = NEVER;
    }
    return loaded;
}

static files load_listed(void) {
    enum { LONGEST_PATH = 4096 };
    char line[LONGEST_PATH];
    files list = {0};
    while (fgets(line, sizeof line, stdin)) {
        line[strcspn(line, "\n")] = 0;
        list.at = realloc(list.at, (list.n + 1) * sizeof *list.at);
        if (!list.at) {
            fail("out of memory at", line);
        }
        list.at[list.n] = load(line);
        list.n_bytes += list.at[list.n++].n;
    }
    return list;
}

static void unload(files *list) {
    for (size_t i = 0; i < list->n; i++) {
        free(list->at[i].bytes);
    }
    free(list->at);
}

/* ---- Pages
 * ---------------------------------------------------------------------------------------------------
 */

static void on_start(void *self, const xmlChar *name, const xmlChar **attributes) {
    (void)self, (void)name, (void)attributes;
}

static void on_end(void *self, const xmlChar *name) {
    (void)self, (void)name;
}

static void on_text(void *self, const xmlChar *bytes, int n) {
    (void)self, (void)bytes, (void)n;
}

/* libxml2 alone, as news_stream_html() uses it. */
static double time_bare(const file *page, bool is_empty) {
    xmlSAXHandler sax = {.initialized = 1};
    if (is_empty) {
        sax.startElement = on_start;
        sax.endElement = on_end;
        sax.characters = on_text;
        sax.cdataBlock = on_text;
    }
    double start = now();
    htmlParserCtxtPtr context = htmlCreateMemoryParserCtxt(page->bytes, (int)page->n);
    if (!context) {
        return 0;
    }
    xmlSwitchEncoding(context, XML_CHAR_ENCODING_UTF8);
    htmlCtxtUseOptions(context, HTML_PARSE_NONET | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                                    HTML_PARSE_IGNORE_ENC | XML_PARSE_HUGE);
    *context->sax = sax;
    htmlParseDocument(context);
    if (context->myDoc) {
        xmlFreeDoc(context->myDoc);
    }
    htmlFreeParserCtxt(context);
    return now() - start;
}

static double time_reading(const file *page) {
    const news_options options = {.format = NEWS_FORMAT_HTML, .read_only = true};
    news_error error;
    double start = now();
    news_document *document = news_document_parse(page->bytes, page->n, &options, &error);
    news_document_free(document);
    return now() - start;
}

static void run_pages(int rounds) {
    files pages = load_listed();
    for (int round = 0; round < rounds; round++) {
        for (size_t i = 0; i < pages.n; i++) {
            file *page = &pages.at[i];
            keep_least(&page->bare, time_bare(page, false));
            keep_least(&page->reading, time_reading(page));
            keep_least(&page->empty, time_bare(page, true));
        }
    }
    double bare = 0, empty = 0, reading = 0, megabytes = (double)pages.n_bytes / 1e6;
    for (size_t i = 0; i < pages.n; i++) {
        bare += pages.at[i].bare;
        empty += pages.at[i].empty;
        reading += pages.at[i].reading;
    }
    printf("pages=%zu\nbytes=%zu\nbare_mbs=%.1f\nempty_mbs=%.1f\nread_mbs=%.1f\nratio=%.2f\nratio_"
           "empty=%.2f\n",
           pages.n, pages.n_bytes, megabytes / bare, megabytes / empty, megabytes / reading,
           reading / bare, reading / empty);
    unload(&pages);
}

/* ---- Stages
 * --------------------------------------------------------------------------------------------------
 */

typedef struct article {
    news_arena arena;
    news_source source;
    news_reading reading;
    news_roles roles;
    news_sections sections;
    news_tokens tokens;
    news_entities entities;
    news_stretches marks;
    news_quotes quotes;
    news_dates dates;
} article;

static bool run_stage(article *a, int stage, const char *format, const file *source) {
    const news_article view = news_form_article(&a->reading, &a->roles, &a->sections, &a->tokens);
    switch (stage) {
    case SOURCE:
        return news_source_read(&a->arena, &a->source, source->bytes, (uint32_t)source->n,
                                news_source_guess(source->bytes, source->n));
    case READ:
        return strcmp(format, "html") == 0 ? news_read_html(&a->arena, &a->source, &a->reading)
               : strcmp(format, "markdown") == 0
                   ? news_read_markdown(&a->arena, &a->source, &a->reading)
                   : news_read_plain(&a->arena, &a->source, &a->reading);
    case ROLES:
        return news_form_roles(&a->arena, &a->reading, &a->roles);
    case TOKENS:
        return news_form_tokens(&a->arena, view.text, view.blocks, view.n_blocks, &a->tokens);
    case MARKS:
        return news_find_marks(&a->arena, &view, &a->marks);
    case ENTITIES:
        return news_find_entities(&a->arena, &view, &a->marks, NULL, 0, &a->entities);
    case OUTLINE:
        return news_form_outline(&a->arena, view.text, &a->roles, &a->sections);
    case QUOTES:
        return news_find_quotes(&a->arena, &view, &a->marks, &a->entities, &a->quotes);
    default:
        return news_find_dates(&a->arena, &view, &a->dates);
    }
}

/* Runs all stages once, keeps the least time of each, and returns the time until the entities were
 * there. */
static double run_article(file *source, const char *format) {
    double until = 0;
    article *a = calloc(1, sizeof *a);
    if (!a) {
        fail("out of memory at", format);
    }
    for (int stage = 0; stage < N_STAGES; stage++) {
        double start = now();
        if (!run_stage(a, stage, format, source)) {
            fail("out of memory in", stage_names[stage]);
        }
        double seconds = now() - start;
        keep_least(&source->stages[stage], seconds);
        until += stage <= ENTITIES ? seconds : 0;
    }
    double start = now();
    news_arena_free(&a->arena);
    free(a);
    return until + now() - start;
}

static void run_stages(const char *format, int rounds) {
    files list = load_listed();
    double to_entities = NEVER;
    for (int round = 0; round < rounds; round++) {
        double seconds = 0;
        for (size_t i = 0; i < list.n; i++) {
            seconds += run_article(&list.at[i], format);
        }
        keep_least(&to_entities, seconds);
    }
    double sums[N_STAGES] = {0}, all = 0;
    for (int stage = 0; stage < N_STAGES; stage++) {
        for (size_t i = 0; i < list.n; i++) {
            sums[stage] += list.at[i].stages[stage];
        }
        printf("%s_ms=%.2f\n", stage_names[stage], sums[stage] * 1e3);
        all += sums[stage];
    }
    printf("to_entities_mbs=%.2f\n", (double)list.n_bytes / 1e6 / to_entities);
    printf("bytes=%zu\nall_ms=%.2f\nall_mbs=%.2f\nquotes_to_entities=%.2f\n", list.n_bytes,
           all * 1e3, (double)list.n_bytes / 1e6 / all,
           (sums[MARKS] + sums[QUOTES]) / sums[ENTITIES]);
    unload(&list);
}

/* Each stage once, for a tool that counts instructions. */
static void run_once(const char *format) {
    files list = load_listed();
    for (size_t i = 0; i < list.n; i++) {
        run_article(&list.at[i], format);
    }
    unload(&list);
}

int main(int argc, char **argv) {
    if (argc == 3 && strcmp(argv[1], "pages") == 0) {
        run_pages(atoi(argv[2]));
    } else if (argc == 3 && strcmp(argv[1], "once") == 0) {
        run_once(argv[2]);
    } else if (argc == 4 && strcmp(argv[1], "stages") == 0) {
        run_stages(argv[2], atoi(argv[3]));
    } else {
        fprintf(stderr, "usage: bench pages ROUNDS <LIST | bench stages FORMAT ROUNDS <LIST | "
                        "bench once FORMAT <LIST\n");
        return 2;
    }
    return 0;
}
