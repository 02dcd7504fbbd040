#include "band.h"

#include <stddef.h>

/* The band whose lowest value is the last one not above `value`; 0 below the first. */
static int find_band(const int32_t *lowest, int count, int64_t value) {
    int band = 0;
    while (band < count && value >= lowest[band]) band++;
    return band;
}

static const int32_t lowest_age[AGE_BANDS] = {10, 15, 18, 21, 25, 30, 35, 40, 45, 50};

int band_age(int age) {
    return find_band(lowest_age, AGE_BANDS, age);
}

int band_age_group(int age) {
    if (age < 10) return 0;
    return age < 18 ? AGE_GROUP_JUVENILE : AGE_GROUP_ADULT;
}

int band_age_group_of(int band) {
    return band >= 1 && band <= AGE_BANDS ? band_age_group(lowest_age[band - 1]) : 0;
}

int band_sentence(int32_t months) {
    static const int32_t lowest[SENTENCE_BANDS] = {0, 12, 24, 48, 121, SENTENCE_LIFE};
    return find_band(lowest, SENTENCE_BANDS, months);
}

int band_previous_offences(int64_t count) {
    static const int32_t lowest[PREVIOUS_OFFENCES_BANDS] = {0, 1, 3, 7, 11};
    return find_band(lowest, PREVIOUS_OFFENCES_BANDS, count);
}

static const char *label(const char *const *labels, int count, int band) {
    return band >= 1 && band <= count ? labels[band - 1] : NULL;
}

const char *band_age_label(int band) {
    static const char *const labels[AGE_BANDS] = {"10-14", "15-17", "18-20", "21-24", "25-29",
                                                  "30-34", "35-39", "40-44", "45-49", "50+"};
    return label(labels, AGE_BANDS, band);
}

const char *band_age_group_label(int group) {
    static const char *const labels[AGE_GROUPS] = {"adult", "juvenile"};
    return label(labels, AGE_GROUPS, group);
}

const char *band_sentence_label(int band) {
    static const char *const labels[SENTENCE_BANDS] = {
        "under 12 months", "12 months to under 2 years", "2 to under 4 years",
        "4 to 10 years",   "over 10 years",              "life or indeterminate"};
    return label(labels, SENTENCE_BANDS, band);
}

const char *band_previous_offences_label(int band) {
    static const char *const labels[PREVIOUS_OFFENCES_BANDS] = {"0", "1-2", "3-6", "7-10", "11+"};
    return label(labels, PREVIOUS_OFFENCES_BANDS, band);
}
