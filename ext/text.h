/* text.h - bytes that should be text: UTF-8, control characters, and a form fit to be shown.
**
** 1. UTF-8 as RFC 3629 has it: no overlong forms, no surrogates, nothing above U+10FFFF.
** 2. Control characters are those below space but tab, line feed and carriage return, and delete.
** 3. Any bytes may be given, NUL included; nothing is allocated.
*/
#ifndef REOFFEND_TEXT_H
#define REOFFEND_TEXT_H

#include <stdbool.h>
#include <stddef.h>

bool text_is_utf8(const char *bytes, size_t length);

/* Characters of bytes that are UTF-8. */
size_t text_characters(const char *bytes, size_t length);

bool text_is_control(char byte);

/* Copies at most `most` bytes of whole characters; what is no text becomes a question mark. `shown`
** has room for `most`. Returns how many bytes it holds. */
size_t text_show(const char *bytes, size_t length, char *shown, size_t most);

#endif
