/* Sections from subheads. */
#include "outline.h"
#include "line.h"
#include "segment.h"
#include "utf8.h"
#include "word_lists.h"

/* A lede's title is cut after so many bytes, at a word's end. */
enum { LONGEST_TITLE = 60, SHORTEST_NAME = 2 };

/* Levels: those of headings, one below for turns, and one to spare. */
enum { DEEPEST = UINT8_MAX + 3 };

static news_span first_words(const char *bytes, news_span span) {
    if (span.to - span.from <= LONGEST_TITLE) {
        return span;
    }
    uint32_t to = span.from + LONGEST_TITLE;
    while (to > span.from && bytes[to] != ' ') {
        to--;
    }
    if (to == span.from) { /* one long word */
        to = span.from + LONGEST_TITLE;
        while (((unsigned char)bytes[to] & 0xC0) == 0x80) {
            to--;
        }
    }
    return news_utf8_trim(bytes, (news_span){span.from, to});
}

/* Whether the block can begin a lede: what is read, and not what stands beside it. */
static bool is_body(news_role role) {
    return role == NEWS_ROLE_DATELINE || (role >= NEWS_ROLE_PARAGRAPH && role < NEWS_ROLE_EMBED);
}

static news_section *push(news_arena *arena, const news_text *text, news_sections *out,
                          const news_block *block, news_span title, news_section_kind kind) {
    news_section *section = news_list_push(arena, &out->list);
    if (section) {
        *section = (news_section){
            .title = {text->bytes + title.from, title.to - title.from},
            .kind = kind,
            .level = kind == NEWS_SECTION_SECTION && block->level ? block->level : 1,
            .span = block->span,
            .title_span = title,
        };
    }
    return section;
}

/* A section reaches to the end of its last child. Children follow their parent, so one walk from
 * the back with the ends seen so far for each level is enough. */
static void widen(news_sections *out) {
    uint32_t ends[DEEPEST + 1] = {0}; /* by level: the furthest end since a section above it */
    for (uint32_t i = out->list.n; i-- > 0;) {
        news_section *section = &out->list.at[i];
        uint32_t end = section->span.to;
        for (uint32_t level = section->level + 1; level <= DEEPEST; level++) {
            end = ends[level] > end ? ends[level] : end;
            ends[level] = 0;
        }
        section->span.to = end;
        ends[section->level] = end > ends[section->level] ? end : ends[section->level];
    }
}

/* Levels without gaps: the first is 1, and a child is one deeper than its parent. */
static void settle_levels(news_sections *out) {
    uint32_t written[DEEPEST + 1] = {0}, depth = 0; /* levels as written, of the open sections */
    for (uint32_t i = 0; i < out->list.n; i++) {
        news_section *section = &out->list.at[i];
        if (section->kind == NEWS_SECTION_LEDE) {
            continue; /* nothing lies below it */
        }
        while (depth > 0 && written[depth - 1] >= section->level) {
            depth--;
        }
        written[depth++] = section->level;
        section->level = depth;
    }
}

/* What the blocks of an article begin with: turns of speakers, or times of a live blog. */
typedef struct openings {
    bool speakers, entries;
} openings;

/* Turns and entries that there must be at least. */
enum { LEAST_TURNS = 3, LEAST_ENTRIES = 3, SPEAKER_SLOTS = 256 };

static bool may_open(const news_block *block) {
    return block->role == NEWS_ROLE_PARAGRAPH || block->role == NEWS_ROLE_SUBHEAD ||
           block->role == NEWS_ROLE_DATE;
}

static uint32_t hash_of(const char *bytes, uint32_t n) {
    uint32_t hash = 2166136261u;
    for (uint32_t i = 0; i < n; i++) {
        hash = (hash ^ (unsigned char)bytes[i]) * 16777619u;
    }
    return hash ^ hash >> 15;
}

/* Whether what stands before a colon is somebody and no label of a list ("Price:", "Website:"): in
 * capitals, or with a name, a title or a post. */
static bool is_somebody(const char *bytes, news_span label) {
    enum { SURE_SURNAME = 5 }; /* letters; shorter ones are words of lists, too */
    bool small = false, known = false;
    uint32_t words = 0, length;
    for (uint32_t at = label.from, end; at < label.to && !known; at = end) {
        end = at;
        while (end < label.to && bytes[end] != ' ') {
            uint32_t c = news_utf8_decode(bytes + end, label.to - end, &length);
            small |= news_utf8_is_lower(c);
            end += length;
        }
        uint32_t n = end - at;
        if (n) {
            words++;
            news_word name = news_words_find(&news_words_names, bytes + at, n);
            bool last = end >= label.to && (words > 1 || n >= SURE_SURNAME);
            known = (name.is_entry && ((name.value & NEWS_NAMES_GIVEN) ||
                                       (last && (name.value & NEWS_NAMES_SURNAME)))) ||
                    news_words_find_folded(&news_words_titles, bytes + at, n).is_entry ||
                    news_words_find_folded(&news_words_posts, bytes + at, n).is_entry;
        }
        end += end < label.to;
    }
    return known || !small;
}

/* A transcript has several turns, most of somebody, and somebody has two of them: a list of "Place:
 * what" has not. */
static openings survey(const news_text *text, const news_block *blocks, uint32_t n) {
    uint8_t seen[SPEAKER_SLOTS] = {0};
    uint32_t turns = 0, repeated = 0, somebody = 0, entries = 0, texts = 0;
    for (uint32_t i = 0; i < n; i++) {
        if (!may_open(&blocks[i])) {
            continue;
        }
        news_span span = blocks[i].span;
        texts += blocks[i].role == NEWS_ROLE_PARAGRAPH;
        entries += news_line_clock(text->bytes, span) > span.from;
        uint32_t colon = news_line_speaker(text->bytes, span);
        if (colon > span.from) {
            uint32_t slot = hash_of(text->bytes + span.from, colon - span.from) % SPEAKER_SLOTS;
            turns++;
            somebody += is_somebody(text->bytes, (news_span){span.from, colon});
            repeated += seen[slot];
            seen[slot] = 1;
        }
    }
    return (openings){turns >= LEAST_TURNS && repeated * 2 >= turns - repeated &&
                          turns * 4 >= texts && somebody * 2 >= turns,
                      entries >= LEAST_ENTRIES};
}

/* A live blog's entry: its time, with the headline that stands below it or behind it. */
static news_span entry_title(const news_text *text, const news_block *blocks, uint32_t n,
                             uint32_t i, bool *takes_next) {
    news_span span = blocks[i].span;
    uint32_t end = news_line_clock(text->bytes, span);
    bool alone = news_utf8_trim(text->bytes, (news_span){end, span.to}).from >= span.to ||
                 span.to - end <= 2;
    *takes_next = alone && i + 1 < n && blocks[i + 1].role == NEWS_ROLE_SUBHEAD &&
                  news_line_clock(text->bytes, blocks[i + 1].span) == blocks[i + 1].span.from;
    return first_words(text->bytes, *takes_next ? blocks[i + 1].span : span);
}

/* Sections as the blocks open them, with the block that opens each. */
typedef struct draft {
    news_sections sections;
    NEWS_LIST(uint32_t) starts;
    bool subheads, others; /* sections below subheads; turns or entries */
} draft;

/* Fewer paragraphs or words are not cut: of an article without subheads, and below a subhead. */
static const news_segment_limits whole_article = {6, 180, 2}, below_subhead = {9, 300, 1};

/* Copies a section, and cuts it by topic where it is long: the lede of an article without subheads,
 * or a long stretch below one. The first topic is the section itself. */
static bool derive(news_arena *arena, const news_text *text, const news_roles *roles,
                   news_span range, const news_section *from, news_segment_limits limits,
                   news_sections *out) {
    const news_block *blocks = roles->blocks.at;
    news_section *section = news_list_push(arena, &out->list);
    if (!section) {
        return false;
    }
    *section = *from;
    uint32_t lede = out->list.n - 1, first = range.from + (from->kind == NEWS_SECTION_SECTION);
    news_segments segments = {0};
    if (!news_form_segments(arena, text, blocks + first, range.to - first, &roles->lines, limits,
                            &segments)) {
        return false;
    }
    uint32_t n = segments.list.n;
    for (uint32_t i = 0; n > 1 && i < n; i++) {
        const news_segment *segment = &segments.list.at[i];
        const news_block *at = &blocks[first + segment->from];
        uint32_t to = first + segment->to;
        while (i + 1 < n && to < first + segments.list.at[i + 1].from &&
               blocks[to].role != NEWS_ROLE_BOILERPLATE) {
            to++; /* captions and the like behind it */
        }
        uint32_t end = i + 1 < n ? blocks[to - 1].span.to : from->span.to;
        if (i == 0) { /* what stands below a subhead is all its own, a lede ends where it ends */
            out->list.at[lede].span.to = from->kind == NEWS_SECTION_LEDE ? end : from->span.to;
            continue;
        }
        news_span title =
            segment->title.from != NEWS_NONE ? segment->title : first_words(text->bytes, at->span);
        section = push(arena, text, out, at, title, NEWS_SECTION_DERIVED);
        if (!section) {
            return false;
        }
        section->span.to = end;
        section->level = from->kind == NEWS_SECTION_LEDE ? 1 : from->level + 1;
    }
    return true;
}

static bool open_sections(news_arena *arena, const news_text *text, const news_block *blocks,
                          uint32_t n_blocks, draft *d) {
    openings open = survey(text, blocks, n_blocks);
    news_sections *out = &d->sections;
    uint32_t level = 0; /* of the last subhead; turns and entries lie below it */
    bool skip = false;
    for (uint32_t i = 0; i < n_blocks; i++) {
        const news_block *block = &blocks[i];
        news_section_kind kind = NEWS_SECTION_LEDE;
        news_span title = block->span, span = block->span;
        bool head = block->role == NEWS_ROLE_SUBHEAD && !skip, below = false;
        skip = false;
        if (open.entries && may_open(block) && news_line_clock(text->bytes, span) > span.from &&
            (block->role != NEWS_ROLE_DATE || out->list.n)) {
            kind = NEWS_SECTION_ENTRY;
            title = entry_title(text, blocks, n_blocks, i, &skip);
            below = true;
        } else if (open.speakers && may_open(block) &&
                   news_line_speaker(text->bytes, span) > span.from) {
            kind = NEWS_SECTION_SPEAKER;
            uint32_t colon = news_line_speaker(text->bytes, span);
            /* "Q" and "A" tell nothing: the words of such a turn are its title. */
            title = colon - span.from <= SHORTEST_NAME ? first_words(text->bytes, span)
                                                       : (news_span){span.from, colon};
            below = true;
        } else if (head) {
            kind = NEWS_SECTION_SECTION;
            level = block->level ? block->level : 1;
        } else if (is_body(block->role) && out->list.n == 0) {
            bool place = block->role == NEWS_ROLE_DATELINE && i + 1 < n_blocks;
            title = first_words(text->bytes, blocks[place ? i + 1 : i].span);
        } else {
            if (block->role != NEWS_ROLE_BOILERPLATE && out->list.n) {
                out->list.at[out->list.n - 1].span.to = block->span.to;
            }
            continue;
        }
        news_section *section =
            push(arena, text, out, block, news_utf8_trim(text->bytes, title), kind);
        uint32_t *start = news_list_push(arena, &d->starts);
        if (!section || !start) {
            return false;
        }
        *start = i;
        section->level = below ? level + 1 : section->level;
        d->others |= below;
        d->subheads |= kind == NEWS_SECTION_SECTION;
    }
    return true;
}

bool news_form_item_outline(news_arena *arena, const news_text *text, const news_roles *roles,
                            news_sections *out) {
    const news_block *blocks = roles->blocks.at;
    uint32_t n_blocks = roles->blocks.n;
    uint32_t item = NEWS_NONE, parent = 0;
    for (uint32_t i = 0; i < n_blocks; i++) {
        const news_block *block = &blocks[i];
        if (block->item == NEWS_NONE || block->role == NEWS_ROLE_BOILERPLATE) {
            continue;
        }
        bool opens = block->item != item;
        if (opens || block->role == NEWS_ROLE_SUBHEAD) {
            news_section *section =
                push(arena, text, out, block, first_words(text->bytes, block->span),
                     opens ? NEWS_SECTION_ITEM : NEWS_SECTION_SECTION);
            if (!section) {
                return false;
            }
            if (opens) {
                parent = out->list.n - 1;
                item = block->item;
            } else {
                section->level++;
            }
        } else if (block->role == NEWS_ROLE_HEADLINE) {
            news_section *section = &out->list.at[parent];
            section->title_span = block->span;
            section->title =
                (news_string){text->bytes + block->span.from, block->span.to - block->span.from};
        }
        out->list.at[out->list.n - 1].span.to = block->span.to;
    }
    settle_levels(out);
    widen(out);
    return true;
}

bool news_form_outline(news_arena *arena, const news_text *text, const news_roles *roles,
                       news_sections *out) {
    const news_block *blocks = roles->blocks.at;
    uint32_t n_blocks = roles->blocks.n;
    draft d = {0};
    if (!open_sections(arena, text, blocks, n_blocks, &d)) {
        return false;
    }
    settle_levels(&d.sections);
    if (d.others) {
        *out = d.sections;
    } else {
        for (uint32_t i = 0; i < d.sections.list.n; i++) {
            uint32_t end = i + 1 < d.sections.list.n ? d.starts.at[i + 1] : n_blocks;
            if (!derive(arena, text, roles, (news_span){d.starts.at[i], end},
                        &d.sections.list.at[i], d.subheads ? below_subhead : whole_article, out)) {
                return false;
            }
        }
    }
    widen(out);
    return true;
}
