/* Labels of a page's passages. */
#include "content.h"
#include "label.h"
#include "word_lists.h"

#include <string.h>

/* Fitted by script/train html on part of the development pages; see csrc/data/README.md. */
static const news_content_tree first_trees[] = {
#include "content_first.trees"
};
static const news_content_tree second_trees[] = {
#include "content_second.trees"
};

#define COUNT(list) ((uint32_t)(sizeof(list) / sizeof *(list)))

/* ---- Labels -----------------------------------------------------------------------------------
 */

/* Words of the class, or of the elements around, that say what a passage beside the text is. */
static bool is_supplement(const news_evidence *evidence, const news_passage *passage,
                          const news_line *line) {
    enum {
        WORDS = NEWS_PAGE_WORDS_CAPTION | NEWS_PAGE_WORDS_CREDIT | NEWS_PAGE_WORDS_BYLINE |
                NEWS_PAGE_WORDS_DEK
    };
    bool shown = passage->markup == NEWS_MARKUP_CAPTION || (evidence->places & NEWS_IN_FIGURE);
    bool told = (evidence->words & WORDS) || (line->flags & (NEWS_LINE_BYLINE | NEWS_LINE_IS_DATE));
    return shown || told;
}

/* Lines from the headline on in which byline, date and the like are looked for. */
enum { HEAD = 14 };

/* ---- Kinds ------------------------------------------------------------------------------------
 */

/* Whether an element that says so of itself holds an embedded post or a pull quote around the
 * passage, up to where its way joins that to the article: what is around the article tells nothing
 * of its parts. A post is short: sites call whole sections and single paragraphs "embed", too. */
static news_content_kind kind_beside(const news_content *c, uint32_t i) {
    enum { FARTHEST = 4, LONGEST_POST = 1200, MOST_PASSAGES = 6 };
    const news_evidence *evidence = &c->reading->evidence.at[i];
    bool is_set = evidence->element == NEWS_ELEMENT_PARAGRAPH ||
                  evidence->element == NEWS_ELEMENT_HEADING ||
                  evidence->element == NEWS_ELEMENT_LIST_ITEM;
    uint32_t node = evidence->node;
    news_content_kind kind = NEWS_CONTENT_PLAIN;
    for (uint32_t k = 0; k < FARTHEST && node != NEWS_NONE && c->nodes[node].step == UINT8_MAX;
         k++, node = c->reading->nodes.at[node].parent) {
        uint32_t words = c->reading->nodes.at[node].words;
        const news_content_mass *mass = &c->nodes[node].mass;
        if (words & NEWS_PAGE_WORDS_PULL) {
            return NEWS_CONTENT_PULLQUOTE;
        }
        if ((words & NEWS_PAGE_WORDS_EMBED) && mass->bytes <= LONGEST_POST &&
            mass->n <= MOST_PASSAGES && !(k == 0 && is_set)) {
            kind = NEWS_CONTENT_EMBED;
        }
    }
    return kind;
}

/* Many short passages of which few are running text: not a table that lays out a page. */
static bool is_data(const struct news_content_node *table) {
    enum { LEAST_CELLS = 4, LONGEST_CELL = 120 };
    const news_content_mass *mass = &table->mass;
    return table->step == UINT8_MAX && mass->n >= LEAST_CELLS &&
           mass->bytes / mass->n <= LONGEST_CELL && mass->running <= mass->bytes / 3;
}

/* Tables of data are article as a whole or not at all. */
static bool find_tables(news_arena *arena, const news_content *c, uint8_t *labels, uint8_t *kinds) {
    const news_node *nodes = c->reading->nodes.at;
    uint32_t n = c->reading->nodes.n;
    uint32_t *tables = news_arena_array(arena, n + 1, sizeof *tables); /* around each node */
    uint32_t *texts = news_arena_array(arena, n + 1, sizeof *texts); /* bytes of article in each */
    if (!tables || !texts) {
        return false;
    }
    for (uint32_t i = 0; i < n; i++) {
        bool own = (nodes[i].places & NEWS_IN_TABLE) && is_data(&c->nodes[i]);
        tables[i] = own ? i : nodes[i].parent == NEWS_NONE ? n : tables[nodes[i].parent];
    }
    tables[n] = n;
    for (uint32_t i = 0; i < c->n; i++) {
        uint32_t node = c->reading->evidence.at[i].node,
                 table = tables[node == NEWS_NONE ? n : node];
        news_span span = c->lines[i].span;
        texts[table] += labels[i] == NEWS_LABEL_BODY ? span.to - span.from : 0;
    }
    for (uint32_t i = 0, before = n; i < c->n; i++) {
        uint32_t node = c->reading->evidence.at[i].node,
                 table = tables[node == NEWS_NONE ? n : node];
        if (table != n && i != c->title) {
            bool is_text = texts[table] * 2ull > c->nodes[table].mass.bytes;
            labels[i] = is_text ? NEWS_LABEL_BODY : NEWS_LABEL_WITHIN;
            kinds[i] = !is_text          ? NEWS_CONTENT_PLAIN
                       : table == before ? NEWS_CONTENT_TABLE_MORE
                                         : NEWS_CONTENT_TABLE;
            before = is_text ? table : n;
        } else {
            before = n;
        }
    }
    return true;
}

/* ---- Pages without an article ------------------------------------------------------------------
 */

/* A heading that is a link, with little text behind it: a teaser of another page. */
static bool is_teaser(const news_content *c, uint32_t i, uint32_t *text) {
    enum { LONGEST_TEASER = 400 };
    const news_passage *passage = &c->reading->passages.list.at[i];
    if (passage->markup != NEWS_MARKUP_HEADING ||
        c->reading->evidence.at[i].n_link * 5 < (passage->span.to - passage->span.from) * 4) {
        return false;
    }
    *text = c->sections[i + 1].running;
    return *text <= LONGEST_TEASER;
}

/* A front page has teasers where an article has text; a log-in wall or a video page next to
 * nothing. */
static bool is_article(const news_content *c, const uint8_t *labels) {
    enum { LEAST_BYTES = 140, LEAST_TEASERS = 5 };
    uint32_t bytes = 0, teased = 0, teasers = 0, text;
    for (uint32_t i = 0; i < c->n; i++) {
        bytes += labels[i] == NEWS_LABEL_BODY ? c->before[i + 1] - c->before[i] : 0;
        if (is_teaser(c, i, &text)) {
            teasers++;
            teased += text;
        }
    }
    return bytes >= LEAST_BYTES && !(teasers >= LEAST_TEASERS && teased * 5ull >= bytes * 3ull);
}

/* A page typed by hand, or a piece of one: no links to speak of, no forms, no navigation. */
static bool is_bare(const news_content *c) {
    enum { MOST_PASSAGES = 40 };
    uint32_t bytes = 0, links = 0;
    for (uint32_t i = 0; i < c->n && c->n <= MOST_PASSAGES; i++) {
        const news_evidence *evidence = &c->reading->evidence.at[i];
        if (evidence->places & (NEWS_IN_NAV | NEWS_IN_FORM | NEWS_IN_FOOTER | NEWS_IN_ASIDE)) {
            return false;
        }
        bytes += c->lines[i].span.to - c->lines[i].span.from;
        links += evidence->n_link;
    }
    return c->n <= MOST_PASSAGES && links * 5 <= bytes;
}

/* All of the page but menus and footers is offered then. */
static void take_all(const news_content *c, uint8_t *labels, uint8_t *kinds) {
    enum {
        MOST_HEADINGS = 1000, /* an outline of more helps nobody, and each costs memory */
        MOST_PASSAGES = 20000 /* what has more and no article was not written to be read */
    };
    uint32_t headings = 0;
    if (c->n > MOST_PASSAGES) {
        memset(labels, NEWS_LABEL_WITHIN, c->n);
        return;
    }
    for (uint32_t i = 0; i < c->n; i++) {
        bool aside = c->reading->evidence.at[i].places & (NEWS_IN_NAV | NEWS_IN_FOOTER);
        bool heading = c->reading->passages.list.at[i].markup == NEWS_MARKUP_HEADING &&
                       headings < MOST_HEADINGS;
        headings += heading && !aside;
        labels[i] = aside           ? NEWS_LABEL_WITHIN
                    : i == c->title ? NEWS_LABEL_HEADLINE
                    : heading       ? NEWS_LABEL_SUBHEAD
                                    : NEWS_LABEL_BODY;
        kinds[i] = NEWS_CONTENT_PLAIN;
    }
}

/* ---- All of it ---- */

bool news_content_is_caption(const news_content *c, uint32_t i) {
    const news_evidence *evidence = &c->reading->evidence.at[i];
    news_markup markup = c->reading->passages.list.at[i].markup;
    bool is_loose = markup == NEWS_MARKUP_NONE && evidence->element != NEWS_ELEMENT_CELL;
    return markup == NEWS_MARKUP_CAPTION || ((evidence->places & NEWS_IN_FIGURE) && is_loose);
}

/* Most passages of a page are menus and the like, which some of the trees tell for certain: the
 * others are not asked. */
static void judge_first(news_content *c) {
    news_content_views views = {.n = 0}, hopeful = {.n = 0};
    for (uint32_t i = 0; i < c->n; i++) {
        news_content_view(c, i, false, news_content_views_push(&views, i));
        if (views.n < NEWS_CONTENT_LANES && i + 1 < c->n) {
            continue;
        }
        uint32_t n = views.n, first = views.passages[0];
        news_content_judge_all(&views, first_trees, NEWS_CONTENT_FEW, c->scores);
        for (uint32_t k = 0; k < n; k++) {
            if (c->scores[first + k] >= NEWS_CONTENT_HOPELESS) {
                memcpy(news_content_views_push(&hopeful, first + k), views.at[k],
                       sizeof views.at[k]);
            }
            if (hopeful.n == NEWS_CONTENT_LANES) {
                news_content_judge_all(&hopeful, first_trees + NEWS_CONTENT_FEW,
                                       COUNT(first_trees) - NEWS_CONTENT_FEW, c->scores);
            }
        }
    }
    news_content_judge_all(&hopeful, first_trees + NEWS_CONTENT_FEW,
                           COUNT(first_trees) - NEWS_CONTENT_FEW, c->scores);
}

/* Scores of the second layer, 0 for what the first has no hope of. */
static void judge_second(const news_content *c, int32_t *scores) {
    news_content_views views = {.n = 0};
    for (uint32_t i = 0; i < c->n; i++) {
        if (c->scores[i] >= NEWS_CONTENT_HOPELESS) {
            news_content_view(c, i, true, news_content_views_push(&views, i));
        }
        if (views.n == NEWS_CONTENT_LANES) {
            news_content_judge_all(&views, second_trees, COUNT(second_trees), scores);
        }
    }
    news_content_judge_all(&views, second_trees, COUNT(second_trees), scores);
}

_Static_assert(COUNT(first_trees) > NEWS_CONTENT_FEW, "some of the first trees are asked later");

static bool label_page(news_arena *arena, const news_reading *reading, const news_line *lines,
                       uint8_t *labels, uint8_t *kinds, bool *has_article) {
    news_content c;
    if (!news_content_open(arena, reading, lines, &c)) {
        return false;
    }
    int32_t *seconds = news_arena_array(arena, c.n + 1, sizeof *seconds);
    if (!seconds) {
        return false;
    }
    judge_first(&c);
    news_content_learn(&c);
    judge_second(&c, seconds);
    for (uint32_t i = 0; i < c.n; i++) {
        labels[i] = seconds[i] > 0 ? NEWS_LABEL_BODY : NEWS_LABEL_WITHIN;
    }
    bool found = is_article(&c, labels);
    *has_article = found || is_bare(&c);
    if (!found) {
        take_all(&c, labels, kinds);
        return true;
    }
    if (!find_tables(arena, &c, labels, kinds)) {
        return false;
    }
    uint32_t last = NEWS_NONE, first = NEWS_NONE;
    for (uint32_t i = 0; i < c.n; i++) {
        if (labels[i] == NEWS_LABEL_BODY) {
            first = first == NEWS_NONE ? i : first;
            last = i;
        }
    }
    for (uint32_t i = 0; i < c.n; i++) {
        const news_passage *passage = &reading->passages.list.at[i];
        const news_evidence *evidence = &reading->evidence.at[i];
        bool in_head = c.title != NEWS_NONE && i > c.title && i - c.title <= HEAD;
        bool within = first != NEWS_NONE && i >= first && i <= last;
        news_content_kind beside = within ? kind_beside(&c, i) : NEWS_CONTENT_PLAIN;
        if (i == c.title && first != NEWS_NONE) {
            labels[i] = NEWS_LABEL_HEADLINE;
        } else if (kinds[i] != NEWS_CONTENT_PLAIN) {
            labels[i] = NEWS_LABEL_BODY;
        } else if (beside != NEWS_CONTENT_PLAIN) {
            kinds[i] = (uint8_t)beside;
            labels[i] = NEWS_LABEL_BODY;
        } else if (labels[i] == NEWS_LABEL_BODY) {
            if (passage->markup == NEWS_MARKUP_HEADING) {
                labels[i] = NEWS_LABEL_SUBHEAD;
            } else if (news_content_is_caption(&c, i)) {
                labels[i] = NEWS_LABEL_SUPPLEMENT;
            }
        } else if (is_supplement(evidence, passage, &lines[i]) && first != NEWS_NONE && i < last &&
                   (in_head || (i > first && (evidence->places & NEWS_IN_FIGURE)))) {
            labels[i] = NEWS_LABEL_SUPPLEMENT;
        } else if (i < (c.title != NEWS_NONE && c.title < first ? c.title : first)) {
            labels[i] = NEWS_LABEL_BEFORE;
        } else if (last == NEWS_NONE || i > last) {
            labels[i] = NEWS_LABEL_AFTER;
        }
    }
    return true;
}

/* What the page is weighed by is given back before anything is made of the labels. */
bool news_form_content(const news_reading *reading, const news_line *lines, uint8_t *labels,
                       uint8_t *kinds, bool *has_article) {
    news_arena scratch = {0};
    bool done = label_page(&scratch, reading, lines, labels, kinds, has_article);
    news_arena_free(&scratch);
    return done;
}
