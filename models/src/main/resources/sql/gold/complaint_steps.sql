-- gold.complaint_steps: one row per complaint and unbroken time with one owner and one status.
-- A hand-over needs two known owners; between persons, steps held by a program or by nobody are passed over.
WITH marked AS (
  SELECT complaint_id, dealer_id, owner_id, status, known_at,
    lag(known_at) OVER w IS NULL OR NOT owner_id <=> lag(owner_id) OVER w OR NOT status <=> lag(status) OVER w
      AS is_start
  FROM complaints
  WINDOW w AS (PARTITION BY complaint_id ORDER BY known_at)
),
programs AS (
  SELECT DISTINCT staff_id FROM staff WHERE superseded_at IS NULL AND role = 'SYSTEM'
),
held AS (
  SELECT m.complaint_id, m.dealer_id, m.owner_id, m.status, m.known_at AS started_at, p.staff_id IS NOT NULL AS is_system,
    CASE WHEN p.staff_id IS NULL THEN m.owner_id END AS person_id
  FROM marked m LEFT JOIN programs p ON p.staff_id = m.owner_id
  WHERE m.is_start
),
steps AS (
  SELECT *, row_number() OVER w AS step_no, lag(owner_id) OVER w AS owner_before_id, lead(started_at) OVER w AS ended_at,
    last_value(person_id, true) OVER (PARTITION BY complaint_id ORDER BY started_at
      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS person_before_id
  FROM held
  WINDOW w AS (PARTITION BY complaint_id ORDER BY started_at)
)
SELECT complaint_id, step_no, dealer_id, owner_id, status, is_system, started_at, ended_at,
  round((unix_micros(ended_at) - unix_micros(started_at)) / 3.6e9D, 4) AS step_hours,
  coalesce(owner_id <> owner_before_id, false) AS is_hand_over,
  coalesce(person_id <> person_before_id, false) AS is_person_hand_over
FROM steps
