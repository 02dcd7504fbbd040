/* vt_offences.h - reoffend_offences: the whole register of offence codes as a table.
**
**   SELECT code, label FROM reoffend_offences WHERE serious = 1;
**   SELECT label, offence_group FROM reoffend_offences WHERE code = 'TH68010';
**
** 1. One row for each CJS code of the register and each Home Office code the lookups name. `form`
**    is 'CJS' or 'Home Office'; `code` is TH68010 or 028/03; `ho_code` the class it is classified
**    by.
** 2. The classification columns are what offence_group(code) and its kin give; `status` says why.
**    `category` (CE either way, CS summary ...) and `notifiable` are the register's: NULL for a
**    Home Office code. `severity_rank` is 1 for the gravest group.
** 3. code = ... goes straight to its row; every other condition reads all rows. Rows come in the
**    order of their codes, CJS first.
*/
#ifndef REOFFEND_VT_OFFENCES_H
#define REOFFEND_VT_OFFENCES_H

#include "glue.h"

extern const glue_module vt_offences;

#endif
