/* The Lua module newsoutline.core: parses an article and hands its analysis to Lua as plain tables.
 *
 *   core.abi                          the number that lua/newsoutline/document.lua compares
 *   core.parse(source, options?)      document, or nil, message, code
 *   document:analysis(options?)       the table of the schema
 *   document:text()                   the decoded text
 *   document:sentences()              list of { from, to } in buffer positions
 *   document:reading()                the text of each block, and where its bytes stand in the
 * source document:close()                  frees it now, and not when Lua notices
 *   core.hand_over(document)          a number to give to another thread's Lua, or nil; closes it
 * here core.take(number)                 the document that was handed over
 *
 *   document:text_span(from, to)      bytes of the decoded text of a stretch of the source, in
 * bytes document:source_span(from, to)    the other way round core.anchor(text)                 a
 * text to look for passages in anchor:find(passage)              from, to, score, margin, n_exact;
 * from is nil where not found
 *
 * A document is userdata with a metatable before anything is parsed into it, so that an error
 * raised by Lua at any later point leaks nothing. Misuse raises; a failure of the input returns
 * nil, message, code. */
#include "newsoutline.h"

#include <lauxlib.h>
#include <lua.h>
#include <stdatomic.h>
#include <string.h>

#define DOCUMENT "newsoutline.document"

static news_document **check_document(lua_State *L) {
    news_document **box = luaL_checkudata(L, 1, DOCUMENT);
    luaL_argcheck(L, *box != NULL, 1, "the document is closed");
    return box;
}

/* ---- Parsing ----------------------------------------------------------------------------------
 */

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

/* The string on top of the stack, which is popped; it stays alive in its table. */
static news_string pop_string(lua_State *L, const char *what) {
    if (lua_type(L, -1) != LUA_TSTRING) {
        luaL_error(L, "%s must be a string", what);
    }
    size_t n;
    const char *bytes = lua_tolstring(L, -1, &n);
    lua_pop(L, 1);
    return (news_string){bytes, n < NEWS_NONE ? (uint32_t)n : 0};
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
        entry->name = pop_string(L, "an entity's name");
        lua_getfield(L, -1, "type");
        if (lua_isnil(L, -1)) {
            lua_pop(L, 1);
        } else {
            entry->type = check_type(L, pop_string(L, "an entity's type").bytes);
        }
        lua_getfield(L, -1, "aliases"); /* [list, known, keep, entry, aliases] */
        if (lua_istable(L, -1)) {
            size_t n_aliases = lua_objlen(L, -1);
            news_string *aliases =
                lua_newuserdata(L, (n_aliases ? n_aliases : 1) * sizeof *aliases);
            lua_rawseti(L, keep, (int)i + 1);
            for (size_t k = 0; k < n_aliases; k++) {
                lua_rawgeti(L, -1, (int)k + 1);
                aliases[k] = pop_string(L, "an alias");
            }
            entry->aliases = aliases;
            entry->n_aliases = (uint32_t)n_aliases;
        }
        lua_pop(L, 2);
    }
    options->known = known;
    options->n_known = (uint32_t)n;
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
        luaL_checktype(L, 2, LUA_TTABLE);
        lua_getfield(L, 2, "format");
        options.format =
            lua_isnil(L, -1) ? NEWS_FORMAT_AUTO : check_format(L, luaL_checkstring(L, -1));
        lua_getfield(L, 2, "name");
        options.name = lua_isnil(L, -1) ? NULL : luaL_checkstring(L, -1);
        lua_getfield(L, 2, "utf8");
        options.is_utf8 = lua_toboolean(L, -1);
        lua_getfield(L, 2, "read_only");
        options.read_only = lua_toboolean(L, -1);
        lua_getfield(L, 2, "entities");
        if (lua_istable(L, -1)) {
            read_known(L, &options);
        }
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

/* ---- From thread to thread --------------------------------------------------------------------
 */

/* More than the thread pool of an editor runs at a time (4, unless UV_THREADPOOL_SIZE says more).
 */
enum { N_HANDED_OVER = 64 };

/* The one state that all threads share: documents that one Lua gave away and another did not take
 * yet. Each slot changes by a single atomic step, so that no lock is needed. */
static _Atomic(news_document *) handed_over[N_HANDED_OVER];

/* core.hand_over(document): the slot's number, or nil where all are taken. The document leaves its
 * userdata. */
static int hand_over(lua_State *L) {
    news_document **box = check_document(L);
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

/* ---- Handing out ------------------------------------------------------------------------------
 */

/* What every push function needs. `null` is a stack index of the value that stands for "absent". */
typedef struct pusher {
    lua_State *L;
    const news_document *document;
    const news_analysis *analysis;
    const char *text;
    int null;
    bool in_bytes;         /* offsets of the source instead of {row, column} */
    const uint32_t *words; /* words before each block and, at last, in all; or NULL */
} pusher;

static bool is_blank(unsigned char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Pushes `n` bytes with each run of white space made one blank. */
static void push_collapsed(lua_State *L, const char *bytes, uint32_t n) {
    uint32_t at = 0;
    while (at < n && !is_blank((unsigned char)bytes[at])) {
        at++;
    }
    bool clean = true;
    for (uint32_t i = at; i < n && clean; i++) {
        clean = bytes[i] == ' ' ? !(i + 1 < n && is_blank((unsigned char)bytes[i + 1]))
                                : !is_blank((unsigned char)bytes[i]);
    }
    if (clean) {
        lua_pushlstring(L, bytes, n);
        return;
    }
    luaL_Buffer buffer;
    luaL_buffinit(L, &buffer);
    luaL_addlstring(&buffer, bytes, at);
    for (; at < n; at++) {
        if (!is_blank((unsigned char)bytes[at])) {
            luaL_addchar(&buffer, bytes[at]);
        } else if (at + 1 == n || !is_blank((unsigned char)bytes[at + 1])) {
            luaL_addchar(&buffer, ' ');
        }
    }
    luaL_pushresult(&buffer);
}

static void push_string(const pusher *p, news_string string) {
    if (string.bytes) {
        push_collapsed(p->L, string.bytes, string.n);
    } else {
        lua_pushvalue(p->L, p->null);
    }
}

static void set_string(const pusher *p, const char *field, news_string string) {
    push_string(p, string);
    lua_setfield(p->L, -2, field);
}

static void set_word(const pusher *p, const char *field, const char *word) {
    lua_pushstring(p->L, word);
    lua_setfield(p->L, -2, field);
}

static void set_number(const pusher *p, const char *field, double number) {
    lua_pushnumber(p->L, number);
    lua_setfield(p->L, -2, field);
}

static void set_index(const pusher *p, const char *field, uint32_t index) {
    if (index == NEWS_NONE) {
        lua_pushvalue(p->L, p->null);
    } else {
        lua_pushnumber(p->L, index);
    }
    lua_setfield(p->L, -2, field);
}

static void push_offset(const pusher *p, uint32_t offset) {
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

/* Sets `from` and `to` of the table on top. */
static void set_span(const pusher *p, news_span span) {
    if (span.from == NEWS_NONE) {
        set_index(p, "from", NEWS_NONE);
        set_index(p, "to", NEWS_NONE);
        return;
    }
    news_span source = news_document_source_span(p->document, span);
    push_offset(p, source.from);
    lua_setfield(p->L, -2, "from");
    push_offset(p, source.to);
    lua_setfield(p->L, -2, "to");
}

static void set_text_of(const pusher *p, news_span span) {
    push_collapsed(p->L, p->text + span.from, span.to - span.from);
    lua_setfield(p->L, -2, "text");
}

static void set_value(const pusher *p, const char *field, const news_value *value) {
    if (value->text.bytes) {
        lua_createtable(p->L, 0, 3);
        set_string(p, "text", value->text);
        set_span(p, value->span);
    } else {
        lua_pushvalue(p->L, p->null);
    }
    lua_setfield(p->L, -2, field);
}

static void push_date(const pusher *p, const news_date *date) {
    lua_createtable(p->L, 0, 4);
    set_string(p, "text", date->text);
    set_string(p, "iso", date->iso);
    set_span(p, date->span);
}

static void set_date(const pusher *p, const char *field, const news_date *date) {
    if (date->iso.bytes) {
        push_date(p, date);
    } else {
        lua_pushvalue(p->L, p->null);
    }
    lua_setfield(p->L, -2, field);
}

static void set_bylines(const pusher *p, const news_value *bylines, uint32_t n) {
    lua_createtable(p->L, (int)n, 0);
    for (uint32_t i = 0; i < n; i++) {
        lua_createtable(p->L, 0, 3);
        set_string(p, "text", bylines[i].text);
        set_span(p, bylines[i].span);
        lua_rawseti(p->L, -2, (int)i + 1);
    }
    lua_setfield(p->L, -2, "bylines");
}

static void set_strings(const pusher *p, const char *field, const news_string *strings,
                        uint32_t n) {
    lua_createtable(p->L, (int)n, 0);
    for (uint32_t i = 0; i < n; i++) {
        push_string(p, strings[i]);
        lua_rawseti(p->L, -2, (int)i + 1);
    }
    lua_setfield(p->L, -2, field);
}

/* Pushes record `i` of the analysis as one table. */
typedef void push_record(const pusher *p, uint32_t i);

static void push_item(const pusher *p, uint32_t i) {
    const news_item *item = &p->analysis->items[i];
    lua_createtable(p->L, 0, 7);
    set_value(p, "headline", &item->headline);
    set_value(p, "dek", &item->dek);
    set_date(p, "date", &item->date);
    set_date(p, "modified", &item->modified);
    set_bylines(p, item->bylines, item->n_bylines);
    set_span(p, item->span);
}

static void push_block(const pusher *p, uint32_t i) {
    const news_block *block = &p->analysis->blocks[i];
    lua_createtable(p->L, 0, 4);
    set_word(p, "role", news_role_name(block->role));
    set_span(p, block->span);
    set_index(p, "item", block->item);
}

/* The first block that starts at or after `at`. */
static uint32_t first_block_from(const news_analysis *a, uint32_t at) {
    uint32_t low = 0;
    uint32_t high = a->n_blocks;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (a->blocks[middle].span.from < at) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static void push_section(const pusher *p, uint32_t i) {
    const news_section *section = &p->analysis->sections[i];
    lua_createtable(p->L, 0, 6);
    if (p->words) {
        set_number(p, "words",
                   p->words[first_block_from(p->analysis, section->span.to)] -
                       p->words[first_block_from(p->analysis, section->span.from)]);
    }
    set_string(p, "title", section->title);
    set_word(p, "kind", news_section_kind_name(section->kind));
    set_number(p, "level", section->level);
    set_span(p, section->span);
}

static void push_entity(const pusher *p, uint32_t i) {
    const news_entity *entity = &p->analysis->entities[i];
    lua_createtable(p->L, 0, 8);
    set_string(p, "name", entity->name);
    set_word(p, "type", news_entity_type_name(entity->type));
    const char *gender = news_gender_name(entity->gender);
    set_string(p, "gender", (news_string){gender, gender ? (uint32_t)strlen(gender) : 0});
    set_strings(p, "aliases", entity->aliases, entity->n_aliases);
    set_strings(p, "roles", entity->roles, entity->n_roles);
    set_number(p, "score", (double)entity->score);
    set_index(p, "item", entity->item);
    lua_createtable(p->L, (int)entity->n_mentions, 0);
    int n = 0;
    for (uint32_t m = entity->first_mention; m != NEWS_NONE; m = p->analysis->mentions[m].next) {
        const news_mention *mention = &p->analysis->mentions[m];
        lua_createtable(p->L, 0, 4);
        set_text_of(p, mention->span);
        set_word(p, "kind", news_mention_kind_name(mention->kind));
        set_span(p, mention->span);
        lua_rawseti(p->L, -2, ++n);
    }
    lua_setfield(p->L, -2, "mentions");
}

/* The parts' text, joined by one blank. */
static void set_quote_text(const pusher *p, const news_quote *quote) {
    if (quote->n_parts == 1) {
        set_text_of(p, quote->parts[0]);
        return;
    }
    luaL_Buffer buffer;
    luaL_buffinit(p->L, &buffer);
    for (uint32_t i = 0; i < quote->n_parts; i++) {
        if (i) {
            luaL_addchar(&buffer, ' ');
        }
        push_collapsed(p->L, p->text + quote->parts[i].from,
                       quote->parts[i].to - quote->parts[i].from);
        luaL_addvalue(&buffer);
    }
    luaL_pushresult(&buffer);
    lua_setfield(p->L, -2, "text");
}

static void push_quote(const pusher *p, uint32_t i) {
    const news_quote *quote = &p->analysis->quotes[i];
    lua_createtable(p->L, 0, 9);
    set_quote_text(p, quote);
    set_word(p, "kind", news_quote_kind_name(quote->kind));
    set_span(p, quote->span);
    lua_createtable(p->L, (int)quote->n_parts, 0);
    for (uint32_t k = 0; k < quote->n_parts; k++) {
        lua_createtable(p->L, 0, 2);
        set_span(p, quote->parts[k]);
        lua_rawseti(p->L, -2, (int)k + 1);
    }
    lua_setfield(p->L, -2, "parts");
    lua_createtable(p->L, 0, 2);
    set_span(p, quote->content);
    lua_setfield(p->L, -2, "content");
    set_number(p, "score", (double)quote->score);
    if (quote->speaker.name.bytes) {
        lua_createtable(p->L, 0, 5);
        set_string(p, "name", quote->speaker.name);
        set_span(p, quote->speaker.span);
        lua_createtable(p->L, (int)quote->speaker.n_entities, 0);
        for (uint32_t k = 0; k < quote->speaker.n_entities; k++) {
            lua_pushnumber(p->L, quote->speaker.entities[k]);
            lua_rawseti(p->L, -2, (int)k + 1);
        }
        lua_setfield(p->L, -2, "entities");
        set_number(p, "score", (double)quote->speaker.score);
    } else {
        lua_pushvalue(p->L, p->null);
    }
    lua_setfield(p->L, -2, "speaker");
    if (quote->cue.from != NEWS_NONE) {
        lua_createtable(p->L, 0, 3);
        set_text_of(p, quote->cue);
        set_span(p, quote->cue);
    } else {
        lua_pushvalue(p->L, p->null);
    }
    lua_setfield(p->L, -2, "cue");
}

static void push_text_date(const pusher *p, uint32_t i) {
    push_date(p, &p->analysis->dates[i]);
}

static void set_list(const pusher *p, const char *field, uint32_t n, push_record *push) {
    lua_createtable(p->L, (int)n, 0);
    for (uint32_t i = 0; i < n; i++) {
        push(p, i);
        lua_rawseti(p->L, -2, (int)i + 1);
    }
    lua_setfield(p->L, -2, field);
}

static bool is_readable(news_role role) {
    return role == NEWS_ROLE_SUBHEAD || role == NEWS_ROLE_DATELINE || role == NEWS_ROLE_PARAGRAPH ||
           role == NEWS_ROLE_BLOCKQUOTE || role == NEWS_ROLE_LIST || role == NEWS_ROLE_TABLE ||
           role == NEWS_ROLE_CODE;
}

/* The article's text: its blocks, separated by a blank line; a dateline by a blank. */
static void set_article_text(const pusher *p) {
    luaL_Buffer buffer;
    luaL_buffinit(p->L, &buffer);
    const news_block *before = NULL;
    for (uint32_t i = 0; i < p->analysis->n_blocks; i++) {
        const news_block *block = &p->analysis->blocks[i];
        if (!is_readable(block->role)) {
            continue;
        }
        if (before) {
            luaL_addstring(&buffer, before->role == NEWS_ROLE_DATELINE ? " " : "\n\n");
        }
        const char *bytes = p->text + block->span.from;
        uint32_t n = block->span.to - block->span.from;
        if (block->role == NEWS_ROLE_CODE || block->role == NEWS_ROLE_TABLE) {
            luaL_addlstring(&buffer, bytes, n);
        } else {
            push_collapsed(p->L, bytes, n);
            luaL_addvalue(&buffer);
        }
        before = block;
    }
    luaL_pushresult(&buffer);
    lua_setfield(p->L, -2, "text");
}

/* Words between white space and no-break spaces; what holds neither letter nor digit is none. */
static uint32_t count_words(const char *bytes, uint32_t n) {
    uint32_t words = 0;
    bool counted = false; /* the stretch at hand is a word and was counted */
    for (uint32_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)bytes[i];
        unsigned char next = i + 1 < n ? (unsigned char)bytes[i + 1] : 0;
        if (is_blank(c)) {
            counted = false;
        } else if (c == 0xC2 && next < 0xC0) { /* U+0080 to U+00BF: U+00A0 and signs */
            counted = counted && next != 0xA0;
            i++;
        } else if (c == 0xE2 && next == 0x80) { /* U+2000 to U+203F: dashes and quotation marks */
            i += 2;
        } else if (!counted && (c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
                                (c >= 'a' && c <= 'z'))) {
            counted = true;
            words++;
        }
    }
    return words;
}

/* Pushes a userdata that holds, for each block, the words of the readable blocks before it. */
static const uint32_t *push_word_counts(const pusher *p) {
    uint32_t n = p->analysis->n_blocks;
    uint32_t *words = lua_newuserdata(p->L, ((size_t)n + 1) * sizeof *words);
    words[0] = 0;
    for (uint32_t i = 0; i < n; i++) {
        const news_block *block = &p->analysis->blocks[i];
        words[i + 1] = words[i];
        if (is_readable(block->role)) {
            words[i + 1] +=
                count_words(p->text + block->span.from, block->span.to - block->span.from);
        }
    }
    return words;
}

/* document:analysis{ positions = 'buffer' | 'bytes', null = value, text = boolean, words = boolean
 * }
 */
static int analysis(lua_State *L) {
    const news_document *document = *check_document(L);
    lua_settop(L, 2);
    pusher p = {
        .L = L, .document = document, .analysis = news_document_analysis(document), .null = 3};
    p.text = news_document_text(document).bytes;
    bool with_text = false;
    if (lua_istable(L, 2)) {
        lua_getfield(L, 2, "null");
        lua_getfield(L, 2, "positions");
        static const char *const positions[] = {"buffer", "bytes", NULL};
        p.in_bytes = !lua_isnil(L, -1) && luaL_checkoption(L, -1, NULL, positions) == 1;
        lua_getfield(L, 2, "text");
        with_text = lua_toboolean(L, -1);
        lua_getfield(L, 2, "words");
        bool with_words = lua_toboolean(L, -1);
        lua_settop(L, 3);
        p.words = with_words ? push_word_counts(&p) : NULL; /* [document, options, null, words] */
    } else {
        lua_pushnil(L);
    }
    const news_analysis *a = p.analysis;
    lua_createtable(L, 0, 19);
    if (p.words) {
        set_number(&p, "words", p.words[a->n_blocks]);
    }
    set_number(&p, "schema", NEWS_SCHEMA);
    set_word(&p, "format", news_format_name(a->format));
    set_string(&p, "language", a->language);
    set_value(&p, "headline", &a->headline);
    set_value(&p, "dek", &a->dek);
    set_date(&p, "date", &a->date);
    set_date(&p, "modified", &a->modified);
    set_bylines(&p, a->bylines, a->n_bylines);
    set_string(&p, "publisher", a->publisher);
    set_string(&p, "section", a->section);
    set_list(&p, "items", a->n_items, push_item);
    set_list(&p, "blocks", a->n_blocks, push_block);
    set_list(&p, "outline", a->n_sections, push_section);
    set_list(&p, "entities", a->n_entities, push_entity);
    set_list(&p, "quotes", a->n_quotes, push_quote);
    set_list(&p, "dates", a->n_dates, push_text_date);
    if (a->note) {
        set_word(&p, "note", a->note);
    }
    if (with_text) {
        set_article_text(&p);
    }
    return 1;
}

/* A list of pieces that is being written for Lua: three numbers each. */
typedef struct piece_list {
    lua_State *L;
    int n;         /* numbers so far */
    uint32_t to;   /* source byte that the last piece ends at */
    bool is_whole; /* the last piece cannot be longer */
} piece_list;

/* Appends a piece of `n` bytes. One that goes with its source byte by byte, and on where the last
 * such one ended, makes that longer: else each blank of a page would be a piece of its own. */
static void add_piece(piece_list *list, size_t at, uint32_t n, news_span source) {
    bool is_whole = source.to - source.from != n;
    if (list->n && !is_whole && !list->is_whole && list->to == source.from) {
        lua_pushnumber(list->L, source.to);
        lua_rawseti(list->L, -2, list->n);
    } else {
        lua_pushnumber(list->L, (double)at);
        lua_rawseti(list->L, -2, ++list->n);
        lua_pushnumber(list->L, source.from);
        lua_rawseti(list->L, -2, ++list->n);
        lua_pushnumber(list->L, source.to);
        lua_rawseti(list->L, -2, ++list->n);
        list->is_whole = is_whole;
    }
    list->to = source.to;
}

/* Whether the white space at `i` is more than one blank, so that a blank stands for it. */
static bool is_collapsed(const char *bytes, uint32_t i, uint32_t to) {
    return is_blank((unsigned char)bytes[i]) &&
           (bytes[i] != ' ' || (i + 1 < to && is_blank((unsigned char)bytes[i + 1])));
}

/* Pushes the pieces of a block's text, which is as push_collapsed makes it where `collapse` says
 * so.
 */
static void push_pieces(const pusher *p, news_span span, bool collapse) {
    piece_list list = {.L = p->L};
    lua_newtable(p->L);
    size_t at = 0;
    for (uint32_t i = span.from, next; i < span.to; i = next) {
        next = i + 1;
        if (collapse && is_collapsed(p->text, i, span.to)) {
            while (next < span.to && is_blank((unsigned char)p->text[next])) {
                next++;
            }
            add_piece(&list, at++, 1, news_document_source_span(p->document, (news_span){i, next}));
            continue;
        }
        news_piece piece = news_document_piece(p->document, i);
        uint32_t end = piece.text.to < span.to ? piece.text.to : span.to;
        while (next < end && !(collapse && is_collapsed(p->text, next, span.to))) {
            next++;
        }
        if (piece.is_copy) {
            piece.source.from += i - piece.text.from;
            piece.source.to = piece.source.from + (next - i);
        }
        add_piece(&list, at, next - i, piece.source);
        at += next - i;
    }
}

static void push_reading(const pusher *p, uint32_t i) {
    const news_block *block = &p->analysis->blocks[i];
    bool is_set = block->role == NEWS_ROLE_CODE || block->role == NEWS_ROLE_TABLE;
    lua_createtable(p->L, 0, 5);
    set_word(p, "role", news_role_name(block->role));
    set_number(p, "level", block->level);
    set_index(p, "item", block->item);
    if (is_set) {
        lua_pushlstring(p->L, p->text + block->span.from, block->span.to - block->span.from);
    } else {
        push_collapsed(p->L, p->text + block->span.from, block->span.to - block->span.from);
    }
    lua_setfield(p->L, -2, "text");
    push_pieces(p, block->span, !is_set);
    lua_setfield(p->L, -2, "pieces");
}

/* document:reading() */
static int reading(lua_State *L) {
    const news_document *document = *check_document(L);
    lua_settop(L, 1);
    lua_pushnil(L);
    pusher p = {.L = L,
                .document = document,
                .analysis = news_document_analysis(document),
                .text = news_document_text(document).bytes,
                .null = 2};
    lua_createtable(L, (int)p.analysis->n_blocks, 0);
    for (uint32_t i = 0; i < p.analysis->n_blocks; i++) {
        push_reading(&p, i);
        lua_rawseti(L, -2, (int)i + 1);
    }
    return 1;
}

static int sentences(lua_State *L) {
    const news_document *document = *check_document(L);
    pusher p = {.L = L, .document = document};
    uint32_t n = news_document_n_sentences(document);
    lua_createtable(L, (int)n, 0);
    for (uint32_t i = 0; i < n; i++) {
        lua_createtable(L, 0, 2);
        set_span(&p, news_document_sentence(document, i));
        lua_rawseti(L, -2, (int)i + 1);
    }
    return 1;
}

/* ---- Places and passages ----------------------------------------------------------------------
 */

static uint32_t check_offset(lua_State *L, int arg) {
    lua_Number offset = luaL_checknumber(L, arg);
    luaL_argcheck(L, offset >= 0 && offset < NEWS_NONE, arg, "no offset");
    return (uint32_t)offset;
}

static int source_span(lua_State *L) {
    const news_document *document = *check_document(L);
    uint32_t n = news_document_text(document).n;
    news_span span = {check_offset(L, 2), check_offset(L, 3)};
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
    const news_document *document = *check_document(L);
    uint32_t from = text_offset(document, check_offset(L, 2));
    uint32_t to = check_offset(L, 3);
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

#define ANCHOR "newsoutline.anchor"

static int new_anchor(lua_State *L) {
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

/* A string of the table at 2, which keeps it alive. */
static news_string string_field(lua_State *L, const char *name) {
    lua_getfield(L, 2, name);
    if (lua_isnil(L, -1)) {
        lua_pop(L, 1);
        return (news_string){"", 0};
    }
    return pop_string(L, name);
}

static int find_passage(lua_State *L) {
    news_anchor **box = luaL_checkudata(L, 1, ANCHOR);
    luaL_argcheck(L, *box != NULL, 1, "the text is closed");
    luaL_checktype(L, 2, LUA_TTABLE);
    news_anchor_query passage = {.near = NEWS_NONE};
    passage.exact = string_field(L, "exact");
    passage.prefix = string_field(L, "prefix");
    passage.suffix = string_field(L, "suffix");
    lua_getfield(L, 2, "near");
    if (lua_isnumber(L, -1)) {
        passage.near = check_offset(L, lua_gettop(L));
    }
    lua_getfield(L, 2, "rival");
    passage.rival = (float)lua_tonumber(L, -1);
    lua_getfield(L, 2, "rival_offset");
    lua_Number offset = lua_tonumber(L, -1);
    passage.rival_offset = offset > -1e9 && offset < 1e9 ? (int32_t)offset : 0;
    lua_getfield(L, 2, "is_repeated");
    passage.is_repeated = lua_toboolean(L, -1);
    lua_getfield(L, 2, "thorough");
    passage.thorough = lua_toboolean(L, -1);
    news_anchor_match match = news_anchor_find(*box, &passage);
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
    news_anchor **box = luaL_checkudata(L, 1, ANCHOR);
    luaL_argcheck(L, *box != NULL, 1, "the text is closed");
    size_t n;
    const char *bytes = luaL_checklstring(L, 2, &n);
    luaL_argcheck(L, n < NEWS_MAX_SOURCE, 2, "too long");
    news_span span =
        news_anchor_nearest(*box, (news_string){bytes, (uint32_t)n}, check_offset(L, 3));
    if (span.from == NEWS_NONE) {
        return 0;
    }
    lua_pushnumber(L, span.from);
    lua_pushnumber(L, span.to);
    return 2;
}

static int text(lua_State *L) {
    news_string string = news_document_text(*check_document(L));
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
    static const luaL_Reg methods[] = {
        {"analysis", analysis},    {"text", text},           {"sentences", sentences},
        {"close", close_document}, {"__gc", close_document}, {"source_span", source_span},
        {"text_span", text_span},  {"reading", reading},     {NULL, NULL}};
    static const luaL_Reg anchor_methods[] = {
        {"find", find_passage}, {"nearest", nearest}, {"__gc", free_anchor}, {NULL, NULL}};
    luaL_newmetatable(L, ANCHOR);
    luaL_register(L, NULL, anchor_methods);
    lua_pushvalue(L, -1);
    lua_setfield(L, -2, "__index");
    lua_pop(L, 1);
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
    lua_pushcfunction(L, new_anchor);
    lua_setfield(L, -2, "anchor");
    lua_pushcfunction(L, hand_over);
    lua_setfield(L, -2, "hand_over");
    lua_pushcfunction(L, take);
    lua_setfield(L, -2, "take");
    return 1;
}
