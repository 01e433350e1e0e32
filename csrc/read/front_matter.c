/* "key: value" (YAML) between lines of "---", or "key = value" (TOML) between lines of "+++". */
#include "front_matter.h"
#include "utf8.h"
#include "word_lists.h"

#include <string.h>

/* Front matter that does not end within so many lines is a thematic break and text. */
enum { MOST_LINES = 400, LONGEST_KEY = 24, TRUST = 200 };

typedef struct matter {
    news_arena *arena;
    const char *bytes;
    news_claims *claims;
    news_claim_kind kind; /* of the last key, for a list below it */
    bool known;           /* the last key is */
} matter;

static uint32_t line_end(const char *bytes, uint32_t at, uint32_t n) {
    const char *end = memchr(bytes + at, '\n', n - at);
    return end ? (uint32_t)(end - bytes) : n;
}

static bool is_fence(const char *bytes, news_span line, const char *fence) {
    line = news_utf8_trim(bytes, line);
    return line.to - line.from == 3 && memcmp(bytes + line.from, fence, 3) == 0;
}

static bool claim(matter *m, news_span value) {
    value = news_utf8_trim(m->bytes, value);
    uint32_t n = value.to - value.from;
    const char *s = m->bytes + value.from;
    if (n >= 2 && (s[0] == '"' || s[0] == '\'') && s[n - 1] == s[0]) {
        value = news_utf8_trim(m->bytes, (news_span){value.from + 1, value.to - 1});
        s = m->bytes + value.from;
        n = value.to - value.from;
    }
    bool nothing = n == 0 || (n == 1 && strchr("|>~[", s[0])) || (n == 4 && !memcmp(s, "null", 4));
    if (nothing || news_utf8_valid(s, n) != n) {
        return true;
    }
    news_claim *out = news_list_push(m->arena, &m->claims->list);
    if (!out) {
        return false;
    }
    *out = (news_claim){m->kind, TRUST, NEWS_NONE, {s, n}, {NEWS_NONE, NEWS_NONE}};
    return true;
}

/* "[a, b]" is several values. */
static bool claim_all(matter *m, news_span value) {
    value = news_utf8_trim(m->bytes, value);
    if (value.to - value.from < 2 || m->bytes[value.from] != '[' || m->bytes[value.to - 1] != ']') {
        return claim(m, value);
    }
    value.from++;
    value.to--;
    while (value.from < value.to) {
        const char *comma = memchr(m->bytes + value.from, ',', value.to - value.from);
        uint32_t to = comma ? (uint32_t)(comma - m->bytes) : value.to;
        if (!claim(m, (news_span){value.from, to})) {
            return false;
        }
        value.from = to + 1;
    }
    return true;
}

static bool read_line(matter *m, news_span line, char separator) {
    news_span text = news_utf8_trim(m->bytes, line);
    const char *s = m->bytes + text.from;
    if (text.from == text.to || *s == '#') {
        return true;
    }
    if (*s == '-' && text.to - text.from > 2 && s[1] == ' ') { /* an element of a list */
        text.from += 2;
        const char *name = text.to - text.from > 5 && !memcmp(s + 2, "name:", 5) ? s + 7 : NULL;
        text.from = name ? (uint32_t)(name - m->bytes) : text.from;
        return !m->known || claim(m, text);
    }
    const char *colon = memchr(s, separator, text.to - text.from);
    if (!colon) {
        return true;
    }
    news_span key = news_utf8_trim(m->bytes, (news_span){text.from, (uint32_t)(colon - m->bytes)});
    news_word known = {0};
    if (key.to - key.from <= LONGEST_KEY) {
        known = news_words_find_folded(&news_words_front_matter, m->bytes + key.from,
                                       key.to - key.from);
    }
    bool nested = text.from > line.from;
    if (nested && m->known && known.value != NEWS_FRONT_MATTER_HEADLINE) {
        return true; /* a key below a key, as in "author:\n  name: …" */
    }
    static const news_claim_kind kinds[] = {
        NEWS_CLAIM_HEADLINE, NEWS_CLAIM_DEK,     NEWS_CLAIM_AUTHOR,    NEWS_CLAIM_PUBLISHED,
        NEWS_CLAIM_MODIFIED, NEWS_CLAIM_SECTION, NEWS_CLAIM_PUBLISHER, NEWS_CLAIM_LANGUAGE};
    m->known = known.is_entry && !nested;
    if (!m->known) {
        return true;
    }
    m->kind = kinds[known.value];
    return claim_all(m, (news_span){(uint32_t)(colon - m->bytes) + 1, text.to});
}

bool news_read_front_matter(news_arena *arena, const news_source *source, news_claims *claims,
                            uint32_t *end) {
    const char *bytes = source->utf8.bytes;
    uint32_t n = source->utf8.n, first = line_end(bytes, 0, n);
    *end = 0;
    bool yaml = is_fence(bytes, (news_span){0, first}, "---");
    if (!yaml && !is_fence(bytes, (news_span){0, first}, "+++")) {
        return true;
    }
    uint32_t close = NEWS_NONE;
    for (uint32_t at = first + 1, lines = 0; at < n && lines < MOST_LINES; lines++) {
        uint32_t to = line_end(bytes, at, n);
        if (is_fence(bytes, (news_span){at, to}, yaml ? "---" : "+++") ||
            (yaml && is_fence(bytes, (news_span){at, to}, "..."))) {
            close = at;
            *end = to;
            break;
        }
        at = to + 1;
    }
    matter m = {.arena = arena, .bytes = bytes, .claims = claims};
    for (uint32_t at = first + 1; close != NEWS_NONE && at < close;) {
        uint32_t to = line_end(bytes, at, n);
        if (!read_line(&m, (news_span){at, to}, yaml ? ':' : '=')) {
            return false;
        }
        at = to + 1;
    }
    return true;
}
