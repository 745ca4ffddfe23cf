-- base_states: one row per dealer, definition and month whose month before was scored too: customers that came, came
-- back, were lost and are active, by the states of month ends (of the as-of day in the month that lasts).
-- DUE_NOT_COME: lost once a service is overdue; SERVICE_CLOCK: lost with more than four services missed, or exited.
WITH ends AS (
  SELECT customer_id, dealer_id, scored_on, trunc(scored_on, 'MM') AS month_on, first_visit_on, dealer_state
  FROM customer_states
  WHERE scored_on <= :as_of AND scored_on > add_months(:as_of, -38)
    AND (scored_on = last_day(scored_on) OR scored_on = :as_of)
),
scored AS (
  SELECT month_on FROM (SELECT month_on, lag(month_on) OVER (ORDER BY month_on) AS before_on
    FROM (SELECT DISTINCT month_on FROM ends))
  WHERE before_on = add_months(month_on, -1)
),
definitions AS (
  SELECT definition, lost_states FROM VALUES ('DUE_NOT_COME', array('OVERDUE', 'INACTIVE', 'LOST', 'EXITED')),
    ('SERVICE_CLOCK', array('LOST', 'EXITED')) AS t(definition, lost_states)
),
judged AS (
  SELECT e.customer_id, e.dealer_id, e.month_on, d.definition, e.first_visit_on >= e.month_on AS is_first,
    NOT array_contains(d.lost_states, e.dealer_state) AS is_active
  FROM ends e CROSS JOIN definitions d
),
compared AS (
  SELECT *, lag(is_active) OVER w AS was_active
  FROM judged
  WINDOW w AS (PARTITION BY dealer_id, customer_id, definition ORDER BY month_on)
)
SELECT c.dealer_id, c.definition, c.month_on, count_if(c.is_active AND c.is_first) AS new_count,
  count_if(c.is_active AND NOT c.is_first AND NOT c.was_active) AS regained_count,
  count_if(NOT c.is_active AND c.was_active) AS lost_count, count_if(c.is_active) AS active_count
FROM compared c JOIN scored s ON s.month_on = c.month_on
GROUP BY c.dealer_id, c.definition, c.month_on
