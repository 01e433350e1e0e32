/* ATX headings; the rest as in plain text. */
#include "markdown.h"
#include "plain.h"
#include "utf8.h"

bool news_read_markdown(news_arena *arena, const news_source *source, news_reading *reading) {
    if (!news_read_plain(arena, source, reading)) {
        return false;
    }
    reading->format = NEWS_FORMAT_MARKDOWN;
    for (uint32_t i = 0; i < reading->passages.list.n; i++) {
        news_passage *passage = &reading->passages.list.at[i];
        const char *bytes = reading->text.bytes + passage->span.from;
        uint32_t n = passage->span.to - passage->span.from, level = 0;
        while (level < n && level < 6 && bytes[level] == '#') {
            level++;
        }
        if (level && level < n && bytes[level] == ' ') {
            passage->markup = NEWS_MARKUP_HEADING;
            passage->level = (uint8_t)level;
            passage->span.from += level;
            passage->span = news_utf8_trim(reading->text.bytes, passage->span);
        }
    }
    return true;
}
