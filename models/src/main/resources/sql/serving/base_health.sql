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
)
SELECT c.dealer_id, c.definition, c.month_on, d.region, d.brand, least(last_day(c.month_on), :as_of) AS until_on,
  if(c.definition = 'SEEN_YEAR_BEFORE_LAST', 12, 1) AS period_months, c.new_count, c.regained_count, c.lost_count,
  c.active_count, c.new_count + c.regained_count >= c.lost_count AS is_healthy
FROM healths c JOIN dealers d ON d.dealer_id = c.dealer_id
