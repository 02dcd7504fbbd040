/* fuzz_identifier.c - any bytes to the readers of identifiers (libFuzzer, with sanitizers).
**
** Nothing may be read beyond the bytes given or written beyond the canonical form; a text is either
** refused with words or gives a form that reads as itself. */
#include "identifier.h"

#include <stdlib.h>
#include <string.h>

static void expect(bool holds) {
    if (!holds) abort();
}

typedef identifier_fault (*reader)(const char *text, size_t length, char *canonical);

static void check_reader(reader read, size_t longest, const char *text, size_t length) {
    char once[IDENTIFIER_ASN_LENGTH + 1], again[IDENTIFIER_ASN_LENGTH + 1];
    identifier_fault fault = read(text, length, once);
    expect((fault == IDENTIFIER_VALID) == (identifier_fault_text(fault) == NULL));
    if (fault != IDENTIFIER_VALID) return;
    expect(strlen(once) <= longest);
    expect(read(once, strlen(once), again) == IDENTIFIER_VALID);
    expect(strcmp(once, again) == 0);
}

static void check_pnc(const char *text, size_t length) {
    char canonical[IDENTIFIER_PNC_LENGTH + 1];
    identifier_pnc pnc, again;
    identifier_fault fault = identifier_read_pnc(text, length, IDENTIFIER_DEFAULT_PIVOT, &pnc);
    expect((fault == IDENTIFIER_VALID) == (identifier_fault_text(fault) == NULL));
    if (fault != IDENTIFIER_VALID) return;
    identifier_write_pnc(pnc, canonical);
    expect(identifier_read_pnc(canonical, strlen(canonical), IDENTIFIER_FIRST_PIVOT, &again) ==
           IDENTIFIER_VALID);
    expect(again.year == pnc.year && again.serial == pnc.serial);
    expect(identifier_pnc_from_number(identifier_pnc_number(pnc), &again));
    expect(again.year == pnc.year && again.serial == pnc.serial);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    const char *text = (const char *)bytes;
    check_pnc(text, size);
    check_reader(identifier_read_cro, IDENTIFIER_CRO_LENGTH, text, size);
    check_reader(identifier_read_asn, IDENTIFIER_ASN_LENGTH, text, size);
    return 0;
}
