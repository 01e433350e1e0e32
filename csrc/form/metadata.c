/* The page's own claims first, then what stands in the blocks. */
#include "metadata.h"
#include "calendar.h"

static news_value value_of(const char *text, news_span span) {
    return (news_value){{text + span.from, span.to - span.from}, span};
}

static bool set_date(news_arena *arena, const char *text, const news_when *when, news_date *out) {
    news_value value = value_of(text, when->span);
    *out = (news_date){.text = value.text, .span = value.span};
    if (when->n) {
        out->iso = news_arena_copy(arena, when->iso, when->n);
        return out->iso.bytes != NULL;
    }
    return true;
}

bool news_form_metadata(news_arena *arena, const news_reading *reading, news_roles *roles) {
    const char *text = reading->text.bytes;
    roles->headline.span = roles->dek.span = roles->date.span = roles->modified.span =
        (news_span){NEWS_NONE, NEWS_NONE};
    for (uint32_t i = 0; i < roles->blocks.n; i++) {
        const news_block *block = &roles->blocks.at[i];
        if (block->role == NEWS_ROLE_HEADLINE && !roles->headline.text.bytes) {
            roles->headline = value_of(text, block->span);
        } else if (block->role == NEWS_ROLE_DEK && !roles->dek.text.bytes) {
            roles->dek = value_of(text, block->span);
        } else if (block->role == NEWS_ROLE_DATE && !roles->date.text.bytes) {
            news_when when;
            if (news_form_date(text, block->span, NEWS_ORDER_UNKNOWN, &when) &&
                !set_date(arena, text, &when, &roles->date)) {
                return false;
            }
        }
    }
    return true;
}
