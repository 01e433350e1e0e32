/* The options of core.parse(), read from a Lua table. */
#include "core.h"

#include <lauxlib.h>
#include <string.h>

static news_format check_format(lua_State *L, const char *name) {
    for (news_format format = NEWS_FORMAT_AUTO; format <= NEWS_FORMAT_XML; format++) {
        if (strcmp(name, news_format_name(format)) == 0) {
            return format;
        }
    }
    return (news_format)luaL_error(L, "unknown format '%s' (auto, text, markdown, html or xml)",
                                   name);
}

static news_entity_type check_type(lua_State *L, const char *name) {
    for (news_entity_type type = NEWS_ENTITY_PERSON; type < NEWS_N_ENTITY_TYPES; type++) {
        if (strcmp(name, news_entity_type_name(type)) == 0) {
            return type;
        }
    }
    return (news_entity_type)luaL_error(
        L, "unknown entity type '%s' (person, organization, place, event or other)", name);
}

/* Reads the list of known entities on top of the stack into userdata that replaces it: [list] →
 * [list, block…]. Every block stays on the stack until parse is done. */
static void read_known(lua_State *L, news_options *options) {
    int list = lua_gettop(L);
    size_t n = lua_objlen(L, list);
    luaL_argcheck(L, n < NEWS_NONE, 2, "too many entities");
    news_known_entity *known = lua_newuserdata(L, (n ? n : 1) * sizeof *known); /* [list, known] */
    lua_newtable(L); /* [list, known, keep] */
    int keep = lua_gettop(L);
    for (size_t i = 0; i < n; i++) {
        lua_rawgeti(L, list, (int)i + 1); /* [list, known, keep, entry] */
        if (!lua_istable(L, -1)) {
            luaL_error(L, "entities[%d] must be a table", (int)i + 1);
        }
        news_known_entity *entry = &known[i];
        *entry = (news_known_entity){.type = NEWS_ENTITY_OTHER};
        lua_getfield(L, -1, "name");
        entry->name = news_lua_pop_string(L, "an entity's name");
        lua_getfield(L, -1, "type");
        if (lua_isnil(L, -1)) {
            lua_pop(L, 1);
        } else {
            entry->type = check_type(L, news_lua_pop_string(L, "an entity's type").bytes);
        }
        lua_getfield(L, -1, "aliases"); /* [list, known, keep, entry, aliases] */
        if (lua_istable(L, -1)) {
            size_t n_aliases = lua_objlen(L, -1);
            news_string *aliases =
                lua_newuserdata(L, (n_aliases ? n_aliases : 1) * sizeof *aliases);
            lua_rawseti(L, keep, (int)i + 1);
            for (size_t k = 0; k < n_aliases; k++) {
                lua_rawgeti(L, -1, (int)k + 1);
                aliases[k] = news_lua_pop_string(L, "an alias");
            }
            entry->aliases = aliases;
            entry->n_aliases = (uint32_t)n_aliases;
        }
        lua_pop(L, 2);
    }
    options->known = known;
    options->n_known = (uint32_t)n;
}

void news_lua_read_options(lua_State *L, news_options *options) {
    luaL_checktype(L, 2, LUA_TTABLE);
    lua_getfield(L, 2, "format");
    options->format =
        lua_isnil(L, -1) ? NEWS_FORMAT_AUTO : check_format(L, luaL_checkstring(L, -1));
    lua_getfield(L, 2, "name");
    options->name = lua_isnil(L, -1) ? NULL : luaL_checkstring(L, -1);
    lua_getfield(L, 2, "utf8");
    options->is_utf8 = lua_toboolean(L, -1);
    lua_getfield(L, 2, "read_only");
    options->read_only = lua_toboolean(L, -1);
    lua_getfield(L, 2, "entities");
    if (lua_istable(L, -1)) {
        read_known(L, options);
    }
}
