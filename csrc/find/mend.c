/* What a whole sentence, or the whole article, tells better than a word's neighbours. */
#include "mend.h"
#include "cue.h"
#include "line.h" /* news_line_clock */
#include "utf8.h"
#include "word_lists.h"

#include <string.h>

typedef struct mender {
    const news_article *article;
    const news_cues *cues;
    const news_stretches *stretches;
    uint32_t stretch; /* the first that ends behind the token at hand */
    uint8_t *tags;
} mender;

static bool is_word(const mender *m, uint32_t token, const char *word) {
    return news_form_is_word(m->article, token, word);
}

static bool ends_in(const mender *m, uint32_t token, char c) {
    return m->article->text->bytes[m->article->tokens[token].span.to - 1] == c;
}

static bool is_finite(uint8_t tag) {
    return tag == NEWS_TAG_MODAL || tag == NEWS_TAG_PRESENT || tag == NEWS_TAG_PAST;
}

static bool is_nominal(uint8_t tag) {
    return tag == NEWS_TAG_NOUN || tag == NEWS_TAG_NAME || tag == NEWS_TAG_PRONOUN;
}

/* The words of a known name are names, whatever they mean elsewhere. */
static void mend_names(const mender *m, const news_entities *entities) {
    const news_token *tokens = m->article->tokens;
    uint32_t i = 0;
    for (uint32_t k = 0; k < entities->mentions.n; k++) {
        const news_mention *mention = &entities->mentions.at[k];
        if (mention->kind != NEWS_MENTION_NAME) {
            continue;
        }
        while (i < m->article->n_tokens && tokens[i].span.from < mention->span.from) {
            i++;
        }
        for (; i < m->article->n_tokens && tokens[i].span.to <= mention->span.to; i++) {
            if (tokens[i].kind == NEWS_TOKEN_WORD && (tokens[i].flags & NEWS_TOKEN_CAPITAL)) {
                m->tags[i] = NEWS_TAG_NAME;
            }
        }
    }
}

/* Whether a helper ("has", "was", "’d") stands before the participle at `i`, adverbs aside. */
static bool has_helper(const mender *m, uint32_t i, uint32_t first) {
    while (i > first && m->tags[i - 1] == NEWS_TAG_ADVERB) {
        i--;
    }
    uint8_t before = i > first ? m->tags[i - 1] : NEWS_TAG_MARK;
    return is_finite(before) || before == NEWS_TAG_BASE || before == NEWS_TAG_GERUND ||
           before == NEWS_TAG_PARTICIPLE;
}

/* A verb that ends in -ed or is "said", tagged as a participle or an adjective, that is the past of
 * its clause. `verbs` tells whether the narrator's sentence has a finite verb already. */
static bool is_past(const mender *m, uint32_t i, uint32_t first, uint32_t end, bool verbs,
                    bool ever) {
    uint32_t before = i;
    while (before > first && m->tags[before - 1] == NEWS_TAG_ADVERB) {
        before--;
    }
    if (before == first || has_helper(m, i, first)) {
        return false;
    }
    uint8_t left = m->tags[before - 1], right = i + 1 < end ? m->tags[i + 1] : NEWS_TAG_MARK;
    bool said = is_word(m, i, "said") || is_word(m, i, "told");
    if (m->tags[i] == NEWS_TAG_PARTICIPLE && said) {
        return true;
    }
    news_cue cue = news_find_cue(m->cues, i, end);
    if (!(cue.flags & (NEWS_CUES_SAY | NEWS_CUES_THINK))) {
        return false;
    }
    if (left == NEWS_TAG_CONJUNCTION) { /* "and urged voters to" */
        return ever && !(cue.flags & NEWS_CUES_WEAK) &&
               (right == NEWS_TAG_NOUN || right == NEWS_TAG_NAME || right == NEWS_TAG_DETERMINER ||
                right == NEWS_TAG_PRONOUN || right == NEWS_TAG_POSSESSIVE);
    }
    const news_token *last = &m->article->tokens[before - 1];
    bool comma = last->kind == NEWS_TOKEN_MARK &&
                 (ends_in(m, before - 1, ',') || ends_in(m, before - 1, ')'));
    if (!is_nominal(left) && !comma) {
        return false;
    }
    const news_token *next = i + 1 < end ? &m->article->tokens[i + 1] : NULL;
    bool speaks = !next || next->kind == NEWS_TOKEN_QUOTE || is_word(m, i + 1, "that") ||
                  (next->kind == NEWS_TOKEN_MARK && ends_in(m, i + 1, ':'));
    if (speaks) {
        return !comma || !verbs;
    }
    /* "the man called Hall said": another verb of the clause makes this one a participle. */
    enum { REACH = 12 }; /* tokens */
    for (uint32_t k = i + 1; k < end && k < i + REACH && !verbs; k++) {
        if (m->article->tokens[k].kind == NEWS_TOKEN_QUOTE || m->tags[k] == NEWS_TAG_MARK ||
            m->tags[k] == NEWS_TAG_LINKER || m->tags[k] == NEWS_TAG_RELATIVE ||
            m->tags[k] == NEWS_TAG_CONJUNCTION) {
            break;
        }
        verbs = is_finite(m->tags[k]);
    }
    return !verbs;
}

/* A verb whose past looks like its other forms. */
static bool is_alike(const mender *m, uint32_t i) {
    static const char *const words[] = {"put", "set", "cut", "hit", "let", "cost", "shut", "quit"};
    for (size_t k = 0; k < sizeof words / sizeof *words; k++) {
        if (is_word(m, i, words[k])) {
            return true;
        }
    }
    return false;
}

/* "Quint sings to Hall", "the website states that": a noun in -s that is a verb. */
static bool is_present(const mender *m, uint32_t i, uint32_t first, uint32_t end, bool verbs) {
    if (i == first || !ends_in(m, i, 's') || verbs) {
        return false;
    }
    uint8_t left = m->tags[i - 1], right = i + 1 < end ? m->tags[i + 1] : NEWS_TAG_MARK;
    const news_token *next = i + 1 < end ? &m->article->tokens[i + 1] : NULL;
    if (left == NEWS_TAG_ADVERB && i > first + 1 &&
        (m->tags[i - 2] == NEWS_TAG_NAME || m->tags[i - 2] == NEWS_TAG_PRONOUN) &&
        right == NEWS_TAG_NAME) {
        return true; /* "Hall openly admires Quint" */
    }
    bool that = next && (is_word(m, i + 1, "that") || next->kind == NEWS_TOKEN_QUOTE ||
                         (next->kind == NEWS_TOKEN_MARK && ends_in(m, i + 1, ':')));
    bool to = right == NEWS_TAG_TO || (next && is_word(m, i + 1, "to")) || !next ||
              (next->kind == NEWS_TOKEN_MARK && (ends_in(m, i + 1, '.') || ends_in(m, i + 1, ',')));
    bool comma = left == NEWS_TAG_MARK && ends_in(m, i - 1, ','); /* "Addo, replies." */
    bool object = right == NEWS_TAG_PRONOUN || (right == NEWS_TAG_NAME && left != NEWS_TAG_NOUN);
    if ((!is_nominal(left) && !comma) || (left == NEWS_TAG_NOUN && ends_in(m, i - 1, 's')) ||
        !(that || (to && left != NEWS_TAG_NOUN) || object)) {
        return false;
    }
    news_cue cue = news_find_cue(m->cues, i, end);
    return (cue.flags & NEWS_CUES_SAY) && cue.end == i + 1;
}

/* "Varga talks about threats": a noun in -s that opens a cue of several words behind a name. */
static bool opens_cue(const mender *m, uint32_t i, uint32_t first, uint32_t end) {
    if (i == first || !ends_in(m, i, 's') || m->tags[i - 1] != NEWS_TAG_NAME) {
        return false;
    }
    news_cue cue = news_find_cue(m->cues, i, end);
    return (cue.flags & NEWS_CUES_SAY) && cue.end > i + 1;
}

/* Behind it stands what is reported, and it is a cue. */
static bool adds(const mender *m, uint32_t i, uint32_t end) {
    const news_token *next = &m->article->tokens[i + 1];
    return (next->kind == NEWS_TOKEN_QUOTE || is_word(m, i + 1, "that") ||
            (next->kind == NEWS_TOKEN_MARK && ends_in(m, i + 1, ':'))) &&
           (news_find_cue(m->cues, i, end).flags & NEWS_CUES_THAT);
}

/* "the sailors’ union": an apostrophe that closes nothing. */
static bool is_possessive(mender *m, uint32_t i, uint32_t first, uint32_t end) {
    while (m->stretch < m->stretches->list.n && m->stretches->list.at[m->stretch].end <= i) {
        m->stretch++;
    }
    const news_stretch *s =
        m->stretch < m->stretches->list.n ? &m->stretches->list.at[m->stretch] : NULL;
    if (i == first || i + 1 >= end || (s && (s->open == i || s->end == i + 1))) {
        return false;
    }
    const news_token *t = &m->article->tokens[i];
    bool single = m->article->text->bytes[t->span.from] == '\'' ||
                  (t->span.to - t->span.from == 3 &&
                   memcmp(m->article->text->bytes + t->span.from, "’", 3) == 0);
    uint8_t right = m->tags[i + 1];
    return single && !(t->flags & NEWS_TOKEN_SPACE_BEFORE) && ends_in(m, i - 1, 's') &&
           (m->article->tokens[i + 1].flags & NEWS_TOKEN_SPACE_BEFORE) &&
           (right == NEWS_TAG_NOUN || right == NEWS_TAG_ADJECTIVE || right == NEWS_TAG_NAME);
}

static void mend_sentence(mender *m, uint32_t first, uint32_t end) {
    bool verbs = false, ever = false; /* in the narrator's clause; in the sentence */
    uint32_t since = end, verb = end; /* a cue that wants a clause, and what may be its verb */
    for (uint32_t i = first; i < end; i++) {
        const news_token *token = &m->article->tokens[i];
        uint8_t tag = m->tags[i], next = i + 1 < end ? m->tags[i + 1] : NEWS_TAG_MARK;
        if (token->kind == NEWS_TOKEN_QUOTE && is_possessive(m, i, first, end)) {
            m->tags[i] = NEWS_TAG_POSSESSIVE;
        } else if (token->kind == NEWS_TOKEN_QUOTE) {
            verbs = false; /* what is quoted is no part of the narrator's clause */
        } else if (tag == NEWS_TAG_POSSESSIVE && is_word(m, i, "her") &&
                   (next == NEWS_TAG_MARK || next == NEWS_TAG_LINKER || next == NEWS_TAG_TO ||
                    next == NEWS_TAG_PREPOSITION)) {
            m->tags[i] = NEWS_TAG_PRONOUN; /* "asked her, “…”" */
        } else if (tag == NEWS_TAG_OTHER && (token->flags & NEWS_TOKEN_CAPITAL) &&
                   is_finite(next)) {
            m->tags[i] = NEWS_TAG_NAME; /* "Wall continued": what acts is no interjection */
        } else if ((tag == NEWS_TAG_PARTICIPLE || tag == NEWS_TAG_BASE) && !verbs && i > first &&
                   is_nominal(m->tags[i - 1]) && is_alike(m, i)) {
            m->tags[i] = NEWS_TAG_PAST;
            verbs = true;
        } else if ((tag == NEWS_TAG_PARTICIPLE || tag == NEWS_TAG_ADJECTIVE) &&
                   (ends_in(m, i, 'd') || tag == NEWS_TAG_PARTICIPLE) &&
                   is_past(m, i, first, end, verbs, ever)) {
            m->tags[i] = NEWS_TAG_PAST;
            verbs = true;
        } else if (tag == NEWS_TAG_GERUND && i + 2 < end && next == NEWS_TAG_NOUN &&
                   m->tags[i + 2] == NEWS_TAG_NAME &&
                   (i == first || m->article->tokens[i - 1].kind == NEWS_TOKEN_QUOTE)) {
            m->tags[i] = NEWS_TAG_ADJECTIVE; /* "sporting director Eva Hahn" */
        } else if (tag == NEWS_TAG_NOUN && i > first && ends_in(m, i, 'g') && i + 1 < end &&
                   (is_word(m, i + 1, "for") || is_word(m, i + 1, "of")) &&
                   news_find_cue(m->cues, i, end).end > i + 1) {
            m->tags[i] = NEWS_TAG_GERUND; /* "language calling for" */
        } else if (tag == NEWS_TAG_NOUN && i > first && ends_in(m, i, 'g') && i + 1 < end &&
                   ends_in(m, i - 1, ',') && adds(m, i, end)) {
            m->tags[i] = NEWS_TAG_GERUND; /* "told the crew, adding: “…”" */
        } else if (tag == NEWS_TAG_NOUN && i > first && ends_in(m, i, 'g') &&
                   (next == NEWS_TAG_PRONOUN || is_word(m, i + 1, "her")) &&
                   m->tags[i - 1] == NEWS_TAG_NAME) {
            m->tags[i] = NEWS_TAG_GERUND; /* "the Port Union calling her" */
        } else if (tag == NEWS_TAG_NOUN && i > first && m->tags[i - 1] == NEWS_TAG_CONJUNCTION &&
                   (next == NEWS_TAG_NAME || next == NEWS_TAG_PRONOUN) &&
                   (news_find_cue(m->cues, i, end).flags & NEWS_CUES_SAY)) {
            m->tags[i] = NEWS_TAG_BASE; /* "to joke and call Quint" */
        } else if (tag == NEWS_TAG_BASE && i > first && is_nominal(m->tags[i - 1]) && !verbs &&
                   (news_find_cue(m->cues, i, end).flags & NEWS_CUES_THAT)) {
            m->tags[i] = NEWS_TAG_PRESENT; /* "four in 10 voters say" */
            verbs = true;
        } else if (tag == NEWS_TAG_BASE && i > first && ends_in(m, i, 's') &&
                   m->tags[i - 1] == NEWS_TAG_PREPOSITION) {
            m->tags[i] = NEWS_TAG_NOUN; /* "did not respond to requests" */
        } else if ((tag == NEWS_TAG_NOUN || tag == NEWS_TAG_BASE) && !verbs && i > first &&
                   m->tags[i - 1] == NEWS_TAG_NOUN && ends_in(m, i - 1, 's') &&
                   next == NEWS_TAG_DETERMINER &&
                   (news_find_cue(m->cues, i, end).flags & NEWS_CUES_SAY)) {
            m->tags[i] = NEWS_TAG_PRESENT; /* "the two leaders promise the first ships" */
            verbs = true;
        } else if (tag == NEWS_TAG_NOUN &&
                   (is_present(m, i, first, end, verbs) || opens_cue(m, i, first, end))) {
            m->tags[i] = NEWS_TAG_PRESENT;
            verbs = true;
        } else {
            verbs |= is_finite(tag);
            /* "when", "who", ", and": a clause with a verb of its own */
            verbs &= tag != NEWS_TAG_LINKER && tag != NEWS_TAG_RELATIVE;
        }
        ever |= verbs;
        if (is_finite(m->tags[i]) && i + 1 < end) {
            news_cue cue = news_find_cue(m->cues, i, end);
            bool clause = (cue.flags & NEWS_CUES_THAT) && !(cue.flags & NEWS_CUES_THING);
            since = clause ? i : end;
            verb = end;
        } else if (since < end && m->tags[i] == NEWS_TAG_NOUN && m->tags[i - 1] == NEWS_TAG_NOUN &&
                   ends_in(m, i, 's') && !ends_in(m, i - 1, 's')) {
            verb = i;
        }
    }
    if (verb < end) {
        m->tags[verb] = NEWS_TAG_PRESENT; /* "said the boat leaks": the clause needs a verb */
    }
}

/* "18.20" before a capital: a time of day, though a number elsewhere. */
static bool is_time_of_day(const news_article *a, uint32_t token) {
    const news_token *t = &a->tokens[token];
    const char *bytes = a->text->bytes + t->span.from;
    uint32_t n = t->span.to - t->span.from;
    if (t->kind != NEWS_TOKEN_NUMBER || n < 4 || n > 5 || token + 1 >= a->n_tokens) {
        return false;
    }
    const news_token *next = t + 1;
    if (!(next->flags & NEWS_TOKEN_CAPITAL) && next->kind != NEWS_TOKEN_QUOTE) {
        return false;
    }
    const char *minutes = bytes + n - 2;
    return (minutes[-1] == '.' || minutes[-1] == ':') && minutes[0] >= '0' && minutes[0] < '6' &&
           news_utf8_is_digit((unsigned char)minutes[1]) &&
           (n == 4 || bytes[0] < '2' || (bytes[0] == '2' && bytes[1] < '4'));
}

/* The time that opens an entry of a live blog is no part of its sentence. */
static void mend_clock(const mender *m, uint32_t first, news_span block) {
    const news_article *a = m->article;
    if (a->tokens[first].span.from != block.from || a->tokens[first].kind != NEWS_TOKEN_NUMBER) {
        return;
    }
    uint32_t end = is_time_of_day(a, first) ? a->tokens[first].span.to
                                            : news_line_clock(a->text->bytes, block);
    for (uint32_t i = first; i < a->n_tokens && a->tokens[i].span.from < end; i++) {
        m->tags[i] = NEWS_TAG_MARK;
    }
}

void news_find_mended_tags(const news_cues *cues, const news_entities *entities,
                           const news_stretches *stretches, news_tags *tags) {
    const news_article *article = cues->article;
    mender m = {article, cues, stretches, 0, tags->at};
    mend_names(&m, entities);
    for (uint32_t s = 0; s < article->n_sentences; s++) {
        const news_sentence *sentence = &article->sentences[s];
        const news_block *block = &article->blocks[sentence->block];
        if (sentence->n_tokens && news_form_is_tagged(block)) {
            uint32_t first = sentence->first_token;
            mend_clock(&m, first, block->span);
            mend_sentence(&m, first, first + sentence->n_tokens);
        }
    }
}
