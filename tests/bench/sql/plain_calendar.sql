-- What plain SQL is given for nothing: the windows, and for each day its clamped month sums and
-- the first and last window it can serve. Names: s, e = start and end of window w; d12, d18 = day +
-- 12 and + 18 months; wlo = the first window that ends after the day, whi = the last begun by it.
PRAGMA temp_store = MEMORY;
PRAGMA cache_size = -1000000;
PRAGMA mmap_size = 30000000000;
CREATE TEMP TABLE win(w INTEGER PRIMARY KEY, s TEXT, e TEXT);
WITH RECURSIVE count(w) AS (SELECT 0 UNION ALL SELECT w + 1 FROM count WHERE w < 36)
INSERT INTO win
SELECT w, date('2000-01-01', (3 * w) || ' months'), date('2000-01-01', (3 * w + 12) || ' months')
  FROM count;
CREATE TEMP TABLE cal(d TEXT PRIMARY KEY, d12 TEXT, d18 TEXT, wlo INTEGER, whi INTEGER)
  WITHOUT ROWID;
WITH RECURSIVE day(d) AS (SELECT '2000-01-01' UNION ALL
                          SELECT date(d, '1 day') FROM day WHERE d < '2011-12-31')
INSERT INTO cal
SELECT d, min(date(d, '12 months'), date(d, 'start of month', '13 months', '-1 day')),
       min(date(d, '18 months'), date(d, 'start of month', '19 months', '-1 day')),
       (SELECT min(w) FROM win WHERE e > d), (SELECT max(w) FROM win WHERE s <= d)
  FROM day;
ANALYZE temp;
