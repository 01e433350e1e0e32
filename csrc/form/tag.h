/* Parts of speech: one tag for each token, from a small averaged perceptron. */
#ifndef NEWS_TAG_H
#define NEWS_TAG_H

#include "article.h"

typedef enum news_tag {
    NEWS_TAG_OTHER,       /* interjections, foreign words, list signs */
    NEWS_TAG_NOUN,        /* common nouns */
    NEWS_TAG_NAME,        /* proper nouns */
    NEWS_TAG_PRONOUN,     /* personal: "he", "it", "themselves"; also "there is" */
    NEWS_TAG_DETERMINER,  /* "the", "both", "that" before a noun or alone */
    NEWS_TAG_POSSESSIVE,  /* "his"; also the possessive 's */
    NEWS_TAG_NUMBER,      /* figures and number words */
    NEWS_TAG_ADJECTIVE,   /* all degrees */
    NEWS_TAG_ADVERB,      /* all degrees, "not" */
    NEWS_TAG_PREPOSITION, /* "of", "in" */
    NEWS_TAG_LINKER,      /* subordinating: "that", "because", "whether" */
    NEWS_TAG_TO,          /* before an infinitive or a noun */
    NEWS_TAG_CONJUNCTION, /* "and", "but", "or" */
    NEWS_TAG_RELATIVE,    /* "who", "which", "what", "when", "how" */
    NEWS_TAG_MODAL,       /* "will", "could" */
    NEWS_TAG_BASE,        /* verb: base form */
    NEWS_TAG_PRESENT,     /* verb: "says", "say" */
    NEWS_TAG_PAST,        /* verb: "said" */
    NEWS_TAG_PARTICIPLE,  /* verb: "been said" */
    NEWS_TAG_GERUND,      /* verb: "saying" */
    NEWS_TAG_PARTICLE,    /* "out" of "pointed out" */
    NEWS_TAG_MARK,        /* punctuation and symbols */
    NEWS_N_TAGS,
} news_tag;

typedef struct news_tags {
    uint8_t *at; /* news_tag for each token */
    uint32_t n;
} news_tags;

/* Which tokens are of one kind and have the same bytes: a number for each, less than `n`. */
typedef struct news_tag_forms {
    const uint32_t *of;
    uint32_t n;
} news_tag_forms;

/* Tags all tokens of blocks that tell something, sentence by sentence; those of furniture, code,
 * credits, bylines and dates keep NEWS_TAG_OTHER. False: out of memory. */
bool news_form_tags(news_arena *arena, const news_article *article, const news_tag_forms *forms,
                    news_tags *out);

/* Whether the tokens of a block are tagged. */
bool news_form_is_tagged(const news_block *block);

/* How many features a token has. */
enum { NEWS_TAG_FEATURES = 17 };

/* What the features of a token are made of; all hashes are of the word folded to lower case. An
 * empty one stands where the sentence ends. For the trainer and the tagger alike. */
typedef struct news_tag_word {
    uint32_t word, last2, last3, last4, first; /* the word, its endings, its first byte */
    uint16_t shape;                            /* kind and flags of the token */
    uint16_t parts;                            /* 1 + its value in csrc/data/parts.txt, or 0 */
} news_tag_word;

/* Reads a token; what is longer than the room loses its head, since endings tell more. */
void news_tag_word_read(news_tag_word *out, const char *bytes, uint32_t n, uint8_t kind,
                        uint8_t flags);

/* Hashes of the features of a word between two others, with two tags before it. */
void news_tag_features(const news_tag_word *last, const news_tag_word *word,
                       const news_tag_word *next, unsigned before, unsigned before_that,
                       uint32_t out[NEWS_TAG_FEATURES]);

#endif
