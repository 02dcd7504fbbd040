#include "nation_place.h"

const place place_table[PLACES] = {
    {"01", "Metropolitan", "E23000001", 7700, 1.00},
    {"03", "Cumbria", "E23000002", 495, 1.02},
    {"04", "Lancashire", "E23000003", 1445, 1.04},
    {"05", "Merseyside", "E23000004", 1350, 1.03},
    {"06", "Greater Manchester", "E23000005", 2600, 1.01},
    {"07", "Cheshire", "E23000006", 1005, 0.98},
    {"10", "Northumbria", "E23000007", 1415, 1.08},
    {"11", "Durham", "E23000008", 605, 1.07},
    {"12", "North Yorkshire", "E23000009", 795, 0.97},
    {"13", "West Yorkshire", "E23000010", 2225, 1.03},
    {"14", "South Yorkshire", "E23000011", 1315, 1.02},
    {"16", "Humberside", "E23000012", 915, 1.05},
    {"17", "Cleveland", "E23000013", 560, 1.14},
    {"20", "West Midlands", "E23000014", 2640, 0.98},
    {"21", "Staffordshire", "E23000015", 1070, 0.97},
    {"22", "West Mercia", "E23000016", 1185, 0.95},
    {"23", "Warwickshire", "E23000017", 535, 0.94},
    {"30", "Derbyshire", "E23000018", 1005, 0.99},
    {"31", "Nottinghamshire", "E23000019", 1080, 1.05},
    {"32", "Lincolnshire", "E23000020", 700, 0.98},
    {"33", "Leicestershire", "E23000021", 990, 1.00},
    {"34", "Northamptonshire", "E23000022", 685, 0.97},
    {"35", "Cambridgeshire", "E23000023", 780, 1.00},
    {"36", "Norfolk", "E23000024", 855, 1.02},
    {"37", "Suffolk", "E23000025", 715, 1.00},
    {"40", "Bedfordshire", "E23000026", 605, 0.97},
    {"41", "Hertfordshire", "E23000027", 1095, 0.94},
    {"42", "Essex", "E23000028", 1720, 0.94},
    {"43", "Thames Valley", "E23000029", 2200, 0.97},
    {"44", "Hampshire", "E23000030", 1875, 0.99},
    {"45", "Surrey", "E23000031", 1125, 0.90},
    {"46", "Kent", "E23000032", 1665, 0.99},
    {"47", "Sussex", "E23000033", 1560, 0.95},
    {"48", "City of London", "E23000034", 60, 0.92},
    {"50", "Devon & Cornwall", "E23000035", 1675, 0.95},
    {"52", "Avon & Somerset", "E23000036", 1595, 1.02},
    {"53", "Gloucestershire", "E23000037", 590, 0.99},
    {"54", "Wiltshire", "E23000038", 655, 0.95},
    {"55", "Dorset", "E23000039", 710, 0.97},
    {"60", "North Wales", "W15000001", 680, 1.02},
    {"61", "Gwent", "W15000002", 560, 1.03},
    {"62", "South Wales", "W15000003", 1245, 1.07},
    {"63", "Dyfed-Powys", "W15000004", 510, 0.96},
};

const char *const place_outside[4] = {"74", "76", "82", "98"};

int place_choose(draw *source) {
    int weights[PLACES];
    for (int i = 0; i < PLACES; i++) weights[i] = place_table[i].weight;
    return draw_weighted(source, weights, PLACES);
}
