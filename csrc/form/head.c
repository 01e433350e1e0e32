/* The head reaches from the headline to the last line of it that can be no running text. */
#include "head.h"
#include "word_lists.h"

/* Lines that an article's head has at most, and lines of running text it may hold (dek, caption).
 */
enum { LONGEST_HEAD = 16, MOST_TEXT = 2 };

static bool opens(const news_line *line, unsigned value) {
    return line->opening == value + 1;
}

static bool repeats(const news_line *a, const news_line *b) {
    return a->hash == b->hash && a->n_words == b->n_words;
}

static news_role markup_role(const news_passage *passage, news_role role) {
    switch (passage->markup) {
    case NEWS_MARKUP_LIST_ITEM:
        return NEWS_ROLE_LIST;
    case NEWS_MARKUP_QUOTE:
        return NEWS_ROLE_BLOCKQUOTE;
    case NEWS_MARKUP_CODE:
        return NEWS_ROLE_CODE;
    case NEWS_MARKUP_TABLE:
        return NEWS_ROLE_TABLE;
    case NEWS_MARKUP_CAPTION:
        return NEWS_ROLE_CAPTION;
    case NEWS_MARKUP_FRONT_MATTER:
    case NEWS_MARKUP_JUNK:
        return NEWS_ROLE_BOILERPLATE;
    case NEWS_MARKUP_HEADING:
    case NEWS_MARKUP_NONE:
        break;
    }
    return role;
}

/* What a line beside the text is, by itself. */
static news_role supplement_role(const news_line *line) {
    if (line->flags & NEWS_LINE_BYLINE) {
        return NEWS_ROLE_BYLINE;
    }
    if ((line->flags & NEWS_LINE_IS_DATE) || (line->has_when && line->n_words <= 14)) {
        return NEWS_ROLE_DATE;
    }
    if (opens(line, NEWS_OPENING_CREDIT) || (line->flags & NEWS_LINE_COPYRIGHT)) {
        return NEWS_ROLE_CREDIT;
    }
    if (line->flags & NEWS_LINE_OUTLET) {
        return NEWS_ROLE_BYLINE;
    }
    if ((line->flags & NEWS_LINE_PHOTO) && line->n_words <= 8) {
        return NEWS_ROLE_CREDIT;
    }
    return NEWS_ROLE_CAPTION;
}

void news_form_head(const news_passage *passages, const news_line *lines, const uint8_t *labels,
                    uint32_t n, uint8_t *roles) {
    uint32_t headline = NEWS_NONE;
    for (uint32_t i = 0; i < n; i++) {
        news_role role = NEWS_ROLE_PARAGRAPH;
        switch ((news_label)labels[i]) {
        case NEWS_LABEL_BEFORE:
        case NEWS_LABEL_WITHIN:
        case NEWS_LABEL_AFTER:
            role = NEWS_ROLE_BOILERPLATE;
            break;
        case NEWS_LABEL_HEADLINE:
            role = NEWS_ROLE_HEADLINE;
            headline = i;
            break;
        case NEWS_LABEL_SUPPLEMENT:
            role = supplement_role(&lines[i]);
            break;
        case NEWS_LABEL_SUBHEAD:
            role = NEWS_ROLE_SUBHEAD;
            break;
        case NEWS_LABEL_BODY:
        case NEWS_N_LABELS:
            role = (lines[i].flags & NEWS_LINE_BULLET) ? NEWS_ROLE_LIST : NEWS_ROLE_PARAGRAPH;
            break;
        }
        roles[i] = (uint8_t)markup_role(&passages[i], role);
    }
    if (headline == NEWS_NONE) {
        return;
    }
    uint32_t end = headline + 1; /* behind the head's last line */
    for (uint32_t i = headline + 1, text = 0; i < n && i - headline < LONGEST_HEAD; i++) {
        if (repeats(&lines[i], &lines[headline])) {
            roles[i] = NEWS_ROLE_BOILERPLATE;
            end = i + 1;
        } else if (labels[i] == NEWS_LABEL_SUPPLEMENT) {
            end = i + 1;
        } else if (!news_label_is_junk(labels[i]) && news_line_is_running(&lines[i]) &&
                   ++text > MOST_TEXT) {
            break;
        }
    }
    bool dek = false, below = true;
    for (uint32_t i = headline + 1; i < end; i++) {
        bool open = roles[i] == NEWS_ROLE_PARAGRAPH || roles[i] == NEWS_ROLE_SUBHEAD;
        if (open && i + 1 < n && roles[i + 1] == NEWS_ROLE_CREDIT) {
            roles[i] = NEWS_ROLE_CAPTION;
        } else if (open && !dek && below) {
            roles[i] = NEWS_ROLE_DEK;
            dek = true;
        } else if (roles[i] == NEWS_ROLE_PARAGRAPH && i + 1 < end) {
            below = false;
        }
    }
}
