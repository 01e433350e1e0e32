/* The Lua module newsoutline.core: parses an article and hands its analysis to Lua as plain tables.
 *
 * Its functions and methods, with their options and results, are described for the language server
 * in lua/newsoutline/_meta.lua. This file keeps the module's documents; what they hand out is in
 * analysis.c and reading.c, and passages are found in anchor.c.
 *
 * A document is userdata with a metatable before anything is parsed into it, so that an error
 * raised by Lua at any later point leaks nothing. Misuse raises; a failure of the input returns
 * nil, message, code. */
#include "core.h"
#include "push.h"

#include <lauxlib.h>
#include <stdatomic.h>

#define DOCUMENT "newsoutline.document"

news_document **news_lua_check_document(lua_State *L) {
    news_document **box = luaL_checkudata(L, 1, DOCUMENT);
    luaL_argcheck(L, *box != NULL, 1, "the document is closed");
    return box;
}

news_string news_lua_pop_string(lua_State *L, const char *what) {
    if (lua_type(L, -1) != LUA_TSTRING) {
        luaL_error(L, "%s must be a string", what);
    }
    size_t n;
    const char *bytes = lua_tolstring(L, -1, &n);
    lua_pop(L, 1);
    return (news_string){bytes, n < NEWS_NONE ? (uint32_t)n : 0};
}

uint32_t news_lua_check_offset(lua_State *L, int arg) {
    lua_Number offset = luaL_checknumber(L, arg);
    luaL_argcheck(L, offset >= 0 && offset < NEWS_NONE, arg, "no offset");
    return (uint32_t)offset;
}

/* Makes a userdata that holds no document yet. */
static news_document **new_box(lua_State *L) {
    news_document **box = lua_newuserdata(L, sizeof *box);
    *box = NULL;
    luaL_getmetatable(L, DOCUMENT);
    lua_setmetatable(L, -2);
    return box;
}

static int parse(lua_State *L) {
    size_t n;
    const char *source = luaL_checklstring(L, 1, &n);
    news_options options = {0};
    lua_settop(L, 2);
    if (!lua_isnil(L, 2)) {
        news_lua_read_options(L, &options);
    }
    news_document **box = new_box(L);
    news_error error;
    *box = news_document_parse(source, n, &options, &error);
    if (!*box) {
        static const char *const codes[] = {"ok", "memory", "too_big", "not_text"};
        lua_pushnil(L);
        lua_pushstring(L, error.message);
        lua_pushstring(L, codes[error.status]);
        return 3;
    }
    return 1;
}

static int close_document(lua_State *L) {
    news_document **box = luaL_checkudata(L, 1, DOCUMENT);
    news_document_free(*box);
    *box = NULL;
    return 0;
}

/* More than the thread pool of an editor runs at a time (4, unless UV_THREADPOOL_SIZE says more).
 */
enum { N_HANDED_OVER = 64 };

/* The one state that all threads share: documents that one Lua gave away and another did not take
 * yet. Each slot changes by a single atomic step, so that no lock is needed. */
static _Atomic(news_document *) handed_over[N_HANDED_OVER];

/* core.hand_over(document): the slot's number, or nil where all are taken. The document leaves its
 * userdata. */
static int hand_over(lua_State *L) {
    news_document **box = news_lua_check_document(L);
    for (int i = 0; i < N_HANDED_OVER; i++) {
        news_document *free_slot = NULL;
        if (atomic_compare_exchange_strong(&handed_over[i], &free_slot, *box)) {
            *box = NULL;
            lua_pushinteger(L, i + 1);
            return 1;
        }
    }
    lua_pushnil(L);
    return 1;
}

/* core.take(number): the document, or nil where there is none under this number. */
static int take(lua_State *L) {
    lua_Integer i = luaL_checkinteger(L, 1);
    luaL_argcheck(L, i >= 1 && i <= N_HANDED_OVER, 1, "no number of hand_over");
    news_document **box = new_box(L);
    *box = atomic_exchange(&handed_over[i - 1], NULL);
    if (!*box) {
        lua_pushnil(L);
    }
    return 1;
}

static int sentences(lua_State *L) {
    const news_document *document = *news_lua_check_document(L);
    news_pusher p = {.L = L, .document = document};
    uint32_t n = news_document_n_sentences(document);
    lua_createtable(L, (int)n, 0);
    for (uint32_t i = 0; i < n; i++) {
        lua_createtable(L, 0, 2);
        news_lua_set_span(&p, news_document_sentence(document, i));
        lua_rawseti(L, -2, (int)i + 1);
    }
    return 1;
}

static int source_span(lua_State *L) {
    const news_document *document = *news_lua_check_document(L);
    uint32_t n = news_document_text(document).n;
    news_span span = {news_lua_check_offset(L, 2), news_lua_check_offset(L, 3)};
    luaL_argcheck(L, span.from <= span.to && span.to <= n, 3, "outside of the text");
    span = news_document_source_span(document, span);
    lua_pushnumber(L, span.from);
    lua_pushnumber(L, span.to);
    return 2;
}

/* The first offset of the text whose source ends after `offset`, by halving: sources ascend. */
static uint32_t text_offset(const news_document *document, uint32_t offset) {
    uint32_t low = 0;
    uint32_t high = news_document_text(document).n;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (news_document_source_span(document, (news_span){middle, middle + 1}).to <= offset) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static int text_span(lua_State *L) {
    const news_document *document = *news_lua_check_document(L);
    uint32_t from = text_offset(document, news_lua_check_offset(L, 2));
    uint32_t to = news_lua_check_offset(L, 3);
    to = to == 0 ? 0 : text_offset(document, to - 1);
    news_string text = news_document_text(document);
    if (to < text.n) { /* the character of the last byte belongs to it */
        to++;
        while (to < text.n && ((unsigned char)text.bytes[to] & 0xC0) == 0x80) {
            to++;
        }
    }
    lua_pushnumber(L, from);
    lua_pushnumber(L, to > from ? to : from);
    return 2;
}

static int text(lua_State *L) {
    news_string string = news_document_text(*news_lua_check_document(L));
    lua_pushlstring(L, string.bytes ? string.bytes : "", string.n);
    return 1;
}

#if defined(_WIN32)
#define EXPORT __declspec(dllexport)
#else
#define EXPORT __attribute__((visibility("default")))
#endif

EXPORT int luaopen_newsoutline_core(lua_State *L);

int luaopen_newsoutline_core(lua_State *L) {
    static const luaL_Reg methods[] = {{"analysis", news_lua_analysis},
                                       {"text", text},
                                       {"sentences", sentences},
                                       {"close", close_document},
                                       {"__gc", close_document},
                                       {"source_span", source_span},
                                       {"text_span", text_span},
                                       {"reading", news_lua_reading},
                                       {NULL, NULL}};
    news_lua_open_anchor(L);
    luaL_newmetatable(L, DOCUMENT);
    luaL_register(L, NULL, methods);
    lua_pushvalue(L, -1);
    lua_setfield(L, -2, "__index");
    lua_pop(L, 1);
    lua_createtable(L, 0, 4);
    lua_pushnumber(L, NEWS_ABI);
    lua_setfield(L, -2, "abi");
    lua_pushcfunction(L, parse);
    lua_setfield(L, -2, "parse");
    lua_pushcfunction(L, news_lua_new_anchor);
    lua_setfield(L, -2, "anchor");
    lua_pushcfunction(L, hand_over);
    lua_setfield(L, -2, "hand_over");
    lua_pushcfunction(L, take);
    lua_setfield(L, -2, "take");
    return 1;
}
