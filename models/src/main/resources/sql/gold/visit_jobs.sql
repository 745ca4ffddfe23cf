-- gold.visit_jobs: one row per delivered repair order and component of its repair lines done, as known now.
-- Lines without component stand under the order's concern, or UNKNOWN.
WITH visits AS (
  SELECT repair_order_id, dealer_id, vehicle_id, concern_code,
    to_date(from_utc_timestamp(delivered_at, :zone)) AS delivered_on
  FROM visit_versions
  WHERE superseded_at IS NULL AND delivered_at IS NOT NULL
),
lines AS (
  SELECT l.repair_order_id, coalesce(l.component_code, v.concern_code, 'UNKNOWN') AS component_code, l.technician_id,
    coalesce(sum(CAST(l.flat_rate_hours AS DECIMAL(20, 4))), 0) AS flat_rate_hours,
    coalesce(sum(CAST(l.clocked_hours AS DECIMAL(20, 4))), 0) AS clocked_hours
  FROM repair_order_lines l JOIN visits v ON v.repair_order_id = l.repair_order_id
  WHERE l.superseded_at IS NULL AND l.job_type = 'REPAIR' AND NOT l.is_declined
  GROUP BY l.repair_order_id, coalesce(l.component_code, v.concern_code, 'UNKNOWN'), l.technician_id
),
jobs AS (
  SELECT repair_order_id, component_code,
    min(CASE WHEN technician_id IS NOT NULL THEN struct(-clocked_hours AS rank, technician_id) END).technician_id
      AS technician_id,
    sum(flat_rate_hours) AS flat_rate_hours, sum(clocked_hours) AS clocked_hours
  FROM lines
  GROUP BY repair_order_id, component_code
),
outcomes AS (
  SELECT j.repair_order_id, j.component_code,
    min_by(c.comeback_repair_order_id, struct(c.comeback_received_at, c.comeback_repair_order_id))
      AS comeback_repair_order_id
  FROM jobs j JOIN comebacks c ON c.repair_order_id = j.repair_order_id
    AND (c.is_same_concern OR array_contains(c.same_components, j.component_code))
  WHERE c.superseded_at IS NULL
  GROUP BY j.repair_order_id, j.component_code
)
SELECT j.*, v.dealer_id, v.vehicle_id, m.model, v.delivered_on, date_add(v.delivered_on, :days) AS matures_on,
  o.comeback_repair_order_id IS NOT NULL AS is_comeback, o.comeback_repair_order_id
FROM jobs j
JOIN visits v ON v.repair_order_id = j.repair_order_id
LEFT JOIN outcomes o ON o.repair_order_id = j.repair_order_id AND o.component_code = j.component_code
LEFT JOIN vehicles m ON m.vehicle_id = v.vehicle_id AND m.superseded_at IS NULL
