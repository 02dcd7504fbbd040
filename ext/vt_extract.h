/* vt_extract.h - reoffend_extract: the staged rows of an extract format, typed and checked.
**
**   CREATE VIRTUAL TABLE temp.drug_test_row USING reoffend_extract(format=drug_test,
**     test_id required whole,
**     pnc_id required pnc_id,
**     test_date required past_date,
**     result required code positive negative);
**
** The first argument names the format, each other declares a column (extract_column.h). The rows
** are those of the current files of the format, from the tables load_file and stage of the same
** database (sql/00_schema.sql). Columns, then the declared ones, then the hidden ones:
**
**   file_id, file, part   of the file, from load_file
**   line                  of the file, on which the row begins
**   place                 1, 2, ... in the order of precedence: date of the extract, name of the
**                         file, line. ORDER BY place costs nothing.
**   fault                 NULL, or COLUMN:REASON of the first declared column at fault
**   unknown               NULL, or the declared columns with a code that is not known, parted by
**                         blanks (extract_column.h, note 3)
**   extra                 the columns of the file that are not declared, a JSON object; NULL: none
**   row_text              the declared columns as they stand in the file, a JSON object of texts
**   last_day, pivot_year  hidden. WHERE last_day = the day of the extract (left out: no date is too
**                         late) and pivot_year = that of PNC ids (left out: as in pnc_id())
**
** A lookup names a table and column of the same database; a person is followed through its table
** pnc_merge (superseded_id, current_id). Both are read when a query begins.
**
** WHERE fault IS NULL and WHERE fault IS NOT NULL are answered without showing SQLite the others.
** NULL given as last_day or pivot_year counts as left out.
**
** Errors: an unknown declaration; last_day that is no date, a pivot_year out of range; staged text
** that is damaged (SQLITE_CORRUPT_VTAB; the message names file and line). Messages never show what
** stands in a row.
*/
#ifndef REOFFEND_VT_EXTRACT_H
#define REOFFEND_VT_EXTRACT_H

#include "glue.h"

extern const glue_module vt_extract;

#endif
