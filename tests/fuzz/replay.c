/* Stands in for libFuzzer in ordinary builds: gives each file of the folders named to the target,
 * once. */

#include <dirent.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A target must bear any bytes, so these come before the corpus whatever lies in it. */
static const char *const always[] = {"", "\n", "\"", "\xff\xfe", "<", "\xe2\x80\x9c"};

static int replay_file(const char *path) {
    FILE *file = fopen(path, "rb");
    if (!file) {
        fprintf(stderr, "%s: %s\n", path, strerror(errno));
        return 1;
    }
    uint8_t *data = NULL;
    size_t size = 0;
    size_t room = 0;
    size_t got = 0;
    do {
        size += got;
        if (size == room) {
            room = room ? 2 * room : 65536;
            uint8_t *grown = realloc(data, room);
            if (!grown) {
                fprintf(stderr, "%s: out of memory\n", path);
                free(data);
                fclose(file);
                return 1;
            }
            data = grown;
        }
        got = fread(data + size, 1, room - size, file);
    } while (got > 0);
    fclose(file);
    /* A buffer of the exact size lets the sanitizer see a read past the end. */
    uint8_t *exact = malloc(size ? size : 1);
    if (exact) {
        if (size) {
            memcpy(exact, data, size);
        }
        LLVMFuzzerTestOneInput(exact, size);
    }
    free(exact);
    free(data);
    return exact ? 0 : 1;
}

static int replay_folder(const char *folder, size_t *n_files) {
    DIR *entries = opendir(folder);
    if (!entries) {
        /* A target without a corpus of its own still replays the rest. */
        return errno == ENOENT ? 0 : 1;
    }
    int failed = 0;
    for (struct dirent *entry = readdir(entries); entry; entry = readdir(entries)) {
        char path[4096];
        struct stat about;
        int length = snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        if (length < 0 || (size_t)length >= sizeof path || stat(path, &about) != 0 ||
            !S_ISREG(about.st_mode)) {
            continue;
        }
        failed |= replay_file(path);
        ++*n_files;
    }
    closedir(entries);
    return failed;
}

int main(int argc, char **argv) {
    size_t n_files = 0;
    int failed = 0;
    for (size_t i = 0; i < sizeof always / sizeof always[0]; i++) {
        LLVMFuzzerTestOneInput((const uint8_t *)always[i], strlen(always[i]));
    }
    for (int i = 1; i < argc; i++) {
        failed |= replay_folder(argv[i], &n_files);
    }
    printf("%zu files replayed\n", n_files);
    return failed;
}
