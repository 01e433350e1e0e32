/* Articles of a few lines, and what their quotes are expected to be, one line each. */
#ifndef NEWS_TEST_QUOTED_H
#define NEWS_TEST_QUOTED_H

#include "newsoutline.h"

#include <stdarg.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static inline news_document *parsed(const char *bytes, size_t n) {
    news_error error;
    news_options options = {.format = NEWS_FORMAT_TEXT};
    news_document *document = news_document_parse(bytes, n, &options, &error);
    if (!document) {
        fail_msg("%s", error.message);
    }
    return document;
}

/* One line for each record: kind, speaker, cue and the parts, bars between them; behind a mixed
 * one, in braces, all that is reported. */
static inline void expect(const char *body, const char *expected) {
    char article[4096], sketch[4096] = "";
    snprintf(
        article, sizeof article,
        "Harbour Town Votes To Keep Its Ferry Running This Winter\n\nMayor Ada Quint and council "
        "member Tom Hall met on "
        "Monday in the town of Port Ellis to talk about the ferry, its crew and its price.\n\n%s\n",
        body);
    news_document *document = parsed(article, strlen(article));
    const news_analysis *a = news_document_analysis(document);
    for (uint32_t i = 0; i < a->n_quotes; i++) {
        const news_quote *q = &a->quotes[i];
        size_t used = strlen(sketch);
        news_string text = news_document_text(document);
        int n_cue = q->cue.from == NEWS_NONE ? 0 : (int)(q->cue.to - q->cue.from);
        used += (size_t)snprintf(sketch + used, sizeof sketch - used, "%s|%.*s|%.*s",
                                 news_quote_kind_name(q->kind), (int)q->speaker.name.n,
                                 q->speaker.name.bytes ? q->speaker.name.bytes : "", n_cue,
                                 n_cue ? text.bytes + q->cue.from : "");
        for (uint32_t k = 0; k < q->n_parts; k++) {
            used += (size_t)snprintf(sketch + used, sizeof sketch - used, "|%.*s",
                                     (int)(q->parts[k].to - q->parts[k].from),
                                     text.bytes + q->parts[k].from);
        }
        if (q->kind == NEWS_QUOTE_MIXED) {
            used += (size_t)snprintf(sketch + used, sizeof sketch - used, " {%.*s}",
                                     (int)(q->content.to - q->content.from),
                                     text.bytes + q->content.from);
        }
        snprintf(sketch + used, sizeof sketch - used, "\n");
    }
    assert_string_equal(sketch, expected);
    news_document_free(document);
}

#endif
