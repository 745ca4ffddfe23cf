-- comebacks: one row per repair visit, later visit of the vehicle that tells it came back, and span of knowledge.
-- The later order was received within :days days of the delivery and names a component repaired before
-- (same_components) or the same concern (is_same_concern).
WITH visits AS (
  SELECT repair_order_id, vehicle_id, known_at, superseded_at, received_at, visit_on, delivered_at, is_repair,
    to_date(from_utc_timestamp(delivered_at, :zone)) AS delivered_on, concern_code, components
  FROM visit_versions
  WHERE vehicle_id IS NOT NULL AND (size(components) > 0 OR concern_code IS NOT NULL)
),
repairs AS ( -- a return within :days lies in the bucket of the delivery or the next
  SELECT *, explode(array(floor(unix_date(delivered_on) / :days), floor(unix_date(delivered_on) / :days) + 1)) AS bucket
  FROM visits
  WHERE is_repair AND delivered_at IS NOT NULL
),
returns AS (
  SELECT *, floor(unix_date(visit_on) / :days) AS bucket FROM visits
)
SELECT a.repair_order_id, a.delivered_on, b.repair_order_id AS comeback_repair_order_id,
  b.received_at AS comeback_received_at, array_intersect(a.components, b.components) AS same_components,
  coalesce(a.concern_code = b.concern_code, false) AS is_same_concern,
  greatest(a.known_at, b.known_at) AS known_at, least(a.superseded_at, b.superseded_at) AS superseded_at
FROM repairs a JOIN returns b ON b.vehicle_id = a.vehicle_id AND b.bucket = a.bucket
  AND b.repair_order_id <> a.repair_order_id
  AND b.received_at >= a.delivered_at AND datediff(b.visit_on, a.delivered_on) <= :days
  AND (arrays_overlap(a.components, b.components) OR a.concern_code = b.concern_code)
  AND greatest(a.known_at, b.known_at)
    < coalesce(least(a.superseded_at, b.superseded_at), TIMESTAMP '9999-12-31 00:00:00')
