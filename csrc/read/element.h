/* What an element of a page is by its name, and what its attributes say of its place. */
#ifndef NEWS_ELEMENT_H
#define NEWS_ELEMENT_H

#include "passage.h"

typedef enum news_display {
    NEWS_DISPLAY_INLINE,
    NEWS_DISPLAY_BLOCK,
    NEWS_DISPLAY_SKIPPED, /* nothing in it is read */
} news_display;

/* What the groups of csrc/data/html_elements.txt mean. */
typedef struct news_element_facts {
    uint8_t display; /* news_display */
    uint8_t element; /* news_element */
    uint16_t places; /* NEWS_IN_… */
    bool is_void;
} news_element_facts;

const news_element_facts *news_element_facts_of(const char *name);

/* The attributes that are read; NULL where there is none. */
typedef struct news_element_attributes {
    const char *role, *property, *style, *hidden, *aria_hidden, *class, *id, *href;
} news_element_attributes;

/* `attributes` are names and values in turn, the last NULL; NULL: there are none. */
news_element_attributes news_element_attributes_of(const char *const *attributes);

/* Flags of csrc/data/page_words.txt for the words in class and id. */
uint16_t news_element_words(const news_element_attributes *attributes);

/* Where text of the element stands: NEWS_IN_…. */
uint16_t news_element_places(const news_element_facts *facts,
                             const news_element_attributes *attributes);

/* A hash of the letters of name and class (NULL: none) alone: many classes are numbered. */
uint32_t news_element_signature(const char *name, const char *class);

#endif
