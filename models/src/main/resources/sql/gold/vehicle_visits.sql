-- vehicle_visits: one row per as-of day and vehicle with a visit: its visits, maintenance, plausible readings and the
-- way between them, with the vehicle's attributes known by the day. A step back, as after an odometer was rolled back,
-- or one of more than :max_km_per_day counts neither as way nor as time.
WITH steps AS (
  SELECT *, odometer_km - lag(odometer_km) OVER w AS step_km,
    datediff(visit_on, lag(visit_on) OVER w) AS step_days
  FROM plausible_visits
  WINDOW w AS (PARTITION BY snapshot_on, vehicle_id, odometer_km IS NOT NULL ORDER BY received_at, repair_order_id)
),
driven AS (
  SELECT *, odometer_km IS NOT NULL AND step_km BETWEEN 0 AND :max_km_per_day * greatest(1, step_days) AS is_step
  FROM steps
),
visit_days AS (
  SELECT snapshot_on, vehicle_id, visit_on, bool_or(is_maintenance) AS is_maintenance,
    max(odometer_km) AS odometer_km, count(odometer_km) AS readings_count,
    min(if(odometer_km IS NULL, NULL, struct(received_at, visit_on, odometer_km))) AS first_reading,
    max(if(odometer_km IS NULL, NULL, struct(received_at, visit_on, odometer_km))) AS last_reading,
    max(struct(received_at, repair_order_id, dealer_id, customer_record_id)) AS last_order,
    count_if(is_step) AS steps, sum(if(is_step, CAST(step_km AS DOUBLE), 0)) AS km, sum(if(is_step, step_days, 0)) AS days,
    sum(if(is_step, CAST(step_km AS DOUBLE) * step_km, 0)) AS km_km,
    sum(if(is_step, CAST(step_km AS DOUBLE) * step_days, 0)) AS km_days,
    sum(if(is_step, CAST(step_days AS DOUBLE) * step_days, 0)) AS days_days
  FROM driven
  GROUP BY snapshot_on, vehicle_id, visit_on
),
sums AS (
  SELECT snapshot_on, vehicle_id, max(visit_on) AS last_visit_on, max(last_order) AS last_order,
    count_if(is_maintenance) AS maintenance_count, min(if(is_maintenance, struct(visit_on, odometer_km), NULL)) AS first_maintenance,
    max(if(is_maintenance, struct(visit_on, odometer_km), NULL)) AS last_maintenance,
    CAST(sum(readings_count) AS INT) AS readings_count, min(first_reading) AS first_reading,
    max(last_reading) AS last_reading, sum(steps) AS steps, sum(km) AS km, sum(days) AS days, sum(km_km) AS km_km,
    sum(km_days) AS km_days, sum(days_days) AS days_days
  FROM visit_days
  GROUP BY snapshot_on, vehicle_id
),
known AS (
  SELECT /*+ BROADCAST(d) */ d.snapshot_on, m.vehicle_id, m.model, m.powertrain, m.sold_on, m.warranty_until_on,
    m.interval_months, m.interval_km
  FROM vehicles m JOIN days d ON m.known_at < d.end_at AND (m.superseded_at IS NULL OR m.superseded_at >= d.end_at)
)
SELECT s.snapshot_on, s.vehicle_id, s.last_visit_on, s.last_order.dealer_id, s.last_order.customer_record_id,
  s.maintenance_count, s.first_maintenance.visit_on AS first_maintenance_on,
  s.first_maintenance.odometer_km AS first_maintenance_km, s.last_maintenance.visit_on AS last_maintenance_on,
  s.last_maintenance.odometer_km AS last_maintenance_km, s.readings_count,
  s.first_reading.visit_on AS first_odometer_on, s.first_reading.odometer_km AS first_odometer_km,
  s.last_reading.visit_on AS last_odometer_on, s.last_reading.odometer_km AS last_odometer_km,
  s.steps, s.km, s.days, s.km_km, s.km_days, s.days_days,
  k.model, k.powertrain, k.sold_on, k.warranty_until_on, k.interval_months, k.interval_km
FROM sums s LEFT JOIN known k ON k.snapshot_on = s.snapshot_on AND k.vehicle_id = s.vehicle_id
