/* Phrases by which what stands beside an article on a web page gives itself away. */
#ifndef NEWS_PAGE_PHRASES_H
#define NEWS_PAGE_PHRASES_H

#include "newsoutline.h"

/* Flags of csrc/data/page_phrases.txt for all phrases in the first words of the span. */
uint16_t news_page_phrases_in(const char *text, news_span span);

#endif
