#include "match_name.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* Two letters for each character from FIRST_LETTER and from FIRST_ADDED on: a blank in second place
** is none, two blanks are no letter, two points leave the character as it is. */
static const char letters[] =
    "A A A A A A AEC E E E E I I I I D N O O O O O   O U U U U Y THSS" /* 00C0 */
    "A A A A A A AEC E E E E I I I I D N O O O O O   O U U U U Y THY " /* 00E0 */
    "A A A A A A C C C C C C C C D D D D E E E E E E E E E E G G G G " /* 0100 */
    "G G G G H H H H I I I I I I I I I I IJIJJ J K K K L L L L L L L " /* 0120 */
    "L L L N N N N N N N NGNGO O O O O O OEOER R R R R R S S S S S S " /* 0140 */
    "S S T T T T T T U U U U U U U U U U U U W W Y Y Y Z Z Z Z Z Z S " /* 0160 */
    "B B B B ......C C D D D D ..E E E F F G ......I K K L ....N N O " /* 0180 */
    "O O ....P P R ........T T T T U U ..V Y Y Z Z .................." /* 01A0 */
    "........DZDZDZLJLJLJNJNJNJA A I I O O U U U U U U U U U U E A A " /* 01C0 */
    "A A AEAEG G G G K K O O O O ....J DZDZDZG G ....N N A A AEAEO O " /* 01E0 */
    "A A A A E E E E I I I I O O O O R R R R U U U U S S T T ....H H " /* 0200 */
    "N D ....Z Z A A E E O O O O O O O O Y Y L N T J ....A C C L T S " /* 0220 */
    "Z ....B U ..E E J J ....R R Y Y ";                                /* 0240 */
static const char added_letters[] =
    "A A B B B B B B C C D D D D D D D D D D E E E E E E E E E E F F "  /* 1E00 */
    "G G H H H H H H H H H H I I I I K K K K K K L L L L L L L L M M "  /* 1E20 */
    "M M M M N N N N N N N N O O O O O O O O P P P P R R R R R R R R "  /* 1E40 */
    "S S S S S S S S S S T T T T T T T T U U U U U U U U U U V V V V "  /* 1E60 */
    "W W W W W W W W W W X X X X Y Y Z Z Z Z Z Z H T W Y A S ....SS.."  /* 1E80 */
    "A A A A A A A A A A A A A A A A A A A A A A A A E E E E E E E E "  /* 1EA0 */
    "E E E E E E E E I I I I O O O O O O O O O O O O O O O O O O O O "  /* 1EC0 */
    "O O O O U U U U U U U U U U U U U U Y Y Y Y Y Y Y Y ............"; /* 1EE0 */

enum {
    FIRST_LETTER = 0x00C0,
    FIRST_ADDED = 0x1E00,
    NOT_UTF8 = 0x110000 /* and the byte: what a stray byte counts as */
};

static int sequence_length(unsigned char lead) {
    if (lead < 0x80) return 1;
    if (lead >= 0xC2 && lead <= 0xDF) return 2;
    if (lead >= 0xE0 && lead <= 0xEF) return 3;
    return lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
}

/* Reads one character and returns how many bytes it took: one for a byte that is no UTF-8. */
static size_t read_character(const char *text, size_t length, uint32_t *character) {
    static const uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    unsigned char lead = (unsigned char)text[0];
    int size = sequence_length(lead);
    *character = NOT_UTF8 + lead;
    if (size == 0 || (size_t)size > length) return 1;
    uint32_t value = size == 1 ? lead : lead & (0x7Fu >> size);
    for (int i = 1; i < size; i++) {
        unsigned char next = (unsigned char)text[i];
        if ((next & 0xC0) != 0x80) return 1;
        value = value << 6 | (next & 0x3F);
    }
    if (value < smallest[size] || value >= NOT_UTF8 || (value >= 0xD800 && value <= 0xDFFF))
        return 1;
    *character = value;
    return (size_t)size;
}

/* The two letters for a character of the Latin script, or NULL when it stays as it is. */
static const char *latin_letters(uint32_t character) {
    const char *two = NULL;
    if (character >= FIRST_LETTER && character < FIRST_LETTER + (sizeof letters - 1) / 2)
        two = letters + 2 * (character - FIRST_LETTER);
    else if (character >= FIRST_ADDED && character < FIRST_ADDED + (sizeof added_letters - 1) / 2)
        two = added_letters + 2 * (character - FIRST_ADDED);
    return two && two[0] != '.' ? two : NULL;
}

/* Beyond ASCII: controls and signs of Latin-1, combining accents, modifiers, general punctuation,
** ideographic blanks and the byte order mark. */
static bool is_left_out(uint32_t character) {
    return (character >= 0x80 && character < FIRST_LETTER) ||
           (character >= 0x2B0 && character <= 0x36F) ||
           (character >= 0x2000 && character <= 0x206F) ||
           (character >= 0x3000 && character <= 0x303F) || character == 0xFEFF ||
           character >= NOT_UTF8;
}

static char plain_letter(uint32_t character) {
    if (character >= 'a' && character <= 'z') return (char)(character - 'a' + 'A');
    bool kept = (character >= 'A' && character <= 'Z') || (character >= '0' && character <= '9');
    return kept ? (char)character : ' ';
}

/* Adds a piece; false when it does not fit whole. */
static bool append(match_name *name, const char *piece, size_t size) {
    if (name->length + size > MATCH_NAME_LONGEST) return false;
    memcpy(name->text + name->length, piece, size);
    name->length += size;
    return true;
}

void match_name_read(const char *text, size_t length, match_name *name) {
    bool fits = true;
    name->length = 0;
    for (size_t at = 0; at < length && fits;) {
        uint32_t character;
        size_t size = read_character(text + at, length - at, &character);
        const char *latin = latin_letters(character);
        if (character < 0x80) {
            char letter = plain_letter(character);
            if (letter != ' ') fits = append(name, &letter, 1);
        } else if (latin) {
            if (latin[0] != ' ') fits = append(name, latin, latin[1] == ' ' ? 1 : 2);
        } else if (!is_left_out(character)) {
            fits = append(name, text + at, size);
        }
        at += size;
    }
    name->text[name->length] = '\0';
}

/* Similarity ---------------------------------------------------------------------------------- */

static int read_characters(const char *text, size_t length,
                           uint32_t characters[MATCH_NAME_LONGEST]) {
    int count = 0;
    for (size_t at = 0; at < length && count < MATCH_NAME_LONGEST; count++)
        at += read_character(text + at, length - at, &characters[count]);
    return count;
}

/* Marks the characters of each that agree; returns how many pairs. */
static int mark_agreeing(const uint32_t *a, int a_count, const uint32_t *b, int b_count,
                         bool *a_agrees, bool *b_agrees) {
    int reach = (a_count > b_count ? a_count : b_count) / 2 - 1;
    int pairs = 0;
    if (reach < 0) reach = 0;
    for (int i = 0; i < a_count; i++) {
        int from = i > reach ? i - reach : 0;
        int to = i + reach < b_count - 1 ? i + reach : b_count - 1;
        for (int j = from; j <= to; j++) {
            if (b_agrees[j] || a[i] != b[j]) continue;
            a_agrees[i] = b_agrees[j] = true;
            pairs++;
            break;
        }
    }
    return pairs;
}

static double jaro(const uint32_t *a, int a_count, const uint32_t *b, int b_count) {
    bool a_agrees[MATCH_NAME_LONGEST] = {false}, b_agrees[MATCH_NAME_LONGEST] = {false};
    int pairs = mark_agreeing(a, a_count, b, b_count, a_agrees, b_agrees);
    if (pairs == 0) return 0.0;
    int out_of_order = 0;
    for (int i = 0, j = 0; i < a_count; i++) {
        if (!a_agrees[i]) continue;
        while (!b_agrees[j]) j++;
        out_of_order += a[i] != b[j++];
    }
    double m = pairs;
    return (m / a_count + m / b_count + (m - out_of_order / 2) / m) / 3.0;
}

double match_name_similarity(const char *a, size_t a_length, const char *b, size_t b_length) {
    enum { LONGEST_BEGINNING = 4 };
    uint32_t a_characters[MATCH_NAME_LONGEST], b_characters[MATCH_NAME_LONGEST];
    if (a_length == b_length && (a_length == 0 || memcmp(a, b, a_length) == 0)) return 1.0;
    int a_count = read_characters(a, a_length, a_characters);
    int b_count = read_characters(b, b_length, b_characters);
    double similarity = jaro(a_characters, a_count, b_characters, b_count);
    int common = 0;
    while (common < LONGEST_BEGINNING && common < a_count && common < b_count &&
           a_characters[common] == b_characters[common])
        common++;
    return similarity + common * 0.1 * (1.0 - similarity);
}
