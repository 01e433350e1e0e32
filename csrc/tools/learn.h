/* The learner: an averaged structured perceptron with a margin, in integers only, so that the same
 * data give the same model, bit for bit. */
#ifndef NEWS_LEARN_H
#define NEWS_LEARN_H

#include "corpus.h"

/* Groups of features that the learner can do without, to see what each brings. */
enum {
    LEARN_SHAPES = 1,
    LEARN_AFFIXES = 2,
    LEARN_LISTS = 4, /* titles.txt, name_words.txt */
    LEARN_NAMES = 8, /* names.txt, genders.txt */
    LEARN_GAZETTEER = 16,
    LEARN_DOCUMENT = 32, /* the word elsewhere in the article */
};

/* How to learn. */
typedef struct learn_options {
    uint32_t epochs; /* of one run */
    uint32_t runs;   /* whose weights are added up */
    uint32_t hidden; /* features hidden at each step, of 256 */
    uint32_t margin; /* points by which the right path must win, for each wrong tag */
    uint32_t rarest; /* features seen less often are left out */
    uint32_t most;   /* features kept */
    uint32_t blind;  /* groups left out */
} learn_options;

/* Bytes that grow. */
typedef struct buffer {
    uint8_t *bytes;
    uint32_t n, room;
} buffer;

/* A model that knows the clusters of the most frequent `n_words` words and nothing else. `path`:
 * lines of word, coarse, middle and fine cluster, in order of frequency. */
void learn_clusters(buffer *out, const char *path, uint32_t n_words);

/* Learns from the documents and writes the whole model to `out`, the clusters of which it keeps. */
void learn(buffer *out, const corpus *documents, const learn_options *options);

/* Sums of B-cubed over names: what each adds to precision and to recall, and how many were judged.
 */
typedef struct cubed {
    double precision, recall;
    uint32_t n_found, n_gold;
} cubed;

/* Right, found and gold names, by type; and B-cubed of what they are merged to. */
typedef struct counts {
    uint32_t right[NEWS_N_TAG_TYPES], found[NEWS_N_TAG_TYPES], gold[NEWS_N_TAG_TYPES];
    cubed all;    /* every name of either side: one that the other side has not adds nothing */
    cubed shared; /* only names that both sides have */
} counts;

/* Compares what the model finds in the documents with what is marked. Prints the errors of
 * documents where `verbose`. */
void learn_measure(const buffer *bytes, const corpus *documents, uint32_t blind, bool verbose,
                   counts *out);

#endif
