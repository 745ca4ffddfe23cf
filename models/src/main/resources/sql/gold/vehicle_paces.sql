-- vehicle_paces: the rows of vehicle_visits with km_per_day and its 95 % interval. The pace is the way over the time of
-- all steps (the day of sale, if known, is a reading of 0 km), at least 30 days, shrunk to the whole-km median of the
-- model (of all vehicles where fewer than five tell) with the weight of :prior_readings. Its error is that of a ratio
-- (residuals of the steps) from three steps on, else the spread of the model; the two parts' errors add up by weight.
WITH sales AS (
  SELECT *, sold_on < first_odometer_on
      AND first_odometer_km <= :max_km_per_day * datediff(first_odometer_on, sold_on) AS is_from_sale,
    CAST(first_odometer_km AS DOUBLE) AS sale_km, datediff(first_odometer_on, sold_on) AS sale_days
  FROM vehicle_visits
),
spans AS (
  SELECT * EXCEPT (steps, km, days, km_km, km_days, days_days, is_from_sale, sale_km, sale_days),
    steps + if(is_from_sale, 1, 0) AS steps, km + if(is_from_sale, sale_km, 0) AS km,
    days + if(is_from_sale, sale_days, 0) AS days, km_km + if(is_from_sale, sale_km * sale_km, 0) AS km_km,
    km_days + if(is_from_sale, sale_km * sale_days, 0) AS km_days,
    days_days + if(is_from_sale, CAST(sale_days AS DOUBLE) * sale_days, 0) AS days_days
  FROM sales
),
own AS (
  SELECT *, if(days >= 30, km / days, NULL) AS pace FROM spans
),
medians AS (
  SELECT *, count(pace) OVER (PARTITION BY snapshot_on, model) AS paces_of_model,
    percentile(pace, array(0.25D, 0.5D, 0.75D)) OVER (PARTITION BY snapshot_on, model) AS quarters_of_model,
    percentile(pace, array(0.25D, 0.5D, 0.75D)) OVER (PARTITION BY snapshot_on) AS quarters_of_all
  FROM own
),
priors AS (
  SELECT *, coalesce(if(model IS NOT NULL AND paces_of_model >= 5, quarters_of_model, NULL), quarters_of_all,
    array(:default_km_per_day - 10, :default_km_per_day, :default_km_per_day + 10)) AS quarters
  FROM medians
),
shrunk AS (
  SELECT *, greatest(1, round(quarters[1])) AS prior,
    greatest(1, round((quarters[2] - quarters[0]) / 1.349)) AS spread, -- a normal's quarters lie 1.349 deviations apart
    if(pace IS NULL, 0, steps / (steps + :prior_readings)) AS weight,
    if(steps >= 3 AND days >= 30, sqrt(greatest(0, km_km - 2 * pace * km_days + pace * pace * days_days)
      * steps / (steps - 1)) / days, NULL) AS own_error
  FROM priors
),
paces AS (
  SELECT *, round(greatest(1, weight * coalesce(pace, 0) + (1 - weight) * prior), 2) AS km_per_day,
    1.96 * sqrt(pow(weight * coalesce(own_error, spread), 2) + pow((1 - weight) * spread, 2)) AS half_width
  FROM shrunk
)
SELECT * EXCEPT (steps, km, days, km_km, km_days, days_days, pace, paces_of_model, quarters_of_model, quarters_of_all,
  quarters, prior, spread, weight, own_error, half_width),
  round(greatest(0, km_per_day - half_width), 2) AS km_per_day_lower, round(km_per_day + half_width, 2) AS km_per_day_upper
FROM paces
