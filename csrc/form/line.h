/* What can be seen in one line or paragraph, before it is judged among its neighbours. */
#ifndef NEWS_LINE_H
#define NEWS_LINE_H

#include "calendar.h"
#include "passage.h"

typedef enum news_line_end {
    NEWS_END_WORD, /* a letter or digit */
    NEWS_END_STOP, /* a full stop or exclamation mark, closing marks behind it or not */
    NEWS_END_QUESTION,
    NEWS_END_COLON, /* a semicolon, too */
    NEWS_END_COMMA,
    NEWS_END_ELLIPSIS,
    NEWS_END_QUOTE, /* a quotation mark after a letter */
    NEWS_END_OTHER, /* any other sign */
} news_line_end;

enum {
    NEWS_LINE_FURNITURE = 1,     /* listed as a whole in csrc/data/furniture.txt */
    NEWS_LINE_SCRAP = 2,         /* left over from tags, comments or scripts */
    NEWS_LINE_BULLET = 4,        /* starts with a sign of a list */
    NEWS_LINE_ALL_CAPS = 8,      /* two letters at least, none small */
    NEWS_LINE_STARTS_SMALL = 16, /* its first letter is small */
    NEWS_LINE_STARTS_QUOTE = 32,
    NEWS_LINE_STARTS_DIGIT = 64,
    NEWS_LINE_LINK = 128,      /* holds a web or mail address */
    NEWS_LINE_COPYRIGHT = 256, /* holds a copyright sign or "all rights reserved" */
    NEWS_LINE_IS_DATE = 512,   /* little beside a date stands in it */
    NEWS_LINE_OUTLET = 1024,   /* listed as a whole in csrc/data/outlets.txt */
    NEWS_LINE_BYLINE = 2048,   /* "By" and capitalised names */
    NEWS_LINE_PHOTO = 4096,    /* names a photographer or a picture agency as credits do */
    NEWS_LINE_SPEAKER = 8192,  /* "NAME:" or "Name Surname:" and what was said */
    NEWS_LINE_CLOCK = 16384,   /* starts with a time of day */
    NEWS_LINE_NAME = 32768,    /* starts with a given name and another capitalised word */
    /* The labeller knows the flags above only. */
    NEWS_LINE_LABELLED = 65536, /* a colon or bar stands behind its opening, or nothing does */
    NEWS_LINE_BRACKET = 131072, /* starts with a round bracket */
};

typedef struct news_line {
    news_span span;
    uint32_t n_words;     /* letters, digits and apostrophes in a row */
    uint32_t n_capitals;  /* words that start with a capital, the first left out */
    uint32_t n_long;      /* words of four letters and more, the first left out */
    uint32_t n_long_caps; /* those of them that start with a capital */
    uint32_t n_stops;     /* the commonest English words */
    uint32_t n_numbers;   /* words that start with a digit */
    uint32_t n_sentences; /* ends of sentences within and at the end */
    uint32_t n_commas;
    uint32_t n_bars; /* "|", "»", "•" and the like */
    uint32_t n_quotes;
    uint32_t n_personal; /* "I", "you", "my" …: letters and comments are full of them */
    uint32_t n_exclaims;
    uint32_t flags;
    uint8_t end;     /* news_line_end */
    uint8_t opening; /* 1 + a value of csrc/data/opening.txt, 0 where there is none */
    uint32_t hash;   /* of its letters and digits in lower case; equal for repeated lines */
    bool has_when;
    news_when when; /* the first date in it */
} news_line;

/* Lines in order of the text. */
typedef struct news_lines {
    const news_line *at;
    uint32_t n;
} news_lines;

/* Looks at the line in `span`; linear in its length. */
void news_form_line(const char *text, news_span span, news_date_order order, news_line *out);

/* Whether it reads as running text: a sentence, not a label. */
bool news_line_is_running(const news_line *line);

/* The length of a sign of a list and the blanks behind it at the start of `span`, or 0. */
uint32_t news_line_bullet(const char *text, news_span span);

/* Where the colon of a speaker's name stands at the start of `span` ("JANE DOE:"), or span.from. */
uint32_t news_line_speaker(const char *text, news_span span);

/* Behind the time of day at the start of `span` ("10:15 GMT", "3.45pm"), or span.from. */
uint32_t news_line_clock(const char *text, news_span span);

#endif
