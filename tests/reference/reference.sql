-- reference.sql - the measure a second time, in plain SQL: slow and meant to be obviously right.
--
-- It shares nothing with the extension: dates stay texts, months and ages are reckoned here, every
-- window is looked at by itself. Run on a database without the extension.
--
-- reads   appearance, offence, offender, membership   the input contract, every column present
--         question(first_window, last_window, window_months, step_months, follow_up_months,
--                  wait_months, extract_date)         one row
--         chosen_kind(kind)                           the kinds that may be index events
--         classification(ho_code, offence_group, violent, sexual, serious_acquisitive, serious)
--                                                     what offence_group(ho_code) and kin give
-- writes  cohort                                      one row per window and offender
--         cohort_subcohort                            window, offender, sub-cohort
--         attrition                                   window, step: what the step leaves
--         waited(last_waited)                         to which day early estimates look
--         and the steps on the way

-- R7 and R6: the order of appearances on one day.
CREATE TABLE kind_order (kind TEXT PRIMARY KEY, place INTEGER);
INSERT INTO kind_order VALUES ('release', 1), ('conviction', 2), ('caution', 3), ('drug_test', 4);

-- R2: day + months, the day of the month kept and clamped to the month's last day.
CREATE TABLE wanted_sum (day TEXT, months INTEGER, PRIMARY KEY (day, months));
CREATE VIEW month_sum AS
  WITH counted AS (
    SELECT day, months,
           substr(day, 1, 4) * 12 + substr(day, 6, 2) - 1 + months AS month_number,
           CAST(substr(day, 9, 2) AS INTEGER) AS day_of_month
      FROM wanted_sum),
  placed AS (
    SELECT day, months, day_of_month, month_number / 12 AS year, month_number % 12 + 1 AS month
      FROM counted),
  measured AS (
    SELECT *, CASE WHEN month IN (4, 6, 9, 11) THEN 30
                   WHEN month <> 2 THEN 31
                   WHEN year % 4 = 0 AND (year % 100 <> 0 OR year % 400 = 0) THEN 29
                   ELSE 28 END AS month_length
      FROM placed)
  SELECT day, months,
         printf('%04d-%02d-%02d', year, month, min(day_of_month, month_length)) AS result
    FROM measured;

-- R5: windows [start, start + length); each start is reckoned from the first.
INSERT INTO wanted_sum (day, months)
  WITH RECURSIVE step(number) AS (
    SELECT 0
     UNION ALL
    SELECT number + 1 FROM step, question
     WHERE number * step_months
           <= (substr(last_window, 1, 4) - substr(first_window, 1, 4)) * 12
              + substr(last_window, 6, 2) - substr(first_window, 6, 2))
  SELECT first_window, number * step_months FROM step, question;
CREATE TABLE window_start AS
  SELECT result AS window_start FROM month_sum, question WHERE result <= last_window;
INSERT OR IGNORE INTO wanted_sum SELECT window_start, window_months FROM window_start, question;
CREATE TABLE window_bounds AS
  SELECT window_start, result AS window_end
    FROM window_start, question
    JOIN month_sum ON month_sum.day = window_start AND month_sum.months = window_months;

-- R16: final when the extract is at least follow-up and wait after the window's end.
INSERT OR IGNORE INTO wanted_sum
  SELECT window_end, follow_up_months + wait_months FROM window_bounds, question;
CREATE TABLE rolling_window AS
  SELECT window_start, window_end, extract_date >= result AS complete
    FROM window_bounds, question
    JOIN month_sum ON month_sum.day = window_end
                  AND month_sum.months = follow_up_months + wait_months;

-- R6, R7, R12: the first appearance of a chosen kind in the window, excluded ones aside. Equal in
-- day, kind and id: by the texts of the row, so that the answer never depends on storage.
CREATE TABLE index_event AS
  SELECT * FROM (
    SELECT w.window_start, w.window_end, w.complete, a.*,
           row_number() OVER (PARTITION BY w.window_start, a.offender_id
                              ORDER BY a.appearance_date, k.place, a.appearance_id NULLS LAST,
                                       a.area_code, a.ho_code, a.disposal, a.sentence_months)
             AS place_in_window
      FROM rolling_window AS w
      JOIN appearance AS a ON a.appearance_date >= w.window_start
                          AND a.appearance_date < w.window_end
      JOIN kind_order AS k ON k.kind = a.kind
     WHERE a.excluded IS NULL
       AND a.kind IN (SELECT kind FROM chosen_kind))
   WHERE place_in_window = 1;

-- R13: the follow-up ends so many months after the index date, the wait for proof later still.
INSERT OR IGNORE INTO wanted_sum
  SELECT DISTINCT appearance_date, follow_up_months FROM index_event, question;
INSERT OR IGNORE INTO wanted_sum
  SELECT DISTINCT appearance_date, follow_up_months + wait_months FROM index_event, question;
CREATE TABLE followed AS
  SELECT i.window_start, i.window_end, i.complete, i.offender_id, i.appearance_id,
         i.appearance_date AS index_date, follow_up.result AS follow_up_end,
         proof.result AS proof_end, i.area_code, i.kind AS index_kind,
         i.disposal AS index_disposal, i.ho_code AS index_ho_code, i.sentence_months,
         p.sex, p.ethnicity, p.birth_date
    FROM index_event AS i, question
    JOIN month_sum AS follow_up ON follow_up.day = i.appearance_date
                               AND follow_up.months = follow_up_months
    JOIN month_sum AS proof ON proof.day = i.appearance_date
                           AND proof.months = follow_up_months + wait_months
    LEFT JOIN offender AS p ON p.offender_id = i.offender_id;

-- R3, R10: completed years; the birthday of 29 February is 1 March in common years because
-- '03-01' is the first day of the year whose month and day are not before '02-29'. Under 10 is an
-- error of the data, so the age is unknown.
CREATE TABLE aged AS
  SELECT *, CASE WHEN years >= 10 THEN years END AS age
    FROM (SELECT *, substr(index_date, 1, 4) - substr(birth_date, 1, 4)
                    - (substr(index_date, 6) < substr(birth_date, 6)) AS years
            FROM followed);

-- R13 to R15, R17 to R20: the re-offences of each index event. A range of dates is after the index
-- by its first day and inside the follow-up by its last.
CREATE TABLE reoffence AS
  SELECT f.window_start, f.offender_id, f.index_date, o.offence_date,
         c.offence_group, c.violent, c.sexual, c.serious_acquisitive, c.serious
    FROM followed AS f
    JOIN offence AS o ON o.offender_id = f.offender_id
    LEFT JOIN classification AS c ON c.ho_code = o.ho_code
   WHERE o.excluded IS NULL
     AND o.offence_date > f.index_date
     AND coalesce(o.offence_date_end, o.offence_date) <= f.follow_up_end
     AND o.proven_date <= f.proof_end;

CREATE TABLE reoffending AS
  SELECT window_start, offender_id, index_date,
         count(*) AS reoffences,
         sum(coalesce(violent = 1 OR sexual = 1, 0)) AS violent_sexual_reoffences,
         sum(coalesce(serious_acquisitive = 1, 0)) AS serious_acquisitive_reoffences,
         sum(coalesce(serious = 1, 0)) AS serious_reoffences,
         sum(offence_group IS NULL OR violent IS NULL OR sexual IS NULL
             OR serious_acquisitive IS NULL) AS unclassified_reoffences,
         min(offence_date) AS first_reoffence
    FROM reoffence
   GROUP BY window_start, offender_id, index_date;

-- The month of the follow-up in which the first re-offence lies: the least m with
-- first_reoffence <= index_date + m months.
INSERT OR IGNORE INTO wanted_sum
  WITH RECURSIVE month(number) AS (
    SELECT 1 UNION ALL SELECT number + 1 FROM month, question WHERE number < follow_up_months)
  SELECT DISTINCT index_date, number FROM reoffending, month;
CREATE TABLE reoffence_month AS
  SELECT window_start, offender_id,
         (SELECT min(months) FROM month_sum
           WHERE day = index_date AND months >= 1 AND result >= first_reoffence)
           AS months_to_reoffence
    FROM reoffending;

-- R22: further appearances of any kind, excluded ones aside.
CREATE TABLE reappearing AS
  SELECT f.window_start, f.offender_id, count(*) AS reappearances
    FROM followed AS f
    JOIN appearance AS a ON a.offender_id = f.offender_id
   WHERE a.excluded IS NULL
     AND a.appearance_date > f.index_date
     AND a.appearance_date <= f.follow_up_end
   GROUP BY f.window_start, f.offender_id;

-- R23, R32: what was proven before the index date, and the releases before it.
CREATE TABLE past AS
  SELECT f.window_start, f.offender_id, count(*) AS previous_offences,
         count(DISTINCT o.proven_date) AS previous_sanctions,
         min(o.proven_date) AS first_sanction,
         substr(f.index_date, 1, 4) - substr(min(o.proven_date), 1, 4)
           - (substr(f.index_date, 6) < substr(min(o.proven_date), 6))
           AS years_since_first_sanction
    FROM followed AS f
    JOIN offence AS o ON o.offender_id = f.offender_id
   WHERE o.excluded IS NULL AND o.proven_date < f.index_date
   GROUP BY f.window_start, f.offender_id, f.index_date;

CREATE TABLE past_custody AS
  SELECT f.window_start, f.offender_id, count(*) AS previous_custody
    FROM followed AS f
    JOIN appearance AS a ON a.offender_id = f.offender_id
   WHERE a.excluded IS NULL AND a.kind = 'release' AND a.appearance_date < f.index_date
   GROUP BY f.window_start, f.offender_id;

-- R20: what is not counted and is reported.
CREATE TABLE uncounted AS
  SELECT f.window_start, f.offender_id,
         sum(o.offence_date IS NULL) AS undated_offences,
         sum(coalesce(o.offence_date <= f.index_date AND o.offence_date_end > f.index_date, 0))
           AS straddling_offences
    FROM followed AS f
    JOIN offence AS o ON o.offender_id = f.offender_id
   WHERE o.excluded IS NULL
   GROUP BY f.window_start, f.offender_id;

-- R26: a spell, first and last day inclusive, overlaps the window.
CREATE TABLE cohort_subcohort AS
  SELECT DISTINCT f.window_start, f.offender_id, m.subcohort
    FROM followed AS f
    JOIN membership AS m ON m.offender_id = f.offender_id
   WHERE (m.start_date IS NULL OR m.start_date < f.window_end)
     AND (m.end_date IS NULL OR m.end_date >= f.window_start);

CREATE TABLE cohort AS
  SELECT a.window_start, a.window_end, a.complete, a.offender_id, a.appearance_id, a.index_date,
         a.follow_up_end, a.area_code, a.age,
         CASE WHEN a.age < 18 THEN 'juvenile' WHEN a.age >= 18 THEN 'adult' END AS age_group,
         CASE WHEN a.age <= 14 THEN '10-14' WHEN a.age <= 17 THEN '15-17'
              WHEN a.age <= 20 THEN '18-20' WHEN a.age <= 24 THEN '21-24'
              WHEN a.age <= 29 THEN '25-29' WHEN a.age <= 34 THEN '30-34'
              WHEN a.age <= 39 THEN '35-39' WHEN a.age <= 44 THEN '40-44'
              WHEN a.age <= 49 THEN '45-49' WHEN a.age >= 50 THEN '50+' END AS age_band,
         a.sex, a.ethnicity, a.index_kind, a.index_disposal, a.index_ho_code,
         c.offence_group AS index_offence_group, a.sentence_months,
         CASE WHEN a.index_kind <> 'release' OR a.sentence_months IS NULL THEN NULL
              WHEN a.sentence_months >= 999 * 12 THEN 'life or indeterminate'
              WHEN a.sentence_months < 12 THEN 'under 12 months'
              WHEN a.sentence_months < 24 THEN '12 months to under 2 years'
              WHEN a.sentence_months < 48 THEN '2 to under 4 years'
              WHEN a.sentence_months <= 120 THEN '4 to 10 years'
              ELSE 'over 10 years' END AS sentence_band,
         (SELECT group_concat(subcohort) FROM (
            SELECT subcohort FROM cohort_subcohort AS s
             WHERE s.window_start = a.window_start AND s.offender_id = a.offender_id
             ORDER BY subcohort)) AS subcohorts,
         coalesce(r.reoffences, 0) > 0 AS reoffended,
         coalesce(r.reoffences, 0) AS reoffences,
         coalesce(x.reappearances, 0) AS reappearances,
         coalesce(r.violent_sexual_reoffences, 0) AS violent_sexual_reoffences,
         coalesce(r.serious_acquisitive_reoffences, 0) AS serious_acquisitive_reoffences,
         coalesce(r.serious_reoffences, 0) AS serious_reoffences,
         coalesce(r.unclassified_reoffences, 0) AS unclassified_reoffences,
         CAST(julianday(r.first_reoffence) - julianday(a.index_date) AS INTEGER)
           AS days_to_reoffence,
         m.months_to_reoffence,
         coalesce(p.previous_offences, 0) AS previous_offences,
         CASE WHEN p.previous_offences IS NULL THEN '0' WHEN p.previous_offences <= 2 THEN '1-2'
              WHEN p.previous_offences <= 6 THEN '3-6' WHEN p.previous_offences <= 10 THEN '7-10'
              ELSE '11+' END AS previous_offences_band,
         coalesce(p.previous_sanctions, 0) AS previous_sanctions,
         coalesce(q.previous_custody, 0) AS previous_custody,
         p.years_since_first_sanction AS years_since_first_sanction,
         ln((1.0 + coalesce(p.previous_sanctions, 0))
            / (10.0 + coalesce(p.years_since_first_sanction, 0))) AS copas_rate,
         ln(1 + coalesce(p.previous_offences, 0)) AS ln_previous_offences,
         coalesce(u.undated_offences, 0) AS undated_offences,
         coalesce(u.straddling_offences, 0) AS straddling_offences
    FROM aged AS a
    LEFT JOIN classification AS c ON c.ho_code = a.index_ho_code
    LEFT JOIN reoffending AS r USING (window_start, offender_id)
    LEFT JOIN reoffence_month AS m USING (window_start, offender_id)
    LEFT JOIN reappearing AS x USING (window_start, offender_id)
    LEFT JOIN past AS p USING (window_start, offender_id)
    LEFT JOIN past_custody AS q USING (window_start, offender_id)
    LEFT JOIN uncounted AS u USING (window_start, offender_id)
   ORDER BY a.window_start, a.offender_id;

-- The last day whose offences have had the wait for proof by the extract.
INSERT OR IGNORE INTO wanted_sum (day, months)
  WITH RECURSIVE near(day) AS (
    SELECT extract_date FROM question
     UNION ALL
    SELECT date(day, '-1 day') FROM near, question
     WHERE day > date(extract_date, printf('-%d days', 31 * wait_months + 3)))
  SELECT day, wait_months FROM near, question WHERE day IS NOT NULL;
CREATE TABLE waited AS
  SELECT max(day) AS last_waited
    FROM question
    JOIN month_sum ON month_sum.months = wait_months AND result <= extract_date;

-- Attrition: how many people and events each step leaves. Appearances down to the index events,
-- then the offences of the cohort down to the re-offences.
CREATE TABLE counted_event AS
  WITH everyone(offender_id) AS (
    SELECT offender_id FROM appearance UNION SELECT offender_id FROM offence),
  event(offender_id) AS (
    SELECT offender_id FROM appearance UNION ALL SELECT offender_id FROM offence),
  eligible(offender_id) AS (
    SELECT offender_id FROM appearance
     WHERE excluded IS NULL AND kind IN (SELECT kind FROM chosen_kind)),
  in_window AS (
    SELECT w.window_start, a.*, a.kind IN (SELECT kind FROM chosen_kind) AS chosen
      FROM rolling_window AS w
      JOIN appearance AS a ON a.appearance_date >= w.window_start
                          AND a.appearance_date < w.window_end),
  of_cohort AS (
    SELECT f.window_start, f.index_date, f.follow_up_end, f.proof_end, o.*,
           coalesce(o.offence_date_end, o.offence_date) AS last_day
      FROM followed AS f JOIN offence AS o USING (offender_id)),
  dated AS (SELECT * FROM of_cohort WHERE excluded IS NULL AND offence_date IS NOT NULL),
  inside AS (SELECT * FROM dated WHERE offence_date > index_date AND last_day <= follow_up_end)
  SELECT window_start, 1 AS step, offender_id FROM rolling_window, event
   UNION ALL
  SELECT window_start, 2, offender_id FROM rolling_window, event
   WHERE offender_id NOT IN (SELECT offender_id FROM eligible)
   UNION ALL
  SELECT window_start, 3, offender_id FROM rolling_window, appearance
   UNION ALL
  SELECT window_start, 4, offender_id FROM in_window
   UNION ALL
  SELECT window_start, 5, offender_id FROM in_window WHERE chosen
   UNION ALL
  SELECT window_start, 6, offender_id FROM in_window WHERE chosen AND excluded IS NULL
   UNION ALL
  SELECT window_start, 7, offender_id FROM index_event
   UNION ALL
  SELECT window_start, 8, offender_id FROM of_cohort
   UNION ALL
  SELECT window_start, 9, offender_id FROM of_cohort WHERE excluded IS NULL
   UNION ALL
  SELECT window_start, 10, offender_id FROM dated
   UNION ALL
  SELECT window_start, 11, offender_id FROM dated WHERE last_day > index_date
   UNION ALL
  SELECT window_start, 12, offender_id FROM dated WHERE offence_date > index_date
   UNION ALL
  SELECT window_start, 13, offender_id FROM inside
   UNION ALL
  SELECT window_start, 14, offender_id FROM inside WHERE proven_date IS NOT NULL
   UNION ALL
  SELECT window_start, 15, offender_id FROM inside WHERE proven_date <= proof_end;
CREATE VIEW attrition AS
  WITH RECURSIVE every_step(step) AS (
    SELECT 1 UNION ALL SELECT step + 1 FROM every_step WHERE step < 15)
  SELECT w.window_start, s.step, count(DISTINCT e.offender_id) AS people,
         count(e.offender_id) AS events
    FROM rolling_window AS w, every_step AS s
    LEFT JOIN counted_event AS e ON e.window_start = w.window_start AND e.step = s.step
   GROUP BY w.window_start, s.step;
