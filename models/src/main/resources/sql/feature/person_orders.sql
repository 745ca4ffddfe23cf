-- person_orders: one row per as-of day and repair order of a person, as it was known at the day's end.
SELECT /*+ REPARTITION(snapshot_on, customer_id) */ v.snapshot_on, i.customer_id, v.dealer_id, v.visit_on,
  v.received_at, v.repair_order_id, v.vehicle_id, v.is_maintenance, v.is_appointment, v.is_late, v.is_hours_late,
  v.delivered_on,
  size(v.declined_components) AS declined, v.net_amount_minor, v.customer_pay_amount_minor,
  c.came_back_on, v.is_repair, CASE WHEN v.is_maintenance THEN 'MAINTENANCE' WHEN v.is_repair THEN 'REPAIR'
    WHEN v.is_accident THEN 'ACCIDENT' ELSE 'OTHER' END AS purpose, coalesce(v.odometer_km, -1) AS odometer_km
FROM known_visits v
JOIN identities_as_of i ON i.snapshot_on = v.snapshot_on AND i.customer_record_id = v.customer_record_id
LEFT JOIN known_comebacks c ON c.snapshot_on = v.snapshot_on AND c.repair_order_id = v.repair_order_id
WHERE i.account_class = 'PERSON'
