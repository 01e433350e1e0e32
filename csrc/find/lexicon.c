/* One pass to see how blocks are cased, one to count. */
#include "lexicon.h"
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

/* A hash table: open addressing, at most half full; `slots` hold 1 + the index of what they stand
 * for. */
typedef struct table {
    uint32_t *slots;
    uint32_t mask, n;
} table;

enum { FIRST_SLOTS = 256 };

/* Makes room for one more. False: out of memory. */
static bool grow(news_arena *arena, table *t) {
    if (2 * t->n < t->mask) {
        return true;
    }
    uint32_t mask = t->mask ? 2 * t->mask + 1 : FIRST_SLOTS - 1;
    uint32_t *slots = news_arena_array(arena, (size_t)mask + 1, sizeof *slots);
    if (!slots) {
        return false;
    }
    t->slots = slots;
    t->mask = mask;
    return true;
}

/* Takes in index `i`, which no slot holds yet. */
static void take_in(table *t, uint32_t hash, uint32_t i) {
    uint32_t at = hash & t->mask;
    while (t->slots[at]) {
        at = (at + 1) & t->mask;
    }
    t->slots[at] = i + 1;
}

/* A text's words and forms while they are told apart. */
typedef struct teller {
    news_arena *arena;
    const news_article *article;
    news_lexicon *lexicon;
    table words, forms;
} teller;

static bool make_room(teller *t) {
    uint32_t *words = t->words.slots, *forms = t->forms.slots;
    if (!grow(t->arena, &t->words) || !grow(t->arena, &t->forms)) {
        return false;
    }
    for (uint32_t i = 0; words != t->words.slots && i < t->words.n; i++) {
        take_in(&t->words, t->lexicon->words.at[i].hash, i);
    }
    for (uint32_t i = 0; forms != t->forms.slots && i < t->forms.n; i++) {
        take_in(&t->forms, t->lexicon->forms.at[i].hash, i);
    }
    return true;
}

/* The index of the form that token `i` has, a new one where it has none: then its word is NEWS_NONE
 * and `*fresh` is set. NEWS_NONE: out of memory. */
static uint32_t form_of(teller *t, uint32_t i, bool *fresh) {
    const news_token *token = &t->article->tokens[i];
    const char *text = t->article->text->bytes;
    uint32_t n = token->span.to - token->span.from;
    uint32_t hash = news_words_key(text + token->span.from, n) + token->kind;
    *fresh = false;
    for (uint32_t at = hash & t->forms.mask; t->forms.slots[at]; at = (at + 1) & t->forms.mask) {
        uint32_t index = t->forms.slots[at] - 1;
        const news_form *form = &t->lexicon->forms.at[index];
        const news_token *other = &t->article->tokens[form->token];
        if (form->hash == hash && other->kind == token->kind &&
            other->span.to - other->span.from == n &&
            memcmp(text + other->span.from, text + token->span.from, n) == 0) {
            return index;
        }
    }
    news_form *form = news_list_push(t->arena, &t->lexicon->forms);
    if (!form) {
        return NEWS_NONE;
    }
    *fresh = true;
    *form = (news_form){i, NEWS_NONE, hash};
    take_in(&t->forms, hash, t->forms.n);
    return t->forms.n++;
}

/* The index of the word that token `i` is a form of; NEWS_NONE: out of memory. */
static uint32_t word_of(teller *t, uint32_t i) {
    char room[2 * LONGEST_WORD];
    news_span span = t->article->tokens[i].span;
    const char *bytes = t->article->text->bytes + span.from, *folded = room;
    uint32_t n = span.to - span.from;
    n = n > LONGEST_WORD ? 0 : news_utf8_fold(bytes, n, room);
    uint32_t hash = news_words_hash(folded, n);
    for (uint32_t at = hash & t->words.mask; t->words.slots[at]; at = (at + 1) & t->words.mask) {
        uint32_t index = t->words.slots[at] - 1;
        const news_lexeme *word = &t->lexicon->words.at[index];
        if (word->hash == hash && word->folded.n == n &&
            (n == 0 || memcmp(word->folded.bytes, folded, n) == 0)) {
            return index;
        }
    }
    if (n == 0) {
        folded = NULL;
    } else if (n == span.to - span.from && memcmp(folded, bytes, n) == 0) {
        folded = bytes;
    } else {
        folded = news_arena_copy(t->arena, folded, n).bytes;
    }
    news_lexeme *word = n && !folded ? NULL : news_list_push(t->arena, &t->lexicon->words);
    if (!word) {
        return NEWS_NONE;
    }
    *word = (news_lexeme){.folded = {folded, n}, .hash = hash};
    take_in(&t->words, hash, t->words.n);
    return t->words.n++;
}

bool news_find_lexicon(news_arena *arena, const news_article *article, news_lexicon *out) {
    teller t = {.arena = arena, .article = article, .lexicon = out};
    out->form_of = news_arena_alloc(arena, (article->n_tokens + 1) * sizeof *out->form_of);
    out->title_cased = news_arena_array(arena, article->n_blocks + 1, 1);
    if (!out->form_of || !out->title_cased) {
        return false;
    }
    mark_title_case(article, out->title_cased);
    for (uint32_t i = 0; i < article->n_tokens; i++) {
        const news_token *token = &article->tokens[i];
        bool fresh;
        if (!make_room(&t)) {
            return false;
        }
        uint32_t form = out->form_of[i] = form_of(&t, i, &fresh);
        if (form == NEWS_NONE) {
            return false;
        }
        if (token->kind != NEWS_TOKEN_WORD) {
            continue;
        }
        if (fresh) {
            uint32_t word = word_of(&t, i);
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
