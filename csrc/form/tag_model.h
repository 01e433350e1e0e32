/* The tagger's weights, laid out by csrc/tools/tagtable.c from csrc/data/model/tags.txt. */
#ifndef NEWS_TAG_MODEL_H
#define NEWS_TAG_MODEL_H

#include <stdint.h>

/* Numbers in a row of weights: a byte for each tag, 128 more than its weight. The even bytes, from
 * the lowest on, are those of tags 0 to 11, the odd ones of the others: what is left of a row under
 * a mask has a byte's room beside each weight, so rows add up whole, whatever the machine. */
enum { NEWS_TAG_ROW = 3 };

/* Slot of the open-addressed table: a family of features (tag.c). */
typedef struct news_tag_slot {
    uint32_t key, members; /* a bit for each member that has weights; 0: the slot is free */
    uint32_t row;          /* of its first member; the others follow in order */
} news_tag_slot;

typedef struct news_tag_weights {
    const news_tag_slot *slots;
    const uint64_t *weights; /* NEWS_TAG_ROW in a row */
    uint32_t mask;
} news_tag_weights;

extern const news_tag_weights news_tag_model;

#endif
