-- vehicle_paces: one row per as-of day and vehicle of `vehicles`: distance per day, km.
-- From the first reading (0 km on the day of sale, if known) to the last, at least 30 days apart; shrunk to the
-- whole-km median of the model (of all vehicles where fewer than five tell) with the weight of :prior_readings.
WITH spans AS (
  SELECT v.snapshot_on, v.vehicle_id, v.model, coalesce(size(r.readings), 0) AS readings_count,
    get(r.readings, 0) AS first, get(r.readings, size(r.readings) - 1) AS last,
    v.sold_on < get(r.readings, 0).visit_on AS is_from_sale, v.sold_on
  FROM vehicles v LEFT JOIN vehicle_readings r ON r.snapshot_on = v.snapshot_on AND r.vehicle_id = v.vehicle_id
),
paces AS (
  SELECT snapshot_on, vehicle_id, model, readings_count, last.odometer_km AS last_odometer_km,
    last.visit_on AS last_odometer_on, readings_count - 1 + CAST(coalesce(is_from_sale, false) AS INT) AS intervals,
    last.odometer_km - CASE WHEN is_from_sale THEN 0 ELSE first.odometer_km END AS km,
    datediff(last.visit_on, CASE WHEN is_from_sale THEN sold_on ELSE first.visit_on END) AS days
  FROM spans
),
own AS (
  SELECT *, CASE WHEN days >= 30 AND km >= 0 THEN CAST(km AS DOUBLE) / days END AS pace FROM paces
),
models AS (
  SELECT snapshot_on, model, percentile(pace, 0.5D) AS pace FROM own
  WHERE pace IS NOT NULL AND model IS NOT NULL
  GROUP BY snapshot_on, model
  HAVING count(*) >= 5
),
everyone AS (
  SELECT snapshot_on, percentile(pace, 0.5D) AS pace FROM own WHERE pace IS NOT NULL GROUP BY snapshot_on
),
priors AS (
  SELECT o.*, greatest(1, round(coalesce(m.pace, e.pace, :default_km_per_day))) AS prior
  FROM own o LEFT JOIN models m ON m.snapshot_on = o.snapshot_on AND m.model = o.model
    LEFT JOIN everyone e ON e.snapshot_on = o.snapshot_on
)
SELECT snapshot_on, vehicle_id, readings_count, CAST(last_odometer_km AS INT) AS last_odometer_km, last_odometer_on,
  round(CASE WHEN pace IS NULL THEN prior
    ELSE greatest(1, (intervals * pace + :prior_readings * prior) / (intervals + :prior_readings)) END, 2) AS km_per_day
FROM priors
