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
    HEADER_RECORDS = 28,
    HEADER_FILTER = 32,
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

/* Sources: the bit-counting and bit-finding of Anderson's "Bit Twiddling Hacks" (public domain). */
static uint32_t count_bits(uint32_t set) {
    set -= set >> 1 & 0x55555555u;
    set = (set & 0x33333333u) + (set >> 2 & 0x33333333u);
    return ((set + (set >> 4)) & 0x0F0F0F0Fu) * 0x01010101u >> 24;
}

static uint32_t lowest_bit(uint32_t set) {
    static const uint8_t at[32] = {0,  1,  28, 2,  29, 14, 24, 3, 30, 22, 20, 15, 25, 17, 4,  8,
                                   31, 27, 13, 23, 21, 19, 16, 7, 26, 12, 18, 6,  11, 5,  10, 9};
    return at[(set & (0u - set)) * 0x077CB531u >> 27];
}

static bool may_have(const news_model *model, uint32_t feature) {
    uint32_t place = feature >> (32 - NEWS_FILTER_BITS);
    return model->bytes[header(model, HEADER_FILTER) + place / 8] >> place % 8 & 1;
}

/* Unpacks the feature's weights into a row of zeros. */
static void unpack(const news_model *model, uint32_t feature, int8_t *row) {
    uint32_t bits = header(model, HEADER_FEATURE_BITS), bucket = feature >> (32 - bits);
    const uint8_t *buckets = model->bytes + header(model, HEADER_BUCKETS) + 4 * bucket;
    uint32_t from = news_model_u32(buckets), to = news_model_u32(buckets + 4);
    const uint8_t *at = model->bytes + header(model, HEADER_RECORDS) + from;
    if (from == to) {
        return;
    }
    uint32_t n = *at++;
    for (uint32_t i = 0; i < n; i++) {
        if (news_model_u16(at + 2 * i) != (feature & 0xFFFF)) {
            continue;
        }
        at += 2 * n;
        for (; i > 0; i--) {
            at += 3 + count_bits(news_model_u16(at) | (uint32_t)at[2] << 16);
        }
        uint32_t set = news_model_u16(at) | (uint32_t)at[2] << 16;
        at += 3;
        for (; set; set &= set - 1) {
            row[lowest_bit(set)] = (int8_t)*at++;
        }
        return;
    }
}

void news_model_add(const news_model *model, uint32_t feature, int32_t *scores) {
    int8_t row[NEWS_TAG_ROOM] = {0};
    if (may_have(model, feature)) {
        unpack(model, feature, row);
        for (uint32_t tag = 0; tag < NEWS_N_TAGS; tag++) {
            scores[tag] += row[tag];
        }
    }
}

void news_model_sum(news_model_memo *memo, const uint32_t *features, uint32_t n,
                    int16_t scores[NEWS_TAG_ROOM]) {
    for (uint32_t k = 0; k < n; k++) {
        uint32_t feature = features[k];
        if (!may_have(memo->model, feature)) {
            continue;
        }
        news_model_row *row = &memo->rows[feature * 0x9E3779B1u >> (32 - memo->bits)];
        if (!row->is_set || row->feature != feature) {
            *row = (news_model_row){.feature = feature, .is_set = true};
            unpack(memo->model, feature, row->weights);
        }
        for (uint32_t tag = 0; tag < NEWS_TAG_ROOM; tag++) {
            scores[tag] = (int16_t)(scores[tag] + row->weights[tag]);
        }
    }
}

int32_t news_model_transition(const news_model *model, uint32_t from, uint32_t to) {
    return news_model_i16(model->bytes + header(model, HEADER_TRANSITIONS) +
                          2 * (from * (NEWS_N_TAGS + 1) + to));
}
