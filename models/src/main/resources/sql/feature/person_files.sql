-- person_files: one row per as-of day and person with a file: the best of tiers, the first registration, and the
-- distance to each dealer.
WITH known AS (
  SELECT /*+ BROADCAST(d) */ d.snapshot_on, c.customer_record_id, c.dealer_id, c.distance_km, c.registered_on,
    nullif(array_position(array('BRONZE', 'SILVER', 'GOLD', 'DIAMOND'), c.member_tier), 0) AS tier_rank
  FROM customers c JOIN days d ON c.known_at < d.end_at AND (c.superseded_at IS NULL OR c.superseded_at >= d.end_at)
),
dealers AS (
  SELECT k.snapshot_on, i.customer_id, k.dealer_id, min(k.distance_km) AS distance_km,
    min(k.registered_on) AS registered_on, max(k.tier_rank) AS tier_rank
  FROM known k
  JOIN identities_as_of i ON i.snapshot_on = k.snapshot_on AND i.customer_record_id = k.customer_record_id
  WHERE i.account_class = 'PERSON'
  GROUP BY k.snapshot_on, i.customer_id, k.dealer_id
)
SELECT snapshot_on, customer_id, max(tier_rank) AS tier_rank, min(registered_on) AS registered_on,
  map_from_entries(collect_list(struct(dealer_id, distance_km))) AS distance_km_by_dealer
FROM dealers
GROUP BY snapshot_on, customer_id
