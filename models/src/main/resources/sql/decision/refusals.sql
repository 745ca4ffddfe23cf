-- refusals: one row per customer file of a person who refused a channel, ALL for every one, with the channels refused.
-- Who said on a call not to be called again refused all. By file, since lists of earlier days know a person by another.
WITH refused AS (
  SELECT customer_record_id, channel FROM consents WHERE NOT is_granted
  UNION ALL
  SELECT customer_id, 'ALL' FROM call_outcomes WHERE outcome_code = 'DO_NOT_CALL' AND called_on <= :as_of
)
SELECT coalesce(f.customer_record_id, r.customer_record_id) AS customer_id,
  array_sort(collect_set(r.channel)) AS refused_channels
FROM refused r
LEFT JOIN customer_identities i ON i.customer_record_id = r.customer_record_id
LEFT JOIN customer_identities f ON f.customer_id = i.customer_id
GROUP BY 1
