-- vehicle_readings: one row per as-of day and vehicle: its plausible odometer readings in order of reception.
-- A reading is implausible when it contradicts more than half of up to ten readings around it (five before, five
-- after, all known by the day); two readings contradict when the later is lower or farther away than the limit.
WITH raw AS (
  SELECT snapshot_on, vehicle_id, sort_array(collect_list(struct(received_at, repair_order_id, visit_on,
    CAST(odometer_km AS BIGINT) AS odometer_km))) AS readings
  FROM visits
  WHERE vehicle_id IS NOT NULL AND odometer_km IS NOT NULL
  GROUP BY snapshot_on, vehicle_id
)
SELECT snapshot_on, vehicle_id,
  filter(readings, (r, i) ->
    2 * aggregate(slice(readings, greatest(i - 4, 1), least(i, 5)), 0, (n, b) -> n + CASE
      WHEN r.odometer_km < b.odometer_km THEN 1
      WHEN r.odometer_km - b.odometer_km > :max_km_per_day * greatest(1, datediff(r.visit_on, b.visit_on)) THEN 1
      ELSE 0 END)
    + 2 * aggregate(slice(readings, i + 2, 5), 0, (n, a) -> n + CASE
      WHEN a.odometer_km < r.odometer_km THEN 1
      WHEN a.odometer_km - r.odometer_km > :max_km_per_day * greatest(1, datediff(a.visit_on, r.visit_on)) THEN 1
      ELSE 0 END)
    <= least(i, 5) + least(size(readings) - i - 1, 5)) AS readings
FROM raw
