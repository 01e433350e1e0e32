/* Labels of a page's passages. */
#include "content.h"
#include "label.h"
#include "word_lists.h"

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

bool news_form_content(news_arena *arena, const news_reading *reading, const news_line *lines,
                       uint8_t *labels) {
    news_content c;
    if (!news_content_open(arena, reading, lines, &c)) {
        return false;
    }
    uint8_t view[NEWS_N_CONTENT_FEATURES];
    for (uint32_t i = 0; i < c.n; i++) {
        news_content_view(&c, i, false, view);
        c.scores[i] = news_content_judge(view, first_trees, COUNT(first_trees));
    }
    news_content_learn(&c);
    uint32_t last = NEWS_NONE, first = NEWS_NONE;
    for (uint32_t i = 0; i < c.n; i++) {
        news_content_view(&c, i, true, view);
        bool is_text = news_content_judge(view, second_trees, COUNT(second_trees)) > 0;
        labels[i] = is_text ? NEWS_LABEL_BODY : NEWS_LABEL_WITHIN;
        if (is_text) {
            first = first == NEWS_NONE ? i : first;
            last = i;
        }
    }
    for (uint32_t i = 0; i < c.n; i++) {
        const news_passage *passage = &reading->passages.list.at[i];
        const news_evidence *evidence = &reading->evidence.at[i];
        bool in_head = c.title != NEWS_NONE && i > c.title && i - c.title <= HEAD;
        if (i == c.title && first != NEWS_NONE) {
            labels[i] = NEWS_LABEL_HEADLINE;
        } else if (labels[i] == NEWS_LABEL_BODY) {
            if (passage->markup == NEWS_MARKUP_HEADING) {
                labels[i] = NEWS_LABEL_SUBHEAD;
            } else if (passage->markup == NEWS_MARKUP_CAPTION ||
                       (evidence->places & NEWS_IN_FIGURE)) {
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
