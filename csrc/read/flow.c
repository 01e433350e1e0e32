/* Text is copied with its origin; passages open at the first text and close at the borders of
 * blocks. */
#include "flow.h"
#include "stream.h" /* news_stream_reference */
#include "utf8.h"

#include <string.h>

/* So many passages a document may have at least, and one for so many bytes of source: no page of
 * news comes near, and each costs several hundred bytes until it is judged. What would be more is
 * joined to the passage before it. */
enum { LEAST_PASSAGES = 2000, BYTES_A_PASSAGE = 16 };

/* The source's bytes that a span of the part's bytes came from. */
static news_span origin_of(const news_flow *f, news_span span) {
    if (f->map) {
        return news_map_origin(f->map, span);
    }
    return span;
}

static bool write(news_flow *f, const char *bytes, uint32_t n, news_span origin) {
    news_text *text = &f->reading->text;
    return news_text_replace(f->arena, text, bytes, n, origin);
}

bool news_flow_close_passage(news_flow *f) {
    f->space.from = NEWS_NONE;
    f->breaks = 0;
    if (f->from == NEWS_NONE) {
        return true;
    }
    news_text *text = &f->reading->text;
    news_span span = news_utf8_trim(text->bytes, (news_span){f->from, text->n});
    f->from = NEWS_NONE;
    if (span.from == span.to) {
        return true;
    }
    news_passage *passage = news_list_push(f->arena, &f->reading->passages.list);
    news_evidence *evidence = news_list_push(f->arena, &f->reading->evidence);
    if (!passage || !evidence) {
        return false;
    }
    const news_frame *owner = &f->owner;
    *evidence = (news_evidence){
        .n_link = f->n_link,
        .n_italic = f->n_italic,
        .n_bold = f->n_bold,
        .node = owner->node,
        .places = (uint16_t)(owner->places | f->edges),
        .words = owner->words,
        .words_above = owner->words_above,
        .element = owner->element,
        .depth = (uint8_t)(f->depth < 255 ? f->depth : 255),
    };
    *passage = (news_passage){
        .span = span,
        .blank_before = 1,
        .item = f->item,
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

static void hold_space(news_flow *f, news_span origin) {
    if (f->from == NEWS_NONE) {
        return;
    }
    if (f->space.from == NEWS_NONE) {
        f->space = origin;
    } else if (origin.to > f->space.to) {
        f->space.to = origin.to;
    }
}

bool news_flow_end_passage(news_flow *f) {
    if (f->reading->passages.list.n < LEAST_PASSAGES + f->end / BYTES_A_PASSAGE) {
        return news_flow_close_passage(f);
    }
    hold_space(f, (news_span){f->end, f->end});
    f->breaks = 0;
    return true;
}

/* Makes nodes of the open block elements that are none yet; nodes are made for text only, so that
 * empty elements cost nothing. */
static bool make_nodes(news_flow *f) {
    uint32_t from = f->n_frames, parent = NEWS_NONE;
    while (from > 0 && (f->frames[from - 1].display != NEWS_DISPLAY_BLOCK ||
                        f->frames[from - 1].node == NEWS_NONE)) {
        from--;
    }
    if (from > 0) {
        parent = f->frames[from - 1].node;
    }
    for (uint32_t i = from; i < f->n_frames; i++) {
        news_frame *frame = &f->frames[i];
        if (frame->display != NEWS_DISPLAY_BLOCK) {
            continue;
        }
        news_node *node = news_list_push(f->arena, &f->reading->nodes);
        if (!node) {
            return false;
        }
        *node = (news_node){parent, frame->signature, frame->own_places, frame->words};
        frame->node = parent = f->reading->nodes.n - 1;
    }
    return true;
}

/* Opens a passage in front of text at source offset `at`. */
static bool begin_passage(news_flow *f, uint32_t at) {
    news_text *text = &f->reading->text;
    if ((text->n && !write(f, "\n\n", 2, (news_span){f->end < at ? f->end : at, at})) ||
        !make_nodes(f)) {
        return false;
    }
    f->from = text->n;
    f->n_link = f->n_italic = f->n_bold = 0;
    f->edges = f->has_picture ? NEWS_BEHIND_PICTURE : 0;
    f->has_picture = false;
    f->owner = (news_frame){.node = NEWS_NONE};
    uint16_t words = 0;
    for (uint32_t i = f->n_frames; i-- > 0;) {
        if (f->frames[i].display == NEWS_DISPLAY_BLOCK) {
            f->owner = f->frames[i];
            break;
        }
        words |= f->frames[i].words;
    }
    f->owner.words |= words;
    f->space.from = NEWS_NONE;
    f->breaks = 0;
    return true;
}

/* Gets ready to write at source offset `at`: opens a passage or writes the white space that was
 * held back. */
static bool prepare(news_flow *f, uint32_t at) {
    if (f->breaks >= 2 && !news_flow_end_passage(f)) {
        return false;
    }
    if (f->from == NEWS_NONE) {
        return begin_passage(f, at);
    }
    if (f->space.from != NEWS_NONE) {
        f->space.to = f->space.to > f->space.from ? f->space.to : at; /* the markup between */
        if (!write(f, f->breaks ? "\n" : " ", 1, f->space)) {
            return false;
        }
        f->space.from = NEWS_NONE;
        f->breaks = 0;
    }
    return true;
}

static bool is_dropped(uint32_t c) {
    return c == 0xAD || c == 0x200B || c == 0xFEFF || c == 0x2060;
}

/* Copies a run of plain bytes that need no decoding, `blanks` single ones between words among them.
 */
static bool copy_run(news_flow *f, uint32_t from, uint32_t to, uint32_t blanks) {
    if (from >= to) {
        return true;
    }
    news_text *text = &f->reading->text;
    if (!f->map) {
        const news_source part = {.utf8 = {f->bytes, 0}};
        if (!news_text_copy(f->arena, text, &part, (news_span){from, to})) {
            return false;
        }
    } else {
        for (uint32_t at = from, length; at < to; at += length) {
            news_utf8_decode(f->bytes + at, to - at, &length);
            if (!write(f, f->bytes + at, length, origin_of(f, (news_span){at, at + length}))) {
                return false;
            }
        }
    }
    f->end = origin_of(f, (news_span){from, to}).to;
    const news_frame *t = news_flow_top(f);
    bool is_link = t && t->is_link, is_first = text->n - (to - from) <= f->from;
    f->edges |= is_link && is_first ? NEWS_STARTS_AS_LINK : 0;
    f->edges = (uint16_t)(is_link ? f->edges | NEWS_ENDS_AS_LINK : f->edges & ~NEWS_ENDS_AS_LINK);
    uint32_t signs = to - from - blanks;
    f->n_link += is_link ? signs : 0;
    f->n_italic += t && t->is_italic ? signs : 0;
    f->n_bold += t && t->is_bold ? signs : 0;
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

bool news_flow_text(news_flow *f, news_span span, bool literal) {
    const news_frame *t = news_flow_top(f);
    bool preformatted = t && t->is_preformatted;
    uint32_t run = span.from; /* plain bytes from here on are not yet written */
    uint32_t blanks = 0;      /* among them */
    for (uint32_t at = span.from, length; at < span.to; at += length) {
        unsigned char byte = (unsigned char)f->bytes[at];
        if (is_plain((char)byte)) {
            if (run == at && !prepare(f, origin_of(f, (news_span){at, at + 1}).from)) {
                return false;
            }
            length = plain_words(f->bytes, at, span.to, &blanks) - at;
            continue;
        }
        char out[8];
        uint32_t n_out = 0, c = byte;
        length = 1;
        bool changed = false;
        if (byte == '&' && !literal) {
            length = news_stream_reference(f->bytes + at, span.to - at, out, &n_out);
            changed = length > 0;
            length = length ? length : 1;
            if (changed) {
                uint32_t unused;
                c = news_utf8_decode(out, n_out, &unused);
            }
        } else if (byte == 0) {
            c = NEWS_REPLACEMENT;
        } else if (byte >= 0x80) {
            c = news_utf8_decode(f->bytes + at, span.to - at, &length);
        }
        if (c == NEWS_REPLACEMENT && n_out == 0 && length == 1) {
            changed = true;
            n_out = news_utf8_encode(c, out);
        }
        bool space = c == ' ' || (c >= '\t' && c <= '\r');
        if (!space && !is_dropped(c) && !changed) {
            if (run == at && !prepare(f, origin_of(f, (news_span){at, at + length}).from)) {
                return false;
            }
            continue;
        }
        if (!copy_run(f, run, at, blanks)) {
            return false;
        }
        run = at + length;
        blanks = 0;
        news_span origin = origin_of(f, (news_span){at, at + length});
        if (space && !(preformatted && c != '\r' && f->from != NEWS_NONE)) {
            hold_space(f, origin);
        } else if (space) {
            char one = (char)c;
            if (!prepare(f, origin.from) || !write(f, &one, 1, origin)) {
                return false;
            }
            f->end = origin.to;
        } else if (!is_dropped(c)) {
            /* A no-break space does not open a passage: many stand alone in empty paragraphs. */
            if (f->from == NEWS_NONE && news_utf8_is_space(c)) {
                continue;
            }
            if (!prepare(f, origin.from) || !write(f, out, n_out, origin)) {
                return false;
            }
            f->end = origin.to;
        }
    }
    return copy_run(f, run, span.to, blanks);
}

bool news_flow_mark(news_flow *f, const char *mark, news_span tag) {
    if (tag.from == tag.to) {
        return true;
    }
    news_span origin = origin_of(f, tag);
    if (!prepare(f, origin.from) || !write(f, mark, (uint32_t)strlen(mark), origin)) {
        return false;
    }
    f->end = origin.to;
    return true;
}

void news_flow_break(news_flow *f, news_span tag, uint32_t breaks) {
    if (f->from != NEWS_NONE) {
        hold_space(f, origin_of(f, (news_span){tag.from, tag.from + 1}));
        f->breaks += breaks;
    }
}
