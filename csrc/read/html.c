/* A page's elements become passages: one for each stretch of text between the borders of blocks. */
#include "html.h"
#include "page_claims.h"
#include "stream.h"
#include "utf8.h"
#include "word_lists.h"

#include <string.h>

/* Elements deeper than this are counted, not told apart: no page of news nests as deep, and a
 * hostile one shall not cost memory. */
enum { DEEPEST = 400 };

/* So many passages a document may have at least, and one for so many bytes of source: no page of
 * news comes near, and each costs several hundred bytes until it is judged. What would be more is
 * joined to the passage before it. */
enum { LEAST_PASSAGES = 2000, BYTES_A_PASSAGE = 16 };

typedef enum element_class {
    INLINE,
    BLOCK,
    SKIPPED, /* nothing in it is read */
} element_class;

/* An open element. */
typedef struct frame {
    char name[12]; /* cut; enough to tell those that matter */
    uint32_t node; /* its index once text was found in it, else NEWS_NONE */
    uint32_t signature;
    uint16_t own_places;
    uint16_t places, words, words_above;
    uint8_t element, heading, list_depth;
    uint8_t kind; /* element_class */
    bool is_link, is_preformatted, is_italic, is_bold;
} frame;

struct news_html {
    news_arena *arena;
    news_reading *reading;
    const char *bytes;
    uint32_t n;          /* of them */
    const news_map *map; /* of a part that was decoded before, or NULL */
    uint32_t item;
    frame frames[DEEPEST];
    uint32_t depth;    /* of elements, those too deep included */
    uint32_t n_frames; /* of those that are kept */
    uint32_t skipped;  /* depth of the skipped element we are in, or 0 */
    /* the passage being built; from NEWS_NONE where none is */
    uint32_t from, n_link, n_italic, n_bold;
    uint16_t edges;   /* NEWS_BEHIND_PICTURE and those of links, as far as they are known */
    bool has_picture; /* since the last text */
    frame owner;
    news_span space; /* white space seen and not yet written; from NEWS_NONE where none is */
    uint32_t breaks; /* line breaks in it */
    uint32_t end;    /* source offset behind the last text written */
    news_page_claims claims;
};

typedef struct news_html builder;

static bool is_one_of(const char *name, const char *const *names, size_t n) {
    for (size_t i = 0; i < n; i++) {
        if (strcmp(name, names[i]) == 0) {
            return true;
        }
    }
    return false;
}

#define IS_ONE_OF(name, ...)                                                                       \
    is_one_of(name, (const char *const[]){__VA_ARGS__},                                            \
              sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))

/* What the groups of csrc/data/html_elements.txt mean. */
typedef struct element_facts {
    uint8_t kind;    /* element_class */
    uint8_t element; /* news_element */
    uint16_t places;
    bool is_void;
} element_facts;

static const element_facts *facts_of(const char *name) {
    static const element_facts facts[] = {
        [NEWS_HTML_ELEMENTS_OTHER] = {BLOCK, NEWS_ELEMENT_OTHER, 0, false},
        [NEWS_HTML_ELEMENTS_INLINE] = {INLINE, NEWS_ELEMENT_OTHER, 0, false},
        [NEWS_HTML_ELEMENTS_LINK] = {INLINE, NEWS_ELEMENT_OTHER, 0, false},
        [NEWS_HTML_ELEMENTS_INLINE_VOID] = {INLINE, NEWS_ELEMENT_OTHER, 0, true},
        [NEWS_HTML_ELEMENTS_VOID] = {BLOCK, NEWS_ELEMENT_OTHER, 0, true},
        [NEWS_HTML_ELEMENTS_SKIPPED] = {SKIPPED, NEWS_ELEMENT_OTHER, 0, false},
        [NEWS_HTML_ELEMENTS_PARAGRAPH] = {BLOCK, NEWS_ELEMENT_PARAGRAPH, 0, false},
        [NEWS_HTML_ELEMENTS_HEADING] = {BLOCK, NEWS_ELEMENT_HEADING, 0, false},
        [NEWS_HTML_ELEMENTS_ITEM] = {BLOCK, NEWS_ELEMENT_LIST_ITEM, 0, false},
        [NEWS_HTML_ELEMENTS_CELL] = {BLOCK, NEWS_ELEMENT_CELL, 0, false},
        [NEWS_HTML_ELEMENTS_CAPTION] = {BLOCK, NEWS_ELEMENT_CAPTION, 0, false},
        [NEWS_HTML_ELEMENTS_PREFORMATTED] = {BLOCK, NEWS_ELEMENT_PREFORMATTED, 0, false},
        [NEWS_HTML_ELEMENTS_QUOTE] = {BLOCK, NEWS_ELEMENT_QUOTE, NEWS_IN_QUOTE, false},
        [NEWS_HTML_ELEMENTS_DIVISION] = {BLOCK, NEWS_ELEMENT_DIV, 0, false},
        [NEWS_HTML_ELEMENTS_ARTICLE] = {BLOCK, NEWS_ELEMENT_OTHER, NEWS_IN_ARTICLE, false},
        [NEWS_HTML_ELEMENTS_MAIN] = {BLOCK, NEWS_ELEMENT_OTHER, NEWS_IN_MAIN, false},
        [NEWS_HTML_ELEMENTS_NAV] = {BLOCK, NEWS_ELEMENT_OTHER, NEWS_IN_NAV, false},
        [NEWS_HTML_ELEMENTS_ASIDE] = {BLOCK, NEWS_ELEMENT_OTHER, NEWS_IN_ASIDE, false},
        [NEWS_HTML_ELEMENTS_HEADER] = {BLOCK, NEWS_ELEMENT_OTHER, NEWS_IN_HEADER, false},
        [NEWS_HTML_ELEMENTS_FOOTER] = {BLOCK, NEWS_ELEMENT_OTHER, NEWS_IN_FOOTER, false},
        [NEWS_HTML_ELEMENTS_FIGURE] = {BLOCK, NEWS_ELEMENT_OTHER, NEWS_IN_FIGURE, false},
        [NEWS_HTML_ELEMENTS_FORM] = {BLOCK, NEWS_ELEMENT_OTHER, NEWS_IN_FORM, false},
        [NEWS_HTML_ELEMENTS_TABLE] = {BLOCK, NEWS_ELEMENT_OTHER, NEWS_IN_TABLE, false},
        [NEWS_HTML_ELEMENTS_LIST] = {BLOCK, NEWS_ELEMENT_OTHER, NEWS_IN_LIST, false},
    };
    news_word known = news_words_find(&news_words_html_elements, name, strlen(name));
    return &facts[known.is_entry ? known.value : NEWS_HTML_ELEMENTS_OTHER];
}

/* ---- Writing text -----------------------------------------------------------------------------
 */

/* The source's bytes that a span of the part's bytes came from. */
static news_span origin_of(const builder *b, news_span span) {
    if (b->map) {
        return news_map_origin(b->map, span);
    }
    return span;
}

static bool write(builder *b, const char *bytes, uint32_t n, news_span origin) {
    news_text *text = &b->reading->text;
    return news_text_replace(b->arena, text, bytes, n, origin);
}

static bool close_passage(builder *b) {
    b->space.from = NEWS_NONE;
    b->breaks = 0;
    if (b->from == NEWS_NONE) {
        return true;
    }
    news_text *text = &b->reading->text;
    news_span span = news_utf8_trim(text->bytes, (news_span){b->from, text->n});
    b->from = NEWS_NONE;
    if (span.from == span.to) {
        return true;
    }
    news_passage *passage = news_list_push(b->arena, &b->reading->passages.list);
    news_evidence *evidence = news_list_push(b->arena, &b->reading->evidence);
    if (!passage || !evidence) {
        return false;
    }
    const frame *owner = &b->owner;
    *evidence = (news_evidence){
        .n_link = b->n_link,
        .n_italic = b->n_italic,
        .n_bold = b->n_bold,
        .node = owner->node,
        .places = (uint16_t)(owner->places | b->edges),
        .words = owner->words,
        .words_above = owner->words_above,
        .element = owner->element,
        .depth = (uint8_t)(b->depth < 255 ? b->depth : 255),
    };
    *passage = (news_passage){
        .span = span,
        .blank_before = 1,
        .item = b->item,
    };
    switch ((news_element)owner->element) {
    case NEWS_ELEMENT_HEADING:
        passage->markup = NEWS_MARKUP_HEADING;
        passage->level = owner->heading;
        break;
    case NEWS_ELEMENT_LIST_ITEM:
        passage->markup = NEWS_MARKUP_LIST_ITEM;
        passage->level = owner->list_depth;
        break;
    case NEWS_ELEMENT_CAPTION:
        passage->markup = NEWS_MARKUP_CAPTION;
        break;
    case NEWS_ELEMENT_PREFORMATTED:
        passage->markup = NEWS_MARKUP_CODE;
        break;
    default:
        passage->markup = (owner->places & NEWS_IN_QUOTE) ? NEWS_MARKUP_QUOTE : NEWS_MARKUP_NONE;
        break;
    }
    return true;
}

static void hold_space(builder *b, news_span origin) {
    if (b->from == NEWS_NONE) {
        return;
    }
    if (b->space.from == NEWS_NONE) {
        b->space = origin;
    } else if (origin.to > b->space.to) {
        b->space.to = origin.to;
    }
}

/* The same where the format sets passages apart, unless it does so too often. */
static bool end_passage(builder *b) {
    if (b->reading->passages.list.n < LEAST_PASSAGES + b->end / BYTES_A_PASSAGE) {
        return close_passage(b);
    }
    hold_space(b, (news_span){b->end, b->end});
    b->breaks = 0;
    return true;
}

/* Makes nodes of the open block elements that are none yet; nodes are made for text only, so that
 * empty elements cost nothing. */
static bool make_nodes(builder *b) {
    uint32_t from = b->n_frames, parent = NEWS_NONE;
    while (from > 0 &&
           (b->frames[from - 1].kind != BLOCK || b->frames[from - 1].node == NEWS_NONE)) {
        from--;
    }
    if (from > 0) {
        parent = b->frames[from - 1].node;
    }
    for (uint32_t i = from; i < b->n_frames; i++) {
        frame *f = &b->frames[i];
        if (f->kind != BLOCK) {
            continue;
        }
        news_node *node = news_list_push(b->arena, &b->reading->nodes);
        if (!node) {
            return false;
        }
        *node = (news_node){parent, f->signature, f->own_places, f->words};
        f->node = parent = b->reading->nodes.n - 1;
    }
    return true;
}

/* Opens a passage in front of text at source offset `at`. */
static bool begin_passage(builder *b, uint32_t at) {
    news_text *text = &b->reading->text;
    if ((text->n && !write(b, "\n\n", 2, (news_span){b->end < at ? b->end : at, at})) ||
        !make_nodes(b)) {
        return false;
    }
    b->from = text->n;
    b->n_link = b->n_italic = b->n_bold = 0;
    b->edges = b->has_picture ? NEWS_BEHIND_PICTURE : 0;
    b->has_picture = false;
    b->owner = (frame){.node = NEWS_NONE};
    uint16_t words = 0;
    for (uint32_t i = b->n_frames; i-- > 0;) {
        if (b->frames[i].kind == BLOCK) {
            b->owner = b->frames[i];
            break;
        }
        words |= b->frames[i].words;
    }
    b->owner.words |= words;
    b->space.from = NEWS_NONE;
    b->breaks = 0;
    return true;
}

/* Gets ready to write at source offset `at`: opens a passage or writes the white space that was
 * held back. */
static bool prepare(builder *b, uint32_t at) {
    if (b->breaks >= 2 && !end_passage(b)) {
        return false;
    }
    if (b->from == NEWS_NONE) {
        return begin_passage(b, at);
    }
    if (b->space.from != NEWS_NONE) {
        b->space.to = b->space.to > b->space.from ? b->space.to : at; /* the markup between */
        if (!write(b, b->breaks ? "\n" : " ", 1, b->space)) {
            return false;
        }
        b->space.from = NEWS_NONE;
        b->breaks = 0;
    }
    return true;
}

static bool is_dropped(uint32_t c) {
    return c == 0xAD || c == 0x200B || c == 0xFEFF || c == 0x2060;
}

static const frame *top(const builder *b) {
    return b->n_frames ? &b->frames[b->n_frames - 1] : NULL;
}

/* Copies a run of plain bytes that need no decoding, `blanks` single ones between words among them.
 */
static bool copy_run(builder *b, uint32_t from, uint32_t to, uint32_t blanks) {
    if (from >= to) {
        return true;
    }
    news_text *text = &b->reading->text;
    if (!b->map) {
        const news_source part = {.utf8 = {b->bytes, 0}};
        if (!news_text_copy(b->arena, text, &part, (news_span){from, to})) {
            return false;
        }
    } else {
        for (uint32_t at = from, length; at < to; at += length) {
            news_utf8_decode(b->bytes + at, to - at, &length);
            if (!write(b, b->bytes + at, length, origin_of(b, (news_span){at, at + length}))) {
                return false;
            }
        }
    }
    b->end = origin_of(b, (news_span){from, to}).to;
    const frame *t = top(b);
    bool is_link = t && t->is_link, is_first = text->n - (to - from) <= b->from;
    b->edges |= is_link && is_first ? NEWS_STARTS_AS_LINK : 0;
    b->edges = (uint16_t)(is_link ? b->edges | NEWS_ENDS_AS_LINK : b->edges & ~NEWS_ENDS_AS_LINK);
    uint32_t signs = to - from - blanks;
    b->n_link += is_link ? signs : 0;
    b->n_italic += t && t->is_italic ? signs : 0;
    b->n_bold += t && t->is_bold ? signs : 0;
    return true;
}

/* ASCII that stands for itself and is no white space. */
static bool is_plain(char c) {
    return c > ' ' && c != '&' && c != 0x7F;
}

/* Where the plain words that go on at `at` end, and the single blanks between them. */
static uint32_t plain_words(const char *bytes, uint32_t at, uint32_t to, uint32_t *blanks) {
    while (at < to) {
        if (is_plain(bytes[at])) {
            at++;
        } else if (bytes[at] == ' ' && at + 1 < to && is_plain(bytes[at + 1])) {
            ++*blanks;
            at += 2;
        } else {
            break;
        }
    }
    return at;
}

static bool on_text(void *self, news_span span, bool literal) {
    builder *b = self;
    const frame *t = top(b);
    if (b->skipped) {
        return true;
    }
    bool preformatted = t && t->is_preformatted;
    uint32_t run = span.from; /* plain bytes from here on are not yet written */
    uint32_t blanks = 0;      /* among them */
    for (uint32_t at = span.from, length; at < span.to; at += length) {
        unsigned char byte = (unsigned char)b->bytes[at];
        if (is_plain((char)byte)) {
            if (run == at && !prepare(b, origin_of(b, (news_span){at, at + 1}).from)) {
                return false;
            }
            length = plain_words(b->bytes, at, span.to, &blanks) - at;
            continue;
        }
        char out[8];
        uint32_t n_out = 0, c = byte;
        length = 1;
        bool changed = false;
        if (byte == '&' && !literal) {
            length = news_stream_reference(b->bytes + at, span.to - at, out, &n_out);
            changed = length > 0;
            length = length ? length : 1;
            if (changed) {
                uint32_t unused;
                c = news_utf8_decode(out, n_out, &unused);
            }
        } else if (byte == 0) {
            c = NEWS_REPLACEMENT;
        } else if (byte >= 0x80) {
            c = news_utf8_decode(b->bytes + at, span.to - at, &length);
        }
        if (c == NEWS_REPLACEMENT && n_out == 0 && length == 1) {
            changed = true;
            n_out = news_utf8_encode(c, out);
        }
        bool space = c == ' ' || (c >= '\t' && c <= '\r');
        if (!space && !is_dropped(c) && !changed) {
            if (run == at && !prepare(b, origin_of(b, (news_span){at, at + length}).from)) {
                return false;
            }
            continue;
        }
        if (!copy_run(b, run, at, blanks)) {
            return false;
        }
        run = at + length;
        blanks = 0;
        news_span origin = origin_of(b, (news_span){at, at + length});
        if (space && !(preformatted && c != '\r' && b->from != NEWS_NONE)) {
            hold_space(b, origin);
        } else if (space) {
            char one = (char)c;
            if (!prepare(b, origin.from) || !write(b, &one, 1, origin)) {
                return false;
            }
            b->end = origin.to;
        } else if (!is_dropped(c)) {
            /* A no-break space does not open a passage: many stand alone in empty paragraphs. */
            if (b->from == NEWS_NONE && news_utf8_is_space(c)) {
                continue;
            }
            if (!prepare(b, origin.from) || !write(b, out, n_out, origin)) {
                return false;
            }
            b->end = origin.to;
        }
    }
    return copy_run(b, run, span.to, blanks);
}

/* ---- Elements ---------------------------------------------------------------------------------
 */

/* The attributes that are read here; NULL where there is none. */
typedef struct element_attributes {
    const char *role, *property, *style, *hidden, *aria_hidden, *class, *id, *href;
} element_attributes;

static void keep(const char **place, const char *const *attribute, const char *name) {
    if (!*place && strcmp(attribute[0], name) == 0) {
        *place = attribute[1] ? attribute[1] : "";
    }
}

static element_attributes attributes_of(const char *const *attributes) {
    element_attributes a = {0};
    for (; attributes && attributes[0]; attributes += 2) {
        switch (attributes[0][0]) {
        case 'a':
            keep(&a.aria_hidden, attributes, "aria-hidden");
            break;
        case 'c':
            keep(&a.class, attributes, "class");
            break;
        case 'h':
            keep(&a.href, attributes, "href");
            keep(&a.hidden, attributes, "hidden");
            break;
        case 'i':
            keep(&a.id, attributes, "id");
            keep(&a.property, attributes, "itemprop");
            break;
        case 'r':
            keep(&a.role, attributes, "role");
            break;
        case 's':
            keep(&a.style, attributes, "style");
            break;
        default:
            break;
        }
    }
    return a;
}

/* Joins the flags of the words in a class or id: "storyBody-text" is story, body, text, and
 * storybody, bodytext. */
static uint16_t words_in(const char *value) {
    enum { LONGEST = 24, MOST_BYTES = 300 };
    char pair[2 * LONGEST + 1];
    uint32_t n_before = 0, n = 0;
    uint16_t flags = 0;
    char word[LONGEST + 1], before[LONGEST + 1];
    bool small = false;
    for (uint32_t at = 0; at < MOST_BYTES; at++) {
        char c = value[at];
        bool upper = c >= 'A' && c <= 'Z', lower = c >= 'a' && c <= 'z';
        if ((!upper && !lower) || (upper && small)) {
            if (n) {
                flags |= news_words_find(&news_words_page_words, word, n).value;
                if (n_before) {
                    memcpy(pair, before, n_before);
                    memcpy(pair + n_before, word, n);
                    flags |= news_words_find(&news_words_page_words, pair, n_before + n).value;
                }
                memcpy(before, word, n);
                n_before = n;
                n = 0;
            }
            if (c == ' ') {
                n_before = 0;
            }
        }
        if (c == 0) {
            break;
        }
        if ((upper || lower) && n < LONGEST) {
            word[n++] = upper ? (char)(c + 32) : c;
        }
        small = lower;
    }
    return flags;
}

/* The letters of name and class alone: many classes are numbered. */
static uint32_t signature_of(const char *name, const char *class) {
    enum { MOST_BYTES = 100 };
    uint32_t hash = 2166136261u;
    for (; *name; name++) {
        hash = (hash ^ (unsigned char)*name) * 16777619u;
    }
    for (uint32_t i = 0; class && i < MOST_BYTES && class[i]; i++) {
        unsigned char c = (unsigned char)class[i];
        if (c == ' ' || c >= 'A') {
            hash = (hash ^ c) * 16777619u;
        }
    }
    return hash;
}

static uint16_t places_of(const element_facts *facts, const element_attributes *a) {
    uint16_t places = facts->places;
    if (a->role) {
        places |= strcmp(a->role, "main") == 0 ? NEWS_IN_MAIN : 0;
        places |= IS_ONE_OF(a->role, "navigation", "menu", "menubar") ? NEWS_IN_NAV : 0;
        places |= strcmp(a->role, "complementary") == 0 ? NEWS_IN_ASIDE : 0;
        places |= strcmp(a->role, "banner") == 0 ? NEWS_IN_HEADER : 0;
        places |= strcmp(a->role, "contentinfo") == 0 ? NEWS_IN_FOOTER : 0;
        places |= strcmp(a->role, "dialog") == 0 ? NEWS_IN_FORM : 0;
    }
    places |= a->property && strstr(a->property, "articleBody") ? NEWS_IN_BODY_PROPERTY : 0;
    bool hidden = a->hidden || (a->aria_hidden && strcmp(a->aria_hidden, "true") == 0);
    hidden |= a->style && (strstr(a->style, "display:none") || strstr(a->style, "display: none"));
    places |= hidden ? NEWS_IN_HIDDEN : 0;
    return places;
}

/* <q> and </q> are quotation marks, which browsers show. */
static bool write_mark(builder *b, const char *mark, news_span tag) {
    if (tag.from == tag.to) {
        return true;
    }
    news_span origin = origin_of(b, tag);
    if (!prepare(b, origin.from) || !write(b, mark, (uint32_t)strlen(mark), origin)) {
        return false;
    }
    b->end = origin.to;
    return true;
}

static bool on_start(void *self, const char *name, const char *const *attributes, news_span tag) {
    builder *b = self;
    uint32_t at = tag.from;
    if (!news_page_claims_start(&b->claims, name, attributes)) {
        return false;
    }
    if (strcmp(name, "br") == 0 || strcmp(name, "hr") == 0) {
        if (!b->skipped && b->from != NEWS_NONE) {
            news_span origin = origin_of(b, (news_span){at, at + 1});
            hold_space(b, origin);
            b->breaks += name[0] == 'h' ? 2 : 1;
        }
    }
    const element_facts *facts = facts_of(name);
    if (facts->is_void) {
        b->has_picture |= strcmp(name, "img") == 0 && !b->skipped;
        b->depth++; /* its end is told, too */
        return true;
    }
    element_class kind = (element_class)facts->kind;
    /* libxml2 puts paragraphs around stray text that nobody wrote, and around each piece of it. */
    if (strcmp(name, "p") == 0 &&
        (b->n - at < 2 || b->bytes[at] != '<' || (b->bytes[at + 1] | 0x20) != 'p')) {
        kind = INLINE;
    }
    b->depth++;
    if (b->skipped) {
        return true;
    }
    if (kind != INLINE && !end_passage(b)) {
        return false;
    }
    if (kind == SKIPPED) {
        b->skipped = b->depth;
    }
    if (strcmp(name, "q") == 0 && b->n_frames < DEEPEST && !write_mark(b, "\xE2\x80\x9C", tag)) {
        return false;
    }
    if (b->n_frames == DEEPEST) {
        return true;
    }
    const frame *parent = top(b);
    frame *f = &b->frames[b->n_frames++];
    *f = (frame){.node = NEWS_NONE, .kind = (uint8_t)kind};
    strncpy(f->name, name, sizeof f->name - 1);
    const element_attributes a = attributes_of(attributes);
    f->element = facts->element;
    f->own_places = f->places = places_of(facts, &a);
    f->words = (uint16_t)((a.class ? words_in(a.class) : 0) | (a.id ? words_in(a.id) : 0));
    f->signature = kind == BLOCK ? signature_of(name, a.class) : 0;
    if ((f->words & (NEWS_PAGE_WORDS_AUTHOR | NEWS_PAGE_WORDS_BYLINE)) &&
        !news_page_claims_author(&b->claims, name)) {
        return false;
    }
    if (parent) {
        f->places |= parent->places;
        f->words_above = parent->words | parent->words_above;
        f->is_link = parent->is_link;
        f->is_preformatted = parent->is_preformatted;
        f->is_italic = parent->is_italic;
        f->is_bold = parent->is_bold;
        f->list_depth = parent->list_depth;
        bool wraps = f->element == NEWS_ELEMENT_PARAGRAPH || f->element == NEWS_ELEMENT_DIV ||
                     f->element == NEWS_ELEMENT_OTHER;
        if (wraps &&
            (parent->element == NEWS_ELEMENT_LIST_ITEM || parent->element == NEWS_ELEMENT_CAPTION ||
             parent->element == NEWS_ELEMENT_HEADING) &&
            parent->kind == BLOCK) {
            f->element = parent->element; /* <li><p>…</p></li> is an item still */
            f->heading = parent->heading;
        }
    }
    f->is_link |= strcmp(name, "a") == 0 && a.href;
    f->is_preformatted |= strcmp(name, "pre") == 0;
    f->is_italic |= IS_ONE_OF(name, "em", "i", "cite");
    f->is_bold |= IS_ONE_OF(name, "strong", "b");
    f->list_depth =
        (uint8_t)(f->list_depth + ((facts->places & NEWS_IN_LIST) && f->list_depth < 255));
    if (f->element == NEWS_ELEMENT_HEADING && name[0] == 'h' && name[2] == 0) {
        f->heading = (uint8_t)(name[1] - '0');
    }
    return true;
}

static bool on_end(void *self, const char *name, news_span tag) {
    builder *b = self;
    news_page_claims_end(&b->claims, name);
    if (b->depth == 0) {
        return true;
    }
    const frame *t = top(b);
    bool is_top = !b->skipped && t && strncmp(t->name, name, sizeof t->name - 1) == 0;
    const element_facts *facts = is_top ? NULL : facts_of(name);
    if (facts && facts->is_void) {
        b->depth--;
        return true;
    }
    if (b->skipped) {
        if (b->depth == b->skipped) {
            b->skipped = 0;
            b->n_frames -= b->n_frames > 0 && b->frames[b->n_frames - 1].kind == SKIPPED;
        }
        b->depth--;
        return true;
    }
    b->depth--;
    /* Elements that overlap are closed by libxml2 in order; the name is compared to be sure. */
    if ((facts ? facts->kind : t->kind) == BLOCK && !end_passage(b)) {
        return false;
    }
    if (is_top && strcmp(name, "q") == 0 && !write_mark(b, "\xE2\x80\x9D", tag)) {
        return false;
    }
    b->n_frames -= is_top;
    return true;
}

static bool on_raw(void *self, const char *name, news_span span) {
    builder *b = self;
    (void)name;
    return news_page_claims_raw(&b->claims, b->bytes + span.from, span.to - span.from);
}

/* Text of <title>, which is skipped as a passage. */
static bool on_any_text(void *self, news_span span, bool literal) {
    builder *b = self;
    if (!news_page_claims_text(&b->claims, b->bytes + span.from, span.to - span.from)) {
        return false;
    }
    return on_text(self, span, literal);
}

/* Where the text that stands already ends in the source. */
static uint32_t end_of_text(const news_text *text) {
    return text->n ? news_map_origin(&text->map, (news_span){text->n - 1, text->n}).to : 0;
}

static void open_builder(builder *b, news_arena *arena, const char *bytes, uint32_t n,
                         news_reading *reading) {
    b->arena = arena;
    b->reading = reading;
    b->bytes = bytes;
    b->n = n;
    b->item = NEWS_NONE;
    b->from = b->space.from = NEWS_NONE;
    b->end = end_of_text(&reading->text);
    b->claims = (news_page_claims){
        .arena = arena, .claims = &reading->claims, .text = &reading->text, .item = NEWS_NONE};
}

news_html *news_html_open(news_arena *arena, const char *bytes, uint32_t n, news_reading *reading) {
    builder *b = news_arena_array(arena, 1, sizeof *b);
    if (b) {
        open_builder(b, arena, bytes, n, reading);
    }
    return b;
}

bool news_html_item(news_html *html, uint32_t item) {
    if (!close_passage(html)) {
        return false;
    }
    html->item = html->claims.item = item;
    return true;
}

bool news_html_start(news_html *html, const char *name, const char *const *attributes,
                     news_span tag) {
    return on_start(html, name, attributes, tag);
}

bool news_html_end(news_html *html, const char *name, news_span tag) {
    return on_end(html, name, tag);
}

bool news_html_text(news_html *html, news_span bytes, bool is_literal) {
    return on_text(html, bytes, is_literal);
}

bool news_html_break(news_html *html) {
    html->end = end_of_text(&html->reading->text);
    return close_passage(html);
}

/* Feeds and news items have a title each, where a page has one that stands in no text. */
static const char *name_in_page(const char *name) {
    return strcmp(name, "title") == 0 ? "h2" : name;
}

static bool on_xml_start(void *self, const char *name, const char *const *attributes,
                         news_span tag) {
    return on_start(self, name_in_page(name), attributes, tag);
}

static bool on_xml_end(void *self, const char *name, news_span tag) {
    return on_end(self, name_in_page(name), tag);
}

/* Its working memory is given back: a feed may have many parts. */
static bool read_part(news_arena *arena, news_string bytes, const news_map *map, uint32_t item,
                      bool is_xml, news_reading *reading) {
    news_arena scratch = {0};
    builder *b = news_html_open(&scratch, bytes.bytes, bytes.n, reading);
    bool done = false;
    if (b) {
        b->arena = b->claims.arena = arena;
        b->map = map;
        b->item = b->claims.item = item;
        news_stream stream = {b, is_xml ? on_xml_start : on_start, is_xml ? on_xml_end : on_end,
                              on_any_text, on_raw};
        done = news_stream_html(&scratch, bytes.bytes, bytes.n, &stream) == NEWS_STREAM_OK &&
               close_passage(b);
    }
    news_arena_free(&scratch);
    return done;
}

bool news_read_html_part(news_arena *arena, const char *bytes, uint32_t n, const news_map *map,
                         uint32_t item, news_reading *reading) {
    return read_part(arena, (news_string){bytes, n}, map, item, false, reading);
}

bool news_read_html(news_arena *arena, const news_source *source, news_reading *reading) {
    reading->format = NEWS_FORMAT_HTML;
    return read_part(arena, source->utf8, NULL, NEWS_NONE, false, reading);
}

bool news_read_xml_as_html(news_arena *arena, const news_source *source, news_reading *reading) {
    reading->format = NEWS_FORMAT_HTML;
    return read_part(arena, source->utf8, NULL, NEWS_NONE, true, reading);
}
