-- known_holdings: one row per as-of day, vehicle and customer file that held it, as known at the day's end.
SELECT /*+ BROADCAST(d) */ d.snapshot_on, w.vehicle_id, w.customer_record_id,
  w.owned_until_on IS NULL OR w.owned_until_on >= d.snapshot_on AS is_held, w.owned_until_on, w.end_reason
FROM vehicle_ownerships w JOIN days d ON w.known_at < d.end_at
  AND (w.superseded_at IS NULL OR w.superseded_at >= d.end_at)
  AND (w.owned_from_on IS NULL OR w.owned_from_on <= d.snapshot_on)
