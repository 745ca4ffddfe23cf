-- named_contacts: one row per contact with a customer file and span of knowledge; the order's file, as known then,
-- where the contact names none.
SELECT customer_record_id, repair_order_id, made_at, occurred_at, is_reached, repair_mark, attitude_mark, price_mark,
  outcome, known_at, superseded_at
FROM contacts
WHERE customer_record_id IS NOT NULL
UNION ALL
SELECT v.customer_record_id, c.repair_order_id, c.made_at, c.occurred_at, c.is_reached, c.repair_mark,
  c.attitude_mark, c.price_mark, c.outcome, greatest(c.known_at, v.known_at), least(c.superseded_at, v.superseded_at)
FROM contacts c JOIN visit_versions v ON v.repair_order_id = c.repair_order_id
WHERE c.customer_record_id IS NULL AND v.customer_record_id IS NOT NULL
