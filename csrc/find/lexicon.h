/* How the article itself writes each of its words: the evidence that tells a name from a word that
 * a sentence's start or a headline's style gave a capital. Each way of writing is known once, so
 * that what hangs on the bytes alone is asked once, however often they stand in the text. */
#ifndef NEWS_LEXICON_H
#define NEWS_LEXICON_H

#include "article.h"

/* Counts stop at 255. */
typedef struct news_lexeme {
    news_string folded; /* in the text or the arena; without bytes: too long for a word, all of that
                         * kind share one entry */
    uint32_t hash;      /* of the folded bytes, as the word tables have it */
    uint8_t small;      /* written in small letters */
    uint8_t capital;    /* with a capital where nothing asks for one */
    uint8_t start;      /* with a capital at a sentence's start or in a title-cased block */
    uint8_t caps;       /* in capitals */
} news_lexeme;

/* Tokens of one kind with the same bytes. */
typedef struct news_form {
    uint32_t token; /* the first of them */
    uint32_t word;  /* index into words, NEWS_NONE for what is no word */
    uint32_t hash;  /* of its bytes and kind */
} news_form;

typedef struct news_lexicon {
    NEWS_LIST(news_lexeme) words;
    NEWS_LIST(news_form) forms;
    uint32_t *form_of;    /* for each token: index into forms */
    uint8_t *title_cased; /* for each block: nearly all of its words have capitals */
} news_lexicon;

/* False: out of memory. */
bool news_find_lexicon(news_arena *arena, const news_article *article, news_lexicon *out);

#endif
