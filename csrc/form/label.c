/* A linear chain over the page's lines (Viterbi), its weights fitted by csrc/tools/train_outline.c.
 */
#include "label.h"
#include "outline_model.h"
#include "word_lists.h"

#include <string.h>

enum { N_STATES = NEWS_N_LABEL_STATES, MOST_WORDS = 16 };

/* Pages with less than half of their lines running text were scraped whole. What a page without a
 * headline then costs, in the weights' hundredths. */
enum { SCRAPED = 2, SCRAPED_LINES = 20, HEADLINE_FORCE = 800 };

/* Less than any sum of scores: pages have fewer than 2^32 lines, each far below 2^24. */
#define NEVER (INT64_MIN / 4)

bool news_label_may_start(uint32_t state) {
    return (state < NEWS_N_LABELS) == (state % NEWS_N_LABELS != NEWS_LABEL_HEADLINE);
}

bool news_label_may_follow(uint32_t before, uint32_t state) {
    bool first = before < NEWS_N_LABELS, second = state >= NEWS_N_LABELS;
    uint32_t a = before % NEWS_N_LABELS, b = state % NEWS_N_LABELS;
    if ((a == NEWS_LABEL_AFTER && b != NEWS_LABEL_AFTER) ||
        (b == NEWS_LABEL_BEFORE && a != NEWS_LABEL_BEFORE) ||
        (a == NEWS_LABEL_BEFORE && (b == NEWS_LABEL_WITHIN || b == NEWS_LABEL_AFTER))) {
        return false;
    }
    if (b == NEWS_LABEL_HEADLINE) {
        return first && second;
    }
    return first == !second;
}

bool news_label_decode(news_arena *arena, const news_label_scores *scores, uint32_t n,
                       uint8_t *labels) {
    uint8_t(*back)[N_STATES] = news_arena_array(arena, n ? n : 1, sizeof *back);
    if (!back) {
        return false;
    }
    uint8_t before[N_STATES][N_STATES], n_before[N_STATES] = {0}; /* states that one may follow */
    for (uint32_t s = 0; s < N_STATES; s++) {
        for (uint32_t b = 0; b < N_STATES; b++) {
            if (news_label_may_follow(b, s)) {
                before[s][n_before[s]++] = (uint8_t)b;
            }
        }
    }
    int64_t best[N_STATES], next[N_STATES];
    for (uint32_t i = 0; i < n; i++) {
        for (uint32_t s = 0; s < N_STATES; s++) {
            uint32_t label = s % NEWS_N_LABELS;
            next[s] = NEVER;
            if (!(scores->allowed[i] >> label & 1u)) {
                continue;
            }
            if (i == 0) {
                next[s] = news_label_may_start(s) ? scores->pairs[NEWS_N_LABELS][label] : NEVER;
            }
            for (uint32_t k = 0; i > 0 && k < n_before[s]; k++) {
                uint32_t b = before[s][k];
                int64_t sum = best[b] + scores->pairs[b % NEWS_N_LABELS][label];
                if (best[b] > NEVER && sum > next[s]) {
                    next[s] = sum;
                    back[i][s] = (uint8_t)b;
                }
            }
            if (next[s] > NEVER) {
                next[s] += scores->lines[i][label] + scores->layers[s >= NEWS_N_LABELS][label];
            }
        }
        memcpy(best, next, sizeof best);
    }
    for (uint32_t s = 0; n && s < N_STATES; s++) {
        best[s] += best[s] > NEVER ? scores->ends[s >= NEWS_N_LABELS] : 0;
    }
    uint32_t state = 0;
    for (uint32_t s = 1; n && s < N_STATES; s++) {
        state = best[s] > best[state] ? s : state;
    }
    for (uint32_t i = n; i-- > 0;) {
        labels[i] = (uint8_t)(state % NEWS_N_LABELS);
        state = back[i][state];
    }
    return true;
}

/* The labels of what is no part of the article. */
enum { JUNK = 1 << NEWS_LABEL_BEFORE | 1 << NEWS_LABEL_WITHIN | 1 << NEWS_LABEL_AFTER };

/* A whole sentence that nothing marks as a page's own. */
static bool is_sentence(const news_line *line) {
    enum { LEAST = 6 };
    return line->n_words >= LEAST && line->end == NEWS_END_STOP && !line->opening &&
           !(line->flags & (NEWS_LINE_SCRAP | NEWS_LINE_FURNITURE | NEWS_LINE_COPYRIGHT |
                            NEWS_LINE_LINK | NEWS_LINE_IS_DATE | NEWS_LINE_STARTS_SMALL));
}

/* Forms that no headline has: rows of links, a name and a place or nothing more, a button. */
static bool is_no_headline(const news_line *line) {
    bool named = (line->flags & NEWS_LINE_NAME) && line->n_words <= 7 && line->n_words >= 2 &&
                 line->n_long == line->n_long_caps && line->n_capitals + 3 > line->n_words - 1 &&
                 line->end == NEWS_END_WORD && (line->n_stops == 1 || line->n_words <= 3);
    bool button = line->n_words <= 6 && line->opening > NEWS_OPENING_PUBLISHED + 1 &&
                  line->opening != NEWS_OPENING_POINTS + 1;
    bool outlet = line->flags & (NEWS_LINE_OUTLET | NEWS_LINE_IS_DATE | NEWS_LINE_FURNITURE);
    return line->n_bars >= 2 || named || button || outlet || (line->flags & NEWS_LINE_BYLINE);
}

/* What a line may be, from what its format says. */
static uint8_t allowed_labels(const news_passage *passage, const news_line *line) {
    enum {
        HEADLINE = 1 << NEWS_LABEL_HEADLINE,
        SUBHEAD = 1 << NEWS_LABEL_SUBHEAD,
        BODY = 1 << NEWS_LABEL_BODY,
        ALL = (1 << NEWS_N_LABELS) - 1
    };
    if (line->n_words == 0) {
        return JUNK;
    }
    switch (passage->markup) {
    case NEWS_MARKUP_JUNK:
    case NEWS_MARKUP_FRONT_MATTER:
        return JUNK;
    case NEWS_MARKUP_HEADING:
        return JUNK | HEADLINE | SUBHEAD;
    case NEWS_MARKUP_QUOTE:
    case NEWS_MARKUP_CODE:
    case NEWS_MARKUP_TABLE:
        return BODY;
    case NEWS_MARKUP_LIST_ITEM:
        return JUNK | BODY;
    case NEWS_MARKUP_CAPTION:
        return 1 << NEWS_LABEL_SUPPLEMENT;
    case NEWS_MARKUP_NONE:
        break;
    }
    if (line->flags & NEWS_LINE_SCRAP) {
        return JUNK;
    }
    return is_no_headline(line) ? ALL & ~HEADLINE : ALL;
}

static void add(int32_t *sums, const int16_t *weights) {
    for (uint32_t label = 0; label < NEWS_N_LABELS; label++) {
        sums[label] += weights[label];
    }
}

static void score_line(const news_page *page, uint32_t i, int32_t *sums) {
    uint16_t features[NEWS_MOST_FEATURES];
    uint32_t n = news_form_features(page, i, features);
    for (uint32_t k = 0; k < n; k++) {
        add(sums, news_outline_weights[features[k]]);
    }
    news_feature_word words[MOST_WORDS];
    n = news_form_feature_words(page, i, words, MOST_WORDS);
    for (uint32_t k = 0; k < n; k++) {
        news_word known = news_words_find(&news_outline_words, words[k].bytes, words[k].n);
        if (known.is_entry) {
            add(sums, news_outline_word_weights[known.value]);
        }
    }
}

/* In words: of a headline, of one that may end in a full stop, and of the text below that. */
enum { LONGEST_TITLE = 30, SHORT_TITLE = 13, LONG_LEDE = 18 };

/* Where the weights see no headline: the article's first line may still be one, by its place above
 * text and its form, in title case or without a full stop. */
static void claim_first(const news_page *page, const uint8_t *allowed, uint8_t *labels) {
    uint32_t first = 0;
    while (first < page->n && labels[first] == NEWS_LABEL_BEFORE && first < page->core.from) {
        first++;
    }
    for (uint32_t i = 0; i < page->n; i++) {
        if (labels[i] == NEWS_LABEL_HEADLINE) {
            return;
        }
    }
    if (first + 1 >= page->n || !(allowed[first] >> NEWS_LABEL_HEADLINE & 1) ||
        labels[first] == NEWS_LABEL_SUBHEAD) {
        return;
    }
    const news_line *line = &page->lines[first], *next = &page->lines[first + 1];
    bool stops = line->end == NEWS_END_STOP || line->end == NEWS_END_ELLIPSIS;
    bool titled = line->n_long >= 2 && line->n_long_caps * 2 > line->n_long;
    bool label = line->n_words >= 2 && line->n_words <= LONGEST_TITLE && line->n_sentences <= 2 &&
                 !line->has_when && !(line->flags & (NEWS_LINE_BULLET | NEWS_LINE_BYLINE)) &&
                 line->end != NEWS_END_COMMA;
    bool stands_out = line->n_words <= SHORT_TITLE && next->n_words >= LONG_LEDE;
    if (label && (titled || !stops || stands_out) && next->n_words > line->n_words / 2 &&
        news_line_is_running(next)) {
        labels[first] = NEWS_LABEL_HEADLINE;
    }
}

/* What the weights were learnt on are whole pages: a note of a few lines, text on which nothing of
 * a page stands, and a page in which they see no article at all tell them too little. There what
 * can be the article's is: the first line its headline if it has the form, a short line that text
 * follows a subhead. Of longer text without furniture only sentences are certain. */
static void keep_article(const news_page *page, const news_passage *passages,
                         const uint8_t *allowed, uint8_t *labels) {
    enum { FEW = 12, LONGEST_SUBHEAD = 12, SHORTEST = 5, LEAST = 3 };
    enum {
        PAGE = NEWS_LINE_FURNITURE | NEWS_LINE_SCRAP | NEWS_LINE_COPYRIGHT | NEWS_LINE_LINK |
               NEWS_LINE_OUTLET
    };
    uint32_t furniture = 0, signs = 0;
    bool headline = false, nothing = true, first = true;
    for (uint32_t i = 0; i < page->n; i++) {
        const news_line *line = &page->lines[i];
        furniture += (line->flags & NEWS_LINE_FURNITURE) &&
                     (allowed[i] >> NEWS_LABEL_BODY & 1); /* a marked heading may be one word */
        signs += line->opening || line->n_bars || (line->flags & PAGE);
        headline |= labels[i] == NEWS_LABEL_HEADLINE;
        nothing &= news_label_is_junk(labels[i]);
    }
    bool is_short = page->n <= FEW && furniture * 5 <= page->n;
    if (!is_short && !nothing && signs > 0) {
        return;
    }
    for (uint32_t i = 0; i < page->n && i < page->comments; i++) {
        const news_line *line = &page->lines[i];
        bool heading = passages[i].markup == NEWS_MARKUP_HEADING;
        bool may_read = allowed[i] & (1 << NEWS_LABEL_BODY | 1 << NEWS_LABEL_SUBHEAD);
        bool listed = line->opening ||
                      (line->flags & (NEWS_LINE_FURNITURE | NEWS_LINE_SCRAP | NEWS_LINE_COPYRIGHT));
        bool sentence = line->n_words >= LEAST &&
                        (line->end == NEWS_END_STOP || line->end == NEWS_END_QUESTION);
        bool bare = line->n_words <= SHORTEST && line->end == NEWS_END_WORD && i > 0 &&
                    i + 1 < page->n && page->lines[i - 1].end == NEWS_END_STOP &&
                    news_line_is_running(&page->lines[i + 1]) && !line->has_when &&
                    !(line->flags & (NEWS_LINE_BULLET | NEWS_LINE_STARTS_SMALL));
        if (is_short && labels[i] == NEWS_LABEL_BODY && bare && !listed &&
            allowed[i] >> NEWS_LABEL_SUBHEAD & 1) {
            labels[i] = NEWS_LABEL_SUBHEAD; /* a few words between two paragraphs */
        }
        bool uncertain = !is_short && !nothing && !sentence;
        if (!news_label_is_junk(labels[i]) || line->n_words == 0 ||
            !(may_read || allowed[i] >> NEWS_LABEL_HEADLINE & 1) || (listed && !heading) ||
            uncertain) {
            first &= news_label_is_junk(labels[i]);
            continue;
        }
        bool follows = i + 1 < page->n && passages[i + 1].markup == NEWS_MARKUP_NONE &&
                       page->lines[i + 1].n_words > 0;
        bool title = heading || (line->end == NEWS_END_WORD && follows &&
                                 !(line->flags & (NEWS_LINE_BULLET | NEWS_LINE_STARTS_SMALL)) &&
                                 line->n_words <=
                                     (first ? (uint32_t)LONGEST_TITLE : (uint32_t)LONGEST_SUBHEAD));
        if (first && !headline && title && allowed[i] >> NEWS_LABEL_HEADLINE & 1) {
            labels[i] = NEWS_LABEL_HEADLINE;
            headline = true;
        } else if (title && allowed[i] >> NEWS_LABEL_SUBHEAD & 1) {
            labels[i] = NEWS_LABEL_SUBHEAD;
        } else {
            labels[i] = NEWS_LABEL_BODY;
        }
        first = false;
    }
}

/* A headline that stands twice, as scraped pages have it: the first is meant, and what stands
 * between the two belongs to it. */
static void prefer_earlier(const news_page *page, const uint8_t *allowed, uint8_t *labels) {
    enum { FURTHEST = 8 };
    uint32_t chosen = 0;
    while (chosen < page->n && labels[chosen] != NEWS_LABEL_HEADLINE) {
        chosen++;
    }
    for (uint32_t i = chosen; chosen < page->n && i-- > 0 && chosen - i <= FURTHEST;) {
        if (page->lines[i].hash != page->lines[chosen].hash ||
            page->lines[i].n_words != page->lines[chosen].n_words ||
            !(allowed[i] >> NEWS_LABEL_HEADLINE & 1)) {
            continue;
        }
        labels[i] = NEWS_LABEL_HEADLINE;
        for (uint32_t k = i + 1; k < chosen; k++) {
            if (labels[k] == NEWS_LABEL_BEFORE && page->lines[k].n_words) {
                labels[k] = NEWS_LABEL_SUPPLEMENT;
            }
        }
        labels[chosen] = NEWS_LABEL_WITHIN;
        return;
    }
}

/* Of two lines one below the other that are nearly as likely the first is meant, and the second is
 * its dek: the weights see each by itself. */
static void prefer_upper(const news_page *page, const uint8_t *allowed,
                         const int32_t (*scores)[NEWS_N_LABELS], uint8_t *labels) {
    enum { NEARLY = 30, LEAST = 3, MOST = 16 }; /* in the weights' hundredths; words */
    uint32_t i = 1;
    while (i < page->n && labels[i] != NEWS_LABEL_HEADLINE) {
        i++;
    }
    if (i >= page->n || !(allowed[i - 1] >> NEWS_LABEL_HEADLINE & 1) ||
        !(allowed[i] >> NEWS_LABEL_SUPPLEMENT & 1)) {
        return;
    }
    const news_line *upper = &page->lines[i - 1];
    bool titled = upper->n_words >= LEAST && upper->n_words <= MOST && upper->n_bars == 0 &&
                  !upper->has_when && !upper->opening &&
                  (upper->end == NEWS_END_WORD || upper->end == NEWS_END_QUOTE ||
                   upper->end == NEWS_END_QUESTION);
    if (titled && page->lines[i].n_words > LEAST + 1 &&
        scores[i][NEWS_LABEL_HEADLINE] - scores[i - 1][NEWS_LABEL_HEADLINE] < NEARLY) {
        labels[i - 1] = NEWS_LABEL_HEADLINE;
        labels[i] = NEWS_LABEL_SUPPLEMENT;
    }
}

/* A file that somebody saved begins with its headline: where the weights choose a line a little
 * further down and nothing of a page's furniture stands above it, the first line is meant. */
static void prefer_first(const news_page *page, const uint8_t *allowed, uint8_t *labels) {
    enum { FURTHEST = 6, LEAST = 4 };
    uint32_t first = 0, chosen = 0;
    while (first < page->n && (page->lines[first].flags & NEWS_LINE_SCRAP)) {
        first++;
    }
    while (chosen < page->n && labels[chosen] != NEWS_LABEL_HEADLINE) {
        chosen++;
    }
    if (chosen >= page->n || chosen <= first || chosen - first > FURTHEST) {
        return;
    }
    const news_line *line = &page->lines[first];
    if (line->n_words < LEAST || line->n_words > LONGEST_TITLE || line->end == NEWS_END_STOP ||
        line->end == NEWS_END_COMMA || line->n_bars || line->opening || line->has_when ||
        (line->flags & (NEWS_LINE_FURNITURE | NEWS_LINE_COPYRIGHT | NEWS_LINE_LINK)) ||
        !(allowed[first] >> NEWS_LABEL_HEADLINE & 1)) {
        return;
    }
    for (uint32_t i = first + 1; i < chosen; i++) {
        const news_line *l = &page->lines[i];
        bool meta = l->has_when || (l->flags & (NEWS_LINE_CLOCK | NEWS_LINE_BYLINE));
        if ((l->flags & NEWS_LINE_FURNITURE) || l->n_bars || (l->n_words <= LEAST && !meta)) {
            return;
        }
    }
    bool text_behind = chosen + 1 < page->n && news_line_is_running(&page->lines[chosen + 1]);
    labels[chosen] = chosen > first + 2 && text_behind ? NEWS_LABEL_SUBHEAD : NEWS_LABEL_SUPPLEMENT;
    labels[first] = NEWS_LABEL_HEADLINE;
    for (uint32_t i = first + 1; i < chosen; i++) {
        if (labels[i] == NEWS_LABEL_BEFORE) {
            labels[i] = NEWS_LABEL_SUPPLEMENT;
        }
    }
}

/* Of marked headings only the first of the highest level can be the headline; NEWS_NONE where none
 * is marked. */
static uint32_t first_title(const news_passage *passages, uint32_t n) {
    uint32_t best = NEWS_NONE;
    for (uint32_t i = 0; i < n; i++) {
        if (passages[i].markup == NEWS_MARKUP_HEADING &&
            (best == NEWS_NONE || passages[i].level < passages[best].level)) {
            best = i;
        }
    }
    return best;
}

bool news_form_labels(news_arena *arena, const char *text, const news_passage *passages,
                      const news_line *lines, uint32_t n, uint8_t *labels) {
    news_page page;
    news_label_scores scores = {.lines = news_arena_array(arena, n + 1, sizeof *scores.lines),
                                .pairs = news_outline_pairs,
                                .layers = news_outline_layers};
    uint8_t *allowed = news_arena_array(arena, n + 1, 1);
    if (!scores.lines || !allowed || !news_form_page(arena, text, lines, n, &page)) {
        return false;
    }
    uint32_t title = first_title(passages, n);
    for (uint32_t i = 0; i < n; i++) {
        allowed[i] =
            i >= page.comments ? 1 << NEWS_LABEL_AFTER : allowed_labels(&passages[i], &lines[i]);
        if (i == title && passages[i].level == 1 && i < page.comments) {
            allowed[i] = 1 << NEWS_LABEL_HEADLINE; /* its author says so */
        } else if (passages[i].markup == NEWS_MARKUP_HEADING && i != title) {
            allowed[i] &= (uint8_t) ~(1u << NEWS_LABEL_HEADLINE);
        } else if (title != NEWS_NONE && i > title && i < page.comments && is_sentence(&lines[i]) &&
                   passages[i].markup == NEWS_MARKUP_NONE) {
            allowed[i] &= (uint8_t)~JUNK; /* who marks headings writes no furniture in sentences */
        }
        score_line(&page, i, scores.lines[i]);
    }
    scores.allowed = allowed;
    int32_t ends[2] = {news_outline_ends[page.text_share][0],
                       news_outline_ends[page.text_share][1]};
    if (page.text_share <= SCRAPED &&
        n >= SCRAPED_LINES) { /* a whole page of a site: its headline is there somewhere */
        ends[0] -= HEADLINE_FORCE;
    }
    scores.ends = ends;
    if (!news_label_decode(arena, &scores, n, labels)) {
        return false;
    }
    prefer_earlier(&page, allowed, labels);
    prefer_upper(&page, allowed, (const int32_t(*)[NEWS_N_LABELS])scores.lines, labels);
    keep_article(&page, passages, allowed, labels);
    claim_first(&page, allowed, labels);
    prefer_first(&page, allowed, labels);
    return true;
}
