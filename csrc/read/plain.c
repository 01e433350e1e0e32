/* Every line that is not blank is a passage. */
#include "plain.h"
#include "utf8.h"

#include <string.h>

bool news_read_plain(news_arena *arena, const news_source *source, news_reading *reading) {
    reading->format = NEWS_FORMAT_TEXT;
    if (!news_text_decode(arena, &reading->text, source, (news_span){0, source->utf8.n})) {
        return false;
    }
    const news_text *text = &reading->text;
    uint8_t blank = 0;
    for (uint32_t at = 0; at < text->n;) {
        const char *end = memchr(text->bytes + at, '\n', text->n - at);
        uint32_t to = end ? (uint32_t)(end - text->bytes) : text->n;
        news_span span = news_utf8_trim(text->bytes, (news_span){at, to});
        if (span.from == span.to) {
            blank = blank < UINT8_MAX ? blank + 1 : blank;
        } else {
            news_passage *passage = news_list_push(arena, &reading->passages.list);
            if (!passage) {
                return false;
            }
            *passage = (news_passage){.span = span, .blank_before = blank, .item = NEWS_NONE};
            blank = 0;
        }
        at = to + 1;
    }
    return true;
}
