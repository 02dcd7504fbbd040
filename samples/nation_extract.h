/* nation_extract.h - the raw extract files of a nation, with the faults real extracts have.
**
** Every fault is drawn from a stream of its own, so the careers are the same with and without
** them, and every fault is noted in truth.csv with the person it belongs to. The rates are in
** nation_extract.c and in samples/README.md.
*/
#ifndef NATION_EXTRACT_H
#define NATION_EXTRACT_H

#include "nation_career.h"
#include "nation_file.h"

#define NATION_VERSION "1"

enum { EXTRACT_CASELOADS = 120 };

typedef struct extract {
    const nation *plan;
    extract_file area, person, appearance, offence, arrest, charge, merge, release, test,
        assessment, truth;
    extract_file caseload[EXTRACT_CASELOADS]; /* one a quarter day from 2005-04-01 */
    day_number caseload_day[EXTRACT_CASELOADS];
    int caseloads;
} extract;

/* Opens every file in the directory and writes area.csv, extract.csv and README.txt. */
bool extract_open(extract *out, const nation *plan, const char *directory, double scale);
void extract_write(extract *out, const career *life);
bool extract_close(extract *out); /* false: something was not written; said on stderr */

#endif
