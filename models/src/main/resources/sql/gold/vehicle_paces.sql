-- vehicle_paces: the rows of vehicle_visits with km_per_day: from the first reading (0 km on the day of sale, if
-- known) to the last, at least 30 days apart; shrunk to the whole-km median of the model (of all vehicles where
-- fewer than five tell) with the weight of :prior_readings.
WITH spans AS (
  SELECT *, readings_count - if(sold_on < first_odometer_on, 0, 1) AS intervals,
    last_odometer_km - if(sold_on < first_odometer_on, 0, first_odometer_km) AS km,
    datediff(last_odometer_on, if(sold_on < first_odometer_on, sold_on, first_odometer_on)) AS days
  FROM vehicle_visits
),
own AS (
  SELECT *, if(days >= 30 AND km >= 0, CAST(km AS DOUBLE) / days, NULL) AS pace FROM spans
),
medians AS (
  SELECT *, count(pace) OVER (PARTITION BY snapshot_on, model) AS paces_of_model,
    percentile(pace, 0.5D) OVER (PARTITION BY snapshot_on, model) AS pace_of_model,
    percentile(pace, 0.5D) OVER (PARTITION BY snapshot_on) AS pace_of_all
  FROM own
),
priors AS (
  SELECT *, greatest(1, round(coalesce(if(model IS NOT NULL AND paces_of_model >= 5, pace_of_model, NULL),
    pace_of_all, :default_km_per_day))) AS prior
  FROM medians
)
SELECT * EXCEPT (intervals, km, days, pace, paces_of_model, pace_of_model, pace_of_all, prior),
  round(if(pace IS NULL, prior,
    greatest(1, (intervals * pace + :prior_readings * prior) / (intervals + :prior_readings))), 2) AS km_per_day
FROM priors
