-- serving.base_health: one row per dealer, definition of lost, and period: a month, or a year named by its last month.
WITH periods AS (
  SELECT dealer_id, definition, explode(sequence(min(month_on),
    if(definition = 'SEEN_YEAR_BEFORE_LAST', max(month_on), trunc(:as_of, 'MM')),
    if(definition = 'SEEN_YEAR_BEFORE_LAST', INTERVAL 12 MONTH, INTERVAL 1 MONTH))) AS month_on
  FROM base_spells
  GROUP BY dealer_id, definition
),
counted AS (
  SELECT m.dealer_id, m.definition, m.month_on, coalesce(sum(e.new), 0) AS new_count,
    coalesce(sum(e.regained), 0) AS regained_count, coalesce(sum(e.lost), 0) AS lost_count
  FROM periods m
  LEFT JOIN base_spells e ON e.dealer_id = m.dealer_id AND e.definition = m.definition AND e.month_on = m.month_on
  GROUP BY m.dealer_id, m.definition, m.month_on
),
healths AS (
  SELECT *, sum(new_count + regained_count - lost_count)
    OVER (PARTITION BY dealer_id, definition ORDER BY month_on) AS active_count
  FROM counted
  UNION ALL
  SELECT dealer_id, definition, month_on, new_count, regained_count, lost_count, active_count FROM base_states
),
judged AS (
  SELECT *, if(definition = 'SEEN_YEAR_BEFORE_LAST', 12, 1) AS period_months,
    new_count >= lost_count AS is_new_at_least_lost, last_day(month_on) <= :as_of AS is_over,
    lag(month_on) OVER (PARTITION BY dealer_id, definition ORDER BY month_on) AS before_on
  FROM healths
),
-- A run ends with a period that lost more, and where a period is missing.
runs AS (
  SELECT *, count_if(is_over AND NOT is_new_at_least_lost OR before_on < add_months(month_on, -period_months))
    OVER (PARTITION BY dealer_id, definition ORDER BY month_on) AS run_no
  FROM judged
)
SELECT c.dealer_id, c.definition, c.month_on, d.region, d.brand, least(last_day(c.month_on), :as_of) AS until_on,
  c.period_months, c.new_count, c.regained_count, c.lost_count, c.active_count,
  c.new_count + c.regained_count >= c.lost_count AS is_healthy, c.is_new_at_least_lost,
  count_if(c.is_over AND c.is_new_at_least_lost)
    OVER (PARTITION BY c.dealer_id, c.definition, c.run_no ORDER BY c.month_on) AS new_at_least_lost_run_count
FROM runs c JOIN dealers d ON d.dealer_id = c.dealer_id
