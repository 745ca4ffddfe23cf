-- serving.component_watch: one row per dealer, model and watched component.
WITH scored AS (
  -- Sums of decimals do not depend on the order of rows.
  SELECT *, CAST(repair_90d_probability AS DECIMAL(9, 6)) AS probability,
    CAST(naive_rate AS DECIMAL(9, 6)) AS naive
  FROM component_risks
),
risks AS (
  SELECT dealer_id, coalesce(model, 'UNKNOWN') AS model, component_code, count(*) AS vehicles,
    CAST(sum(probability) AS DOUBLE) AS expected, CAST(sum(naive) AS DOUBLE) AS naive,
    CAST(sum(probability * (1 - probability)) AS DOUBLE) AS variance
  FROM scored
  WHERE scored_on = :as_of
  GROUP BY dealer_id, coalesce(model, 'UNKNOWN'), component_code
),
repairs AS (
  SELECT dealer_id, coalesce(model, 'UNKNOWN') AS model, component_code, count(*) AS repairs
  FROM visit_jobs
  WHERE delivered_on > add_months(:as_of, -12) AND delivered_on <= :as_of
  GROUP BY dealer_id, coalesce(model, 'UNKNOWN'), component_code
)
SELECT r.dealer_id, r.model, r.component_code, d.region, d.brand, :as_of AS as_of_on,
  r.vehicles AS vehicles_count,
  round(r.expected, 4) AS expected_repairs_90d_count,
  round(r.expected + 1.96 * sqrt(r.variance), 4) AS expected_repairs_90d_upper_count,
  round(r.naive, 4) AS naive_repairs_90d_count,
  coalesce(j.repairs, 0) AS repairs_12m_count,
  round(coalesce(try_divide(r.expected, r.naive), 1), 4) AS risk_ratio
FROM risks r
JOIN dealers d ON d.dealer_id = r.dealer_id
LEFT JOIN repairs j
  ON j.dealer_id = r.dealer_id AND j.model = r.model AND j.component_code = r.component_code
