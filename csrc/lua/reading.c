/* document:reading(): the text of each block for a reading view, and the places of its bytes in the
 * source. */
#include "core.h"
#include "push.h"

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
    return news_lua_is_blank((unsigned char)bytes[i]) &&
           (bytes[i] != ' ' || (i + 1 < to && news_lua_is_blank((unsigned char)bytes[i + 1])));
}

/* Pushes the pieces of a block's text, which is as news_lua_push_collapsed makes it where
 * `collapse` says so.
 */
static void push_pieces(const news_pusher *p, news_span span, bool collapse) {
    piece_list list = {.L = p->L};
    lua_newtable(p->L);
    size_t at = 0;
    for (uint32_t i = span.from, next; i < span.to; i = next) {
        next = i + 1;
        if (collapse && is_collapsed(p->text, i, span.to)) {
            while (next < span.to && news_lua_is_blank((unsigned char)p->text[next])) {
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

static void push_reading(const news_pusher *p, uint32_t i) {
    const news_block *block = &p->analysis->blocks[i];
    bool is_set = block->role == NEWS_ROLE_CODE || block->role == NEWS_ROLE_TABLE;
    lua_createtable(p->L, 0, 5);
    news_lua_set_word(p, "role", news_role_name(block->role));
    news_lua_set_number(p, "level", block->level);
    news_lua_set_index(p, "item", block->item);
    if (is_set) {
        lua_pushlstring(p->L, p->text + block->span.from, block->span.to - block->span.from);
    } else {
        news_lua_push_collapsed(p->L, p->text + block->span.from,
                                block->span.to - block->span.from);
    }
    lua_setfield(p->L, -2, "text");
    push_pieces(p, block->span, !is_set);
    lua_setfield(p->L, -2, "pieces");
}

int news_lua_reading(lua_State *L) {
    const news_document *document = *news_lua_check_document(L);
    lua_settop(L, 1);
    lua_pushnil(L);
    news_pusher p = {.L = L,
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
