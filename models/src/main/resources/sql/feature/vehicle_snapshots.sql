-- feature.vehicle_snapshots, every row: one row per as-of day and vehicle with a visit known by then. The holder is the
-- person or fleet that brought it last; one whose holdings of it have ended by the source, with no visit after, has left.
WITH bringers AS (
  SELECT v.snapshot_on, v.vehicle_id, i.customer_id, bool_or(i.account_class IN ('PERSON', 'FLEET')) AS may_hold,
    min(v.visit_on) AS since_on, max(struct(v.received_at, v.repair_order_id)) AS last_order
  FROM known_visits v
  JOIN identities_as_of i ON i.snapshot_on = v.snapshot_on AND i.customer_record_id = v.customer_record_id
  WHERE v.vehicle_id IS NOT NULL
  GROUP BY v.snapshot_on, v.vehicle_id, i.customer_id
),
holders AS (
  SELECT snapshot_on, vehicle_id,
    max_by(struct(customer_id, since_on), struct(may_hold, last_order, customer_id)) AS holder
  FROM bringers
  GROUP BY snapshot_on, vehicle_id
),
holdings AS (
  SELECT h.snapshot_on, h.vehicle_id, i.customer_id, bool_or(h.is_held) AS is_held,
    max(if(h.is_held, NULL, struct(h.owned_until_on, h.end_reason))) AS ended
  FROM known_holdings h
  LEFT JOIN identities_as_of i ON i.snapshot_on = h.snapshot_on AND i.customer_record_id = h.customer_record_id
  GROUP BY h.snapshot_on, h.vehicle_id, i.customer_id
),
ends AS (
  SELECT d.snapshot_on, d.vehicle_id,
    CASE WHEN bool_or(d.customer_id <=> o.holder.customer_id)
      THEN if(bool_or(d.is_held AND d.customer_id <=> o.holder.customer_id), NULL,
        max(if(d.customer_id <=> o.holder.customer_id, d.ended, NULL)))
      WHEN NOT bool_or(d.is_held) THEN max(d.ended) END AS ended
  FROM holdings d LEFT JOIN holders o ON o.snapshot_on = d.snapshot_on AND o.vehicle_id = d.vehicle_id
  GROUP BY d.snapshot_on, d.vehicle_id
)
SELECT v.snapshot_on, v.vehicle_id, o.holder.customer_id, o.holder.since_on AS customer_since_on, v.dealer_id, v.model,
  v.powertrain, v.sold_on, v.warranty_until_on, v.interval_months, v.interval_km, v.own_interval_days,
  v.own_interval_km, v.last_visit_on, v.last_maintenance_on, v.last_maintenance_km, v.maintenance_count,
  v.mean_maintenance_gap_days, v.last_odometer_km, v.last_odometer_on, v.readings_count, v.km_per_day,
  v.km_per_day_lower, v.km_per_day_upper, v.clock_from_on, v.due_on, v.due_by,
  if(v.last_visit_on <= h.ended.owned_until_on, h.ended.owned_until_on, NULL) AS exited_on,
  if(v.last_visit_on <= h.ended.owned_until_on, h.ended.end_reason, NULL) AS exit_reason
FROM vehicle_clocks v
LEFT JOIN holders o ON o.snapshot_on = v.snapshot_on AND o.vehicle_id = v.vehicle_id
LEFT JOIN ends h ON h.snapshot_on = v.snapshot_on AND h.vehicle_id = v.vehicle_id
