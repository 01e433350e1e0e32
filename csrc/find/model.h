/* The trained tagger's model: one block of bytes, made by csrc/tools/train.c and compiled into the
 * module.
 *
 * All numbers are little-endian. A header of nine 32-bit numbers (magic, bits of the cluster
 * table, bits of the feature table, then the offsets of: cluster entries, cluster levels,
 * transitions, feature buckets, feature fingerprints, feature rows) is followed by
 *   - cluster buckets: 1 << bits + 1 16-bit counts of entries before each bucket;
 *   - cluster entries: a 16-bit fingerprint of the word's hash, its 16-bit cluster;
 *   - cluster levels: for each cluster of the finest level, two bytes: its middle and its coarse
 * one;
 *   - transitions: NEWS_N_TAGS + 1 rows (the last: start) of NEWS_N_TAGS + 1 16-bit weights (the
 * last: end);
 *   - feature buckets: 1 << bits + 1 16-bit counts of features before each bucket;
 *   - feature fingerprints: the last 16 bits of each feature;
 *   - feature rows: NEWS_N_TAGS signed bytes for each feature, its weights: most features have one
 * for most tags, so that leaving out the others would save next to nothing, and a row that stands
 * where its number says is added without being looked for. Most features of a text have a row, so
 * no filter stands before them. */
#ifndef NEWS_MODEL_H
#define NEWS_MODEL_H

#include "newsoutline.h"

/* Types that the tagger tells apart; events are told from other names afterwards. */
typedef enum news_tag_type {
    NEWS_TAG_PERSON,
    NEWS_TAG_ORGANIZATION,
    NEWS_TAG_PLACE,
    NEWS_TAG_OTHER,
    NEWS_N_TAG_TYPES,
} news_tag_type;

/* Where in a name a token stands; a tag is 1 + 4 * type + position, 0 is outside. */
typedef enum news_tag_position {
    NEWS_TAG_FIRST,
    NEWS_TAG_INSIDE,
    NEWS_TAG_LAST,
    NEWS_TAG_SINGLE,
} news_tag_position;

#define NEWS_N_TAGS (1 + 4 * NEWS_N_TAG_TYPES)

#define NEWS_MODEL_MAGIC 0x334D454Eu /* "NEM3" */

/* A word without a cluster. */
#define NEWS_NO_CLUSTER UINT16_MAX

typedef struct news_model {
    const uint8_t *bytes;
    uint32_t n;
} news_model;

/* What the build made of csrc/data/entities.model. */
extern const news_model news_entity_model;

static inline uint32_t news_model_u16(const uint8_t *at) {
    return (uint32_t)at[0] | (uint32_t)at[1] << 8;
}

static inline uint32_t news_model_u32(const uint8_t *at) {
    return news_model_u16(at) | news_model_u16(at + 2) << 16;
}

static inline int32_t news_model_i16(const uint8_t *at) {
    return (int32_t)(news_model_u16(at) ^ 0x8000u) - 0x8000;
}

/* The cluster of a folded word, by its hash; NEWS_NO_CLUSTER where it has none. */
uint16_t news_model_cluster(const news_model *model, uint32_t hash);

/* The middle or coarse cluster that a fine one belongs to. */
uint8_t news_model_level(const news_model *model, uint16_t cluster, bool coarse);

/* Adds the weights of `n` features to `scores`. No sum of NEWS_MOST_FEATURES weights leaves 16
 * bits. */
void news_model_sum(const news_model *model, const uint32_t *features, uint32_t n,
                    int16_t scores[NEWS_N_TAGS]);

/* The weight of tag `to` behind tag `from`; NEWS_N_TAGS stands for the start or the end. */
int32_t news_model_transition(const news_model *model, uint32_t from, uint32_t to);

#endif
