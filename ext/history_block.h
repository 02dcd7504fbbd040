/* history_block.h - a block: the packed events of a range of people, read in place.
**
** Layout, all numbers little-endian:
**
**   0   4  format version
**   4   4  people
**   8   4  appearances
**   12  4  offences
**   16  4  memberships
**   20  4  zero
**   24  8  checksum of everything but these eight bytes (checksum.h)
**   32     a column header (column.h) for each history_column, in order
**          the columns' bits, each beginning on a byte, in the same order
**          COLUMN_PADDING zero bytes
**
** 1. People stand in ascending order of id, no id twice.
** 2. A person's appearances are in the order of R6 and R7: date, kind, id (NULL last), then the
**    texts. The dated offences come first, by date, end, proven date and id; then the undated.
** 3. history_block_open proves that the bytes are what was written and that every count fits, so
**    that walking needs no further check and allocates nothing. Codes are not resolved here: who
**    looks one up checks it against the dictionary.
*/
#ifndef REOFFEND_HISTORY_BLOCK_H
#define REOFFEND_HISTORY_BLOCK_H

#include <stdbool.h>
#include <stddef.h>

#include "column.h"
#include "history_record.h"

enum { HISTORY_FORMAT = 1 };

typedef enum history_column {
    PERSON_ID,
    PERSON_SEX,
    PERSON_BIRTH,
    PERSON_ETHNICITY,
    PERSON_APPEARANCES, /* how many */
    PERSON_OFFENCES,    /* how many, undated ones included */
    PERSON_UNDATED,     /* how many offences without a date */
    PERSON_MEMBERSHIPS, /* how many */
    APPEARANCE_DATE,
    APPEARANCE_KIND,
    APPEARANCE_EXCLUDED,
    APPEARANCE_AREA,
    APPEARANCE_DISPOSAL,
    APPEARANCE_SENTENCE,
    APPEARANCE_HO_CODE,
    APPEARANCE_ID,
    OFFENCE_DATE,
    OFFENCE_SPAN, /* days from the first to the last day it may have been committed */
    OFFENCE_PROVEN,
    OFFENCE_EXCLUDED,
    OFFENCE_HO_CODE,
    OFFENCE_PROVEN_BY,
    OFFENCE_ID,
    MEMBERSHIP_SUBCOHORT,
    MEMBERSHIP_START,
    MEMBERSHIP_END,
    HISTORY_COLUMNS
} history_column;

enum {
    HISTORY_CHECKSUM_AT = 24,
    HISTORY_HEADERS_AT = 32,
    HISTORY_BITS_AT = HISTORY_HEADERS_AT + HISTORY_COLUMNS * COLUMN_HEADER_SIZE
};

/* The four tables whose columns stand in a block. */
typedef enum history_table {
    HISTORY_PEOPLE,
    HISTORY_APPEARANCES,
    HISTORY_OFFENCES,
    HISTORY_MEMBERSHIPS,
    HISTORY_TABLES
} history_table;

typedef struct history_block {
    uint32_t rows[HISTORY_TABLES];
    packed_column column[HISTORY_COLUMNS];
} history_block;

/* One person of a block: which rows of the other tables are theirs, ends excluded. */
typedef struct history_person {
    const history_block *block;
    uint32_t row;
    uint32_t appearance, appearance_end;
    uint32_t offence, dated_end, offence_end;
    uint32_t membership, membership_end;
} history_person;

history_table history_table_of(history_column which);

/* Opens `size` bytes, which must stay where they are while the block is used. NULL when sound, else
** what is wrong, for a message. */
const char *history_block_open(history_block *opened, const uint8_t *bytes, size_t size);

/* False: the block holds nobody. */
bool history_first_person(const history_block *block, history_person *person);
/* False: that was the last. */
bool history_next_person(history_person *person);

/* Finds a person by id. False: not in this block. */
bool history_find_person(const history_block *block, int64_t id, history_person *person);

history_offender history_offender_at(const history_block *block, uint32_t row);
history_appearance history_appearance_at(const history_block *block, uint32_t row);
history_offence history_offence_at(const history_block *block, uint32_t row);
history_membership history_membership_at(const history_block *block, uint32_t row);

uint64_t history_block_checksum(const uint8_t *bytes, size_t size);

#endif
