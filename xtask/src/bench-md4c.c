/* Renders a file with md4c, for `cargo xtask bench`: the peer is a library without a program of its own on Debian. */
#include <md4c-html.h>
#include <stdio.h>
#include <stdlib.h>

static void drop_output(const MD_CHAR *text, MD_SIZE size, void *written) {
    (void)text;
    *(size_t *)written += size;
}

int main(int argc, char **argv) {
    FILE *file = argc == 2 ? fopen(argv[1], "rb") : NULL;
    if (!file) return 2;
    fseek(file, 0, SEEK_END);
    long size = ftell(file);
    rewind(file);
    char *text = malloc((size_t)size);
    size_t written = 0;
    if (!text || fread(text, 1, (size_t)size, file) != (size_t)size) return 2;
    return md_html(text, (MD_SIZE)size, drop_output, &written, MD_DIALECT_GITHUB, 0) != 0 || written == 0;
}
