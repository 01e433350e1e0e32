/* Gives any bytes to the whole pipeline, in each format, and walks what comes back. */

#include "newsoutline.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What the header promises of spans; a breach must end the run, not go unseen. */
static void check(bool holds) {
    if (!holds) {
        abort();
    }
}

static void walk(const news_document *document) {
    news_string text = news_document_text(document);
    const news_analysis *found = news_document_analysis(document);
    uint32_t end = 0;
    for (uint32_t i = 0; i < found->n_blocks; i++) {
        news_span span = found->blocks[i].span;
        check(end <= span.from && span.from < span.to && span.to <= text.n);
        end = span.to;
        news_span source = news_document_source_span(document, span);
        check(source.from <= source.to);
    }
    uint32_t before = 0;
    for (uint32_t i = 0; i < found->n_quotes; i++) {
        const news_quote *quote = &found->quotes[i];
        check(before <= quote->span.from && quote->span.from < quote->span.to &&
              quote->span.to <= text.n);
        before = quote->span.from;
        check(quote->n_parts > 0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    for (news_format format = NEWS_FORMAT_AUTO; format <= NEWS_FORMAT_XML; format++) {
        news_options options = {.format = format};
        news_error error;
        news_document *document = news_document_parse((const char *)data, size, &options, &error);
        if (document) {
            walk(document);
        }
        news_document_free(document);
    }
    return 0;
}
