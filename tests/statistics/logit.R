# logit.R FOLDER - fits each FOLDER/case_*.csv by R's glm and prints the figures as CSV.
#
# A file has the columns y and w, then the variables; texts become factors with their levels in
# byte order. Which columns are aliased is what glm finds by default; the figures are those of the
# others with epsilon 1e-14, which leaves no tolerance to find them by.
folder <- commandArgs(TRUE)[1]
digits <- function(number) ifelse(is.na(number), "", sprintf("%.17g", number))

cat(R.version.string, "\n", sep = "")
cat("case,place,term,estimate,std_error\n")
for (file in sort(list.files(folder, pattern = "^case_.*[.]csv$"), method = "radix")) {
  d <- read.csv(file.path(folder, file), stringsAsFactors = FALSE)
  names(d)[1] <- "y"
  for (name in names(d))
    if (is.character(d[[name]]))
      d[[name]] <- factor(d[[name]], levels = sort(unique(d[[name]]), method = "radix"))
  variables <- setdiff(names(d), c("y", "w"))
  x <- model.matrix(reformulate(if (length(variables)) variables else "1"), d)
  kept <- !is.na(glm.fit(x, d$y, d$w, family = binomial())$coefficients)
  fit <- glm.fit(x[, kept, drop = FALSE], d$y, d$w, family = binomial(),
                 control = glm.control(epsilon = 1e-14, maxit = 100))
  error <- estimate <- rep(NA_real_, ncol(x))
  estimate[kept] <- fit$coefficients
  error[kept] <- sqrt(diag(chol2inv(fit$qr$qr[seq_len(sum(kept)), , drop = FALSE])))[
    order(fit$qr$pivot)]
  name <- sub("[.]csv$", "", file)
  figures <- c(deviance = fit$deviance, null_deviance = fit$null.deviance, aic = fit$aic,
               rank = fit$rank)
  cat(paste(name, c(seq_along(estimate) - 1, rep("", length(figures))),
            c(colnames(x), names(figures)),
            c(digits(estimate), digits(figures)), c(digits(error), rep("", length(figures))),
            sep = ","), sep = "\n")
}
