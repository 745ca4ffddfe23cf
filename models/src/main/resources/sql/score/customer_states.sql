-- customer_states, before the clock is read: one row per as-of day, person and dealer that saw the person. The vehicles
-- still owned are those the person brought last and did not leave; the best of them gives the state. Where none is left
-- the person has exited if a holding has ended by the source, or if another came with the main vehicle for the first time
-- after the person's last visit; else no vehicle is known and state is null.
WITH owned AS (
  SELECT scored_on, customer_id, count_if(state <> 'EXITED') AS vehicles_count,
    min_by(struct(vehicle_id, state, missed_count, due_on, cycle_days),
      if(state = 'EXITED', NULL, struct(array_position(
        array('ACTIVE', 'NEW', 'DUE', 'OVERDUE', 'INACTIVE', 'LOST'), state), missed_count, datediff(scored_on, due_on),
        vehicle_id))) AS best
  FROM vehicle_states
  WHERE customer_id IS NOT NULL
  GROUP BY scored_on, customer_id
),
persons AS (
  SELECT s.snapshot_on AS scored_on, s.customer_id, s.home_dealer_id, s.seen_dealer_ids, s.seen_first_on,
    s.seen_last_on, s.first_visit_on AS first_on, s.last_visit_on AS last_on, coalesce(o.vehicles_count, 0) AS vehicles_count, o.best,
    CASE WHEN o.vehicles_count > 0 THEN NULL
      WHEN s.exited_on <= s.snapshot_on OR o.vehicles_count = 0 THEN 'SOURCE'
      WHEN m.customer_id <> s.customer_id AND m.customer_since_on > s.last_visit_on THEN 'NEW_OWNER' END AS exit_evidence
  FROM customer_snapshots s
  LEFT JOIN owned o ON o.scored_on = s.snapshot_on AND o.customer_id = s.customer_id
  LEFT JOIN vehicle_states m ON m.scored_on = s.snapshot_on AND m.vehicle_id = s.vehicle_id
)
SELECT p.customer_id, d.dealer_id, p.scored_on, d.dealer_id = p.home_dealer_id AS is_home, p.first_on, p.last_on,
  if(p.exit_evidence IS NULL, p.best.state, 'EXITED') AS state,
  if(p.exit_evidence IS NULL, coalesce(p.best.missed_count, 0), 0) AS missed_count,
  if(p.exit_evidence IS NULL, p.best.vehicle_id, NULL) AS vehicle_id,
  if(p.exit_evidence IS NULL, p.vehicles_count, 0) AS vehicles_count,
  if(p.exit_evidence IS NULL, p.best.due_on, NULL) AS due_on, coalesce(p.best.cycle_days, :cycle_days) AS cycle_days,
  d.first_visit_on, d.last_visit_on, p.exit_evidence
FROM persons p
  LATERAL VIEW inline(arrays_zip(p.seen_dealer_ids, p.seen_first_on, p.seen_last_on)) d
    AS dealer_id, first_visit_on, last_visit_on
