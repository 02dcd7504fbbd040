/* generate.c - turns the lookups into the C tables the extension is built with.
**
**   generate offence|disposal FOLDER > table.inc
**   generate version FILE.csv ... > lookup_version.inc
**
** It is C because a C compiler is all the build can count on before anything is installed.
*/
#include "generate.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

void generate_text(FILE *out, const char *text) {
    fputc('"', out);
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;
        if (c < ' ' || c > '~' || c == '"' || c == '\\' || c == '?')
            fprintf(out, "\\%03o", c);
        else
            fputc(c, out);
    }
    fputc('"', out);
}

/* FNV-1a of 64 bits over the names and bytes of the lookups, in the order given. */
void generate_version(int count, char **paths, FILE *out) {
    uint64_t hash = 14695981039346656037u;
    for (int i = 0; i < count; i++) {
        const char *slash = strrchr(paths[i], '/');
        for (const char *c = slash ? slash + 1 : paths[i]; *c; c++)
            hash = (hash ^ (unsigned char)*c) * 1099511628211u;
        FILE *file = fopen(paths[i], "rb");
        if (!file) {
            perror(paths[i]);
            exit(1);
        }
        for (int c; (c = fgetc(file)) != EOF;) hash = (hash ^ (unsigned)c) * 1099511628211u;
        fclose(file);
    }
    fprintf(out, "#define LOOKUP_VERSION \"%016llx\"\n", (unsigned long long)hash);
}

int main(int argc, char **argv) {
    if (argc == 3 && strcmp(argv[1], "offence") == 0) {
        generate_offence(argv[2], stdout);
    } else if (argc == 3 && strcmp(argv[1], "disposal") == 0) {
        generate_disposal(argv[2], stdout);
    } else if (argc > 2 && strcmp(argv[1], "version") == 0) {
        generate_version(argc - 2, argv + 2, stdout);
    } else {
        fprintf(stderr, "usage: generate offence|disposal FOLDER, or generate version FILE...\n");
        return 2;
    }
    return fflush(stdout) == 0 ? 0 : 1;
}
