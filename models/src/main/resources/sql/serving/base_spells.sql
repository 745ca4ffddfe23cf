-- base_spells: one row per dealer, definition, period and customer that came, came back or was lost in it, by visits.
-- NO_VISIT_12M and NO_VISIT_6M: lost so many months after the last visit. SEEN_YEAR_BEFORE_LAST: by whole calendar
-- years, lost with the first year without a visit after one with; a period is named by its last month.
WITH visits AS (
  SELECT dealer_id, customer_id, month_on, first_visit_on, last_visit_on
  FROM customer_months
  WHERE account_class = 'PERSON' AND first_visit_on <= :as_of
),
spells AS (
  SELECT *, lag(last_visit_on) OVER w AS before_on, lead(first_visit_on) OVER w AS next_on
  FROM visits
  WINDOW w AS (PARTITION BY dealer_id, customer_id ORDER BY month_on)
),
limits AS (
  SELECT definition, months FROM VALUES ('NO_VISIT_12M', 12), ('NO_VISIT_6M', 6) AS t(definition, months)
),
years AS (
  SELECT *, lag(seen) OVER w AS before, lead(seen) OVER w AS next
  FROM (SELECT DISTINCT dealer_id, customer_id, year(first_visit_on) AS seen FROM visits)
  WINDOW w AS (PARTITION BY dealer_id, customer_id ORDER BY seen)
)
SELECT s.dealer_id, l.definition, trunc(s.first_visit_on, 'MM') AS month_on, int(s.before_on IS NULL) AS new,
  int(s.before_on IS NOT NULL) AS regained, 0 AS lost
FROM spells s CROSS JOIN limits l
WHERE s.before_on IS NULL OR s.first_visit_on > add_months(s.before_on, l.months)
UNION ALL
SELECT s.dealer_id, l.definition, trunc(add_months(s.last_visit_on, l.months), 'MM'), 0, 0, 1
FROM spells s CROSS JOIN limits l
WHERE add_months(s.last_visit_on, l.months) <= :as_of
  AND (s.next_on IS NULL OR s.next_on > :as_of OR s.next_on > add_months(s.last_visit_on, l.months))
UNION ALL
SELECT dealer_id, 'SEEN_YEAR_BEFORE_LAST', make_date(seen, 12, 1), int(before IS NULL), int(before IS NOT NULL), 0
FROM years
WHERE (before IS NULL OR before < seen - 1) AND make_date(seen, 12, 31) <= :as_of
UNION ALL
SELECT dealer_id, 'SEEN_YEAR_BEFORE_LAST', make_date(seen + 1, 12, 1), 0, 0, 1
FROM years
WHERE (next IS NULL OR next > seen + 1) AND make_date(seen + 1, 12, 31) <= :as_of
