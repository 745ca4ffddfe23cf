-- gold.complaint_cases: one row per complaint, as known now, with the limits of its clock (hours run day and night).
-- Customer file and vehicle are those of the order where the complaint names none.
WITH orders AS (
  SELECT repair_order_id, customer_record_id, vehicle_id FROM repair_orders WHERE superseded_at IS NULL
)
SELECT c.complaint_id, c.dealer_id, i.customer_id, coalesce(c.vehicle_id, o.vehicle_id) AS vehicle_id,
  c.repair_order_id, c.channel, c.kind, c.severity,
  to_date(from_utc_timestamp(c.received_at, :zone)) AS received_on,
  to_date(from_utc_timestamp(c.closed_at, :zone)) AS closed_on,
  c.received_at, c.acknowledged_at, c.planned_at, c.called_back_at, c.closed_at,
  timestampadd(SECOND, :acknowledge_seconds, c.received_at) AS acknowledge_due_at,
  timestampadd(SECOND, CASE WHEN c.severity = 'MAJOR' THEN :major_plan_seconds ELSE :plan_seconds END, c.received_at)
    AS plan_due_at,
  timestampadd(SECOND, CASE WHEN c.severity = 'MAJOR' THEN :major_close_seconds ELSE :close_seconds END, c.received_at)
    AS close_due_at,
  round((unix_micros(c.acknowledged_at) - unix_micros(c.received_at)) / 3.6e9D, 4) AS acknowledge_hours,
  round((unix_micros(c.closed_at) - unix_micros(c.received_at)) / 3.6e9D, 4) AS close_hours,
  c.owner_id, c.compensation_amount_minor, c.is_reopened, c.component_code
FROM complaints c
LEFT JOIN orders o ON o.repair_order_id = c.repair_order_id
LEFT JOIN customer_identities i ON i.customer_record_id = coalesce(c.customer_record_id, o.customer_record_id)
WHERE c.superseded_at IS NULL
