-- person_complaints: one row per as-of day and person with a complaint; the order's customer file where the
-- complaint names none.
WITH known AS (
  SELECT /*+ BROADCAST(d) */ d.snapshot_on, c.repair_order_id, c.customer_record_id,
    to_date(from_utc_timestamp(c.received_at, :zone)) AS received_on,
    c.closed_at IS NULL OR c.closed_at >= d.end_at AS is_open
  FROM complaints c JOIN days d ON c.known_at < d.end_at AND (c.superseded_at IS NULL OR c.superseded_at >= d.end_at)
    AND c.received_at < d.end_at
)
SELECT k.snapshot_on, i.customer_id,
  count_if(k.received_on > add_months(k.snapshot_on, -12)) AS complaints_12m_count,
  count_if(k.is_open) AS open_complaints_count, max(k.received_on) AS last_complaint_on
FROM known k
LEFT JOIN known_visits v ON v.snapshot_on = k.snapshot_on AND v.repair_order_id = k.repair_order_id
  AND k.customer_record_id IS NULL
JOIN identities_as_of i ON i.snapshot_on = k.snapshot_on
  AND i.customer_record_id = coalesce(k.customer_record_id, v.customer_record_id)
WHERE i.account_class = 'PERSON'
GROUP BY k.snapshot_on, i.customer_id
