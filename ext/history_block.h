/* history_block.h - a block: the packed events of a range of people, read in place.
**
** A block has two parts, kept side by side, so that a query reads from the disk what it needs:
** HISTORY_COUNTED, all that following up, age and the common breakdowns ask for, and
** HISTORY_DESCRIBED, the ids and what else is known. Which columns stand where: history_part_of.
** A part, all numbers little-endian:
**
**   0   4  format version
**   4   4  the part
**   8   4  people
**   12  4  appearances
**   16  4  offences
**   20  4  memberships
**   24  4  sentences: how many different ones
**   28  4  ranges: offences that may have been committed on more than one day
**   32  8  id of the first person
**   40  8  checksum of everything but these eight bytes (checksum.h); of the second part, together
**          with the checksum of the first, so that neither can belong to another block
**   48     a column header (column.h) for each history_column of the part, in order
**          the columns' bits, each beginning on a byte, in the same order
**          COLUMN_PADDING zero bytes
**
** 1. People stand in ascending order of id, no id twice; PERSON_GAP is the distance to the id
**    before, so a person's id is known by walking.
** 2. A person's appearances are in the order of R6 and R7: date, kind, id (NULL last), then the
**    texts. The dated offences come first, by date, end, proven date and id; then the undated.
** 3. Few sentences differ in length, so each is listed once, and an appearance holds its number.
**    Few offences have a range of days, so ranges are a table of their own, in order of offences.
** 4. An appearance says how many of the person's dated offences begin on or before its day: whoever
**    follows it up begins behind them.
** 5. Whoever opened a block may set left_out: walking then passes over those people, and finding
**    does not find them.
** 6. history_block_open proves that the bytes are what was written and that every count fits, so
**    that walking needs no further check and allocates nothing. Codes are not resolved here: who
**    looks one up checks it against the dictionary.
*/
#ifndef REOFFEND_HISTORY_BLOCK_H
#define REOFFEND_HISTORY_BLOCK_H

#include <stdbool.h>
#include <stddef.h>

#include "column.h"
#include "history_record.h"

enum { HISTORY_FORMAT = 3 };

typedef enum history_column {
    PERSON_GAP, /* from the id of the person before; 0 for the first */
    PERSON_SEX,
    PERSON_BIRTH,
    PERSON_ETHNICITY,
    PERSON_APPEARANCES, /* how many */
    PERSON_OFFENCES,    /* how many, undated ones included */
    PERSON_UNDATED,     /* how many offences without a date */
    PERSON_MEMBERSHIPS, /* how many */
    APPEARANCE_DATE,
    APPEARANCE_OFFENCES, /* the person's offences whose first day is on or before it */
    APPEARANCE_KIND,
    APPEARANCE_EXCLUDED,
    APPEARANCE_AREA,
    APPEARANCE_DISPOSAL,
    APPEARANCE_SENTENCE, /* 1 + its row among the sentences; 0: none */
    APPEARANCE_HO_CODE,
    APPEARANCE_ID,
    OFFENCE_DATE,
    OFFENCE_PROVEN,
    OFFENCE_EXCLUDED,
    OFFENCE_HO_CODE,
    OFFENCE_PROVEN_BY,
    OFFENCE_ID,
    MEMBERSHIP_SUBCOHORT,
    MEMBERSHIP_START,
    MEMBERSHIP_END,
    SENTENCE_LENGTH,
    RANGE_OFFENCE, /* its row */
    RANGE_DAYS,    /* from the first to the last day on which it may have been committed */
    HISTORY_COLUMNS
} history_column;

enum { HISTORY_CHECKSUM_AT = 40, HISTORY_HEADERS_AT = 48 };

typedef enum history_part { HISTORY_COUNTED, HISTORY_DESCRIBED, HISTORY_PARTS } history_part;

/* The tables whose columns stand in a block. */
typedef enum history_table {
    HISTORY_PEOPLE,
    HISTORY_APPEARANCES,
    HISTORY_OFFENCES,
    HISTORY_MEMBERSHIPS,
    HISTORY_SENTENCES,
    HISTORY_RANGES,
    HISTORY_TABLES
} history_table;

/* The bytes of one part. */
typedef struct history_bytes {
    const uint8_t *bytes; /* NULL: not read */
    size_t size;
} history_bytes;

typedef struct history_block {
    uint32_t rows[HISTORY_TABLES];
    uint64_t first_id;
    const int64_t *left_out; /* ids, ascending, of people that walking passes over; see below */
    size_t left_out_count;
    packed_column column[HISTORY_COLUMNS];
} history_block;

/* One person of a block: which rows of the other tables are theirs, ends excluded. */
typedef struct history_person {
    const history_block *block;
    int64_t id;
    uint32_t row;
    size_t left_out; /* the place in the block's list */
    uint32_t appearance, appearance_end;
    uint32_t offence, dated_end, offence_end;
    uint32_t membership, membership_end;
} history_person;

history_table history_table_of(history_column which);

history_part history_part_of(history_column which);

/* Where a part's bits begin. */
size_t history_bits_at(history_part part);

/* Opens the parts, whose bytes must stay where they are while the block is used. The second may be
** left out by who needs none of its columns: those are then 0 and must not be asked for.
** NULL when sound, else what is wrong, for a message. */
const char *history_block_open(history_block *opened, const history_bytes parts[HISTORY_PARTS]);

/* False: the block holds nobody. */
bool history_first_person(const history_block *block, history_person *person);
/* False: that was the last. */
bool history_next_person(history_person *person);

/* Finds a person by id. False: not in this block. */
bool history_find_person(const history_block *block, int64_t id, history_person *person);

history_offender history_offender_of(const history_person *person);
/* The first row of the ranges that belongs to that offence or a later one. */
uint32_t history_range_from(const history_block *block, uint32_t offence);

/* Months of the appearance's sentence, or HISTORY_NULL. */
int64_t history_sentence_at(const history_block *block, uint32_t row);

history_appearance history_appearance_at(const history_block *block, uint32_t row);
history_offence history_offence_at(const history_block *block, uint32_t row);
history_membership history_membership_at(const history_block *block, uint32_t row);

/* All that is known of the two is the same, with codes of one dictionary. */
bool history_persons_equal(const history_person *a, const history_person *b);

/* The latest day among the events of the block's people, or HISTORY_NULL. */
int64_t history_latest_day(const history_block *block);

/* The checksum of a part; `before` is that of the part before it, 0 for the first. */
uint64_t history_part_checksum(const history_bytes *part, uint64_t before);

#endif
