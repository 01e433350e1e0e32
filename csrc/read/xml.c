/* A table says what the elements of each format are; what stands in bodies goes through the reader
 * of HTML. */
#include "xml.h"
#include "html.h"
#include "page_claims.h"
#include "stream.h"

#include <string.h>

/* Elements deeper than this are passed over: no news format nests as deep. */
enum { DEEPEST = 200, LONGEST_NAME = 24 };

typedef enum mode {
    NOTHING, /* its text is not read; elements in it may be */
    SKIP,    /* nor are they */
    ITEM,    /* NOTHING, and an item begins */
    STATED,  /* its text has the role `value` */
    CLAIM,   /* its text claims `value` (a news_claim_kind) */
    DATED,   /* STATED as a date, and claimed as the one of publication */
    BODY,    /* its elements are those of HTML or NITF */
    SUMMARY, /* a text, often HTML written as text: the body where no other is */
    CONTENT, /* the same, and surely the body */
} mode;

enum { RSS = 1, ATOM = 2, NITF = 4, NEWSML = 8 };

/* The first row that fits counts. A parent of NULL stands for any. */
static const struct rule {
    uint8_t formats;
    const char *parent, *name;
    uint8_t mode, value;
} rules[] = {
    {RSS, NULL, "item", ITEM, 0},
    {RSS, "item", "title", STATED, NEWS_ROLE_HEADLINE},
    {RSS, "item", "description", SUMMARY, 0},
    {RSS, "item", "encoded", CONTENT, 0},
    {RSS, "item", "creator", STATED, NEWS_ROLE_BYLINE},
    {RSS, "item", "author", STATED, NEWS_ROLE_BYLINE},
    {RSS, "item", "pubDate", DATED, 0},
    {RSS, "item", "date", DATED, 0},
    {RSS, "item", "modified", CLAIM, NEWS_CLAIM_MODIFIED},
    {RSS, "channel", "title", CLAIM, NEWS_CLAIM_PUBLISHER},
    {RSS, "channel", "language", CLAIM, NEWS_CLAIM_LANGUAGE},

    {ATOM, NULL, "entry", ITEM, 0},
    {ATOM, "entry", "title", STATED, NEWS_ROLE_HEADLINE},
    {ATOM, "entry", "summary", SUMMARY, 0},
    {ATOM, "entry", "content", CONTENT, 0},
    {ATOM, "entry", "published", DATED, 0},
    {ATOM, "entry", "updated", CLAIM, NEWS_CLAIM_MODIFIED},
    {ATOM, "entry", "source", SKIP, 0},
    {ATOM, "author", "name", STATED, NEWS_ROLE_BYLINE},
    {ATOM, "feed", "author", SKIP, 0},
    {ATOM, "feed", "title", CLAIM, NEWS_CLAIM_PUBLISHER},

    {NEWSML, NULL, "newsItem", ITEM, 0},
    {NEWSML, NULL, "NewsItem", ITEM, 0},
    {NEWSML, NULL, "itemRef", ITEM, 0},
    {NEWSML, "itemRef", "title", STATED, NEWS_ROLE_HEADLINE},
    {NEWSML, "itemRef", "headline", STATED, NEWS_ROLE_HEADLINE},
    {NEWSML, "itemRef", "description", STATED, NEWS_ROLE_PARAGRAPH},
    {NEWSML, "contentMeta", "headline", STATED, NEWS_ROLE_HEADLINE},
    {NEWSML, "contentMeta", "by", STATED, NEWS_ROLE_BYLINE},
    {NEWSML, "contentMeta", "dateline", STATED, NEWS_ROLE_DATELINE},
    {NEWSML, "contentMeta", "description", STATED, NEWS_ROLE_DEK},
    {NEWSML, "contentMeta", "contentCreated", DATED, 0},
    {NEWSML, "contentMeta", "contentModified", CLAIM, NEWS_CLAIM_MODIFIED},
    {NEWSML, "creator", "name", CLAIM, NEWS_CLAIM_AUTHOR},
    {NEWSML, "itemMeta", "firstCreated", CLAIM, NEWS_CLAIM_PUBLISHED},
    {NEWSML, "itemMeta", "versionCreated", CLAIM, NEWS_CLAIM_MODIFIED},
    {NEWSML, "provider", "name", CLAIM, NEWS_CLAIM_PUBLISHER},
    {NEWSML, "NewsLines", "HeadLine", STATED, NEWS_ROLE_HEADLINE},
    {NEWSML, "NewsLines", "SubHeadLine", STATED, NEWS_ROLE_DEK},
    {NEWSML, "NewsLines", "ByLine", STATED, NEWS_ROLE_BYLINE},
    {NEWSML, "NewsLines", "DateLine", STATED, NEWS_ROLE_DATELINE},
    {NEWSML, "NewsLines", "CreditLine", STATED, NEWS_ROLE_CREDIT},
    {NEWSML, "NewsLines", "CopyrightLine", STATED, NEWS_ROLE_BOILERPLATE},
    {NEWSML, "NewsManagement", "FirstCreated", CLAIM, NEWS_CLAIM_PUBLISHED},
    {NEWSML, "NewsManagement", "ThisRevisionCreated", CLAIM, NEWS_CLAIM_MODIFIED},
    {NEWSML, NULL, "DataContent", BODY, 0},
    {NEWSML, NULL, "inlineData", CONTENT, 0},
    {NEWSML, "html", "head", SKIP, 0},
    {NEWSML, "html", "body", BODY, 0},

    {NITF | NEWSML, "head", "title", CLAIM, NEWS_CLAIM_HEADLINE},
    {NITF | NEWSML, NULL, "hl1", STATED, NEWS_ROLE_HEADLINE},
    {NITF | NEWSML, "hedline", "hl2", STATED, NEWS_ROLE_DEK},
    {NITF | NEWSML, NULL, "byttl", SKIP, 0},
    {NITF | NEWSML, NULL, "byline", STATED, NEWS_ROLE_BYLINE},
    {NITF | NEWSML, NULL, "dateline", STATED, NEWS_ROLE_DATELINE},
    {NITF | NEWSML, NULL, "abstract", STATED, NEWS_ROLE_DEK},
    {NITF | NEWSML, NULL, "distributor", STATED, NEWS_ROLE_BOILERPLATE},
    {NITF | NEWSML, NULL, "rights", STATED, NEWS_ROLE_BOILERPLATE},
    {NITF | NEWSML, NULL, "note", STATED, NEWS_ROLE_BOILERPLATE},
    {NITF | NEWSML, NULL, "body.end", STATED, NEWS_ROLE_BOILERPLATE},
    {NITF | NEWSML, NULL, "media-caption", STATED, NEWS_ROLE_CAPTION},
    {NITF | NEWSML, NULL, "media-producer", STATED, NEWS_ROLE_CREDIT},
    {NITF | NEWSML, NULL, "media-reference", SKIP, 0},
    {NITF | NEWSML, NULL, "media-metadata", SKIP, 0},
    {NITF | NEWSML, NULL, "media-object", SKIP, 0},
    {NITF | NEWSML, NULL, "body.content", BODY, 0},
    {NITF | NEWSML, "nitf", "body", BODY, 0},
};

/* What attributes state: NITF's head, NewsML's language and provider. */
static const struct stated {
    const char *name, *attribute;
    uint8_t kind, trust;
} attributes_stated[] = {
    {"date.issue", "norm", NEWS_CLAIM_PUBLISHED, NEWS_TRUST_JSON_LD},
    {"date.release", "norm", NEWS_CLAIM_PUBLISHED, NEWS_TRUST_META},
    {"pubdata", "date.publication", NEWS_CLAIM_PUBLISHED, NEWS_TRUST_META - 5},
    {"pubdata", "name", NEWS_CLAIM_PUBLISHER, NEWS_TRUST_JSON_LD},
    {"pubdata", "position.section", NEWS_CLAIM_SECTION, NEWS_TRUST_JSON_LD},
    {"doc.copyright", "holder", NEWS_CLAIM_PUBLISHER, NEWS_TRUST_TITLE},
    {"provider", "literal", NEWS_CLAIM_PUBLISHER, NEWS_TRUST_META},
    {"language", "tag", NEWS_CLAIM_LANGUAGE, NEWS_TRUST_META},
    {"newsItem", "xml:lang", NEWS_CLAIM_LANGUAGE, NEWS_TRUST_META - 5},
    {"packageItem", "xml:lang", NEWS_CLAIM_LANGUAGE, NEWS_TRUST_META - 5},
    {"Language", "FormalName", NEWS_CLAIM_LANGUAGE, NEWS_TRUST_META},
    {"nitf", "xml:lang", NEWS_CLAIM_LANGUAGE, NEWS_TRUST_META},
    {"feed", "xml:lang", NEWS_CLAIM_LANGUAGE, NEWS_TRUST_META},
};

/* Elements of NITF, and the one of HTML that is the same. The first are passages of their own. */
static const char *const html_names[][2] = {
    {"hl2", "h2"},        {"bq", "blockquote"},    {"block", "div"},       {"media", "figure"},
    {"fn", "div"},        {"person", "span"},      {"org", "span"},        {"location", "span"},
    {"event", "span"},    {"function", "span"},    {"money", "span"},      {"num", "span"},
    {"chron", "span"},    {"virtloc", "span"},     {"object.title", "i"},  {"classifier", "span"},
    {"city", "span"},     {"state", "span"},       {"country", "span"},    {"region", "span"},
    {"alt-code", "span"}, {"sublocation", "span"}, {"name.given", "span"}, {"name.family", "span"},
    {"copyrite", "span"}, {"pronounce", "span"},   {"postaddr", "span"},   {"lang", "span"},
};

typedef struct frame {
    char name[LONGEST_NAME + 1]; /* without its prefix, cut */
    uint8_t mode, value;
    bool is_forwarded; /* the HTML reader knows of it */
} frame;

typedef struct reader {
    news_arena *arena;
    news_reading *reading;
    const char *bytes;
    uint32_t n;
    news_html *html;
    uint8_t format;
    frame frames[DEEPEST];
    uint32_t depth;      /* of elements, those too deep included */
    uint32_t item;       /* or NEWS_NONE */
    uint32_t first;      /* passage of the item */
    uint32_t opened;     /* passages before the element with a mode of its own */
    uint32_t n_items_in; /* depth of the open item's element */
    bool has_content;    /* the item has a surer body than its summary */
    bool is_html;        /* the open text is HTML written as text */
    news_map map;        /* of the gathered bytes */
    NEWS_LIST(char) gathered;
} reader;

static const char *local_name(const char *name) {
    const char *colon = strchr(name, ':');
    return colon ? colon + 1 : name;
}

/* Extensions of feeds whose elements have the names of the feed's own; Atom's stand in RSS too. */
static bool is_foreign(const reader *r, const char *name) {
    static const char *const prefixes[] = {"media:",  "itunes:", "thr:", "slash:",   "wfw:",
                                           "georss:", "atom:",   "app:", "podcast:", "gd:"};
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
        if (strncmp(name, prefixes[i], strlen(prefixes[i])) == 0) {
            return r->format != ATOM || strcmp(prefixes[i], "atom:") != 0;
        }
    }
    return false;
}

static const char *attribute(const char *const *attributes, const char *name) {
    for (; attributes && attributes[0]; attributes += 2) {
        if (strcmp(attributes[0], name) == 0) {
            return attributes[1] ? attributes[1] : "";
        }
    }
    return NULL;
}

static bool find_format(reader *r, const char *name) {
    static const struct {
        const char *root;
        uint8_t bit;
        news_format format;
    } roots[] = {
        {"rss", RSS, NEWS_FORMAT_RSS},
        {"RDF", RSS, NEWS_FORMAT_RSS},
        {"feed", ATOM, NEWS_FORMAT_ATOM},
        {"entry", ATOM, NEWS_FORMAT_ATOM},
        {"nitf", NITF, NEWS_FORMAT_NITF},
        {"newsItem", NEWSML, NEWS_FORMAT_NEWSML},
        {"newsMessage", NEWSML, NEWS_FORMAT_NEWSML},
        {"packageItem", NEWSML, NEWS_FORMAT_NEWSML},
        {"NewsML", NEWSML, NEWS_FORMAT_NEWSML},
    };
    for (size_t i = 0; i < sizeof roots / sizeof *roots; i++) {
        if (strcmp(name, roots[i].root) == 0) {
            r->format = roots[i].bit;
            r->reading->format = roots[i].format;
            return true;
        }
    }
    return false;
}

static const struct rule *find_rule(const reader *r, const char *parent, const char *name) {
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        if ((rules[i].formats & r->format) && strcmp(rules[i].name, name) == 0 &&
            (!rules[i].parent || strcmp(rules[i].parent, parent) == 0)) {
            return &rules[i];
        }
    }
    return NULL;
}

static bool claim(reader *r, news_claim_kind kind, uint8_t trust, const char *bytes, uint32_t n) {
    return news_page_claim(r->arena, &r->reading->claims, kind, trust, r->item, bytes, n);
}

/* "20240422T060000Z", as NITF and NewsML 1 write dates, with the dashes and colons that all others
 * have. */
static bool claim_compact(reader *r, news_claim_kind kind, uint8_t trust, const char *value,
                          uint32_t n) {
    char out[32];
    uint32_t used = 0;
    bool is_compact = n >= 8 && n <= 21;
    for (uint32_t i = 0; i < 8 && is_compact; i++) {
        is_compact = value[i] >= '0' && value[i] <= '9';
    }
    if (!is_compact) {
        return claim(r, kind, trust, value, n);
    }
    bool is_time = n >= 15 && value[8] == 'T';
    uint32_t end = is_time ? n : 8;
    for (uint32_t i = 0; i < end; i++) {
        if (i == 4 || i == 6) {
            out[used++] = '-';
        } else if (i == 11 || i == 13) {
            out[used++] = ':';
        } else if (i == 18 && value[i - 3] != ':' && (value[15] == '+' || value[15] == '-')) {
            out[used++] = ':';
        }
        out[used++] = value[i];
    }
    return claim(r, kind, trust, out, used);
}

static bool state_attributes(reader *r, const char *name, const char *const *attributes) {
    for (size_t i = 0; attributes && i < sizeof attributes_stated / sizeof *attributes_stated;
         i++) {
        const struct stated *s = &attributes_stated[i];
        const char *value = strcmp(s->name, name) == 0 ? attribute(attributes, s->attribute) : NULL;
        if (value && (r->format & (NITF | NEWSML | ATOM)) &&
            !claim_compact(r, (news_claim_kind)s->kind, s->trust, value, (uint32_t)strlen(value))) {
            return false;
        }
    }
    return true;
}

static bool open_item(reader *r) {
    r->item = r->reading->n_items++;
    r->first = r->reading->passages.list.n;
    r->has_content = false;
    r->n_items_in = r->depth;
    return news_html_item(r->html, r->item);
}

/* Passages without a role get it from their element in HTML. */
static void state_passages(reader *r, uint32_t from) {
    static const uint8_t by_markup[] = {
        [NEWS_MARKUP_NONE] = NEWS_ROLE_PARAGRAPH,
        [NEWS_MARKUP_HEADING] = NEWS_ROLE_SUBHEAD,
        [NEWS_MARKUP_LIST_ITEM] = NEWS_ROLE_LIST,
        [NEWS_MARKUP_QUOTE] = NEWS_ROLE_BLOCKQUOTE,
        [NEWS_MARKUP_CODE] = NEWS_ROLE_CODE,
        [NEWS_MARKUP_TABLE] = NEWS_ROLE_TABLE,
        [NEWS_MARKUP_FRONT_MATTER] = NEWS_ROLE_BOILERPLATE,
        [NEWS_MARKUP_CAPTION] = NEWS_ROLE_CAPTION,
        [NEWS_MARKUP_JUNK] = NEWS_ROLE_BOILERPLATE,
    };
    for (uint32_t i = from; i < r->reading->passages.list.n; i++) {
        news_passage *passage = &r->reading->passages.list.at[i];
        if (!passage->stated) {
            passage->stated = (uint8_t)(1 + by_markup[passage->markup]);
        }
    }
}

/* A summary is the dek where a body stands too; what repeats a part of the head is boilerplate. */
static void close_item(reader *r) {
    bool seen[NEWS_N_ROLES] = {false};
    for (uint32_t i = r->first; i < r->reading->passages.list.n; i++) {
        news_passage *passage = &r->reading->passages.list.at[i];
        if (passage->stated == 1 + NEWS_N_ROLES) {
            passage->stated = 1 + (r->has_content ? NEWS_ROLE_DEK : NEWS_ROLE_PARAGRAPH);
        }
        news_role role = (news_role)(passage->stated - 1);
        if ((role == NEWS_ROLE_HEADLINE || role == NEWS_ROLE_DEK) && seen[role]) {
            passage->stated = 1 + NEWS_ROLE_BOILERPLATE;
        }
        seen[role < NEWS_N_ROLES ? role : 0] = true;
    }
    r->first = r->reading->passages.list.n;
}

static bool gather(reader *r, news_span span, bool literal) {
    for (uint32_t at = span.from, length; at < span.to; at += length) {
        char out[8] = {r->bytes[at]};
        uint32_t n = 0;
        length = r->bytes[at] == '&' && !literal
                     ? news_stream_reference(r->bytes + at, span.to - at, out, &n)
                     : 0;
        bool copied = length == 0;
        length = copied ? 1 : length;
        n = copied ? 1 : n;
        if (!(copied ? news_map_copy(r->arena, &r->map, 1, at)
                     : news_map_replace(r->arena, &r->map, n, (news_span){at, at + length}))) {
            return false;
        }
        for (uint32_t i = 0; i < n; i++) {
            char *c = news_list_push(r->arena, &r->gathered);
            if (!c) {
                return false;
            }
            *c = out[i];
        }
    }
    return true;
}

static bool on_start(void *self, const char *full, const char *const *attributes, news_span tag) {
    reader *r = self;
    const char *name = local_name(full);
    if (r->depth == 0 && !find_format(r, name)) {
        return false;
    }
    if (++r->depth > DEEPEST) {
        return true;
    }
    const frame *parent = r->depth > 1 ? &r->frames[r->depth - 2] : NULL;
    frame *f = &r->frames[r->depth - 1];
    *f = (frame){.mode = parent && parent->mode != ITEM ? parent->mode : NOTHING,
                 .value = parent ? parent->value : 0};
    strncpy(f->name, name, LONGEST_NAME);
    bool settled = f->mode == SKIP || f->mode == CLAIM || f->mode == DATED;
    const struct rule *rule = settled ? NULL : find_rule(r, parent ? parent->name : "", name);
    if (is_foreign(r, full)) {
        f->mode = SKIP;
        return true;
    }
    if (f->mode == STATED && rule && rule->mode != SKIP) {
        rule = NULL; /* within a headline or caption, elements are only inline */
    }
    if ((f->mode == SUMMARY || f->mode == CONTENT) && !rule) {
        return news_html_start(r->html, name, attributes, tag) && (f->is_forwarded = true);
    }
    if (!state_attributes(r, name, attributes)) {
        return false;
    }
    if (!rule) {
        if (f->mode == BODY) {
            for (size_t i = 0; i < sizeof html_names / sizeof *html_names; i++) {
                name = strcmp(name, html_names[i][0]) == 0 ? html_names[i][1] : name;
            }
            f->is_forwarded = true;
            return news_html_start(r->html, name, attributes, tag);
        }
        return true;
    }
    f->mode = rule->mode;
    f->value = rule->value;
    if (f->mode == ITEM) {
        /* A file of one item of news is an article and no feed. */
        return (r->depth == 1 && r->format == NEWSML) || r->n_items_in || open_item(r);
    }
    if (!news_html_break(r->html)) {
        return false;
    }
    state_passages(r, r->first);
    r->opened = r->reading->passages.list.n;
    r->gathered.n = 0;
    r->map = (news_map){.runs = {r->map.runs.at, 0, r->map.runs.capacity}};
    const char *type = attribute(attributes, "type");
    type = type ? type : attribute(attributes, "contenttype");
    r->is_html = r->format == RSS || (type && strstr(type, "html") && !strstr(type, "xhtml"));
    r->has_content |= f->mode == CONTENT || f->mode == BODY;
    return true;
}

static bool on_text(void *self, news_span span, bool literal) {
    reader *r = self;
    if (r->depth == 0 || r->depth > DEEPEST) {
        return true;
    }
    const frame *f = &r->frames[r->depth - 1];
    switch ((mode)f->mode) {
    case STATED:
        if (r->format != RSS && !r->is_html) {
            return news_html_text(r->html, span, literal);
        }
        return gather(r, span, literal);
    case BODY:
        return news_html_text(r->html, span, literal);
    case SUMMARY:
    case CONTENT:
        return r->is_html ? gather(r, span, literal) : news_html_text(r->html, span, literal);
    case CLAIM:
        return gather(r, span, literal);
    case DATED:
        return gather(r, span, literal) && news_html_text(r->html, span, literal);
    default:
        return true;
    }
}

/* The element that has a mode of its own ends. */
static bool close_mode(reader *r, const frame *f) {
    if (!news_html_break(r->html)) {
        return false;
    }
    bool is_part = r->gathered.n && f->mode != CLAIM && f->mode != DATED;
    if (is_part && !news_read_html_part(r->arena, r->gathered.at, r->gathered.n, &r->map, r->item,
                                        r->reading)) {
        return false;
    }
    if (r->gathered.n && !is_part &&
        !claim_compact(r, f->mode == DATED ? NEWS_CLAIM_PUBLISHED : (news_claim_kind)f->value,
                       NEWS_TRUST_JSON_LD, r->gathered.at, r->gathered.n)) {
        return false;
    }
    for (uint32_t i = r->opened; i < r->reading->passages.list.n; i++) {
        news_passage *passage = &r->reading->passages.list.at[i];
        if (f->mode == STATED || f->mode == DATED) {
            passage->stated = (uint8_t)(1 + (f->mode == DATED ? NEWS_ROLE_DATE : f->value));
        } else if (f->mode == SUMMARY && passage->markup == NEWS_MARKUP_NONE) {
            passage->stated = 1 + NEWS_N_ROLES; /* told when the item ends */
        }
    }
    state_passages(r, r->opened);
    r->gathered.n = 0;
    /* The passage's place is known to the HTML reader again when it goes on. */
    return news_html_break(r->html);
}

static bool on_end(void *self, const char *full, news_span tag) {
    reader *r = self;
    if (r->depth == 0 || r->depth-- > DEEPEST) {
        return true;
    }
    const frame *f = &r->frames[r->depth];
    const char *name = local_name(full);
    if (f->is_forwarded) {
        for (size_t i = 0; i < sizeof html_names / sizeof *html_names; i++) {
            name = strcmp(name, html_names[i][0]) == 0 ? html_names[i][1] : name;
        }
        return news_html_end(r->html, name, tag);
    }
    if (f->mode == ITEM) {
        if (r->n_items_in == r->depth + 1) {
            close_item(r);
            r->n_items_in = 0;
            r->item = NEWS_NONE;
            return news_html_item(r->html, NEWS_NONE);
        }
        return true;
    }
    bool is_own = r->depth == 0 || r->frames[r->depth - 1].mode != f->mode ||
                  r->frames[r->depth - 1].value != f->value;
    return f->mode == NOTHING || f->mode == SKIP || !is_own || close_mode(r, f);
}

static bool on_raw(void *self, const char *name, news_span span) {
    (void)self;
    (void)name;
    (void)span;
    return true;
}

/* Gives up what was read and reads the source as HTML. */
static bool fall_back(news_arena *arena, const news_source *source, news_reading *reading,
                      const char *note) {
    *reading = (news_reading){0};
    if (!news_read_xml_as_html(arena, source, reading)) {
        return false;
    }
    reading->note = note;
    return true;
}

bool news_read_xml(news_arena *arena, const news_source *source, news_reading *reading) {
    reader *r = news_arena_array(arena, 1, sizeof *r);
    if (!r) {
        return false;
    }
    r->arena = arena;
    r->reading = reading;
    r->bytes = source->utf8.bytes;
    r->n = source->utf8.n;
    r->item = NEWS_NONE;
    r->html = news_html_open(arena, r->bytes, r->n, reading);
    if (!r->html) {
        return false;
    }
    news_stream stream = {r, on_start, on_end, on_text, on_raw};
    news_stream_result result = news_stream_xml(arena, r->bytes, r->n, &stream);
    if (result == NEWS_STREAM_BROKEN) {
        return fall_back(arena, source, reading,
                         "This XML is broken; it was read as HTML, which forgives more.");
    }
    if (!r->format) {
        return fall_back(arena, source, reading,
                         "This XML is no news format that is known (NITF, NewsML, RSS, Atom); it "
                         "was read as HTML.");
    }
    if (result == NEWS_STREAM_STOPPED || !news_html_break(r->html)) {
        return false;
    }
    close_item(r);
    state_passages(r, 0);
    reading->evidence.n = 0; /* roles are stated, none is to be judged */
    return true;
}
