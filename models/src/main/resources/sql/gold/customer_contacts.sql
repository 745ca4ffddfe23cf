-- gold.customer_contacts: one row per contact, as known now, the person resolved (by the order where the contact
-- names no customer file).
WITH orders AS (
  SELECT repair_order_id, customer_record_id FROM repair_orders WHERE superseded_at IS NULL
)
SELECT c.contact_id, c.dealer_id, i.customer_id, c.repair_order_id,
  to_date(from_utc_timestamp(coalesce(c.made_at, c.due_at, c.occurred_at), :zone)) AS contact_on,
  c.channel, c.purpose, c.due_at, c.made_at, c.made_at IS NOT NULL AS is_made, c.is_reached, c.caller_id,
  c.repair_mark, c.attitude_mark, c.price_mark, c.outcome
FROM contacts c
LEFT JOIN orders o ON o.repair_order_id = c.repair_order_id
LEFT JOIN customer_identities i ON i.customer_record_id = coalesce(c.customer_record_id, o.customer_record_id)
WHERE c.superseded_at IS NULL
