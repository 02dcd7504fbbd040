#include "nation_file.h"

#include <string.h>

bool file_open(extract_file *file, const char *directory, const char *name, const char *header,
               file_form form) {
    char path[4096];
    int written = snprintf(path, sizeof path, "%s/%s", directory, name);
    memset(file, 0, sizeof *file);
    if (written < 0 || (size_t)written >= sizeof path) return false;
    file->stream = fopen(path, "wb");
    if (file->stream == NULL) {
        perror(path);
        return false;
    }
    snprintf(file->name, sizeof file->name, "%s", name);
    file->line_end = form == FILE_CRLF ? "\r\n" : "\n";
    if (form == FILE_BOM) fputs("\xef\xbb\xbf", file->stream);
    fputs(header, file->stream);
    fputs(file->line_end, file->stream);
    file->line = 1;
    return true;
}

bool file_close(extract_file *file) {
    bool good;
    if (file->stream == NULL) return true;
    good = ferror(file->stream) == 0;
    good = fclose(file->stream) == 0 && good;
    file->stream = NULL;
    if (!good) fprintf(stderr, "nation: %s: not written completely\n", file->name);
    return good;
}

static void put(extract_file *file, char letter) {
    if (file->length < FILE_ROW) file->row[file->length++] = letter;
}

static void put_plain(extract_file *file, const char *text) {
    if (file->cells++ == 0) file->length = 0;
    else put(file, ',');
    while (*text != '\0') put(file, *text++);
}

void file_text(extract_file *file, const char *text) {
    if (strpbrk(text, ",\"\r\n") == NULL) {
        put_plain(file, text);
        return;
    }
    put_plain(file, "\"");
    for (; *text != '\0'; text++) {
        if (*text == '"') put(file, '"');
        put(file, *text);
    }
    put(file, '"');
}

void file_whole(extract_file *file, int64_t value) {
    char text[24], *first = text + sizeof text - 1;
    uint64_t rest = (uint64_t)value; /* ids are never negative */
    *first = '\0';
    do {
        *--first = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest > 0);
    put_plain(file, first);
}

void file_date(extract_file *file, day_number day) {
    char text[DAY_TEXT] = "";
    if (day != DAY_NEVER) day_text(day, text);
    put_plain(file, text);
}

void file_code(extract_file *file, int disposal) {
    if (disposal == 0) put_plain(file, "");
    else file_whole(file, disposal);
}

void file_duration(extract_file *file, char unit, int length) {
    char text[16] = "";
    if (unit != 0) snprintf(text, sizeof text, "%c%d", unit, length);
    put_plain(file, text);
}

void file_repeat_row(extract_file *file) {
    fwrite(file->row, 1, file->length, file->stream);
    fputs(file->line_end, file->stream);
    file->line++;
}

void file_end_row(extract_file *file) {
    file_repeat_row(file);
    file->cells = 0;
}
