/* Identifiers: every worked example of the sources, valid and invalid, and the traps around them.
** PNC and CRO examples: hmpps-person-record; ASN examples: bichard7-next-core. */
#include "identifier.h"

#include "check.h"

#include <stdlib.h>

typedef struct example {
    const char *text;
    const char *canonical; /* NULL: refused */
    identifier_fault fault;
} example;

static void check_pnc(const example *row, int pivot) {
    char canonical[IDENTIFIER_PNC_LENGTH + 1] = "untouched";
    identifier_pnc pnc = {-1, -1};
    identifier_fault fault = identifier_read_pnc(row->text, strlen(row->text), pivot, &pnc);
    if (fault != row->fault) fail_msg("%s: fault %d, not %d", row->text, fault, row->fault);
    if (fault != IDENTIFIER_VALID) {
        assert_int_equal(pnc.year, -1);
        return;
    }
    identifier_write_pnc(pnc, canonical);
    assert_string_equal(canonical, row->canonical);
}

static void check_text(const example *row,
                       identifier_fault (*read)(const char *, size_t, char *)) {
    char canonical[IDENTIFIER_ASN_LENGTH + 1] = "untouched";
    identifier_fault fault = read(row->text, strlen(row->text), canonical);
    if (fault != row->fault) fail_msg("%s: fault %d, not %d", row->text, fault, row->fault);
    assert_string_equal(canonical, row->canonical ? row->canonical : "untouched");
}

static void pnc_worked_examples(void **state) {
    (void)state;
    static const example rows[] = {
        {"81/34U", "1981/0000034U", IDENTIFIER_VALID},
        {"02/73319Z", "2002/0073319Z", IDENTIFIER_VALID},
        {"00/223R", "2000/0000223R", IDENTIFIER_VALID},
        {"79/163001B", "1979/0163001B", IDENTIFIER_VALID},
        {"033Y", "2003/0000003Y", IDENTIFIER_VALID},
        {"67/9893091D", "1967/9893091D", IDENTIFIER_VALID},
        {"0273319Z", "2002/0073319Z", IDENTIFIER_VALID},
        {"79163001B", "1979/0163001B", IDENTIFIER_VALID},
        {"20020073319Z", "2002/0073319Z", IDENTIFIER_VALID},
        {"19790163001B", "1979/0163001B", IDENTIFIER_VALID},
        {"2002/0073319Z", "2002/0073319Z", IDENTIFIER_VALID},
        {"20030011985Z", NULL, IDENTIFIER_LETTER},
        {"20120052494O", NULL, IDENTIFIER_UNUSED_LETTER},
        {"20230583843N", NULL, IDENTIFIER_LETTER},
        {"2001/0171310S", NULL, IDENTIFIER_UNUSED_LETTER},
        {"1980/0163001B", NULL, IDENTIFIER_LETTER},
        {"TOTALLYINVALID", NULL, IDENTIFIER_NOT_PNC},
        {"1X23/1234567A", NULL, IDENTIFIER_NOT_PNC},
        {"1923[1234567A", NULL, IDENTIFIER_NOT_PNC},
        {"1923/1Z34567A", NULL, IDENTIFIER_NOT_PNC},
        {"1923/1234567AA", NULL, IDENTIFIER_NOT_PNC},
        {"01", NULL, IDENTIFIER_NO_LETTER},
        {"0123567", NULL, IDENTIFIER_NO_LETTER},
        {"2003/234567A", NULL, IDENTIFIER_LETTER},
        {"2003/0234567J", "2003/0234567J", IDENTIFIER_VALID},
    };
    for (size_t i = 0; i < count_of(rows); i++)
        check_pnc(&rows[i], IDENTIFIER_DEFAULT_PIVOT);
}

static void pnc_splits_at_the_slash(void **state) {
    (void)state;
    static const example rows[] = {
        {"1979/163001B", "1979/0163001B", IDENTIFIER_VALID}, /* 11 characters without slash */
        {"1981/34U", "1981/0000034U", IDENTIFIER_VALID},
        {"1979163001B", NULL, IDENTIFIER_NO_SLASH_LENGTH}, /* ten digits: neither form */
        {"979/163001B", NULL, IDENTIFIER_YEAR_DIGITS},     /* three digits of year */
        {"9/163001B", NULL, IDENTIFIER_YEAR_DIGITS},
        {"19790/163001B", NULL, IDENTIFIER_YEAR_DIGITS},
        {"/163001B", NULL, IDENTIFIER_YEAR_DIGITS},
        {"1979/B", NULL, IDENTIFIER_SERIAL_DIGITS},
        {"79/01630010B", NULL, IDENTIFIER_SERIAL_DIGITS},
        {"1979/016/300B", NULL, IDENTIFIER_NOT_PNC},
        {"79//163001B", NULL, IDENTIFIER_NOT_PNC},
        {"197901630010B", NULL, IDENTIFIER_NO_SLASH_LENGTH},
        {"79B", NULL, IDENTIFIER_NO_SLASH_LENGTH},
        {"B", NULL, IDENTIFIER_NO_SLASH_LENGTH},
        {"1979/-163001B", NULL, IDENTIFIER_NOT_PNC},
        {"1979/ 163001B", NULL, IDENTIFIER_NOT_PNC},
        {"1899/0163001B", NULL, IDENTIFIER_YEAR_RANGE},
        {"2101/0163001B", NULL, IDENTIFIER_YEAR_RANGE},
    };
    for (size_t i = 0; i < count_of(rows); i++)
        check_pnc(&rows[i], IDENTIFIER_DEFAULT_PIVOT);
}

static void pnc_trims_and_raises(void **state) {
    (void)state;
    static const example rows[] = {
        {" \t79/163001b ", "1979/0163001B", IDENTIFIER_VALID},
        {"", NULL, IDENTIFIER_EMPTY},
        {" \t ", NULL, IDENTIFIER_EMPTY},
        {"79/163001B\n", NULL, IDENTIFIER_NO_LETTER},
    };
    for (size_t i = 0; i < count_of(rows); i++)
        check_pnc(&rows[i], IDENTIFIER_DEFAULT_PIVOT);
}

static void pnc_pivot_ends_the_hundred_years(void **state) {
    (void)state;
    check_pnc(&(example){"02/73319Z", "2002/0073319Z", IDENTIFIER_VALID}, 2002);
    check_pnc(&(example){"02/73319Z", "1902/0073319Z", IDENTIFIER_VALID}, 2001);
    check_pnc(&(example){"81/34U", "1981/0000034U", IDENTIFIER_VALID}, 2080);
    check_pnc(&(example){"81/34U", "2081/0000034U", IDENTIFIER_VALID}, 2081);
    check_pnc(&(example){"00/223R", "1900/0000223R", IDENTIFIER_VALID}, 1999);
    check_pnc(&(example){"00/223R", "2100/0000223R", IDENTIFIER_VALID}, 2100);
    check_pnc(&(example){"1981/34U", "1981/0000034U", IDENTIFIER_VALID}, 2100);
}

static void pnc_bytes_of_any_kind(void **state) {
    (void)state;
    identifier_pnc pnc;
    assert_int_equal(identifier_read_pnc("79/16\0003001B", 11, 2011, &pnc), IDENTIFIER_NOT_PNC);
    assert_int_equal(identifier_read_pnc("79/163001B\0", 11, 2011, &pnc), IDENTIFIER_NO_LETTER);
    assert_int_equal(identifier_read_pnc("79/163001\xc3\x89", 11, 2011, &pnc),
                     IDENTIFIER_NO_LETTER);
    assert_int_equal(identifier_read_pnc(NULL, 0, 2011, &pnc), IDENTIFIER_EMPTY);
}

static void pnc_number_goes_both_ways(void **state) {
    (void)state;
    identifier_pnc pnc = {1979, 163001}, back;
    assert_int_equal(identifier_pnc_number(pnc), 19790163001);
    assert_true(identifier_pnc_from_number(19790163001, &back));
    assert_int_equal(back.year, 1979);
    assert_int_equal(back.serial, 163001);
    assert_true(identifier_pnc_from_number(19000000000, &back));
    assert_true(identifier_pnc_from_number(21009999999, &back));
    assert_false(identifier_pnc_from_number(18999999999, &back));
    assert_false(identifier_pnc_from_number(21010000000, &back));
    assert_false(identifier_pnc_from_number(-1, &back));
}

/* Of the 26 letters exactly one is right for any year and serial, and it reads back. */
static void pnc_has_one_letter_per_number(void **state) {
    (void)state;
    for (int year = IDENTIFIER_FIRST_YEAR; year <= IDENTIFIER_LAST_YEAR; year += 7) {
        for (int serial = 0; serial < IDENTIFIER_PNC_SERIALS; serial += 49999) {
            char text[IDENTIFIER_PNC_LENGTH + 1];
            identifier_pnc pnc = {year, serial}, read;
            int right = 0;
            identifier_write_pnc(pnc, text);
            for (char letter = 'A'; letter <= 'Z'; letter++) {
                text[IDENTIFIER_PNC_LENGTH - 1] = letter;
                if (identifier_read_pnc(text, IDENTIFIER_PNC_LENGTH, 2011, &read)) continue;
                assert_int_equal(read.year, year);
                assert_int_equal(read.serial, serial);
                right++;
            }
            assert_int_equal(right, 1);
        }
    }
}

static void cro_worked_examples(void **state) {
    (void)state;
    static const example rows[] = {
        {"65656/91H", "065656/91H", IDENTIFIER_VALID},
        {"065656/91H", "065656/91H", IDENTIFIER_VALID},
        {"265416/21G", "265416/21G", IDENTIFIER_VALID},
        {" 65656/91h ", "065656/91H", IDENTIFIER_VALID},
        {"SF05/482703J", "SF05/482703J", IDENTIFIER_VALID},
        {"SF83/50058Z", "SF83/50058Z", IDENTIFIER_VALID},
        {"sf83/50058z", "SF83/50058Z", IDENTIFIER_VALID},
        {"85227/65G", NULL, IDENTIFIER_LETTER},
        {"85227/65L", "085227/65L", IDENTIFIER_VALID},
        {"SF83/050058Z", NULL, IDENTIFIER_LETTER}, /* 83050058 is another number than 8350058 */
        {"85227/65S", NULL, IDENTIFIER_UNUSED_LETTER},
        {"0065656/91H", NULL, IDENTIFIER_SERIAL_DIGITS},
        {"/91H", NULL, IDENTIFIER_SERIAL_DIGITS},
        {"SF05/J", NULL, IDENTIFIER_SERIAL_DIGITS},
        {"SF05482703J", NULL, IDENTIFIER_NOT_CRO},
        {"SF0/482703J", NULL, IDENTIFIER_NOT_CRO},
        {"65656/1991H", NULL, IDENTIFIER_NOT_CRO},
        {"65656H", NULL, IDENTIFIER_NOT_CRO},
        {"65X56/91H", NULL, IDENTIFIER_NOT_CRO},
        {"65656/9XH", NULL, IDENTIFIER_NOT_CRO},
        {"65656/91", NULL, IDENTIFIER_NO_LETTER},
        {"H", NULL, IDENTIFIER_NOT_CRO},
        {"SFH", NULL, IDENTIFIER_NOT_CRO},
        {"SF05/4827031J", NULL, IDENTIFIER_NOT_CRO},
        {"", NULL, IDENTIFIER_EMPTY},
    };
    for (size_t i = 0; i < count_of(rows); i++)
        check_text(&rows[i], identifier_read_cro);
}

static void asn_worked_examples(void **state) {
    (void)state;
    static const example rows[] = {
        {"2005FF0500000000555P", "2005FF0500000000555P", IDENTIFIER_VALID},
        {"9700000000000123456K", "9700000000000123456K", IDENTIFIER_VALID},
        {"22FD112200001234560X", "22FD112200001234560X", IDENTIFIER_VALID},
        {"2202XC0200000000021D", NULL, IDENTIFIER_LETTER},
        {"2202XC0200000000021R", "2202XC0200000000021R", IDENTIFIER_VALID},
        {"20/05FF/05/555P", "2005FF0500000000555P", IDENTIFIER_VALID},
        {"20/05ff/05/555p", "2005FF0500000000555P", IDENTIFIER_VALID},
        {"97/0000/00/123456K", "9700000000000123456K", IDENTIFIER_VALID},
        /* 21 characters: the top-level code takes no part in the letter. */
        {"20A05FF0500000000555P", "20A05FF0500000000555P", IDENTIFIER_VALID},
        {"20105FF0500000000555P", "20105FF0500000000555P", IDENTIFIER_VALID},
        {"20/A05FF/05/555P", "20A05FF0500000000555P", IDENTIFIER_VALID},
        {"2005FF0500000000555S", NULL, IDENTIFIER_UNUSED_LETTER},
        {"2005FF05000000005555", NULL, IDENTIFIER_NO_LETTER},
        {"2005FF050000000555P", NULL, IDENTIFIER_NOT_ASN},
        {"20AA05FF0500000000555P", NULL, IDENTIFIER_NOT_ASN},
        {"2X05FF0500000000555P", NULL, IDENTIFIER_NOT_ASN},
        {"2005F-0500000000555P", NULL, IDENTIFIER_NOT_ASN},
        {"2005FF0500000X00555P", NULL, IDENTIFIER_NOT_ASN},
        {"20/05FF/05/P", NULL, IDENTIFIER_NOT_ASN},
        {"20/05FF/0/555P", NULL, IDENTIFIER_NOT_ASN},
        {"20/05FF/05/000000000555P", NULL, IDENTIFIER_NOT_ASN},
        {"20/5P", NULL, IDENTIFIER_NOT_ASN},
        {"", NULL, IDENTIFIER_EMPTY},
    };
    for (size_t i = 0; i < count_of(rows); i++)
        check_text(&rows[i], identifier_read_asn);
}

static void asn_dummies_are_refused_by_pattern(void **state) {
    (void)state;
    static const char *const codes[] = {
        "0800NP01", "0800PP01", "2012NRPR", "2012LN00", "2000NP00",  "20630012", "2006SSX1",
        "2000XXX1", "205011X1", "205043X1", "2050OFX1", "2050SJX1", "20T50SJX1",
    };
    for (size_t i = 0; i < count_of(codes); i++) {
        /* Whatever the letter. */
        for (char letter = 'A'; letter <= 'Z'; letter++) {
            char text[32], canonical[IDENTIFIER_ASN_LENGTH + 1];
            size_t length = strlen(codes[i]);
            memcpy(text, codes[i], length);
            memcpy(text + length, "11111111111", 11);
            text[length + 11] = letter;
            assert_int_equal(identifier_read_asn(text, length + 12, canonical), IDENTIFIER_DUMMY);
        }
    }
    static const example neighbours[] = {
        {"0900NP0111111111111A", NULL, IDENTIFIER_LETTER}, /* another year */
        {"206300X111111111111A", NULL, IDENTIFIER_LETTER}, /* a system that is no number */
        {"205013X111111111111A", NULL, IDENTIFIER_LETTER},
    };
    for (size_t i = 0; i < count_of(neighbours); i++)
        check_text(&neighbours[i], identifier_read_asn);
}

static void long_texts_are_refused(void **state) {
    (void)state;
    size_t length = 1 << 20;
    char *text = malloc(length), canonical[IDENTIFIER_ASN_LENGTH + 1];
    identifier_pnc pnc;
    memset(text, '1', length);
    text[length - 1] = 'A';
    assert_int_equal(identifier_read_pnc(text, length, 2011, &pnc), IDENTIFIER_NOT_PNC);
    assert_int_equal(identifier_read_cro(text, length, canonical), IDENTIFIER_NOT_CRO);
    assert_int_equal(identifier_read_asn(text, length, canonical), IDENTIFIER_NOT_ASN);
    text[2] = '/';
    assert_int_equal(identifier_read_asn(text, length, canonical), IDENTIFIER_NOT_ASN);
    free(text);
}

static void every_fault_has_words(void **state) {
    (void)state;
    assert_null(identifier_fault_text(IDENTIFIER_VALID));
    for (int fault = IDENTIFIER_EMPTY; fault <= IDENTIFIER_LETTER; fault++)
        assert_non_null(identifier_fault_text((identifier_fault)fault));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pnc_worked_examples),
        cmocka_unit_test(pnc_splits_at_the_slash),
        cmocka_unit_test(pnc_trims_and_raises),
        cmocka_unit_test(pnc_pivot_ends_the_hundred_years),
        cmocka_unit_test(pnc_bytes_of_any_kind),
        cmocka_unit_test(pnc_number_goes_both_ways),
        cmocka_unit_test(pnc_has_one_letter_per_number),
        cmocka_unit_test(cro_worked_examples),
        cmocka_unit_test(asn_worked_examples),
        cmocka_unit_test(asn_dummies_are_refused_by_pattern),
        cmocka_unit_test(long_texts_are_refused),
        cmocka_unit_test(every_fault_has_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
