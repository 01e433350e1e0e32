/* Where the topic changes in an article that has no subheads. */
#ifndef NEWS_SEGMENT_H
#define NEWS_SEGMENT_H

#include "boundary.h"
#include "line.h"

/* A stretch of blocks about one topic: from its first block to the one behind its last, and the
 * words that tell it best; `title.from` is NEWS_NONE where none do. */
typedef struct news_segment {
    uint32_t from, to;
    news_span title;
} news_segment;

typedef struct news_segments {
    NEWS_LIST(news_segment) list;
} news_segments;

/* Fewer paragraphs or words than these are not cut; what is cut gives so many segments at least,
 * one or two. */
typedef struct news_segment_limits {
    uint32_t paragraphs, words, segments;
} news_segment_limits;

/* Cuts the readable blocks into segments, `lines` being what is known of some of them: none where
 * they are too few to cut. Linear: a segment has a bounded number of units, and a long article is
 * looked at in larger units. False: out of memory.
 */
bool news_form_segments(news_arena *arena, const news_text *text, const news_block *blocks,
                        uint32_t n_blocks, const news_lines *lines, news_segment_limits least,
                        news_segments *out);

/* What the odds of sections are fitted on: a row for each paragraph that is read, the boundary
 * before it. False: out of memory. */
bool news_form_section_boundaries(news_arena *arena, const news_text *text,
                                  const news_block *blocks, uint32_t n_blocks, news_boundary **out,
                                  uint32_t *n);

#endif
