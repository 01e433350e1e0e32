/* libxml2's SAX events against a scan of the source that walks in step with them. */
#include "stream.h"
#include "attribute.h"
#include "spare.h"
#include "utf8.h"

#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <string.h>

typedef struct walker {
    const news_stream *stream;
    const char *bytes; /* the source, unsanitised */
    uint32_t n;
    uint32_t at; /* all before it has been streamed or passed */
    xmlParserCtxtPtr context;
    news_spared spared; /* what libxml2 sees of it */
    uint32_t cut;       /* of news_spare_origin() */
    news_span tag;      /* the last start tag that was passed, until its element is told of */
    news_span end_tag;  /* the last end tag, likewise */
    news_attributes *attributes; /* of a page; NULL for XML, where libxml2 tells them all */
    bool is_xml;
    bool is_raw; /* within a script or style */
    bool stopped;
} walker;

static uint32_t position(walker *w) {
    const xmlParserInput *input = w->context->input;
    if (!input) {
        return w->n;
    }
    size_t at = (size_t)(input->cur - input->base) + input->consumed;
    return at < w->spared.n ? news_spare_origin(&w->spared, (uint32_t)at, &w->cut) : w->n;
}

/* The first '<' at or after `at` that opens markup, or n. A lone '<' is text. */
static uint32_t next_markup(const walker *w, uint32_t at) {
    while (at < w->n) {
        const char *open = memchr(w->bytes + at, '<', w->n - at);
        if (!open) {
            return w->n;
        }
        at = (uint32_t)(open - w->bytes);
        char next = at + 1 < w->n ? w->bytes[at + 1] : 0;
        if (((next | 0x20) >= 'a' && (next | 0x20) <= 'z') || next == '/' || next == '!' ||
            next == '?' || (w->is_xml && (next == '_' || next == ':' || (next & 0x80)))) {
            return at;
        }
        at++;
    }
    return at;
}

static bool starts(const walker *w, uint32_t at, const char *word) {
    size_t n = strlen(word);
    return w->n - at >= n && memcmp(w->bytes + at, word, n) == 0;
}

/* Behind the first `word` at or after `at`, or n. */
static uint32_t behind(const walker *w, uint32_t at, const char *word) {
    size_t n = strlen(word);
    while (at < w->n) {
        const char *hit = memchr(w->bytes + at, word[0], w->n - at);
        if (!hit) {
            break;
        }
        at = (uint32_t)(hit - w->bytes);
        if (starts(w, at, word)) {
            return at + (uint32_t)n;
        }
        at++;
    }
    return w->n;
}

/* Behind the tag that starts at `at`: its '>' outside of quoted values. */
static uint32_t behind_tag(const walker *w, uint32_t at) {
    char quote = 0, before = 0;
    for (at++; at < w->n; at++) {
        char c = w->bytes[at];
        if (quote) {
            quote = c == quote ? 0 : quote;
        } else if (c == '>') {
            return at + 1;
        } else if ((c == '"' || c == '\'') && before == '=') {
            quote = c;
        }
        if (c != ' ' && c != '\n' && c != '\t' && c != '\r') {
            before = c;
        }
    }
    return w->n;
}

static bool send_text(walker *w, uint32_t from, uint32_t to, bool literal) {
    if (from < to && !w->stopped &&
        !w->stream->text(w->stream->self, (news_span){from, to}, literal)) {
        w->stopped = true;
    }
    return !w->stopped;
}

/* Streams the text and passes the markup that lie wholly before `to`. Stops in front of the markup
 * that reaches `to` or goes beyond it: that is the one which libxml2 is telling of. Text that goes
 * up to `to` is left as well, since more of it may follow. */
static void walk(walker *w, uint32_t to) {
    while (w->at < to && !w->stopped) {
        uint32_t open = next_markup(w, w->at);
        if (open >= to) {
            return;
        }
        uint32_t end;
        if (starts(w, open, "<!--")) {
            end = behind(w, open + 4, "-->");
        } else if (w->is_xml && starts(w, open, "<![CDATA[")) {
            end = behind(w, open + 9, "]]>");
            if (end > to) {
                return;
            }
            send_text(w, w->at, open, false);
            send_text(w, open + 9, end - 3, true);
            w->at = end;
            continue;
        } else if (w->bytes[open + 1] == '!' || w->bytes[open + 1] == '?') {
            end = w->bytes[open + 1] == '!' ? behind_tag(w, open) : behind(w, open, ">");
        } else if (!memchr(w->bytes + open, '>', to - open)) {
            end = NEWS_NONE; /* the tag that libxml2 has just read, as a rule */
        } else {
            end = behind_tag(w, open);
        }
        if (end > to) {
            send_text(w, w->at, open, false);
            w->at = open;
            return;
        }
        send_text(w, w->at, open, false);
        w->at = end;
        if (w->bytes[open + 1] == '/') {
            w->end_tag = (news_span){open, end};
        }
    }
}

/* Whether the tag that starts at `tag`, its name being `skip` bytes on, is one of `name`. */
static bool is_tag_of(const walker *w, uint32_t tag, uint32_t skip, const char *name) {
    uint32_t n = (uint32_t)strlen(name);
    if (w->n - tag <= n + skip) {
        return false;
    }
    for (uint32_t i = 0; i < n; i++) {
        char c = w->bytes[tag + skip + i];
        if (name[i] != (!w->is_xml && c >= 'A' && c <= 'Z' ? c + 32 : c)) {
            return false;
        }
    }
    return true;
}

static void on_start(void *self, const xmlChar *name, const xmlChar **told) {
    walker *w = self;
    if (w->stopped) {
        return;
    }
    uint32_t to = position(w);
    /* The event comes before the tag's '>'. */
    walk(w, to);
    if (w->at < w->n && w->bytes[w->at] == '<' && next_markup(w, w->at) == w->at && w->at < to) {
        const char *close = memchr(w->bytes + to, '>', w->n - to);
        w->tag.from = w->at;
        w->at = w->tag.to = close ? (uint32_t)(close - w->bytes) + 1 : w->n;
    }
    w->is_raw =
        !w->is_xml && (xmlStrEqual(name, BAD_CAST "script") || xmlStrEqual(name, BAD_CAST "style"));
    /* What a tag implies is told of before its own element, and stands where the tag starts. */
    const char *own = (const char *)name;
    news_span tag = {w->at, w->at};
    const char *const *attributes = (const char *const *)told;
    if (w->tag.from < w->tag.to && is_tag_of(w, w->tag.from, 1, own)) {
        tag = w->tag.to == w->at ? w->tag : tag;
        if (!attributes && w->attributes) {
            attributes = news_attributes_of(w->attributes, w->bytes, w->n,
                                            w->tag.from + 1 + (uint32_t)strlen(own));
        }
        w->tag.to = w->tag.from;
    } else if (w->tag.to == w->at && w->tag.from < w->tag.to) {
        tag.from = tag.to = w->tag.from;
    }
    if (!w->stream->start(w->stream->self, own, attributes, tag)) {
        w->stopped = true;
    }
}

static void on_end(void *self, const xmlChar *name) {
    walker *w = self;
    if (w->stopped) {
        return;
    }
    uint32_t to = position(w);
    if (w->is_raw) {
        uint32_t end = to; /* behind "</script>": go back to its '<' */
        while (end > w->at && !(w->bytes[end - 1] == '<' && end < w->n && w->bytes[end] == '/')) {
            end--;
        }
        end = end > w->at ? end - 1 : to;
        if (!w->stream->raw(w->stream->self, (const char *)name, (news_span){w->at, end})) {
            w->stopped = true;
            return;
        }
        w->is_raw = false;
        w->at = to;
    } else {
        walk(w, to);
        if (w->at < to && starts(w, w->at, "</") && w->bytes[to - 1] == '>') {
            w->end_tag = (news_span){w->at, to};
            w->at = to;
        }
        if (to == w->n && next_markup(w, w->at) == w->n) { /* closed by the end of all */
            send_text(w, w->at, to, false);
            w->at = to;
        }
    }
    if (w->stopped) {
        return;
    }
    news_span tag = {w->at, w->at};
    if (w->end_tag.from < w->end_tag.to && w->end_tag.to == w->at &&
        is_tag_of(w, w->end_tag.from, 2, (const char *)name)) {
        tag = w->end_tag;
        w->end_tag.to = w->end_tag.from;
    }
    if (!w->stream->end(w->stream->self, (const char *)name, tag)) {
        w->stopped = true;
    }
}

static void ignore_text(void *self, const xmlChar *bytes, int n) {
    (void)self;
    (void)bytes;
    (void)n;
}

/* No entity but the five of XML is known, so that none can grow. */
static xmlEntityPtr predefined_entity(void *self, const xmlChar *name) {
    (void)self;
    return xmlGetPredefinedEntity(name);
}

static void ignore_entity(void *self, const xmlChar *name, int type, const xmlChar *public_id,
                          const xmlChar *system_id, xmlChar *content) {
    (void)self;
    (void)name;
    (void)type;
    (void)public_id;
    (void)system_id;
    (void)content;
}

static xmlSAXHandler handler(void) {
    xmlSAXHandler sax;
    memset(&sax, 0, sizeof sax);
    sax.startElement = on_start;
    sax.endElement = on_end;
    sax.characters = ignore_text;
    sax.getEntity = predefined_entity;
    sax.entityDecl = ignore_entity;
    sax.initialized = 1; /* names with their prefix, as SAX 1 has them */
    return sax;
}

static news_stream_result finish(walker *w) {
    if (!w->stopped) {
        walk(w, w->n);
        if (w->at < w->n && next_markup(w, w->at) >= w->n) {
            send_text(w, w->at, w->n, false);
        }
    }
    return w->stopped ? NEWS_STREAM_STOPPED : NEWS_STREAM_OK;
}

news_stream_result news_stream_html(news_arena *arena, const char *bytes, uint32_t n,
                                    const news_stream *stream) {
    walker w = {.stream = stream, .bytes = bytes, .n = n};
    w.attributes = news_attributes_open(arena);
    if (!w.attributes || !news_spare_html(arena, bytes, n, &w.spared)) {
        return NEWS_STREAM_STOPPED;
    }
    if (n == 0) {
        return NEWS_STREAM_OK;
    }
    htmlParserCtxtPtr context = htmlCreateMemoryParserCtxt(w.spared.bytes, (int)w.spared.n);
    if (!context) {
        return NEWS_STREAM_STOPPED;
    }
    xmlSwitchEncoding(context, XML_CHAR_ENCODING_UTF8);
    htmlCtxtUseOptions(context, HTML_PARSE_RECOVER | HTML_PARSE_NONET | HTML_PARSE_NOERROR |
                                    HTML_PARSE_NOWARNING | HTML_PARSE_IGNORE_ENC | XML_PARSE_HUGE);
    xmlSAXHandler sax = handler();
    *context->sax = sax;
    context->userData = &w;
    w.context = context;
    htmlParseDocument(context);
    w.context = NULL;
    if (context->myDoc) {
        xmlFreeDoc(context->myDoc);
    }
    htmlFreeParserCtxt(context);
    return finish(&w);
}

news_stream_result news_stream_xml(news_arena *arena, const char *bytes, uint32_t n,
                                   const news_stream *stream) {
    walker w = {.stream = stream, .bytes = bytes, .n = n, .is_xml = true};
    if (!news_spare_nothing(arena, bytes, n, &w.spared)) {
        return NEWS_STREAM_STOPPED;
    }
    /* References are decoded from the source. libxml2 sees none, so that an unknown one is no error
     * and none can grow. */
    char *copy = w.spared.bytes;
    for (char *at = copy; (at = memchr(at, '&', n - (size_t)(at - copy))) != NULL;) {
        *at = 0x7F;
    }
    xmlParserCtxtPtr context = n ? xmlCreateMemoryParserCtxt(copy, (int)n) : NULL;
    if (!context) {
        return n ? NEWS_STREAM_STOPPED : NEWS_STREAM_BROKEN;
    }
    xmlSwitchEncoding(context, XML_CHAR_ENCODING_UTF8);
    xmlCtxtUseOptions(context, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
                                   XML_PARSE_IGNORE_ENC | XML_PARSE_HUGE);
    xmlSAXHandler sax = handler();
    *context->sax = sax;
    context->userData = &w;
    w.context = context;
    xmlParseDocument(context);
    bool well_formed = context->wellFormed;
    if (context->myDoc) {
        xmlFreeDoc(context->myDoc);
    }
    xmlFreeParserCtxt(context);
    if (!well_formed) {
        return w.stopped ? NEWS_STREAM_STOPPED : NEWS_STREAM_BROKEN;
    }
    return finish(&w);
}

/* The characters that pages mean by the references 128 to 159. Source: the HTML standard's table
 * for numeric references, which is windows-1252. */
static uint32_t corrected(uint32_t c) {
    return c < 256 ? news_source_1252((uint8_t)c) : c;
}

uint32_t news_stream_reference(const char *bytes, size_t n, char out[8], uint32_t *n_out) {
    enum { LONGEST_NAME = 10 };
    uint32_t at = 1, c = 0;
    if (n < 3) {
        return 0;
    }
    if (bytes[1] == '#') {
        uint32_t base = 10, digits = 0;
        at = 2;
        if (n > 3 && (bytes[2] | 0x20) == 'x') {
            base = 16;
            at = 3;
        }
        for (; at < n && digits < 8; at++, digits++) {
            char d = bytes[at];
            if (d >= '0' && d <= '9') {
                c = c * base + (uint32_t)(d - '0');
            } else if (base == 16 && (d | 0x20) >= 'a' && (d | 0x20) <= 'f') {
                c = c * base + (uint32_t)((d | 0x20) - 'a' + 10);
            } else {
                break;
            }
        }
        if (digits == 0) {
            return 0;
        }
        at += at < n && bytes[at] == ';';
        *n_out = news_utf8_encode(c ? corrected(c) : NEWS_REPLACEMENT, out);
        return at;
    }
    char name[LONGEST_NAME + 1];
    while (at < n && at <= LONGEST_NAME &&
           ((bytes[at] >= '0' && bytes[at] <= '9') ||
            ((bytes[at] | 0x20) >= 'a' && (bytes[at] | 0x20) <= 'z'))) {
        name[at - 1] = bytes[at];
        at++;
    }
    name[at - 1] = 0;
    bool closed = at < n && bytes[at] == ';';
    static const char *const open[] = {"amp", "lt", "gt", "quot", "nbsp"};
    bool may_be_open = false;
    for (size_t i = 0; i < sizeof open / sizeof *open; i++) {
        may_be_open |= strcmp(name, open[i]) == 0;
    }
    if (!closed && !may_be_open) {
        return 0;
    }
    if (strcmp(name, "apos") == 0) {
        c = '\'';
    } else {
        const htmlEntityDesc *entity = htmlEntityLookup(BAD_CAST name);
        if (!entity) {
            return 0;
        }
        c = entity->value;
    }
    *n_out = news_utf8_encode(c, out);
    return at + closed;
}

void news_stream_prepare(void) {
    xmlInitParser();
}
