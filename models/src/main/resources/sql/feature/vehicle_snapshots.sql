-- feature.vehicle_snapshots, every row: one row per as-of day and vehicle with a visit known by then.
WITH holdings AS (
  SELECT snapshot_on, vehicle_id, if(bool_or(is_held), NULL, max(owned_until_on)) AS ended_on
  FROM known_holdings
  GROUP BY snapshot_on, vehicle_id
)
SELECT /*+ BROADCAST(p), BROADCAST(e) */ v.snapshot_on, v.vehicle_id, i.customer_id, v.dealer_id, v.model,
  v.powertrain, v.sold_on, v.warranty_until_on,
  coalesce(v.interval_months, p.interval_months, e.interval_months) AS interval_months,
  coalesce(v.interval_km, p.interval_km, e.interval_km) AS interval_km,
  v.last_visit_on, v.last_maintenance_on, v.last_maintenance_km, v.maintenance_count,
  round(try_divide(datediff(v.last_maintenance_on, v.first_maintenance_on), v.maintenance_count - 1), 4)
    AS mean_maintenance_gap_days,
  v.last_odometer_km, v.last_odometer_on, v.readings_count, v.km_per_day,
  if(v.last_visit_on <= h.ended_on, h.ended_on, NULL) AS exited_on
FROM vehicle_paces v
LEFT JOIN holdings h ON h.snapshot_on = v.snapshot_on AND h.vehicle_id = v.vehicle_id
LEFT JOIN identities_as_of i ON i.snapshot_on = v.snapshot_on AND i.customer_record_id = v.customer_record_id
LEFT JOIN service_intervals p ON p.powertrain = v.powertrain
LEFT JOIN service_intervals e ON e.powertrain = '*'
