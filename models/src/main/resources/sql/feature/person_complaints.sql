-- person_complaints: one row per as-of day and person with a complaint; the order's customer file, as known then,
-- where the complaint names none.
WITH received AS (
  SELECT * EXCEPT (received_at), coalesce(received_at, min(known_at) OVER (PARTITION BY complaint_id)) AS received_at
  FROM complaints
),
named AS (
  SELECT customer_record_id, received_at, closed_at, known_at, superseded_at
  FROM received WHERE customer_record_id IS NOT NULL
  UNION ALL
  SELECT v.customer_record_id, c.received_at, c.closed_at, greatest(c.known_at, v.known_at),
    least(c.superseded_at, v.superseded_at)
  FROM received c JOIN visit_versions v ON v.repair_order_id = c.repair_order_id
  WHERE c.customer_record_id IS NULL AND v.customer_record_id IS NOT NULL
),
known AS (
  SELECT /*+ BROADCAST(d) */ d.snapshot_on, c.customer_record_id,
    to_date(from_utc_timestamp(c.received_at, :zone)) AS received_on,
    c.closed_at IS NULL OR c.closed_at >= d.end_at AS is_open,
    to_date(from_utc_timestamp(c.closed_at, :zone)) AS closed_on
  FROM named c JOIN days d ON c.known_at < d.end_at AND (c.superseded_at IS NULL OR c.superseded_at >= d.end_at)
    AND c.received_at < d.end_at
)
SELECT k.snapshot_on, i.customer_id,
  count_if(k.received_on > add_months(k.snapshot_on, -12)) AS complaints_12m_count,
  count_if(k.is_open) AS open_complaints_count, max(k.received_on) AS last_complaint_on,
  min(if(k.is_open, k.received_on, NULL)) AS open_complaint_since_on,
  max(if(NOT k.is_open AND k.received_on > add_months(k.snapshot_on, -12), datediff(k.closed_on, k.received_on), NULL))
    AS slowest_complaint_12m_days,
  collect_list(k.received_on) AS complained_on
FROM known k
JOIN identities_as_of i ON i.snapshot_on = k.snapshot_on AND i.customer_record_id = k.customer_record_id
WHERE i.account_class = 'PERSON'
GROUP BY k.snapshot_on, i.customer_id
