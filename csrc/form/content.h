/* Which passages of a web page are its article: small decision trees over what can be seen of each,
 * then a second set that also sees how its neighbours and the elements around it did. */
#ifndef NEWS_CONTENT_H
#define NEWS_CONTENT_H

#include "line.h"

/* What is counted of a group of passages. Shares, links and means below come from it. */
typedef struct news_content_mass {
    uint32_t n, bytes, links, running; /* passages; bytes of text, of links, of running text */
    int64_t score;                     /* sum of the first layer's, by bytes */
} news_content_mass;

/* The formatter never comes to rest on these lists. */
/* clang-format off */

/* One group of passages as five features. */
#define NEWS_CONTENT_MASS(X, group)                                                                \
    X(group##_share)   /* of the page's running text */                                            \
    X(group##_links)   /* part of it that is links */                                              \
    X(group##_n)       /* passages */                                                              \
    X(group##_mean)    /* bytes a passage */                                                       \
    X(group##_running) /* part of it that is running text */

/* A small word of class and id attributes (csrc/data/page_words.txt), see words_near(). */
#define NEWS_CONTENT_WORDS(X)                                                                      \
    X(word_body)                                                                                   \
    X(word_bad)                                                                                    \
    X(word_related)                                                                                \
    X(word_comment)                                                                                \
    X(word_share)                                                                                  \
    X(word_author)                                                                                 \
    X(word_caption)                                                                                \
    X(word_byline) X(word_date) X(word_dek) X(word_pull) X(word_embed) X(word_headline)            \
        X(word_credit)

/* NEWS_IN_… in the order of their bits. */
#define NEWS_CONTENT_PLACES(X)                                                                     \
    X(in_article)                                                                                  \
    X(in_main)                                                                                     \
    X(in_nav)                                                                                      \
    X(in_aside)                                                                                    \
    X(in_header)                                                                                   \
    X(in_footer)                                                                                   \
    X(in_figure) X(in_form) X(in_table) X(in_list) X(in_hidden) X(in_quote) X(in_body_property)    \
        X(behind_picture) X(starts_as_link) X(ends_as_link)

/* NEWS_LINE_… in the order of their bits. */
#define NEWS_CONTENT_FLAGS(X)                                                                      \
    X(is_furniture)                                                                                \
    X(is_scrap)                                                                                    \
    X(has_bullet)                                                                                  \
    X(all_caps)                                                                                    \
    X(starts_small)                                                                                \
    X(starts_quote)                                                                                \
    X(starts_digit)                                                                                \
    X(has_address) X(has_copyright) X(is_date) X(is_outlet) X(is_byline) X(is_photo) X(is_speaker) \
        X(has_clock) X(has_name) X(is_labelled) X(has_bracket)

/* Flags of csrc/data/page_phrases.txt in their order. */
#define NEWS_CONTENT_PHRASES(X)                                                                    \
    X(says_advert)                                                                                 \
    X(says_disclosure)                                                                             \
    X(says_time)                                                                                   \
    X(says_newsletter)                                                                             \
    X(says_related)                                                                                \
    X(says_share)                                                                                  \
    X(says_comment) X(says_account) X(says_sources) X(says_about) X(says_media) X(says_contents)   \
        X(says_facts) X(names_author) X(names_publisher) X(italic) X(bold) X(next_italic)

/* What the trees see. Each feature is a number below NEWS_CONTENT_LEVELS. */
#define NEWS_CONTENT_FIRST(X)                                                                      \
    NEWS_CONTENT_PHRASES(X)                                                                        \
    X(says)                                                                                        \
    X(last_says)                                                                                   \
    X(next_says)                                                                                   \
    X(heading_says)                                                                                \
    X(branch_says)                                                                                 \
    X(element) NEWS_CONTENT_PLACES(X) NEWS_CONTENT_WORDS(X) X(heading_level) X(length) X(words)    \
        X(links) X(stops) X(capitals) X(numbers) X(word_length) X(sentences) X(commas) X(end) X(   \
            quotes) X(personal) X(exclaims) X(bars) X(opening) X(when) X(running)                  \
            NEWS_CONTENT_FLAGS(X) X(depth) NEWS_CONTENT_MASS(X, own) NEWS_CONTENT_MASS(X, parent)  \
                NEWS_CONTENT_MASS(X, above) NEWS_CONTENT_MASS(X, branch) X(branch_words)           \
                    X(branch_places) X(branch_alike)                                               \
                        X(meet_distance) /* steps on the way to the core, see find_way() */        \
        X(meet_share) NEWS_CONTENT_MASS(X, alike)                                                  \
            X(place)       /* part of the page before it, in passages */                           \
        X(before) X(after) /* part of the page's running text */                                   \
        X(title_distance) X(title_side) X(since_running) X(until_running) X(since_heading)         \
            X(heading_opening) X(heading_words) X(heading_side) X(last_length) X(last_links)       \
                X(last_element) X(next_length) X(next_links) X(next_element) X(same_before)        \
                    X(same_after) X(repeated) X(page_running) X(page_n) X(page_core)               \
                        X(page_places)                                                         \
    X(sign)         /* what its first letter is, see sign_of() */                                  \
    X(next_picture) /* a picture stands behind it */                                               \
    X(convention)   /* 0 but while learning: pages whose articles were parted from the rest by     \
                       another notion of what belongs to them are told by 1 */

#define NEWS_CONTENT_SECOND(X)                                                                     \
    X(score)                                                                                       \
    X(score_before)                                                                                \
    X(score_two_before)                                                                            \
    X(score_after)                                                                                 \
    X(score_two_after)                                                                             \
    X(score_near)                                                                                  \
    X(score_own)                                                                                   \
    X(score_parent) X(score_above) X(score_branch) X(score_alike) X(score_past) X(score_to_come)   \
        X(score_section) X(score_heading) X(score_run_before) X(score_run_after)

/* clang-format on */

enum {
#define NAME(name) NEWS_CONTENT_##name,
    NEWS_CONTENT_FIRST(NAME) NEWS_N_CONTENT_FIRST,
    NEWS_CONTENT_LAST_FIRST = NEWS_N_CONTENT_FIRST - 1,
    NEWS_CONTENT_SECOND(NAME) NEWS_N_CONTENT_FEATURES,
#undef NAME
    NEWS_CONTENT_LEVELS = 64,
    NEWS_CONTENT_DEPTH = 6, /* questions of a tree */
};

/* A tree asks the same questions on every way: the answers, from the first on, are the bits of the
 * leaf's number. A question is whether a feature exceeds a number. */
typedef struct news_content_tree {
    struct {
        uint8_t feature, above;
    } asks[NEWS_CONTENT_DEPTH];
    int16_t leaves[1 << NEWS_CONTENT_DEPTH]; /* in units of NEWS_CONTENT_UNIT */
} news_content_tree;

/* Scores are logits times this. */
#define NEWS_CONTENT_UNIT 1024

/* One page while it is judged. */
typedef struct news_content {
    const news_reading *reading;
    const news_line *lines;
    uint32_t n;
    uint32_t title;    /* the passage that is the headline, or NEWS_NONE */
    uint32_t running;  /* bytes of running text */
    uint32_t *before;  /* of it, before each passage; n + 1 of them */
    uint16_t *phrases; /* of passages: flags of csrc/data/page_phrases.txt */
    uint8_t *names;    /* where the author is named in each, and the publisher: see name_class() */
    uint8_t *marks;    /* of passages: MARK_… in content_view.c */
    struct news_content_node {
        news_content_mass mass;
        uint32_t alike;   /* index of its group of elements that are made alike */
        uint32_t meet;    /* where the way from it to the root joins the way to the core */
        uint32_t branch;  /* the last element before that, or itself */
        uint32_t twins;   /* elements like it beside it */
        uint32_t best;    /* its child with most running text, or NEWS_NONE */
        uint16_t phrases; /* of its passages, of an element that branches off only */
        uint8_t step;     /* on the way to the core: elements still to come; else UINT8_MAX */
    } * nodes;            /* one for each of the reading's, and the page as a whole behind them */
    news_content_mass *alike;    /* by group */
    uint32_t *headings;          /* the last heading before each passage, or NEWS_NONE */
    uint32_t *next_running;      /* n + 1 of them */
    uint32_t *last_running;      /* 1 + its index, or 0 */
    news_content_mass *sections; /* of what follows each heading; its own place in the list, +1 */
    int32_t *scores;             /* of the first layer */
    int64_t *past;               /* sums of scores of running text, by bytes; n + 1 of them */
    uint8_t page[4];             /* features that all passages share */
} news_content;

/* Looks at the page; `lines` go with the reading's passages. False: out of memory. */
bool news_content_open(news_arena *arena, const news_reading *reading, const news_line *lines,
                       news_content *out);

/* The features of passage `i`, those of the second layer once scores are there. */
void news_content_view(const news_content *content, uint32_t i, bool second,
                       uint8_t out[NEWS_N_CONTENT_FEATURES]);

/* A score of the first layer below which the second has never found article. */
#define NEWS_CONTENT_HOPELESS (-2 * NEWS_CONTENT_UNIT)

/* The first layer's sum for what was seen. Most passages of a page are menus and the like, which
 * some of the trees tell for certain: the others are not asked. */
int32_t news_content_judge_first(const uint8_t view[NEWS_N_CONTENT_FEATURES],
                                 const news_content_tree *trees, uint32_t n);

/* The trees' sum for what was seen. */
int32_t news_content_judge(const uint8_t view[NEWS_N_CONTENT_FEATURES],
                           const news_content_tree *trees, uint32_t n);

/* Trees of the first layer that are asked of all passages; then those that are hopeless are left.
 */
enum { NEWS_CONTENT_FEW = 16 };

/* What was seen of some passages, to be judged together. */
enum { NEWS_CONTENT_LANES = 32 };
typedef struct news_content_views {
    uint32_t n; /* below NEWS_CONTENT_LANES until it is full */
    uint32_t passages[NEWS_CONTENT_LANES];
    uint8_t at[NEWS_CONTENT_LANES][NEWS_N_CONTENT_FEATURES];
} news_content_views;

/* Room for the view of one more passage. */
uint8_t *news_content_views_push(news_content_views *views, uint32_t passage);

/* Adds the sum of `n` trees for each passage that is there to its score, and forgets them. */
void news_content_judge_all(news_content_views *views, const news_content_tree *trees, uint32_t n,
                            int32_t *scores);

/* Takes in the first layer's scores, one for each passage. */
void news_content_learn(news_content *content);

/* A picture and what is said of it is small; where more stands in a figure, it is no caption. */
bool news_content_is_caption(const news_content *content, uint32_t i);

/* What the elements around a passage make certain of it. */
typedef enum news_content_kind {
    NEWS_CONTENT_PLAIN,
    NEWS_CONTENT_EMBED,
    NEWS_CONTENT_PULLQUOTE,
    NEWS_CONTENT_TABLE,      /* the first passage of a table of data */
    NEWS_CONTENT_TABLE_MORE, /* belongs to the same table as the passage before */
} news_content_kind;

/* Labels (news_label) and kinds for all passages by the trained trees. Where the page has no
 * article, all that is on it counts as text, and `*has_article` is false. False: out of memory. */
bool news_form_content(const news_reading *reading, const news_line *lines, uint8_t *labels,
                       uint8_t *kinds, bool *has_article);

#endif
