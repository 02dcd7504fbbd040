/* Opening and closing the extract files, and those that do not depend on people. */
#include <string.h>

#include "nation_extract.h"
#include "nation_place.h"

static void write_areas(extract_file *file) {
    static const char *const countries[][3] = {{"K04000001", "England and Wales", ""},
                                               {"E92000001", "England", "K04000001"},
                                               {"W92000004", "Wales", "K04000001"}};
    for (int i = 0; i < 3; i++) {
        file_text(file, countries[i][0]);
        file_text(file, countries[i][1]);
        file_text(file, "country");
        file_text(file, countries[i][2]);
        file_end_row(file);
    }
    for (int i = 0; i < PLACES; i++) {
        file_text(file, place_table[i].gss);
        file_text(file, place_table[i].name);
        file_text(file, "police_force");
        file_text(file, place_table[i].gss[0] == 'W' ? "W92000004" : "E92000001");
        file_end_row(file);
    }
}

static void pair(extract_file *file, const char *name, const char *value) {
    file_text(file, name);
    file_text(file, value);
    file_end_row(file);
}

static bool write_provenance(const nation *plan, const char *directory, double scale) {
    extract_file file;
    char text[64];
    if (!file_open(&file, directory, "extract.csv", "name,value", FILE_PLAIN)) return false;
    day_text(plan->extract_date, text);
    pair(&file, "extract_date", text);
    pair(&file, "synthetic", "yes");
    pair(&file, "note", "Synthetic data: no row describes a real person");
    snprintf(text, sizeof text, "%llu", (unsigned long long)plan->seed);
    pair(&file, "seed", text);
    snprintf(text, sizeof text, "%g", scale);
    pair(&file, "scale", text);
    snprintf(text, sizeof text, "%d-%d", plan->from, plan->to);
    pair(&file, "years", text);
    snprintf(text, sizeof text, "%llu", (unsigned long long)plan->people);
    pair(&file, "people", text);
    pair(&file, "generator_version", NATION_VERSION);
    return file_close(&file);
}

static bool write_read_me(const char *directory) {
    extract_file file;
    if (!file_open(&file, directory, "README.txt",
                   "SYNTHETIC DATA. No row in this folder describes a real person.", FILE_PLAIN))
        return false;
    fputs("\n"
          "These extracts were made by a program (samples/nation.c of the project reoffend) from\n"
          "random numbers. Names, dates, identifiers and histories are invented; only the names\n"
          "of areas and the codes of offences and disposals are real. Faults were put in on\n"
          "purpose: truth.csv lists them with the person each belongs to.\n",
          file.stream);
    return file_close(&file);
}

static bool open_caseloads(extract *out, const char *directory) {
    static const char header[] = "extract_date,pnc_id,surname,forename,birth_date,scheme,"
                                 "area_code,status,nominated_date,removed_date,removal_reason";
    for (int quarter = 0; quarter < EXTRACT_CASELOADS; quarter++) {
        day_number day = day_of(2005 + (quarter + 1) / 4, (quarter + 1) % 4 * 3 + 1, 1);
        char name[40], text[DAY_TEXT];
        if (day > out->plan->extract_date) break;
        day_text(day, text);
        snprintf(name, sizeof name, "jtrack_caseload_%s.csv", text);
        out->caseload_day[quarter] = day;
        if (!file_open(&out->caseload[quarter], directory, name, header, FILE_PLAIN)) return false;
        out->caseloads++;
    }
    return true;
}

bool extract_open(extract *out, const nation *plan, const char *directory, double scale) {
    memset(out, 0, sizeof *out);
    out->plan = plan;
    if (!write_read_me(directory) || !write_provenance(plan, directory, scale)) return false;
    if (!file_open(&out->area, directory, "area.csv", "area_code,area_name,area_type,parent_code",
                   FILE_PLAIN))
        return false;
    write_areas(&out->area);
    return file_open(&out->person, directory, "pnc_person.csv",
                     "pnc_id,surname,forename,birth_date,sex,ethnicity", FILE_PLAIN) &&
           file_open(&out->appearance, directory, "pnc_appearance.csv",
                     "appearance_id,pnc_id,appearance_date,kind,disposal_code,duration,"
                     "home_area_code,force_code",
                     FILE_PLAIN) &&
           file_open(&out->offence, directory, "pnc_offence.csv",
                     "offence_id,pnc_id,appearance_id,ho_code,offence_date,offence_date_end,"
                     "offence_date_code,proven_date,verdict,disposal_code,force_code,entry_date",
                     FILE_PLAIN) &&
           file_open(&out->arrest, directory, "pnc_arrest.csv",
                     "arrest_id,pnc_id,asn,arrest_date,force_code,entry_date", FILE_PLAIN) &&
           file_open(&out->charge, directory, "pnc_charge.csv",
                     "charge_id,pnc_id,asn,charge_date,ho_code", FILE_PLAIN) &&
           file_open(&out->merge, directory, "pnc_merge.csv",
                     "superseded_pnc_id,current_pnc_id,merge_date", FILE_PLAIN) &&
           file_open(&out->release, directory, "prison_release.csv",
                     "release_id,pnc_id,release_date,release_type,sentence_date,duration,"
                     "home_area_code",
                     FILE_PLAIN) &&
           file_open(&out->test, directory, "drug_test.csv",
                     "test_id,pnc_id,test_date,result,substance,force_code,home_area_code",
                     FILE_CRLF) &&
           file_open(&out->assessment, directory, "oasys_assessment.csv",
                     "assessment_id,pnc_id,assessment_date,class_a_drug_use,drug_score",
                     FILE_BOM) &&
           file_open(&out->truth, directory, "truth.csv",
                     "person_number,file,row_id,written_pnc_id,true_pnc_id,damage", FILE_PLAIN) &&
           open_caseloads(out, directory);
}

bool extract_close(extract *out) {
    extract_file *all[] = {&out->area,    &out->person,  &out->appearance, &out->offence,
                           &out->arrest,  &out->charge,  &out->merge,      &out->release,
                           &out->test,    &out->assessment, &out->truth};
    bool good = true;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) good = file_close(all[i]) && good;
    for (int i = 0; i < out->caseloads; i++) good = file_close(&out->caseload[i]) && good;
    return good;
}
