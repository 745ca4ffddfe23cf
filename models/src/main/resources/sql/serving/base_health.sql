-- serving.base_health: one row per dealer and month. A customer is lost 12 months after the last visit at the dealer.
WITH spells AS (
  SELECT dealer_id, customer_id, first_visit_on, last_visit_on,
    lag(last_visit_on) OVER (PARTITION BY dealer_id, customer_id ORDER BY month_on) AS before_on,
    lead(first_visit_on) OVER (PARTITION BY dealer_id, customer_id ORDER BY month_on) AS next_on
  FROM customer_months
  WHERE account_class = 'PERSON' AND first_visit_on <= :as_of
),
events AS (
  SELECT dealer_id, trunc(first_visit_on, 'MM') AS month_on,
    int(before_on IS NULL) AS new, int(before_on IS NOT NULL) AS regained, 0 AS lost
  FROM spells
  WHERE before_on IS NULL OR first_visit_on > add_months(before_on, 12)
  UNION ALL
  SELECT dealer_id, trunc(add_months(last_visit_on, 12), 'MM'), 0, 0, 1
  FROM spells
  WHERE add_months(last_visit_on, 12) <= :as_of
    AND (next_on IS NULL OR next_on > :as_of OR next_on > add_months(last_visit_on, 12))
),
months AS (
  SELECT dealer_id, explode(sequence(min(month_on), trunc(:as_of, 'MM'), INTERVAL 1 MONTH)) AS month_on
  FROM events
  GROUP BY dealer_id
),
counted AS (
  SELECT m.dealer_id, m.month_on, coalesce(sum(e.new), 0) AS new_count, coalesce(sum(e.regained), 0) AS regained_count,
    coalesce(sum(e.lost), 0) AS lost_count
  FROM months m LEFT JOIN events e ON e.dealer_id = m.dealer_id AND e.month_on = m.month_on
  GROUP BY m.dealer_id, m.month_on
)
SELECT c.dealer_id, c.month_on, d.region, d.brand, least(last_day(c.month_on), :as_of) AS until_on,
  c.new_count, c.regained_count, c.lost_count,
  sum(c.new_count + c.regained_count - c.lost_count)
    OVER (PARTITION BY c.dealer_id ORDER BY c.month_on) AS active_count,
  c.new_count + c.regained_count >= c.lost_count AS is_healthy
FROM counted c JOIN dealers d ON d.dealer_id = c.dealer_id
