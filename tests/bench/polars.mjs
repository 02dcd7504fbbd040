// polars.mjs - the benchmark's work in polars.
//
//   node polars.mjs FOLDER run|csv rates|window
//
// Reads the CSV files, leaves out the rows that cannot count, makes area, age group and kind one
// integer and dates integers, all untimed; then times the question on frames in memory and prints
// `seconds rows kilobytes processor_seconds` (the last: half of all processors'), or its rows. Polars has no join on a range: offences are joined by
// person and filtered.
import pl from 'nodejs-polars';

const [folder, mode, work] = process.argv.slice(2);
const column = pl.col;
const day = (text) => Math.round(Date.parse(`${text}T00:00:00Z`) / 86400000);

// Every day from 2000 to 2011 with its clamped month sums and its quarter.
function makeCalendar() {
  const from = day('2000-01-01');
  const rows = { text: [], day: [], d12: [], d18: [], quarter: [] };
  const later = (date, months) => {
    const count = date.getUTCFullYear() * 12 + date.getUTCMonth() + months;
    const last = new Date(Date.UTC(Math.floor(count / 12), (count % 12) + 1, 0)).getUTCDate();
    return Date.UTC(Math.floor(count / 12), count % 12, Math.min(date.getUTCDate(), last)) / 86400000;
  };
  for (let n = from; n < from + 4383; n += 1) {
    const date = new Date(n * 86400000);
    rows.text.push(date.toISOString().slice(0, 10));
    rows.day.push(n);
    rows.d12.push(later(date, 12));
    rows.d18.push(later(date, 18));
    rows.quarter.push((date.getUTCFullYear() - 2000) * 4 + Math.floor(date.getUTCMonth() / 3));
  }
  return pl.DataFrame(rows, {
    schema: { text: pl.Utf8, day: pl.Int32, d12: pl.Int32, d18: pl.Int32, quarter: pl.Int32 },
  });
}

function read(name, names) {
  const frame = pl.readCSV(`${folder}/${name}.csv`, { hasHeader: false, inferSchemaLength: 100000 });
  frame.columns = names;
  return frame;
}

const part = (name, from, length) => column(name).str.slice(from, length).cast(pl.Int32);

function readAppearances(calendar) {
  const offender = read('offender', ['o', 'sex', 'birth', 'ethnicity']).select('o', 'birth');
  const monthDay = (name) => part(name, 5, 2).mul(32).add(part(name, 8, 2));
  const age = part('text', 0, 4).sub(part('birth', 0, 4))
    .sub(monthDay('text').lt(monthDay('birth')).cast(pl.Int32));
  const kind = (name, number) => column('kind').eq(pl.lit(name)).cast(pl.Int32).mul(number);
  return read('appearance', ['o', 'text', 'id', 'kind', 'area', 'disposal', 'sentence', 'ho_code',
    'excluded'])
    .filter(column('excluded').isNull())
    .join(offender, { on: 'o', how: 'left' })
    .join(calendar, { on: 'text', how: 'left' })
    .withColumns(age.alias('age'))
    .withColumns(
      pl.when(column('age').isNull().or(column('age').lt(10))).then(pl.lit(0))
        .when(column('age').lt(18)).then(pl.lit(2)).otherwise(pl.lit(1)).alias('group'),
      part('area', 3, 6).fillNull(0).alias('place'),
    )
    .withColumns(column('place').mul(3).add(column('group')).mul(4)
      .add(kind('conviction', 1)).add(kind('caution', 2)).add(kind('drug_test', 3))
      .cast(pl.Int32).alias('cell'))
    .select('o', 'day', 'id', 'cell', 'd12', 'd18', 'quarter')
    .sort(['o', 'day', 'id']);
}

function readOffences() {
  const frame = read('offence', ['o', 'id', 'text', 'last', 'proven', 'by', 'ho_code', 'excluded',
    'v']);
  const days = (name) => column(name).str.strptime(pl.Date, '%Y-%m-%d').cast(pl.Int32);
  return frame
    .filter(column('excluded').isNull().and(column('text').isNotNull())
      .and(column('proven').isNotNull()))
    .select(column('o'), days('text').alias('on'),
      pl.when(column('last').isNull()).then(days('text')).otherwise(days('last')).alias('last'),
      days('proven').alias('proven'), column('v').cast(pl.Int32))
    .sort(['o', 'on']);
}

function firstOfWindows(appearances) {
  if (work === 'window') {
    return appearances
      .filter(column('day').gtEq(day('2009-01-01')).and(column('day').lt(day('2010-01-01'))))
      .unique({ subset: ['o'], keep: 'first', maintainOrder: true })
      .withColumns(pl.lit(36).cast(pl.Int32).alias('lo'), pl.lit(36).cast(pl.Int32).alias('hi'));
  }
  const most = (name) => pl.when(column(name).gt(36)).then(pl.lit(36)).otherwise(column(name));
  const greater = (a, b) => pl.when(column(a).gt(column(b))).then(column(a)).otherwise(column(b));
  return appearances
    .withColumns(column('quarter').shift(1).over('o').alias('before'))
    .filter(column('day').lt(day('2010-01-01')))
    .withColumns(
      most('quarter').alias('hi'),
      pl.when(column('quarter').gt(3)).then(column('quarter').sub(3)).otherwise(pl.lit(0))
        .cast(pl.Int32).alias('begun'),
      pl.when(column('before').isNull()).then(pl.lit(0)).otherwise(most('before').add(1))
        .cast(pl.Int32).alias('served'),
    )
    .withColumns(greater('begun', 'served').alias('lo'))
    .filter(column('lo').ltEq(column('hi')));
}

function answer(appearances, offences) {
  const first = firstOfWindows(appearances);
  const after = first.select('id', 'o', 'day', 'd12', 'd18')
    .join(offences, { on: 'o', how: 'inner' })
    .filter(column('on').gt(column('day')).and(column('last').ltEq(column('d12')))
      .and(column('proven').ltEq(column('d18'))))
    .groupBy('id').agg(column('on').count().cast(pl.Int32).alias('n'), column('v').sum());
  return first.join(after, { on: 'id', how: 'left' })
    .withColumns(column('n').fillNull(0), column('v').fillNull(0))
    .withColumns(column('n').gt(0).cast(pl.Int32).alias('again'))
    .groupBy(['lo', 'hi', 'cell'])
    .agg(column('id').count().alias('a'), column('again').sum(), column('n').sum(),
      column('v').sum())
    .join(pl.DataFrame({ w: [...Array(37).keys()] }, { schema: { w: pl.Int32 } }), { how: 'cross' })
    .filter(column('w').gtEq(column('lo')).and(column('w').ltEq(column('hi'))))
    .groupBy(['w', 'cell'])
    .agg(column('a').sum(), column('again').sum(), column('n').sum(), column('v').sum());
}

const calendar = makeCalendar();
const appearances = readAppearances(calendar);
const offences = readOffences();
const start = process.hrtime.bigint();
const used = process.cpuUsage();
const result = answer(appearances, offences);
const seconds = Number(process.hrtime.bigint() - start) / 1e9;
const { user, system } = process.cpuUsage(used);
if (mode === 'csv') {
  for (const row of result.rows()) process.stdout.write(`${row.join(',')}\n`);
} else {
  const processor = ((user + system) / 2e6).toFixed(6);
  console.log(`${seconds.toFixed(6)} ${result.height} ${process.resourceUsage().maxRSS} ${processor}`);
}
