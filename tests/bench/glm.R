# glm.R FOLDER TABLE time|csv - R's glm on the rows logit_rows.c wrote.
#
# time: prints `seconds rows kilobytes processor_seconds` of one glm with its own tolerance, the data
# frame already in memory. csv: prints the deviance and each estimate with epsilon 1e-14.
arguments <- commandArgs(TRUE)
folder <- arguments[1]
table <- arguments[2]
files <- sort(list.files(folder, paste0("^", table, "-.*[.]bin$"), full.names = TRUE))
rows <- file.size(files[1]) / 4
columns <- lapply(files, function(file) {
  whole <- file.size(file) == 4 * rows
  readBin(file, if (whole) "integer" else "double", rows, if (whole) 4 else 8)
})
names(columns) <- c("y", paste0("x", seq_len(length(columns) - 1)))
if (table == "person") columns[2:6] <- lapply(columns[2:6], factor)
d <- as.data.frame(columns)
rm(columns)
invisible(gc(reset = TRUE))
before <- sum(gc()[, 2])
if (arguments[3] == "time") {
  time <- system.time(glm(y ~ ., binomial, d))
  peak <- sum(gc()[, 6])
  cat(time[["elapsed"]], rows, round((peak - before) * 1024), time[["user.self"]] +
      time[["sys.self"]], "\n")
} else {
  fit <- glm(y ~ ., binomial, d, control = glm.control(epsilon = 1e-14))
  cat(sprintf("%.17g", c(deviance(fit), coef(fit))), sep = "\n")
}
