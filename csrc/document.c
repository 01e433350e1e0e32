/* The conductor: source, reading, form, finds; one arena holds it all. */
#include "newsoutline.h"

#include "article.h"
#include "date.h"
#include "entity.h"
#include "format.h"
#include "html.h"
#include "markdown.h"
#include "outline.h"
#include "plain.h"
#include "quote.h"
#include "roles.h"
#include "token.h"
#include "xml.h"

#include <stdlib.h>
#include <string.h>

#ifndef NDEBUG
#include "utf8.h"
#include <assert.h>
#endif

struct news_document {
    news_arena arena;
    news_source source;
    news_reading reading;
    news_roles roles;
    news_sections sections;
    news_tokens tokens;
    news_entities entities;
    news_quotes quotes;
    news_dates dates;
    news_analysis analysis;
};

/* What is looked at to tell text from a binary file: enough for any header. */
enum { SNIFFED = 8192 };

static bool is_control(unsigned char b) {
    return (b < 0x20 && !(b >= '\b' && b <= '\r') && b != 0x1B) || b == 0x7F;
}

/* Whether the bytes can be no text: one in ten of the first is a control character that text never
 * holds. UTF-16 with its byte order mark is text. */
static bool is_binary(const char *bytes, size_t n) {
    news_encoding encoding = news_source_guess(bytes, n < 4 ? n : 4);
    if (encoding == NEWS_ENCODING_UTF16_LE || encoding == NEWS_ENCODING_UTF16_BE) {
        return false;
    }
    size_t looked = n < SNIFFED ? n : SNIFFED, controls = 0;
    for (size_t i = 0; i < looked; i++) {
        controls += is_control((unsigned char)bytes[i]);
    }
    return controls * 10 > looked;
}

/* The same for the buffer of an editor, which shows a binary file as if each byte were a character:
 * U+0080 to U+009F are control characters too. */
static bool is_binary_buffer(const char *bytes, size_t n) {
    size_t looked = n < SNIFFED ? n : SNIFFED, controls = 0, characters = 0;
    for (size_t i = 0; i < looked; i++) {
        unsigned char b = (unsigned char)bytes[i];
        unsigned char next = i + 1 < looked ? (unsigned char)bytes[i + 1] : 0;
        characters += (b & 0xC0) != 0x80;
        controls += is_control(b) || (b == 0xC2 && next >= 0x80 && next < 0xA0);
    }
    return controls * 10 > characters;
}

/* Whether the bytes may declare their character set. */
static bool is_markup(const news_options *options, const char *bytes, uint32_t n) {
    news_format format = options->format == NEWS_FORMAT_AUTO
                             ? news_read_guess(options->name, bytes, n)
                             : options->format;
    return format != NEWS_FORMAT_TEXT && format != NEWS_FORMAT_MARKDOWN;
}

static bool read_source(news_document *d, const news_options *options) {
    news_format format =
        options->format == NEWS_FORMAT_AUTO
            ? news_read_guess(options->name, d->source.utf8.bytes, d->source.utf8.n)
            : options->format;
    switch (format) {
    case NEWS_FORMAT_MARKDOWN:
        return news_read_markdown(&d->arena, &d->source, &d->reading);
    case NEWS_FORMAT_HTML:
        return news_read_html(&d->arena, &d->source, &d->reading);
    case NEWS_FORMAT_XML:
    case NEWS_FORMAT_NITF:
    case NEWS_FORMAT_NEWSML:
    case NEWS_FORMAT_RSS:
    case NEWS_FORMAT_ATOM:
        return news_read_xml(&d->arena, &d->source, &d->reading);
    default:
        return news_read_plain(&d->arena, &d->source, &d->reading);
    }
}

static bool find_entities(news_document *d, const news_options *options, news_stretches *marks) {
    news_arena *arena = &d->arena;
    if (!news_form_tokens(arena, &d->reading.text, d->roles.blocks.at, d->roles.blocks.n,
                          &d->tokens)) {
        return false;
    }
    news_article article = news_form_article(&d->reading, &d->roles, &d->sections, &d->tokens);
    return news_find_marks(arena, &article, marks) &&
           news_find_entities(arena, &article, marks, options->known, options->n_known,
                              &d->entities);
}

static bool form_outline(news_document *d) {
    return (d->reading.n_items ? news_form_item_outline : news_form_outline)(
        &d->arena, &d->reading.text, &d->roles, &d->sections);
}

static bool run_stages(news_document *d, const news_options *options) {
    news_arena *arena = &d->arena;
    news_stretches marks = {0};
    if (!read_source(d, options) || !news_form_roles(arena, &d->reading, &d->roles)) {
        return false;
    }
    if (options->read_only) {
        return form_outline(d);
    }
    if (!find_entities(d, options, &marks) || !form_outline(d)) {
        return false;
    }
    news_article article = news_form_article(&d->reading, &d->roles, &d->sections, &d->tokens);
    return news_find_quotes(arena, &article, &marks, &d->entities, &d->quotes) &&
           news_find_dates(arena, &article, &d->dates);
}

static void fill_analysis(news_document *d) {
    d->analysis = (news_analysis){
        .format = d->reading.format,
        .language = d->roles.language,
        .headline = d->roles.headline,
        .dek = d->roles.dek,
        .date = d->roles.date,
        .modified = d->roles.modified,
        .bylines = d->roles.bylines,
        .n_bylines = d->roles.n_bylines,
        .publisher = d->roles.publisher,
        .section = d->roles.section,
        .note = d->reading.note ? d->reading.note : d->roles.note,
        .items = d->roles.items.at,
        .n_items = d->roles.items.n,
        .blocks = d->roles.blocks.at,
        .n_blocks = d->roles.blocks.n,
        .sections = d->sections.list.at,
        .n_sections = d->sections.list.n,
        .entities = d->entities.entities.at,
        .n_entities = d->entities.entities.n,
        .mentions = d->entities.mentions.at,
        .n_mentions = d->entities.mentions.n,
        .quotes = d->quotes.list.at,
        .n_quotes = d->quotes.list.n,
        .dates = d->dates.list.at,
        .n_dates = d->dates.list.n,
    };
}

#ifndef NDEBUG
/* A span lies in the text, holds something, and neither splits a character nor starts or ends with
 * a blank. */
static void check_span(const news_document *d, news_span span) {
    const news_text *text = &d->reading.text;
    assert(span.from < span.to && span.to <= text->n);
    assert(((unsigned char)text->bytes[span.from] & 0xC0) != 0x80);
    assert(span.to == text->n || ((unsigned char)text->bytes[span.to] & 0xC0) != 0x80);
    news_span trimmed = news_utf8_trim(text->bytes, span);
    assert(trimmed.from == span.from && trimmed.to == span.to);
    news_span source = news_document_source_span(d, span);
    assert(source.from < source.to && source.to <= d->source.given.n);
}

/* The pieces of the text follow each other and say the same as the maps. */
static void check_pieces(const news_document *d) {
    uint32_t source = 0;
    for (uint32_t at = 0; at < d->reading.text.n;) {
        news_piece piece = news_document_piece(d, at);
        assert(piece.text.from == at && piece.text.to > at && piece.source.from >= source);
        news_span origin = news_document_source_span(d, piece.text);
        assert(origin.from == piece.source.from && origin.to == piece.source.to);
        assert(!piece.is_copy ||
               memcmp(d->reading.text.bytes + at, d->source.given.bytes + origin.from,
                      piece.text.to - at) == 0);
        at = piece.text.to;
        source = piece.source.to;
    }
}

/* What no block holds is white space and markers: no letter and no digit. */
static void check_gap(const news_document *d, uint32_t from, uint32_t to) {
    for (uint32_t length; from < to; from += length) {
        uint32_t c =
            news_utf8_decode(d->reading.text.bytes + from, d->reading.text.n - from, &length);
        assert(!news_utf8_is_letter(c) && !news_utf8_is_digit(c));
    }
}

/* All invariants that newsoutline.h promises. */
static void self_check(const news_document *d) {
    const news_analysis *a = &d->analysis;
    assert(news_utf8_valid(d->reading.text.bytes, d->reading.text.n) == d->reading.text.n);
    check_pieces(d);
    uint32_t end = 0;
    for (uint32_t i = 0; i < a->n_blocks; i++) {
        check_span(d, a->blocks[i].span);
        assert(a->blocks[i].span.from >= end);
        if (d->reading.format == NEWS_FORMAT_TEXT) {
            check_gap(d, end, a->blocks[i].span.from);
        }
        end = a->blocks[i].span.to;
    }
    if (d->reading.format == NEWS_FORMAT_TEXT) {
        check_gap(d, end, d->reading.text.n);
    }
    for (uint32_t i = 0; i < a->n_sections; i++) {
        check_span(d, a->sections[i].span);
        assert(a->sections[i].level >= 1 && a->sections[i].title.n > 0);
        assert(i == 0 || a->sections[i].span.from >= a->sections[i - 1].span.from);
    }
    end = 0;
    for (uint32_t i = 0; i < a->n_mentions; i++) {
        check_span(d, a->mentions[i].span);
        assert(a->mentions[i].entity < a->n_entities);
        assert(a->mentions[i].next == NEWS_NONE ||
               (a->mentions[i].next > i && a->mentions[i].next < a->n_mentions));
        assert(i == 0 || a->mentions[i].span.from >= a->mentions[i - 1].span.from);
        if (a->mentions[i].kind == NEWS_MENTION_NAME) {
            assert(a->mentions[i].span.from >= end);
            end = a->mentions[i].span.to;
        }
    }
    for (uint32_t i = 0; i < a->n_entities; i++) {
        const news_entity *e = &a->entities[i];
        assert(e->name.n > 0 && e->score >= 0 && e->score <= 1);
        uint32_t n = 0;
        for (uint32_t m = e->first_mention; m != NEWS_NONE; m = a->mentions[m].next) {
            assert(a->mentions[m].entity == i);
            n++;
        }
        assert(n == e->n_mentions);
    }
    for (uint32_t i = 0; i < a->n_quotes; i++) {
        const news_quote *q = &a->quotes[i];
        check_span(d, q->span);
        check_span(d, q->content);
        assert(q->n_parts > 0 && q->parts[0].from == q->span.from);
        assert(q->parts[q->n_parts - 1].to == q->span.to);
        assert(i == 0 || q->span.from >= a->quotes[i - 1].span.from);
        for (uint32_t k = 0; k < q->n_parts; k++) {
            check_span(d, q->parts[k]);
            assert(k == 0 || q->parts[k].from >= q->parts[k - 1].to);
        }
        if (q->cue.from != NEWS_NONE) {
            check_span(d, q->cue);
        }
        if (q->speaker.name.bytes) {
            assert(q->speaker.name.n > 0 && q->kind != NEWS_QUOTE_TERM);
            check_span(d, q->speaker.span);
        }
        for (uint32_t k = 0; k < q->speaker.n_entities; k++) {
            assert(q->speaker.entities[k] < a->n_entities);
        }
    }
    for (uint32_t i = 0; i < a->n_dates; i++) {
        check_span(d, a->dates[i].span);
        assert(a->dates[i].iso.n >= 4);
        assert(i == 0 || a->dates[i].span.from >= a->dates[i - 1].span.to);
    }
}
#endif

static news_document *fail(news_document *d, news_error *error, news_status status,
                           const char *message, size_t offset) {
    *error = (news_error){status, message, offset};
    news_document_free(d);
    return NULL;
}

news_document *news_document_parse(const char *source, size_t n, const news_options *options,
                                   news_error *error) {
    *error = (news_error){NEWS_OK, NULL, 0};
    if (n > NEWS_MAX_SOURCE) {
        return fail(NULL, error, NEWS_ERROR_TOO_BIG, "more than 1 GiB of text", NEWS_MAX_SOURCE);
    }
    if (options->is_utf8 ? is_binary_buffer(source, n) : is_binary(source, n)) {
        return fail(NULL, error, NEWS_ERROR_NOT_TEXT, "not text but a binary file", 0);
    }
    news_document *d = calloc(1, sizeof *d);
    if (!d) {
        return fail(NULL, error, NEWS_ERROR_MEMORY, "out of memory", 0);
    }
    news_encoding encoding = options->is_utf8 ? NEWS_ENCODING_UTF8
                             : is_markup(options, source, (uint32_t)n)
                                 ? news_source_guess_markup(source, n)
                                 : news_source_guess(source, n);
    if (!news_source_read(&d->arena, &d->source, source, (uint32_t)n, encoding) ||
        !run_stages(d, options)) {
        return fail(d, error, NEWS_ERROR_MEMORY, "out of memory", 0);
    }
    if (encoding != d->source.encoding && !d->reading.note) {
        d->reading.note =
            "The character set that is declared cannot be read here, or makes no sense of "
            "the bytes; they were read as windows-1252.";
    }
    fill_analysis(d);
#ifndef NDEBUG
    self_check(d);
#endif
    return d;
}

void news_document_free(news_document *document) {
    if (document) {
        news_arena_free(&document->arena);
        free(document);
    }
}

const news_analysis *news_document_analysis(const news_document *document) {
    return &document->analysis;
}

news_string news_document_text(const news_document *document) {
    return (news_string){document->reading.text.bytes, document->reading.text.n};
}

uint32_t news_document_n_sentences(const news_document *document) {
    return document->tokens.sentences.n;
}

news_span news_document_sentence(const news_document *document, uint32_t i) {
    return document->tokens.sentences.at[i].span;
}

news_span news_document_source_span(const news_document *document, news_span span) {
    return news_map_origin(&document->source.map,
                           news_map_origin(&document->reading.text.map, span));
}

news_piece news_document_piece(const news_document *document, uint32_t at) {
    news_map_part text = news_map_part_at(&document->reading.text.map, at);
    if (!text.is_copy) {
        return (news_piece){text.derived, news_map_origin(&document->source.map, text.origin),
                            false};
    }
    uint32_t moved = text.origin.from - text.derived.from; /* wraps around, and back again */
    news_map_part source = news_map_part_at(&document->source.map, at + moved);
    news_span both = source.derived;
    both.from = both.from > text.origin.from ? both.from : text.origin.from;
    both.to = both.to < text.origin.to ? both.to : text.origin.to;
    if (source.is_copy) {
        source.origin.from += both.from - source.derived.from;
        source.origin.to = source.origin.from + (both.to - both.from);
    }
    return (news_piece){{both.from - moved, both.to - moved}, source.origin, source.is_copy};
}

news_position news_document_position(const news_document *document, uint32_t offset) {
    return news_source_position(&document->source, offset);
}

const char *news_format_name(news_format format) {
    static const char *const names[] = {"auto", "text",   "markdown", "html", "xml",
                                        "nitf", "newsml", "rss",      "atom"};
    return names[format];
}

const char *news_role_name(news_role role) {
    static const char *const names[NEWS_N_ROLES] = {
        "headline", "dek",       "byline",    "date",       "dateline", "caption",
        "credit",   "subhead",   "paragraph", "blockquote", "list",     "table",
        "code",     "pullquote", "embed",     "boilerplate"};
    return names[role];
}

const char *news_section_kind_name(news_section_kind kind) {
    static const char *const names[NEWS_N_SECTION_KINDS] = {"lede",    "section", "item",
                                                            "speaker", "entry",   "derived"};
    return names[kind];
}

const char *news_entity_type_name(news_entity_type type) {
    static const char *const names[NEWS_N_ENTITY_TYPES] = {"person", "organization", "place",
                                                           "event", "other"};
    return names[type];
}

const char *news_gender_name(news_gender gender) {
    static const char *const names[NEWS_N_GENDERS] = {NULL, "male", "female"};
    return names[gender];
}

const char *news_mention_kind_name(news_mention_kind kind) {
    static const char *const names[NEWS_N_MENTION_KINDS] = {"name", "description", "pronoun"};
    return names[kind];
}

const char *news_quote_kind_name(news_quote_kind kind) {
    static const char *const names[NEWS_N_QUOTE_KINDS] = {"direct", "mixed", "indirect", "term"};
    return names[kind];
}
