-- The wait for proof ends so many months after the index date, not after the follow-up's last day:
-- 29 February 2008 + 18 months is 29 August, though 28 February + 6 months is 28 August (R13).
CREATE TABLE appearance(offender_id INTEGER, appearance_date TEXT, kind TEXT);
CREATE TABLE offence(offender_id INTEGER, offence_date TEXT, proven_date TEXT);
INSERT INTO appearance VALUES (1, '2008-02-29', 'conviction');
INSERT INTO offence VALUES (1, '2008-03-01', '2009-08-29'), (1, '2008-03-01', '2009-08-30');
CREATE VIRTUAL TABLE history USING reoffend_history(extract_date=2010-07-01);
INSERT INTO history(history) VALUES ('rebuild');
SELECT follow_up_end, reoffences FROM reoffend_cohort('history', '2008-01-01');
