-- person_files: one row per as-of day, person and dealer with a file of the person.
WITH known AS (
  SELECT /*+ BROADCAST(d) */ d.snapshot_on, c.customer_record_id, c.dealer_id, c.distance_km, c.registered_on,
    nullif(array_position(array('BRONZE', 'SILVER', 'GOLD', 'DIAMOND'), c.member_tier), 0) AS tier_rank
  FROM customers c JOIN days d ON c.known_at < d.end_at AND (c.superseded_at IS NULL OR c.superseded_at >= d.end_at)
)
SELECT k.snapshot_on, i.customer_id, k.dealer_id, min(k.distance_km) AS distance_km,
  min(k.registered_on) AS registered_on, max(k.tier_rank) AS tier_rank
FROM known k
JOIN identities_as_of i ON i.snapshot_on = k.snapshot_on AND i.customer_record_id = k.customer_record_id
WHERE i.account_class = 'PERSON'
GROUP BY k.snapshot_on, i.customer_id, k.dealer_id
