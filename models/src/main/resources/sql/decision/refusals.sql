-- refusals: one row per customer file of a person who said something of contacts, with the channels refused and granted,
-- ALL for every one. A refusal counts as soon as it is there, a grant if it was known by the day. Who said on a call not
-- to be called again refused all. By file, since lists of earlier days know a person by another.
WITH said AS (
  SELECT customer_record_id, if(superseded_at IS NULL AND NOT is_granted, channel, NULL) AS refused,
    if(is_granted AND known_at < :day_end AND coalesce(superseded_at >= :day_end, true), channel, NULL) AS granted
  FROM consents
  UNION ALL
  SELECT customer_id, 'ALL', NULL FROM call_outcomes WHERE outcome_code = 'DO_NOT_CALL' AND called_on <= :heard_until
)
SELECT coalesce(f.customer_record_id, s.customer_record_id) AS customer_id,
  collect_set(s.refused) AS refused_channels, collect_set(s.granted) AS granted_channels
FROM said s
LEFT JOIN customer_identities i ON i.customer_record_id = s.customer_record_id
LEFT JOIN customer_identities f ON f.customer_id = i.customer_id
GROUP BY 1
