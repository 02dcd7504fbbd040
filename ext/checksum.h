/* checksum.h - a 64-bit checksum that tells whether stored bytes are the ones that were written.
**
** It is meant against damage, not against forgery. Every input byte changes the result; four
** independent lanes keep it far faster than the reading it guards.
*/
#ifndef REOFFEND_CHECKSUM_H
#define REOFFEND_CHECKSUM_H

#include <stddef.h>
#include <stdint.h>

uint64_t checksum(const uint8_t *bytes, size_t size);

#endif
