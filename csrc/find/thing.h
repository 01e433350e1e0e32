/* The gazetteer's kinds of things and the table that csrc/tools/thingtable.c makes of
 * csrc/data/gazetteer: one thing for each line, known by all its names. */
#ifndef NEWS_THING_H
#define NEWS_THING_H

#include "words.h"

/* KIND(name in the files, enum, entity type). */
#define NEWS_THING_KINDS(KIND)                                                                     \
    KIND("person", PERSON, PERSON)                   /* heads of state, players, writers … */    \
    KIND("country", COUNTRY, PLACE)                  /* and territories that act like one */       \
    KIND("capital", CAPITAL, PLACE)                  /* may stand for its government */            \
    KIND("region", REGION, PLACE)                    /* continents, seas, provinces */             \
    KIND("city", CITY, PLACE)                        /* and districts of cities */                 \
    KIND("landmark", LANDMARK, PLACE)                /* buildings, airports, mountains, rivers */  \
    KIND("organization", ORGANIZATION, ORGANIZATION) /* of any other sort */                       \
    KIND("government", GOVERNMENT, ORGANIZATION) /* ministries, agencies, parliaments, courts */   \
    KIND("party", PARTY, ORGANIZATION)                                                             \
    KIND("company", COMPANY, ORGANIZATION)                                                         \
    KIND("media", MEDIA, ORGANIZATION) /* newspapers, broadcasters, news agencies */               \
    KIND("university", UNIVERSITY, ORGANIZATION)                                                   \
    KIND("club", CLUB, ORGANIZATION)   /* sports clubs and teams */                                \
    KIND("armed", ARMED, ORGANIZATION) /* armed groups and forces */                               \
    KIND("event", EVENT, EVENT)                                                                    \
    KIND("law", LAW, OTHER)                                                                        \
    KIND("work", WORK, OTHER)                                                                      \
    KIND("demonym", DEMONYM, OTHER) /* its link is the country */                                  \
    KIND("group", GROUP, OTHER)     /* religions, peoples, languages */                            \
    KIND("product", PRODUCT, OTHER)                                                                \
    KIND("never", NEVER, OTHER) /* written with a capital, but no name: days, months */

typedef enum news_thing_kind {
#define KIND(name, kind, type) NEWS_THING_##kind,
    NEWS_THING_KINDS(KIND)
#undef KIND
        NEWS_N_THING_KINDS,
} news_thing_kind;

typedef struct news_thing {
    uint16_t kind; /* news_thing_kind */
    uint16_t link; /* a demonym's country, a capital's country; else the thing itself */
} news_thing;

/* Values of this table are indices into news_things. */
extern const news_words news_thing_names;
extern const news_thing news_things[];

#endif
