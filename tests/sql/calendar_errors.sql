-- Wrong arguments of calendar_*: each error names function, argument, what is expected, what came.
SELECT calendar_add_months(20090101, 1);
SELECT calendar_add_months('2009-02-29', 1);
SELECT calendar_add_months('2009-01-01', '1');
SELECT calendar_add_months('2009-01-01', 1.5);
SELECT calendar_add_months('2009-01-01', 119989);
SELECT calendar_add_months('9999-12-01', 1);
SELECT calendar_age('1990-01-01', 2009);
SELECT calendar_age(x'00', '2009-01-01');
SELECT calendar_months_between('x', '2009-01-01');
SELECT calendar_days_between('2009-01-01', 1.0);
SELECT calendar_quarter('2009-13-01');
SELECT calendar_quarter_start('2009');
SELECT calendar_financial_year(2009);
SELECT calendar_financial_year_start('today');
SELECT calendar_add_months('2009-01-01');
-- NULL in, NULL out, whatever stands beside it.
SELECT calendar_add_months(NULL, 'x'), calendar_age('x', NULL), calendar_is_date(NULL);
