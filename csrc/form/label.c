/* Labels by rule. */
#include "label.h"
#include "word_lists.h"

static bool is_opening(const news_line *line, unsigned value) {
    return line->opening == value + 1;
}

static bool is_supplement(const news_line *line) {
    return (line->flags & (NEWS_LINE_IS_DATE | NEWS_LINE_BYLINE | NEWS_LINE_OUTLET)) ||
           (line->n_words <= 14 && is_opening(line, NEWS_OPENING_CREDIT)) ||
           (line->n_words <= 40 && is_opening(line, NEWS_OPENING_CAPTION)) ||
           (line->n_words <= 60 && (line->flags & NEWS_LINE_PHOTO));
}

static bool is_junk(const news_passage *passage, const news_line *line) {
    if (passage->markup == NEWS_MARKUP_JUNK || passage->markup == NEWS_MARKUP_FRONT_MATTER ||
        (line->flags & (NEWS_LINE_SCRAP | NEWS_LINE_FURNITURE)) || line->n_words == 0) {
        return true;
    }
    return line->opening >= NEWS_OPENING_SHARE + 1 && line->opening != NEWS_OPENING_POINTS + 1 &&
           line->n_words <= 20 && !news_line_is_running(line);
}

static bool is_head(const news_line *line) {
    return line->n_words >= 1 && line->n_words <= 14 && !(line->flags & NEWS_LINE_STARTS_SMALL) &&
           (line->end == NEWS_END_WORD || line->end == NEWS_END_QUESTION ||
            line->end == NEWS_END_QUOTE || line->end == NEWS_END_OTHER);
}

bool news_form_labels(news_arena *arena, const news_passage *passages, const news_line *lines,
                      uint32_t n, uint8_t *labels) {
    (void)arena;
    bool headline = false;
    for (uint32_t i = 0; i < n; i++) {
        const news_line *line = &lines[i];
        if (is_junk(&passages[i], line)) {
            labels[i] = NEWS_LABEL_JUNK;
        } else if (is_supplement(line)) {
            labels[i] = NEWS_LABEL_SUPPLEMENT;
        } else if (!headline && passages[i].markup != NEWS_MARKUP_LIST_ITEM && line->n_words >= 3 &&
                   line->n_words <= 32 && line->end != NEWS_END_STOP) {
            labels[i] = NEWS_LABEL_HEADLINE;
            headline = true;
        } else if (passages[i].markup == NEWS_MARKUP_HEADING ||
                   (headline && passages[i].markup == NEWS_MARKUP_NONE && is_head(line) &&
                    passages[i].blank_before && !(line->flags & NEWS_LINE_BULLET))) {
            labels[i] = NEWS_LABEL_SUBHEAD;
        } else {
            labels[i] = NEWS_LABEL_BODY;
        }
    }
    return true;
}
