-- decision.contact_duties, as assigned on a day: one row per delivered visit of a person or fleet, profile and touch.
-- Audiences: ALL; HIGH_VALUE from an amount on; COMPLEX with repair or accident work; CORE the core customers.
WITH visits AS (
  SELECT v.repair_order_id, v.dealer_id, v.customer_id, v.delivered_on, v.net_amount_minor,
    v.is_repair OR v.is_accident AS is_complex, c.customer_id IS NOT NULL AS is_core
  FROM service_visits v LEFT JOIN core_customers c ON c.customer_id = v.customer_id
  WHERE v.delivered_on <= :assigned_on AND v.customer_id IS NOT NULL AND v.account_class IN ('PERSON', 'FLEET')
),
frozen AS (
  SELECT duty_id FROM contact_duties WHERE assigned_on <> :assigned_on
),
duties AS (
  SELECT concat_ws(':', v.repair_order_id, t.cadence, t.touch_no) AS duty_id, v.dealer_id, v.customer_id,
    v.repair_order_id, t.cadence, t.touch_no, t.channel, date_add(v.delivered_on, t.from_days) AS due_from_on,
    date_add(v.delivered_on, t.to_days) AS due_on, :assigned_on AS assigned_on
  FROM visits v CROSS JOIN touches t
  WHERE date_add(v.delivered_on, t.from_days) >= :start_on
    AND exists(t.audiences, a -> a = 'ALL' OR a = 'HIGH_VALUE' AND v.net_amount_minor >= :high_value_amount_minor
      OR a = 'COMPLEX' AND v.is_complex OR a = 'CORE' AND v.is_core)
)
SELECT d.* FROM duties d LEFT ANTI JOIN frozen f ON f.duty_id = d.duty_id
