// duckdb.mjs - the benchmark's work in DuckDB, on its own tables, with two threads (DUCKDB_THREADS).
//
//   node duckdb.mjs DATABASE load FOLDER       every column of the CSV files; prints as run does
//   node duckdb.mjs DATABASE prepare           narrow tables for this question; prints as run does
//   node duckdb.mjs DATABASE run QUERY         prints `seconds rows kilobytes processor_seconds`, warm
//   node duckdb.mjs DATABASE csv QUERY         prints the rows
//
// processor_seconds is the time of all processors by the number of threads: as if all were always
// busy.
// In its favour: a query runs once to warm up and its result stays inside DuckDB. QUERY is
// TABLES.FORM.WORK: WORK is one of rates, rates_ppo, window; FORM one of several ways to ask it;
// TABLES says of what it is asked: `clean`, the four tables as loaded, or `narrow`, tables made for
// this question that hold only what the query reads, without the rows that cannot count, with area,
// age group and kind already one small integer.
import { DuckDBInstance } from '@duckdb/node-api';
import { rmSync } from 'node:fs';

const [file, mode, argument] = process.argv.slice(2);
if (mode === 'load') rmSync(file, { force: true });
const threads = Number(process.env.DUCKDB_THREADS ?? 2);
const instance = await DuckDBInstance.create(file, { threads: String(threads) });
const connection = await instance.connect();
const run = (sql) => connection.run(sql);

const columns = {
  offender: "{offender_id: 'BIGINT', sex: 'VARCHAR', birth_date: 'DATE', ethnicity: 'VARCHAR'}",
  appearance: "{offender_id: 'BIGINT', appearance_date: 'DATE', appearance_id: 'INTEGER', " +
    "kind: 'VARCHAR', area_code: 'VARCHAR', disposal: 'VARCHAR', sentence_months: 'SMALLINT', " +
    "ho_code: 'VARCHAR', excluded: 'VARCHAR'}",
  offence: "{offender_id: 'BIGINT', offence_id: 'INTEGER', offence_date: 'DATE', " +
    "offence_date_end: 'DATE', proven_date: 'DATE', proven_by: 'VARCHAR', ho_code: 'VARCHAR', " +
    "excluded: 'VARCHAR', violent_sexual: 'UTINYINT'}",
  membership: "{offender_id: 'BIGINT', start_date: 'DATE', end_date: 'DATE', subcohort: 'VARCHAR'}",
};

async function load(folder) {
  for (const [table, types] of Object.entries(columns)) {
    await run(`CREATE TABLE ${table} AS SELECT * FROM read_csv('${folder}/${table}.csv',
      header = false, columns = ${types})`);
  }
  await run('CHECKPOINT');
}

const age = `(year(d) - year(birth_date)
  - (month(d) * 32 + day(d) < month(birth_date) * 32 + day(birth_date))::INTEGER)`;

// What the queries read, as SELECTs on the clean tables; all of them together are the narrow ones.
const read = {
  a: `SELECT offender_id AS o, appearance_date AS d,
    appearance_id AS id, ((coalesce(substr(area_code, 4)::INTEGER, 0) * 3
      + CASE WHEN birth_date IS NULL OR ${age.replaceAll('(d)', '(appearance_date)')} < 10 THEN 0
             WHEN ${age.replaceAll('(d)', '(appearance_date)')} < 18 THEN 2 ELSE 1 END) * 4
      + CASE kind WHEN 'release' THEN 0 WHEN 'conviction' THEN 1 WHEN 'caution' THEN 2
                  ELSE 3 END)::USMALLINT AS cell
    FROM appearance LEFT JOIN offender USING (offender_id) WHERE excluded IS NULL`,
  f: `SELECT offender_id AS o, offence_date AS d,
    coalesce(offence_date_end, offence_date) AS last, proven_date AS proven,
    violent_sexual AS v FROM offence
    WHERE excluded IS NULL AND offence_date IS NOT NULL AND proven_date IS NOT NULL`,
  win: `SELECT w::INTEGER AS w,
    (DATE '2000-01-01' + to_months((3 * w)::INTEGER))::DATE AS s,
    (DATE '2000-01-01' + to_months((3 * w + 12)::INTEGER))::DATE AS e FROM range(37) AS r(w)`,
  member: `SELECT DISTINCT offender_id AS o, w
    FROM membership JOIN win ON start_date < e AND (end_date IS NULL OR end_date >= s)
    WHERE subcohort = 'ppo'`,
};
const order = { a: 'ORDER BY o, d, id', f: 'ORDER BY o, d' };

async function prepare() {
  for (const [table, select] of Object.entries(read)) {
    await run(`CREATE OR REPLACE TABLE ${table} AS ${select} ${order[table] ?? ''}`);
  }
  await run('CHECKPOINT');
}

const on_clean = Object.entries(read).map(([table, select]) => `${table} AS (${select})`).join(', ');

const quarter = (d) => `((year(${d}) - 2000) * 4 + quarter(${d}) - 1)`;
const follows = 'f.d > i.d AND f.last <= i.d12 AND f.proven <= i.d18';

// The appearances that are an index event of windows lo to hi, by their distance to the one before.
const entries = (people) => `ix AS (SELECT *,
    lag(d) OVER (PARTITION BY o ORDER BY d, id) AS p FROM a ${people}),
  i0 AS (SELECT o, d, id, cell, (d + INTERVAL 12 MONTH)::DATE AS d12,
    (d + INTERVAL 18 MONTH)::DATE AS d18,
    greatest(${quarter('d')} - 3, 0,
      CASE WHEN p IS NULL THEN 0 ELSE least(${quarter('p')}, 36) + 1 END) AS lo,
    least(${quarter('d')}, 36) AS hi FROM ix WHERE d < DATE '2010-01-01'),
  i AS (SELECT * FROM i0 WHERE lo <= hi),`;

// Three ways to count what follows; each gives g(o, lo, hi, cell, n, v).
const outcomes = {
  join: `g AS (SELECT i.o, any_value(lo) AS lo, any_value(hi) AS hi, any_value(cell) AS cell,
      count(f.o) AS n, coalesce(sum(f.v), 0) AS v
    FROM i LEFT JOIN f ON f.o = i.o AND ${follows} GROUP BY i.o, i.d, i.id)`,
  year: `b AS (SELECT *, unnest([year(d), year(d) + 1]) AS y FROM i),
    h AS (SELECT i.o, i.d, i.id, count(*) AS n, sum(f.v) AS v
      FROM b AS i JOIN (SELECT *, year(d) AS y FROM f) AS f ON f.o = i.o AND f.y = i.y
        AND ${follows} GROUP BY i.o, i.d, i.id),
    g AS (SELECT o, lo, hi, cell, coalesce(n, 0) AS n, coalesce(v, 0) AS v
      FROM i LEFT JOIN h USING (o, d, id))`,
  list: `l AS (SELECT o, list({'d': d, 'last': last, 'proven': proven, 'v': v}) AS l
      FROM f GROUP BY o),
    k AS (SELECT i.o, lo, hi, cell, list_filter(l, lambda x: x.d > i.d AND x.last <= d12
      AND x.proven <= d18) AS l FROM i LEFT JOIN l USING (o)),
    g AS (SELECT o, lo, hi, cell, coalesce(len(l), 0) AS n,
      coalesce(list_sum(list_transform(l, lambda x: x.v)), 0) AS v FROM k)`,
};

function query(name) {
  const [tables, form, work] = name.split('.');
  const start = tables === 'clean' ? `WITH ${on_clean},` : 'WITH';
  if (work === 'window') {
    return `${start} i AS (SELECT o, cell, d, (d + INTERVAL 12 MONTH)::DATE AS d12,
        (d + INTERVAL 18 MONTH)::DATE AS d18 FROM a
        WHERE d >= DATE '2009-01-01' AND d < DATE '2010-01-01'
        QUALIFY row_number() OVER (PARTITION BY o ORDER BY d, id) = 1),
      g AS (SELECT i.o, any_value(cell) AS cell, count(f.o) AS n, coalesce(sum(f.v), 0) AS v
        FROM i LEFT JOIN (SELECT * FROM f WHERE d > DATE '2009-01-01' AND d <= DATE '2010-12-31')
          AS f ON f.o = i.o AND ${follows} GROUP BY i.o)
      SELECT 36 AS w, cell, count(*), count(*) FILTER (n > 0), sum(n)::BIGINT, sum(v)::BIGINT
      FROM g GROUP BY cell`;
  }
  if (work === 'rates_ppo') {
    return `${start} ${entries('WHERE o IN (SELECT o FROM member)')} ${outcomes[form]}
      SELECT w, cell, count(*), count(*) FILTER (n > 0), sum(n)::BIGINT, sum(v)::BIGINT
      FROM g JOIN member USING (o) WHERE w BETWEEN lo AND hi GROUP BY w, cell`;
  }
  return `${start} ${entries('')} ${outcomes[form]},
    m AS (SELECT lo, hi, cell, count(*) AS a, count(*) FILTER (n > 0) AS b, sum(n) AS c,
      sum(v) AS e FROM g GROUP BY lo, hi, cell)
    SELECT w, cell, sum(a)::BIGINT, sum(b)::BIGINT, sum(c)::BIGINT, sum(e)::BIGINT
    FROM (SELECT unnest(range(lo, hi + 1)) AS w, * FROM m) GROUP BY w, cell`;
}

async function timed(task) {
  const start = process.hrtime.bigint();
  const used = process.cpuUsage();
  await task();
  const { user, system } = process.cpuUsage(used);
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  return { seconds, processor: (user + system) / (1e6 * threads) };
}

function show({ seconds, processor }, rows) {
  const kilobytes = process.resourceUsage().maxRSS;
  console.log(`${seconds.toFixed(6)} ${rows} ${kilobytes} ${processor.toFixed(6)}`);
}

if (mode === 'load') {
  show(await timed(() => load(argument)), 0);
} else if (mode === 'prepare') {
  show(await timed(prepare), 0);
} else if (mode === 'csv') {
  const rows = await (await run(query(argument))).getRows();
  for (const row of rows) process.stdout.write(`${row.join(',')}\n`);
} else {
  const task = () => run(`CREATE OR REPLACE TEMP TABLE result AS ${query(argument)}`);
  await task();
  const taken = await timed(task);
  show(taken, (await (await run('SELECT count(*) FROM result')).getRows())[0][0]);
}
