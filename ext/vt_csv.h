/* vt_csv.h - reoffend_csv: a CSV file as runs of good records and single refused ones, for staging.
**
**   CREATE VIRTUAL TABLE temp.gate USING reoffend_csv(path='pnc_merge.csv', fields=3, skip=48,
**                                                     line=2);
**
** path: the file. fields: how many a record must have. skip (0): bytes before the first record.
** line (1): the number of the line that begins there. The file is read anew by every query.
**
** One row for each run, in the order of the file:
**
**   first_line    the line its text begins on
**   records       how many records it holds, 1 when refused
**   content       its text; of a refused record at most 2,000 bytes, fit to be shown
**   reason        NULL, or why the record is refused: a reason_code of reject_reason.csv
**   value_class   NULL, or what stood there, in words that show nothing of it
**
** A run is some 64 KB; what a record is and why one is refused: csv_record.h.
**
** It reads a file of the machine, so it is made in temp only and cannot be used by a schema: who
** may merely SELECT cannot reach it. Errors: the file cannot be read (SQLITE_CANTOPEN, or
** SQLITE_IOERR in the middle of it); a missing or unknown argument.
*/
#ifndef REOFFEND_VT_CSV_H
#define REOFFEND_VT_CSV_H

#include "glue.h"

extern const glue_module vt_csv;

#endif
