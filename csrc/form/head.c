/* The head reaches from the headline to the last line of it that can be no running text. Behind it,
 * what the labels say holds but where a line's form or its neighbours say otherwise for certain. */
#include "head.h"
#include "utf8.h"
#include "word_lists.h"

enum {
    LONGEST_HEAD = 16,  /* lines that an article's head has at most */
    MOST_TEXT = 2,      /* lines of running text among them: dek, caption */
    LONG_TEXT = 20,     /* words of a line that is hardly a caption or junk among paragraphs */
    LONGEST_DEK = 70,   /* words */
    LEAST_TURNS = 3,    /* lines "NAME: …" or with times that make a transcript or live blog */
    LONGEST_TIME = 12,  /* words of a line that a time of day opens and that is no text */
    LONGEST_TITLE = 16, /* words of a title below it */
    AROUND_HEADLINE = 4 /* lines before it in which its date may stand */
};

static bool opens(const news_line *line, unsigned value) {
    return line->opening == value + 1;
}

static bool repeats(const news_line *a, const news_line *b) {
    return a->hash == b->hash && a->n_words == b->n_words;
}

/* A dateline is a few words that start with a capitalised place, bracketed agencies and dates left
 * aside: "BEIJING, Aug. 25 (Xinhua) --", "LONDON (Reuters) -", "Washington —". */
uint32_t news_form_dateline(const char *text, news_span span) {
    enum { LONGEST = 90, MOST_WORDS = 9, MOST_SMALL = 1 };
    uint32_t words = 0, small = 0, capitals = 0, length, depth = 0;
    bool inside = false, bracket = false, comma = false;
    for (uint32_t at = span.from; at < span.to && at - span.from < LONGEST; at += length) {
        uint32_t c = news_utf8_decode(text + at, span.to - at, &length);
        if (news_utf8_is_letter(c)) {
            if (!inside) {
                words++;
                uint32_t n;
                bool upper = news_utf8_is_upper(c);
                small += !upper && depth == 0;
                uint32_t next = at + length < span.to ? news_utf8_decode(text + at + length,
                                                                         span.to - at - length, &n)
                                                      : 0;
                capitals += upper && news_utf8_is_upper(next) && depth == 0;
                if ((words == 1 && !upper) || words > MOST_WORDS || small > MOST_SMALL) {
                    return span.from;
                }
            }
            inside = true;
            continue;
        }
        bool joined = inside && (c == '-' || c == 0x2019 || c == '\'');
        uint32_t unused,
            next = at + length < span.to
                       ? news_utf8_decode(text + at + length, span.to - at - length, &unused)
                       : 0;
        if (joined && news_utf8_is_letter(next)) {
            continue;
        }
        inside = false;
        if (c == '(') {
            depth++;
            bracket = true;
        } else if (c == ')') {
            depth -= depth > 0;
        } else if (c == 0x2014 || c == 0x2013 || c == 0x2015 ||
                   (c == '-' && (next == '-' || news_utf8_is_space(next)))) {
            if (words == 0 || depth) {
                return span.from;
            }
            at += length;
            while (at < span.to && text[at] == '-') {
                at++;
            }
            bool certain = capitals > 0 || bracket || (comma && words <= 4) || words <= 2;
            news_span rest = news_utf8_trim(text, (news_span){at, span.to});
            return certain && rest.from < rest.to ? at : span.from;
        } else if (c == ',') {
            comma = true;
        } else if (!news_utf8_is_space(c) && !news_utf8_is_digit(c) && c != '.' && c != '/') {
            return span.from;
        }
    }
    return span.from;
}

static news_role markup_role(const news_passage *passage, news_role role) {
    switch (passage->markup) {
    case NEWS_MARKUP_LIST_ITEM:
        return role == NEWS_ROLE_BOILERPLATE ? role : NEWS_ROLE_LIST;
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

/* The role that a line's form alone makes certain near the headline, or NEWS_N_ROLES. */
static news_role certain_role(const news_line *line) {
    if (line->flags & NEWS_LINE_BYLINE) {
        return NEWS_ROLE_BYLINE;
    }
    if ((line->flags & NEWS_LINE_IS_DATE) && line->n_words <= 20) {
        return NEWS_ROLE_DATE;
    }
    if (opens(line, NEWS_OPENING_CREDIT) && line->n_words <= 14) {
        return NEWS_ROLE_CREDIT;
    }
    if (line->flags & NEWS_LINE_OUTLET) {
        return NEWS_ROLE_BYLINE;
    }
    return NEWS_N_ROLES;
}

/* What a line beside the text is, by itself. */
static news_role supplement_role(const news_line *line) {
    news_role role = certain_role(line);
    if (role != NEWS_N_ROLES) {
        return role;
    }
    if (line->has_when && line->n_words <= 14) {
        return NEWS_ROLE_DATE;
    }
    if (opens(line, NEWS_OPENING_CREDIT) || (line->flags & NEWS_LINE_COPYRIGHT)) {
        return NEWS_ROLE_CREDIT;
    }
    if ((line->flags & NEWS_LINE_PHOTO) && line->n_words <= 8) {
        return NEWS_ROLE_CREDIT;
    }
    if ((line->flags & NEWS_LINE_NAME) && line->n_words <= 6 && line->end == NEWS_END_WORD) {
        return NEWS_ROLE_BYLINE;
    }
    return NEWS_ROLE_CAPTION;
}

static news_role label_role(const news_line *line, uint8_t label) {
    switch ((news_label)label) {
    case NEWS_LABEL_BEFORE:
    case NEWS_LABEL_WITHIN:
    case NEWS_LABEL_AFTER:
        return NEWS_ROLE_BOILERPLATE;
    case NEWS_LABEL_HEADLINE:
        return NEWS_ROLE_HEADLINE;
    case NEWS_LABEL_SUPPLEMENT:
        return supplement_role(line);
    case NEWS_LABEL_SUBHEAD:
        return line->flags & NEWS_LINE_BULLET ? NEWS_ROLE_LIST : NEWS_ROLE_SUBHEAD;
    case NEWS_LABEL_BODY:
    case NEWS_N_LABELS:
        break;
    }
    return line->flags & NEWS_LINE_BULLET ? NEWS_ROLE_LIST : NEWS_ROLE_PARAGRAPH;
}

static bool is_open(uint8_t role) {
    return role == NEWS_ROLE_PARAGRAPH || role == NEWS_ROLE_SUBHEAD || role == NEWS_ROLE_CAPTION;
}

/* Dek and caption among the lines of the head. */
static void settle_head(const news_passage *passages, const news_line *lines, uint32_t headline,
                        uint32_t end, uint32_t n, uint8_t *roles) {
    bool dek = false, below = true;
    for (uint32_t i = headline + 1; i < end; i++) {
        if (!is_open(roles[i]) || passages[i].markup != NEWS_MARKUP_NONE) {
            continue;
        }
        bool credited = i + 1 < n && roles[i + 1] == NEWS_ROLE_CREDIT;
        bool pictured = opens(&lines[i], NEWS_OPENING_CAPTION) ||
                        (lines[i].flags & NEWS_LINE_PHOTO) || credited;
        if (pictured) {
            roles[i] = NEWS_ROLE_CAPTION;
        } else if (!dek && below && lines[i].n_words >= 4 && lines[i].n_words <= LONGEST_DEK) {
            roles[i] = NEWS_ROLE_DEK;
            dek = true;
        } else if (roles[i] == NEWS_ROLE_SUBHEAD && (lines[i].flags & NEWS_LINE_NAME)) {
            roles[i] = NEWS_ROLE_BYLINE;
        }
        below = false;
    }
}

/* Whether times of day open several lines, as in a live blog. */
static bool has_entries(const news_line *lines, uint32_t from, uint32_t n) {
    uint32_t entries = 0;
    for (uint32_t i = from; i < n && entries < LEAST_TURNS; i++) {
        entries += (lines[i].flags & NEWS_LINE_CLOCK) && !(lines[i].flags & NEWS_LINE_IS_DATE);
    }
    return entries >= LEAST_TURNS;
}

/* Finds the head's end and settles what stands in it. Returns the line behind it. */
static uint32_t read_head(const char *text, const news_passage *passages, const news_line *lines,
                          const uint8_t *labels, uint32_t headline, uint32_t n, uint8_t *roles) {
    uint32_t end = headline + 1;
    bool live = has_entries(lines, headline, n);
    for (uint32_t i = headline + 1, texts = 0; i < n && i - headline < LONGEST_HEAD; i++) {
        bool running = news_line_is_running(&lines[i]);
        news_role certain = certain_role(&lines[i]);
        /* Many pages set date and author in a list of their own, among buttons to share. */
        bool item = passages[i].markup == NEWS_MARKUP_LIST_ITEM && !texts;
        if (item && roles[i] == NEWS_ROLE_BOILERPLATE) {
            continue;
        }
        item = item && (certain == NEWS_ROLE_DATE || certain == NEWS_ROLE_BYLINE);
        if (passages[i].markup != NEWS_MARKUP_NONE && passages[i].markup != NEWS_MARKUP_CAPTION &&
            !item) {
            break;
        }
        if (repeats(&lines[i], &lines[headline])) {
            roles[i] = NEWS_ROLE_BOILERPLATE;
            end = i + 1;
        } else if ((live && (lines[i].flags & NEWS_LINE_CLOCK)) ||
                   (running && news_form_dateline(text, lines[i].span) > lines[i].span.from)) {
            break;
        } else if (certain != NEWS_N_ROLES && (labels[i] != NEWS_LABEL_AFTER || !texts)) {
            roles[i] = (uint8_t)certain;
            end = i + 1;
        } else if (labels[i] == NEWS_LABEL_SUPPLEMENT) {
            end = i + 1;
            texts += running;
        } else if (running && ++texts > MOST_TEXT) {
            break;
        }
    }
    /* A line between headline and text that is not running is a dek, too. */
    if (end == headline + 1 && end + 1 < n && roles[end] == NEWS_ROLE_SUBHEAD &&
        passages[end].markup == NEWS_MARKUP_NONE && !passages[end].blank_before &&
        passages[end + 1].blank_before && lines[end].n_words >= 5) {
        end++;
    }
    settle_head(passages, lines, headline, end, n, roles);
    return end;
}

/* A paragraph that the labels take for junk or a caption among paragraphs. */
static void keep_paragraphs(const news_passage *passages, const news_line *lines, uint32_t from,
                            uint32_t n, uint8_t *roles) {
    for (uint32_t i = from; i + 1 < n; i++) {
        bool candidate = (roles[i] == NEWS_ROLE_BOILERPLATE || roles[i] == NEWS_ROLE_CAPTION) &&
                         passages[i].markup == NEWS_MARKUP_NONE;
        bool text = lines[i].n_words >= LONG_TEXT && lines[i].n_sentences >= 1 &&
                    news_line_is_running(&lines[i]) &&
                    !(lines[i].flags &
                      (NEWS_LINE_SCRAP | NEWS_LINE_LINK | NEWS_LINE_COPYRIGHT | NEWS_LINE_PHOTO)) &&
                    (lines[i].opening == 0 || opens(&lines[i], NEWS_OPENING_BYLINE));
        if (candidate && text && i > 0 && roles[i - 1] == NEWS_ROLE_PARAGRAPH &&
            roles[i + 1] == NEWS_ROLE_PARAGRAPH) {
            roles[i] = NEWS_ROLE_PARAGRAPH;
        }
    }
}

/* A short line that is no sentence. */
static bool is_title(const news_line *line) {
    return line->n_words >= 1 && line->n_words <= LONGEST_TITLE && line->end != NEWS_END_STOP &&
           line->end != NEWS_END_COMMA && !(line->flags & NEWS_LINE_CLOCK);
}

/* Lines whose opening says what they are wherever they stand: "Read more: …", "SOURCE: …",
 * "(Reporting by …)". */
static void read_openings(const news_passage *passages, const news_line *lines, uint32_t from,
                          uint32_t n, uint8_t *roles) {
    for (uint32_t i = from; i < n; i++) {
        const news_line *line = &lines[i];
        bool tagline = opens(line, NEWS_OPENING_CREDIT) && (line->flags & NEWS_LINE_BRACKET);
        if (line->opening == 0 || passages[i].markup != NEWS_MARKUP_NONE ||
            !(roles[i] == NEWS_ROLE_PARAGRAPH || roles[i] == NEWS_ROLE_SUBHEAD ||
              roles[i] == NEWS_ROLE_CAPTION || tagline)) {
            continue;
        }
        bool label = !news_line_is_running(line) && line->n_words <= 24;
        bool fixed = opens(line, NEWS_OPENING_SHARE) || opens(line, NEWS_OPENING_RELATED) ||
                     opens(line, NEWS_OPENING_NEWSLETTER) || opens(line, NEWS_OPENING_ADVERT) ||
                     opens(line, NEWS_OPENING_COOKIE);
        if (fixed && label && line->n_words >= 2 && (line->flags & NEWS_LINE_LABELLED)) {
            roles[i] = NEWS_ROLE_BOILERPLATE;
        } else if (opens(line, NEWS_OPENING_CREDIT) && line->n_words <= 40 &&
                   (tagline ||
                    (label && line->n_words <= 14 && (line->flags & NEWS_LINE_LABELLED)))) {
            roles[i] = NEWS_ROLE_CREDIT;
        }
    }
}

/* In a transcript every line that a name opens is a turn, in a live blog every one that a time
 * opens an entry, whatever it is like by itself. */
static void keep_turns(const news_passage *passages, const news_line *lines, uint32_t from,
                       uint32_t n, uint8_t *roles) {
    uint32_t turns = 0, entries = 0, last = from;
    for (uint32_t i = from; i < n; i++) {
        turns += (lines[i].flags & NEWS_LINE_SPEAKER) && roles[i] == NEWS_ROLE_PARAGRAPH;
        entries += (lines[i].flags & NEWS_LINE_CLOCK) != 0;
        last = roles[i] == NEWS_ROLE_PARAGRAPH ? i : last;
    }
    for (uint32_t i = from; i < n && i <= last; i++) {
        bool turn =
            turns >= LEAST_TURNS && (lines[i].flags & NEWS_LINE_SPEAKER) && lines[i].opening == 0;
        bool entry = entries >= LEAST_TURNS && (lines[i].flags & NEWS_LINE_CLOCK);
        if (passages[i].markup != NEWS_MARKUP_NONE) {
            continue;
        }
        if (entry && lines[i].n_words <= LONGEST_TIME) {
            roles[i] = NEWS_ROLE_SUBHEAD;
            if (i + 2 < n && is_title(&lines[i + 1]) && news_line_is_running(&lines[i + 2])) {
                roles[i + 1] = NEWS_ROLE_SUBHEAD; /* the entry's headline */
            }
        } else if ((turn || entry) && roles[i] != NEWS_ROLE_PARAGRAPH &&
                   roles[i] != NEWS_ROLE_SUBHEAD) {
            roles[i] = lines[i].n_words > LONGEST_TIME ? NEWS_ROLE_PARAGRAPH : NEWS_ROLE_SUBHEAD;
        }
    }
}

void news_form_head(const char *text, const news_passage *passages, const news_line *lines,
                    const uint8_t *labels, uint32_t n, uint8_t *roles) {
    uint32_t headline = NEWS_NONE;
    for (uint32_t i = 0; i < n; i++) {
        roles[i] = (uint8_t)markup_role(&passages[i], label_role(&lines[i], labels[i]));
        headline = headline == NEWS_NONE && roles[i] == NEWS_ROLE_HEADLINE ? i : headline;
    }
    uint32_t body = 0;
    if (headline != NEWS_NONE) {
        for (uint32_t i = headline; i-- > 0 && headline - i <= AROUND_HEADLINE;) {
            news_role certain = certain_role(&lines[i]);
            if (certain == NEWS_ROLE_DATE || certain == NEWS_ROLE_BYLINE) {
                roles[i] = (uint8_t)markup_role(&passages[i], certain);
            }
        }
        body = read_head(text, passages, lines, labels, headline, n, roles);
    }
    keep_paragraphs(passages, lines, body, n, roles);
    read_openings(passages, lines, body, n, roles);
    keep_turns(passages, lines, body, n, roles);
}
