/* document:analysis(): the records of the schema as plain tables. */
#include "core.h"
#include "push.h"

#include <lauxlib.h>
#include <string.h>

static void set_value(const news_pusher *p, const char *field, const news_value *value) {
    if (value->text.bytes) {
        lua_createtable(p->L, 0, 3);
        news_lua_set_string(p, "text", value->text);
        news_lua_set_span(p, value->span);
    } else {
        lua_pushvalue(p->L, p->null);
    }
    lua_setfield(p->L, -2, field);
}

static void push_date(const news_pusher *p, const news_date *date) {
    lua_createtable(p->L, 0, 4);
    news_lua_set_string(p, "text", date->text);
    news_lua_set_string(p, "iso", date->iso);
    news_lua_set_span(p, date->span);
}

static void set_date(const news_pusher *p, const char *field, const news_date *date) {
    if (date->iso.bytes) {
        push_date(p, date);
    } else {
        lua_pushvalue(p->L, p->null);
    }
    lua_setfield(p->L, -2, field);
}

static void set_bylines(const news_pusher *p, const news_value *bylines, uint32_t n) {
    lua_createtable(p->L, (int)n, 0);
    for (uint32_t i = 0; i < n; i++) {
        lua_createtable(p->L, 0, 3);
        news_lua_set_string(p, "text", bylines[i].text);
        news_lua_set_span(p, bylines[i].span);
        lua_rawseti(p->L, -2, (int)i + 1);
    }
    lua_setfield(p->L, -2, "bylines");
}

static void set_strings(const news_pusher *p, const char *field, const news_string *strings,
                        uint32_t n) {
    lua_createtable(p->L, (int)n, 0);
    for (uint32_t i = 0; i < n; i++) {
        news_lua_push_string(p, strings[i]);
        lua_rawseti(p->L, -2, (int)i + 1);
    }
    lua_setfield(p->L, -2, field);
}

/* Pushes record `i` of the analysis as one table. */
typedef void push_record(const news_pusher *p, uint32_t i);

static void push_item(const news_pusher *p, uint32_t i) {
    const news_item *item = &p->analysis->items[i];
    lua_createtable(p->L, 0, 7);
    set_value(p, "headline", &item->headline);
    set_value(p, "dek", &item->dek);
    set_date(p, "date", &item->date);
    set_date(p, "modified", &item->modified);
    set_bylines(p, item->bylines, item->n_bylines);
    news_lua_set_span(p, item->span);
}

static void push_block(const news_pusher *p, uint32_t i) {
    const news_block *block = &p->analysis->blocks[i];
    lua_createtable(p->L, 0, 4);
    news_lua_set_word(p, "role", news_role_name(block->role));
    news_lua_set_span(p, block->span);
    news_lua_set_index(p, "item", block->item);
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

static void push_section(const news_pusher *p, uint32_t i) {
    const news_section *section = &p->analysis->sections[i];
    lua_createtable(p->L, 0, 6);
    if (p->words) {
        news_lua_set_number(p, "words",
                            p->words[first_block_from(p->analysis, section->span.to)] -
                                p->words[first_block_from(p->analysis, section->span.from)]);
    }
    news_lua_set_string(p, "title", section->title);
    news_lua_set_word(p, "kind", news_section_kind_name(section->kind));
    news_lua_set_number(p, "level", section->level);
    news_lua_set_span(p, section->span);
}

static void push_entity(const news_pusher *p, uint32_t i) {
    const news_entity *entity = &p->analysis->entities[i];
    lua_createtable(p->L, 0, 8);
    news_lua_set_string(p, "name", entity->name);
    news_lua_set_word(p, "type", news_entity_type_name(entity->type));
    const char *gender = news_gender_name(entity->gender);
    news_lua_set_string(p, "gender", (news_string){gender, gender ? (uint32_t)strlen(gender) : 0});
    set_strings(p, "aliases", entity->aliases, entity->n_aliases);
    set_strings(p, "roles", entity->roles, entity->n_roles);
    news_lua_set_number(p, "score", (double)entity->score);
    news_lua_set_index(p, "item", entity->item);
    lua_createtable(p->L, (int)entity->n_mentions, 0);
    int n = 0;
    for (uint32_t m = entity->first_mention; m != NEWS_NONE; m = p->analysis->mentions[m].next) {
        const news_mention *mention = &p->analysis->mentions[m];
        lua_createtable(p->L, 0, 4);
        news_lua_set_text_of(p, mention->span);
        news_lua_set_word(p, "kind", news_mention_kind_name(mention->kind));
        news_lua_set_span(p, mention->span);
        lua_rawseti(p->L, -2, ++n);
    }
    lua_setfield(p->L, -2, "mentions");
}

/* The parts' text, joined by one blank. */
static void set_quote_text(const news_pusher *p, const news_quote *quote) {
    if (quote->n_parts == 1) {
        news_lua_set_text_of(p, quote->parts[0]);
        return;
    }
    luaL_Buffer buffer;
    luaL_buffinit(p->L, &buffer);
    for (uint32_t i = 0; i < quote->n_parts; i++) {
        if (i) {
            luaL_addchar(&buffer, ' ');
        }
        news_lua_push_collapsed(p->L, p->text + quote->parts[i].from,
                                quote->parts[i].to - quote->parts[i].from);
        luaL_addvalue(&buffer);
    }
    luaL_pushresult(&buffer);
    lua_setfield(p->L, -2, "text");
}

static void push_quote(const news_pusher *p, uint32_t i) {
    const news_quote *quote = &p->analysis->quotes[i];
    lua_createtable(p->L, 0, 9);
    set_quote_text(p, quote);
    news_lua_set_word(p, "kind", news_quote_kind_name(quote->kind));
    news_lua_set_span(p, quote->span);
    lua_createtable(p->L, (int)quote->n_parts, 0);
    for (uint32_t k = 0; k < quote->n_parts; k++) {
        lua_createtable(p->L, 0, 2);
        news_lua_set_span(p, quote->parts[k]);
        lua_rawseti(p->L, -2, (int)k + 1);
    }
    lua_setfield(p->L, -2, "parts");
    lua_createtable(p->L, 0, 2);
    news_lua_set_span(p, quote->content);
    lua_setfield(p->L, -2, "content");
    news_lua_set_number(p, "score", (double)quote->score);
    if (quote->speaker.name.bytes) {
        lua_createtable(p->L, 0, 5);
        news_lua_set_string(p, "name", quote->speaker.name);
        news_lua_set_span(p, quote->speaker.span);
        lua_createtable(p->L, (int)quote->speaker.n_entities, 0);
        for (uint32_t k = 0; k < quote->speaker.n_entities; k++) {
            lua_pushnumber(p->L, quote->speaker.entities[k]);
            lua_rawseti(p->L, -2, (int)k + 1);
        }
        lua_setfield(p->L, -2, "entities");
        news_lua_set_number(p, "score", (double)quote->speaker.score);
    } else {
        lua_pushvalue(p->L, p->null);
    }
    lua_setfield(p->L, -2, "speaker");
    if (quote->cue.from != NEWS_NONE) {
        lua_createtable(p->L, 0, 3);
        news_lua_set_text_of(p, quote->cue);
        news_lua_set_span(p, quote->cue);
    } else {
        lua_pushvalue(p->L, p->null);
    }
    lua_setfield(p->L, -2, "cue");
}

static void push_text_date(const news_pusher *p, uint32_t i) {
    push_date(p, &p->analysis->dates[i]);
}

static void set_list(const news_pusher *p, const char *field, uint32_t n, push_record *push) {
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
static void set_article_text(const news_pusher *p) {
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
            news_lua_push_collapsed(p->L, bytes, n);
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
        if (news_lua_is_blank(c)) {
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
static const uint32_t *push_word_counts(const news_pusher *p) {
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

int news_lua_analysis(lua_State *L) {
    const news_document *document = *news_lua_check_document(L);
    lua_settop(L, 2);
    news_pusher p = {
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
        news_lua_set_number(&p, "words", p.words[a->n_blocks]);
    }
    news_lua_set_number(&p, "schema", NEWS_SCHEMA);
    news_lua_set_word(&p, "format", news_format_name(a->format));
    news_lua_set_string(&p, "language", a->language);
    set_value(&p, "headline", &a->headline);
    set_value(&p, "dek", &a->dek);
    set_date(&p, "date", &a->date);
    set_date(&p, "modified", &a->modified);
    set_bylines(&p, a->bylines, a->n_bylines);
    news_lua_set_string(&p, "publisher", a->publisher);
    news_lua_set_string(&p, "section", a->section);
    set_list(&p, "items", a->n_items, push_item);
    set_list(&p, "blocks", a->n_blocks, push_block);
    set_list(&p, "outline", a->n_sections, push_section);
    set_list(&p, "entities", a->n_entities, push_entity);
    set_list(&p, "quotes", a->n_quotes, push_quote);
    set_list(&p, "dates", a->n_dates, push_text_date);
    if (a->note) {
        news_lua_set_word(&p, "note", a->note);
    }
    if (with_text) {
        set_article_text(&p);
    }
    return 1;
}
