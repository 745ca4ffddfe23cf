-- feature.technician_snapshots, every row: one row per as-of day and technician with a repair job delivered in the
-- twelve months before, beside what the group's rates for the components lead to expect.
WITH rates AS (
  SELECT snapshot_on, component_code,
    try_divide(CAST(count_if(is_matured AND is_comeback) AS DOUBLE), count_if(is_matured)) AS comeback_rate,
    try_divide(CAST(sum(clocked_hours) AS DOUBLE), CAST(sum(flat_rate_hours) AS DOUBLE)) AS time_ratio
  FROM known_jobs
  GROUP BY snapshot_on, component_code
),
mixes AS ( -- one row per technician and component: expected values are exact multiples of the group's rate
  SELECT snapshot_on, technician_id, component_code, count(*) AS jobs, count_if(is_matured) AS matured,
    count_if(is_matured AND is_comeback) AS comebacks, CAST(sum(flat_rate_hours) AS DOUBLE) AS flat_rate_hours,
    CAST(sum(clocked_hours) AS DOUBLE) AS clocked_hours, max(struct(delivered_on, repair_order_id, dealer_id)) AS last
  FROM known_jobs
  WHERE technician_id IS NOT NULL
  GROUP BY snapshot_on, technician_id, component_code
),
sums AS (
  SELECT m.snapshot_on, m.technician_id, sum(m.jobs) AS jobs, sum(m.matured) AS matured,
    sum(m.comebacks) AS comebacks, round(sum(m.matured * coalesce(r.comeback_rate, 0)), 6) AS expected_comebacks,
    round(sum(m.flat_rate_hours), 4) AS flat_rate_hours, round(sum(m.clocked_hours), 4) AS clocked_hours,
    round(sum(m.flat_rate_hours * coalesce(r.time_ratio, 0)), 6) AS expected_clocked_hours,
    count(*) AS components, max(m.last).dealer_id AS dealer_id
  FROM mixes m JOIN rates r ON r.snapshot_on = m.snapshot_on AND r.component_code = m.component_code
  GROUP BY m.snapshot_on, m.technician_id
),
answers AS (
  SELECT j.snapshot_on, j.technician_id, count(*) AS surveys, count_if(a.is_praise) AS praises,
    round(avg(a.repair_mark), 4) AS mean_repair_mark
  FROM (SELECT DISTINCT snapshot_on, technician_id, repair_order_id FROM known_jobs WHERE technician_id IS NOT NULL) j
  JOIN known_answers a ON a.snapshot_on = j.snapshot_on AND a.repair_order_id = j.repair_order_id
  GROUP BY j.snapshot_on, j.technician_id
),
staff_then AS (
  SELECT /*+ BROADCAST(d) */ d.snapshot_on, s.staff_id, s.dealer_id, s.level
  FROM staff s JOIN days d ON s.known_at < d.end_at AND (s.superseded_at IS NULL OR s.superseded_at >= d.end_at)
)
SELECT s.technician_id AS staff_id, s.snapshot_on, coalesce(t.dealer_id, s.dealer_id) AS dealer_id, t.level,
  s.jobs AS jobs_12m_count, s.matured AS matured_jobs_12m_count, s.comebacks AS comebacks_12m_count,
  s.expected_comebacks AS expected_comebacks_12m_count, s.flat_rate_hours AS flat_rate_12m_hours,
  s.clocked_hours AS clocked_12m_hours, s.expected_clocked_hours AS expected_clocked_12m_hours,
  coalesce(a.surveys, 0) AS surveys_12m_count, coalesce(a.praises, 0) AS praises_12m_count, a.mean_repair_mark,
  s.components AS components_12m_count
FROM sums s
LEFT JOIN answers a ON a.snapshot_on = s.snapshot_on AND a.technician_id = s.technician_id
LEFT JOIN staff_then t ON t.snapshot_on = s.snapshot_on AND t.staff_id = s.technician_id
