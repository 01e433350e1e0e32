/* How the article itself writes each of its words: the evidence that tells a name from a word that
 * a sentence's start or a headline's style gave a capital. */
#ifndef NEWS_LEXICON_H
#define NEWS_LEXICON_H

#include "article.h"

/* Counts stop at 255. */
typedef struct news_lexeme {
    uint8_t small;   /* written in small letters */
    uint8_t capital; /* with a capital where nothing asks for one */
    uint8_t start;   /* with a capital at a sentence's start or in a title-cased block */
    uint8_t caps;    /* in capitals */
} news_lexeme;

typedef struct news_lexicon {
    NEWS_LIST(news_lexeme) words;
    uint32_t *word_of;    /* for each token: index into words, NEWS_NONE for what is no word */
    uint8_t *title_cased; /* for each block: nearly all of its words have capitals */
} news_lexicon;

/* False: out of memory. */
bool news_find_lexicon(news_arena *arena, const news_article *article, news_lexicon *out);

#endif
