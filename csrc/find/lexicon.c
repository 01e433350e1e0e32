/* One pass to see how blocks are cased, one to count. */
#include "lexicon.h"
#include "index.h"
#include "utf8.h"

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

bool news_find_lexicon(news_arena *arena, const news_article *article, news_lexicon *out) {
    news_index index = {0};
    out->word_of = news_arena_alloc(arena, (article->n_tokens + 1) * sizeof *out->word_of);
    out->title_cased = news_arena_array(arena, article->n_blocks + 1, 1);
    if (!out->word_of || !out->title_cased) {
        return false;
    }
    mark_title_case(article, out->title_cased);
    for (uint32_t i = 0; i < article->n_tokens; i++) {
        const news_token *token = &article->tokens[i];
        out->word_of[i] = NEWS_NONE;
        if (token->kind != NEWS_TOKEN_WORD) {
            continue;
        }
        char folded[2 * LONGEST_WORD];
        uint32_t n = token->span.to - token->span.from;
        n = n > LONGEST_WORD ? 0
                             : news_utf8_fold(article->text->bytes + token->span.from, n, folded);
        uint32_t *known = news_index_find(&index, folded, n), word;
        if (known) {
            word = *known;
        } else {
            news_string key = news_arena_copy(arena, folded, n);
            uint32_t *fresh = key.bytes ? news_index_add(arena, &index, key.bytes, key.n) : NULL;
            news_lexeme *lexeme = fresh ? news_list_push(arena, &out->words) : NULL;
            if (!lexeme) {
                return false;
            }
            *lexeme = (news_lexeme){0};
            word = *fresh = out->words.n - 1;
        }
        out->word_of[i] = word;
        news_lexeme *lexeme = &out->words.at[word];
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
