# data_table.R - the benchmark's work in R's data.table, two threads.
#
#   Rscript data_table.R FOLDER run|csv rates|window
#
# Reads the CSV files, leaves out the rows that cannot count, makes area, age group and kind one
# integer and dates integers, all untimed; then times the question on tables in memory and prints
# `seconds rows kilobytes processor_seconds` (the last: half of all processors'), or its rows.
suppressMessages(library(data.table))
setDTthreads(2)
arguments <- commandArgs(TRUE)
folder <- arguments[1]
mode <- arguments[2]
work <- arguments[3]

# Days from 1970-01-01 of a date so many months later, clamped to the month's last day.
add_months <- function(days, months) {
  civil <- as.POSIXlt(as.Date(days, origin = "1970-01-01"))
  month <- civil$mon + months
  year <- civil$year + 1900 + month %/% 12
  month <- month %% 12
  leap <- (year %% 4 == 0 & year %% 100 != 0) | year %% 400 == 0
  last <- c(31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month + 1] + (month == 1 & leap)
  as.integer(as.Date(ISOdate(year, month + 1, pmin(civil$mday, last))))
}

read_rows <- function(file, names, ...) {
  fread(file.path(folder, file), header = FALSE, col.names = names, na.strings = "",
        integer64 = "numeric", ...)
}

offender <- read_rows("offender.csv", c("o", "sex", "birth", "ethnicity"),
                      colClasses = list(character = 3))
appearance <- read_rows("appearance.csv",
                        c("o", "day", "id", "kind", "area", "disposal", "sentence", "ho_code",
                          "excluded"), colClasses = list(character = c(2, 9)))
offence <- read_rows("offence.csv",
                     c("o", "id", "day", "last", "proven", "by", "ho_code", "excluded", "v"),
                     colClasses = list(character = c(3, 4, 5, 8)))
appearance <- appearance[is.na(excluded)]
appearance[, o := match(o, offender$o)]
offence[, o := match(o, offender$o)]
appearance[, birth := offender$birth[o]]
year_of <- function(text) as.integer(substr(text, 1, 4))
appearance[, age := year_of(day) - year_of(birth) - (substr(day, 6, 10) < substr(birth, 6, 10))]
appearance[, group := fifelse(is.na(age) | age < 10L, 0L, fifelse(age < 18L, 2L, 1L))]
appearance[, place := fifelse(is.na(area), 0L, as.integer(substr(area, 4, 9)))]
appearance[, cell := (place * 3L + group) * 4L +
             match(kind, c("release", "conviction", "caution", "drug_test")) - 1L]
appearance[, d := as.integer(as.Date(day))]
appearance <- appearance[, .(o, d, id, cell)]
offence <- offence[is.na(excluded) & !is.na(day) & !is.na(proven)]
offence[, d := as.integer(as.Date(day))]
offence[, last := fifelse(is.na(last), d, as.integer(as.Date(last)))]
offence[, proven := as.integer(as.Date(proven))]
offence <- offence[, .(o, d, last, proven, v)]
setkey(appearance, o, d, id)
setkey(offence, o, d)
from <- as.integer(as.Date("2000-01-01"))
calendar <- data.table(d = seq(from, by = 1L, length.out = 4383L))
calendar[, `:=`(d12 = add_months(d, 12), d18 = add_months(d, 18))]
civil <- as.POSIXlt(as.Date(calendar$d, origin = "1970-01-01"))
calendar[, quarter := as.integer((civil$year - 100) * 4 + civil$mon %/% 3)]
rm(offender)
invisible(gc(reset = TRUE))

answer <- function() {
  if (work == "window") {
    first <- appearance[d >= as.integer(as.Date("2009-01-01")) &
                          d < as.integer(as.Date("2010-01-01"))][, .SD[1L], by = o]
    first[, `:=`(lo = 36L, hi = 36L)]
  } else {
    first <- copy(appearance)
    first[, p := shift(d), by = o]
    day <- first$d - from + 1L
    before <- first$p - from + 1L
    first[, hi := pmin(calendar$quarter[day], 36L)]
    first[, lo := pmax(calendar$quarter[day] - 3L, 0L,
                       fifelse(is.na(before), 0L, pmin(calendar$quarter[before], 36L) + 1L))]
    first <- first[lo <= hi & d < as.integer(as.Date("2010-01-01"))]
  }
  day <- first$d - from + 1L
  first[, `:=`(d12 = calendar$d12[day], d18 = calendar$d18[day], row = .I)]
  after <- offence[first, on = .(o, d > d, d <= d12), nomatch = NULL, allow.cartesian = TRUE,
                   .(row = i.row, v = x.v, keep = x.last <= i.d12 & x.proven <= i.d18)]
  after <- after[keep == TRUE, .(n = .N, v = sum(v)), by = row]
  first[, `:=`(n = 0L, v = 0L)]
  first[after$row, `:=`(n = after$n, v = as.integer(after$v))]
  sums <- first[, .(a = .N, b = sum(n > 0L), c = sum(n), e = sum(v)), by = .(lo, hi, cell)]
  spread <- sums[rep(seq_len(.N), hi - lo + 1L)]
  spread[, w := sequence(sums$hi - sums$lo + 1L) - 1L + lo]
  spread[, .(a = sum(a), b = sum(b), c = sum(c), e = sum(e)), by = .(w, cell)]
}

taken <- system.time(result <- answer())
if (mode == "csv") {
  fwrite(result, col.names = FALSE)
} else {
  status <- readLines("/proc/self/status")
  peak <- as.integer(gsub("[^0-9]", "", grep("^VmHWM", status, value = TRUE)))
  used <- (taken[["user.self"]] + taken[["sys.self"]]) / 2
  cat(sprintf("%.6f %d %d %.6f\n", taken[["elapsed"]], nrow(result), peak, used))
}
