/* What the files of the Lua module share. This room, csrc/lua, is the only one that includes lua.h.
 */
#ifndef NEWS_LUA_CORE_H
#define NEWS_LUA_CORE_H

#include "newsoutline.h"

#include <lua.h>

/* The document of the userdata at 1; raises where there is none or it is closed. */
news_document **news_lua_check_document(lua_State *L);

/* The string on top of the stack, which is popped; it stays alive in its table. `what` names it in
 * the error that is raised for anything else. */
news_string news_lua_pop_string(lua_State *L, const char *what);

/* A byte offset given as argument `arg`. */
uint32_t news_lua_check_offset(lua_State *L, int arg);

/* Reads the options table at 2. What `options` points to afterwards lives in blocks on the stack
 * and in the table: as long as neither is taken away. */
void news_lua_read_options(lua_State *L, news_options *options);

/* document:analysis{ positions = 'buffer' | 'bytes', null = value, text = boolean, words = boolean
 * } */
int news_lua_analysis(lua_State *L);

/* document:reading() */
int news_lua_reading(lua_State *L);

/* core.anchor(text), and the metatable of what it returns, to be made first. */
int news_lua_new_anchor(lua_State *L);
void news_lua_open_anchor(lua_State *L);

#endif
