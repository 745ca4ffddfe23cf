-- known_jobs: one row per as-of day, order delivered in the twelve months before and component of its repair lines
-- done, all as known at the day's end; the grain and rules of gold.visit_jobs.
WITH visits AS (
  SELECT snapshot_on, end_at, repair_order_id, dealer_id, concern_code, delivered_on
  FROM known_visits
  WHERE is_repair AND delivered_on > add_months(snapshot_on, -12)
),
lines AS (
  SELECT v.snapshot_on, v.repair_order_id, v.dealer_id, v.delivered_on, l.technician_id,
    coalesce(l.component_code, v.concern_code, 'UNKNOWN') AS component_code,
    CAST(coalesce(l.flat_rate_hours, 0) AS DECIMAL(20, 4)) AS flat_rate_hours,
    CAST(coalesce(l.clocked_hours, 0) AS DECIMAL(20, 4)) AS clocked_hours
  FROM visits v JOIN repair_order_lines l ON l.repair_order_id = v.repair_order_id AND l.known_at < v.end_at
    AND (l.superseded_at IS NULL OR l.superseded_at >= v.end_at)
  WHERE l.job_type = 'REPAIR' AND NOT l.is_declined
),
shares AS (
  SELECT snapshot_on, repair_order_id, component_code, technician_id, min(dealer_id) AS dealer_id,
    min(delivered_on) AS delivered_on, sum(flat_rate_hours) AS flat_rate_hours, sum(clocked_hours) AS clocked_hours
  FROM lines
  GROUP BY snapshot_on, repair_order_id, component_code, technician_id
),
jobs AS (
  SELECT snapshot_on, repair_order_id, component_code, min(dealer_id) AS dealer_id, min(delivered_on) AS delivered_on,
    min(CASE WHEN technician_id IS NOT NULL THEN struct(-clocked_hours AS rank, technician_id) END).technician_id
      AS technician_id,
    sum(flat_rate_hours) AS flat_rate_hours, sum(clocked_hours) AS clocked_hours
  FROM shares
  GROUP BY snapshot_on, repair_order_id, component_code
)
SELECT j.*, date_add(j.delivered_on, :days) <= j.snapshot_on AS is_matured,
  coalesce(c.is_same_concern OR array_contains(c.same_components, j.component_code), false) AS is_comeback
FROM jobs j
LEFT JOIN known_comebacks c ON c.snapshot_on = j.snapshot_on AND c.repair_order_id = j.repair_order_id
