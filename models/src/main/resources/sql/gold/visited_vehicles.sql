-- visited_vehicles: one row per as-of day and vehicle with a visit, with the vehicle's attributes known by then.
WITH visited AS (
  SELECT DISTINCT snapshot_on, vehicle_id FROM visits WHERE vehicle_id IS NOT NULL
),
known AS (
  SELECT /*+ BROADCAST(d) */ d.snapshot_on, m.vehicle_id, m.model, m.powertrain, m.sold_on, m.warranty_until_on,
    m.interval_months, m.interval_km
  FROM vehicles m JOIN days d ON m.known_at < d.end_at AND (m.superseded_at IS NULL OR m.superseded_at >= d.end_at)
)
SELECT v.*, k.* EXCEPT (snapshot_on, vehicle_id)
FROM visited v LEFT JOIN known k ON k.snapshot_on = v.snapshot_on AND k.vehicle_id = v.vehicle_id
