/* Where sentences end.
 * Origin of the numbered cases: the English "Golden Rules" of the pragmatic_segmenter project
 * (MIT), as facts; `misses` are those that news does not need or that cannot be told without more
 * context. */
#include "analysis.h"
#include "token.h"

typedef struct rule {
    int number;
    bool misses;
    const char *text, *sentences; /* a line for each */
} rule;

static const rule rules[] = {
    {1, false, "Hello World. My name is Jonas.", "Hello World.\nMy name is Jonas.\n"},
    {2, false, "What is your name? My name is Jonas.", "What is your name?\nMy name is Jonas.\n"},
    {3, false, "There it is! I found it.", "There it is!\nI found it.\n"},
    {4, false, "My name is Jonas E. Smith.", "My name is Jonas E. Smith.\n"},
    {5, false, "Please turn to p. 55.", "Please turn to p. 55.\n"},
    {6, false, "Were Jane and co. at the party?", "Were Jane and co. at the party?\n"},
    {7, false, "They closed the deal with Pitt, Briggs & Co. at noon.",
     "They closed the deal with Pitt, Briggs & Co. at noon.\n"},
    {8, false, "Let's ask Jane and co. They should know.",
     "Let's ask Jane and co.\nThey should know.\n"},
    {9, false, "They closed the deal with Pitt, Briggs & Co. It closed yesterday.",
     "They closed the deal with Pitt, Briggs & Co.\nIt closed yesterday.\n"},
    {10, false, "I can see Mt. Fuji from here.", "I can see Mt. Fuji from here.\n"},
    {11, false, "St. Michael's Church is on 5th st. near the light.",
     "St. Michael's Church is on 5th st. near the light.\n"},
    {12, false, "That is JFK Jr.'s book.", "That is JFK Jr.'s book.\n"},
    {13, false, "I visited the U.S.A. last year.", "I visited the U.S.A. last year.\n"},
    {14, false, "I live in the E.U. How about you?", "I live in the E.U.\nHow about you?\n"},
    {15, false, "I live in the U.S. How about you?", "I live in the U.S.\nHow about you?\n"},
    {16, false, "I work for the U.S. Government in Virginia.",
     "I work for the U.S. Government in Virginia.\n"},
    {17, false, "I have lived in the U.S. for 20 years.",
     "I have lived in the U.S. for 20 years.\n"},
    {19, false, "She has $100.00 in her bag.", "She has $100.00 in her bag.\n"},
    {20, false, "She has $100.00. It is in her bag.", "She has $100.00.\nIt is in her bag.\n"},
    {21, false,
     "He teaches science (He previously worked for 5 years as an engineer.) at the local "
     "University.",
     "He teaches science (He previously worked for 5 years as an engineer.) at the local "
     "University.\n"},
    {22, false, "Her email is Jane.Doe@example.com. I sent her an email.",
     "Her email is Jane.Doe@example.com.\nI sent her an email.\n"},
    {23, false,
     "The site is: https://www.example.50.com/new-site/awesome_content.html. Please check it out.",
     "The site is: https://www.example.50.com/new-site/awesome_content.html.\nPlease check it "
     "out.\n"},
    {24, false, "She turned to him, 'This is great.' she said.",
     "She turned to him, 'This is great.' she said.\n"},
    {25, false, "She turned to him, \"This is great.\" she said.",
     "She turned to him, \"This is great.\" she said.\n"},
    {26, false, "She turned to him, \"This is great.\" She held the book out to show him.",
     "She turned to him, \"This is great.\"\nShe held the book out to show him.\n"},
    {27, false, "Hello!! Long time no see.", "Hello!!\nLong time no see.\n"},
    {28, false, "Hello?? Who is there?", "Hello??\nWho is there?\n"},
    {29, false, "Hello!? Is that you?", "Hello!?\nIs that you?\n"},
    {30, false, "Hello?! Is that you?", "Hello?!\nIs that you?\n"},
    {31, false, "1.) The first item 2.) The second item",
     "1.) The first item\n2.) The second item\n"},
    {32, false, "1.) The first item. 2.) The second item.",
     "1.) The first item.\n2.) The second item.\n"},
    {33, false, "1) The first item 2) The second item", "1) The first item\n2) The second item\n"},
    {34, false, "1) The first item. 2) The second item.",
     "1) The first item.\n2) The second item.\n"},
    {35, false, "1. The first item 2. The second item", "1. The first item\n2. The second item\n"},
    {36, false, "1. The first item. 2. The second item.",
     "1. The first item.\n2. The second item.\n"},
    {37, false, "• 9. The first item • 10. The second item",
     "• 9. The first item\n• 10. The second item\n"},
    {38, false, "⁃9. The first item ⁃10. The second item",
     "⁃9. The first item\n⁃10. The second item\n"},
    {39, false, "a. The first item b. The second item c. The third list item",
     "a. The first item\nb. The second item\nc. The third list item\n"},
    {40, false, "This is a sentence\ncut off in the middle because pdf.",
     "This is a sentence cut off in the middle because pdf.\n"},
    {41, false, "It was a cold \nnight in the city.", "It was a cold night in the city.\n"},
    {42, true, "features\ncontact manager\nevents, activities\n",
     "features\ncontact manager\nevents, activities\n"},
    {43, false, "You can find it at N°. 1026.253.553. That is where the treasure is.",
     "You can find it at N°. 1026.253.553.\nThat is where the treasure is.\n"},
    {44, false, "She works at Yahoo! in the accounting department.",
     "She works at Yahoo! in the accounting department.\n"},
    {45, false, "We make a good team, you and I. Did you see Albert I. Jones yesterday?",
     "We make a good team, you and I.\nDid you see Albert I. Jones yesterday?\n"},
    {46, false,
     "Thoreau argues that by simplifying one’s life, “the laws of the universe will appear less "
     "complex. . . .”",
     "Thoreau argues that by simplifying one’s life, “the laws of the universe will appear less "
     "complex. . . .”\n"},
    {47, false, "\"Bohr [...] used the analogy of parallel stairways [...]\" (Smith 55).",
     "\"Bohr [...] used the analogy of parallel stairways [...]\" (Smith 55).\n"},
    {48, false,
     "If words are left off at the end of a sentence, and that is all that is omitted, indicate "
     "the omission with ellipsis marks (preceded and followed by a space) and then indicate the "
     "end of the sentence with a period . . . . Next sentence.",
     "If words are left off at the end of a sentence, and that is all that is omitted, indicate "
     "the omission with ellipsis marks (preceded and followed by a space) and then indicate the "
     "end of the sentence with a period . . . .\nNext sentence.\n"},
    {49, false, "I never meant that.... She left the store.",
     "I never meant that....\nShe left the store.\n"},
    {50, true,
     "I wasn’t really ... well, what I mean...see . . . what I'm saying, the thing is . . . I "
     "didn’t mean it.",
     "I wasn’t really ... well, what I mean...see . . . what I'm saying, the thing is . . . I "
     "didn’t mean it.\n"},
    {51, true,
     "One further habit which was somewhat weakened . . . was that of combining words into "
     "self-interpreting compounds. . . . The practice was not abandoned. . . .",
     "One further habit which was somewhat weakened . . . was that of combining words into "
     "self-interpreting compounds.\n. . . The practice was not abandoned. . . .\n"},
    {52, false,
     "Hello world.Today is Tuesday.Mr. Smith went to the store and bought 1,000.That is a lot.",
     "Hello world.\nToday is Tuesday.\nMr. Smith went to the store and bought 1,000.\nThat is a "
     "lot.\n"},
    {83, false,
     "The nurse gave him the i.v. in his vein. She gave him the i.v. It was a great I.V. that she "
     "gave him. She gave him the I.V. It was night.",
     "The nurse gave him the i.v. in his vein.\nShe gave him the i.v.\nIt was a great I.V. that "
     "she gave him.\nShe gave him the I.V.\nIt was night.\n"},
    {84, false,
     "(i) Hello world. \n(ii) Hello world.\n(iii) Hello world.\n(iv) Hello world.\n(v) Hello "
     "world.\n(vi) Hello world.",
     "(i) Hello world.\n(ii) Hello world.\n(iii) Hello world.\n(iv) Hello world.\n(v) Hello "
     "world.\n(vi) Hello world.\n"},
    {85, false,
     "i) Hello world. \nii) Hello world.\niii) Hello world.\niv) Hello world.\nv) Hello "
     "world.\nvi) Hello world.",
     "i) Hello world.\nii) Hello world.\niii) Hello world.\niv) Hello world.\nv) Hello world.\nvi) "
     "Hello world.\n"},
    {86, false,
     "(a) Hello world. (b) Hello world. (c) Hello world. (d) Hello world. (e) Hello world.\n(f) "
     "Hello world.",
     "(a) Hello world.\n(b) Hello world.\n(c) Hello world.\n(d) Hello world.\n(e) Hello "
     "world.\n(f) Hello world.\n"},
    {87, false,
     "(A) Hello world. \n(B) Hello world.\n(C) Hello world.\n(D) Hello world.\n(E) Hello "
     "world.\n(F) Hello world.",
     "(A) Hello world.\n(B) Hello world.\n(C) Hello world.\n(D) Hello world.\n(E) Hello "
     "world.\n(F) Hello world.\n"},
    {88, false,
     "A) Hello world. \nB) Hello world.\nC) Hello world.\nD) Hello world.\nE) Hello world.\nF) "
     "Hello world.",
     "A) Hello world.\nB) Hello world.\nC) Hello world.\nD) Hello world.\nE) Hello world.\nF) "
     "Hello world.\n"},
};

/* The sentences of one paragraph, a line for each, white space collapsed. */
static void cut(const char *bytes, char *out, size_t room) {
    news_arena arena = {0};
    news_text text = {.bytes = (char *)(uintptr_t)bytes, .n = (uint32_t)strlen(bytes)};
    news_block block = {.span = {0, text.n}, .role = NEWS_ROLE_PARAGRAPH};
    news_tokens tokens = {0};
    assert_true(news_form_tokens(&arena, &text, &block, 1, &tokens));
    size_t used = 0;
    for (uint32_t i = 0; i < tokens.sentences.n; i++) {
        news_span span = tokens.sentences.at[i].span;
        for (uint32_t at = span.from; at < span.to && used + 2 < room; at++) {
            bool blank = bytes[at] == '\n' || bytes[at] == ' ';
            if (!blank || (used && out[used - 1] != ' ')) {
                out[used++] = blank ? ' ' : bytes[at];
            }
        }
        out[used++] = '\n';
    }
    out[used] = 0;
    news_arena_free(&arena);
}

static void follows_the_golden_rules(void **state) {
    (void)state;
    unsigned wrong = 0;
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        char out[2048];
        cut(rules[i].text, out, sizeof out);
        bool same = strcmp(out, rules[i].sentences) == 0;
        if (same == rules[i].misses) {
            print_message("rule %d: %s\n%s", rules[i].number,
                          same ? "is met now" : "reads otherwise", out);
            wrong++;
        }
    }
    assert_int_equal(wrong, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(follows_the_golden_rules)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
