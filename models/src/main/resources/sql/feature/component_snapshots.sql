-- feature.component_snapshots, every row: one row per as-of day, vehicle with a visit in 24 months that has not left,
-- and watched component. A component repaired or declined twice on a day counts once.
WITH events AS (
  SELECT snapshot_on, vehicle_id, visit_on, odometer_km, inline(concat(
    transform(components, c -> struct(c AS component_code, true AS is_repair)),
    transform(declined_components, c -> struct(c AS component_code, false AS is_repair))))
  FROM plausible_visits
  WHERE size(components) > 0 OR size(declined_components) > 0
),
event_days AS (
  SELECT snapshot_on, vehicle_id, component_code, visit_on, bool_or(is_repair) AS is_repaired,
    bool_or(NOT is_repair) AS is_declined, max(if(is_repair, odometer_km, NULL)) AS odometer_km
  FROM events
  GROUP BY snapshot_on, vehicle_id, component_code, visit_on
),
components AS (
  SELECT snapshot_on, vehicle_id, component_code, count_if(is_repaired) AS repairs,
    count_if(is_repaired AND visit_on > add_months(snapshot_on, -24)) AS repairs_24m,
    max(if(is_repaired, struct(visit_on, odometer_km), NULL)) AS last,
    collect_list(visit_on) FILTER (WHERE is_declined) AS declined_on
  FROM event_days
  GROUP BY snapshot_on, vehicle_id, component_code
),
histories AS (
  SELECT snapshot_on, vehicle_id, sum(repairs_24m) AS repairs_24m, map_from_entries(collect_list(struct(
    component_code, struct(repairs, repairs_24m, last, CAST(size(if(last IS NULL, declined_on,
      filter(declined_on, d -> d > last.visit_on))) AS INT) AS declined)))) AS by_component
  FROM components
  GROUP BY snapshot_on, vehicle_id
),
vehicles AS (
  SELECT v.snapshot_on, v.vehicle_id, v.dealer_id, v.model, v.powertrain, v.sold_on, v.last_odometer_km,
    v.last_odometer_on, v.km_per_day, h.repairs_24m, h.by_component
  FROM vehicle_snapshots v
  LEFT JOIN histories h ON h.snapshot_on = v.snapshot_on AND h.vehicle_id = v.vehicle_id
  WHERE v.last_visit_on > add_months(v.snapshot_on, -24) AND v.exited_on IS NULL
),
watched AS (
  SELECT /*+ BROADCAST(w) */ v.*, w.component_code, try_element_at(v.by_component, w.component_code) AS own
  FROM vehicles v CROSS JOIN watched_components w
)
SELECT snapshot_on, vehicle_id, component_code, dealer_id, model, powertrain, sold_on, last_odometer_km,
  last_odometer_on, km_per_day, coalesce(own.repairs, 0) AS repairs_count, own.last.visit_on AS last_repaired_on,
  own.last.odometer_km AS last_repaired_km, coalesce(own.declined, 0) AS declined_count,
  coalesce(repairs_24m, 0) - coalesce(own.repairs_24m, 0) AS other_repairs_24m_count
FROM watched
