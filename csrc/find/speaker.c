/* Subjects by the grammar of news: before the verb, behind it, with an apposition between. */
#include "speaker.h"
#include "word_lists.h"

#include <string.h>

static bool is_mark(const news_scene *s, uint32_t i, char c) {
    const news_token *token = &s->article->tokens[i];
    return token->kind == NEWS_TOKEN_MARK && s->article->text->bytes[token->span.from] == c;
}

static bool is_word(const news_scene *s, uint32_t i, const char *word) {
    news_span span = s->article->tokens[i].span;
    if (span.to - span.from != strlen(word)) {
        return false;
    }
    for (uint32_t k = 0; word[k]; k++) {
        char c = s->article->text->bytes[span.from + k];
        if ((c >= 'A' && c <= 'Z' ? (char)(c + 32) : c) != word[k]) {
            return false;
        }
    }
    return true;
}

static bool is_verb(uint8_t tag) {
    return tag >= NEWS_TAG_BASE && tag <= NEWS_TAG_GERUND;
}

/* "has", "was", "will", "also", "n't": what stands between a subject and its verb. */
static bool is_between(const news_scene *s, uint32_t i) {
    static const char *const auxiliaries[] = {"has", "have", "had",  "was", "were", "is",
                                              "are", "be",   "been", "did", "does", "do"};
    uint8_t tag = s->tags.at[i];
    if (tag == NEWS_TAG_ADVERB || tag == NEWS_TAG_MODAL) {
        return true;
    }
    for (size_t k = 0; k < sizeof auxiliaries / sizeof *auxiliaries; k++) {
        if (is_word(s, i, auxiliaries[k])) {
            return true;
        }
    }
    return false;
}

static uint32_t sentence_start(const news_scene *s, uint32_t i) {
    return s->article->sentences[s->article->tokens[i].sentence].first_token;
}

static uint32_t sentence_end(const news_scene *s, uint32_t i) {
    const news_sentence *sentence = &s->article->sentences[s->article->tokens[i].sentence];
    return sentence->first_token + sentence->n_tokens;
}

static const news_phrase *phrase_at(const news_scene *s, uint32_t i) {
    uint32_t k = s->phrases.of[i];
    return k == NEWS_NONE ? NULL : &s->phrases.list.at[k];
}

/* Words that are the subject of no report. */
static bool may_speak(const news_scene *s, const news_phrase *phrase) {
    static const char *const silent[] = {"there",  "this",     "that",    "which",     "what",
                                         "one",    "monday",   "tuesday", "wednesday", "thursday",
                                         "friday", "saturday", "sunday",  "today",     "yesterday"};
    uint32_t head = phrase->end - 1;
    for (size_t k = 0; phrase->end - phrase->first == 1 && k < sizeof silent / sizeof *silent;
         k++) {
        if (is_word(s, head, silent[k])) {
            return false;
        }
    }
    return true;
}

/* The subject of the verb at `verb`; how often a conjunction may send the search to an earlier verb
 * is limited. */
static bool subject_before(const news_scene *s, uint32_t verb, unsigned depth, news_phrase *out) {
    enum { DEEPEST = 3, FURTHEST = 40 };
    uint32_t start = sentence_start(s, verb), i = verb;
    if (depth > DEEPEST) {
        return false;
    }
    while (i > start && is_between(s, i - 1)) {
        i--;
    }
    if (i == start) {
        return false;
    }
    const news_phrase *phrase = phrase_at(s, i - 1);
    if (phrase && phrase->end == i) {
        /* "the minister for trade said": the head stands before "for"; so does "of". */
        uint32_t first = phrase->first;
        while (first > start + 1 && s->tags.at[first - 1] == NEWS_TAG_PREPOSITION &&
               phrase_at(s, first - 2) &&
               (is_word(s, first - 1, "of") || is_word(s, first - 1, "for") ||
                is_word(s, first - 1, "at") || is_word(s, first - 1, "from") ||
                is_word(s, first - 1, "in"))) {
            phrase = phrase_at(s, first - 2);
            first = phrase->first;
        }
        *out = *phrase;
        return may_speak(s, phrase);
    }
    bool relative = s->tags.at[i - 1] == NEWS_TAG_RELATIVE;
    if (is_mark(s, i - 1, ',') || relative) {
        /* "X, a doctor, said" and "X, who runs it, said": the phrase before the opening comma. */
        uint32_t open = i - 1;
        if (!relative || (open > start && is_mark(s, open - 1, ','))) {
            for (open = relative ? i - 2 : i - 1;
                 !relative && open > start && i - open < FURTHEST;) {
                open--;
                if (is_mark(s, open, ',') || s->article->tokens[open].kind == NEWS_TOKEN_QUOTE) {
                    break;
                }
            }
        }
        if (open > start && !(s->article->tokens[open].kind == NEWS_TOKEN_QUOTE)) {
            phrase = phrase_at(s, open - 1);
            if (phrase && may_speak(s, phrase)) {
                *out = *phrase;
                return true;
            }
        }
        phrase = i >= start + 2 ? phrase_at(s, i - 2) : NULL;
        if (phrase && may_speak(s, phrase)) {
            *out = *phrase;
            return true;
        }
        return false;
    }
    if (s->tags.at[i - 1] == NEWS_TAG_CONJUNCTION) {
        for (uint32_t k = i - 1; k > start && i - k < FURTHEST; k--) {
            if (is_verb(s->tags.at[k]) && s->tags.at[k] != NEWS_TAG_GERUND &&
                s->tags.at[k] != NEWS_TAG_BASE) {
                return subject_before(s, k, depth + 1,
                                      out); /* the nearest only: the search stays linear */
            }
        }
    }
    if (s->tags.at[i - 1] == NEWS_TAG_TO) { /* "agreed to call": the subject of the verb before */
        for (uint32_t k = i - 1; k > start && i - k < FURTHEST; k--) {
            if (is_verb(s->tags.at[k - 1])) {
                return subject_before(s, k - 1, depth + 1, out);
            }
        }
    }
    return false;
}

static bool is_according(const news_scene *s, uint32_t i, uint32_t end) {
    return i + 1 < end && is_word(s, i, "according") && is_word(s, i + 1, "to");
}

bool news_find_attribution(const news_scene *s, uint32_t at, news_attribution *out) {
    uint32_t end = sentence_end(s, at);
    *out = (news_attribution){.speaker = {NEWS_NONE, NEWS_NONE}};
    if (is_according(s, at, end)) {
        const news_phrase *phrase = at + 2 < end ? phrase_at(s, at + 2) : NULL;
        if (!phrase) {
            return false;
        }
        *out = (news_attribution){{at, at + 2, NEWS_CUES_SAY | NEWS_CUES_THAT}, *phrase, 0.9F};
        return true;
    }
    if (!is_verb(s->tags.at[at])) {
        return false;
    }
    news_cue cue = news_find_cue(s->article, at, end);
    if (!cue.flags || s->tags.at[at] == NEWS_TAG_GERUND) {
        return false;
    }
    out->cue = cue;
    out->score = 0.8F;
    if (!subject_before(s, at, 0, &out->speaker)) {
        out->speaker = (news_phrase){NEWS_NONE, NEWS_NONE};
    }
    return true;
}

bool news_find_attribution_after(const news_scene *s, uint32_t at, uint32_t end,
                                 news_attribution *out) {
    enum { FURTHEST = 24 };
    uint32_t limit = end - at > FURTHEST ? at + FURTHEST : end;
    *out = (news_attribution){.speaker = {NEWS_NONE, NEWS_NONE}};
    if (at < limit && is_mark(s, at, ',')) {
        at++;
    }
    if (at >= limit) {
        return false;
    }
    if (is_according(s, at, end)) {
        return news_find_attribution(s, at, out);
    }
    uint32_t verb = at;
    while (verb < limit && is_between(s, verb)) {
        verb++;
    }
    if (verb < limit && is_verb(s->tags.at[verb])) { /* "said X" */
        news_cue cue = news_find_cue(s->article, verb, end);
        uint32_t next = cue.end;
        while (next < limit && s->tags.at[next] == NEWS_TAG_ADVERB) {
            next++;
        }
        const news_phrase *phrase = next < limit ? phrase_at(s, next) : NULL;
        if (cue.flags && phrase && phrase->first == next) {
            *out = (news_attribution){cue, *phrase, 0.95F};
            return true;
        }
        return false;
    }
    const news_phrase *phrase = phrase_at(s, at);
    if (!phrase || phrase->first != at) {
        return false;
    }
    for (verb = phrase->end; verb < limit; verb++) {
        if (s->article->tokens[verb].kind == NEWS_TOKEN_QUOTE) {
            return false;
        }
        if (!is_verb(s->tags.at[verb])) {
            continue;
        }
        news_cue cue = news_find_cue(s->article, verb, end);
        news_phrase subject;
        if (cue.flags && s->tags.at[verb] != NEWS_TAG_GERUND &&
            subject_before(s, verb, 0, &subject)) {
            bool near = subject.first == phrase->first;
            *out = (news_attribution){cue, near ? subject : *phrase, 0.95F};
            return true;
        }
    }
    return false;
}

/* The first mention that ends at or behind `from`. */
static uint32_t first_mention(const news_entities *entities, uint32_t from) {
    uint32_t low = 0, high = entities->mentions.n;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (entities->mentions.at[middle].span.from < from) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

bool news_fill_speaker(news_arena *arena, const news_scene *s, news_phrase phrase, float score,
                       news_speaker *out) {
    enum { MOST = 8, LONGEST = 400 };
    const news_token *tokens = s->article->tokens;
    news_span span = {tokens[phrase.first].span.from, tokens[phrase.end - 1].span.to};
    uint32_t found[MOST], n = 0, length = 0;
    for (uint32_t i = first_mention(s->entities, span.from); i < s->entities->mentions.n; i++) {
        const news_mention *mention = &s->entities->mentions.at[i];
        if (mention->span.from >= span.to) {
            break;
        }
        bool known = false;
        for (uint32_t k = 0; k < n; k++) {
            known |= found[k] == mention->entity;
        }
        if (mention->span.to == span.to && !known && n < MOST) {
            found[n++] = mention->entity;
            length += s->entities->entities.at[mention->entity].name.n + 2;
        }
    }
    *out = (news_speaker){.span = span, .score = score};
    if (n == 0 || length > LONGEST) {
        out->name = (news_string){s->article->text->bytes + span.from, span.to - span.from};
        return true;
    }
    uint32_t *entities = news_arena_array(arena, n, sizeof *entities);
    char *name = news_arena_alloc(arena, length);
    if (!entities || !name) {
        return false;
    }
    for (uint32_t i = 1; i < n; i++) { /* in the order of their first mention */
        for (uint32_t k = i; k > 0 && s->entities->entities.at[found[k]].first_mention <
                                          s->entities->entities.at[found[k - 1]].first_mention;
             k--) {
            uint32_t swap = found[k];
            found[k] = found[k - 1];
            found[k - 1] = swap;
        }
    }
    uint32_t used = 0;
    for (uint32_t i = 0; i < n; i++) {
        entities[i] = found[i];
        news_string part = s->entities->entities.at[found[i]].name;
        if (i) {
            name[used++] = ';';
            name[used++] = ' ';
        }
        memcpy(name + used, part.bytes, part.n);
        used += part.n;
    }
    out->name = (news_string){name, used};
    out->entities = entities;
    out->n_entities = n;
    return true;
}
