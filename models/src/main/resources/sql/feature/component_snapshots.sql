-- feature.component_snapshots, every row: one row per as-of day, vehicle with a visit in 24 months that has not left,
-- and watched component.
WITH repairs AS ( -- a component repaired twice on a day counts once
  SELECT snapshot_on, vehicle_id, component_code, count(*) AS repairs_count, max(visit_on) AS last_repaired_on,
    count_if(visit_on > add_months(snapshot_on, -24)) AS repairs_24m
  FROM (SELECT DISTINCT snapshot_on, vehicle_id, visit_on, explode(components) AS component_code FROM known_visits
    WHERE vehicle_id IS NOT NULL)
  GROUP BY snapshot_on, vehicle_id, component_code
),
totals AS (
  SELECT snapshot_on, vehicle_id, sum(repairs_24m) AS repairs_24m FROM repairs GROUP BY snapshot_on, vehicle_id
),
refusals AS (
  SELECT d.snapshot_on, d.vehicle_id, d.component_code,
    count_if(r.last_repaired_on IS NULL OR d.visit_on > r.last_repaired_on) AS declined_count
  FROM (SELECT DISTINCT snapshot_on, vehicle_id, visit_on, explode(declined_components) AS component_code
    FROM known_visits WHERE vehicle_id IS NOT NULL) d
  LEFT JOIN repairs r ON r.snapshot_on = d.snapshot_on AND r.vehicle_id = d.vehicle_id
    AND r.component_code = d.component_code
  GROUP BY d.snapshot_on, d.vehicle_id, d.component_code
),
vehicles AS (
  SELECT v.snapshot_on, v.vehicle_id, v.dealer_id, v.model, v.powertrain, v.sold_on, v.last_odometer_km,
    v.last_odometer_on, v.km_per_day, coalesce(t.repairs_24m, 0) AS repairs_24m,
    transform(r.readings, x -> struct(x.visit_on, x.odometer_km)) AS readings
  FROM vehicle_snapshots v
  LEFT JOIN totals t ON t.snapshot_on = v.snapshot_on AND t.vehicle_id = v.vehicle_id
  LEFT JOIN vehicle_readings r ON r.snapshot_on = v.snapshot_on AND r.vehicle_id = v.vehicle_id
  WHERE v.last_visit_on > add_months(v.snapshot_on, -24) AND v.exited_on IS NULL
)
SELECT /*+ BROADCAST(w) */ v.* EXCEPT (repairs_24m, readings), w.component_code,
  coalesce(r.repairs_count, 0) AS repairs_count, r.last_repaired_on,
  CAST(get(filter(v.readings, x -> x.visit_on = r.last_repaired_on), 0).odometer_km AS INT) AS last_repaired_km,
  coalesce(d.declined_count, 0) AS declined_count,
  v.repairs_24m - coalesce(r.repairs_24m, 0) AS other_repairs_24m_count
FROM vehicles v CROSS JOIN watched_components w
LEFT JOIN repairs r ON r.snapshot_on = v.snapshot_on AND r.vehicle_id = v.vehicle_id
  AND r.component_code = w.component_code
LEFT JOIN refusals d ON d.snapshot_on = v.snapshot_on AND d.vehicle_id = v.vehicle_id
  AND d.component_code = w.component_code
