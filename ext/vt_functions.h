/* vt_functions.h - reoffend_functions: everything the extension adds, as a table.
**
**   SELECT name, arguments, meaning, example, result FROM reoffend_functions;
**
** kind is 'scalar', 'aggregate', 'window' (an aggregate usable with OVER) or 'table'. `example` is
** one SELECT that runs on any database where it can; `result` is what it gives, NULL for tables.
** Rows stand in the order of the registry. The tests run every example.
*/
#ifndef REOFFEND_VT_FUNCTIONS_H
#define REOFFEND_VT_FUNCTIONS_H

#include "glue.h"

extern const glue_module vt_functions;

#endif
