/* Build-time tool: turns a trained model into a constant table.
 *
 * usage: modeltable OUT.c NAME.model
 * The file starts with lines for people to read, up to a form feed; the bytes behind it become
 * `news_entity_model`. */
#include <stdio.h>

int main(int argc, char **argv) {
    FILE *in = argc == 3 ? fopen(argv[2], "rb") : NULL, *out = in ? fopen(argv[1], "wb") : NULL;
    if (!in || !out) {
        fprintf(stderr, "usage: modeltable OUT.c NAME.model (%s)\n",
                argc == 3 ? "a file cannot be opened" : "two arguments");
        return 2;
    }
    int c;
    while ((c = getc(in)) != EOF && c != '\f') {
    }
    fputs("/* Made by csrc/tools/modeltable.c. */\n#include \"model.h\"\n"
          "static const uint8_t bytes[] = {\n",
          out);
    unsigned long n = 0;
    for (; (c = getc(in)) != EOF; n++) {
        fprintf(out, "%d,%s", c, n % 32 == 31 ? "\n" : "");
    }
    fprintf(out, "0};\nconst news_model news_entity_model = {bytes, %luu};\n", n);
    fclose(in);
    if (n == 0 || fclose(out) != 0) {
        fprintf(stderr, "%s: no model behind the form feed, or %s cannot be written\n", argv[2],
                argv[1]);
        return 1;
    }
    return 0;
}
