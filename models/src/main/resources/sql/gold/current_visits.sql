-- current_visits: one row per repair order as known now, with what odometer readings are judged by; the as-of day is
-- that of `days` (one row, the end of time).
SELECT d.snapshot_on, v.repair_order_id, v.vehicle_id, v.received_at, v.visit_on, v.odometer_km
FROM visit_versions v CROSS JOIN days d
WHERE v.superseded_at IS NULL
