-- order_spans: one row per repair order and moment at which its header, lines or (plate only) vehicle changed,
-- valid until the next such moment.
WITH moments AS (
  SELECT repair_order_id, known_at FROM repair_orders
  UNION
  SELECT repair_order_id, known_at FROM repair_order_lines
  UNION
  SELECT o.repair_order_id, explode(array_compact(array(w.known_at, w.superseded_at)))
  FROM repair_orders o JOIN vehicle_ownerships w ON w.plate_token = o.plate_token
  WHERE o.vehicle_id IS NULL
)
SELECT repair_order_id, known_at,
  lead(known_at) OVER (PARTITION BY repair_order_id ORDER BY known_at) AS superseded_at
FROM moments
