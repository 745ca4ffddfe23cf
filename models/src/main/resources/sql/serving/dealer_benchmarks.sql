-- serving.dealer_benchmarks: one row per dealer and key figure, over the 12 months up to the as-of day.
-- Interval: ratio estimator over days, linearised (Cochran, Sampling Techniques, 3rd ed. 1977, ch. 6).
WITH sums AS (
  SELECT dealer_id, region, brand, kpi, label_en, label_zh, direction,
    round(sum(num), 6) AS numerator, round(sum(den), 6) AS denominator, count(*) AS days,
    sum(num * num) AS num_num, sum(num * den) AS num_den, sum(den * den) AS den_den
  FROM daily_parts
  WHERE day_on > add_months(:as_of, -12) AND day_on <= :as_of
  GROUP BY dealer_id, region, brand, kpi, label_en, label_zh, direction
),
valued AS (
  SELECT *, round(try_divide(numerator, denominator), 6) AS value
  FROM sums
),
spread AS (
  SELECT *,
    1.96 * try_divide(
      sqrt(greatest(num_num - 2 * value * num_den + value * value * den_den, 0) * try_divide(days, days - 1)),
      denominator) AS half_width
  FROM valued
),
peers AS (
  SELECT *,
    count(value) OVER (PARTITION BY brand, kpi) AS peers,
    rank() OVER (PARTITION BY brand, kpi, value IS NULL ORDER BY direction * value) - 1 AS worse,
    count(*) OVER (PARTITION BY brand, kpi, value) - 1 AS ties,
    percentile(value, 0.5) OVER (PARTITION BY brand, kpi) AS median
  FROM spread
)
SELECT dealer_id, kpi, region, brand, :as_of AS until_on, label_en, label_zh, numerator, denominator, value,
  round(value - half_width, 6) AS value_lower,
  round(value + half_width, 6) AS value_upper,
  peers AS peers_count,
  CASE WHEN peers >= :min_peers THEN round(median, 6) END AS peer_median,
  CASE WHEN peers >= :min_peers AND value IS NOT NULL
    THEN round((worse + ties / 2) / (peers - 1), 6) END AS percentile_rate,
  CASE
    WHEN peers < :min_peers OR value IS NULL THEN NULL
    WHEN value - half_width > median THEN 'ABOVE'
    WHEN value + half_width < median THEN 'BELOW'
    ELSE 'WITHIN'
  END AS standing
FROM peers
