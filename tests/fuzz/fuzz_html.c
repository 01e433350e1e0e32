/* Gives any bytes to the reader of web pages. */
#include "newsoutline.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Each block maps back to bytes of the source, in order, and in the text as well. */
static void check(const news_document *document, size_t size) {
    const news_analysis *found = news_document_analysis(document);
    uint32_t text = 0, source = 0;
    for (uint32_t i = 0; i < found->n_blocks; i++) {
        news_span span = found->blocks[i].span;
        news_span origin = news_document_source_span(document, span);
        if (span.from < text || span.from >= span.to || origin.from < source ||
            origin.from >= origin.to || origin.to > size) {
            abort();
        }
        text = span.to;
        source = origin.from;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    news_options options = {.format = NEWS_FORMAT_HTML, .is_utf8 = true, .read_only = true};
    news_error error;
    news_document *document = news_document_parse((const char *)data, size, &options, &error);
    if (document) {
        check(document, size);
    }
    news_document_free(document);
    return 0;
}
