-- gold.visit_versions: one row per repair order and change of its header, lines or (plate only) vehicle.
-- Consecutive equal versions may stand; an order is left out for as long as it was known as cancelled.
WITH headers AS (
  SELECT h.* EXCEPT (known_at, superseded_at), s.known_at, s.superseded_at,
    to_date(from_utc_timestamp(h.received_at, :zone)) AS visit_on
  FROM order_spans s JOIN repair_orders h ON h.repair_order_id = s.repair_order_id
    AND h.known_at <= s.known_at AND (h.superseded_at IS NULL OR h.superseded_at > s.known_at)
  WHERE h.status <> 'CANCELLED'
),
plates AS ( -- the one vehicle that bore the plate on the visit day, as known at the moment
  SELECT h.repair_order_id, h.known_at, min(w.vehicle_id) AS vehicle_id
  FROM headers h JOIN vehicle_ownerships w ON w.plate_token = h.plate_token
    AND w.known_at <= h.known_at AND (w.superseded_at IS NULL OR w.superseded_at > h.known_at)
    AND coalesce(w.owned_from_on, h.visit_on) <= h.visit_on
    AND coalesce(w.owned_until_on, h.visit_on) >= h.visit_on
  WHERE h.vehicle_id IS NULL
  GROUP BY h.repair_order_id, h.known_at
  HAVING min(w.vehicle_id) = max(w.vehicle_id)
)
SELECT h.repair_order_id, h.known_at, h.superseded_at, h.visit_on, h.dealer_id, h.customer_record_id,
  coalesce(h.vehicle_id, p.vehicle_id) AS vehicle_id, h.advisor_id, h.received_at, h.promised_at, h.delivered_at,
  CASE WHEN h.odometer_km BETWEEN 1 AND 2000000 THEN h.odometer_km END AS odometer_km, h.concern_code,
  h.appointment_at IS NOT NULL AS is_appointment,
  coalesce(s.is_maintenance, false) AS is_maintenance, coalesce(s.is_repair, false) AS is_repair,
  coalesce(s.is_accident, false) AS is_accident,
  coalesce(h.delivered_at > h.promised_at, false) AS is_late,
  array_compact(coalesce(s.components, CAST(array() AS ARRAY<STRING>))) AS components,
  array_compact(coalesce(s.declined_components, CAST(array() AS ARRAY<STRING>))) AS declined_components,
  coalesce(s.lines_count, 0) AS lines_count,
  coalesce(s.net_amount_minor, 0) AS net_amount_minor,
  coalesce(s.labour_amount_minor, 0) AS labour_amount_minor,
  coalesce(s.parts_amount_minor, 0) AS parts_amount_minor,
  coalesce(s.genuine_parts_amount_minor, 0) AS genuine_parts_amount_minor,
  coalesce(s.customer_pay_amount_minor, 0) AS customer_pay_amount_minor,
  coalesce(s.warranty_amount_minor, 0) AS warranty_amount_minor,
  coalesce(s.cost_amount_minor, 0) AS cost_amount_minor,
  coalesce(s.flat_rate_hours, 0) AS flat_rate_hours,
  coalesce(s.clocked_hours, 0) AS clocked_hours
FROM headers h
LEFT JOIN visit_sums s ON s.repair_order_id = h.repair_order_id AND s.known_at = h.known_at
LEFT JOIN plates p ON p.repair_order_id = h.repair_order_id AND p.known_at = h.known_at
