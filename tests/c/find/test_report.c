/* Which words report, who says it, and how far what is said goes. */
#include "quoted.h"

static void reads_verbs_in_all_their_forms(void **state) {
    (void)state;
    expect("Quint is calling the price “absurd”.",
           "mixed|Ada Quint|calling|“absurd” {the price “absurd”}\n");
    expect("Hall was quoted as saying that the boat leaks.",
           "indirect|Tom Hall|saying|that the boat leaks\n");
    expect("Hall went on to say that the boat leaks.",
           "indirect|Tom Hall|went on to say|that the boat leaks\n");
    expect("Quint has not denied that it leaks.", "indirect|Ada Quint|denied|that it leaks\n");
    expect("Quint would not say whether the boat leaks.",
           "indirect|Ada Quint|say|whether the boat leaks\n");
}

static void reads_what_is_denied_urged_and_called_for(void **state) {
    (void)state;
    expect("Hall denied stealing the bell.", "indirect|Tom Hall|denied|stealing the bell\n");
    expect("Hall urged the town to sell the boat.",
           "indirect|Tom Hall|urged|the town to sell the boat\n");
    expect("Quint called for “a calm debate”.",
           "mixed|Ada Quint|called for|“a calm debate” {“a calm debate”}\n");
    expect("Critics accused Hall of “theft”.", "mixed|Critics|accused|“theft” {Hall of “theft”}\n");
}

static void reads_nouns_that_report(void **state) {
    (void)state;
    expect("Hall’s claim that the boat “leaks” was never proved.",
           "mixed|Tom Hall|claim|“leaks” {that the boat “leaks”}\n");
    expect("The announcement by the ministry that the boat “will stop” came late.",
           "mixed|the ministry|announcement|“will stop” {that the boat “will stop”}\n");
}

static void reads_according_to_and_as_somebody_put_it(void **state) {
    (void)state;
    expect("The ferry is “not for sale”, according to Hall.",
           "mixed|Tom Hall|according to|“not for sale” {The ferry is “not for sale”}\n");
    expect("According to a senior official, the ferry leaks.",
           "indirect|a senior official|According to|the ferry leaks\n");
    expect("As Hall put it, the boat is “a bathtub with a bell”.",
           "mixed|Tom Hall|put it|“a bathtub with a bell” {the boat is “a bathtub with a bell”}\n");
}

static void ends_a_clause_where_the_narrator_speaks_on(void **state) {
    (void)state;
    expect("Hall said on Monday he would “never” sail again, but Quint denied that the boat leaks.",
           "mixed|Tom Hall|said|“never” {he would “never” sail again}\n"
           "indirect|Ada Quint|denied|that the boat leaks\n");
    expect("“It leaks”, Hall said; “it sinks”, Quint replied.",
           "direct|Tom Hall|said|“It leaks”\n"
           "direct|Ada Quint|replied|“it sinks”\n");
    expect("Hall tweeted that it was “old” and urged people to “get out”.",
           "mixed|Tom Hall|tweeted|“old” {that it was “old”}\n"
           "mixed|Tom Hall|urged|“get out” {people to “get out”}\n");
    expect("The letter from the company that says the boat is “safe” is lost.",
           "mixed|The letter|says|“safe” {the boat is “safe”}\n");
}

static void reads_a_clause_around_its_cue(void **state) {
    (void)state;
    expect("The old ferry, Hall said, leaks at night.",
           "indirect|Tom Hall|said|The old ferry, Hall said, leaks at night\n");
    expect("“It leaks,” Quint said, adding, “It sinks.”",
           "direct|Ada Quint|said|“It leaks,”\ndirect|Ada Quint|adding|“It sinks.”\n");
    expect("Hall said selling the ferry would cost the town its name.",
           "indirect|Tom Hall|said|selling the ferry would cost the town its name\n");
    expect("Quint said there was no plan.", "indirect|Ada Quint|said|there was no plan\n");
}

static void gives_words_without_a_cue_to_whom_the_clause_tells_of(void **state) {
    (void)state;
    expect("Hall taunted the council for “sleeping through a whole flood”.",
           "mixed|Tom Hall|taunted|“sleeping through a whole flood” {the council for “sleeping "
           "through "
           "a whole flood”}\n");
    expect("Quint was blunt: “It sinks.”", "direct|Ada Quint|was|“It sinks.”\n");
    expect("The boat is called a “tub” in town.", "term|||“tub”\n");
}

static void tells_thoughts_where_a_clause_has_them(void **state) {
    (void)state;
    expect("Quint believes that the boat leaks.",
           "indirect|Ada Quint|believes|that the boat leaks\n");
    expect("Hall wants to sell the ferry.", "indirect|Tom Hall|wants|to sell the ferry\n");
    expect("Hall wanted the ferry.", "");
}

static void leaves_the_speaker_unknown_where_none_is_named(void **state) {
    (void)state;
    expect("The plan was labelled “madness” on Monday.", "mixed||labelled|“madness” {“madness”}\n");
}

static void takes_a_paragraph_behind_a_colon(void **state) {
    (void)state;
    expect("Quint continued:\n\n“Nobody has made us an offer.”",
           "direct|Ada Quint|continued|“Nobody has made us an offer.”\n");
    expect("He wrote a letter: “Dear town, it leaks.”",
           "direct|Tom Hall|wrote|“Dear town, it leaks.”\n");
}

static void a_verb_that_looks_like_a_noun_has_its_subject(void **state) {
    (void)state;
    expect("Quint and Hall met. The two leaders promise the first ships by June and blame “old "
           "habits” for a lost season.",
           "mixed|Ada Quint; Tom Hall|blame|“old habits” {“old habits” for a lost season}\n");
}

static void a_gerund_reports_what_stands_behind_it(void **state) {
    (void)state;
    expect("“It leaks,” Quint said, adding that the crew would strike. “It always did.”",
           "direct|Ada Quint|said|“It leaks,”|“It always did.”\n"
           "indirect|Ada Quint|adding|that the crew would strike\n");
    expect("Hall called it “old,” noting that it sank once.",
           "mixed|Tom Hall|called|“old,” {it “old,”}\n"
           "indirect|Tom Hall|noting|that it sank once\n");
}

static void marked_words_that_are_reported_belong_to_no_later_cue(void **state) {
    (void)state;
    expect("But while Quint claimed that it was “sound,” one of the sailors said it was rotten.",
           "mixed|Ada Quint|claimed|“sound,” {that it was “sound,”}\n"
           "indirect|one of the sailors|said|it was rotten\n");
    expect("Quint thanked the crew and said it was good to be home, and Hall yelled “Stay there!”",
           "indirect|Ada Quint|thanked|the crew\n"
           "indirect|Ada Quint|said|it was good to be home\n"
           "direct|Tom Hall|yelled|“Stay there!”\n");
    expect("Quint, who calls Hall a “pirate,” said she would leave.",
           "mixed|Ada Quint|calls|“pirate,” {Hall a “pirate,”}\n"
           "indirect|Ada Quint|said|she would leave\n");
}

static void takes_what_stands_before_a_cue_at_the_end(void **state) {
    (void)state;
    expect("The crew will strike next week, a friend said.",
           "indirect|a friend|said|The crew will strike next week\n");
    expect("The ferry was sold for scrap, said crew member Eva Hahn, who lives in Port Ellis.",
           "indirect|Eva Hahn|said|The ferry was sold for scrap\n");
}

static void whom_somebody_accuses_is_part_of_what_is_said(void **state) {
    (void)state;
    expect("Quint accused Hall of hiding the bill.",
           "indirect|Ada Quint|accused|Hall of hiding the bill\n");
    expect("Hall told the crew, however, that it was safe.",
           "indirect|Tom Hall|told|that it was safe\n");
    expect("Hall has said mending it would cost too much.",
           "indirect|Tom Hall|said|mending it would cost too much\n");
}

static void nouns_report_marked_words_behind_a_preposition(void **state) {
    (void)state;
    expect("Hall repeated his call for “a total ban” on cars.",
           "mixed|Tom Hall|call|“a total ban” {“a total ban”}\n");
    expect("The crew met him with chants of “Shame!” and whistles.", "direct||chants|“Shame!”\n");
}

static void a_title_behind_a_cue_is_no_part_of_a_split_quote(void **state) {
    (void)state;
    expect("“[The crew] cannot swim,” Hall said. “They never could.”",
           "direct|Tom Hall|said|“[The crew] cannot swim,”|“They never could.”\n");
    expect("“It is old,” Hall said on “Port Talk.” “It leaks.”",
           "direct|Tom Hall|said|“It is old,”\nterm|||“Port Talk.”\n"
           "direct|Tom Hall||“It leaks.”\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_verbs_in_all_their_forms),
        cmocka_unit_test(reads_what_is_denied_urged_and_called_for),
        cmocka_unit_test(reads_nouns_that_report),
        cmocka_unit_test(reads_according_to_and_as_somebody_put_it),
        cmocka_unit_test(ends_a_clause_where_the_narrator_speaks_on),
        cmocka_unit_test(reads_a_clause_around_its_cue),
        cmocka_unit_test(gives_words_without_a_cue_to_whom_the_clause_tells_of),
        cmocka_unit_test(tells_thoughts_where_a_clause_has_them),
        cmocka_unit_test(leaves_the_speaker_unknown_where_none_is_named),
        cmocka_unit_test(takes_a_paragraph_behind_a_colon),
        cmocka_unit_test(a_verb_that_looks_like_a_noun_has_its_subject),
        cmocka_unit_test(a_gerund_reports_what_stands_behind_it),
        cmocka_unit_test(marked_words_that_are_reported_belong_to_no_later_cue),
        cmocka_unit_test(takes_what_stands_before_a_cue_at_the_end),
        cmocka_unit_test(whom_somebody_accuses_is_part_of_what_is_said),
        cmocka_unit_test(nouns_report_marked_words_behind_a_preposition),
        cmocka_unit_test(a_title_behind_a_cue_is_no_part_of_a_split_quote),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
