/* generate_offence.c - resolves the rules of the offence lookups into one entry per code.
**
** The rules are those of ext/offence.h, numbers 2 to 5; they are applied here once, for all
** 100,000 possible Home Office codes, so that a lookup at run time is two array reads.
*/
#include "csv.h"
#include "generate.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "offence.h"
#include "offence_code.h"

enum {
    CLASSES = 1000,
    SUB_CLASSES = 100,
    WHOLE_CLASS = 100,
    MOST_ENTRIES = 60000,
    SLOTS = 65536,
};

enum { VIOLENT, SEXUAL, SERIOUS_ACQUISITIVE, SERIOUS, BREACH, FLAGS };

static const char *const flag_names[FLAGS] = {"violent", "sexual", "serious_acquisitive", "serious",
                                              "breach"};

/* What the lookups say of one Home Office code before the rules are applied. */
typedef struct code_facts {
    uint8_t group, group12;
    bool flagged[FLAGS];
    bool listed;         /* named by a lookup */
    bool unclassifiable; /* then: */
    bool flags_unknown;
    offence_status reason;
    unsigned recordable, not_recordable; /* CJS codes */
} code_facts;

typedef struct entry {
    offence_class class;
    uint8_t status;
} entry;

typedef struct register_facts {
    const char *folder;
    code_facts (*code)[SUB_CLASSES];
    bool group_flag[OFFENCE_GROUPS + 1][2]; /* violent, sexual */
    uint8_t rank[OFFENCE_GROUPS + 1];
    size_t text_size; /* of the pool written so far */
} register_facts;

static void *allocate(size_t count, size_t size) {
    void *memory = calloc(count, size);
    if (!memory) {
        fprintf(stderr, "generate: out of memory\n");
        exit(1);
    }
    return memory;
}

/* --- reading --------------------------------------------------------------------------------- */

static void read_group_names(register_facts *facts, FILE *out) {
    csv_table table = csv_read(facts->folder, "offence_group");
    if (table.rows != OFFENCE_GROUPS) csv_fail(&table, 0, "there must be 20 groups");
    fprintf(out, "static const char *const group_names[OFFENCE_GROUPS] = {\n");
    for (size_t i = 0; i < table.rows; i++) {
        if (csv_number(&table, i, "number", 1, OFFENCE_GROUPS) != i + 1)
            csv_fail(&table, i, "groups must stand in the order of their numbers");
        facts->group_flag[i + 1][VIOLENT] = csv_yes(&table, i, "violent");
        facts->group_flag[i + 1][SEXUAL] = csv_yes(&table, i, "sexual");
        facts->rank[i + 1] = (uint8_t)csv_number(&table, i, "severity_rank", 1, 254);
        generate_text(out, csv_field(&table, i, "name"));
        fprintf(out, ",\n");
    }
    fprintf(out, "};\n");
    csv_free(&table);
    table = csv_read(facts->folder, "offence_group12");
    if (table.rows != OFFENCE_GROUPS12) csv_fail(&table, 0, "there must be 12 groups");
    fprintf(out, "static const char *const group12_names[OFFENCE_GROUPS12] = {\n");
    for (size_t i = 0; i < table.rows; i++) {
        if (csv_number(&table, i, "number", 1, OFFENCE_GROUPS12) != i + 1)
            csv_fail(&table, i, "groups must stand in the order of their numbers");
        generate_text(out, csv_field(&table, i, "name"));
        fprintf(out, ",\n");
    }
    fprintf(out, "};\n");
    csv_free(&table);
}

typedef struct code_range {
    unsigned ho_class, first, last;
} code_range;

static code_range read_range(const csv_table *table, size_t row) {
    code_range range = {.ho_class = csv_number(table, row, "ho_class", 0, 999),
                        .first = csv_number(table, row, "first_sub_class", 0, 99),
                        .last = csv_number(table, row, "last_sub_class", 0, 99)};
    if (range.first > range.last) csv_fail(table, row, "a range that ends before it begins");
    return range;
}

static bool is_whole(code_range range) {
    return range.first == 0 && range.last == SUB_CLASSES - 1;
}

static void read_group_rules(register_facts *facts, const char *name, bool twelve) {
    csv_table table = csv_read(facts->folder, name);
    unsigned groups = twelve ? OFFENCE_GROUPS12 : OFFENCE_GROUPS;
    for (size_t i = 0; i < table.rows; i++) {
        if (!csv_in_force(&table, i)) continue;
        code_range range = read_range(&table, i);
        uint8_t group = (uint8_t)csv_number(&table, i, "group_number", 1, groups);
        for (unsigned sub = range.first; sub <= range.last; sub++) {
            code_facts *code = &facts->code[range.ho_class][sub];
            uint8_t *place = twelve ? &code->group12 : &code->group;
            if (*place) csv_fail(&table, i, "a code with two groups");
            *place = group;
            if (!is_whole(range)) code->listed = true;
        }
    }
    csv_free(&table);
}

static void read_flag_rules(register_facts *facts) {
    csv_table table = csv_read(facts->folder, "offence_flag_rule");
    for (size_t i = 0; i < table.rows; i++) {
        if (!csv_in_force(&table, i)) continue;
        int flag = 0;
        while (flag < FLAGS && strcmp(flag_names[flag], csv_field(&table, i, "flag")) != 0) flag++;
        if (flag == FLAGS) csv_fail(&table, i, "an unknown flag");
        if (!csv_yes(&table, i, "value")) csv_fail(&table, i, "a rule says yes; no is the default");
        code_range range = read_range(&table, i);
        for (unsigned sub = range.first; sub <= range.last; sub++) {
            facts->code[range.ho_class][sub].flagged[flag] = true;
            if (!is_whole(range)) facts->code[range.ho_class][sub].listed = true;
        }
    }
    csv_free(&table);
}

static void read_unclassifiable(register_facts *facts) {
    csv_table table = csv_read(facts->folder, "offence_unclassifiable");
    for (size_t i = 0; i < table.rows; i++) {
        if (!csv_in_force(&table, i)) continue;
        const char *flags = csv_field(&table, i, "flags");
        const char *reason = csv_field(&table, i, "reason");
        bool no_class = strcmp(reason, "no Home Office class") == 0;
        if (!no_class && strcmp(reason, "the exact offence is needed") != 0)
            csv_fail(&table, i, "an unknown reason");
        if (strcmp(flags, "unknown") != 0 && strcmp(flags, "by class") != 0)
            csv_fail(&table, i, "flags are unknown or by class");
        code_range range = read_range(&table, i);
        for (unsigned sub = range.first; sub <= range.last; sub++) {
            code_facts *code = &facts->code[range.ho_class][sub];
            if (code->group) csv_fail(&table, i, "a group and unclassifiable at once");
            code->unclassifiable = true;
            code->flags_unknown = strcmp(flags, "unknown") == 0;
            code->reason = no_class ? OFFENCE_NO_CLASS : OFFENCE_EXACT_NEEDED;
            if (no_class) code->group12 = 0;
            if (!is_whole(range)) code->listed = true;
        }
    }
    csv_free(&table);
}

/* --- resolving ------------------------------------------------------------------------------- */

static bool class_known(const code_facts *class) {
    for (unsigned sub = 0; sub < SUB_CLASSES; sub++)
        if (class[sub].group || class[sub].group12 || class[sub].unclassifiable) return true;
    return false;
}

/* Violent or sexual where the code has no group: what all groups of its class agree on. */
static uint8_t class_agreement(const register_facts *facts, const code_facts *class, int flag) {
    bool yes = false, no = false;
    for (unsigned sub = 0; sub < SUB_CLASSES; sub++) {
        if (!class[sub].group) continue;
        bool value = facts->group_flag[class[sub].group][flag] || class[sub].flagged[flag];
        yes |= value;
        no |= !value;
    }
    if (yes == no) return OFFENCE_UNKNOWN;
    return yes ? OFFENCE_YES : OFFENCE_NO;
}

/* A list names all that is on it, so a named code not on the list is off it. Sub-class 00, or a
** sub-class in no table, is unknown once any part of its class is on the list. */
static uint8_t list_flag(const code_facts *class, unsigned sub, int flag) {
    if (class[sub].flagged[flag]) return OFFENCE_YES;
    if (class[sub].listed && sub != 0) return OFFENCE_NO;
    for (unsigned other = 0; other < SUB_CLASSES; other++)
        if (class[other].flagged[flag]) return OFFENCE_UNKNOWN;
    return OFFENCE_NO;
}

static uint8_t resolve_flag(const register_facts *facts, const code_facts *class, unsigned sub,
                            int flag) {
    if (class[sub].flags_unknown) return OFFENCE_UNKNOWN;
    if (flag > SEXUAL) return list_flag(class, sub, flag);
    if (class[sub].flagged[flag]) return OFFENCE_YES;
    if (class[sub].group) return facts->group_flag[class[sub].group][flag];
    return class_agreement(facts, class, flag);
}

static uint8_t resolve_recordable(const code_facts *class, unsigned sub) {
    unsigned yes = class[sub].recordable, no = class[sub].not_recordable;
    if (yes + no == 0) {
        for (unsigned other = 0; other < SUB_CLASSES; other++) {
            yes += class[other].recordable;
            no += class[other].not_recordable;
        }
    }
    if ((yes == 0) == (no == 0)) return OFFENCE_UNKNOWN;
    return yes ? OFFENCE_YES : OFFENCE_NO;
}

static offence_status resolve_status(const code_facts *code, unsigned sub, const uint8_t *flag) {
    if (code->unclassifiable) return code->reason;
    if (!code->group && !code->listed && !code->group12) return OFFENCE_UNKNOWN_SUB_CLASS;
    if (!code->group) return OFFENCE_UNGROUPED;
    if (!code->listed) return OFFENCE_BY_CLASS;
    for (int i = 0; i < FLAGS; i++)
        if (flag[i] == OFFENCE_UNKNOWN) return sub == 0 ? OFFENCE_NOT_STATED : OFFENCE_BY_CLASS;
    return OFFENCE_CLASSIFIED;
}

static entry resolve(const register_facts *facts, unsigned ho_class, unsigned sub) {
    const code_facts *class = facts->code[ho_class], *code = &class[sub];
    uint8_t flag[FLAGS];
    for (int i = 0; i < FLAGS; i++) flag[i] = resolve_flag(facts, class, sub, i);
    return (entry){
        .class = {.group = code->group,
                  .group12 = code->group12,
                  .violent = flag[VIOLENT],
                  .sexual = flag[SEXUAL],
                  .serious_acquisitive = flag[SERIOUS_ACQUISITIVE],
                  .serious = flag[SERIOUS],
                  .breach = flag[BREACH],
                  .recordable = resolve_recordable(class, sub),
                  .severity_rank = code->group ? facts->rank[code->group] : OFFENCE_RANK_UNKNOWN},
        .status = (uint8_t)resolve_status(code, sub, flag)};
}

/* --- writing --------------------------------------------------------------------------------- */

typedef struct entry_list {
    entry *entry;
    size_t count;
} entry_list;

/* The place of an entry, added when there is none like it. */
static size_t find_entry(entry_list *list, entry wanted) {
    for (size_t i = 0; i < list->count; i++)
        if (memcmp(&list->entry[i], &wanted, sizeof wanted) == 0) return i;
    if (list->count == MOST_ENTRIES) {
        fprintf(stderr, "generate: too many different entries\n");
        exit(1);
    }
    list->entry[list->count] = wanted;
    return list->count++;
}

static void write_entries(FILE *out, const entry_list *list) {
    fprintf(out, "static const class_entry class_entries[] = {\n");
    for (size_t i = 0; i < list->count; i++) {
        const offence_class *c = &list->entry[i].class;
        fprintf(out, "{{%d, %d, %d, %d, %d, %d, %d, %d, %d}, %d},\n", c->group, c->group12,
                c->violent, c->sexual, c->serious_acquisitive, c->serious, c->breach, c->recordable,
                c->severity_rank, list->entry[i].status);
    }
    fprintf(out, "};\n");
}

static void write_classes(const register_facts *facts, entry_list *entries, FILE *out) {
    size_t pages = 0;
    unsigned page_of[CLASSES] = {0};
    fprintf(out, "static const uint16_t class_pages[][%d] = {\n", SUB_CLASSES);
    for (unsigned class = 0; class < CLASSES; class ++) {
        if (!class_known(facts->code[class])) continue;
        page_of[class] = (unsigned)++pages;
        fprintf(out, "{");
        for (unsigned sub = 0; sub < SUB_CLASSES; sub++)
            fprintf(out, "%zu,", find_entry(entries, resolve(facts, class, sub)));
        fprintf(out, "},\n");
    }
    fprintf(out, "};\nstatic const uint16_t class_page[%d] = {\n", CLASSES);
    for (unsigned class = 0; class < CLASSES; class ++)
        fprintf(out, "%u,%s", page_of[class], class % 20 == 19 ? "\n" : "");
    fprintf(out, "};\nstatic const uint32_t listed_codes[] = {\n");
    for (unsigned class = 0; class < CLASSES; class ++)
        for (unsigned sub = 0; sub < SUB_CLASSES; sub++)
            if (page_of[class] && facts->code[class][sub].listed)
                fprintf(out, "%u,\n", class * SUB_CLASSES + sub);
    fprintf(out, "};\n");
}

/* Appends to the pool of texts and returns where. */
static size_t write_pooled(register_facts *facts, FILE *out, const char *text) {
    size_t offset = facts->text_size;
    generate_text(out, text);
    fprintf(out, "\"\\0\"\n");
    facts->text_size += strlen(text) + 1;
    return offset;
}

/* Writes the labels of a lookup to the pool; their places, to be freed. */
static size_t *write_pool_of(register_facts *facts, const csv_table *table, FILE *out) {
    size_t *offsets = allocate(table->rows, sizeof *offsets);
    for (size_t i = 0; i < table->rows; i++)
        offsets[i] = write_pooled(facts, out, csv_field(table, i, "label"));
    return offsets;
}

/* The label of each code of each page: its own, else that of its class, else 0. */
static void write_labels(const register_facts *facts, const csv_table *labels,
                         const size_t *offsets, FILE *out) {
    size_t(*place)[SUB_CLASSES + 1] = allocate(CLASSES, sizeof *place);
    for (size_t i = 0; i < labels->rows; i++) {
        const char *sub = csv_field(labels, i, "sub_class");
        unsigned class = csv_number(labels, i, "ho_class", 0, CLASSES - 1);
        unsigned at = *sub ? csv_number(labels, i, "sub_class", 0, SUB_CLASSES - 1) : WHOLE_CLASS;
        if (place[class][at]) csv_fail(labels, i, "a code with two labels");
        place[class][at] = offsets[i];
    }
    fprintf(out, "static const uint32_t class_labels[][%d] = {\n", SUB_CLASSES);
    for (unsigned class = 0; class < CLASSES; class ++) {
        if (!class_known(facts->code[class])) continue;
        fprintf(out, "{");
        for (unsigned sub = 0; sub < SUB_CLASSES; sub++)
            fprintf(out, "%zu,", place[class][place[class][sub] ? sub : WHOLE_CLASS]);
        fprintf(out, "},\n");
    }
    fprintf(out, "};\n");
    free(place);
}

/* --- the register of CJS codes --------------------------------------------------------------- */

static unsigned read_ho_code(const csv_table *table, size_t row) {
    const char *text = csv_field(table, row, "ho_class");
    offence_code code = offence_code_read(text, strlen(text));
    if (code.form != OFFENCE_FORM_HOME_OFFICE) csv_fail(table, row, "not a Home Office code");
    return (unsigned)code.ho_class * SUB_CLASSES + code.sub_class;
}

static size_t category_index(const csv_table *categories, const csv_table *table, size_t row) {
    const char *wanted = csv_field(table, row, "category");
    for (size_t i = 0; i < categories->rows; i++)
        if (strcmp(csv_field(categories, i, "code"), wanted) == 0) return i;
    csv_fail(table, row, "a category that offence_category.csv does not list");
}

/* A code of the national series begins with two letters; local ones with digits. */
static bool is_national(const char *code) {
    return isalpha((unsigned char)code[0]) && isalpha((unsigned char)code[1]);
}

static void read_register(register_facts *facts, const csv_table *cjs,
                          const csv_table *categories) {
    for (size_t i = 0; i < cjs->rows; i++) {
        unsigned ho_code = read_ho_code(cjs, i);
        code_facts *code = &facts->code[ho_code / SUB_CLASSES][ho_code % SUB_CLASSES];
        code->listed = true;
        if (!is_national(csv_field(cjs, i, "cjs_code")) ||
            !csv_yes(categories, category_index(categories, cjs, i), "offence"))
            continue;
        if (csv_yes(cjs, i, "recordable"))
            code->recordable++;
        else
            code->not_recordable++;
    }
}

static void write_slots(const csv_table *cjs, FILE *out) {
    uint32_t *slots = allocate(SLOTS, sizeof *slots);
    if (cjs->rows > SLOTS / 2) csv_fail(cjs, cjs->rows - 1, "too many codes for the slots");
    for (size_t i = 0; i < cjs->rows; i++) {
        const char *text = csv_field(cjs, i, "cjs_code");
        offence_code code = offence_code_read(text, strlen(text));
        if (code.form != OFFENCE_FORM_CJS) csv_fail(cjs, i, "not a CJS code");
        uint32_t hash = offence_code_hash(code.key, code.length), slot = hash % SLOTS;
        while (slots[slot]) slot = (slot + 1) % SLOTS;
        slots[slot] = (hash & 0xffff0000u) | (uint32_t)(i + 1);
    }
    fprintf(out, "enum { CJS_SLOTS = %d };\nstatic const uint32_t cjs_slots[CJS_SLOTS] = {\n",
            SLOTS);
    for (int i = 0; i < SLOTS; i++) fprintf(out, "%uu,%s", slots[i], i % 20 == 19 ? "\n" : "");
    fprintf(out, "};\n");
    free(slots);
}

/* The class of a CJS code: its Home Office code's, with what the register says of the code. */
static size_t cjs_class(const register_facts *facts, entry_list *entries, const csv_table *cjs,
                        const csv_table *categories, size_t row) {
    static const entry unknown = {.class = {.violent = OFFENCE_UNKNOWN,
                                            .sexual = OFFENCE_UNKNOWN,
                                            .serious_acquisitive = OFFENCE_UNKNOWN,
                                            .serious = OFFENCE_UNKNOWN,
                                            .breach = OFFENCE_UNKNOWN,
                                            .severity_rank = OFFENCE_RANK_UNKNOWN},
                                  .status = OFFENCE_UNKNOWN_CLASS};
    unsigned ho_code = read_ho_code(cjs, row), class = ho_code / SUB_CLASSES;
    bool known = class_known(facts->code[class]);
    entry wanted = known ? resolve(facts, class, ho_code % SUB_CLASSES) : unknown;
    wanted.class.recordable = csv_yes(cjs, row, "recordable");
    if (csv_yes(categories, category_index(categories, cjs, row), "breach"))
        wanted.class.breach = OFFENCE_YES;
    return find_entry(entries, wanted);
}

static void write_register(const register_facts *facts, entry_list *entries, const csv_table *cjs,
                           const csv_table *categories, const size_t *offsets, FILE *out) {
    fprintf(out, "static const char *const cjs_categories[] = {\n");
    for (size_t i = 0; i < categories->rows; i++) {
        generate_text(out, csv_field(categories, i, "code"));
        fprintf(out, ",\n");
    }
    fprintf(out, "};\nstatic const cjs_entry cjs_entries[] = {\n");
    for (size_t i = 0; i < cjs->rows; i++)
        fprintf(out, "{%u, %zu, %zu, %zu, %d, \"%s\"},\n", read_ho_code(cjs, i), offsets[i],
                cjs_class(facts, entries, cjs, categories, i), category_index(categories, cjs, i),
                csv_yes(cjs, i, "notifiable"), csv_field(cjs, i, "cjs_code"));
    fprintf(out, "};\n");
    write_slots(cjs, out);
}

/* Sub-classes a label or the register names are in the tables; so is "not stated". */
static void list_codes(register_facts *facts, const csv_table *labels) {
    for (size_t i = 0; i < labels->rows; i++)
        if (*csv_field(labels, i, "sub_class"))
            facts
                ->code[csv_number(labels, i, "ho_class", 0, CLASSES - 1)]
                      [csv_number(labels, i, "sub_class", 0, SUB_CLASSES - 1)]
                .listed = true;
    for (unsigned class = 0; class < CLASSES; class ++)
        if (class_known(facts->code[class])) facts->code[class][0].listed = true;
}

void generate_offence(const char *folder, FILE *out) {
    register_facts facts = {.folder = folder};
    entry_list entries = {.count = 0};
    facts.code = allocate(CLASSES, sizeof *facts.code);
    entries.entry = allocate(MOST_ENTRIES, sizeof *entries.entry);
    read_group_names(&facts, out);
    read_group_rules(&facts, "offence_group_rule", false);
    read_group_rules(&facts, "offence_group12_rule", true);
    read_flag_rules(&facts);
    read_unclassifiable(&facts);
    csv_table labels = csv_read(folder, "offence_label");
    csv_table cjs = csv_read(folder, "cjs_offence");
    csv_table categories = csv_read(folder, "offence_category");
    read_register(&facts, &cjs, &categories);
    list_codes(&facts, &labels);
    write_classes(&facts, &entries, out);
    fprintf(out, "static const char offence_text[] = \"\\0\"\n");
    facts.text_size = 1; /* no label stands at 0 */
    size_t *label_offsets = write_pool_of(&facts, &labels, out);
    size_t *cjs_offsets = write_pool_of(&facts, &cjs, out);
    fprintf(out, ";\n");
    write_labels(&facts, &labels, label_offsets, out);
    write_register(&facts, &entries, &cjs, &categories, cjs_offsets, out);
    write_entries(out, &entries);
    free(label_offsets);
    free(cjs_offsets);
    free(entries.entry);
    free(facts.code);
    csv_free(&labels);
    csv_free(&cjs);
    csv_free(&categories);
}
