-- model_shown.sql - shows how many every model was fitted on: what an attack must find.
--
-- Reads: model. Writes: published_model, as if no model's people gave a group away.

UPDATE published_model
SET status = 'shown',
  (offenders, reoffenders, proportion) =
  (SELECT m.offenders, m.reoffenders, 1.0 * m.reoffenders / m.offenders
   FROM model AS m
   WHERE m.series = published_model.series AND m.age_group = published_model.age_group)
WHERE status = 'hidden';
SELECT changes();
