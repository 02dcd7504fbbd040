#include "offence.h"

#include "offence_code.h"

#include <string.h>

/* The shapes of the generated tables. */
typedef struct class_entry {
    offence_class class;
    uint8_t status;
} class_entry;

typedef struct cjs_entry {
    uint32_t ho_code;
    uint32_t label; /* offset in offence_text */
    uint16_t class; /* index in class_entries: the Home Office code's, with the code's own flags */
    uint8_t category; /* index in cjs_categories */
    uint8_t notifiable;
    char code[OFFENCE_CODE_LONGEST + 1];
} cjs_entry;

/* A slot of the table of CJS codes: number + 1 below, the upper half of the hash above. */
enum { SLOT_NUMBER = 0xffff };

#include "offence_table.inc"

enum { SUB_CLASSES = 100 };

static const class_entry unknown_class = {
    .class = {.violent = OFFENCE_UNKNOWN,
              .sexual = OFFENCE_UNKNOWN,
              .serious_acquisitive = OFFENCE_UNKNOWN,
              .serious = OFFENCE_UNKNOWN,
              .breach = OFFENCE_UNKNOWN,
              .recordable = OFFENCE_UNKNOWN,
              .severity_rank = OFFENCE_RANK_UNKNOWN},
    .status = OFFENCE_UNKNOWN_CLASS,
};

static const class_entry *find_class(unsigned ho_class, unsigned sub_class) {
    unsigned page = class_page[ho_class];
    return page == 0 ? &unknown_class : &class_entries[class_pages[page - 1][sub_class]];
}

static const char *find_label(unsigned ho_class, unsigned sub_class) {
    unsigned page = class_page[ho_class];
    uint32_t offset = page == 0 ? 0 : class_labels[page - 1][sub_class];
    return offset == 0 ? NULL : offence_text + offset;
}

static char capital(char c) {
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

static bool is_code(const cjs_entry *entry, const offence_code *code) {
    size_t size = code->length + (size_t)1;
    if (memcmp(entry->code, code->key, size) == 0) return true;
    for (size_t i = 0; i < size; i++)
        if (capital(entry->code[i]) != code->key[i]) return false;
    return true;
}

static const cjs_entry *find_cjs(const offence_code *code) {
    uint32_t hash = offence_code_hash(code->key, code->length);
    for (uint32_t at = hash % CJS_SLOTS; cjs_slots[at] != 0; at = (at + 1) % CJS_SLOTS) {
        if ((cjs_slots[at] ^ hash) > SLOT_NUMBER) continue;
        const cjs_entry *entry = &cjs_entries[(cjs_slots[at] & SLOT_NUMBER) - 1];
        if (is_code(entry, code)) return entry;
    }
    return NULL;
}

offence_status offence_look_up(const char *text, size_t length, offence_class *class) {
    offence_code code = offence_code_read(text, length);
    *class = unknown_class.class;
    if (code.form == OFFENCE_FORM_HOME_OFFICE) {
        const class_entry *found = find_class(code.ho_class, code.sub_class);
        *class = found->class;
        return (offence_status)found->status;
    }
    if (code.form == OFFENCE_FORM_RECORDED_CRIME) return OFFENCE_RECORDED_CRIME;
    if (code.form != OFFENCE_FORM_CJS) return OFFENCE_MALFORMED;
    const cjs_entry *entry = find_cjs(&code);
    if (!entry) return OFFENCE_UNKNOWN_CJS;
    *class = class_entries[entry->class].class;
    return (offence_status)class_entries[entry->class].status;
}

offence_class offence_classify(const char *text, size_t length) {
    offence_class class;
    offence_look_up(text, length, &class);
    return class;
}

static offence_finding finding_of_class(uint32_t ho_class, uint32_t sub_class) {
    const class_entry *found = find_class(ho_class, sub_class);
    return (offence_finding){.class = found->class,
                             .status = (offence_status)found->status,
                             .ho_code = (int32_t)(ho_class * SUB_CLASSES + sub_class),
                             .label = find_label(ho_class, sub_class),
                             .notifiable = OFFENCE_UNKNOWN};
}

static offence_finding finding_of_cjs(const cjs_entry *entry) {
    const class_entry *found = &class_entries[entry->class];
    return (offence_finding){.class = found->class,
                             .status = (offence_status)found->status,
                             .ho_code = (int32_t)entry->ho_code,
                             .cjs_code = entry->code,
                             .category = cjs_categories[entry->category],
                             .label = offence_text + entry->label,
                             .notifiable = entry->notifiable};
}

static offence_finding nothing_found(offence_status status) {
    return (offence_finding){.class = unknown_class.class,
                             .status = status,
                             .ho_code = -1,
                             .notifiable = OFFENCE_UNKNOWN};
}

offence_finding offence_find(const char *text, size_t length) {
    offence_code code = offence_code_read(text, length);
    switch (code.form) {
    case OFFENCE_FORM_HOME_OFFICE:
        return finding_of_class(code.ho_class, code.sub_class);
    case OFFENCE_FORM_CJS: {
        const cjs_entry *entry = find_cjs(&code);
        return entry ? finding_of_cjs(entry) : nothing_found(OFFENCE_UNKNOWN_CJS);
    }
    case OFFENCE_FORM_RECORDED_CRIME:
        return nothing_found(OFFENCE_RECORDED_CRIME);
    default:
        return nothing_found(OFFENCE_MALFORMED);
    }
}

const char *offence_group_name(int group) {
    return group >= 1 && group <= OFFENCE_GROUPS ? group_names[group - 1] : NULL;
}

const char *offence_group12_name(int group) {
    return group >= 1 && group <= OFFENCE_GROUPS12 ? group12_names[group - 1] : NULL;
}

const char *offence_status_text(offence_status status) {
    static const char *const texts[OFFENCE_STATUSES] = {
        [OFFENCE_MALFORMED] = "not an offence code",
        [OFFENCE_RECORDED_CRIME] = "recorded-crime class",
        [OFFENCE_UNKNOWN_CJS] = "unknown CJS code",
        [OFFENCE_UNKNOWN_CLASS] = "unknown class",
        [OFFENCE_UNKNOWN_SUB_CLASS] = "unknown sub-class",
        [OFFENCE_NO_CLASS] = "no Home Office class",
        [OFFENCE_EXACT_NEEDED] = "exact offence needed",
        [OFFENCE_UNGROUPED] = "in no offence group",
        [OFFENCE_NOT_STATED] = "sub-class not stated",
        [OFFENCE_BY_CLASS] = "classified by its class",
        [OFFENCE_CLASSIFIED] = "classified",
    };
    return (unsigned)status < OFFENCE_STATUSES ? texts[status] : NULL;
}

void offence_write_ho_code(int32_t ho_code, char text[OFFENCE_HO_CODE_LENGTH + 1]) {
    text[OFFENCE_HO_CODE_LENGTH] = 0;
    for (int i = OFFENCE_HO_CODE_LENGTH - 1; i >= 0; i--) {
        if (i == 3) {
            text[i] = '/';
            continue;
        }
        text[i] = (char)('0' + ho_code % 10);
        ho_code /= 10;
    }
}

enum { CJS_CODES = sizeof cjs_entries / sizeof *cjs_entries };
enum { LISTED_CODES = sizeof listed_codes / sizeof *listed_codes };

bool offence_register(size_t number, offence_finding *finding) {
    if (number >= CJS_CODES + LISTED_CODES) return false;
    if (number < CJS_CODES) {
        *finding = finding_of_cjs(&cjs_entries[number]);
    } else {
        uint32_t ho_code = listed_codes[number - CJS_CODES];
        *finding = finding_of_class(ho_code / SUB_CLASSES, ho_code % SUB_CLASSES);
    }
    return true;
}

bool offence_register_number(const char *text, size_t length, size_t *number) {
    offence_code code = offence_code_read(text, length);
    if (code.form == OFFENCE_FORM_CJS) {
        const cjs_entry *entry = find_cjs(&code);
        if (entry) *number = (size_t)(entry - cjs_entries);
        return entry != NULL;
    }
    if (code.form != OFFENCE_FORM_HOME_OFFICE) return false;
    uint32_t wanted = (uint32_t)code.ho_class * SUB_CLASSES + code.sub_class;
    size_t low = 0, high = LISTED_CODES;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (listed_codes[middle] < wanted)
            low = middle + 1;
        else
            high = middle;
    }
    *number = CJS_CODES + low;
    return low < LISTED_CODES && listed_codes[low] == wanted;
}
