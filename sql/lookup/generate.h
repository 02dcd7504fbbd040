/* generate.h - the parts of the generator, one generated file each.
**
** Each reads its lookups from `folder` and writes C tables to `out`; a fact that contradicts
** another ends the program, so a wrong lookup cannot be built.
*/
#ifndef LOOKUP_GENERATE_H
#define LOOKUP_GENERATE_H

#include <stdio.h>

void generate_offence(const char *folder, FILE *out);
void generate_disposal(const char *folder, FILE *out);
void generate_version(int count, char **paths, FILE *out);

/* Writes a C string literal. */
void generate_text(FILE *out, const char *text);

#endif
