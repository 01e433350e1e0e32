/* Open addressing, at most half full; the old table is left to the arena when it grows, so that all
 * of them together take no more than twice the last. */
#include "index.h"
#include "words.h"

#include <string.h>

enum { FIRST_SLOTS = 64 };

static news_index_slot *slot_of(const news_index *index, const char *bytes, uint32_t n,
                                uint32_t hash) {
    uint32_t i = hash & (index->n_slots - 1);
    for (;; i = (i + 1) & (index->n_slots - 1)) {
        news_index_slot *slot = &index->slots[i];
        if (!slot->bytes || (slot->hash == hash && slot->n == n &&
                             (n == 0 || memcmp(slot->bytes, bytes, n) == 0))) {
            return slot;
        }
    }
}

uint32_t *news_index_find(const news_index *index, const char *bytes, uint32_t n) {
    if (index->n_slots == 0) {
        return NULL;
    }
    news_index_slot *slot = slot_of(index, bytes, n, news_words_key(bytes, n));
    return slot->bytes ? &slot->value : NULL;
}

static bool grow(news_arena *arena, news_index *index) {
    news_index larger = {.n_slots = index->n_slots ? 2 * index->n_slots : FIRST_SLOTS,
                         .n_used = index->n_used};
    larger.slots = news_arena_array(arena, larger.n_slots, sizeof *larger.slots);
    if (!larger.slots) {
        return false;
    }
    for (uint32_t i = 0; i < index->n_slots; i++) {
        const news_index_slot *old = &index->slots[i];
        if (old->bytes) {
            *slot_of(&larger, old->bytes, old->n, old->hash) = *old;
        }
    }
    *index = larger;
    return true;
}

uint32_t *news_index_add(news_arena *arena, news_index *index, const char *bytes, uint32_t n) {
    if (2 * index->n_used >= index->n_slots && !grow(arena, index)) {
        return NULL;
    }
    uint32_t hash = news_words_key(bytes, n);
    news_index_slot *slot = slot_of(index, bytes, n, hash);
    if (!slot->bytes) {
        *slot = (news_index_slot){bytes, n, hash, NEWS_NONE};
        index->n_used++;
    }
    return &slot->value;
}
