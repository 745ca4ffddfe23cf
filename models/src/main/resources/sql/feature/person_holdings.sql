-- person_holdings: one row per as-of day and person with a vehicle: how many are held, when the last one went.
WITH vehicles AS (
  SELECT h.snapshot_on, i.customer_id, h.vehicle_id, bool_or(h.is_held) AS is_held, max(h.owned_until_on) AS until_on
  FROM known_holdings h
  JOIN identities_as_of i ON i.snapshot_on = h.snapshot_on AND i.customer_record_id = h.customer_record_id
  WHERE i.account_class = 'PERSON'
  GROUP BY h.snapshot_on, i.customer_id, h.vehicle_id
)
SELECT snapshot_on, customer_id, count_if(is_held) AS vehicles_count,
  CASE WHEN NOT bool_or(is_held) THEN max(until_on) END AS ended_on
FROM vehicles
GROUP BY snapshot_on, customer_id
