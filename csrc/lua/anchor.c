/* core.anchor(): passages found again in a text. */
#include "core.h"

#include <lauxlib.h>

#define ANCHOR "newsoutline.anchor"

int news_lua_new_anchor(lua_State *L) {
    size_t n;
    const char *bytes = luaL_checklstring(L, 1, &n);
    news_anchor **box = lua_newuserdata(L, sizeof *box);
    *box = NULL;
    luaL_getmetatable(L, ANCHOR);
    lua_setmetatable(L, -2);
    *box = news_anchor_new(bytes, n);
    if (!*box) {
        lua_pushnil(L);
        lua_pushstring(L, "out of memory, or the text is too big");
        lua_pushstring(L, "memory");
        return 3;
    }
    return 1;
}

static int free_anchor(lua_State *L) {
    news_anchor **box = luaL_checkudata(L, 1, ANCHOR);
    news_anchor_free(*box);
    *box = NULL;
    return 0;
}

static news_anchor *check_anchor(lua_State *L) {
    news_anchor **box = luaL_checkudata(L, 1, ANCHOR);
    luaL_argcheck(L, *box != NULL, 1, "the text is closed");
    return *box;
}

/* A string of the table at 2, which keeps it alive. */
static news_string string_field(lua_State *L, const char *name) {
    lua_getfield(L, 2, name);
    if (lua_isnil(L, -1)) {
        lua_pop(L, 1);
        return (news_string){"", 0};
    }
    return news_lua_pop_string(L, name);
}

static int find_passage(lua_State *L) {
    const news_anchor *anchor = check_anchor(L);
    luaL_checktype(L, 2, LUA_TTABLE);
    news_anchor_query passage = {.near = NEWS_NONE, .past = NEWS_NONE, .word = NEWS_NONE};
    passage.exact = string_field(L, "exact");
    passage.prefix = string_field(L, "prefix");
    passage.suffix = string_field(L, "suffix");
    lua_getfield(L, 2, "near");
    if (lua_isnumber(L, -1)) {
        passage.near = news_lua_check_offset(L, lua_gettop(L));
    }
    lua_getfield(L, 2, "rival");
    passage.rival = (float)lua_tonumber(L, -1);
    lua_getfield(L, 2, "rival_offset");
    lua_Number offset = lua_tonumber(L, -1);
    passage.rival_offset = offset > -1e9 && offset < 1e9 ? (int32_t)offset : 0;
    lua_getfield(L, 2, "is_repeated");
    passage.is_repeated = lua_toboolean(L, -1);
    lua_getfield(L, 2, "past");
    passage.past = lua_isnumber(L, -1) ? news_lua_check_offset(L, lua_gettop(L)) : NEWS_NONE;
    lua_getfield(L, 2, "word");
    passage.word = lua_isnumber(L, -1) ? news_lua_check_offset(L, lua_gettop(L)) : NEWS_NONE;
    lua_getfield(L, 2, "thorough");
    passage.thorough = lua_toboolean(L, -1);
    news_anchor_match match = news_anchor_find(anchor, &passage);
    if (match.span.from == NEWS_NONE) {
        lua_pushnil(L);
        lua_pushnil(L);
    } else {
        lua_pushnumber(L, match.span.from);
        lua_pushnumber(L, match.span.to);
    }
    lua_pushnumber(L, (double)match.score);
    lua_pushnumber(L, (double)match.margin);
    lua_pushnumber(L, match.n_exact);
    if (match.rival == NEWS_NONE) {
        lua_pushnil(L);
    } else {
        lua_pushnumber(L, match.rival);
    }
    return 6;
}

/* anchor:nearest(exact, limit) */
static int nearest(lua_State *L) {
    const news_anchor *anchor = check_anchor(L);
    size_t n;
    const char *bytes = luaL_checklstring(L, 2, &n);
    luaL_argcheck(L, n < NEWS_MAX_SOURCE, 2, "too long");
    news_span span =
        news_anchor_nearest(anchor, (news_string){bytes, (uint32_t)n}, news_lua_check_offset(L, 3));
    if (span.from == NEWS_NONE) {
        return 0;
    }
    lua_pushnumber(L, span.from);
    lua_pushnumber(L, span.to);
    return 2;
}

/* anchor:sketch() */
static int sketch(lua_State *L) {
    news_string written = news_anchor_sketch(check_anchor(L));
    if (!written.bytes) {
        return 0;
    }
    lua_pushlstring(L, written.bytes, written.n);
    return 1;
}

/* anchor:word(byte) */
static int word(lua_State *L) {
    lua_pushnumber(L, news_anchor_word(check_anchor(L), news_lua_check_offset(L, 2)));
    return 1;
}

/* anchor:compare(sketch) */
static int compare(lua_State *L) {
    news_anchor *anchor = check_anchor(L);
    size_t n;
    const char *bytes = luaL_checklstring(L, 2, &n);
    uint32_t past = n < NEWS_MAX_SOURCE
                        ? news_anchor_compare(anchor, (news_string){bytes, (uint32_t)n})
                        : NEWS_NONE;
    if (past == NEWS_NONE) {
        return 0;
    }
    lua_pushnumber(L, past);
    return 1;
}

void news_lua_open_anchor(lua_State *L) {
    static const luaL_Reg methods[] = {
        {"find", find_passage}, {"nearest", nearest},  {"sketch", sketch}, {"word", word},
        {"compare", compare},   {"__gc", free_anchor}, {NULL, NULL}};
    luaL_newmetatable(L, ANCHOR);
    luaL_register(L, NULL, methods);
    lua_pushvalue(L, -1);
    lua_setfield(L, -2, "__index");
    lua_pop(L, 1);
}
