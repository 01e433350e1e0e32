/* A quote without a cue goes on from the quote before it, answers it, or belongs to whom the
 * sentence before it tells of. */
#include "dialogue.h"
#include "speaker.h"
#include "word_lists.h"

#include <string.h>

static bool is_same(const news_speaker *a, const news_speaker *b) {
    return a->n_entities == b->n_entities &&
           (a->n_entities
                ? a->entities[0] == b->entities[0]
                : a->name.n == b->name.n &&
                      (a->name.n == 0 || memcmp(a->name.bytes, b->name.bytes, a->name.n) == 0));
}

void news_dialogue_add(news_dialogue *of, const news_reports *r, const news_speaker *speaker,
                       const news_stretch *end) {
    for (int k = NEWS_DIALOGUE_DEPTH - 1; k > 0; k--) {
        of->speaker[k] = of->speaker[k - 1];
        of->block[k] = of->block[k - 1];
        of->asks[k] = of->asks[k - 1];
    }
    of->speaker[0] = *speaker;
    of->block[0] = end->block;
    of->asks[0] = end->end > end->open + 2 && news_report_is_mark(r, end->end - 2, '?');
}

/* Two people speak by turns, a paragraph each: an answer follows a question, and the third
 * paragraph the first. */
static bool alternates(const news_dialogue *of, uint32_t block, bool asks) {
    if (of->block[1] == NEWS_NONE || of->block[0] + 1 != block ||
        of->block[1] + 1 != of->block[0] || !of->speaker[0].name.bytes ||
        !of->speaker[1].name.bytes || is_same(&of->speaker[0], &of->speaker[1])) {
        return false;
    }
    bool third = of->block[2] != NEWS_NONE && of->block[2] + 1 == of->block[1] &&
                 is_same(&of->speaker[2], &of->speaker[0]);
    return third || of->asks[0] || (asks && of->asks[1]);
}

/* A paragraph of the interviewer's: it ends with a question, outside marks. */
static bool is_question(const news_reports *r, uint32_t line) {
    const news_narration *asked = &r->lines.at[line];
    bool ends = line + 1 == r->lines.n || r->lines.at[line + 1].block != asked->block;
    return ends && r->stretch_of[asked->end - 1] == NEWS_NONE &&
           news_report_is_mark(r, asked->end - 1, '?');
}

/* Whether a place lies in what tells of the guest, not in the line that names who wrote it. */
static bool is_introduction(const news_article *a, uint32_t at) {
    const news_block *block = news_form_block_at(a, at);
    return block && (block->role == NEWS_ROLE_HEADLINE || block->role == NEWS_ROLE_DEK ||
                     block->role == NEWS_ROLE_PARAGRAPH);
}

void news_dialogue_begin(const news_reports *r, const news_entities *entities, news_dialogue *out) {
    enum { LEAST_QUESTIONS = 2 };
    *out = (news_dialogue){.guest = NEWS_NONE};
    for (int k = 0; k < NEWS_DIALOGUE_DEPTH; k++) {
        out->block[k] = NEWS_NONE;
    }
    uint32_t questions = 0;
    for (uint32_t l = 0; l + 1 < r->lines.n && questions < LEAST_QUESTIONS; l++) {
        questions += is_question(r, l) && r->stretch_of[r->lines.at[l + 1].first] != NEWS_NONE;
    }
    for (uint32_t k = 0; k < r->list.n && questions < LEAST_QUESTIONS; k++) {
        bool answer = false;
        questions += r->list.at[k].is_turn &&
                     news_dialogue_is_label(r, r->list.at[k].source, &answer) && answer;
    }
    uint32_t first = NEWS_NONE;
    for (uint32_t i = 0; i < entities->entities.n && questions >= LEAST_QUESTIONS; i++) {
        const news_entity *entity = &entities->entities.at[i];
        uint32_t at = entities->mentions.at[entity->first_mention].span.from;
        if (entity->type == NEWS_ENTITY_PERSON && at < first && is_introduction(r->article, at)) {
            first = at;
            out->guest = i;
        }
    }
}

/* The subject of the line before, where it is a person: "He shook his head. “No.”" */
static bool narrated(news_arena *arena, const news_reports *r, const news_entities *entities,
                     const news_narration *line, news_speaker *out) {
    enum { REACH = 40 }; /* tokens to the first verb */
    *out = (news_speaker){.span = {NEWS_NONE, NEWS_NONE}};
    for (uint32_t t = line->first; t < line->end && t < line->first + REACH; t++) {
        if (r->stretch_of[t] != NEWS_NONE) {
            return true;
        }
        if (r->tags[t] != NEWS_TAG_PAST && r->tags[t] != NEWS_TAG_PRESENT) {
            continue;
        }
        news_range subject = news_report_subject(r, line->first, t);
        if (subject.first == NEWS_NONE) {
            continue;
        }
        if (r->tags[subject.first] == NEWS_TAG_POSSESSIVE) {
            subject.end = subject.first + 1; /* "Her answer was short." */
        }
        news_speaker found;
        if (!news_find_speaker(arena, r, entities, subject, 0.5f, &found)) {
            return false;
        }
        if (found.n_entities == 1 &&
            entities->entities.at[found.entities[0]].type == NEWS_ENTITY_PERSON) {
            *out = found;
        }
        return true;
    }
    return true;
}

bool news_dialogue_is_label(const news_reports *r, news_range source, bool *is_answer) {
    if (source.first == NEWS_NONE || source.end != source.first + 1) {
        return false;
    }
    *is_answer =
        news_report_is_word(r, source.first, "a") || news_report_is_word(r, source.first, "answer");
    return *is_answer || news_report_is_word(r, source.first, "q") ||
           news_report_is_word(r, source.first, "question");
}

/* The mention that introduced the interviewed person stands for them. */
bool news_dialogue_guest(news_arena *arena, const news_dialogue *dialogue,
                         const news_entities *entities, news_speaker *out) {
    *out = (news_speaker){.span = {NEWS_NONE, NEWS_NONE}};
    uint32_t guest = dialogue->guest;
    if (guest == NEWS_NONE) {
        return true;
    }
    const news_entity *entity = &entities->entities.at[guest];
    uint32_t *index = news_arena_array(arena, 1, sizeof *index);
    if (!index) {
        return false;
    }
    *index = guest;
    *out = (news_speaker){.name = entity->name,
                          .span = entities->mentions.at[entity->first_mention].span,
                          .entities = index,
                          .n_entities = 1,
                          .score = 0.5f};
    return true;
}

/* Who is reported, in words without marks, to have said what narrator's line `l` tells: the index
 * of the report, or NEWS_NONE. */
static uint32_t told_by(const news_reports *r, uint32_t l) {
    uint32_t low = 0, high = r->list.n, found = NEWS_NONE;
    while (low < high) { /* reports stand in the order of their lines */
        uint32_t middle = low + (high - low) / 2;
        if (r->list.at[middle].line < l) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    for (uint32_t t = r->lines.at[l].first; t < r->lines.at[l].end; t++) {
        if (r->stretch_of[t] != NEWS_NONE) {
            return NEWS_NONE;
        }
    }
    for (; low < r->list.n && r->list.at[low].line == l && found == NEWS_NONE; low++) {
        const news_report *report = &r->list.at[low];
        bool says = report->flags & NEWS_CUES_SAY &&
                    (!(report->flags & NEWS_CUES_WEAK) || report->flags & NEWS_CUES_THAT);
        if (says && report->content.first != NEWS_NONE && report->source.first != NEWS_NONE) {
            found = low;
        }
    }
    return found;
}

/* "The ministry did not answer. In a statement it had called …": the subject of the line before, or
 * what a person did something with there: "She put a notice in the window. It read: …". */
bool news_dialogue_thing(news_arena *arena, const news_reports *r, const news_entities *entities,
                         const news_report *report, news_speaker *out) {
    const news_narration *line = &r->lines.at[report->line];
    if (report->source.end != report->source.first + 1 || report->line == 0 ||
        !news_report_is_word(r, report->source.first, "it") || line[-1].block != line->block) {
        return true;
    }
    line--;
    for (uint32_t t = line->first; t + 1 < line->end && r->stretch_of[t] == NEWS_NONE; t++) {
        if (r->tags[t] != NEWS_TAG_PAST && r->tags[t] != NEWS_TAG_PRESENT) {
            continue;
        }
        news_range subject = news_report_subject(r, line->first, t);
        if (subject.first == NEWS_NONE) {
            continue;
        }
        news_speaker found;
        if (!news_find_speaker(arena, r, entities, subject, 0.5f, &found)) {
            return false;
        }
        bool is_person = r->tags[subject.first] == NEWS_TAG_PRONOUN ||
                         (found.n_entities &&
                          entities->entities.at[found.entities[0]].type == NEWS_ENTITY_PERSON);
        if (is_person) {
            bool is_new = news_report_is_word(r, t + 1, "a") || news_report_is_word(r, t + 1, "an");
            news_range object =
                is_new ? news_report_noun(r, t + 1, line->end) : (news_range){NEWS_NONE, NEWS_NONE};
            if (object.first == NEWS_NONE) {
                return true;
            }
            object.end = r->phrases->list.at[r->phrases->of[object.first]].end;
            if (!news_find_speaker(arena, r, entities, object, 0.5f, &found)) {
                return false;
            }
        }
        out->name = found.name;
        out->entities = found.entities;
        out->n_entities = found.n_entities;
        return true;
    }
    return true;
}

/* "On the defence:", "How bad is it?", "(on the knee)": what a quote of a sheet answers. */
static bool is_prompt(const news_reports *r, const news_narration *line) {
    return news_report_is_mark(r, line->end - 1, ':') ||
           news_report_is_mark(r, line->end - 1, '?') || news_report_is_mark(r, line->first, '(') ||
           news_report_is_word(r, line->first, "on");
}

/* Whether line `l` is a paragraph of its own without a verb: "Head Coach Ann Hale". */
static bool is_heading(const news_reports *r, uint32_t l) {
    enum { LONGEST = 10 }; /* tokens */
    const news_narration *line = &r->lines.at[l];
    bool alone = (l == 0 || r->lines.at[l - 1].block != line->block) &&
                 (l + 1 == r->lines.n || r->lines.at[l + 1].block != line->block);
    if (!alone || line->end - line->first > LONGEST || news_report_is_mark(r, line->end - 1, '.')) {
        return false;
    }
    for (uint32_t t = line->first; t < line->end; t++) {
        if (r->stretch_of[t] != NEWS_NONE ||
            (r->tags[t] >= NEWS_TAG_MODAL && r->tags[t] <= NEWS_TAG_PARTICIPLE)) {
            return false;
        }
    }
    return true;
}

/* A sheet of quotes goes on under the name of who gives them, through prompts and quotes, until the
 * narrator tells something. */
static bool read_sheet(news_arena *arena, news_dialogue *of, const news_reports *r,
                       const news_entities *entities, uint32_t l) {
    for (; of->n_read < l; of->n_read++) {
        const news_narration *line = &r->lines.at[of->n_read];
        if (r->stretch_of[line->first] != NEWS_NONE || is_prompt(r, line)) {
            continue;
        }
        news_speaker named = {.span = {NEWS_NONE, NEWS_NONE}};
        if (is_heading(r, of->n_read) &&
            !news_find_speaker(arena, r, entities, (news_range){line->first, line->end}, 0.5f,
                               &named)) {
            return false;
        }
        bool is_person = named.n_entities == 1 &&
                         entities->entities.at[named.entities[0]].type == NEWS_ENTITY_PERSON;
        of->sheet = is_person ? named : (news_speaker){.span = {NEWS_NONE, NEWS_NONE}};
    }
    return true;
}

bool news_dialogue_inherit(news_arena *arena, news_dialogue *of, const news_reports *r,
                           const news_entities *entities, const news_stretch *s, uint32_t l,
                           news_speaker *out) {
    enum { REACH = 2 }; /* blocks: a picture or a short paragraph may come between */
    *out = (news_speaker){.span = {NEWS_NONE, NEWS_NONE}};
    bool first = l > 0 && r->lines.at[l].first == s->open;
    if (first && of->guest != NEWS_NONE && r->lines.at[l - 1].block != s->block &&
        is_question(r, l - 1)) {
        return news_dialogue_guest(arena, of, entities, out);
    }
    if (first && (r->lines.at[l - 1].block == s->block ||
                  news_report_is_mark(r, r->lines.at[l - 1].end - 1, ':'))) {
        if (!narrated(arena, r, entities, &r->lines.at[l - 1], out)) {
            return false;
        }
        if (out->name.bytes) {
            return true;
        }
    }
    /* "She said that it was proven.", and in the next paragraph what she said, word for word. */
    if (first && r->lines.at[l - 1].block + 1 == s->block) {
        uint32_t k = told_by(r, l - 1);
        if (k != NEWS_NONE &&
            !news_find_speaker(arena, r, entities, r->list.at[k].source, 0.5f, out)) {
            return false;
        }
        if (out->name.bytes) {
            return true;
        }
    }
    if (!read_sheet(arena, of, r, entities, l)) {
        return false;
    }
    if (first && of->sheet.name.bytes) {
        *out = of->sheet;
        return true;
    }
    bool asks = s->end > s->open + 2 && news_report_is_mark(r, s->end - 2, '?');
    bool other = alternates(of, s->block, asks);
    const news_speaker *last = &of->speaker[other ? 1 : 0];
    uint32_t block = of->block[0];
    if (!last->name.bytes || block == NEWS_NONE || block > s->block || s->block - block > REACH) {
        return true;
    }
    for (uint32_t b = block; b < s->block; b++) {
        if (r->article->blocks[b].role == NEWS_ROLE_SUBHEAD) {
            return true;
        }
    }
    /* Each step away from a cue makes it less sure, until it is unknown. */
    float score = last->score * (other ? 0.9f : 0.7f);
    if (score >= NEWS_SPEAKER_THRESHOLD) {
        *out = *last;
        out->score = score;
    }
    return true;
}
