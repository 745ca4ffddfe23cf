-- serving.segment_flows: one row per home dealer (that of the later month end), month, segment at the end of the month
-- before and at its end (at the as-of day in the month that lasts).
WITH ends AS (
  SELECT customer_id, dealer_id, scored_on, trunc(scored_on, 'MM') AS month_on, if(is_core, 'CORE', 'GENERAL') AS segment
  FROM customer_segments
  WHERE scored_on <= :as_of AND scored_on > add_months(:as_of, -38)
    AND (scored_on = last_day(scored_on) OR scored_on = :as_of)
),
months AS (
  SELECT *, lag(month_on) OVER (ORDER BY month_on) AS before_on
  FROM (SELECT month_on, max(scored_on) AS until_on FROM ends GROUP BY month_on)
),
moves AS (
  SELECT coalesce(t.dealer_id, f.dealer_id) AS dealer_id, coalesce(t.month_on, add_months(f.month_on, 1)) AS month_on,
    coalesce(f.segment, 'NONE') AS from_segment, coalesce(t.segment, 'NONE') AS to_segment
  FROM ends t FULL JOIN ends f ON f.customer_id = t.customer_id AND add_months(f.month_on, 1) = t.month_on
)
SELECT v.dealer_id, v.month_on, v.from_segment, v.to_segment, max(d.region) AS region, max(d.brand) AS brand,
  max(m.until_on) AS until_on, count(*) AS customers_count, count_if(v.to_segment = 'CORE') AS core_count,
  count_if(v.to_segment <> 'NONE') AS scored_count
FROM moves v
JOIN months m ON m.month_on = v.month_on AND m.before_on = add_months(m.month_on, -1)
JOIN dealers d ON d.dealer_id = v.dealer_id
GROUP BY v.dealer_id, v.month_on, v.from_segment, v.to_segment
