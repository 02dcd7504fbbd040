/* fn_version.h - reoffend_version(): the version of the loaded extension, as in the file VERSION.
** Not deterministic: another build answers otherwise. */
#ifndef REOFFEND_FN_VERSION_H
#define REOFFEND_FN_VERSION_H

#include "glue.h"

extern const glue_function fn_version[];

#endif
