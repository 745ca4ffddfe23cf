-- vehicle_clocks: the rows of vehicle_paces with the vehicle's own interval and the day its service is due. The interval
-- is the maker's, else that of model and powertrain, with the weight of :prior_gaps gaps beside the mean of the vehicle's
-- own; due is the earlier of days and km since the last maintenance (the last visit where none was seen), maker_due that
-- of the maker's interval alone.
WITH intervals AS (
  SELECT /*+ BROADCAST(mp), BROADCAST(m), BROADCAST(p), BROADCAST(e) */ v.* EXCEPT (interval_months, interval_km),
    coalesce(v.interval_months, mp.interval_months, m.interval_months, p.interval_months, e.interval_months)
      AS interval_months,
    coalesce(v.interval_km, mp.interval_km, m.interval_km, p.interval_km, e.interval_km) AS interval_km,
    coalesce(v.last_maintenance_on, v.last_visit_on) AS clock_from_on,
    CASE WHEN v.last_maintenance_on IS NOT NULL THEN v.last_maintenance_km
      WHEN v.last_odometer_on = v.last_visit_on THEN v.last_odometer_km END AS clock_from_km,
    greatest(v.maintenance_count - 1, 0) AS gaps,
    datediff(v.last_maintenance_on, v.first_maintenance_on) AS gaps_days,
    v.last_maintenance_km - v.first_maintenance_km AS gaps_km
  FROM vehicle_paces v
  LEFT JOIN service_intervals mp ON mp.model = v.model AND mp.powertrain = v.powertrain
  LEFT JOIN service_intervals m ON m.model = v.model AND m.powertrain = '*'
  LEFT JOIN service_intervals p ON p.model = '*' AND p.powertrain = v.powertrain
  LEFT JOIN service_intervals e ON e.model = '*' AND e.powertrain = '*'
),
rhythms AS (
  SELECT *, CAST(round((gaps_or_none + :prior_gaps * datediff(add_months(clock_from_on, interval_months), clock_from_on))
      / (if(gaps_or_none > 0, gaps, 0) + :prior_gaps)) AS INT) AS own_interval_days,
    CAST(round((km_or_none + :prior_gaps * interval_km) / (if(km_or_none > 0, gaps, 0) + :prior_gaps)) AS INT)
      AS own_interval_km
  FROM (SELECT *, if(gaps > 0, gaps_days, 0) AS gaps_or_none, if(gaps > 0 AND gaps_km > 0, gaps_km, 0) AS km_or_none
    FROM intervals)
),
driven AS (
  SELECT *, last_odometer_on >= clock_from_on AND clock_from_km IS NOT NULL AS is_read,
    last_odometer_km - clock_from_km AS driven_km
  FROM rhythms
),
dues AS (
  SELECT *, date_add(clock_from_on, own_interval_days) AS due_by_time_on,
    add_months(clock_from_on, interval_months) AS maker_due_by_time_on,
    CASE WHEN is_read THEN greatest(date_add(clock_from_on, 1), date_add(last_odometer_on,
        CAST(floor(least(own_interval_km, own_interval_km - driven_km) / km_per_day) AS INT)))
      ELSE date_add(clock_from_on, CAST(floor(own_interval_km / km_per_day) AS INT)) END AS due_by_km_on,
    CASE WHEN is_read THEN greatest(date_add(clock_from_on, 1), date_add(last_odometer_on,
        CAST(floor(least(interval_km, interval_km - driven_km) / km_per_day) AS INT)))
      ELSE date_add(clock_from_on, CAST(floor(interval_km / km_per_day) AS INT)) END AS maker_due_by_km_on
  FROM driven
)
SELECT * EXCEPT (gaps, gaps_days, gaps_km, gaps_or_none, km_or_none, is_read, driven_km, due_by_time_on, due_by_km_on,
    maker_due_by_time_on, maker_due_by_km_on),
  round(try_divide(gaps_days, gaps), 4) AS mean_maintenance_gap_days, least(due_by_time_on, due_by_km_on) AS due_on,
  least(maker_due_by_time_on, maker_due_by_km_on) AS maker_due_on,
  if(due_by_km_on < due_by_time_on, 'DISTANCE', 'TIME') AS due_by
FROM dues
