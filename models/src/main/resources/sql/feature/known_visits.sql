-- known_visits: one row per as-of day and repair order, as it was known at the day's end. A delivery stamped later
-- than that has not happened yet.
SELECT /*+ BROADCAST(d) */ d.snapshot_on, d.end_at, v.repair_order_id, v.visit_on, v.received_at, v.dealer_id,
  v.customer_record_id, v.vehicle_id, v.odometer_km, v.concern_code, v.is_appointment, v.is_maintenance, v.is_repair,
  v.is_accident,
  CASE WHEN v.delivered_at < d.end_at THEN to_date(from_utc_timestamp(v.delivered_at, :zone)) END AS delivered_on,
  v.is_late AND v.delivered_at < d.end_at AS is_late,
  coalesce(v.delivered_at > v.promised_at + INTERVAL 3 HOURS AND v.delivered_at < d.end_at, false) AS is_hours_late,
  v.components, v.declined_components,
  v.net_amount_minor, v.customer_pay_amount_minor
FROM visit_versions v JOIN days d ON v.known_at < d.end_at AND (v.superseded_at IS NULL OR v.superseded_at >= d.end_at)
  AND v.received_at < d.end_at
