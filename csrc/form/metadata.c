/* What stands in the blocks, and what the page claims of itself, brought together. */
#include "metadata.h"
#include "byline.h"
#include "calendar.h"
#include "language.h"
#include "utf8.h"
#include "word_lists.h"

#include <string.h>

/* Dates that one line may tell: published, updated. */
enum { MOST_DATES = 3 };

static const news_span nowhere = {NEWS_NONE, NEWS_NONE};

static news_value value_of(const char *text, news_span span) {
    return (news_value){{text + span.from, span.to - span.from}, span};
}

/* The order of 03/04/2021 in the language or country; unknown where both orders are in use. */
static news_date_order order_of(news_string language, news_string claimed) {
    if (claimed.n >= 5 && claimed.bytes[2] == '-') {
        const char *country = claimed.bytes + 3;
        bool us = (country[0] | 0x20) == 'u' && (country[1] | 0x20) == 's';
        return us ? NEWS_ORDER_MONTH_FIRST : NEWS_ORDER_DAY_FIRST;
    }
    static const char *const day_first[] = {"de", "fr", "es", "it", "pt", "nl", "da", "no",
                                            "fi", "pl", "cs", "ro", "ru", "uk", "el"};
    for (size_t i = 0; language.n && i < sizeof day_first / sizeof *day_first; i++) {
        if (memcmp(language.bytes, day_first[i], 2) == 0) {
            return NEWS_ORDER_DAY_FIRST;
        }
    }
    return NEWS_ORDER_UNKNOWN;
}

typedef struct filler {
    news_arena *arena;
    const news_reading *reading;
    const news_roles *roles;
    news_date_order order;
} filler;

static bool set_date(const filler *f, const news_value *text, const news_when *when,
                     news_date *out) {
    *out = (news_date){.text = text->text, .span = text->span};
    if (when->n) {
        out->iso = news_arena_copy(f->arena, when->iso, when->n);
        return out->iso.bytes != NULL;
    }
    return true;
}

/* Whether the words before a date say that it is not the first. */
static bool says_updated(const char *text, news_span span) {
    static const char *const parts[] = {"pdated",  "odified",   "PDATED",
                                        "ktualis", "is à jour", "ctualizado"};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        size_t n = strlen(parts[i]);
        for (uint32_t at = span.from; at + n <= span.to; at++) {
            if (memcmp(text + at, parts[i], n) == 0) {
                return true;
            }
        }
    }
    return false;
}

static bool fill_dates(const filler *f, news_span span, news_item *out) {
    const char *text = f->reading->text.bytes;
    news_when when;
    for (uint32_t k = 0; k < MOST_DATES && news_form_date(text, span, f->order, &when); k++) {
        bool updated = says_updated(text, (news_span){span.from, when.span.from});
        news_date *date = updated ? &out->modified : &out->date;
        news_value value = value_of(text, when.span);
        if (!date->text.bytes && !set_date(f, &value, &when, date)) {
            return false;
        }
        span.from = when.span.to;
    }
    return true;
}

static bool fill_block(const filler *f, const news_block *block, news_item *out,
                       news_names *names) {
    const char *text = f->reading->text.bytes;
    switch (block->role) {
    case NEWS_ROLE_HEADLINE:
        out->headline = out->headline.text.bytes ? out->headline : value_of(text, block->span);
        return true;
    case NEWS_ROLE_DEK:
        out->dek = out->dek.text.bytes ? out->dek : value_of(text, block->span);
        return true;
    case NEWS_ROLE_DATE:
        return fill_dates(f, block->span, out);
    case NEWS_ROLE_BYLINE:
        return news_form_byline(f->arena, text, block->span, names->list.n == 0, names);
    default:
        return true;
    }
}

/* The most trusted claim of a kind, or NULL. */
static const news_claim *best_claim(const news_claim *claims, uint32_t n, uint32_t item,
                                    news_claim_kind kind) {
    const news_claim *best = NULL;
    for (uint32_t i = 0; i < n; i++) {
        if (claims[i].kind == kind && claims[i].item == item && claims[i].value.n &&
            (!best || claims[i].trust > best->trust)) {
            best = &claims[i];
        }
    }
    return best;
}

static void claim_value(const news_claim *claim, news_value *out) {
    if (claim && !out->text.bytes) {
        *out = (news_value){claim->value, claim->span};
    }
}

/* A claimed date is the certain one; where the page shows the same day, its place is kept, and the
 * form that says more. */
static bool claim_date(const filler *f, const news_claim *claim, news_date *out) {
    news_when when;
    if (!claim ||
        !news_form_date(claim->value.bytes, (news_span){0, claim->value.n}, f->order, &when)) {
        return true;
    }
    bool same_day = out->iso.n >= 10 && when.n >= 10 && memcmp(out->iso.bytes, when.iso, 10) == 0;
    if ((same_day && out->iso.n >= when.n) || (out->text.bytes && when.n == 0)) {
        return true;
    }
    news_value shown = {claim->value, claim->span};
    if (same_day || (out->text.bytes && !out->iso.bytes)) {
        shown = (news_value){out->text, out->span};
    }
    return set_date(f, &shown, &when, out);
}

/* Where the page shows the words of a claim in one of its bylines, or nowhere. */
static news_span shown_at(const filler *f, uint32_t item, news_string words) {
    const char *text = f->reading->text.bytes;
    for (uint32_t i = 0; i < f->roles->blocks.n; i++) {
        const news_block *block = &f->roles->blocks.at[i];
        if (block->role != NEWS_ROLE_BYLINE || block->item != item) {
            continue;
        }
        for (uint32_t at = block->span.from; at + words.n <= block->span.to; at++) {
            if (memcmp(text + at, words.bytes, words.n) == 0) {
                return (news_span){at, at + words.n};
            }
        }
    }
    return nowhere;
}

/* The authors that the most trusted source names: where the page itself shows none, and on a web
 * page where that source was made for the purpose, since what is shown there runs together with
 * dates and job titles. */
static bool claim_authors(const filler *f, const news_claim *claims, uint32_t n, uint32_t item,
                          news_names *names) {
    enum { PURPOSE = 38, LONGEST_NAME = 80 };
    const news_claim *best = best_claim(claims, n, item, NEWS_CLAIM_AUTHOR);
    bool is_page = f->reading->evidence.n > 0;
    if (!best || (names->list.n && !(is_page && best->trust >= PURPOSE))) {
        return true;
    }
    names->list.n = 0;
    for (uint32_t i = 0; i < n; i++) {
        if (claims[i].kind != NEWS_CLAIM_AUTHOR || claims[i].item != item ||
            claims[i].trust != best->trust) {
            continue;
        }
        uint32_t before = names->list.n;
        if (!news_form_byline(f->arena, claims[i].value.bytes, (news_span){0, claims[i].value.n},
                              names->list.n == 0, names)) {
            return false;
        }
        if (names->list.n == before && claims[i].value.n <= LONGEST_NAME) { /* a pen name, a desk */
            news_value *name = news_list_push(f->arena, &names->list);
            if (!name) {
                return false;
            }
            name->text = claims[i].value;
        }
    }
    uint32_t kept = 0;
    for (uint32_t i = 0; i < names->list.n; i++) {
        news_value *name = &names->list.at[i];
        bool again = false;
        for (uint32_t k = 0; k < kept; k++) {
            const news_string *other = &names->list.at[k].text;
            again |=
                other->n == name->text.n && memcmp(other->bytes, name->text.bytes, other->n) == 0;
        }
        name->span = shown_at(f, item, name->text);
        if (!again) {
            names->list.at[kept++] = *name;
        }
    }
    names->list.n = kept;
    return true;
}

/* Fills one item from blocks and claims that belong to it. */
static bool fill(const filler *f, const news_block *blocks, uint32_t n_blocks,
                 const news_claim *claims, uint32_t n_claims, uint32_t item, news_item *out) {
    news_names names = {0};
    *out = (news_item){.headline.span = nowhere,
                       .dek.span = nowhere,
                       .date.span = nowhere,
                       .modified.span = nowhere,
                       .span = nowhere};
    for (uint32_t i = 0; i < n_blocks; i++) {
        if (blocks[i].item != item) {
            continue;
        }
        if (!fill_block(f, &blocks[i], out, &names)) {
            return false;
        }
        if (blocks[i].role != NEWS_ROLE_BOILERPLATE) {
            out->span.from = out->span.from == NEWS_NONE ? blocks[i].span.from : out->span.from;
            out->span.to = blocks[i].span.to;
        }
    }
    claim_value(best_claim(claims, n_claims, item, NEWS_CLAIM_HEADLINE), &out->headline);
    claim_value(best_claim(claims, n_claims, item, NEWS_CLAIM_DEK), &out->dek);
    if (!claim_date(f, best_claim(claims, n_claims, item, NEWS_CLAIM_PUBLISHED), &out->date) ||
        !claim_date(f, best_claim(claims, n_claims, item, NEWS_CLAIM_MODIFIED), &out->modified) ||
        !claim_authors(f, claims, n_claims, item, &names)) {
        return false;
    }
    if (!out->date.text.bytes && out->modified.text.bytes) {
        out->date = out->modified; /* the only date there is is the best guess at the first */
    }
    out->bylines = names.list.at;
    out->n_bylines = names.list.n;
    return true;
}

/* An outlet that stands alone as a byline, or by itself in a credit. */
static news_string publisher_of(const char *text, const news_roles *roles) {
    for (uint32_t i = 0; i < roles->blocks.n; i++) {
        const news_block *block = &roles->blocks.at[i];
        uint32_t n = block->span.to - block->span.from;
        if (block->role == NEWS_ROLE_BYLINE && n <= news_words_outlets.longest &&
            news_words_find_folded(&news_words_outlets, text + block->span.from, n).is_entry) {
            return (news_string){text + block->span.from, n};
        }
    }
    return (news_string){NULL, 0};
}

static news_string claimed(const news_claim *claims, uint32_t n, news_claim_kind kind) {
    const news_claim *claim = best_claim(claims, n, NEWS_NONE, kind);
    return claim ? claim->value : (news_string){NULL, 0};
}

static bool fill_items(const filler *f, news_roles *roles) {
    const news_claim *claims = f->reading->claims.list.at;
    uint32_t n_claims = f->reading->claims.list.n, block = 0, claim = 0;
    for (uint32_t i = 0; i < f->reading->n_items; i++) { /* blocks and claims come in their order */
        while (block < roles->blocks.n && roles->blocks.at[block].item == NEWS_NONE) {
            block++;
        }
        while (claim < n_claims && claims[claim].item == NEWS_NONE) {
            claim++;
        }
        uint32_t blocks_end = block, claims_end = claim;
        while (blocks_end < roles->blocks.n && roles->blocks.at[blocks_end].item == i) {
            blocks_end++;
        }
        while (claims_end < n_claims && claims[claims_end].item == i) {
            claims_end++;
        }
        news_item *item = news_list_push(f->arena, &roles->items);
        if (!item || !fill(f, roles->blocks.n ? roles->blocks.at + block : NULL, blocks_end - block,
                           n_claims ? claims + claim : NULL, claims_end - claim, i, item)) {
            return false;
        }
        block = blocks_end;
        claim = claims_end;
    }
    return true;
}

bool news_form_metadata(news_arena *arena, const news_reading *reading, news_roles *roles) {
    const char *text = reading->text.bytes;
    const news_claim *claims = reading->claims.list.at;
    uint32_t n_claims = reading->claims.list.n;
    roles->language = news_form_language(text, roles->blocks.at, roles->blocks.n);
    news_string language = claimed(claims, n_claims, NEWS_CLAIM_LANGUAGE);
    if (!roles->language.n && language.n >= 2) {
        roles->language = (news_string){language.bytes, 2};
    }
    filler f = {arena, reading, roles, order_of(roles->language, language)};
    news_item whole;
    if (!fill(&f, roles->blocks.at, roles->blocks.n, claims, n_claims, NEWS_NONE, &whole) ||
        !fill_items(&f, roles)) {
        return false;
    }
    roles->headline = whole.headline;
    roles->dek = whole.dek;
    roles->date = whole.date;
    roles->modified = whole.modified;
    roles->bylines = whole.bylines;
    roles->n_bylines = whole.n_bylines;
    roles->publisher = claimed(claims, n_claims, NEWS_CLAIM_PUBLISHER);
    if (!roles->publisher.n) {
        roles->publisher = publisher_of(text, roles);
    }
    roles->section = claimed(claims, n_claims, NEWS_CLAIM_SECTION);
    return true;
}
