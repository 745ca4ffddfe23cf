-- current_visits: one row per repair order as known now, with what vehicles are described by; the as-of day is that
-- of `days` (one row, the end of time).
SELECT /*+ BROADCAST(d) */ d.snapshot_on, v.repair_order_id, v.vehicle_id, v.received_at, v.visit_on, v.dealer_id,
  v.customer_record_id, v.is_maintenance, v.odometer_km
FROM visit_versions v CROSS JOIN days d
WHERE v.superseded_at IS NULL
