/* The text of a page as it flows: white space is folded, and passages are cut at the borders of
 * blocks. */
#ifndef NEWS_FLOW_H
#define NEWS_FLOW_H

#include "element.h"

/* Elements deeper than this are counted, not told apart: no page of news nests as deep, and a
 * hostile one shall not cost memory. */
enum { NEWS_FLOW_DEEPEST = 400 };

/* An open element. */
typedef struct news_frame {
    char name[12]; /* cut; enough to tell those that matter */
    uint32_t node; /* its index once text was found in it, else NEWS_NONE */
    uint32_t signature;
    uint16_t own_places;
    uint16_t places, words, words_above;
    uint8_t element, heading, list_depth;
    uint8_t display; /* news_display */
    bool is_link, is_preformatted, is_italic, is_bold;
} news_frame;

typedef struct news_flow {
    news_arena *arena;
    news_reading *reading;
    const char *bytes;
    uint32_t n;          /* of them */
    const news_map *map; /* of a part that was decoded before, or NULL */
    uint32_t item;
    news_frame frames[NEWS_FLOW_DEEPEST];
    uint32_t depth;    /* of elements, those too deep included */
    uint32_t n_frames; /* of those that are kept */
    /* the passage being built; from NEWS_NONE where none is */
    uint32_t from, n_link, n_italic, n_bold;
    uint16_t edges;   /* NEWS_BEHIND_PICTURE and those of links, as far as they are known */
    bool has_picture; /* since the last text */
    news_frame owner;
    news_span space; /* white space seen and not yet written; from NEWS_NONE where none is */
    uint32_t breaks; /* line breaks in it */
    uint32_t end;    /* source offset behind the last text written */
} news_flow;

/* The innermost open element, or NULL. */
static inline const news_frame *news_flow_top(const news_flow *flow) {
    return flow->n_frames ? &flow->frames[flow->n_frames - 1] : NULL;
}

/* All functions that return bool return false when memory is out. Spans are of the bytes. */

/* Text of the innermost element; references in it are decoded unless it is literal. */
bool news_flow_text(news_flow *flow, news_span span, bool is_literal);

/* A sign that stands for the tag at `tag`; none where nobody wrote the tag. */
bool news_flow_mark(news_flow *flow, const char *mark, news_span tag);

/* `breaks` line breaks that the markup at `tag` makes in the passage that is open, if any is. */
void news_flow_break(news_flow *flow, news_span tag, uint32_t breaks);

/* Ends the passage that is open where the format sets passages apart, unless it does so too often.
 */
bool news_flow_end_passage(news_flow *flow);

/* Ends it in any case. */
bool news_flow_close_passage(news_flow *flow);

#endif
