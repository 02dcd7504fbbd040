#include "text.h"

#include <stdint.h>
#include <string.h>

/* Bytes of the character that begins here, or 0 when none does. */
static size_t character_length(const unsigned char *at, size_t left) {
    unsigned first = at[0];
    if (first < 0x80) return 1;
    size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || length > left) return 0;
    for (size_t i = 1; i < length; i++)
        if ((at[i] & 0xC0) != 0x80) return 0;
    /* Overlong, a surrogate, or above the last character: seen in the second byte. */
    bool wrong = (first == 0xE0 && at[1] < 0xA0) || (first == 0xED && at[1] > 0x9F) ||
                 (first == 0xF0 && at[1] < 0x90) || (first == 0xF4 && at[1] > 0x8F);
    return wrong ? 0 : length;
}

bool text_is_utf8(const char *bytes, size_t length) {
    const unsigned char *at = (const unsigned char *)bytes;
    for (size_t i = 0; i < length;) {
        size_t taken = character_length(at + i, length - i);
        if (taken == 0) return false;
        i += taken;
    }
    return true;
}

size_t text_characters(const char *bytes, size_t length) {
    size_t count = 0;
    for (size_t i = 0; i < length; i++) count += ((unsigned char)bytes[i] & 0xC0) != 0x80;
    return count;
}

bool text_is_control(char byte) {
    unsigned char c = (unsigned char)byte;
    return (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7F;
}

size_t text_show(const char *bytes, size_t length, char *shown, size_t most) {
    bool cut = length > most;
    if (cut) length = most;
    /* Not through a character: back to where the one that is cut begins. */
    while (cut && length > 0 && ((unsigned char)bytes[length] & 0xC0) == 0x80) length--;
    bool readable = text_is_utf8(bytes, length);
    for (size_t i = 0; i < length; i++) {
        bool odd = text_is_control(bytes[i]) || (!readable && (unsigned char)bytes[i] >= 0x80);
        shown[i] = odd ? '?' : bytes[i];
    }
    return length;
}
