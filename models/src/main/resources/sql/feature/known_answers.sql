-- known_answers: one row per as-of day and contact of the twelve months before that reached the customer.
SELECT /*+ BROADCAST(d) */ d.snapshot_on, c.repair_order_id, c.customer_record_id, c.repair_mark, c.attitude_mark,
  c.price_mark, coalesce(c.outcome = 'PRAISE', false) AS is_praise
FROM contacts c JOIN days d ON c.known_at < d.end_at AND (c.superseded_at IS NULL OR c.superseded_at >= d.end_at)
  AND coalesce(c.made_at, c.occurred_at) < d.end_at
  AND to_date(from_utc_timestamp(coalesce(c.made_at, c.occurred_at), :zone)) > add_months(d.snapshot_on, -12)
WHERE c.is_reached
