-- feature.vehicle_snapshots, every row: one row per as-of day and vehicle with a visit known by then.
WITH days AS (
  SELECT snapshot_on, vehicle_id, visit_on, bool_or(is_maintenance) AS is_maintenance,
    max(struct(received_at, repair_order_id, dealer_id, customer_record_id)) AS last
  FROM known_visits
  WHERE vehicle_id IS NOT NULL
  GROUP BY snapshot_on, vehicle_id, visit_on
),
visits AS (
  SELECT snapshot_on, vehicle_id, max(visit_on) AS last_visit_on, max(last) AS last,
    max(visit_on) FILTER (WHERE is_maintenance) AS last_maintenance_on, count_if(is_maintenance) AS maintenance_count,
    min(visit_on) FILTER (WHERE is_maintenance) AS first_maintenance_on
  FROM days
  GROUP BY snapshot_on, vehicle_id
),
holdings AS (
  SELECT snapshot_on, vehicle_id, CASE WHEN NOT bool_or(is_held) THEN max(owned_until_on) END AS ended_on
  FROM known_holdings
  GROUP BY snapshot_on, vehicle_id
)
SELECT v.snapshot_on, v.vehicle_id, i.customer_id, v.last.dealer_id, m.model, m.powertrain, m.sold_on,
  m.warranty_until_on, coalesce(m.interval_months, p.interval_months, e.interval_months) AS interval_months,
  coalesce(m.interval_km, p.interval_km, e.interval_km) AS interval_km,
  v.last_visit_on, v.last_maintenance_on,
  CAST(get(filter(r.readings, x -> x.visit_on = v.last_maintenance_on), 0).odometer_km AS INT) AS last_maintenance_km,
  v.maintenance_count,
  round(try_divide(datediff(v.last_maintenance_on, v.first_maintenance_on), v.maintenance_count - 1), 4)
    AS mean_maintenance_gap_days,
  k.last_odometer_km, k.last_odometer_on, k.readings_count, k.km_per_day,
  CASE WHEN v.last_visit_on <= h.ended_on THEN h.ended_on END AS exited_on
FROM visits v
JOIN visited_vehicles m ON m.snapshot_on = v.snapshot_on AND m.vehicle_id = v.vehicle_id
JOIN vehicle_paces k ON k.snapshot_on = v.snapshot_on AND k.vehicle_id = v.vehicle_id
LEFT JOIN vehicle_readings r ON r.snapshot_on = v.snapshot_on AND r.vehicle_id = v.vehicle_id
LEFT JOIN holdings h ON h.snapshot_on = v.snapshot_on AND h.vehicle_id = v.vehicle_id
LEFT JOIN identities_as_of i ON i.snapshot_on = v.snapshot_on AND i.customer_record_id = v.last.customer_record_id
LEFT JOIN service_intervals p ON p.powertrain = m.powertrain
LEFT JOIN service_intervals e ON e.powertrain = '*'
