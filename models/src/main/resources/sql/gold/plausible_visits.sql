-- plausible_visits: one row per as-of day and visit of a vehicle; odometer_km is null where it is implausible.
-- A reading is implausible when it contradicts more than half of up to six readings around it (three before, three
-- after, all known by the day), or when it contradicts a neighbour and the two neighbours agree without it; two
-- contradict when the later is lower or farther away than :max_km_per_day.
WITH of_vehicles AS (
  SELECT /*+ REPARTITION(snapshot_on, vehicle_id) */ * FROM visits WHERE vehicle_id IS NOT NULL
),
around AS (
  SELECT *,
    lag(odometer_km, 1) OVER w AS km_b1, lag(visit_on, 1) OVER w AS on_b1,
    lag(odometer_km, 2) OVER w AS km_b2, lag(visit_on, 2) OVER w AS on_b2,
    lag(odometer_km, 3) OVER w AS km_b3, lag(visit_on, 3) OVER w AS on_b3,
    lead(odometer_km, 1) OVER w AS km_a1, lead(visit_on, 1) OVER w AS on_a1,
    lead(odometer_km, 2) OVER w AS km_a2, lead(visit_on, 2) OVER w AS on_a2,
    lead(odometer_km, 3) OVER w AS km_a3, lead(visit_on, 3) OVER w AS on_a3
  FROM of_vehicles
  WINDOW w AS (PARTITION BY snapshot_on, vehicle_id, odometer_km IS NOT NULL ORDER BY received_at, repair_order_id)
),
judged AS ( -- +1 for each that contradicts, -1 for each that agrees
  SELECT *,
    if(odometer_km - km_b1 BETWEEN 0 AND :max_km_per_day * greatest(1, datediff(visit_on, on_b1)), -1,
      if(km_b1 IS NULL, 0, 1))
    + if(odometer_km - km_b2 BETWEEN 0 AND :max_km_per_day * greatest(1, datediff(visit_on, on_b2)), -1,
      if(km_b2 IS NULL, 0, 1))
    + if(odometer_km - km_b3 BETWEEN 0 AND :max_km_per_day * greatest(1, datediff(visit_on, on_b3)), -1,
      if(km_b3 IS NULL, 0, 1))
    + if(km_a1 - odometer_km BETWEEN 0 AND :max_km_per_day * greatest(1, datediff(on_a1, visit_on)), -1,
      if(km_a1 IS NULL, 0, 1))
    + if(km_a2 - odometer_km BETWEEN 0 AND :max_km_per_day * greatest(1, datediff(on_a2, visit_on)), -1,
      if(km_a2 IS NULL, 0, 1))
    + if(km_a3 - odometer_km BETWEEN 0 AND :max_km_per_day * greatest(1, datediff(on_a3, visit_on)), -1,
      if(km_a3 IS NULL, 0, 1)) AS contradictions,
    km_a1 - km_b1 BETWEEN 0 AND :max_km_per_day * greatest(1, datediff(on_a1, on_b1))
      AND NOT (odometer_km - km_b1 BETWEEN 0 AND :max_km_per_day * greatest(1, datediff(visit_on, on_b1))
        AND km_a1 - odometer_km BETWEEN 0 AND :max_km_per_day * greatest(1, datediff(on_a1, visit_on)))
      AS is_between
  FROM around
)
SELECT * EXCEPT (odometer_km, contradictions, is_between, km_b1, on_b1, km_b2, on_b2, km_b3, on_b3, km_a1, on_a1, km_a2,
  on_a2, km_a3, on_a3), CASE WHEN contradictions <= 0 AND is_between IS NOT TRUE THEN odometer_km END AS odometer_km
FROM judged
