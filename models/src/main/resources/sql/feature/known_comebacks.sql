-- known_comebacks: one row per as-of day and repair order that was known to have come back, with the last day it did.
SELECT /*+ BROADCAST(d) */ d.snapshot_on, c.repair_order_id, bool_or(c.is_same_concern) AS is_same_concern,
  to_date(from_utc_timestamp(max(c.comeback_received_at), :zone)) AS came_back_on,
  flatten(collect_list(c.same_components)) AS same_components
FROM comebacks c JOIN days d ON c.known_at < d.end_at AND (c.superseded_at IS NULL OR c.superseded_at >= d.end_at)
  AND c.comeback_received_at < d.end_at
GROUP BY d.snapshot_on, c.repair_order_id
