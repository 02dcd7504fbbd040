#include "nation_identity.h"

#include <stdio.h>

#define COUNT(table) ((int)(sizeof table / sizeof *table))

static const char letters[] = "ZABCDEFGHJKLMNPQRTUVWXY";

identity identity_of(uint64_t number, int year) {
    enum { PRIME = 9999991, STEP = 7368787, SHIFT = 1234577 };
    return (identity){.year = year,
                      .serial = (uint32_t)(1 + (number * STEP + SHIFT) % PRIME)};
}

const char *identity_form_name(identity_form form) {
    static const char *const names[FORMS] = {
        "none",       "lower_case",   "no_slash",  "unpadded",   "two_digit_year",
        "two_digit_year_no_slash",    "wrong_letter", "letter_o", "letter_in_serial",
        "no_letter",  "words",        "absent"};
    return names[form];
}

void identity_write(identity id, identity_form form, char text[IDENTITY_TEXT]) {
    uint32_t short_year = (uint32_t)id.year % 100;
    uint32_t remainder = (uint32_t)(((uint64_t)short_year * 10000000 + id.serial) % 23);
    char letter = letters[remainder];
    unsigned serial = id.serial;
    switch (form) {
    case FORM_LOWER_CASE:
        snprintf(text, IDENTITY_TEXT, "%d/%07u%c", id.year, serial, letter - 'A' + 'a');
        break;
    case FORM_NO_SLASH: snprintf(text, IDENTITY_TEXT, "%d%07u%c", id.year, serial, letter); break;
    case FORM_UNPADDED: snprintf(text, IDENTITY_TEXT, "%d/%u%c", id.year, serial, letter); break;
    case FORM_SHORT:
        snprintf(text, IDENTITY_TEXT, "%02u/%u%c", short_year, serial, letter);
        break;
    case FORM_SHORT_JOINED:
        snprintf(text, IDENTITY_TEXT, "%02u%u%c", short_year, serial, letter);
        break;
    case FORM_WRONG_LETTER:
        snprintf(text, IDENTITY_TEXT, "%d/%07u%c", id.year, serial, letters[(remainder + 7) % 23]);
        break;
    case FORM_LETTER_O: snprintf(text, IDENTITY_TEXT, "%d/%07uO", id.year, serial); break;
    case FORM_DIGIT_LOST:
        snprintf(text, IDENTITY_TEXT, "%d/%03uX%03u%c", id.year, serial / 10000, serial % 1000,
                 letter);
        break;
    case FORM_CUT: snprintf(text, IDENTITY_TEXT, "%d/%07u", id.year, serial); break;
    case FORM_WORDS: snprintf(text, IDENTITY_TEXT, "NOT KNOWN"); break;
    case FORM_ABSENT: text[0] = '\0'; break;
    default: snprintf(text, IDENTITY_TEXT, "%d/%07u%c", id.year, serial, letter); break;
    }
}

const char *identity_surname(draw *source) {
    static const char *const names[] = {
        "Smith",   "Jones",   "Taylor",  "Brown",   "Williams", "Wilson",   "Johnson", "Davies",
        "Patel",   "Robinson", "Wright", "Thompson", "Evans",   "Walker",   "White",   "Roberts",
        "Green",   "Hall",    "Thomas",  "Clarke",  "Jackson",  "Wood",     "Harris",  "Edwards",
        "Turner",  "Martin",  "Cooper",  "Hill",    "Ward",     "Hughes",   "Moore",   "Clark",
        "King",    "Harrison", "Lewis",  "Baker",   "Lee",      "Allen",    "Morris",  "Khan",
        "Scott",   "Watson",  "Davis",   "Parker",  "James",    "Bennett",  "Young",   "Phillips",
        "Richardson", "Mitchell", "Bailey", "Carter", "Cook",   "Singh",    "Shaw",    "Bell",
        "Collins", "Morgan",  "Kelly",   "Begum",   "Miller",   "Cox",      "Hussain", "Marshall",
        "Simpson", "Price",   "Anderson", "Adams",  "Wilkinson", "Ali",     "Ahmed",   "Foster",
        "Ellis",   "Murphy",  "Chapman", "Mason",   "Gray",     "Campbell", "Rose",    "Pearce"};
    static const char *const awkward[] = {
        "O'Neill",       "D'Arcy",             "St. John-Smythe", "N\xc3\xba\xc3\xb1" "ez",
        "Jones, Junior", "Smith \"Smudge\"", "van der\nBerg",   "M\xc3\xbcller"};
    if (draw_chance(source, 0.004)) return awkward[draw_below(source, COUNT(awkward))];
    return names[draw_below(source, COUNT(names))];
}

const char *identity_forename(draw *source, bool female) {
    static const char *const men[] = {
        "David",   "John",   "Paul",    "James",  "Andrew", "Mark",   "Michael", "Stephen",
        "Daniel",  "Robert", "Richard", "Thomas", "Lee",    "Jason",  "Matthew", "Ryan",
        "Craig",   "Darren", "Gary",    "Kevin",  "Liam",   "Jordan", "Mohammed", "Ashley",
        "Anthony", "Carl",   "Shane",   "Wayne",  "Kieran", "Adam",   "Ben",     "Imran"};
    static const char *const women[] = {
        "Sarah",  "Emma",   "Lisa",    "Claire", "Michelle", "Julie",  "Karen",  "Nicola",
        "Kelly",  "Laura",  "Rebecca", "Amy",    "Gemma",    "Donna",  "Tracey", "Joanne",
        "Stacey", "Leanne", "Kirsty",  "Zo\xc3\xab", "Chloe",  "Jade",   "Natalie", "Samina"};
    return female ? women[draw_below(source, COUNT(women))] : men[draw_below(source, COUNT(men))];
}
