-- gold.complaint_cases: one row per complaint, as known now, with the limits of its clock (hours run day and night).
-- Customer file and vehicle are those of the order where the complaint names none; where the source gives no time of
-- reception it is that of the first step.
WITH orders AS (
  SELECT repair_order_id, customer_record_id, vehicle_id FROM repair_orders WHERE superseded_at IS NULL
),
moves AS (
  SELECT complaint_id, min(started_at) AS started_at, count_if(is_hand_over) AS hand_overs_count,
    count_if(is_person_hand_over) AS person_hand_overs_count
  FROM complaint_steps GROUP BY complaint_id
),
received AS (
  SELECT c.* EXCEPT (received_at), coalesce(c.received_at, m.started_at, c.known_at) AS received_at,
    coalesce(m.hand_overs_count, 0) AS hand_overs_count, coalesce(m.person_hand_overs_count, 0) AS person_hand_overs_count
  FROM complaints c LEFT JOIN moves m ON m.complaint_id = c.complaint_id
  WHERE c.superseded_at IS NULL
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
  c.owner_id, c.compensation_amount_minor, c.is_reopened, c.component_code,
  c.hand_overs_count, c.person_hand_overs_count, c.known_at AS last_changed_at,
  round((unix_micros(c.known_at) - unix_micros(c.received_at)) / 3.6e9D, 4) AS changed_hours
FROM received c
LEFT JOIN orders o ON o.repair_order_id = c.repair_order_id
LEFT JOIN customer_identities i ON i.customer_record_id = coalesce(c.customer_record_id, o.customer_record_id)
