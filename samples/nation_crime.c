#include "nation_crime.h"

#include <stddef.h>

#define COUNT(table) ((int)(sizeof table / sizeof *table))

/* code, gravity, trigger, serious, {once, juvenile, general, acquisitive} */
const crime crime_table[] = {
    {"046/00", GRAVITY_LIGHT, true, false, {1500, 1700, 1000, 3300}},  /* theft from shops */
    {"049/10", GRAVITY_LIGHT, true, false, {450, 600, 420, 700}},      /* other theft */
    {"039/00", GRAVITY_MIDDLE, true, false, {40, 110, 60, 150}},       /* from the person */
    {"041/00", GRAVITY_LIGHT, false, false, {230, 15, 25, 15}},        /* by an employee */
    {"044/00", GRAVITY_LIGHT, true, false, {25, 130, 50, 80}},         /* pedal cycle */
    {"045/10", GRAVITY_MIDDLE, true, false, {60, 190, 230, 480}},      /* from a motor vehicle */
    {"048/01", GRAVITY_MIDDLE, true, false, {40, 130, 110, 140}},      /* of a motor vehicle */
    {"130/01", GRAVITY_MIDDLE, true, false, {80, 330, 210, 170}},      /* taking without consent */
    {"037/02", GRAVITY_HIGH, false, false, {20, 80, 70, 50}},          /* aggravated taking */
    {"126/00", GRAVITY_LIGHT, false, false, {15, 90, 60, 70}},         /* vehicle interference */
    {"028/03", GRAVITY_HIGH, true, false, {80, 300, 180, 520}},        /* dwelling burglary */
    {"030/02", GRAVITY_MIDDLE, true, false, {70, 280, 190, 340}},      /* other burglary */
    {"029/00", GRAVITY_GRAVE, false, false, {2, 3, 5, 6}},             /* aggravated burglary */
    {"033/00", GRAVITY_MIDDLE, true, false, {15, 35, 50, 100}},        /* going equipped */
    {"034/01", GRAVITY_HIGH, true, false, {40, 170, 60, 85}},          /* robbery */
    {"054/01", GRAVITY_MIDDLE, true, false, {90, 140, 130, 190}},      /* handling */
    {"053/01", GRAVITY_MIDDLE, false, false, {180, 20, 90, 140}},      /* deception */
    {"053/33", GRAVITY_LIGHT, false, false, {150, 0, 30, 10}},         /* benefit fraud */
    {"061/22", GRAVITY_MIDDLE, false, false, {60, 5, 30, 30}},         /* false instrument */
    {"105/01", GRAVITY_LIGHT, false, false, {1650, 1250, 900, 320}},   /* common assault */
    {"008/06", GRAVITY_MIDDLE, false, false, {800, 750, 520, 140}},    /* actual bodily harm */
    {"008/01", GRAVITY_HIGH, false, false, {110, 90, 110, 35}},        /* wounding, no intent */
    {"005/01", GRAVITY_GRAVE, false, true, {58, 34, 54, 34}},          /* wounding with intent */
    {"104/23", GRAVITY_MIDDLE, false, false, {150, 190, 330, 130}},    /* assault on constable */
    {"008/11", GRAVITY_MIDDLE, false, false, {120, 160, 110, 65}},     /* offensive weapon */
    {"008/26", GRAVITY_MIDDLE, false, false, {110, 160, 100, 75}},     /* blade or point */
    {"036/01", GRAVITY_GRAVE, false, false, {6, 2, 6, 3}},             /* kidnap */
    {"001/01", GRAVITY_GRAVE, false, true, {8, 2, 3, 2}},              /* murder */
    {"004/01", GRAVITY_GRAVE, false, true, {6, 2, 3, 2}},              /* manslaughter */
    {"004/04", GRAVITY_GRAVE, false, true, {8, 2, 2, 2}},              /* death by driving */
    {"019/08", GRAVITY_GRAVE, false, true, {22, 6, 12, 6}},             /* rape */
    {"020/05", GRAVITY_HIGH, false, true, {66, 30, 38, 20}},            /* sexual assault */
    {"017/16", GRAVITY_HIGH, false, true, {10, 9, 3, 2}},               /* boy under 13 */
    {"020/06", GRAVITY_HIGH, false, true, {21, 15, 4, 2}},             /* girl under 13 */
    {"022/06", GRAVITY_HIGH, false, true, {27, 2, 6, 2}},              /* girl under 16 */
    {"086/10", GRAVITY_MIDDLE, false, false, {60, 2, 5, 1}},           /* indecent photograph */
    {"167/01", GRAVITY_LIGHT, true, false, {40, 2, 20, 60}},           /* soliciting */
    {"149/00", GRAVITY_LIGHT, false, false, {700, 1500, 900, 380}},    /* criminal damage */
    {"056/02", GRAVITY_HIGH, false, false, {25, 50, 20, 8}},           /* arson */
    {"125/11", GRAVITY_LIGHT, false, false, {300, 260, 500, 160}},     /* fear of violence */
    {"125/12", GRAVITY_LIGHT, false, false, {450, 420, 700, 220}},     /* harassment, alarm */
    {"125/09", GRAVITY_LIGHT, false, false, {80, 60, 110, 30}},        /* with intent */
    {"066/01", GRAVITY_MIDDLE, false, false, {90, 110, 90, 20}},       /* affray */
    {"065/00", GRAVITY_HIGH, false, false, {10, 15, 10, 2}},           /* violent disorder */
    {"141/01", GRAVITY_LIGHT, false, false, {500, 230, 900, 240}},     /* drunk and disorderly */
    {"803/02", GRAVITY_LIGHT, false, false, {1500, 40, 620, 160}},     /* drink driving */
    {"802/00", GRAVITY_MIDDLE, false, false, {60, 30, 70, 30}},        /* dangerous driving */
    {"807/01", GRAVITY_MIDDLE, false, false, {40, 70, 520, 290}},      /* while disqualified */
    {"092/61", GRAVITY_LIGHT, false, false, {900, 480, 560, 330}},     /* possession, cannabis */
    {"092/50", GRAVITY_LIGHT, true, false, {210, 20, 170, 160}},       /* possession, cocaine */
    {"092/51", GRAVITY_LIGHT, true, false, {60, 8, 130, 480}},         /* possession, heroin */
    {"092/00", GRAVITY_LIGHT, false, false, {25, 15, 25, 20}},         /* sub-class not stated */
    {"092/71", GRAVITY_HIGH, true, false, {35, 15, 45, 110}},          /* intent to supply */
    {"092/31", GRAVITY_HIGH, true, false, {25, 8, 30, 70}},            /* supply, heroin */
    {"008/32", GRAVITY_MIDDLE, false, false, {5, 120, 130, 90}},       /* breach of ASBO */
};
const int crime_count = COUNT(crime_table);

const char *const crime_breach[4] = {"195/66", "195/79", "195/55", "998/00"};
const char crime_not_recordable[] = "809/01";
const char crime_bail[] = "083/01";

int crime_choose(draw *source, crime_mix mix) {
    int weights[COUNT(crime_table)];
    for (int i = 0; i < crime_count; i++) weights[i] = crime_table[i].weight[mix];
    return draw_weighted(source, weights, crime_count);
}
