/* News XML: NITF, NewsML, RSS, Atom. */
#ifndef NEWS_XML_H
#define NEWS_XML_H

#include "passage.h"

/* What is broken or no news format is read as HTML, and a note says so. False: out of memory. */
bool news_read_xml(news_arena *arena, const news_source *source, news_reading *reading);

#endif
