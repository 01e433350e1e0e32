/* One pass to see how blocks are cased, one to count. */
#include "lexicon.h"
#include "index.h"
#include "utf8.h"
#include "words.h"

#include <string.h>

/* Words of fewer letters stay small in title case ("of", "the"), so they say nothing. */
enum { TELLING_LETTERS = 4 };

/* A word longer than this is no word: it shares one entry with all others of that kind, so that
 * folding needs no memory of its own. */
enum { LONGEST_WORD = 128 };

static void mark_title_case(const news_article *article, uint8_t *title_cased) {
    for (uint32_t s = 0; s < article->n_sentences;) {
        uint32_t block = article->sentences[s].block, capitals = 0, words = 0;
        for (; s < article->n_sentences && article->sentences[s].block == block; s++) {
            const news_token *token = article->tokens + article->sentences[s].first_token;
            const news_token *end = token + article->sentences[s].n_tokens;
            for (; token < end; token++) {
                if (token->kind == NEWS_TOKEN_WORD && !(token->flags & NEWS_TOKEN_FIRST) &&
                    token->span.to - token->span.from >= TELLING_LETTERS) {
                    words++;
                    capitals += (token->flags & NEWS_TOKEN_CAPITAL) != 0;
                }
            }
        }
        news_role role = article->blocks[block].role;
        bool head = role == NEWS_ROLE_HEADLINE || role == NEWS_ROLE_SUBHEAD;
        title_cased[block] =
            words == 0 ? head : capitals * 10 >= words * (head ? 7 : 9) && (head || words >= 4);
    }
}

static void count_up(uint8_t *count) {
    *count = (uint8_t)(*count + (*count < UINT8_MAX));
}

/* Forms by their bytes: open addressing, at most half full; `slots` hold 1 + a form's index. */
typedef struct forms {
    uint32_t *slots;
    uint32_t mask;
} forms;

enum { FIRST_SLOTS = 256 };

static bool grow(news_arena *arena, const news_lexicon *lexicon, forms *known) {
    uint32_t n = known->mask ? 2 * (known->mask + 1) : FIRST_SLOTS;
    uint32_t *slots = news_arena_array(arena, n, sizeof *slots);
    if (!slots) {
        return false;
    }
    for (uint32_t i = 0; i < lexicon->forms.n; i++) {
        uint32_t at = lexicon->forms.at[i].hash & (n - 1);
        while (slots[at]) {
            at = (at + 1) & (n - 1);
        }
        slots[at] = i + 1;
    }
    *known = (forms){slots, n - 1};
    return true;
}

/* The index of the form that token `i` has, a new one where it has none: then its word is NEWS_NONE
 * and `*fresh` is set. NEWS_NONE: out of memory. */
static uint32_t form_of(news_arena *arena, const news_article *article, news_lexicon *lexicon,
                        forms *known, uint32_t i, bool *fresh) {
    const news_token *token = &article->tokens[i];
    const char *text = article->text->bytes;
    uint32_t n = token->span.to - token->span.from;
    uint32_t hash = news_words_key(text + token->span.from, n) + token->kind;
    *fresh = false;
    if (2 * lexicon->forms.n >= known->mask && !grow(arena, lexicon, known)) {
        return NEWS_NONE;
    }
    uint32_t at = hash & known->mask;
    for (; known->slots[at]; at = (at + 1) & known->mask) {
        const news_form *form = &lexicon->forms.at[known->slots[at] - 1];
        const news_token *other = &article->tokens[form->token];
        if (form->hash == hash && other->kind == token->kind &&
            other->span.to - other->span.from == n &&
            memcmp(text + other->span.from, text + token->span.from, n) == 0) {
            return known->slots[at] - 1;
        }
    }
    news_form *form = news_list_push(arena, &lexicon->forms);
    if (!form) {
        return NEWS_NONE;
    }
    *fresh = true;
    *form = (news_form){i, NEWS_NONE, hash};
    known->slots[at] = lexicon->forms.n;
    return lexicon->forms.n - 1;
}

/* The index of the word that token `i` is a form of; NEWS_NONE: out of memory. */
static uint32_t word_of(news_arena *arena, const news_article *article, news_lexicon *lexicon,
                        news_index *index, uint32_t i) {
    char folded[2 * LONGEST_WORD];
    news_span span = article->tokens[i].span;
    uint32_t n = span.to - span.from;
    n = n > LONGEST_WORD ? 0 : news_utf8_fold(article->text->bytes + span.from, n, folded);
    uint32_t hash = news_words_hash(folded, n);
    uint32_t *known = news_index_find_hashed(index, folded, n, hash);
    if (known) {
        return *known;
    }
    news_string key = news_arena_copy(arena, folded, n);
    uint32_t *fresh =
        key.bytes ? news_index_add_hashed(arena, index, key.bytes, key.n, hash) : NULL;
    news_lexeme *lexeme = fresh ? news_list_push(arena, &lexicon->words) : NULL;
    if (!lexeme) {
        return NEWS_NONE;
    }
    *lexeme = (news_lexeme){.folded = {n ? key.bytes : NULL, n}, .hash = hash};
    return *fresh = lexicon->words.n - 1;
}

bool news_find_lexicon(news_arena *arena, const news_article *article, news_lexicon *out) {
    news_index index = {0};
    forms known = {0};
    out->form_of = news_arena_alloc(arena, (article->n_tokens + 1) * sizeof *out->form_of);
    out->title_cased = news_arena_array(arena, article->n_blocks + 1, 1);
    if (!out->form_of || !out->title_cased) {
        return false;
    }
    mark_title_case(article, out->title_cased);
    for (uint32_t i = 0; i < article->n_tokens; i++) {
        const news_token *token = &article->tokens[i];
        bool fresh;
        uint32_t form = out->form_of[i] = form_of(arena, article, out, &known, i, &fresh);
        if (form == NEWS_NONE) {
            return false;
        }
        if (token->kind != NEWS_TOKEN_WORD) {
            continue;
        }
        if (fresh) {
            uint32_t word = word_of(arena, article, out, &index, i);
            if (word == NEWS_NONE) {
                return false;
            }
            out->forms.at[form].word = word;
        }
        news_lexeme *lexeme = &out->words.at[out->forms.at[form].word];
        uint32_t block = article->sentences[token->sentence].block;
        if (!(token->flags & (NEWS_TOKEN_CAPITAL | NEWS_TOKEN_MIXED))) {
            count_up(&lexeme->small);
        } else if ((token->flags & NEWS_TOKEN_FIRST) || out->title_cased[block]) {
            count_up(&lexeme->start);
        } else {
            count_up(&lexeme->capital);
        }
        if (token->flags & NEWS_TOKEN_ALL_CAPS) {
            count_up(&lexeme->caps);
        }
    }
    return true;
}
