/* A page's elements and text, from libxml2 or from another reader, become passages. */
#include "html.h"
#include "flow.h"
#include "page_claims.h"
#include "stream.h"
#include "word_lists.h"

#include <string.h>

struct news_html {
    news_flow flow;
    uint32_t skipped; /* depth of the skipped element we are in, or 0 */
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

/* What an element takes over from the one that it stands in. */
static void inherit(news_frame *frame, const news_frame *parent) {
    frame->places |= parent->places;
    frame->words_above = parent->words | parent->words_above;
    frame->is_link = parent->is_link;
    frame->is_preformatted = parent->is_preformatted;
    frame->is_italic = parent->is_italic;
    frame->is_bold = parent->is_bold;
    frame->list_depth = parent->list_depth;
    bool wraps = frame->element == NEWS_ELEMENT_PARAGRAPH || frame->element == NEWS_ELEMENT_DIV ||
                 frame->element == NEWS_ELEMENT_OTHER;
    if (wraps &&
        (parent->element == NEWS_ELEMENT_LIST_ITEM || parent->element == NEWS_ELEMENT_CAPTION ||
         parent->element == NEWS_ELEMENT_HEADING) &&
        parent->display == NEWS_DISPLAY_BLOCK) {
        frame->element = parent->element; /* <li><p>…</p></li> is an item still */
        frame->heading = parent->heading;
    }
}

/* Elements too deep get no frame. */
static bool open_frame(builder *b, const char *name, const char *const *attributes,
                       const news_element_facts *facts, news_display display) {
    if (b->flow.n_frames == NEWS_FLOW_DEEPEST) {
        return true;
    }
    const news_frame *parent = news_flow_top(&b->flow);
    news_frame *frame = &b->flow.frames[b->flow.n_frames++];
    *frame = (news_frame){.node = NEWS_NONE, .display = (uint8_t)display};
    strncpy(frame->name, name, sizeof frame->name - 1);
    const news_element_attributes a = news_element_attributes_of(attributes);
    frame->element = facts->element;
    frame->own_places = frame->places = news_element_places(facts, &a);
    frame->words = news_element_words(&a);
    frame->signature = display == NEWS_DISPLAY_BLOCK ? news_element_signature(name, a.class) : 0;
    if ((frame->words & (NEWS_PAGE_WORDS_AUTHOR | NEWS_PAGE_WORDS_BYLINE)) &&
        !news_page_claims_author(&b->claims, name)) {
        return false;
    }
    if (parent) {
        inherit(frame, parent);
    }
    frame->is_link |= strcmp(name, "a") == 0 && a.href;
    frame->is_preformatted |= strcmp(name, "pre") == 0;
    frame->is_italic |= IS_ONE_OF(name, "em", "i", "cite");
    frame->is_bold |= IS_ONE_OF(name, "strong", "b");
    frame->list_depth =
        (uint8_t)(frame->list_depth + ((frame->places & NEWS_IN_LIST) && frame->list_depth < 255));
    if (frame->element == NEWS_ELEMENT_HEADING && name[0] == 'h' && name[2] == 0) {
        frame->heading = (uint8_t)(name[1] - '0');
    }
    return true;
}

/* libxml2 puts paragraphs around stray text that nobody wrote, and around each piece of it. */
static bool is_implied(const news_flow *flow, const char *name, uint32_t at) {
    return strcmp(name, "p") == 0 &&
           (flow->n - at < 2 || flow->bytes[at] != '<' || (flow->bytes[at + 1] | 0x20) != 'p');
}

static bool on_start(void *self, const char *name, const char *const *attributes, news_span tag) {
    builder *b = self;
    news_flow *flow = &b->flow;
    if (!news_page_claims_start(&b->claims, name, attributes)) {
        return false;
    }
    const news_element_facts *facts = news_element_facts_of(name);
    flow->depth++;
    if (b->skipped) {
        return true;
    }
    if (strcmp(name, "br") == 0) {
        news_flow_break(flow, tag, 1);
    } else if (strcmp(name, "hr") == 0) {
        news_flow_break(flow, tag, 2);
    }
    if (facts->is_void) { /* its end is told, too */
        flow->has_picture |= strcmp(name, "img") == 0;
        return true;
    }
    news_display display =
        is_implied(flow, name, tag.from) ? NEWS_DISPLAY_INLINE : (news_display)facts->display;
    if (display != NEWS_DISPLAY_INLINE && !news_flow_end_passage(flow)) {
        return false;
    }
    if (display == NEWS_DISPLAY_SKIPPED) {
        b->skipped = flow->depth;
    }
    /* <q> and </q> are quotation marks, which browsers show. */
    if (strcmp(name, "q") == 0 && flow->n_frames < NEWS_FLOW_DEEPEST &&
        !news_flow_mark(flow, "\xE2\x80\x9C", tag)) {
        return false;
    }
    return open_frame(b, name, attributes, facts, display);
}

static bool on_end(void *self, const char *name, news_span tag) {
    builder *b = self;
    news_flow *flow = &b->flow;
    news_page_claims_end(&b->claims, name);
    if (flow->depth == 0) {
        return true;
    }
    const news_frame *top = news_flow_top(flow);
    bool is_top = !b->skipped && top && strncmp(top->name, name, sizeof top->name - 1) == 0;
    const news_element_facts *facts = is_top ? NULL : news_element_facts_of(name);
    uint32_t depth = flow->depth--;
    if (facts && facts->is_void) {
        return true;
    }
    if (b->skipped) {
        if (depth == b->skipped) {
            b->skipped = 0;
            flow->n_frames -= top && top->display == NEWS_DISPLAY_SKIPPED;
        }
        return true;
    }
    /* Elements that overlap are closed by libxml2 in order; the name is compared to be sure. */
    if ((facts ? facts->display : top->display) == NEWS_DISPLAY_BLOCK &&
        !news_flow_end_passage(flow)) {
        return false;
    }
    if (is_top && strcmp(name, "q") == 0 && !news_flow_mark(flow, "\xE2\x80\x9D", tag)) {
        return false;
    }
    flow->n_frames -= is_top;
    return true;
}

static bool on_text(void *self, news_span span, bool literal) {
    builder *b = self;
    return b->skipped || news_flow_text(&b->flow, span, literal);
}

static bool on_raw(void *self, const char *name, news_span span) {
    builder *b = self;
    (void)name;
    return news_page_claims_raw(&b->claims, b->flow.bytes + span.from, span.to - span.from);
}

/* Text of <title>, which is skipped as a passage. */
static bool on_any_text(void *self, news_span span, bool literal) {
    builder *b = self;
    if (!news_page_claims_text(&b->claims, b->flow.bytes + span.from, span.to - span.from)) {
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
    b->flow.arena = arena;
    b->flow.reading = reading;
    b->flow.bytes = bytes;
    b->flow.n = n;
    b->flow.item = NEWS_NONE;
    b->flow.from = b->flow.space.from = NEWS_NONE;
    b->flow.end = end_of_text(&reading->text);
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
    if (!news_flow_close_passage(&html->flow)) {
        return false;
    }
    html->flow.item = html->claims.item = item;
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
    html->flow.end = end_of_text(&html->flow.reading->text);
    return news_flow_close_passage(&html->flow);
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
        b->flow.arena = b->claims.arena = arena;
        b->flow.map = map;
        b->flow.item = b->claims.item = item;
        news_stream stream = {b, is_xml ? on_xml_start : on_start, is_xml ? on_xml_end : on_end,
                              on_any_text, on_raw};
        done = news_stream_html(&scratch, bytes.bytes, bytes.n, &stream) == NEWS_STREAM_OK &&
               news_flow_close_passage(&b->flow);
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
