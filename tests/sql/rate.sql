-- rate_*: errors name function and argument; nobody has no rate; NULL in, NULL out.
SELECT rate_wilson_low(3, 2);
SELECT rate_wilson_low(-1, 2);
SELECT rate_wilson_low(1.5, 2);
SELECT rate_exact_high('1', 2);
SELECT rate_exact_low(1, 2, 1.0);
SELECT rate_exact_low(1, 2, 0);
SELECT rate_exact_low(1, 2, 95);
SELECT rate_wilson_high(1);
SELECT rate_difference_low(1, 2, 3, 2);
SELECT rate_compare(1, 2, 3);
SELECT rate_ratio_low(1, -0.5);
SELECT rate_funnel_low(0.0, 10);
SELECT rate_funnel_high(1, 10);
SELECT rate_adjusted(1, 2, 30, 0.3);
SELECT rate_standardised(column1, 2, 1) FROM (VALUES (1), (3));
SELECT rate_standardised_low(1, 2, -1, 0.9);
SELECT rate_overdispersion(1, 2, 1);
-- Nobody: NULL, not 0.
SELECT rate_wilson_low(0, 0), rate_exact_high(0, 0), rate_difference_low(0, 0, 1, 2),
       rate_compare(1, 2, 0, 0), rate_ratio_low(0, 0), rate_funnel_low(0.5, 0),
       rate_adjusted(0, 0, 0.5, 0.5);
SELECT rate_wilson_low(NULL, 'x'), rate_funnel_low(NULL, 'x', 'y'), rate_compare(1, 2, 3, NULL);
-- A stratum of weight without anybody has no rate; without weight it does not matter.
SELECT rate_standardised(0, 0, 1), rate_standardised(column1, column2, column3)
  FROM (VALUES (0, 0, 0), (1, 4, 2), (NULL, 1, 9));
SELECT rate_standardised(1, 2, 1), rate_overdispersion(1, 2, 0.5) FROM sqlite_master WHERE 0;
SELECT rate_overdispersion(column1, column2, 0.5) FROM (VALUES (0, 0), (60, 100), (NULL, 1));
-- Wider at a higher level, and the exact limits outside the score limits here.
SELECT rate_wilson_low(30, 100, 0.99) < rate_wilson_low(30, 100),
       rate_exact_low(30, 100) < rate_wilson_low(30, 100),
       rate_compare(45, 100, 30, 100), rate_compare(30, 100, 31, 100);
