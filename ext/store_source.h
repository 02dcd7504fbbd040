/* store_source.h - reads the four sources of a history, person by person (the input contract).
**
** Each source is a table or view of the connection with the columns of the input contract,
** found by name; a further column is ignored, an absent optional one is unknown:
**
**   appearance   offender_id, appearance_date, kind
**                [appearance_id, area_code, disposal, sentence_months, ho_code, excluded]
**   offence      offender_id, offence_date
**                [offence_id, offence_date_end, proven_date, proven_by, ho_code, excluded]
**   offender     [offender_id, sex, birth_date, ethnicity]; without offender_id it says nothing
**   membership   offender_id, subcohort, start_date, end_date (all of them)
**
** 1. Every source is read once, in order of offender_id. The four streams are merged, so one
**    person at a time is in memory. Where no index gives the order SQLite sorts, on disk beyond its
**    cache; it also does where the rows of an index lie scattered over the table, as in a table in
**    order of arrival, since fetching each by itself takes longer than sorting.
** 2. A row that breaks the contract (a text that is no date, an unknown kind, an id that is no
**    integer, a range that ends before it begins) stops the reading with an error that names the
**    source, the column and a query that finds such rows. It never shows the row.
** 3. proven_date: a source without the column is proven on the offence date; NULL is not proven.
*/
#ifndef REOFFEND_STORE_SOURCE_H
#define REOFFEND_STORE_SOURCE_H

#include "history_builder.h"
#include "store_row.h"
#include "store_sql.h"

/* The argument that names it and its default name. */
const char *source_name(source which);

/* Where a source is: quoted for SQL, or absent (NULL) when it was not named and does not exist. */
typedef struct source_place {
    char *schema; /* as in sqlite3_database_list */
    char *table;
    bool present;
} source_place;

/* How the rows of a source come to stand in person order. */
typedef enum source_order {
    SOURCE_IN_ORDER, /* an index, or the table's own order, gives it */
    SOURCE_SORTED,   /* SQLite sorts: there is no index on offender_id */
    SOURCE_SCATTERED /* SQLite sorts: an index is there, but its rows lie apart */
} source_order;

/* How a rebuild would read it, without reading it. */
int source_order_of(sqlite3 *db, const source_place *place, source_order *order, char **error);

typedef struct source_stream {
    sqlite3_stmt *statement; /* NULL: nothing to read */
    bool pushes;             /* it pushes its rows (store_row.h), else it is stepped through */
    bool ended;              /* the statement has no more rows than those in `rows` */
    size_t at;               /* the row it stands on */
    int64_t last;            /* the person of the last row read */
    source_rows rows;
} source_stream;

typedef struct source_reader {
    sqlite3 *db;
    const source_place *places; /* SOURCES of them */
    source_stream *stream;      /* SOURCES of them */
    sqlite3_int64 rows;         /* read so far, of all sources */
} source_reader;

/* Opens the sources. `condition` is '' or SQL after WHERE on offender_id, to read some people. */
int source_reader_open(source_reader *opened, sqlite3 *db, const source_place *places,
                       dictionary *texts, const char *condition, char **error);
void source_reader_close(source_reader *closed);

/* The next person's id. False: nobody left. */
bool source_reader_peek(const source_reader *reader, sqlite3_int64 *id);

/* Gives the next person and all their rows to the builder. */
int source_reader_take(source_reader *reader, history_builder *builder, char **error);

#endif
