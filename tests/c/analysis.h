/* Parses a piece of text and compares its blocks and its outline with a readable sketch of them. */
#ifndef NEWS_TEST_ANALYSIS_H
#define NEWS_TEST_ANALYSIS_H

#include "newsoutline.h"

#include <stdarg.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static inline news_document *parse_as(const char *name, const char *bytes, size_t n) {
    news_error error;
    news_options options = {.name = name, .read_only = true};
    news_document *document = news_document_parse(bytes, n, &options, &error);
    if (!document) {
        fail_msg("%s", error.message);
    }
    return document;
}

/* Appends to a sketch; what does not fit is left out, which then shows as a difference. */
static inline void sketch_add(char *out, size_t room, const char *first, const char *bytes,
                              size_t n) {
    size_t used = strlen(out);
    snprintf(out + used, room - used, "%s%.*s\n", first, (int)n, bytes);
}

/* One line for each block: its role, a bar, and its text as it stands in the source. */
static inline void sketch_blocks(const news_document *document, const char *bytes, char *out,
                                 size_t room) {
    const news_analysis *a = news_document_analysis(document);
    *out = 0;
    for (uint32_t i = 0; i < a->n_blocks; i++) {
        char role[32];
        snprintf(role, sizeof role, "%s|", news_role_name(a->blocks[i].role));
        news_span span = news_document_source_span(document, a->blocks[i].span);
        sketch_add(out, room, role, bytes + span.from, span.to - span.from);
    }
}

/* One line for each section: a number for its level, its kind, a bar, its title. */
static inline void sketch_outline(const news_document *document, char *out, size_t room) {
    const news_analysis *a = news_document_analysis(document);
    *out = 0;
    for (uint32_t i = 0; i < a->n_sections; i++) {
        char kind[32];
        snprintf(kind, sizeof kind, "%u %s|", a->sections[i].level,
                 news_section_kind_name(a->sections[i].kind));
        sketch_add(out, room, kind, a->sections[i].title.bytes, a->sections[i].title.n);
    }
}

enum { SKETCH = 1 << 16 };

static inline void expect_blocks(const char *name, const char *bytes, const char *expected) {
    news_document *document = parse_as(name, bytes, strlen(bytes));
    char *sketch = malloc(SKETCH);
    assert_non_null(sketch);
    sketch_blocks(document, bytes, sketch, SKETCH);
    assert_string_equal(sketch, expected);
    free(sketch);
    news_document_free(document);
}

static inline void expect_outline(const char *name, const char *bytes, const char *expected) {
    news_document *document = parse_as(name, bytes, strlen(bytes));
    char *sketch = malloc(SKETCH);
    assert_non_null(sketch);
    sketch_outline(document, sketch, SKETCH);
    assert_string_equal(sketch, expected);
    free(sketch);
    news_document_free(document);
}

#endif
