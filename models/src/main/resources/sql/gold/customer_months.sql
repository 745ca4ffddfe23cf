-- gold.customer_months: one row per customer, dealer and month with a visit; orders of one day count once.
WITH days AS (
  SELECT customer_id, dealer_id, visit_on, min(account_class) AS account_class,
    sum(net_amount_minor) AS net_amount_minor, sum(customer_pay_amount_minor) AS customer_pay_amount_minor,
    sum(net_amount_minor - cost_amount_minor) AS margin_amount_minor
  FROM service_visits
  WHERE customer_id IS NOT NULL
  GROUP BY customer_id, dealer_id, visit_on
)
SELECT customer_id, dealer_id, trunc(visit_on, 'MM') AS month_on, min(account_class) AS account_class,
  count(*) AS visits_count, min(visit_on) AS first_visit_on, max(visit_on) AS last_visit_on,
  sum(net_amount_minor) AS net_amount_minor, sum(customer_pay_amount_minor) AS customer_pay_amount_minor,
  sum(margin_amount_minor) AS margin_amount_minor
FROM days
GROUP BY customer_id, dealer_id, trunc(visit_on, 'MM')
