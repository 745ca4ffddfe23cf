-- gold.service_visits: one row per repair order that was not cancelled, as known now, the person resolved;
-- readings that contradict the vehicle's others are null.
WITH visits AS (
  SELECT * EXCEPT (known_at, superseded_at), to_date(from_utc_timestamp(delivered_at, :zone)) AS delivered_on,
    hour(from_utc_timestamp(received_at, :zone)) AS received_hour
  FROM visit_versions
  WHERE superseded_at IS NULL
)
SELECT v.* EXCEPT (odometer_km),
  if(v.vehicle_id IS NULL, v.odometer_km, p.odometer_km) AS odometer_km,
  i.customer_id, i.account_class, m.model, m.powertrain
FROM visits v
LEFT JOIN plausible_visits p ON p.repair_order_id = v.repair_order_id
LEFT JOIN customer_identities i ON i.customer_record_id = v.customer_record_id
LEFT JOIN vehicles m ON m.vehicle_id = v.vehicle_id AND m.superseded_at IS NULL
