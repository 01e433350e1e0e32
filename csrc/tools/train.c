/* Trains the tagger of names and measures it (script/train, script/quality entities).
 *
 * usage: train entities SHARED CORPUS CLUSTERS OUT.model    learns from all that may train
 *        train measure SHARED CORPUS CLUSTERS MODEL         prints figures as name=value lines
 *        train ablate SHARED CORPUS CLUSTERS                prints a table of what features bring
 *        train try SHARED CORPUS CLUSTERS                   one run and its figures, no model
 *        train errors SHARED MODEL SET                      prints what is wrong (wwn, conll)
 *        train gum SHARED CORPUS CLUSTERS                   the same for GUM's news, its own types
 *
 * SHARED is the data folder, CORPUS the project's own, CLUSTERS the unpacked table of word
 * clusters.
 */
#include "learn.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Chosen on every second article of wwn-sample. */
static const learn_options options = {
    .epochs = 8, .runs = 3, .hidden = 48, .margin = 12, .rarest = 2, .most = 36000};

/* Words with a cluster in the model: more bring nothing that their size is worth. */
enum { CLUSTERED_WORDS = 40000, FOLDS = 4, MOST_FILES = 4096 };

static char *join(const char *folder, const char *name) {
    size_t n = strlen(folder) + strlen(name) + 2;
    char *path = corpus_memory(NULL, n);
    snprintf(path, n, "%s/%s", folder, name);
    return path;
}

static int by_name(const void *left, const void *right) {
    return strcmp(*(char *const *)left, *(char *const *)right);
}

/* The files of a folder that start and end so, sorted by the bytes of their names. */
static uint32_t list_files(const char *folder, const char *start, const char *end, char **out) {
    DIR *dir = opendir(folder);
    if (!dir) {
        corpus_fail(folder, 0, "cannot be opened");
    }
    uint32_t n = 0;
    for (struct dirent *entry; (entry = readdir(dir)) != NULL && n < MOST_FILES;) {
        size_t length = strlen(entry->d_name), tail = strlen(end);
        if (strncmp(entry->d_name, start, strlen(start)) == 0 && length > tail &&
            strcmp(entry->d_name + length - tail, end) == 0) {
            out[n++] = join(folder, entry->d_name);
        }
    }
    closedir(dir);
    qsort(out, n, sizeof *out, by_name);
    return n;
}

static void read_columns(corpus *out, const char *shared, const char *name, int token, int tag,
                         uint32_t paragraph, uint32_t spaced) {
    char *path = join(shared, name);
    corpus_read_columns(out, path, token, tag, paragraph, spaced);
    free(path);
}

/* Of GUM's news, fold `fold` is left out (`inside` false) or the only one (true); with FOLDS, all
 * are taken. */
static void read_gum(corpus *out, const char *shared, const char *genre, uint32_t fold, bool inside,
                     bool guide) {
    static char *files[MOST_FILES];
    char *folder = join(shared, "ner/gum/dep");
    uint32_t n = list_files(folder, genre, ".conllu", files);
    for (uint32_t i = 0; i < n; i++) {
        if (fold == FOLDS || (i % FOLDS == fold) == inside) {
            corpus_read_gum(out, files[i], guide);
        }
        free(files[i]);
    }
    free(folder);
}

/* Texts in columns and the project's own, all that may train a model that ships
 * (../shared/data/README.md), but GUM. */
static void read_lessons(corpus *out, const char *shared, const char *own, bool guide) {
    static char *files[MOST_FILES];
    enum { SPACED = 5 };
    read_columns(out, shared, "ner/gmb-agree/gmb-agree.conll", 0, -1, 2, SPACED);
    read_columns(out, shared, "ner/wikigold/wikigold.conll.txt", 0, -1, 3, SPACED);
    read_columns(out, shared, "ner/crossner-politics/politics.conll", 0, -1, 1, SPACED);
    read_columns(out, shared, "ner/uner-ewt/en_ewt-ud-dev.iob2", 1, 2, 3, SPACED);
    read_columns(out, shared, "ner/uner-ewt/en_ewt-ud-test.iob2", 1, 2, 3, SPACED);
    read_columns(out, shared, "ner/btc/btc.conll", 0, -1, 1, SPACED);
    uint32_t n = list_files(own, "", ".txt", files);
    for (uint32_t i = 0; i < n; i++) {
        /* Thrice: it is news, and marked as the schema wants it. */
        corpus_read_markup(out, files[i], false, guide);
        corpus_read_markup(out, files[i], false, guide);
        corpus_read_markup(out, files[i], true, guide);
        free(files[i]);
    }
}

/* GUM's news and interviews with the guide's types, but a fold of the news. */
static void read_gum_lessons(corpus *out, const char *shared, uint32_t fold) {
    read_gum(out, shared, "GUM_interview", FOLDS, true, true);
    read_gum(out, shared, "GUM_news", fold, false, true);
}

/* What it takes to learn GUM's own guide: all of its genres with its own types, four times, but a
 * fold of the news. */
static void read_gum_own(corpus *out, const char *shared, uint32_t fold) {
    enum { COPIES = 4 };
    static const char *const genres[] = {"GUM_interview", "GUM_bio", "GUM_speech"};
    for (uint32_t i = 0; i < COPIES; i++) {
        for (size_t k = 0; k < sizeof genres / sizeof *genres; k++) {
            read_gum(out, shared, genres[k], FOLDS, true, false);
        }
        read_gum(out, shared, "GUM_news", fold, false, false);
    }
}

/* Exact-span F1 over persons, organisations and places, in percent. */
static double f1(const counts *c) {
    uint32_t right = 0, all = 0;
    for (uint32_t i = 0; i <= NEWS_TAG_PLACE; i++) {
        right += c->right[i];
        all += c->found[i] + c->gold[i];
    }
    return all ? 200.0 * right / all : 0;
}

static double f1_of(const counts *c, news_tag_type type) {
    uint32_t all = c->found[type] + c->gold[type];
    return all ? 200.0 * c->right[type] / all : 0;
}

static void print_scores(FILE *out, const char *name, const counts *c) {
    fprintf(out, "%s=%.1f\n%s_person=%.1f\n%s_organization=%.1f\n%s_place=%.1f\n", name, f1(c),
            name, f1_of(c, NEWS_TAG_PERSON), name, f1_of(c, NEWS_TAG_ORGANIZATION), name,
            f1_of(c, NEWS_TAG_PLACE));
}

static void add_cubed(cubed *to, const cubed *more) {
    to->precision += more->precision;
    to->recall += more->recall;
    to->n_found += more->n_found;
    to->n_gold += more->n_gold;
}

static void add_counts(counts *to, const counts *more) {
    for (uint32_t i = 0; i < NEWS_N_TAG_TYPES; i++) {
        to->right[i] += more->right[i];
        to->found[i] += more->found[i];
        to->gold[i] += more->gold[i];
    }
    add_cubed(&to->all, &more->all);
    add_cubed(&to->shared, &more->shared);
}

static double b3(const cubed *c) {
    double precision = c->n_found ? c->precision / c->n_found : 0,
           recall = c->n_gold ? c->recall / c->n_gold : 0;
    return precision + recall > 0 ? 200 * precision * recall / (precision + recall) : 0;
}

/* Every second document, from the first or the second on; the documents stay the corpus's. */
static corpus half_of(const corpus *c, uint32_t from) {
    corpus half = {corpus_memory(NULL, c->n * sizeof *c->at), 0, c->n};
    for (uint32_t d = from; d < c->n; d += 2) {
        half.at[half.n++] = c->at[d];
    }
    return half;
}

/* Figures of corpora that are only ever measured on. */
static void measure_outside(FILE *out, const buffer *model, const char *shared) {
    static const struct {
        const char *name, *path;
    } sets[] = {{"wwn", "ner/wwn-sample/sample.txt"}, {"conll", "ner/conll2003/valid.txt"}};
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
        corpus c = {0};
        counts n = {0};
        read_columns(&c, shared, sets[i].path, 0, -1, 1, 0);
        if (i == 0) {
            /* Every second article served to choose the options: the others are reported, too. */
            corpus half = half_of(&c, 1);
            learn_measure(model, &half, 0, false, &n);
            fprintf(out, "wwn_unseen=%.1f\n", f1(&n));
            free(half.at);
        }
        learn_measure(model, &c, 0, false, &n);
        print_scores(out, sets[i].name, &n);
        corpus_free(&c);
    }
}

static void read_model(buffer *out, const char *path) {
    FILE *file = fopen(path, "rb");
    if (!file) {
        corpus_fail(path, 0, "cannot be opened");
    }
    int c;
    while ((c = getc(file)) != EOF && c != '\f') {
    }
    *out = (buffer){.bytes = corpus_memory(NULL, 1 << 23), .room = 1 << 23};
    out->n = (uint32_t)fread(out->bytes, 1, out->room, file);
    fclose(file);
}

static void train_entities(char **arguments) {
    corpus lessons = {0};
    buffer model;
    learn_clusters(&model, arguments[2], CLUSTERED_WORDS);
    read_lessons(&lessons, arguments[0], arguments[1], true);
    read_gum_lessons(&lessons, arguments[0], FOLDS);
    learn(&model, &lessons, &options);
    FILE *out = fopen(arguments[3], "wb");
    if (!out) {
        corpus_fail(arguments[3], 0, "cannot be written");
    }
    fprintf(out,
            "newsoutline: the tagger of names, trained by script/train; csrc/find/model.h has the "
            "format.\n"
            "Trained on: GMB news kept by agreement (public-domain texts), wikigold (CC-BY 4.0), "
            "CrossNER politics\n"
            "(MIT; texts CC-BY-SA), UNER English EWT (CC-BY-SA 4.0), Broad Twitter Corpus (CC-BY "
            "4.0), GUM news\n"
            "and interviews (annotations CC-BY 4.0, texts CC-BY 2.5), csrc/data/corpus (MIT), word "
            "clusters of GloVe 6B (PDDL 1.0). See NOTICE and csrc/data/README.md.\n"
            "Exact-span F1 over persons, organisations and places; measured only, never trained "
            "on:\n");
    measure_outside(out, &model, arguments[0]);
    putc('\f', out);
    fwrite(model.bytes, 1, model.n, out);
    if (fclose(out) != 0) {
        corpus_fail(arguments[3], 0, "cannot be written");
    }
    fprintf(stderr, "%s: %u bytes\n", arguments[3], model.n);
    free(model.bytes);
    corpus_free(&lessons);
}

/* A quarter of GUM's news by a model that has learnt from the others, added to `out`. Where
 * `guide`, the types learnt and asked for are those of this project's guide; else GUM's own, in
 * which a country that acts or plays is an organisation. */
static void measure_fold(char **arguments, uint32_t fold, bool guide, bool verbose, counts *out) {
    corpus lessons = {0}, held_out = {0};
    buffer model;
    counts n;
    learn_clusters(&model, arguments[2], CLUSTERED_WORDS);
    read_lessons(&lessons, arguments[0], arguments[1], guide);
    if (guide) {
        read_gum_lessons(&lessons, arguments[0], fold);
    } else {
        read_gum_own(&lessons, arguments[0], fold);
    }
    learn(&model, &lessons, &options);
    read_gum(&held_out, arguments[0], "GUM_news", fold, true, guide);
    learn_measure(&model, &held_out, 0, verbose, &n);
    add_counts(out, &n);
    corpus_free(&lessons);
    corpus_free(&held_out);
    free(model.bytes);
}

/* GUM's news, each quarter of it by models that have not seen it. */
static void measure_gum(char **arguments) {
    counts guide = {0}, own = {0};
    for (uint32_t fold = 0; fold < FOLDS; fold++) {
        measure_fold(arguments, fold, true, false, &guide);
        measure_fold(arguments, fold, false, false, &own);
    }
    print_scores(stdout, "gum_news", &guide);
    print_scores(stdout, "gum_news_own_guide", &own);
    printf("gum_news_b3=%.1f\ngum_news_b3_shared=%.1f\n", b3(&guide.all), b3(&guide.shared));
}

static void measure(char **arguments) {
    buffer model;
    read_model(&model, arguments[3]);
    printf("model_bytes=%u\n", model.n);
    measure_outside(stdout, &model, arguments[0]);
    fflush(stdout);
    measure_gum(arguments);
    free(model.bytes);
}

/* What each group of features brings on the corpora that nothing is learnt from. */
static void ablate(char **arguments) {
    static const struct {
        const char *name;
        uint32_t blind, words;
    } rows[] = {{"all", 0, CLUSTERED_WORDS},
                {"without clusters", 0, 0},
                {"without the gazetteer", LEARN_GAZETTEER, CLUSTERED_WORDS},
                {"without lists of names", LEARN_NAMES, CLUSTERED_WORDS},
                {"without titles and name words", LEARN_LISTS, CLUSTERED_WORDS},
                {"without the rest of the article", LEARN_DOCUMENT, CLUSTERED_WORDS},
                {"without shapes", LEARN_SHAPES, CLUSTERED_WORDS},
                {"without affixes", LEARN_AFFIXES, CLUSTERED_WORDS}};
    corpus lessons = {0}, news = {0}, reuters = {0};
    read_lessons(&lessons, arguments[0], arguments[1], true);
    read_gum_lessons(&lessons, arguments[0], FOLDS);
    read_columns(&news, arguments[0], "ner/wwn-sample/sample.txt", 0, -1, 1, 0);
    read_columns(&reuters, arguments[0], "ner/conll2003/valid.txt", 0, -1, 1, 0);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        buffer model;
        counts n;
        learn_options few = options;
        few.runs = 1;
        few.blind = rows[i].blind;
        learn_clusters(&model, arguments[2], rows[i].words);
        learn(&model, &lessons, &few);
        learn_measure(&model, &news, few.blind, false, &n);
        printf("| %s | %.1f | ", rows[i].name, f1(&n));
        learn_measure(&model, &reuters, few.blind, false, &n);
        printf("%.1f |\n", f1(&n));
        fflush(stdout);
        free(model.bytes);
    }
    corpus_free(&lessons);
    corpus_free(&news);
    corpus_free(&reuters);
}

static void print_errors(char **arguments) {
    buffer model;
    corpus c = {0};
    counts n;
    read_model(&model, arguments[1]);
    read_columns(&c, arguments[0],
                 strcmp(arguments[2], "wwn") == 0 ? "ner/wwn-sample/sample.txt"
                                                  : "ner/conll2003/valid.txt",
                 0, -1, 1, 0);
    /* Of wwn-sample only the half that options may be chosen on. */
    corpus half = half_of(&c, 0);
    learn_measure(&model, strcmp(arguments[2], "wwn") == 0 ? &half : &c, 0, true, &n);
    free(half.at);
    corpus_free(&c);
    free(model.bytes);
}

/* What one run would give, on the half of wwn-sample that options are chosen on and on conll2003.
 */
static void try(char **arguments) {
    corpus lessons = {0}, news = {0}, reuters = {0};
    buffer model;
    counts n;
    learn_options few = options;
    few.runs = 1;
    learn_clusters(&model, arguments[2], CLUSTERED_WORDS);
    read_lessons(&lessons, arguments[0], arguments[1], true);
    read_gum_lessons(&lessons, arguments[0], FOLDS);
    learn(&model, &lessons, &few);
    read_columns(&news, arguments[0], "ner/wwn-sample/sample.txt", 0, -1, 1, 0);
    read_columns(&reuters, arguments[0], "ner/conll2003/valid.txt", 0, -1, 1, 0);
    corpus half = half_of(&news, 0);
    learn_measure(&model, &half, 0, false, &n);
    print_scores(stdout, "wwn_chosen", &n);
    free(half.at);
    half = half_of(&news, 1);
    learn_measure(&model, &half, 0, false, &n);
    print_scores(stdout, "wwn_unseen", &n);
    learn_measure(&model, &reuters, 0, false, &n);
    print_scores(stdout, "conll", &n);
    free(half.at);
    free(model.bytes);
    corpus_free(&lessons);
    corpus_free(&news);
    corpus_free(&reuters);
}

int main(int argc, char **argv) {
    if (argc == 6 && strcmp(argv[1], "entities") == 0) {
        train_entities(argv + 2);
    } else if (argc == 6 && strcmp(argv[1], "measure") == 0) {
        measure(argv + 2);
    } else if (argc == 5 && strcmp(argv[1], "ablate") == 0) {
        ablate(argv + 2);
    } else if (argc == 5 && strcmp(argv[1], "try") == 0) {
        try(argv + 2);
    } else if (argc == 5 && strcmp(argv[1], "gum") == 0) {
        counts own = {0};
        for (uint32_t fold = 0; fold < FOLDS; fold++) {
            measure_fold(argv + 2, fold, false, true, &own);
        }
        print_scores(stdout, "gum_news_own_guide", &own);
    } else if (argc == 5 && strcmp(argv[1], "errors") == 0) {
        print_errors(argv + 2);
    } else {
        fprintf(stderr, "usage: train entities|measure SHARED CORPUS CLUSTERS MODEL\n"
                        "       train ablate|try|gum SHARED CORPUS CLUSTERS\n"
                        "       train errors SHARED MODEL wwn|conll\n");
        return 2;
    }
    return 0;
}
