/* What stands in the blocks, and what the page claims of itself, brought together. */
#include "metadata.h"
#include "byline.h"
#include "calendar.h"
#include "language.h"
#include "shown.h"
#include "utf8.h"
#include "word_lists.h"

#include <string.h>

/* Dates that one line may tell: published, updated. */
enum { MOST_DATES = 3 };

/* Ways in which a page writes its publisher's name; sources differ. */
enum { MOST_PUBLISHERS = 4 };

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
    news_string publishers[MOST_PUBLISHERS]; /* as they are claimed */
    uint32_t n_publishers;
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

/* Whether a claimed author is the publisher itself. */
static bool is_publisher(const filler *f, news_string author) {
    for (uint32_t i = 0; i < f->n_publishers; i++) {
        if (f->publishers[i].n == author.n &&
            memcmp(f->publishers[i].bytes, author.bytes, author.n) == 0) {
            return true;
        }
    }
    return false;
}

/* Cuts what follows a bar from a page's headline, and its publisher behind a dash: "Ferry stays |
 * Town", "Ferry stays - Bay Post". */
static void cut_headline(const filler *f, news_value *headline) {
    static const char *const dashes[] = {" - ", " – ", " — ", " | "};
    enum { LEAST = 12, BAR = 3 }; /* bytes that a headline has at least */
    for (size_t k = 0; k < sizeof dashes / sizeof *dashes; k++) {
        uint32_t n = (uint32_t)strlen(dashes[k]);
        for (uint32_t at = LEAST; at + n < headline->text.n; at++) {
            if (memcmp(headline->text.bytes + at, dashes[k], n) != 0) {
                continue;
            }
            news_string tail = {headline->text.bytes + at + n, headline->text.n - at - n};
            if (k == BAR || is_publisher(f, tail)) {
                news_span kept = news_utf8_trim(headline->text.bytes, (news_span){0, at});
                headline->text.n = kept.to;
                if (headline->span.from != NEWS_NONE) {
                    headline->span.to = headline->span.from + kept.to;
                }
                break;
            }
        }
    }
}

/* Whether a claimed author is hardly one: a login, or the publisher itself. */
static bool is_weak_author(const filler *f, const news_claim *author) {
    news_string outlet = author->value;
    while (outlet.n && (outlet.bytes[0] == ',' || outlet.bytes[0] == ' ')) {
        outlet.bytes++;
        outlet.n--;
    }
    if (outlet.n <= news_words_outlets.longest &&
        news_words_find_folded(&news_words_outlets, outlet.bytes, outlet.n).is_entry) {
        return true;
    }
    return !memchr(author->value.bytes, ' ', author->value.n) || is_publisher(f, author->value);
}

/* Names once, each with its place. */
static void settle_names(const filler *f, uint32_t item, news_names *names) {
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
        again |= names->list.n > 1 && is_publisher(f, name->text);
        if (!again) {
            names->list.at[kept++] = *name;
        }
    }
    names->list.n = kept;
}

/* Whether all names of `some` are among `all`. */
static bool has_names(const news_names *all, const news_names *some) {
    for (uint32_t i = 0; i < some->list.n; i++) {
        const news_string *name = &some->list.at[i].text;
        bool found = false;
        for (uint32_t k = 0; k < all->list.n && !found; k++) {
            const news_string *other = &all->list.at[k].text;
            found = other->n == name->n && memcmp(other->bytes, name->bytes, name->n) == 0;
        }
        if (!found) {
            return false;
        }
    }
    return true;
}

/* Adds the names in one claim; what is no name of a person is a pen name, a desk, an outlet. */
static bool add_claimed(const filler *f, const news_claim *claim, news_names *names) {
    enum { LONGEST_NAME = 80 };
    uint32_t before = names->list.n;
    if (!is_publisher(f, claim->value) &&
        !news_form_byline(f->arena, claim->value.bytes, (news_span){0, claim->value.n},
                          names->list.n == 0, names)) {
        return false;
    }
    if (names->list.n > before || claim->value.n > LONGEST_NAME) {
        return true;
    }
    news_value *name = news_list_push(f->arena, &names->list);
    if (name) {
        name->text = claim->value;
    }
    return name != NULL;
}

/* The authors of a page: those it shows with "By …" behind its headline; else those that the most
 * trusted source names; else whom the page names near its headline in other ways. Of other formats:
 * those in the bylines, else those claimed. */
static bool claim_authors(const filler *f, const news_claim *claims, uint32_t n, uint32_t item,
                          const news_shown *shown, news_names *names) {
    enum { PURPOSE = 38 };
    const news_claim *best = best_claim(claims, n, item, NEWS_CLAIM_AUTHOR);
    bool is_page = f->reading->evidence.n > 0;
    bool is_weak = !best || best->trust < PURPOSE || is_weak_author(f, best);
    if (shown && (shown->by == NEWS_SHOWN_BY_WORD || (is_weak && shown->by != NEWS_SHOWN_NOT))) {
        *names = shown->names;
        return true;
    }
    if (!best || (names->list.n && !(is_page && best->trust >= PURPOSE))) {
        return true;
    }
    *names = (news_names){0};
    for (uint32_t i = 0; i < n && names->list.n < NEWS_MOST_NAMES; i++) {
        if (claims[i].kind == NEWS_CLAIM_AUTHOR && claims[i].item == item && claims[i].value.n &&
            claims[i].trust == best->trust && !add_claimed(f, &claims[i], names)) {
            return false;
        }
    }
    settle_names(f, item, names);
    if (shown && shown->names.list.n > names->list.n && names->list.n &&
        has_names(&shown->names, names)) {
        *names = shown->names; /* the page names more of them than its metadata does */
    }
    return true;
}

/* Where that day is shown as something else than an update, or else at all. */
static const struct news_shown_date *find_shown(const news_shown *shown, const char *day) {
    bool only_updates = true;
    for (uint32_t i = 0; i < shown->n_dates; i++) {
        only_updates &= shown->dates[i].is_update;
    }
    for (uint32_t i = 0; i < shown->n_dates; i++) {
        if ((only_updates || !shown->dates[i].is_update) && shown->dates[i].when.n >= 10 &&
            memcmp(shown->dates[i].when.iso, day, 10) == 0) {
            return &shown->dates[i];
        }
    }
    return NULL;
}

/* Whether two days differ only in which number is the month: 09.10. and 10.09. */
static bool is_swapped(const char *a, const char *b) {
    return memcmp(a, b, 5) == 0 && memcmp(a + 5, b + 8, 2) == 0 && memcmp(a + 8, b + 5, 2) == 0;
}

static bool set_shown(const filler *f, const news_when *when, news_date *out) {
    news_value text = value_of(f->reading->text.bytes, when->span);
    return set_date(f, &text, when, out);
}

/* The dates that a page shows beside its headline. What it shows there without calling it an update
 * is what readers take for its date, whatever its metadata claims; a date that it calls an update
 * is never the first. */
static bool show_dates(const filler *f, const news_claim *claims, uint32_t n,
                       const news_shown *shown, news_item *out) {
    const news_claim *claim = best_claim(claims, n, NEWS_NONE, NEWS_CLAIM_PUBLISHED);
    news_when claimed = {0};
    bool is_claimed =
        claim &&
        news_form_date(claim->value.bytes, (news_span){0, claim->value.n}, f->order, &claimed) &&
        claimed.n >= 10;
    const struct news_shown_date *date = is_claimed ? find_shown(shown, claimed.iso) : NULL;
    for (uint32_t i = 0; i < shown->n_dates; i++) {
        const struct news_shown_date *at = &shown->dates[i];
        if (at->is_update && !out->modified.text.bytes &&
            !set_shown(f, &at->when, &out->modified)) {
            return false;
        }
        bool may_be = !at->is_update && (at->is_behind || !is_claimed);
        date = !date && may_be ? at : date;
    }
    if (!date || (date->is_update && !is_claimed)) {
        return true;
    }
    news_when when = date->when;
    if (is_claimed && (when.n < 10 || is_swapped(when.iso, claimed.iso))) {
        claimed.span = when.span;
        when = claimed;
    }
    return set_shown(f, &when, &out->date);
}

/* Whether a claim tells the same day as the date. */
static bool agrees(const filler *f, const news_claim *claim, const news_date *date) {
    news_when when;
    return claim &&
           news_form_date(claim->value.bytes, (news_span){0, claim->value.n}, f->order, &when) &&
           when.n >= 10 && date->iso.n >= 10 && memcmp(when.iso, date->iso.bytes, 10) == 0;
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
    for (uint32_t i = 0; blocks && i < n_blocks; i++) {
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
    news_shown shown = {0};
    bool is_page = f->reading->evidence.n > 0 && item == NEWS_NONE;
    if (is_page) { /* its dates are shown and claimed in so many ways that the blocks' do not count
                    */
        out->date = out->modified = (news_date){.span = nowhere};
        if (!news_form_shown(f->arena, f->reading, out->headline.span, f->order, &shown) ||
            !show_dates(f, claims, n_claims, &shown, out)) {
            return false;
        }
    }
    const news_claim *published = best_claim(claims, n_claims, item, NEWS_CLAIM_PUBLISHED);
    const news_claim *modified = best_claim(claims, n_claims, item, NEWS_CLAIM_MODIFIED);
    if (!(is_page && out->date.iso.n >= 10 && !agrees(f, published, &out->date)) &&
        !claim_date(f, published, &out->date)) {
        return false;
    }
    if (!claim_date(f, modified, &out->modified) ||
        !claim_authors(f, claims, n_claims, item, is_page ? &shown : NULL, &names)) {
        return false;
    }
    if (is_page) {
        cut_headline(f, &out->headline);
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
    filler f = {.arena = arena,
                .reading = reading,
                .roles = roles,
                .order = order_of(roles->language, language)};
    for (uint32_t i = 0; i < n_claims && f.n_publishers < MOST_PUBLISHERS; i++) {
        if (claims[i].kind == NEWS_CLAIM_PUBLISHER) {
            f.publishers[f.n_publishers++] = claims[i].value;
        }
    }
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
