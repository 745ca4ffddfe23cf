-- serving.freshness: one row per dealer and kind of fact.
WITH facts AS (
  SELECT dealer_id, 'repair_orders' AS fact, max(occurred_at) AS occurred_at, max(known_at) AS known_at
  FROM repair_orders WHERE known_at < :end_at GROUP BY dealer_id
  UNION ALL
  SELECT dealer_id, 'contacts', max(occurred_at), max(known_at)
  FROM contacts WHERE known_at < :end_at GROUP BY dealer_id
  UNION ALL
  SELECT dealer_id, 'complaints', max(occurred_at), max(known_at)
  FROM complaints WHERE known_at < :end_at GROUP BY dealer_id
)
SELECT f.dealer_id, f.fact, d.region, d.brand,
  date(from_utc_timestamp(f.occurred_at, :zone)) AS last_occurred_on,
  f.known_at AS last_known_at, :as_of AS as_of_on,
  datediff(:as_of, date(from_utc_timestamp(f.occurred_at, :zone))) AS silent_days
FROM facts f JOIN dealers d ON d.dealer_id = f.dealer_id
