/* The small pieces of an analysis as Lua values: strings, numbers, places, dates. */
#include "push.h"

#include <lauxlib.h>

void news_lua_push_collapsed(lua_State *L, const char *bytes, uint32_t n) {
    uint32_t at = 0;
    while (at < n && !news_lua_is_blank((unsigned char)bytes[at])) {
        at++;
    }
    bool clean = true;
    for (uint32_t i = at; i < n && clean; i++) {
        clean = bytes[i] == ' ' ? !(i + 1 < n && news_lua_is_blank((unsigned char)bytes[i + 1]))
                                : !news_lua_is_blank((unsigned char)bytes[i]);
    }
    if (clean) {
        lua_pushlstring(L, bytes, n);
        return;
    }
    luaL_Buffer buffer;
    luaL_buffinit(L, &buffer);
    luaL_addlstring(&buffer, bytes, at);
    for (; at < n; at++) {
        if (!news_lua_is_blank((unsigned char)bytes[at])) {
            luaL_addchar(&buffer, bytes[at]);
        } else if (at + 1 == n || !news_lua_is_blank((unsigned char)bytes[at + 1])) {
            luaL_addchar(&buffer, ' ');
        }
    }
    luaL_pushresult(&buffer);
}

void news_lua_push_string(const news_pusher *p, news_string string) {
    if (string.bytes) {
        news_lua_push_collapsed(p->L, string.bytes, string.n);
    } else {
        lua_pushvalue(p->L, p->null);
    }
}

void news_lua_set_string(const news_pusher *p, const char *field, news_string string) {
    news_lua_push_string(p, string);
    lua_setfield(p->L, -2, field);
}

void news_lua_set_word(const news_pusher *p, const char *field, const char *word) {
    lua_pushstring(p->L, word);
    lua_setfield(p->L, -2, field);
}

void news_lua_set_number(const news_pusher *p, const char *field, double number) {
    lua_pushnumber(p->L, number);
    lua_setfield(p->L, -2, field);
}

void news_lua_set_index(const news_pusher *p, const char *field, uint32_t index) {
    if (index == NEWS_NONE) {
        lua_pushvalue(p->L, p->null);
    } else {
        lua_pushnumber(p->L, index);
    }
    lua_setfield(p->L, -2, field);
}

static void push_offset(const news_pusher *p, uint32_t offset) {
    if (p->in_bytes) {
        lua_pushnumber(p->L, offset);
        return;
    }
    news_position position = news_document_position(p->document, offset);
    lua_createtable(p->L, 2, 0);
    lua_pushnumber(p->L, position.row);
    lua_rawseti(p->L, -2, 1);
    lua_pushnumber(p->L, position.column);
    lua_rawseti(p->L, -2, 2);
}

void news_lua_set_span(const news_pusher *p, news_span span) {
    if (span.from == NEWS_NONE) {
        news_lua_set_index(p, "from", NEWS_NONE);
        news_lua_set_index(p, "to", NEWS_NONE);
        return;
    }
    news_span source = news_document_source_span(p->document, span);
    push_offset(p, source.from);
    lua_setfield(p->L, -2, "from");
    push_offset(p, source.to);
    lua_setfield(p->L, -2, "to");
}

void news_lua_set_text_of(const news_pusher *p, news_span span) {
    news_lua_push_collapsed(p->L, p->text + span.from, span.to - span.from);
    lua_setfield(p->L, -2, "text");
}
