/* Who and what is named: spans, types, one entry for one thing, whom references mean. */
#include "analysis.h"

#include <time.h>

static news_document *parse(const char *text, size_t n, const news_options *options) {
    news_error error;
    news_document *document = news_document_parse(text, n, options, &error);
    assert_non_null(document);
    return document;
}

static news_document *parse_text(const char *text) {
    return parse(text, strlen(text), &(news_options){.name = "a.txt"});
}

static bool equals(news_string s, const char *text) {
    return s.n == strlen(text) && memcmp(s.bytes, text, s.n) == 0;
}

static const news_entity *find(const news_document *document, const char *name) {
    const news_analysis *a = news_document_analysis(document);
    for (uint32_t i = 0; i < a->n_entities; i++) {
        if (equals(a->entities[i].name, name)) {
            return &a->entities[i];
        }
    }
    return NULL;
}

static bool has_string(const news_string *strings, uint32_t n, const char *text) {
    for (uint32_t i = 0; i < n; i++) {
        if (equals(strings[i], text)) {
            return true;
        }
    }
    return false;
}

/* Mentions of the entity that read `text`. */
static uint32_t count_mentions(const news_document *document, const news_entity *entity,
                               const char *text) {
    const news_analysis *a = news_document_analysis(document);
    news_string all = news_document_text(document);
    uint32_t n = 0;
    for (uint32_t i = entity->first_mention; i != NEWS_NONE; i = a->mentions[i].next) {
        news_span span = a->mentions[i].span;
        n += equals((news_string){all.bytes + span.from, span.to - span.from}, text);
    }
    return n;
}

static const char summit[] =
    "Merkel and Macron meet in Berlin\n\n"
    "German Chancellor Angela Merkel received the French President, Emmanuel Macron, in Berlin on "
    "Monday. Merkel said Germany and France would go to the United Nations (UN) together.\n\n"
    "The UN should act, she said. President Macron agreed with Ms Merkel's plan. He thanked the "
    "German chancellor.\n\n"
    "Both leaders will travel to the United States. The US had asked for it.\n";

static void one_entry_for_one_thing(void **state) {
    (void)state;
    news_document *d = parse_text(summit);
    const news_entity *merkel = find(d, "Angela Merkel"), *macron = find(d, "Emmanuel Macron"),
                      *un = find(d, "United Nations"), *us = find(d, "United States");
    assert_true(merkel && macron && un && us);
    assert_int_equal(merkel->type, NEWS_ENTITY_PERSON);
    assert_int_equal(un->type, NEWS_ENTITY_ORGANIZATION);
    assert_int_equal(us->type, NEWS_ENTITY_PLACE);
    assert_true(has_string(merkel->aliases, merkel->n_aliases, "Merkel"));
    assert_true(has_string(un->aliases, un->n_aliases, "UN"));
    assert_true(has_string(us->aliases, us->n_aliases, "US"));
    assert_true(has_string(merkel->roles, merkel->n_roles, "German Chancellor"));
    assert_null(find(d, "Merkel"));
    assert_null(find(d, "UN"));
    /* The possessive and the titles are no part of the name. */
    assert_int_equal(count_mentions(d, merkel, "Merkel"), 3);
    assert_null(find(d, "Ms Merkel"));
    news_document_free(d);
}

static void references_point_to_whom_they_mean(void **state) {
    (void)state;
    news_document *d = parse_text(summit);
    const news_entity *merkel = find(d, "Angela Merkel"), *macron = find(d, "Emmanuel Macron");
    assert_true(merkel && macron);
    assert_int_equal(count_mentions(d, merkel, "she"), 1);
    assert_int_equal(count_mentions(d, macron, "He"), 1);
    assert_int_equal(count_mentions(d, merkel, "the German chancellor"), 1);
    assert_int_equal(count_mentions(d, merkel, "Both leaders"), 1);
    assert_int_equal(count_mentions(d, macron, "Both leaders"), 1);
    news_document_free(d);
}

static void family_members_stay_apart(void **state) {
    (void)state;
    news_document *d = parse_text("Harbour sisters open a shop\n\n"
                                  "Emma Lindqvist and her brother Peter Lindqvist opened a shop in "
                                  "Oslo on Monday. Mr Lindqvist "
                                  "paints boats. Ms Lindqvist sells them.\n");
    const news_entity *emma = find(d, "Emma Lindqvist"), *peter = find(d, "Peter Lindqvist");
    assert_true(emma && peter && emma != peter);
    assert_int_equal(count_mentions(d, peter, "Lindqvist"), 1);
    assert_int_equal(count_mentions(d, emma, "Lindqvist"), 1);
    news_document_free(d);
}

static void more_first_names_are_the_same_person(void **state) {
    (void)state;
    news_document *d = parse_text("Natwar Rao resigns\n\nK Natwar Rao, a minister in the Mohan Rao "
                                  "government, said on Monday "
                                  "that he would go. Rao saw the Prime Minister in the evening.\n");
    const news_entity *natwar = find(d, "K Natwar Rao"), *mohan = find(d, "Mohan Rao");
    assert_true(natwar && mohan);
    assert_null(find(d, "Natwar Rao"));
    assert_int_equal(count_mentions(d, natwar, "Rao"), 1);
    news_document_free(d);
}

/* Whoever is spoken of inside of the marks is not who goes on speaking. */
static void the_narrators_pronouns_mean_whom_he_named(void **state) {
    (void)state;
    news_document *d = parse_text(
        "Peter Novak, in his reaction to the speech of Martin Hale, said that Hale was only a "
        "shield.\n\n\"This is a farce. If he had resigned on the first day, we would have felt "
        "that he was honest. Now he resigns under pressure,\" he alleged.\n");
    const news_analysis *a = news_document_analysis(d);
    const news_quote *last = &a->quotes[a->n_quotes - 1];
    assert_true(equals(last->speaker.name, "Peter Novak"));
    news_document_free(d);
}

static void roles_name_the_body(void **state) {
    (void)state;
    news_document *d =
        parse_text("The plan will wait, City Manager Mark Hale said on Monday. Council Member Ann "
                   "Wexford agreed.\n");
    const news_entity *hale = find(d, "Mark Hale"), *wexford = find(d, "Ann Wexford");
    assert_true(hale && wexford);
    assert_true(has_string(hale->roles, hale->n_roles, "City Manager"));
    assert_true(has_string(wexford->roles, wexford->n_roles, "Council Member"));
    news_document_free(d);
}

static void a_headlines_capitals_make_no_names(void **state) {
    (void)state;
    news_document *d =
        parse_text("Moreover, Shops Close Early As Winter Storm Nears\n\n"
                   "Moreover, shops closed early on Friday as a storm came near. However, most "
                   "people stayed at home. Political interference was feared.\n");
    assert_int_equal(news_document_analysis(d)->n_entities, 0);
    news_document_free(d);
}

static void the_users_own_list_wins(void **state) {
    (void)state;
    const char text[] = "Harbour Works speaks\n\nThe office of Tall Ada, as sailors call the "
                        "harbour works office, said in Berlin that Tall Ada would reopen.\n";
    news_string aliases[] = {{"Tall Ada", 8}};
    news_known_entity known[] = {
        {{"Harbour Works Office", 20}, NEWS_ENTITY_ORGANIZATION, aliases, 1},
        {{"Berlin", 6}, NEWS_ENTITY_EVENT, NULL, 0}};
    news_document *d =
        parse(text, strlen(text), &(news_options){.name = "a.txt", .known = known, .n_known = 2});
    const news_entity *office = find(d, "Harbour Works Office"), *berlin = find(d, "Berlin");
    assert_true(office && berlin);
    assert_int_equal(office->type, NEWS_ENTITY_ORGANIZATION);
    assert_int_equal(berlin->type, NEWS_ENTITY_EVENT);
    assert_int_equal(office->n_mentions, 2);
    assert_true(office->score == 1.0f);
    news_document_free(d);
}

static bool is_type(const news_document *document, const char *name, news_entity_type type) {
    const news_entity *entity = find(document, name);
    return entity && entity->type == type;
}

static void names_go_on_behind_hyphens(void **state) {
    (void)state;
    news_document *d = parse_text(
        "Seoul and Pyongyang talk\n\n"
        "North Korean leader Kim Jong-un met South Korean President Moon Jae-in on Friday. Moon "
        "said the U.S.-led talks would go on. Kim Jong-un did not speak.\n");
    assert_true(is_type(d, "Kim Jong-un", NEWS_ENTITY_PERSON));
    const news_entity *moon = find(d, "Moon Jae-in");
    assert_true(moon && moon->type == NEWS_ENTITY_PERSON);
    assert_int_equal(count_mentions(d, find(d, "Kim Jong-un"), "Kim Jong-un"), 2);
    assert_null(find(d, "U.S.-led"));
    news_document_free(d);
}

static void a_dateline_begins_with_its_place(void **state) {
    (void)state;
    news_document *d = parse_text("Ferry sinks off the coast\n\nBy Ana Ruiz\nMarch 3, 2024\n\n"
                                  "KORSVIK (Wire) — A ferry sank on Monday near the old pier. All "
                                  "of the passengers were saved, the company said.\n");
    assert_true(is_type(d, "KORSVIK", NEWS_ENTITY_PLACE));
    news_document_free(d);
}

static void a_names_first_word_stands_for_it(void **state) {
    (void)state;
    /* "Sun" is a day's short form and a word, but here somebody's name. */
    news_document *d = parse_text(
        "Former official admits bribes\n\n"
        "Sun Lijun, a former vice minister in China, has admitted taking bribes. Prosecutors said "
        "that Sun had been paid for years. Sun, 53, was arrested in April.\n");
    const news_entity *sun = find(d, "Sun Lijun");
    assert_true(sun && sun->type == NEWS_ENTITY_PERSON);
    assert_int_equal(count_mentions(d, sun, "Sun"), 2);
    news_document_free(d);
}

static void an_acronym_has_the_type_of_what_it_stands_for(void **state) {
    (void)state;
    news_document *d = parse_text(
        "Countries sign pact on rivers\n\n"
        "Eight countries signed the Convention on Shared Rivers (CSR) in Geneva on Tuesday. The "
        "CSR "
        "limits what may be taken. FOLA (Federation of Local Anglers) and the World Wildlife Fund "
        "(WWF) were glad. Under the CSR, the WWF may visit dams. FOLA may not.\n");
    const news_entity *csr = find(d, "Convention on Shared Rivers"),
                      *fola = find(d, "Federation of Local Anglers"),
                      *wwf = find(d, "World Wildlife Fund");
    assert_true(csr && fola && wwf);
    assert_int_equal(csr->type, NEWS_ENTITY_OTHER);
    assert_int_equal(count_mentions(d, csr, "CSR"), 3);
    assert_int_equal(fola->type, NEWS_ENTITY_ORGANIZATION);
    assert_int_equal(count_mentions(d, fola, "FOLA"), 2);
    assert_int_equal(count_mentions(d, wwf, "WWF"), 2);
    news_document_free(d);
}

static void a_treaty_is_one_name(void **state) {
    (void)state;
    news_document *d = parse_text(
        "Neighbours mark a treaty\n\n"
        "Both countries marked twenty years of the Treaty of Good Neighbourliness and Friendly "
        "Cooperation on Monday. Russia and China said so in Moscow.\n");
    assert_true(
        is_type(d, "Treaty of Good Neighbourliness and Friendly Cooperation", NEWS_ENTITY_OTHER));
    news_document_free(d);
}

static void bodies_are_described(void **state) {
    (void)state;
    news_document *d = parse_text(
        "Ministry stops sale of boats\n\n"
        "The Ministry of Health closed two beaches on Monday. The ministry said the water was "
        "dirty. The company did not answer.\n\n"
        "Microsoft and the Bank of England met. The bank holiday is near. The bank said nothing. "
        "The company said that the ministry had told it.\n");
    const news_entity *health = find(d, "Ministry of Health"), *bank = find(d, "Bank of England"),
                      *microsoft = find(d, "Microsoft");
    assert_true(health && bank && microsoft);
    assert_int_equal(count_mentions(d, health, "The ministry"), 1);
    assert_int_equal(count_mentions(d, health, "the ministry"), 1);
    assert_int_equal(count_mentions(d, bank, "The bank"), 1);
    assert_int_equal(count_mentions(d, microsoft, "The company"), 1);
    news_document_free(d);
}

static void in_another_language_little_is_named(void **state) {
    (void)state;
    news_document *d = parse_text(
        "El presidente pide calma tras las protestas\n\n"
        "El presidente de Chile, Gabriel Boric, pidió calma este lunes después de las protestas. "
        "Según Carabineros, hubo doce detenidos. La oposición no quiso hablar con los medios, y el "
        "ministro dijo que viajará el martes.\n");
    const news_analysis *a = news_document_analysis(d);
    assert_true(is_type(d, "Gabriel Boric", NEWS_ENTITY_PERSON));
    assert_null(find(d, "Según Carabineros"));
    assert_true(a->n_entities <= 3);
    news_document_free(d);
}

/* Each of `names` is found, and nothing else. */
static void expect_names(const char *text, const char *const *names, uint32_t n) {
    news_document *d = parse_text(text);
    const news_analysis *a = news_document_analysis(d);
    for (uint32_t i = 0; i < n; i++) {
        if (!find(d, names[i])) {
            fail_msg("%s is not found", names[i]);
        }
    }
    for (uint32_t i = 0; i < a->n_entities; i++) {
        bool asked = false;
        for (uint32_t k = 0; k < n; k++) {
            asked = asked || find(d, names[k]) == &a->entities[i];
        }
        if (!asked) {
            fail_msg("%.*s is no name", (int)a->entities[i].name.n, a->entities[i].name.bytes);
        }
    }
    news_document_free(d);
}

#define EXPECT_NAMES(text, ...)                                                                    \
    do {                                                                                           \
        static const char *const names[] = {__VA_ARGS__};                                          \
        expect_names(text, names, sizeof names / sizeof *names);                                   \
    } while (0)

static void in_german_words_with_capitals_are_no_names(void **state) {
    (void)state;
    EXPECT_NAMES("Stadtrat vertagt den Umbau der Brücke\n\n"
                 "Die Verwaltung hat am Montag die Pläne für den Umbau vorgestellt. "
                 "Bürgermeisterin Anna Weber sprach von einer Chance für die Familien. Nach "
                 "Angaben der Behörde steigen die Kosten. Der Mieterbund und die SPD sehen das "
                 "anders, in Hamburg sei es billiger gewesen. Die Preise dürften steigen.\n",
                 "Anna Weber", "SPD", "Hamburg");
}

static void in_languages_that_are_not_told_little_is_named(void **state) {
    (void)state;
    EXPECT_NAMES("Belediye köprü için para arıyor\n\n"
                 "ANKARA - Belediye başkanı pazartesi günü köprünün onarımı için yeni bir plan "
                 "açıkladı. Merkez Bankası faizleri değiştirmedi, Kentsel Dönüşüm Kurulu da "
                 "toplanmadı. Cumhurbaşkanı Recep Tayyip Erdoğan törene katılmadı, muhalefet buna "
                 "sert tepki gösterdi. Uzmanlar kışın köprünün kapanacağını söylüyor.\n",
                 "ANKARA", "Recep Tayyip Erdoğan");
    EXPECT_NAMES("Gempa Guncang Pesisir, Ratusan Rumah Rusak\n\n"
                 "Gempa bumi mengguncang pesisir pada hari Senin, kata Kepala Dinas setempat. "
                 "Menurut Badan Meteorologi, guncangan terasa sampai ke Bandung. Presiden Joko "
                 "Widodo akan meninjau lokasi besok. Warga berlarian keluar rumah, dan banyak "
                 "sekolah ditutup sampai keadaan aman kembali menurut polisi.\n",
                 "Bandung", "Joko Widodo");
}

static void in_other_alphabets_little_is_named(void **state) {
    (void)state;
    EXPECT_NAMES("В городе открыли новый мост\n\n"
                 "Жители района ждали моста десять лет. На открытии выступил министр транспорта "
                 "Виталий Савельев, он пообещал ещё один мост к осени. Компания строила его два "
                 "года и закончила раньше срока, хотя зима была очень холодной.\n",
                 "Виталий Савельев");
}

static void without_capitals_the_sure_names_are_found(void **state) {
    (void)state;
    EXPECT_NAMES("leaders meet to talk about gas\n\n"
                 "german chancellor angela merkel met emmanuel macron in hamburg on monday to talk "
                 "about gas from russia. she said the european union would not be divided. macron "
                 "agreed. the bank said it may turn to apple growers, the hill was green and the "
                 "times were hard. they were reading in the park, and merkel left.\n",
                 "angela merkel", "emmanuel macron", "hamburg", "russia", "european union");
}

static void in_capitals_what_the_lists_know_is_found(void **state) {
    (void)state;
    news_document *d = parse_text(
        "WEDNESDAY, 25 AUGUST 2021 — XI JINPING SPOKE TO VLADIMIR PUTIN ON THE TELEPHONE AFTER THE "
        "TALIBAN TOOK KABUL, A STATEMENT SAID. THE BANK OF ENGLAND KEPT ITS RATE. THE SHANGHAI "
        "COOPERATION ORGANIZATION WILL MEET IN DUSHANBE. WHO WILL COME IS NOT KNOWN.\n");
    assert_true(is_type(d, "XI JINPING", NEWS_ENTITY_PERSON));
    assert_true(is_type(d, "VLADIMIR PUTIN", NEWS_ENTITY_PERSON));
    assert_true(is_type(d, "TALIBAN", NEWS_ENTITY_ORGANIZATION));
    assert_true(is_type(d, "BANK OF ENGLAND", NEWS_ENTITY_ORGANIZATION));
    assert_true(is_type(d, "SHANGHAI COOPERATION ORGANIZATION", NEWS_ENTITY_ORGANIZATION));
    assert_true(is_type(d, "DUSHANBE", NEWS_ENTITY_PLACE));
    assert_null(find(d, "WEDNESDAY"));
    news_document_free(d);
}

static void capitals_throughout(void **state) {
    (void)state;
    news_document *d = parse_text("LEADERS MEET\n\n"
                                  "GERMAN CHANCELLOR ANGELA MERKEL MET PRESIDENT EMMANUEL MACRON "
                                  "IN BERLIN ON MONDAY. SHE SAID "
                                  "SHE WOULD “BOLSTER “SOLIDARITY” IN EUROPE.\n");
    assert_true(is_type(d, "ANGELA MERKEL", NEWS_ENTITY_PERSON));
    assert_true(is_type(d, "BERLIN", NEWS_ENTITY_PLACE));
    assert_null(find(d, "BOLSTER “SOLIDARITY"));
    assert_null(find(d, "SOLIDARITY"));
    news_document_free(d);
}

static void a_country_has_several_cities(void **state) {
    (void)state;
    news_document *d = parse_text("Trains run again in Nigeria\n\nTrains between Abuja and Lagos "
                                  "run again, officials in Nigeria said on Monday. A ticket "
                                  "from Lagos to Abuja costs little.\n");
    assert_true(is_type(d, "Abuja", NEWS_ENTITY_PLACE) && is_type(d, "Lagos", NEWS_ENTITY_PLACE));
    news_document_free(d);
}

static void a_pictures_source_is_no_part_of_the_story(void **state) {
    (void)state;
    news_document *d = parse_text(
        "Leaders speak by telephone\n\nMarch 3, 2024\nRussian President Vladimir Putin.\nSOURCE: "
        "REUTERS\n\nRussian President Vladimir Putin spoke with the king on Friday about trade "
        "between the two countries and about a new railway line.\n");
    assert_null(find(d, "REUTERS"));
    assert_non_null(find(d, "Vladimir Putin"));
    news_document_free(d);
}

static void salience_puts_the_article_first(void **state) {
    (void)state;
    news_document *d = parse_text(summit);
    const news_analysis *a = news_document_analysis(d);
    assert_true(a->n_entities >= 4);
    assert_true(equals(a->entities[0].name, "Angela Merkel") ||
                equals(a->entities[0].name, "Emmanuel Macron"));
    news_document_free(d);
}

/* Seconds of processor time that `n` bytes of repeated `word` take. */
static double time_of(const char *word, size_t n) {
    size_t length = strlen(word);
    char *text = malloc(n + length);
    assert_non_null(text);
    for (size_t i = 0; i < n; i += length) {
        memcpy(text + i, word, length);
    }
    clock_t start = clock();
    news_document_free(parse(text, n / length * length, &(news_options){.name = "a.txt"}));
    free(text);
    return (double)(clock() - start) / CLOCKS_PER_SEC;
}

static void hostile_texts_take_linear_time(void **state) {
    (void)state;
    static const char *const words[] = {
        "Aa",  "John Smith ",    "A. ",    "X (Y) ", "the president he ",
        "Mr ", "Anna Li said. ", "of the "};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        double small = time_of(words[i], 1 << 14), large = time_of(words[i], 1 << 17);
        /* Eight times the text; a quadratic step would take sixty-four times as long. */
        if (large > 24 * small + 0.2) {
            fail_msg("'%s': %.3f s, and %.3f s for eight times as much", words[i], small, large);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_entry_for_one_thing),
        cmocka_unit_test(references_point_to_whom_they_mean),
        cmocka_unit_test(family_members_stay_apart),
        cmocka_unit_test(more_first_names_are_the_same_person),
        cmocka_unit_test(the_narrators_pronouns_mean_whom_he_named),
        cmocka_unit_test(roles_name_the_body),
        cmocka_unit_test(a_headlines_capitals_make_no_names),
        cmocka_unit_test(the_users_own_list_wins),
        cmocka_unit_test(names_go_on_behind_hyphens),
        cmocka_unit_test(a_dateline_begins_with_its_place),
        cmocka_unit_test(a_names_first_word_stands_for_it),
        cmocka_unit_test(an_acronym_has_the_type_of_what_it_stands_for),
        cmocka_unit_test(a_treaty_is_one_name),
        cmocka_unit_test(bodies_are_described),
        cmocka_unit_test(in_another_language_little_is_named),
        cmocka_unit_test(in_german_words_with_capitals_are_no_names),
        cmocka_unit_test(in_languages_that_are_not_told_little_is_named),
        cmocka_unit_test(in_other_alphabets_little_is_named),
        cmocka_unit_test(without_capitals_the_sure_names_are_found),
        cmocka_unit_test(in_capitals_what_the_lists_know_is_found),
        cmocka_unit_test(capitals_throughout),
        cmocka_unit_test(a_country_has_several_cities),
        cmocka_unit_test(a_pictures_source_is_no_part_of_the_story),
        cmocka_unit_test(salience_puts_the_article_first),
        cmocka_unit_test(hostile_texts_take_linear_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
