/* What the tagger sees of a token: the same code makes features when it learns and when it works.
 */
#ifndef NEWS_FEATURE_H
#define NEWS_FEATURE_H

#include "gazetteer.h"
#include "lexicon.h"
#include "model.h"

/* What is known of a word whatever its place; one for each of the lexicon's words. */
typedef struct news_word_view {
    uint32_t hash; /* of the folded word */
    uint32_t prefix3, suffix2, suffix3, suffix4;
    uint16_t cluster, titles, kinds; /* NEWS_NO_CLUSTER; flags of titles.txt, name_words.txt */
    uint16_t evidence;               /* what stands around it anywhere in the article */
    uint8_t case_evidence;           /* how the article writes it */
} news_word_view;

/* What is known of a way to write a word, or of a sign; one for each of the lexicon's forms. */
typedef struct news_form_view {
    uint32_t word;  /* index into words, NEWS_NONE for what is no word */
    uint32_t hash;  /* of the folded token */
    uint32_t shape; /* hash of its shape */
    uint8_t names;  /* flags of names.txt, and 8 where genders.txt knows it */
    uint8_t flags;  /* of its tokens, those that tell how it is cased */
    uint8_t opens;  /* what news_find_opening() says of it, while tokens are viewed */
} news_form_view;

/* What is known of a token. */
typedef struct news_token_view {
    uint32_t form; /* index into forms */
    uint32_t word; /* index into words, NEWS_NONE for what is no word */
    uint8_t thing; /* kind of the gazetteer's thing it belongs to, NEWS_N_THING_KINDS where none */
    uint8_t part;  /* news_tag_position within that thing */
    bool live;     /* may belong to a name */
} news_token_view;

typedef struct news_views {
    const news_article *article;
    const news_lexicon *lexicon;
    news_word_view *words;
    news_form_view *forms; /* one more than the lexicon has: what stands outside of a sentence */
    news_token_view *tokens;
} news_views;

/* No token has more features. */
#define NEWS_MOST_FEATURES 112

/* A form has features at each of so many places around the token that is asked about: two before
 * it, one before, its own, one behind, two behind. */
#define NEWS_N_PLACES 5

/* False: out of memory. */
bool news_find_views(news_arena *arena, const news_article *article, const news_lexicon *lexicon,
                     const news_model *model, news_views *out);

/* Writes the features of live token `i` to `out` (room for NEWS_MOST_FEATURES) and returns their
 * number. */
uint32_t news_find_features(const news_views *views, const news_model *model, uint32_t i,
                            uint32_t *out);

/* The same features in six parts: those that a form brings with it wherever it stands at a place,
 * and those that only the token itself tells. `forms` gets the forms of the five places. */
uint32_t news_find_form_features(const news_views *views, const news_model *model, uint32_t form,
                                 uint32_t place, uint32_t *out);
uint32_t news_find_token_features(const news_views *views, uint32_t i, uint32_t *out,
                                  uint32_t forms[NEWS_N_PLACES]);

#endif
