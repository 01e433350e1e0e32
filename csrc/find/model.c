/* Look-ups in the model's bytes. */
#include "model.h"

#include <string.h>

enum {
    HEADER_CLUSTER_BITS = 4,
    HEADER_FEATURE_BITS = 8,
    HEADER_ENTRIES = 12,
    HEADER_LEVELS = 16,
    HEADER_TRANSITIONS = 20,
    HEADER_BUCKETS = 24,
    HEADER_PRINTS = 28,
    HEADER_ROWS = 32,
    HEADER_SIZE = 36,
};

static uint32_t header(const news_model *model, uint32_t field) {
    return news_model_u32(model->bytes + field);
}

uint16_t news_model_cluster(const news_model *model, uint32_t hash) {
    uint32_t bits = header(model, HEADER_CLUSTER_BITS), bucket = hash >> (32 - bits);
    const uint8_t *buckets = model->bytes + HEADER_SIZE + 2 * bucket;
    uint32_t from = news_model_u16(buckets), to = news_model_u16(buckets + 2);
    const uint8_t *entries = model->bytes + header(model, HEADER_ENTRIES);
    for (uint32_t i = from; i < to; i++) {
        if (news_model_u16(entries + 4 * i) == (hash & 0xFFFF)) {
            return (uint16_t)news_model_u16(entries + 4 * i + 2);
        }
    }
    return NEWS_NO_CLUSTER;
}

uint8_t news_model_level(const news_model *model, uint16_t cluster, bool coarse) {
    return model->bytes[header(model, HEADER_LEVELS) + 2u * cluster + coarse];
}

void news_model_sum(const news_model *model, const uint32_t *features, uint32_t n,
                    int16_t scores[NEWS_N_TAGS]) {
    const uint8_t *buckets = model->bytes + header(model, HEADER_BUCKETS);
    const uint8_t *prints = model->bytes + header(model, HEADER_PRINTS);
    const int8_t *rows = (const int8_t *)model->bytes + header(model, HEADER_ROWS);
    uint32_t shift = 32 - header(model, HEADER_FEATURE_BITS);
    int16_t sums[NEWS_N_TAGS]; /* nothing else can point to it, so it stays in registers */
    memcpy(sums, scores, sizeof sums);
    for (uint32_t k = 0; k < n; k++) {
        const uint8_t *bucket = buckets + 2 * (features[k] >> shift);
        uint32_t at = news_model_u16(bucket), end = news_model_u16(bucket + 2);
        while (at < end && news_model_u16(prints + 2 * at) != (features[k] & 0xFFFF)) {
            at++;
        }
        if (at == end) {
            continue;
        }
        const int8_t *row = rows + (size_t)at * NEWS_N_TAGS;
        for (uint32_t tag = 0; tag < NEWS_N_TAGS; tag++) { /* goes as vectors */
            sums[tag] = (int16_t)(sums[tag] + row[tag]);
        }
    }
    memcpy(scores, sums, sizeof sums);
}

int32_t news_model_transition(const news_model *model, uint32_t from, uint32_t to) {
    return news_model_i16(model->bytes + header(model, HEADER_TRANSITIONS) +
                          2 * (from * (NEWS_N_TAGS + 1) + to));
}
