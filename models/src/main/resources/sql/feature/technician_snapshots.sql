-- feature.technician_snapshots, every row: one row per as-of day and technician with a repair job delivered in the
-- twelve months before, beside what the group's rates for the components lead to expect.
WITH order_answers AS (
  SELECT snapshot_on, repair_order_id, count(*) AS surveys, count_if(is_praise) AS praises,
    sum(repair_mark) AS marks, count(repair_mark) AS marked
  FROM known_answers
  GROUP BY snapshot_on, repair_order_id
),
jobs AS ( -- the answers stand at one job of the technician on the order
  SELECT j.*, a.surveys, a.praises, a.marks, a.marked, row_number() OVER (
      PARTITION BY j.snapshot_on, j.technician_id, j.repair_order_id ORDER BY j.component_code) = 1 AS is_first
  FROM known_jobs j
  LEFT JOIN order_answers a ON a.snapshot_on = j.snapshot_on AND a.repair_order_id = j.repair_order_id
),
mixes AS (
  SELECT snapshot_on, technician_id, component_code, count(*) AS jobs, count_if(is_matured) AS matured,
    count_if(is_matured AND is_comeback) AS comebacks, CAST(sum(flat_rate_hours) AS DECIMAL(20, 4)) AS flat_rate_hours,
    CAST(sum(clocked_hours) AS DECIMAL(20, 4)) AS clocked_hours,
    max(struct(delivered_on, repair_order_id, dealer_id)) AS last, sum(if(is_first, surveys, 0)) AS surveys,
    sum(if(is_first, praises, 0)) AS praises, sum(if(is_first, marks, 0)) AS marks,
    sum(if(is_first, marked, 0)) AS marked
  FROM jobs
  GROUP BY snapshot_on, technician_id, component_code
),
rates AS ( -- of the whole group, jobs without technician included
  SELECT *, coalesce(try_divide(CAST(sum(comebacks) OVER w AS DOUBLE), sum(matured) OVER w), 0) AS comeback_rate,
    coalesce(try_divide(CAST(sum(clocked_hours) OVER w AS DOUBLE), CAST(sum(flat_rate_hours) OVER w AS DOUBLE)), 0)
      AS time_ratio
  FROM mixes
  WINDOW w AS (PARTITION BY snapshot_on, component_code)
),
sums AS (
  SELECT snapshot_on, technician_id, sum(jobs) AS jobs, sum(matured) AS matured, sum(comebacks) AS comebacks,
    round(sum(matured * comeback_rate), 6) AS expected_comebacks, CAST(sum(flat_rate_hours) AS DOUBLE) AS flat_rate,
    CAST(sum(clocked_hours) AS DOUBLE) AS clocked, count(*) AS components, max(last).dealer_id AS dealer_id,
    round(sum(CAST(flat_rate_hours AS DOUBLE) * time_ratio), 6) AS expected_clocked, sum(surveys) AS surveys,
    sum(praises) AS praises, round(try_divide(sum(marks), sum(marked)), 4) AS mean_repair_mark
  FROM rates
  WHERE technician_id IS NOT NULL
  GROUP BY snapshot_on, technician_id
),
staff_then AS (
  SELECT /*+ BROADCAST(d) */ d.snapshot_on, s.staff_id, s.dealer_id, s.level
  FROM staff s JOIN days d ON s.known_at < d.end_at AND (s.superseded_at IS NULL OR s.superseded_at >= d.end_at)
)
SELECT s.technician_id AS staff_id, s.snapshot_on, coalesce(t.dealer_id, s.dealer_id) AS dealer_id, t.level,
  s.jobs AS jobs_12m_count, s.matured AS matured_jobs_12m_count, s.comebacks AS comebacks_12m_count,
  s.expected_comebacks AS expected_comebacks_12m_count, s.flat_rate AS flat_rate_12m_hours,
  s.clocked AS clocked_12m_hours, s.expected_clocked AS expected_clocked_12m_hours,
  coalesce(s.surveys, 0) AS surveys_12m_count, coalesce(s.praises, 0) AS praises_12m_count, s.mean_repair_mark,
  s.components AS components_12m_count
FROM sums s LEFT JOIN staff_then t ON t.snapshot_on = s.snapshot_on AND t.staff_id = s.technician_id
