-- feature.vehicle_snapshots, every row: one row per as-of day and vehicle with a visit known by then. The holder is the
-- person or fleet that brought it last; one whose holdings of it have ended by the source, and who did not bring it after,
-- has left: a visit by others, as for the dealer's own account, does not bring it back.
WITH claims AS ( -- ended: day and reason as one number, so that the later end comes with its reason
  SELECT snapshot_on, vehicle_id, customer_record_id, min(visit_on) AS since_on, max(received_at) AS last_at,
    max(visit_on) AS last_on, CAST(NULL AS BOOLEAN) AS is_held, CAST(NULL AS INT) AS ended
  FROM known_visits
  WHERE vehicle_id IS NOT NULL
  GROUP BY snapshot_on, vehicle_id, customer_record_id
  UNION ALL
  SELECT snapshot_on, vehicle_id, customer_record_id, NULL, NULL, NULL, is_held, if(is_held, NULL,
    unix_date(owned_until_on) * 4 + coalesce(array_position(array('MOVED', 'SCRAPPED', 'SOLD'), end_reason), 0))
  FROM known_holdings
),
of_customers AS (
  SELECT /*+ REPARTITION(snapshot_on, vehicle_id) */ c.*, i.customer_id,
    i.account_class IN ('PERSON', 'FLEET') AS may_hold
  FROM claims c
  LEFT JOIN identities_as_of i ON i.snapshot_on = c.snapshot_on AND i.customer_record_id = c.customer_record_id
),
customers AS (
  SELECT snapshot_on, vehicle_id, customer_id, bool_or(may_hold) AS may_hold, min(since_on) AS since_on,
    max(last_at) AS last_at, max(last_on) AS last_on, bool_or(is_held) AS is_held, max(ended) AS ended
  FROM of_customers
  GROUP BY snapshot_on, vehicle_id, customer_id
),
holders AS (
  SELECT snapshot_on, vehicle_id,
    max_by(struct(customer_id, since_on, last_on, is_held, ended), if(customer_id IS NULL OR last_at IS NULL, NULL,
      struct(may_hold, last_at, customer_id))) AS holder,
    bool_or(is_held) AS is_held, max(ended) AS ended
  FROM customers
  GROUP BY snapshot_on, vehicle_id
),
ends AS (
  SELECT snapshot_on, vehicle_id, holder, date_from_unix_date(CAST(ended DIV 4 AS INT)) AS ended_on,
    element_at(array(NULL, 'MOVED', 'SCRAPPED', 'SOLD'), CAST(ended % 4 + 1 AS INT)) AS end_reason
  FROM (SELECT snapshot_on, vehicle_id, holder, CAST(CASE
      WHEN holder.is_held IS NOT NULL THEN if(holder.is_held, NULL, holder.ended)
      WHEN NOT is_held THEN ended END AS INT) AS ended
    FROM holders)
)
SELECT v.snapshot_on, v.vehicle_id, o.holder.customer_id, o.holder.since_on AS customer_since_on, v.dealer_id, v.model,
  v.powertrain, v.sold_on, v.warranty_until_on, v.interval_months, v.interval_km, v.own_interval_days,
  v.own_interval_km, v.last_visit_on, v.last_maintenance_on, v.last_maintenance_km, v.maintenance_count,
  v.mean_maintenance_gap_days, v.last_odometer_km, v.last_odometer_on, v.readings_count, v.km_per_day,
  v.km_per_day_lower, v.km_per_day_upper, v.clock_from_on, v.due_on, v.maker_due_on, v.due_by,
  if(coalesce(o.holder.last_on, v.last_visit_on) <= o.ended_on, o.ended_on, NULL) AS exited_on,
  if(coalesce(o.holder.last_on, v.last_visit_on) <= o.ended_on, o.end_reason, NULL) AS exit_reason
FROM vehicle_clocks v
LEFT JOIN ends o ON o.snapshot_on = v.snapshot_on AND o.vehicle_id = v.vehicle_id
