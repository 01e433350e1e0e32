/* The small pieces of an analysis as Lua values. The setters put a field into the table on top of
 * the stack and leave it there. */
#ifndef NEWS_LUA_PUSH_H
#define NEWS_LUA_PUSH_H

#include "newsoutline.h"

#include <lua.h>

/* What every push function needs. `null` is a stack index of the value that stands for "absent". */
typedef struct news_pusher {
    lua_State *L;
    const news_document *document;
    const news_analysis *analysis;
    const char *text;
    int null;
    bool in_bytes;         /* offsets of the source instead of {row, column} */
    const uint32_t *words; /* words before each block and, at last, in all; or NULL */
} news_pusher;

/* White space of ASCII, whatever the locale says. */
static inline bool news_lua_is_blank(unsigned char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Pushes `n` bytes with each run of white space made one blank. */
void news_lua_push_collapsed(lua_State *L, const char *bytes, uint32_t n);

/* A string, collapsed; `null` where it has no bytes. */
void news_lua_push_string(const news_pusher *p, news_string string);
void news_lua_set_string(const news_pusher *p, const char *field, news_string string);

void news_lua_set_word(const news_pusher *p, const char *field, const char *word);
void news_lua_set_number(const news_pusher *p, const char *field, double number);

/* `null` where the index is NEWS_NONE. */
void news_lua_set_index(const news_pusher *p, const char *field, uint32_t index);

/* Sets `from` and `to`: where a span of the text stands in the source. */
void news_lua_set_span(const news_pusher *p, news_span span);

/* Sets `text`: the words of a span, collapsed. */
void news_lua_set_text_of(const news_pusher *p, news_span span);

#endif
