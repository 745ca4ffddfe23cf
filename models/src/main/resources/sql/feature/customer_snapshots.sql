-- feature.customer_snapshots, every row: one row per as-of day and person with a visit known by then.
WITH held AS (
  SELECT snapshot_on, customer_id, array_sort(collect_list(struct(vehicle_id, customer_since_on AS since_on,
    coalesce(sold_on, customer_since_on) AS sold_on, coalesce(warranty_until_on, customer_since_on)
      AS warranty_until_on, interval_months, interval_km, km_per_day))) AS of
  FROM vehicle_snapshots WHERE customer_id IS NOT NULL AND exited_on IS NULL
  GROUP BY snapshot_on, customer_id
),
histories AS (
  SELECT p.snapshot_on, p.customer_id, p.aggrieved_on, o.of,
    filter(p.brought, b -> array_contains(o.of.vehicle_id, b.vehicle_id)) AS history
  FROM person_histories p
  LEFT JOIN held o ON o.snapshot_on = p.snapshot_on AND o.customer_id = p.customer_id
)
SELECT v.*, element_at(array('BRONZE', 'SILVER', 'GOLD', 'DIAMOND'), CAST(f.tier_rank AS INT)) AS member_tier,
  try_element_at(f.distance_km_by_dealer, v.home_dealer_id) AS distance_km, f.registered_on,
  coalesce(h.vehicles_count, 0) AS vehicles_count,
  array_compact(coalesce(p.of.vehicle_id, CAST(array() AS ARRAY<STRING>))) AS held_vehicle_ids,
  array_compact(coalesce(p.of.since_on, CAST(array() AS ARRAY<DATE>))) AS held_since_on,
  array_compact(coalesce(p.of.sold_on, CAST(array() AS ARRAY<DATE>))) AS held_sold_on,
  array_compact(coalesce(p.of.warranty_until_on, CAST(array() AS ARRAY<DATE>))) AS held_warranty_until_on,
  array_compact(coalesce(p.of.interval_months, CAST(array() AS ARRAY<INT>))) AS held_interval_months,
  array_compact(coalesce(p.of.interval_km, CAST(array() AS ARRAY<INT>))) AS held_interval_km,
  array_compact(coalesce(p.of.km_per_day, CAST(array() AS ARRAY<DOUBLE>))) AS held_km_per_day,
  array_compact(coalesce(p.history.visit_on, CAST(array() AS ARRAY<DATE>))) AS history_on,
  array_compact(coalesce(transform(p.history, b -> CAST(array_position(p.of.vehicle_id, b.vehicle_id) AS INT)),
    CAST(array() AS ARRAY<INT>))) AS history_vehicle_no,
  array_compact(coalesce(p.history.purpose, CAST(array() AS ARRAY<STRING>))) AS history_purpose,
  array_compact(coalesce(p.history.odometer_km, CAST(array() AS ARRAY<INT>))) AS history_odometer_km,
  array_compact(coalesce(p.history.customer_pay_amount_minor, CAST(array() AS ARRAY<BIGINT>)))
    AS history_customer_pay_amount_minor,
  array_compact(array_sort(concat(p.aggrieved_on, coalesce(c.complained_on, CAST(array() AS ARRAY<DATE>)))))
    AS aggrieved_on,
  m.model, m.powertrain, m.sold_on AS vehicle_sold_on, m.warranty_until_on, m.last_odometer_km, m.km_per_day,
  m.clock_from_on AS service_from_on, m.due_on, m.maker_due_on,
  coalesce(c.complaints_12m_count, 0) AS complaints_12m_count,
  coalesce(c.open_complaints_count, 0) AS open_complaints_count, c.last_complaint_on,
  c.open_complaint_since_on, c.slowest_complaint_12m_days,
  coalesce(a.reached_12m_count, 0) AS reached_12m_count, a.mean_repair_mark, a.mean_attitude_mark, a.mean_price_mark,
  coalesce(a.praises_12m_count, 0) AS praises_12m_count,
  CASE WHEN v.last_visit_on <= h.ended_on AND p.of IS NULL THEN h.ended_on END AS exited_on
FROM person_visits v
JOIN histories p ON p.snapshot_on = v.snapshot_on AND p.customer_id = v.customer_id
LEFT JOIN person_files f ON f.snapshot_on = v.snapshot_on AND f.customer_id = v.customer_id
LEFT JOIN person_holdings h ON h.snapshot_on = v.snapshot_on AND h.customer_id = v.customer_id
LEFT JOIN person_complaints c ON c.snapshot_on = v.snapshot_on AND c.customer_id = v.customer_id
LEFT JOIN person_answers a ON a.snapshot_on = v.snapshot_on AND a.customer_id = v.customer_id
LEFT JOIN vehicle_snapshots m ON m.snapshot_on = v.snapshot_on AND m.vehicle_id = v.vehicle_id
