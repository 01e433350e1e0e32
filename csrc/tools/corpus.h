/* Annotated corpora, read as running text with spans: what the trainer learns from and what it
 * measures on. */
#ifndef NEWS_CORPUS_H
#define NEWS_CORPUS_H

#include "model.h"

/* A name that somebody marked. */
typedef struct gold {
    uint32_t from, to; /* bytes of the document's text */
    uint32_t type;     /* news_tag_type */
    uint32_t thing;    /* number of what it is a name of, in the document; 0 where nobody said */
} gold;

typedef struct corpus_document {
    char *text;
    uint32_t n, room;
    gold *gold;
    uint32_t n_gold, gold_room;
    char name[64];
} corpus_document;

typedef struct corpus {
    corpus_document *at;
    uint32_t n, room;
} corpus;

/* Reads tokens and tags in columns: blank lines part sentences, `-DOCSTART-` or `# newdoc` parts
 * documents. `column` of the token, of the tag (-1: the last). `paragraph`: sentences to a
 * paragraph. Each `spaced`th document (none: 0) has blanks between all tokens and around hyphens,
 * as some tokenised texts have; the others are set as print. Ends the program with a message where
 * the file cannot be read. */
void corpus_read_columns(corpus *out, const char *path, int token_column, int tag_column,
                         uint32_t paragraph, uint32_t spaced);

/* Reads one file of GUM's `dep` folder. A name is the run of proper nouns around the head of a
 * mention, or the proper name that stands beside a common noun as its head ("actor Tom Cruise").
 * With `guide`, its type follows the guide of this project where GUM's differs: bare names of
 * countries are places (GUM: organisations where a state or its team acts), those of peoples are of
 * no type that is measured. */
void corpus_read_gum(corpus *out, const char *path, bool guide);

/* Reads a file of this project's own corpus: `# id beat region` starts an article, names are
 * `[[PER|Angela Merkel]]`. `spaced`: with blanks around hyphens, as some tokenised texts have.
 * National teams are places where `guide`, as this project has them; GUM has organisations. */
void corpus_read_markup(corpus *out, const char *path, bool spaced, bool guide);

void corpus_free(corpus *c);

/* The next of a fixed sequence of pseudo-random numbers. */
uint64_t corpus_random(uint64_t *state);

/* malloc and realloc that end the program where memory is out. */
void *corpus_memory(void *old, size_t n);

_Noreturn void corpus_fail(const char *path, unsigned line, const char *what);

#endif
